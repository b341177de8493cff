using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using WinMmf.Control;
using WinMmf.Memory;
using WinMmf.Platform;

namespace WinMmf.Diagnostics;

/// <summary>Looks for what may stand in WinMmf's way on this machine. It changes nothing.</summary>
public static class EnvironmentExamination
{
    private const int NamesShown = 3;

    /// <summary>Does all checks, one after another.</summary>
    /// <param name="moduleDirectory">The folder of the module's assembly, in which the publisher is looked for.</param>
    public static IEnumerable<EnvironmentFinding> Run(string moduleDirectory) => Run(PlatformServices.Current, moduleDirectory);

    internal static IEnumerable<EnvironmentFinding> Run(IPlatform platform, string moduleDirectory)
    {
        yield return ExamineProcess(IntPtr.Size, platform.Environment.DescribeSession());
        yield return ExaminePublisher(moduleDirectory);
        foreach (EnvironmentFinding finding in platform.Environment.ExamineMemory())
            yield return finding;
        yield return ExamineLeftovers(platform);
        yield return ExamineFfmpeg();
        foreach (EnvironmentFinding finding in platform.Environment.ExamineCameras())
            yield return finding;
    }

    internal static EnvironmentFinding ExamineProcess(int pointerSize, string session)
    {
        string who = $"{pointerSize * 8}-bit process, {RuntimeInformation.FrameworkDescription}, {session}.";
        return pointerSize >= 8
            ? new EnvironmentFinding(EnvironmentCheck.Process, EnvironmentStatus.Ok, who)
            : new EnvironmentFinding(
                EnvironmentCheck.Process,
                EnvironmentStatus.Warning,
                who,
                "A 32-bit process has little room for large channels. Use the 64-bit PowerShell where frames are large or many.");
    }

    private static EnvironmentFinding ExaminePublisher(string moduleDirectory)
    {
        try
        {
            PublisherProgram program = PublisherProgram.Find(moduleDirectory);
            string file = program.FirstArguments.Count > 0 ? program.FirstArguments[0] : program.FileName;
            return new EnvironmentFinding(EnvironmentCheck.Publisher, EnvironmentStatus.Ok, $"The publisher is '{file}'.");
        }
        catch (WinMmfException e)
        {
            return new EnvironmentFinding(EnvironmentCheck.Publisher, EnvironmentStatus.Failed, "The publisher program is missing: frames can be read, not published.", e.Message);
        }
    }

    private static EnvironmentFinding ExamineLeftovers(IPlatform platform)
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
            "They take memory and do no other harm: whoever publishes or creates such a name again takes it over. Get-SharedMemoryInfo lists them as Leftover.");
    }

    private static EnvironmentFinding ExamineFfmpeg() => FfmpegProgram.Find(out string? fault) is string program
        ? new EnvironmentFinding(EnvironmentCheck.Ffmpeg, EnvironmentStatus.Ok, $"ffmpeg is '{program}'.")
        : new EnvironmentFinding(
            EnvironmentCheck.Ffmpeg,
            EnvironmentStatus.Warning,
            $"There is no ffmpeg: {fault}. Video files, addresses and devices cannot be published, and frames cannot be saved as JPEG.",
            FfmpegProgram.HowToGet);
}
