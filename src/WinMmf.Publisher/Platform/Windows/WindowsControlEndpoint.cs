using System;
using System.ComponentModel;
using System.IO;
using System.IO.Pipes;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Win32.SafeHandles;
using WinMmf.Errors;
using WinMmf.Management.Platform.Windows;
using WinMmf.Platform.Windows;
using WinMmf.Platform.Windows.Native;
using WinMmf.Security;

namespace WinMmf.Publisher.Platform.Windows;

/// <summary>
/// A named pipe with the owner of the channel, and with the list and label of objects that only the owner may use (protocol 9.4). The first
/// instance is the pipe's first, so no other process can precede it; .NET cannot refuse clients of other machines, so instances are made
/// here.
/// </summary>
[SupportedOSPlatform("windows")]
internal sealed class WindowsControlEndpoint : IControlEndpoint
{
    private const uint Duplex = 3;
    private const uint FirstInstance = 0x0008_0000;
    private const uint Overlapped = 0x4000_0000;
    private const uint BytesFromThisMachine = 0x8;
    private const uint Unlimited = 255;
    private const uint BufferBytes = 4096;
    private readonly WindowsSecurityDescriptor _descriptor;
    private NamedPipeServerStream? _waiting;

    /// <param name="access">The channel's, for its owner.</param>
    /// <exception cref="IOException">The system refuses every name.</exception>
    public WindowsControlEndpoint(AccessPolicy access)
    {
        _descriptor = WindowsSecurityDescriptor.For(ObjectKind.ControlPipe, OwnersPart(access));
        Name = WindowsPipeName.Make(isProtected: true);
        SafePipeHandle? handle = MayProtect() ? TryMake(Name, FirstInstance, out _) : null;
        if (handle is null)
        {
            // No administrator, or a service that is none; the name cannot be guessed.
            Name = WindowsPipeName.Make(isProtected: false);
            handle = TryMake(Name, FirstInstance, out int error);
            if (handle is null)
            {
                _descriptor.Dispose();
                throw Refused(error);
            }
        }

        _waiting = Wrap(handle);
    }

    public string Name { get; }

    public async Task<Stream> AcceptAsync(CancellationToken cancellationToken)
    {
        NamedPipeServerStream pipe = Interlocked.Exchange(ref _waiting, null)
            ?? Wrap(TryMake(Name, 0, out int error) ?? throw Refused(error));
        bool isConnected = false;
        try
        {
            await pipe.WaitForConnectionAsync(cancellationToken).ConfigureAwait(false);
            isConnected = true;
            return pipe;
        }
        finally
        {
            // The next instance before this one can be closed: with none at all the name would be free for another process to take, and a
            // waiting client would get an error that the pipe is gone.
            if (!cancellationToken.IsCancellationRequested && TryMake(Name, 0, out _) is SafePipeHandle next)
                _waiting = Wrap(next);
            if (!isConnected)
                await pipe.DisposeAsync().ConfigureAwait(false);
        }
    }

    public void Dispose()
    {
        // The pipe disappears with its last instance.
        Interlocked.Exchange(ref _waiting, null)?.Dispose();
        _descriptor.Dispose();
    }

    /// <summary>Readers have nothing to do with the pipe. What is wrong with a descriptor the channel's own objects will say.</summary>
    private static AccessPolicy OwnersPart(AccessPolicy access)
    {
        try
        {
            return access.Sddl is not null && WindowsSecurityDescriptor.Read(access.Sddl).Owner.Length > 0 ? access : AccessPolicy.Private;
        }
        catch (WinMmfException)
        {
            return AccessPolicy.Private;
        }
    }

    private static bool MayProtect() =>
        WindowsAccount.CurrentLevel() >= WindowsLabel.System || WindowsMembership.Current(null).IsGranted(WindowsAccount.AdministratorsSid);

    private static NamedPipeServerStream Wrap(SafePipeHandle handle) => new(PipeDirection.InOut, isAsync: true, isConnected: false, handle);

    private static IOException Refused(int error) =>
        new($"Windows refuses a control pipe: {new Win32Exception(error).Message.TrimEnd('.', ' ')} (error {error}).");

    private SafePipeHandle? TryMake(string name, uint flags, out int error)
    {
        SecurityAttributes attributes = _descriptor.Attributes;
        SafePipeHandle handle = Kernel32.CreateNamedPipeW(WindowsPipeName.PathOf(name), Duplex | Overlapped | flags, BytesFromThisMachine,
            Unlimited, BufferBytes, BufferBytes, 0, in attributes);
        error = Marshal.GetLastPInvokeError();
        if (!handle.IsInvalid)
            return handle;
        handle.Dispose();
        return null;
    }
}
