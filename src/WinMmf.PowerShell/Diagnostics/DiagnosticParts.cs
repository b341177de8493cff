using System;
using System.Collections;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Threading;
using WinMmf.Access;
using WinMmf.Errors;
using WinMmf.Frames;
using WinMmf.Management.Catalogue;
using WinMmf.Management.Examination;
using WinMmf.Management.Holders;
using WinMmf.Management.Imaging;
using WinMmf.Management.Locks;
using WinMmf.Management.Privileges;
using WinMmf.Names;
using WinMmf.PowerShell.Advice;
using WinMmf.PowerShell.Output;
using WinMmf.PowerShell.Targets;
using WinMmf.Security;
using WinMmf.Time;

namespace WinMmf.PowerShell.Diagnostics;

/// <summary>What goes into a ticket.</summary>
internal static class DiagnosticParts
{
    private static readonly TimeSpan HolderLimit = TimeSpan.FromSeconds(3);

    // Less than a part may take by default: some holders are worth more than none.
    private static readonly TimeSpan AllHoldersLimit = TimeSpan.FromSeconds(8);

    /// <summary>All parts; a frame of each channel only where it is wanted.</summary>
    /// <param name="moduleDirectory">The folder of the module's assembly.</param>
    /// <param name="shell">PSVersionTable.</param>
    /// <param name="shellDescription">Edition and version, for people.</param>
    /// <param name="includeFrame">Pictures, too.</param>
    public static IReadOnlyList<DiagnosticPart> Make(
        string moduleDirectory, IDictionary? shell, string? shellDescription, bool includeFrame)
    {
        List<DiagnosticPart> parts =
        [
            DiagnosticPart.FromText("module", "module.txt", _ => DescribeModule(moduleDirectory, shell)),
            DiagnosticPart.FromText("environment", "environment.txt",
                _ => ObjectText.Of(
                    Wrap(EnvironmentExamination.Run(moduleDirectory, shellDescription), finding => new WinMmfEnvironmentFinding(finding)),
                    "Nothing was found.")),
            DiagnosticPart.FromText("privileges", "privileges.txt", _ => DescribePrivileges()),
            DiagnosticPart.FromText("memories", "memories.txt",
                _ => ObjectText.Of(Wrap(Reports(ForeignNames.All), report => new SharedMemoryInfo(report)), "There is none.")),
            DiagnosticPart.FromText("access", "access.txt",
                _ => ObjectText.Of(
                    Wrap(TargetFinder.FindAccess(Target.All), report => new SharedMemoryAccess(report)), "There is nothing.")),
            DiagnosticPart.FromText("locks", "locks.txt", _ => DescribeLocks()),
            DiagnosticPart.FromText("holders", "holders.txt", DescribeHolders),
            new DiagnosticPart("publishers", PublisherParts.Describe),
        ];
        if (includeFrame)
            parts.Add(new DiagnosticPart("frames", CopyFrames));
        return parts;
    }

    private static IEnumerable<SharedMemoryReport> Reports(ForeignNames foreign = ForeignNames.None) =>
        TargetFinder.FindMemories(Target.All, foreign);

    private static IEnumerable<object> Wrap<T>(IEnumerable<T> items, Func<T, object> wrap)
    {
        foreach (T item in items)
            yield return wrap(item);
    }

    private static string DescribeModule(string directory, IDictionary? shell)
    {
        StringBuilder text = new();
        text.Append("Packed at         : ").Append(DateTimeOffset.Now.ToString("o", CultureInfo.InvariantCulture)).Append('\n');
        text.Append("Module            : ").Append(directory).Append('\n');
        text.Append("Version           : ").Append(FileVersionInfo.GetVersionInfo(typeof(DiagnosticParts).Assembly.Location).ProductVersion)
            .Append('\n');
        text.Append("System            : ").Append(RuntimeInformation.OSDescription).Append(", ").Append(RuntimeInformation.OSArchitecture)
            .Append('\n');
        text.Append("Process           : ").Append(RuntimeInformation.FrameworkDescription).Append(", ")
            .Append(RuntimeInformation.ProcessArchitecture).Append('\n');
        text.Append("Processors        : ").Append(Environment.ProcessorCount.ToString(CultureInfo.InvariantCulture)).Append('\n');
        text.Append("Culture           : ").Append(CultureInfo.CurrentCulture.Name).Append('\n');
        if (shell is not null)
        {
            text.Append("\nPSVersionTable\n");
            foreach (DictionaryEntry entry in shell)
                text.Append("  ").Append(entry.Key).Append(" : ")
                    .Append(entry.Value is IEnumerable list and not string ? string.Join(", ", Texts(list)) : entry.Value).Append('\n');
        }

        text.Append("\nFiles (SHA-256, bytes, version)\n");
        foreach (string file in Directory.GetFiles(directory, "WinMmf*", SearchOption.AllDirectories))
        {
            text.Append("  ").Append(Hash(file)).Append(' ').Append(new FileInfo(file).Length.ToString(CultureInfo.InvariantCulture))
                .Append(' ')
                .Append(FileVersionInfo.GetVersionInfo(file).FileVersion).Append(' ').Append(file.Substring(directory.Length)).Append('\n');
        }

        return text.ToString();
    }

    private static IEnumerable<string> Texts(IEnumerable list)
    {
        foreach (object? item in list)
            yield return item?.ToString() ?? "";
    }

    private static string Hash(string file)
    {
        using SHA256 hash = SHA256.Create();
        using FileStream stream = new(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        return BitConverter.ToString(hash.ComputeHash(stream)).Replace("-", "").ToLowerInvariant();
    }

    private static string DescribePrivileges() => ObjectText.Of(
        Wrap(
            new[] { SystemPrivilege.SeCreateGlobalPrivilege, SystemPrivilege.SeLockMemoryPrivilege },
            privilege => new SharedMemoryPrivilege(SystemPrivileges.Read(privilege))),
        "");

    private static string DescribeLocks()
    {
        List<object> locks = [];
        StringBuilder errors = new();
        foreach (SharedName name in TargetFinder.FindLocks(Target.All))
        {
            try
            {
                locks.Add(new SharedMemoryLockDiagnosis(LockInspector.Inspect(name.Name, name.Scope), sample: null));
            }
            catch (WinMmfException e)
            {
                errors.Append(name).Append(": ").Append(e.ErrorId).Append(": ").Append(ErrorRecords.Describe(e)).Append('\n');
            }
        }

        return ObjectText.Of(locks, "There is no lock.") + errors;
    }

    private static string DescribeHolders(CancellationToken token)
    {
        List<object> all = [];
        StringBuilder notes = new();
        Deadline end = Deadline.After(AllHoldersLimit);
        foreach (SharedMemoryReport report in new List<SharedMemoryReport>(Reports()))
        {
            if (report.Kind == SharedMemoryKind.Leftover)
                continue;
            if (end.IsOver)
            {
                notes.Append(report.Name).Append(": not looked at, for want of time.\n");
                continue;
            }

            try
            {
                if (SharedMemoryHolders.Find(report.Name, HolderLimit, token) is not SharedMemoryHolders found)
                    continue;
                foreach (HolderReport holder in found.Holders)
                    all.Add(new SharedMemoryHolder(holder));
                if (found.Hidden > 0 || !found.IsComplete)
                    notes.Append(report.Name).Append(": ").Append(found.Hidden)
                        .Append(found.IsComplete ? " more handles are hidden.\n" : " or more handles are hidden; the time ran out.\n");
            }
            catch (WinMmfException e)
            {
                notes.Append(report.Name).Append(": ").Append(e.ErrorId).Append(": ").Append(ErrorRecords.Describe(e)).Append('\n');
            }
        }

        return ObjectText.Of(all, "No process holds a memory.") + notes;
    }

    private static IEnumerable<DiagnosticFile> CopyFrames(CancellationToken token)
    {
        List<DiagnosticFile> files = [];
        foreach (SharedMemoryReport report in Reports())
        {
            if (report.Channel?.Newest is null)
                continue;
            string file = "frames/" + DiagnosticFile.NameOf(report.Name);
            if (OwnerTrust.FindForeign(report.OwnerId) is string owner)
            {
                // Reading a frame maps the channel, which its owner may cut short; everything else here only looks.
                files.Add(DiagnosticFile.Text(
                    file + ".txt", $"Left out: the channel belongs to {owner}, who could end this shell while it reads.\n"));
                continue;
            }

            try
            {
                files.Add(CopyFrame(FrameCopy.Take(report.Name.Name, report.Name.Scope, cancellationToken: token), file, token));
            }
            catch (WinMmfException e)
            {
                files.Add(DiagnosticFile.Text(file + ".txt", $"{e.ErrorId}: {ErrorRecords.Describe(e)}\n"));
            }
        }

        return files;
    }

    private static DiagnosticFile CopyFrame(FrameCopy copy, string file, CancellationToken token)
    {
        string extension = copy.Info.Format.PixelFormat == PixelFormat.Mjpg ? ".jpg" : ".png";
        string temporary = Path.Combine(Path.GetTempPath(), "winmmf-" + Guid.NewGuid().ToString("N") + extension);
        GCHandle data = GCHandle.Alloc(copy.Data, GCHandleType.Pinned);
        try
        {
            FrameFile.Save(temporary, copy.Info.Format, data.AddrOfPinnedObject(), cancellationToken: token);
            return DiagnosticFile.Picture(file + extension, File.ReadAllBytes(temporary));
        }
        finally
        {
            data.Free();
            File.Delete(temporary);
        }
    }
}
