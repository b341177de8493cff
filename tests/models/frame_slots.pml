/*
 * frame_slots.pml - one publisher fills slots, a copying reader never accepts a torn frame.
 *
 * Obligation numbers are those of docs/protocol.md: 5.2-5.4 (publisher), 6.2 (copying reader), 4.4 (generations), 10.8 (takeover).
 *
 * Memory. Every store of the publisher goes into a store buffer with one entry per location. Entries of
 * different locations drain in any order (weaker than x86, like ARM without fences); a second store to a
 * location replaces a pending one, so a mark may never become visible unless a fence waits for it. A fence
 * waits until the buffer is empty. The reader's loads of descriptor and payload are done forwards or
 * backwards. A reader writes nothing, so one reader stands for any number.
 *
 * Mishaps. The publisher is killed at any point (its retired stores drain, the kernel gives the ownership
 * back (takeover.pml), the successor begins from what it finds in memory); it gives up a frame half filled.
 *
 * Bounds: SLOTS slots, 2 payload words, 2 generations of the pixels section, FRAMES publications, MISHAPS
 * mishaps. The reader makes any number of attempts.
 *
 * ONLY_INTACT leaves out every assertion but the one on torn frames.
 */

// MUTATIONS(3): MUT_NO_ODD_MARK MUT_NO_FENCE_AFTER_MARK MUT_NO_RELEASE_FENCE MUT_NO_SECOND_CHECK MUT_NO_ACQUIRE_FENCE
// MUTATIONS(3): MUT_NO_GENERATION_CHECK MUT_NO_NEWEST_RECHECK
// MUTATIONS(3): MUT_SUCCESSOR_PLUS_ONE MUT_SUCCESSOR_PLUS_ONE+MUT_NO_NEWEST_RECHECK+ONLY_INTACT
// PROBES(1): PROBE_ACCEPT
// PAN: -DSAFETY -DCOLLAPSE -DNOFAIR | -m3000000 -w22
// PAN: -DSLOTS=2 -DMISHAPS=2 -DSAFETY -DCOLLAPSE -DNOFAIR | -m3000000 -w22
// PAN: -DFRAMES=3 -DSAFETY -DCOLLAPSE -DNOFAIR | -m3000000 -w22

#ifndef SLOTS
#define SLOTS 3
#endif
#ifndef FRAMES
#define FRAMES 4
#endif
#ifndef MISHAPS
#define MISHAPS 1
#endif

/* locations in shared memory; mem[] starts as zero: sequences 0, nothing published */
#define SEQ(i)      (i)                     /* slot +0x00 */
#define DESC(i)     (SLOTS + (i))               /* slot +0x04 and +0x08: frame number * 2 + (generation - 1) */
#define PAY(g,i,w)  ((2 + 2*(g))*SLOTS + (i)*2 + (w)) /* pixels section g: two words of payload a slot */
#define NEWEST      (6*SLOTS)               /* control 0x480: count * 4 + slot + 1 */
#define CELLS       (6*SLOTS + 1)
#define NONE        255

byte mem[CELLS];
byte buf[CELLS] = NONE;                     /* the publisher's pending stores */
byte pending = 0;

#define LOAD(x)     (buf[x] != NONE -> buf[x] : mem[x])       /* the publisher sees its own stores */
#define STORE(x,v)  d_step { if :: buf[x] == NONE -> pending++ :: else fi; buf[x] = (v) }
#define FENCE       (pending == 0)
#define DRAIN(x)    d_step { buf[x] != NONE -> mem[x] = buf[x]; buf[x] = NONE; pending-- }

active proctype Memory()
{
end:
    do
    :: DRAIN(0) :: DRAIN(1) :: DRAIN(2) :: DRAIN(3) :: DRAIN(4) :: DRAIN(5) :: DRAIN(6)
    :: DRAIN(7) :: DRAIN(8) :: DRAIN(9) :: DRAIN(10) :: DRAIN(11) :: DRAIN(12)
#if SLOTS == 3
    :: DRAIN(13) :: DRAIN(14) :: DRAIN(15) :: DRAIN(16) :: DRAIN(17) :: DRAIN(18)
#endif
    od
}

byte mishaps = 0;                           /* kills, frames given up half filled */
#define MISHAP(label) atomic { mishaps < MISHAPS -> mishaps++; goto label }

/* A step of the publisher, or its end there. Steps that only put stores into its own buffer or read its
   own variables are invisible to others and stand in one atomic block. */
#define STEP(x)     if :: x :: MISHAP(dead) fi

active proctype Publisher()
{
    byte i, s, f;
    bit g = 0;                              /* generation - 1 in use; a change of size moves it to 1 */

again:
    atomic {
        i = 0; s = 0; f = 0;
        if :: g = 1 :: true fi;             /* 4.3: the capacity grew */
        if
        :: (LOAD(NEWEST) >> 2) >= FRAMES -> goto enough
        :: else
        fi;
        /* 5.2: any slot that is not newest (more than "the oldest": any order is covered) */
        if
        :: i = 0 :: i = 1
#if SLOTS == 3
        :: i = 2
#endif
        fi;
        if
        :: LOAD(NEWEST) == 0 || (LOAD(NEWEST) & 3) - 1 != i -> skip
        :: else -> goto again
        fi;
        f = (LOAD(NEWEST) >> 2) + 1;
        /* 5.3 */
        s = LOAD(SEQ(i));
#ifdef MUT_NO_ODD_MARK
        skip
#else
#ifdef MUT_SUCCESSOR_PLUS_ONE
        STORE(SEQ(i), s + 1)
#else
        STORE(SEQ(i), (s | 1) + 2)
#endif
#endif
    };
#ifndef MUT_NO_FENCE_AFTER_MARK
    STEP(FENCE);
#endif
    STEP(atomic { true -> STORE(DESC(i), f * 2 + g); STORE(PAY(g, i, 0), f) });
    if
    :: atomic { true -> STORE(PAY(g, i, 1), f) }
    :: MISHAP(again)                        /* the source failed: the slot stays odd */
    :: MISHAP(dead)
    fi;
    /* 5.4 */
#ifdef MUT_NO_RELEASE_FENCE
#define RELEASED true
#else
#define RELEASED FENCE
#endif
#ifdef MUT_NO_ODD_MARK
    STEP(atomic { RELEASED -> STORE(SEQ(i), s + 2) });
#else
    STEP(atomic { RELEASED -> STORE(SEQ(i), LOAD(SEQ(i)) + 1) });
#endif
    /* 5.4: exchange newest */
    STEP(atomic { true ->
#ifndef ONLY_INTACT
        bool readable = (LOAD(SEQ(i)) & 1) == 0;
        assert(readable);                   /* a frame that newest names can be accepted */
        readable = 0;
#endif
        STORE(NEWEST, f * 4 + i + 1)
    });
    STEP(atomic { FENCE -> goto again });

dead:                                       /* 10.8: newest and frame numbers kept, odd slots stay odd */
    atomic { FENCE -> goto again };
enough:
    skip
}

active proctype Reader()
{
    byte n, i, s, d, w0, w1;
    bit map = 0;                            /* generation - 1 of the section this reader has mapped */
#ifdef MUT_NO_ACQUIRE_FENCE
    byte s2;
#endif

end:
    do
    :: atomic {                             /* 6.2 a */
            mem[NEWEST] != 0 -> n = mem[NEWEST]; i = (n & 3) - 1
        };
        atomic {                            /* 6.2 b: the sequence (acquire) */
            s = mem[SEQ(i)];
            if :: s & 1 -> goto retry :: else fi
        };
#ifndef MUT_NO_NEWEST_RECHECK
        /* newest still names it, else this is a frame that was filled after step a and perhaps never published */
        atomic { if :: mem[NEWEST] != n -> goto retry :: else fi };
#endif
#ifdef MUT_NO_ACQUIRE_FENCE
        s2 = mem[SEQ(i)];                   /* nothing keeps this load behind those of the payload */
#endif
        if                                  /* descriptor and payload, in either order */
        :: d = mem[DESC(i)]; w0 = mem[PAY(map, i, 0)]; w1 = mem[PAY(map, i, 1)]
        :: w1 = mem[PAY(map, i, 1)]; w0 = mem[PAY(map, i, 0)]; d = mem[DESC(i)]
        fi;
        atomic {
#ifndef MUT_NO_GENERATION_CHECK
            if :: (d & 1) != map -> map = d & 1; goto retry :: else fi;
#endif
#ifdef MUT_NO_ACQUIRE_FENCE
            if :: s2 != s -> goto retry :: else fi;
#else
#ifndef MUT_NO_SECOND_CHECK
            if :: mem[SEQ(i)] != s -> goto retry :: else fi;  /* 6.2 c, after the acquire fence */
#endif
#endif
            /* accepted */
            bool intact, fresh, known;
            intact = (w0 == (d >> 1) && w1 == (d >> 1));
            fresh = ((d >> 1) >= (n >> 2));
            known = ((d >> 1) <= (mem[NEWEST] >> 2));
            assert(intact);                 /* never torn, never the other generation's bytes */
#ifndef ONLY_INTACT
            assert(fresh);                  /* not older than newest was at step a, */
            assert(known);                  /* nor newer than newest is: so a reader's frames never go back */
#endif
#ifdef PROBE_ACCEPT
            assert(!(mishaps == MISHAPS && (d >> 1) == FRAMES && map == 1));
#endif
            intact = 0; fresh = 0; known = 0
        };
retry:
        atomic {
            n = 0; i = 0; s = 0; d = 0; w0 = 0; w1 = 0;
#ifdef MUT_NO_ACQUIRE_FENCE
            s2 = 0
#endif
        }
    od
}
