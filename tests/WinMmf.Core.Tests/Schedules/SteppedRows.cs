using System;
using WinMmf.Layouts;

namespace WinMmf.Tests.Schedules;

/// <summary>Reading and writing a companion, each a step.</summary>
internal static unsafe class SteppedRows
{
    /// <summary>Later than any clock: so no client has waited for long enough to be given way to, however slow the machine is.</summary>
    private const ulong FirstTicket = 1UL << 62;

    private static ulong _tickets = FirstTicket;

    public static void Read(SteppedLockMemory memory, byte* destination, int count, int offset)
    {
        if (SteppedLockMemory.IsInUse(count, offset))
        {
            memory.Schedule.Step(
                count == HoldersLayout.Size ? "reads all rows"
                : offset == HoldersLayout.Row(HoldersLayout.RescuerRow) ? "reads the recovery word"
                : $"reads {count} bytes at {offset:X}");
        }
        new ReadOnlySpan<byte>(memory.Companion, offset, count).CopyTo(new Span<byte>(destination, count));
    }

    public static void Write(SteppedLockMemory memory, byte* source, int count, int offset)
    {
        memory.Schedule.Step(count == 1 ? $"writes state {*source} at {offset:X}" : $"writes {count} bytes at {offset:X}");
        new ReadOnlySpan<byte>(source, count).CopyTo(memory.Companion.AsSpan(offset, count));
        int field = (offset - HoldersLayout.FirstRowOffset) % HoldersLayout.RowSize;
        if (offset >= HoldersLayout.FirstRowOffset && field <= LockRowLayout.Ticket && field + count > LockRowLayout.Ticket)
        {
            int ticket = offset - field + LockRowLayout.Ticket;
            BitConverter.TryWriteBytes(memory.Companion.AsSpan(ticket, sizeof(ulong)), _tickets++);
        }

        memory.Change();
    }

    public static ulong Claim(SteppedLockMemory memory, int row) =>
        BitConverter.ToUInt64(memory.Companion, HoldersLayout.Row(row) + LockRowLayout.Claim);

    public static byte State(SteppedLockMemory memory, int row) => memory.Companion[HoldersLayout.Row(row) + LockRowLayout.State];
}
