/*
 * lease_takeover.pml - a lease outlives its publisher: it is held across takeovers and changes of size, and its end tells the truth.
 *
 * Obligation numbers are those of docs/protocol.md: 4.2 and 4.3 (retired pixels), 5.7 (a writer that begins), 6.3 and 6.4 (leases),
 * 7.14 (a reader between doors), 10.8 and 10.9 (takeover).
 *
 * The rules that are checked:
 *   - A writer that begins holds nothing, closes the gate of the newest frame, and looks only at rows that its own door gave.
 *   - It writes into new pixels; the old ones are retired before any sequence changes: final sequences first, then the flag.
 *   - A reader leases a frame only with a row of the frame's own epoch.
 *   - A lease whose slot has another sequence now is intact if the pixels it lies in are retired with its sequence as the final one.
 *   - -DREUSE: memory does not suffice for both (10.9), so the successor may write into the old pixels, unless they are retired. A lease may
 *     be spoiled then, and is never called intact.
 *
 * Memory is sequentially consistent here; frame_leases.pml and frame_slots.pml check the fences of the same steps. The description is one
 * step (takeover.pml has its seqlock).
 *
 * Configuration: SLOTS slots, READERS readers with any number of leases, PUBLISH publications, KILLS kills of the writer at any point,
 * each with a successor, GROW changes of size. A reader changes doors whenever it has no lease, or never.
 *
 * Ghosts instead of bytes: "filling" is the place that is being filled, "using" the place that a reader uses, "spoiled" that the two met.
 */

// MUTATIONS(1): MUT_OLD_PIXELS MUT_RETIRE_LATE MUT_ANY_EPOCH MUT_GATE_STAYS+MUT_ANY_EPOCH MUT_NO_FINALS_LOOK
// MUTATIONS(2): MUT_REUSE_RETIRED
// PROBES(1): PROBE_FINAL PROBE_TWO_LATER
// PROBES(2): PROBE_SPOILED
// PAN: -DKILLS=2 -DPUBLISH=4 -DSAFETY -DCOLLAPSE -DNOFAIR | -m3000000 -w22
// PAN: -DREUSE -DKILLS=1 -DPUBLISH=3 -DGROW=1 -DSAFETY -DCOLLAPSE -DNOFAIR | -m3000000 -w22
// PAN: -DREUSE -DKILLS=2 -DPUBLISH=3 -DSAFETY -DCOLLAPSE -DNOFAIR | -m3000000 -w22
// PAN: -DREADERS=2 -DKILLS=1 -DPUBLISH=3 -DSAFETY -DCOLLAPSE -DNOFAIR | -m3000000 -w22
// PAN: -DKILLS=1 -DGROW=1 -DPUBLISH=3 -DSAFETY -DCOLLAPSE -DNOFAIR | -m3000000 -w22

#ifndef SLOTS
#define SLOTS 3
#endif
#ifndef READERS
#define READERS 1
#endif
#ifndef PUBLISH
#define PUBLISH 4
#endif
#ifndef KILLS
#define KILLS 1
#endif
#ifndef GROW
#define GROW 0
#endif
#define GENERATIONS (KILLS + GROW + 1)
#define CLOSED 128
#define VALUE(count, slot) ((count) * 8 + (slot) + 1)
#define SLOT(value) (((value) & 7) - 1)
#define PLACE(g, c) ((g) * SLOTS + (c) + 1) /* a payload: pixels generation (from 0) and slot */
#define FINAL(g, c) final[(g) * SLOTS + (c)]
#define BIT(slot) (1 << (slot))
#define BITS(m) (((m) & 1) + (((m) >> 1) & 1) + (((m) >> 2) & 1))

byte seq[SLOTS];                            /* slots: sequence, */
byte slot_epoch[SLOTS];                     /* epoch, */
byte slot_generation[SLOTS];                /* generation */
byte newest = VALUE(0, 0);
byte gate = VALUE(0, 0);
byte epoch = 0, generation = 0;             /* the description */
byte door = 0;                              /* the epoch whose door listens */
bool retired[GENERATIONS];                  /* in each pixels section */
byte final[GENERATIONS * SLOTS];
byte row[READERS];                          /* lease byte of the reader's row, ... */
byte row_epoch[READERS];                    /* ... and whose door gave it */

byte filling = 0;                           /* ghosts */
byte using[READERS];
bool spoiled[READERS];
byte kills = 0, grown = 0, published = 0;

#define STEP(x) if :: x :: atomic { kills < KILLS -> kills++; goto dead } fi

/* The writer starts to fill a payload: in new pixels nobody can be using it. */
#define CHECK_FILL(p) \
    do \
    :: i < READERS -> \
        if :: using[i] == (p) -> spoiled[i] = true; NOT_SPOILED :: else fi; \
        i++ \
    :: else -> i = 0; break \
    od
#ifdef REUSE
#define NOT_SPOILED skip
#else
#define NOT_SPOILED assert(!spoiled[i])
#endif

#define RETIRE(g) \
    do \
    :: i < SLOTS -> STEP(atomic { true -> FINAL(g, i) = seq[i]; i++ }) \
    :: i == SLOTS -> i = 0; break \
    od; \
    STEP(retired[g] = true)
active proctype Writer()
{
    byte c, i, g, v;
    byte e;                                 /* own epoch */
    byte before, held, honoured[READERS];
    bool open = true, early, late;

    before = newest;

again:
    atomic {
        if :: published >= PUBLISH -> goto enough :: else fi;
        if
        :: grown < GROW -> grown++; goto grow
        :: true
        fi };
    STEP(atomic { true ->
        /* 5.2 and 5.3 */
        if
        :: ((held | BIT(SLOT(before))) & BIT(0)) == 0 -> c = 0
        :: ((held | BIT(SLOT(before))) & BIT(1)) == 0 -> c = 1
        :: ((held | BIT(SLOT(before))) & BIT(2)) == 0 -> c = 2
        fi;
        seq[c] = (seq[c] | 1) + 2 });
    STEP(atomic { true -> filling = PLACE(g, c); CHECK_FILL(PLACE(g, c)) });
#ifdef MUT_RETIRE_LATE
    if :: late -> late = false; RETIRE(generation - 1) :: else fi;
#endif
    STEP(atomic { true -> slot_epoch[c] = e; slot_generation[c] = g; seq[c] = seq[c] + 1; filling = 0 });
    /* 5.4 */
    STEP(atomic { true ->
        v = VALUE(published + 1, c);
        early = (BITS(held | (open -> BIT(SLOT(before)) : 0)) <= SLOTS - 3);
        if :: early -> gate = v :: else fi });
    STEP(atomic { true -> newest = v; published++ });
    /* 5.5: rows that the own door gave */
    do
    :: atomic { i < READERS ->
        if
        :: row_epoch[i] != e || row[i] == 0 -> honoured[i] = 0
        :: row_epoch[i] == e && row[i] != 0 && row[i] == honoured[i]
        :: row_epoch[i] == e && row[i] != 0 && row[i] != honoured[i] && row[i] == SLOT(before) + 1 && open -> honoured[i] = row[i]
        :: else -> honoured[i] = 0
        fi;
        i++ }
    :: atomic { i == READERS -> i = 0; break }
    :: atomic { kills < KILLS -> kills++; goto dead }
    od;
    /* 5.6 */
    STEP(atomic { true ->
        held = 0;
        do
        :: i < READERS -> if :: honoured[i] != 0 -> held = held | BIT(honoured[i] - 1) :: else fi; i++
        :: else -> i = 0; break
        od;
        if
        :: early -> open = true
        :: else -> open = (BITS(held & (BIT(SLOT(v)) ^ 7)) <= SLOTS - 3); gate = (open -> v : v | CLOSED)
        fi;
        before = v; v = 0; early = false; c = 0;
        goto again });

grow:                                       /* 4.3 */
    RETIRE(g);
    STEP(atomic { true -> g++; generation = g; goto again });

dead:                                       /* 10.8: a successor */
    atomic {
        c = 0; i = 0; v = 0; early = false; late = false; held = 0; filling = 0;
        do :: i < READERS -> honoured[i] = 0; i++ :: else -> i = 0; break od;
        before = newest; open = false; e = epoch + 1; g = generation
    };
    /* 5.7 */
#ifndef MUT_GATE_STAYS
    STEP(gate = before | CLOSED);
#endif
    STEP(door = e);
    /* 10.9 */
#ifdef MUT_OLD_PIXELS
    skip;
#else
    if
#ifdef REUSE
#ifdef MUT_REUSE_RETIRED
    :: true
#else
    :: !retired[g]
#endif
#endif
    :: true ->
#ifdef MUT_RETIRE_LATE
        late = true;
#else
        RETIRE(g);
#endif
        g++
    fi;
#endif
    STEP(atomic { true -> epoch = e; generation = g; goto again });
enough:
    skip
}

proctype Reader(byte r)
{
    byte n, s, g;
    bool verdict;

end:
    do
    :: atomic { row[r] == 0 && row_epoch[r] != door -> row_epoch[r] = door }    /* 7.14 */
    :: n = newest;                          /* 6.3 a */
        atomic { if :: gate != n -> goto retry :: else fi };
        /* 6.3 b */
        atomic { s = seq[SLOT(n)]; if :: s & 1 -> goto retry :: else fi };
        row[r] = SLOT(n) + 1;               /* 6.3 c */
        atomic { if :: newest != n -> goto give_back :: else fi };
        atomic {
            if :: seq[SLOT(n)] != s -> goto give_back :: else fi;
            /* 6.3 e */
#ifndef MUT_ANY_EPOCH
            if :: slot_epoch[SLOT(n)] != row_epoch[r] -> goto give_back :: else fi;
#endif
            g = slot_generation[SLOT(n)];
            using[r] = PLACE(g, SLOT(n));
            if
            :: filling == using[r] ->
                spoiled[r] = true;
#ifndef REUSE
                assert(!spoiled[r])
#endif
            :: else
            fi };
        /* 6.4 */
        atomic { using[r] = 0; verdict = (seq[SLOT(n)] == s); if :: verdict -> goto judged :: else fi };
#ifndef MUT_NO_FINALS_LOOK
        atomic { if :: !retired[g] -> goto judged :: else fi };
        atomic { verdict = (FINAL(g, SLOT(n)) == s) };
#endif
judged:
        atomic {
#ifdef PROBE_FINAL
            assert(!(verdict && seq[SLOT(n)] != s));
#endif
#ifdef PROBE_TWO_LATER
            assert(!(verdict && epoch >= slot_epoch[SLOT(n)] && g + 2 <= generation));
#endif
#ifdef PROBE_SPOILED
            assert(!spoiled[r]);
#endif
            assert(!(verdict && spoiled[r]));   /* never called intact when it was not */
#ifndef REUSE
            assert(verdict);                    /* 6.5: it stays intact until its end */
#endif
            spoiled[r] = false; verdict = false };
give_back:
        row[r] = 0;
retry:
        atomic { n = 0; s = 0; g = 0 }
    od
}

init
{
    atomic {
        run Reader(0);
#if READERS > 1
        run Reader(1)
#endif
    }
}
