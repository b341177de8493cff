using System.Globalization;
using System.IO;
using Microsoft.Win32.SafeHandles;
using WinMmf.Platform.Linux;
using WinMmf.Platform.Linux.Native;

namespace WinMmf.Management.Platform.Linux;

/// <summary>
/// A path leads to the account's own file if no other account can change any part of it. Where others can, as in /tmp, no part may be a
/// link, hard links included: by those another account gives a file of ours a name that we were told.
/// </summary>
internal sealed class LinuxOwnFiles : IOwnFiles
{
    private const int OwnerOnly = 0x180;
    private readonly IProgramTrust _trust;

    public LinuxOwnFiles(IProgramTrust trust) => _trust = trust;

    /// <inheritdoc/>
    public FileStream Open(string path)
    {
        if (!TrustedProgram.IsFullPath(path))
            throw new IOException("it is no full path.");
        bool mayHaveLinks = _trust.FindWriter(path) is null;

        // Without waiting for the other end of a pipe; and the last part is no symbolic link in any case.
        int error = Libc.Open(path, Libc.ReadOnly, 0, out DescriptorHandle descriptor);
        using (descriptor)
        {
            if (error != 0)
                throw new IOException(Libc.DescribeError(error) + ".");
            if (Libc.GetStatus(descriptor, out FileStatus status) != 0 || !status.IsRegularFile)
                throw new IOException("it is no file.");
            if (!LinuxUsers.IsCaller(status.UserId))
                throw new IOException("it belongs to another account.");
            string number = descriptor.DangerousGetHandle().ToInt64().ToString(CultureInfo.InvariantCulture);
            if (!mayHaveLinks && (status.Links != 1 || Libc.ReadLink("/proc/self/fd/" + number) != path))
                throw new IOException("another account can make its path lead elsewhere, and it goes by a link.");
            return Give(descriptor, FileAccess.Read);
        }
    }

    /// <inheritdoc/>
    public FileStream Create(string path)
    {
        int error = Libc.Open(path, Libc.ReadWrite | Libc.Create | Libc.Exclusive, OwnerOnly, out DescriptorHandle descriptor);
        using (descriptor)
            return error == 0 ? Give(descriptor, FileAccess.ReadWrite) : throw new IOException(Libc.DescribeError(error) + ".");
    }

    private static FileStream Give(DescriptorHandle descriptor, FileAccess access)
    {
        SafeFileHandle handle = new(descriptor.DangerousGetHandle(), ownsHandle: true);
        descriptor.SetHandleAsInvalid();
        return new FileStream(handle, access);
    }
}
