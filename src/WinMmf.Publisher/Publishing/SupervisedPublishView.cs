using System;
using System.IO;
using WinMmf.Errors;
using WinMmf.Management.Control;
using WinMmf.Publisher.Output;

namespace WinMmf.Publisher.Publishing;

/// <summary>Tells the supervisor everything, a message each. It reads at once; once it has ended, messages are lost.</summary>
internal sealed class SupervisedPublishView : IPublishView
{
    private readonly object _lock = new();
    private readonly Terminal _terminal;

    public SupervisedPublishView(Terminal terminal) => _terminal = terminal;

    public void Created(PublishStatus status, string endpoint)
    {
    }

    public void Ready(PublishStatus status) => Tell(PublishMessage.Ready(status));

    public void Warn(string message) => Tell(PublishMessage.Warning(message));

    public void SourceFailed(WinMmfException error) => Tell(PublishMessage.SourceFailed(error));

    public void SourceRecovered(PublishStatus status) => Tell(PublishMessage.Recovered());

    public void RestartAsked()
    {
    }

    public void Ended(PublishStatus status, EndReason reason) => Tell(PublishMessage.Ended(reason));

    public void Failed(WinMmfException error) => Tell(FailureMessage.From(error));

    private void Tell(ControlMessage message)
    {
        lock (_lock)
        {
            try
            {
                _terminal.Out.Write(message.ToString());
                _terminal.Out.Flush();
            }
            catch (Exception e) when (e is IOException or ObjectDisposedException)
            {
                // The supervisor is gone; this process ends because its standard input has ended.
            }
        }
    }
}
