namespace WinMmf.Frames;

/// <summary>
/// Which leases of a registry snapshot count: <c>docs/protocol.md</c> section 5.2. Rows are untrusted, so
/// the outcome is bounded whatever they say.
/// </summary>
internal static unsafe class LeaseScan
{
    /// <summary>Finds the slots whose leases are honoured.</summary>
    /// <param name="registry">A snapshot.</param>
    /// <param name="slots">The channel's slots.</param>
    /// <param name="ignored">Leases beyond the bound of slots − 2 different slots.</param>
    /// <returns>Bit i is set if slot i is leased.</returns>
    public static uint Honoured(byte* registry, int slots, out int ignored)
    {
        uint honoured = 0;
        int distinct = 0;
        ignored = 0;

        // Confirmed leases first: a newcomer that has not yet checked the bound cannot displace them.
        Collect(registry, slots, RegistryLayout.LeaseConfirmed, ref honoured, ref distinct, ref ignored);
        Collect(registry, slots, 0, ref honoured, ref distinct, ref ignored);
        return honoured;
    }

    /// <summary>How many different slots are leased, confirmed or not, beyond any bound.</summary>
    public static int CountDistinct(byte* registry, int slots)
    {
        uint seen = 0;
        int distinct = 0;
        for (int row = 1; row < RegistryLayout.Rows; row++)
        {
            int slot = SlotOf(registry[RegistryLayout.Row(row) + RegistryLayout.Lease]);
            if (slot < 0 || slot >= slots || (seen & (1u << slot)) != 0)
                continue;
            seen |= 1u << slot;
            distinct++;
        }

        return distinct;
    }

    /// <summary>True if a row leases a slot.</summary>
    public static bool IsLeasedBy(byte* registry, int row, int slot) =>
        SlotOf(registry[RegistryLayout.Row(row) + RegistryLayout.Lease]) == slot;

    private static int SlotOf(byte lease) => (lease & RegistryLayout.LeaseSlotMask) - 1;

    private static void Collect(byte* registry, int slots, byte confirmed, ref uint honoured, ref int distinct, ref int ignored)
    {
        for (int row = 1; row < RegistryLayout.Rows; row++)
        {
            byte lease = registry[RegistryLayout.Row(row) + RegistryLayout.Lease];
            int slot = SlotOf(lease);
            if (slot < 0 || slot >= slots || (lease & RegistryLayout.LeaseConfirmed) != confirmed || (honoured & (1u << slot)) != 0)
                continue;
            if (distinct == slots - 2)
            {
                ignored++;
                continue;
            }

            honoured |= 1u << slot;
            distinct++;
        }
    }
}
