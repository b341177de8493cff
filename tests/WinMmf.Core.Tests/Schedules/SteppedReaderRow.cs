using WinMmf.Platform;

namespace WinMmf.Tests.Schedules;

/// <summary>A reader's row on a stepped channel.</summary>
internal sealed unsafe class SteppedReaderRow(int number, byte* line) : ReaderRow(number, epoch: 1, line, mustBeLookedAt: false)
{
    public override void Dispose()
    {
    }
}
