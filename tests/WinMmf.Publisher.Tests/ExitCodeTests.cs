using System;
using System.Globalization;
using System.Linq;
using WinMmf.Errors;
using Xunit;

namespace WinMmf.Publisher.Tests;

public sealed class ExitCodeTests
{
    /// <summary>Scripts rely on these; all other failures are 1.</summary>
    public static TheoryData<int, string> Codes { get; } = new()
    {
        {
            2,
            "InvalidName InvalidSize InvalidFormat InvalidArgument InvalidAccess LocalIsPrivate UnknownAccount CameraAmbiguous "
                + "InvalidConfiguration"
        },
        { 3, "AlreadyExists ChannelInUse FileExists NotALeftover ConfigurationInUse" },
        { 4, "NotFound NotAChannel NotAMemory WrongObjectType ProgramNotFound FileNotFound CameraNotFound PublisherEnded NotKept" },
        {
            5,
            "AccessDenied ForeignOwner NotTrusted ProgramNotTrusted WrongOwner OwnerNotNamed ForeignChannel PrivilegeNotHeld "
                + "CreationDenied OwnerOnly PublisherDenied LabelDenied NotAMember"
        },
        {
            6,
            "OutOfSharedMemory LockedMemoryLimit SharedMemoryMissing OutOfLargePages LargePagesUnavailable OutOfAddressSpace"
        },
        { 7, "PublisherUnreachable" },
        { 8, "SourceUnreachable SourceBusy NoBandwidth" },
    };

    [Theory]
    [MemberData(nameof(Codes))]
    public void A_failure_has_its_code(int code, string ids) => Assert.Equal(
        ids.Split(' ').Order(StringComparer.Ordinal),
        Enum.GetValues<WinMmfErrorId>()
            .Where(id => ExitCode.Of(id) == code)
            .Select(static id => id.ToString())
            .Order(StringComparer.Ordinal));

    [Fact]
    public void Every_failure_has_a_code_that_help_explains()
    {
        foreach (WinMmfErrorId id in Enum.GetValues<WinMmfErrorId>())
        {
            int code = ExitCode.Of(id);
            Assert.NotEqual(0, code);
            Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"  {code}  "), ExitCode.Table, StringComparison.Ordinal);
        }
    }
}
