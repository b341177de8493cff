/*
 * frame_leases.pml - a leased frame stays intact whatever other readers do, and leases never cost the publisher a frame.
 *
 * Obligation numbers are those of docs/protocol.md: 5.2-5.6 (publisher), 6.3 and 6.4 (leasing reader), 6.5 (what a reader is promised).
 *
 * The rules that are checked:
 *   - A reader leases only the newest frame, and only while its gate is open; it looks at newest again after its fence.
 *   - The publisher looks at the rows once a frame, after it has exchanged newest and fenced. A row is honoured if it names the slot that
 *     was newest until then and whose gate was open, and stays honoured while it names the same slot. Rows are read one after the other:
 *     a look is no snapshot.
 *   - The gate of a frame opens only if at most SLOTS - 3 other slots are held, so at most SLOTS - 2 are ever held.
 *
 * Memory. Store buffers on both sides: the publisher has one entry a location, drained in any order; a reader has one for its lease byte.
 * A fence waits until the own buffer is empty; a release store waits in the same way before it is issued. -DSC leaves the buffers out, for
 * larger configurations; the smaller ones check the fences.
 *
 * Configurations: SLOTS slots, all published before, newest = slot 0 with its gate open. HOSTILE rows whose every reading yields any value;
 * READERS honest readers above them, each with any number of leases; the first one may have read newest and the gate long ago. PUBLISH
 * more publications. Kills and successors: lease_takeover.pml.
 *
 * Ghosts instead of bytes: "filling" is the slot that is being filled, "using" the slot that a reader uses in place.
 */

// MUTATIONS(1): MUT_NO_READER_FENCE MUT_NO_PUBLISHER_FENCE MUT_NO_NEWEST_RECHECK MUT_LOOK_BEFORE_NEWEST MUT_FORGET
// MUTATIONS(2): MUT_GATE_IGNORED MUT_NO_GATE
// MUTATIONS(4): MUT_EARLY_ONE_MORE MUT_LATE_ONE_MORE MUT_EARLY_WITHOUT_OLD MUT_HONOUR_ANY MUT_HONOUR_CLOSED
// PROBES(1): PROBE_LEASE_AT_END
// PROBES(2): PROBE_CLOSED
// PAN: -DPUBLISH=3 -DSAFETY -DCOLLAPSE -DNOFAIR | -m3000000 -w22
// PAN: -DSC -DPUBLISH=4 -DHOSTILE=1 -DREADERS=2 -DSAFETY -DCOLLAPSE -DNOFAIR | -m3000000 -w22
// PAN: -DPUBLISH=2 -DHOSTILE=1 -DREADERS=1 -DSAFETY -DCOLLAPSE -DNOFAIR | -m3000000 -w22
// PAN: -DSC -DSLOTS=4 -DPUBLISH=4 -DHOSTILE=2 -DREADERS=1 -DSAFETY -DCOLLAPSE -DNOFAIR | -m3000000 -w22
// PAN: -DSC -DSLOTS=4 -DPUBLISH=2 -DREADERS=3 -DSAFETY -DCOLLAPSE -DNOFAIR | -m3000000 -w22
// PAN: -DSLOTS=4 -DPUBLISH=2 -DREADERS=2 -DSAFETY -DCOLLAPSE -DNOFAIR | -m3000000 -w22

#ifndef SLOTS
#define SLOTS 3
#endif
#ifndef READERS
#define READERS 2
#endif
#ifndef HOSTILE
#define HOSTILE 0
#endif
#ifndef PUBLISH
#define PUBLISH 3
#endif
#define ROWS (HOSTILE + READERS)
#define NONE 255
#define CLOSED 128                          /* 0x80 of the gate */
#define VALUE(count, slot) ((count) * 8 + (slot) + 1)
#define SLOT(value) (((value) & 7) - 1)

byte seq[SLOTS];                            /* shared memory: sequences, */
byte newest = VALUE(0, 0);                  /* control 0x480, */
byte gate = VALUE(0, 0);                    /* control 0x484, */
byte row[ROWS];                             /* lease bytes */

byte filling = 0;                           /* ghosts: slot + 1 */
byte using[ROWS];
bool unused = true, intact = true, free_slot = true, within_bound = true;

#define BIT(slot) (1 << (slot))
#define BITS(m) (((m) & 1) + (((m) >> 1) & 1) + (((m) >> 2) & 1) + (((m) >> 3) & 1))

#ifdef SC
#define SEQ_LOAD(i)     seq[i]
#define SEQ_STORE(i,v)  seq[i] = (v)
#define NEWEST_STORE(v) newest = (v)
#define GATE_STORE(v)   gate = (v)
#define PUB_FENCE       true
#define ROW_STORE(r,v)  row[r] = (v)
#define READER_FENCE(r)
#else
byte seq_buf[SLOTS] = NONE;
byte newest_buf = NONE;
byte gate_buf = NONE;
byte row_buf[ROWS] = NONE;
byte pending = 0;
#define SEQ_LOAD(i)     (seq_buf[i] != NONE -> seq_buf[i] : seq[i])
#define SEQ_STORE(i,v)  d_step { if :: seq_buf[i] == NONE -> pending++ :: else fi; seq_buf[i] = (v) }
#define NEWEST_STORE(v) d_step { if :: newest_buf == NONE -> pending++ :: else fi; newest_buf = (v) }
#define GATE_STORE(v)   d_step { if :: gate_buf == NONE -> pending++ :: else fi; gate_buf = (v) }
#define PUB_FENCE       (pending == 0)
#define ROW_STORE(r,v)  row_buf[r] = (v)
#define READER_FENCE(r) row_buf[r] == NONE;

#define DRAIN_SEQ(i) d_step { seq_buf[i] != NONE -> seq[i] = seq_buf[i]; seq_buf[i] = NONE; pending-- }
#define DRAIN_ROW(r) d_step { row_buf[r] != NONE -> row[r] = row_buf[r]; row_buf[r] = NONE }
active proctype Memory()
{
end:
    do
    :: DRAIN_SEQ(0) :: DRAIN_SEQ(1) :: DRAIN_SEQ(2)
#if SLOTS == 4
    :: DRAIN_SEQ(3)
#endif
    :: d_step { newest_buf != NONE -> newest = newest_buf; newest_buf = NONE; pending-- }
    :: d_step { gate_buf != NONE -> gate = gate_buf; gate_buf = NONE; pending-- }
    :: DRAIN_ROW(HOSTILE)
#if READERS > 1
    :: DRAIN_ROW(HOSTILE + 1)
#endif
#if READERS > 2
    :: DRAIN_ROW(HOSTILE + 2)
#endif
    od
}
#endif

/* A row as the publisher reads it; a hostile row yields any slot or none. */
#if HOSTILE
#define READ_ROW(i,v) \
    if \
    :: i >= HOSTILE -> v = row[i] \
    :: i < HOSTILE -> if :: v = 0 :: v = 1 :: v = 2 :: v = 3 :: v = SLOTS fi \
    fi
#else
#define READ_ROW(i,v) v = row[i]
#endif

/* 5.3: the publisher begins to fill slot c. Nobody may be using it in place. */
#define CHECK_FILL(c) \
    i = HOSTILE; \
    do :: i < ROWS -> unused = (using[i] != (c) + 1); assert(unused); i++ :: else -> break od; \
    i = 0

#ifdef MUT_EARLY_ONE_MORE
#define EARLY_BOUND (SLOTS - 2)
#else
#define EARLY_BOUND (SLOTS - 3)
#endif
#ifdef MUT_LATE_ONE_MORE
#define LATE_BOUND (SLOTS - 2)
#else
#define LATE_BOUND (SLOTS - 3)
#endif
#ifdef MUT_EARLY_WITHOUT_OLD
#define OLD_NEWEST 0
#else
#define OLD_NEWEST (open -> BIT(SLOT(before)) : 0)
#endif

#define LOOK \
    do \
    :: atomic { i < ROWS -> READ_ROW(i, v); \
        if \
        :: v != 0 && v == honoured[i] && KEEPS -> skip \
        :: v != 0 && !(v == honoured[i] && KEEPS) && MAY_HONOUR(v) -> honoured[i] = v \
        :: else -> honoured[i] = 0 \
        fi; \
        v = 0; i++ } \
    :: atomic { i == ROWS -> i = 0; break } \
    od
#ifdef MUT_FORGET
#define KEEPS false
#else
#define KEEPS true
#endif
#if defined MUT_HONOUR_ANY
#define MAY_HONOUR(v) true
#elif defined MUT_HONOUR_CLOSED
#define MAY_HONOUR(v) (v == SLOT(before) + 1)
#else
#define MAY_HONOUR(v) (v == SLOT(before) + 1 && open)
#endif

active proctype Publisher()
{
    byte c, i, v;
    byte before = VALUE(0, 0);              /* the value that newest had until now, */
    bool open = true;                       /* and whether its gate was open */
    bool early;
    byte now = VALUE(0, 0);
    byte held;                              /* a bit a slot */
    byte honoured[ROWS];                    /* slot + 1 */
    byte published = 0;

again:
    /* 5.2: any slot that is neither newest nor held (any order of ages is covered) */
    atomic {
        if :: published >= PUBLISH -> goto enough :: else fi;
        free_slot = (((held | BIT(SLOT(before))) & (BIT(SLOTS) - 1)) != BIT(SLOTS) - 1);
        assert(free_slot);                  /* the publisher never waits and never drops */
        if
        :: ((held | BIT(SLOT(before))) & BIT(0)) == 0 -> c = 0
        :: ((held | BIT(SLOT(before))) & BIT(1)) == 0 -> c = 1
        :: ((held | BIT(SLOT(before))) & BIT(2)) == 0 -> c = 2
#if SLOTS == 4
        :: ((held | BIT(SLOT(before))) & BIT(3)) == 0 -> c = 3
#endif
        fi;
        SEQ_STORE(c, (SEQ_LOAD(c) | 1) + 2) /* 5.3 */
    };
    PUB_FENCE;
    atomic { CHECK_FILL(c); filling = c + 1 };
    /* 5.4: release the sequence, open the gate early, exchange newest */
    atomic { PUB_FENCE -> SEQ_STORE(c, SEQ_LOAD(c) + 1); filling = 0 };
#ifdef MUT_LOOK_BEFORE_NEWEST
    LOOK;
#endif
    atomic { true ->
        now = VALUE(published + 1, c);
        early = (BITS(held | OLD_NEWEST) <= EARLY_BOUND);
#ifdef MUT_NO_GATE
        early = true;
#endif
        if :: early -> GATE_STORE(now) :: else fi };
    atomic { true -> NEWEST_STORE(now) };
#ifndef MUT_NO_PUBLISHER_FENCE
    PUB_FENCE;
#endif
    /* 5.5 */
#ifndef MUT_LOOK_BEFORE_NEWEST
    LOOK;
#endif
    /* 5.6 (a release store: what was written before it is visible before it) */
    atomic { PUB_FENCE ->
        held = 0;
        do
        :: i < ROWS -> if :: honoured[i] != 0 -> held = held | BIT(honoured[i] - 1) :: else fi; i++
        :: else -> i = 0; break
        od;
        within_bound = (BITS(held) <= SLOTS - 2);
#ifndef MUT_HONOUR_ANY
        assert(within_bound);
#endif
        if
        :: early -> open = true
        :: else ->
            open = (BITS(held & (BIT(SLOT(now)) ^ 15)) <= LATE_BOUND);
#ifdef PROBE_CLOSED
            assert(open);
#endif
            GATE_STORE((open -> now : now | CLOSED))
        fi;
        before = now; now = 0; c = 0; early = false; published++;
        goto again };
enough:
    skip
}

proctype Reader(byte r)
{
    byte n, s;

    /* The first lease: newest and its gate may have been read long ago. */
    n = VALUE(0, 0);
    goto sequence;
end:
    do
    :: n = newest;                          /* 6.3 a: newest, then the gate */
#ifndef MUT_GATE_IGNORED
        if
        :: atomic { gate != n -> goto retry }
        :: atomic { gate == n -> skip }
        fi;
#endif
sequence:
        /* 6.3 b */
        atomic { s = seq[SLOT(n)]; if :: s & 1 -> goto retry :: else fi };
        /* 6.3 c */
        ROW_STORE(r, SLOT(n) + 1);
#ifndef MUT_NO_READER_FENCE
        READER_FENCE(r)
#endif
        /* 6.3 d */
#ifndef MUT_NO_NEWEST_RECHECK
        atomic { if :: newest != n -> goto give_back :: else fi };
#endif
        atomic {
            if :: seq[SLOT(n)] != s -> goto give_back :: else fi;
            using[r] = SLOT(n) + 1;
            unused = (filling != SLOT(n) + 1);
            assert(unused)
        };
#ifdef PROBE_LEASE_AT_END
        assert(!(PROBE_LEASE_AT_END && SLOT(n) == 0 && (newest >> 3) == PUBLISH));
#endif
        /* 6.4 */
        atomic {
            intact = (seq[SLOT(n)] == s);
            assert(intact);
            using[r] = 0
        };
give_back:
        ROW_STORE(r, 0);
retry:
        atomic { n = 0; s = 0 }
    od
}

init
{
    atomic {
        run Reader(HOSTILE);
#if READERS > 1
        run Reader(HOSTILE + 1);
#endif
#if READERS > 2
        run Reader(HOSTILE + 2)
#endif
    }
}
