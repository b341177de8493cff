using System.IO;
using System.IO.Pipes;
using WinMmf.Management.Platform;
using WinMmf.Platform.Linux.Native;

namespace WinMmf.Capture.Platform.Linux;

/// <inheritdoc/>
internal sealed class LinuxCapturePlatform : ICapturePlatform
{
    /// <summary>The most that an unprivileged process may ask for by default.</summary>
    private const int PipeBytes = 1 << 20;

    public bool CanAskToEnd => true;

    public IChildGuard Guard(StartedProgram child) => new GuardedChild(child);

    public IFrameTimer? TryCreateTimer() => null;

    public void Widen(Stream pipe)
    {
        // A refusal costs speed and nothing else.
        if (pipe is PipeStream stream)
            _ = Libc.SetPipeSize(stream.SafePipeHandle, PipeBytes);
    }
}
