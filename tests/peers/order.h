/* Which frame is next for a reader that wants all of them in order. */
#ifndef PEER_ORDER_H
#define PEER_ORDER_H

#include "channel.h"

typedef enum order_result {
    ORDER_FOUND,
    ORDER_NONE,  /* nothing newer than `last` is published */
    ORDER_AGAIN, /* the slots moved meanwhile */
} order_result;

/* The oldest published frame after `last`, as of the value `newest` that the caller has read. */
order_result order_next(const channel *channel, uint32_t newest, uint64_t last, slot *out);

#endif
