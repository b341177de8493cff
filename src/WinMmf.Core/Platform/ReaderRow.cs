using System;

namespace WinMmf.Platform;

/// <summary>A reader's own row. Lease and sleeping are written into <see cref="Line"/> by the reader itself.</summary>
internal abstract unsafe class ReaderRow : IDisposable
{
    protected ReaderRow(int number, uint epoch, byte* line, bool mustBeLookedAt)
    {
        Number = number;
        Epoch = epoch;
        Line = line;
        MustBeLookedAt = mustBeLookedAt;
    }

    /// <summary>1 to 63.</summary>
    public int Number { get; }

    /// <summary>The epoch whose publisher looks at it.</summary>
    public uint Epoch { get; }

    /// <summary>The 64 bytes: <see cref="Layouts.RowLayout"/>.</summary>
    public byte* Line { get; }

    /// <summary>Windows: only rows up to the number in control count.</summary>
    public bool MustBeLookedAt { get; }

    /// <inheritdoc/>
    public abstract void Dispose();
}
