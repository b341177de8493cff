using WinMmf.Layouts;
using WinMmf.Platform;

namespace WinMmf.Frames;

/// <summary>
/// The publisher's own book of leases (protocol 5.5, 5.6): which slots are held, and for which rows. A lease counts only if its reader can
/// have taken it by the rules, that is of the frame that was newest and open until the last exchange; what is held stays held until its
/// row says otherwise. So at most slots − 2 slots are ever held, whatever bytes stand in the rows. <c>tests/models/frame_leases.pml</c>.
/// </summary>
internal sealed unsafe class LeaseLedger
{
    private readonly int _slots;

    public LeaseLedger(int slots) => _slots = slots;

    /// <summary>Bit <i>i</i>: slot <i>i</i> is held.</summary>
    public uint Held { get; private set; }

    /// <summary>Leases seen that no reader can have taken by the rules.</summary>
    public long NotHonoured { get; private set; }

    /// <summary>
    /// True if the next frame may be leased whatever the look after it finds: then its gate is open from its first moment on.
    /// </summary>
    /// <param name="newest">The slot that is newest until the exchange; −1: none.</param>
    /// <param name="isOpen">Whether its gate is open.</param>
    public bool WillBeOpen(int newest, bool isOpen) => Count(isOpen && newest >= 0 ? Held | (1u << newest) : Held) <= _slots - 3;

    /// <summary>True if the newest frame may be leased, after the look.</summary>
    public bool IsOpen => Count(Held) <= _slots - 3;

    /// <summary>Looks once at every row.</summary>
    /// <param name="rows">The rows in use.</param>
    /// <param name="before">The slot that was newest before the exchange; −1: none.</param>
    /// <param name="wasOpen">Whether its gate was open.</param>
    /// <param name="newest">The slot that is newest now.</param>
    /// <returns>Bit <i>n</i>: row <i>n</i> says that its reader sleeps.</returns>
    /// <typeparam name="TMemory">How the rows are touched.</typeparam>
    public ulong Look<TMemory>(PublisherRow[] rows, int before, bool wasOpen, int newest)
        where TMemory : struct, IStepMemory
    {
        TMemory memory = default;
        uint held = 0;
        ulong sleeping = 0;
        foreach (PublisherRow row in rows)
        {
            int slot = memory.ReadAcquire(row.Line + RowLayout.Lease) - 1;
            if (slot >= 0 && (slot == row.Honoured || (wasOpen && slot == before)))
            {
                row.Honoured = slot;
                held |= 1u << slot;
            }
            else
            {
                row.Honoured = -1;

                // One of the new frame is counted with the next look.
                if (slot >= 0 && slot != newest)
                    NotHonoured++;
            }

            if (memory.ReadAcquire(row.Line + RowLayout.Sleeping) != 0)
                sleeping |= 1UL << row.Number;
        }

        Held = held;
        return sleeping;
    }

    private static int Count(uint slots)
    {
        int count = 0;
        for (; slots != 0; slots &= slots - 1)
            count++;
        return count;
    }
}
