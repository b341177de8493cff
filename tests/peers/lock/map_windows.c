#include "map.h"

#include <windows.h>

void *map_open(const char *name)
{
    HANDLE section = OpenFileMappingA(FILE_MAP_READ | FILE_MAP_WRITE, FALSE, name);

    return section == NULL ? NULL : MapViewOfFile(section, FILE_MAP_READ | FILE_MAP_WRITE, 0, 0, 0);
}

void sleep_milliseconds(unsigned milliseconds)
{
    Sleep(milliseconds);
}

void yield_processor(void)
{
    SwitchToThread();
}
