#define WIN32_LEAN_AND_MEAN
#include <windows.h>

#include "anchor.h"
#include "layout.h"
#include "platform.h"
#include "shared.h"

#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct section_private {
    HANDLE handle;
    uint8_t *view;
};

struct row_private {
    section registry;
};

struct wake {
    HANDLE event;
};

enum { OBJECT_NAME_SIZE = 320 };

static bool object_name(const channel_name *name, const char *suffix, wchar_t out[OBJECT_NAME_SIZE])
{
    char text[OBJECT_NAME_SIZE];
    snprintf(text, sizeof text, "%s\\%s%s", name->global ? "Global" : "Local", name->name, suffix);
    return MultiByteToWideChar(CP_UTF8, MB_ERR_INVALID_CHARS, text, -1, out, OBJECT_NAME_SIZE) > 0;
}

static void unmap_and_free(section *section)
{
    if (section->own == NULL)
        return;
    if (section->own->view != NULL)
        UnmapViewOfFile(section->own->view);
    if (section->own->handle != NULL)
        CloseHandle(section->own->handle);
    free(section->own);
    *section = (struct section){0};
}

static open_result open_section(const channel_name *name, const char *suffix, DWORD access, section *section)
{
    wchar_t object[OBJECT_NAME_SIZE];
    MEMORY_BASIC_INFORMATION facts;
    *section = (struct section){.own = calloc(1, sizeof *section->own)};
    if (section->own == NULL || !object_name(name, suffix, object))
        goto refused;
    section->own->handle = OpenFileMappingW(access, FALSE, object);
    if (section->own->handle == NULL) {
        bool absent = GetLastError() == ERROR_FILE_NOT_FOUND;
        unmap_and_free(section);
        return absent ? OPEN_ABSENT : OPEN_REFUSED;
    }
    section->own->view = MapViewOfFile(section->own->handle, access, 0, 0, 0);
    if (section->own->view == NULL || VirtualQuery(section->own->view, &facts, sizeof facts) == 0)
        goto refused;
    section->base = section->own->view;
    section->size = facts.RegionSize;
    return OPEN_OK;
refused:
    unmap_and_free(section);
    return OPEN_REFUSED;
}

static open_result checked(open_result result, section *section, uint32_t kind, uint32_t size, const channel_name *name)
{
    if (result != OPEN_OK || anchor_is_right(section, kind, size, name))
        return result;
    unmap_and_free(section);
    return OPEN_REFUSED;
}

open_result control_open(const channel_name *name, section *control)
{
    return checked(open_section(name, "", FILE_MAP_READ, control), control, KIND_CONTROL, CONTROL_SIZE, name);
}

open_result pixels_open(const channel_name *name, const section *control, uint32_t generation, section *pixels)
{
    char suffix[32];
    (void)control;
    snprintf(suffix, sizeof suffix, ".pixels.%u", (unsigned)generation);
    return open_section(name, suffix, FILE_MAP_READ, pixels);
}

void pixels_let_go(section *pixels)
{
    unmap_and_free(pixels);
}

void control_let_go(const channel_name *name, section *control)
{
    (void)name;
    unmap_and_free(control);
}

bool control_replaces(const section *fresh, const section *old)
{
    (void)fresh;
    (void)old;
    return false; /* names do not vanish on Windows */
}

static uint64_t creation_time(HANDLE process)
{
    FILETIME creation, end, kernel, user;
    if (!GetProcessTimes(process, &creation, &end, &kernel, &user))
        return 0;
    return (uint64_t)creation.dwHighDateTime << 32 | creation.dwLowDateTime;
}

identity identity_of_this_process(void)
{
    return (identity){.pid = GetCurrentProcessId(), .start_time = creation_time(GetCurrentProcess())};
}

/* Compares the bits of the start time that `mask` has. */
static life process_life(uint32_t pid, uint64_t start_time, uint64_t mask)
{
    HANDLE process = OpenProcess(PROCESS_QUERY_LIMITED_INFORMATION | SYNCHRONIZE, FALSE, pid);
    if (process == NULL)
        return GetLastError() == ERROR_INVALID_PARAMETER ? LIFE_GONE : LIFE_UNKNOWN;
    bool same = ((creation_time(process) ^ start_time) & mask) == 0;
    bool ended = WaitForSingleObject(process, 0) == WAIT_OBJECT_0; /* a handle somewhere keeps its pid */
    CloseHandle(process);
    return same && !ended ? LIFE_ALIVE : LIFE_GONE;
}

life identity_life(const identity *who)
{
    return who->host != 0 ? LIFE_UNKNOWN : process_life(who->pid, who->start_time, UINT64_MAX);
}

/* 7.16 */
static bool claim(uint8_t *row)
{
    _Atomic uint64_t *at = (_Atomic uint64_t *)(void *)(row + ROW_CLAIM);
    identity self = identity_of_this_process();
    uint64_t there = atomic_load(at);
    if (there != 0 && process_life((uint32_t)there, there >> 32, UINT32_MAX) != LIFE_GONE)
        return false;
    return atomic_compare_exchange_strong(at, &there, self.pid | self.start_time << 32);
}

bool row_open(const channel_name *name, const section *control, uint32_t epoch, row *row)
{
    (void)control;
    *row = (struct row){.own = calloc(1, sizeof *row->own)};
    if (row->own == NULL)
        return false;
    section *registry = &row->own->registry;
    open_result result = open_section(name, ".registry", FILE_MAP_READ | FILE_MAP_WRITE, registry);
    if (checked(result, registry, KIND_REGISTRY, REGISTRY_SIZE, name) == OPEN_OK) {
        for (uint32_t number = 1; number <= ROWS_MOST; number++) {
            uint8_t *base = registry->own->view + AT_REGISTRY_ROW(number);
            if (!claim(base))
                continue;
            row->base = base;
            row->number = number;
            row->epoch = epoch;
            return true;
        }
    }
    unmap_and_free(registry);
    free(row->own);
    *row = (struct row){0};
    return false;
}

void row_close(row *row)
{
    unmap_and_free(&row->own->registry); /* the claim is 0 already */
    free(row->own);
    *row = (struct row){0};
}

bool row_is_looked_at(const row *row, const section *control)
{
    return row->number <= load_u32(control->base, AT_ROWS_LOOKED_AT);
}

wake *wake_open(const channel_name *name, uint32_t row)
{
    wchar_t object[OBJECT_NAME_SIZE];
    char suffix[32];
    snprintf(suffix, sizeof suffix, ".wake.%u", (unsigned)row);
    HANDLE event = object_name(name, suffix, object) ? OpenEventW(SYNCHRONIZE, FALSE, object) : NULL;
    wake *wake = event == NULL ? NULL : malloc(sizeof *wake);
    if (wake != NULL)
        wake->event = event;
    else if (event != NULL)
        CloseHandle(event);
    return wake;
}

bool wake_sleep(wake *wake, const section *control, uint32_t newest, int milliseconds)
{
    (void)control;
    (void)newest;
    if (wake != NULL)
        return WaitForSingleObject(wake->event, (DWORD)milliseconds) == WAIT_OBJECT_0;
    sleep_ms(1);
    return false;
}

void wake_close(wake *wake)
{
    if (wake == NULL)
        return;
    CloseHandle(wake->event);
    free(wake);
}

int64_t monotonic_ns(void)
{
    LARGE_INTEGER counter, frequency;
    QueryPerformanceCounter(&counter);
    QueryPerformanceFrequency(&frequency);
    int64_t seconds = counter.QuadPart / frequency.QuadPart;
    int64_t rest = counter.QuadPart % frequency.QuadPart;
    return seconds * 1000000000 + rest * 1000000000 / frequency.QuadPart;
}

int64_t unix_ns(void)
{
    FILETIME now;
    GetSystemTimeAsFileTime(&now);
    int64_t ticks = (int64_t)((uint64_t)now.dwHighDateTime << 32 | now.dwLowDateTime);
    return (ticks - 116444736000000000) * 100;
}

void sleep_ms(int milliseconds)
{
    Sleep((DWORD)milliseconds);
}
