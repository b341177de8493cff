using System;
using System.ComponentModel;
using System.IO;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using WinMmf.Platform.Windows.Native;

namespace WinMmf.Management.Platform.Windows;

/// <summary>A pipe of which a child inherits one end. Disposing of it closes the child's end, and ours unless it was taken.</summary>
internal sealed unsafe class AnonymousPipe : IDisposable
{
    private readonly SafeFileHandle _childEnd;
    private SafeFileHandle? _ourEnd;

    private AnonymousPipe(SafeFileHandle childEnd, SafeFileHandle ourEnd)
    {
        _childEnd = childEnd;
        _ourEnd = ourEnd;
    }

    /// <summary>The child's end. Valid only while this pipe is not disposed of.</summary>
    public IntPtr ChildEnd => _childEnd.DangerousGetHandle();

    /// <summary>Makes a pipe.</summary>
    /// <param name="childWrites">True if the child writes and we read.</param>
    /// <param name="bytes">How much it holds; 0 for the system's default.</param>
    /// <exception cref="Win32Exception">The system refused.</exception>
    public static AnonymousPipe Make(bool childWrites, int bytes)
    {
        if (!Kernel32.CreatePipe(out SafeFileHandle read, out SafeFileHandle write, IntPtr.Zero, (uint)bytes))
            throw new Win32Exception(Marshal.GetLastWin32Error());
        AnonymousPipe pipe = childWrites ? new AnonymousPipe(write, read) : new AnonymousPipe(read, write);
        if (Kernel32.SetHandleInformation(pipe.ChildEnd, Kernel32.HandleFlagInherit, Kernel32.HandleFlagInherit))
            return pipe;
        int error = Marshal.GetLastWin32Error();
        pipe.Dispose();
        throw new Win32Exception(error);
    }

    /// <summary>Our end as a stream, which then owns it.</summary>
    public FileStream TakeOurEnd(FileAccess access)
    {
        SafeFileHandle end = _ourEnd ?? throw new InvalidOperationException("Our end is taken already.");
        _ourEnd = null;

        // Without a buffer of its own: a frame is read in large pieces.
        return new FileStream(end, access, 1, isAsync: false);
    }

    public void Dispose()
    {
        _childEnd.Dispose();
        _ourEnd?.Dispose();
    }
}
