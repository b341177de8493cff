using WinMmf.Frames;
using WinMmf.Layouts;

namespace WinMmf.Management.Launching;

/// <summary>Ranges and defaults of a publish request: the one place for each.</summary>
internal static class PublishLimits
{
    /// <summary>The fewest slots of a channel.</summary>
    public const int LeastSlots = ControlLayout.MinSlots;

    /// <summary>The most slots of a channel.</summary>
    public const int MostSlots = ControlLayout.MaxSlots;

    /// <summary>Slots where none are asked for.</summary>
    public const int DefaultSlots = ControlLayout.DefaultSlots;

    /// <summary>The longest side of a picture, pixels.</summary>
    public const int MostPixels = FrameFormat.MaxDimension;

    /// <summary>Width of the synthetic picture where none is asked for, pixels.</summary>
    public const int DefaultWidth = 1280;

    /// <summary>Height of the synthetic picture where none is asked for, pixels.</summary>
    public const int DefaultHeight = 720;

    /// <summary>Frames a second of the synthetic picture where none are asked for.</summary>
    public const double DefaultFrameRate = 30;

    /// <summary>The lowest rate, frames a second.</summary>
    public const double LeastFrameRate = 0.001;

    /// <summary>The highest rate, frames a second.</summary>
    public const double MostFrameRate = 1000;

    /// <summary>How pixels lie where nothing else is asked for.</summary>
    public const PixelFormat DefaultPixelFormat = PixelFormat.Bgr24;

    /// <summary>The shortest silence that can be a failure, seconds.</summary>
    public const double LeastStallTimeoutSec = 0.1;

    /// <summary>The longest silence that can be waited for, seconds.</summary>
    public const double MostStallTimeoutSec = 86_400;

    /// <summary>The longest silence of what is live where none is given, seconds.</summary>
    public const double LiveStallTimeoutSec = 5;

    /// <summary>The longest silence of a file where none is given, seconds.</summary>
    public const double FileStallTimeoutSec = 30;

    /// <summary>The longest that a frame may wait for the mirror's lock, seconds.</summary>
    public const double MostMirrorWaitSec = 10;

    /// <summary>The longest time that can be asked for, seconds.</summary>
    public const double MostSeconds = 1e9;
}
