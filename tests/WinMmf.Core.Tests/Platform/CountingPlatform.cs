using System;
using System.Threading;
using WinMmf.Locking;
using WinMmf.Names;
using WinMmf.Platform;
using WinMmf.Platform.Selection;
using WinMmf.Processes;
using WinMmf.Residency;
using WinMmf.Security;

namespace WinMmf.Tests.Platform;

/// <summary>The system as it is, which counts how often a reader goes to sleep, and how often something that exists is mapped.</summary>
internal sealed unsafe class CountingPlatform : IPlatform, IChannelStore, ISectionStore, IMemoryStore
{
    private readonly IPlatform _real = PlatformServices.Current;
    private readonly ServiceLoop? _services;
    private int _sleeps;
    private int _mappings;

    /// <param name="services">What looks after channels; null: the process's own thread.</param>
    public CountingPlatform(ServiceLoop? services = null) => _services = services;

    public int Sleeps => Volatile.Read(ref _sleeps);

    public int Mappings => Volatile.Read(ref _mappings);

    /// <summary>What is given in place of a section that was opened by its plain name.</summary>
    public Func<SharedSection, SharedSection>? Replace { get; init; }

    public bool CanBeCutShort => _real.Sections.CanBeCutShort;

    public ISectionStore Sections => this;

    public IChannelStore Channels => this;

    public IMemoryStore Memories => this;

    public ServiceLoop Services => _services ?? _real.Services;

    public IProcessProbe Processes => _real.Processes;

    public IPrivilegeStore Privileges => _real.Privileges;

    public ILockTableStore LockTables => _real.LockTables;

    public IAccessStore Access => _real.Access;

    public ChannelSite Claim(SharedName name) => _real.Channels.Claim(name);

    public bool IsOwned(SharedName name) => _real.Channels.IsOwned(name);

    public bool IsOwnedBy(SharedName name, ProcessIdentity process) => _real.Channels.IsOwnedBy(name, process);

    public SharedSection? TryOpenPixels(SharedName name, SharedSection control, uint generation, bool writable = false) =>
        Counted(_real.Channels.TryOpenPixels(name, control, generation, writable));

    public SharedSection Create(
        SharedName name, long size, ObjectKind kind, AccessPolicy policy, SectionInitialiser initialise,
        MemoryResidency residency = MemoryResidency.None) => _real.Sections.Create(name, size, kind, policy, initialise, residency);

    public MemorySections Create(
        SharedName name, long size, ObjectKind kind, AccessPolicy policy, CompanionInitialiser fill, MemoryResidency residency) =>
        _real.Memories.Create(name, size, kind, policy, fill, residency);

    public SharedSection? TryOpen(SharedName name, bool writable)
    {
        SharedSection? section = Counted(_real.Sections.TryOpen(name, writable));
        return section is not null && Replace is not null ? Replace(section) : section;
    }

    public SharedSection? TryOpenCompanion(SharedName name, bool writable) => Counted(_real.Memories.TryOpenCompanion(name, writable));

    public SharedSection? TryLook(SharedName name) => _real.Sections.TryLook(name);

    public SharedSection? TryLookAtCompanion(SharedName name) => _real.Memories.TryLookAtCompanion(name);

    public SharedSection? TryAdopt(SharedName name, SharedSection memory) => _real.Memories.TryAdopt(name, memory);

    public bool TryReclaim(SharedName name) => _real.Sections.TryReclaim(name);

    public ReaderRow? TryGetRow(SharedName name, SharedSection control, uint epoch, string label, out RowRequest? unanswered) =>
        _real.Channels.TryGetRow(name, control, epoch, label, out unanswered);

    public ISleeper OpenSleeper(SharedName name, ReaderRow? row, uint* newest) =>
        new CountingSleeper(this, _real.Channels.OpenSleeper(name, row, newest));

    private SharedSection? Counted(SharedSection? section)
    {
        Interlocked.Increment(ref _mappings);
        return section;
    }

    private sealed class CountingSleeper : ISleeper
    {
        private readonly CountingPlatform _platform;
        private readonly ISleeper _real;

        public CountingSleeper(CountingPlatform platform, ISleeper real)
        {
            _platform = platform;
            _real = real;
        }

        public bool Sleep(uint seen, int milliseconds)
        {
            Interlocked.Increment(ref _platform._sleeps);
            return _real.Sleep(seen, milliseconds);
        }

        public void Dispose() => _real.Dispose();
    }
}
