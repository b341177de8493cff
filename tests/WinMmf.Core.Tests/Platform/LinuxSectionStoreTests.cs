using System;
using System.IO;
using WinMmf.Errors;
using WinMmf.Names;
using WinMmf.Platform;
using WinMmf.Platform.Linux;
using WinMmf.Security;
using Xunit;

namespace WinMmf.Tests.Platform;

/// <summary>Planted, truncated and foreign files; modes; a full file system.</summary>
public sealed unsafe class LinuxSectionStoreTests
{
    private static ISectionStore Sections => Given.Platform.Sections;

    [SkippableFact]
    public void A_symbolic_link_is_not_followed()
    {
        Given.SkipUnlessLinux();
        SharedName name = Given.NewName();
        string target = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N"));
        File.WriteAllText(target, new string('x', 8192));
        File.CreateSymbolicLink(LinuxGiven.PathOf(name), target);
        try
        {
            Assert.Equal(WinMmfErrorId.WrongObjectType, Given.ErrorOf(() => Given.Exists(name)));
            Assert.Equal(WinMmfErrorId.WrongObjectType, Given.ErrorOf(() => Given.Create(name)));
            Assert.Equal(WinMmfErrorId.WrongObjectType, Given.ErrorOf(() => Given.Platform.Channels.Claim(name)));
            Assert.False(Given.Platform.Channels.IsOwned(name));
            Assert.False(Sections.TryReclaim(name));
            Assert.Equal(8192, new FileInfo(target).Length);
        }
        finally
        {
            File.Delete(LinuxGiven.PathOf(name));
            File.Delete(target);
        }
    }

    [SkippableFact]
    public void Who_only_looks_waits_for_no_lock_and_survives_a_file_cut_short()
    {
        Given.SkipUnlessLinux();
        SharedName name = Given.NewName();
        File.WriteAllBytes(LinuxGiven.PathOf(name), new byte[8192]);
        try
        {
            Assert.Equal(0, LinuxFile.TryOpen(LinuxGiven.PathOf(name), writable: true, out LinuxFile? locked));
            using (locked)
            {
                Assert.True(locked!.TryExclude());
                using SharedSection? seen = Sections.TryLook(name);
                Assert.NotNull(seen);
                Assert.False(seen.IsLive);
                Assert.Equal(8192, seen.Size);

                // A mapping would end this process here.
                File.WriteAllBytes(LinuxGiven.PathOf(name), []);
                Assert.Equal(0, seen.Address[8191]);
                Assert.True(seen.IsWhole());
            }

            Assert.Null(Sections.TryLook(name));
        }
        finally
        {
            File.Delete(LinuxGiven.PathOf(name));
        }
    }

    [SkippableFact]
    public void A_directory_and_a_pipe_are_no_sections()
    {
        Given.SkipUnlessLinux();
        SharedName directory = Given.NewName();
        Directory.CreateDirectory(LinuxGiven.PathOf(directory));
        SharedName pipe = Given.NewName();
        Skip.If(LinuxGiven.Run("mkfifo", LinuxGiven.PathOf(pipe)) is null, "No mkfifo.");
        try
        {
            foreach (SharedName name in new[] { directory, pipe })
            {
                Assert.Equal(WinMmfErrorId.WrongObjectType, Given.ErrorOf(() => Given.Exists(name)));
                Assert.Equal(WinMmfErrorId.WrongObjectType, Given.ErrorOf(() => Sections.TryOpen(name, writable: true)));
                Assert.Equal(WinMmfErrorId.WrongObjectType, Given.ErrorOf(() => Given.Create(name)));
                Assert.False(Sections.TryReclaim(name));
            }
        }
        finally
        {
            Directory.Delete(LinuxGiven.PathOf(directory));
            File.Delete(LinuxGiven.PathOf(pipe));
        }
    }

    [SkippableFact]
    public void An_empty_file_that_somebody_holds_is_no_section()
    {
        Given.SkipUnlessLinux();
        SharedName name = Given.NewName();
        using SharedSection control = Given.Create(name);
        using (FileStream file = new(LinuxGiven.PathOf(name), FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite))
            file.SetLength(0);
        Assert.Equal(WinMmfErrorId.WrongObjectType, Given.ErrorOf(() => Given.Exists(name)));
    }

    [SkippableFact]
    public void A_section_cut_short_is_noticed()
    {
        Given.SkipUnlessLinux();
        SharedName name = Given.NewName();
        using SharedSection control = Given.Create(name, size: 65_536);
        using SharedSection? reader = Sections.TryOpen(name, writable: false);
        Assert.NotNull(reader);
        Assert.True(reader.IsWhole());
        using (FileStream file = new(LinuxGiven.PathOf(name), FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite))
            file.SetLength(4096);
        Assert.False(reader.IsWhole());
        Assert.False(control.IsWhole());
        using SharedSection? late = Sections.TryOpen(name, writable: false);
        Assert.NotNull(late);
        Assert.Equal(4096, late.Size);
        Assert.True(late.IsWhole());
    }

    [SkippableTheory]
    [InlineData(ObjectKind.PublisherSection, "", "", "600")]
    [InlineData(ObjectKind.PublisherSection, "Everyone", "", "644")]
    [InlineData(ObjectKind.PublisherSection, "Users", "", "644")]
    [InlineData(ObjectKind.PublisherSection, "Administrators", "", "600")]
    [InlineData(ObjectKind.LockedMemory, "Everyone", "", "644")]
    [InlineData(ObjectKind.LockedMemory, "", "Everyone", "666")]
    [InlineData(ObjectKind.LockedMemory, "Users", "root", "664")]
    [InlineData(ObjectKind.OpenMemory, "Interactive", "", "644")]
    [InlineData(ObjectKind.OpenMemory, "", "Interactive", "666")]
    public void A_policy_becomes_a_mode(object kind, string reader, string writer, string mode)
    {
        Given.SkipUnlessLinux();
        Skip.If(writer == "root" && !Environment.IsPrivilegedProcess, "Only root is in that group.");
        SharedName name = Given.NewName(NameScope.Global);
        AccessPolicy policy = new(reader.Length == 0 ? [] : [reader], writer.Length == 0 ? [] : [writer]);
        using SharedSection section = Given.Create(name, kind: (ObjectKind)kind, policy: policy);
        Assert.Equal(mode, LinuxGiven.Mode(name));
    }

    [SkippableFact]
    public void A_group_becomes_the_files_group()
    {
        Given.SkipUnlessRoot();
        string? line = LinuxGiven.Run("getent", "group", LinuxGiven.Text(LinuxGiven.Other));
        Skip.If(line is null, "There is no group of that number.");
        string group = line.Split(':')[0];
        foreach (string account in new[] { group, "group:" + group })
        {
            SharedName name = Given.NewName(NameScope.Global);
            using SharedSection section = Given.Create(name, policy: new AccessPolicy([account, "System"]));
            Assert.Equal("640", LinuxGiven.Mode(name));
            Assert.Equal(LinuxGiven.Text(LinuxGiven.Other), LinuxGiven.Run("stat", "-c", "%g", LinuxGiven.PathOf(name))!.Trim());
        }
    }

    [SkippableFact]
    public void Two_groups_are_refused()
    {
        Given.SkipUnlessRoot();
        string? line = LinuxGiven.Run("getent", "group", LinuxGiven.Text(LinuxGiven.Other));
        Skip.If(line is null, "There is no group of that number.");
        Assert.Equal(
            WinMmfErrorId.InvalidAccess,
            Given.ErrorOf(() => Given.Create(Given.NewName(NameScope.Global), policy: new AccessPolicy([line.Split(':')[0], "root"]))));
    }

    [SkippableFact]
    public void The_umask_takes_nothing_away_from_the_policy()
    {
        Given.SkipUnlessLinux();
        SharedName name = Given.NewName(NameScope.Global);
        using Peer peer = Peer.Start("sh", "-c", "umask 077; exec \"$0\"");
        peer.Must("create", "c", name.Name, name.Scope, 4096, ObjectKind.LockedMemory, "Everyone");
        Assert.Equal("644", LinuxGiven.Mode(name));
    }

    [SkippableFact]
    public void Another_account_is_let_in_as_the_policy_says()
    {
        using Peer other = LinuxGiven.StartAsOther();
        SharedName closed = Given.NewName(NameScope.Global);
        using SharedSection one = Given.Create(closed);
        string[] refused = other.Ask("open", "a", closed.Name, closed.Scope, "ro");
        Assert.Equal(["error", "AccessDenied", "13"], refused[..3]);
        Assert.Contains("'root'", refused[3], StringComparison.Ordinal);
        Assert.Contains("0600", refused[3], StringComparison.Ordinal);
        Assert.Equal("AlreadyExists", other.Ask("create", "a", closed.Name, closed.Scope, 4096, ObjectKind.PublisherSection, "")[1]);

        SharedName open = Given.NewName(NameScope.Global);
        using SharedSection two = Given.Create(open, policy: Given.Everyone);
        other.Must("open", "b", open.Name, open.Scope, "ro");
        Assert.Equal("AccessDenied", other.Ask("open", "c", open.Name, open.Scope, "rw")[1]);

        SharedName shared = Given.NewName(NameScope.Global);
        using SharedSection three = Given.Create(shared, kind: ObjectKind.LockedMemory, policy: new AccessPolicy([], ["Everyone"]));
        other.Must("open", "d", shared.Name, shared.Scope, "rw");
        other.Must("set", "d", 64, 9u);
        Assert.Equal(9u, *(uint*)(three.Address + 64));

        // Before the others: it may not unlink what it would be the last to hold.
        other.Dispose();
    }

    [SkippableFact]
    public void A_reader_of_another_account_keeps_nobody_out()
    {
        using Peer other = LinuxGiven.StartAsOther();
        SharedName name = Given.NewName(NameScope.Global);
        SharedSection control = Given.Create(name, policy: Given.Everyone);
        other.Must("open", "c", name.Name, name.Scope, "ro");
        Assert.True(Given.Exists(name));
        control.Dispose();

        // It holds on; when it goes last it may not unlink, and what stays is a leftover that its owner replaces.
        Assert.True(Given.Exists(name));
        Assert.Equal(WinMmfErrorId.AlreadyExists, Given.ErrorOf(() => Given.Create(name)));
        other.Must("dispose", "c");
        Assert.Single(LinuxGiven.FilesOf(name));
        Assert.False(Given.Exists(name));
        Assert.Equal("none", other.Ask("open", "c", name.Name, name.Scope, "ro")[0]);
        string[] refused = other.Ask("create", "c", name.Name, name.Scope, 4096, ObjectKind.PublisherSection, "");
        Assert.Equal("ForeignOwner", refused[1]);
        Assert.Contains("'root'", refused[3], StringComparison.Ordinal);
        using (SharedSection again = Given.Create(name, policy: Given.Everyone))
            other.Must("open", "c", name.Name, name.Scope, "ro");
        other.Must("dispose", "c");
        Assert.True(Sections.TryReclaim(name));
    }

    [SkippableFact]
    public void A_local_file_of_another_account_is_refused()
    {
        using Peer other = LinuxGiven.StartAsOther();
        SharedName name = Given.NewName();
        other.Must("write-file", LinuxGiven.PathOf(name), new string('x', 4096));
        try
        {
            foreach (Action action in new Action[]
            {
                () => Given.Exists(name),
                () => Given.Create(name),
                () => Given.Platform.Channels.Claim(name),
            })
            {
                WinMmfException e = Assert.Throws<WinMmfException>(action);
                Assert.Equal(WinMmfErrorId.ForeignOwner, e.ErrorId);
                Assert.Contains(LinuxGiven.OtherName, e.Message, StringComparison.Ordinal);
            }
        }
        finally
        {
            File.Delete(LinuxGiven.PathOf(name));
        }
    }

    [SkippableFact]
    public void A_group_that_one_is_not_in_is_refused()
    {
        using Peer other = LinuxGiven.StartAsOther();
        SharedName name = Given.NewName(NameScope.Global);
        string[] refused = other.Ask("create", "c", name.Name, name.Scope, 4096, ObjectKind.PublisherSection, "group:root");
        Assert.Equal(["error", "NotAMember", "1"], refused[..3]);
        Assert.Empty(LinuxGiven.FilesOf(name));
    }

    [SkippableFact]
    public void A_full_file_system_is_an_error_that_says_what_is_needed()
    {
        Given.SkipUnlessRoot();
        Skip.If(LinuxGiven.Run("unshare", "-m", "true") is null, "No mount namespaces here.");
        using Peer peer = Peer.Start("unshare", "-m", "sh", "-c", "mount -t tmpfs -o size=1m,mode=1777 tmpfs /dev/shm && exec \"$0\"");
        SharedName name = Given.NewName();
        peer.Must("create", "a", name.Name, name.Scope, 600_000, ObjectKind.PublisherSection, "");
        string[] refused = peer.Ask("create", "b", name.Name + "-b", name.Scope, 600_000, ObjectKind.PublisherSection, "");
        Assert.Equal(["error", "OutOfSharedMemory", "28"], refused[..3]);
        Assert.Contains("600000", refused[3], StringComparison.Ordinal);
        Assert.Contains("1048576", refused[3], StringComparison.Ordinal);
        peer.Must("create", "b", name.Name + "-b", name.Scope, 300_000, ObjectKind.PublisherSection, "");
        peer.Must("set", "b", 299_000, 1u);
    }
}
