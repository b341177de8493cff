/* What a run has seen, and the line that says so. */
#ifndef PEER_TALLY_H
#define PEER_TALLY_H

#include "control.h"

typedef struct tally {
    uint64_t verified;
    uint64_t torn;        /* declared whole by the protocol, and yet wrong */
    uint64_t overwritten; /* filled again before it was read, and the protocol said so */
    uint64_t missed;      /* numbers between two frames read */
    uint64_t leased;
    uint64_t copied;
    uint64_t woken;       /* times the publisher woke the reader */
    uint64_t unreachable; /* descriptors that made no sense, pixels that could not be mapped */
    uint64_t disorder;    /* source numbers or times that go backwards */
    uint64_t epochs;
    uint64_t last_frame;
    uint64_t last_number;
    uint32_t last_epoch;
} tally;

/* Counts a frame that was read whole. `right`: its checksum is. */
void tally_frame(tally *tally, const slot *slot, bool right, uint64_t number);
void tally_print(const tally *tally);

#endif
