using System;
using System.Threading;

namespace WinMmf.Platform;

/// <summary>
/// The publisher's end of the rows and of waking: which rows are in use is its own knowledge, never read from what readers write (protocol
/// section 7). One thread publishes; rows come and go on the thread of <see cref="ServiceLoop"/>. Nothing here waits for a reader.
/// </summary>
internal abstract class PublisherRows : IDisposable
{
    private PublisherRow[] _rows = [];
    private int _isLooking;

    /// <summary>Rows handed out, by this publisher.</summary>
    public long Given { get; protected set; }

    /// <summary>Rows refused, by this publisher.</summary>
    public long Refused { get; protected set; }

    /// <summary>Rows whose reader went, by this publisher.</summary>
    public long Ended { get; protected set; }

    /// <summary>True if nothing is lost where <see cref="Tick"/> comes every 400 ms while no frames come (protocol 5.10).</summary>
    public abstract bool MayRest { get; }

    /// <summary>True if the system knows who sleeps, so that readers without a row can be woken too.</summary>
    public abstract bool CanWakeAnybody { get; }

    /// <summary>
    /// To be called before <c>newest</c> is exchanged. The full fence after that exchange makes sure: a row that is not in the table which
    /// <see cref="Rows"/> gives then is unmapped only after <see cref="EndLook"/>.
    /// </summary>
    public void BeginLook() => Volatile.Write(ref _isLooking, 1);

    /// <summary>The rows in use; between <see cref="BeginLook"/>, a full fence, and <see cref="EndLook"/>.</summary>
    public PublisherRow[] Rows => Volatile.Read(ref _rows);

    /// <summary>After this no row of the table may be touched.</summary>
    public void EndLook() => Volatile.Write(ref _isLooking, 0);

    /// <summary>
    /// Windows: takes in rows that readers have claimed since, and says so in control; to be called at most once a millisecond before a
    /// look, by the thread that publishes.
    /// </summary>
    public virtual void TakeIn()
    {
    }

    /// <summary>
    /// Tells the service thread that a wake is owed, should it rest; called by the thread that publishes, which does not wait.
    /// </summary>
    public virtual void EndRest()
    {
    }

    /// <summary>Looks after rows, on the service thread.</summary>
    public virtual void Tick(long now)
    {
    }

    /// <summary>Wakes readers that say they sleep.</summary>
    /// <param name="sleeping">Bit <i>n</i>: row <i>n</i> says so.</param>
    /// <returns>How many were woken; −1 if the system does not tell.</returns>
    public abstract int Wake(ulong sleeping);

    /// <summary>Wakes all readers, for the end of a channel or of its control.</summary>
    public abstract void WakeAll();

    /// <inheritdoc/>
    public abstract void Dispose();

    /// <summary>Adds to a table of which nothing is ever unmapped; does not wait.</summary>
    protected void Extend(PublisherRow[] rows) => Volatile.Write(ref _rows, rows);

    /// <summary>
    /// Replaces the table. When this returns, the thread that publishes does not use what is only in the old one any more.
    /// </summary>
    protected void Replace(PublisherRow[] rows)
    {
        Volatile.Write(ref _rows, rows);

        // Full fence. Partner: the fence after newest in SlotPublisher.MakeNewest, which lies between BeginLook and the reading of the
        // table: either that look sees the new table, or it is seen here and waited for.
        Thread.MemoryBarrier();
        SpinWait spin = default;
        while (Volatile.Read(ref _isLooking) != 0)
            spin.SpinOnce();
    }
}
