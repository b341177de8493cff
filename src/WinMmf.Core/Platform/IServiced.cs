namespace WinMmf.Platform;

/// <summary>An object that needs regular work in the background: a publisher's channel.</summary>
internal interface IServiced
{
    /// <summary>Called about ten times a second, never by two threads at once.</summary>
    /// <param name="now">Monotonic nanoseconds.</param>
    void Tick(long now);
}
