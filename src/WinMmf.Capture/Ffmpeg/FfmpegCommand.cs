using System.Collections.Generic;

namespace WinMmf.Capture;

/// <summary>How ffmpeg or ffprobe is run.</summary>
/// <param name="Arguments">Its arguments, which every account of the machine can read.</param>
/// <param name="Script">What it reads from standard input in place of an address; null: nothing, and <c>q</c> ends it.</param>
internal sealed record FfmpegCommand(IReadOnlyList<string> Arguments, string? Script);
