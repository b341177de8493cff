/* Section 14: payloads that anybody can verify. */
#ifndef PEER_SYNTHETIC_H
#define PEER_SYNTHETIC_H

#include <stdbool.h>
#include <stdint.h>

/* False if a byte is wrong. `number` is the frame number as the source counted it. */
bool synthetic_verify(const uint8_t *payload, uint32_t length, uint64_t *number);

#endif
