#include "channel.h"

#include "anchor.h"
#include "format.h"
#include "row.h"
#include "shared.h"

open_result channel_open(const channel_name *name, channel *channel)
{
    *channel = (struct channel){.name = *name};
    open_result result = control_open(name, &channel->control);
    if (result != OPEN_OK)
        return result;
    if (control_read_description(&channel->control, &channel->description))
        return OPEN_OK;
    channel_close(channel);
    return OPEN_REFUSED;
}

static void let_go_of_pixels(channel *channel)
{
    pixels_let_go(&channel->pixels);
    channel->generation = 0;
}

void channel_close(channel *channel)
{
    row_give_back(channel);
    let_go_of_pixels(channel);
    control_let_go(&channel->name, &channel->control);
}

refresh_result channel_refresh(channel *channel)
{
    description fresh;
    if (load_u32(channel->control.base, AT_DESCRIPTION_SEQUENCE) == channel->description.sequence)
        return REFRESH_SAME;
    if (!control_read_description(&channel->control, &fresh))
        return REFRESH_SAME;
    bool other_door = fresh.epoch != channel->description.epoch;
    channel->description = fresh;
    if (other_door && channel->wants_row) {
        row_give_back(channel);
        row_take(channel);
    }
    return fresh.moved == 0 ? REFRESH_NEW : REFRESH_MOVED;
}

static bool header_is_sound(channel *channel, uint32_t generation)
{
    const uint8_t *base = channel->pixels.base;
    uint64_t size = channel->pixels.size;
    if (!anchor_is_right(&channel->pixels, KIND_PIXELS, PIXELS_HEADER, &channel->name)
        || load_u32(base, AT_PIXELS_GENERATION) != generation)
        return false;
    channel->pixels_slots = load_u32(base, AT_PIXELS_SLOTS);
    channel->capacity = load_u64(base, AT_PIXELS_CAPACITY);
    return channel->pixels_slots >= SLOTS_LEAST && channel->pixels_slots <= SLOTS_MOST
        && channel->capacity <= (size - PIXELS_HEADER) / channel->pixels_slots;
}

static bool map_generation(channel *channel, uint32_t generation)
{
    let_go_of_pixels(channel);
    if (pixels_open(&channel->name, &channel->control, generation, &channel->pixels) != OPEN_OK)
        return false;
    if (!header_is_sound(channel, generation)) {
        let_go_of_pixels(channel);
        return false;
    }
    channel->generation = generation;
    return true;
}

const uint8_t *channel_payload(channel *channel, const slot *slot)
{
    if (!format_is_sound(slot))
        return NULL;
    if (channel->generation != slot->generation && !map_generation(channel, slot->generation))
        return NULL;
    if (slot->index >= channel->pixels_slots || slot->length > channel->capacity)
        return NULL;
    return channel->pixels.base + PIXELS_HEADER + slot->index * channel->capacity;
}
