#include "map.h"

#include <fcntl.h>
#include <sched.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

void *map_open(const char *name)
{
    int file = open(name, O_RDWR | O_CLOEXEC);
    struct stat status;
    void *map = MAP_FAILED;

    if (file >= 0 && fstat(file, &status) == 0)
        map = mmap(NULL, (size_t)status.st_size, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    return map == MAP_FAILED ? NULL : map;
}

void sleep_milliseconds(unsigned milliseconds)
{
    struct timespec time = {milliseconds / 1000, (long)(milliseconds % 1000) * 1000000};
    nanosleep(&time, NULL);
}

void yield_processor(void)
{
    sched_yield();
}
