/* winmmf.h: reads the frames of WinMmf channels, and locks WinMmf's plain memories. C99 and C++; Linux and Windows.
 *
 * Written from docs/protocol.md; numbers such as 6.3 are its paragraphs. Include it wherever you need it, and in exactly one source file
 * with WINMMF_IMPLEMENTATION defined, there before all other headers (on Linux it needs _GNU_SOURCE). No library is needed.
 *
 * A reader or a memory belongs to one thread at a time. Nothing here writes to a channel but the reader's own row.
 */
#ifndef WINMMF_H
#define WINMMF_H

#if defined(WINMMF_IMPLEMENTATION) && !defined(_WIN32) && !defined(_GNU_SOURCE)
#define _GNU_SOURCE
#endif

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum winmmf_result {
    WINMMF_OK = 0,
    WINMMF_EMPTY,       /* nothing has been published yet */
    WINMMF_TIMEOUT,     /* nothing came in the given time */
    WINMMF_STOPPED,     /* the publisher has ended, and no frame is left */
    WINMMF_COPY,        /* the frame cannot be leased now: copy it (winmmf_newest) */
    WINMMF_OVERWRITTEN, /* the frame changed while it was leased: what was made of it is to be thrown away */
    WINMMF_ABSENT,      /* there is nothing of that name */
    WINMMF_REFUSED,     /* it is there, but the protocol forbids to use it, or this account may not */
    WINMMF_BAD_NAME,    /* 1.1 */
    WINMMF_BUSY,        /* release the leased frame, or the lock, first */
    WINMMF_TOO_SMALL,   /* the buffer is smaller than the frame; its length says what is needed */
    WINMMF_BAD_FRAME,   /* the description of the frame makes no sense, or its pixels cannot be mapped */
    WINMMF_CORRUPT,     /* the lock word has a value that no transition leads to (8.1) */
    WINMMF_LOST,        /* the lock was taken away by hand while it was held */
    WINMMF_NO_MEMORY
} winmmf_result;

/* What stands behind a channel. GONE: its process has ended without a word. SILENT: it lives, and says nothing for 2 s. */
typedef enum winmmf_state {
    WINMMF_STATE_STARTING = 0,
    WINMMF_STATE_LIVE,
    WINMMF_STATE_STOPPED,
    WINMMF_STATE_FAILED,
    WINMMF_STATE_GONE,
    WINMMF_STATE_SILENT
} winmmf_state;

#define WINMMF_FOURCC(a, b, c, d) ((uint32_t)(a) | (uint32_t)(b) << 8 | (uint32_t)(c) << 16 | (uint32_t)(d) << 24)
#define WINMMF_BGR24 WINMMF_FOURCC('B', 'G', 'R', '3')
#define WINMMF_BGRA32 WINMMF_FOURCC('B', 'G', 'R', '4')
#define WINMMF_GRAY8 WINMMF_FOURCC('G', 'R', 'E', 'Y')
#define WINMMF_YUY2 WINMMF_FOURCC('Y', 'U', 'Y', '2')
#define WINMMF_NV12 WINMMF_FOURCC('N', 'V', '1', '2')
#define WINMMF_I420 WINMMF_FOURCC('I', '4', '2', '0')
#define WINMMF_MJPG WINMMF_FOURCC('M', 'J', 'P', 'G')

typedef struct winmmf_frame {
    const uint8_t *data; /* valid until the next call with its reader; leased: until winmmf_release */
    uint32_t length;     /* bytes */
    uint32_t width, height, stride, format;
    uint32_t flags; /* bit 0: first frame after the source has started */
    uint32_t epoch;
    uint64_t number;                    /* 1, 2, 3 … over the channel's life */
    int64_t captured_ns, published_ns; /* monotonic time */
    uint32_t slot, sequence, generation; /* where it lies in the channel */
} winmmf_frame;

typedef struct winmmf_info {
    uint32_t epoch, slots, generation, millihertz, moved, state;
    uint64_t capacity;
    int64_t created_ns, unix_minus_monotonic_ns; /* Unix time; nanoseconds */
    uint32_t owner_pid, writer_pid;
    uint64_t owner_start_time, owner_host;
    char source[129], account[65];
} winmmf_info;

typedef struct winmmf_counts {
    uint64_t copied, leased, overwritten, missed, woken, moves;
} winmmf_counts;

typedef struct winmmf_reader winmmf_reader;
typedef struct winmmf_memory winmmf_memory;

/* name: "cam1" or "Local\cam1", or "Global\cam1". label: what the publisher shows of this reader, at most 23 bytes; NULL for none.
   Waits for the channel for timeout_ms; 0 looks once. */
winmmf_result winmmf_open(const char *name, const char *label, int timeout_ms, winmmf_reader **reader);
void winmmf_close(winmmf_reader *reader);

/* A copy of the newest frame, in the reader's own memory. */
winmmf_result winmmf_newest(winmmf_reader *reader, winmmf_frame *frame);
/* The same into the caller's memory. */
winmmf_result winmmf_copy(winmmf_reader *reader, winmmf_frame *frame, void *buffer, size_t size);
/* A copy of the frame that follows the one read last; waits for it. Frames that are gone by now are left out and counted as missed. */
winmmf_result winmmf_next(winmmf_reader *reader, winmmf_frame *frame, int timeout_ms);
/* Waits until there is a newer frame than the one read last. */
winmmf_result winmmf_wait(winmmf_reader *reader, int timeout_ms);
/* The newest frame in place. It stays as it is until winmmf_release; the publisher goes on with other slots meanwhile. */
winmmf_result winmmf_lease(winmmf_reader *reader, winmmf_frame *frame);
winmmf_result winmmf_release(winmmf_reader *reader, winmmf_frame *frame);

winmmf_state winmmf_channel_state(winmmf_reader *reader);
void winmmf_channel_info(winmmf_reader *reader, winmmf_info *info);
void winmmf_reader_counts(const winmmf_reader *reader, winmmf_counts *counts);

typedef enum winmmf_mode { WINMMF_READ = 1, WINMMF_WRITE = 2 } winmmf_mode;

winmmf_result winmmf_memory_open(const char *name, winmmf_memory **memory);
void winmmf_memory_close(winmmf_memory *memory);
/* The data, after the lock word. To be touched under the lock only. */
uint8_t *winmmf_memory_data(winmmf_memory *memory, size_t *size);
/* label: for people who look at who has the lock; NULL for none. */
winmmf_result winmmf_lock(winmmf_memory *memory, winmmf_mode mode, const char *label, int timeout_ms);
/* good: the content is whole, since it was written under this lock or found good. It ends the mark of 8.6. */
winmmf_result winmmf_unlock(winmmf_memory *memory, int good);
/* 1 if a writer died with the lock and none has written since (8.6). */
int winmmf_memory_is_suspect(winmmf_memory *memory);
/* 1 if this client's lock stands in a row, so that others see whose it is and can recover it. Known while it is held. */
int winmmf_memory_has_row(const winmmf_memory *memory);
uint32_t winmmf_memory_word(const winmmf_memory *memory);

const char *winmmf_text(winmmf_result result);

#ifdef __cplusplus
}
#endif

#ifdef WINMMF_IMPLEMENTATION

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifdef _WIN32
#ifndef WIN32_LEAN_AND_MEAN
#define WIN32_LEAN_AND_MEAN
#endif
#include <windows.h>
#else
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/futex.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>
#ifndef F_OFD_SETLK
#error "winmmf.h: include the file with WINMMF_IMPLEMENTATION before all other headers, or define _GNU_SOURCE"
#endif
#endif

/* ---- Loads, stores and fences ---- */

#if defined(__GNUC__) || defined(__clang__)
static uint32_t winmmf__load32(const uint8_t *p) { return __atomic_load_n((const uint32_t *)(const void *)p, __ATOMIC_ACQUIRE); }
static void winmmf__store8(uint8_t *p, uint8_t value) { __atomic_store_n(p, value, __ATOMIC_RELEASE); }
static void winmmf__store64(uint8_t *p, uint64_t value) { __atomic_store_n((uint64_t *)(void *)p, value, __ATOMIC_RELEASE); }
static int winmmf__exchange32(uint8_t *p, uint32_t *old, uint32_t value)
{
    return __atomic_compare_exchange_n((uint32_t *)(void *)p, old, value, 0, __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE);
}
static void winmmf__full_fence(void) { __atomic_thread_fence(__ATOMIC_SEQ_CST); }
static void winmmf__acquire_fence(void) { __atomic_thread_fence(__ATOMIC_ACQUIRE); }
#ifdef _WIN32
static uint64_t winmmf__load64(const uint8_t *p) { return __atomic_load_n((const uint64_t *)(const void *)p, __ATOMIC_ACQUIRE); }
static int winmmf__exchange64(uint8_t *p, uint64_t *old, uint64_t value)
{
    return __atomic_compare_exchange_n((uint64_t *)(void *)p, old, value, 0, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST);
}
#endif
#else
/* MSVC: on x86 a volatile load is an acquire and a volatile store a release; elsewhere a barrier makes it so. */
#if defined(_M_IX86) || defined(_M_X64)
#define WINMMF__BARRIER() _ReadWriteBarrier()
#else
#define WINMMF__BARRIER() MemoryBarrier()
#endif
static uint32_t winmmf__load32(const uint8_t *p)
{
    uint32_t value = *(const volatile uint32_t *)(const void *)p;
    WINMMF__BARRIER();
    return value;
}
static uint64_t winmmf__load64(const uint8_t *p)
{
    uint64_t value = *(const volatile uint64_t *)(const void *)p;
    WINMMF__BARRIER();
    return value;
}
static void winmmf__store8(uint8_t *p, uint8_t value)
{
    WINMMF__BARRIER();
    *(volatile uint8_t *)p = value;
}
static void winmmf__store64(uint8_t *p, uint64_t value)
{
    WINMMF__BARRIER();
    *(volatile uint64_t *)(void *)p = value;
}
static int winmmf__exchange32(uint8_t *p, uint32_t *old, uint32_t value)
{
    uint32_t there = (uint32_t)InterlockedCompareExchange((volatile LONG *)(void *)p, (LONG)value, (LONG)*old);
    int done = there == *old;
    *old = there;
    return done;
}
static int winmmf__exchange64(uint8_t *p, uint64_t *old, uint64_t value)
{
    uint64_t there = (uint64_t)InterlockedCompareExchange64((volatile LONG64 *)(void *)p, (LONG64)value, (LONG64)*old);
    int done = there == *old;
    *old = there;
    return done;
}
static void winmmf__full_fence(void) { MemoryBarrier(); }
static void winmmf__acquire_fence(void) { WINMMF__BARRIER(); }
#endif

static uint32_t winmmf__get32(const uint8_t *p) { uint32_t v; memcpy(&v, p, 4); return v; }
static uint64_t winmmf__get64(const uint8_t *p) { uint64_t v; memcpy(&v, p, 8); return v; }
static void winmmf__put32(uint8_t *p, uint32_t v) { memcpy(p, &v, 4); }
static void winmmf__put64(uint8_t *p, uint64_t v) { memcpy(p, &v, 8); }

/* ---- Names (1.1) and anchors (section 2) ---- */

#define WINMMF__MAGIC 0xFF464D57u
#define WINMMF__CHNL 0x4C4E4843u
#define WINMMF__PIXL 0x4C584950u
#define WINMMF__HLDR 0x52444C48u
#define WINMMF__RGST 0x54534752u
#define WINMMF__DOOR 0x524F4F44u

typedef struct winmmf__name {
    char text[201];
    int global;
} winmmf__name;

static int winmmf__ends_in(const char *text, size_t length, const char *end)
{
    size_t n = strlen(end);
    return length >= n && memcmp(text + length - n, end, n) == 0;
}

/* The length of the well-formed UTF-8 character at p, or 0; also 0 for C1 control characters and for what begins a line or turns the
   direction of text (U+2028 to U+202E, U+2066 to U+2069). */
static size_t winmmf__utf8(const unsigned char *p)
{
    size_t n = p[0] < 0x80 ? 1 : p[0] >= 0xC2 && p[0] <= 0xDF ? 2 : p[0] >= 0xE0 && p[0] <= 0xEF ? 3 : p[0] >= 0xF0 && p[0] <= 0xF4 ? 4 : 0;
    size_t i;
    for (i = 1; i < n; i++)
        if ((p[i] & 0xC0) != 0x80)
            return 0;
    if ((p[0] == 0xC2 && p[1] < 0xA0) || (p[0] == 0xE0 && p[1] < 0xA0) || (p[0] == 0xED && p[1] > 0x9F) || (p[0] == 0xF0 && p[1] < 0x90)
        || (p[0] == 0xF4 && p[1] > 0x8F) || (p[0] == 0xE2 && p[1] == 0x80 && p[2] >= 0xA8 && p[2] <= 0xAE)
        || (p[0] == 0xE2 && p[1] == 0x81 && p[2] >= 0xA6 && p[2] <= 0xA9))
        return 0;
    return n;
}

static int winmmf__parse_name(const char *text, winmmf__name *name)
{
    size_t length, at, digits, step;
    memset(name, 0, sizeof *name);
    if (text == NULL)
        return 0;
    if (strncmp(text, "Global\\", 7) == 0) {
        name->global = 1;
        text += 7;
    } else if (strncmp(text, "Local\\", 6) == 0) {
        text += 6;
    }
    length = strlen(text);
    if (length < 1 || length > 200 || strcmp(text, ".") == 0 || strcmp(text, "..") == 0)
        return 0;
    for (at = 0; at < length; at += step) {
        unsigned char c = (unsigned char)text[at];
        step = winmmf__utf8((const unsigned char *)text + at);
        if (step == 0 || c < 0x20 || c == 0x7F || c == '/' || c == '\\')
            return 0;
    }
    for (digits = length; digits > 0 && text[digits - 1] >= '0' && text[digits - 1] <= '9';)
        digits--;
    if (winmmf__ends_in(text, length, ".registry") || winmmf__ends_in(text, length, ".owner") || winmmf__ends_in(text, length, ".holders"))
        return 0;
    if (digits < length && (winmmf__ends_in(text, digits, ".pixels.") || winmmf__ends_in(text, digits, ".wake.")))
        return 0;
    memcpy(name->text, text, length);
    return 1;
}

static int winmmf__anchor_is_right(const uint8_t *anchor, uint64_t size, uint32_t kind, uint32_t least, const winmmf__name *name)
{
    uint32_t structure, length = (uint32_t)strlen(name->text);
    if (size < least || winmmf__load32(anchor) != WINMMF__MAGIC)
        return 0;
    structure = winmmf__get32(anchor + 0x0C);
    return winmmf__get32(anchor + 4) == kind && winmmf__get32(anchor + 8) >> 16 == 1 && structure >= least && structure <= size
        && winmmf__get32(anchor + 0x10) == 256 && winmmf__get32(anchor + 0x14) == (name->global ? 2u : 1u)
        && winmmf__get32(anchor + 0x18) == length && memcmp(anchor + 0x20, name->text, length) == 0;
}

/* Text of a fixed field, cut between characters. */
static void winmmf__put_text(uint8_t *at, size_t size, const char *text)
{
    size_t n = 0, step;
    memset(at, 0, size);
    while (text != NULL && text[n] != 0 && (step = winmmf__utf8((const unsigned char *)text + n)) != 0 && n + step < size)
        n += step;
    if (n > 0)
        memcpy(at, text, n);
}

/* ---- The system: time, processes, sections ---- */

typedef struct winmmf__identity {
    uint32_t pid;
    uint64_t start_time, host;
} winmmf__identity;

typedef struct winmmf__section {
    uint8_t *base;
    uint64_t size;
#ifdef _WIN32
    HANDLE handle;
#else
    int fd, locked;
    uid_t user;
    dev_t device;
    ino_t inode;
#endif
} winmmf__section;

#ifdef _WIN32

static int64_t winmmf__monotonic(void)
{
    LARGE_INTEGER counter, frequency;
    QueryPerformanceCounter(&counter);
    QueryPerformanceFrequency(&frequency);
    return counter.QuadPart / frequency.QuadPart * 1000000000
        + counter.QuadPart % frequency.QuadPart * 1000000000 / frequency.QuadPart;
}

static int64_t winmmf__unix(void)
{
    FILETIME now;
    GetSystemTimeAsFileTime(&now);
    return ((int64_t)((uint64_t)now.dwHighDateTime << 32 | now.dwLowDateTime) - 116444736000000000) * 100;
}

static void winmmf__sleep(int milliseconds) { Sleep((DWORD)milliseconds); }
static void winmmf__yield(void) { SwitchToThread(); }
static uint32_t winmmf__thread(void) { return GetCurrentThreadId(); }

static uint64_t winmmf__creation(HANDLE process)
{
    FILETIME creation, end, kernel, user;
    return GetProcessTimes(process, &creation, &end, &kernel, &user) ? (uint64_t)creation.dwHighDateTime << 32 | creation.dwLowDateTime : 0;
}

static winmmf__identity winmmf__self(void)
{
    winmmf__identity self;
    self.pid = GetCurrentProcessId();
    self.start_time = winmmf__creation(GetCurrentProcess());
    self.host = 0;
    return self;
}

/* What cannot be inspected is alive. mask: the bits of the start time that are known. */
static int winmmf__process_is_dead(uint32_t pid, uint64_t start_time, uint64_t mask)
{
    int same, ended;
    uint64_t creation;
    HANDLE process = OpenProcess(PROCESS_QUERY_LIMITED_INFORMATION | SYNCHRONIZE, FALSE, pid);
    if (process == NULL)
        return GetLastError() == ERROR_INVALID_PARAMETER;
    creation = winmmf__creation(process);
    same = creation == 0 || ((creation ^ start_time) & mask) == 0;
    ended = WaitForSingleObject(process, 0) == WAIT_OBJECT_0;
    CloseHandle(process);
    return !same || ended;
}

static int winmmf__is_dead(const winmmf__identity *who)
{
    return who->host == 0 && winmmf__process_is_dead(who->pid, who->start_time, UINT64_MAX);
}

static int winmmf__object(const winmmf__name *name, const char *suffix, wchar_t *out)
{
    char text[320];
    snprintf(text, sizeof text, "%s\\%s%s", name->global ? "Global" : "Local", name->text, suffix);
    return MultiByteToWideChar(CP_UTF8, MB_ERR_INVALID_CHARS, text, -1, out, 320) > 0;
}

static void winmmf__section_close(winmmf__section *section)
{
    if (section->base != NULL)
        UnmapViewOfFile(section->base);
    if (section->handle != NULL)
        CloseHandle(section->handle);
    memset(section, 0, sizeof *section);
}

static winmmf_result winmmf__section_open(const winmmf__name *name, const char *suffix, DWORD access, int has_anchor,
    winmmf__section *section)
{
    wchar_t object[320];
    MEMORY_BASIC_INFORMATION facts;
    int waited;
    memset(section, 0, sizeof *section);
    if (!winmmf__object(name, suffix, object))
        return WINMMF_BAD_NAME;
    section->handle = OpenFileMappingW(access, FALSE, object);
    if (section->handle == NULL)
        return GetLastError() == ERROR_FILE_NOT_FOUND ? WINMMF_ABSENT : WINMMF_REFUSED;
    section->base = (uint8_t *)MapViewOfFile(section->handle, access, 0, 0, 0);
    /* Touching pages that are only reserved, or not readable, would end this process. */
    if (section->base == NULL || VirtualQuery(section->base, &facts, sizeof facts) == 0 || facts.State != MEM_COMMIT
        || (facts.Protect & (PAGE_NOACCESS | PAGE_GUARD)) != 0) {
        winmmf__section_close(section);
        return WINMMF_REFUSED;
    }
    section->size = facts.RegionSize;
    /* 2.2. A plain memory begins with its lock word instead, and may be 0 for ever. */
    for (waited = 0; has_anchor && winmmf__load32(section->base) == 0 && waited < 2000; waited++)
        Sleep(1);
    return WINMMF_OK;
}

#else

static int64_t winmmf__clock(clockid_t clock)
{
    struct timespec now;
    clock_gettime(clock, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

static int64_t winmmf__monotonic(void) { return winmmf__clock(CLOCK_MONOTONIC); }
static int64_t winmmf__unix(void) { return winmmf__clock(CLOCK_REALTIME); }

static void winmmf__sleep(int milliseconds)
{
    struct timespec time;
    time.tv_sec = milliseconds / 1000;
    time.tv_nsec = milliseconds % 1000 * 1000000L;
    nanosleep(&time, NULL);
}

static void winmmf__yield(void) { sched_yield(); }
static uint32_t winmmf__thread(void) { return (uint32_t)syscall(SYS_gettid); }

/* State and start time (field 22) of /proc/PID/stat, counted from the last bracket. */
static int winmmf__stat(uint32_t pid, char *state, uint64_t *start_time, unsigned *threads)
{
    char path[64], text[1024], *field;
    size_t length;
    int number;
    FILE *file;
    snprintf(path, sizeof path, "/proc/%u/stat", (unsigned)pid);
    file = fopen(path, "re");
    if (file == NULL)
        return 0;
    length = fread(text, 1, sizeof text - 1, file);
    fclose(file);
    text[length] = 0;
    field = strrchr(text, ')');
    if (field == NULL || field[1] != ' ')
        return 0;
    field += 2;
    *state = *field;
    for (number = 3; number < 22; number++) {
        field = strchr(field, ' ');
        if (field == NULL)
            return 0;
        field++;
        if (number == 19)
            *threads = (unsigned)strtoul(field, NULL, 10);
    }
    *start_time = strtoull(field, NULL, 10);
    return 1;
}

static uint64_t winmmf__host(void)
{
    char text[160];
    const char *c;
    size_t length;
    uint64_t hash = 0xCBF29CE484222325u;
    struct stat pids, times;
    FILE *file = fopen("/proc/sys/kernel/random/boot_id", "re");
    memset(text, 0, sizeof text);
    if (file == NULL)
        return 0;
    if (fgets(text, 64, file) == NULL)
        text[0] = 0;
    fclose(file);
    length = strcspn(text, "\n");
    if (stat("/proc/self/ns/pid", &pids) != 0)
        return 0;
    length += (size_t)snprintf(text + length, sizeof text - length, "/%llu", (unsigned long long)pids.st_ino);
    if (stat("/proc/self/ns/time", &times) == 0 && times.st_ino != 4026531834u)
        snprintf(text + length, sizeof text - length, "/%llu", (unsigned long long)times.st_ino);
    for (c = text; *c != 0; c++)
        hash = (hash ^ (uint8_t)*c) * 0x00000100000001B3u;
    return hash;
}

static winmmf__identity winmmf__self(void)
{
    winmmf__identity self;
    char state;
    unsigned threads;
    memset(&self, 0, sizeof self);
    self.pid = (uint32_t)getpid();
    self.host = winmmf__host();
    winmmf__stat(self.pid, &state, &self.start_time, &threads);
    return self;
}

static int winmmf__is_dead(const winmmf__identity *who)
{
    char state;
    uint64_t start_time;
    unsigned threads = 0;
    if (who->host != winmmf__host())
        return 0;
    if (!winmmf__stat(who->pid, &state, &start_time, &threads))
        return kill((pid_t)who->pid, 0) != 0 && errno == ESRCH; /* /proc may hide others' processes */
    return start_time != who->start_time || ((state == 'Z' || state == 'X') && threads <= 1);
}

/* 1.4 */
static int winmmf__equal_users(uid_t one, uid_t other)
{
    unsigned overflow = 65534;
    FILE *file;
    if (one != other)
        return 0;
    file = fopen("/proc/sys/kernel/overflowuid", "re");
    if (file != NULL) {
        if (fscanf(file, "%u", &overflow) != 1)
            overflow = 65534;
        fclose(file);
    }
    return one != overflow;
}

static struct flock winmmf__one_byte(short type, int64_t offset)
{
    struct flock lock;
    memset(&lock, 0, sizeof lock);
    lock.l_type = type;
    lock.l_whence = SEEK_SET;
    lock.l_start = offset;
    lock.l_len = 1;
    return lock;
}

static int winmmf__lock_byte(int fd, short type, int64_t offset)
{
    struct flock lock = winmmf__one_byte(type, offset);
    return fcntl(fd, F_OFD_SETLK, &lock) == 0;
}

/* Whether another process has any lock on the byte; takes nothing. */
static int winmmf__byte_is_locked(int fd, int64_t offset)
{
    struct flock lock = winmmf__one_byte(F_WRLCK, offset);
    return fcntl(fd, F_OFD_GETLK, &lock) != 0 || lock.l_type != F_UNLCK;
}

static int winmmf__path_names(int folder, const char *path, int fd)
{
    struct stat named, opened;
    return fstatat(folder, path, &named, AT_SYMLINK_NOFOLLOW) == 0 && fstat(fd, &opened) == 0 && named.st_dev == opened.st_dev
        && named.st_ino == opened.st_ino;
}

static void winmmf__section_close(winmmf__section *section)
{
    if (section->base != NULL)
        munmap(section->base, (size_t)section->size);
    if (section->base != NULL && section->fd >= 0) {
        if (section->locked)
            winmmf__lock_byte(section->fd, F_UNLCK, 0);
        close(section->fd);
    }
    memset(section, 0, sizeof *section);
    section->fd = -1;
}

/* Opens and holds (10.10): `writable` for a plain memory, whose mode 1.7 does not judge. */
static winmmf_result winmmf__section_open(int folder, const char *path, int writable, winmmf__section *section)
{
    int flags = (writable ? O_RDWR : O_RDONLY) | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC;
    int64_t began = winmmf__monotonic();
    struct stat facts;
    void *base;
    memset(section, 0, sizeof *section);
    for (;;) {
        int64_t patience;
        section->fd = openat(folder, path, flags);
        if (section->fd < 0)
            return errno == ENOENT ? WINMMF_ABSENT : WINMMF_REFUSED;
        if (fstat(section->fd, &facts) != 0 || !S_ISREG(facts.st_mode) || (!writable && (facts.st_mode & 022) != 0) || facts.st_size <= 0) {
            close(section->fd);
            section->fd = -1;
            return WINMMF_REFUSED;
        }
        /* Where others may write the file, one of them may keep its lock for ever. */
        patience = (facts.st_mode & 022) != 0 ? 50000000 : 1000000000;
        section->locked = winmmf__lock_byte(section->fd, F_RDLCK, 0);
        if ((section->locked || winmmf__monotonic() - began > patience) && winmmf__path_names(folder, path, section->fd))
            break;
        close(section->fd);
        section->fd = -1;
        /* Another account may give the name to one file after the other. */
        if (winmmf__monotonic() - began > INT64_C(2000000000))
            return WINMMF_REFUSED;
        winmmf__sleep(1);
    }
    base = mmap(NULL, (size_t)facts.st_size, writable ? PROT_READ | PROT_WRITE : PROT_READ, MAP_SHARED, section->fd, 0);
    if (base == MAP_FAILED) {
        close(section->fd);
        section->fd = -1;
        return WINMMF_REFUSED;
    }
    section->base = (uint8_t *)base;
    section->size = (uint64_t)facts.st_size;
    section->user = facts.st_uid;
    section->device = facts.st_dev;
    section->inode = facts.st_ino;
    return WINMMF_OK;
}

static void winmmf__path(const winmmf__name *name, const char *suffix, char *path)
{
    if (name->global)
        snprintf(path, 320, "/dev/shm/winmmf.%s%s", name->text, suffix);
    else
        snprintf(path, 320, "/dev/shm/winmmf-%u.%s%s", (unsigned)geteuid(), name->text, suffix);
}

/* The folder that the anchor names (1.3, 1.6): its descriptor, or -1. */
static int winmmf__open_folder(const uint8_t *anchor, uid_t user, char *path)
{
    char tie[17];
    struct stat facts;
    uint32_t uid = winmmf__get32(anchor + 0x1C);
    int folder;
    memcpy(tie, anchor + 0xF0, 16);
    tie[16] = 0;
    if (strspn(tie, "0123456789abcdef") != 16)
        return -1;
    snprintf(path, 64, "/dev/shm/winmmf-%u-%s", (unsigned)uid, tie);
    folder = open(path, O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    /* To read, the same number suffices, the overflow uid's too. */
    if (folder >= 0 && fstat(folder, &facts) == 0 && facts.st_uid == uid && uid == user && (facts.st_mode & 022) == 0)
        return folder;
    if (folder >= 0)
        close(folder);
    return -1;
}

/* 10.10: no process holds it. */
static int winmmf__is_leftover(const char *path)
{
    int fd = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC), leftover;
    if (fd < 0)
        return errno == ENOENT;
    leftover = !winmmf__byte_is_locked(fd, 0);
    close(fd);
    return leftover;
}

/* 10.11, 10.12: removes what no process holds any more; both locks or nothing. */
static void winmmf__remove_if_unheld(const char *path, const char *companion, int folder, const char *folder_path)
{
    int flags = O_RDWR | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC;
    int owner = openat(folder, "owner", flags), file = open(path, flags);
    if (owner >= 0 && file >= 0 && winmmf__lock_byte(owner, F_WRLCK, 0) && winmmf__path_names(folder, "owner", owner)
        && winmmf__lock_byte(file, F_WRLCK, 0) && winmmf__path_names(AT_FDCWD, path, file)) {
        int listed = openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        DIR *entries = listed < 0 ? NULL : fdopendir(listed);
        struct dirent *entry;
        unlink(path);
        if (companion != NULL)
            unlink(companion);
        while (entries != NULL && (entry = readdir(entries)) != NULL)
            if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0 && strcmp(entry->d_name, "owner") != 0)
                unlinkat(folder, entry->d_name, 0);
        if (entries != NULL)
            closedir(entries);
        unlinkat(folder, "owner", 0); /* last: while it is there, it says whose the folder is */
        rmdir(folder_path);
    }
    if (file >= 0)
        close(file);
    if (owner >= 0)
        close(owner);
}

#endif

/* ---- The reader ---- */

typedef struct winmmf__row {
    uint8_t *base; /* NULL: none */
    uint32_t number, epoch;
#ifdef _WIN32
    winmmf__section registry;
    HANDLE event;
#else
    int connection; /* -1: none. Without base: the answer is still to come */
    int64_t asked;
#endif
} winmmf__row;

struct winmmf_reader {
    winmmf__name name;
    char label[24];
    winmmf__section control, pixels;
    uint32_t generation, pixels_slots; /* of what is mapped as pixels; 0: nothing */
    uint64_t pixels_capacity;
    uint32_t description; /* the sequence that was read */
    winmmf_info info;
    winmmf__identity writer;
    winmmf__row row;
    int64_t row_asked; /* monotonic time */
    uint64_t last;     /* the frame that was read last */
    uint32_t seen;     /* the value of newest whose frame was read last */
    int leased, gone;  /* gone: the generation of the frame that was looked for is not there any more */
    uint8_t *buffer;
    size_t buffer_size;
    uint32_t heartbeat;
    int64_t heartbeat_changed;
    winmmf_counts counts;
#ifndef _WIN32
    int folder;
    char folder_path[64];
#endif
};

/* A copy of what a sequence guards. False if it is being written, or was meanwhile. */
static int winmmf__copy_whole(const uint8_t *at, uint8_t *copy, size_t size, uint32_t *sequence)
{
    *sequence = winmmf__load32(at);
    if ((*sequence & 1) != 0)
        return 0;
    memcpy(copy, at, size);
    winmmf__acquire_fence();
    return winmmf__load32(at) == *sequence;
}

/* 3.1 */
static int winmmf__read_description(winmmf_reader *r)
{
    const uint8_t *c = r->control.base;
    int64_t began = winmmf__monotonic();
    for (;;) {
        uint8_t copy[0x1C0];
        uint32_t sequence;
        if (winmmf__copy_whole(c + 0x100, copy, sizeof copy, &sequence)) {
            winmmf_info *d = &r->info;
            d->epoch = winmmf__get32(copy + 0x04);
            d->slots = winmmf__get32(copy + 0x08);
            d->generation = winmmf__get32(copy + 0x10);
            d->millihertz = winmmf__get32(copy + 0x14);
            d->capacity = winmmf__get64(copy + 0x18);
            d->created_ns = (int64_t)winmmf__get64(copy + 0x20);
            d->unix_minus_monotonic_ns = (int64_t)winmmf__get64(copy + 0x28);
            d->owner_pid = winmmf__get32(copy + 0x30);
            d->owner_start_time = winmmf__get64(copy + 0x38);
            d->owner_host = winmmf__get64(copy + 0x40);
            d->writer_pid = r->writer.pid = winmmf__get32(copy + 0x48);
            r->writer.start_time = winmmf__get64(copy + 0x50);
            r->writer.host = winmmf__get64(copy + 0x58);
            d->moved = winmmf__get32(copy + 0x70);
            memcpy(d->source, copy + 0x80, 128);
            d->source[128] = 0;
            memcpy(d->account, copy + 0x180, 64);
            d->account[64] = 0;
            r->description = sequence;
            return d->slots >= 3 && d->slots <= 24;
        }
        if (winmmf__monotonic() - began > INT64_C(2000000000))
            return 0;
        winmmf__sleep(1);
    }
}

static void winmmf__forget_pixels(winmmf_reader *r)
{
    winmmf__section_close(&r->pixels);
    r->generation = 0;
}

#ifdef _WIN32

static winmmf_result winmmf__control_open(winmmf_reader *r)
{
    winmmf_result result = winmmf__section_open(&r->name, "", FILE_MAP_READ, 1, &r->control);
    if (result != WINMMF_OK)
        return result;
    if (winmmf__anchor_is_right(r->control.base, r->control.size, WINMMF__CHNL, 8192, &r->name) && winmmf__read_description(r))
        return WINMMF_OK;
    winmmf__section_close(&r->control);
    return WINMMF_REFUSED;
}

static void winmmf__control_close(winmmf_reader *r) { winmmf__section_close(&r->control); }

static winmmf_result winmmf__pixels_open(winmmf_reader *r, uint32_t generation)
{
    char suffix[32];
    snprintf(suffix, sizeof suffix, ".pixels.%u", (unsigned)generation);
    return winmmf__section_open(&r->name, suffix, FILE_MAP_READ, 1, &r->pixels);
}

static int winmmf__tie_is_right(winmmf_reader *r) { (void)r; return 1; }

/* Names of sections that are open do not vanish on Windows. */
static void winmmf__follow(winmmf_reader *r) { (void)r; }

static void winmmf__row_close(winmmf_reader *r)
{
    winmmf__row *row = &r->row;
    if (row->base != NULL) {
        winmmf__store8(row->base + 8, 0);
        winmmf__store8(row->base + 0x0C, 0);
        winmmf__store64(row->base, 0);
        winmmf__section_close(&row->registry);
    }
    if (row->event != NULL)
        CloseHandle(row->event);
    memset(row, 0, sizeof *row);
}

/* 7.15, 7.16 */
static void winmmf__row_ask(winmmf_reader *r)
{
    winmmf__identity self = winmmf__self();
    winmmf__row *row = &r->row;
    uint32_t number;
    r->row_asked = winmmf__monotonic();
    if (winmmf__section_open(&r->name, ".registry", FILE_MAP_READ | FILE_MAP_WRITE, 1, &row->registry) != WINMMF_OK)
        return;
    if (winmmf__anchor_is_right(row->registry.base, row->registry.size, WINMMF__RGST, 8192, &r->name)) {
        for (number = 1; number <= 63; number++) {
            uint8_t *base = row->registry.base + 0x1000 + 64 * number;
            uint64_t there = winmmf__load64(base);
            if (there != 0 && !winmmf__process_is_dead((uint32_t)there, there >> 32, 0xFFFFFFFFu))
                continue;
            if (!winmmf__exchange64(base, &there, self.pid | self.start_time << 32))
                continue;
            winmmf__store8(base + 8, 0);
            winmmf__store8(base + 0x0C, 0);
            winmmf__store64(base + 0x10, self.start_time);
            winmmf__store64(base + 0x18, self.host);
            winmmf__store64(base + 0x20, (uint64_t)winmmf__unix());
            winmmf__put_text(base + 0x28, 24, r->label);
            row->base = base;
            row->number = number;
            row->epoch = r->info.epoch;
            return;
        }
    }
    winmmf__section_close(&row->registry);
}

static void winmmf__row_look(winmmf_reader *r)
{
    if (r->row.base == NULL && winmmf__monotonic() - r->row_asked > INT64_C(1000000000))
        winmmf__row_ask(r);
}

static int winmmf__row_counts(winmmf_reader *r) { return r->row.number <= winmmf__load32(r->control.base + 0x488); }

static int winmmf__doze(winmmf_reader *r, uint32_t newest, int milliseconds)
{
    wchar_t object[320];
    char suffix[32];
    (void)newest;
    if (r->row.base != NULL && r->row.event == NULL) {
        snprintf(suffix, sizeof suffix, ".wake.%u", (unsigned)r->row.number);
        if (winmmf__object(&r->name, suffix, object))
            r->row.event = OpenEventW(SYNCHRONIZE, FALSE, object);
    }
    if (r->row.event != NULL && winmmf__row_counts(r))
        return WaitForSingleObject(r->row.event, (DWORD)milliseconds) == WAIT_OBJECT_0;
    Sleep(2);
    return 0;
}

#else

static winmmf_result winmmf__control_open(winmmf_reader *r)
{
    char path[320];
    winmmf_result result;
    winmmf__path(&r->name, "", path);
    if (winmmf__is_leftover(path))
        return WINMMF_ABSENT;
    result = winmmf__section_open(AT_FDCWD, path, 0, &r->control);
    if (result != WINMMF_OK)
        return result;
    r->folder = -1;
    if ((r->name.global || winmmf__equal_users(r->control.user, geteuid()))
        && winmmf__anchor_is_right(r->control.base, r->control.size, WINMMF__CHNL, 8192, &r->name)) {
        r->folder = winmmf__open_folder(r->control.base, r->control.user, r->folder_path);
        if (r->folder >= 0 && winmmf__read_description(r))
            return WINMMF_OK;
    }
    if (r->folder >= 0)
        close(r->folder);
    winmmf__section_close(&r->control);
    return WINMMF_REFUSED;
}

static void winmmf__control_close(winmmf_reader *r)
{
    char path[320];
    uid_t user = r->control.user;
    winmmf__path(&r->name, "", path);
    winmmf__section_close(&r->control);
    if (geteuid() == 0 || winmmf__equal_users(user, geteuid()))
        winmmf__remove_if_unheld(path, NULL, r->folder, r->folder_path);
    close(r->folder);
}

static winmmf_result winmmf__pixels_open(winmmf_reader *r, uint32_t generation)
{
    char path[32];
    winmmf_result result;
    snprintf(path, sizeof path, "pixels.%u", (unsigned)generation);
    result = winmmf__section_open(r->folder, path, 0, &r->pixels);
    if (result == WINMMF_OK && r->pixels.user != r->control.user) {
        winmmf__section_close(&r->pixels);
        return WINMMF_REFUSED;
    }
    return result;
}

static int winmmf__tie_is_right(winmmf_reader *r) { return memcmp(r->pixels.base + 0xF0, r->control.base + 0xF0, 16) == 0; }

static void winmmf__row_close(winmmf_reader *r)
{
    winmmf__row *row = &r->row;
    if (row->base != NULL)
        munmap(row->base, 64);
    if (row->connection >= 0)
        close(row->connection);
    memset(row, 0, sizeof *row);
    row->connection = -1;
}

/* 7.12: connects to the door of the present epoch. The answer is taken by winmmf__row_look. */
static void winmmf__row_ask(winmmf_reader *r)
{
    struct sockaddr_un address;
    struct ucred peer;
    socklen_t size = sizeof peer;
    winmmf__row *row = &r->row;
    r->row_asked = winmmf__monotonic();
    row->connection = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (row->connection < 0)
        return;
    memset(&address, 0, sizeof address);
    address.sun_family = AF_UNIX;
    snprintf(address.sun_path, sizeof address.sun_path, "/proc/self/fd/%d/door.%u", r->folder, (unsigned)r->info.epoch);
    row->epoch = r->info.epoch;
    if (connect(row->connection, (struct sockaddr *)&address, sizeof address) != 0
        || getsockopt(row->connection, SOL_SOCKET, SO_PEERCRED, &peer, &size) != 0 || !winmmf__equal_users(peer.uid, r->control.user))
        winmmf__row_close(r);
}

/* The message, and what came with it: the descriptor, or -1. False while there is none. */
static int winmmf__row_receive(int connection, uint8_t *message, int *memory)
{
    union {
        struct cmsghdr header;
        char bytes[CMSG_SPACE(sizeof(int))];
    } control;
    struct iovec bytes;
    struct msghdr envelope;
    struct cmsghdr *first;
    ssize_t length;
    memset(&control, 0, sizeof control);
    memset(&envelope, 0, sizeof envelope);
    memset(message, 0, 64);
    bytes.iov_base = message;
    bytes.iov_len = 64;
    envelope.msg_iov = &bytes;
    envelope.msg_iovlen = 1;
    envelope.msg_control = &control;
    envelope.msg_controllen = sizeof control;
    *memory = -1;
    length = recvmsg(connection, &envelope, MSG_CMSG_CLOEXEC | MSG_DONTWAIT);
    if (length < 0)
        return errno != EAGAIN && errno != EINTR;
    first = CMSG_FIRSTHDR(&envelope);
    if (first != NULL && first->cmsg_level == SOL_SOCKET && first->cmsg_type == SCM_RIGHTS && first->cmsg_len == CMSG_LEN(sizeof(int)))
        memcpy(memory, CMSG_DATA(first), sizeof(int));
    return 1;
}

static void winmmf__row_take(winmmf_reader *r, const uint8_t *message, int memory)
{
    winmmf__row *row = &r->row;
    winmmf__identity self;
    struct stat facts;
    int seals = fcntl(memory, F_GET_SEALS);
    void *base;
    if (winmmf__get32(message) != WINMMF__MAGIC || winmmf__get32(message + 4) != WINMMF__DOOR || winmmf__get32(message + 8) >> 16 != 1
        || winmmf__get32(message + 0x10) != 0 || winmmf__get32(message + 0x18) != row->epoch || seals < 0 || (seals & F_SEAL_SHRINK) == 0
        || fstat(memory, &facts) != 0 || facts.st_size < 64)
        return;
    base = mmap(NULL, 64, PROT_READ | PROT_WRITE, MAP_SHARED, memory, 0);
    if (base == MAP_FAILED)
        return;
    row->base = (uint8_t *)base;
    row->number = winmmf__get32(message + 0x14);
    self = winmmf__self();
    winmmf__store64(row->base + 0x10, self.start_time);
    winmmf__store64(row->base + 0x18, self.host);
    winmmf__store64(row->base + 0x20, (uint64_t)winmmf__unix());
    winmmf__put_text(row->base + 0x28, 24, r->label);
    winmmf__store64(row->base, self.pid | self.start_time << 32);
}

/* Takes the row if its message has come; asks again where there is no row, at most once a second (7.13). */
static void winmmf__row_look(winmmf_reader *r)
{
    uint8_t message[64];
    int memory;
    if (r->row.base != NULL)
        return;
    if (r->row.connection < 0) {
        if (winmmf__monotonic() - r->row_asked < INT64_C(1000000000))
            return;
        winmmf__row_ask(r);
    }
    if (r->row.connection < 0 || !winmmf__row_receive(r->row.connection, message, &memory))
        return;
    if (memory >= 0) {
        winmmf__row_take(r, message, memory);
        close(memory);
    }
    if (r->row.base == NULL)
        winmmf__row_close(r);
}

static int winmmf__row_counts(winmmf_reader *r) { (void)r; return 1; }

static int winmmf__doze(winmmf_reader *r, uint32_t newest, int milliseconds)
{
    struct timespec limit;
    limit.tv_sec = milliseconds / 1000;
    limit.tv_nsec = milliseconds % 1000 * 1000000L;
    return syscall(SYS_futex, r->control.base + 0x480, FUTEX_WAIT, newest, &limit, NULL, 0) == 0;
}

/* 11.3: goes on with the control that the name leads to now, if it is another one of the same owner. */
static void winmmf__follow(winmmf_reader *r)
{
    winmmf_reader fresh, old = *r;
    memset(&fresh, 0, sizeof fresh);
    fresh.name = r->name;
    if (winmmf__control_open(&fresh) != WINMMF_OK)
        return;
    if ((fresh.control.inode == r->control.inode && fresh.control.device == r->control.device) || fresh.control.user != r->control.user) {
        winmmf__section_close(&fresh.control);
        close(fresh.folder);
        return;
    }
    winmmf__row_close(r);
    winmmf__forget_pixels(r);
    r->control = fresh.control;
    r->folder = fresh.folder;
    memcpy(r->folder_path, fresh.folder_path, sizeof r->folder_path);
    r->info = fresh.info;
    r->writer = fresh.writer;
    r->description = fresh.description;
    r->seen = 0;
    if (fresh.info.created_ns != old.info.created_ns)
        r->last = 0; /* a channel made anew: all its frames come after those of the old one */
    r->counts.moves++;
    old.row.connection = -1;
    winmmf__control_close(&old);
    winmmf__row_ask(r);
}

#endif

/* 3.2: looks whether the description has changed, and follows a channel that has moved. Not while a frame is leased. */
static void winmmf__refresh(winmmf_reader *r)
{
    int64_t now = winmmf__monotonic();
    uint32_t heartbeat = winmmf__load32(r->control.base + 0x404), epoch = r->info.epoch;
    if (winmmf__load32(r->control.base + 0x100) != r->description && winmmf__read_description(r) && r->info.epoch != epoch) {
        winmmf__row_close(r);
        winmmf__row_ask(r);
    }
    if (heartbeat != r->heartbeat) {
        r->heartbeat = heartbeat;
        r->heartbeat_changed = now;
    }
    if (r->info.moved != 0 || now - r->heartbeat_changed > INT64_C(1000000000))
        winmmf__follow(r);
}

/* 6.2 (b): a descriptor that is whole. */
static int winmmf__read_slot(winmmf_reader *r, uint32_t slot, winmmf_frame *f)
{
    const uint8_t *at = r->control.base + 0x800 + 128 * slot;
    uint8_t copy[64];
    memset(f, 0, sizeof *f);
    f->slot = slot;
    if (!winmmf__copy_whole(at, copy, sizeof copy, &f->sequence))
        return 0;
    f->generation = winmmf__get32(copy + 0x04);
    f->number = winmmf__get64(copy + 0x08);
    f->captured_ns = (int64_t)winmmf__get64(copy + 0x10);
    f->published_ns = (int64_t)winmmf__get64(copy + 0x18);
    f->width = winmmf__get32(copy + 0x20);
    f->height = winmmf__get32(copy + 0x24);
    f->stride = winmmf__get32(copy + 0x28);
    f->format = winmmf__get32(copy + 0x2C);
    f->length = winmmf__get32(copy + 0x30);
    f->flags = winmmf__get32(copy + 0x34);
    f->epoch = winmmf__get32(copy + 0x38);
    return 1;
}

/* Section 13 */
static int winmmf__format_is_sound(const winmmf_frame *f)
{
    uint64_t row = f->width, first = (uint64_t)f->stride * f->height, length = first;
    if (f->width < 1 || f->width > 65535 || f->height < 1 || f->height > 65535 || f->length > 0x7FFF0000u)
        return 0;
    switch (f->format) {
    case WINMMF_BGR24: row *= 3; break;
    case WINMMF_BGRA32: row *= 4; break;
    case WINMMF_GRAY8: break;
    case WINMMF_YUY2:
        row *= 2;
        if (f->width % 2 != 0)
            return 0;
        break;
    case WINMMF_NV12:
    case WINMMF_I420:
        length = first * 3 / 2;
        if (f->width % 2 != 0 || f->height % 2 != 0 || (f->format == WINMMF_I420 && f->stride % 2 != 0))
            return 0;
        break;
    case WINMMF_MJPG: return f->stride == 0 && f->length > 0;
    default: return 0;
    }
    return f->stride >= row && f->length == length;
}

/* Where the payload lies, with the generation mapped that the frame lies in (4.4); NULL where it cannot be had. */
static const uint8_t *winmmf__payload(winmmf_reader *r, const winmmf_frame *f)
{
    r->gone = 0;
    /* Generations begin with 1; 0 stands for no mapping here. */
    if (!winmmf__format_is_sound(f) || f->generation == 0)
        return NULL;
    if (r->generation != f->generation) {
        const uint8_t *base;
        winmmf_result result;
        winmmf__forget_pixels(r);
        result = winmmf__pixels_open(r, f->generation);
        r->gone = result == WINMMF_ABSENT;
        if (result != WINMMF_OK)
            return NULL;
        base = r->pixels.base;
        if (!winmmf__anchor_is_right(base, r->pixels.size, WINMMF__PIXL, 65536, &r->name) || !winmmf__tie_is_right(r)
            || winmmf__get32(base + 0x100) != f->generation) {
            winmmf__forget_pixels(r);
            return NULL;
        }
        r->generation = f->generation;
        r->pixels_slots = winmmf__get32(base + 0x104);
        r->pixels_capacity = winmmf__get64(base + 0x108);
        if (r->pixels_slots < 3 || r->pixels_slots > 24 || r->pixels_capacity > (r->pixels.size - 65536) / r->pixels_slots) {
            winmmf__forget_pixels(r);
            return NULL;
        }
    }
    if (f->slot >= r->pixels_slots || f->length > r->pixels_capacity)
        return NULL;
    return r->pixels.base + 65536 + f->slot * r->pixels_capacity;
}

static winmmf_result winmmf__made_room(winmmf_reader *r, size_t size)
{
    uint8_t *larger;
    if (size <= r->buffer_size)
        return WINMMF_OK;
    larger = (uint8_t *)realloc(r->buffer, size);
    if (larger == NULL)
        return WINMMF_NO_MEMORY;
    r->buffer = larger;
    r->buffer_size = size;
    return WINMMF_OK;
}

static void winmmf__has_read(winmmf_reader *r, const winmmf_frame *f, uint32_t newest)
{
    if (f->number > r->last + 1 && r->last != 0)
        r->counts.missed += f->number - r->last - 1;
    r->last = f->number;
    r->seen = newest;
}

/* 6.2 (c). BUSY: the slot has changed meanwhile; begin again. ABSENT: its generation of pixels is gone, and the frame with it.
   buffer NULL: the reader's own. */
static winmmf_result winmmf__copy_out(winmmf_reader *r, winmmf_frame *f, uint8_t *buffer, size_t size)
{
    const uint8_t *payload = winmmf__payload(r, f);
    if (payload == NULL) {
        if (winmmf__load32(r->control.base + 0x800 + 128 * f->slot) != f->sequence)
            return WINMMF_BUSY;
        return r->gone ? WINMMF_ABSENT : WINMMF_BAD_FRAME;
    }
    if (buffer == NULL) {
        if (winmmf__made_room(r, f->length) != WINMMF_OK)
            return WINMMF_NO_MEMORY;
        buffer = r->buffer;
    } else if (f->length > size) {
        return WINMMF_TOO_SMALL;
    }
    memcpy(buffer, payload, f->length);
    winmmf__acquire_fence(); /* Acquire fence. Partner: the full fence of 5.3. */
    if (winmmf__load32(r->control.base + 0x800 + 128 * f->slot) != f->sequence)
        return WINMMF_BUSY;
    f->data = buffer;
    return WINMMF_OK;
}

/* EMPTY: nothing yet. BUSY: begin again. */
static winmmf_result winmmf__newest_slot(winmmf_reader *r, uint32_t *newest, winmmf_frame *f)
{
    *newest = winmmf__load32(r->control.base + 0x480);
    if (*newest == 0)
        return WINMMF_EMPTY;
    if ((*newest & 0xFF) < 1 || (*newest & 0xFF) > r->info.slots)
        return WINMMF_BAD_FRAME;
    if (!winmmf__read_slot(r, (*newest & 0xFF) - 1, f) || winmmf__load32(r->control.base + 0x480) != *newest)
        return WINMMF_BUSY;
    return WINMMF_OK;
}

static winmmf_result winmmf__copy_newest(winmmf_reader *r, winmmf_frame *f, uint8_t *buffer, size_t size)
{
    int tries;
    winmmf_result result;
    if (r->leased)
        return WINMMF_BUSY;
    winmmf__refresh(r);
    for (tries = 1;; tries++) {
        uint32_t newest;
        if (tries % 8 == 0) {
            /* A publisher that is faster than this copy: lease, then copy (6.2). */
            if (winmmf_lease(r, f) == WINMMF_OK) {
                winmmf_frame copy = *f;
                result = winmmf__copy_out(r, &copy, buffer, size);
                if (winmmf_release(r, f) == WINMMF_OK && result != WINMMF_BUSY) {
                    *f = copy;
                    if (result == WINMMF_OK) {
                        r->counts.copied++;
                        r->counts.leased--;
                    }
                    return result;
                }
            }
            winmmf__refresh(r);
            winmmf__yield();
        }
        result = winmmf__newest_slot(r, &newest, f);
        if (result == WINMMF_OK)
            result = winmmf__copy_out(r, f, buffer, size);
        if (result == WINMMF_ABSENT)
            result = winmmf__load32(r->control.base + 0x480) == newest ? WINMMF_BAD_FRAME : WINMMF_BUSY;
        if (result == WINMMF_OK) {
            winmmf__has_read(r, f, newest);
            r->counts.copied++;
        }
        if (result != WINMMF_BUSY)
            return result;
    }
}

winmmf_result winmmf_newest(winmmf_reader *reader, winmmf_frame *frame) { return winmmf__copy_newest(reader, frame, NULL, 0); }

winmmf_result winmmf_copy(winmmf_reader *reader, winmmf_frame *frame, void *buffer, size_t size)
{
    return winmmf__copy_newest(reader, frame, (uint8_t *)buffer, size);
}

/* 6.2, in order. Nothing after `last`: EMPTY. */
static winmmf_result winmmf__following(winmmf_reader *r, uint32_t *newest, winmmf_frame *f)
{
    uint32_t slot;
    winmmf_frame other;
    winmmf_result result = winmmf__newest_slot(r, newest, f);
    if (result != WINMMF_OK)
        return result;
    if (f->number <= r->last)
        return WINMMF_EMPTY;
    for (slot = 0; slot < r->info.slots; slot++)
        if (winmmf__read_slot(r, slot, &other) && other.number > r->last && other.number < f->number)
            *f = other;
    return WINMMF_OK;
}

winmmf_result winmmf_next(winmmf_reader *r, winmmf_frame *frame, int timeout_ms)
{
    int64_t end = winmmf__monotonic() + (int64_t)timeout_ms * 1000000;
    if (r->leased)
        return WINMMF_BUSY;
    for (;;) {
        uint32_t newest;
        winmmf_result result;
        winmmf__refresh(r);
        result = winmmf__following(r, &newest, frame);
        if (result == WINMMF_OK) {
            result = winmmf__copy_out(r, frame, NULL, 0);
            if (result == WINMMF_OK) {
                uint32_t seen = r->seen;
                winmmf__has_read(r, frame, newest);
                if (frame->slot + 1 != (newest & 0xFF))
                    r->seen = seen; /* there is a newer one at once */
                r->counts.copied++;
            } else if (result == WINMMF_BAD_FRAME) {
                r->last = frame->number; /* given up */
            } else if (result == WINMMF_ABSENT) {
                r->last = frame->number;
                r->counts.missed++;
                continue;
            }
            if (result != WINMMF_BUSY)
                return result;
        } else if (result == WINMMF_EMPTY) {
            int64_t left = end - winmmf__monotonic();
            r->seen = newest;
            result = winmmf_wait(r, left <= 0 ? 0 : (int)((left + 999999) / 1000000));
            if (result != WINMMF_OK)
                return result;
        } else if (result != WINMMF_BUSY) {
            return result;
        }
    }
}

winmmf_result winmmf_wait(winmmf_reader *r, int timeout_ms)
{
    int64_t end = winmmf__monotonic() + (int64_t)timeout_ms * 1000000;
    if (r->leased)
        return WINMMF_BUSY;
    for (;;) {
        uint32_t state, newest;
        int64_t left, look;
        int slice;
        winmmf__refresh(r);
        state = winmmf__load32(r->control.base + 0x400); /* before newest: nothing comes after a clean end */
        newest = winmmf__load32(r->control.base + 0x480);
        if (newest != r->seen && newest != 0)
            return WINMMF_OK;
        left = end - winmmf__monotonic();
        if (state == 2)
            return WINMMF_STOPPED;
        if (left <= 0)
            return WINMMF_TIMEOUT;
        winmmf__row_look(r);
        slice = left > INT64_C(250000000) ? 250 : (int)((left + 999999) / 1000000);
        if (r->row.base != NULL) {
            winmmf__store8(r->row.base + 0x0C, 1);
            winmmf__full_fence(); /* Full fence. Partner: that of 5.4. */
            if (winmmf__load32(r->control.base + 0x480) == newest && winmmf__doze(r, newest, slice))
                r->counts.woken++;
            winmmf__store8(r->row.base + 0x0C, 0);
        } else {
            winmmf__doze(r, newest, slice);
        }
        /* 7.4: woken by an announcement, the frame is about to come. */
        for (look = winmmf__monotonic() + 200000; winmmf__load32(r->control.base + 0x480) == newest && winmmf__monotonic() < look;)
            winmmf__yield();
    }
}

winmmf_result winmmf_lease(winmmf_reader *r, winmmf_frame *frame)
{
    if (r->leased)
        return WINMMF_BUSY;
    for (;;) {
        uint32_t newest, gate = 0;
        winmmf_result result;
        int looks;
        winmmf__refresh(r);
        winmmf__row_look(r);
        result = winmmf__newest_slot(r, &newest, frame);
        if (result == WINMMF_BUSY)
            continue;
        if (result != WINMMF_OK)
            return result;
        if (r->row.base == NULL)
            return WINMMF_COPY;
        for (looks = 0; looks < 1000; looks++) {
            gate = winmmf__load32(r->control.base + 0x484);
            if (gate == newest || gate == (newest | 0x80) || winmmf__load32(r->control.base + 0x480) != newest)
                break;
        }
        if (winmmf__load32(r->control.base + 0x480) != newest)
            continue;
        if (gate != newest)
            return WINMMF_COPY;
        winmmf__store8(r->row.base + 8, (uint8_t)(frame->slot + 1));
        winmmf__full_fence(); /* Full fence. Partner: that of 5.4. */
        if (winmmf__load32(r->control.base + 0x480) != newest
            || winmmf__load32(r->control.base + 0x800 + 128 * frame->slot) != frame->sequence) {
            winmmf__store8(r->row.base + 8, 0);
            continue;
        }
        frame->data = frame->epoch == r->row.epoch && winmmf__row_counts(r) ? winmmf__payload(r, frame) : NULL;
        if (frame->data == NULL) {
            winmmf__store8(r->row.base + 8, 0);
            if (r->gone && winmmf__load32(r->control.base + 0x480) != newest)
                continue;
            return frame->epoch == r->row.epoch && winmmf__row_counts(r) ? WINMMF_BAD_FRAME : WINMMF_COPY;
        }
        r->leased = 1;
        r->counts.leased++;
        winmmf__has_read(r, frame, newest);
        return WINMMF_OK;
    }
}

/* 6.4 */
winmmf_result winmmf_release(winmmf_reader *r, winmmf_frame *frame)
{
    int intact;
    if (!r->leased)
        return WINMMF_OK;
    winmmf__acquire_fence();
    intact = winmmf__load32(r->control.base + 0x800 + 128 * frame->slot) == frame->sequence;
    if (!intact) {
        winmmf__acquire_fence();
        intact = winmmf__load32(r->pixels.base + 0x110) != 0
            && winmmf__load32(r->pixels.base + 0x140 + 4 * frame->slot) == frame->sequence;
    }
    winmmf__store8(r->row.base + 8, 0);
    r->leased = 0;
    frame->data = NULL;
    if (!intact)
        r->counts.overwritten++;
    return intact ? WINMMF_OK : WINMMF_OVERWRITTEN;
}

winmmf_result winmmf_open(const char *name, const char *label, int timeout_ms, winmmf_reader **reader)
{
    int64_t end = winmmf__monotonic() + (int64_t)timeout_ms * 1000000;
    winmmf_result result;
    winmmf_reader *r = (winmmf_reader *)calloc(1, sizeof *r);
    *reader = NULL;
    if (r == NULL)
        return WINMMF_NO_MEMORY;
    result = winmmf__parse_name(name, &r->name) ? WINMMF_ABSENT : WINMMF_BAD_NAME;
    winmmf__put_text((uint8_t *)r->label, sizeof r->label, label);
    while (result == WINMMF_ABSENT && (result = winmmf__control_open(r)) == WINMMF_ABSENT && winmmf__monotonic() < end)
        winmmf__sleep(20);
    if (result != WINMMF_OK) {
        free(r);
        return result;
    }
    r->heartbeat_changed = winmmf__monotonic();
    r->heartbeat = winmmf__load32(r->control.base + 0x404);
#ifndef _WIN32
    r->pixels.fd = -1;
    r->row.connection = -1;
#endif
    winmmf__row_ask(r);
#ifndef _WIN32
    if (r->row.connection >= 0) {
        struct pollfd ready;
        ready.fd = r->row.connection;
        ready.events = POLLIN;
        poll(&ready, 1, 250);
        winmmf__row_look(r);
    }
#endif
    *reader = r;
    return WINMMF_OK;
}

void winmmf_close(winmmf_reader *r)
{
    if (r == NULL)
        return;
    winmmf__row_close(r);
    winmmf__forget_pixels(r);
    winmmf__control_close(r);
    free(r->buffer);
    free(r);
}

winmmf_state winmmf_channel_state(winmmf_reader *r)
{
    uint32_t state;
    if (!r->leased)
        winmmf__refresh(r);
    state = winmmf__load32(r->control.base + 0x400);
    if (state == 2)
        return WINMMF_STATE_STOPPED;
    if (winmmf__is_dead(&r->writer))
        return WINMMF_STATE_GONE;
    /* 3.3: by how long the word has not changed, so that it does not matter whose clock it is. */
    if (winmmf__load32(r->control.base + 0x404) == r->heartbeat && winmmf__monotonic() - r->heartbeat_changed > INT64_C(2000000000))
        return WINMMF_STATE_SILENT;
    return state > 3 ? WINMMF_STATE_STARTING : (winmmf_state)state;
}

void winmmf_channel_info(winmmf_reader *r, winmmf_info *info)
{
    if (!r->leased)
        winmmf__refresh(r);
    *info = r->info;
    info->state = winmmf__load32(r->control.base + 0x400);
}

void winmmf_reader_counts(const winmmf_reader *r, winmmf_counts *counts) { *counts = r->counts; }

/* ---- The plain memory and its lock (section 8) ---- */

#define WINMMF__ROW(i) (0x200 + 112 * (i))

struct winmmf_memory {
    winmmf__name name;
    winmmf__section section;
    int has_companion;
    winmmf_mode mode; /* 0: no lock is held */
    unsigned row;     /* 0: the lock, or the request, has no row */
    uint64_t claim, token, ticket, start_time, host;
#ifdef _WIN32
    winmmf__section companion;
#else
    int companion, locks, folder;
    char folder_path[64];
#endif
};

/* 2.2: a frame channel begins with the magic where a memory has its lock word. */
static int winmmf__is_memory(const winmmf__section *section)
{
    return section->size >= 4 && winmmf__load32(section->base) != WINMMF__MAGIC;
}

#ifdef _WIN32

static int winmmf__table_get(winmmf_memory *m, size_t at, void *to, size_t size)
{
    memcpy(to, m->companion.base + at, size);
    return 1;
}

static void winmmf__table_put(winmmf_memory *m, size_t at, const void *from, size_t size)
{
    if (size == 1)
        winmmf__store8(m->companion.base + at, *(const uint8_t *)from);
    else if (size == 8)
        winmmf__store64(m->companion.base + at, winmmf__get64((const uint8_t *)from));
    else
        memcpy(m->companion.base + at, from, size);
}

static int winmmf__claim_is_dead(uint64_t claim)
{
    return claim == 0 || winmmf__process_is_dead((uint32_t)claim, claim >> 32, 0xFFFFFFFFu);
}

static int winmmf__row_is_alive(winmmf_memory *m, unsigned row, uint64_t claim)
{
    (void)m;
    (void)row;
    return !winmmf__claim_is_dead(claim);
}

/* Takes the row; its fields are still to be written. */
static int winmmf__row_lock(winmmf_memory *m, unsigned row)
{
    uint8_t *at = m->companion.base + WINMMF__ROW(row);
    uint64_t there = winmmf__load64(at);
    if (at[8] > 1 || !winmmf__claim_is_dead(there))
        return 0;
    if (!winmmf__exchange64(at, &there, m->claim))
        return 0;
    if ((winmmf__load32(at + 8) & 0xFF) <= 1)
        return 1;
    /* A dead client's row in the state of a rescuer's work: not ours to take. */
    {
        uint64_t ours = m->claim;
        winmmf__exchange64(at, &ours, there);
    }
    return 0;
}

static void winmmf__row_unlock(winmmf_memory *m) { (void)m; }

/* 8.5: a dead rescuer's recovery is ended by the next client that meets it. */
static void winmmf__end_dead_recovery(winmmf_memory *m, uint64_t claim)
{
    if (winmmf__claim_is_dead(claim))
        winmmf__exchange64(m->companion.base + WINMMF__ROW(0), &claim, 0);
}

/* This client waits by time alone; others that sleep have events. */
static void winmmf__lock_sleep(winmmf_memory *m, uint32_t word, int milliseconds)
{
    (void)m;
    (void)word;
    Sleep((DWORD)(milliseconds > 20 ? 20 : milliseconds));
}

static void winmmf__lock_wake(winmmf_memory *m)
{
    unsigned row;
    for (row = 1; m->has_companion && row <= 63; row++) {
        wchar_t object[320];
        char suffix[32];
        HANDLE event;
        if ((winmmf__load32(m->companion.base + WINMMF__ROW(row) + 8) & 0xFF) != 1)
            continue;
        snprintf(suffix, sizeof suffix, ".wake.%u", row);
        event = winmmf__object(&m->name, suffix, object) ? OpenEventW(EVENT_MODIFY_STATE, FALSE, object) : NULL;
        if (event != NULL) {
            SetEvent(event);
            CloseHandle(event);
        }
    }
}

winmmf_result winmmf_memory_open(const char *name, winmmf_memory **memory)
{
    winmmf_result result;
    winmmf__identity self = winmmf__self();
    winmmf_memory *m = (winmmf_memory *)calloc(1, sizeof *m);
    *memory = NULL;
    if (m == NULL)
        return WINMMF_NO_MEMORY;
    result = winmmf__parse_name(name, &m->name)
        ? winmmf__section_open(&m->name, "", FILE_MAP_READ | FILE_MAP_WRITE, 0, &m->section) : WINMMF_BAD_NAME;
    if (result != WINMMF_OK || !winmmf__is_memory(&m->section)) {
        winmmf__section_close(&m->section);
        free(m);
        return result == WINMMF_OK ? WINMMF_REFUSED : result;
    }
    if (winmmf__section_open(&m->name, ".holders", FILE_MAP_READ | FILE_MAP_WRITE, 1, &m->companion) == WINMMF_OK)
        m->has_companion = winmmf__anchor_is_right(m->companion.base, m->companion.size, WINMMF__HLDR, 8192, &m->name);
    m->claim = self.pid | self.start_time << 32;
    m->start_time = self.start_time;
    m->host = self.host;
    *memory = m;
    return WINMMF_OK;
}

void winmmf_memory_close(winmmf_memory *m)
{
    if (m == NULL)
        return;
    winmmf_unlock(m, 0);
    winmmf__section_close(&m->companion);
    winmmf__section_close(&m->section);
    free(m);
}

#else

/* No process maps the companion: each account that may lock can cut it short. */
static int winmmf__table_get(winmmf_memory *m, size_t at, void *to, size_t size)
{
    return pread(m->companion, to, size, (off_t)at) == (ssize_t)size;
}

static void winmmf__table_put(winmmf_memory *m, size_t at, const void *from, size_t size)
{
    ssize_t written = pwrite(m->companion, from, size, (off_t)at);
    (void)written; /* a companion that was cut short shows when it is read */
}

static int winmmf__row_is_alive(winmmf_memory *m, unsigned row, uint64_t claim)
{
    (void)claim;
    return row == m->row || winmmf__byte_is_locked(m->locks, row);
}

static int winmmf__row_lock(winmmf_memory *m, unsigned row)
{
    uint8_t state = 0xFF;
    int taken;
    if (!winmmf__lock_byte(m->locks, F_WRLCK, 128 + row))
        return 0;
    taken = !winmmf__byte_is_locked(m->locks, row) && winmmf__table_get(m, WINMMF__ROW(row) + 8, &state, 1) && state <= 1
        && winmmf__lock_byte(m->locks, F_WRLCK, row);
    winmmf__lock_byte(m->locks, F_UNLCK, 128 + row);
    return taken;
}

static void winmmf__row_unlock(winmmf_memory *m) { winmmf__lock_byte(m->locks, F_UNLCK, m->row); }

static void winmmf__end_dead_recovery(winmmf_memory *m, uint64_t claim)
{
    uint64_t now = 0;
    (void)claim;
    if (!winmmf__lock_byte(m->locks, F_WRLCK, 64))
        return;
    winmmf__table_put(m, WINMMF__ROW(0), &now, 8);
    winmmf__lock_byte(m->locks, F_UNLCK, 64);
}

static void winmmf__lock_sleep(winmmf_memory *m, uint32_t word, int milliseconds)
{
    struct timespec limit;
    limit.tv_sec = 0;
    limit.tv_nsec = milliseconds * 1000000L;
    syscall(SYS_futex, m->section.base, FUTEX_WAIT, word, &limit, NULL, 0);
}

static void winmmf__lock_wake(winmmf_memory *m) { syscall(SYS_futex, m->section.base, FUTEX_WAKE, 0x7FFFFFFF, NULL, NULL, 0); }

/* 1.7: is there a companion of this very memory, and a file of locks? Otherwise the memory is locked by the word alone. */
static void winmmf__open_companion(winmmf_memory *m)
{
    int flags = O_RDWR | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC;
    char path[320];
    uint8_t head[512];
    struct stat facts;
    winmmf__path(&m->name, ".holders", path);
    m->companion = open(path, flags);
    if (m->companion < 0 || fstat(m->companion, &facts) != 0 || !S_ISREG(facts.st_mode)
        || !winmmf__equal_users(facts.st_uid, m->section.user) || !winmmf__table_get(m, 0, head, sizeof head)
        || !winmmf__anchor_is_right(head, (uint64_t)facts.st_size, WINMMF__HLDR, 8192, &m->name)
        || winmmf__get64(head + 0x1A0) != (uint64_t)m->section.inode)
        return;
    m->folder = winmmf__open_folder(head, m->section.user, m->folder_path);
    if (m->folder < 0)
        return;
    m->locks = openat(m->folder, "locks", flags);
    m->has_companion = m->locks >= 0 && fstat(m->locks, &facts) == 0 && S_ISREG(facts.st_mode)
        && winmmf__equal_users(facts.st_uid, m->section.user);
}

winmmf_result winmmf_memory_open(const char *name, winmmf_memory **memory)
{
    char path[320];
    winmmf_result result = WINMMF_BAD_NAME;
    winmmf__identity self = winmmf__self();
    winmmf_memory *m = (winmmf_memory *)calloc(1, sizeof *m);
    *memory = NULL;
    if (m == NULL)
        return WINMMF_NO_MEMORY;
    m->companion = m->locks = m->folder = m->section.fd = -1;
    if (winmmf__parse_name(name, &m->name)) {
        winmmf__path(&m->name, "", path);
        result = winmmf__is_leftover(path) ? WINMMF_ABSENT : winmmf__section_open(AT_FDCWD, path, 1, &m->section);
    }
    if (result == WINMMF_OK && (!winmmf__is_memory(&m->section) || (!m->name.global && !winmmf__equal_users(m->section.user, geteuid())))) {
        winmmf__section_close(&m->section);
        result = WINMMF_REFUSED;
    }
    if (result != WINMMF_OK) {
        free(m);
        return result;
    }
    winmmf__open_companion(m);
    m->claim = self.pid | self.start_time << 32;
    m->start_time = self.start_time;
    m->host = self.host;
    *memory = m;
    return WINMMF_OK;
}

void winmmf_memory_close(winmmf_memory *m)
{
    char path[320], companion[320];
    uid_t user;
    if (m == NULL)
        return;
    winmmf_unlock(m, 0);
    user = m->section.user;
    winmmf__section_close(&m->section);
    winmmf__path(&m->name, "", path);
    winmmf__path(&m->name, ".holders", companion);
    if (m->folder >= 0 && (geteuid() == 0 || winmmf__equal_users(user, geteuid())))
        winmmf__remove_if_unheld(path, companion, m->folder, m->folder_path);
    if (m->locks >= 0)
        close(m->locks);
    if (m->companion >= 0)
        close(m->companion);
    if (m->folder >= 0)
        close(m->folder);
    free(m);
}

#endif

static void winmmf__row_state(winmmf_memory *m, uint8_t state)
{
    if (m->row != 0)
        winmmf__table_put(m, WINMMF__ROW(m->row) + 8, &state, 1);
}

static void winmmf__row_time(winmmf_memory *m)
{
    uint64_t now = (uint64_t)winmmf__unix();
    if (m->row != 0)
        winmmf__table_put(m, WINMMF__ROW(m->row) + 0x38, &now, 8);
}

/* A row of one's own (8.2), with state 1; m->row stays 0 where none is to be had. */
static void winmmf__row_claim(winmmf_memory *m, winmmf_mode mode, const char *label)
{
    unsigned row;
    uint8_t fields[112];
    for (row = 1; row <= 63 && !winmmf__row_lock(m, row); row++)
        ;
    if (row > 63)
        return;
    if (!winmmf__table_get(m, WINMMF__ROW(row), fields, sizeof fields)) {
        m->row = row;
        winmmf__row_unlock(m);
        m->row = 0;
        return;
    }
    m->ticket = (uint64_t)winmmf__monotonic();
    if (m->ticket <= winmmf__get64(fields + 0x30)) /* no two claims of one row have the same */
        m->ticket = winmmf__get64(fields + 0x30) + 1;
    m->token = m->ticket ^ m->claim * 0x9E3779B97F4A7C15u;
    if (m->token == 0)
        m->token = 1;
    memset(fields, 0, sizeof fields);
    winmmf__put64(fields, m->claim);
    winmmf__put32(fields + 0x0C, (uint32_t)mode);
    winmmf__put64(fields + 0x10, m->token);
    winmmf__put64(fields + 0x18, m->start_time);
    winmmf__put64(fields + 0x20, m->host);
    winmmf__put32(fields + 0x28, winmmf__thread());
    winmmf__put64(fields + 0x30, m->ticket);
    winmmf__put64(fields + 0x38, (uint64_t)winmmf__unix());
    winmmf__put_text(fields + 0x50, 32, label);
    m->row = row;
    winmmf__row_state(m, 0); /* what a dead client left there is no turn any more */
    winmmf__table_put(m, WINMMF__ROW(row) + 0x0C, fields + 0x0C, sizeof fields - 0x0C);
#ifndef _WIN32
    winmmf__table_put(m, WINMMF__ROW(row), fields, 8);
#endif
    winmmf__row_state(m, 1);
}

static void winmmf__row_give_back(winmmf_memory *m)
{
    uint64_t none = 0;
    if (m->row == 0)
        return;
    winmmf__row_state(m, 0);
    winmmf__table_put(m, WINMMF__ROW(m->row), &none, 8);
    winmmf__row_unlock(m);
    m->row = 0;
}

/* 8.1: whether the word allows the lock now, and what it becomes. CORRUPT for words that no transition leads to. */
static winmmf_result winmmf__next_word(uint32_t word, winmmf_mode mode, int marked, uint32_t *next)
{
    uint32_t readers = word & 0xFFFFFF, marks = word >> 24 & 0x3F;
    int writer = (word & 0x80000000u) != 0, marked_writer = (word & 0x40000000u) != 0;
    if (word >= 0xFF000000u || marks > readers || (writer && readers != 0) || (marked_writer && !writer))
        return WINMMF_CORRUPT;
    if (writer || (mode == WINMMF_WRITE && readers != 0) || readers >= 0xFFFFFE || marks >= 63)
        return WINMMF_BUSY;
    *next = mode == WINMMF_WRITE ? (marked ? 0xC0000000u : word | 0x80000000u) : word + (marked ? 0x01000001u : 1u);
    return WINMMF_OK;
}

static int winmmf__word_is_foreign(uint32_t word)
{
    return (word & 0xC0000000u) == 0x80000000u || (word & 0xFFFFFF) > (word >> 24 & 0x3F);
}

typedef struct winmmf__turn {
    uint64_t ticket;           /* whom we give way to */
    int64_t began, allowed, looked, ignore_until;
} winmmf__turn;

/* Turns (8.7): gives way to a living row with an earlier ticket that has waited for 10 ms and cannot share. */
static int winmmf__gives_way(winmmf_memory *m, winmmf_mode mode, winmmf__turn *turn)
{
    uint8_t rows[64 * 112];
    int64_t now = winmmf__monotonic();
    uint64_t first = m->row != 0 ? m->ticket : UINT64_MAX;
    unsigned i, found = 0;
    uint32_t word = winmmf__load32(m->section.base), next;
    if (!m->has_companion || now < turn->ignore_until || !winmmf__table_get(m, WINMMF__ROW(0), rows, sizeof rows))
        return 0;
    for (i = 1; i <= 63; i++) {
        const uint8_t *row = rows + 112 * i;
        uint64_t ticket = winmmf__get64(row + 0x30);
        uint32_t other = winmmf__get32(row + 0x0C);
        if (i == m->row || (row[8] != 1 && row[8] != 2) || ticket >= first || now - (int64_t)ticket < 10000000
            || (mode == WINMMF_READ && other == WINMMF_READ) || !winmmf__row_is_alive(m, i, winmmf__get64(row)))
            continue;
        first = ticket;
        found = i;
    }
    if (found == 0)
        return 0;
    if (turn->ticket != first) {
        turn->ticket = first;
        turn->began = turn->looked = now;
        turn->allowed = 0;
    }
    if (winmmf__next_word(word, (winmmf_mode)(rows[112 * found + 0x0C] & 3), 1, &next) == WINMMF_OK)
        turn->allowed += now - turn->looked;
    turn->looked = now;
    if (turn->allowed > 50000000 || now - turn->began > INT64_C(5000000000)) {
        turn->ignore_until = now + 1000000000;
        turn->ticket = 0;
        return 0;
    }
    return 1;
}

/* 8.3 step 6: one request for the word, by at most 100 exchanges. */
static winmmf_result winmmf__exchange_word(winmmf_memory *m, winmmf_mode mode, uint32_t *word)
{
    int tries;
    *word = winmmf__load32(m->section.base);
    for (tries = 0; tries < 100; tries++) {
        uint32_t next;
        winmmf_result result = winmmf__next_word(*word, mode, m->row != 0, &next);
        if (result != WINMMF_OK)
            return result;
        if (winmmf__exchange32(m->section.base, word, next))
            return WINMMF_OK;
    }
    return WINMMF_BUSY;
}

winmmf_result winmmf_lock(winmmf_memory *m, winmmf_mode mode, const char *label, int timeout_ms)
{
    int64_t end = winmmf__monotonic() + (int64_t)timeout_ms * 1000000;
    int pause = 1, looks;
    uint32_t word = 0, next;
    winmmf__turn turn;
    winmmf_result result = WINMMF_BUSY;
    memset(&turn, 0, sizeof turn);
    if (m->mode != 0 || (mode != WINMMF_READ && mode != WINMMF_WRITE))
        return WINMMF_BUSY;
    for (;;) {
        uint64_t rescuer = 0;
        int other_reason = 1;
        if (m->has_companion && m->row == 0)
            winmmf__row_claim(m, mode, label);
        word = winmmf__load32(m->section.base);
        if (m->has_companion && m->row == 0) {
            /* All rows are taken: by time, until one is free. */
        } else if (m->has_companion && !winmmf__table_get(m, WINMMF__ROW(0), &rescuer, 8)) {
            result = WINMMF_REFUSED; /* the companion was cut short */
            break;
        } else if (rescuer != 0) {
            winmmf__end_dead_recovery(m, rescuer);
        } else if ((result = winmmf__next_word(word, mode, m->row != 0, &next)) == WINMMF_CORRUPT) {
            break;
        } else if (result == WINMMF_BUSY) {
            other_reason = winmmf__word_is_foreign(word);
        } else if (!winmmf__gives_way(m, mode, &turn)) {
            winmmf__row_state(m, 2);
            winmmf__full_fence(); /* Full fence. Partner: 8.5 step 1. */
            if (m->has_companion && winmmf__table_get(m, WINMMF__ROW(0), &rescuer, 8) && rescuer != 0) {
                winmmf__row_state(m, 1);
                continue;
            }
            result = winmmf__exchange_word(m, mode, &word);
            if (result == WINMMF_OK) {
                winmmf__row_time(m);
                winmmf__row_state(m, 3);
                m->mode = mode;
                return WINMMF_OK;
            }
            winmmf__row_state(m, 1);
            if (result == WINMMF_CORRUPT)
                break;
            other_reason = winmmf__word_is_foreign(word);
        }
        if (winmmf__monotonic() >= end) {
            result = WINMMF_TIMEOUT;
            break;
        }
        for (looks = 0; looks < 20 && winmmf__load32(m->section.base) == word && !other_reason; looks++)
            winmmf__yield();
        winmmf__full_fence(); /* Full fence. Partner: 8.4 step 3. State 1 stands before the word is looked at for the last time. */
        if (other_reason || winmmf__load32(m->section.base) == word) {
            int64_t left = (end - winmmf__monotonic()) / 1000000 + 1;
            int slice = other_reason ? pause : 100;
            winmmf__lock_sleep(m, word, left < slice ? (int)left : slice);
            pause = pause >= 10 ? 20 : pause * 2;
        }
    }
    winmmf__row_give_back(m);
    return result;
}

winmmf_result winmmf_unlock(winmmf_memory *m, int good)
{
    uint32_t word, next, none = 0;
    winmmf_result result = WINMMF_OK;
    if (m->mode == 0)
        return WINMMF_OK;
    if (good && m->has_companion)
        winmmf__table_put(m, 0x104, &none, 4);
    winmmf__row_state(m, 4);
    winmmf__full_fence(); /* Full fence. Partner: 8.5 step 3. */
    word = winmmf__load32(m->section.base);
    do {
        uint32_t readers = word & 0xFFFFFF;
        int shows = m->mode == WINMMF_WRITE ? (word & 0x80000000u) != 0 && (m->row == 0 || (word & 0x40000000u) != 0)
                                            : (word & 0x80000000u) == 0 && readers > 0 && (m->row == 0 || (word >> 24 & 0x3F) > 0);
        if (word >= 0xFF000000u || !shows) {
            result = WINMMF_LOST;
            break;
        }
        next = m->mode == WINMMF_WRITE ? word & (m->row != 0 ? 0x3FFFFFFFu : 0x7FFFFFFFu) : word - (m->row != 0 ? 0x01000001u : 1u);
    } while (!winmmf__exchange32(m->section.base, &word, next));
    winmmf__row_give_back(m);
    m->mode = (winmmf_mode)0;
    winmmf__full_fence(); /* Full fence. Partner: the last look of a waiter (8.7). */
    winmmf__lock_wake(m);
    return result;
}

uint8_t *winmmf_memory_data(winmmf_memory *m, size_t *size)
{
    if (size != NULL)
        *size = (size_t)m->section.size - 4;
    return m->section.base + 4;
}

int winmmf_memory_is_suspect(winmmf_memory *m)
{
    uint32_t suspect = 0;
    return m->has_companion && winmmf__table_get(m, 0x104, &suspect, 4) && suspect != 0;
}

int winmmf_memory_has_row(const winmmf_memory *m) { return m->row != 0; }
uint32_t winmmf_memory_word(const winmmf_memory *m) { return winmmf__load32(m->section.base); }

const char *winmmf_text(winmmf_result result)
{
    static const char *const texts[] = {"ok", "nothing has been published yet", "nothing came in time", "the publisher has ended",
        "the frame cannot be leased now; copy it", "the frame was overwritten while it was leased", "there is nothing of that name",
        "it may not be used: other rights, another owner, or not WinMmf's", "this is not a name of a channel or memory",
        "release the leased frame or the lock first", "the buffer is too small for the frame", "the frame's description makes no sense",
        "the lock word is corrupt; repair it with WinMmf", "the lock was taken away by hand", "out of memory"};
    return (unsigned)result < sizeof texts / sizeof *texts ? texts[result] : "unknown";
}

#endif /* WINMMF_IMPLEMENTATION */
#endif /* WINMMF_H */
