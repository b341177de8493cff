using System;
using System.Globalization;
using System.Threading;
using WinMmf.Errors;
using WinMmf.Layouts;
using WinMmf.Locking;
using WinMmf.Names;
using WinMmf.Platform;
using WinMmf.Platform.Selection;
using WinMmf.Processes;
using WinMmf.Residency;
using WinMmf.Security;
using WinMmf.Time;

namespace WinMmf.Memory;

/// <summary>
/// A plain named memory in winmmf's layout: a 4-byte lock word, then data. It lives until the last program that
/// has it open lets go. <c>docs/protocol.md</c> section 8.
/// </summary>
public sealed unsafe class NamedMemory : ILockable, IDisposable
{
    /// <summary>The most bytes of data.</summary>
    public const long MaxDataSize = (1L << 40) - LockWord.Size;

    private readonly SharedSection _section;
    private readonly SharedSection? _companion;
    private readonly MemoryLocks _locks;
    private bool _disposed;

    private NamedMemory(
        IPlatform platform, SharedName name, SharedSection section, SharedSection? companion, bool writable, bool existsInBothScopes)
    {
        Name = name;
        _locks = new MemoryLocks(platform.LockTables, platform.Processes, this, section);
        _section = section;
        _companion = companion;
        IsWritable = writable;
        ExistsInBothScopes = existsInBothScopes;

        // Not from the mapping: others may cut the companion short.
        Origin = companion is null ? null : MemoryOrigin.TryRead(platform, name);

        long? told = TellDataSize(section, Origin);
        long mapped = section.Size - LockWord.Size;
        DataSize = told ?? mapped;
        LeastDataSize = told ?? Math.Max(1, mapped - Environment.SystemPageSize + 1);
    }

    /// <summary>Name and scope.</summary>
    public SharedName Name { get; }

    /// <summary>
    /// Bytes of data, without the lock word. For a memory that another program made, where the system tells no more: up to the end of the
    /// mapping, which Windows rounds up to a page.
    /// </summary>
    public long DataSize { get; }

    /// <summary>The account that it belongs to, as the kernel says: a SID on Windows, a uid on Linux.</summary>
    public string OwnerId => _section.Owner;

    /// <summary>
    /// Bytes of data that the creator asked for at least, and so every program that opened the memory with that size can read. Less than
    /// <see cref="DataSize"/> only where nothing but the size of the mapping is known.
    /// </summary>
    internal long LeastDataSize { get; }

    /// <summary>True if the data may be written.</summary>
    public bool IsWritable { get; }

    /// <summary>True if no scope was asked for and the name exists in both; the Local one was opened.</summary>
    public bool ExistsInBothScopes { get; }

    /// <summary>Who made it; null if another program did.</summary>
    public MemoryOrigin? Origin { get; }

    /// <summary>The lock word, now.</summary>
    /// <exception cref="WinMmfException">Truncated.</exception>
    public LockWord LockWord
    {
        get
        {
            ThrowIfUnusable();
            return new LockWord(Volatile.Read(ref *(uint*)_section.Address));
        }
    }

    /// <summary>Start of the data. Valid until <see cref="Dispose"/>; writing through a read-only mapping ends the process.</summary>
    /// <exception cref="WinMmfException">Truncated.</exception>
    public IntPtr Data
    {
        get
        {
            ThrowIfUnusable();
            return (IntPtr)(_section.Address + LockWord.Size);
        }
    }

    /// <summary>How much of this process's mapping the system says to be locked or in large pages, now.</summary>
    /// <exception cref="WinMmfException">Truncated.</exception>
    public ResidentBytes MeasureResident()
    {
        ThrowIfUnusable();
        return _section.Measure();
    }

    /// <summary>The mark of a writer that died with the lock; null if there is none, or if another program made the memory.</summary>
    public SuspectMark? Suspect => _disposed ? null : _locks.Suspect;

    /// <summary>True while the data may be what a writer left that died with the lock (<see cref="Suspect"/>).</summary>
    public bool IsSuspect => Suspect is not null;

    /// <summary>Locks of this mapping.</summary>
    internal MemoryLocks Locks => _locks;

    /// <inheritdoc/>
    MemoryLocks ILockable.Locks => _locks;

    /// <inheritdoc/>
    uint* ILockable.WordAddress => WordAddress;

    /// <inheritdoc/>
    uint ILockable.ReadWord() => Volatile.Read(ref *WordAddress);

    /// <inheritdoc/>
    bool ILockable.TryExchangeWord(uint from, uint to) => Atomic.TryExchange(WordAddress, from, to);

    /// <inheritdoc/>
    void ILockable.Pause(int milliseconds, CancellationToken cancellation)
    {
        if (milliseconds == 0)
            Thread.SpinWait(20);
        else
            cancellation.WaitHandle.WaitOne(milliseconds);
    }

    /// <summary>The lock word's address, checked to be there.</summary>
    /// <exception cref="WinMmfException">Truncated.</exception>
    internal uint* WordAddress
    {
        get
        {
            ThrowIfUnusable();
            return (uint*)_section.Address;
        }
    }

    /// <summary>
    /// Takes the lock. Waits, fairly among WinMmf programs, until it is free, until the time is over, or until it is cancelled.
    /// </summary>
    /// <param name="mode">Read: with other readers; Write: alone.</param>
    /// <param name="timeout">How long to wait at most; zero: try once; <see cref="Timeout.InfiniteTimeSpan"/>: no limit.</param>
    /// <param name="owner">Who owns the lock; null: an owner of its own.</param>
    /// <param name="label">Up to 32 UTF-8 bytes for people who look who has it; longer text is cut.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <returns>The lock; disposing gives it back.</returns>
    /// <exception cref="WinMmfException">
    /// Timeout (with who has it), AlreadyLocked if this owner has it, TooManyReaders, CorruptLock, Truncated, AccessDenied if the
    /// memory was opened for reading only.
    /// </exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The time-out is negative, and not infinite.</exception>
    public SharedMemoryLock Lock(
        LockMode mode, TimeSpan timeout, LockOwner? owner = null, string? label = null, CancellationToken cancellation = default)
    {
        ThrowIfUnusable();
        return _locks.Acquire(mode, timeout, owner ?? new LockOwner(), label ?? "", cancellation);
    }

    /// <summary>Creates a memory of zeros, unlocked. Never adopts an existing one.</summary>
    /// <param name="name">Name and scope.</param>
    /// <param name="dataSize">Bytes of data, without the lock word.</param>
    /// <param name="access">Who may read and write besides the creator.</param>
    /// <exception cref="WinMmfException">
    /// AlreadyExists (with who made it), ForeignOwner, InvalidSize, OutOfSharedMemory, AccessDenied, UnknownAccount.
    /// </exception>
    public static NamedMemory Create(SharedName name, long dataSize, AccessPolicy access) =>
        Create(PlatformServices.Current, name, dataSize, access ?? throw new ArgumentNullException(nameof(access)));

    /// <summary>Creates a memory of zeros, unlocked, that only its creator's account may open. Never adopts an existing one.</summary>
    /// <param name="name">Name and scope.</param>
    /// <param name="dataSize">Bytes of data, without the lock word.</param>
    /// <exception cref="WinMmfException">
    /// AlreadyExists (with who made it), ForeignOwner, InvalidSize, OutOfSharedMemory, AccessDenied.
    /// </exception>
    public static NamedMemory Create(SharedName name, long dataSize) =>
        Create(PlatformServices.Current, name, dataSize, AccessPolicy.Private);

    /// <summary>Creates a memory as <see cref="Create(SharedName, long, AccessPolicy)"/> does, with options.</summary>
    /// <param name="name">Name and scope.</param>
    /// <param name="dataSize">Bytes of data, without the lock word.</param>
    /// <param name="options">Access, residency and keeper.</param>
    /// <exception cref="WinMmfException">
    /// AlreadyExists (with who made it), ForeignOwner, InvalidSize, OutOfSharedMemory, AccessDenied, UnknownAccount; PrivilegeNotHeld,
    /// LockedMemoryLimit or NotSupported where it shall not be paged out.
    /// </exception>
    public static NamedMemory Create(SharedName name, long dataSize, NamedMemoryOptions options) =>
        Create(PlatformServices.Current, name, dataSize, options ?? throw new ArgumentNullException(nameof(options)));

    /// <summary>Opens a memory. Never creates one.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="scope">Where to look; null: Local, then Global.</param>
    /// <param name="writable">Ask for the right to write; otherwise only reading is asked for.</param>
    /// <param name="owner">The account that it must belong to: a name, a SID or a user number; null: any.</param>
    /// <exception cref="WinMmfException">
    /// InvalidName, NotFound, AccessDenied, WrongOwner, UnknownAccount, WrongObjectType, Truncated.
    /// </exception>
    public static NamedMemory Open(string name, NameScope? scope = null, bool writable = true, string? owner = null) =>
        Open(PlatformServices.Current, name, scope, writable, owner);

    internal static NamedMemory Create(IPlatform platform, SharedName name, long dataSize, AccessPolicy access) =>
        Create(platform, name, dataSize, new NamedMemoryOptions { Access = access });

    private static NamedMemory Create(IPlatform platform, SharedName name, long dataSize, NamedMemoryOptions options)
    {
        if (name == default)
            throw new WinMmfException(WinMmfErrorId.InvalidName, "The memory has no name.");
        if (dataSize is < 1 or > MaxDataSize)
            throw new WinMmfException(WinMmfErrorId.InvalidSize,
                $"A memory of {dataSize} bytes is impossible: it has 1 to {MaxDataSize} bytes of data.",
                name.ToFacts() with { Needed = dataSize, Limit = MaxDataSize });
        if (IntPtr.Size == 4 && dataSize > int.MaxValue - LockWord.Size)
        {
            long limit = int.MaxValue - LockWord.Size;
            throw new WinMmfException(
                WinMmfErrorId.OutOfAddressSpace,
                $"A 32-bit process cannot map {dataSize} bytes: the most is {limit}.",
                name.ToFacts() with { Needed = dataSize, Limit = limit });
        }

        ObjectKind kind = options.IsOpenToWinMmf ? ObjectKind.OpenMemory : ObjectKind.LockedMemory;
        try
        {
            MemorySections sections = platform.Memories.Create(
                name,
                dataSize + LockWord.Size,
                kind,
                options.Access,
                (memory, companion, folder) => MemoryOrigin.Write(
                    companion,
                    platform.Processes.Current,
                    MonotonicClock.UnixNow,
                    platform.Processes.CurrentAccount,
                    dataSize,
                    options.Residency == MemoryResidency.None ? default : memory.Measure(),
                    options.OpenKeeperPipe?.Invoke(folder) ?? ""),
                options.Residency);
            return new NamedMemory(platform, name, sections.Memory, sections.Companion, writable: true, existsInBothScopes: false);
        }
        catch (WinMmfException e) when (e.ErrorId is WinMmfErrorId.AlreadyExists or WinMmfErrorId.ChannelInUse)
        {
            throw Exists(platform, name, e);
        }
    }

    internal static NamedMemory Open(IPlatform platform, string name, NameScope? scope, bool writable, string? owner = null) =>
        Open(platform, name, scope, writable, OwnerPin.For(platform, owner));

    /// <summary>Opens a memory of whom a rule accepts.</summary>
    /// <exception cref="WinMmfException">As the others; and what the rule throws.</exception>
    internal static NamedMemory Open(IPlatform platform, string name, NameScope? scope, bool writable, IOwnerRule? rule)
    {
        NameResolver resolver = new(platform, name, scope);
        SharedSection section = resolver.TryOpen(writable, out SharedName found, out bool both)
            ?? throw resolver.NotFound();
        SharedSection? companion = null;
        bool keep = false;
        try
        {
            rule?.Check(section, found);
            if (section.IsWhole() && SectionAnchor.IsControl(section.Address, section.Size))
                throw new WinMmfException(WinMmfErrorId.NotAMemory, $"{found} is a frame channel, not a plain memory.", found.ToFacts());
            if (section.Size <= LockWord.Size)
                throw new WinMmfException(
                    WinMmfErrorId.Truncated, $"{found} has only {section.Size} bytes: no room for a lock word and data.", found.ToFacts());
            companion = TryOpenCompanion(platform, found, writable) ?? (writable ? platform.Memories.TryAdopt(found, section) : null);
            ThrowIfTooSmall(found, section, companion is null ? null : MemoryOrigin.TryRead(platform, found));
            NamedMemory memory = new(platform, found, section, companion, writable, both);
            keep = true;
            return memory;
        }
        finally
        {
            if (!keep)
            {
                companion?.Dispose();
                section.Dispose();
            }
        }
    }

    /// <summary>Gives back the locks of this mapping and lets go. The last one that does makes the memory disappear.</summary>
    public void Dispose()
    {
        if (_disposed)
            return;
        _locks.Dispose();
        _disposed = true;
        _companion?.Dispose();
        _section.Dispose();
    }

    /// <summary>What is smaller than its creator made it was cut short, or is another program's under the name.</summary>
    internal static void ThrowIfTooSmall(SharedName name, SharedSection section, MemoryOrigin? origin)
    {
        if (origin is not null && origin.DataSize > section.Size - LockWord.Size)
            throw new WinMmfException(WinMmfErrorId.Truncated,
                $"{name} has {section.Size} bytes, but its creator (process {origin.Creator.ProcessId}) made it with {origin.DataSize} "
                    + "bytes of data.", name.ToFacts() with
                    {
                        ProcessId = (int)origin.Creator.ProcessId,
                        Needed = origin.DataSize,
                        Available = section.Size
                    });
    }

    /// <summary>
    /// Where the data really ends, for the mapping is whole pages: as its creator says, or else the kernel; null where neither does.
    /// </summary>
    internal static long? TellDataSize(SharedSection section, MemoryOrigin? origin)
    {
        long mapped = section.Size - LockWord.Size;
        if (origin is not null && origin.DataSize > 0 && origin.DataSize <= mapped)
            return origin.DataSize;
        return section.ExactSize is long exact && exact > LockWord.Size && exact <= section.Size ? exact - LockWord.Size : null;
    }

    private static SharedSection? TryOpenCompanion(IPlatform platform, SharedName name, bool writable)
    {
        try
        {
            return platform.Memories.TryOpenCompanion(name, writable);
        }
        catch (WinMmfException)
        {
            // Without it the memory is as usable as one of another program.
            return null;
        }
    }

    private static WinMmfException Exists(IPlatform platform, SharedName name, WinMmfException cause)
    {
        ErrorFacts facts = name.ToFacts();
        MemoryOrigin? origin = MemoryOrigin.TryRead(platform, name);
        if (origin is not null)
        {
            string since = origin.CreatedAt.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
            return new WinMmfException(
                WinMmfErrorId.AlreadyExists,
                $"{name} exists, made by process {origin.Creator.ProcessId} of {origin.Account} at {since} UTC.",
                facts with { Kind = nameof(SharedMemoryKind.Memory), ProcessId = (int)origin.Creator.ProcessId, Owner = origin.Account },
                cause.NativeErrorCode,
                cause);
        }

        ProcessIdentity publisher = FindPublisher(platform, name);
        if (publisher.IsEmpty)
            return new WinMmfException(WinMmfErrorId.AlreadyExists, $"{name} exists, made by a program that keeps no record of who it is.",
                facts, cause.NativeErrorCode, cause);
        string? program = platform.Processes.Probe(publisher) == ProcessLiveness.Alive
            ? platform.Processes.FindProgramName(publisher)
            : null;
        return new WinMmfException(
            WinMmfErrorId.AlreadyExists,
            $"{name} exists: a frame channel, published by process {publisher.ProcessId}{(program is null ? "" : $" ({program})")}.",
            facts with { Kind = nameof(SharedMemoryKind.FrameChannel), ProcessId = (int)publisher.ProcessId, Program = program },
            cause.NativeErrorCode,
            cause);
    }

    /// <summary>The publisher of a channel that has the name; empty if it is no channel or cannot be read.</summary>
    private static ProcessIdentity FindPublisher(IPlatform platform, SharedName name)
    {
        try
        {
            using SharedSection? section = platform.Sections.TryLook(name);
            if (section is null || section.Size < ControlLayout.Size || !section.IsWhole()
                || !SectionAnchor.IsControl(section.Address, section.Size))
                return default;
            return SharedIdentity.Read(section.Address + ControlLayout.OwnerIdentity);
        }
        catch (WinMmfException)
        {
            return default;
        }
    }

    private void ThrowIfUnusable()
    {
        if (_disposed)
            throw new ObjectDisposedException(nameof(NamedMemory));
        if (!_section.IsWhole())
            throw new WinMmfException(WinMmfErrorId.Truncated, $"{Name} was cut short while in use.", Name.ToFacts());
    }
}
