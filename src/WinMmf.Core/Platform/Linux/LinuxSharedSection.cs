using System;
using System.Globalization;
using System.Threading;
using WinMmf.Errors;
using WinMmf.Names;
using WinMmf.Platform.Linux.Native;
using WinMmf.Residency;
using WinMmf.Security;

namespace WinMmf.Platform.Linux;

/// <summary>A mapped file and the hold on it.</summary>
internal sealed unsafe class LinuxSharedSection : SharedSection
{
    private const uint AskAgainMilliseconds = 16;

    private readonly LinuxLifetime _lifetime;
    private readonly LinuxFile _file;
    private readonly MapHandle _map;
    private readonly SharedName _name;
    private readonly string _suffix;
    private readonly uint _userId;
    private int _askedAt;
    private bool _wasWhole;
    private int _disposed;

    public LinuxSharedSection(LinuxLifetime lifetime, LinuxFile file, MapHandle map, SharedName name, string suffix, long size, uint userId)
    {
        _lifetime = lifetime;
        _file = file;
        _map = map;
        _name = name;
        _suffix = suffix;
        _userId = userId;
        Size = size;
        Address = map.Address;
    }

    public override byte* Address { get; }

    public override long Size { get; }

    public override string Owner => _userId.ToString(CultureInfo.InvariantCulture);

    public override bool IsOwnedByCaller => _userId == Libc.GetEffectiveUserId();

    public override AccessPolicy? ReadPolicy() =>
        Libc.GetStatus(_file.Descriptor, out FileStatus status) == 0 ? AccessPolicy.FromMode(status.Permissions, status.GroupId) : null;

    public override bool IsWhole() => Libc.GetStatus(_file.Descriptor, out FileStatus status) == 0 && status.Size >= Size;

    public override bool IsStillWhole()
    {
        int tick = Environment.TickCount;
        if (_wasWhole && unchecked((uint)(tick - _askedAt)) < AskAgainMilliseconds)
            return true;
        _askedAt = tick;
        _wasWhole = IsWhole();
        return _wasWhole;
    }

    public override ResidentBytes Measure() => LinuxResidency.Measure((IntPtr)Address, Size);

    /// <summary>Sees to it that a new section is not paged out, or lies in large pages.</summary>
    /// <exception cref="WinMmfException">PrivilegeNotHeld, LockedMemoryLimit, NotSupported, OutOfSharedMemory, SystemError.</exception>
    public void Keep(MemoryResidency residency)
    {
        switch (residency)
        {
            case MemoryResidency.Locked:
                LinuxResidency.Lock(_map, Size, _name, _suffix);
                break;
            case MemoryResidency.LargePages:
                LinuxResidency.UseLargePages(_map, Size, _name, _suffix);
                break;
        }
    }

    public override void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
            return;
        _map.Dispose();
        _lifetime.LetGo(_file, _name, _suffix);
    }
}
