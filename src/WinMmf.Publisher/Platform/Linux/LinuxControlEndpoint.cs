using System;
using System.Globalization;
using System.IO;
using System.IO.Pipes;
using System.Net.Sockets;
using WinMmf.Errors;
using WinMmf.Platform.Linux.Native;

namespace WinMmf.Publisher.Platform.Linux;

/// <summary>
/// A socket in a folder that only this account may enter. The folder stands in <c>/dev/shm</c> because the socket's life is that of the
/// channel; its name can be no channel's, since those begin with <c>winmmf-UID.</c>.
/// </summary>
internal sealed class LinuxControlEndpoint : IControlEndpoint
{
    private const int OwnerOnly = 0b111_000_000;

    private LinuxControlEndpoint(string name) => Name = name;

    public string Name { get; }

    /// <summary>Makes the folder if needed, clears what dead publishers left there, and chooses a free name.</summary>
    public static LinuxControlEndpoint Create()
    {
        string folder = string.Create(CultureInfo.InvariantCulture, $"/dev/shm/winmmf-control-{Libc.GetEffectiveUserId()}");
        EnsureFolder(folder);
        ClearLeftovers(folder);
        for (int i = 0; ; i++)
        {
            // A process of another pid namespace may have the same number.
            string suffix = i == 0 ? "" : "-" + i.ToString(CultureInfo.InvariantCulture);
            string path = string.Create(CultureInfo.InvariantCulture, $"{folder}/{Environment.ProcessId}{suffix}.sock");
            if (!File.Exists(path))
                return new LinuxControlEndpoint(path);
        }
    }

    public NamedPipeServerStream Listen() =>
        new(Name, PipeDirection.InOut, NamedPipeServerStream.MaxAllowedServerInstances, PipeTransmissionMode.Byte,
            PipeOptions.Asynchronous);

    public void Dispose() => File.Delete(Name);

    private static void EnsureFolder(string folder)
    {
        int error = Libc.MakeDirectory(folder, OwnerOnly);
        if (error == 0)
            return;
        if (error != Errno.EEXIST)
            throw new WinMmfException(WinMmfErrorId.SystemError,
                $"The folder {folder} for the control pipe could not be made: {Libc.DescribeError(error)}. Check /dev/shm.", error);

        // Another account may have made that name in /dev/shm before: a link, or a folder that it can enter.
        bool isOurs = Libc.GetStatus(folder, follow: false, out FileStatus status) == 0
            && status.IsDirectory && status.UserId == Libc.GetEffectiveUserId() && status.Permissions == OwnerOnly;
        if (!isOurs)
            throw new WinMmfException(WinMmfErrorId.AccessDenied,
                $"{folder} exists and is no folder that only this account may enter, so no control pipe is opened there. Have it removed.");
    }

    private static void ClearLeftovers(string folder)
    {
        foreach (string path in Directory.EnumerateFiles(folder, "*.sock"))
        {
            // Connects instead of guessing from the pid: a refusal means that no process listens any more.
            using Socket probe = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) { Blocking = false };
            try
            {
                probe.Connect(new UnixDomainSocketEndPoint(path));
            }
            catch (SocketException e) when (e.SocketErrorCode == SocketError.ConnectionRefused)
            {
                File.Delete(path);
            }
            catch (SocketException)
            {
                // Busy is alive.
            }
        }
    }
}
