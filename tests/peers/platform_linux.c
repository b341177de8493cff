#include "hold_linux.h"
#include "layout.h"
#include "platform.h"

#include <fcntl.h>
#include <limits.h>
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
};

static void unmap_and_free(section *section)
{
    if (section->base != NULL)
        munmap((void *)(uintptr_t)section->base, (size_t)section->size);
    free(section->own);
    *section = (struct section){0};
}

static open_result open_section(const char *path, const hold_wish *wish, bool map, section *section)
{
    *section = (struct section){.own = calloc(1, sizeof *section->own)};
    if (section->own == NULL)
        return OPEN_REFUSED;
    open_result result = hold_open(path, wish, &section->own->hold);
    if (result != OPEN_OK) {
        unmap_and_free(section);
        return result;
    }
    struct stat facts;
    if (fstat(section->own->hold.descriptor, &facts) == 0 && facts.st_size > 0)
        section->size = (uint64_t)facts.st_size;
    if (!map)
        return OPEN_OK;
    void *base = section->size == 0
        ? MAP_FAILED
        : mmap(NULL, (size_t)section->size, PROT_READ, MAP_SHARED, section->own->hold.descriptor, 0);
    if (base != MAP_FAILED) {
        section->base = base;
        return OPEN_OK;
    }
    part_let_go(section);
    return OPEN_REFUSED;
}

open_result control_open(const channel_name *name, section *control)
{
    char path[PATH_SIZE];
    hold_wish wish = {.flags = O_RDONLY, .user = geteuid(), .any_user = name->global};
    hold_path(name, "", path);
    return open_section(path, &wish, true, control);
}

open_result pixels_open(const channel_name *name, const section *control, uint32_t generation, section *pixels)
{
    char path[PATH_SIZE], suffix[32];
    hold_wish wish = {.flags = O_RDONLY, .control_held = true, .user = control->own->hold.user};
    snprintf(suffix, sizeof suffix, ".pixels.%u", (unsigned)generation);
    hold_path(name, suffix, path);
    return open_section(path, &wish, true, pixels);
}

open_result registry_open(const channel_name *name, const section *control, section *registry)
{
    char path[PATH_SIZE];
    hold_wish wish = {.flags = O_RDWR, .control_held = true, .works_unheld = true, .user = control->own->hold.user};
    hold_path(name, ".registry", path);
    return open_section(path, &wish, false, registry);
}

void part_let_go(section *part)
{
    if (part->own == NULL)
        return;
    hold_let_go_part(&part->own->hold);
    unmap_and_free(part);
}

void control_let_go(const channel_name *name, section *control)
{
    if (control->own == NULL)
        return;
    hold_let_go_control(name, &control->own->hold);
    unmap_and_free(control);
}

bool registry_read(const section *registry, size_t offset, void *bytes, size_t length)
{
    return pread(registry->own->hold.descriptor, bytes, length, (off_t)offset) == (ssize_t)length;
}

bool registry_write(section *registry, size_t offset, const void *bytes, size_t length)
{
    return pwrite(registry->own->hold.descriptor, bytes, length, (off_t)offset) == (ssize_t)length;
}

static bool lock_row(section *registry, uint32_t row, short type)
{
    struct flock wanted = {.l_type = type, .l_whence = SEEK_SET, .l_start = (off_t)row, .l_len = 1};
    return fcntl(registry->own->hold.descriptor, F_OFD_SETLK, &wanted) == 0;
}

bool row_take(section *registry, uint32_t row, uint64_t claim)
{
    (void)claim; /* the lock is the proof; the caller writes the claim last */
    return lock_row(registry, row, F_WRLCK);
}

void row_let_go(section *registry, uint32_t row)
{
    lock_row(registry, row, F_UNLCK);
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

static uint64_t host_value(void)
{
    char text[128] = {0};
    struct stat namespace;
    FILE *file = fopen("/proc/sys/kernel/random/boot_id", "r");
    if (file == NULL || stat("/proc/self/ns/pid", &namespace) != 0)
        abort();
    if (fgets(text, 64, file) == NULL)
        abort();
    fclose(file);
    size_t length = strcspn(text, "\n");
    snprintf(text + length, sizeof text - length, "/%llu", (unsigned long long)namespace.st_ino);
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
