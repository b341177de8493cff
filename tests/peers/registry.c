#include "registry.h"

#include <string.h>

static void put(uint8_t *row, size_t offset, uint64_t value)
{
    memcpy(row + offset, &value, sizeof value);
}

static bool is_registry(section *registry)
{
    uint32_t head[3];
    return registry->size >= REGISTRY_SIZE && registry_read(registry, 0, head, sizeof head)
        && head[0] == REGISTRY_MAGIC && head[1] >> 16 == VERSION_MAJOR && head[2] == REGISTRY_ROWS;
}

static bool fill_row(section *registry, uint32_t row, uint64_t claim, const identity *self, const char *label)
{
    uint8_t bytes[64] = {0}; /* lease and waiting 0 */
    put(bytes, ROW_START_TIME, self->start_time);
    put(bytes, ROW_HOST, self->host);
    put(bytes, ROW_CLAIMED_AT, (uint64_t)unix_ns());
    strncpy((char *)bytes + ROW_LABEL, label, ROW_LABEL_SIZE - 1);
    return registry_write(registry, AT_ROW(row) + ROW_LEASE, bytes + ROW_LEASE, sizeof bytes - ROW_LEASE)
        && registry_write(registry, AT_ROW(row) + ROW_CLAIM, &claim, sizeof claim);
}

bool registry_join(channel *channel, const char *label)
{
    if (registry_open(&channel->name, &channel->control, &channel->registry) != OPEN_OK)
        return false;
    identity self = identity_of_this_process();
    uint64_t claim = self.pid | self.start_time << 32;
    for (uint32_t row = 1; is_registry(&channel->registry) && row < REGISTRY_ROWS; row++) {
        if (!row_take(&channel->registry, row, claim))
            continue;
        if (!fill_row(&channel->registry, row, claim, &self, label)) {
            row_let_go(&channel->registry, row);
            break;
        }
        channel->row = row;
        return true;
    }
    part_let_go(&channel->registry);
    return false;
}

void registry_leave(channel *channel)
{
    if (channel->row != 0) {
        uint64_t nobody = 0;
        registry_set_lease(channel, 0);
        registry_set_waiting(channel, 0);
        registry_write(&channel->registry, AT_ROW(channel->row) + ROW_CLAIM, &nobody, sizeof nobody);
        row_let_go(&channel->registry, channel->row);
        wake_close(channel->wake);
        channel->wake = NULL;
        channel->row = 0;
    }
    part_let_go(&channel->registry);
}

bool registry_set_lease(channel *channel, uint8_t lease)
{
    return registry_write(&channel->registry, AT_ROW(channel->row) + ROW_LEASE, &lease, sizeof lease);
}

bool registry_set_waiting(channel *channel, uint8_t waiting)
{
    return registry_write(&channel->registry, AT_ROW(channel->row) + ROW_WAITING, &waiting, sizeof waiting);
}

uint32_t registry_leased_slots(channel *channel)
{
    uint8_t bytes[REGISTRY_SIZE];
    bool leased[SLOTS_MOST + 1] = {false};
    uint32_t count = 0;
    if (!registry_read(&channel->registry, 0, bytes, sizeof bytes))
        return SLOTS_MOST;
    for (uint32_t row = 1; row < REGISTRY_ROWS; row++) {
        uint32_t slot = bytes[AT_ROW(row) + ROW_LEASE] & ~LEASE_CONFIRMED;
        if (slot == 0 || slot > channel->description.slots || leased[slot])
            continue;
        leased[slot] = true;
        count++;
    }
    return count;
}
