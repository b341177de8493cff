using System;
using System.Collections.Generic;
using System.Globalization;
using WinMmf.Errors;
using WinMmf.Management.Control;
using WinMmf.Management.Launching;
using WinMmf.Publisher.Output;
using WinMmf.Publisher.Platform;

namespace WinMmf.Publisher.Publishing;

/// <summary>
/// Tells the prompt that started us one thing, READY or FAILED, and lets go of its pipes. Later news go to the log and
/// to whoever asks over the control pipe.
/// </summary>
internal sealed class DetachedPublishView : IPublishView
{
    private readonly ParentNotice _parent;
    private readonly List<string> _warnings = [];
    private PublisherLog? _log;
    private bool _isReady;

    public DetachedPublishView(Terminal terminal, IPublisherPlatform platform) => _parent = new ParentNotice(terminal, platform);

    public void LogTo(PublisherLog log)
    {
        _log = log;
        log.Write($"starts, process {Environment.ProcessId}");
    }

    public void Created(PublishStatus status, string endpoint) =>
        _log?.Write($"{status.Name} made for {status.Source}, process {Environment.ProcessId}");

    public void Ready(PublishStatus status)
    {
        ControlMessage ready = new("READY")
        {
            ["name"] = status.Name.Name,
            ["scope"] = status.Name.Scope.ToString(),
            ["pid"] = Environment.ProcessId.ToString(CultureInfo.InvariantCulture),
            ["width"] = status.Format.Width.ToString(CultureInfo.InvariantCulture),
            ["height"] = status.Format.Height.ToString(CultureInfo.InvariantCulture),
            ["pixel-format"] = status.Format.PixelFormat.ToString(),
            ["fps"] = status.FrameRate.ToString(CultureInfo.InvariantCulture),
        };
        lock (_warnings)
        {
            LaunchWarnings.Add(ready, _warnings);
            _isReady = true;
        }

        _parent.Tell(ready);
        _log?.Write($"first frame, {status.Format}");
    }

    public void Warn(string message)
    {
        _log?.Write($"warning: {message}");
        lock (_warnings)
        {
            // The program that started this one hears what is said until the first frame.
            if (!_isReady)
                _warnings.Add(message);
        }
    }

    public void SourceFailed(WinMmfException error) =>
        _log?.Write($"source failed, will be started again: {error.ErrorId}: {error.Message}");

    public void SourceRecovered(PublishStatus status) => _log?.Write($"source delivers again, restarts {status.Restarts}");

    public void RestartAsked() => _log?.Write("the source is started again, as asked through the control pipe");

    public void Ended(PublishStatus status, EndReason reason)
    {
        _log?.Write($"ended ({reason}): published {status.Published}, dropped {status.Dropped}, restarts "
            + $"{status.Restarts}{Mirror(status)}");
        _parent.Tell(FailureMessage.From(new WinMmfException(
            WinMmfErrorId.PublisherFailed,
            "The publisher ended before its first frame, because it was told to or its source was empty.")));
    }

    public void Failed(WinMmfException error)
    {
        // The log first: the parent may end this process once it knows.
        _log?.Write($"failed: {error.ErrorId}: {error.Message}");
        _parent.Tell(FailureMessage.From(error));
    }

    private static string Mirror(PublishStatus status) => status.Mirror.Length == 0
        ? ""
        : $"; {status.Mirror}: written {status.MirrorWritten}, skipped {status.MirrorSkipped}, waited {status.MirrorWaited}";
}
