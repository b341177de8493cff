using System;
using System.IO;
using WinMmf.Management.Ffmpeg;

namespace WinMmf.Capture.Tests;

/// <summary>Has the stand-in taken for ffmpeg and ffprobe. Only for tests of the collection "environment".</summary>
internal static class FakeFfmpegPrograms
{
    public static readonly string Program = Path.Combine(
        AppContext.BaseDirectory, "WinMmf.FakeFfmpeg" + (OperatingSystem.IsWindows() ? ".exe" : ""));

    public static void Use() => Set(Program);

    public static void Forget() => Set(null);

    private static void Set(string? program)
    {
        Environment.SetEnvironmentVariable(FfmpegProgram.Variable, program);
        Environment.SetEnvironmentVariable(FfmpegProgram.ProbeVariable, program);
    }
}
