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

/* A section that this process has mapped, read-only, and holds (10.10). */
typedef struct section {
    const uint8_t *base;
    uint64_t size;
    struct section_private *own;
} section;

/* With its anchor checked. */
open_result control_open(const channel_name *name, section *control);
open_result pixels_open(const channel_name *name, const section *control, uint32_t generation, section *pixels);
void pixels_let_go(section *pixels);
/* After the pixels. Where nobody else holds the channel or owns it, this removes it (10.12). */
void control_let_go(const channel_name *name, section *control);
/* 11.3: is it another section than the one before, of the same owner? */
bool control_replaces(const section *fresh, const section *old);

typedef struct identity {
    uint32_t pid;
    uint64_t start_time;
    uint64_t host;
} identity;

identity identity_of_this_process(void);

typedef enum life { LIFE_ALIVE, LIFE_GONE, LIFE_UNKNOWN } life;

/* LIFE_UNKNOWN for a process of another host value, which counts as alive. */
life identity_life(const identity *who);

/* This reader's row, mapped for writing: from the door on Linux (7.6), in the registry on Windows (7.15). */
typedef struct row {
    uint8_t *base; /* null: none */
    uint32_t number;
    uint32_t epoch;
    struct row_private *own;
} row;

/* `epoch` is the description's. False where there is no row to be had. */
bool row_open(const channel_name *name, const section *control, uint32_t epoch, row *row);
void row_close(row *row);
bool row_is_looked_at(const row *row, const section *control);

/* What a sleeping reader waits for (7.2). Null where it does not exist (yet), and always on Linux. */
typedef struct wake wake;
wake *wake_open(const channel_name *name, uint32_t row);
/* False if the time was over before anybody woke us. */
bool wake_sleep(wake *wake, const section *control, uint32_t newest, int milliseconds);
void wake_close(wake *wake);

int64_t monotonic_ns(void);
int64_t unix_ns(void);
void sleep_ms(int milliseconds);

#endif
