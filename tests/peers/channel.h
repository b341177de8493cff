/* A channel that this process has open: its control, the pixels last used, and its row if it has one. */
#ifndef PEER_CHANNEL_H
#define PEER_CHANNEL_H

#include "control.h"

typedef struct channel {
    channel_name name;
    section control;
    description description;
    section pixels;
    uint32_t generation; /* of `pixels`; 0: none is mapped */
    uint32_t pixels_slots;
    uint64_t capacity;
    section registry;
    uint32_t row; /* 0: none */
    wake *wake;
} channel;

open_result channel_open(const channel_name *name, channel *channel);
void channel_close(channel *channel);
/* Reads the description again if it was written since. Keeps the old one while a new one is being written. */
void channel_refresh(channel *channel);
/* The payload of a slot, or null if it cannot be reached. Checked against what is mapped. */
const uint8_t *channel_payload(channel *channel, const slot *slot);

#endif
