#include "lease.h"

#include "registry.h"
#include "shared.h"

enum { PUT_BACK_WITHIN_MS = 20 };

/* Says it in the registry, and then looks whether the slot is still as it was. */
static bool announce(channel *channel, const slot *slot, uint8_t lease)
{
    if (!registry_set_lease(channel, lease))
        return false;
    full_fence();
    return slot_sequence(&channel->control, slot->index) == slot->sequence;
}

static lease_result give_up(channel *channel, lease_result why)
{
    registry_set_lease(channel, 0);
    return why;
}

lease_result lease_take(channel *channel, const slot *slot)
{
    uint8_t intent = (uint8_t)(slot->index + 1);
    if (!announce(channel, slot, intent))
        return give_up(channel, LEASE_LOST);
    if (registry_leased_slots(channel) > channel->description.slots - 2)
        return give_up(channel, LEASE_FULL);
    /* While the sequence is the same, so is the descriptor that `slot` was read from. */
    if (!announce(channel, slot, (uint8_t)(intent + LEASE_CONFIRMED)))
        return give_up(channel, LEASE_LOST);
    return LEASE_TAKEN;
}

bool lease_end(channel *channel, const slot *slot)
{
    uint32_t tried = (slot->sequence | 1) + 2;
    acquire_fence();
    uint32_t now = slot_sequence(&channel->control, slot->index);
    for (int waited = 0; now == tried && waited < PUT_BACK_WITHIN_MS; waited++) {
        sleep_ms(1);
        now = slot_sequence(&channel->control, slot->index);
    }
    registry_set_lease(channel, 0);
    return now == slot->sequence;
}
