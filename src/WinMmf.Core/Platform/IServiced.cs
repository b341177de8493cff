namespace WinMmf.Platform;

/// <summary>Something that has to be looked after while nobody calls it: a publisher's channel.</summary>
internal interface IServiced
{
    /// <summary>Called about ten times a second, never by two threads at once.</summary>
    /// <param name="now">Monotonic nanoseconds.</param>
    void Tick(long now);
}
