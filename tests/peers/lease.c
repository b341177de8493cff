#include "lease.h"

#include "registry.h"
#include "shared.h"

enum { PUT_BACK_WITHIN_MS = 20 };

lease_result lease_take(channel *channel, const slot *slot)
{
    uint8_t number = (uint8_t)(slot->index + 1);
    if (!registry_set_lease(channel, number))
        return LEASE_FULL;
    full_fence();
    if (slot_sequence(&channel->control, slot->index) != slot->sequence) {
        registry_set_lease(channel, 0);
        return LEASE_LOST;
    }
    if (registry_leased_slots(channel) > channel->description.slots - 2) {
        registry_set_lease(channel, 0);
        return LEASE_FULL;
    }
    registry_set_lease(channel, (uint8_t)(number + LEASE_CONFIRMED));
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
