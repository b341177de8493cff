using System;
using System.Globalization;
using System.Threading;
using WinMmf.Errors;
using WinMmf.Names;
using WinMmf.Platform.Linux.Native;
using WinMmf.Residency;
using WinMmf.Security;

namespace WinMmf.Platform.Linux;

/// <summary>A mapped file and the hold on it. Closing a file with a name removes it if no other process holds it.</summary>
internal sealed unsafe class LinuxSharedSection : SharedSection
{
    private const uint AskAgainMilliseconds = 16;

    private readonly LinuxLifetime? _lifetime;
    private readonly LinuxFile _file;
    private readonly MapHandle _map;
    private readonly SharedName _name;
    private readonly string _part;
    private readonly uint _userId;
    private int _askedAt;
    private uint _asked;
    private bool _wasWhole;
    private int _disposed;

    /// <param name="lifetime">What removes the file with its last holder; null for a part, which its publisher removes.</param>
    /// <param name="file">The file.</param>
    /// <param name="map">Its mapping.</param>
    /// <param name="name">The channel or memory.</param>
    /// <param name="part">What it is of that, for messages; empty for the file with the plain name.</param>
    /// <param name="size">Bytes.</param>
    /// <param name="userId">Its owner.</param>
    public LinuxSharedSection(LinuxLifetime? lifetime, LinuxFile file, MapHandle map, SharedName name, string part, long size, uint userId)
    {
        _lifetime = lifetime;
        _file = file;
        _map = map;
        _name = name;
        _part = part;
        _userId = userId;
        Size = size;
        Address = map.Address;
    }

    public override byte* Address { get; }

    public override long Size { get; }

    public override string Owner => _userId.ToString(CultureInfo.InvariantCulture);

    public override bool IsOwnedByCaller => LinuxUsers.IsCaller(_userId);

    /// <summary>The owner's number.</summary>
    public uint UserId => _userId;

    /// <summary>The file, for callers that must know whether a name still leads to it.</summary>
    public LinuxFile File => _file;

    public override bool CanOthersWrite =>
        Libc.GetStatus(_file.Descriptor, out FileStatus status) != 0 || (status.Mode & LinuxFileMode.OthersWrite) != 0;

    public override AccessPolicy? ReadPolicy() =>
        Libc.GetStatus(_file.Descriptor, out FileStatus status) == 0 ? AccessPolicy.FromMode(status.Permissions, status.GroupId) : null;

    public override bool IsWhole() => Libc.GetStatus(_file.Descriptor, out FileStatus status) == 0 && status.Size >= Size;

    public override bool IsStillWhole()
    {
        int tick = Environment.TickCount;
        if (_wasWhole && unchecked((uint)(tick - _askedAt)) < AskAgainMilliseconds)
            return true;
        _askedAt = tick;
        _asked++;
        _wasWhole = IsWhole();
        return _wasWhole;
    }

    public override uint Asked => _asked;

    public override bool IsStillNamed() => _file.IsStillNamed();

    public override ResidentBytes Measure() => LinuxResidency.Measure((IntPtr)Address, Size);

    /// <summary>Locks a new section in memory, or puts it into large pages.</summary>
    /// <exception cref="WinMmfException">PrivilegeNotHeld, LockedMemoryLimit, NotSupported, OutOfSharedMemory, SystemError.</exception>
    public void Keep(MemoryResidency residency)
    {
        switch (residency)
        {
            case MemoryResidency.Locked:
                LinuxResidency.Lock(_map, Size, _name, _part);
                break;
            case MemoryResidency.LargePages:
                LinuxResidency.UseLargePages(_map, Size, _name, _part);
                break;
        }
    }

    public override void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
            return;
        _map.Dispose();
        if (_lifetime is not null)
        {
            _lifetime.LetGo(_file, _name);
            return;
        }

        // Unlock first: between fork and exec of an unrelated child, the open file description lives on for a moment.
        _file.Unlock();
        _file.Dispose();
    }
}
