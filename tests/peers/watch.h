/* 7.2: looking at the publisher between slices of waiting. Says when it goes and when one is there again. */
#ifndef PEER_WATCH_H
#define PEER_WATCH_H

#include "channel.h"

typedef struct watch {
    bool gone;
    bool silent;
} watch;

void watch_introduce(const channel *channel);
void watch_look(watch *watch, const channel *channel);

#endif
