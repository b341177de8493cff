#include "order.h"

/* A publisher killed between filling a slot and announcing it leaves a frame whose number its successor may use again. */
static bool comes_before(const slot *a, const slot *b)
{
    return a->frame < b->frame || (a->frame == b->frame && a->epoch > b->epoch);
}

order_result order_next(const channel *channel, uint32_t newest, uint64_t last, slot *out)
{
    slot head;
    uint32_t index;
    if (newest == 0)
        return ORDER_NONE;
    if (!newest_slot(newest, channel->description.slots, &index))
        return ORDER_AGAIN;
    /* If it is newest no longer, it may hold a frame that is finished and not published yet (6.2 b). */
    if (!slot_read(&channel->control, index, &head) || control_newest(&channel->control) != newest)
        return ORDER_AGAIN;
    if (head.frame <= last)
        return ORDER_NONE;
    *out = head;
    for (uint32_t i = 0; i < channel->description.slots; i++) {
        slot candidate;
        if (slot_read(&channel->control, i, &candidate) && candidate.frame > last && comes_before(&candidate, out))
            *out = candidate;
    }
    return ORDER_FOUND;
}
