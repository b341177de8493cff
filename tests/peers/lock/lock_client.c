/*
 * A client of the lock word that knows winmmf's published layout and nothing else: a u32 at offset 0 of which bit 31 is
 * the writer, the low 24 bits count readers, and a top byte of 0xFF means uninitialised; data from offset 4. It leaves no row,
 * wakes nobody, and treats all other bits as what they are to winmmf: nothing.
 *
 *   lock_client MAPPING add COUNT               COUNT times: lock for writing, add 1 to the u64 at the start of the data
 *   lock_client MAPPING hold read|write MS      lock, say "held", wait, give back
 *   lock_client MAPPING look                    say what the word shows
 */
#include "map.h"

#include <inttypes.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define WRITER UINT32_C(0x80000000)
#define UNINITIALISED UINT32_C(0xFF000000)
#define READERS UINT32_C(0x00FFFFFF)

static _Atomic uint32_t *word;
static unsigned char *data;
static uint64_t refusals;

static bool initialised(uint32_t value) { return (value & UNINITIALISED) != UNINITIALISED; }

static bool try_lock_write(void)
{
    uint32_t value = atomic_load_explicit(word, memory_order_acquire);

    if (!initialised(value) || (value & WRITER) != 0 || (value & READERS) != 0)
        return false;
    return atomic_compare_exchange_strong_explicit(word, &value, value | WRITER, memory_order_acq_rel, memory_order_acquire);
}

static bool try_lock_read(void)
{
    uint32_t value = atomic_load_explicit(word, memory_order_acquire);

    if (!initialised(value) || (value & WRITER) != 0 || (value & READERS) == READERS)
        return false;
    return atomic_compare_exchange_strong_explicit(word, &value, value + 1, memory_order_acq_rel, memory_order_acquire);
}

/* False if somebody took the lock away meanwhile. */
static bool unlock_write(void)
{
    uint32_t value = atomic_load_explicit(word, memory_order_acquire);

    do {
        if ((value & WRITER) == 0 || (value & READERS) != 0)
            return false;
    } while (!atomic_compare_exchange_weak_explicit(word, &value, value ^ WRITER, memory_order_acq_rel, memory_order_acquire));
    return true;
}

static bool unlock_read(void)
{
    uint32_t value = atomic_load_explicit(word, memory_order_acquire);

    do {
        if ((value & WRITER) != 0 || (value & READERS) == 0)
            return false;
    } while (!atomic_compare_exchange_weak_explicit(word, &value, value - 1, memory_order_acq_rel, memory_order_acquire));
    return true;
}

static void lock(bool (*try_lock)(void))
{
    for (unsigned tries = 1; !try_lock(); tries++) {
        refusals++;
        if (tries % 64 == 0)
            yield_processor();
    }
}

static int add(uint64_t count)
{
    for (uint64_t i = 0; i < count; i++) {
        uint64_t value;

        lock(try_lock_write);
        memcpy(&value, data, sizeof value);
        value++;
        memcpy(data, &value, sizeof value);
        if (!unlock_write()) {
            printf("lost the lock after %" PRIu64 "\n", i);
            return 1;
        }

        /* A moment for others: the point is that both are at it. */
        if (i % 8 == 0)
            yield_processor();
    }

    printf("added=%" PRIu64 " refusals=%" PRIu64 "\n", count, refusals);
    return 0;
}

static int hold(bool writing, unsigned milliseconds)
{
    lock(writing ? try_lock_write : try_lock_read);
    printf("held\n");
    fflush(stdout);
    sleep_milliseconds(milliseconds);
    if (!(writing ? unlock_write() : unlock_read())) {
        printf("lost\n");
        return 1;
    }

    printf("given back\n");
    return 0;
}

static int look(void)
{
    uint32_t value = atomic_load_explicit(word, memory_order_acquire);

    printf("writer=%d readers=%" PRIu32 " initialised=%d\n", (value & WRITER) != 0, value & READERS, initialised(value));
    return 0;
}

int main(int count, char **arguments)
{
    unsigned char *map = count < 3 ? NULL : map_open(arguments[1]);

    if (map == NULL) {
        fprintf(stderr, "lock_client MAPPING add COUNT | hold read|write MS | look; the mapping must exist\n");
        return 2;
    }

    word = (_Atomic uint32_t *)map;
    data = map + 4;
    if (strcmp(arguments[2], "add") == 0 && count == 4)
        return add(strtoull(arguments[3], NULL, 10));
    if (strcmp(arguments[2], "hold") == 0 && count == 5)
        return hold(strcmp(arguments[3], "write") == 0, (unsigned)strtoul(arguments[4], NULL, 10));
    return look();
}
