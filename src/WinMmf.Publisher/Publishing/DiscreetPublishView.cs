using System;
using WinMmf.Errors;
using WinMmf.Management.Launching;

namespace WinMmf.Publisher.Publishing;

/// <summary>Passes on to another view what happens, without the secrets of the request: passwords, tokens and keys.</summary>
internal sealed class DiscreetPublishView : IPublishView
{
    private readonly IPublishView _view;
    private readonly PublishRequest _request;

    public DiscreetPublishView(IPublishView view, PublishRequest request)
    {
        _view = view;
        _request = request;
    }

    public void Created(PublishStatus status, string endpoint) => _view.Created(status, endpoint);

    public void Ready(PublishStatus status) => _view.Ready(status);

    public void Warn(string message) => _view.Warn(_request.Hide(message));

    public void SourceFailed(WinMmfException error) => _view.SourceFailed(Hide(error));

    public void SourceRecovered(PublishStatus status) => _view.SourceRecovered(status);

    public void RestartAsked() => _view.RestartAsked();

    public void Ended(PublishStatus status, EndReason reason) => _view.Ended(status, reason);

    public void Failed(WinMmfException error) => _view.Failed(Hide(error));

    private WinMmfException Hide(WinMmfException error)
    {
        string message = _request.Hide(error.Message);
        return message == error.Message ? error : new WinMmfException(error.ErrorId, message, error.NativeErrorCode);
    }
}
