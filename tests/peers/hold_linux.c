#include "hold_linux.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { UNHELD_AFTER_MS = 50, WRITABLE_BY_OTHERS = 022 };

#define QUIETLY (O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)

void control_path(const channel_name *name, char path[PATH_SIZE])
{
    if (name->global)
        snprintf(path, PATH_SIZE, "/dev/shm/winmmf.%s", name->name);
    else
        snprintf(path, PATH_SIZE, "/dev/shm/winmmf-%u.%s", (unsigned)geteuid(), name->name);
}

static uid_t overflow_user(void)
{
    unsigned number = 65534;
    FILE *file = fopen("/proc/sys/kernel/overflowuid", "r");
    if (file != NULL) {
        if (fscanf(file, "%u", &number) != 1)
            number = 65534;
        fclose(file);
    }
    return number;
}

bool equal_users(uid_t one, uid_t other)
{
    return one == other && one != overflow_user();
}

bool regular_and_unwritable(int descriptor, uid_t *user)
{
    struct stat facts;
    if (fstat(descriptor, &facts) != 0 || !S_ISREG(facts.st_mode) || (facts.st_mode & WRITABLE_BY_OTHERS) != 0)
        return false;
    *user = facts.st_uid;
    return true;
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

bool hold_somebody_has(int descriptor)
{
    struct flock question = byte_0(F_WRLCK);
    return fcntl(descriptor, F_OFD_GETLK, &question) == 0 && question.l_type != F_UNLCK;
}

bool path_names(int folder, const char *path, int descriptor)
{
    struct stat named, opened;
    return fstatat(folder, path, &named, AT_SYMLINK_NOFOLLOW) == 0 && fstat(descriptor, &opened) == 0
        && named.st_dev == opened.st_dev && named.st_ino == opened.st_ino;
}

open_result hold_open(int folder, const char *path, hold *hold)
{
    for (int waited = 0;; waited++) {
        hold->locked = false;
        hold->descriptor = openat(folder, path, O_RDONLY | QUIETLY);
        if (hold->descriptor < 0)
            return errno == ENOENT ? OPEN_ABSENT : OPEN_REFUSED;
        if (!regular_and_unwritable(hold->descriptor, &hold->user)) {
            hold_let_go(hold);
            return OPEN_REFUSED;
        }
        hold->locked = lock(hold->descriptor, F_RDLCK);
        if ((hold->locked || waited > UNHELD_AFTER_MS) && path_names(folder, path, hold->descriptor))
            return OPEN_OK;
        hold_let_go(hold);
        sleep_ms(1);
    }
}

void hold_let_go(hold *hold)
{
    if (hold->descriptor < 0)
        return;
    if (hold->locked)
        lock(hold->descriptor, F_UNLCK);
    close(hold->descriptor);
    hold->descriptor = -1;
}

/* Everything but `owner`, which goes last: while it is there, it says whose the folder is. */
static void empty_folder(int folder)
{
    int listed = openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *entries = listed < 0 ? NULL : fdopendir(listed);
    if (entries == NULL)
        return;
    for (struct dirent *entry; (entry = readdir(entries)) != NULL;) {
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0 && strcmp(entry->d_name, "owner") != 0)
            unlinkat(folder, entry->d_name, 0);
    }
    closedir(entries);
    unlinkat(folder, "owner", 0);
}

void remove_if_unheld(const char *path, int folder, const char *folder_path)
{
    int owner = openat(folder, "owner", O_RDWR | QUIETLY);
    int control = open(path, O_RDWR | QUIETLY);
    if (owner >= 0 && control >= 0 && lock(owner, F_WRLCK) && path_names(folder, "owner", owner) && lock(control, F_WRLCK)
        && path_names(AT_FDCWD, path, control)) {
        unlink(path);
        empty_folder(folder);
        rmdir(folder_path);
    }
    if (control >= 0)
        close(control);
    if (owner >= 0)
        close(owner);
}
