/* Section 4: this reader's row of the registry, and what all rows say together. */
#ifndef PEER_REGISTRY_H
#define PEER_REGISTRY_H

#include "channel.h"

/* False where the registry cannot be written or has no free row: the reader then copies and waits by time. */
bool registry_join(channel *channel, const char *label);
void registry_leave(channel *channel);
bool registry_set_lease(channel *channel, uint8_t lease);
bool registry_set_waiting(channel *channel, uint8_t waiting);
/* How many different slots are leased, this reader's own included. */
uint32_t registry_leased_slots(channel *channel);

#endif
