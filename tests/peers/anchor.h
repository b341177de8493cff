/* Section 2: what a section says it is. */
#ifndef PEER_ANCHOR_H
#define PEER_ANCHOR_H

#include "layout.h"
#include "platform.h"

/* The part of a control's anchor that leads to its folder on Linux (1.3). */
typedef struct folder_name {
    uint32_t uid;
    char tie[TIE_SIZE + 1];
} folder_name;

/* False unless the section is of this kind, of our version, whole, and of this channel. Waits for a first word that is 0 (2.2). */
bool anchor_is_right(const section *section, uint32_t kind, uint32_t structure_size, const channel_name *name);
folder_name anchor_folder(const uint8_t *base);

#endif
