#include "synthetic.h"

#include <string.h>

enum { LEAST_PAYLOAD = 24, PICTURE = 16 };

bool synthetic_verify(const uint8_t *payload, uint32_t length, uint64_t *number)
{
    uint64_t checksum, group;
    if (length < LEAST_PAYLOAD)
        return false;
    memcpy(number, payload, sizeof *number);
    memcpy(&checksum, payload + 8, sizeof checksum);
    uint64_t hash = 0xCBF29CE484222325u ^ *number;
    for (uint32_t at = PICTURE; at < length; at += 8) {
        uint32_t left = length - at;
        group = 0;
        memcpy(&group, payload + at, left < 8 ? left : 8);
        hash = (hash ^ group) * 0x00000100000001B3u;
    }
    return hash == checksum;
}
