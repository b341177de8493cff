using System;
using System.IO.Pipes;
using System.Runtime.Versioning;
using System.Security.AccessControl;
using System.Security.Principal;
using WinMmf.Publisher.Platform.Windows;
using Xunit;

namespace WinMmf.Publisher.Tests;

[SupportedOSPlatform("windows")]
public sealed class WindowsControlEndpointTests
{
    [SkippableFact]
    public void The_pipe_is_its_owners_and_administrators_alone()
    {
        Skip.IfNot(OperatingSystem.IsWindows(), "Named pipes with access lists exist on Windows only.");
        using WindowsControlEndpoint endpoint = new();
        using NamedPipeServerStream pipe = endpoint.Listen();
        using WindowsIdentity current = WindowsIdentity.GetCurrent();
        string list = pipe.GetAccessControl().GetSecurityDescriptorSddlForm(AccessControlSections.Access);
        RawSecurityDescriptor descriptor = new(list);
        Assert.Equal(3, descriptor.DiscretionaryAcl!.Count);
        SecurityIdentifier[] expected = [current.User!, new(WellKnownSidType.LocalSystemSid, null), new(WellKnownSidType.BuiltinAdministratorsSid, null)];
        foreach (GenericAce entry in descriptor.DiscretionaryAcl)
        {
            CommonAce plain = Assert.IsType<CommonAce>(entry);
            Assert.Equal(AceQualifier.AccessAllowed, plain.AceQualifier);
            Assert.Contains(plain.SecurityIdentifier, expected);
            Assert.Equal(0x1F01FF, plain.AccessMask);
        }
    }
}
