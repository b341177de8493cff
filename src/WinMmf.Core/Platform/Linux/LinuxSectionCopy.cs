using System;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Threading;
using WinMmf.Layouts;
using WinMmf.Platform.Linux.Native;
using WinMmf.Residency;
using WinMmf.Security;

namespace WinMmf.Platform.Linux;

/// <summary>
/// The head of a section's file, read and not mapped: its owner may cut it short at any moment, and that ends who has mapped it
/// (protocol 1.8). Bytes beyond the end of the file are 0.
/// </summary>
internal sealed unsafe class LinuxSectionCopy : SharedSection
{
    /// <summary>All that is looked at from outside: a whole control section, or a lock word.</summary>
    private const int HeadSize = ControlLayout.Size;

    /// <summary>A description is written within microseconds, unless its publisher died or was stopped in the middle of it.</summary>
    private const int Tries = 10;

    private readonly FileStatus _status;
    private IntPtr _head;

    /// <param name="file">The file; it may be closed afterwards.</param>
    /// <param name="status">Its status.</param>
    public LinuxSectionCopy(LinuxFile file, in FileStatus status)
    {
        _status = status;
        _head = Marshal.AllocHGlobal(HeadSize);
        for (int i = 0; i < Tries && !TryCopy(file); i++)
            Thread.Yield();
    }

    public override byte* Address => (byte*)_head;

    public override long Size => _status.Size;

    public override bool IsLive => false;

    public override string Owner => _status.UserId.ToString(CultureInfo.InvariantCulture);

    public override bool IsOwnedByCaller => LinuxUsers.IsCaller(_status.UserId);

    public override bool CanOthersWrite => (_status.Mode & LinuxFileMode.OthersWrite) != 0;

    public override AccessPolicy? ReadPolicy() => AccessPolicy.FromMode(_status.Permissions, _status.GroupId);

    public override bool IsWhole() => true;

    public override ResidentBytes Measure() => default;

    public override void Dispose() => Marshal.FreeHGlobal(Interlocked.Exchange(ref _head, IntPtr.Zero));

    // Whole if the description's sequence was even and the same before and after; without a description it does not matter.
    private bool TryCopy(LinuxFile file)
    {
        uint after;
        file.Read(Address, HeadSize, 0);
        uint before = *(uint*)(Address + ControlLayout.DescriptionSequence);
        file.Read((byte*)&after, sizeof(uint), ControlLayout.DescriptionSequence);
        return before == after && (before & 1) == 0;
    }
}
