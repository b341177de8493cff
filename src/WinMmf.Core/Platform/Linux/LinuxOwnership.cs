using System;
using System.Threading;
using WinMmf.Platform.Linux.Native;

namespace WinMmf.Platform.Linux;

/// <summary>The right to publish, as long as it is not disposed and the process lives.</summary>
internal sealed class LinuxOwnership : IDisposable
{
    private readonly LinuxFile _file;
    private int _disposed;

    public LinuxOwnership(LinuxFile file) => _file = file;

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
            return;

        // Unlinked while still locked: who opened it meanwhile sees that the path names it no more, and begins again.
        if (_file.IsStillNamed())
            Libc.Unlink(_file.Path);
        _file.Dispose();
    }
}
