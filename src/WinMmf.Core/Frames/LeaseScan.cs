using WinMmf.Layouts;

namespace WinMmf.Frames;

/// <summary>What a registry snapshot says of leases: <c>docs/protocol.md</c> section 5.2. Rows are untrusted: any byte is possible.</summary>
internal static unsafe class LeaseScan
{
    /// <summary>Bit i is set if slot i has a confirmed lease.</summary>
    public static uint Confirmed(byte* registry, int slots)
    {
        uint leased = 0;
        for (int row = 1; row < RegistryLayout.Rows; row++)
            leased |= ConfirmedBit(LeaseOf(registry, row), slots);
        return leased;
    }

    /// <summary>Bit i is set if slot i has a confirmed lease in the same row of two snapshots, one after the other.</summary>
    public static uint ConfirmedInBoth(byte* first, byte* second, int slots)
    {
        uint leased = 0;
        for (int row = 1; row < RegistryLayout.Rows; row++)
        {
            byte lease = LeaseOf(first, row);
            if (lease == LeaseOf(second, row))
                leased |= ConfirmedBit(lease, slots);
        }

        return leased;
    }

    /// <summary>How many different slots are leased, confirmed or not.</summary>
    public static int CountDistinct(byte* registry, int slots)
    {
        uint seen = 0;
        int distinct = 0;
        for (int row = 1; row < RegistryLayout.Rows; row++)
        {
            uint bit = Bit(LeaseOf(registry, row), slots);
            if ((seen & bit) == bit)
                continue;
            seen |= bit;
            distinct++;
        }

        return distinct;
    }

    private static byte LeaseOf(byte* registry, int row) => registry[RegistryLayout.Row(row) + RegistryLayout.Lease];

    private static uint ConfirmedBit(byte lease, int slots) => (lease & RegistryLayout.LeaseConfirmed) == 0 ? 0 : Bit(lease, slots);

    private static uint Bit(byte lease, int slots)
    {
        int slot = (lease & RegistryLayout.LeaseSlotMask) - 1;
        return slot < 0 || slot >= slots ? 0 : 1u << slot;
    }
}
