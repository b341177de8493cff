using System;
using WinMmf.Locking;
using WinMmf.Residency;
using WinMmf.Security;

namespace WinMmf.Platform;

/// <summary>
/// One mapped section. Disposing unmaps and lets the name go; the last holder of a plain name removes what
/// belongs to it. Not thread-safe against its own disposal: the user of <see cref="Address"/> keeps it alive.
/// </summary>
internal abstract unsafe class SharedSection : IOpenMemory, IDisposable
{
    /// <summary>Start of the mapping.</summary>
    public abstract byte* Address { get; }

    /// <summary>Mapped bytes that may be touched: the true size of the section, not what a header claims.</summary>
    public abstract long Size { get; }

    /// <summary>
    /// The bytes that its creator asked for; null where only their number rounded up to whole pages is known, which is
    /// <see cref="Size"/> then.
    /// </summary>
    public virtual long? ExactSize => Size;

    /// <summary>
    /// False for a copy that was made for a caller that only looks: what it says does not change any more, and only its head is there.
    /// </summary>
    public virtual bool IsLive => true;

    /// <summary>Account (uid or SID as text) that owns the section, for messages and for takeover.</summary>
    public abstract string Owner { get; }

    /// <summary>True if this process's account owns the section.</summary>
    public abstract bool IsOwnedByCaller { get; }

    /// <summary>True if an account other than the owner (and administrators) may write the section, as its access says now.</summary>
    public abstract bool CanOthersWrite { get; }

    /// <summary>
    /// The access that the section has now, for others that are to have the same; null where it may not be read.
    /// It need not be what it was made with: an administrator may have changed it since.
    /// </summary>
    public abstract AccessPolicy? ReadPolicy();

    /// <summary>
    /// False once the section was cut short under the map (possible on Linux only): touching it would
    /// then kill the process. Costs one system call on Linux and nothing on Windows.
    /// </summary>
    public abstract bool IsWhole();

    /// <summary>
    /// <see cref="IsWhole"/> for paths on which one system call a frame is too many: asks again after 16 ms.
    /// It is a courtesy either way: between the answer and the next touch the section may be cut.
    /// </summary>
    public virtual bool IsStillWhole() => IsWhole();

    /// <summary>How often <see cref="IsStillWhole"/> has asked the system: what else is to be done so rarely can go by it.</summary>
    public virtual uint Asked => 0;

    /// <summary>
    /// False once the section's name leads to another one or to none (possible on Linux only, where files can be removed and replaced).
    /// </summary>
    public virtual bool IsStillNamed() => true;

    /// <summary>How much of this mapping the system says to be locked or in large pages, now.</summary>
    public abstract ResidentBytes Measure();

    /// <inheritdoc/>
    public abstract void Dispose();
}
