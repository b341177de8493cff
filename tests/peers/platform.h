/* What differs between Linux and Windows. Everything else is plain C11. */
#ifndef PEER_PLATFORM_H
#define PEER_PLATFORM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct channel_name {
    const char *name;
    bool global;
} channel_name;

typedef enum open_result {
    OPEN_OK,
    OPEN_ABSENT,  /* no such section, or a leftover of killed processes */
    OPEN_REFUSED, /* it is there, but the protocol forbids to use it */
} open_result;

/* A section that this process has open and holds (1.2). */
typedef struct section {
    const uint8_t *base; /* null where the section is not mapped: the registry on Linux */
    uint64_t size;
    struct section_private *own;
} section;

open_result control_open(const channel_name *name, section *control);
open_result pixels_open(const channel_name *name, const section *control, uint32_t generation, section *pixels);
open_result registry_open(const channel_name *name, const section *control, section *registry);

void part_let_go(section *part);
/* After the parts. Where nobody else holds the channel, this removes it. */
void control_let_go(const channel_name *name, section *control);

/* 4: everybody's way to the registry. Offsets are in the section. */
bool registry_read(const section *registry, size_t offset, void *bytes, size_t length);
bool registry_write(section *registry, size_t offset, const void *bytes, size_t length);

typedef struct identity {
    uint32_t pid;
    uint64_t start_time;
    uint64_t host;
} identity;

identity identity_of_this_process(void);

typedef enum life { LIFE_ALIVE, LIFE_GONE, LIFE_UNKNOWN } life;

/* LIFE_UNKNOWN for a process of another host value, which counts as alive. */
life identity_life(const identity *who);

/* Takes the row for this process; the proof of life stays until row_let_go. The caller fills the row. */
bool row_take(section *registry, uint32_t row, uint64_t claim);
void row_let_go(section *registry, uint32_t row);

/* What a sleeping reader waits for (5.5). Null where it does not exist (yet), and always on Linux. */
typedef struct wake wake;
wake *wake_open(const channel_name *name, uint32_t row);
/* False if the time was over before anybody woke us. */
bool wake_sleep(wake *wake, const section *control, uint32_t newest, int milliseconds);
void wake_close(wake *wake);

int64_t monotonic_ns(void);
int64_t unix_ns(void);
void sleep_ms(int milliseconds);

#endif
