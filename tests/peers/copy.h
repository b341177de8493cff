/* 6.2: reading by copying. Writes nothing to shared memory. */
#ifndef PEER_COPY_H
#define PEER_COPY_H

#include "channel.h"

/* False if the slot was filled again meanwhile: what was copied is worth nothing. */
bool copy_payload(const channel *channel, const slot *slot, const uint8_t *payload, uint8_t *buffer);

#endif
