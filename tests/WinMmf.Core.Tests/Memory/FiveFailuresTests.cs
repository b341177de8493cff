using System;
using System.Globalization;
using System.IO;
using WinMmf.Errors;
using WinMmf.Frames;
using WinMmf.Layouts;
using WinMmf.Management.Catalogue;
using WinMmf.Memory;
using WinMmf.Names;
using WinMmf.Platform;
using WinMmf.Residency;
using WinMmf.Security;
using WinMmf.Tests.Platform;
using WinMmf.Time;
using Xunit;

namespace WinMmf.Tests.Memory;

/// <summary>
/// Privilege missing, denied by the access list, smaller than its header says, another type of object, not there: five
/// failures that administrators mend in five ways, so they must stay apart.
/// </summary>
public sealed class FiveFailuresTests
{
    private const int FileNotFound = 2;

    [Fact]
    public void What_is_not_there_is_not_found_with_the_systems_code()
    {
        string name = Given.NewName().Name;
        foreach (Action open in Opens(name))
            Expect(WinMmfErrorId.NotFound, FileNotFound, open);
    }

    [SkippableTheory]
    [InlineData("directory", "a directory", 21)]
    [InlineData("pipe", "a pipe", 6)]
    [InlineData("link", "a symbolic link", 40)]
    public void What_is_no_file_is_of_the_wrong_type(string kind, string expected, int code)
    {
        Given.SkipUnlessLinux();
        SharedName name = Given.NewName();
        string path = LinuxGiven.PathOf(name);
        switch (kind)
        {
            case "directory":
                Directory.CreateDirectory(path);
                break;
            case "pipe":
                Assert.NotNull(LinuxGiven.Run("mkfifo", path));
                break;
            default:
                File.CreateSymbolicLink(path, "/etc/hostname");
                break;
        }

        try
        {
            foreach (Action open in Opens(name.Name))
                Assert.Contains(expected, Expect(WinMmfErrorId.WrongObjectType, code, open).Message, StringComparison.Ordinal);
            foreach (Action create in Creates(name))
                Assert.Contains(expected, Expect(WinMmfErrorId.WrongObjectType, null, create).Message, StringComparison.Ordinal);
            Assert.Equal(WinMmfErrorId.WrongObjectType, SharedMemoryCatalogue.Look(name)?.Error?.ErrorId);
        }
        finally
        {
            LinuxGiven.Run("rm", "-r", "--", path);
        }
    }

    [Fact]
    public void A_memory_that_is_smaller_than_its_creator_says_is_too_small()
    {
        SharedName name = Given.NewName();
        MemorySections sections = Given.Platform.Memories.Create(
            name,
            4096,
            ObjectKind.LockedMemory,
            AccessPolicy.Private,
            (_, companion, _) =>
                MemoryOrigin.Write(companion, Given.Platform.Processes.Current, MonotonicClock.UnixNow, "somebody", 1_000_000, default, ""),
            MemoryResidency.None);
        using SharedSection memory = sections.Memory;
        using SharedSection its = sections.Companion;

        WinMmfException e = Assert.Throws<WinMmfException>(() => NamedMemory.Open(name.Name, name.Scope));

        Assert.Equal(WinMmfErrorId.Truncated, e.ErrorId);
        Assert.Contains("1000000", e.Message, StringComparison.Ordinal);
        Assert.Equal(WinMmfErrorId.Truncated, SharedMemoryCatalogue.Look(name)?.Error?.ErrorId);
    }

    [Fact]
    public unsafe void A_channel_that_is_smaller_than_its_header_says_is_too_small()
    {
        SharedName name = Given.NewName();
        using SharedSection control = Given.Platform.Sections.Create(
            name,
            ControlLayout.Size,
            ObjectKind.PublisherSection,
            AccessPolicy.Private,
            section => SectionAnchor.Write(section.Address, SectionKind.Control, 1 << 20, name, FolderTie.None));

        Assert.Equal(WinMmfErrorId.Truncated, Given.ErrorOf(() => FrameReader.Open(name.Name, name.Scope)));
    }

    [SkippableFact]
    public void Whom_the_mode_does_not_let_in_is_denied()
    {
        using Peer other = LinuxGiven.StartAsOther();
        SharedName name = Given.NewName(NameScope.Global);
        using NamedMemory memory = NamedMemory.Create(name, 100);

        string[] answer = other.Ask("memory", "m", name.Name, name.Scope);

        Assert.Equal(("error", nameof(WinMmfErrorId.AccessDenied)), (answer[0], answer[1]));
        Assert.Contains("root", string.Join(' ', answer), StringComparison.Ordinal);
        Assert.Contains("mode 0600", string.Join(' ', answer), StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData("0", WinMmfErrorId.PrivilegeNotHeld, 1)]
    [InlineData("65536", WinMmfErrorId.LockedMemoryLimit, 12)]
    public void A_missing_right_to_lock_memory_and_its_limit_are_told_apart(string limit, WinMmfErrorId expected, int code)
    {
        Given.SkipUnlessRoot();
        using Peer peer = LinuxGiven.StartAsOtherBy("prlimit", "--memlock=" + limit + ":" + limit);
        SharedName name = Given.NewName();

        string[] answer = peer.Ask("new-memory", "m", name.Name, name.Scope, 1_000_000, "Locked");

        Assert.Equal(("error", expected.ToString()), (answer[0], answer[1]));
        Assert.Equal(code.ToString(CultureInfo.InvariantCulture), answer[2]);

        // Refused means that nothing is left of it.
        Assert.Empty(LinuxGiven.FilesOf(name));
        peer.Must("new-memory", "m", name.Name, name.Scope, 1_000_000);
    }

    internal static Action[] Opens(string name) =>
    [
        () => NamedMemory.Open(name, NameScope.Local, writable: true).Dispose(),
        () => NamedMemory.Open(name, NameScope.Local, writable: false).Dispose(),
        () => FrameReader.Open(name, NameScope.Local).Dispose(),
    ];

    internal static Action[] Creates(SharedName name) =>
    [
        () => NamedMemory.Create(name, 100).Dispose(),
        () => FrameWriter.Create(new FrameChannelOptions(name)).Dispose(),
    ];

    internal static WinMmfException Expect(WinMmfErrorId id, int? code, Action action)
    {
        WinMmfException e = Assert.Throws<WinMmfException>(action);
        Assert.Equal(id, e.ErrorId);
        if (code is int wanted)
            Assert.Equal(wanted, e.NativeErrorCode);
        return e;
    }
}
