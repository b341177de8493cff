using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace WinMmf.Management.Control;

/// <summary>
/// One message of the control pipe, and of the line that a detached publisher prints: a first line <c>WINMMF/1 WORDS</c>, lines <c>key:
/// value</c>, an empty line (protocol 9.1). Plain text and not JSON, because the core carries no package that reads JSON on .NET Framework.
/// </summary>
internal sealed class ControlMessage
{
    /// <summary>The most bytes of a message.</summary>
    public const int MaxBytes = 65_536;

    private const string Prefix = "WINMMF/1 ";
    private const int FirstPiece = 1024;

    /// <summary>Makes a message without fields.</summary>
    /// <param name="head">The words after the version: a verb, OK, or ERROR and an id.</param>
    public ControlMessage(string head) => Head = OneLine(head ?? throw new ArgumentNullException(nameof(head)));

    /// <summary>The words after the version.</summary>
    public string Head { get; }

    /// <summary>The fields; keys are compared without case.</summary>
    public IDictionary<string, string> Fields { get; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>A field's value, or an empty string.</summary>
    /// <param name="key">The field's name.</param>
    public string this[string key]
    {
        get => Fields.TryGetValue(key, out string? value) ? value : "";
        set => Fields[OneLine(key)] = value ?? "";
    }

    /// <summary>Reads one message.</summary>
    /// <param name="stream">Where from; read byte-wise up to the empty line and no further.</param>
    /// <returns>The message; null if the stream ended before the first byte.</returns>
    /// <exception cref="InvalidDataException">Not a message of this version, too long, or cut short.</exception>
    public static ControlMessage? Read(Stream stream)
    {
        if (stream is null)
            throw new ArgumentNullException(nameof(stream));
        int budget = MaxBytes;
        string? first = ReadLine(stream, ref budget);
        if (first is null)
            return null;

        // .NET Framework begins a standard input in UTF-8 with a mark of its encoding.
        if (first.Length > 0 && first[0] == '\uFEFF')
            first = first.Substring(1);
        if (!first.StartsWith(Prefix, StringComparison.Ordinal))
            throw new InvalidDataException("This is no message of WinMmf, version 1. Use the same WinMmf release on both sides.");
        string head = first.Substring(Prefix.Length);
        if (head.IndexOf('\r') >= 0)
            throw new InvalidDataException("The first line of the message has a carriage return.");
        ControlMessage message = new(head);
        while (true)
        {
            string line = ReadLine(stream, ref budget) ?? throw new InvalidDataException("The message was cut short.");
            if (line.Length == 0)
                return message;
            int colon = line.IndexOf(": ", StringComparison.Ordinal);
            if (colon <= 0)
                throw new InvalidDataException("A line of the message is not of the form 'key: value'.");
            message.Fields[line.Substring(0, colon)] = Unescape(line.Substring(colon + 2));
        }
    }

    /// <summary>Reads one message where a connection carries no second one after it.</summary>
    /// <param name="stream">Where from; read in pieces, so bytes behind the empty line may be swallowed.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The message; null if the stream ended before the first byte.</returns>
    /// <exception cref="InvalidDataException">Not a message of this version, too long, or cut short.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static async Task<ControlMessage?> ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        if (stream is null)
            throw new ArgumentNullException(nameof(stream));
        byte[] buffer = new byte[FirstPiece];
        int count = 0;
        while (!HasEnd(buffer, count))
        {
            if (count == MaxBytes)
                throw new InvalidDataException($"The message is longer than {MaxBytes} bytes.");
            if (count == buffer.Length)
                Array.Resize(ref buffer, Math.Min(MaxBytes, buffer.Length * 4));
            int read = await stream.ReadAsync(buffer, count, buffer.Length - count, cancellationToken).ConfigureAwait(false);
            if (read == 0)
                return count == 0 ? null : throw new InvalidDataException("The message was cut short.");
            count += read;
        }

        using MemoryStream message = new(buffer, 0, count);
        return Read(message);
    }

    /// <summary>Writes the message and flushes.</summary>
    /// <param name="stream">Where to.</param>
    public void Write(Stream stream)
    {
        if (stream is null)
            throw new ArgumentNullException(nameof(stream));
        byte[] bytes = Encoding.UTF8.GetBytes(ToString());
        stream.Write(bytes, 0, bytes.Length);
        stream.Flush();
    }

    /// <summary>Writes the message.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="cancellationToken">Ends the wait for a peer that does not read.</param>
    /// <returns>A task that completes when all of it is written.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Task WriteAsync(Stream stream, CancellationToken cancellationToken)
    {
        if (stream is null)
            throw new ArgumentNullException(nameof(stream));
        byte[] bytes = Encoding.UTF8.GetBytes(ToString());
        return stream.WriteAsync(bytes, 0, bytes.Length, cancellationToken);
    }

    /// <summary>The message as it is sent.</summary>
    public override string ToString()
    {
        StringBuilder text = new();
        text.Append(Prefix).Append(Head).Append('\n');
        foreach (KeyValuePair<string, string> field in Fields)
            text.Append(field.Key).Append(": ").Append(Escape(field.Value)).Append('\n');
        return text.Append('\n').ToString();
    }

    private static bool HasEnd(byte[] buffer, int count)
    {
        for (int i = 1; i < count; i++)
        {
            if (buffer[i] == '\n' && buffer[i - 1] == '\n')
                return true;
        }

        return false;
    }

    private static string? ReadLine(Stream stream, ref int budget)
    {
        List<byte> line = new();
        while (true)
        {
            int b = stream.ReadByte();
            if (b < 0)
                return line.Count == 0 ? null : throw new InvalidDataException("The message was cut short.");
            if (--budget < 0)
                throw new InvalidDataException($"The message is longer than {MaxBytes} bytes.");
            if (b == '\n')
                return Encoding.UTF8.GetString(line.ToArray());
            line.Add((byte)b);
        }
    }

    private static string Escape(string value) => value.Replace("\\", "\\\\").Replace("\r", "\\r").Replace("\n", "\\n");

    private static string Unescape(string value)
    {
        if (value.IndexOf('\\') < 0)
            return value;
        StringBuilder text = new(value.Length);
        for (int i = 0; i < value.Length; i++)
        {
            if (value[i] != '\\' || i + 1 == value.Length)
            {
                text.Append(value[i]);
                continue;
            }

            char c = value[++i];
            text.Append(c switch { 'n' => '\n', 'r' => '\r', _ => c });
        }

        return text.ToString();
    }

    private static string OneLine(string text) => text.IndexOfAny(['\r', '\n']) < 0
        ? text
        : throw new ArgumentException("A head or key is one line.", nameof(text));
}
