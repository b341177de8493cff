/* 7.6-7.12: the door at which readers get their row. */
#ifndef PEER_DOOR_LINUX_H
#define PEER_DOOR_LINUX_H

#include "platform.h"

#include <sys/types.h>

typedef struct door {
    int connection; /* its end is the row's end */
    int memory;
    uint32_t row;
    uint32_t epoch;
} door;

/* Asks at FOLDER/door.EPOCH; the listener must be `owner`. */
bool door_ask(int folder, uint32_t epoch, uid_t owner, door *door);

#endif
