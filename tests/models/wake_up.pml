/*
 * wake_up.pml - no wake-up is lost between a waiting reader and the publisher, although not every publication makes a system call.
 *
 * Obligation numbers are those of docs/protocol.md: 7.2 (sleeping), 7.3 (waking), 7.4 (announcement), 5.4 (publisher).
 *
 * Two ways to sleep. The default is an auto-reset event a row (Windows): it remembers a signal, and compares nothing. -DFUTEX is Linux:
 * FUTEX_WAIT compares the word with n inside the kernel, FUTEX_WAKE wakes whoever sleeps and is remembered by nobody. There reader 1 has
 * no row when ROWLESS is 1: it sets no flag, and sleeps all the same.
 *
 * The 1 ms. Whether the last unconditional wake is at least 1 ms old is anybody's choice, so both happen at any time. A wake that was not
 * made is owed; the thread that pays it (5.8) may do so at any moment until the next publication pays it.
 *
 * Memory. The publisher's store to newest and each reader's store to its sleeping flag go into store buffers; a fence waits until the own
 * one is empty. The debt is between two threads of one process, under a lock.
 *
 * Slices. While the publisher lives, the 250 ms never end here: a wake-up that only the slice would make good is an error. Once it was
 * killed (any point, KILLS times; a successor may go on with the same words or not) or has ended, they do end.
 *
 * Properties. When the publisher has finished with a frame, everybody who sleeps with an older one is signalled, or a wake is owed (never
 * to a reader whose row says that it sleeps); nobody falls asleep later with an older frame; and each reader that the publisher leaves for
 * good gets to its end having seen the last frame.
 *
 * Bounds: 2 waiting readers, PUBLISH publications, KILLS kills. Frame numbers stand for newest.
 */

// MUTATIONS: MUT_FLAG_AFTER_CHECK MUT_FRESH_N MUT_NO_PUBLISHER_FENCE MUT_NO_READER_FENCE MUT_NO_SLICES
// MUTATIONS(2): MUT_NOT_OWED MUT_FLAGS_IGNORED MUT_LOOK_BEFORE_NEWEST MUT_OWED_CLEARED_AFTER_WAKE
// PROBES(2): PROBE_OWED
// PROBES(5): PROBE_SLEPT_OVER_KILL
// PAN: -DSAFETY -DCOLLAPSE -DNOFAIR | -m3000000 -w22
// PAN: -DFUTEX -DROWLESS=1 -DSAFETY -DCOLLAPSE -DNOFAIR | -m3000000 -w22
// PAN: -DFUTEX -DSAFETY -DCOLLAPSE -DNOFAIR | -m3000000 -w22
// PAN: -DKILLS=1 -DPUBLISH=2 -DSAFETY -DCOLLAPSE -DNOFAIR | -m3000000 -w22
// PAN: -DFUTEX -DROWLESS=1 -DKILLS=1 -DPUBLISH=2 -DSAFETY -DCOLLAPSE -DNOFAIR | -m3000000 -w22

#ifndef PUBLISH
#define PUBLISH 3
#endif
#ifndef KILLS
#define KILLS 0
#endif
#ifndef ROWLESS
#define ROWLESS 0
#endif
#define NONE 255

byte newest = 0;                            /* control 0x480 */
byte newest_buf = NONE;
bit sleeping[2];                            /* the rows' sleeping bytes */
byte sleeping_buf[2] = NONE;
bool owed = false;                          /* in the publisher: a wake is owed; the paying thread pays it */

byte seen[2];                               /* the frame that the reader has taken */
bool asleep[2];
bit signalled[2];                           /* Windows: the auto-reset event; Linux: taken off the queue */

byte kills = 0;
bool quiet = true;                          /* ghost: the publisher has finished with the newest frame */
bool gone = false;                          /* no publisher, and none will come */

/* A reader whose row shows the sleep needs the wake at once; one without a row may be owed it. */
#define HAS_ROW(r) (!(ROWLESS && (r) == 1))
#define AWARE(r) (!asleep[r] || signalled[r] || seen[r] == newest || (owed && !HAS_ROW(r)) || (owed && !sleeping[r]))

#define DRAIN_FLAG(r) d_step { sleeping_buf[r] != NONE -> sleeping[r] = sleeping_buf[r]; sleeping_buf[r] = NONE }
active proctype Memory()
{
end:
    do
    :: d_step { newest_buf != NONE -> newest = newest_buf; newest_buf = NONE }
    :: DRAIN_FLAG(0)
    :: DRAIN_FLAG(1)
    od
}

#define WAKE_ALL d_step { signalled[0] = asleep[0]; signalled[1] = asleep[1] }

#ifdef FUTEX
/* 7.3: the thread that pays what is owed. It takes the debt first and wakes then, so that a debt made meanwhile stays. */
active proctype Payer()
{
end:
    do
#ifdef MUT_OWED_CLEARED_AFTER_WAKE
    :: owed -> WAKE_ALL; owed = false
#else
    :: atomic { owed -> owed = false; WAKE_ALL }
#endif
    od
}
#endif

#define OR_KILLED :: atomic { kills < KILLS -> kills++; goto killed }

active proctype Publisher()
{
    byte f = 1;
    bool any;

publish:
    if :: f > PUBLISH -> goto ended :: f <= PUBLISH OR_KILLED fi;
#ifdef FUTEX
    if                                      /* 7.4: an announcement wakes before there is a frame */
    :: atomic { true -> WAKE_ALL }
    :: true
    OR_KILLED
    fi;
#endif
#ifdef MUT_LOOK_BEFORE_NEWEST
    any = sleeping[0] || sleeping[1];
#endif
    /* 5.4: exchange newest, ... */
    atomic { newest_buf = f; quiet = false };
#ifndef MUT_NO_PUBLISHER_FENCE
    if :: newest_buf == NONE OR_KILLED fi;  /* ... full fence, ... */
#endif
    /* ... 5.5: look at the rows, one after the other, ... */
#ifdef FUTEX
#ifndef MUT_LOOK_BEFORE_NEWEST
    if :: atomic { true -> any = sleeping[0] } OR_KILLED fi;
    if :: atomic { true -> any = any || sleeping[1] } OR_KILLED fi;
#endif
#ifdef MUT_FLAGS_IGNORED
    any = false;
#endif
    /* ... 7.3: wake, or owe the wake */
    if
    :: atomic { true -> owed = false; WAKE_ALL }
#ifdef MUT_NOT_OWED
    :: atomic { !any -> skip }
#else
    :: atomic { !any -> owed = true }
#endif
    OR_KILLED
    fi;
    any = false;
#else
    if :: atomic { sleeping[0] -> signalled[0] = 1 } :: !sleeping[0] OR_KILLED fi;
    if :: atomic { sleeping[1] -> signalled[1] = 1 } :: !sleeping[1] OR_KILLED fi;
#endif
    if
    :: atomic {
        newest_buf == NONE ->
        quiet = true;
        bool all_aware = AWARE(0) && AWARE(1);
        assert(all_aware);                  /* nobody sleeps through this publication */
        all_aware = false;
#ifdef PROBE_OWED
        assert(!(owed && asleep[1] && !signalled[1] && seen[1] != newest));
#endif
        f++; goto publish }
    OR_KILLED
    fi;

killed:                                     /* what it owed is forgotten with it */
    atomic { newest_buf == NONE -> quiet = false; owed = false; any = false; f = newest + 1 };
    if
    :: goto publish                         /* a successor, some time later */
    :: true
    fi;
ended:
    gone = true                             /* 7.5 would wake everybody; after a kill the slices alone do */
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
        /* 7.2 a: n is the value with which the last frame was taken */
#ifdef MUT_FRESH_N
        n = newest;
#else
        n = seen[r];
#endif
        if
        :: HAS_ROW(r) ->
#ifdef MUT_FLAG_AFTER_CHECK
            atomic { if :: newest != n -> goto next :: else fi };
            sleeping_buf[r] = 1;
            sleeping_buf[r] == NONE;
#else
            sleeping_buf[r] = 1;
            /* 7.2 b */
#ifndef MUT_NO_READER_FENCE
            sleeping_buf[r] == NONE;
#endif
            atomic { if :: newest != n -> goto flag_off :: else fi };
#endif
        :: else
        fi;
        /* 7.2 c */
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
        if :: HAS_ROW(r) -> sleeping_buf[r] = 0 :: else fi;
next:
        n = 0
    od;
    assert(seen[r] == newest)
}

init { atomic { run Reader(0); run Reader(1) } }
