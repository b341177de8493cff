/* 6.3, 6.4: reading in place under a lease. Only the newest frame can be leased. */
#ifndef PEER_LEASE_H
#define PEER_LEASE_H

#include "channel.h"

typedef enum lease_result {
    LEASE_TAKEN,
    LEASE_LOST,    /* a newer frame came first: look again */
    LEASE_REFUSED, /* the gate is closed, or the frame is of another epoch than the row: copy instead */
} lease_result;

lease_result lease_take(channel *channel, uint32_t newest, slot *out);
/* True if the frame stayed intact all the time. The pixels that it lies in must still be mapped. */
bool lease_end(channel *channel, const slot *slot);

#endif
