/* A named mapping, opened for reading and writing. */
#ifndef MAP_H
#define MAP_H

#include <stddef.h>

/* Linux: a path. Windows: an object name such as Local\NAME. NULL if it cannot be had. */
void *map_open(const char *name);

void sleep_milliseconds(unsigned milliseconds);
void yield_processor(void);

#endif
