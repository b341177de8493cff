using System;

namespace WinMmf.Platform;

/// <summary>A reader's request for a row that the publisher has not answered yet: it may be late, or stopped (protocol 7.13).</summary>
internal abstract class RowRequest : IDisposable
{
    /// <summary>Waits for the answer.</summary>
    /// <param name="milliseconds">How long at most; 0: look once.</param>
    /// <param name="row">The row; null if none was given, or there is no answer yet.</param>
    /// <returns>False if there is no answer yet.</returns>
    public abstract bool TryFinish(int milliseconds, out ReaderRow? row);

    /// <inheritdoc/>
    public abstract void Dispose();
}
