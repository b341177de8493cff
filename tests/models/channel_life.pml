/*
 * channel_life.pml - creation, takeover, removal, orphans and moves of a channel on Linux: one control never has two writers, a held
 * control keeps its name, and nothing stays for ever, whoever is killed when.
 *
 * Obligation numbers are those of docs/protocol.md: 10.2-10.4 (ownership), 10.6 (creation), 10.8 (takeover), 10.10-10.14 (holds, removal,
 * leftovers), 11 (names that vanish). Every step marked with one of these is one system call, and anybody may do anything between two.
 *
 * One name. "path" is the control that it leads to. Channel k was made in folder k; its control names that folder. A folder has at most one
 * "owner" file, and "parts" (pixels, door), with which it is not empty. Numbers of channels and of owner files are not used again here (CREATIONS channels, REMAKES owner files made anew).
 *
 * Locks are those of open file descriptions: the write lock of an owner file is the ownership; a control has read locks (holds) and the
 * write lock of who removes it. A killed process loses its locks at once and comes back as a new one. "identity" is what control says of
 * its publisher: that process, or one that is dead.
 *
 * -DVANDAL: somebody removes names, one at a time, VANDAL times: the control, an owner file, or a whole folder.
 *
 * Properties: no two writers of one control, ever. Without a vandal: a living writer's control has its name; nobody unlinks a control that
 * somebody holds, or another's; a living writer's folder is whole; and when all have ended cleanly, nothing is left, whoever looked, let
 * go or removed at the same time. When all have stopped, one more publisher starts and ends cleanly, and nothing is left.
 */

// MUTATIONS(1): MUT_NO_PATH_CHECK MUT_OWNER_FIRST MUT_NO_HOLD_LOCK MUT_REMOVE_UNOWNED MUT_NO_CLEANING
// MUTATIONS(1): MUT_CLEAR_UNOWNED MUT_LOCK_TO_LOOK MUT_NO_SECOND_TRY MUT_NAME_BEFORE_LOCK+MUT_NO_SECOND_LOOK
// MUTATIONS(3): MUT_ORPHAN_AT_ONCE+MUT_TAKE_OVER_REMADE MUT_TAKE_OVER_REMADE
// PROBES(1): PROBE_TAKEOVER PROBE_LOST_RACE PROBE_CLEANED
// PROBES(3): PROBE_MOVED PROBE_ORPHAN_REMADE
// PAN: -DKILLS=1 -DCREATIONS=2 -DSAFETY -DCOLLAPSE -DNOFAIR | -m3000000 -w24
// PAN: -DVANDAL=1 -DCREATIONS=2 -DREMAKES=2 -DKILLS=0 -DSAFETY -DCOLLAPSE -DNOFAIR | -m3000000 -w24
// PAN: -DVANDAL=1 -DCREATIONS=2 -DREMAKES=1 -DKILLS=1 -DSAFETY -DCOLLAPSE -DNOFAIR | -m3000000 -w24
// PAN: -DKILLS=0 -DCREATIONS=3 -DSAFETY -DCOLLAPSE -DNOFAIR | -m3000000 -w24

#ifndef KILLS
#define KILLS 1
#endif
#ifndef VANDAL
#define VANDAL 0
#endif
#ifndef CREATIONS
#define CREATIONS 3
#endif
#ifndef REMAKES
#define REMAKES 1
#endif
#define NONE 0
#define PUBLISHERS 2
#define READER PUBLISHERS                   /* process numbers: publishers 0 and 1, the reader 2 */
#define BIT(p) (1 << (p))

byte path = NONE;
bool folder[CREATIONS + 1];
bool parts[CREATIONS + 1];                  /* in each folder */
byte owner[CREATIONS + 1];                  /* the owner file in each folder */
byte lock[CREATIONS + REMAKES + 1];         /* of each owner file: process + 1 */
byte holds[CREATIONS + 1];                  /* of each control: a bit a process */
byte removing[CREATIONS + 1];               /* of each control: process + 1 */
byte identity[CREATIONS + 1];               /* of each control: a living process + 1; 0 = dead */

byte created = 0, remade = 0, kills = 0, vandalism = 0, stopped = 0;
byte writes[PUBLISHERS];                    /* the control that a publisher writes */
bool last = false;

/* A step, or the process is killed before it. */
#define STEP(x) if :: x :: atomic { kills < KILLS && !last -> kills++; goto dead } fi
#define CHECK_WRITERS assert(writes[0] == NONE || writes[0] != writes[1])
#if VANDAL == 0
#define NAMED assert((writes[0] == NONE || path == writes[0]) && (writes[1] == NONE || path == writes[1]))
#define WHOLE(p, c, o) assert(folder[c] && parts[c] && owner[c] == o && lock[o] == p + 1)
#else
#define NAMED skip
#define WHOLE(p, c, o) skip
#endif

/* The owner file last. With a vandal there are states enough. */
#if VANDAL == 0
#define EMPTY(c) STEP(parts[c] = false); STEP(owner[c] = NONE)
#else
#define EMPTY(c) STEP(atomic { true -> parts[c] = false; owner[c] = NONE })
#endif

/* What the kernel gives back when process p ends. */
#define KERNEL(p) \
    i = 1; \
    do \
    :: i <= CREATIONS + REMAKES -> if :: lock[i] == p + 1 -> lock[i] = 0 :: else fi; \
        if :: i <= CREATIONS -> holds[i] = holds[i] & (BIT(p) ^ 255); if :: removing[i] == p + 1 -> removing[i] = 0 :: else fi; \
            if :: identity[i] == p + 1 -> identity[i] = 0 :: else fi :: else fi; \
        i++ \
    :: else -> i = 0; break \
    od

/* When all have ended, and none was killed: one folder is looked at that stands for any. */
#if VANDAL == 0
#define NOTHING_LEFT assert(kills > 0 || (path == NONE && !folder[1] && !folder[2]))
#else
#define NOTHING_LEFT skip
#endif

/*
 * 10.11, 10.12 by one who owns nothing: the control's lock, then the owner's. Who finds that one taken gives his own back and looks once
 * more: its owner tries as well when he has given it back, and may have found the other lock taken.
 */
#ifdef MUT_NO_SECOND_TRY
#define LOOK_AGAIN(c, o, begin, done) STEP(atomic { true -> o = NONE; goto done })
#else
#define LOOK_AGAIN(c, o, begin, done) \
    STEP(atomic { true -> o = (folder[c] -> owner[c] : NONE); \
        if :: o == NONE || lock[o] != 0 -> o = NONE; goto done :: else -> o = NONE; goto begin fi })
#endif
#define REMOVE(p, c, o, begin, taken, orphan, clear, done) \
begin: \
    STEP(atomic { true -> \
        if \
        :: path == c && (holds[c] & (BIT(p) ^ 255)) == 0 && removing[c] == 0 -> removing[c] = p + 1 \
        :: else -> goto done \
        fi }); \
    STEP(atomic { true -> if :: path != c -> removing[c] = 0; goto done :: else fi }); \
    STEP(atomic { true -> \
        o = (folder[c] -> owner[c] : NONE); \
        if \
        :: o == NONE -> goto orphan \
        :: o != NONE && lock[o] == 0 -> lock[o] = p + 1 \
        :: else -> o = NONE; goto taken \
        fi }); \
    STEP(atomic { true -> if :: owner[c] != o -> lock[o] = 0; o = NONE; goto orphan :: else fi }); \
    goto clear; \
orphan: \
    STEP(atomic { true -> if :: remade == REMAKES -> removing[c] = 0; goto done :: else folder[c] = true fi }); \
    STEP(atomic { true -> \
        if \
        :: owner[c] == NONE && folder[c] && remade < REMAKES -> remade++; o = CREATIONS + remade; lock[o] = p + 1; owner[c] = o; goto clear \
        :: else -> if :: owner[c] == NONE && !parts[c] -> folder[c] = false :: else fi; goto taken \
        fi }); \
taken: \
    STEP(removing[c] = 0); \
    LOOK_AGAIN(c, o, begin, done); \
clear: \
    STEP(atomic { true -> \
        assert(VANDAL > 0 || path == c); \
        assert(VANDAL > 0 || (holds[c] & (BIT(p) ^ 255)) == 0); \
        path = NONE; NAMED }); \
    EMPTY(c); \
    STEP(if :: owner[c] == NONE && !parts[c] -> folder[c] = false :: else fi); \
    STEP(atomic { true -> removing[c] = 0; lock[o] = 0; o = NONE })

/* 10.11, with the owner file o locked: step by step; "done" where anything is not as it must be. */
#define UNLINK_CONTROL(p, c, done) \
    STEP(atomic { true -> \
        if :: path != c -> goto done :: else fi }); \
    STEP(atomic { true -> \
        assert(VANDAL > 0 || path == c); \
        assert(VANDAL > 0 || (holds[c] & (BIT(p) ^ 255)) == 0); \
        path = NONE; NAMED })

proctype Publisher(byte p)
{
    byte c, o, n, i;
    bool orphan;

idle:
    atomic {
        c = NONE; o = NONE; n = NONE; i = 0; orphan = false;
        if
        :: true                             /* starts */
        :: stopped++; if :: stopped == PUBLISHERS + 1 -> last = true; NOTHING_LEFT :: else -> goto end fi
        fi };

    /* 10.14: leftover folders of one's own account, one after the other: a look first, without a lock */
#ifndef MUT_NO_CLEANING
clean:
    STEP(atomic { true ->
        n++; o = NONE;
        do
#if defined(MUT_LOCK_TO_LOOK) || defined(MUT_NAME_BEFORE_LOCK)
        :: n <= created && !folder[n] -> n++
#else
        :: n <= created && !(folder[n] && (owner[n] == NONE || lock[owner[n]] == 0)) -> n++
#endif
        :: n > created -> n = NONE; if :: goto start :: VANDAL == 0 && !last -> goto idle fi    /* or it only listed */
        :: else -> break
        od;
        o = owner[n] });
#ifndef MUT_LOCK_TO_LOOK
    STEP(atomic { true -> if :: path == n && o != NONE -> goto clean :: else fi });
#endif
    if
    :: o != NONE ->
        STEP(atomic { true -> if :: lock[o] == 0 -> lock[o] = p + 1 :: else -> goto clean fi });
        STEP(atomic { true -> if :: owner[n] != o -> lock[o] = 0; goto clean :: else fi });
#ifndef MUT_NO_SECOND_LOOK
        STEP(atomic { true -> if :: path == n -> lock[o] = 0; goto clean :: else fi })
#endif
    :: else ->                              /* without an owner file: rmdir, which fails if there is anything in it */
        STEP(atomic { true -> if :: owner[n] == NONE && !parts[n] -> folder[n] = false; goto clean :: else fi });
        STEP(atomic { true -> if :: path == n -> goto clean :: else fi });
#ifndef MUT_CLEAR_UNOWNED
        /* else only with an owner file of one's own, which a starter then cannot make */
        STEP(atomic { true ->
            if
            :: folder[n] && owner[n] == NONE && remade < REMAKES -> remade++; o = CREATIONS + remade; lock[o] = p + 1; owner[n] = o
            :: else -> goto clean
            fi });
        STEP(atomic { true -> if :: path == n -> lock[o] = 0; goto clean :: else fi })
#endif
    fi;
#ifdef PROBE_CLEANED
    assert(!PROBE_CLEANED);
#endif
    EMPTY(n);
    STEP(if :: owner[n] == NONE && !parts[n] -> folder[n] = false :: else fi);
    STEP(atomic { true -> if :: o != NONE -> lock[o] = 0 :: else fi; goto clean });
#endif

start:
    STEP(c = path);
    if :: c == NONE -> goto create :: else fi;

    /* 10.4: an orphan? */
    STEP(atomic { true -> o = (folder[c] -> owner[c] : NONE) });
    if
    :: o == NONE ->
#ifndef MUT_ORPHAN_AT_ONCE
        STEP(atomic { true -> if :: identity[c] != 0 -> goto idle :: else fi });
#endif
        STEP(atomic { true -> if :: remade == REMAKES -> goto idle :: else folder[c] = true fi });
        STEP(atomic { true ->
            if
            :: owner[c] == NONE && folder[c] && remade < REMAKES -> remade++; o = CREATIONS + remade; lock[o] = p + 1; owner[c] = o; orphan = true
            :: else -> if :: owner[c] == NONE && !parts[c] -> folder[c] = false :: else fi; o = NONE; goto idle
            fi });
#ifdef PROBE_ORPHAN_REMADE
        assert(!PROBE_ORPHAN_REMADE);
#endif
    :: else ->
        /* 10.2 */
#ifdef MUT_REMOVE_UNOWNED
        STEP(atomic { true -> if :: lock[o] == 0 -> lock[o] = p + 1 :: else -> o = NONE; if :: holds[c] == 0 -> goto remove :: else -> goto idle fi fi })
#else
        STEP(atomic { true -> if :: lock[o] == 0 -> lock[o] = p + 1 :: else -> o = NONE; assert(!last); goto idle fi })
#endif
    fi;
    /* in any case its folder goes: perhaps the control went too, after it was looked at */
    if :: orphan -> goto unlink :: else fi;
#ifndef MUT_NO_PATH_CHECK
    STEP(atomic { true -> if :: owner[c] != o -> lock[o] = 0; goto again :: else fi });
    STEP(atomic { true -> if :: path != c -> lock[o] = 0; goto again :: else fi });
#endif
    /* 10.4: an owner file made anew says so, and its control is only ever removed: whoever had the lock before may still write it */
#ifndef MUT_TAKE_OVER_REMADE
    if :: o > CREATIONS -> goto unlink :: else fi;
#endif

    /* 10.8 or 10.13 */
    STEP(atomic { true ->
        if
        :: (holds[c] & (BIT(p) ^ 255)) == 0 -> goto remove
        :: else
        fi });
    STEP(atomic { true ->
        if :: removing[c] != 0 -> lock[o] = 0; goto again :: else fi;
#ifdef PROBE_TAKEOVER
        assert(!PROBE_TAKEOVER);
#endif
        writes[p] = c; identity[c] = p + 1; CHECK_WRITERS; NAMED;
        holds[c] = holds[c] | BIT(p) });
    goto publish;

remove:
#ifndef MUT_NO_HOLD_LOCK
    STEP(atomic { true ->
        if
        :: (holds[c] & (BIT(p) ^ 255)) == 0 && removing[c] == 0 -> removing[c] = p + 1
        :: else -> if :: o != NONE -> lock[o] = 0 :: else fi; goto again
        fi });
#endif
unlink:
#ifdef MUT_OWNER_FIRST
    STEP(owner[c] = NONE);
#endif
    UNLINK_CONTROL(p, c, unlinked);
unlinked:
    EMPTY(c);
    STEP(if :: owner[c] == NONE && !parts[c] -> folder[c] = false :: else fi);
    STEP(atomic { true ->
        if :: removing[c] == p + 1 -> removing[c] = 0 :: else fi;
        if :: o != NONE -> lock[o] = 0 :: else fi; goto again });

again:
    atomic { c = NONE; o = NONE; orphan = false; goto start };

create:                                     /* 10.6 */
    STEP(atomic { true ->
        if :: created == CREATIONS -> goto idle :: else fi;
        created++; n = created; folder[n] = true });
    STEP(atomic { true ->
        if
        :: folder[n] && owner[n] == NONE -> owner[n] = n; lock[n] = p + 1
        :: else -> n = NONE; goto start     /* somebody took the empty folder for a leftover */
        fi });
    STEP(atomic { true -> assert(VANDAL > 0 || folder[n]); parts[n] = folder[n] });
    STEP(atomic { true -> holds[n] = holds[n] | BIT(p); identity[n] = p + 1 });
    STEP(atomic { true ->
        if
        :: path == NONE -> path = n; c = n; o = n; writes[p] = c; n = NONE; CHECK_WRITERS; goto publish
        :: else
#ifdef PROBE_LOST_RACE
            -> assert(!PROBE_LOST_RACE)
#endif
        fi });
    STEP(atomic { true -> holds[n] = holds[n] & (BIT(p) ^ 255); parts[n] = false; owner[n] = NONE; folder[n] = false });
    STEP(atomic { true -> lock[n] = 0; n = NONE; goto start });

publish:
    if
    :: goto finish
#if VANDAL > 0
    :: atomic { path != c || !folder[c] || owner[c] != o -> goto move }
#endif
    :: atomic { kills < KILLS && !last -> kills++; goto dead }
    fi;

finish:                                     /* a clean end: hold, ownership, then removal as anybody does it */
    STEP(atomic { true -> WHOLE(p, c, o); writes[p] = NONE; holds[c] = holds[c] & (BIT(p) ^ 255) });
    STEP(atomic { true -> identity[c] = 0; lock[o] = 0; o = NONE });
    REMOVE(p, c, o, f_begin, f_taken, f_orphan, f_clear, f_done);
f_done:
    STEP(atomic { true -> if :: last -> goto end :: else -> goto idle fi });

leave:
    STEP(atomic { true -> removing[c] = 0; identity[c] = 0; lock[o] = 0;
        if :: last -> goto end :: else -> goto idle fi });

move:                                       /* 11.2 a */
    STEP(atomic { true -> if :: path != c -> goto fresh :: else fi });
    STEP(atomic { true ->
        if
        :: !folder[c] || owner[c] == NONE ->
            if :: remade == REMAKES -> goto leave_writing :: else fi;
            folder[c] = true; remade++; owner[c] = CREATIONS + remade; lock[owner[c]] = p + 1
        :: else -> if :: lock[owner[c]] == p + 1 :: else -> goto leave_writing fi
        fi });
    STEP(atomic { true -> if :: path != c -> goto fresh :: else fi });
    STEP(path = NONE);
    STEP(atomic { true -> if :: owner[c] != NONE -> lock[owner[c]] = 0 :: else fi; owner[c] = NONE; parts[c] = false; folder[c] = false });
fresh:                                      /* 11.2 b */
    STEP(atomic { true ->
        if :: created == CREATIONS -> goto leave_writing :: else fi;
        created++; n = created; folder[n] = true });
    STEP(atomic { true ->
        if
        :: folder[n] && owner[n] == NONE -> owner[n] = n; lock[n] = p + 1
        :: else -> n = NONE; goto fresh
        fi });
    STEP(atomic { true -> parts[n] = folder[n]; holds[n] = holds[n] | BIT(p); identity[n] = p + 1 });
    STEP(atomic { true ->
        if
        :: path == NONE ->
#ifdef PROBE_MOVED
            assert(!PROBE_MOVED);
#endif
            path = n; writes[p] = n; CHECK_WRITERS;
            holds[c] = holds[c] & (BIT(p) ^ 255); identity[c] = 0; lock[o] = 0;
            c = n; o = n; n = NONE; goto publish
        :: else                             /* 11.4: the name is taken */
        fi });
    STEP(atomic { true -> holds[n] = holds[n] & (BIT(p) ^ 255); parts[n] = false; owner[n] = NONE; folder[n] = false });
    STEP(atomic { true -> lock[n] = 0; n = NONE });
leave_writing:
    STEP(atomic { true -> writes[p] = NONE; holds[c] = holds[c] & (BIT(p) ^ 255); goto leave });

dead:
    atomic { writes[p] = NONE; KERNEL(p); goto idle };
end:
    skip
}

/* A reader of the publisher's account: it holds, and who lets go last removes (10.12). */
proctype Reader()
{
    byte c, o, i;

idle:
    atomic {
        c = NONE; o = NONE; i = 0;
        if
        :: true
        :: stopped++; if :: stopped == PUBLISHERS + 1 -> stopped = PUBLISHERS; goto idle :: else -> goto end fi
        fi };
    STEP(atomic { true -> c = path; if :: c == NONE -> goto idle :: else fi });
    STEP(atomic { true -> if :: removing[c] == 0 -> holds[c] = holds[c] | BIT(READER) :: else -> goto idle fi });
    STEP(atomic { true -> if :: path != c -> holds[c] = holds[c] & (BIT(READER) ^ 255); goto idle :: else fi });
    STEP(true);                             /* it reads */
    STEP(holds[c] = holds[c] & (BIT(READER) ^ 255));
    REMOVE(READER, c, o, r_begin, r_taken, r_orphan, r_clear, r_done);
r_done:
    STEP(goto idle);

dead:
    atomic { KERNEL(READER); goto idle };
end:
    skip
}

#if VANDAL > 0
active proctype Vandal()
{
    byte n;

end:
    do
    :: atomic { vandalism < VANDAL && !last && path != NONE -> vandalism++; path = NONE }
    :: atomic { vandalism < VANDAL && !last && path != NONE && owner[path] != NONE -> vandalism++; owner[path] = NONE }
    :: atomic { vandalism < VANDAL && !last && path != NONE && folder[path] -> vandalism++; owner[path] = NONE; folder[path] = false }
    od
}
#endif

/* With a vandal, somebody may have found no number left for what would have to be made anew. */
#define OUT_OF_NUMBERS (VANDAL > 0 && (created == CREATIONS || remade == REMAKES))

init
{
    byte k;
    atomic { run Publisher(0); run Publisher(1); run Reader() };
    _nr_pr <= 1 + (VANDAL > 0);
    atomic {
        k = 1;
        assert(OUT_OF_NUMBERS || path == NONE);
        do
        :: k <= created -> assert(OUT_OF_NUMBERS || !folder[k]); k++
        :: else -> break
        od
    }
}
