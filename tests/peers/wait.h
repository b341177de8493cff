/* 7.2: sleeping until there is something new, or until a slice of time is over. */
#ifndef PEER_WAIT_H
#define PEER_WAIT_H

#include "channel.h"

/* `newest` is the value that the caller has seen and read everything of. True if the publisher woke us. */
bool wait_for_news(channel *channel, uint32_t newest);

#endif
