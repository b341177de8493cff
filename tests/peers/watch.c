#include "watch.h"

#include <inttypes.h>
#include <stdio.h>

enum { SILENT_AFTER_MS = 2000 };

static const char *const life_names[] = {"alive", "gone", "unknown"};

static uint32_t heartbeat_age_ms(const channel *channel)
{
    uint32_t now = (uint32_t)((uint64_t)monotonic_ns() / 1000000);
    return now - control_heartbeat(&channel->control);
}

void watch_introduce(const channel *channel)
{
    const description *d = &channel->description;
    printf("source \"%s\", %" PRIu32 " slots, %" PRIu32 " mHz, row %" PRIu32 "\n", d->source, d->slots, d->millihertz,
        channel->row.number);
    printf("publisher pid=%" PRIu32 " life=%s heartbeat=%s\n", d->writer.pid, life_names[identity_life(&d->writer)],
        heartbeat_age_ms(channel) < SILENT_AFTER_MS ? "fresh" : "old");
    fflush(stdout);
}

void watch_look(watch *watch, const channel *channel)
{
    const identity *writer = &channel->description.writer;
    bool gone = identity_life(writer) == LIFE_GONE;
    /* 3.3: another host's clock may not be ours. */
    bool same_host = channel->description.owner.host == identity_of_this_process().host;
    bool silent = same_host && heartbeat_age_ms(channel) >= SILENT_AFTER_MS;
    if (gone != watch->gone)
        printf("publisher %s\n", gone ? "is gone" : "is there again");
    else if (silent && !watch->silent && !gone)
        printf("publisher is silent\n");
    if (gone != watch->gone || silent != watch->silent)
        fflush(stdout);
    *watch = (struct watch){gone, silent};
}
