using System;
using System.IO;
using WinMmf.Errors;
using WinMmf.Frames;
using WinMmf.Layouts;
using WinMmf.Locking;
using WinMmf.Memory;
using WinMmf.Names;
using WinMmf.Platform;
using WinMmf.Tests.Platform;
using Xunit;

namespace WinMmf.Tests.Frames;

/// <summary>
/// Builds of the protocol side by side (protocol 2.3, 2.4): this one and one of a later minor version, in each order in which a
/// publisher, its readers and its successor can be upgraded; and one of another major version. Each party is a process of its own.
/// </summary>
public sealed class VersionMatrixTests
{
    private const int Now = ProtocolVersion.Minor;
    private const int Later = ProtocolVersion.Minor + 7;
    private const int Bytes = 128;

    /// <summary>A field behind the last failure that this build knows nothing of.</summary>
    private const int UnknownField = 0x3D0;

    [Theory]
    [InlineData(Now, Now, Later)]
    [InlineData(Now, Later, Now)]
    [InlineData(Now, Later, Later)]
    [InlineData(Later, Now, Now)]
    [InlineData(Later, Now, Later)]
    [InlineData(Later, Later, Now)]
    public void Publishers_and_readers_of_two_minor_versions_work_together(int publisher, int reader, int successor)
    {
        SharedName name = Given.NewName();
        using Peer first = Start(publisher);
        using Peer follower = Start(reader);
        first.Must("publish", "p", name.Name, name.Scope, 4, "");
        first.Must("frames", "p", 3);
        Assert.Equal("row", follower.Must("reader", "r", name.Name, name.Scope, "rw")[1]);
        Assert.Equal("0", follower.Must("follow", "r", 3, Bytes)[3]);
        follower.Must("hold-lease", "r");
        first.Kill();

        // The lease is held over the upgrade.
        using Peer second = Start(successor);
        Assert.True(Given.Soon(() => second.Ask("publish", "p", name.Name, name.Scope, 4, "")[0] == "ok"));
        Assert.Equal("2", second.Must("epoch", "p")[1]);
        Assert.Equal("6", second.Must("frames", "p", 3)[1]);
        follower.Must("end-lease");
        Assert.Equal("0", follower.Must("follow", "r", 6, Bytes)[3]);
        Assert.Equal("row", follower.Must("reader", "late", name.Name, name.Scope, "rw")[1]);
        follower.Must("hold-lease", "late");
        follower.Must("end-lease");

        // Control says who wrote it last.
        using (SharedSection control = Given.Platform.Sections.TryOpen(name, writable: false)!)
        {
            Assert.True(ReadAnchor(control, out SectionAnchor anchor));
            Assert.Equal(((uint)ProtocolVersion.Major << 16) | (uint)successor, anchor.Version);
        }

        follower.Must("dispose", "late");
        follower.Must("dispose", "r");
        second.Must("dispose", "p");
        Assert.False(Given.Exists(name));
    }

    [Theory]
    [InlineData(Now, Later)]
    [InlineData(Later, Now)]
    public void Plain_memories_of_two_minor_versions_are_locked_together(int creator, int user)
    {
        SharedName name = Given.NewName();
        using Peer first = Start(creator);
        using Peer second = Start(user);
        first.Must("new-memory", "m", name.Name, name.Scope, 64);
        second.Must("memory", "m", name.Name, name.Scope);
        first.Must("lock", "l", "m", LockMode.Write, 1000, "");
        Assert.Equal("Held", second.Must("verdict", "-", "m")[1]);
        first.Kill();
        Assert.True(Given.Soon(() => second.Must("verdict", "-", "m")[1] == "Abandoned"));
        second.Must("recover", name.Name, name.Scope);
        second.Must("lock", "l", "m", LockMode.Write, 1000, "");
    }

    [SkippableFact]
    public void What_a_later_minor_version_adds_is_left_alone()
    {
        // Elsewhere than on Linux a test cannot write what only the publisher may.
        Given.SkipUnlessLinux();
        SharedName name = Given.NewName();
        using Peer later = Start(Later);
        later.Must("publish", "p", name.Name, name.Scope, 4, "");
        later.Must("frames", "p", 1);
        using FrameReader reader = FrameReader.Open(name.Name, name.Scope);
        using (FileStream control = new(LinuxGiven.PathOf(name), FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
        {
            control.Position = UnknownField;
            control.Write([1, 2, 3, 4], 0, 4);
        }

        later.Kill();
        using FrameWriter next = FrameWriter.Create(new FrameChannelOptions(name));
        Assert.True(next.TookOver);
        using (FileStream control = new(LinuxGiven.PathOf(name), FileMode.Open, FileAccess.Read, FileShare.ReadWrite))
        {
            byte[] field = new byte[4];
            control.Position = UnknownField;
            Assert.Equal(4, control.Read(field, 0, 4));
            Assert.Equal(new byte[] { 1, 2, 3, 4 }, field);
        }

        byte[] data = new byte[Bytes];
        Assert.Equal(FrameReadStatus.Ok, reader.TryCopyNewest(data, out _));
    }

    [Fact]
    public void Another_major_version_is_refused_with_both_versions_named()
    {
        SharedName name = Given.NewName();
        using Peer other = StartAs(ProtocolVersion.Major + 1, 0);
        other.Must("publish", "p", name.Name, name.Scope, 4, "");
        other.Must("frames", "p", 1);
        Refuses(() => FrameReader.Open(name.Name, name.Scope).Dispose());

        // Its publisher lives, and then is dead while a reader of its own kind holds the channel: neither is taken over.
        Assert.Equal(WinMmfErrorId.ChannelInUse, Given.ErrorOf(() => FrameWriter.Create(new FrameChannelOptions(name)).Dispose()));
        using Peer holder = StartAs(ProtocolVersion.Major + 1, 0);
        holder.Must("reader", "r", name.Name, name.Scope, "rw");
        other.Kill();
        Refuses(() =>
        {
            Assert.True(Given.Soon(() => Given.ErrorOf(() => FrameWriter.Create(new FrameChannelOptions(name)).Dispose())
                != WinMmfErrorId.ChannelInUse));
            FrameWriter.Create(new FrameChannelOptions(name)).Dispose();
        });
        Assert.Equal("ok", holder.Ask("dispose", "r")[0]);
        Given.Platform.Sections.TryReclaim(name);
    }

    private static void Refuses(Action action)
    {
        WinMmfException e = Assert.Throws<WinMmfException>(action);
        Assert.Equal(WinMmfErrorId.VersionMismatch, e.ErrorId);
        Assert.Contains($"version {ProtocolVersion.Major + 1}.0", e.Message, StringComparison.Ordinal);
        Assert.Contains($"speaks {ProtocolVersion.Major}.{ProtocolVersion.Minor}", e.Message, StringComparison.Ordinal);
    }

    private static unsafe bool ReadAnchor(SharedSection control, out SectionAnchor anchor) =>
        SectionAnchor.TryReadMapped(control.Address, control.Size, out anchor);

    private static Peer Start(int minor) => StartAs(ProtocolVersion.Major, minor);

    private static Peer StartAs(int major, int minor)
    {
        Peer peer = Peer.Start();
        peer.Must("speak", major, minor);
        return peer;
    }
}
