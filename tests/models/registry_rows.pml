/*
 * registry_rows.pml - claiming, giving back and clearing a row of the registry never costs a living reader its lease, and a dead reader's
 * lease does not stay (Windows).
 *
 * Obligation numbers are those of docs/protocol.md: 7.15-7.17 (the registry), 5.5 (the look), 6.3 (leases). Every step is one store or one
 * compare-exchange, and anybody may do anything between two of them.
 *
 * One row. Two slots that take turns stand for all: the publisher fills the one that is not newest unless the row holds it, and looks
 * again otherwise. Readers claim the row, lease the newest frame, use it, give everything back; the publisher clears the row of a dead
 * reader. All of them are killed at any point and come back as new processes. When all have stopped, the publisher clears and looks once
 * more, and the slot is free. DEAD stands for the claims of all dead processes, so that an exchange succeeds at least as often as it would.
 *
 * The rules that hold: the row is cleared by who has exchanged its claim for its own; dead or alive is decided from the claim alone, not
 * from the start time at +10, which is written later; who claims a row sets its lease to 0 before it uses it.
 *
 * Memory is sequentially consistent here; frame_leases.pml checks the fences. Bounds: 2 readers, PUBLISH publications; claims, leases and
 * kills are not bounded. Left out: the sleeping byte, which is written and cleared with the lease; several rows; readers of one process.
 */

// MUTATIONS: MUT_CLEAR_WITHOUT_OWNING MUT_LIVENESS_BY_START_FIELD MUT_CLAIM_BY_STORE MUT_CLAIM_FIRST MUT_STALE_LEASE MUT_NEVER_CLEARED
// PROBES: PROBE_CLEARED PROBE_TAKEN_FROM_DEAD
// PAN: -DSAFETY -DCOLLAPSE -DNOFAIR | -m3000000 -w22

#ifndef PUBLISH
#define PUBLISH 4
#endif
#define READERS 2
#define PUBLISHER (READERS + 1)             /* ids: readers 1 and 2, then the publisher */
#define DEAD 9
#define SLOT(value) ((value) & 1)

byte claim = 0, start = 0, lease = 0;       /* the row; a process's id stands for its start time too */
byte newest = 0;                            /* count * 2 + slot */

byte seen[PUBLISHER + 1];                   /* the claim that a process found */
byte stopped = 0;
byte filling = 0;                           /* ghosts: slot + 1 */
byte using = 0, user = 0;
bit last = 0;

/* Claims of processes that have ended read as DEAD. */
#ifdef MUT_LIVENESS_BY_START_FIELD
#define IS_DEAD(c) ((c) == DEAD || ((c) != 0 && start != (c)))
#else
#define IS_DEAD(c) ((c) == DEAD)
#endif

#define ENDS(x) if :: x == id -> x = DEAD :: else fi;
#define KERNEL ENDS(claim) ENDS(start) ENDS(seen[1]) ENDS(seen[2]) ENDS(seen[3]) skip

/* A step, or the process is killed before it. */
#define STEP(x) if :: x :: atomic { !last -> goto dead } fi

proctype Reader(byte id)
{
    byte n;

idle:
    if
    :: atomic { true -> stopped++; goto end }
    :: true
    fi;
    /* 7.16: claim the row */
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

again:
    assert(lease == 0);                     /* a row holds only what its reader wants */
    assert(claim == id);
    if
    :: goto give_back
    :: atomic { n = newest }
    :: atomic { !last -> goto dead }
    fi;
    /* 6.3 */
    STEP(lease = SLOT(n) + 1);
    STEP(atomic { true ->
        if
        :: newest == n -> assert(filling != SLOT(n) + 1); using = SLOT(n) + 1; user = id
        :: else -> goto no_lease
        fi });
    /* 6.4 */
    STEP(atomic { true -> assert(claim == id && lease == SLOT(n) + 1); using = 0; user = 0 });
no_lease:
    STEP(atomic { true -> lease = 0; n = 0; goto again });

    /* 7.16: give the row back */
give_back:
#ifdef MUT_CLAIM_FIRST
    STEP(claim = 0);
    STEP(lease = 0);
#else
    STEP(lease = 0);
    STEP(claim = 0);
#endif
    goto idle;

dead:
    atomic { if :: user == id -> using = 0; user = 0 :: else fi; n = 0; seen[id] = 0; KERNEL; goto idle };
end:
    skip
}

active proctype Publisher()
{
    byte id = PUBLISHER, published = 0;
    bool held;

idle:
    if
    :: atomic { stopped == READERS && !last -> last = 1; goto clear }  /* clears and looks once more, undisturbed */
    :: atomic { !last && published < PUBLISH }
    :: atomic { !last -> goto clear }
    fi;
    if :: held -> goto look :: else fi;
    STEP(atomic { true -> filling = 2 - SLOT(newest); assert(using != filling) });
    STEP(atomic { true -> filling = 0; newest = newest + 3 - 2 * SLOT(newest); published++ });
look:                                       /* 5.5 */
    STEP(atomic { true -> held = (lease == 2 - SLOT(newest)) });
    if
    :: atomic { last -> assert(lease == 0); goto end }      /* a dead reader's lease does not stay */
    :: atomic { !last -> goto idle }
    fi;

clear:                                      /* 7.17 */
    STEP(atomic { true -> if :: claim == 0 -> goto cleared :: else fi });
#ifdef MUT_NEVER_CLEARED
    goto cleared;
#endif
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
    STEP(atomic { true -> lease = 0; start = 0; seen[id] = 0 });
#ifdef PROBE_CLEARED
    assert(false);
#endif
    STEP(claim = 0);
cleared:
    if :: last -> goto look :: else -> goto idle fi;

dead:                                       /* and a successor, with slots of its own */
    atomic { filling = 0; held = true; KERNEL; goto idle };
end:
    skip
}

init { atomic { run Reader(1); run Reader(2) } }
