/*
 * door_rows.pml - rows come and go at the door while frames are published, and no lease is lost by it (Linux).
 *
 * Obligation numbers are those of docs/protocol.md: 5.8 (two threads of the publisher), 7.7 and 7.9 (handing out), 7.11 (row =
 * connection), 7.13 and 7.14 (no door, another door), 6.3 (leases).
 *
 * The publisher has two threads: one publishes and looks at the row in its table, the other hands rows out and takes them away. A row that
 * has left the table is unmapped only after a look that may have begun before has ended. Readers connect, lease, hang up, or are killed;
 * the publisher is killed at any point, also between the steps of handing out, and has a successor with a door and a table of its own.
 *
 * Two slots that take turns stand for all: the publisher fills the one that is not newest unless a row holds it, and looks again otherwise.
 * One place in the table, two readers; row memory is never handed out twice (ROWS in all). Memory is sequentially consistent here;
 * frame_leases.pml checks the fences. The epoch rule of 6.3 (e) is what keeps a row of a dead publisher from leasing; pixels of a successor
 * are its own (lease_takeover.pml), so a slot is used "in place" only under the publisher that filled it.
 */

// MUTATIONS: MUT_UNMAP_AT_ONCE MUT_MESSAGE_FIRST MUT_ANY_EPOCH
// PROBES: PROBE_GRANTED_BY_THE_DEAD PROBE_SECOND_READER
// PAN: -DSAFETY -DCOLLAPSE -DNOFAIR | -m3000000 -w22

#ifndef PUBLISH
#define PUBLISH 4
#endif
#ifndef ROWS
#define ROWS 3
#endif
#define KILLS 1
#define NONE 0
#define SLOT(value) ((value) & 1)

byte newest = 0;                            /* count * 2 + slot */
byte frame_epoch = 0, epoch = 0;            /* of the newest frame; of the description */
byte lease[ROWS + 1];                       /* row memory: slot + 1 */
bool mapped[ROWS + 1];                      /* in the publisher */
byte row_epoch[ROWS + 1];
byte table = NONE;                          /* the row that the publisher looks at */
bool looking = false;                       /* the publishing thread is in a look */
byte waiting = NONE;                        /* a connection that has no answer yet: reader + 1 */
byte given[2];                              /* the row that a reader got */
byte holder = NONE;                         /* whose row is in the table: reader + 1 */
bool up[2];                                 /* the connection stands */
byte made = 0, kills = 0;
bool alive = true;                          /* this publisher; false while its two threads end */
byte threads = 2;

byte filling = 0;                           /* ghosts: slot + 1, and who uses which */
byte using[2], using_epoch[2];

#define STEP(x) if :: atomic { alive -> x } :: atomic { !alive -> goto dead } fi

active proctype Killer()
{
end:
    do
    :: atomic { kills < KILLS && alive && threads == 2 -> kills++; alive = false }
    :: atomic { !alive && threads == 0 ->   /* the successor: new door, new table, everything the kernel closes */
        waiting = NONE; up[0] = false; up[1] = false;
        table = NONE; holder = NONE; looking = false; filling = 0;
        epoch++; threads = 2; alive = true }
    od
}

active proctype Publishing()
{
    byte i, row, published = 0;
    bool held;

again:
    if
    :: published < PUBLISH && !held ->
        STEP(filling = 2 - SLOT(newest);
            i = 0;
            do :: i < 2 -> assert(!(using[i] == filling && using_epoch[i] == epoch)); i++ :: else -> i = 0; break od);
        STEP(filling = 0; newest = newest + 3 - 2 * SLOT(newest); frame_epoch = epoch; published++)
    :: published < PUBLISH && held
    :: published >= PUBLISH -> goto enough
    fi;
    /* 5.5 */
    STEP(looking = true; row = table);
    STEP(held = false;
        if
        :: row != NONE -> assert(mapped[row]); held = (lease[row] == 2 - SLOT(newest))
        :: else
        fi);
    STEP(looking = false; row = NONE; goto again);
dead:
    atomic { held = false; row = NONE; i = 0; threads--; goto reborn };
enough:
    atomic { !alive -> threads-- };
reborn:
    atomic { alive && threads == 2 -> goto again }
}

active proctype Door()
{
    byte r, row;

again:
    if
    :: atomic { alive && table == NONE && waiting != NONE && made < ROWS ->
        r = waiting - 1; waiting = NONE;
        made++; row = made; mapped[row] = true; row_epoch[row] = epoch }
    :: atomic { alive && holder != NONE && !up[holder - 1] -> goto hang_up }
    :: atomic { !alive -> goto dead }
    fi;
#ifdef MUT_MESSAGE_FIRST
    STEP(if :: up[r] -> given[r] = row :: else fi);
    STEP(table = row; holder = r + 1);
#else
    /* 7.9: the table first, then the message */
    STEP(table = row; holder = r + 1);
    STEP(if :: up[r] -> given[r] = row :: else fi);
#endif
    atomic { row = NONE; r = 0; goto again };

hang_up:                                    /* 7.11 */
    STEP(row = table; table = NONE; holder = NONE);
#ifndef MUT_UNMAP_AT_ONCE
    if :: !looking :: atomic { !alive -> goto dead } fi;    /* 5.8 */
#endif
    STEP(mapped[row] = false; row = NONE);
    goto again;
dead:
    atomic { row = NONE; r = 0; threads-- };
    atomic { alive && threads == 2 -> goto again }
}

proctype Reader(byte r)
{
    byte n, row;

end:
    do
    :: atomic { !up[r] && waiting == NONE && alive -> up[r] = true; waiting = r + 1; given[r] = NONE }
    :: atomic { up[r] && given[r] != NONE && row == NONE -> row = given[r]
#ifdef PROBE_GRANTED_BY_THE_DEAD
        ; assert(alive)
#endif
#ifdef PROBE_SECOND_READER
        ; assert(row < 2 || row_epoch[row] != 0 || r == 0)
#endif
       }
    :: atomic { !up[r] && row != NONE -> row = NONE }       /* it was hung up on: the row is worth nothing more */
    :: row != NONE ->
        n = newest;
        lease[row] = SLOT(n) + 1;           /* 6.3 c */
        if
        :: atomic { newest != n -> goto give_back }
        :: atomic { newest == n ->
#ifndef MUT_ANY_EPOCH
            if :: frame_epoch != row_epoch[row] -> goto give_back :: else fi;
#endif
            using[r] = SLOT(n) + 1; using_epoch[r] = frame_epoch;
            assert(!(filling == using[r] && using_epoch[r] == epoch)) }
        fi;
        atomic { using[r] = 0; using_epoch[r] = 0 };
give_back:
        atomic { lease[row] = 0; n = 0 }
    :: atomic { up[r] && (row != NONE || given[r] == NONE) ->   /* it hangs up, or is killed, with no lease in use */
        up[r] = false; if :: waiting == r + 1 -> waiting = NONE :: else fi; row = NONE; given[r] = NONE }
    od
}

init { atomic { run Reader(0); run Reader(1) } }
