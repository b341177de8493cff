/*
 * frame_leases.pml - C7: a leased frame stays intact, and leases never cost the publisher a frame.
 *
 * Step numbers are those of docs/protocol.md: 5.1 (publisher), 5.2 (which leases count), 5.4 (leasing reader).
 *
 * The rules that are checked:
 *   - An unconfirmed lease is an intent: readers count it, the publisher doesn't.
 *   - Having confirmed, the reader fences and reads the sequence once more.
 *   - If the first candidate is leased, the publisher leaves it marked, marks all the others too, fences, and
 *     reads the registry twice; a lease counts if both readings show it in the same row. So one candidate is
 *     free, whatever honest readers do meanwhile. If none is, the registry lies, and one is taken all the same.
 *   - At the end of a lease the sequence s + 3 means "being looked at": read it again.
 * -DDRAFT is the publisher of the first draft, which honest readers could cost a frame.
 *
 * Memory. Store buffers on both sides (Dekker): the publisher has one entry a location, drained in any order;
 * a reader has one for its lease byte. A fence waits until the own buffer is empty. -DSC leaves the buffers
 * out, for larger configurations; the smaller ones check the fences. -DATOMIC_READER_SCAN makes a reader's reading of
 * the registry one step.
 *
 * Both sides read the registry row by row (but for that): a reading of it is no snapshot.
 *
 * Configurations: SLOTS slots, all published before, newest = slot 0. READERS honest readers in the rows
 * HOSTILE .. HOSTILE + READERS - 1, each with any number of leases, the first one of any slot (its reader
 * may have read newest long ago). HOSTILE rows below them whose every reading yields any value. PUBLISH more
 * publications. KILLS kills of the publisher at any point, each with a successor (5.6).
 *
 * Ghosts instead of bytes: "filling" is the slot being filled, "using" the slot that a reader uses in place.
 * Where at most SLOTS - 2 slots can be leased (no hostile row, or few enough), a slot in use is never filled
 * and without kills each lease ends "intact". Elsewhere "intact" is never said of a frame that was spoiled.
 */

// MUTATIONS(1): MUT_NO_READER_FENCE_1 MUT_NO_READER_FENCE_2 MUT_NO_PUBLISHER_FENCE MUT_NO_SECOND_PUBLISHER_FENCE
// MUTATIONS(1): MUT_NO_LOOK_AGAIN_AT_END
// MUTATIONS(2): MUT_LOOK_BEFORE_MARK MUT_NO_CONFIRM_PRECEDENCE MUT_NO_READER_CAP MUT_NO_RECHECK MUT_NO_RECHECK_AFTER_CONFIRM
// MUTATIONS(2): MUT_ONE_READING DRAFT
// MUTATIONS(3): MUT_NO_CAP
// PROBES(1): PROBE_LEASE_AT_END PROBE_ALL_MARKED
// PAN: -DPUBLISH=2 -DSAFETY -DCOLLAPSE -DNOFAIR | -m3000000 -w22
// PAN: -DSC -DSAFETY -DCOLLAPSE -DNOFAIR | -m3000000 -w22
// PAN: -DHOSTILE=2 -DREADERS=1 -DSAFETY -DCOLLAPSE -DNOFAIR | -m3000000 -w22
// PAN: -DSC -DPUBLISH=1 -DKILLS=1 -DSAFETY -DCOLLAPSE -DNOFAIR | -m3000000 -w22
// PAN: -DSC -DSLOTS=4 -DHOSTILE=1 -DREADERS=1 -DSAFETY -DCOLLAPSE -DNOFAIR | -m3000000 -w22
// PAN: -DSC -DSLOTS=4 -DREADERS=3 -DPUBLISH=1 -DATOMIC_READER_SCAN -DSAFETY -DCOLLAPSE -DNOFAIR | -m3000000 -w22
// PAN: -DSLOTS=4 -DREADERS=3 -DPUBLISH=0 -DSAFETY -DCOLLAPSE -DNOFAIR | -m3000000 -w22

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
#define PUBLISH 2
#endif
#ifndef KILLS
#define KILLS 0
#endif
#define ROWS (HOSTILE + READERS)
#define CAP (SLOTS - 2)
#define TRUSTED (HOSTILE == 0 || HOSTILE + READERS <= CAP)
#define NONE 255
#define CONF 8                              /* 0x40 in the protocol */

byte seq[SLOTS];                            /* shared memory */
byte newest = 1;                            /* slot + 1 */
byte row[ROWS];                             /* lease bytes */

byte filling = 0;                           /* ghosts: slot + 1 */
byte using[ROWS];
bool no_drop = true, unused = true, within_cap = true, intact = true;
bool spoiled[ROWS];                         /* the slot was filled while it was used */

#define BIT(slot) (1 << (slot))
#define ALL (BIT(SLOTS) - 1)
#define BITS(m) ((m & 1) + ((m >> 1) & 1) + ((m >> 2) & 1) + ((m >> 3) & 1))

#ifdef SC
#define SEQ_LOAD(i)    seq[i]
#define SEQ_STORE(i,v) seq[i] = (v)
#define NEWEST_STORE(v) newest = (v)
#define PUB_FENCE      true
#define PUB_FENCE_STEP
#define ROW_STORE(r,v) row[r] = (v)
#define ROW_LOAD(r,i)  row[i]
#define READER_FENCE(r)
#else
byte seq_buf[SLOTS] = NONE;
byte newest_buf = NONE;
byte row_buf[ROWS] = NONE;
byte pending = 0;
#define SEQ_LOAD(i)    (seq_buf[i] != NONE -> seq_buf[i] : seq[i])
#define SEQ_STORE(i,v) d_step { if :: seq_buf[i] == NONE -> pending++ :: else fi; seq_buf[i] = (v) }
#define NEWEST_STORE(v) d_step { newest_buf = (v); pending++ }
#define PUB_FENCE      (pending == 0)
#define PUB_FENCE_STEP STEP(PUB_FENCE);
#define ROW_STORE(r,v) row_buf[r] = (v)
#define ROW_LOAD(r,i)  ((i) == (r) && row_buf[i] != NONE -> row_buf[i] : row[i])
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

/* One row as somebody else reads it; a hostile row yields anything. The slot of a lease, confirmed or not. */
#if HOSTILE
#define READ_ROW(r,i,v) \
    if \
    :: i >= HOSTILE -> v = ROW_LOAD(r, i) \
    :: i < HOSTILE -> if :: v = 0 :: v = 1 :: v = 2 :: v = 3 :: v = SLOTS \
                         :: v = 1 + CONF :: v = 2 + CONF :: v = 3 + CONF :: v = SLOTS + CONF fi \
    fi
#else
#define READ_ROW(r,i,v) v = ROW_LOAD(r, i)
#endif
#define SLOT_OF(v) (((v) & 7) - 1)

byte published = 0;
byte kills = 0;
#define STEP(x) if :: x :: atomic { kills < KILLS -> kills++; goto dead } fi

/* The publisher decides to fill slot c: nobody may be using it in place. */
#if TRUSTED
#define ON_FILL(r) unused = false; assert(unused)
#else
#define ON_FILL(r) spoiled[r] = true
#endif
#define CHECK_FILL(c) \
    i = HOSTILE; \
    do :: i < ROWS -> if :: using[i] == (c) + 1 -> ON_FILL(i) :: else fi; i++ :: else -> break od; \
    i = 0

#define MARK(x) \
    old[x] = SEQ_LOAD(x); \
    SEQ_STORE(x, (old[x] | 1) + 2)

#define PUT_BACK(x) \
    if :: (old[x] & 1) == 0 -> SEQ_STORE(x, old[x]) :: else fi

#ifdef MUT_NO_CONFIRM_PRECEDENCE
#define HONOURED(v) ((v) != 0)
#else
#define HONOURED(v) ((v) >= CONF)
#endif

active proctype Publisher()
{
    byte c, i, v, pinned;
    byte nw = 0;                            /* slot of newest */
    byte old[SLOTS], first[ROWS];
#ifdef DRAFT
    byte honoured, tried, n;
#endif

again:
    atomic {
        if :: published >= PUBLISH -> goto enough :: else fi;
        /* 5.1 step 1: any slot but newest (any order of candidates is covered) */
        if
        :: nw != 0 -> c = 0
        :: nw != 1 -> c = 1
        :: nw != 2 -> c = 2
#if SLOTS == 4
        :: nw != 3 -> c = 3
#endif
        fi;
#ifndef MUT_LOOK_BEFORE_MARK
        MARK(c)                             /* 5.1 step 2 */
#endif
    };
#ifdef DRAFT
next:
    skip;
#endif
#if !defined MUT_NO_PUBLISHER_FENCE && !defined MUT_LOOK_BEFORE_MARK
    PUB_FENCE_STEP
#endif

#ifdef DRAFT
    /* The first draft's step 3 and 5.2: one candidate after the other, each put back before the next, and
       the first SLOTS - 2 different slots honoured in order of rows, confirmed ones first. */
    do
    :: atomic { i < ROWS -> READ_ROW(NONE, i, v); first[i] = v; v = 0; i++ }
    :: atomic { i == ROWS -> i = 0; break }
    :: atomic { kills < KILLS -> kills++; goto dead }
    od;
    STEP(atomic { true ->
        honoured = 0; n = 0;
        do
        :: i < 2 * ROWS ->
            v = first[i % ROWS];
            if
            :: (i < ROWS && v >= CONF || i >= ROWS && v > 0 && v < CONF)
                && (honoured & BIT(SLOT_OF(v))) == 0 && n < CAP -> honoured = honoured | BIT(SLOT_OF(v)); n++
            :: else
            fi;
            i++
        :: else -> i = 0; v = 0; break
        od;
        do :: i < ROWS -> first[i] = 0; i++ :: else -> i = 0; break od;
        if
        :: (honoured & BIT(c)) == 0 -> tried = 0
        :: else ->
            PUT_BACK(c); old[c] = 0; tried = tried | BIT(c);
            honoured = 0; n = 0;
            no_drop = (tried | BIT(nw)) != ALL;
            assert(no_drop);                /* a free slot is always found */
            if
            :: nw != 0 && (tried & BIT(0)) == 0 -> c = 0
            :: nw != 1 && (tried & BIT(1)) == 0 -> c = 1
            :: nw != 2 && (tried & BIT(2)) == 0 -> c = 2
#if SLOTS == 4
            :: nw != 3 && (tried & BIT(3)) == 0 -> c = 3
#endif
            fi;
            MARK(c); goto next
        fi;
        honoured = 0; n = 0 });
#else

    /* 5.1 step 3: is the candidate leased? */
    do
    :: atomic { i < ROWS -> READ_ROW(NONE, i, v);
        if :: HONOURED(v) && SLOT_OF(v) == c -> pinned = BIT(c) :: else fi;
        v = 0; i++ }
    :: atomic { i == ROWS -> i = 0; break }
    :: atomic { kills < KILLS -> kills++; goto dead }
    od;
#ifdef MUT_LOOK_BEFORE_MARK
    atomic { true ->
        if :: pinned -> pinned = 0; goto again :: else fi;
        MARK(c) };
    PUB_FENCE_STEP
#endif
    if
    :: atomic { pinned == 0 -> goto fill }
    :: atomic { pinned != 0 -> pinned = 0;
        /* it is: leave it marked, mark all the others, ... */
        do
        :: i < SLOTS -> if :: i != nw && i != c -> MARK(i) :: else fi; i++
        :: else -> i = 0; break
        od }
    :: atomic { kills < KILLS -> kills++; goto dead }
    fi;
#ifndef MUT_NO_SECOND_PUBLISHER_FENCE
    PUB_FENCE_STEP
#endif
    /* ... read the registry, ... */
    do
    :: atomic { i < ROWS -> READ_ROW(NONE, i, v); first[i] = (HONOURED(v) -> v : 0); v = 0; i++ }
    :: atomic { i == ROWS -> i = 0; break }
    :: atomic { kills < KILLS -> kills++; goto dead }
    od;
    /* ... and once more: what both readings show in the same row counts */
    do
    :: atomic { i < ROWS ->
#ifdef MUT_ONE_READING
        v = first[i];
#else
        READ_ROW(NONE, i, v);
#endif
        if :: v != 0 && v == first[i] -> pinned = pinned | BIT(SLOT_OF(v)) :: else fi;
        first[i] = 0; v = 0; i++ }
    :: atomic { i == ROWS -> i = 0; break }
    :: atomic { kills < KILLS -> kills++; goto dead }
    od;
    STEP(atomic { true ->
        pinned = pinned | BIT(nw);
        if
        :: pinned == ALL ->
#if TRUSTED || defined MUT_NO_CAP
            no_drop = false;
            assert(no_drop);                /* honest readers never pin all candidates */
#endif
            pinned = BIT(nw)                /* a registry that lies costs its readers, not the publisher */
        :: else
        fi;
        if
        :: (pinned & BIT(0)) == 0 -> c = 0
        :: (pinned & BIT(1)) == 0 -> c = 1
        :: (pinned & BIT(2)) == 0 -> c = 2
#if SLOTS == 4
        :: (pinned & BIT(3)) == 0 -> c = 3
#endif
        fi;
        pinned = 0;
        do                                  /* put the others back */
        :: i < SLOTS -> if :: i != nw && i != c -> PUT_BACK(i) :: else fi; old[i] = 0; i++
        :: else -> i = 0; break
        od });
#ifdef PROBE_ALL_MARKED
    assert(!PROBE_ALL_MARKED);
#endif
#endif

fill:
    /* 5.1 step 4 */
    STEP(atomic { true -> CHECK_FILL(c); filling = c + 1 });
    /* 5.1 step 5 */
    STEP(atomic { PUB_FENCE -> SEQ_STORE(c, SEQ_LOAD(c) + 1); filling = 0; old[c] = 0 });
    /* 5.1 step 6 */
    STEP(atomic { true -> NEWEST_STORE(c + 1) });
    STEP(atomic { PUB_FENCE -> nw = c; c = 0; published++; goto again });

dead:                                       /* 5.6: odd slots stay odd */
    atomic { PUB_FENCE ->
        c = 0; v = 0; pinned = 0; filling = 0; nw = newest - 1;
        i = 0; do :: i < SLOTS -> old[i] = 0; i++ :: else -> break od;
        i = 0; do :: i < ROWS -> first[i] = 0; i++ :: else -> break od;
        i = 0; goto again };
enough:
    skip
}

proctype Reader(byte r)
{
    byte c, s, i, v, leased;

    if                                      /* the first lease: newest may have been read long ago */
    :: c = 0 :: c = 1 :: c = 2
#if SLOTS == 4
    :: c = 3
#endif
    fi;
    goto sequence;
end:
    do
    :: atomic { true -> c = newest - 1 };   /* 5.4 step 1 */
sequence:
        atomic { s = seq[c]; if :: s & 1 -> goto retry :: else fi };
        ROW_STORE(r, c + 1);
        /* 5.4 step 2 */
#ifndef MUT_NO_READER_FENCE_1
        READER_FENCE(r)
#endif
#ifndef MUT_NO_RECHECK
        atomic { if :: seq[c] != s -> goto give_back :: else fi };
#endif
        /* 5.4 step 3: how many different slots are leased? */
#ifdef ATOMIC_READER_SCAN
        atomic {
        do
        :: i < ROWS -> READ_ROW(r, i, v);
            if :: v != 0 -> leased = leased | BIT(SLOT_OF(v)) :: else fi; v = 0; i++
        :: i == ROWS -> i = 0; break
        od;
#else
        do
        :: atomic { i < ROWS -> READ_ROW(r, i, v);
            if :: v != 0 -> leased = leased | BIT(SLOT_OF(v)) :: else fi; v = 0; i++ }
        :: atomic { i == ROWS -> i = 0; break }
        od;
        atomic {
#endif
            v = BITS(leased); leased = 0;
#ifndef MUT_NO_READER_CAP
            if :: v > CAP -> v = 0; goto give_back :: else fi;
#endif
            v = 0;
            ROW_STORE(r, c + 1 + CONF)      /* 5.4 step 4 */
        };
#if !defined MUT_NO_READER_FENCE_2 && !defined MUT_NO_RECHECK_AFTER_CONFIRM
        READER_FENCE(r)
#endif
        atomic {
#if !defined MUT_NO_RECHECK && !defined MUT_NO_RECHECK_AFTER_CONFIRM
            if :: seq[c] != s -> goto give_back :: else fi;
#endif
            using[r] = c + 1;
            i = HOSTILE;
            do :: i < ROWS -> if :: using[i] -> leased = leased | BIT(using[i] - 1) :: else fi; i++
               :: else -> i = 0; break od;
            within_cap = BITS(leased) <= CAP; leased = 0;
            assert(within_cap);             /* honest readers never hold more than the publisher honours */
            if :: filling == c + 1 -> ON_FILL(r) :: else fi
        };
#ifdef PROBE_LEASE_AT_END
        assert(!(PROBE_LEASE_AT_END && published == PUBLISH && kills == KILLS));
#endif
        /* 5.4 step 5 */
        atomic {
#if TRUSTED && KILLS == 0
#ifndef MUT_NO_LOOK_AGAIN_AT_END
            seq[c] != s + 3;                /* the publisher is looking whether it is leased */
#endif
            intact = (seq[c] == s);
            assert(intact);
#else
            true;                           /* s + 3 may stay: after some looks the verdict is "not intact" */
            intact = (seq[c] != s || !spoiled[r]);
            assert(intact); intact = true;
#endif
            using[r] = 0; spoiled[r] = false
        };
give_back:
        atomic { ROW_STORE(r, 0); v = 0 };
retry:
        atomic { c = 0; s = 0 }
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
