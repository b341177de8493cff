using System;
using System.IO;
using System.IO.Pipes;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Security.AccessControl;
using System.Security.Principal;
using System.Threading;
using System.Threading.Tasks;
using WinMmf.Errors;
using WinMmf.Management.Control;
using WinMmf.Publisher.Platform.Windows;
using WinMmf.Security;
using Xunit;

namespace WinMmf.Publisher.Tests;

[SupportedOSPlatform("windows")]
public sealed class WindowsControlEndpointTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public WindowsControlEndpointTests() => Skip.IfNot(OperatingSystem.IsWindows(), "Named pipes with access lists exist on Windows only.");

    private static string Me
    {
        get
        {
            using WindowsIdentity current = WindowsIdentity.GetCurrent();
            return current.User!.Value;
        }
    }

    [SkippableFact]
    public async Task The_pipe_is_its_owners_and_administrators_alone()
    {
        using WindowsControlEndpoint endpoint = new(AccessPolicy.Private);
        using NamedPipeClientStream client = new(".", endpoint.Name, PipeDirection.InOut, PipeOptions.Asynchronous);
        Task<Stream> accepted = endpoint.AcceptAsync(CancellationToken.None);
        await client.ConnectAsync((int)Patience.TotalMilliseconds);
        using NamedPipeServerStream pipe = (NamedPipeServerStream)await accepted.WaitAsync(Patience);
        PipeSecurity security = pipe.GetAccessControl();
        RawSecurityDescriptor descriptor = new(security.GetSecurityDescriptorSddlForm(AccessControlSections.Access));
        Assert.Equal(3, descriptor.DiscretionaryAcl!.Count);
        SecurityIdentifier[] expected =
            [new(Me), new(WellKnownSidType.LocalSystemSid, null), new(WellKnownSidType.BuiltinAdministratorsSid, null)];
        foreach (GenericAce entry in descriptor.DiscretionaryAcl)
        {
            CommonAce plain = Assert.IsType<CommonAce>(entry);
            Assert.Equal(AceQualifier.AccessAllowed, plain.AceQualifier);
            Assert.Contains(plain.SecurityIdentifier, expected);
            Assert.Equal(0x1F01FF, plain.AccessMask);
        }

        Assert.Equal(Me, security.GetOwner(typeof(SecurityIdentifier))!.Value);
    }

    [SkippableFact]
    public void An_administrators_pipe_has_a_name_that_only_administrators_can_make()
    {
        using WindowsIdentity current = WindowsIdentity.GetCurrent();
        using WindowsControlEndpoint endpoint = new(AccessPolicy.Private);
        bool isAdministrator = new WindowsPrincipal(current).IsInRole(WindowsBuiltInRole.Administrator);
        Assert.Equal(isAdministrator, endpoint.Name.StartsWith(@"ProtectedPrefix\Administrators\winmmf-", StringComparison.Ordinal));
        Assert.Equal(!isAdministrator, endpoint.Name.StartsWith("winmmf-", StringComparison.Ordinal));
    }

    [SkippableFact]
    public async Task A_pipe_of_another_owner_is_not_spoken_to()
    {
        // Wine lets any account create objects of any owner; on Windows the tests' account cannot.
        Skip.IfNot(IsWine, "Only Wine lets an account make objects that say they are another's.");
        using WindowsControlEndpoint endpoint = new(AccessPolicy.FromSddl("O:ANG:AND:P(A;;GA;;;WD)"));
        Task<int> heard = ReadAsync(endpoint);

        WinMmfException e = Assert.Throws<WinMmfException>(
            () => ControlClient.Send(endpoint.Name, Me, new ControlMessage(ControlClient.Status)));

        Assert.Equal(WinMmfErrorId.ForeignOwner, e.ErrorId);
        Assert.Contains("S-1-5-7", e.Message, StringComparison.Ordinal);
        Assert.Equal(0, await heard.WaitAsync(Patience));
    }

    [SkippableFact]
    public async Task A_section_whose_owner_is_not_told_vouches_for_no_pipe()
    {
        using WindowsControlEndpoint endpoint = new(AccessPolicy.Private);
        Task<int> heard = ReadAsync(endpoint);
        Assert.Equal(WinMmfErrorId.ForeignOwner,
            Assert.Throws<WinMmfException>(() => ControlClient.Send(endpoint.Name, "", new ControlMessage(ControlClient.Status))).ErrorId);
        Assert.Equal(0, await heard.WaitAsync(Patience));
    }

    [SkippableTheory]
    [InlineData(@"..\UNC\localhost\pipe\winmmf-0123456789abcdef")]
    [InlineData(@"..\..\C:\windows\win.ini")]
    public void An_end_point_that_leaves_the_pipes_is_not_opened(string endpoint) =>
        Assert.Equal(WinMmfErrorId.PublisherUnreachable,
            Assert.Throws<WinMmfException>(() => ControlClient.Send(endpoint, Me, new ControlMessage(ControlClient.Status))).ErrorId);

    [SkippableFact]
    [Trait("Category", "RealWindows")]
    public async Task The_server_cannot_act_as_its_client()
    {
        using WindowsControlEndpoint endpoint = new(AccessPolicy.Private);
        Task<WinMmfException> client = Task.Run(
            () => Assert.Throws<WinMmfException>(() => ControlClient.Send(endpoint.Name, Me, new ControlMessage(ControlClient.Status))));
        using NamedPipeServerStream pipe = (NamedPipeServerStream)await endpoint.AcceptAsync(CancellationToken.None).WaitAsync(Patience);
        byte[] some = new byte[1];
        Assert.Equal(1, await pipe.ReadAsync(some).AsTask().WaitAsync(Patience));
        TokenImpersonationLevel level = TokenImpersonationLevel.None;
        pipe.RunAsClient(() =>
        {
            using WindowsIdentity identity = WindowsIdentity.GetCurrent(ifImpersonating: true)!;
            level = identity.ImpersonationLevel;
        });
        Assert.Equal(TokenImpersonationLevel.Identification, level);
        pipe.Dispose();
        await client.WaitAsync(Patience);
    }

    private static bool IsWine { get; } = NativeLibrary.TryLoad("ntdll.dll", out IntPtr library)
        && NativeLibrary.TryGetExport(library, "wine_get_version", out _);

    private static async Task<int> ReadAsync(WindowsControlEndpoint endpoint)
    {
        using Stream pipe = await endpoint.AcceptAsync(CancellationToken.None);
        return await pipe.ReadAsync(new byte[16]);
    }
}
