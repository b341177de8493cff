using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;
using WinMmf.Layouts;
using WinMmf.Memory;
using WinMmf.Names;
using WinMmf.Platform;
using WinMmf.Platform.Linux;
using Xunit;

namespace WinMmf.Tests.Platform;

/// <summary>Removing beside others that start, look, let go or remove (protocol 10.4, 10.10 to 10.14).</summary>
public sealed class LinuxRemoverTests
{
    private static LinuxRemover Remover { get; } = new(LinuxGiven.Files);

    [SkippableFact]
    public void A_folder_in_the_making_stays()
    {
        Given.SkipUnlessLinux();
        LinuxOwnerFile owner =
            LinuxOwnerFile.CreateWithFolder(LinuxGiven.Files, SectionKind.Control, Given.NewName(), out LinuxFolder folder);
        using (folder)
        {
            using (owner)
            {
                File.WriteAllText(folder.PathOf("pixels.1"), "p");
                Remover.ClearFolders();
                Assert.True(owner.IsStillNamed());
                Assert.True(File.Exists(folder.PathOf("pixels.1")));
            }

            // Its maker has ended, and no control names it.
            Remover.ClearFolder(folder.Tie);
            Assert.False(Directory.Exists(folder.Path));
        }
    }

    [SkippableFact]
    public void Where_a_starter_came_first_a_cleaner_makes_no_owner_file()
    {
        Given.SkipUnlessLinux();
        using LinuxOwnerFile owner =
            LinuxOwnerFile.CreateWithFolder(LinuxGiven.Files, SectionKind.Control, Given.NewName(), out LinuxFolder folder);
        using (folder)
            Assert.Null(LinuxOwnerFile.TryCreate(folder, SectionKind.Control, LinuxOwnerFile.Leftover, madeAnew: true, out _));
    }

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_folder_without_an_owner_file_goes_only_if_nothing_names_it(bool isNamed)
    {
        Given.SkipUnlessLinux();
        SharedName name = Given.NewName();
        string folder = MakeLeftover(name);
        File.Delete(Path.Combine(folder, "owner"));
        if (!isNamed)
            File.Delete(LinuxGiven.PathOf(name));
        Assert.True(LinuxFolder.TryParse(Path.GetFileName(folder), out FolderTie tie));
        Remover.ClearFolder(tie);
        Assert.Equal(isNamed, Directory.Exists(folder));
        Assert.False(File.Exists(Path.Combine(folder, "owner")), "Who only looks left an owner file in a folder that is in use.");
        Assert.Equal(isNamed, Remover.TryRemove(name));
        Assert.False(Directory.Exists(folder));
    }

    [SkippableTheory]
    [InlineData("")]
    [InlineData("owner")]
    public void What_an_orphan_left_is_removed_whole(string removed)
    {
        Given.SkipUnlessLinux();
        SharedName name = Given.NewName();
        string folder = MakeLeftover(name);
        if (removed.Length == 0)
            Directory.Delete(folder, recursive: true);
        else
            File.Delete(Path.Combine(folder, removed));
        Assert.True(Remover.TryRemove(name));
        Assert.False(File.Exists(LinuxGiven.PathOf(name)));
        Assert.False(Directory.Exists(folder));
    }

    [SkippableFact]
    public void A_folder_that_another_account_put_there_keeps_no_orphan()
    {
        using Peer other = LinuxGiven.StartAsOther();
        SharedName name = Given.NewName(NameScope.Global);
        string folder = MakeLeftover(name);
        Directory.Delete(folder, recursive: true);
        other.Must("make-folder", folder);
        try
        {
            Assert.True(Remover.TryRemove(name));
            Assert.False(File.Exists(LinuxGiven.PathOf(name)));
        }
        finally
        {
            Directory.Delete(folder);
        }
    }

    [SkippableFact]
    public void An_owner_file_that_root_makes_belongs_to_the_folders_account()
    {
        using Peer other = LinuxGiven.StartAsOther();
        string path = $"/dev/shm/winmmf-{LinuxGiven.Other}-{Guid.NewGuid().ToString("N")[..16]}";
        other.Must("make-folder", path);
        Assert.True(LinuxFolder.TryParse(Path.GetFileName(path), out FolderTie tie));
        using LinuxFolder folder = LinuxFolder.TryOpen(LinuxGiven.Files, tie, tie.UserId)!;
        using LinuxOwnerFile? owner =
            LinuxOwnerFile.TryCreate(folder, SectionKind.Control, LinuxOwnerFile.Leftover, madeAnew: true, out int error);
        Assert.Equal(0, error);
        Assert.Equal(LinuxGiven.Text(LinuxGiven.Other), LinuxGiven.Run("stat", "-c", "%u", folder.PathOf("owner"))!.Trim());
        folder.Clear();
        Assert.False(Directory.Exists(path));
    }

    [SkippableFact]
    public void Who_owns_is_not_disturbed_and_what_it_left_goes_afterwards()
    {
        Given.SkipUnlessLinux();
        SharedName name = Given.NewName();
        string path = MakeLeftover(name);
        Assert.True(LinuxFolder.TryParse(Path.GetFileName(path), out FolderTie tie));
        using LinuxFolder folder = LinuxFolder.TryOpen(LinuxGiven.Files, tie, tie.UserId)!;
        Assert.Equal(LinuxOwnership.Owned, LinuxOwnerFile.TryLock(folder, out LinuxOwnerFile? owner));
        using (owner)
        {
            Assert.False(Remover.TryRemove(name));
            Remover.ClearFolder(tie);
            Assert.True(File.Exists(folder.PathOf("owner")));
        }

        Assert.True(Remover.TryRemove(name));
        Assert.False(Directory.Exists(path));
    }

    [SkippableFact]
    public void Who_ends_removes_what_it_made_and_not_what_came_after()
    {
        Given.SkipUnlessLinux();
        SharedName name = Given.NewName();
        string path = LinuxGiven.PathOf(name);
        string folder;
        using (TestSite site = new(name))
        {
            folder = LinuxGiven.FolderOf(name);
            File.Delete(path);
            File.WriteAllText(path, "another's");
        }

        Assert.False(Directory.Exists(folder));
        Assert.Equal("another's", File.ReadAllText(path));
        File.Delete(path);
    }

    [SkippableFact]
    public void Those_who_look_stand_in_nobodys_way()
    {
        Given.SkipUnlessLinux();
        bool done = false;
        List<Thread> lookers = [];
        for (int i = 0; i < 3; i++)
        {
            lookers.Add(new Thread(() =>
            {
                while (!Volatile.Read(ref done))
                    Remover.ClearFolders();
            }));
            lookers[i].Start();
        }

        try
        {
            for (int round = 0; round < 150; round++)
            {
                // One attempt is enough, whatever moment it meets.
                SharedName left = Given.NewName();
                string folder = MakeLeftover(left);
                Assert.True(Remover.TryRemove(left));
                Assert.False(Directory.Exists(folder));

                SharedName name = Given.NewName();
                string path;
                using (TestSite site = new(name))
                {
                    path = LinuxGiven.FolderOf(name);
                    Assert.True(File.Exists(Path.Combine(path, "owner")));
                }

                Assert.False(Directory.Exists(path));
                Assert.False(File.Exists(LinuxGiven.PathOf(name)));
                using (NamedMemory.Create(name, 100))
                {
                    path = LinuxGiven.FolderOf(name);
                    Assert.True(File.Exists(Path.Combine(path, "locks")));
                }

                Assert.False(Directory.Exists(path));
                Assert.False(File.Exists(LinuxGiven.PathOf(name)));
            }
        }
        finally
        {
            Volatile.Write(ref done, true);
            lookers.ForEach(static looker => looker.Join());
        }
    }

    [SkippableFact]
    public void Who_opens_waits_for_a_remover_that_the_machine_stopped_for_a_while()
    {
        Given.SkipUnlessLinux();
        SharedName name = Given.NewName();
        string path = LinuxGiven.PathOf(name);
        File.WriteAllText(path, "left");
        Assert.Equal(0, LinuxFile.TryOpen(path, writable: true, out LinuxFile? remover));
        using (remover)
        {
            Assert.True(remover!.TryExclude());
            SharedSection? opened = null;
            Thread opener = new(() => opened = Given.Platform.Sections.TryOpen(name, writable: false));
            opener.Start();

            // Longer than for locks that another account may keep.
            Thread.Sleep(4 * LinuxWait.Short);
            File.Delete(path);
            remover.Unlock();
            opener.Join();
            opened?.Dispose();
            Assert.Null(opened);
        }
    }

    [SkippableFact]
    public void What_cannot_be_listed_is_not_taken_for_empty()
    {
        Given.SkipUnlessLinux();
        Assert.False(new LinuxDirectory("/dev/shm/" + Guid.NewGuid().ToString("N")).TryFindFiles("", out _));
    }

    /// <summary>What a killed publisher leaves, without the cost of a process; its folder.</summary>
    private static string MakeLeftover(SharedName name)
    {
        byte[] control, owner;
        string folder;
        using (TestSite site = new(name))
        {
            folder = LinuxGiven.FolderOf(name);
            control = File.ReadAllBytes(LinuxGiven.PathOf(name));
            owner = File.ReadAllBytes(Path.Combine(folder, "owner"));
        }

        // In the order in which a publisher makes them, so that nobody takes a part of it for less than the whole.
        string hidden = "/dev/shm/test." + Guid.NewGuid().ToString("N");
        Directory.CreateDirectory(hidden);
        File.WriteAllBytes(Path.Combine(hidden, "owner"), owner);
        File.WriteAllText(Path.Combine(hidden, "pixels.1"), "p");
        File.WriteAllBytes(LinuxGiven.PathOf(name), control);
        Directory.Move(hidden, folder);
        return folder;
    }
}
