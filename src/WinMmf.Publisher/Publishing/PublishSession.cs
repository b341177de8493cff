using System;
using System.IO;
using System.Threading;
using WinMmf.Capture;
using WinMmf.Errors;
using WinMmf.Frames;
using WinMmf.Management.Health;
using WinMmf.Management.Launching;
using WinMmf.Names;
using WinMmf.Publisher.CommandLine;
using WinMmf.Publisher.Control;
using WinMmf.Publisher.Platform;
using WinMmf.Residency;
using WinMmf.Security;

namespace WinMmf.Publisher.Publishing;

/// <summary>One channel from its creation to its end.</summary>
internal sealed class PublishSession
{
    private static readonly TimeSpan MirrorPause = TimeSpan.FromSeconds(1);

    private readonly PublishRequest _request;
    private readonly IPublishView _view;
    private readonly IPublisherPlatform _platform;

    public PublishSession(PublishRequest request, IPublishView view, IPublisherPlatform platform)
    {
        _request = request;
        _view = view;
        _platform = platform;
    }

    /// <summary>Publishes until the end and gives the exit code.</summary>
    /// <param name="waitForGo">Waits, after the channel was made, until frames may flow.</param>
    /// <param name="signal">The system's request to end.</param>
    public int Run(Action<CancellationToken> waitForGo, CancellationToken signal)
    {
        PublishStatus status = new(_request.Name) { LogPath = _request.LogPath ?? "" };
        using CancellationTokenSource stop = new();
        using CancellationTokenSource duration = new();
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(signal, stop.Token, duration.Token);
        try
        {
            Publish(status, stop, duration, waitForGo, end.Token);
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // Asked to end before the first frame, which is a clean end too.
        }
        catch (WinMmfException e)
        {
            _view.Failed(e);
            return ExitCode.Of(e.ErrorId);
        }

        _view.Ended(status, Reason(status, stop, duration, signal));
        return ExitCode.Ok;
    }

    private void Publish(PublishStatus status, CancellationTokenSource stop, CancellationTokenSource duration,
        Action<CancellationToken> waitForGo, CancellationToken end)
    {
        using FrameSource source = SourceMaker.Make(_request);
        source.Prepare(end);
        status.Format = source.Format;
        status.FrameRate = source.FrameRate;
        status.Source = _request.SourceLabel ?? source.Description;
        foreach (string note in source.Notes)
            _view.Warn(note);

        PublishControl handler = new(status, stop);
        using ControlPipe control = new(_platform, _request.Access, handler);
        using IDisposable? timer = _platform.UseFineTimer();
        FrameChannelOptions options = new(_request.Name)
        {
            PayloadCapacity = source.Format.PayloadLength,
            Access = _request.Access,
            Residency = _request.Resident ?? MemoryResidency.None,
            Source = status.Source,
            FrameRate = status.FrameRate,
            OpenControlPipe = folder => OpenControl(control, folder),
            Slots = _request.Slots ?? PublishLimits.DefaultSlots,
        };
        using FrameWriter writer = FrameWriter.Create(options);
        status.Epoch = writer.Epoch;
        status.Slots = writer.Slots;
        status.TookOver = writer.TookOver;
        status.Resident = writer.Resident;
        using IFrameMirror? mirror = OpenMirror(source.Format);
        status.Mirror = mirror?.Name.ToString() ?? "";
        _view.Created(status, control.Endpoint);
        try
        {
            waitForGo(end);
            Pump(source, writer, mirror, status, handler, duration, end);
        }
        finally
        {
            // Before the writer: what fills slots has ended by then (protocol 10.12).
            source.Dispose();
            control.Dispose();
            mirror?.Dispose();
            if (mirror is not null)
                status.Update(mirror);
        }
    }

    private void Pump(FrameSource source, FrameWriter writer, IFrameMirror? mirror, PublishStatus status, PublishControl control,
        CancellationTokenSource duration, CancellationToken end)
    {
        DurationLimit? timer = null;
        bool ready = false;
        FailureNews news = new();
        FramePump pump = new(source, writer) { FrameLimit = _request.Frames ?? 0, Mirror = mirror };
        pump.Progress = () =>
        {
            status.Update(pump);
            if (status.Format != source.Format)
                status.Format = source.Format;
            if (ready || pump.Published == 0)
                return;
            ready = true;
            if (_request.Duration is TimeSpan limit)
                timer = new DurationLimit(limit, duration.Cancel);
            _view.Ready(status);
        };
        pump.Recovered = () =>
        {
            status.Update(pump);
            news.Forget();
            _view.SourceRecovered(status);
        };
        pump.Failing = Note;
        pump.Failed = e =>
        {
            status.State = ChannelState.Failed;
            if (news.IsNews(e))
                _view.SourceFailed(e);
        };
        using CancellationTokenSource endOrLoss = CancellationTokenSource.CreateLinkedTokenSource(end, writer.Lost);
        try
        {
            control.Restart = () =>
            {
                _view.RestartAsked();
                pump.RestartSource();
            };
            pump.Run(endOrLoss.Token);
            writer.ThrowIfLost();
            status.State = ChannelState.Stopped;
        }
        catch (OperationCanceledException) when (writer.Lost.IsCancellationRequested)
        {
            writer.ThrowIfLost();
        }
        catch (WinMmfException e)
        {
            // Also errors outside the pump, such as a channel that could not grow.
            Note(e);
            writer.SetState(ChannelState.Failed);
            throw;
        }
        finally
        {
            control.Restart = null;
            timer?.Dispose();
        }

        void Note(WinMmfException e)
        {
            status.Fail(SourceFailure.Describe(e.ErrorId, _request.Hide(e.Message)));
            writer.SetLastError(status.Error);
        }
    }

    private IFrameMirror? OpenMirror(FrameFormat format)
    {
        if (_request.MirrorName is not string name)
            return null;
        if (_request.MirrorAccess.Count > 0)
            _view.Warn($"{string.Join(", ", _request.MirrorAccess)} may write the mirror '{name}', and so lock it for ever or show "
                + "another picture; on Windows they may even change its access list, because winmmf asks for full access. Move these "
                + "programs to the channel, which its readers can only read.");
        SharedName memory = new(name, _request.Name.Scope);
        return WaitingMirror.Open(memory, () => OpenMirror(memory, format), _view.Warn, MirrorPause);
    }

    private IFrameMirror OpenMirror(SharedName memory, FrameFormat format)
    {
        TimeSpan wait = _request.MirrorWait ?? TimeSpan.Zero;
        if (!MirrorTarget.IsDangerous(memory, _request.MirrorAccess))
            return new FrameMirror(memory, format.PayloadLength, _request.MirrorAccess, wait, _view.Warn);
        string program = OwnProgram.Find(out string? assembly);
        string[] first = assembly is null ? [] : [assembly];
        return SupervisedMirror.Open(memory, format.PayloadLength, _request.MirrorAccess, program,
            after => [.. first, .. MirrorCommand.ArgumentsFor(
                _request.Name, memory.Name, format.PayloadLength, _request.MirrorAccess, wait, after)], _view.Warn);
    }

    /// <summary>Frames matter more than the control pipe: without one the publisher can still be ended by its process.</summary>
    private string OpenControl(ControlPipe pipe, string? folder)
    {
        try
        {
            return pipe.Open(folder);
        }
        catch (Exception e) when (e is WinMmfException or IOException or UnauthorizedAccessException)
        {
            _view.Warn($"There is no control pipe, so status and stop will not work: {e.Message}");
            return "";
        }
    }

    private EndReason Reason(
        PublishStatus status, CancellationTokenSource stop, CancellationTokenSource duration, CancellationToken signal) =>
        signal.IsCancellationRequested ? EndReason.Signal
        : stop.IsCancellationRequested ? EndReason.Stop
        : duration.IsCancellationRequested ? EndReason.Duration
        : _request.Frames > 0 && status.Published >= _request.Frames ? EndReason.Frames
        : EndReason.SourceEnded;
}
