/*
 * A party of the publisher's own account that knows docs/protocol.md section 10 alone: it asks who owns a channel, owns it and removes it,
 * by the rules; and it takes files away that the rules need. No line of the core is used.
 *
 *   owner ask CONTROL               who owns it: "locked", "free" or "orphan" (10.2, 10.4)
 *   owner take CONTROL SECONDS      owns it and does nothing with it: "taken" or "refused" (10.2)
 *   owner remove CONTROL            removes it if nobody owns and nobody holds it: "removed" or "refused" (10.11, 10.4)
 *   owner orphan CONTROL            takes its owner file away
 *   owner replace CONTROL SECONDS   puts an owner file of its own in the place of the one that is there, with the lock of it
 *   owner sweep CONTROL SECONDS     tries to remove it again and again, as `remove`: "N removed, N refused"
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { CONTROL_BYTES = 8192, OWNER_BYTES = 512, UID_AT = 0x1C, TIE_AT = 0xF0, TIE_BYTES = 16 };

/* A control that was opened by its path, and the folder that it names. */
typedef struct {
    const char *path;
    int file;
    uint8_t anchor[256];
    char folder_path[64];
    int folder;
} channel;

static bool same(const struct stat *a, const struct stat *b) { return a->st_dev == b->st_dev && a->st_ino == b->st_ino; }

static bool still_named(const channel *c)
{
    struct stat named, opened;
    return lstat(c->path, &named) == 0 && fstat(c->file, &opened) == 0 && same(&named, &opened);
}

static bool open_channel(channel *c, const char *path)
{
    uint32_t uid;
    memset(c, 0, sizeof *c);
    c->path = path;
    c->folder = -1;
    c->file = open(path, O_RDWR | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    if (c->file < 0)
        return false;
    if (pread(c->file, c->anchor, sizeof c->anchor, 0) != (ssize_t)sizeof c->anchor) {
        close(c->file);
        return false;
    }
    memcpy(&uid, c->anchor + UID_AT, sizeof uid);
    snprintf(c->folder_path, sizeof c->folder_path, "/dev/shm/winmmf-%u-%.*s", uid, TIE_BYTES, (const char *)c->anchor + TIE_AT);
    c->folder = open(c->folder_path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    return true;
}

static void close_channel(channel *c)
{
    if (c->folder >= 0)
        close(c->folder);
    close(c->file);
}

static int open_owner(const channel *c) { return c->folder < 0 ? -1 : openat(c->folder, "owner", O_RDWR | O_NOFOLLOW | O_CLOEXEC); }

static int lock_command(int file, int command, short type)
{
    struct flock lock = {.l_type = type, .l_whence = SEEK_SET, .l_start = 0, .l_len = 1};
    if (fcntl(file, command, &lock) != 0)
        return -1;
    return lock.l_type;
}

static bool try_lock(int file) { return lock_command(file, F_OFD_SETLK, F_WRLCK) >= 0; }
static bool is_locked(int file) { return lock_command(file, F_OFD_GETLK, F_WRLCK) != F_UNLCK; }

/* The anchor of an owner file is the control's with another kind and size, and the kind of what names the folder behind it (10.3). */
static int make_owner(const channel *c, bool anew)
{
    uint8_t bytes[OWNER_BYTES] = {0};
    char link_path[64];
    const uint32_t kind = 0x524E574Fu, size = OWNER_BYTES, names = 0x4C4E4843u, made_anew = anew;
    int file = openat(c->folder, ".", O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    memcpy(bytes, c->anchor, sizeof c->anchor);
    memcpy(bytes + 0x04, &kind, sizeof kind);
    memcpy(bytes + 0x0C, &size, sizeof size);
    memcpy(bytes + 0x100, &names, sizeof names);
    memcpy(bytes + 0x104, &made_anew, sizeof made_anew);
    snprintf(link_path, sizeof link_path, "/proc/self/fd/%d", file);
    if (file >= 0 && write(file, bytes, sizeof bytes) == (ssize_t)sizeof bytes && try_lock(file)
        && linkat(AT_FDCWD, link_path, c->folder, "owner", AT_SYMLINK_FOLLOW) == 0)
        return file;
    if (file >= 0)
        close(file);
    return -1;
}

/* 10.2: the lock, and then once more that both names lead to what was opened. An orphan's owner file is made anew (10.4). */
static int own(channel *c, bool orphans_too)
{
    struct stat named, opened;
    int owner = open_owner(c);
    if (owner < 0) {
        if (!orphans_too || errno == EACCES)
            return -1;
        if (c->folder < 0 && mkdir(c->folder_path, 0700) == 0)
            c->folder = open(c->folder_path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
        return c->folder < 0 ? -1 : make_owner(c, true);
    }
    if (try_lock(owner) && fstat(owner, &opened) == 0 && fstatat(c->folder, "owner", &named, AT_SYMLINK_NOFOLLOW) == 0
        && same(&named, &opened) && still_named(c))
        return owner;
    close(owner);
    return -1;
}

static void clear_folder(const channel *c)
{
    char name[32];
    for (int number = 1; number < 100; number++) {
        snprintf(name, sizeof name, "pixels.%d", number);
        unlinkat(c->folder, name, 0);
        snprintf(name, sizeof name, "door.%d", number);
        unlinkat(c->folder, name, 0);
    }
    unlinkat(c->folder, "control", 0);
    unlinkat(c->folder, "owner", 0);
    rmdir(c->folder_path);
}

static bool identity_lives(const channel *c)
{
    uint32_t pid;
    return pread(c->file, &pid, sizeof pid, 0x130) == (ssize_t)sizeof pid && kill((pid_t)pid, 0) == 0;
}

/* 10.11; a control without an owner file is removed without the lock of its byte 0, and only when its owner is dead (10.4). */
static bool remove_channel(const char *path)
{
    channel c;
    bool removed = false;
    if (!open_channel(&c, path))
        return false;
    int asked = open_owner(&c);
    bool orphan = asked < 0;
    if (asked >= 0)
        close(asked);
    if ((!orphan && try_lock(c.file)) || (orphan && !identity_lives(&c))) {
        int owner = still_named(&c) ? own(&c, orphan) : -1;
        if (owner >= 0) {
            if (still_named(&c))
                removed = unlink(path) == 0;
            clear_folder(&c);
            close(owner);
        }
    }
    close_channel(&c);
    return removed;
}

static int answer(const char *text)
{
    puts(text);
    fflush(stdout);
    return 0;
}

static int ask(const char *path)
{
    channel c;
    if (!open_channel(&c, path))
        return answer("none");
    int owner = open_owner(&c);
    int said = answer(owner < 0 ? "orphan" : is_locked(owner) ? "locked" : "free");
    if (owner >= 0)
        close(owner);
    close_channel(&c);
    return said;
}

static int take(const char *path, int seconds)
{
    channel c;
    if (!open_channel(&c, path) || own(&c, false) < 0)
        return answer("refused");
    answer("taken");
    sleep((unsigned)seconds);
    return 0;
}

static int orphan(const char *path)
{
    channel c;
    return answer(open_channel(&c, path) && unlinkat(c.folder, "owner", 0) == 0 ? "orphaned" : "refused");
}

static int replace(const char *path, int seconds)
{
    channel c;
    if (!open_channel(&c, path) || unlinkat(c.folder, "owner", 0) != 0 || make_owner(&c, false) < 0)
        return answer("refused");
    answer("replaced");
    sleep((unsigned)seconds);
    return 0;
}

static int sweep(const char *path, int seconds)
{
    int removed = 0, refused = 0;
    time_t end = time(NULL) + seconds;
    while (time(NULL) < end) {
        if (remove_channel(path))
            removed++;
        else
            refused++;
        usleep(500);
    }
    printf("%d removed, %d refused\n", removed, refused);
    return 0;
}

int main(int count, char **words)
{
    const char *what = count > 2 ? words[1] : "";
    int seconds = count > 3 ? atoi(words[3]) : 0;
    if (strcmp(what, "ask") == 0)
        return ask(words[2]);
    if (strcmp(what, "take") == 0)
        return take(words[2], seconds);
    if (strcmp(what, "remove") == 0)
        return answer(remove_channel(words[2]) ? "removed" : "refused");
    if (strcmp(what, "orphan") == 0)
        return orphan(words[2]);
    if (strcmp(what, "replace") == 0)
        return replace(words[2], seconds);
    if (strcmp(what, "sweep") == 0)
        return sweep(words[2], seconds);
    fprintf(stderr, "owner: see the head of owner.c\n");
    return 2;
}
