using System;
using WinMmf.Access;
using WinMmf.Errors;
using WinMmf.Locking;
using WinMmf.Management.Locks;
using WinMmf.Memory;
using WinMmf.Names;
using WinMmf.Platform;
using WinMmf.Tests.Platform;
using Xunit;

namespace WinMmf.Tests.Memory;

/// <summary>Whose a memory is, is said by what was opened and by no look before it: the name may have changed hands in between.</summary>
public sealed class OwnerRuleTests
{
    private static readonly string Stranger = OperatingSystem.IsWindows() ? "S-1-5-32-546" : "61001";
    private readonly SharedName _name = Given.NewName();

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_administrator_does_not_touch_a_strangers_memory_that_took_the_name_after_the_look(bool isOwnerTold)
    {
        Skip.IfNot(Given.Platform.Access.IsElevated, "only an administrator is asked");
        using NamedMemory ours = NamedMemory.Create(_name, 100);
        CountingPlatform platform = new() { Replace = section => new StrangersSection(section, isOwnerTold ? Stranger : "") };
        IOwnerRule rule = OwnerTrust.RuleFor(platform, null);
        Assert.Equal(
            WinMmfErrorId.OwnerNotNamed,
            Given.ErrorOf(() => NamedMemory.Open(platform, _name.Name, _name.Scope, writable: true, rule).Dispose()));

        // The section and nothing else: no companion was opened, and none made.
        Assert.Equal(1, platform.Mappings);
    }

    [Fact]
    public void Nor_does_who_named_an_account_or_had_the_memory_made()
    {
        using NamedMemory ours = NamedMemory.Create(_name, 100);
        CountingPlatform platform = new() { Replace = section => new StrangersSection(section, Stranger) };
        IOwnerRule named = OwnerTrust.RuleFor(platform, ours.OwnerId);
        Assert.Equal(
            WinMmfErrorId.WrongOwner,
            Given.ErrorOf(() => NamedMemory.Open(platform, _name.Name, _name.Scope, writable: true, named).Dispose()));
        Assert.Equal(
            WinMmfErrorId.ForeignOwner,
            Given.ErrorOf(
                () => NamedMemory.Open(platform, _name.Name, _name.Scope, writable: true, new OwnAccountRule(platform)).Dispose()));
    }

    [Fact]
    public void What_this_account_made_is_opened_by_each_rule()
    {
        using NamedMemory ours = NamedMemory.Create(_name, 100);
        foreach (IOwnerRule rule in new[] { OwnerTrust.RuleFor(Given.Platform, null), new OwnAccountRule(Given.Platform) })
            NamedMemory.Open(Given.Platform, _name.Name, _name.Scope, writable: true, rule).Dispose();
    }

    [SkippableFact]
    public void An_owner_that_is_not_told_is_nobody_that_an_administrator_trusts()
    {
        Skip.IfNot(Given.Platform.Access.IsElevated, "only an administrator is told");
        Assert.Equal(OwnerPin.Untold, OwnerTrust.FindForeign(""));
        using NamedMemory ours = NamedMemory.Create(_name, 100);
        Assert.Null(OwnerTrust.FindForeign(ours.OwnerId));
    }

    [SkippableFact]
    public unsafe void Recovery_frees_the_memory_that_is_open_and_not_the_one_that_has_its_name_now()
    {
        Given.SkipUnlessLinux();
        using NamedMemory opened = NamedMemory.Create(_name, 100);
        SetWord(opened, 0x8000_0000);
        System.IO.File.Delete($"/dev/shm/winmmf-{opened.OwnerId}.{_name.Name}");
        System.IO.File.Delete($"/dev/shm/winmmf-{opened.OwnerId}.{_name.Name}.holders");
        using NamedMemory later = NamedMemory.Create(_name, 100);
        using SharedMemoryLock living = later.Lock(LockMode.Write, TimeSpan.Zero);

        // The rows of the memory that has the name now are another's: here they would say that the writer lives.
        LockReport report = LockInspector.Inspect(opened);
        Assert.Empty(report.Owners);
        Assert.True(LockRecovery.Recover(opened, includeForeign: true).HasChanged);
        Assert.Equal((0u, true), (opened.LockWord.Value, later.LockWord.IsWriteLocked));
        Assert.True(living.IsHeld);
    }

    private static unsafe void SetWord(NamedMemory memory, uint value) => *(uint*)(memory.Data - LockWord.Size) = value;
}
