/* Section 7: this reader's row. */
#ifndef PEER_ROW_H
#define PEER_ROW_H

#include "channel.h"

/* False where there is no row to be had: the reader then copies, and sleeps without saying so. */
bool row_take(channel *channel);
void row_give_back(channel *channel);
/* 6.3 (e): does the publisher look at this row, and is the frame of the row's own epoch? */
bool row_counts_for(const channel *channel, const slot *slot);
void row_set_lease(channel *channel, uint8_t lease);
void row_set_sleeping(channel *channel, uint8_t sleeping);

#endif
