using System;
using System.Buffers.Binary;
using System.IO;
using System.Text;
using WinMmf.Errors;
using WinMmf.Frames;
using WinMmf.Layouts;
using WinMmf.Locking;
using WinMmf.Management.Control;
using WinMmf.Management.Imaging;
using WinMmf.Management.Platform.Linux;
using WinMmf.Management.Platform.Windows;
using WinMmf.Management.Secrets;
using WinMmf.Memory;
using WinMmf.Names;
using WinMmf.Platform.Linux;
using WinMmf.Platform.Selection;
using WinMmf.Platform.Windows;
using WinMmf.Text;
using Xunit;
using Xunit.Abstractions;

namespace WinMmf.Capture.Tests.Fuzzing;

/// <summary>
/// Every parser of bytes that others write. It may refuse, by the errors that it names; it may not throw anything else, hang, or take for
/// possible what is not. About a minute in all; tests/fuzz/run gives more.
/// </summary>
[Trait("Category", "Long")]
public sealed unsafe class FuzzTests(ITestOutputHelper output)
{
    private static readonly SharedName Channel = new("cam1", NameScope.Local);
    private static readonly SharedName Box = new("box", NameScope.Global);

    [Fact]
    public void Control() => Report(new Fuzzer("control").Run(ParseControl, MendControl));

    [Fact]
    public void Pixels() => Report(new Fuzzer("pixels").Run(
        static bytes => Refusing(() => PixelsSection.TryUse(new BytesSection(bytes), Channel, 1)?.Dispose()),
        static bytes => MendAnchor(bytes, SectionKind.Pixels, Channel, 65_536)));

    [Fact]
    public void Companion() => Report(new Fuzzer("holders").Run(
        ParseCompanion, static bytes => MendAnchor(bytes, SectionKind.Holders, Box, HoldersLayout.Size)));

    [Fact]
    public void Messages() => Report(new Fuzzer("message").Run(static bytes =>
    {
        ControlMessage? message = null;
        Refusing(() => message = ControlMessage.Read(new MemoryStream(bytes)));
        if (message is null)
            return;

        // What was read says the same when it is written and read again.
        ControlMessage again = ControlMessage.Read(new MemoryStream(Encoding.UTF8.GetBytes(message.ToString())))!;
        Assert.Equal(message.Fields, again.Fields);
        _ = FailureMessage.TryRead(message, Redactor.Hide);
        Refusing(() => OpenCvReply.Parse(message.ToString()));
    }));

    [Fact]
    public void Ffprobe() => Report(new Fuzzer("ffprobe").Run(static bytes =>
    {
        if (VideoProperties.TryParse(Encoding.UTF8.GetString(bytes)) is VideoProperties video)
            Assert.True(video.Width > 0 && video.Height > 0 && video.FrameRate is >= 0 and < double.PositiveInfinity, video.ToString());
    }));

    [Fact]
    public void Jpeg() => Report(new Fuzzer("jpeg").Run(static bytes =>
    {
        _ = MotionJpeg.Complete(bytes);
        JpegSplitter splitter = new() { MaxPicture = 1 << 16 };
        for (int at = 0; at < bytes.Length;)
        {
            Span<byte> room = splitter.Room();
            int count = Math.Min(Math.Min(room.Length, bytes.Length - at), 997);
            bytes.AsSpan(at, count).CopyTo(room);
            splitter.Advance(count);
            at += count;
            while (splitter.TryTake(out ReadOnlySpan<byte> picture))
                Assert.True(picture.Length is > 3 and <= (1 << 16) + 997 && picture[0] == 0xFF && picture[1] == 0xD8);
        }
    }));

    [Fact]
    public void Mirror() => Report(new Fuzzer("mirror").Run(static bytes =>
    {
        if (MirrorMessage.Parse(Encoding.UTF8.GetString(bytes)) is not MirrorMessage message)
            return;
        Assert.True(message.ToCounts() is { Written: >= 0, Waited: >= 0 });
        Assert.NotNull(message.ToException().Message);
    }));

    [Fact]
    public void ProcessStatus() => Report(new Fuzzer("stat").Run(static bytes =>
    {
        string text = Encoding.UTF8.GetString(bytes);
        _ = LinuxProcessStat.TryParse(text, out _);
        _ = LinuxMemory.TryParse(text, out _);
    }));

    [Fact]
    public void Mappings() => Report(new Fuzzer("maps").Run(static bytes =>
        LinuxHolderFinder.IsMappingOf(Encoding.UTF8.GetString(bytes), "00:1c", "4242", out _)));

    [Fact]
    public void Distribution() => Report(new Fuzzer("release").Run(static bytes =>
    {
        string sentence = LinuxDistribution.HowToInstall("ffmpeg", Encoding.UTF8.GetString(bytes));
        Assert.False(ForeignText.HasUnfit(sentence), "text of the file reached a terminal");
    }));

    [Fact]
    public void Descriptors() => Report(new Fuzzer("descriptor").Run(
        static bytes => Refusing(() => _ = WindowsDescriptor.Parse(bytes).ToSddl())));

    [Fact]
    public void Names() => Report(new Fuzzer("name").Run(static bytes =>
    {
        string text = Encoding.UTF8.GetString(bytes);
        if (SharedName.FindFault(text) is null)
            Assert.False(ForeignText.HasUnfit(text) || text.Contains('/') || text.Contains('\\') || text is "." or "..", "no name");
        if (LinuxFolder.TryParse(text, out FolderTie tie))
            Assert.Equal(text, tie.FolderName);
        if (LinuxControlSocket.IsValid(text))
            Assert.Matches(@"^/dev/shm/winmmf-[0-9]+-[0-9a-f]{16}/control\z", text);
        if (WindowsPipeName.IsValid(text))
            Assert.Matches(@"^(ProtectedPrefix\\Administrators\\)?winmmf-[0-9a-f]{16}\z", text);
        Assert.False(ForeignText.HasUnfit(ForeignText.Clean(text)));
    }));

    [Fact]
    public void Words() => Report(new Fuzzer("words").Run(static bytes =>
    {
        string text = Encoding.UTF8.GetString(bytes);
        _ = FfmpegFault.Find(text);
        _ = FfmpegFault.Tidy(text);
        string hidden = Redactor.Hide("rtsp://ann:" + "s3cret" + "@camera/1 " + text);
        Assert.DoesNotContain("s3cret", hidden, StringComparison.Ordinal);
    }));

    private static void ParseControl(byte[] bytes)
    {
        using BytesSection section = new(bytes);
        ControlDescription? description = null;
        Refusing(() =>
        {
            ControlAnchor.Check(section, Channel);
            description = ControlDescription.TryRead(section, Channel);
        });
        if (description is null || section.Size < ControlLayout.Size)
            return;
        Assert.InRange(description.Slots, ControlLayout.MinSlots, ControlLayout.MaxSlots);
        Refusing(() => _ = ChannelInspector.Report(PlatformServices.Current, section, Channel));
        _ = FailureRecord.Read(section);
        SlotReader<SharedStepMemory> words = new(section.Address, description.Slots);
        for (int slot = 0; slot < description.Slots; slot++)
        {
            if (!words.TryReadDescriptor(slot, words.Newest, out SlotDescriptor descriptor) || descriptor.FindFault() is not null)
                continue;
            FrameInfo info = descriptor.ToFrameInfo();
            FrameFormat format = info.Format;
            Assert.Null(FrameFormat.FindFault(format.Width, format.Height, format.Stride, format.PixelFormat, format.PayloadLength));
            Assert.True(info.FrameNumber > 0);
            _ = info.Age;
        }

        _ = words.SlotAfter(long.MaxValue);
        _ = words.SlotAfter(0);
    }

    private static void ParseCompanion(byte[] bytes)
    {
        using BytesSection section = new(bytes);
        if (MemoryOrigin.TryRead(section) is MemoryOrigin origin)
            Assert.False(ForeignText.HasUnfit(origin.KeeperEndpoint), "an end point of another form");
        if (section.Size < HoldersLayout.Size)
            return;
        for (int row = 0; row < HoldersLayout.RowCount; row++)
        {
            _ = LockRow.Read(section.Address, row);
            _ = LockRowText.Read(section.Address, row);
        }

        _ = new LockWord(BinaryPrimitives.ReadUInt32LittleEndian(bytes)).ToString();
    }

    private static void MendControl(byte[] bytes)
    {
        MendAnchor(bytes, SectionKind.Control, Channel, ControlLayout.Size);
        MakeEven(bytes, ControlLayout.DescriptionSequence);
        for (int slot = 0; slot < ControlLayout.MaxSlots; slot++)
            MakeEven(bytes, ControlLayout.Slot(slot));
    }

    private static void MendAnchor(byte[] bytes, SectionKind kind, SharedName name, int size)
    {
        if (bytes.Length < size)
            return;
        fixed (byte* section = bytes)
            SectionAnchor.Write(section, kind, size, name, new FolderTie(1000, "0123456789abcdef"));
    }

    private static void MakeEven(byte[] bytes, int at)
    {
        if (at < bytes.Length)
            bytes[at] &= 0xFE;
    }

    /// <summary>The ways in which a parser says that it is not right.</summary>
    private static void Refusing(Action parse)
    {
        try
        {
            parse();
        }
        catch (Exception e) when (e is WinMmfException or InvalidDataException)
        {
            // Refused in words.
        }
    }

    private void Report(long tried) => output.WriteLine($"{tried} inputs");
}
