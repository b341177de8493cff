using System.Runtime.InteropServices;

namespace WinMmf.Platform.Linux.Native;

/// <summary><c>struct flock</c> of 64-bit Linux. <see cref="Pid"/> must be 0 for locks of open file descriptions.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct FileLock
{
    public const short Read = 0;
    public const short Write = 1;
    public const short None = 2;

    public short Type;
    public short Whence;
    public long Start;
    public long Length;
    public int Pid;
}
