/* What tests/clients/run asks of a client; every language has a program with these commands.
     check describe NAME LABEL                       what is published, the newest frame leased until a line comes on standard input
     check read NAME newest|next|lease LEAST SECONDS [HOLD_MS]   verifies frames of the synthetic source (protocol section 14)
     check lock NAME add COUNT                       adds 1 to the u64 at the start of the data, each time under the lock
     check lock NAME hold read|write [line]          takes the lock, says so, and gives it back, with `line` when one comes in */
#define WINMMF_IMPLEMENTATION
#include "winmmf.h"

#include <inttypes.h>

static void pause_ms(int milliseconds) { if (milliseconds > 0) winmmf__sleep(milliseconds); }

static uint64_t word_at(const uint8_t *p, size_t left)
{
    uint8_t bytes[8];
    uint64_t value;
    memset(bytes, 0, sizeof bytes);
    memcpy(bytes, p, left < 8 ? left : 8);
    memcpy(&value, bytes, 8);
    return value;
}

/* Section 14: the number of a whole frame, or 0. */
static uint64_t verified(const winmmf_frame *f)
{
    uint64_t number = f->length < 24 ? 0 : word_at(f->data, 8), hash = UINT64_C(0xCBF29CE484222325) ^ number;
    size_t at;
    for (at = 16; at < f->length; at += 8)
        hash = (hash ^ word_at(f->data + at, f->length - at)) * UINT64_C(0x00000100000001B3);
    return f->length >= 24 && hash == word_at(f->data + 8, 8) ? number : 0;
}

static int fail(const char *what, winmmf_result result)
{
    printf("%s: %s\n", what, winmmf_text(result));
    return 1;
}

static int describe(const char *name, const char *label)
{
    winmmf_reader *reader;
    winmmf_info d;
    winmmf_frame f;
    char line[16];
    int leased;
    winmmf_result result = winmmf_open(name, label, 5000, &reader);
    if (result != WINMMF_OK)
        return fail("open", result);
    winmmf_channel_info(reader, &d);
    printf("epoch=%u slots=%u generation=%u capacity=%" PRIu64 " millihertz=%u moved=%u state=%u\n", d.epoch, d.slots, d.generation,
        d.capacity, d.millihertz, d.moved, d.state);
    printf("created=%" PRId64 " clock=%" PRId64 " owner=%u start=%" PRIu64 " host=%016" PRIx64 " writer=%u\n", d.created_ns,
        d.unix_minus_monotonic_ns, d.owner_pid, d.owner_start_time, d.owner_host, d.writer_pid);
    printf("source=%s account=%s\n", d.source, d.account);
    result = winmmf_lease(reader, &f);
    leased = result == WINMMF_OK;
    if (result == WINMMF_COPY)
        result = winmmf_newest(reader, &f);
    if (result != WINMMF_OK)
        return fail("frame", result);
    printf("frame=%" PRIu64 " size=%ux%u stride=%u format=%.4s length=%u captured=%" PRId64 " published=%" PRId64
           " flags=%u epoch=%u slot=%u sequence=%u first=%u last=%u\n",
        f.number, f.width, f.height, f.stride, (const char *)&f.format, f.length, f.captured_ns, f.published_ns, f.flags, f.epoch, f.slot,
        f.sequence, f.data[0], f.data[f.length - 1]);
    printf("%s\n", leased ? "leased" : "copied");
    fflush(stdout);
    if (fgets(line, sizeof line, stdin) == NULL)
        return 1;
    printf("%s\n", winmmf_text(winmmf_release(reader, &f)));
    winmmf_close(reader);
    return 0;
}

static int read_frames(const char *name, const char *how, uint64_t least, int seconds, int hold_ms)
{
    uint64_t count = 0, torn = 0, disorder = 0, copies = 0, first = 0, last = 0, offset = 0, epochs = 0;
    uint32_t epoch = 0;
    int64_t created = 0;
    winmmf_reader *reader;
    winmmf_info d;
    winmmf_counts counts;
    winmmf_result result;
    printf("begins\n");
    fflush(stdout);
    result = winmmf_open(name, "C", seconds * 1000, &reader);
    if (result != WINMMF_OK)
        return fail("open", result);
    for (;;) {
        winmmf_frame f;
        uint64_t number;
        int leased = 0;
        if (strcmp(how, "next") == 0) {
            result = winmmf_next(reader, &f, seconds * 1000);
        } else {
            result = winmmf_wait(reader, seconds * 1000);
            if (result == WINMMF_OK && strcmp(how, "lease") == 0) {
                result = winmmf_lease(reader, &f);
                leased = result == WINMMF_OK;
            }
            if (result == WINMMF_COPY || (result == WINMMF_OK && !leased))
                result = winmmf_newest(reader, &f);
        }
        if (result != WINMMF_OK)
            break;
        if (leased && hold_ms > 0) {
            printf("leased %" PRIu64 "\n", f.number);
            fflush(stdout);
            pause_ms(hold_ms);
        }
        number = verified(&f);
        if (leased && winmmf_release(reader, &f) != WINMMF_OK)
            continue; /* counted as overwritten */
        copies += !leased;
        winmmf_channel_info(reader, &d);
        if (number == 0)
            torn++;
        if (f.epoch != epoch) {
            epoch = f.epoch;
            epochs++;
            offset = f.number - number;
            printf("epoch %u\n", epoch);
        } else if (f.number - number != offset) {
            disorder++;
        }
        if (d.created_ns == created && f.number <= last)
            disorder++;
        created = d.created_ns;
        if (first == 0)
            first = f.number;
        last = f.number;
        if (++count % 50 == 0)
            printf("frames %" PRIu64 "\n", count);
        fflush(stdout);
    }
    printf("%s\n", winmmf_text(result));
    winmmf_reader_counts(reader, &counts);
    winmmf_close(reader);
    printf("verified=%" PRIu64 " torn=%" PRIu64 " disorder=%" PRIu64 " copied=%" PRIu64 " leased=%" PRIu64 " overwritten=%" PRIu64
           " missed=%" PRIu64 " woken=%" PRIu64 " moves=%" PRIu64 " epochs=%" PRIu64 " span=%" PRIu64 "\n",
        count - torn, torn, disorder, counts.copied, counts.leased, counts.overwritten, counts.missed, counts.woken, counts.moves, epochs,
        last - first + (count > 0));
    return torn == 0 && disorder == 0 && counts.overwritten == 0 && count >= least && counts.copied == copies ? 0 : 1;
}

static int add(winmmf_memory *m, uint64_t count)
{
    uint8_t *data = winmmf_memory_data(m, NULL);
    uint64_t i, value, rows = 0;
    for (i = 0; i < count; i++) {
        winmmf_result result = winmmf_lock(m, WINMMF_WRITE, "adds", 120000);
        if (result != WINMMF_OK)
            return fail("lock", result);
        rows += (uint64_t)winmmf_memory_has_row(m);
        memcpy(&value, data, 8);
        value++;
        memcpy(data, &value, 8);
        result = winmmf_unlock(m, 1);
        if (result != WINMMF_OK)
            return fail("unlock", result);
    }
    printf("added=%" PRIu64 " rows=%" PRIu64 "\n", count, rows);
    return 0;
}

static int hold(winmmf_memory *m, const char *mode, int until_line)
{
    char line[16];
    winmmf_result result = winmmf_lock(m, strcmp(mode, "write") == 0 ? WINMMF_WRITE : WINMMF_READ, "holds", 30000);
    if (result != WINMMF_OK)
        return fail("lock", result);
    printf("held row=%d suspect=%d\n", winmmf_memory_has_row(m), winmmf_memory_is_suspect(m));
    fflush(stdout);
    if (until_line && fgets(line, sizeof line, stdin) == NULL)
        return 1;
    result = winmmf_unlock(m, 0);
    if (result != WINMMF_OK)
        return fail("unlock", result);
    printf("given back\n");
    return 0;
}

int main(int count, char **a)
{
    winmmf_memory *memory;
    winmmf_result result;
    int status = 2;
    if (count == 4 && strcmp(a[1], "describe") == 0)
        return describe(a[2], a[3]);
    if (count >= 6 && strcmp(a[1], "read") == 0)
        return read_frames(a[2], a[3], strtoull(a[4], NULL, 10), atoi(a[5]), count > 6 ? atoi(a[6]) : 0);
    if (count < 5 || strcmp(a[1], "lock") != 0)
        return 2;
    result = winmmf_memory_open(a[2], &memory);
    if (result != WINMMF_OK)
        return fail("open", result);
    if (strcmp(a[3], "add") == 0)
        status = add(memory, strtoull(a[4], NULL, 10));
    else if (strcmp(a[3], "hold") == 0)
        status = hold(memory, a[4], count == 6);
    winmmf_memory_close(memory);
    return status;
}
