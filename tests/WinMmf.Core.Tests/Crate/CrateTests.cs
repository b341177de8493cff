using System;
using System.IO;
using WinMmf.Errors;
using WinMmf.Locking;
using WinMmf.Management.Locks;
using WinMmf.Memory;
using WinMmf.Names;
using WinMmf.Tests.Platform;
using Xunit;

namespace WinMmf.Tests.Crate;

/// <summary>
/// Each fact of docs/winmmf.md, with a stand-in for the program on the crate. Those of Windows alone: <see cref="WindowsCrateTests"/>.
/// </summary>
public sealed class CrateTests : IDisposable
{
    private static readonly TimeSpan AtOnce = TimeSpan.Zero;
    private const string CreatesOnWindows = "the crate is for Windows; a file that another program makes on Linux keeps no name";
    private readonly SharedName _name = Given.NewName();
    private CrateProgram? _crate;

    public void Dispose()
    {
        _crate?.Dispose();
        if (OperatingSystem.IsLinux())
            File.Delete(CrateProgram.PathOf(_name));
    }

    [Fact]
    public void The_product_creates_and_the_crate_opens()
    {
        using NamedMemory memory = NamedMemory.Create(_name, 3000);
        _crate = CrateProgram.Open(_name, 3000);
        using (SharedMemoryLock held = memory.Lock(LockMode.Write, AtOnce))
        {
            Assert.False(_crate.TryLockRead());
            Assert.False(_crate.TryLockWrite());
            held.MarkWritten();
        }

        Assert.True(_crate.TryLockRead());
        Assert.Equal(WinMmfErrorId.Timeout, Assert.Throws<WinMmfException>(() => memory.Lock(LockMode.Write, AtOnce)).ErrorId);
        memory.Lock(LockMode.Read, AtOnce).Dispose();
        Assert.True(_crate.TryUnlockRead());
        Assert.Equal(0u, _crate.Word);
    }

    [SkippableFact]
    public void A_memory_that_the_crate_made_is_not_claimed_for_anybody()
    {
        Skip.IfNot(OperatingSystem.IsWindows(), CreatesOnWindows);
        _crate = CrateProgram.New(_name, 1020);
        WinMmfException refused = Assert.Throws<WinMmfException>(() => NamedMemory.Create(_name, 64));
        AssertNamesNobody(refused);

        // Nor for who has only opened it and made a list of owners for it.
        using NamedMemory opened = NamedMemory.Open(_name.Name, _name.Scope);
        Assert.Null(opened.Origin);
        AssertNamesNobody(Assert.Throws<WinMmfException>(() => NamedMemory.Create(_name, 64)));
    }

    private static void AssertNamesNobody(WinMmfException refused)
    {
        // Under Wine a section without a descriptor has no owner, which is one more reason to refuse.
        Assert.Contains(refused.ErrorId, new[] { WinMmfErrorId.AlreadyExists, WinMmfErrorId.ForeignOwner });
        Assert.DoesNotContain($"process {Environment.ProcessId}", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("made by process", refused.Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void A_memory_that_the_crate_made_has_the_size_that_the_kernel_tells()
    {
        Skip.IfNot(OperatingSystem.IsWindows(), CreatesOnWindows);
        _crate = CrateProgram.New(_name, 1020);
        using NamedMemory opened = NamedMemory.Open(_name.Name, _name.Scope);

        // Where the kernel tells the size, it is that; where it tells whole pages only, no more than one byte is certain.
        Assert.Contains((opened.DataSize, opened.LeastDataSize), new[] { (1020L, 1020L), (4092L, 1L) });
    }

    [SkippableFact]
    public void The_word_is_free_while_new_runs_and_a_lock_taken_meanwhile_is_lost()
    {
        Skip.IfNot(OperatingSystem.IsWindows(), CreatesOnWindows);
        _crate = CrateProgram.BeginNew(_name, 1020);
        using NamedMemory opened = NamedMemory.Open(_name.Name, _name.Scope);
        SharedMemoryLock taken = opened.Lock(LockMode.Write, AtOnce);
        _crate.EndNew();
        Assert.Equal(0u, _crate.Word);
        Assert.Equal(WinMmfErrorId.CorruptLock, Assert.Throws<WinMmfException>(taken.Release).ErrorId);
    }

    [Fact]
    public void Freeing_a_living_reader_ends_its_program_so_its_part_goes_only_when_it_is_said_to_be_dead()
    {
        using NamedMemory memory = NamedMemory.Create(_name, 64);
        _crate = CrateProgram.Open(_name, 64);
        Assert.True(_crate.TryLockRead());
        Assert.Equal(LockVerdict.Foreign, LockInspector.Inspect(memory).Verdict);
        Assert.Equal(WinMmfErrorId.LockUndecided, Assert.Throws<WinMmfException>(() => LockRecovery.Recover(_name)).ErrorId);
        Assert.Equal(1u, _crate.Word);
        LockRecovery.Recover(_name, includeForeign: true);
        Assert.False(_crate.TryUnlockRead());
    }

    [Fact]
    public void Readers_that_never_pause_starve_a_writer()
    {
        using NamedMemory memory = NamedMemory.Create(_name, 64);
        _crate = CrateProgram.Open(_name, 64);
        using CrateProgram other = CrateProgram.Open(_name, 64);
        Assert.True(_crate.TryLockRead());
        for (int i = 0; i < 10; i++)
        {
            // Each begins before the other has ended.
            Assert.True(other.TryLockRead());
            Assert.True(_crate.TryUnlockRead());
            Assert.Equal(WinMmfErrorId.Timeout, Assert.Throws<WinMmfException>(() => memory.Lock(LockMode.Write, AtOnce)).ErrorId);
            Assert.True(_crate.TryLockRead());
            Assert.True(other.TryUnlockRead());
        }

        // One pause is enough.
        Assert.True(_crate.TryUnlockRead());
        memory.Lock(LockMode.Write, AtOnce).Dispose();
    }

    [Fact]
    public void What_the_crate_writes_leaves_the_suspect_mark_and_the_mark_claims_no_more_than_is_known()
    {
        using NamedMemory memory = NamedMemory.Create(_name, 64);
        using (Peer peer = Peer.Start())
        {
            peer.Must("memory", "m", _name.Name, _name.Scope);
            peer.Must("stage", "-", "m", LockMode.Write, LockRowState.Held, "part");
            peer.Kill();
        }

        LockRecovery.Recover(_name);
        _crate = CrateProgram.Open(_name, 64);
        Assert.True(_crate.TryLockWrite());
        _crate.Data.Fill(7);
        Assert.True(_crate.TryUnlockWrite());
        Assert.Contains("no WinMmf program has written since", memory.Suspect!.ToString(), StringComparison.Ordinal);
    }
}
