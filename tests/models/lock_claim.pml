/*
 * lock_claim.pml - L2, L4: a row is claimed by one client only, a dead row that may have a part of the word never looks alive, a dead
 * waiter is not shown as a living one, and what a killed client leaves keeps no other client from a free row.
 *
 * Protocol: docs/protocol.md section 8.2, claiming on Linux: the guard (byte 128 + row), the row's byte, its fields; LinuxLockTable.TryTake and
 * Give. One row. Every step is one system call; other processes may run between any two of them. A lock belongs to an open file description,
 * does not conflict with that description itself, and ends with its process. Clients claim the row, wait, take the word, give it back, give the row back,
 * or are killed before any step and come back as a new process. The word itself, and who has which part of it, is lock_recovery.pml's, which
 * leaves the guard out (that only adds behaviours to it).
 *
 * The rescuer frees the row when it is dead in states 2-4 (8.5 steps 4 and 6); the judge looks at it as LockCount does: snapshot, byte,
 * row again, second snapshot, and for a waiter whether its process is gone. At the end, when all have stopped, a last rescue and a last
 * client run undisturbed, and the client must get the row.
 *
 * SHARED: clients 0 and 1 are two threads of one process with one description; a mutex and a note of what is taken keep them
 * apart, since the kernel does not. Without kills, and without the judge (NO_JUDGE).
 *
 * Bounds: CLIENTS clients, CLAIMS claims, KILLS kills; looks are not bounded. Reading and writing a row is one step each, but for claim and state.
 */

// MUTATIONS(1): MUT_NO_GUARD MUT_LOOK_BEFORE_GUARD MUT_NO_LOOK_AT_STATE MUT_NO_LOOK_AT_BYTE MUT_STATE_BEFORE_BYTE MUT_GUARD_EARLY
// MUTATIONS(1): MUT_GUARD_KEPT MUT_STATE_BEFORE_CLAIM MUT_NO_PROCESS_LOOK MUT_ONE_READING
// MUTATIONS(3): MUT_NO_GATE MUT_NO_NOTE
// PROBES(1): PROBE_DEAD_HOLDER PROBE_DEAD_WAITER_TAKEN PROBE_REFUSED
// PAN: -DKILLS=1 -DSAFETY -DCOLLAPSE -DNOFAIR | -m3000000 -w24
// PAN: -DKILLS=2 -DCLAIMS=2 -DSAFETY -DCOLLAPSE -DNOFAIR | -m3000000 -w24
// PAN: -DSHARED -DCLIENTS=3 -DKILLS=0 -DNO_JUDGE -DSAFETY -DCOLLAPSE -DNOFAIR | -m3000000 -w24

#ifndef CLIENTS
#define CLIENTS 2
#endif
#ifndef CLAIMS
#define CLAIMS 3
#endif
#ifndef KILLS
#define KILLS 2
#endif
#define LIFE(c) (((lives[c]) << 2) | ((c) + 1))     /* a claim: which client, in which life */
#define GONE(claim) (lives[((claim) & 3) - 1] != ((claim) >> 2))

byte guard = 0, lock = 0;                   /* which description has them: numbers + 1 */
byte state = 0, claim = 0, ticket = 0;      /* the row */
byte lives[CLIENTS];
byte holder = 0;                            /* ghost: the living client that has filled the row, + 1 */
byte claims = 0, kills = 0, stopped = 0;
bit last = 0;                               /* the last rescue, undisturbed ... */
bit last_client = 0;                        /* ... and the last client */

#ifdef SHARED
#define DESCRIPTION (c == 2 -> 2 : 1)
#define MAY_DIE (c == 2)
byte gate = 0;
bit taken = 0;
#define ENTER if :: c != 2 -> atomic { gate == 0 -> gate = c + 1 } :: else fi;
#define LEAVE if :: atomic { c != 2 && gate == c + 1 -> gate = 0 } :: else fi;
#define TAKEN (c != 2 && taken)
#define NOTE(v) if :: c != 2 -> taken = v :: else fi
#else
#define DESCRIPTION (c + 1)
#define MAY_DIE true
#define ENTER
#define LEAVE
#define TAKEN false
#define NOTE(v)
#endif
#ifdef MUT_NO_GATE
#undef ENTER
#undef LEAVE
#define ENTER
#define LEAVE
#endif
#ifdef MUT_NO_NOTE
#undef TAKEN
#define TAKEN false
#endif

#define KILLED atomic { !last && MAY_DIE && kills < KILLS -> kills++; goto dead }
#define STEP(x) if :: x :: KILLED fi
#define FREE_FOR_US(x) (x == 0 || x == DESCRIPTION)

#ifdef MUT_NO_GUARD
#define TAKE_GUARD
#define GIVE_GUARD
#else
#define TAKE_GUARD STEP(atomic { true -> if :: FREE_FOR_US(guard) -> guard = DESCRIPTION :: else -> goto refused fi });
#define GIVE_GUARD STEP(atomic { true -> if :: guard == DESCRIPTION -> guard = 0 :: else fi });
#endif

#ifdef MUT_NO_LOOK_AT_BYTE
#define LOOK_AT_BYTE
#else
#define LOOK_AT_BYTE STEP(atomic { true -> if :: FREE_FOR_US(lock) :: else -> goto unguard fi });
#endif
#ifdef MUT_NO_LOOK_AT_STATE
#define LOOK_AT_STATE
#else
#define LOOK_AT_STATE STEP(atomic { true -> if :: state <= 1 :: else -> goto unguard fi });
#endif
#ifdef MUT_STATE_BEFORE_BYTE
#define LOOK LOOK_AT_STATE LOOK_AT_BYTE
#else
#define LOOK LOOK_AT_BYTE LOOK_AT_STATE
#endif

proctype Client(byte c)
{
    bit mine;

idle:
    if
    :: atomic { !last && claims < CLAIMS -> claims++ }
    :: atomic { !last -> stopped++; goto end }
    fi;
attempt:
    ENTER
    if :: TAKEN -> goto refused :: else fi;
#ifdef MUT_LOOK_BEFORE_GUARD
    LOOK
    TAKE_GUARD
#else
    TAKE_GUARD
    LOOK
#endif
#ifdef MUT_GUARD_EARLY
    GIVE_GUARD
#endif
    STEP(atomic { true ->
        if
        :: FREE_FOR_US(lock) ->
#ifdef PROBE_DEAD_WAITER_TAKEN
            assert(!(state == 1 && GONE(claim)));
#endif
            lock = DESCRIPTION; mine = 1; NOTE(1)
        :: else
        fi });
unguard:
#ifdef MUT_GUARD_KEPT
    if :: mine -> GIVE_GUARD :: else fi;
#else
    GIVE_GUARD
#endif
refused:
    LEAVE
    if
    :: atomic { !mine ->
#ifdef PROBE_REFUSED
        assert(false);
#endif
        assert(!last_client);               /* undisturbed, it gets the row */
        goto idle }
    :: mine
    fi;

    /* the fields with state 0, then the claim */
    STEP(atomic { true ->
        assert(holder == 0);                /* no other client has the row */
        holder = c + 1; ticket++; state = 0 });
    STEP(claim = LIFE(c));
    /* 8.3: waiting, perhaps; intent; held; 8.4: releasing; each is written by one byte */
    STEP(atomic { true -> state = 1 });
    STEP(atomic { true -> if :: state = 2 :: goto give fi });
    STEP(atomic { true -> state = 3 });
    STEP(atomic { true -> state = 4 });
give:
    /* the row still has its own claim */
    STEP(atomic { true -> assert(claim == LIFE(c) && holder == c + 1); state = 0 });
    STEP(atomic { true -> claim = 0; holder = 0 });
    ENTER
    STEP(atomic { true -> if :: lock == DESCRIPTION -> lock = 0 :: else fi; NOTE(0); mine = 0 });
    LEAVE
    if :: last_client -> goto done :: else -> goto idle fi;

dead:
    /* the kernel gives its locks back */
    atomic {
        if :: guard == DESCRIPTION -> guard = 0 :: else fi;
        if :: lock == DESCRIPTION -> lock = 0 :: else fi;
        if :: holder == c + 1 -> holder = 0 :: else fi;
#ifdef PROBE_DEAD_HOLDER
        assert(state != 3);
#endif
        lives[c]++; mine = 0; goto idle };
end:
    atomic { last_client && c == CLIENTS - 1 -> goto attempt };
done:
    skip
}

/* It has byte 64: there is one. Killed, it is the next one that begins. */
active proctype Rescuer()
{
    byte a, t;

begin:
    a = 0; t = 0;
    if
    :: atomic { state >= 2 -> a = state; t = ticket }
    :: atomic { stopped == CLIENTS && !last -> last = 1; if :: state >= 2 -> a = state; t = ticket :: else -> goto end fi }
    fi;
    if
    :: lock != 0 -> assert(!last); goto begin
    :: lock == 0
    fi;
#ifndef MUT_ONE_READING
    if
    :: atomic { state != a || ticket != t -> assert(!last); goto begin }
    :: state == a && ticket == t
    fi;
#endif
    assert(holder == 0);                    /* what is called dead is dead */
    state = 4;
    if :: true :: !last -> goto begin fi;
#ifdef MUT_STATE_BEFORE_CLAIM
    state = 0;
    claim = 0;
#else
    claim = 0;
    if :: true :: !last -> goto begin fi;
    state = 0;
#endif
    if :: last -> goto end :: else -> goto begin fi;
end:
    last_client = 1
}

#ifndef NO_JUDGE
active proctype Judge()
{
    byte a, t, l;
    bit alive, gone, free;

end:
    do
    :: atomic { !last && state != 0 -> a = state; t = ticket; l = claim };
        atomic { free = (lock == 0);
            alive = (holder != 0);
            if :: l != 0 -> gone = GONE(l) :: else fi };
        /* a free byte: dead if the row is as it was */
        if
        :: atomic { free && state == a && ticket == t && claim == l -> assert(!alive) }
        :: atomic { free && !(state == a && ticket == t && claim == l) }
        :: !free
        fi;
        /* a locked one: a living client has what the row says, if the row is still the same at the second snapshot */
        if
        :: atomic { !free && a >= 2 && state == a && ticket == t && claim == l -> assert(alive) }
        :: atomic { !free && a == 1 && ticket == t && claim == l ->
#ifndef MUT_NO_PROCESS_LOOK
            if :: l == 0 || GONE(l) :: else -> assert(l == 0 || !gone) fi
#else
            assert(l == 0 || !gone)
#endif
            }
        :: else
        fi;
        atomic { a = 0; t = 0; l = 0; alive = 0; gone = 0; free = 0 }
    od
}
#endif

init
{
    atomic {
        run Client(0); run Client(1);
#if CLIENTS == 3
        run Client(2)
#endif
    }
}
