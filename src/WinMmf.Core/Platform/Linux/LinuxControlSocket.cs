using System;
using System.Globalization;
using System.Text.RegularExpressions;
using WinMmf.Errors;
using WinMmf.Layouts;
using WinMmf.Platform.Linux.Native;

namespace WinMmf.Platform.Linux;

/// <summary>The socket of a control pipe, <c>control</c> in the folder of a channel or memory (protocol 9.2, 9.3).</summary>
internal sealed class LinuxControlSocket : IDisposable
{
    private const int Backlog = 64;

    /// <summary>Read and write for the owner, nothing for others.</summary>
    private const int OwnersAlone = 0x180;
    private static readonly Regex Form = new(
        "^" + LinuxPlatform.SharedMemoryDirectory + "/(winmmf-[^/]+)/" + LinuxFolder.ControlSocket + @"\z", RegexOptions.CultureInvariant);

    private readonly LinuxFolder _folder;
    private readonly FileStatus _status;

    private LinuxControlSocket(LinuxFolder folder, DescriptorHandle descriptor, in FileStatus status)
    {
        _folder = folder;
        _status = status;
        Descriptor = descriptor;
    }

    /// <summary>The listening socket. Who takes it closes it.</summary>
    public DescriptorHandle Descriptor { get; }

    /// <summary>The end point that clients connect to.</summary>
    public string Endpoint => _folder.PathOf(LinuxFolder.ControlSocket);

    /// <summary>Listens in a folder of this account whose <c>owner</c> this process has locked: what is there is a dead one's.</summary>
    /// <exception cref="WinMmfException">SystemError.</exception>
    public static LinuxControlSocket Listen(string path)
    {
        int slash = path.LastIndexOf('/');
        LinuxFolder folder = (LinuxFolder.TryParse(path.Substring(slash + 1), out FolderTie tie)
            ? LinuxFolder.TryOpen(new LinuxDirectory(path.Substring(0, slash)), tie, Libc.GetEffectiveUserId())
            : null) ?? throw Refused(path, Errno.ENOENT);
        int error = Libc.CreateSocket(Libc.StreamSocket, out DescriptorHandle socket);
        if (error == 0)
        {
            folder.Remove(LinuxFolder.ControlSocket);
            error = LinuxSocketPath.Bind(socket, folder, LinuxFolder.ControlSocket);
        }

        // Access before listening: until then no client can connect.
        if (error == 0)
            error = Libc.ChangeMode(folder.Descriptor, LinuxFolder.ControlSocket, OwnersAlone);
        FileStatus status = default;
        if (error == 0)
            error = folder.GetStatus(LinuxFolder.ControlSocket, out status);
        if (error == 0)
            error = Libc.Listen(socket, Backlog);
        if (error == 0)
            return new LinuxControlSocket(folder, socket, in status);
        socket.Dispose();
        folder.Dispose();
        throw Refused(path, error);
    }

    /// <summary>True if an end point has the only form that there is, and a folder's name in it.</summary>
    public static bool IsValid(string endpoint) => TryParse(endpoint, out _);

    /// <summary>Connects to an end point; 0 or an errno, EAGAIN if too many wait there already.</summary>
    /// <param name="endpoint">An end point of the valid form.</param>
    /// <param name="owner">The account that owns what names the end point: the folder must be its, and it must be what listens.</param>
    /// <param name="connection">The connection; null if there is none.</param>
    /// <exception cref="WinMmfException">ForeignOwner: another account listens.</exception>
    public static int TryConnect(string endpoint, string owner, out DescriptorHandle? connection)
    {
        connection = null;
        if (!TryParse(endpoint, out FolderTie tie))
            return Errno.ENOENT;
        if (!uint.TryParse(owner, NumberStyles.None, CultureInfo.InvariantCulture, out uint user) || !LinuxUsers.IsSame(user, tie.UserId))
            throw LinuxError.ForeignPipe(endpoint, tie.UserId);
        using LinuxFolder? folder = LinuxFolder.TryOpen(new LinuxDirectory(LinuxPlatform.SharedMemoryDirectory), tie, user);
        if (folder is null)
            return Errno.ENOENT;
        int error = Libc.CreateSocket(Libc.StreamSocket, out DescriptorHandle socket);
        bool keep = false;
        try
        {
            if (error == 0)
                error = LinuxSocketPath.Connect(socket, folder, LinuxFolder.ControlSocket);
            PeerCredentials peer = default;
            if (error == 0)
                error = Libc.GetPeer(socket, out peer);
            if (error != 0)
                return error;
            if (!LinuxUsers.IsSame(peer.UserId, user))
                throw LinuxError.ForeignPipe(endpoint, peer.UserId);
            keep = true;
            connection = socket;
            return 0;
        }
        finally
        {
            if (!keep)
                socket.Dispose();
        }
    }

    /// <summary>Removes the socket from its folder, if it still is the one there.</summary>
    public void Dispose()
    {
        if (_folder.Descriptor.IsClosed)
            return;
        if (_folder.GetStatus(LinuxFolder.ControlSocket, out FileStatus now) == 0 && now.IsSameFile(in _status))
            _folder.Remove(LinuxFolder.ControlSocket);
        Descriptor.Dispose();
        _folder.Dispose();
    }

    private static bool TryParse(string endpoint, out FolderTie tie)
    {
        Match match = Form.Match(endpoint);
        tie = FolderTie.None;

        // "$" also matches before a line feed at the end.
        return match.Success && match.Length == endpoint.Length && LinuxFolder.TryParse(match.Groups[1].Value, out tie);
    }

    private static WinMmfException Refused(string folder, int error) =>
        LinuxError.System($"Opening the control pipe in {folder}", error);
}
