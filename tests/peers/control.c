#include "control.h"

#include "shared.h"

#include <string.h>

enum { DESCRIPTION_TRIES = 100 };

static identity read_identity(const uint8_t *base, size_t offset)
{
    return (identity){
        .pid = load_u32(base, offset), .start_time = load_u64(base, offset + 8), .host = load_u64(base, offset + 16)};
}

static bool read_once(const section *control, description *out)
{
    const uint8_t *base = control->base;
    *out = (description){.sequence = load_u32(base, AT_DESCRIPTION_SEQUENCE)};
    if (out->sequence & 1)
        return false;
    out->epoch = load_u32(base, AT_EPOCH);
    out->slots = load_u32(base, AT_SLOTS);
    out->millihertz = load_u32(base, AT_MILLIHERTZ);
    out->moved = load_u32(base, AT_MOVED);
    out->owner = read_identity(base, AT_OWNER);
    out->writer = read_identity(base, AT_WRITER);
    memcpy(out->source, base + AT_SOURCE_TEXT, SOURCE_TEXT_SIZE);
    acquire_fence();
    return load_u32(base, AT_DESCRIPTION_SEQUENCE) == out->sequence;
}

bool control_read_description(const section *control, description *out)
{
    for (int i = 0; i < DESCRIPTION_TRIES; i++) {
        if (read_once(control, out))
            return out->slots >= SLOTS_LEAST && out->slots <= SLOTS_MOST;
        sleep_ms(1);
    }
    return false;
}

uint32_t control_newest(const section *control)
{
    return load_u32(control->base, AT_NEWEST);
}

uint32_t control_gate(const section *control)
{
    return load_u32(control->base, AT_GATE);
}

bool newest_slot(uint32_t newest, uint32_t slots, uint32_t *index)
{
    uint32_t number = newest & 0xFF;
    *index = number - 1;
    return number >= 1 && number <= slots;
}

uint32_t control_state(const section *control)
{
    return load_u32(control->base, AT_STATE);
}

uint32_t control_heartbeat(const section *control)
{
    return load_u32(control->base, AT_HEARTBEAT);
}

uint32_t slot_sequence(const section *control, uint32_t index)
{
    return load_u32(control->base, AT_SLOT(index) + SLOT_SEQUENCE);
}

bool slot_read(const section *control, uint32_t index, slot *out)
{
    const uint8_t *at = control->base + AT_SLOT(index);
    *out = (slot){.index = index, .sequence = load_u32(at, SLOT_SEQUENCE)};
    if (out->sequence & 1)
        return false;
    out->generation = load_u32(at, SLOT_GENERATION);
    out->frame = load_u64(at, SLOT_FRAME);
    out->captured = (int64_t)load_u64(at, SLOT_CAPTURED);
    out->published = (int64_t)load_u64(at, SLOT_PUBLISHED);
    out->width = load_u32(at, SLOT_WIDTH);
    out->height = load_u32(at, SLOT_HEIGHT);
    out->stride = load_u32(at, SLOT_STRIDE);
    out->format = load_u32(at, SLOT_FORMAT);
    out->length = load_u32(at, SLOT_LENGTH);
    out->flags = load_u32(at, SLOT_FLAGS);
    out->epoch = load_u32(at, SLOT_EPOCH);
    acquire_fence();
    return load_u32(at, SLOT_SEQUENCE) == out->sequence;
}
