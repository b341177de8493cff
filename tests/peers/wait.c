#include "wait.h"

#include "row.h"
#include "shared.h"

static bool sleep_on(channel *channel, uint32_t newest)
{
    return wake_sleep(channel->wake, &channel->control, newest, WAIT_SLICE_MS);
}

bool wait_for_news(channel *channel, uint32_t newest)
{
    if (channel->row.base == NULL)
        return sleep_on(channel, newest);
    /* On Windows the publisher makes the event, at a time of its own; without it this waits by time. */
    if (channel->wake == NULL)
        channel->wake = wake_open(&channel->name, channel->row.number);
    row_set_sleeping(channel, 1);
    full_fence();
    bool woken = control_newest(&channel->control) == newest && sleep_on(channel, newest);
    row_set_sleeping(channel, 0);
    return woken;
}
