using System;
using System.Globalization;
using System.IO;
using System.Net.Sockets;
using System.Threading;
using WinMmf.Errors;
using WinMmf.Frames;
using WinMmf.Names;
using WinMmf.Platform.Linux;
using WinMmf.Platform.Linux.Native;
using WinMmf.Tests.Frames;
using Xunit;

namespace WinMmf.Tests.Platform;

/// <summary>Control pipes as sockets in the folder of a channel (protocol 9.2, 9.3).</summary>
public sealed class LinuxControlSocketTests
{
    private static string Me => Libc.GetEffectiveUserId().ToString(CultureInfo.InvariantCulture);

    [SkippableTheory]
    [InlineData("/dev/shm/winmmf-0-0123456789abcdef/control", true)]
    [InlineData("/dev/shm/winmmf-4294967295-0123456789abcdef/control", true)]
    [InlineData("/dev/shm/winmmf-4294967296-0123456789abcdef/control", false)]
    [InlineData("/dev/shm/winmmf-00-0123456789abcdef/control", false)]
    [InlineData("/dev/shm/winmmf-0-0123456789ABCDEF/control", false)]
    [InlineData("/dev/shm/winmmf-0-0123456789abcde/control", false)]
    [InlineData("/dev/shm/winmmf-0-0123456789abcdef/control\n", false)]
    [InlineData("/dev/shm/winmmf-0-0123456789abcdef/control/", false)]
    [InlineData("/dev/shm/winmmf-0-0123456789abcdef/door.1", false)]
    [InlineData("/dev/shm/winmmf-0-0123456789abcdef/../x/control", false)]
    [InlineData("/dev/shm//winmmf-0-0123456789abcdef/control", false)]
    [InlineData("/tmp/winmmf-0-0123456789abcdef/control", false)]
    [InlineData("winmmf-0-0123456789abcdef/control", false)]
    [InlineData("winmmf-0123456789abcdef", false)]
    [InlineData("/dev/shm/winmmf-control-0/17.sock", false)]
    [InlineData("", false)]
    public void An_end_point_has_one_form(string endpoint, bool isValid)
    {
        Given.SkipUnlessLinux();
        Assert.Equal(isValid, LinuxControlSocket.IsValid(endpoint));
    }

    [SkippableFact]
    public void The_socket_is_its_owners_alone_and_leaves_nothing()
    {
        Given.SkipUnlessLinux();
        using TestChannel channel = new();
        string folder = LinuxGiven.FolderOf(channel.Name);
        string path = Path.Combine(folder, "control");
        using (LinuxControlSocket first = LinuxControlSocket.Listen(folder))
        {
            Assert.Equal(path, first.Endpoint);
            Assert.Equal("600", LinuxGiven.ModeOf(path));
            Assert.Equal(0, LinuxControlSocket.TryConnect(path, Me, out DescriptorHandle? connection));
            connection!.Dispose();

            // Another one takes its place, as a publisher does that takes over; the first one does not remove what is not its own.
            using LinuxControlSocket second = LinuxControlSocket.Listen(folder);
            first.Dispose();
            Assert.Equal(0, LinuxControlSocket.TryConnect(path, Me, out connection));
            connection!.Dispose();
        }

        Assert.False(File.Exists(path));
        Assert.Equal(Errno.ENOENT, LinuxControlSocket.TryConnect(path, Me, out _));
    }

    [SkippableFact]
    public void A_socket_without_listener_refuses_at_once()
    {
        Given.SkipUnlessLinux();
        using TestChannel channel = new();
        string path = LinuxGiven.PartOf(channel.Name, "control");
        using Socket deaf = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        deaf.Bind(new UnixDomainSocketEndPoint(path));
        Assert.Equal(Errno.ECONNREFUSED, LinuxControlSocket.TryConnect(path, Me, out _));
    }

    [SkippableFact]
    public void The_folder_must_be_the_owners_of_what_names_it()
    {
        Given.SkipUnlessLinux();
        using TestChannel channel = new();
        string folder = LinuxGiven.FolderOf(channel.Name);
        using LinuxControlSocket socket = LinuxControlSocket.Listen(folder);
        string stranger = (Libc.GetEffectiveUserId() + 1).ToString(CultureInfo.InvariantCulture);
        Assert.Equal(WinMmfErrorId.ForeignOwner, Given.ErrorOf(() => LinuxControlSocket.TryConnect(socket.Endpoint, stranger, out _)));
        Assert.Equal(WinMmfErrorId.ForeignOwner, Given.ErrorOf(() => LinuxControlSocket.TryConnect(socket.Endpoint, "", out _)));
    }

    [SkippableFact]
    public void Nothing_is_said_to_a_listener_of_another_account()
    {
        Given.SkipUnlessRoot();
        using TestChannel channel = new();
        string path = LinuxGiven.PartOf(channel.Name, "control");
        string place = "/dev/shm/" + Given.NewName().Name;
        using Peer stranger = LinuxGiven.StartAsOther();
        stranger.Must("listen", "l", place);
        File.Move(place, path);
        try
        {
            Assert.Equal(WinMmfErrorId.ForeignOwner, Given.ErrorOf(() => LinuxControlSocket.TryConnect(path, Me, out _)));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [SkippableFact]
    public void An_end_point_outside_the_channels_own_folder_is_not_followed()
    {
        Given.SkipUnlessLinux();
        using TestChannel other = new();
        string elsewhere = LinuxGiven.PartOf(other.Name, "control");
        SharedName name = Given.NewName();
        using FrameWriter writer = FrameWriter.Create(new FrameChannelOptions(name) { OpenControlPipe = _ => elsewhere });
        using FrameReader reader = FrameReader.Open(name.Name, name.Scope);
        Assert.Equal("", reader.Inspect().ControlEndpoint);
    }

    [SkippableFact]
    public void A_channel_that_is_made_anew_gets_a_pipe_in_its_new_folder()
    {
        Given.SkipUnlessLinux();
        SharedName name = Given.NewName();
        string? last = null;
        using FrameWriter writer = FrameWriter.Create(new FrameChannelOptions(name)
        {
            OpenControlPipe = folder => last = folder + "/control",
        });
        string before = last!;
        File.Delete(LinuxGiven.PathOf(name));
        Assert.True(SpinWait.SpinUntil(() => File.Exists(LinuxGiven.PathOf(name)), TimeSpan.FromSeconds(60)));
        Assert.NotEqual(before, last);
        Assert.Equal(LinuxGiven.PartOf(name, "control"), last);
        using FrameReader reader = FrameReader.Open(name.Name, name.Scope);
        Assert.Equal(last, reader.Inspect().ControlEndpoint);
    }
}
