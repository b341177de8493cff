using System;
using WinMmf.Layouts;
using WinMmf.Locking;
using WinMmf.Platform.Windows;

namespace WinMmf.Tests.Schedules;

/// <summary>Windows' way to own a row, on a stepped memory.</summary>
internal sealed unsafe class SteppedWindowsTable : WindowsRowTable
{
    private readonly SteppedLockMemory _memory;

    public SteppedWindowsTable(SteppedLockMemory memory, SteppedClient client)
        : base(SteppedLockMemory.Name, client) => _memory = memory;

    public override void Wait(int row, uint* word, uint seen, int milliseconds) => _memory.Schedule.Wait("sleeps until its event is set");

    public override void Wake(uint* word)
    {
        _memory.Schedule.Step("sets events");
        _memory.Schedule.Change();
    }

    public override void Dispose()
    {
    }

    protected override void Read(byte* destination, int count, int offset) => SteppedRows.Read(_memory, destination, count, offset);

    protected override void Write(byte* source, int count, int offset) => SteppedRows.Write(_memory, source, count, offset);

    protected override bool TryExchangeClaim(int row, ulong from, ulong to)
    {
        _memory.Schedule.Step($"exchanges the claim of row {row}: {from:X} for {to:X}");
        if (SteppedRows.Claim(_memory, row) != from)
            return false;
        BitConverter.TryWriteBytes(_memory.Companion.AsSpan(HoldersLayout.Row(row) + LockRowLayout.Claim), to);
        _memory.Change();
        return true;
    }

    protected override bool IsGone(ulong claim)
    {
        if (SteppedLockMemory.IsWaiter(claim))
            return false;
        _memory.Schedule.Step($"asks for the process of {claim:X}");
        uint processId = unchecked((uint)claim);
        return processId == 0 || _memory.Dead.Contains(processId);
    }
}
