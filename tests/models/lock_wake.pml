/*
 * lock_wake.pml - L7: a client that waits for the lock is woken when it is released; no wake-up is lost among WinMmf clients.
 *
 * Protocol: docs/protocol.md section 8.3 steps 3 to 7, 8.4, 8.7. Every step is one system call, one store or one compare-exchange.
 *
 * Clients take the lock for writing and give it back, ROUNDS times each; one that may not have it sleeps. The default is Windows: state
 * 1, a full fence, another look at the word, then the auto-reset event of the row, which remembers a signal; a client that releases sets those of
 * all rows in state 1. FUTEX is Linux: the kernel compares the word with the value that did not allow it, and a release wakes all.
 *
 * The slices of at most 100 ms never end here: a wake-up that only the slice would make good is an error (an invalid end state, in
 * which a client sleeps although no client has the lock). KILLS=1: a client is killed at any point, a rescuer frees the word and wakes
 * (8.5 step 7), and from then on slices end, because a client that was killed between exchange and wake wakes no other.
 *
 * Memory: each client's state, and the word that it gives back, go through store buffers; a fence waits until they are empty.
 * Left out: the recovery word (lock_recovery.pml), readers, turns (a client that waits for its turn sleeps by time), foreign clients (which
 * wake no other, so that sleeping is by time then).
 */

// MUTATIONS(1): MUT_NO_WAITER_FENCE MUT_NO_RELEASER_FENCE MUT_NO_SECOND_LOOK MUT_WAKE_BEFORE_WORD MUT_NO_WAKE MUT_STATE_AFTER_LOOK
// MUTATIONS(2): MUT_NO_WAKE MUT_WAKE_BEFORE_WORD MUT_NO_COMPARE MUT_NO_RELEASER_FENCE
// MUTATIONS(3): MUT_NO_SLICES
// PAN: -DSAFETY -DCOLLAPSE -DNOFAIR | -m3000000 -w22
// PAN: -DFUTEX -DSAFETY -DCOLLAPSE -DNOFAIR | -m3000000 -w22
// PAN: -DKILLS=1 -DROUNDS=1 -DSAFETY -DCOLLAPSE -DNOFAIR | -m3000000 -w22
// PAN: -DFUTEX -DKILLS=1 -DROUNDS=1 -DSAFETY -DCOLLAPSE -DNOFAIR | -m3000000 -w22

#ifndef CLIENTS
#define CLIENTS 3
#endif
#ifndef ROUNDS
#define ROUNDS 2
#endif
#ifndef KILLS
#define KILLS 0
#endif
#define NONE 255

bit word = 0;
byte state[CLIENTS];                        /* rows: 0, 1 waiting, 2 from intent to release */
byte state_buf[CLIENTS] = NONE;
bit asleep[CLIENTS];
bit signalled[CLIENTS];                     /* Windows: the event; Linux: taken off the queue */
byte releasing = 0;                         /* the client whose exchange back to 0 is not seen yet, + 1 */
byte holder = 0;                            /* ghost: client + 1 */
byte kills = 0;
bit left_over = 0;                          /* the word is a dead one's */

#define DRAIN(c) d_step { state_buf[c] != NONE -> state[c] = state_buf[c]; state_buf[c] = NONE }
active proctype Memory()
{
end:
    do
    :: DRAIN(0) :: DRAIN(1)
    :: d_step { releasing != 0 -> word = 0; releasing = 0 }
#if CLIENTS == 3
    :: DRAIN(2)
#endif
    od
}

#if KILLS
#define OR_KILLED :: atomic { kills < KILLS -> kills++; goto dead }
#else
#define OR_KILLED
#endif
#define STEP(x) if :: x OR_KILLED fi

/* 8.7: a client that releases wakes */
#ifdef FUTEX
#define WAKE_ALL signalled[0] = signalled[0] | asleep[0]; signalled[1] = signalled[1] | asleep[1]; WAKE_THIRD
#if CLIENTS == 3
#define WAKE_THIRD signalled[2] = signalled[2] | asleep[2]
#else
#define WAKE_THIRD
#endif
#define WAKE STEP(atomic { true -> WAKE_ALL });
#else
#define WAKE i = 0; do \
    :: atomic { i < CLIENTS -> if :: state[i] == 1 -> signalled[i] = 1 :: else fi; i++ } \
    :: atomic { i == CLIENTS -> i = 0; break } \
    OR_KILLED \
    od;
#endif

proctype Client(byte c)
{
    byte rounds = 0, i = 0;

take:
    if :: rounds == ROUNDS -> goto end :: else fi;
    /* 8.3 steps 4 to 7, in one row state: intent, exchange, held */
try:
    STEP(atomic { true -> state_buf[c] = 2 });
    STEP(atomic { state_buf[c] == NONE && releasing != c + 1 -> if :: word == 0 -> word = 1; holder = c + 1; goto hold :: else fi });
    /* 8.7: waiting */
#ifndef MUT_STATE_AFTER_LOOK
    STEP(atomic { true -> state_buf[c] = 1 });
#endif
#ifndef FUTEX
#if !defined MUT_NO_WAITER_FENCE && !defined MUT_STATE_AFTER_LOOK
    STEP(state_buf[c] == NONE);
#endif
#ifndef MUT_NO_SECOND_LOOK
    STEP(atomic { true -> if :: word == 0 -> goto try :: else fi });
#endif
#ifdef MUT_STATE_AFTER_LOOK
    STEP(atomic { true -> state_buf[c] = 1 });
#endif
    STEP(atomic { true -> asleep[c] = 1 });
#else
    /* the kernel compares and puts to sleep in one */
    STEP(atomic { state_buf[c] == NONE ->
#ifndef MUT_NO_COMPARE
        if :: word == 0 -> goto try :: else fi;
#endif
        signalled[c] = 0; asleep[c] = 1 });
#endif
    if
    :: atomic { signalled[c] -> signalled[c] = 0; asleep[c] = 0 }
#ifndef MUT_NO_SLICES
    :: atomic { kills > 0 -> asleep[c] = 0 }
#endif
    OR_KILLED
    fi;
    goto try;

hold:
#ifdef MUT_WAKE_BEFORE_WORD
    WAKE
#endif
    /* 8.4 */
    STEP(atomic { true -> releasing = c + 1; holder = 0; rounds++ });
    STEP(atomic { true -> state_buf[c] = 0 });
#ifndef MUT_NO_RELEASER_FENCE
    STEP(state_buf[c] == NONE && releasing != c + 1);
#endif
#if !defined MUT_NO_WAKE && !defined MUT_WAKE_BEFORE_WORD
    WAKE
#endif
    goto take;

#if KILLS
dead:
    atomic {
        if :: holder == c + 1 -> holder = 0; left_over = 1 :: else fi;
        if :: releasing == c + 1 -> releasing = 0; word = 0 :: else fi;
        state_buf[c] = NONE; state[c] = 0; asleep[c] = 0; signalled[c] = 0; i = 0
    };
#endif
end:
    skip
}

#if KILLS
/* 8.5 steps 5 and 7 */
active proctype Rescuer()
{
    byte i;
end:
    STEP(atomic { left_over -> left_over = 0; word = 0 });
    WAKE
dead:
    skip
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
