/* 10.10-10.12 on Linux: who has a file open holds its byte 0, and the last holder removes the channel. */
#ifndef PEER_HOLD_LINUX_H
#define PEER_HOLD_LINUX_H

#include "platform.h"

#include <sys/types.h>

enum { PATH_SIZE = 320 };

typedef struct hold {
    int descriptor; /* -1: none */
    bool locked;
    uid_t user;
} hold;

void control_path(const channel_name *name, char path[PATH_SIZE]);
/* Same number, and not the overflow uid (1.4). */
bool equal_users(uid_t one, uid_t other);
bool regular_and_unwritable(int descriptor, uid_t *user);
bool path_names(int folder, const char *path, int descriptor);

/* Opens `path` for reading and holds it. Works on without the hold where it stays refused. */
open_result hold_open(int folder, const char *path, hold *hold);
bool hold_somebody_has(int descriptor);
void hold_let_go(hold *hold);

/* Takes both locks of 10.11, or leaves everything as it is. */
void remove_if_unheld(const char *path, int folder, const char *folder_path);

#endif
