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
    bool wants_row;
    row row;
    wake *wake;
} channel;

typedef enum refresh_result {
    REFRESH_SAME,
    REFRESH_NEW,  /* the description was written since, perhaps by another publisher */
    REFRESH_MOVED /* this control is no longer the channel (section 11): open the name again */
} refresh_result;

open_result channel_open(const channel_name *name, channel *channel);
void channel_close(channel *channel);
/* Reads the description again if it was written since, and changes doors with the epoch (7.14). Call it without a lease. */
refresh_result channel_refresh(channel *channel);
/* The payload of a slot, or null if it cannot be reached. Checked against what is mapped. */
const uint8_t *channel_payload(channel *channel, const slot *slot);

#endif
