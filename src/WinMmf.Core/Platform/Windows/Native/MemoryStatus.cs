using System.Runtime.InteropServices;

namespace WinMmf.Platform.Windows.Native;

/// <summary>MEMORYSTATUSEX.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct MemoryStatus
{
    public uint Length;
    public uint Load;
    public ulong TotalPhysical;
    public ulong AvailablePhysical;
    public ulong TotalCommit;
    public ulong AvailableCommit;
    public ulong TotalVirtual;
    public ulong AvailableVirtual;
    public ulong AvailableExtendedVirtual;
}
