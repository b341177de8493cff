/* Section 13: does a slot describe a picture that can be? */
#ifndef PEER_FORMAT_H
#define PEER_FORMAT_H

#include "control.h"

bool format_is_sound(const slot *slot);

#endif
