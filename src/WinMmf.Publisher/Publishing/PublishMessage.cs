using System;
using System.Globalization;
using WinMmf.Errors;
using WinMmf.Management.Control;

namespace WinMmf.Publisher.Publishing;

/// <summary>What a publisher tells the program that started it, as messages on its standard output.</summary>
internal static class PublishMessage
{
    public const string ReadyHead = "READY";
    public const string WarningHead = "WARNING";
    public const string SourceFailedHead = "SOURCE-FAILED";
    public const string RecoveredHead = "RECOVERED";
    public const string EndedHead = "ENDED";
    public const string Text = "message";
    public const string Id = "id";
    public const string Reason = "reason";

    /// <summary>The first frame is readable.</summary>
    public static ControlMessage Ready(PublishStatus status) => new(ReadyHead)
    {
        ["name"] = status.Name.Name,
        ["scope"] = status.Name.Scope.ToString(),
        ["pid"] = Environment.ProcessId.ToString(CultureInfo.InvariantCulture),
        ["width"] = status.Format.Width.ToString(CultureInfo.InvariantCulture),
        ["height"] = status.Format.Height.ToString(CultureInfo.InvariantCulture),
        ["pixel-format"] = status.Format.PixelFormat.ToString(),
        ["fps"] = status.FrameRate.ToString(CultureInfo.InvariantCulture),
    };

    /// <summary>Something that does not stop publishing.</summary>
    public static ControlMessage Warning(string message) => new(WarningHead) { [Text] = message };

    /// <summary>The source failed and is started again.</summary>
    public static ControlMessage SourceFailed(WinMmfException error) =>
        new(SourceFailedHead) { [Id] = error.ErrorId.ToString(), [Text] = error.Message };

    /// <summary>The source delivers again.</summary>
    public static ControlMessage Recovered() => new(RecoveredHead);

    /// <summary>A clean end.</summary>
    public static ControlMessage Ended(EndReason reason) => new(EndedHead) { [Reason] = reason.ToString() };
}
