/*
 * A channel that another account forges whole: control, folder, owner, pixels and, where the variant has them, door and control socket. It
 * is right in everything but one point, so that it gets as far as that point; "plain" is right in all. docs/protocol.md says what the
 * offsets are; no line of the core is used.
 *
 *   forger NAME VARIANT SECONDS [WHAT]      Global\NAME; prints a line when it is there
 *   forger variants                         the names of the variants
 *
 * WHAT: for "answers" the file that each connection to the control socket gets; for "control-link" the socket that the link leads to.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#define CAPACITY INT64_C(65536)
#define SPARSE INT64_C(0x7FFE0000)
enum { CONTROL = 8192, SLOTS = 4, SLOT = 0x800, WIDTH = 64, HEIGHT = 48, GREY = 0x59455247, MANY = 200 };

static uint8_t *control, *pixels;
static char folder[64], tie[17], control_path[256];
static const char *name, *variant, *what;
static int64_t capacity = CAPACITY;

static void put32(uint8_t *at, uint32_t value) { memcpy(at, &value, 4); }
static void put64(uint8_t *at, uint64_t value) { memcpy(at, &value, 8); }
static bool is(const char *other) { return strcmp(variant, other) == 0; }

static int64_t monotonic(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

static void fail(const char *step)
{
    fprintf(stderr, "forger: %s: %s\n", step, strerror(errno));
    exit(1);
}

static void anchor(uint8_t *at, uint32_t kind, uint32_t size)
{
    put32(at, 0xFF464D57u);
    put32(at + 0x04, kind);
    put32(at + 0x08, 0x00010000u);
    put32(at + 0x0C, size);
    put32(at + 0x10, 256);
    put32(at + 0x14, 2);
    put32(at + 0x18, (uint32_t)strlen(name));
    put32(at + 0x1C, (uint32_t)getuid());
    memcpy(at + 0x20, name, strlen(name));
    memcpy(at + 0xF0, tie, 16);
}

static uint8_t *section(const char *path, int64_t size, mode_t mode, int *file)
{
    *file = open(path, O_RDWR | O_CREAT | O_EXCL, 0600);
    if (*file < 0 || ftruncate(*file, size) != 0 || fchmod(*file, mode) != 0)
        fail(path);
    void *base = mmap(NULL, size < 8192 ? 8192 : (size_t)size, PROT_READ | PROT_WRITE, MAP_SHARED, *file, 0);
    if (base == MAP_FAILED)
        fail("mmap");
    return base;
}

static void in_folder(char *path, const char *part) { snprintf(path, 108, "%s/%s", folder, part); }

static void lock_byte(int file, short type)
{
    struct flock one = {.l_type = type, .l_whence = SEEK_SET, .l_len = 1};
    fcntl(file, F_OFD_SETLK, &one);
}

static uint64_t start_time(void)
{
    char text[1024] = {0}, *field;
    unsigned long long value = 0;
    FILE *file = fopen("/proc/self/stat", "r");
    size_t length = file == NULL ? 0 : fread(text, 1, sizeof text - 1, file);
    if (file != NULL)
        fclose(file);
    text[length] = 0;
    field = strrchr(text, ')');
    for (int number = 2; field != NULL && number < 22; number++)
        field = strchr(field + 1, ' ');
    if (field != NULL)
        value = strtoull(field, NULL, 10);
    return value;
}

/* ---- Content ---- */

static void describe_slot(uint32_t width, uint32_t height, uint32_t stride, uint32_t format, uint32_t length)
{
    uint8_t *slot = control + SLOT;
    put32(slot, 4);
    put32(slot + 0x04, 1);
    put64(slot + 0x08, 1);
    put64(slot + 0x10, (uint64_t)monotonic());
    put64(slot + 0x18, (uint64_t)monotonic());
    put32(slot + 0x20, width);
    put32(slot + 0x24, height);
    put32(slot + 0x28, stride);
    put32(slot + 0x2C, format);
    put32(slot + 0x30, length);
    put32(slot + 0x34, 1);
    put32(slot + 0x38, 1);
}

static void fill(void)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    int64_t unix_time = (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
    anchor(control, 0x4C4E4843u, CONTROL);
    put32(control + 0x100, 4);
    put32(control + 0x104, 1);
    put32(control + 0x108, SLOTS);
    put32(control + 0x10C, 63);
    put32(control + 0x110, 1);
    put32(control + 0x114, 30000);
    put64(control + 0x118, (uint64_t)capacity);
    put64(control + 0x120, (uint64_t)unix_time);
    put64(control + 0x128, (uint64_t)(unix_time - monotonic()));
    for (int at = 0x130; at <= 0x148; at += 0x18) {
        put32(control + at, (uint32_t)getpid());
        put64(control + at + 0x08, start_time());
        put64(control + at + 0x10, 1); /* another host: it counts as alive */
    }
    strcpy((char *)control + 0x180, "forged");
    strcpy((char *)control + 0x280, "root");
    put32(control + 0x400, 1);
    put32(control + 0x404, (uint32_t)(monotonic() / 1000000));
    put32(control + 0x480, 1 << 8 | 1);
    put32(control + 0x484, 1 << 8 | 1);
    put64(control + 0x500, 1);
    describe_slot(WIDTH, HEIGHT, WIDTH, GREY, WIDTH * HEIGHT);
    anchor(pixels, 0x4C584950u, 65536);
    put32(pixels + 0x100, 1);
    put32(pixels + 0x104, SLOTS);
    put64(pixels + 0x108, (uint64_t)capacity);
}

static void text(int at, int size)
{
    static const char hostile[] = "\033[2J\033]0;owned\007\xE2\x80\xAEgpj.exe\xE2\x80\xA8\r\n'\"`$(x)\xFF\xFE\xC0\x80";
    for (int i = 0; i < size; i++)
        control[at + i] = (uint8_t)hostile[(size_t)i % (sizeof hostile - 1)];
}

/* One point that is wrong. */
static void spoil(void)
{
    uint8_t *slot = control + SLOT;
    if (is("odd-description")) put32(control + 0x100, 5);
    if (is("odd-failure")) put32(control + 0x2C0, 7);
    if (is("slots-0")) put32(control + 0x108, 0);
    if (is("slots-25")) put32(control + 0x108, 25);
    if (is("slots-max")) put32(control + 0x108, UINT32_MAX);
    if (is("slots-more")) put32(control + 0x108, 24);
    if (is("rows-max")) put32(control + 0x10C, UINT32_MAX);
    if (is("capacity-max")) put64(control + 0x118, 0x7FFFFFFFFFFF0000u);
    if (is("capacity-negative")) put64(control + 0x118, 0x8000000000000000u);
    if (is("created-max")) put64(control + 0x120, INT64_MAX);
    if (is("created-min")) put64(control + 0x120, (uint64_t)INT64_MIN);
    if (is("clock-max")) put64(control + 0x128, INT64_MAX);
    if (is("clock-min")) put64(control + 0x128, (uint64_t)INT64_MIN);
    if (is("rate-max")) put32(control + 0x114, UINT32_MAX);
    if (is("resident-max")) { put64(control + 0x160, UINT64_MAX); put64(control + 0x168, UINT64_MAX); }
    if (is("state-unknown")) put32(control + 0x400, UINT32_MAX);
    if (is("failed-then")) { put32(control + 0x2C0, 4); put64(control + 0x2C8, (uint64_t)INT64_MIN); put32(control + 0x400, 3); }
    if (is("counters-max")) memset(control + 0x500, 0xFF, 0x60);
    if (is("newest-far")) put32(control + 0x480, 1 << 8 | 200);
    if (is("newest-empty")) put32(control + 0x480, 1 << 8 | 3);
    if (is("payload-beyond")) describe_slot(256, 257, 256, GREY, 256 * 257);
    if (is("payload-max")) describe_slot(65535, 32766, 65535, GREY, 65535u * 32766u);
    if (is("huge")) describe_slot(65535, 32766, 65535, GREY, 65535u * 32766u);
    if (is("stride-short")) put32(slot + 0x28, WIDTH - 1);
    if (is("stride-max")) put32(slot + 0x28, UINT32_MAX);
    if (is("size-max")) { put32(slot + 0x20, UINT32_MAX); put32(slot + 0x24, UINT32_MAX); }
    if (is("size-0")) { put32(slot + 0x20, 0); put32(slot + 0x24, 0); put32(slot + 0x30, 0); }
    if (is("length-max")) put32(slot + 0x30, UINT32_MAX);
    if (is("format-unknown")) put32(slot + 0x2C, 0x0A1B5B32);
    if (is("jpeg-that-is-none")) { put32(slot + 0x28, 0); put32(slot + 0x2C, 0x47504A4D); }
    if (is("times-max")) { put64(slot + 0x10, INT64_MAX); put64(slot + 0x18, INT64_MAX); }
    if (is("times-min")) { put64(slot + 0x10, (uint64_t)INT64_MIN); put64(slot + 0x18, (uint64_t)INT64_MIN); }
    if (is("number-max")) put64(slot + 0x08, UINT64_MAX);
    if (is("number-0")) put64(slot + 0x08, 0);
    if (is("generation-other")) put32(slot + 0x04, UINT32_MAX);
    if (is("generation-0")) { put32(control + 0x110, 0); put32(slot + 0x04, 0); }
    if (is("pixels-slots")) put32(pixels + 0x104, 3);
    if (is("pixels-capacity")) put64(pixels + 0x108, 0x7FFF0000u);
    if (is("pixels-negative")) put64(pixels + 0x108, 0xFFFFFFFFFFFF0000u);
    if (is("moved")) put32(control + 0x170, 1);
    if (is("text")) { text(0x180, 128); text(0x2D0, 256); text(0x280, 64); put32(control + 0x2C0, 4); put32(control + 0x400, 3); }
}

static const char *const variants[] = {
    "plain", "odd-description", "odd-failure", "slots-0", "slots-25", "slots-max", "slots-more", "rows-max", "capacity-max",
    "capacity-negative", "created-max", "created-min", "clock-max", "clock-min", "rate-max", "resident-max", "state-unknown", "failed-then",
    "counters-max", "newest-far", "newest-empty", "payload-beyond", "payload-max", "huge", "stride-short", "stride-max", "size-max", "size-0",
    "length-max", "format-unknown", "jpeg-that-is-none", "times-max", "times-min", "number-max", "number-0", "generation-other",
    "generation-0", "pixels-slots", "pixels-capacity", "pixels-negative", "pixels-pipe", "pixels-link", "pixels-open", "moved", "text",
    "flapping", "racing", "describing", "door-silent", "door-garbage", "door-unsealed", "door-many", "door-row", "door-short",
};

/* ---- What moves ---- */

static void *beat(void *unused)
{
    (void)unused;
    for (uint32_t i = 0;; i++) {
        put32(control + 0x404, (uint32_t)(monotonic() / 1000000));
        if (is("flapping"))
            put32(control + SLOT, (i & 1) != 0 ? 2 * i + 1 : 2 * i);
        else if (is("racing"))
            put32(control + 0x480, i << 8 | (i % SLOTS + 1));
        else if (is("describing"))
            put32(control + 0x100, 2 * i);
        else
            usleep(50000);
    }
    return NULL;
}

static int listen_at(const char *part, int type, mode_t mode)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    int listener = socket(AF_UNIX, type | SOCK_CLOEXEC, 0);
    in_folder(address.sun_path, part);
    if (listener < 0 || bind(listener, (struct sockaddr *)&address, sizeof address) != 0 || chmod(address.sun_path, mode) != 0
        || listen(listener, 64) != 0)
        fail(part);
    return listener;
}

static void send_row(int client, uint32_t row, int size, const int *files, int count)
{
    uint8_t message[64] = {0};
    static union {
        struct cmsghdr header;
        char bytes[CMSG_SPACE(MANY * sizeof(int))];
    } extra;
    struct iovec bytes = {message, (size_t)size};
    struct msghdr envelope = {.msg_iov = &bytes, .msg_iovlen = 1};
    put32(message, 0xFF464D57u);
    put32(message + 0x04, 0x524F4F44u);
    put32(message + 0x08, 0x00010000u);
    put32(message + 0x0C, 64);
    put32(message + 0x14, row);
    put32(message + 0x18, 1);
    put32(message + 0x1C, 4096);
    if (count > 0) {
        envelope.msg_control = &extra;
        envelope.msg_controllen = CMSG_SPACE((size_t)count * sizeof(int));
        struct cmsghdr *first = CMSG_FIRSTHDR(&envelope);
        first->cmsg_level = SOL_SOCKET;
        first->cmsg_type = SCM_RIGHTS;
        first->cmsg_len = CMSG_LEN((size_t)count * sizeof(int));
        memcpy(CMSG_DATA(first), files, (size_t)count * sizeof(int));
    }
    sendmsg(client, &envelope, MSG_NOSIGNAL);
}

static void *door(void *argument)
{
    int listener = *(int *)argument, files[MANY];
    for (;;) {
        int client = accept(listener, NULL, NULL);
        if (client < 0)
            continue;
        if (is("door-garbage")) {
            char garbage[300];
            for (size_t i = 0; i < sizeof garbage; i++)
                garbage[i] = (char)rand();
            send(client, garbage, sizeof garbage, MSG_NOSIGNAL);
        }
        int memory = memfd_create("row", MFD_ALLOW_SEALING | MFD_CLOEXEC);
        if (memory < 0 || ftruncate(memory, 4096) != 0)
            fail("memfd");
        for (int i = 0; i < MANY; i++)
            files[i] = memory;
        if (is("door-many"))
            send_row(client, 1, 64, files, MANY);
        if (is("door-short"))
            send_row(client, 1, 20, files, 1);
        if (is("door-row")) {
            fcntl(memory, 1033, 0x2 | 0x4);
            send_row(client, UINT32_MAX, 64, files, 1);
        }
        if (is("door-unsealed")) {
            send_row(client, 1, 64, files, 1);
            usleep(20000);
            if (ftruncate(memory, 0) != 0)
                fail("ftruncate");
        }
        close(memory);
        /* The connection stays: the row would end with it. */
    }
    return NULL;
}

static void *serve(void *argument)
{
    static char answer[1 << 17], request[4096];
    int listener = *(int *)argument;
    FILE *file = fopen(what, "r");
    size_t length = file == NULL ? 0 : fread(answer, 1, sizeof answer, file);
    for (;;) {
        int client = accept(listener, NULL, NULL);
        if (client < 0)
            continue;
        if (length > 0 && recv(client, request, sizeof request, 0) > 0)
            send(client, answer, length, MSG_NOSIGNAL);
        /* Without an answer it is silent, and the connection stays. */
    }
    return NULL;
}

static void start(void *(*work)(void *), int *argument)
{
    pthread_t thread;
    if (pthread_create(&thread, NULL, work, argument) != 0)
        fail("thread");
}

int main(int count, char **words)
{
    static int control_file, pixels_file, owner_file, door_listener, control_listener;
    char path[108];
    if (count == 2 && strcmp(words[1], "variants") == 0) {
        for (size_t i = 0; i < sizeof variants / sizeof *variants; i++)
            puts(variants[i]);
        return 0;
    }
    if (count < 4) {
        fprintf(stderr, "forger: see the head of forger.c\n");
        return 2;
    }
    name = words[1];
    variant = words[2];
    what = count > 4 ? words[4] : "";
    umask(0);
    srand((unsigned)time(NULL));
    snprintf(tie, sizeof tie, "%08x%08x", (unsigned)getpid(), (unsigned)time(NULL));
    snprintf(folder, sizeof folder, "/dev/shm/winmmf-%u-%s", (unsigned)getuid(), tie);
    snprintf(control_path, sizeof control_path, "/dev/shm/winmmf.%s", name);
    if (mkdir(folder, 0711) != 0)
        fail(folder);
    in_folder(path, "owner");
    uint8_t *owner = section(path, 512, 0600, &owner_file);
    anchor(owner, 0x524E574Fu, 512);
    put32(owner + 0x100, 0x4C4E4843u);
    lock_byte(owner_file, F_WRLCK);

    if (is("huge"))
        capacity = SPARSE;
    in_folder(path, "pixels.1");
    pixels = section(path, 65536 + SLOTS * capacity, is("pixels-open") ? 0666 : 0644, &pixels_file);
    if (is("pixels-pipe") && (unlink(path) != 0 || mkfifo(path, 0644) != 0))
        fail("mkfifo");
    if (is("pixels-link") && (unlink(path) != 0 || symlink("/etc/shadow", path) != 0))
        fail("symlink");
    lock_byte(pixels_file, F_RDLCK);
    if (strncmp(variant, "door-", 5) == 0) {
        door_listener = listen_at("door.1", SOCK_SEQPACKET, 0666);
        if (!is("door-silent"))
            start(door, &door_listener);
    }
    char other[300];
    snprintf(other, sizeof other, "%s.new", control_path);
    control = section(other, CONTROL, 0644, &control_file);
    fill();
    if (is("answers")) {
        control_listener = listen_at("control", SOCK_STREAM, 0666);
        start(serve, &control_listener);
    }
    if (is("control-link")) {
        in_folder(path, "control");
        if (symlink(what, path) != 0)
            fail("symlink");
    }
    if (is("answers") || is("control-link"))
        snprintf((char *)control + 0x200, 128, "%s/control", folder);
    spoil();
    lock_byte(control_file, F_RDLCK);
    if (rename(other, control_path) != 0)
        fail(control_path);
    start(beat, NULL);
    printf("forged\n");
    fflush(stdout);
    sleep((unsigned)atoi(words[3]));
    unlink(control_path);
    return 0;
}
