using System.Collections.Generic;
using WinMmf.Names;

namespace WinMmf.PowerShell.Completion;

/// <summary>Completes with a table of one option of ffmpeg for an input, to be changed and added to.</summary>
public sealed class InputOptionCompleter : NameCompleter
{
    private static readonly Dictionary<string, string> Options = new()
    {
        ["@{ rtsp_transport = 'tcp' }"] = "RTSP over TCP, where UDP loses packets",
        ["@{ hwaccel = 'auto' }"] = "Decode by the graphics card where it can",
        ["@{ thread_queue_size = 512 }"] = "How many packets may wait between the input and the decoder",
        ["@{ ss = 10 }"] = "Begin a file at this second",
        ["@{ t = 60 }"] = "End a file after so many seconds",
        ["@{ r = 30 }"] = "Take the input for one of so many frames a second",
        ["@{ input_format = 'mjpeg' }"] = "A camera's own format (v4l2)",
        ["@{ rtbufsize = '64M' }"] = "Memory for frames that wait (dshow)",
        ["@{ fflags = 'nobuffer' }"] = "Do not collect packets first: less delay",
    };

    private protected override IEnumerable<KeyValuePair<string, string>> Candidates(string word, NameScope? scope)
    {
        foreach (KeyValuePair<string, string> option in Options)
        {
            if (IsMatch(option.Key, word))
                yield return option;
        }
    }

    /// <summary>A table is no text to be quoted.</summary>
    private protected override string ToArgument(string candidate) => candidate;
}
