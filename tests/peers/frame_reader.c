/* Reads the frames of a WinMmf channel in order and verifies each one. Written from docs/protocol.md alone.
   usage: frame_reader [Global\]NAME copy|lease AT_LEAST SECONDS [HOLD_MS]
   Ends when the publisher has stopped, or after SECONDS without a frame. Succeeds if at least AT_LEAST frames were
   verified and none was torn. HOLD_MS: how long to sit on each lease before the frame is verified. */
#include "channel.h"
#include "copy.h"
#include "lease.h"
#include "name.h"
#include "order.h"
#include "row.h"
#include "synthetic.h"
#include "tally.h"
#include "wait.h"
#include "watch.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { OPEN_AGAIN_MS = 20 };
#define ROW_PAUSE_NS INT64_C(1000000000)

typedef struct reader {
    channel channel;
    tally tally;
    watch watch;
    uint64_t last;   /* the frame that was read last, or given up */
    uint32_t newest; /* the value of `newest` whose frame was leased last */
    uint8_t *buffer;
    uint64_t buffer_size;
    int hold_ms;
    int64_t next_row_ns;
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

/* A frame that makes no sense, or whose pixels cannot be mapped, is given up. */
static const uint8_t *reach(reader *reader, const slot *slot)
{
    const uint8_t *payload = channel_payload(&reader->channel, slot);
    if (payload == NULL) {
        reader->tally.unreachable++;
        reader->last = slot->frame;
    }
    return payload;
}

/* In order, by copy: the frames that are still there. */
static order_result read_next(reader *reader, uint32_t newest)
{
    slot slot;
    order_result next = order_next(&reader->channel, newest, reader->last, &slot);
    if (next != ORDER_FOUND)
        return next;
    const uint8_t *payload = reach(reader, &slot);
    if (payload != NULL)
        read_by_copy(reader, &slot, payload);
    return next;
}

static void verify_in_place(reader *reader, const slot *slot, const uint8_t *payload)
{
    uint64_t number = 0;
    sleep_ms(reader->hold_ms);
    bool right = synthetic_verify(payload, slot->length, &number);
    reader->tally.leased++;
    reader->last = slot->frame;
    if (lease_end(&reader->channel, slot))
        tally_frame(&reader->tally, slot, right, number);
    else
        reader->tally.overwritten++;
}

/* The newest frame, in place where it can be leased. */
static order_result read_newest(reader *reader, uint32_t newest)
{
    slot slot;
    if (newest == 0 || newest == reader->newest)
        return ORDER_NONE;
    lease_result lease = lease_take(&reader->channel, newest, &slot);
    if (lease == LEASE_LOST)
        return ORDER_AGAIN;
    if (lease == LEASE_REFUSED)
        return read_next(reader, newest);
    reader->newest = newest;
    if (slot.frame <= reader->last) { /* copied before */
        lease_end(&reader->channel, &slot);
        return ORDER_NONE;
    }
    const uint8_t *payload = reach(reader, &slot);
    if (payload == NULL)
        lease_end(&reader->channel, &slot);
    else
        verify_in_place(reader, &slot, payload);
    return ORDER_FOUND;
}

/* 11.3: the channel is another section by now. */
static void follow_the_move(reader *reader)
{
    channel fresh;
    channel *old = &reader->channel;
    if (channel_open(&old->name, &fresh) != OPEN_OK)
        return;
    if (!control_replaces(&fresh.control, &old->control)) {
        channel_close(&fresh);
        return;
    }
    bool wants_row = old->wants_row;
    channel_close(old);
    *old = fresh;
    reader->newest = 0;
    if (wants_row)
        row_take(old);
    printf("moved\n");
    fflush(stdout);
}

/* 7.13: a publisher on a busy machine answers late, and an answer that came late is not taken here. */
static void ask_for_a_row_again(reader *reader)
{
    channel *channel = &reader->channel;
    if (!channel->wants_row || channel->row.base != NULL || monotonic_ns() < reader->next_row_ns)
        return;
    reader->next_row_ns = monotonic_ns() + ROW_PAUSE_NS;
    row_take(channel);
}

static void read_until_the_end(reader *reader, int64_t limit_ns)
{
    channel *channel = &reader->channel;
    for (int64_t idle_since = monotonic_ns(); monotonic_ns() - idle_since < limit_ns;) {
        channel_refresh(channel);
        if (channel->description.moved != 0)
            follow_the_move(reader);
        bool stopped = control_state(&channel->control) == STATE_STOPPED; /* before `newest`: nothing comes after it */
        uint32_t newest = control_newest(&channel->control);
        order_result next = channel->row.base != NULL ? read_newest(reader, newest) : read_next(reader, newest);
        if (next == ORDER_FOUND) {
            idle_since = monotonic_ns();
        } else if (next == ORDER_NONE) {
            if (stopped)
                return;
            if (wait_for_news(channel, newest))
                reader->tally.woken++;
            ask_for_a_row_again(reader);
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
    if (strcmp(arguments[2], "lease") == 0 && !row_take(&reader.channel))
        printf("no row: copying\n");
    watch_introduce(&reader.channel);
    read_until_the_end(&reader, limit_ns);
    channel_close(&reader.channel);
    free(reader.buffer);
    tally_print(&reader.tally);
    bool good = reader.tally.torn == 0 && reader.tally.unreachable == 0 && reader.tally.disorder == 0
        && reader.tally.verified >= at_least;
    return good ? 0 : 1;
}
