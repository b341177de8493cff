using System;
using System.Buffers;
using System.IO;
using System.Text;
using System.Text.Json;
using WinMmf.Errors;
using WinMmf.Management.Secrets;

namespace WinMmf.Publisher.Output;

/// <summary>Where results, progress and errors are printed: as text for people or as JSON, one object a line.</summary>
internal sealed class Terminal
{
    private static readonly JsonWriterOptions Compact = new() { Indented = false };
    private readonly object _lock = new();
    private readonly ArrayBufferWriter<byte> _json = new();
    private int _liveLength;
    private bool _isSilent;

    /// <summary>Uses the process's own streams.</summary>
    public Terminal()
    {
        // A console has an encoding of its own; a pipe or file gets UTF-8 on every system.
        Out = Console.IsOutputRedirected ? Utf8(Console.OpenStandardOutput()) : Console.Out;
        Error = Console.IsErrorRedirected ? Utf8(Console.OpenStandardError()) : Console.Error;
        IsLive = !Console.IsOutputRedirected;
    }

    /// <summary>Uses other streams, which no person watches live.</summary>
    public Terminal(TextWriter output, TextWriter error)
    {
        Out = output;
        Error = error;
    }

    /// <summary>Results.</summary>
    public TextWriter Out { get; }

    /// <summary>Errors.</summary>
    public TextWriter Error { get; }

    /// <summary>True if a person sees the output, so that one line can be updated in place.</summary>
    public bool IsLive { get; }

    /// <summary>Print JSON.</summary>
    public bool IsJson { get; set; }

    /// <summary>Progress goes to the error stream, because results in lines go to the output.</summary>
    public bool ProgressToError { get; set; }

    /// <summary>Progress goes to a program that shows it to a person.</summary>
    public bool IsWatched { get; set; }

    /// <summary>Five times a second for a person, once a second into a file or pipe.</summary>
    public TimeSpan ProgressInterval => TimeSpan.FromMilliseconds(IsWatched || (IsLive && !IsJson) ? 200 : 1000);

    /// <summary>Prints nothing from now on, and lets go of the streams: .NET works on copies of their descriptors.</summary>
    public void Silence()
    {
        lock (_lock)
        {
            _isSilent = true;
            Out.Dispose();
            Error.Dispose();
        }
    }

    /// <summary>Prints a line of text.</summary>
    public void Line(string text)
    {
        lock (_lock)
        {
            if (_isSilent)
                return;
            EndLive();
            Out.WriteLine(text);
        }
    }

    /// <summary>Prints a line about the progress: updated in place where a person looks.</summary>
    public void Progress(string text)
    {
        lock (_lock)
        {
            if (_isSilent)
                return;
            if (!IsLive || ProgressToError)
            {
                (ProgressToError ? Error : Out).WriteLine(text);
                return;
            }

            int width = Math.Max(20, Width() - 1);
            string cut = text.Length > width ? text[..width] : text;
            Out.Write('\r' + cut.PadRight(Math.Min(width, _liveLength)));
            Out.Flush();
            _liveLength = cut.Length;
        }
    }

    /// <summary>Prints one JSON object in a line.</summary>
    /// <param name="fill">Writes the properties.</param>
    public void Json(Action<Utf8JsonWriter> fill)
    {
        lock (_lock)
        {
            if (!_isSilent)
                WriteJson(Out, fill);
        }
    }

    /// <summary>Prints an error as one line: what happened, and what to do.</summary>
    public void Fail(WinMmfException error) => Fail(error.ErrorId.ToString(), error.Message, Remedies.For(error));

    /// <summary>Prints an error that has no id of the core.</summary>
    /// <param name="id">What it is.</param>
    /// <param name="message">What happened.</param>
    /// <param name="remedy">What to do; null if the message says it.</param>
    public void Fail(string id, string message, string? remedy = null)
    {
        lock (_lock)
        {
            if (_isSilent)
                return;
            EndLive();
            string line = Redactor.Hide(message).ReplaceLineEndings(" ");
            if (!IsJson)
            {
                Error.WriteLine($"error {id}: {line}{(remedy is null ? "" : " " + remedy.ReplaceLineEndings(" "))}");
                return;
            }

            WriteJson(Error, json =>
            {
                json.WriteString("event", "error");
                json.WriteString("id", id);
                json.WriteString("message", line);
                if (remedy is not null)
                    json.WriteString("remedy", remedy);
            });
        }
    }

    /// <summary>Passes on what a child printed on its error stream.</summary>
    public void ErrorText(string text)
    {
        lock (_lock)
        {
            EndLive();
            Error.WriteLine(text);
        }
    }

    /// <summary>Prints a warning as one line on the error stream.</summary>
    public void Warn(string message)
    {
        message = Redactor.Hide(message);
        lock (_lock)
        {
            if (_isSilent)
                return;
            EndLive();
            if (!IsJson)
            {
                Error.WriteLine($"warning: {message.ReplaceLineEndings(" ")}");
                return;
            }

            WriteJson(Error, json =>
            {
                json.WriteString("event", "warning");
                json.WriteString("message", message);
            });
        }
    }

    private static StreamWriter Utf8(Stream stream) => new(stream, new UTF8Encoding(false)) { AutoFlush = true, NewLine = "\n" };

    private static int Width()
    {
        const int Usual = 80;
        try
        {
            return Console.WindowWidth > 0 ? Console.WindowWidth : Usual;
        }
        catch (IOException)
        {
            return Usual;
        }
    }

    private void WriteJson(TextWriter to, Action<Utf8JsonWriter> fill)
    {
        _json.ResetWrittenCount();
        using (Utf8JsonWriter writer = new(_json, Compact))
        {
            writer.WriteStartObject();
            fill(writer);
            writer.WriteEndObject();
        }

        to.WriteLine(Encoding.UTF8.GetString(_json.WrittenSpan));
    }

    private void EndLive()
    {
        if (_liveLength == 0)
            return;
        _liveLength = 0;
        Out.WriteLine();
    }
}
