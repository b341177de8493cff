using System;
using System.Management.Automation;
using WinMmf.Frames;

namespace WinMmf.PowerShell.Output;

/// <summary>What objects that show a frame have in common.</summary>
public static class FrameProperties
{
    /// <summary>
    /// How old the newest frame was, as a TimeSpan: getter of the hidden property Age (module/WinMmf.Types.ps1xml). Hidden, because JSON
    /// makes fifteen numbers of it; AgeSeconds is the one for monitors.
    /// </summary>
    /// <param name="shown">An object with the property AgeSeconds.</param>
    public static TimeSpan? Age(PSObject shown) =>
        shown?.Properties["AgeSeconds"]?.Value is double seconds ? TimeSpan.FromTicks((long)(seconds * TimeSpan.TicksPerSecond)) : null;

    /// <summary>
    /// The payload: getter of the hidden property Data (module/WinMmf.Types.ps1xml). Hidden, so that JSON, CSV and lists of a frame do not
    /// hold all of its pixels; a property, because methods may not be called in Constrained Language.
    /// </summary>
    /// <param name="frame">A frame.</param>
    /// <returns>The bytes; null for a frame in place that was given back.</returns>
    public static byte[]? Data(PSObject frame) => frame?.BaseObject switch
    {
        SharedFrame copy => copy.Bytes,
        SharedFrameLease { IsReleased: false } inPlace => inPlace.ToArray(),
        _ => null,
    };

    /// <summary>
    /// Where the payload of a frame in place lies in this process, for native code: getter of the hidden property Address. It is read-only,
    /// and valid until the frame is given back: writing there, or reading later, ends the process.
    /// </summary>
    /// <param name="frame">A frame in place.</param>
    public static IntPtr Address(PSObject frame) => frame?.BaseObject is SharedFrameLease inPlace ? inPlace.Address : IntPtr.Zero;

    /// <summary>Size and pixel format in a few words.</summary>
    internal static string? Format(FrameFormat? format) =>
        format is FrameFormat known ? $"{known.Width}x{known.Height} {known.PixelFormat}" : null;

    /// <summary>Seconds to a millionth: more digits are noise.</summary>
    internal static double Seconds(TimeSpan span) => Math.Round(span.TotalSeconds, 6);
}
