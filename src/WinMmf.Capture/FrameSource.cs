using System;
using System.Collections.Generic;
using System.Threading;
using WinMmf.Errors;
using WinMmf.Frames;

namespace WinMmf.Capture;

/// <summary>
/// Where frames come from. One thread uses it: <see cref="Prepare"/> once, then <see cref="Start"/>, then
/// <see cref="WaitNext"/> and <see cref="Fill"/> (or <see cref="Skip"/>) by turns. After a failure
/// <see cref="Start"/> may be called again.
/// </summary>
public abstract class FrameSource : IDisposable
{
    /// <summary>What <see cref="Fill"/> returns when the frame does not fit the slot, because its size has changed.</summary>
    public const int FormatChanged = -1;

    /// <summary>Format of the next frame; known after <see cref="Prepare"/>.</summary>
    public abstract FrameFormat Format { get; }

    /// <summary>Nominal frames a second, 0 if unknown; known after <see cref="Prepare"/>.</summary>
    public abstract double FrameRate { get; }

    /// <summary>What the source shows, for display.</summary>
    public abstract string Description { get; }

    /// <summary>True if it is worth starting again after a failure; false where the same failure would come again.</summary>
    public virtual bool CanRestart => false;

    /// <summary>When the frame announced by <see cref="WaitNext"/> was captured, monotonic nanoseconds.</summary>
    public abstract long CapturedAt { get; }

    /// <summary>Frames that the source left out because it was late.</summary>
    public virtual long Late => 0;

    /// <summary>What the source gives in another way than it was asked for, as sentences; known after <see cref="Prepare"/>.</summary>
    public virtual IReadOnlyList<string> Notes => [];

    /// <summary>Finds out format and rate, without delivering frames yet.</summary>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="WinMmfException">
    /// NotFound, PublisherFailed, InvalidFormat, …: what is wrong with the source and what to do.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public abstract void Prepare(CancellationToken cancellationToken);

    /// <summary>Begins to deliver.</summary>
    /// <param name="cancellationToken">
    /// Ends the delivery in good order, also while another thread is in <see cref="WaitNext"/> or <see cref="Fill"/>.
    /// </param>
    /// <exception cref="WinMmfException">The source cannot begin.</exception>
    public abstract void Start(CancellationToken cancellationToken);

    /// <summary>Waits until the next frame begins.</summary>
    /// <returns>False if the source has ended cleanly or was cancelled.</returns>
    /// <exception cref="WinMmfException">PublisherFailed: the source ended in an error.</exception>
    public abstract bool WaitNext();

    /// <summary>Puts the frame into its slot.</summary>
    /// <param name="slot">A slot of <see cref="Format"/>.</param>
    /// <returns>
    /// Bytes filled; 0 if the source was cancelled or has ended meanwhile and the slot is to be abandoned; <see cref="FormatChanged"/> if
    /// it is to be abandoned for another one, of what <see cref="Format"/> says now.
    /// </returns>
    /// <exception cref="WinMmfException">PublisherFailed: the source ended within the frame.</exception>
    public abstract int Fill(in FrameSlot slot);

    /// <summary>Throws the frame away because no slot is free.</summary>
    /// <exception cref="WinMmfException">PublisherFailed: the source ended within the frame.</exception>
    public abstract void Skip();

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Releases what the source holds.</summary>
    /// <param name="disposing">True from <see cref="Dispose()"/>.</param>
    protected virtual void Dispose(bool disposing)
    {
    }
}
