using System;
using WinMmf.Layouts;

namespace WinMmf.Platform;

/// <summary>
/// One process's access to a channel's registry. Every write is a full fence towards later loads, which the
/// protocol needs after announcing a lease (5.4) or a wait (5.5). Allocates nothing after construction.
/// </summary>
internal abstract unsafe class ReaderRegistry : IDisposable
{
    /// <summary>Copies the whole registry (<see cref="RegistryLayout.Size"/> bytes). Bytes beyond a file cut short read as 0.</summary>
    /// <param name="destination">At least <see cref="RegistryLayout.Size"/> bytes.</param>
    public abstract void Snapshot(byte* destination);

    /// <summary>Claims a free row, or a dead reader's, for this process. False if all rows are taken.</summary>
    /// <param name="label">Up to 24 UTF-8 bytes for people; longer text is cut.</param>
    /// <param name="row">The row, 1–63.</param>
    public abstract bool TryClaim(string label, out int row);

    /// <summary>Gives a row back.</summary>
    public abstract void Release(int row);

    /// <summary>Writes the lease byte of a row that this process has claimed.</summary>
    public abstract void WriteLease(int row, byte value);

    /// <summary>Writes the waiting byte of a row that this process has claimed.</summary>
    public abstract void WriteWaiting(int row, byte value);

    /// <summary>Clears a row if its reader is certainly dead. True if it was cleared.</summary>
    public abstract bool ClearIfDead(int row);

    /// <inheritdoc/>
    public abstract void Dispose();
}
