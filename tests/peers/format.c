#include "format.h"

#define FOURCC(a, b, c, d) ((uint32_t)(a) | (uint32_t)(b) << 8 | (uint32_t)(c) << 16 | (uint32_t)(d) << 24)

typedef struct layout {
    uint32_t format;
    uint32_t bytes_a_pixel; /* of the first plane */
    bool planes;            /* two more half planes follow */
    bool even_width;
    bool even_stride;
} layout;

static const layout layouts[] = {
    {FOURCC('B', 'G', 'R', '3'), 3, false, false, false},
    {FOURCC('B', 'G', 'R', '4'), 4, false, false, false},
    {FOURCC('G', 'R', 'E', 'Y'), 1, false, false, false},
    {FOURCC('Y', 'U', 'Y', '2'), 2, false, true, false},
    {FOURCC('N', 'V', '1', '2'), 1, true, true, false},
    {FOURCC('I', '4', '2', '0'), 1, true, true, true},
};

static bool fits(const slot *slot, const layout *layout)
{
    uint64_t first = (uint64_t)slot->stride * slot->height;
    if ((layout->even_width && slot->width % 2) || (layout->planes && slot->height % 2)
        || (layout->even_stride && slot->stride % 2))
        return false;
    return slot->stride >= (uint64_t)slot->width * layout->bytes_a_pixel
        && slot->length == (layout->planes ? first * 3 / 2 : first);
}

bool format_is_sound(const slot *slot)
{
    if (slot->width < 1 || slot->width > DIMENSION_MOST || slot->height < 1 || slot->height > DIMENSION_MOST
        || slot->length > PAYLOAD_MOST)
        return false;
    for (size_t i = 0; i < sizeof layouts / sizeof *layouts; i++)
        if (layouts[i].format == slot->format)
            return fits(slot, &layouts[i]);
    return slot->format == FOURCC('M', 'J', 'P', 'G') && slot->stride == 0;
}
