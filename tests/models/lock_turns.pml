/*
 * lock_turns.pml - L7: fairness. A client that has waited for some time is overtaken at most once by each of the others, for reading and for
 * writing; giving way never leads to a deadlock; and a waiter that is stopped or dead blocks no other client.
 *
 * Protocol: docs/protocol.md section 8.7, turns, with 8.3 steps 3 to 6; LockTurns. A client looks at the word, then at the rows, and gives way to
 * a living row in state 1 or 2 whose ticket is earlier (equal ones: whose row is), which is old enough, and whose mode is not compatible with
 * its own. Then it says intent and exchanges. Each of these is one step, and other clients may run between any two of them.
 *
 * Time is left open: a row becomes old at any moment, and a client that gave way looks again at any moment. Tickets are kept as an order: which
 * client claimed before which, or at the same time. That a client may give way for long enough and then does so no more (50 ms in which the other
 * one could have had the lock, 5 s in all) happens only with STOP, since a client that runs makes use of its turn in that time.
 * With STOP one client stops and never goes on, waiting or at intent; with KILLS one is killed there, and is not given way to.
 *
 * Overtaking is counted from the moment at which a row is old and its state is seen. Clients go on for ever; each attempt is for reading or writing.
 *
 * Left out: recovery (lock_recovery.pml), sleeping and waking (lock_wake.pml), foreign clients, which give way to no other, and the second after
 * which a stopped waiter is given way to again. A row is read in one step.
 */

// MUTATIONS(1): MUT_NO_TURNS MUT_INTENT_IGNORED MUT_LATER_TOO MUT_TIES_TO_EACH_OTHER
// MUTATIONS(2): MUT_NO_PATIENCE
// MUTATIONS(3): MUT_DEAD_HONOURED
// PROBES(1): PROBE_OVERTAKEN PROBE_GAVE_WAY PROBE_READERS_TOGETHER
// PAN: -DSAFETY -DCOLLAPSE -DNOFAIR | -m3000000 -w24
// PAN: -DSTOP -DSAFETY -DCOLLAPSE -DNOFAIR | -m3000000 -w24
// PAN: -DKILLS -DSAFETY -DCOLLAPSE -DNOFAIR | -m3000000 -w24

#ifndef CLIENTS
#define CLIENTS 3
#endif
#define BOUND (CLIENTS - 1)

byte readers = 0;                           /* the word */
bit writer = 0;
byte state[CLIENTS];                        /* 0 free, 1 waiting, 2 intent, 3 held; 4 for the model: dead in state 1 or 2 */
bit writes[CLIENTS];
bit old[CLIENTS];
byte rank[CLIENTS];                         /* tickets in their order, from 1; 0 without one. Equal tickets have equal ranks */
bit ignored[CLIENTS * CLIENTS];             /* [i * CLIENTS + j]: i gives way to the ticket of j no more */
byte overtaken[CLIENTS];
bit gone = 0;                               /* a client was stopped or killed */

#define ALLOWS(c) (!writer && (!writes[c] || readers == 0))
#define CLASH(i,j) (writes[i] || writes[j])
#ifdef MUT_INTENT_IGNORED
#define WANTS(j) (state[j] == 1)
#else
#define WANTS(j) (state[j] == 1 || state[j] == 2)
#endif
#ifdef MUT_DEAD_HONOURED
#define COUNTS(j) (WANTS(j) || state[j] == 4)
#else
#define COUNTS(j) WANTS(j)
#endif
#if defined MUT_LATER_TOO
#define BEFORE(j,i) true
#elif defined MUT_TIES_TO_EACH_OTHER
#define BEFORE(j,i) (rank[j] <= rank[i])
#else
#define BEFORE(j,i) (rank[j] < rank[i] || (rank[j] == rank[i] && (j) < (i)))
#endif
#define YIELDS(i,j) ((i) != (j) && COUNTS(j) && CLASH(i, j) && BEFORE(j, i) && old[j] && !ignored[(i) * CLIENTS + (j)])
#if CLIENTS == 3
#define RANK2 rank[2]
#define GIVES_WAY(i) (YIELDS(i, 0) || YIELDS(i, 1) || YIELDS(i, 2))
#else
#define RANK2 0
#define GIVES_WAY(i) (YIELDS(i, 0) || YIELDS(i, 1))
#endif

/* A new ticket: later than all others', or as late as the latest of them if that one is not old yet. */
inline claim(c)
{
    rank[c] = 0; j = 0; m = 0; may_tie = 1;
    do
    :: j < CLIENTS ->
        ignored[c * CLIENTS + j] = 0; ignored[j * CLIENTS + c] = 0;
        if
        :: rank[j] > m -> m = rank[j]; may_tie = !old[j]
        :: rank[j] == m && old[j] -> may_tie = 0
        :: else
        fi;
        j++
    :: else -> break
    od;
    if
    :: rank[c] = m + 1
    :: m > 0 && may_tie -> rank[c] = m
    fi;
    /* only the order counts: ranks without a gap */
    m = 1;
    do
    :: m < CLIENTS ->
        if
        :: rank[0] != m && rank[1] != m && RANK2 != m ->
            j = 0;
            do
            :: j < CLIENTS -> if :: rank[j] > m -> rank[j]-- :: else fi; j++
            :: else -> break
            od;
            if :: rank[0] <= m && rank[1] <= m && RANK2 <= m -> m = CLIENTS :: else fi
        :: else -> m++
        fi
    :: else -> break
    od;
    j = 0; m = 0; may_tie = 0
}

inline take(c)
{
    j = 0;
    do
    :: j < CLIENTS ->
        if
        :: j != c && (state[j] == 1 || state[j] == 2) && old[j] && rank[j] < rank[c] && CLASH(c, j) && !gone ->
            overtaken[j]++;
#ifdef PROBE_OVERTAKEN
            assert(overtaken[j] < BOUND);
#endif
            assert(overtaken[j] <= BOUND)
        :: else
        fi;
        j++
    :: else -> break
    od;
    j = 0;
    if :: writes[c] -> writer = 1 :: else -> readers++ fi;
#ifdef PROBE_READERS_TOGETHER
    assert(readers < CLIENTS);
#endif
    assert(!writer || readers == 0)
}

#ifdef STOP
#define OR_GONE :: atomic { !gone -> gone = 1; goto stopped }
#elif defined KILLS
#define OR_GONE :: atomic { !gone -> gone = 1; state[c] = 4; goto stopped }
#else
#define OR_GONE
#endif

proctype Client(byte c)
{
    byte j, m;
    bit may_tie;

idle:
    atomic { if :: writes[c] = 0 :: writes[c] = 1 fi; claim(c); old[c] = 0; overtaken[c] = 0; state[c] = 1 };
look:
    /* 8.3 step 3: the word, ... */
    if
    :: ALLOWS(c)
    OR_GONE
    fi;
    /* ... then the rows */
#ifndef MUT_NO_TURNS
    if
    :: !GIVES_WAY(c)
    :: atomic { GIVES_WAY(c) ->
#ifdef PROBE_GAVE_WAY
        assert(false);
#endif
        state[c] = 1; goto pause }
    OR_GONE
    fi;
#endif
    /* steps 4 and 6 */
    state[c] = 2;
    if
    :: atomic { ALLOWS(c) -> take(c); state[c] = 3; old[c] = 0; overtaken[c] = 0 }
    :: atomic { !ALLOWS(c) -> state[c] = 1; goto look }
    OR_GONE
    fi;
    /* 8.4 */
    atomic { true -> if :: writes[c] -> writer = 0 :: else -> readers-- fi; state[c] = 0; rank[c] = 0 };
    goto idle;

pause:
    if
    :: !GIVES_WAY(c) -> goto look
#if defined STOP && !defined MUT_NO_PATIENCE
    :: atomic { gone ->                     /* given way to for long enough */
        j = 0;
        do
        :: j < CLIENTS -> if :: YIELDS(c, j) -> ignored[c * CLIENTS + j] = 1 :: else fi; j++
        :: else -> break
        od;
        j = 0; goto look }
#endif
    OR_GONE
    fi;
stopped:
end:
    false
}

active proctype Clock()
{
end:
    do
    :: atomic { !old[0] && (state[0] == 1 || state[0] == 2 || state[0] == 4) -> old[0] = 1 }
    :: atomic { !old[1] && (state[1] == 1 || state[1] == 2 || state[1] == 4) -> old[1] = 1 }
#if CLIENTS == 3
    :: atomic { !old[2] && (state[2] == 1 || state[2] == 2 || state[2] == 4) -> old[2] = 1 }
#endif
    od
}

init
{
    atomic {
        run Client(0); run Client(1);
#if CLIENTS == 3
        run Client(2)
#endif
    }
}
