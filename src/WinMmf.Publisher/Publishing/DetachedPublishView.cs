using System.Collections.Generic;
using WinMmf.Errors;
using WinMmf.Management.Control;
using WinMmf.Management.Launching;
using WinMmf.Publisher.Output;
using WinMmf.Publisher.Platform;

namespace WinMmf.Publisher.Publishing;

/// <summary>
/// Tells the prompt that started us one thing, READY or FAILED, and lets go of its pipes. Later news go to the log and
/// to clients of the control pipe.
/// </summary>
internal sealed class DetachedPublishView : IPublishView
{
    private readonly ParentNotice _parent;
    private readonly List<string> _warnings = [];
    private bool _isReady;

    public DetachedPublishView(Terminal terminal, IPublisherPlatform platform) => _parent = new ParentNotice(terminal, platform);

    public void Created(PublishStatus status, string endpoint)
    {
    }

    public void Ready(PublishStatus status)
    {
        ControlMessage ready = PublishMessage.Ready(status);
        lock (_warnings)
        {
            LaunchWarnings.Add(ready, _warnings);
            _isReady = true;
        }

        _parent.Tell(ready);
    }

    public void Warn(string message)
    {
        lock (_warnings)
        {
            // The program that started this one hears what is said until the first frame.
            if (!_isReady)
                _warnings.Add(message);
        }
    }

    public void SourceFailed(WinMmfException error)
    {
    }

    public void SourceRecovered(PublishStatus status)
    {
    }

    public void RestartAsked()
    {
    }

    public void Ended(PublishStatus status, EndReason reason) => _parent.Tell(FailureMessage.From(new WinMmfException(
        WinMmfErrorId.PublisherFailed, "The publisher ended before its first frame, because it was told to or its source was empty.")));

    public void Failed(WinMmfException error) => _parent.Tell(FailureMessage.From(error));
}
