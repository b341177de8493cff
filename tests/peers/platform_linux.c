#include "anchor.h"
#include "door_linux.h"
#include "hold_linux.h"
#include "layout.h"
#include "platform.h"

#include <fcntl.h>
#include <linux/futex.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

struct section_private {
    hold hold;
    int folder; /* of control; -1 for pixels */
    char folder_path[PATH_SIZE];
};

struct row_private {
    door door;
};

static void unmap_and_free(section *section)
{
    if (section->base != NULL)
        munmap((void *)(uintptr_t)section->base, (size_t)section->size);
    if (section->own != NULL && section->own->folder >= 0)
        close(section->own->folder);
    free(section->own);
    *section = (struct section){0};
}

static open_result open_section(int folder, const char *path, section *section)
{
    struct stat facts;
    *section = (struct section){.own = calloc(1, sizeof *section->own)};
    if (section->own == NULL)
        return OPEN_REFUSED;
    section->own->folder = -1;
    open_result result = hold_open(folder, path, &section->own->hold);
    if (result != OPEN_OK) {
        unmap_and_free(section);
        return result;
    }
    if (fstat(section->own->hold.descriptor, &facts) == 0 && facts.st_size > 0) {
        void *base = mmap(NULL, (size_t)facts.st_size, PROT_READ, MAP_SHARED, section->own->hold.descriptor, 0);
        if (base != MAP_FAILED) {
            section->base = base;
            section->size = (uint64_t)facts.st_size;
            return OPEN_OK;
        }
    }
    pixels_let_go(section);
    return OPEN_REFUSED;
}

void pixels_let_go(section *pixels)
{
    if (pixels->own == NULL)
        return;
    hold_let_go(&pixels->own->hold);
    unmap_and_free(pixels);
}

/* 1.3, 1.6 */
static bool open_folder(section *control)
{
    folder_name folder = anchor_folder(control->base);
    struct stat facts;
    struct section_private *own = control->own;
    if (strlen(folder.tie) != TIE_SIZE || strspn(folder.tie, "0123456789abcdef") != TIE_SIZE)
        return false;
    snprintf(own->folder_path, PATH_SIZE, "/dev/shm/winmmf-%u-%s", (unsigned)folder.uid, folder.tie);
    own->folder = open(own->folder_path, O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    return own->folder >= 0 && fstat(own->folder, &facts) == 0 && facts.st_uid == folder.uid
        && equal_users(facts.st_uid, own->hold.user) && (facts.st_mode & 022) == 0;
}

/* 10.10: nobody holds it and nobody owns it. Another account's owner file cannot be asked. */
static bool is_leftover(const char *path)
{
    int control = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    bool held = control < 0 || hold_somebody_has(control);
    if (control >= 0)
        close(control);
    return !held;
}

open_result control_open(const channel_name *name, section *control)
{
    char path[PATH_SIZE];
    control_path(name, path);
    if (is_leftover(path))
        return OPEN_ABSENT;
    open_result result = open_section(AT_FDCWD, path, control);
    if (result != OPEN_OK)
        return result;
    bool right_user = name->global || equal_users(control->own->hold.user, geteuid());
    if (right_user && anchor_is_right(control, KIND_CONTROL, CONTROL_SIZE, name) && open_folder(control))
        return OPEN_OK;
    pixels_let_go(control);
    return OPEN_REFUSED;
}

open_result pixels_open(const channel_name *name, const section *control, uint32_t generation, section *pixels)
{
    char path[32];
    (void)name;
    snprintf(path, sizeof path, "pixels.%u", (unsigned)generation);
    open_result result = open_section(control->own->folder, path, pixels);
    if (result == OPEN_OK && equal_users(pixels->own->hold.user, control->own->hold.user))
        return OPEN_OK;
    pixels_let_go(pixels);
    return result == OPEN_OK ? OPEN_REFUSED : result;
}

void control_let_go(const channel_name *name, section *control)
{
    char path[PATH_SIZE];
    if (control->own == NULL)
        return;
    control_path(name, path);
    hold_let_go(&control->own->hold);
    if (geteuid() == 0 || equal_users(control->own->hold.user, geteuid()))
        remove_if_unheld(path, control->own->folder, control->own->folder_path);
    unmap_and_free(control);
}

bool control_replaces(const section *fresh, const section *old)
{
    struct stat one, other;
    return fstat(fresh->own->hold.descriptor, &one) == 0 && fstat(old->own->hold.descriptor, &other) == 0
        && one.st_ino != other.st_ino && equal_users(one.st_uid, other.st_uid);
}

bool row_open(const channel_name *name, const section *control, uint32_t epoch, row *row)
{
    (void)name;
    *row = (struct row){.own = calloc(1, sizeof *row->own)};
    if (row->own == NULL)
        return false;
    door *door = &row->own->door;
    if (!door_ask(control->own->folder, epoch, control->own->hold.user, door)) {
        free(row->own);
        row->own = NULL;
        return false;
    }
    void *base = mmap(NULL, ROW_SIZE, PROT_READ | PROT_WRITE, MAP_SHARED, door->memory, 0);
    if (base == MAP_FAILED) {
        row_close(row);
        return false;
    }
    row->base = base;
    row->number = door->row;
    row->epoch = door->epoch;
    return true;
}

void row_close(row *row)
{
    if (row->base != NULL)
        munmap(row->base, ROW_SIZE);
    close(row->own->door.memory);
    close(row->own->door.connection);
    free(row->own);
    *row = (struct row){0};
}

bool row_is_looked_at(const row *row, const section *control)
{
    (void)row;
    (void)control;
    return true; /* the publisher knew it before it handed it out (7.9) */
}

/* Field 22 of /proc/PID/stat, and the state (field 3). Field 2 may hold blanks and brackets. */
static bool read_stat(uint32_t pid, char *state, uint64_t *start_time)
{
    char path[64], text[1024];
    snprintf(path, sizeof path, "/proc/%u/stat", (unsigned)pid);
    FILE *file = fopen(path, "r");
    if (file == NULL)
        return false;
    size_t length = fread(text, 1, sizeof text - 1, file);
    fclose(file);
    text[length] = 0;
    char *field = strrchr(text, ')');
    if (field == NULL || field[1] != ' ')
        return false;
    field += 2;
    *state = *field;
    for (int number = 3; number < 22; number++) {
        field = strchr(field, ' ');
        if (field == NULL)
            return false;
        field++;
    }
    *start_time = strtoull(field, NULL, 10);
    return true;
}

#define INITIAL_TIME_NAMESPACE 4026531834u

static uint64_t host_value(void)
{
    char text[128] = {0};
    struct stat pids, times;
    FILE *file = fopen("/proc/sys/kernel/random/boot_id", "r");
    if (file == NULL || stat("/proc/self/ns/pid", &pids) != 0)
        abort();
    if (fgets(text, 64, file) == NULL)
        abort();
    fclose(file);
    size_t length = strcspn(text, "\n");
    length += (size_t)snprintf(text + length, sizeof text - length, "/%llu", (unsigned long long)pids.st_ino);
    if (stat("/proc/self/ns/time", &times) == 0 && times.st_ino != INITIAL_TIME_NAMESPACE)
        snprintf(text + length, sizeof text - length, "/%llu", (unsigned long long)times.st_ino);
    uint64_t hash = 0xCBF29CE484222325u;
    for (const char *c = text; *c != 0; c++)
        hash = (hash ^ (uint8_t)*c) * 0x00000100000001B3u;
    return hash;
}

identity identity_of_this_process(void)
{
    identity self = {.pid = (uint32_t)getpid(), .host = host_value()};
    char state;
    if (!read_stat(self.pid, &state, &self.start_time))
        abort();
    return self;
}

life identity_life(const identity *who)
{
    char state;
    uint64_t start_time;
    if (who->host != host_value())
        return LIFE_UNKNOWN;
    if (!read_stat(who->pid, &state, &start_time) || start_time != who->start_time)
        return LIFE_GONE;
    return state == 'Z' || state == 'X' ? LIFE_GONE : LIFE_ALIVE;
}

wake *wake_open(const channel_name *name, uint32_t row)
{
    (void)name;
    (void)row;
    return NULL; /* the futex on `newest` needs no object */
}

bool wake_sleep(wake *wake, const section *control, uint32_t newest, int milliseconds)
{
    (void)wake;
    struct timespec limit = {.tv_sec = milliseconds / 1000, .tv_nsec = milliseconds % 1000 * 1000000L};
    return syscall(SYS_futex, control->base + AT_NEWEST, FUTEX_WAIT, newest, &limit, NULL, 0) == 0;
}

void wake_close(wake *wake)
{
    (void)wake;
}

static int64_t clock_ns(clockid_t clock)
{
    struct timespec now;
    clock_gettime(clock, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

int64_t monotonic_ns(void)
{
    return clock_ns(CLOCK_MONOTONIC);
}

int64_t unix_ns(void)
{
    return clock_ns(CLOCK_REALTIME);
}

void sleep_ms(int milliseconds)
{
    struct timespec time = {.tv_sec = milliseconds / 1000, .tv_nsec = milliseconds % 1000 * 1000000L};
    nanosleep(&time, NULL);
}
