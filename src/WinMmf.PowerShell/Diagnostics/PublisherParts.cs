using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using WinMmf.Access;
using WinMmf.Errors;
using WinMmf.Frames;
using WinMmf.Management.Catalogue;
using WinMmf.Management.Control;
using WinMmf.Management.Platform.Selection;
using WinMmf.PowerShell.Advice;
using WinMmf.PowerShell.Targets;
using WinMmf.Time;

namespace WinMmf.PowerShell.Diagnostics;

/// <summary>What the publishers say of themselves, and the ends of their logs.</summary>
internal static class PublisherParts
{
    private const int LongestLog = 256 * 1024;

    // Any account can have publishers that never answer: one's own are asked first, and none takes the time of all.
    private static readonly TimeSpan OneLimit = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan AllLimit = TimeSpan.FromSeconds(8);

    /// <summary>Asks each publisher and keeper.</summary>
    public static IEnumerable<DiagnosticFile> Describe(CancellationToken token)
    {
        StringBuilder text = new();
        List<DiagnosticFile> files = [];
        Deadline end = Deadline.After(AllLimit);
        foreach (SharedMemoryReport report in TargetFinder.FindMemories(Target.All, ForeignNames.None)
            .Where(static report => !string.IsNullOrEmpty(report.Channel?.ControlEndpoint ?? report.Origin?.KeeperEndpoint))
            .OrderBy(static report => OwnerTrust.IsTrusted(report.OwnerId) ? 0 : 1))
        {
            text.Append(report.Name).Append(", process ").Append(report.Owner.ProcessId.ToString(CultureInfo.InvariantCulture))
                .Append('\n');
            if (end.IsOver)
                text.Append("  Not asked, for want of time.\n");
            else if (Ask(report, text, token) is string log)
                files.Add(DiagnosticFile.Text($"logs/{DiagnosticFile.NameOf(report.Name)}.log", ReadLog(report.OwnerId, log)));
            text.Append('\n');
        }

        files.Insert(0, DiagnosticFile.Text("publishers.txt", text.Length == 0 ? "No publisher runs.\n" : text.ToString()));
        return files;
    }

    /// <summary>The end of a log, or why it is left out.</summary>
    /// <param name="ownerId">Whose publisher names it: of another account's, the path is one that its owner wants to have opened.</param>
    /// <param name="log">Its path.</param>
    internal static string ReadLog(string ownerId, string log)
    {
        if (!OwnerTrust.IsTrusted(ownerId))
            return $"'{log}' is left out: a publisher of another account names it.\n";
        try
        {
            using FileStream file = ManagementServices.Current.OwnFiles.Open(log);
            bool isCut = file.Length > LongestLog;
            if (isCut)
                file.Seek(-LongestLog, SeekOrigin.End);
            using StreamReader reader = new(file, Encoding.UTF8);

            // Half a line may hold half an address, whose secret nothing would tell.
            if (isCut)
                reader.ReadLine();
            return reader.ReadToEnd();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return $"'{log}' cannot be read: {e.Message}\n";
        }
    }

    private static string? Ask(SharedMemoryReport report, StringBuilder text, CancellationToken token)
    {
        using CancellationTokenSource limited = CancellationTokenSource.CreateLinkedTokenSource(token);
        limited.CancelAfter(OneLimit);
        try
        {
            ControlMessage answer = report.Channel is ChannelReport channel
                ? ControlClient.AskStatus(channel, limited.Token)
                : ControlClient.AskStatus(report.Name, report.Origin!, limited.Token);
            foreach (KeyValuePair<string, string> field in answer.Fields)
                text.Append("  ").Append(field.Key).Append(" : ").Append(field.Value).Append('\n');
            return answer.Fields.TryGetValue("log", out string? log) ? log : null;
        }
        catch (OperationCanceledException) when (!token.IsCancellationRequested)
        {
            text.Append("  No answer within ").Append(OneLimit.TotalSeconds.ToString(CultureInfo.InvariantCulture)).Append(" s.\n");
            return null;
        }
        catch (WinMmfException e)
        {
            text.Append("  ").Append(e.ErrorId).Append(": ").Append(ErrorRecords.Describe(e)).Append('\n');
            return null;
        }
    }
}
