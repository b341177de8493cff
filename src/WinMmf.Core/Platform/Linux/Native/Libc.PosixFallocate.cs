using System;
using System.Runtime.InteropServices;

namespace WinMmf.Platform.Linux.Native;

internal static partial class Libc
{
    // The kernel undoes what a signal interrupts; in pieces, a large section gets on in spite of signals.
    private const long Piece = 16 << 20;

    /// <summary>Reserves a file's bytes, and makes it so long.</summary>
    public static int Reserve(DescriptorHandle descriptor, long length)
    {
        for (long offset = 0; offset < length;)
        {
            long piece = Math.Min(Piece, length - offset);

            // Unlike the others it returns its error.
            int error = PosixFallocateNative(descriptor, offset, piece);
            if (error == 0)
                offset += piece;
            else if (error != Errno.EINTR)
                return error;
        }

        return 0;
    }

    [DllImport(Library, EntryPoint = "posix_fallocate")]
    private static extern int PosixFallocateNative(DescriptorHandle descriptor, long offset, long length);
}
