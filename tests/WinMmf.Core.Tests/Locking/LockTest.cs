using System;
using System.Threading;
using WinMmf.Errors;
using WinMmf.Locking;
using WinMmf.Management.Locks;
using WinMmf.Memory;
using WinMmf.Tests.Platform;
using Xunit;

namespace WinMmf.Tests.Locking;

/// <summary>A memory with a name of its own, and what tests of its lock share.</summary>
public abstract unsafe class LockTest : IDisposable
{
    protected static readonly TimeSpan AtOnce = TimeSpan.Zero;
    protected static readonly TimeSpan Soon = TimeSpan.FromSeconds(60);

    protected LockTest() => Memory = NamedMemory.Create(Given.NewName(), 64);

    protected NamedMemory Memory { get; }

    protected uint Word
    {
        get => Volatile.Read(ref *Memory.WordAddress);
        set => Volatile.Write(ref *Memory.WordAddress, value);
    }

    public void Dispose()
    {
        Memory.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>A step of a foreign client.</summary>
    protected void Exchange(uint from, uint to) => Assert.True(Atomic.TryExchange(Memory.WordAddress, from, to));

    protected NamedMemory OpenAgain() => NamedMemory.Open(Memory.Name.Name, Memory.Name.Scope);

    private protected LockReport Inspect() => LockInspector.Inspect(Memory.Name.Name, Memory.Name.Scope);

    private protected LockRecoveryReport Recover(string? ownerId = null, bool includeForeign = false) =>
        LockRecovery.Recover(Memory.Name, ownerId, includeForeign);

    private protected Peer StartPeer(params string[] prefix)
    {
        Peer peer = Peer.Start(prefix);
        peer.Must("memory", "m", Memory.Name.Name, Memory.Name.Scope);
        return peer;
    }

    /// <summary>Leaves what a client leaves that dies in a state, with or without its part of the word.</summary>
    private protected void DieIn(LockRowState state, LockMode mode, bool part)
    {
        using Peer peer = StartPeer();
        peer.Must("stage", "-", "m", mode, state, part ? "part" : "none");
        peer.Kill();
    }

    protected static WinMmfErrorId ErrorOf(Action action) => Assert.Throws<WinMmfException>(action).ErrorId;
}
