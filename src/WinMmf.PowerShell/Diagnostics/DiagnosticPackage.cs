using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Text;
using System.Threading;
using WinMmf.Errors;
using WinMmf.Management.Platform.Selection;
using WinMmf.Management.Secrets;
using WinMmf.PowerShell.Advice;

namespace WinMmf.PowerShell.Diagnostics;

/// <summary>
/// Packs parts into one zip. Each has its own time: one that hangs or fails leaves its error in the zip, and the others go on.
/// </summary>
internal sealed class DiagnosticPackage
{
    private readonly TimeSpan _limit;
    private readonly StringBuilder _contents = new();
    private int _hidden;

    /// <param name="limit">How long each part may take.</param>
    public DiagnosticPackage(TimeSpan limit) => _limit = limit;

    /// <summary>How many parts are missing.</summary>
    public int Missing { get; private set; }

    /// <summary>Writes the zip, whole or not at all.</summary>
    /// <param name="path">Full path.</param>
    /// <param name="overwrite">Replace a file that is there.</param>
    /// <param name="parts">What to pack.</param>
    /// <param name="begins">Called before each part.</param>
    /// <param name="stopping">Ends it; nothing is left then.</param>
    /// <exception cref="WinMmfException">FileExists, SaveFailed.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public void Write(
        string path, bool overwrite, IReadOnlyList<DiagnosticPart> parts, Action<DiagnosticPart, int> begins, CancellationToken stopping)
    {
        if (File.Exists(path) && !overwrite)
            throw new WinMmfException(WinMmfErrorId.FileExists, $"'{path}' exists and was kept.", new ErrorFacts { Path = path });

        // A new name, so that no other account can have put something there; and no other account may read logs and pictures.
        string temporary = $"{path}.{Guid.NewGuid():N}.partial";
        try
        {
            using (FileStream file = ManagementServices.Current.OwnFiles.Create(temporary))
            using (ZipArchive zip = new(file, ZipArchiveMode.Create))
            {
                for (int i = 0; i < parts.Count; i++)
                {
                    begins(parts[i], i);
                    Pack(zip, parts[i], stopping);
                }

                _contents.Append(_hidden == 0
                    ? "\nNo passwords, keys or tokens were found in the texts.\n"
                    : $"\nLeft out of the texts: {_hidden} passwords, keys, tokens, users and queries of addresses. "
                        + $"{Redactor.Mask} stands in their place.\n");
                Add(zip, DiagnosticFile.Text("contents.txt", _contents.ToString()));
            }

            if (overwrite)
                File.Delete(path);
            File.Move(temporary, path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            throw new WinMmfException(
                WinMmfErrorId.SaveFailed, $"'{path}' cannot be written: {e.Message}", new ErrorFacts { Path = path }, 0, e);
        }
        finally
        {
            TryDelete(temporary);
        }
    }

    private void Add(ZipArchive zip, DiagnosticFile file)
    {
        _hidden += file.Hidden;
        using Stream entry = zip.CreateEntry(file.Path, CompressionLevel.Optimal).Open();
        entry.Write(file.Content, 0, file.Content.Length);
    }

    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            // What made it unwritable keeps it, too.
        }
    }

    private void Pack(ZipArchive zip, DiagnosticPart part, CancellationToken stopping)
    {
        Outcome outcome = Run(part, stopping);
        int before = _hidden;
        foreach (DiagnosticFile file in outcome.Files)
            Add(zip, file);
        if (outcome.Error is null)
        {
            _contents.Append(part.Name).Append(": ").Append(outcome.Files.Count).Append(outcome.Files.Count == 1 ? " file" : " files");
            if (_hidden > before)
                _contents.Append(", ").Append(_hidden - before).Append(_hidden - before == 1 ? " secret left out" : " secrets left out");
            _contents.Append('\n');
            return;
        }

        Missing++;
        _contents.Append(part.Name).Append(": MISSING. ").Append(outcome.Error).Append('\n');
        Add(zip, DiagnosticFile.Text($"errors/{part.Name.Replace(' ', '-')}.txt", outcome.Details ?? outcome.Error));
    }

    /// <summary>
    /// Runs a part on a thread of its own, which is left to itself when the time is over: a call into the system cannot be broken off.
    /// </summary>
    private Outcome Run(DiagnosticPart part, CancellationToken stopping)
    {
        // Not disposed: the thread may outlive this call and look at them.
        CancellationTokenSource limited = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        ManualResetEventSlim done = new();
        Outcome outcome = new();
        Thread thread = new(() =>
        {
            try
            {
                List<DiagnosticFile> files = [.. part.Make(limited.Token)];
                outcome.Files = files;
            }
            catch (Exception e)
            {
                // Whatever it is: the ticket is about what does not work.
                outcome.Error = e is WinMmfException known ? ErrorRecords.Describe(known) : e.Message;
                outcome.Details = e.ToString();
            }

            done.Set();
        })
        {
            IsBackground = true,
            Name = "WinMmf diagnostic: " + part.Name,
        };
        thread.Start();
        if (done.Wait(_limit, stopping))
            return outcome;
        limited.Cancel();
        return new Outcome
        {
            Error = "It was not ready within "
            + $"{_limit.TotalSeconds.ToString(System.Globalization.CultureInfo.InvariantCulture)} s. Give it more time with -TimeoutSec."
        };
    }

    private sealed class Outcome
    {
        public List<DiagnosticFile> Files { get; set; } = [];

        public string? Error { get; set; }

        public string? Details { get; set; }
    }
}
