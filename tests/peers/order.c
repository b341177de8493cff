#include "order.h"

/* Slots that the publisher only looks at (5.1 step 3) are odd for a moment, and then as before. */
enum { TRIES_BEFORE_A_GAP = 8 };

/* A publisher killed between filling a slot and announcing it leaves a frame whose number its successor may use again. */
static bool comes_before(const slot *a, const slot *b)
{
    return a->frame < b->frame || (a->frame == b->frame && a->epoch > b->epoch);
}

static order_result scan(const channel *channel, uint64_t last, const slot *newest, slot *out)
{
    order_result result = ORDER_FOUND;
    *out = *newest;
    for (uint32_t i = 0; i < channel->description.slots; i++) {
        slot candidate;
        if (!slot_read(&channel->control, i, &candidate)) {
            result = ORDER_AGAIN;
            continue;
        }
        if (candidate.frame > last && comes_before(&candidate, out))
            *out = candidate;
    }
    return result == ORDER_AGAIN && out->frame == last + 1 ? ORDER_FOUND : result;
}

order_result order_next(const channel *channel, uint32_t newest, uint64_t last, slot *out)
{
    slot head;
    uint32_t number = newest & 0xFF;
    if (newest == 0)
        return ORDER_NONE;
    if (number < 1 || number > channel->description.slots)
        return ORDER_AGAIN;
    /* If it is newest no longer, it may hold a frame that is finished and not published yet (5.3 step 2). */
    if (!slot_read(&channel->control, number - 1, &head) || control_newest(&channel->control) != newest)
        return ORDER_AGAIN;
    if (head.frame <= last)
        return ORDER_NONE;
    for (int i = 0; i < TRIES_BEFORE_A_GAP; i++) {
        if (scan(channel, last, &head, out) == ORDER_FOUND)
            return ORDER_FOUND;
        sleep_ms(1);
    }
    return ORDER_FOUND; /* the slot in between is being filled with a newer frame: what it held is lost */
}
