/*
 * wake_up.pml - C8: no wake-up is lost between a waiting reader and the publisher.
 *
 * Step numbers are those of docs/protocol.md: 5.5 (waiting), 5.1 step 6 (publisher).
 *
 * Two ways to sleep. The default is an auto-reset event a row (Windows): it remembers a signal, and compares
 * nothing; readers announce themselves by a flag. -DFUTEX is Linux, without flags: FUTEX_WAIT compares the word with n
 * inside the kernel, FUTEX_WAKE wakes whoever sleeps and is remembered by nobody.
 *
 * Memory. The publisher's store to newest and each reader's store to its waiting flag go into store buffers;
 * a fence waits until the own one is empty.
 *
 * Slices. While the publisher lives, the 250 ms never end here: a wake-up that only the slice would make good
 * is an error. Once it was killed (any point, KILLS times; a successor may go on with the same words or not)
 * or has ended, they do end.
 *
 * Properties. When the publisher has finished step 6, nobody sleeps unsignalled who has not seen that frame,
 * also if he fell asleep under a killed predecessor; nobody falls asleep later with an older frame; and each
 * reader that the publisher leaves for good gets to its end having seen the last frame.
 *
 * Bounds: 2 waiting readers, PUBLISH publications, KILLS kills. Frame numbers stand for newest.
 */

// MUTATIONS: MUT_FLAG_AFTER_CHECK MUT_FRESH_N MUT_NO_PUBLISHER_FENCE MUT_NO_READER_FENCE MUT_NO_SLICES
// PROBES(4): PROBE_SLEPT_OVER_KILL
// PAN: -DSAFETY -DCOLLAPSE -DNOFAIR | -m3000000 -w22
// PAN: -DFUTEX -DSAFETY -DCOLLAPSE -DNOFAIR | -m3000000 -w22
// PAN: -DKILLS=1 -DPUBLISH=2 -DSAFETY -DCOLLAPSE -DNOFAIR | -m3000000 -w22
// PAN: -DFUTEX -DKILLS=1 -DPUBLISH=2 -DSAFETY -DCOLLAPSE -DNOFAIR | -m3000000 -w22

#ifndef PUBLISH
#define PUBLISH 3
#endif
#ifndef KILLS
#define KILLS 0
#endif
#define NONE 255

byte newest = 0;                            /* control 0x280 */
byte newest_buf = NONE;
bit waiting[2];                             /* registry rows */
byte waiting_buf[2] = NONE;

byte seen[2];                               /* the frame that the reader has taken */
bool asleep[2];
bit signalled[2];                           /* Windows: the auto-reset event; Linux: taken off the queue */

byte kills = 0;
bool quiet = true;                          /* ghost: step 6 of the newest publication is finished */
bool gone = false;                          /* no publisher, and none will come */

#define AWARE(r) (!asleep[r] || signalled[r] || seen[r] == newest)

#define DRAIN_FLAG(r) d_step { waiting_buf[r] != NONE -> waiting[r] = waiting_buf[r]; waiting_buf[r] = NONE }
active proctype Memory()
{
end:
    do
    :: d_step { newest_buf != NONE -> newest = newest_buf; newest_buf = NONE }
    :: DRAIN_FLAG(0)
    :: DRAIN_FLAG(1)
    od
}

#define OR_KILLED :: atomic { kills < KILLS -> kills++; goto killed }

active proctype Publisher()
{
    byte f = 1;

publish:
    if :: f > PUBLISH -> goto ended :: f <= PUBLISH OR_KILLED fi;
#ifdef FUTEX
    if                                      /* 5.5: an announcement wakes before there is a frame */
    :: atomic { true -> signalled[0] = asleep[0]; signalled[1] = asleep[1] }
    :: true
    OR_KILLED
    fi;
#endif
    /* 5.1 step 6: exchange newest, ... */
    atomic { newest_buf = f; quiet = false };
#ifndef MUT_NO_PUBLISHER_FENCE
    if :: newest_buf == NONE OR_KILLED fi;  /* ... full fence, ... */
#endif
    /* ... and wake: whoever sleeps, or those whose waiting flags are set */
#ifdef FUTEX
    if
    :: atomic { true -> signalled[0] = asleep[0]; signalled[1] = asleep[1] }
    OR_KILLED
    fi;
#else
    if :: atomic { waiting[0] -> signalled[0] = 1 } :: !waiting[0] OR_KILLED fi;
    if :: atomic { waiting[1] -> signalled[1] = 1 } :: !waiting[1] OR_KILLED fi;
#endif
finished:
    if
    :: atomic {
        newest_buf == NONE ->
        quiet = true;
        bool all_aware = AWARE(0) && AWARE(1);
        assert(all_aware);                  /* nobody sleeps through this publication */
        all_aware = false;
        f++; goto publish }
    OR_KILLED
    fi;

killed:
    atomic { newest_buf == NONE -> quiet = false; f = newest + 1 };
    if
    :: goto publish                         /* a successor, some time later */
    :: true
    fi;
ended:
    gone = true
}

proctype Reader(byte r)
{
    byte n;
    bool alone;

    do
    ::  alone = gone;                       /* between slices: is the publisher there? (then newest once more) */
        atomic {
            if
            :: newest != seen[r] -> seen[r] = newest; alone = false; goto next
            :: newest == seen[r] && alone -> break
            :: else
            fi
        };
        /* 5.5 step 1: n is the value with which the last frame was taken */
#ifdef MUT_FRESH_N
        n = newest;
#else
        n = seen[r];
#endif
#ifndef FUTEX
#ifdef MUT_FLAG_AFTER_CHECK
        atomic { if :: newest != n -> goto next :: else fi };
        waiting_buf[r] = 1;
        waiting_buf[r] == NONE;
#else
        waiting_buf[r] = 1;
        /* 5.5 step 2 */
#ifndef MUT_NO_READER_FENCE
        waiting_buf[r] == NONE;
#endif
        atomic { if :: newest != n -> goto flag_off :: else fi };
#endif
#endif
        /* 5.5 step 3 */
        atomic {
#ifdef FUTEX
            signalled[r] = 0;
            if :: newest != n -> goto flag_off :: else fi;
#endif
            asleep[r] = true;
            bool aware = !quiet || AWARE(r);
            assert(aware);                  /* nobody falls asleep after the wake-up that was meant for him */
            aware = false
        };
        if
        :: atomic { signalled[r] -> signalled[r] = 0; asleep[r] = false }
#ifndef MUT_NO_SLICES
        :: atomic { (kills > 0 || gone) -> asleep[r] = false }
#endif
        fi;
#ifdef PROBE_SLEPT_OVER_KILL
        assert(!(PROBE_SLEPT_OVER_KILL && kills == 1 && n == 1 && newest == PUBLISH && !gone));
#endif
flag_off:
#ifndef FUTEX
        waiting_buf[r] = 0;
#endif
next:
        n = 0
    od;
    assert(seen[r] == newest)
}

init { atomic { run Reader(0); run Reader(1) } }
