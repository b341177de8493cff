using System;
using System.Globalization;
using System.Threading;
using WinMmf.Management.Control;
using WinMmf.Management.Health;
using WinMmf.Publisher.Control;

namespace WinMmf.Publisher.Publishing;

/// <summary>The verbs of the control pipe.</summary>
internal sealed class PublishControl : IControlHandler
{
    private readonly PublishStatus _status;
    private readonly CancellationTokenSource _stop;

    public PublishControl(PublishStatus status, CancellationTokenSource stop)
    {
        _status = status;
        _stop = stop;
    }

    /// <summary>Starts the source again; null while there is none to start. Any thread may call it.</summary>
    public Action? Restart { get; set; }

    public ControlMessage Answer(ControlMessage request, out Action? afterwards)
    {
        afterwards = null;
        switch (request.Head)
        {
            case ControlClient.Status:
                return Describe();
            case ControlClient.Stop or ControlClient.Restart when !AimedRequest.IsFor(request, ControlClient.Channel, _status.Name):
                return AimedRequest.WrongName($"This process publishes {_status.Name}.");
            case ControlClient.Stop:
                afterwards = Stop;
                return new ControlMessage("OK");
            case ControlClient.Restart when Restart is null:
                return new ControlMessage("ERROR NotReady") { ["message"] = "The source has not been started yet, or has ended." };
            case ControlClient.Restart:
                afterwards = Restart;
                return new ControlMessage("OK");
            default:
                return new ControlMessage("ERROR NotSupported")
                {
                    ["message"] = "This publisher knows the verbs STATUS, STOP and RESTART.",
                };
        }
    }

    private void Stop()
    {
        try
        {
            _stop.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It has ended by itself.
        }
    }

    private ControlMessage Describe()
    {
        ControlMessage answer = new("OK")
        {
            [ControlClient.Channel] = _status.Name.ToString(),
            ["name"] = _status.Name.Name,
            ["scope"] = _status.Name.Scope.ToString(),
            ["pid"] = Text(Environment.ProcessId),
            ["state"] = _status.State.ToString(),
            ["source"] = _status.Source,
            ["source-state"] = SourceFailure.StateOf(_status.State, _status.Error).ToString(),
            ["error"] = _status.Error,
            ["error-at"] = _status.ErrorAt?.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture) ?? "",
            ["width"] = Text(_status.Format.Width),
            ["height"] = Text(_status.Format.Height),
            ["pixel-format"] = _status.Format.PixelFormat.ToString(),
            ["fps"] = Text(_status.FrameRate),
            ["published"] = Text(_status.Published),
            ["dropped"] = Text(_status.Dropped),
            ["late"] = Text(_status.Late),
            ["restarts"] = Text(_status.Restarts),
            ["epoch"] = Text(_status.Epoch),
            ["uptime"] = _status.Uptime.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture),
        };
        if (_status.Resident != default)
        {
            answer["locked"] = Text(_status.Resident.Locked);
            answer["large-pages"] = Text(_status.Resident.LargePages);
        }

        if (_status.LogPath.Length > 0)
            answer["log"] = _status.LogPath;
        if (_status.Mirror.Length > 0)
        {
            answer["mirror"] = _status.Mirror;
            answer["mirror-written"] = Text(_status.MirrorWritten);
            answer["mirror-skipped"] = Text(_status.MirrorSkipped);
            answer["mirror-waited"] = Text(_status.MirrorWaited);
        }

        return answer;
    }

    private static string Text<T>(T value)
        where T : IFormattable => value.ToString(null, CultureInfo.InvariantCulture);
}
