/* Section 3: who publishes, what the slots hold, which is newest. */
#ifndef PEER_CONTROL_H
#define PEER_CONTROL_H

#include "layout.h"
#include "platform.h"

typedef struct description {
    uint32_t sequence;
    uint32_t epoch;
    uint32_t slots;
    uint32_t millihertz;
    uint32_t moved;
    identity owner;
    identity writer;
    char source[SOURCE_TEXT_SIZE + 1];
} description;

/* What a slot said while its sequence was `sequence`, even and unchanged. */
typedef struct slot {
    uint32_t index;
    uint32_t sequence;
    uint32_t generation;
    uint64_t frame;
    int64_t captured;
    int64_t published;
    uint32_t width;
    uint32_t height;
    uint32_t stride;
    uint32_t format;
    uint32_t length;
    uint32_t flags;
    uint32_t epoch;
} slot;

/* False while the description is being written, or if it makes no sense. */
bool control_read_description(const section *control, description *out);
uint32_t control_newest(const section *control);
uint32_t control_gate(const section *control);
uint32_t control_state(const section *control);
uint32_t control_heartbeat(const section *control);
/* The slot that a value of `newest` names. False if there is no such slot. */
bool newest_slot(uint32_t newest, uint32_t slots, uint32_t *index);
uint32_t slot_sequence(const section *control, uint32_t index);
/* False while the slot is being filled. */
bool slot_read(const section *control, uint32_t index, slot *out);

#endif
