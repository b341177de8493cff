"""Each client and WinMmf's core on one memory: they see each other, exclude each other, and one's death is the other's to mend."""

from harness import check, unique
from programs import Peer

ADDS = 20_000


def run(client):
    name, what = unique(f"locks-{client.language}"), client.language
    peer = Peer(client)
    try:
        check(f"{what}: the core makes the memory", peer.ask("new-memory", "m", name, "Local", 64) == "ok")
        shared(client, peer, name, what)
        exclusive(client, peer, name, what)
        killed(client, peer, name, what)
        core_killed(client, peer, name, what)
        counted(client, peer, name, what)
    finally:
        peer.ask("dispose", "m")
        peer.kill()


def word(peer) -> str:
    return peer.ask("word", "-", "m").split("\t")[-1]


def verdict(peer) -> str:
    return peer.ask("verdict", "-", "m").split("\t")[-1]


def shared(client, peer, name, what):
    peer.ask("lock", "l", "m", "Read", 1000, "x")
    child = client.start("lock", name, "hold", "read", "line", keeps_input=True)
    check(f"{what}: reads beside the core, with a row", child.wait_for("held row=1"), child.text)
    check(f"{what}: the word has two marked readers", word(peer) == "02000002", word(peer))
    check(f"{what}: the core sees it held", verdict(peer) == "Held", verdict(peer))
    peer.ask("dispose", "l")
    child.say("")
    check(f"{what}: gives back", child.end() == 0 and word(peer) == "00000000", child.text)


def exclusive(client, peer, name, what):
    child = client.start("lock", name, "hold", "write", "line", keeps_input=True)
    check(f"{what}: writes alone", child.wait_for("held row=1") and word(peer) == "C0000000", child.text)
    check(f"{what}: the core keeps out", "Timeout" in peer.ask("lock", "l", "m", "Read", 50, "x"))
    child.say("")
    check(f"{what}: and gets it when it is given back", peer.ask("lock", "l", "m", "Write", 60_000, "x") == "ok")
    child.end()
    child = client.start("lock", name, "hold", "write")
    check(f"{what}: keeps out while the core writes", not child.wait_for("held", 1), child.text)
    peer.ask("dispose", "l")
    check(f"{what}: and gets it then", child.end() == 0 and "given back" in child.text, child.text)


def killed(client, peer, name, what):
    """A client that is killed: the core says whose the lock was, and frees it exactly."""
    for mode, suspect in (("read", 0), ("write", 1)):
        child = client.start("lock", name, "hold", mode, "line", keeps_input=True)
        child.wait_for("held row=1")
        other = client.start("lock", name, "hold", "read", "line", keeps_input=True) if mode == "read" else None
        if other:
            other.wait_for("held row=1")
        child.kill()
        check(f"{what}: killed with a lock for {mode}: Abandoned", verdict(peer) == "Abandoned", verdict(peer))
        check(f"{what}: is recovered", peer.ask("recover", name, "Local") == "ok")
        check(f"{what}: exactly", word(peer) == ("01000001" if other else "00000000"), word(peer))
        if other:
            other.kill()
            peer.ask("recover", name, "Local")
        after = client.start("lock", name, "hold", "read")
        check(f"{what}: the next one is told whether the content is suspect",
              after.end() == 0 and f"suspect={suspect}" in after.text, after.text)


def core_killed(client, peer, name, what):
    """The core is killed, with the lock and in a recovery: the client waits, and goes on when it is mended."""
    other = Peer(client)
    other.ask("memory", "m", name, "Local")
    other.ask("lock", "l", "m", "Write", 1000, "dies")
    child = client.start("lock", name, "hold", "write")
    other.kill()
    check(f"{what}: takes nothing that a dead one has", not child.wait_for("held", 1), child.text)
    check(f"{what}: the core recovers it", peer.ask("recover", name, "Local") == "ok")
    check(f"{what}: and the waiting client has it", child.end() == 0, child.text)
    other = Peer(client)
    other.ask("memory", "m", name, "Local")
    check(f"{what}: a recovery begins", other.ask("rescue", "-", "m") == "ok")
    child = client.start("lock", name, "hold", "write")
    check(f"{what}: waits for a recovery", not child.wait_for("held", 1), child.text)
    other.kill()
    check(f"{what}: ends that of a dead rescuer", child.end() == 0 and "given back" in child.text, child.text)


def counted(client, peer, name, what):
    before = int(peer.ask("sum", "-", "m").split("\t")[-1])
    child = client.start("lock", name, "add", ADDS)
    check(f"{what}: the core adds {ADDS}", peer.ask("add", "-", "m", ADDS) == "ok")
    check(f"{what}: it adds {ADDS}, each with a row", child.end() == 0 and child.value("rows") == ADDS, child.text)
    total = int(peer.ask("sum", "-", "m").split("\t")[-1])
    check(f"{what}: the total is exact", total - before == 2 * ADDS, total)
    check(f"{what}: the lock is free", word(peer) == "00000000" and verdict(peer) == "Free", word(peer))
