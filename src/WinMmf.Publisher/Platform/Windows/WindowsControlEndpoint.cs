using System;
using System.Globalization;
using System.IO.Pipes;
using System.Runtime.Versioning;
using System.Security.AccessControl;
using System.Security.Cryptography;
using WinMmf.Platform.Windows;
using WinMmf.Security;

namespace WinMmf.Publisher.Platform.Windows;

/// <summary>A named pipe with an access list of its own. The random part keeps others from having the name first.</summary>
[SupportedOSPlatform("windows")]
internal sealed class WindowsControlEndpoint : IControlEndpoint
{
    private readonly PipeSecurity _security = Restrict();

    public string Name { get; } = string.Create(
        CultureInfo.InvariantCulture,
        $"WinMmf.{Environment.ProcessId}.{Convert.ToHexString(RandomNumberGenerator.GetBytes(8))}");

    public NamedPipeServerStream Listen() => NamedPipeServerStreamAcl.Create(
        Name,
        PipeDirection.InOut,
        NamedPipeServerStream.MaxAllowedServerInstances,
        PipeTransmissionMode.Byte,
        PipeOptions.Asynchronous,
        inBufferSize: 4096,
        outBufferSize: 4096,
        _security);

    public void Dispose()
    {
        // The pipe goes with its last instance.
    }

    private static PipeSecurity Restrict()
    {
        // The same list as the channel's other objects that are the owner's alone.
        PipeSecurity security = new();
        security.SetSecurityDescriptorSddlForm(WindowsSecurityDescriptor.ToSddl(ObjectKind.ControlPipe, AccessPolicy.Private), AccessControlSections.Access);
        return security;
    }
}
