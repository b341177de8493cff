using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;
using WinMmf.Errors;
using WinMmf.Memory;
using WinMmf.Names;
using WinMmf.Platform;
using WinMmf.Security;
using WinMmf.Time;
using Xunit;

namespace WinMmf.Tests.Platform;

/// <summary>Holds and leftovers (protocol 10.10 to 10.12).</summary>
public sealed unsafe class LinuxLifetimeTests
{
    private static ISectionStore Sections => Given.Platform.Sections;

    [SkippableFact]
    public void Letting_go_together_leaves_no_file()
    {
        Given.SkipUnlessLinux();
        for (int round = 0; round < 200; round++)
        {
            SharedName name = Given.NewName();
            SharedSection[] holders = new SharedSection[4];
            holders[0] = Given.Create(name);
            for (int i = 1; i < holders.Length; i++)
                holders[i] = Sections.TryOpen(name, writable: i % 2 == 0)!;
            int next = -1;
            Given.InParallel(holders.Length, () => holders[Interlocked.Increment(ref next)].Dispose());
            Assert.Empty(LinuxGiven.FilesOf(name));
        }
    }

    [SkippableFact]
    public void Names_that_only_look_alike_are_left_alone()
    {
        Given.SkipUnlessLinux();
        SharedName name = Given.NewName();
        SharedName longer = new(name.Name + ".pixels", name.Scope);
        using SharedSection other = Given.Create(longer);
        LinuxGiven.LeaveBehind(new SharedName(name.Name + "x", name.Scope));
        using (SharedSection control = Given.Create(name))
        {
        }

        Assert.True(Given.Exists(longer));
        Assert.True(Sections.TryReclaim(new SharedName(name.Name + "x", name.Scope)));
    }

    [SkippableFact]
    public void Many_who_look_at_a_leftover_do_not_take_each_other_for_holders()
    {
        Given.SkipUnlessLinux();
        SharedName name = Given.NewName();
        LinuxGiven.LeaveBehind(name);
        using Peer peer = Peer.Start();
        Given.InParallel(6, () =>
        {
            for (int i = 0; i < 500; i++)
            {
                Assert.False(Given.Exists(name));
                Assert.Null(Sections.TryOpen(name, writable: true));
            }
        });
        Assert.Equal("none", peer.Ask("open", "c", name.Name, name.Scope, "ro")[0]);
        Assert.True(Sections.TryReclaim(name));
    }

    [SkippableFact]
    public void Many_who_look_at_a_living_name_all_find_it()
    {
        Given.SkipUnlessLinux();
        SharedName name = Given.NewName();
        using SharedSection control = Given.Create(name);
        Given.InParallel(6, () =>
        {
            for (int i = 0; i < 300; i++)
            {
                Assert.True(Given.Exists(name));
                Assert.False(Sections.TryReclaim(name));
            }
        });
        Assert.Single(LinuxGiven.FilesOf(name));
    }

    [SkippableFact]
    public void What_was_opened_keeps_its_name_however_often_others_let_go()
    {
        Given.SkipUnlessLinux();
        SharedName name = Given.NewName();
        int role = 0;
        int seen = 0;
        bool done = false;
        Given.InParallel(3, () =>
        {
            if (Interlocked.Increment(ref role) == 1)
            {
                // Until the others have met a living one, whenever the machine lets them run.
                Deadline limit = Deadline.After(TimeSpan.FromSeconds(50));
                for (int i = 1; i <= 1500 || (Volatile.Read(ref seen) == 0 && !limit.IsOver); i++)
                {
                    try
                    {
                        using SharedSection control = Given.Create(name);
                        *(int*)(control.Address + 64) = i;
                    }
                    catch (WinMmfException e) when (e.ErrorId == WinMmfErrorId.AlreadyExists)
                    {
                        Thread.Yield();
                    }
                }

                Volatile.Write(ref done, true);
                return;
            }

            while (!Volatile.Read(ref done))
            {
                using SharedSection? first = Sections.TryOpen(name, writable: true);
                if (first is null)
                    continue;
                using SharedSection? second = Sections.TryOpen(name, writable: false);
                Assert.NotNull(second);
                int mark = Interlocked.Increment(ref *(int*)(first.Address + 128));
                Assert.InRange(Volatile.Read(ref *(int*)(second.Address + 128)), mark, int.MaxValue);
                Interlocked.Increment(ref seen);
            }
        });
        Assert.True(seen > 0);
        Assert.Empty(LinuxGiven.FilesOf(name));
    }

    [SkippableFact]
    public void Of_many_who_create_over_a_leftover_exactly_one_succeeds()
    {
        Given.SkipUnlessLinux();
        SharedName name = Given.NewName();
        using SharedSection keeper = Given.Create(Given.NewName());
        for (int round = 0; round < 50; round++)
        {
            // A leftover without the cost of a process: a file with such a name, without a holder.
            File.WriteAllText(LinuxGiven.PathOf(name), "left");
            SharedSection? winner = null;
            int winners = 0;
            Given.InParallel(4, () =>
            {
                try
                {
                    SharedSection mine = Given.Create(name);
                    Interlocked.Increment(ref winners);
                    winner = mine;
                }
                catch (WinMmfException e) when (e.ErrorId == WinMmfErrorId.AlreadyExists)
                {
                    // Another was faster.
                }
            });
            Assert.Equal(1, winners);
            Assert.Single(LinuxGiven.FilesOf(name));
            Assert.Equal(Given.Magic, *(uint*)winner!.Address);
            winner.Dispose();
            Assert.Empty(LinuxGiven.FilesOf(name));
        }
    }

    [SkippableFact]
    public void Plain_memories_made_at_once_keep_their_own_companion()
    {
        Given.SkipUnlessLinux();
        SharedName name = Given.NewName();
        int made = 0;
        Given.InParallel(4, () =>
        {
            for (int i = 0; i < 100; i++)
            {
                try
                {
                    int size = 1000 + Environment.CurrentManagedThreadId;
                    using NamedMemory memory = NamedMemory.Create(name, size);
                    using NamedMemory found = NamedMemory.Open(name.Name, name.Scope);
                    Assert.Equal(size, found.DataSize);
                    Assert.Equal(size, found.Origin!.DataSize);
                    Interlocked.Increment(ref made);
                }
                catch (WinMmfException e) when (e.ErrorId == WinMmfErrorId.AlreadyExists)
                {
                    Thread.Yield();
                }
            }
        });
        Assert.True(made > 0);
        Assert.Empty(LinuxGiven.FilesOf(name));
    }

    [SkippableFact]
    public void Who_keeps_the_lock_that_removing_takes_stops_no_opener()
    {
        Given.SkipUnlessLinux();
        SharedName name = Given.NewName();
        using (SharedSection control = Given.Create(name))
        using (WinMmf.Platform.Linux.LinuxFile remover = LeftBy(control, name))
        {
            Assert.True(remover.TryExclude());

            // Removing takes microseconds: who is at it for longer is ignored. Nothing is removed from under it, though.
            Assert.True(Given.Exists(name));
            Assert.Equal(WinMmfErrorId.NotReady, Given.ErrorOf(() => Given.Create(name)));
            Assert.False(Sections.TryReclaim(name));
            remover.Unlock();
        }

        Assert.False(Given.Exists(name));
        Assert.True(Sections.TryReclaim(name));
    }

    [SkippableFact]
    [Trait("Category", "Long")]
    public void Processes_killed_at_random_never_hide_a_living_memory()
    {
        Given.SkipUnlessLinux();
        SharedName name = Given.NewName();
        Random random = new(20240607);
        long end = MonotonicClock.Now + 20_000_000_000;
        int rounds = 0;
        while (MonotonicClock.Now < end)
        {
            using Peer one = Peer.Start();
            using Peer two = Peer.Start();
            for (int i = 0; i < 50; i++)
            {
                one.Tell("create", "c", name.Name, name.Scope, 4096, ObjectKind.PublisherSection, "");
                two.Tell("create", "c", name.Name, name.Scope, 4096, ObjectKind.PublisherSection, "");
                bool first = one.Answer()[0] == "ok";
                Assert.NotEqual(first, two.Answer()[0] == "ok");
                Assert.True(Given.Exists(name));
                (first ? one : two).Tell("dispose", "c");
                if (random.Next(20) == 0)
                {
                    (first ? one : two).Kill();
                    break;
                }

                (first ? one : two).Answer();
                Assert.False(Given.Exists(name));
            }

            rounds++;
        }

        Sections.TryReclaim(name);
        Assert.True(rounds > 0);
        Assert.Empty(LinuxGiven.FilesOf(name));
    }

    [SkippableFact]
    public void Files_that_are_no_text_or_no_names_are_not_listed()
    {
        Given.SkipUnlessLinux();
        string start = LinuxGiven.PathOf(new SharedName("x", NameScope.Local))[..^1];
        string unique = Guid.NewGuid().ToString("N");
        string[] files = [start + unique + ".owner.owner", start + unique + "\nb", start];
        string[] made = files.Where(static file => !File.Exists(file)).ToArray();
        try
        {
            foreach (string file in made)
                File.WriteAllText(file, "");
            Assert.DoesNotContain(
                Given.Management.Catalogue.List(NameScope.Local), listed => listed.Name.Contains(unique, StringComparison.Ordinal));
            Assert.All(Given.Management.Catalogue.List(NameScope.Local), static listed => Assert.Null(SharedName.FindFault(listed.Name)));
        }
        finally
        {
            foreach (string file in made)
                File.Delete(file);
        }
    }

    [SkippableFact]
    public void Only_this_users_local_names_are_listed()
    {
        Given.SkipUnlessLinux();
        string text = Given.NewName().Name;
        string file = string.Create(CultureInfo.InvariantCulture, $"/dev/shm/winmmf-{LinuxGiven.Other}.{text}");
        File.WriteAllText(file, "x");
        try
        {
            Assert.DoesNotContain(
                Given.Management.Catalogue.List(NameScope.Local), listed => listed.Name.Contains(text, StringComparison.Ordinal));
            Assert.DoesNotContain(
                Given.Management.Catalogue.List(NameScope.Global), listed => listed.Name.Contains(text, StringComparison.Ordinal));
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>Makes a leftover by another file object, whose lock the test then has.</summary>
    private static WinMmf.Platform.Linux.LinuxFile LeftBy(SharedSection control, SharedName name)
    {
        string path = LinuxGiven.PathOf(name);
        byte[] content = new ReadOnlySpan<byte>(control.Address, 64).ToArray();
        control.Dispose();
        File.WriteAllBytes(path, content);
        Assert.Equal(0, WinMmf.Platform.Linux.LinuxFile.TryOpen(path, writable: true, out WinMmf.Platform.Linux.LinuxFile? file));
        return file!;
    }
}
