using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;

namespace WinMmf.Capture;

/// <summary>
/// How pictures with a high dynamic range come into frames, which have none: without this their colours are pale and their brightness is
/// wrong, for the values of the wide range are shown as those of the narrow one.
/// </summary>
internal static class ToneMapping
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);
    private static readonly string[] Needed = ["zscale", "tonemap", "setparams"];

    /// <summary>
    /// ffmpeg's filters that bring such a picture to the range and the colours of BT.709. What a stream does not say of its colours is
    /// taken for BT.2020, which both standards of such pictures use.
    /// </summary>
    public static string Filters(VideoProperties video)
    {
        List<string> known = [];
        if (video.IsPrimariesUnknown)
            known.Add("color_primaries=bt2020");
        if (video.IsMatrixUnknown)
            known.Add("colorspace=bt2020nc");
        string first = known.Count > 0 ? $"setparams={string.Join(':', known)}," : "";
        return first + "zscale=t=linear:npl=100,format=gbrpf32le,zscale=p=bt709,tonemap=hable:desat=0,"
            + "zscale=t=bt709:m=bt709:r=tv,format=yuv444p";
    }

    /// <summary>True if this ffmpeg was built with these filters.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static bool IsAvailable(FfmpegPrograms programs, CancellationToken cancellationToken)
    {
        using CancellationTokenSource limited = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limited.CancelAfter(Limit);
        using ChildProgram child = ChildProgram.Start(programs.Ffmpeg, new FfmpegCommand(["-hide_banner", "-filters"], null));
        using CancellationTokenRegistration stop = limited.Token.Register(child.RequestStop);
        using StreamReader reader = new(child.Output);
        string list = reader.ReadToEnd();
        cancellationToken.ThrowIfCancellationRequested();
        return AreListed(list);
    }

    /// <summary>True if all of them stand in the list that <c>ffmpeg -filters</c> prints: marks, name, kinds, text.</summary>
    internal static bool AreListed(string list)
    {
        HashSet<string> names = [];
        foreach (string line in list.Split('\n'))
        {
            string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words.Length > 1)
                names.Add(words[1]);
        }

        return names.IsSupersetOf(Needed);
    }
}
