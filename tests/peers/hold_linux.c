#include "hold_linux.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define FOLDER "/dev/shm"

enum { UNHELD_AFTER_MS = 50, PATIENCE_MS = 2000 };

typedef enum attempt { ATTEMPT_DONE, ATTEMPT_AGAIN } attempt;

void hold_path(const channel_name *name, const char *suffix, char path[PATH_SIZE])
{
    if (name->global)
        snprintf(path, PATH_SIZE, FOLDER "/winmmf.%s%s", name->name, suffix);
    else
        snprintf(path, PATH_SIZE, FOLDER "/winmmf-%u.%s%s", (unsigned)geteuid(), name->name, suffix);
}

static struct flock byte_0(short type)
{
    return (struct flock){.l_type = type, .l_whence = SEEK_SET, .l_start = 0, .l_len = 1};
}

static bool lock(int descriptor, short type)
{
    struct flock wanted = byte_0(type);
    return fcntl(descriptor, F_OFD_SETLK, &wanted) == 0;
}

/* The lock that stands against a write lock: F_UNLCK, F_RDLCK or F_WRLCK. Takes nothing. */
static short ask(int descriptor)
{
    struct flock question = byte_0(F_WRLCK);
    return fcntl(descriptor, F_OFD_GETLK, &question) == 0 ? question.l_type : F_WRLCK;
}

static bool path_names(const char *path, int descriptor)
{
    struct stat named, opened;
    return lstat(path, &named) == 0 && fstat(descriptor, &opened) == 0 && named.st_dev == opened.st_dev
        && named.st_ino == opened.st_ino;
}

static attempt finish(hold *hold, open_result result, open_result *out)
{
    if (result != OPEN_OK) {
        close(hold->descriptor);
        hold->descriptor = -1;
    }
    *out = result;
    return ATTEMPT_DONE;
}

static attempt begin_again(hold *hold)
{
    close(hold->descriptor);
    hold->descriptor = -1;
    return ATTEMPT_AGAIN;
}

static attempt try_open(const hold_wish *wish, bool give_up_the_hold, hold *hold, open_result *out)
{
    hold->descriptor = open(hold->path, wish->flags | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    if (hold->descriptor < 0) {
        *out = errno == ENOENT ? OPEN_ABSENT : OPEN_REFUSED;
        return ATTEMPT_DONE;
    }
    struct stat facts;
    if (fstat(hold->descriptor, &facts) != 0 || !S_ISREG(facts.st_mode))
        return finish(hold, OPEN_REFUSED, out);
    if (!wish->any_user && facts.st_uid != wish->user)
        return finish(hold, OPEN_REFUSED, out);
    hold->user = facts.st_uid;

    short other = ask(hold->descriptor);
    if (other == F_UNLCK && !wish->control_held)
        return finish(hold, OPEN_ABSENT, out);
    hold->locked = other != F_WRLCK && lock(hold->descriptor, F_RDLCK);
    if (!hold->locked && !give_up_the_hold)
        return begin_again(hold);
    if (fstat(hold->descriptor, &facts) != 0 || facts.st_nlink == 0)
        return begin_again(hold);
    return finish(hold, OPEN_OK, out);
}

open_result hold_open(const char *path, const hold_wish *wish, hold *hold)
{
    open_result result = OPEN_ABSENT;
    snprintf(hold->path, sizeof hold->path, "%s", path);
    for (int waited = 0; waited < PATIENCE_MS; waited++) {
        bool give_up_the_hold = wish->works_unheld && waited > UNHELD_AFTER_MS;
        if (try_open(wish, give_up_the_hold, hold, &result) == ATTEMPT_DONE)
            return result;
        sleep_ms(1);
    }
    return OPEN_ABSENT;
}

/* Removes what the path names if nobody holds it. */
static void remove_unheld(const char *path)
{
    int descriptor = open(path, O_RDWR | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    if (descriptor < 0)
        return;
    struct stat facts;
    if (fstat(descriptor, &facts) == 0 && S_ISREG(facts.st_mode) && lock(descriptor, F_WRLCK)
        && path_names(path, descriptor))
        unlink(path);
    close(descriptor);
}

static bool is_part(const char *suffix)
{
    static const char pixels[] = ".pixels.";
    if (strcmp(suffix, ".registry") == 0)
        return true;
    if (strncmp(suffix, pixels, sizeof pixels - 1) != 0)
        return false;
    const char *digits = suffix + sizeof pixels - 1;
    return *digits != 0 && digits[strspn(digits, "0123456789")] == 0;
}

static void remove_parts(const channel_name *name)
{
    char control[PATH_SIZE], part[PATH_SIZE + 2];
    hold_path(name, "", control);
    const char *prefix = control + sizeof FOLDER;
    size_t prefix_length = strlen(prefix);
    DIR *folder = opendir(FOLDER);
    if (folder == NULL)
        return;
    for (struct dirent *entry; (entry = readdir(folder)) != NULL;) {
        if (strncmp(entry->d_name, prefix, prefix_length) != 0 || !is_part(entry->d_name + prefix_length))
            continue;
        snprintf(part, sizeof part, FOLDER "/%s", entry->d_name);
        remove_unheld(part);
    }
    closedir(folder);
}

void hold_let_go_part(hold *part)
{
    /* Control is still held here, so this part's control is not gone and the part is not ours to remove. */
    if (part->locked)
        lock(part->descriptor, F_UNLCK);
    close(part->descriptor);
    part->descriptor = -1;
}

void hold_let_go_control(const channel_name *name, hold *control)
{
    int writable = open(control->path, O_RDWR | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    lock(control->descriptor, F_UNLCK);
    if (writable >= 0) {
        if (lock(writable, F_WRLCK) && path_names(control->path, writable)) {
            remove_parts(name);
            unlink(control->path);
        }
        close(writable);
    }
    close(control->descriptor);
    control->descriptor = -1;
}
