using System;
using System.IO;
using System.Linq;
using System.Threading;
using WinMmf.Errors;
using WinMmf.Frames;
using WinMmf.Memory;
using WinMmf.Names;
using WinMmf.Platform;
using WinMmf.Platform.Linux;
using WinMmf.Processes;
using WinMmf.Security;
using Xunit;

namespace WinMmf.Tests.Platform;

/// <summary>Folders, owner files, what is left behind, and what another account plants (protocol 1.3 to 1.6, section 10).</summary>
public sealed class LinuxChannelStoreTests
{
    private static IChannelStore Channels => Given.Platform.Channels;

    [SkippableTheory]
    [InlineData(NameScope.Local, "", "700", "600", "600")]
    [InlineData(NameScope.Global, "", "711", "600", "600")]
    [InlineData(NameScope.Global, "Everyone", "711", "644", "666")]
    public void A_channel_is_one_file_and_one_folder(NameScope scope, string reader, string folderMode, string sectionMode, string doorMode)
    {
        Given.SkipUnlessLinux();
        SharedName name = Given.NewName(scope);
        using (FrameWriter writer = FrameWriter.Create(
            new FrameChannelOptions(name) { Access = new AccessPolicy(reader.Length == 0 ? [] : [reader]) }))
        {
            string folder = LinuxGiven.FolderOf(name);
            Assert.Equal(new[] { Path.GetFileName(LinuxGiven.PathOf(name)), Path.GetFileName(folder) }.Order(StringComparer.Ordinal),
                LinuxGiven.FilesOf(name));
            Assert.Equal(["door.1", "owner", "pixels.1"],
                Directory.EnumerateFileSystemEntries(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
            Assert.Equal(folderMode, LinuxGiven.ModeOf(folder));
            Assert.Equal(sectionMode, LinuxGiven.Mode(name));
            Assert.Equal(sectionMode, LinuxGiven.ModeOf(Path.Combine(folder, "pixels.1")));
            Assert.Equal(doorMode, LinuxGiven.ModeOf(Path.Combine(folder, "door.1")));
            Assert.Equal("600", LinuxGiven.ModeOf(Path.Combine(folder, "owner")));
        }

        Assert.Empty(LinuxGiven.FilesOf(name));
    }

    [SkippableFact]
    public void A_reader_that_is_last_leaves_nothing()
    {
        Given.SkipUnlessLinux();
        SharedName name = Given.NewName();
        FrameWriter writer = FrameWriter.Create(new FrameChannelOptions(name));
        FrameReader reader = FrameReader.Open(name.Name, name.Scope);
        writer.Dispose();
        Assert.Equal(2, LinuxGiven.FilesOf(name).Length);
        reader.Dispose();
        Assert.Empty(LinuxGiven.FilesOf(name));
    }

    [SkippableFact]
    public void Publisher_and_readers_that_let_go_together_leave_nothing()
    {
        Given.SkipUnlessLinux();
        for (int round = 0; round < 60; round++)
        {
            SharedName name = Given.NewName();
            IDisposable[] holders = new IDisposable[3];
            holders[0] = FrameWriter.Create(new FrameChannelOptions(name));
            for (int i = 1; i < holders.Length; i++)
                holders[i] = FrameReader.Open(name.Name, name.Scope, new FrameReaderOptions { UseRegistry = i == 1 });
            int next = -1;
            Given.InParallel(holders.Length, () => holders[Interlocked.Increment(ref next)].Dispose());
            Assert.Empty(LinuxGiven.FilesOf(name));
        }
    }

    [SkippableFact]
    public void What_a_killed_publisher_left_counts_as_absent_and_goes()
    {
        Given.SkipUnlessLinux();
        SharedName name = Given.NewName();
        LinuxGiven.LeaveBehind(name);
        Assert.False(Given.Exists(name));
        Assert.False(Channels.IsOwned(name));
        Assert.Contains(name, Given.Management.Catalogue.List(name.Scope));
        Assert.True(Given.Platform.Sections.TryReclaim(name));
        Assert.Empty(LinuxGiven.FilesOf(name));
        Assert.False(Given.Platform.Sections.TryReclaim(name));
    }

    [SkippableFact]
    public void The_next_publisher_makes_what_was_left_anew()
    {
        Given.SkipUnlessLinux();
        SharedName name = Given.NewName();
        LinuxGiven.LeaveBehind(name);
        string before = LinuxGiven.FolderOf(name);
        using (FrameWriter writer = FrameWriter.Create(new FrameChannelOptions(name) { Slots = 7 }))
        {
            Assert.Equal(1, writer.Epoch);
            Assert.Equal(7, writer.Slots);
            Assert.NotEqual(before, LinuxGiven.FolderOf(name));
            Assert.False(Directory.Exists(before));
            Assert.Equal(2, LinuxGiven.FilesOf(name).Length);
        }

        Assert.Empty(LinuxGiven.FilesOf(name));
    }

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_folder_without_its_control_goes_with_the_next_start_and_with_listing(bool byListing)
    {
        Given.SkipUnlessLinux();
        SharedName name = Given.NewName();
        LinuxGiven.LeaveBehind(name);
        string folder = LinuxGiven.FolderOf(name);
        File.Delete(LinuxGiven.PathOf(name));
        Assert.True(Directory.Exists(folder));

        // Another one that lists may just be looking at the folder, which then counts as used.
        Assert.True(Given.Soon(() =>
        {
            if (byListing)
                Given.Management.Catalogue.List(NameScope.Global);
            else
                new TestSite().Dispose();
            return !Directory.Exists(folder);
        }));
    }

    [SkippableFact]
    public void Folders_of_living_publishers_and_of_plain_memories_stay()
    {
        Given.SkipUnlessLinux();
        using TestSite site = new();
        using NamedMemory memory = NamedMemory.Create(Given.NewName(), 100);
        string[] folders = [LinuxGiven.FolderOf(site.Name), LinuxGiven.FolderOf(memory.Name)];
        for (int i = 0; i < 5; i++)
            Given.Management.Catalogue.List(NameScope.Local);
        Assert.All(folders, static folder => Assert.True(Directory.Exists(folder)));
    }

    [SkippableFact]
    public void Another_account_sees_that_a_publisher_lives()
    {
        using Peer other = LinuxGiven.StartAsOther();
        SharedName name = Given.NewName(NameScope.Global);
        Assert.Equal("none", other.Ask("isowned", "-", name.Name, name.Scope)[0]);
        using (new TestSite(name, Given.Everyone))
        {
            Assert.Equal("ok", other.Ask("isowned", "-", name.Name, name.Scope)[0]);
            string[] refused = other.Ask("own", "o", name.Name, name.Scope);
            Assert.Equal("ForeignOwner", refused[1]);
            Assert.Contains("'root'", refused[3], StringComparison.Ordinal);
        }
    }

    [SkippableTheory]
    [InlineData("664")]
    [InlineData("606")]
    public void A_control_that_others_may_write_is_neither_read_nor_taken_over(string mode)
    {
        Given.SkipUnlessLinux();
        SharedName name = Given.NewName(NameScope.Global);
        using Peer peer = Peer.Start();
        peer.Must("publish", "p", name.Name, name.Scope, 4, "Everyone");
        peer.Must("frames", "p", 1);
        using FrameReader holder = FrameReader.Open(name.Name, name.Scope);
        Assert.NotNull(LinuxGiven.Run("chmod", mode, LinuxGiven.PathOf(name)));
        Assert.Equal(WinMmfErrorId.NotTrusted, Given.ErrorOf(() => FrameReader.Open(name.Name, name.Scope).Dispose()));
        peer.Kill();
        Assert.True(Given.Soon(() => !Channels.IsOwned(name)));
        Assert.Equal(WinMmfErrorId.NotTrusted, Given.ErrorOf(() => Channels.Claim(name).Dispose()));
    }

    [SkippableFact]
    public void An_access_list_that_lets_others_write_is_seen_by_its_mask()
    {
        Given.SkipUnlessRoot();
        SharedName name = Given.NewName(NameScope.Global);
        using FrameWriter writer = FrameWriter.Create(new FrameChannelOptions(name) { Access = Given.Everyone });
        Skip.If(LinuxGiven.Run("setfacl", "-m", "u:" + LinuxGiven.OtherName + ":rw", LinuxGiven.PathOf(name)) is null,
            "No access control lists here.");
        Assert.Equal(WinMmfErrorId.NotTrusted, Given.ErrorOf(() => FrameReader.Open(name.Name, name.Scope).Dispose()));
    }

    [SkippableFact]
    public void A_hard_link_of_a_control_to_another_name_is_not_that_channel()
    {
        Given.SkipUnlessLinux();
        SharedName name = Given.NewName(NameScope.Global);
        SharedName linked = Given.NewName(NameScope.Global);
        using FrameWriter writer = FrameWriter.Create(new FrameChannelOptions(name) { Access = Given.Everyone });
        Assert.NotNull(LinuxGiven.Run("ln", LinuxGiven.PathOf(name), LinuxGiven.PathOf(linked)));
        try
        {
            Assert.Equal(WinMmfErrorId.NotTrusted, Given.ErrorOf(() => FrameReader.Open(linked.Name, linked.Scope).Dispose()));
            Assert.Equal(WinMmfErrorId.NotTrusted, Given.ErrorOf(() => Channels.Claim(linked).Dispose()));

            // More links than one do not shut the channel itself.
            using FrameReader reader = Given.OpenReader(name);
            Assert.True(reader.HasRegistryRow);
        }
        finally
        {
            File.Delete(LinuxGiven.PathOf(linked));
        }
    }

    [SkippableFact]
    public void A_folder_that_others_may_write_gives_no_pixels_and_no_row()
    {
        Given.SkipUnlessLinux();
        SharedName name = Given.NewName(NameScope.Global);
        using FrameWriter writer = FrameWriter.Create(new FrameChannelOptions(name) { Access = Given.Everyone });
        Assert.NotNull(LinuxGiven.Run("chmod", "777", LinuxGiven.FolderOf(name)));
        using FrameReader reader = FrameReader.Open(name.Name, name.Scope);
        Assert.False(reader.HasRegistryRow);
        using SharedSection? control = Given.Platform.Sections.TryOpen(name, writable: false);
        Assert.Null(Channels.TryOpenPixels(name, control!, 1));
    }

    [SkippableTheory]
    [InlineData("owner")]
    [InlineData("")]
    public void An_orphaned_control_is_never_taken_over_and_goes_when_its_publisher_is_dead(string removed)
    {
        Given.SkipUnlessLinux();
        SharedName name = Given.NewName(NameScope.Global);
        using Peer peer = Peer.Start();
        peer.Must("publish", "p", name.Name, name.Scope, 4, "");
        peer.Must("frames", "p", 1);
        using FrameReader reader = FrameReader.Open(name.Name, name.Scope);
        peer.Kill();
        string folder = LinuxGiven.FolderOf(name);
        if (removed.Length == 0)
            Directory.Delete(folder, recursive: true);
        else
            File.Delete(Path.Combine(folder, removed));
        using FrameWriter next = FrameWriter.Create(new FrameChannelOptions(name));
        Assert.False(next.TookOver);
        Assert.Equal(1, next.Epoch);
        Assert.NotEqual(folder, LinuxGiven.FolderOf(name));
        Assert.False(Directory.Exists(folder));
    }

    [SkippableFact]
    public void A_control_whose_owner_file_was_made_anew_is_never_taken_over()
    {
        // Who made it died before it removed the control; the lock of the file that is gone may still belong to a publisher.
        Given.SkipUnlessLinux();
        SharedName name = Given.NewName(NameScope.Global);
        using Peer peer = Peer.Start();
        peer.Must("publish", "p", name.Name, name.Scope, 4, "");
        peer.Must("frames", "p", 1);
        using FrameReader reader = FrameReader.Open(name.Name, name.Scope);
        peer.Kill();
        string owner = Path.Combine(LinuxGiven.FolderOf(name), "owner");
        byte[] content = File.ReadAllBytes(owner);
        content[0x104] = 1;
        File.WriteAllBytes(owner, content);
        using FrameWriter next = FrameWriter.Create(new FrameChannelOptions(name));
        Assert.False(next.TookOver);
        Assert.Equal(1, next.Epoch);
        Assert.False(File.Exists(owner));
    }

    [SkippableFact]
    public void Who_owns_is_told_by_the_kernel_and_not_by_the_channel()
    {
        Given.SkipUnlessLinux();
        SharedName name = Given.NewName();
        using Peer peer = Peer.Start();
        peer.Must("publish", "p", name.Name, name.Scope, 4, "");
        ProcessIdentity publisher;
        using (FrameReader reader = FrameReader.Open(name.Name, name.Scope))
            publisher = reader.Inspect().Owner;
        Assert.True(Channels.IsOwnedBy(name, publisher));

        // Whatever control says: anybody of this account may write that.
        Assert.False(Channels.IsOwnedBy(name, Given.Platform.Processes.Current));
        peer.Kill();
        Assert.False(Channels.IsOwnedBy(name, publisher));
        Given.Platform.Sections.TryReclaim(name);
        Assert.False(Channels.IsOwnedBy(name, publisher));
        using TestSite site = new(name);
        Assert.True(Channels.IsOwnedBy(name, Given.Platform.Processes.Current));
    }

    [SkippableFact]
    public void A_squatters_files_cost_nothing()
    {
        // As another account: a folder that looks like one of ours, files in the old places, a link.
        using Peer other = LinuxGiven.StartAsOther();
        SharedName name = Given.NewName(NameScope.Global);
        string[] planted =
            [LinuxGiven.PathOf(name) + ".owner", LinuxGiven.PathOf(name) + ".pixels.1", LinuxGiven.PathOf(name) + ".registry"];
        foreach (string path in planted)
            other.Must("write-file", path, "x");
        string folder = "/dev/shm/winmmf-0-00000000000000"
            + new Random().Next(16, 256).ToString("x2", System.Globalization.CultureInfo.InvariantCulture);
        other.Must("make-folder", folder);
        try
        {
            using FrameWriter writer = FrameWriter.Create(new FrameChannelOptions(name) { Access = Given.Everyone });
            other.Must("reader", "c", name.Name, name.Scope, "rw");
            Assert.True(Directory.Exists(folder));
            other.Must("dispose", "c");
        }
        finally
        {
            foreach (string path in planted)
                File.Delete(path);
            Directory.Delete(folder);
        }
    }

    [SkippableFact]
    public void The_account_that_stands_for_all_without_a_number_publishes_nothing()
    {
        Given.SkipUnlessRoot();
        uint overflow = LinuxUsers.OverflowUser;
        using Peer nobody = LinuxGiven.StartAs(overflow);
        SharedName name = Given.NewName(NameScope.Global);
        Assert.Equal("NotSupported", nobody.Ask("publish", "p", name.Name, name.Scope, 4, "")[1]);
        Assert.Empty(LinuxGiven.FilesOf(name));

        // It may read what all accounts may, and counts as one account at the door.
        using FrameWriter writer = FrameWriter.Create(new FrameChannelOptions(name) { Access = Given.Everyone });
        Assert.Equal("row", nobody.Must("reader", "c", name.Name, name.Scope, "rw")[1]);
        nobody.Must("dispose", "c");
    }
}
