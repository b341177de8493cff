using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using WinMmf.Errors;
using WinMmf.Management.Catalogue;
using WinMmf.Management.EnvironmentChecks;
using WinMmf.Management.Ffmpeg;
using WinMmf.Management.Launching;
using WinMmf.Management.Platform;
using WinMmf.Management.Platform.Selection;
using WinMmf.Management.Remedies;
using WinMmf.Names;
using WinMmf.Security;

namespace WinMmf.Management.Examination;

/// <summary>Looks for what may stand in WinMmf's way on this machine. It changes nothing.</summary>
internal static class EnvironmentExamination
{
    private const int NamesShown = 3;

    /// <summary>Does all checks, one after another.</summary>
    /// <param name="moduleDirectory">The folder of the module's assembly, in which the publisher is looked for.</param>
    /// <param name="shell">Edition and version of what runs the module, for people; null: not told.</param>
    public static IEnumerable<EnvironmentFinding> Run(string moduleDirectory, string? shell = null) =>
        Run(ManagementServices.Current, moduleDirectory, shell);

    internal static IEnumerable<EnvironmentFinding> Run(IManagementPlatform platform, string moduleDirectory, string? shell = null)
    {
        yield return ExamineProcess(IntPtr.Size, platform.Environment.DescribeSession(), shell);
        ModuleProgram? publisher = FindPublisher(moduleDirectory, out EnvironmentFinding found);
        yield return found;
        foreach (EnvironmentFinding finding in platform.Environment.ExamineMemory())
            yield return finding;
        yield return ExamineLocking(platform);
        yield return ExamineLeftovers(platform);
        yield return ExamineFfmpeg(platform);
        yield return ExamineOpenCv(publisher);
        foreach (EnvironmentFinding finding in platform.Environment.ExamineCameras())
            yield return finding;
    }

    internal static EnvironmentFinding ExamineProcess(int pointerSize, string session, string? shell = null)
    {
        string who = $"{pointerSize * 8}-bit process, {(shell is null ? "" : shell + ", ")}{RuntimeInformation.FrameworkDescription}, "
            + $"{RuntimeInformation.OSDescription.Trim()}, {session}.";
        return pointerSize >= 8
            ? new EnvironmentFinding(EnvironmentCheck.Process, EnvironmentStatus.Ok, who)
            : new EnvironmentFinding(
                EnvironmentCheck.Process,
                EnvironmentStatus.Warning,
                who,
                "A 32-bit process has little room for large channels. Use the 64-bit PowerShell where frames are large or many.");
    }

    /// <summary>OpenCV runs in a program of its own below the publisher's folder, and needs OpenCV's native library there.</summary>
    internal static EnvironmentFinding ExamineOpenCv(string? publisherDirectory)
    {
        string folder = Path.Combine(publisherDirectory ?? "", "opencv");
        if (publisherDirectory is null || !File.Exists(Path.Combine(folder, "WinMmf.Capture.OpenCv.dll")))
            return new EnvironmentFinding(
                EnvironmentCheck.OpenCv, EnvironmentStatus.Ok, "This publisher was built without OpenCV: it opens cameras through ffmpeg.");
        return Directory.EnumerateFiles(folder, "*OpenCvSharpExtern*", SearchOption.AllDirectories).Any()
            ? new EnvironmentFinding(EnvironmentCheck.OpenCv, EnvironmentStatus.Ok, "The publisher can open cameras by OpenCV.")
            : new EnvironmentFinding(
                EnvironmentCheck.OpenCv,
                EnvironmentStatus.Failed,
                "The publisher was built for OpenCV, but OpenCV's native library (OpenCvSharpExtern) is missing.",
                "Install the whole package of WinMmf again, or open the camera through ffmpeg, by the path of its device and its input "
                    + "format.");
    }

    private static EnvironmentFinding ExamineOpenCv(ModuleProgram? publisher)
    {
        string? file = publisher is null ? null : publisher.FirstArguments.Count > 0 ? publisher.FirstArguments[0] : publisher.FileName;
        return ExamineOpenCv(file is null ? null : Path.GetDirectoryName(file));
    }

    private static ModuleProgram? FindPublisher(string moduleDirectory, out EnvironmentFinding finding)
    {
        try
        {
            ModuleProgram program = PublisherProgram.Find(moduleDirectory);
            string file = program.FirstArguments.Count > 0 ? program.FirstArguments[0] : program.FileName;
            finding = new EnvironmentFinding(EnvironmentCheck.Publisher, EnvironmentStatus.Ok, $"The publisher is '{file}'.");
            return program;
        }
        catch (WinMmfException e)
        {
            finding = new EnvironmentFinding(EnvironmentCheck.Publisher, EnvironmentStatus.Failed,
                $"Frames can be read, not published: {e.Message}",
                e.ErrorId == WinMmfErrorId.ProgramNotTrusted ? SystemRemedy.SecureProgram(e.Facts.Path) : SystemRemedy.FindPublisher);
            return null;
        }
    }

    private static EnvironmentFinding ExamineLocking(IManagementPlatform platform)
    {
        try
        {
            // Missing it is no fault: few programs need it, and what needs it says so.
            PrivilegeReport report = platform.Core.Privileges.Read(SystemPrivilege.SeLockMemoryPrivilege, null);
            return new EnvironmentFinding(EnvironmentCheck.LockedMemory, EnvironmentStatus.Ok,
                $"{(report.IsHeld == true ? "Held" : "Not held")}: {report.Privilege}. {report.Message}");
        }
        catch (WinMmfException e)
        {
            return new EnvironmentFinding(EnvironmentCheck.LockedMemory, EnvironmentStatus.Unknown,
                $"What this account may lock in memory cannot be found out: {e.Message}");
        }
    }

    private static EnvironmentFinding ExamineLeftovers(IManagementPlatform platform)
    {
        List<SharedName> leftovers = SharedMemoryCatalogue.ListNames(platform, null)
            .Where(name => SharedMemoryCatalogue.Look(platform, name)?.Kind == SharedMemoryKind.Leftover)
            .ToList();
        if (leftovers.Count == 0)
            return new EnvironmentFinding(EnvironmentCheck.Leftovers, EnvironmentStatus.Ok, "Killed processes have left nothing behind.");
        string names = string.Join(", ", leftovers.Take(NamesShown)) + (leftovers.Count > NamesShown ? ", …" : "");
        return new EnvironmentFinding(
            EnvironmentCheck.Leftovers,
            EnvironmentStatus.Warning,
            $"Killed processes left {leftovers.Count} {(leftovers.Count == 1 ? "name" : "names")} behind: {names}.",
            "They take memory and do no other harm: the next program that publishes or creates such a name removes them. Listings show "
                + "them as Leftover.");
    }

    private static EnvironmentFinding ExamineFfmpeg(IManagementPlatform platform)
    {
        const string Consequence = "Video files, addresses and devices cannot be published, and frames cannot be saved as JPEG.";
        if (FfmpegProgram.Find(out string? fault) is not string program)
            return new EnvironmentFinding(
                EnvironmentCheck.Ffmpeg, EnvironmentStatus.Warning, $"There is no ffmpeg: {fault}. {Consequence}", FfmpegProgram.HowToGet);
        try
        {
            TrustedProgram.Check(platform.ProgramTrust, program);
            return new EnvironmentFinding(EnvironmentCheck.Ffmpeg, EnvironmentStatus.Ok, $"ffmpeg is '{program}'.");
        }
        catch (WinMmfException e)
        {
            return new EnvironmentFinding(
                EnvironmentCheck.Ffmpeg, EnvironmentStatus.Warning, $"{e.Message} {Consequence}", SystemRemedy.SecureProgram(e.Facts.Path));
        }
    }
}
