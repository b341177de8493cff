/* 1.2 on Linux: who has a section open holds byte 0 of its file, and the last one removes it. */
#ifndef PEER_HOLD_LINUX_H
#define PEER_HOLD_LINUX_H

#include "platform.h"

#include <sys/types.h>

enum { PATH_SIZE = 320 };

typedef struct hold {
    int descriptor;
    bool locked; /* false only for a registry whose byte 0 somebody keeps from us (C1) */
    uid_t user;
    char path[PATH_SIZE];
} hold;

typedef struct hold_wish {
    int flags;           /* O_RDONLY or O_RDWR */
    bool control_held;   /* a part whose control is held is joined, even if nobody holds it */
    bool works_unheld;   /* a registry */
    uid_t user;          /* the only user whose file may be used … */
    bool any_user;       /* … unless this is set */
} hold_wish;

void hold_path(const channel_name *name, const char *suffix, char path[PATH_SIZE]);
open_result hold_open(const char *path, const hold_wish *wish, hold *hold);
void hold_let_go_part(hold *part);
void hold_let_go_control(const channel_name *name, hold *control);

#endif
