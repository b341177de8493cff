using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using WinMmf.Errors;
using WinMmf.Frames;
using WinMmf.Management.Cameras;
using WinMmf.Management.Platform.Selection;

namespace WinMmf.Capture;

/// <summary>
/// A camera of this machine. It is looked for at each start: first by what was typed, from then on by the identity of what was found, so it
/// is found again after it was unplugged, in whatever port, and another camera of its name or number never takes its place.
/// </summary>
public sealed class CameraSource : FrameSource
{
    private readonly string _wanted;
    private readonly Func<CameraInput, FrameSource> _make;
    private readonly Func<IReadOnlyList<FoundCamera>> _find;
    private string _name;
    private string? _id;
    private FrameSource? _source;
    private FrameFormat _format;
    private double _frameRate;
    private long _late;
    private bool _isFresh;
    private bool _hasFrame;

    /// <summary>Makes a source; nothing is looked for yet.</summary>
    /// <param name="camera">The camera's name, id, path or number, or a pattern that matches one.</param>
    /// <param name="make">Makes what opens it.</param>
    public CameraSource(string camera, Func<CameraInput, FrameSource> make)
        : this(camera, make, static () => ManagementServices.Current.Cameras.Find())
    {
    }

    internal CameraSource(string camera, Func<CameraInput, FrameSource> make, Func<IReadOnlyList<FoundCamera>> find)
    {
        _wanted = camera ?? throw new ArgumentNullException(nameof(camera));
        _make = make ?? throw new ArgumentNullException(nameof(make));
        _find = find;
        _name = camera;
    }

    /// <inheritdoc/>
    public override FrameFormat Format => _source?.Format ?? _format;

    /// <inheritdoc/>
    public override double FrameRate => _source?.FrameRate ?? _frameRate;

    /// <summary>The camera's name.</summary>
    public override string Description => _name;

    /// <summary>True: a camera that is gone or busy is waited for.</summary>
    public override bool CanRestart => true;

    /// <inheritdoc/>
    public override long CapturedAt => Source.CapturedAt;

    /// <inheritdoc/>
    public override long Late => _late + (_source?.Late ?? 0);

    /// <inheritdoc/>
    public override IReadOnlyList<string> Notes => _source?.Notes ?? [];

    private FrameSource Source => _source ?? throw new InvalidOperationException("The source is not prepared.");

    /// <inheritdoc/>
    /// <exception cref="WinMmfException">
    /// CameraNotFound, CameraAmbiguous, SourceBusy (with who has it), AccessDenied, and what the program that opens it reports.
    /// </exception>
    public override void Prepare(CancellationToken cancellationToken)
    {
        Open(cancellationToken);
        _isFresh = true;
    }

    /// <inheritdoc/>
    public override void Start(CancellationToken cancellationToken)
    {
        if (_id is null)
            throw new InvalidOperationException("The source is not prepared.");
        if (!_isFresh)
            Open(cancellationToken);
        _isFresh = false;
        _hasFrame = false;
        Try(source =>
        {
            source.Start(cancellationToken);
            return true;
        });
    }

    /// <inheritdoc/>
    public override bool WaitNext() => Try(static source => source.WaitNext());

    /// <inheritdoc/>
    public override int Fill(in FrameSlot slot)
    {
        try
        {
            int length = Source.Fill(slot);
            _hasFrame |= length > 0;
            return length;
        }
        catch (WinMmfException e)
        {
            throw Explain(e);
        }
    }

    /// <inheritdoc/>
    public override void Skip() => Try(static source =>
    {
        source.Skip();
        return true;
    });

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        Close();
        base.Dispose(disposing);
    }

    private void Open(CancellationToken cancellationToken)
    {
        Close();
        IReadOnlyList<FoundCamera> cameras = _find();
        FoundCamera camera = _id is null ? CameraChoice.Choose(_wanted, cameras) : CameraChoice.Again(_name, _id, cameras);
        _name = camera.Name;
        _id = CameraIdentity.Of(camera, cameras);
        if (camera.IsDenied)
            throw new WinMmfException(
                WinMmfErrorId.AccessDenied,
                $"The camera {_name} ('{_id}') may not be opened by this account: {camera.Fault} Add the account to the group that owns "
                    + "the device, most often 'video', and log on again.");
        _source = _make(CameraInput.Of(camera));
        _hasFrame = false;
        Try(source =>
        {
            source.Prepare(cancellationToken);
            return true;
        });
        _format = _source.Format;
        _frameRate = _source.FrameRate;
    }

    private void Close()
    {
        if (_source is null)
            return;
        _late += _source.Late;
        _source.Dispose();
        _source = null;
    }

    private T Try<T>(Func<FrameSource, T> step)
    {
        try
        {
            return step(Source);
        }
        catch (WinMmfException e)
        {
            throw Explain(e);
        }
    }

    /// <summary>
    /// What opens or reads a device seldom knows why it cannot; the system does: the camera is gone, or another program has it.
    /// </summary>
    private WinMmfException Explain(WinMmfException error)
    {
        FoundCamera camera;
        try
        {
            camera = CameraChoice.Again(_name, _id!, _find());
        }
        catch (WinMmfException gone)
        {
            return gone.ErrorId is WinMmfErrorId.CameraNotFound or WinMmfErrorId.CameraAmbiguous ? gone : error;
        }

        // Once it delivers, who else has it open does not matter: some programs keep every camera open only to look at it.
        bool mayBeBusy = error.ErrorId == WinMmfErrorId.SourceBusy
            || (!_hasFrame && error.ErrorId is WinMmfErrorId.PublisherFailed or WinMmfErrorId.SourceUnreachable);
        CameraUser? user = mayBeBusy
            ? camera.Users.FirstOrDefault(static user => user.ProcessId != Environment.ProcessId && user.ParentId != Environment.ProcessId)
            : null;
        return user is null
            ? error
            : new WinMmfException(
                WinMmfErrorId.SourceBusy,
                $"The camera {_name} ('{_id}') is in use by process {user.ProcessId} ({user.Program}).",
                new ErrorFacts { ProcessId = user.ProcessId, Program = user.Program },
                error.NativeErrorCode,
                error);
    }
}
