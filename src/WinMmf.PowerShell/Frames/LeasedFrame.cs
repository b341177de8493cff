using System;
using System.Globalization;
using System.Threading;
using WinMmf.Errors;
using WinMmf.Frames;
using WinMmf.Names;
using WinMmf.PowerShell.Advice;
using WinMmf.PowerShell.Output;
using WinMmf.Time;

namespace WinMmf.PowerShell.Frames;

/// <summary>The newest frame of a channel, held in place until this is disposed of.</summary>
internal sealed class LeasedFrame : IDisposable
{
    private static readonly TimeSpan DefaultWait = TimeSpan.FromSeconds(5);
    private readonly FrameStream _stream;

    private LeasedFrame(FrameStream stream, SharedFrameLease frame)
    {
        _stream = stream;
        Frame = frame;
    }

    /// <summary>The frame.</summary>
    public SharedFrameLease Frame { get; }

    /// <summary>True if no scope was asked for and the name exists in both; the Local one was used.</summary>
    public bool ExistsInBothScopes => _stream.ExistsInBothScopes;

    /// <summary>The account that the channel belongs to.</summary>
    public string OwnerId => _stream.OwnerId;

    /// <summary>How the channel is.</summary>
    public ChannelState State => _stream.Reader.State;

    /// <summary>Waits for a frame and takes it in place, or copies it where that is not possible.</summary>
    /// <param name="name">The channel's name.</param>
    /// <param name="scope">Where to look; null: Local, then Global.</param>
    /// <param name="timeout">How long to wait for channel and frame; null: the channel must exist, a frame may take 5 s.</param>
    /// <param name="owner">The account that the channel must belong to; null: any.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="WinMmfException">Timeout, and all that opening and reading a channel report.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static LeasedFrame Take(string name, NameScope? scope, TimeSpan? timeout, string? owner, CancellationToken cancellationToken)
    {
        TimeSpan wait = timeout ?? DefaultWait;
        Deadline end = Deadline.After(wait);
        FrameStreamOptions options = new() { WaitForChannel = timeout ?? TimeSpan.Zero, Label = "Use-SharedFrame", Owner = owner };
        FrameStream stream = FrameStream.Open(name, scope, options, cancellationToken);
        try
        {
            if (stream.Wait(end.Left, cancellationToken))
            {
                if (stream.Reader.TryLeaseNewest(out FrameLease lease))
                    return new LeasedFrame(stream, new SharedFrameLease(stream.Name, lease));
                if (stream.TryTake(end.Left, out StreamedFrame copy, cancellationToken))
                    return new LeasedFrame(stream, new SharedFrameLease(copy));
            }

            throw new WinMmfException(
                WinMmfErrorId.Timeout,
                $"{stream.Name} had no frame within {wait.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture)} s; the channel is "
                    + $"{stream.Reader.State}.",
                NameFacts.Of(stream.Name) with
                {
                    Operation = ErrorOperation.ReadFrame,
                    State = stream.Reader.State.ToString(),
                    Waited = wait,
                });
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>Gives the frame back.</summary>
    /// <exception cref="WinMmfException">FrameOverwritten: it did not stay as it was.</exception>
    public void Release()
    {
        if (!Frame.Release())
        {
            throw new WinMmfException(
                WinMmfErrorId.FrameOverwritten,
                $"{Frame} was overwritten while it was in use, so what was read from it may be mixed from two frames.",
                new ErrorFacts { Name = Frame.Name, Scope = Frame.Scope.ToString() });
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // The frame before its mapping: no code may read what is no longer mapped.
        _ = Frame.Release();
        _stream.Dispose();
    }
}
