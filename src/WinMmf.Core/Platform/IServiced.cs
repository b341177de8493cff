namespace WinMmf.Platform;

/// <summary>An object that needs regular work in the background: a publisher's channel.</summary>
internal interface IServiced
{
    /// <summary>
    /// True if the next <see cref="Tick"/> may come in 400 ms instead of 100: nothing happens, and no other thread has left work for it.
    /// </summary>
    bool MayRest { get; }

    /// <summary>Called about ten times a second, or every 400 ms while it may rest; never by two threads at once.</summary>
    /// <param name="now">Monotonic nanoseconds.</param>
    void Tick(long now);
}
