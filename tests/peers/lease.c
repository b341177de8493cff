#include "lease.h"

#include "row.h"
#include "shared.h"

enum { GATE_LOOKS = 1000 };

static lease_result give_up(channel *channel, lease_result why)
{
    row_set_lease(channel, 0);
    return why;
}

static bool gate_is_open(const channel *channel, uint32_t newest)
{
    for (int looks = 0; looks < GATE_LOOKS; looks++) {
        uint32_t gate = control_gate(&channel->control);
        if (gate == newest)
            return true;
        if (gate == (newest | GATE_CLOSED) || control_newest(&channel->control) != newest)
            return false;
    }
    return false;
}

lease_result lease_take(channel *channel, uint32_t newest, slot *out)
{
    uint32_t index;
    if (!newest_slot(newest, channel->description.slots, &index))
        return LEASE_LOST;
    if (!gate_is_open(channel, newest))
        return control_newest(&channel->control) == newest ? LEASE_REFUSED : LEASE_LOST;
    if (!slot_read(&channel->control, index, out))
        return LEASE_LOST;
    row_set_lease(channel, (uint8_t)(index + 1));
    full_fence();
    if (control_newest(&channel->control) != newest || slot_sequence(&channel->control, index) != out->sequence)
        return give_up(channel, LEASE_LOST);
    return row_counts_for(channel, out) ? LEASE_TAKEN : give_up(channel, LEASE_REFUSED);
}

static bool stayed_intact(const channel *channel, const slot *slot)
{
    acquire_fence();
    if (slot_sequence(&channel->control, slot->index) == slot->sequence)
        return true;
    acquire_fence();
    const uint8_t *pixels = channel->pixels.base;
    return channel->generation == slot->generation && load_u32(pixels, AT_PIXELS_RETIRED) != 0
        && load_u32(pixels, AT_PIXELS_FINAL(slot->index)) == slot->sequence;
}

bool lease_end(channel *channel, const slot *slot)
{
    bool intact = stayed_intact(channel, slot);
    row_set_lease(channel, 0);
    return intact;
}
