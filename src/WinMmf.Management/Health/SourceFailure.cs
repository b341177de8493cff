using System;
using WinMmf.Errors;
using WinMmf.Frames;

namespace WinMmf.Management.Health;

/// <summary>Why a source failed, as its channel tells it: the error's id, and a sentence for people.</summary>
internal static class SourceFailure
{
    private const string Between = ": ";

    /// <summary>The text for the channel.</summary>
    /// <param name="id">The error's id.</param>
    /// <param name="message">The sentence, without secrets.</param>
    public static string Describe(WinMmfErrorId id, string message) => id + Between + message;

    /// <summary>How a source is.</summary>
    /// <param name="channel">How its channel is.</param>
    /// <param name="lastError">Its last failure as the channel tells it; it stays when the source is back.</param>
    public static SourceState StateOf(ChannelState channel, string? lastError) => channel switch
    {
        ChannelState.Starting => SourceState.Opening,
        ChannelState.Live => SourceState.Running,
        ChannelState.Stalled => SourceState.Unknown,
        ChannelState.Stopped => SourceState.Ended,
        ChannelState.Dead => SourceState.Dead,
        _ => IdOf(lastError) switch
        {
            WinMmfErrorId.CameraNotFound or WinMmfErrorId.FileNotFound => SourceState.Absent,
            WinMmfErrorId.CameraAmbiguous => SourceState.Ambiguous,
            WinMmfErrorId.SourceBusy => SourceState.Busy,
            WinMmfErrorId.NoBandwidth => SourceState.NoBandwidth,
            WinMmfErrorId.AccessDenied => SourceState.NoPermission,
            WinMmfErrorId.SourceUnreachable => SourceState.Unreachable,
            _ => SourceState.Failed,
        },
    };

    /// <summary>The error's id; null where the text has none, as that of another program's publisher.</summary>
    private static WinMmfErrorId? IdOf(string? lastError)
    {
        int end = lastError?.IndexOf(Between, StringComparison.Ordinal) ?? -1;
        string id = end > 0 ? lastError!.Substring(0, end) : "";

        // By name only: a number would pass as any value.
        return Array.IndexOf(Enum.GetNames(typeof(WinMmfErrorId)), id) >= 0
            ? (WinMmfErrorId)Enum.Parse(typeof(WinMmfErrorId), id)
            : null;
    }
}
