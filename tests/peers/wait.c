#include "wait.h"

#include "registry.h"
#include "shared.h"

enum { POLLS_A_FRAME = 4, UNKNOWN_RATE_MS = 5 };

/* A reader without a row waits by time. */
static int poll_interval_ms(const channel *channel)
{
    uint32_t rate = channel->description.millihertz;
    if (rate == 0)
        return UNKNOWN_RATE_MS;
    uint32_t interval = 1000000 / POLLS_A_FRAME / rate;
    return interval < 1 ? 1 : interval > WAIT_SLICE_MS ? WAIT_SLICE_MS : (int)interval;
}

bool wait_for_news(channel *channel, uint32_t newest)
{
    if (channel->row == 0 || !registry_set_waiting(channel, 1)) {
        sleep_ms(poll_interval_ms(channel));
        return false;
    }
    /* The publisher makes the event, at a time of its own; without it this waits by time. */
    if (channel->wake == NULL)
        channel->wake = wake_open(&channel->name, channel->row);
    full_fence();
    bool woken = control_newest(&channel->control) == newest
        && wake_sleep(channel->wake, &channel->control, newest, WAIT_SLICE_MS);
    registry_set_waiting(channel, 0);
    return woken;
}
