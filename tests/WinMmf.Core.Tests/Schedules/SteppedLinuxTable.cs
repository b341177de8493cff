using WinMmf.Platform.Linux;

namespace WinMmf.Tests.Schedules;

/// <summary>Linux's way to own a row, on a stepped memory.</summary>
internal sealed unsafe class SteppedLinuxTable : LinuxRowTable
{
    private readonly SteppedLockMemory _memory;

    public SteppedLinuxTable(SteppedLockMemory memory, SteppedClient client)
        : base(SteppedLockMemory.Name, client) => _memory = memory;

    public override void Wait(int row, uint* word, uint seen, int milliseconds) => _memory.Schedule.Wait("sleeps on the word");

    public override void Wake(uint* word)
    {
        _memory.Schedule.Step("wakes");
        _memory.Schedule.Change();
    }

    public override void Dispose()
    {
    }

    protected override void Read(byte* destination, int count, int offset) => SteppedRows.Read(_memory, destination, count, offset);

    protected override void Write(byte* source, int count, int offset) => SteppedRows.Write(_memory, source, count, offset);

    protected override bool TryLockByte(int offset)
    {
        if (SteppedLockMemory.IsInUse(offset))
            _memory.Schedule.Step($"locks byte {offset}");
        if (_memory.Locks.TryGetValue(offset, out object? owner) && owner != this)
            return false;
        _memory.Locks[offset] = this;
        if (SteppedLockMemory.IsInUse(offset))
            _memory.Schedule.Change();
        return true;
    }

    protected override void UnlockByte(int offset)
    {
        if (SteppedLockMemory.IsInUse(offset))
            _memory.Schedule.Step($"unlocks byte {offset}");
        if (_memory.Locks.TryGetValue(offset, out object? owner) && owner == this)
            _memory.Locks.Remove(offset);
        if (SteppedLockMemory.IsInUse(offset))
            _memory.Schedule.Change();
    }

    protected override bool IsByteFree(int offset)
    {
        if (SteppedLockMemory.IsInUse(offset))
            _memory.Schedule.Step($"asks for byte {offset}");
        return !_memory.Locks.TryGetValue(offset, out object? owner) || owner == this;
    }
}
