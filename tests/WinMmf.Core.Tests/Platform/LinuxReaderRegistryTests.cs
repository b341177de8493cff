using System;
using System.IO;
using WinMmf.Layouts;
using WinMmf.Names;
using WinMmf.Platform;
using WinMmf.Platform.Linux;
using WinMmf.Security;
using Xunit;

namespace WinMmf.Tests.Platform;

/// <summary>What a hostile reader may do to a registry must not stop anybody (C1).</summary>
public sealed class LinuxReaderRegistryTests
{
    private static IReaderRegistryStore Registries => Given.Platform.Registries;

    [SkippableFact]
    public void A_registry_cut_short_reads_as_zeros_and_can_still_be_used()
    {
        Given.SkipUnlessLinux();
        SharedName name = Given.NewName();
        using ReaderRegistry publisher = Registries.CreateOrOpen(name, AccessPolicy.Private);
        using ReaderRegistry? reader = Registries.TryOpen(name);
        Assert.NotNull(reader);
        Assert.True(reader.TryClaim("r", out int row));
        Resize(name, 0);
        Assert.All(new RegistryView(publisher).Bytes, static b => Assert.Equal(0, b));
        Assert.Null(Registries.TryOpen(name));
        reader.WriteLease(row, 2);
        Assert.Equal(2, new RegistryView(publisher).Lease(row));

        // The next publisher puts it right.
        using ReaderRegistry next = Registries.CreateOrOpen(name, AccessPolicy.Private);
        Assert.Equal(RegistryLayout.Magic, new RegistryView(next).Magic);
        using ReaderRegistry? again = Registries.TryOpen(name);
        Assert.NotNull(again);
    }

    [SkippableFact]
    public void A_lock_on_the_hold_does_not_stop_the_publisher()
    {
        Given.SkipUnlessLinux();
        SharedName name = Given.NewName();
        Registries.CreateOrOpen(name, AccessPolicy.Private).Dispose();
        using ReaderRegistry first = Registries.CreateOrOpen(name, AccessPolicy.Private);
        Assert.Equal(0, LinuxFile.TryOpen(LinuxGiven.PathOf(name, SharedName.RegistrySuffix), writable: true, out LinuxFile? hostile));
        using (hostile)
        {
            first.Dispose();
            File.WriteAllBytes(LinuxGiven.PathOf(name, SharedName.RegistrySuffix), new byte[RegistryLayout.Size]);
            Assert.Equal(0, LinuxFile.TryOpen(LinuxGiven.PathOf(name, SharedName.RegistrySuffix), writable: true, out LinuxFile? mine));
            using (mine)
            {
                Assert.True(mine!.TryExclude());
                using ReaderRegistry publisher = Registries.CreateOrOpen(name, AccessPolicy.Private);
                using ReaderRegistry? reader = Registries.TryOpen(name);
                Assert.NotNull(reader);
                Assert.True(reader.TryClaim("r", out int row));
                Assert.NotEqual(0ul, new RegistryView(publisher).Claim(row));
            }
        }

        Given.Platform.Sections.TryReclaim(name);
        Assert.Empty(LinuxGiven.FilesOf(name));
    }

    [SkippableFact]
    public void A_forged_row_without_its_lock_is_dead()
    {
        Given.SkipUnlessLinux();
        SharedName name = Given.NewName();
        using ReaderRegistry publisher = Registries.CreateOrOpen(name, AccessPolicy.Private);
        using (FileStream file = new(
            LinuxGiven.PathOf(name, SharedName.RegistrySuffix), FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite))
        {
            file.Position = RegistryLayout.Row(9) + RegistryLayout.Claim;
            file.Write(BitConverter.GetBytes(Given.Platform.Processes.Current.Claim));
        }

        Assert.NotEqual(0ul, new RegistryView(publisher).Claim(9));
        Assert.True(publisher.ClearIfDead(9));
        Assert.Equal(0ul, new RegistryView(publisher).Claim(9));
    }

    [SkippableFact]
    public void A_row_locked_without_a_claim_is_left_alone()
    {
        Given.SkipUnlessLinux();
        SharedName name = Given.NewName();
        using ReaderRegistry publisher = Registries.CreateOrOpen(name, AccessPolicy.Private);
        using ReaderRegistry? one = Registries.TryOpen(name);
        using ReaderRegistry? two = Registries.TryOpen(name);
        Assert.NotNull(one);
        Assert.NotNull(two);
        Assert.True(one.TryClaim("one", out int row));

        // Somebody spoils the row: the lock still says whose it is.
        using (FileStream file = new(
            LinuxGiven.PathOf(name, SharedName.RegistrySuffix), FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite))
        {
            file.Position = RegistryLayout.Row(row);
            file.Write(new byte[RegistryLayout.RowSize]);
        }

        Assert.False(publisher.ClearIfDead(row));
        Assert.True(two.TryClaim("two", out int other));
        Assert.NotEqual(row, other);
    }

    [SkippableFact]
    public void A_reader_without_the_right_to_write_gets_none()
    {
        using Peer nobody = LinuxGiven.StartAsNobody();
        SharedName closed = Given.NewName(NameScope.Global);
        using SharedSection control = Given.Create(closed, policy: Given.Everyone);
        using ReaderRegistry one = Registries.CreateOrOpen(closed, AccessPolicy.Private);
        Assert.Equal("none", nobody.Ask("registry", "r", closed.Name, closed.Scope)[0]);

        SharedName open = Given.NewName(NameScope.Global);
        using ReaderRegistry two = Registries.CreateOrOpen(open, Given.Everyone);
        nobody.Must("registry", "r", open.Name, open.Scope);
        nobody.Must("claim", "r", "nobody");
        nobody.Must("dispose", "r");
    }

    private static void Resize(SharedName name, long size)
    {
        using FileStream file = new(
            LinuxGiven.PathOf(name, SharedName.RegistrySuffix), FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        file.SetLength(size);
    }
}
