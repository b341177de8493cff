#include "name.h"

#include <ctype.h>
#include <string.h>

enum { NAME_MOST = 200 };

static bool ends_in(const char *name, size_t length, const char *suffix)
{
    size_t suffix_length = strlen(suffix);
    return length >= suffix_length && memcmp(name + length - suffix_length, suffix, suffix_length) == 0;
}

/* "NAME.pixels.G" with a decimal G, and so on. */
static bool ends_in_numbered(const char *name, size_t length, const char *suffix)
{
    size_t end = length;
    while (end > 0 && isdigit((unsigned char)name[end - 1]))
        end--;
    return end < length && ends_in(name, end, suffix);
}

bool name_is_valid(const char *name)
{
    size_t length = strlen(name);
    if (length < 1 || length > NAME_MOST || strcmp(name, ".") == 0 || strcmp(name, "..") == 0)
        return false;
    for (const char *c = name; *c != 0; c++)
        if (*c == '/' || *c == '\\' || (unsigned char)*c < 0x20 || *c == 0x7F)
            return false;
    return !ends_in(name, length, ".registry") && !ends_in(name, length, ".owner") && !ends_in(name, length, ".holders")
        && !ends_in_numbered(name, length, ".pixels.") && !ends_in_numbered(name, length, ".wake.");
}
