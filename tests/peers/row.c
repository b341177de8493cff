#include "row.h"

#include "shared.h"

#include <string.h>

static const char label[] = "C peer";

static void fill(uint8_t *base)
{
    identity self = identity_of_this_process();
    char text[ROW_LABEL_SIZE] = {0};
    strncpy(text, label, sizeof text - 1);
    store_u64(base, ROW_START_TIME, self.start_time);
    store_u64(base, ROW_HOST, self.host);
    store_u64(base, ROW_CLAIMED_AT, (uint64_t)unix_ns());
    memcpy(base + ROW_LABEL, text, sizeof text);
    store_u64(base, ROW_CLAIM, self.pid | self.start_time << 32);
}

bool row_take(channel *channel)
{
    channel->wants_row = true;
    if (!row_open(&channel->name, &channel->control, channel->description.epoch, &channel->row))
        return false;
    row_set_lease(channel, 0);
    row_set_sleeping(channel, 0);
    fill(channel->row.base);
    return true;
}

void row_give_back(channel *channel)
{
    if (channel->row.base == NULL)
        return;
    row_set_lease(channel, 0);
    row_set_sleeping(channel, 0);
    store_u64(channel->row.base, ROW_CLAIM, 0);
    wake_close(channel->wake);
    channel->wake = NULL;
    row_close(&channel->row);
}

bool row_counts_for(const channel *channel, const slot *slot)
{
    return slot->epoch == channel->row.epoch && row_is_looked_at(&channel->row, &channel->control);
}

void row_set_lease(channel *channel, uint8_t lease)
{
    store_u8(channel->row.base, ROW_LEASE, lease);
}

void row_set_sleeping(channel *channel, uint8_t sleeping)
{
    store_u8(channel->row.base, ROW_SLEEPING, sleeping);
}
