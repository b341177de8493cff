using System.Collections.Generic;
using WinMmf.Names;

namespace WinMmf.PowerShell.Completion;

/// <summary>Completes with the input formats of ffmpeg that open a device.</summary>
public sealed class InputFormatCompleter : NameCompleter
{
    private static readonly Dictionary<string, string> Formats = new()
    {
        ["dshow"] = "Cameras on Windows: -Path 'video=NAME OF THE CAMERA'",
        ["v4l2"] = "Cameras on Linux: -Path /dev/video0",
        ["gdigrab"] = "The screen on Windows: -Path desktop",
        ["x11grab"] = "The screen on Linux: -Path :0.0",
        ["lavfi"] = "ffmpeg's own test pictures: -Path testsrc2",
        ["mjpeg"] = "A stream of JPEG pictures without a container",
    };

    private protected override IEnumerable<KeyValuePair<string, string>> Candidates(string word, NameScope? scope)
    {
        foreach (KeyValuePair<string, string> candidate in Formats)
        {
            if (IsMatch(candidate.Key, word))
                yield return candidate;
        }
    }
}
