/*
 * service_rest.pml - no owed wake is slept through by the thread that pays it.
 *
 * Obligation numbers are those of docs/protocol.md: 5.10 (the thread of 5.8 rests), 7.3 (a wake is owed), 5.4 (newest).
 *
 * One process, two threads. The publisher exchanges newest, and then wakes all (what it owed is paid) or owes the wake. The service thread
 * pays what is owed at each tick, and rests if nothing is to be done; a rest is ended by the publisher. Its end by time (400 ms) is left
 * out while the publisher may still come: an owed wake that only that end would pay is an error, for it must be paid within 100 ms.
 *
 * Memory. Each thread's stores go into a store buffer of its own, first in, first out; a fence waits until it is empty; an exchange is a
 * fence. Readers of the words are the other thread.
 *
 * Properties. The service thread never rests for good while a wake is owed; a rest costs at most one system call of the publisher.
 *
 * Bounds: PUBLISH publications.
 */

// MUTATIONS: MUT_NO_SERVICE_FENCE MUT_NO_PUBLISHER_FENCE MUT_NO_DECIDING MUT_NOT_ENDED MUT_OWED_LOOKED_AT_FIRST
// PROBES: PROBE_RESTS PROBE_ENDED
// PAN: -DSAFETY -DCOLLAPSE -DNOFAIR | -m3000000 -w22

#ifndef PUBLISH
#define PUBLISH 3
#endif

/* Words, each with the values that wait in the one store buffer that writes it; a chan keeps the order of a thread's stores. */
#define DECIDING 0
#define OWED 1
#define RESTING 2

bool word[3];
chan publisher_buf = [4] of { byte, bool };
chan service_buf = [2] of { byte, bool };

bool interrupted = false;                   /* the descriptor that the publisher makes readable */
bool at_rest = false;                       /* ghost: sleeps until it is interrupted */
bool publishing = false;                    /* ghost: the publisher is between newest and the end of its decision */
byte calls = 0;                             /* ghost: system calls of the publisher in this rest */

active proctype Memory()
{
    byte w;
    bool v;
end:
    do
    :: atomic { publisher_buf?w,v -> word[w] = v }
    :: atomic { service_buf?w,v -> word[w] = v; if :: v -> calls = 0 :: else fi }
    od
}

active proctype Publisher()
{
    byte f = 0;

    do
    :: f == PUBLISH -> break
    :: f < PUBLISH ->
        publishing = true;
#ifndef MUT_NO_DECIDING
        publisher_buf!DECIDING,true;
#endif
        /* 5.4: newest; then */
#ifndef MUT_NO_PUBLISHER_FENCE
        empty(publisher_buf);
#endif
        if
        :: publisher_buf!OWED,false         /* 7.3: wakes all; */
        :: publisher_buf!OWED,true;         /* or owes it, */
#ifndef MUT_NOT_ENDED
            if                              /* and ends the rest of who pays */
            :: word[RESTING] ->
                empty(publisher_buf);
                atomic {
                    if
                    :: word[RESTING] ->
                        word[RESTING] = false;
                        interrupted = true;
                        calls++;
                        assert(calls <= 1)
#ifdef PROBE_ENDED
                        ; assert(!at_rest)
#endif
                    :: else
                    fi
                }
            :: else
            fi
#endif
        fi;
#ifndef MUT_NO_DECIDING
        publisher_buf!DECIDING,false;
#endif
        atomic { empty(publisher_buf) -> publishing = false };
        f++
    od
}

active proctype Service()
{
    bool owes;

tick:
    if                                      /* pays */
    :: word[OWED] -> atomic { empty(service_buf) -> word[OWED] = false }
    :: else
    fi;
    /* 5.10 */
    service_buf!RESTING,true;
#ifndef MUT_NO_SERVICE_FENCE
    empty(service_buf);
#endif
#ifdef MUT_OWED_LOOKED_AT_FIRST
    owes = word[OWED];
    if :: word[DECIDING] || owes -> goto busy :: else fi;
#else
    if :: word[DECIDING] -> goto busy :: else fi;
    if :: word[OWED] -> goto busy :: else fi;
#endif
    at_rest = true;
#ifdef PROBE_RESTS
    assert(!publishing);
#endif
end:
    atomic { interrupted -> interrupted = false; at_rest = false };
    service_buf!RESTING,false;
    goto tick;
busy:                                       /* 100 ms at most, then the next tick */
    service_buf!RESTING,false;
    goto tick
}

/* Whatever it rests through is paid: nobody publishes, nothing is in a buffer, and it was not told. */
active proctype Watch()
{
end:
    do
    :: atomic {
        at_rest && !interrupted && !publishing && empty(publisher_buf) && empty(service_buf) ->
        assert(!word[OWED]) }
    od
}
