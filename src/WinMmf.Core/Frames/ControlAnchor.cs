using System.Threading;
using WinMmf.Errors;
using WinMmf.Layouts;
using WinMmf.Names;
using WinMmf.Platform;

namespace WinMmf.Frames;

/// <summary>The anchor of a control section, checked as a reader must (<c>docs/protocol.md</c> 1.5, 2.1).</summary>
internal static unsafe class ControlAnchor
{
    private const int PollMilliseconds = 5;
    private const int StartingLimitMilliseconds = 2000;

    /// <summary>
    /// True if a section begins like a frame channel's control section. For a look from outside: never waits, never throws.
    /// </summary>
    public static bool IsPresent(SharedSection section) => section.IsWhole() && SectionAnchor.IsControl(section.Address, section.Size);

    /// <summary>Waits until the creator has finished (Windows only: Linux shows finished files only), then checks the anchor.</summary>
    /// <exception cref="WinMmfException">NotReady, NotAChannel, Truncated, VersionMismatch, CorruptHeader, NotTrusted.</exception>
    public static void Check(SharedSection control, SharedName name)
    {
        uint magic = ReadMagic(control, name);
        for (int waited = 0; magic == 0 && control.IsLive && control.Size >= ControlLayout.Size; waited += PollMilliseconds)
        {
            if (waited >= StartingLimitMilliseconds)
            {
                // A plain memory whose lock is free reads 0 as well, and so does what a creator left that died.
                throw new WinMmfException(
                    WinMmfErrorId.NotAChannel,
                    $"{name} exists but is not a frame channel, or its creator died before it was finished.",
                    name.ToFacts());
            }

            Thread.Sleep(PollMilliseconds);
            magic = ReadMagic(control, name);
        }

        if (magic != AnchorLayout.Magic)
            throw NotAChannel(name, $"it begins with 0x{magic:X8}");
        if (control.Size < AnchorLayout.Size)
            throw TruncatedControl(name);
        SectionAnchor.TryReadMapped(control.Address, control.Size, out SectionAnchor anchor);
        if (anchor.Kind != SectionKind.Control)
            throw NotAChannel(name, $"it is of kind 0x{(uint)anchor.Kind:X8}");
        if (anchor.Version >> 16 != ProtocolVersion.SpokenMajor)
        {
            throw new WinMmfException(
                WinMmfErrorId.VersionMismatch,
                $"{name} speaks version {ProtocolVersion.Describe(anchor.Version)} of the protocol, "
                    + $"this program speaks {ProtocolVersion.Describe(ProtocolVersion.Word)}.",
                name.ToFacts());
        }

        if (anchor.StructureSize < ControlLayout.Size)
            throw Corrupt(name, $"its control size is {anchor.StructureSize}, at least {ControlLayout.Size} is possible");
        if (anchor.AnchorSize != AnchorLayout.Size)
            throw Corrupt(name, $"its anchor size is {anchor.AnchorSize} instead of {AnchorLayout.Size}");
        if (anchor.StructureSize > control.Size)
            throw TruncatedControl(name);
        if (!anchor.Names(name))
            throw NotTrusted(name, "says that it bears another name: a program linked or copied it there");
        if (control.CanOthersWrite)
            throw NotTrusted(name, $"can be written by others than its owner {control.Owner}");
    }

    /// <summary>The error for a header that contradicts itself or the mapped size.</summary>
    public static WinMmfException Corrupt(SharedName name, string what) => new(
        WinMmfErrorId.CorruptHeader,
        $"The header of {name} is corrupt: {what}.",
        name.ToFacts());

    /// <summary>The error for a section that is, or became, too small.</summary>
    public static WinMmfException Truncated(SharedName name, string section) => new(
        WinMmfErrorId.Truncated,
        $"The {section} section of {name} is smaller than its header says, or was cut short while in use.",
        name.ToFacts() with { Kind = nameof(SharedMemoryKind.FrameChannel) });

    private static WinMmfException NotTrusted(SharedName name, string why) => new(
        WinMmfErrorId.NotTrusted,
        $"The channel {name} is not read: its control section {why}.",
        name.ToFacts());

    private static WinMmfException TruncatedControl(SharedName name) => Truncated(name, "control");

    private static WinMmfException NotAChannel(SharedName name, string why) => new(
        WinMmfErrorId.NotAChannel,
        $"{name} exists but is not a frame channel: {why}.",
        name.ToFacts());

    private static uint ReadMagic(SharedSection control, SharedName name)
    {
        if (control.Size < sizeof(uint))
            throw NotAChannel(name, $"it has only {control.Size} bytes");
        if (!control.IsWhole())
            throw TruncatedControl(name);

        // Acquire. Partner: the release in Write.
        return Volatile.Read(ref *(uint*)control.Address);
    }
}
