#include "anchor.h"

#include "shared.h"

#include <string.h>

enum { FIRST_WORD_PATIENCE_MS = 2000 };

static bool names(const uint8_t *base, const channel_name *name)
{
    size_t length = strlen(name->name);
    return length <= NAME_MOST && load_u32(base, AT_NAME_LENGTH) == length && memcmp(base + AT_NAME, name->name, length) == 0
        && load_u32(base, AT_SCOPE) == (name->global ? SCOPE_GLOBAL : SCOPE_LOCAL);
}

bool anchor_is_right(const section *section, uint32_t kind, uint32_t structure_size, const channel_name *name)
{
    const uint8_t *base = section->base;
    if (section->size < structure_size)
        return false;
    for (int waited = 0; load_u32(base, AT_MAGIC) == 0 && waited < FIRST_WORD_PATIENCE_MS; waited++)
        sleep_ms(1);
    uint32_t size = load_u32(base, AT_STRUCTURE_SIZE);
    return load_u32(base, AT_MAGIC) == MAGIC && load_u32(base, AT_KIND) == kind
        && load_u32(base, AT_VERSION) >> 16 == VERSION_MAJOR && size >= structure_size && size <= section->size
        && load_u32(base, AT_ANCHOR_SIZE) >= ANCHOR_SIZE && names(base, name);
}

folder_name anchor_folder(const uint8_t *base)
{
    folder_name folder = {.uid = load_u32(base, AT_FOLDER_UID)};
    memcpy(folder.tie, base + AT_TIE, TIE_SIZE);
    return folder;
}
