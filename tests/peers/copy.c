#include "copy.h"

#include "shared.h"

#include <string.h>

bool copy_payload(const channel *channel, const slot *slot, const uint8_t *payload, uint8_t *buffer)
{
    memcpy(buffer, payload, slot->length);
    acquire_fence();
    return slot_sequence(&channel->control, slot->index) == slot->sequence;
}
