using System;
using System.Diagnostics;
using System.IO;
using System.IO.Pipes;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace WinMmf.Capture.Platform.Linux;

/// <inheritdoc/>
internal sealed partial class LinuxCapturePlatform : ICapturePlatform
{
    private const int SetPipeSize = 1031;

    /// <summary>The most that an unprivileged process may ask for by default.</summary>
    private const int PipeBytes = 1 << 20;

    public string HowToGetFfmpeg => LinuxDistribution.HowToInstall("ffmpeg");

    public IDisposable Guard(Process child) => LifeLine.Guard(child.Id);

    public void Widen(Stream pipe)
    {
        // A refusal costs speed and nothing else.
        if (pipe is PipeStream stream)
            _ = FileControl(stream.SafePipeHandle, SetPipeSize, PipeBytes);
    }

    [LibraryImport("libc", EntryPoint = "fcntl")]
    private static partial int FileControl(SafePipeHandle handle, int command, int argument);
}
