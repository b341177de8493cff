/*
 * lock_recovery.pml - L6: no living client loses the lock, and what dead owners leave is freed, whichever process dies at which step.
 *
 * Protocol: docs/protocol.md section 8: the word (8.1), rows (8.2), acquire (8.3), release (8.4), recovery (8.5), suspect content
 * (8.6). Every step is one system call, one store or one compare-exchange; other processes may run between any two of them.
 *
 * Clients claim any free row, take the lock for reading or writing, give it back, give up waiting, and end a dead rescuer's recovery;
 * rescuers recover, sweep, or give up. Each may be killed before any step and comes back as a new process. FOREIGN=1: a program
 * that knows the word only takes it and gives it back, and may die with it; with INCLUDE_FOREIGN its part is removed once it is dead, otherwise
 * never. The default is Linux, where the lock of a byte is the proof of life; WINDOWS: rows and recovery word are claimed by compare-exchange
 * (DEAD stands for the claims of all dead processes, so that an exchange succeeds at least as often as it would). "Dead" is exact here.
 *
 * The end: when all have stopped, a last recovery is made undisturbed, and afterwards no part of a dead client is left; or, where none was
 * left before, a last client just takes the lock, and may not block.
 *
 * Ghosts count whose parts the word consists of; each exchange is checked against them (PARTS), so that two owners, a living owner whose part
 * was removed, and a foreign one who was harmed are all found. A count that cannot be decided though no row was lost is an error too;
 * HARM_ONLY leaves that out, to see that a mutation does real harm.
 *
 * Memory. Clients' states, the rescuer's marks and, on Linux, the recovery word go through store buffers with one entry a location that
 * drain in any order; a fence waits until the own one is empty. The compare-exchange of the word is no fence here. Locking and unlocking
 * bytes, and compare-exchanges of claims, are. A killed process's stores are seen before it is seen dead. SC leaves the buffers out.
 *
 * Bounds: 2 clients, CLAIMS claims of rows in all, KILLS kills of clients and rescuers; recoveries are not bounded. ATOMIC_READING makes each of a
 * rescuer's two readings of the rows one step. Left out: tickets, turns and waking (8.7), owners of one process, rows that lie or tear.
 */

// MUTATIONS(1): MUT_NO_LOOK_AT_RECOVERY MUT_NO_MARK MUT_WORD_BEFORE_INTENT+HARM_ONLY
// MUTATIONS(1): MUT_HELD_BEFORE_WORD MUT_FREE_BEFORE_WORD+HARM_ONLY MUT_ONE_READING MUT_INTENTS_IGNORED+HARM_ONLY
// MUTATIONS(1): MUT_RELEASING_IGNORED+HARM_ONLY MUT_NO_SECOND_LOOK MUT_NO_END_OF_DEAD_RECOVERY MUT_WAITING_ROWS_FREED
// MUTATIONS(1): MUT_JUDGED_AGAIN MUT_NO_SUSPECT MUT_SUSPECT_AFTER MUT_TRUSTED_UNWRITTEN
// MUTATIONS(2): MUT_NO_SECOND_LOOK MUT_STATE_BEFORE_CLAIM MUT_WAITING_ROWS_FREED
// MUTATIONS(3): MUT_NO_ACQUIRE_FENCE MUT_NO_ACQUIRE_FENCE+HARM_ONLY MUT_NO_RESCUER_FENCE MUT_NO_RELEASE_FENCE
// MUTATIONS(4): MUT_BARE_EXCHANGE+HARM_ONLY
// MUTATIONS(5): MUT_FOREIGN_TAKEN
// PAN: -DSC -DSAFETY -DCOLLAPSE -DNOFAIR | -m3000000 -w24
// PAN: -DWINDOWS -DSC -DSAFETY -DCOLLAPSE -DNOFAIR | -m3000000 -w24
// PAN: -DKILLS=1 -DSAFETY -DCOLLAPSE -DNOFAIR | -m3000000 -w24
// PAN: -DRESCUERS=2 -DREADS_ONLY -DATOMIC_READING -DSC -DKILLS=1 -DSAFETY -DCOLLAPSE -DNOFAIR | -m3000000 -w24
// PAN: -DFOREIGN=1 -DATOMIC_READING -DSC -DKILLS=1 -DSAFETY -DCOLLAPSE -DNOFAIR | -m3000000 -w24
// PAN: -DFOREIGN=1 -DINCLUDE_FOREIGN -DREADS_ONLY -DATOMIC_READING -DSC -DKILLS=1 -DSAFETY -DCOLLAPSE -DNOFAIR | -m3000000 -w24

#ifndef ROWS
#define ROWS 2
#endif
#ifndef RESCUERS
#define RESCUERS 1
#endif
#ifndef FOREIGN
#define FOREIGN 0
#endif
#ifndef CLAIMS
#define CLAIMS 2
#endif
#ifndef KILLS
#define KILLS 2
#endif
#define CLIENTS 2
#define RESCUER0 CLIENTS                    /* processes: clients, then rescuers; ids are numbers + 1 */
#define PROCS (CLIENTS + RESCUERS)
#define NONE 255
#define DEAD 9

#define READER 9                            /* the word: readers in bits 0-2, marks in 3-4, a writer's mark and bit in 5 and 6 */
#define WRITER 96
#define FOREIGN_READER 1
#define FOREIGN_WRITER 64
#define READERS(w) ((w) & 7)
#define MARKS(w) (((w) >> 3) & 3)
#define ALLOWS(w,m) (((w) & 64) == 0 && (!(m) || READERS(w) == 0))

byte word = 0;
bit suspect = 0;
byte state[ROWS];                           /* 0 free, 1 waiting, 2 intent, 3 held, 4 releasing */
bit writes[ROWS];                           /* mode */
byte owner[ROWS];                           /* Linux: who has the row's byte locked. Windows: claim */
byte recovery = 0;                          /* recovery word */
byte recovery_owner = 0;                    /* Linux: who has byte 64 locked */

byte seen[CLIENTS];                         /* Windows: the claim that a client found in the row that it is taking */

byte hold[CLIENTS];                         /* ghosts: 1 reads, 2 writes */
byte foreign_hold = 0;
byte dead_readers = 0, dead_foreign_readers = 0;
bit dead_writer = 0, dead_foreign_writer = 0;
bit foreign_gone = 0;
bit torn = 0;                               /* a writer began, and neither it nor a later one has finished */
byte claims = 0, kills = 0;
byte stopped = 0;
bit last = 0;                               /* the last operation, undisturbed, ... */
bit last_client = 0;                        /* ... and it is a client that takes the lock */

#ifdef WINDOWS
#define TAKEN(r) (owner[r] != 0 && owner[r] != DEAD)
#define RESCUER_DEAD (recovery == DEAD)
#define RECOVERY_OWNER recovery
#else
#define TAKEN(r) (owner[r] != 0)
#define RESCUER_DEAD (recovery_owner == 0)
#define RECOVERY_OWNER recovery_owner
#endif

#define HOLDERS(h) ((hold[0] == h) + (hold[1] == h))
#define PARTS \
    d_step { \
        assert(MARKS(word) == HOLDERS(1) + dead_readers); \
        assert(READERS(word) == MARKS(word) + (foreign_hold == 1) + dead_foreign_readers); \
        assert(((word & WRITER) == WRITER) == (HOLDERS(2) + dead_writer > 0)); \
        assert(((word & 64) != 0) == (HOLDERS(2) + dead_writer + (foreign_hold == 2) + dead_foreign_writer > 0)); \
        assert(HOLDERS(2) + dead_writer + (foreign_hold == 2) + dead_foreign_writer <= 1); \
        assert((word & 64) == 0 || READERS(word) == 0) \
    }

#ifdef SC
#define STORE_STATE(v)  state[r] = (v)
#define STORE_MARK(i,v) state[i] = (v)
#define STORE_RECOVERY(v) recovery = (v)
#define FENCED true
#define RESCUER_FENCED true
#define FENCE
#define RESCUER_FENCE
#define FLUSH(c)
#define RESCUER_FLUSH
#else
byte state_buf[CLIENTS] = NONE;             /* for the client's own row */
byte row_of[CLIENTS];
byte mark_buf[ROWS] = NONE;
byte recovery_buf = NONE;
#define STORE_STATE(v)  d_step { state_buf[c] = (v); row_of[c] = r }
#define STORE_MARK(i,v) mark_buf[i] = (v)
#define STORE_RECOVERY(v) recovery_buf = (v)
#define FENCE STEP(FENCED);
#define RESCUER_FENCE STEP(RESCUER_FENCED);
#define FENCED (state_buf[c] == NONE)
#if ROWS == 3
#define RESCUER_FENCED (recovery_buf == NONE && mark_buf[0] == NONE && mark_buf[1] == NONE && mark_buf[2] == NONE)
#else
#define RESCUER_FENCED (recovery_buf == NONE && mark_buf[0] == NONE && mark_buf[1] == NONE)
#endif
#define DRAIN_STATE(c) d_step { state_buf[c] != NONE -> state[row_of[c]] = state_buf[c]; state_buf[c] = NONE; row_of[c] = 0 }
#define DRAIN_MARK(i) d_step { mark_buf[i] != NONE -> state[i] = mark_buf[i]; mark_buf[i] = NONE }
#define DRAIN_RECOVERY d_step { recovery_buf != NONE -> recovery = recovery_buf; recovery_buf = NONE }
#define FLUSH(c) if :: state_buf[c] != NONE -> state[row_of[c]] = state_buf[c]; state_buf[c] = NONE; row_of[c] = 0 :: else fi;
#define FLUSH_MARK(i) if :: mark_buf[i] != NONE -> state[i] = mark_buf[i]; mark_buf[i] = NONE :: else fi;
#if ROWS == 3
#define FLUSH_MARKS FLUSH_MARK(0) FLUSH_MARK(1) FLUSH_MARK(2)
#else
#define FLUSH_MARKS FLUSH_MARK(0) FLUSH_MARK(1)
#endif
#define RESCUER_FLUSH FLUSH_MARKS if :: recovery_buf != NONE -> recovery = recovery_buf; recovery_buf = NONE :: else fi;

active proctype Memory()
{
end:
    do
    :: DRAIN_STATE(0) :: DRAIN_STATE(1)
    :: DRAIN_MARK(0) :: DRAIN_MARK(1)
#if ROWS == 3
    :: DRAIN_MARK(2)
#endif
    :: DRAIN_RECOVERY
    od
}
#endif

/* The kernel, when process id ends: Linux gives its locks back, on Windows its claims are a dead process's from now on. */
#ifdef WINDOWS
#define ENDS(x) if :: x == id -> x = DEAD :: else fi;
#else
#define ENDS(x) if :: x == id -> x = 0 :: else fi;
#endif
#if ROWS == 3
#define END_ROWS ENDS(owner[0]) ENDS(owner[1]) ENDS(owner[2])
#else
#define END_ROWS ENDS(owner[0]) ENDS(owner[1])
#endif
#ifdef WINDOWS
#define KERNEL END_ROWS ENDS(recovery) ENDS(seen[0]) ENDS(seen[1])
#else
#define KERNEL END_ROWS ENDS(recovery_owner)
#endif

/* A step, or the process is killed before it. */
#define KILLED atomic { !last && kills < KILLS -> kills++; goto dead }
#define STEP(x) if :: x :: KILLED fi

#ifdef READS_ONLY
#define MODE m = 0
#else
#define MODE if :: m = 0 :: m = 1 fi
#endif
#ifdef MUT_TRUSTED_UNWRITTEN
#define FINISHED if :: m -> suspect = 0 :: else fi; if :: wrote -> torn = 0; wrote = 0 :: else fi
#else
#define FINISHED if :: wrote -> torn = 0; suspect = 0; wrote = 0 :: else fi
#endif
#define MAY_CLAIM(i) (state[i] <= 1 && !TAKEN(i) && (claims < CLAIMS || last))

proctype Client(byte c)
{
    byte id = c + 1;
    byte r;
    bit m;
    bit wrote;

idle:
    if
    :: atomic { !last -> stopped++; goto end }
    /* 8.2: a free row */
    :: atomic { MAY_CLAIM(0) -> claims = claims + !last; r = 0; seen[c] = owner[0]; MODE }
    :: atomic { MAY_CLAIM(1) -> claims = claims + !last; r = 1; seen[c] = owner[1]; MODE }
#if ROWS == 3
    :: atomic { MAY_CLAIM(2) -> claims = claims + !last; r = 2; seen[c] = owner[2]; MODE }
#endif
    fi;
    /* 8.2: claim it */
    STEP(atomic { true ->
        if
        :: owner[r] == seen[c] -> owner[r] = id
        :: else -> r = 0; m = 0; seen[c] = 0; goto idle
        fi });
    /* 8.2: look at the state again */
    STEP(atomic { true ->
#ifndef MUT_NO_SECOND_LOOK
        if
        :: state[r] >= 2 -> owner[r] = seen[c]; seen[c] = 0; r = 0; m = 0; goto idle
        :: else
        fi;
#endif
        seen[c] = 0; writes[r] = m; STORE_STATE(0); goto intent });

wait:
    /* 8.3 steps 2 and 3: wait, end a dead rescuer's recovery, or give up */
    if
    :: recovery == 0 && ALLOWS(word, m)
#ifndef MUT_NO_END_OF_DEAD_RECOVERY
    :: atomic { recovery != 0 && RESCUER_DEAD -> RECOVERY_OWNER = id };
        STEP(atomic { true -> recovery = 0; RECOVERY_OWNER = 0 });
        goto wait
#endif
    :: atomic { !last -> goto give_row }
    :: KILLED
    fi;
intent:
    /* 8.3 step 4. Steps 2 and 3 are left out on the way to it: that only makes an attempt where none would be made. */
#ifndef MUT_WORD_BEFORE_INTENT
    STEP(atomic { true -> STORE_STATE(2) });
#ifndef MUT_NO_ACQUIRE_FENCE
    FENCE
#endif
#endif
    /* 8.3 step 5 */
#ifndef MUT_NO_LOOK_AT_RECOVERY
    STEP(atomic { true -> if :: recovery != 0 -> STORE_STATE(1); goto wait :: else fi });
#endif
#ifdef MUT_HELD_BEFORE_WORD
    STEP(atomic { true -> STORE_STATE(3) });
#endif
    /* 8.3 step 6 */
    STEP(atomic { true ->
        if
        :: ALLOWS(word, m) ->
            word = (m -> word | WRITER : word + READER); hold[c] = m + 1;
            PARTS;
            assert(!torn || suspect)        /* the next owner is told of content that is half written */
        :: else -> STORE_STATE(1); goto wait
        fi });
    /* 8.3 step 7; a writer begins to write, or only has the lock */
    STEP(atomic { true -> STORE_STATE(3); if :: m -> torn = 1; wrote = 1 :: true fi });

    /* 8.4 step 1; a writer that has written has finished */
#ifdef MUT_FREE_BEFORE_WORD
    STEP(atomic { true -> STORE_STATE(0); FINISHED });
#else
    STEP(atomic { true -> STORE_STATE(4); FINISHED });
#ifndef MUT_NO_RELEASE_FENCE
    FENCE
#endif
#endif
    /* 8.4 step 2 */
    STEP(atomic { true -> word = (m -> word & ~WRITER : word - READER); hold[c] = 0; PARTS });
    /* 8.4 step 3 */
give_row:
    STEP(atomic { true -> STORE_STATE(0) });
    STEP(atomic { FENCED -> owner[r] = 0; r = 0; m = 0; if :: last -> goto done :: else -> goto idle fi });

dead:
    atomic {
        FLUSH(c)
        if
        :: hold[c] == 1 -> dead_readers++
        :: hold[c] == 2 -> dead_writer = 1
        :: else
        fi;
        hold[c] = 0; seen[c] = 0; r = 0; m = 0; wrote = 0;
        KERNEL
        goto idle
    };
end:
    atomic { last_client && c == 0 -> last_client = 0; goto idle };
done:
    skip
}

#define READ_ROW(i) \
    a[i] = state[i]; \
    if \
    :: a[i] >= 2 && !TAKEN(i) -> d[i] = 1; lost = lost + !writes[i]; dead_row_writes = dead_row_writes | writes[i] \
    :: a[i] == 3 && TAKEN(i) -> living = living + !writes[i]; living_writer = living_writer | writes[i] \
    :: else \
    fi; \
    i++
#ifdef MUT_ONE_READING
#define DIFFERS(i) false
#else
#define DIFFERS(i) ((a[i] >= 2 || state[i] >= 2) && state[i] != a[i])
#endif
#if defined MUT_INTENTS_IGNORED
#define MOVING(i) (a[i] == 4 && !d[i])
#elif defined MUT_RELEASING_IGNORED
#define MOVING(i) (a[i] == 2 && !d[i])
#else
#define MOVING(i) ((a[i] == 2 || a[i] == 4) && !d[i])
#endif
#define READ_ROW_AGAIN(i) \
    if :: DIFFERS(i) || MOVING(i) -> assert(!last); goto again :: else fi; \
    a[i] = 0; i++

#ifdef INCLUDE_FOREIGN
#define FORGET included = 0;
#else
#define FORGET
#endif
#define DECIDABLE (marks >= living && marks <= living + lost \
    && (!living_writer || (w & WRITER) == WRITER) && ((w & WRITER) != WRITER || living_writer || dead_row_writes))

proctype Rescuer(byte p)
{
    byte id = p + 1;
    byte i, w, new, marks, living, lost;
    byte a[ROWS];                           /* states as they were counted */
    bit d[ROWS];                            /* a dead row in state 2-4 */
    bit living_writer, dead_row_writes;
#ifdef INCLUDE_FOREIGN
    bit included;
#endif

idle:
    if
    :: atomic { p != RESCUER0 -> stopped++; goto end }
    :: atomic { p == RESCUER0 && stopped == PROCS - 1 + FOREIGN -> last = 1;
        if
        :: true
        :: (dead_readers + dead_writer + dead_foreign_readers + dead_foreign_writer == 0
            && (state[0] <= 1 || state[1] <= 1)) -> last_client = 1; goto end
        fi }
    :: true
    fi;
    /* 8.5 step 1 */
#ifndef MUT_BARE_EXCHANGE
    atomic { RECOVERY_OWNER == 0 || RECOVERY_OWNER == DEAD -> RECOVERY_OWNER = id; STORE_RECOVERY(id) };
#ifndef MUT_NO_RESCUER_FENCE
    RESCUER_FENCE
#endif
#endif

    /* 8.5 step 2 is left out: step 3 begins anew as long as a living row is in state 2, so it waits for the same. */
count:
    /* 8.5 step 3: all rows, ... */
#ifdef ATOMIC_READING
    atomic { true; do :: i < ROWS -> READ_ROW(i) :: else -> i = 0; break od };
#else
    do
    :: atomic { i < ROWS -> READ_ROW(i) }
    :: atomic { i == ROWS -> i = 0; break }
    :: KILLED
    od;
#endif
    /* ... the word, ... */
    STEP(w = word);
    /* ... and all rows again */
#ifdef ATOMIC_READING
    STEP(atomic { true; do :: i < ROWS -> READ_ROW_AGAIN(i) :: else -> i = 0; break od; goto decide });
#else
    do
    :: atomic { i < ROWS -> READ_ROW_AGAIN(i) }
    :: atomic { i == ROWS -> i = 0; goto decide }
    :: KILLED
    od;
#endif
decide:
    atomic { true ->
        marks = MARKS(w);
        /* Never a living owner whose part is missing, nor a part without a row: it can always be decided. */
#ifdef HARM_ONLY
        if :: !DECIDABLE -> goto finish :: else fi;
#else
        assert(DECIDABLE);
#endif
        marks = marks - living;
        new = w - marks * READER;
        if
        :: (w & WRITER) == WRITER && !living_writer -> new = new & ~WRITER
        :: else -> dead_row_writes = 0      /* from here on: a dead writer is part of the word */
        fi;
#ifdef MUT_FOREIGN_TAKEN
        new = (living_writer -> WRITER : living * READER);
#endif
#ifdef INCLUDE_FOREIGN
        /* A person knows that the foreign program is dead. */
        if
        :: foreign_gone -> included = 1; new = (living_writer -> WRITER : living * READER)
        :: else
        fi;
#endif
        living = 0; lost = 0; living_writer = 0;
        if
        :: new != w && !last -> goto finish /* time is up, or it only sweeps */
        :: new == w -> w = 0; new = 0; goto free
        :: new != w
        fi };
    /* 8.5 step 4 */
#if !defined MUT_NO_SUSPECT && !defined MUT_SUSPECT_AFTER
    if :: atomic { dead_row_writes -> suspect = 1 } :: !dead_row_writes :: KILLED fi;
#endif
#ifndef MUT_NO_MARK
    do
    :: atomic { i < ROWS -> if :: d[i] -> STORE_MARK(i, 4) :: else fi; i++ }
    :: atomic { i == ROWS -> i = 0; break }
    :: KILLED
    od;
    RESCUER_FENCE
#endif
    /* 8.5 step 5 */
    STEP(atomic { true ->
        if
        :: word == w ->
            word = new;
            assert(marks <= dead_readers);  /* only what dead ones left */
            dead_readers = dead_readers - marks;
            if :: dead_row_writes -> assert(dead_writer); dead_writer = 0 :: else fi;
#ifdef INCLUDE_FOREIGN
            if :: included -> dead_foreign_readers = 0; dead_foreign_writer = 0 :: else fi;
#endif
            w = 0; new = 0; marks = 0; dead_row_writes = 0;
            PARTS
        :: else -> assert(!last); goto again
        fi });
#ifdef MUT_SUSPECT_AFTER
    STEP(atomic { true -> suspect = 1 });
#endif
free:
    /* 8.5 step 6 */
    do
#ifdef MUT_WAITING_ROWS_FREED
    :: atomic { i < ROWS && !d[i] && state[i] == 1 && !TAKEN(i) -> d[i] = 1 }
#endif
#ifdef MUT_JUDGED_AGAIN
    :: atomic { i < ROWS && !d[i] && state[i] >= 2 && !TAKEN(i) -> d[i] = 1 }
#endif
    :: atomic { i < ROWS && !d[i] -> i++ }
#ifdef WINDOWS
#ifdef MUT_STATE_BEFORE_CLAIM
    :: atomic { i < ROWS && d[i] -> STORE_MARK(i, 0) };
        STEP(atomic { RESCUER_FENCED -> owner[i] = 0; d[i] = 0; i++ })
#else
    :: atomic { i < ROWS && d[i] -> if :: owner[i] == DEAD -> owner[i] = 0 :: else fi };
        STEP(atomic { RESCUER_FENCED -> STORE_MARK(i, 0); d[i] = 0; i++ })
#endif
#else
    :: atomic { i < ROWS && d[i] -> STORE_MARK(i, 0); d[i] = 0; i++ }
#endif
    :: atomic { i == ROWS -> i = 0; break }
    :: KILLED
    od;

finish:
    /* 8.5 step 7 */
#ifndef MUT_BARE_EXCHANGE
#if defined WINDOWS || defined SC
    STEP(atomic { RESCUER_FENCED -> recovery = 0; RECOVERY_OWNER = 0 });
#else
    STEP(atomic { true -> STORE_RECOVERY(0) });
    STEP(atomic { RESCUER_FENCED -> RECOVERY_OWNER = 0 });
#endif
#endif
    if
    :: atomic { last ->
        assert(word == dead_foreign_readers + dead_foreign_writer * FOREIGN_WRITER);    /* all that dead clients had is free */
        assert(state[0] <= 1 && state[1] <= 1);
        assert(recovery == 0);
        goto end }
    :: atomic { !last -> goto clean }
    fi;

again:                                      /* count afresh */
    atomic { i = 0; w = 0; new = 0; marks = 0; living = 0; lost = 0; living_writer = 0; dead_row_writes = 0; FORGET
        do :: i < ROWS -> a[i] = 0; d[i] = 0; i++ :: else -> break od;
        i = 0;
        if :: true -> goto count :: !last -> goto finish fi };
dead:
    atomic { RESCUER_FLUSH KERNEL };
clean:
    atomic { i = 0; w = 0; new = 0; marks = 0; living = 0; lost = 0; living_writer = 0; dead_row_writes = 0; FORGET
        do :: i < ROWS -> a[i] = 0; d[i] = 0; i++ :: else -> break od;
        i = 0; goto idle };
end:
    skip
}

#if FOREIGN
active proctype Foreign()
{
    do
    :: atomic { foreign_hold == 0 && ALLOWS(word, 0) -> word = word + FOREIGN_READER; foreign_hold = 1; PARTS }
    :: atomic { foreign_hold == 0 && ALLOWS(word, 1) -> word = word | FOREIGN_WRITER; foreign_hold = 2; PARTS }
    :: atomic { foreign_hold == 1 -> word = word - FOREIGN_READER; foreign_hold = 0; PARTS }
    :: atomic { foreign_hold == 2 -> word = word & ~FOREIGN_WRITER; foreign_hold = 0; PARTS }
    :: atomic { true ->                     /* it ends, or dies with the lock */
        dead_foreign_readers = (foreign_hold == 1); dead_foreign_writer = (foreign_hold == 2); foreign_hold = 0;
        foreign_gone = 1; stopped++; break }
    od
}
#endif

init
{
    atomic {
        run Client(0); run Client(1);
        run Rescuer(RESCUER0);
#if RESCUERS == 2
        run Rescuer(RESCUER0 + 1)
#endif
    }
}
