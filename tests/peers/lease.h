/* 5.4: reading in place under a lease. */
#ifndef PEER_LEASE_H
#define PEER_LEASE_H

#include "channel.h"

typedef enum lease_result {
    LEASE_TAKEN,
    LEASE_LOST, /* the slot was filled again first */
    LEASE_FULL, /* slots - 2 slots are leased: copy instead */
} lease_result;

lease_result lease_take(channel *channel, const slot *slot);
/* True if the frame stayed intact all the time. */
bool lease_end(channel *channel, const slot *slot);

#endif
