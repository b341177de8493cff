using System;
using WinMmf.Errors;
using WinMmf.Locking;
using WinMmf.Management.Locks;
using WinMmf.Memory;
using WinMmf.Names;
using WinMmf.Platform;
using WinMmf.Platform.Windows.Native;
using WinMmf.Tests.Platform;
using Xunit;

namespace WinMmf.Tests.Crate;

/// <summary>Facts of docs/winmmf.md that only kernel objects show.</summary>
public sealed class WindowsCrateTests : WindowsTest
{
    [SkippableTheory]
    [InlineData(LockMode.Write, 0xC000_0000u)]
    [InlineData(LockMode.Read, 0x0200_0002u)]
    public void A_lock_of_programs_that_died_with_their_list_is_abandoned_while_the_crate_keeps_the_memory(LockMode mode, uint word)
    {
        SharedName name = NewName();
        CrateProgram crate;
        using (NamedMemory dead = NamedMemory.Create(name, 64))
            crate = CrateProgram.Open(name, 64);
        using (crate)
        {
            // As a killed publisher leaves it: the word is locked with its mark, and its companion is gone.
            crate.Word = word;
            LockReport report = LockInspector.Inspect(name.Name, name.Scope);
            Assert.Equal((LockVerdict.Abandoned, false, mode == LockMode.Write), (report.Verdict, report.HasRows, report.IsSuspect));
            Assert.Contains(report.Evidence, static line => line.Contains("list of holders is gone", StringComparison.Ordinal));

            // Who opens it makes a new list, which says the same; what dead ones have is still freed by no accident.
            using NamedMemory adopted = NamedMemory.Open(name.Name, name.Scope);
            Assert.Equal((LockVerdict.Abandoned, true), (LockInspector.Inspect(adopted).Verdict, LockInspector.Inspect(adopted).HasRows));
            Assert.Equal(word, crate.Word);
            LockRecoveryReport mended = LockRecovery.Recover(name);
            Assert.Equal((true, 0u, mode == LockMode.Write), (mended.HasChanged, crate.Word, adopted.IsSuspect));

            // Its locks are known from now on.
            using SharedMemoryLock held = adopted.Lock(LockMode.Write, TimeSpan.Zero, null, "mine");
            Assert.True(held.HasRow);
            Assert.Equal(0xC000_0000u, crate.Word);
            Assert.Equal("mine", Assert.Single(LockInspector.Inspect(name.Name, name.Scope).Owners).Label);
        }
    }

    [SkippableTheory]
    [InlineData(1)]
    [InlineData(1020)]
    [InlineData(3000)]
    [InlineData(4076)]
    [InlineData(4077)]
    [InlineData(4092)]
    [InlineData(4093)]
    [InlineData(921600)]
    public void The_size_is_known_when_the_list_is_gone_and_who_adopts_it_claims_to_have_made_nothing(int size)
    {
        SharedName name = NewName();
        CrateProgram crate;
        using (NamedMemory dead = NamedMemory.Create(name, size))
            crate = CrateProgram.Open(name, size);
        using (crate)
        {
            crate.Data.Fill(0xFF);
            using NamedMemory adopted = NamedMemory.Open(name.Name, name.Scope);
            Assert.Equal((size, size), (adopted.DataSize, adopted.LeastDataSize));
            Assert.Null(adopted.Origin);
            WinMmfException refused = Assert.Throws<WinMmfException>(() => NamedMemory.Create(name, size));
            Assert.Equal(WinMmfErrorId.AlreadyExists, refused.ErrorId);
            Assert.Contains("keeps no record", refused.Message, StringComparison.Ordinal);
        }
    }

    [SkippableFact]
    public void The_crates_own_part_survives_that()
    {
        SharedName name = NewName();
        CrateProgram crate;
        using (NamedMemory dead = NamedMemory.Create(name, 64))
            crate = CrateProgram.Open(name, 64);
        using (crate)
        {
            crate.Word = 0x0100_0003;
            Assert.Equal(2, LockInspector.Inspect(name.Name, name.Scope).ForeignReaders);
            LockRecovery.Recover(name);
            Assert.Equal(2u, crate.Word);
            Assert.True(crate.TryUnlockRead() && crate.TryUnlockRead());
        }
    }

    [SkippableFact]
    public void A_living_owner_proves_the_opposite()
    {
        SharedName name = NewName();
        using NamedMemory first = NamedMemory.Create(name, 64);
        using CrateProgram crate = CrateProgram.Open(name, 64);
        using SharedMemoryLock held = first.Lock(LockMode.Write, TimeSpan.Zero);
        using NamedMemory second = NamedMemory.Open(name.Name, name.Scope);
        Assert.Equal(LockVerdict.Held, LockInspector.Inspect(second).Verdict);
        Assert.Equal(WinMmfErrorId.LockHeld, Assert.Throws<WinMmfException>(() => LockRecovery.Recover(name)).ErrorId);
    }

    [SkippableFact]
    public void A_list_that_may_not_be_opened_proves_nothing()
    {
        SharedName name = NewName();
        CrateProgram crate;
        using (NamedMemory dead = NamedMemory.Create(name, 64))
            crate = CrateProgram.Open(name, 64);
        using (crate)
        using (SafeKernelHandle companion = CreateForeignSection(name, "D:(D;;GA;;;WD)", 8192, suffix: SharedName.HoldersSuffix))
        {
            crate.Word = 0xC000_0000;
            Assert.Equal(LockVerdict.Uncertain, LockInspector.Inspect(name.Name, name.Scope).Verdict);
        }
    }

    [SkippableTheory]
    [InlineData(1020, false)]
    [InlineData(1021, true)]
    public void New_writes_four_times_its_size_which_the_mapping_holds_up_to_1020_bytes(int size, bool crashes)
    {
        SharedName name = NewName();
        using CrateProgram crate = CrateProgram.BeginNew(name, size);
        using SharedSection mapped = Platform.Sections.TryOpen(name, writable: false)!;
        Assert.Equal(crashes, 4 * (size + 4) > mapped.Size);
    }
}
