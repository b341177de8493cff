/* Reads the frames of a WinMmf channel in order and verifies each one. Written from docs/protocol.md alone.
   usage: frame_reader [Global\]NAME copy|lease AT_LEAST SECONDS [HOLD_MS]
   Ends when the publisher has stopped, or after SECONDS without a frame. Succeeds if at least AT_LEAST frames were
   verified and none was torn. HOLD_MS: how long to sit on each lease before the frame is verified. */
#include "channel.h"
#include "copy.h"
#include "lease.h"
#include "name.h"
#include "order.h"
#include "registry.h"
#include "synthetic.h"
#include "tally.h"
#include "wait.h"
#include "watch.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { OPEN_AGAIN_MS = 20 };

typedef struct reader {
    channel channel;
    tally tally;
    watch watch;
    uint64_t last; /* the frame that was read last, or given up */
    uint8_t *buffer;
    uint64_t buffer_size;
    int hold_ms;
} reader;

static bool open_within(const channel_name *name, int64_t limit_ns, channel *channel)
{
    int64_t end = monotonic_ns() + limit_ns;
    while (monotonic_ns() < end) {
        if (channel_open(name, channel) == OPEN_OK)
            return true;
        sleep_ms(OPEN_AGAIN_MS);
    }
    return false;
}

static bool make_room(reader *reader, uint64_t size)
{
    if (size <= reader->buffer_size)
        return true;
    free(reader->buffer);
    reader->buffer = malloc((size_t)size);
    reader->buffer_size = reader->buffer == NULL ? 0 : size;
    return reader->buffer != NULL;
}

static void read_by_copy(reader *reader, const slot *slot, const uint8_t *payload)
{
    uint64_t number = 0;
    if (!make_room(reader, slot->length) || !copy_payload(&reader->channel, slot, payload, reader->buffer)) {
        reader->tally.overwritten++;
        return;
    }
    bool right = synthetic_verify(reader->buffer, slot->length, &number);
    reader->tally.copied++;
    reader->last = slot->frame;
    tally_frame(&reader->tally, slot, right, number);
}

static void read_by_lease(reader *reader, const slot *slot, const uint8_t *payload)
{
    uint64_t number = 0;
    lease_result lease = lease_take(&reader->channel, slot);
    if (lease == LEASE_FULL)
        read_by_copy(reader, slot, payload);
    if (lease != LEASE_TAKEN)
        return;
    sleep_ms(reader->hold_ms);
    bool right = synthetic_verify(payload, slot->length, &number);
    reader->tally.leased++;
    reader->last = slot->frame;
    if (lease_end(&reader->channel, slot))
        tally_frame(&reader->tally, slot, right, number);
    else
        reader->tally.overwritten++;
}

static void read_slot(reader *reader, const slot *slot)
{
    const uint8_t *payload = channel_payload(&reader->channel, slot);
    if (payload == NULL) {
        reader->tally.unreachable++;
        reader->last = slot->frame;
    } else if (reader->channel.row != 0) {
        read_by_lease(reader, slot, payload);
    } else {
        read_by_copy(reader, slot, payload);
    }
}

static void read_until_the_end(reader *reader, int64_t limit_ns)
{
    channel *channel = &reader->channel;
    for (int64_t idle_since = monotonic_ns(); monotonic_ns() - idle_since < limit_ns;) {
        channel_refresh(channel);
        bool stopped = control_state(&channel->control) == STATE_STOPPED; /* before `newest`: nothing comes after it */
        uint32_t newest = control_newest(&channel->control);
        slot slot;
        order_result next = order_next(channel, newest, reader->last, &slot);
        if (next == ORDER_FOUND) {
            read_slot(reader, &slot);
            idle_since = monotonic_ns();
        } else if (next == ORDER_NONE) {
            if (stopped)
                return;
            if (wait_for_news(channel, newest))
                reader->tally.woken++;
            watch_look(&reader->watch, channel);
        }
    }
    printf("no frame in time\n");
}

static channel_name parse_name(const char *text)
{
    static const char global[] = "Global\\";
    size_t length = sizeof global - 1;
    bool is_global = strncmp(text, global, length) == 0;
    return (channel_name){.name = is_global ? text + length : text, .global = is_global};
}

int main(int count, char **arguments)
{
    channel_name name = parse_name(count > 1 ? arguments[1] : "");
    if (count < 5 || count > 6 || !name_is_valid(name.name)) {
        fprintf(stderr, "usage: frame_reader [Global\\]NAME copy|lease AT_LEAST SECONDS [HOLD_MS]\n");
        return 2;
    }
    static reader reader;
    reader.hold_ms = count == 6 ? atoi(arguments[5]) : 0;
    uint64_t at_least = strtoull(arguments[3], NULL, 10);
    int64_t limit_ns = strtoll(arguments[4], NULL, 10) * 1000000000;
    if (!open_within(&name, limit_ns, &reader.channel)) {
        printf("no channel in time\n");
        return 4;
    }
    if (strcmp(arguments[2], "lease") == 0 && !registry_join(&reader.channel, "C peer"))
        printf("no registry row: copying\n");
    watch_introduce(&reader.channel);
    read_until_the_end(&reader, limit_ns);
    channel_close(&reader.channel);
    free(reader.buffer);
    tally_print(&reader.tally);
    bool good = reader.tally.torn == 0 && reader.tally.unreachable == 0 && reader.tally.disorder == 0
        && reader.tally.verified >= at_least;
    return good ? 0 : 1;
}
