/*
 * What another account of the machine can try against a channel, by system calls alone: no line of the core is used.
 *
 *   attacker may PATH                       which of open for reading, for writing, unlink, chmod it may do: "read=0 write=0 ..."
 *   attacker link OLD NEW                   a hard link
 *   attacker plant PATH SCOPE NAME UID TIE ENDPOINT PID
 *                                           a file that says it is the control of a channel
 *   attacker plain PATH BYTES               a file of so many bytes, mode 0666
 *   attacker lock PATH read|write SECONDS   a lock on its first 256 bytes
 *   attacker toggle PATH BYTES SECONDS      the file is BYTES long and empty, in turn
 *   attacker knock SOCKET COUNT SECONDS     so many connections to a door, kept open: "granted=N refused=N silent=N"
 *   attacker row SOCKET                     a row from a door, and what can be done to its memory
 *   attacker lie SOCKET SECONDS             a row from a door, filled with random leases and flags
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

enum { MOST = 1000, MESSAGE = 64, PATIENCE_MS = 500 };

static int64_t milliseconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static int said(const char *what, int result)
{
    printf("%s: %s\n", what, result < 0 ? strerror(errno) : "done");
    fflush(stdout);
    return result < 0 ? 1 : 0;
}

static int may(const char *path)
{
    int reading = open(path, O_RDONLY | O_NONBLOCK), writing = open(path, O_RDWR | O_NONBLOCK);
    bool cut = writing >= 0 && ftruncate(writing, 0) == 0;
    bool mode = chmod(path, 0666) == 0;
    char other[512];
    snprintf(other, sizeof other, "%s.taken", path);
    bool renamed = rename(path, other) == 0;
    bool removed = unlink(path) == 0;
    printf("read=%d write=%d cut=%d chmod=%d rename=%d unlink=%d\n", reading >= 0, writing >= 0, cut, mode, renamed, removed);
    return 0;
}

static void put32(uint8_t *at, uint32_t value) { memcpy(at, &value, sizeof value); }

/* Offsets of docs/protocol.md, sections 2 and 3. */
static int plant(char **words)
{
    static uint8_t control[8192];
    const char *path = words[0], *name = words[2], *tie = words[4], *end_point = words[5];
    put32(control + 0x00, 0xFF464D57u);
    put32(control + 0x04, 0x4C4E4843u);
    put32(control + 0x08, 0x00010000u);
    put32(control + 0x0C, sizeof control);
    put32(control + 0x10, 256);
    put32(control + 0x14, (uint32_t)atoi(words[1]));
    put32(control + 0x18, (uint32_t)strlen(name));
    put32(control + 0x1C, (uint32_t)atoi(words[3]));
    strncpy((char *)control + 0x20, name, 200);
    strncpy((char *)control + 0xF0, tie, 16);
    put32(control + 0x100, 4);
    put32(control + 0x104, 1);
    put32(control + 0x108, 4);
    put32(control + 0x10C, 63);
    put32(control + 0x110, 1);
    put32(control + 0x11A, 1); /* capacity 65,536 */
    put32(control + 0x130, (uint32_t)atoi(words[6]));
    put32(control + 0x148, (uint32_t)atoi(words[6]));
    strncpy((char *)control + 0x180, "planted", 127);
    strncpy((char *)control + 0x200, end_point, 127);
    strncpy((char *)control + 0x280, "root", 63);
    put32(control + 0x400, 1);
    int file = open(path, O_RDWR | O_CREAT | O_EXCL, 0644);
    if (file < 0 || write(file, control, sizeof control) != (ssize_t)sizeof control)
        return said("plant", -1);
    struct flock hold = {.l_type = F_RDLCK, .l_whence = SEEK_SET, .l_len = 1};
    fcntl(file, F_OFD_SETLK, &hold);
    said("plant", 0);
    pause();
    return 0;
}

static int plain(const char *path, long bytes)
{
    int file = open(path, O_RDWR | O_CREAT | O_EXCL, 0666);
    return said("plain", file < 0 || fchmod(file, 0666) != 0 || ftruncate(file, bytes) != 0 ? -1 : 0);
}

static int lock(const char *path, bool writing, int seconds)
{
    int file = open(path, writing ? O_RDWR : O_RDONLY);
    struct flock all = {.l_type = writing ? F_WRLCK : F_RDLCK, .l_whence = SEEK_SET, .l_len = 256};
    int failed = said("lock", file < 0 ? -1 : fcntl(file, F_OFD_SETLK, &all));
    if (failed == 0)
        sleep((unsigned)seconds);
    return failed;
}

static int toggle(const char *path, long bytes, int seconds)
{
    int file = open(path, O_RDWR | O_CREAT, 0666);
    int64_t end = milliseconds() + seconds * 1000;
    if (file < 0)
        return said("toggle", -1);
    said("toggle", 0);
    while (milliseconds() < end)
        if (ftruncate(file, 0) != 0 || ftruncate(file, bytes) != 0)
            return said("toggle", -1);
    return 0;
}

static int knock_once(const char *path)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    int connection = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);
    snprintf(address.sun_path, sizeof address.sun_path, "%s", path);
    if (connection >= 0 && connect(connection, (struct sockaddr *)&address, sizeof address) == 0)
        return connection;
    if (connection >= 0)
        close(connection);
    return -1;
}

/* The status of the answer, or -1; the descriptor that came along, or -1. */
static int answer(int connection, int *memory)
{
    uint8_t message[MESSAGE] = {0};
    union {
        struct cmsghdr header;
        char bytes[CMSG_SPACE(sizeof(int))];
    } extra = {0};
    struct iovec bytes = {message, sizeof message};
    struct msghdr envelope = {.msg_iov = &bytes, .msg_iovlen = 1, .msg_control = &extra, .msg_controllen = sizeof extra};
    struct pollfd ready = {.fd = connection, .events = POLLIN};
    uint32_t status;
    *memory = -1;
    if (poll(&ready, 1, PATIENCE_MS) != 1 || recvmsg(connection, &envelope, MSG_CMSG_CLOEXEC) < MESSAGE)
        return -1;
    struct cmsghdr *first = CMSG_FIRSTHDR(&envelope);
    if (first != NULL && first->cmsg_type == SCM_RIGHTS)
        memcpy(memory, CMSG_DATA(first), sizeof *memory);
    memcpy(&status, message + 0x10, sizeof status);
    return (int)status;
}

static int knock(const char *path, int count, int seconds)
{
    int granted = 0, refused = 0, silent = 0, closed = 0, memory;
    for (int i = 0; i < count && i < MOST; i++) {
        int connection = knock_once(path);
        if (connection < 0) {
            closed++;
            continue;
        }
        switch (answer(connection, &memory)) {
        case 0: granted++; break;
        case -1: silent++; break;
        default: refused++; break;
        }
    }
    printf("granted=%d refused=%d silent=%d closed=%d\n", granted, refused, silent, closed);
    fflush(stdout);
    sleep((unsigned)seconds);
    return 0;
}

static int get_row(const char *path)
{
    int connection = knock_once(path), memory = -1;
    if (connection >= 0)
        answer(connection, &memory);
    return memory;
}

static int row(const char *path)
{
    int memory = get_row(path);
    if (memory < 0)
        return said("row", -1);
    bool shrunk = ftruncate(memory, 0) == 0, grown = ftruncate(memory, 1 << 30) == 0;
    bool unsealed = fcntl(memory, 1033 /* F_ADD_SEALS */, 0x0008 /* F_SEAL_WRITE */) == 0;
    struct stat facts;
    fstat(memory, &facts);
    printf("shrunk=%d grown=%d sealed-further=%d size=%ld\n", shrunk, grown, unsealed, (long)facts.st_size);
    return 0;
}

static int lie(const char *path, int seconds)
{
    int memory = get_row(path);
    if (memory < 0)
        return said("lie", -1);
    volatile uint8_t *bytes = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, memory, 0);
    int64_t end = milliseconds() + seconds * 1000;
    if (bytes == MAP_FAILED)
        return said("lie", -1);
    said("lie", 0);
    while (milliseconds() < end) {
        for (int i = 0; i < 100; i++)
            bytes[rand() % 64] = (uint8_t)rand();
        bytes[0x08] = (uint8_t)(rand() % 8);
        bytes[0x0C] = 1;
        usleep(200);
    }
    return 0;
}

int main(int count, char **words)
{
    const char *what = count > 2 ? words[1] : "";
    srand((unsigned)time(NULL));
    if (strcmp(what, "may") == 0)
        return may(words[2]);
    if (strcmp(what, "link") == 0 && count == 4)
        return said("link", link(words[2], words[3]));
    if (strcmp(what, "plant") == 0 && count == 9)
        return plant(words + 2);
    if (strcmp(what, "plain") == 0 && count == 4)
        return plain(words[2], atol(words[3]));
    if (strcmp(what, "lock") == 0 && count == 5)
        return lock(words[2], strcmp(words[3], "write") == 0, atoi(words[4]));
    if (strcmp(what, "toggle") == 0 && count == 5)
        return toggle(words[2], atol(words[3]), atoi(words[4]));
    if (strcmp(what, "knock") == 0 && count == 5)
        return knock(words[2], atoi(words[3]), atoi(words[4]));
    if (strcmp(what, "row") == 0)
        return row(words[2]);
    if (strcmp(what, "lie") == 0 && count == 4)
        return lie(words[2], atoi(words[3]));
    fprintf(stderr, "attacker: see the head of attacker.c\n");
    return 2;
}
