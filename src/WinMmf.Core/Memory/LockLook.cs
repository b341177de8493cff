using System;
using System.Collections.Generic;
using System.Threading;
using WinMmf.Errors;
using WinMmf.Layouts;
using WinMmf.Locking;
using WinMmf.Names;
using WinMmf.Platform;

namespace WinMmf.Memory;

/// <summary>
/// The lock of a memory for programs that only look: nothing is mapped, since an account that may lock the memory may cut it short, and
/// that would end an administrator's shell.
/// </summary>
internal sealed unsafe class LockLook : ILockable, IDisposable
{
    private readonly IPlatform _platform;

    private LockLook(IPlatform platform, SharedName name)
    {
        _platform = platform;
        Name = name;
        Locks = new MemoryLocks(platform.LockTables, platform.Processes, this, null);
    }

    /// <inheritdoc/>
    public SharedName Name { get; }

    /// <inheritdoc/>
    public bool IsWritable => false;

    /// <summary>There is none: it is not mapped.</summary>
    public uint* WordAddress => throw new InvalidOperationException("This memory is only looked at.");

    /// <inheritdoc/>
    public MemoryLocks Locks { get; }

    /// <summary>Finds the memory.</summary>
    /// <param name="platform">The system.</param>
    /// <param name="name">Its name.</param>
    /// <param name="scope">Where to look; null: Local, then Global.</param>
    /// <exception cref="WinMmfException">InvalidName, NotFound, NotAMemory, AccessDenied, WrongObjectType, Truncated.</exception>
    public static LockLook Open(IPlatform platform, string name, NameScope? scope)
    {
        IReadOnlyList<NameScope> scopes = scope is NameScope one ? [one] : [NameScope.Local, NameScope.Global];
        foreach (NameScope candidate in scopes)
        {
            SharedName wanted = new(name, candidate);
            using SharedSection? section = platform.Sections.TryLook(wanted);
            if (section is null)
                continue;
            if (SectionAnchor.IsControl(section.Address, section.Size))
                throw new WinMmfException(WinMmfErrorId.NotAMemory, $"{wanted} is a frame channel, not a plain memory.", wanted.ToFacts());
            if (section.Size <= LockWord.Size)
                throw Truncated(wanted);
            NamedMemory.ThrowIfTooSmall(wanted, section, MemoryOrigin.TryRead(platform, wanted));
            return new LockLook(platform, wanted);
        }

        throw new NameResolver(platform, name, scope).NotFound();
    }

    /// <inheritdoc/>
    public uint ReadWord()
    {
        using SharedSection? section = _platform.Sections.TryLook(Name);
        return section is not null && section.Size > LockWord.Size ? Volatile.Read(ref *(uint*)section.Address) : throw Truncated(Name);
    }

    /// <summary>There is none: it is not mapped.</summary>
    public bool TryExchangeWord(uint from, uint to) => throw new InvalidOperationException("This memory is only looked at.");

    /// <inheritdoc/>
    public void Pause(int milliseconds, CancellationToken cancellation) => cancellation.WaitHandle.WaitOne(milliseconds);

    /// <inheritdoc/>
    public void Dispose() => Locks.Dispose();

    private static WinMmfException Truncated(SharedName name) =>
        new(WinMmfErrorId.Truncated, $"{name} is gone, or too short for a lock word and data.", name.ToFacts());
}
