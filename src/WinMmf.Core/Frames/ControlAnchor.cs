using System.Threading;
using WinMmf.Errors;
using WinMmf.Layouts;
using WinMmf.Names;
using WinMmf.Platform;

namespace WinMmf.Frames;

/// <summary>The frozen first 64 bytes of a control section (<c>docs/protocol.md</c> section 2.1).</summary>
internal static unsafe class ControlAnchor
{
    private const int PollMilliseconds = 5;
    private const int StartingLimitMilliseconds = 2000;

    /// <summary>True if a section begins like a frame channel's control section. For a look from outside: never waits, never throws.</summary>
    public static bool IsPresent(SharedSection section) =>
        section.IsWhole() && ControlLayout.IsControl(section.Address, section.Size);

    /// <summary>Writes the anchor of a new section; the magic last, so that nobody takes a half-made section for a finished one.</summary>
    public static void Write(SharedSection control)
    {
        byte* c = control.Address;
        *(uint*)(c + ControlLayout.KindOffset) = ControlLayout.Kind;
        *(uint*)(c + ControlLayout.VersionOffset) = ProtocolVersion.Word;
        *(uint*)(c + ControlLayout.SizeOffset) = ControlLayout.Size;
        *(uint*)(c + ControlLayout.AnchorSizeOffset) = ControlLayout.AnchorSize;

        // Release. Partner: the acquiring read of the magic in Check.
        Volatile.Write(ref *(uint*)(c + ControlLayout.MagicOffset), ControlLayout.Magic);
    }

    /// <summary>Waits until the creator has finished (Windows only: Linux shows finished files only), then checks the anchor.</summary>
    /// <exception cref="WinMmfException">NotReady, NotAChannel, Truncated, VersionMismatch, CorruptHeader.</exception>
    public static void Check(SharedSection control, SharedName name)
    {
        byte* c = control.Address;
        uint magic = ReadMagic(control, name);
        for (int waited = 0; magic == 0 && control.Size >= ControlLayout.Size; waited += PollMilliseconds)
        {
            if (waited >= StartingLimitMilliseconds)
            {
                // A plain memory whose lock is free reads 0 as well, and so does what a creator left that died.
                throw new WinMmfException(
                    WinMmfErrorId.NotAChannel,
                    $"{name} exists but is not a frame channel, or its creator died before it was finished. Get-SharedMemoryInfo shows what it is.");
            }

            Thread.Sleep(PollMilliseconds);
            magic = ReadMagic(control, name);
        }

        if (magic != ControlLayout.Magic)
            throw NotAChannel(name, $"it begins with 0x{magic:X8}");
        if (control.Size < ControlLayout.AnchorSize)
            throw TruncatedControl(name);
        uint kind = *(uint*)(c + ControlLayout.KindOffset);
        if (kind != ControlLayout.Kind)
            throw NotAChannel(name, $"it is of kind 0x{kind:X8}");

        uint version = *(uint*)(c + ControlLayout.VersionOffset);
        if (version >> 16 != ProtocolVersion.Major)
        {
            throw new WinMmfException(
                WinMmfErrorId.VersionMismatch,
                $"{name} speaks version {version >> 16}.{version & 0xFFFF} of the protocol, this program speaks {ProtocolVersion.Major}.{ProtocolVersion.Minor}. Use the same WinMmf release on both sides.");
        }

        uint size = *(uint*)(c + ControlLayout.SizeOffset);
        uint anchorSize = *(uint*)(c + ControlLayout.AnchorSizeOffset);
        if (size < ControlLayout.Size)
            throw Corrupt(name, $"its control size is {size}, at least {ControlLayout.Size} is possible");
        if (anchorSize != ControlLayout.AnchorSize)
            throw Corrupt(name, $"its anchor size is {anchorSize} instead of {ControlLayout.AnchorSize}");
        if (size > control.Size)
            throw TruncatedControl(name);
    }

    /// <summary>The error for a header that contradicts itself or the mapped size.</summary>
    public static WinMmfException Corrupt(SharedName name, string what) => new(
        WinMmfErrorId.CorruptHeader,
        $"The header of {name} is corrupt: {what}. Stop its publisher and its readers, then start the publisher again.");

    /// <summary>The error for a section that is, or became, too small.</summary>
    public static WinMmfException Truncated(SharedName name, string section) => new(
        WinMmfErrorId.Truncated,
        $"The {section} section of {name} is smaller than its header says, or was cut short while in use. Stop its readers, then start the publisher again.");

    private static WinMmfException TruncatedControl(SharedName name) => Truncated(name, "control");

    private static WinMmfException NotAChannel(SharedName name, string why) => new(
        WinMmfErrorId.NotAChannel,
        $"{name} exists but is not a frame channel: {why}. Get-SharedMemoryInfo shows what it is.");

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
