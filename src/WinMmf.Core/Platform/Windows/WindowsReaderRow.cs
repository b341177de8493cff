using System.Threading;

namespace WinMmf.Platform.Windows;

/// <summary>A row that this reader has claimed in the registry.</summary>
internal sealed unsafe class WindowsReaderRow : ReaderRow
{
    private readonly SharedSection _section;
    private readonly WindowsRowClaims _claims;
    private int _disposed;

    public WindowsReaderRow(int number, uint epoch, SharedSection section, WindowsRowClaims claims)
        : base(number, epoch, claims.Line(number), mustBeLookedAt: true)
    {
        _section = section;
        _claims = claims;
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
            return;
        _claims.Release(Number);
        _section.Dispose();
    }
}
