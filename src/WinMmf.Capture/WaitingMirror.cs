using System;
using System.Threading;
using System.Threading.Tasks;
using WinMmf.Errors;
using WinMmf.Names;
using WinMmf.Time;

namespace WinMmf.Capture;

/// <summary>
/// A mirror whose memory is too small for a frame, as where other programs keep the one of an earlier publisher. The channel goes on
/// without it; as soon as they have let go of the memory, the mirror is made with the size that it needs.
/// </summary>
public sealed class WaitingMirror : IFrameMirror
{
    private readonly Func<IFrameMirror> _open;
    private readonly Action<string> _warn;
    private readonly long _pause;
    private IFrameMirror? _mirror;
    private Task<IFrameMirror>? _opening;
    private long _nextTry;
    private long _left;
    private bool _isGivenUp;

    private WaitingMirror(SharedName name, Func<IFrameMirror> open, Action<string> warn, TimeSpan pause)
    {
        Name = name;
        _open = open;
        _warn = warn;
        _pause = pause.Ticks * 100;
        _nextTry = MonotonicClock.Now + _pause;
    }

    /// <inheritdoc/>
    public SharedName Name { get; }

    /// <inheritdoc/>
    public long Written => _mirror?.Written ?? 0;

    /// <inheritdoc/>
    public long Skipped => _left + (_mirror?.Skipped ?? 0);

    /// <inheritdoc/>
    public long Waited => _mirror?.Waited ?? 0;

    /// <summary>Opens a mirror, or gives one that waits if the memory is too small.</summary>
    /// <param name="name">The memory.</param>
    /// <param name="open">Opens it; called again on other threads, one at a time.</param>
    /// <param name="warn">Receives warnings for the user.</param>
    /// <param name="pause">The time from one try to the next.</param>
    /// <exception cref="WinMmfException">What opening reports, but for InvalidSize.</exception>
    public static IFrameMirror Open(SharedName name, Func<IFrameMirror> open, Action<string> warn, TimeSpan pause)
    {
        ArgumentNullException.ThrowIfNull(open);
        ArgumentNullException.ThrowIfNull(warn);
        try
        {
            return open();
        }
        catch (WinMmfException e) when (e.ErrorId == WinMmfErrorId.InvalidSize)
        {
            warn($"The mirror gets no frames, and the channel goes on without it: {e.Message} The mirror is made anew as soon as all "
                + "programs that have this memory open have closed it.");
            return new WaitingMirror(name, open, warn, pause);
        }
    }

    /// <inheritdoc/>
    public void Write(ReadOnlySpan<byte> payload)
    {
        if (_mirror is null)
            Try();
        if (_mirror is null)
            _left++;
        else
            _mirror.Write(payload);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            _opening?.Result.Dispose();
        }
        catch (AggregateException)
        {
            // There is nothing to close.
        }

        _mirror?.Dispose();
    }

    /// <summary>On another thread, because a frame must not wait for it.</summary>
    private void Try()
    {
        if (_opening is null)
        {
            if (!_isGivenUp && MonotonicClock.Now >= _nextTry)
                _opening = Task.Factory.StartNew(_open, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            return;
        }

        if (!_opening.IsCompleted)
            return;
        Task<IFrameMirror> opened = _opening;
        _opening = null;
        _nextTry = MonotonicClock.Now + _pause;
        if (opened.IsCompletedSuccessfully)
        {
            _mirror = opened.Result;
            _warn($"The mirror {Name} has been made anew and gets frames.");
        }
        else if (opened.Exception!.InnerException
            is not WinMmfException { ErrorId: WinMmfErrorId.InvalidSize or WinMmfErrorId.NotFound })
        {
            _isGivenUp = true;
            _warn($"The mirror {Name} cannot be made anew, and the channel goes on without it: {opened.Exception.InnerException!.Message}");
        }
    }
}
