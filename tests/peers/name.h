/* Section 1: what may be a channel's name. */
#ifndef PEER_NAME_H
#define PEER_NAME_H

#include <stdbool.h>

bool name_is_valid(const char *name);

#endif
