/*
 * lifetime.pml - N4: a held file keeps its name, and nothing stays for ever, whoever is killed when.
 *
 * Protocol: docs/protocol.md section 1.2 on Linux, its items "to open", "to remove", "to let go", "a creator
 * that meets a leftover", and how a section is created. One name. Every step marked with one of these is one
 * system call, and anybody may do anything between two of them.
 *
 * Locks are those of open file descriptions on byte 0: a read lock is refused while another description has
 * the write lock, a write lock while another has either; F_OFD_GETLK (ask) takes nothing. A process that is
 * killed loses its locks and descriptors at once. Files live while they have a name or a descriptor; numbers
 * of files that are gone are used again, as tmpfs does.
 *
 * Configuration: PROCS processes, each of which opens and creates any number of times and is killed any
 * number of times at any point (a killed one comes back as a new process). When all have stopped, the last
 * one creates once more, undisturbed. Nothing but PROCS is bounded, unless OPERATIONS is given: so many opens
 * and creations altogether, for three processes. Flags of the PAN lines go to spin and to gcc.
 *
 * Creators are not kept apart by NAME.owner here (takeover.pml), so more is proved than is needed.
 * Left out: the parts of a channel and their order; accounts that may not write; time-outs of those who
 * begin again; pixels that a publisher has replaced, which it may unlink while they are held.
 */

// MUTATIONS: MUT_NO_LINK_CHECK MUT_LINK_BEFORE_HOLD MUT_LINK_BEFORE_FILL MUT_CREATOR_UNLINKS_UNLOCKED MUT_CLOSER_UNLINKS_UNLOCKED MUT_CREATOR_NO_PATH_CHECK MUT_CLOSER_NO_PATH_CHECK MUT_TRY_BEFORE_GIVING_BACK MUT_NO_ASK MUT_NO_RECLAIM
// PROBES: PROBE_RECLAIM PROBE_JOIN_AFTER_DEATH PROBE_UNLINKED_WHILE_OPENING
// PAN: -DSAFETY -DCOLLAPSE -DNOFAIR | -m100000 -b
// PAN: -DPROCS=3 -DOPERATIONS=4 -DSAFETY -DCOLLAPSE -DNOFAIR | -m100000 -b

#ifndef PROCS
#define PROCS 2
#endif
#define FILES (2*PROCS + 1)                 /* each process has at most two open, and one has the name */
#define NONE 0
#define BIT(p) (1 << (p))

byte path = NONE;                           /* the file that the name stands for */
byte readers[FILES + 1];                    /* who has the read lock: one bit a process */
byte writer[FILES + 1];                     /* who has the write lock: process + 1 */
bit whole[FILES + 1];                       /* filled */

byte own[PROCS];                            /* descriptor of the section that a process makes or holds */
byte other[PROCS];                          /* descriptor of what it looks at */
byte believes = 0;                          /* who takes its own for the living section of that name: one bit a process */

bit spoiled[FILES + 1];                     /* ghost: somebody was killed who had it open */
bit lived[PROCS];                           /* ghost: what an opener looks at had a holder since it opened it */
#ifdef OPERATIONS
byte operations = 0;
#endif
byte stopped = 0;
bit last = false;                           /* the last creation: nobody else is there */

#if PROCS == 3
#define OPEN(f) (own[0] == f || other[0] == f || own[1] == f || other[1] == f || own[2] == f || other[2] == f)
#define HOLDS(q,f) ((believes & BIT(q)) && own[q] == f)
#define HELD(f) (HOLDS(0, f) || HOLDS(1, f) || HOLDS(2, f))
#else
#define OPEN(f) (own[0] == f || other[0] == f || own[1] == f || other[1] == f)
#define HOLDS(q,f) ((believes & BIT(q)) && own[q] == f)
#define HELD(f) (HOLDS(0, f) || HOLDS(1, f))
#endif

#define ASK_NONE(f)  (readers[f] == 0 && writer[f] == 0)
#define MAY_READ(f)  (writer[f] == 0)
#define MAY_WRITE(f) ((readers[f] & ~BIT(p)) == 0 && writer[f] == 0)

inline read_lock(f)
{
    readers[f] = readers[f] | BIT(p);
    if :: p != 0 && own[0] == NONE && other[0] == f -> lived[0] = true :: else fi;
    if :: p != 1 && own[1] == NONE && other[1] == f -> lived[1] = true :: else fi;
#if PROCS == 3
    if :: p != 2 && own[2] == NONE && other[2] == f -> lived[2] = true :: else fi
#endif
}

inline unlock(f)
{
    readers[f] = readers[f] & ~BIT(p);
    if :: writer[f] == p + 1 -> writer[f] = 0 :: else fi
}

/* Close a descriptor and its locks with it. */
inline close(d)
{
    if
    :: d != NONE ->
        c = d; d = NONE;
        unlock(c);
        if
        :: !OPEN(c) && path == c -> assert(spoiled[c])  /* nobody has it open, but its name stays: only after a kill */
        :: !OPEN(c) && path != c -> whole[c] = 0; spoiled[c] = 0
        :: else
        fi;
        c = NONE
    :: else
    fi
}

inline unlink_name()
{
    assert(!HELD(path));                    /* a held file never loses its name */
    c = path; path = NONE;
    if :: !OPEN(c) -> whole[c] = 0; spoiled[c] = 0 :: else fi;
    c = NONE
}

/* From here on the process takes own[p] for the living section of that name. */
inline believe()
{
    assert(path == own[p]);                 /* two holders of one name hold one file */
    assert(whole[own[p]]);                  /* never half made */
    assert(readers[own[p]] & BIT(p));
    believes = believes | BIT(p)
}

/* A step, or the process is killed before it. */
#define STEP(x) if :: x :: atomic { !last -> goto dead } fi

proctype Process(byte p)
{
    byte c;                                 /* for the macros */

idle:
    if
#ifdef OPERATIONS
    :: atomic { operations < OPERATIONS -> operations++; goto create }
    :: atomic { operations < OPERATIONS -> operations++; goto open }
#else
    :: atomic { true -> goto create }
    :: goto open
#endif
    :: atomic { true -> stopped++;
        if
        :: stopped == PROCS -> last = true; goto create
        :: else -> goto end
        fi }
    fi;

open:
    /* to open: open the file */
    atomic {
        if
        :: path == NONE -> goto idle
        :: else -> other[p] = path; lived[p] = (readers[path] != 0)
        fi };
#ifndef MUT_NO_ASK
    /* to open: ask */
    STEP(atomic { true ->
        if
        :: ASK_NONE(other[p]) ->            /* a leftover, thus absent */
            lived[p] = false; close(other[p]); goto idle
        :: writer[other[p]] != 0 ->         /* it is being removed: begin again */
            lived[p] = false; close(other[p]); goto open
        :: else
        fi });
#endif
    /* to open: join */
    STEP(atomic { true ->
        if
        :: MAY_READ(other[p]) -> read_lock(other[p])
        :: else -> lived[p] = false; close(other[p]); goto open
        fi });
    /* to open: link count */
    STEP(atomic { true ->
#ifdef PROBE_UNLINKED_WHILE_OPENING
        assert(path == other[p]);
#endif
#ifdef PROBE_JOIN_AFTER_DEATH
        assert(path != other[p] || HELD(path));
#endif
#ifndef MUT_NO_LINK_CHECK
        if
        :: path != other[p] -> lived[p] = false; close(other[p]); goto open
        :: else
        fi;
#endif
        assert(lived[p]);                   /* a file that nobody holds is never seen as live */
        lived[p] = false; own[p] = other[p]; other[p] = NONE;
        believe();
        goto hold });

create:
    /* to create: a file without a name, filled, held. Nobody can see it yet, nor what a kill here leaves. */
    atomic {
        c = 1; do :: c == path || OPEN(c) -> c++ :: else -> break od;
        own[p] = c; c = NONE;
#ifndef MUT_LINK_BEFORE_FILL
        whole[own[p]] = 1;
#endif
#ifndef MUT_LINK_BEFORE_HOLD
        read_lock(own[p])
#endif
    };
link:
    /* to create: link it to its name */
    STEP(atomic { true ->
        if
        :: path == NONE -> path = own[p];
#if !defined MUT_LINK_BEFORE_HOLD && !defined MUT_LINK_BEFORE_FILL
            believe(); goto hold
#else
            goto linked
#endif
        :: else -> other[p] = path          /* a creator meets a file: open it, ... (a link that fails later */
        fi });                              /* leaves no trace, so it may as well fail when the file is opened) */
    /* ... ask, ... */
    STEP(atomic { true ->
        if
        :: ASK_NONE(other[p])
#ifdef MUT_NO_RECLAIM
            -> assert(!last); close(other[p]); close(own[p]); goto idle
#endif
        :: writer[other[p]] != 0 -> assert(!last); close(other[p]); goto link
        :: else -> assert(!last); close(other[p]); close(own[p]); goto idle     /* it is in use: "exists" */
        fi });
    /* to remove: write lock */
#ifndef MUT_CREATOR_UNLINKS_UNLOCKED
    STEP(atomic { true ->
        if
        :: MAY_WRITE(other[p]) -> writer[other[p]] = p + 1
        :: else -> assert(!last); close(other[p]); goto link
        fi });
#endif
    /* to remove: does the path still name it? */
#ifndef MUT_CREATOR_NO_PATH_CHECK
    STEP(atomic { true ->
        if
        :: path == other[p]
        :: else -> assert(!last); close(other[p]); goto link
        fi });
#endif
    /* to remove: unlink */
    STEP(atomic { true ->
#ifdef PROBE_RECLAIM
        assert(false);
#endif
        unlink_name() });
    STEP(atomic { true -> close(other[p]); goto link });

#if defined MUT_LINK_BEFORE_HOLD || defined MUT_LINK_BEFORE_FILL
linked:
    STEP(atomic { true ->
        whole[own[p]] = 1;
        if
        :: MAY_READ(own[p]) -> read_lock(own[p])
        :: else -> close(own[p]); goto idle
        fi;
        believe() });
#endif

hold:
    STEP(atomic { true -> believes = believes & ~BIT(p); if :: last -> goto end :: else fi;
#ifdef MUT_TRY_BEFORE_GIVING_BACK
        if
        :: MAY_WRITE(own[p]) -> unlock(own[p]); writer[own[p]] = p + 1; goto alone
        :: else
        fi });
    STEP(atomic { true -> unlock(own[p]); close(own[p]); goto idle });
#else
        /* to let go: give the read lock back */
        unlock(own[p]) });
    /* to let go: try the write lock; where the descriptor is read-only, through a second one, if the path
       still leads to the same file */
#ifndef MUT_CLOSER_UNLINKS_UNLOCKED
    STEP(atomic { true ->
        if
        :: MAY_WRITE(own[p]) -> writer[own[p]] = p + 1
        :: !MAY_WRITE(own[p]) || path != own[p] -> close(own[p]); goto idle
        fi });
#endif
#endif
alone:
    /* to remove: does the path still name it? */
#ifndef MUT_CLOSER_NO_PATH_CHECK
    STEP(atomic { true ->
        if
        :: path == own[p]
        :: else -> close(own[p]); goto idle
        fi });
#endif
    /* to remove: unlink */
    STEP(atomic { true -> unlink_name() });
    STEP(atomic { true -> close(own[p]); goto idle });

dead:
    atomic {
        believes = believes & ~BIT(p); lived[p] = false;
        if :: own[p] != NONE -> spoiled[own[p]] = 1 :: else fi;
        if :: other[p] != NONE -> spoiled[other[p]] = 1 :: else fi;
        close(own[p]); close(other[p]);
        goto idle
    };
end:
    skip
}

init
{
    atomic {
        run Process(0); run Process(1);
#if PROCS == 3
        run Process(2)
#endif
    }
}
