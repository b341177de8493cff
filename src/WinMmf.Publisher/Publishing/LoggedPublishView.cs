using System;
using WinMmf.Errors;

namespace WinMmf.Publisher.Publishing;

/// <summary>Writes what happens to the publisher's log, and passes it on to another view.</summary>
internal sealed class LoggedPublishView : IPublishView
{
    private readonly IPublishView _view;
    private readonly PublisherLog _log;

    public LoggedPublishView(IPublishView view, PublisherLog log)
    {
        _view = view;
        _log = log;
        log.Write($"starts, process {Environment.ProcessId}");
    }

    public void Created(PublishStatus status, string endpoint)
    {
        _log.Write($"{status.Name} made for {status.Source}, process {Environment.ProcessId}");
        _view.Created(status, endpoint);
    }

    public void Ready(PublishStatus status)
    {
        _view.Ready(status);
        _log.Write($"first frame, {status.Format}");
    }

    public void Warn(string message)
    {
        _log.Write($"warning: {message}");
        _view.Warn(message);
    }

    public void SourceFailed(WinMmfException error)
    {
        _log.Write($"source failed, will be started again: {error.ErrorId}: {error.Message}");
        _view.SourceFailed(error);
    }

    public void SourceRecovered(PublishStatus status)
    {
        _log.Write($"source delivers again, restarts {status.Restarts}");
        _view.SourceRecovered(status);
    }

    public void RestartAsked()
    {
        _log.Write("the source is started again, as asked through the control pipe");
        _view.RestartAsked();
    }

    public void Ended(PublishStatus status, EndReason reason)
    {
        _log.Write($"ended ({reason}): published {status.Published}, dropped {status.Dropped}, restarts {status.Restarts}{Mirror(status)}");
        _view.Ended(status, reason);
    }

    public void Failed(WinMmfException error)
    {
        // The log first: the parent may end this process once it knows.
        _log.Write($"failed: {error.ErrorId}: {error.Message}");
        _view.Failed(error);
    }

    private static string Mirror(PublishStatus status) => status.Mirror.Length == 0
        ? ""
        : $"; {status.Mirror}: written {status.MirrorWritten}, skipped {status.MirrorSkipped}, waited {status.MirrorWaited}";
}
