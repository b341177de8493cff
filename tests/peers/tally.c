#include "tally.h"

#include <inttypes.h>
#include <stdio.h>

enum { PROGRESS_EVERY = 100 };

static void check_order(tally *tally, const slot *slot, uint64_t number)
{
    if (slot->epoch != tally->last_epoch) {
        if (slot->epoch < tally->last_epoch)
            tally->disorder++;
        tally->epochs++;
        printf("epoch %" PRIu32 " begins with frame %" PRIu64 ": %" PRIu32 "x%" PRIu32 ", pixels %" PRIu32 "\n", slot->epoch,
            slot->frame, slot->width, slot->height, slot->generation);
    } else if (number <= tally->last_number && !(slot->flags & FLAG_SOURCE_STARTED)) {
        tally->disorder++;
    }
    if (slot->captured > slot->published || slot->published > monotonic_ns())
        tally->disorder++;
}

void tally_frame(tally *tally, const slot *slot, bool right, uint64_t number)
{
    if (!right) {
        tally->torn++;
        return;
    }
    check_order(tally, slot, number);
    if (tally->last_frame != 0 && slot->frame > tally->last_frame + 1) {
        uint64_t gap = slot->frame - tally->last_frame - 1;
        tally->missed += gap;
        printf("missed %" PRIu64 " before frame %" PRIu64 "\n", gap, slot->frame);
    }
    tally->last_frame = slot->frame;
    tally->last_number = number;
    tally->last_epoch = slot->epoch;
    if (++tally->verified % PROGRESS_EVERY == 0)
        printf("frames %" PRIu64 "\n", tally->verified);
    fflush(stdout);
}

void tally_print(const tally *tally)
{
    printf("verified=%" PRIu64 " torn=%" PRIu64 " overwritten=%" PRIu64 " missed=%" PRIu64 " leased=%" PRIu64
           " copied=%" PRIu64 " woken=%" PRIu64 " unreachable=%" PRIu64 " disorder=%" PRIu64 " epochs=%" PRIu64 "\n",
        tally->verified, tally->torn, tally->overwritten, tally->missed, tally->leased, tally->copied,
        tally->woken, tally->unreachable, tally->disorder, tally->epochs);
    fflush(stdout);
}
