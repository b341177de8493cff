using System;
using System.IO;
using System.Net.Sockets;
using System.Threading;
using WinMmf.Capture;
using WinMmf.Errors;
using WinMmf.Frames;
using WinMmf.Names;
using WinMmf.Publisher.Control;
using WinMmf.Publisher.Platform;
using WinMmf.Security;

namespace WinMmf.Publisher.Publishing;

/// <summary>One channel from its creation to its end.</summary>
internal sealed class PublishSession
{
    /// <summary>Width of the synthetic picture where none is asked for.</summary>
    public const int DefaultWidth = 1280;

    /// <summary>Its height.</summary>
    public const int DefaultHeight = 720;

    /// <summary>Its frames a second.</summary>
    public const double DefaultFrameRate = 30;

    private readonly PublishSettings _settings;
    private readonly IPublishView _view;
    private readonly IPublisherPlatform _platform;

    public PublishSession(PublishSettings settings, IPublishView view, IPublisherPlatform platform)
    {
        _settings = settings;
        _view = view;
        _platform = platform;
    }

    /// <summary>Publishes until the end and gives the exit code.</summary>
    /// <param name="waitForGo">Waits, after the channel was made, until frames may flow.</param>
    /// <param name="signal">The system's request to end.</param>
    public int Run(Action<CancellationToken> waitForGo, CancellationToken signal)
    {
        PublishStatus status = new(_settings.Name) { LogPath = _settings.LogPath ?? "" };
        using CancellationTokenSource stop = new();
        using CancellationTokenSource duration = new();
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(signal, stop.Token, duration.Token);
        try
        {
            Publish(status, stop, duration, waitForGo, end.Token);
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // Asked to end before the first frame: a clean end all the same.
        }
        catch (WinMmfException e)
        {
            _view.Failed(e);
            return ExitCode.Of(e.ErrorId);
        }

        _view.Ended(status, Reason(status, stop, duration, signal));
        return ExitCode.Ok;
    }

    private void Publish(PublishStatus status, CancellationTokenSource stop, CancellationTokenSource duration, Action<CancellationToken> waitForGo, CancellationToken end)
    {
        using FrameSource source = MakeSource();
        source.Prepare(end);
        status.Format = source.Format;
        status.FrameRate = source.FrameRate;
        status.Source = _settings.SourceLabel ?? source.Description;

        AccessPolicy access = AccessPolicy.From(_settings.ReadAccess, _settings.Sddl);
        using ControlServer? control = OpenControl(new PublishControl(status, stop), access);
        using IDisposable? timer = _platform.UseFineTimer();
        FrameChannelOptions options = new(_settings.Name)
        {
            PayloadCapacity = source.Format.PayloadLength,
            Access = access,
            Residency = _settings.Residency,
            Source = status.Source,
            FrameRate = status.FrameRate,
            ControlEndpoint = control?.Endpoint ?? "",
        };
        if (_settings.Slots is int slots)
            options.Slots = slots;
        using FrameWriter writer = FrameWriter.Create(options);
        status.Epoch = writer.Epoch;
        status.Slots = writer.Slots;
        status.TookOver = writer.TookOver;
        status.Resident = writer.Resident;
        using WinMmfFeed? feed = OpenFeed(source.Format);
        status.Feed = feed?.Name.ToString() ?? "";
        _view.Created(status, options.ControlEndpoint);
        waitForGo(end);
        Pump(source, writer, feed, status, duration, end);
    }

    private void Pump(FrameSource source, FrameWriter writer, WinMmfFeed? feed, PublishStatus status, CancellationTokenSource duration, CancellationToken end)
    {
        bool ready = false;
        FramePump pump = new(source, writer) { FrameLimit = _settings.Frames, Feed = feed };
        pump.Progress = () =>
        {
            status.Update(pump);
            if (ready || pump.Published == 0)
                return;
            ready = true;
            if (_settings.Duration is TimeSpan limit)
                duration.CancelAfter(limit);
            _view.Ready(status);
        };
        pump.Recovered = () =>
        {
            status.Update(pump);
            _view.SourceRecovered(status);
        };
        pump.Failed = e =>
        {
            status.Error = e.Message;
            status.State = ChannelState.Failed;
            _view.SourceFailed(e);
        };
        try
        {
            pump.Run(end);
            status.State = ChannelState.Stopped;
        }
        catch (WinMmfException)
        {
            // Also what the pump does not know of, such as a channel that could not grow.
            writer.SetState(ChannelState.Failed);
            throw;
        }
    }

    private WinMmfFeed? OpenFeed(FrameFormat format)
    {
        if (_settings.AlsoWinMmf is not string name)
            return null;
        if (format.PixelFormat == PixelFormat.Mjpg)
            throw new WinMmfException(WinMmfErrorId.InvalidFormat, "A plain memory has no room for a frame's length, so compressed frames cannot go there. Publish an uncompressed pixel format.");
        if (name == _settings.Name.Name)
            throw new WinMmfException(WinMmfErrorId.InvalidName, "The channel and the memory for winmmf programs cannot have one name. Choose two.");
        if (_settings.WinMmfAccess.Count > 0)
            _view.Warn($"{string.Join(", ", _settings.WinMmfAccess)} may write the memory '{name}', and so lock it for ever or show another picture; on Windows they may even change its access list, because winmmf asks for full access. Move these programs to the channel, which its readers can only read.");
        return new WinMmfFeed(new SharedName(name, _settings.Name.Scope), format.PayloadLength, _settings.WinMmfAccess, _settings.WinMmfWait, _view.Warn);
    }

    private FrameSource MakeSource()
    {
        if (_settings.Input is null)
        {
            return new SyntheticSource(
                _settings.Width ?? DefaultWidth,
                _settings.Height ?? DefaultHeight,
                _settings.PixelFormat,
                _settings.FrameRate ?? DefaultFrameRate);
        }

        return new FfmpegSource(new FfmpegOptions(FfmpegInput.Parse(_settings.Input, _settings.InputFormat), _settings.PixelFormat)
        {
            InputOptions = _settings.InputOptions,
            Width = _settings.Width,
            Height = _settings.Height,
            FrameRate = _settings.FrameRate,
            Loop = _settings.Loop,
            Pace = _settings.Pace,
            Silence = _settings.Silence,
            Program = _settings.Ffmpeg,
        });
    }

    /// <summary>Frames matter more than the control pipe: without one the publisher can still be ended by its process.</summary>
    private ControlServer? OpenControl(PublishControl handler, AccessPolicy access)
    {
        IControlEndpoint? endpoint = null;
        try
        {
            endpoint = _platform.CreateControlEndpoint(access);
            return new ControlServer(endpoint, handler);
        }
        catch (Exception e) when (e is WinMmfException or IOException or UnauthorizedAccessException or SocketException)
        {
            endpoint?.Dispose();
            _view.Warn($"There is no control pipe, so status and stop will not work: {e.Message}");
            return null;
        }
    }

    private EndReason Reason(PublishStatus status, CancellationTokenSource stop, CancellationTokenSource duration, CancellationToken signal) =>
        signal.IsCancellationRequested ? EndReason.Signal
        : stop.IsCancellationRequested ? EndReason.Stop
        : duration.IsCancellationRequested ? EndReason.Duration
        : _settings.Frames > 0 && status.Published >= _settings.Frames ? EndReason.Frames
        : EndReason.SourceEnded;
}
