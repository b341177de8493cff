/*
 * takeover.pml - one owner, one writer, and readers that take no half-written description for a whole one.
 *
 * Obligation numbers are those of docs/protocol.md: 10.1 and 10.2 (ownership on Linux, shared with a child), 10.11 (the owner file goes
 * last), 3.1 (description), 10.8 (takeover). Every step marked with one of these is one system call or one store, and anybody may do
 * anything between two of them. The owner file is one path here, and anybody may make it anew where it is missing: more than 10.3 and 10.4
 * allow (channel_life.pml has folders, orphans and moves).
 *
 * Ownership. The write lock on the owner file belongs to an open file description, which the owner shares with
 * the child that writes slots; it ends with the last of the two. Both are killed any number of times at any
 * point, and the child also outlives its owner for as long as it likes. An owner writes slots itself or has a
 * child do it. Files live while they have a name or a descriptor; numbers of files that are gone are used again.
 *
 * Description. Two words, the epoch and all the rest; both are the number of the description they belong to,
 * and the ghost epoch_of says its epoch. Control is held by readers all the time, so every publisher takes
 * over; what the first finds is whole. The stores between two fences are done in any order, and so are the
 * reader's loads. A reader writes nothing, so one stands for any number.
 *
 * Configuration: PUBLISHERS publishers (a killed one comes back as a new process), DESCRIPTIONS descriptions by
 * takeover or change of size; acquiring, kills and children are not bounded. A publisher may also end at once,
 * and so does what whoever removes a leftover owner file does. When all have stopped and no child lives, the
 * last one takes over once more. BARE leaves out the assertions that notice a fault before it does harm.
 *
 * Two rules that the model needs (MUT_END_WITH_CHILD, MUT_SECOND_CHILD): a clean end waits until the child is
 * gone before it unlinks the owner file, and so does an owner before it starts another child.
 *
 * Left out: slots (frame_slots.pml), the sections' own life (channel_life.pml), the 50 ms that a refused lock is
 * tried for (trying again is beginning again), Windows.
 */

// MUTATIONS: MUT_OWNER_DEATH_ONLY MUT_NO_INODE_CHECK MUT_NO_ODD_MARK MUT_SUCCESSOR_PLUS_ONE MUT_NO_FENCE_AFTER_MARK MUT_EPOCH_KEPT MUT_OWNED_BY_EXISTENCE MUT_END_WITH_CHILD MUT_SECOND_CHILD MUT_UNLINK_AFTER_UNLOCK
// PROBES: PROBE_ODD_FOUND PROBE_ORPHAN_REFUSES PROBE_OTHER_FILE PROBE_ACCEPT
// PAN: -DSAFETY -DCOLLAPSE -DNOFAIR | -m100000 -b

#ifndef PUBLISHERS
#define PUBLISHERS 2
#endif
#ifndef DESCRIPTIONS
#define DESCRIPTIONS 2
#endif
#define SHARES (PUBLISHERS + 1)             /* open file descriptions: one a publisher, one of an orphan */
#define FILES (SHARES + 1)
#define NONE 0

byte path = NONE;                           /* the file that NAME.owner stands for */
byte lock[FILES + 1];                       /* who has its write lock: open file description + 1 */

byte file[SHARES];                          /* the file of an open file description, NONE = not in use */
bit open[SHARES];                           /* the publisher that opened it has it open, ... */
byte children[SHARES];                      /* ... and so many children that write slots */
bit owns[SHARES];                           /* that publisher acts as the owner; without a child it writes slots itself */

byte sequence = 0;                          /* control 0x100 */
byte word[2];                               /* [0] epoch, [1] the rest */

byte described = 0;                         /* ghosts: descriptions begun, the epoch of each, the last complete one */
byte epoch_of[DESCRIPTIONS + 2];
byte newest = 0;
byte stopped = 0;
bit last = false;                           /* the last takeover: nobody else is there */

#if PUBLISHERS == 3
#define IN_USE(f) (path == f || file[0] == f || file[1] == f || file[2] == f || file[3] == f)
#define OWNERS    (owns[0] + owns[1] + owns[2] + owns[3])
#define CHILDREN  (children[0] + children[1] + children[2] + children[3])
#else
#define IN_USE(f) (path == f || file[0] == f || file[1] == f || file[2] == f)
#define OWNERS    (owns[0] + owns[1] + owns[2])
#define CHILDREN  (children[0] + children[1] + children[2])
#endif

/* The last descriptor of an open file description is closed, and with it the lock ends. */
#define RELEASE(d) \
    if \
    :: !open[d] && children[d] == 0 -> if :: lock[file[d]] == (d) + 1 -> lock[file[d]] = 0 :: else fi; file[d] = NONE \
    :: else \
    fi

/* A child ends, or is killed. */
#define CHILD_ENDS(d) atomic { children[d] != 0 -> children[d]--; RELEASE(d) }

active proctype Children()
{
end:
    do
    :: CHILD_ENDS(0) :: CHILD_ENDS(1) :: CHILD_ENDS(2)
#if PUBLISHERS == 3
    :: CHILD_ENDS(3)
#endif
    od
}

#define CLOSE atomic { true -> open[d] = 0; owns[d] = 0; RELEASE(d); d = 0 }

/* A step, or the process is killed before it. */
#define STEP(x) if :: x :: atomic { !last -> goto dead } fi

proctype Publisher()
{
    byte d = 0;                             /* own open file description */
    byte s = 0;                             /* description sequence as it was found */
    byte n = 0;                             /* description that is being written */
    byte todo = 0;                          /* its stores that are still to be done */
    byte f = 0;
    bit takes_over = false;

idle:
    if
    :: goto acquire
    :: atomic { true -> stopped++;
        if
        :: stopped == PUBLISHERS -> last = true
        :: else -> goto end
        fi }
    fi;

acquire:
    /* 10.2: open, or create where it is missing */
    atomic {
        (!last || CHILDREN == 0) ->
        do :: file[d] != NONE -> d++ :: else -> break od;
        if
#ifdef MUT_OWNED_BY_EXISTENCE
        :: path != NONE -> assert(!last); d = 0; goto idle
#endif
        :: path == NONE ->
            f = 1; do :: IN_USE(f) -> f++ :: else -> break od;
            path = f; f = 0
        :: else
        fi;
        file[d] = path; open[d] = 1 };
    /* 10.2: lock */
    STEP(atomic { true ->
        if
        :: lock[file[d]] == 0 -> lock[file[d]] = d + 1
        :: lock[file[d]] != 0 ->
            assert(!last);                  /* when owner and writer are gone, so is the lock */
#ifdef PROBE_ORPHAN_REFUSES
            assert(owns[lock[file[d]] - 1] || children[lock[file[d]] - 1] == 0);
#endif
#ifdef MUT_OWNER_DEATH_ONLY
            if :: !open[lock[file[d]] - 1] && path == file[d] -> path = NONE :: else fi;
#endif
            goto give_up
        fi });
    /* 10.2: does the path still name the locked file? */
    STEP(atomic { true ->
#ifdef PROBE_OTHER_FILE
        assert(path == file[d] || path == NONE);
#endif
#ifndef MUT_NO_INODE_CHECK
        if
        :: path != file[d] -> assert(!last); goto give_up
        :: else
        fi;
#endif
        assert(OWNERS == 0 && CHILDREN == 0);   /* never two owners, never two writers */
        if
        :: !last -> goto unlink             /* 10.11: it only removes a leftover, or fails and ends cleanly */
        :: described < DESCRIPTIONS || last -> owns[d] = 1; takes_over = true
        fi });

describe:
    /* 3.1, 10.8: the description under an odd sequence */
    STEP(atomic { true ->
        described++; n = described; s = sequence;
#ifdef PROBE_ODD_FOUND
        assert(!(s & 1) || word[0] == word[1]);
#endif
#ifdef MUT_EPOCH_KEPT
        epoch_of[n] = epoch_of[word[0]];
#else
        epoch_of[n] = epoch_of[word[0]] + takes_over;
#endif
#ifdef MUT_SUCCESSOR_PLUS_ONE
#define MARKED (s + 1)
#else
#define MARKED ((s | 1) + 2)
#endif
#ifdef MUT_NO_FENCE_AFTER_MARK
        todo = 7
#else
#ifndef MUT_NO_ODD_MARK
        sequence = MARKED;
#endif
        todo = 3
#endif
        });
    do
    :: atomic { todo & 1 -> todo = todo & ~1; word[0] = n; if :: todo == 0 -> break :: else fi }
    :: atomic { todo & 2 -> todo = todo & ~2; word[1] = n; if :: todo == 0 -> break :: else fi }
#ifdef MUT_NO_FENCE_AFTER_MARK
    :: atomic { todo & 4 -> todo = todo & ~4; sequence = MARKED; if :: todo == 0 -> break :: else fi }
#endif
    :: atomic { !last -> goto dead }
    od;
    STEP(atomic { true ->
#ifdef MUT_NO_ODD_MARK
        sequence = s + 2;
#else
        sequence = sequence + 1;
#endif
#ifndef BARE
        assert((sequence & 1) == 0);        /* readers can go on */
#endif
        assert(takes_over -> epoch_of[n] > epoch_of[newest] : epoch_of[n] == epoch_of[newest]);
        newest = n; takes_over = false; s = 0; n = 0 });

publish:
    if
    :: atomic { last -> owns[d] = 0; goto unlink }
    /* 4.3: a change of size */
    :: atomic { described < DESCRIPTIONS -> goto describe }
    /* a child that writes slots; the next one after the one before has ended */
#ifdef MUT_SECOND_CHILD
    :: atomic { children[d] < 2 ->
#else
    :: atomic { children[d] == 0 ->
#endif
        assert(CHILDREN == 0); children[d]++; goto publish }
    /* 10.12: a clean end, after the child's end */
#ifdef MUT_END_WITH_CHILD
    :: atomic { true -> owns[d] = 0; goto unlink }
#else
    :: atomic { children[d] == 0 -> owns[d] = 0; goto unlink }
#endif
    :: atomic { !last -> goto dead }
    fi;

unlink:
#ifdef MUT_UNLINK_AFTER_UNLOCK
    STEP(atomic { true -> lock[file[d]] = 0 });
#endif
    /* 10.11: unlink, ... */
    STEP(atomic { true ->
#ifndef BARE
        assert(path == NONE || lock[path] == 0 || lock[path] == d + 1);   /* never somebody else's */
#endif
        path = NONE });
give_up:
    /* ... then close */
    STEP(CLOSE);
    if :: last -> goto end :: else -> goto idle fi;

dead:
    atomic {
        s = 0; n = 0; todo = 0; takes_over = false;
        CLOSE; goto idle
    };
end:
    skip
}

active proctype Reader()
{
    byte s, w0, w1;

end:
    do
    :: atomic { (sequence & 1) == 0 -> s = sequence };
        if
        :: w0 = word[0]; w1 = word[1]
        :: w1 = word[1]; w0 = word[0]
        fi;
        atomic { true ->
            if
            :: sequence == s -> skip;
                assert(w0 == w1);           /* whole, */
#ifndef BARE
                assert(w0 == newest);       /* and the last complete one, so epochs never go back */
#endif
#ifdef PROBE_ACCEPT
                assert(!(last && epoch_of[w0] == DESCRIPTIONS + 1));
#endif
            :: else
            fi;
            s = 0; w0 = 0; w1 = 0
        }
    od
}

init
{
    atomic {
        run Publisher(); run Publisher();
#if PUBLISHERS == 3
        run Publisher()
#endif
    }
}
