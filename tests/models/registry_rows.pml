/*
 * registry_rows.pml - C7, L4: claiming, giving back and clearing a registry row never costs a living reader its lease, and a dead
 * reader's lease does not stay.
 *
 * Protocol: docs/protocol.md section 4 (rows), 5.1 steps 2 and 3, 5.2, 5.4. Every step is one system call, one store or one
 * compare-exchange; anybody may do anything between two of them.
 *
 * One row, and one slot that is leased through it. Readers claim the row, lease the slot (intent and confirmation are one step here,
 * frame_leases.pml has both), use it, give everything back; the publisher tries to fill the slot and clears the row of a dead reader. All
 * of them are killed at any point and come back as new processes. When all have stopped, the publisher looks once more and has
 * the slot.
 *
 * The default is Linux, where the lock of the row's byte is the proof of life. WINDOWS: the claim is exchanged, and a row is dead when the
 * process in its claim is. DEAD stands for the claims of all dead processes, so that an exchange succeeds at least as often as it would.
 *
 * The rules that hold: a lease is never ignored because its reader is dead; the row is cleared, by somebody who has it (its lock; its claim,
 * exchanged to his own). On Windows dead or alive is decided from the claim alone, not from the start time at +0x10, which is written later.
 *
 * Memory is sequentially consistent here; frame_leases.pml checks the fences. Bounds: READERS readers, MARKS attempts to fill; claims, leases and kills are
 * not bounded. Left out: the waiting flag, which is written and cleared with the lease; several rows; readers of one process.
 */

// MUTATIONS(1): MUT_CLEAR_WITHOUT_OWNING MUT_OLD_VERDICT MUT_UNLOCK_BEFORE_CLEAR MUT_STALE_LEASE MUT_NEVER_CLEARED
// MUTATIONS(2): MUT_CLEAR_WITHOUT_OWNING MUT_OLD_VERDICT MUT_LIVENESS_BY_START_FIELD MUT_CLAIM_BY_STORE MUT_CLAIM_FIRST MUT_STALE_LEASE
// MUTATIONS(2): MUT_NEVER_CLEARED
// PROBES: PROBE_CLEARED PROBE_TAKEN_FROM_DEAD
// PAN: -DSAFETY -DCOLLAPSE -DNOFAIR | -m3000000 -w22
// PAN: -DWINDOWS -DREADERS=2 -DSAFETY -DCOLLAPSE -DNOFAIR | -m3000000 -w22

#ifndef READERS
#define READERS 3
#endif
#ifndef MARKS
#define MARKS 3
#endif
#define PUBLISHER (READERS + 1)             /* ids: readers 1 .. READERS, then the publisher */
#define DEAD 9

byte claim = 0, start = 0, lease = 0;       /* the row; a process's id stands for its start time too */
byte row_lock = 0;                          /* Linux */
byte seq = 0;                               /* the slot */

byte seen[PUBLISHER + 1];                   /* Windows: the claim that a process found */
byte stopped = 0;
byte using = 0;                             /* ghosts: the reader that uses the slot in place */
bool filling = false;
bit last = 0;

/* Claims of processes that have ended read as DEAD. */
#ifdef MUT_LIVENESS_BY_START_FIELD
#define IS_DEAD(c) ((c) == DEAD || ((c) != 0 && start != (c)))
#else
#define IS_DEAD(c) ((c) == DEAD)
#endif

#define ENDS(x) if :: x == id -> x = DEAD :: else fi;
#define ENDS_SEEN(i) ENDS(seen[i])
#if READERS == 3
#define KERNEL ENDS(claim) ENDS(start) ENDS_SEEN(1) ENDS_SEEN(2) ENDS_SEEN(3) ENDS_SEEN(4) if :: row_lock == id -> row_lock = 0 :: else fi
#else
#define KERNEL ENDS(claim) ENDS(start) ENDS_SEEN(1) ENDS_SEEN(2) ENDS_SEEN(3) if :: row_lock == id -> row_lock = 0 :: else fi
#endif

/* A step, or the process is killed before it. */
#define STEP(x) if :: x :: atomic { !last -> goto dead } fi

proctype Reader(byte id)
{
    byte s;

idle:
    if
    :: atomic { true -> stopped++; goto end }
    :: true
    fi;
    /* section 4: claim the row */
#ifdef WINDOWS
    STEP(atomic { true ->
        seen[id] = claim;
        if
        :: claim == 0 || IS_DEAD(claim)
        :: else -> seen[id] = 0; goto idle
        fi });
    STEP(atomic { true ->
#ifndef MUT_CLAIM_BY_STORE
        if
        :: claim != seen[id] -> seen[id] = 0; goto idle
        :: else
        fi;
#endif
#ifdef PROBE_TAKEN_FROM_DEAD
        assert(claim != DEAD || lease == 0);
#endif
        claim = id; seen[id] = 0 });
#ifndef MUT_STALE_LEASE
    STEP(lease = 0);
#endif
    STEP(start = id);
#else
    STEP(atomic { true ->
        if
        :: row_lock == 0 -> row_lock = id
        :: else -> goto idle
        fi });
#ifdef PROBE_TAKEN_FROM_DEAD
    assert(lease == 0);
#endif
#ifndef MUT_STALE_LEASE
    STEP(lease = 0);
#endif
    STEP(claim = id);
#endif

again:
    assert(lease == 0);                     /* a row pins only what its reader wants */
    assert(claim == id);
    if
    :: goto give_back
    :: atomic { (seq & 1) == 0 -> s = seq }
    :: atomic { !last -> goto dead }
    fi;
    /* 5.4: lease */
    STEP(lease = 1);
    STEP(atomic { true ->
        if
        :: seq == s -> assert(!filling && using == 0); using = id
        :: else -> goto no_lease
        fi });
    /* 5.4 step 5 */
    STEP(atomic { true -> assert(claim == id && lease == 1); using = 0 });
no_lease:
    STEP(atomic { true -> lease = 0; s = 0; goto again });

    /* section 4: give the row back */
give_back:
#ifdef MUT_UNLOCK_BEFORE_CLEAR
    STEP(row_lock = 0);
#endif
#ifdef MUT_CLAIM_FIRST
    STEP(claim = 0);
    STEP(lease = 0);
#else
    STEP(lease = 0);
    STEP(claim = 0);
#endif
#ifndef WINDOWS
#ifndef MUT_UNLOCK_BEFORE_CLEAR
    STEP(row_lock = 0);
#endif
#endif
    goto idle;

dead:
    atomic { if :: using == id -> using = 0 :: else fi; s = 0; seen[id] = 0; KERNEL; goto idle };
end:
    skip
}

active proctype Publisher()
{
    byte id = PUBLISHER, s, marks = 0;
    bit old_verdict;

idle:
    if
    :: atomic { stopped == READERS && !last -> last = 1 }   /* looks once more, undisturbed */
    :: atomic { !last && marks < MARKS }
    :: goto clear
    fi;
#ifdef MUT_OLD_VERDICT
#ifdef WINDOWS
    STEP(old_verdict = IS_DEAD(claim));
#else
    STEP(old_verdict = (row_lock == 0));
#endif
#endif
    if :: last -> goto clear :: else fi;
mark:
    /* 5.1 step 2 */
    STEP(atomic { true -> s = seq; seq = (s | 1) + 2; marks++ });
    /* 5.1 step 3, 5.2 */
    STEP(atomic { true ->
        if
        :: lease == 0 || old_verdict -> goto fill
        :: lease != 0 && !old_verdict -> assert(!last)  /* a dead reader's lease does not stay */
        fi });
    STEP(atomic { true -> if :: (s & 1) == 0 -> seq = s :: else fi; s = 0; goto idle });
fill:
    STEP(atomic { true -> assert(using == 0); filling = true; old_verdict = 0 });
    STEP(atomic { true -> seq = seq + 1; filling = false; s = 0; if :: last -> goto end :: else -> goto idle fi });

    /* 5.2: at the next look, or 200 ms later; whether the lease is still there is not looked at again on Windows */
clear:
    STEP(atomic { true -> if :: lease == 0 -> goto cleared :: else fi });
#ifdef MUT_NEVER_CLEARED
    goto cleared;
#endif
#ifdef WINDOWS
    STEP(atomic { true ->
        seen[id] = claim;
        if
        :: IS_DEAD(claim)
        :: else -> seen[id] = 0; goto cleared
        fi });
#ifndef MUT_CLEAR_WITHOUT_OWNING
    STEP(atomic { true ->
        if
        :: claim == seen[id] -> claim = id; seen[id] = 0
        :: else -> seen[id] = 0; goto cleared
        fi });
#endif
#else
    STEP(atomic { true ->
        if
#ifdef MUT_CLEAR_WITHOUT_OWNING
        :: row_lock == 0
#else
        :: row_lock == 0 -> row_lock = id
#endif
        :: else -> goto cleared
        fi });
#endif
    STEP(atomic { true -> lease = 0; start = 0; seen[id] = 0 });
#ifdef PROBE_CLEARED
    assert(false);
#endif
    STEP(claim = 0);
#if !defined WINDOWS && !defined MUT_CLEAR_WITHOUT_OWNING
    STEP(row_lock = 0);
#endif
cleared:
    if :: last -> goto mark :: else -> goto idle fi;

dead:                                       /* and a successor */
    atomic { s = 0; filling = false; old_verdict = 0; KERNEL; goto idle };
end:
    skip
}

init
{
    atomic {
        run Reader(1);
        run Reader(2);
#if READERS == 3
        run Reader(3)
#endif
    }
}
