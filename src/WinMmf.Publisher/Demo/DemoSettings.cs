using System;
using System.Globalization;
using WinMmf.Frames;
using WinMmf.Publisher.Output;

namespace WinMmf.Publisher.Demo;

/// <summary>What the demo shows.</summary>
internal sealed record DemoSettings(int Width, int Height, double FrameRate, TimeSpan Duration, string Output)
{
    /// <summary>Twice the usual number: a reader that wants every frame may be delayed by a quarter of a second.</summary>
    public const int Slots = 8;

    private const long Granule = 65_536;
    private const int LeastWidth = 160;

    /// <summary>A file to show; null: the test picture.</summary>
    public string? Input { get; init; }

    /// <summary>How many frames that makes; at least one.</summary>
    public long Frames => Math.Max(1, (long)Math.Round(Duration.TotalSeconds * FrameRate));

    /// <summary>The same with a file's size.</summary>
    public DemoSettings WithSize((int Width, int Height) size) => this with { Width = size.Width, Height = size.Height };

    /// <summary>A smaller picture where shared memory is short (a container often has 64 MB), and a sentence that says so.</summary>
    public DemoSettings FitTo(long? freeBytes, Terminal terminal)
    {
        DemoSettings fitting = this;
        while (freeBytes is long free && fitting.Need() > free && fitting.Width / 2 >= LeastWidth)
            fitting = fitting with { Width = fitting.Width / 2 & ~1, Height = Math.Max(2, fitting.Height / 2 & ~1) };
        if (fitting != this)
        {
            terminal.Line(string.Create(
                CultureInfo.InvariantCulture,
                $"Shared memory has {freeBytes / 1e6:0.0} MB free and {Width}x{Height} needs {Need() / 1e6:0.0} MB, so the picture is "
                    + $"{fitting.Width}x{fitting.Height}. Docker gives more with --shm-size."));
        }

        return fitting;
    }

    private long Need()
    {
        long payload = FrameFormat.Packed(Width, Height, PixelFormat.Bgr24).PayloadLength;
        return (Slots * ((payload + Granule - 1) / Granule * Granule)) + (2 * Granule);
    }
}
