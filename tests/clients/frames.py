"""Each client reads what WinMmf's publisher publishes: by copy, in order, by lease; publishers die, grow, and lose their names."""

import glob
import os
import shutil

from harness import check, unique, until
from programs import publisher

def publish(client, name, *arguments, slots=24, size=None, is_killed=False):
    """Until it is told to end or killed; where it is to end well under Wine, which passes no signal on, after a number of frames."""
    end = ("--frames", 1500) if client.wine and not is_killed else ()
    size = size or client.size
    return publisher(client, "publish", "--name", name, "--synthetic", "--fps", 200, "--width", size[0], "--height", size[1],
                     "--slots", slots, *arguments, *end)


def read_by(client, name, how, hold_ms=0):
    """A reader that is up, so that whatever is published from now on is for it."""
    reader = client.start("read", name, how, 50, 60, hold_ms)
    reader.wait_for("begins")
    return reader


def finish(client, reader, source):
    """Ends the publisher once the reader has had some more frames; the reader's exit code."""
    had = reader.text.count("frames ")
    until(lambda: reader.text.count("frames ") > had + 1 or reader.process.poll() is not None, 60)
    if not client.wine:
        source.process.terminate()
    code = reader.end()
    source.end()
    return code


def nothing_is_left(client, name, what):
    if client.wine:
        return

    def left():
        owners = [path for path in glob.glob("/dev/shm/winmmf-*/owner") if name.encode() in read(path)]
        return glob.glob(f"/dev/shm/winmmf*{name}*") + owners

    check(f"{what}: no file and no folder is left", until(lambda: not left(), 20), left())


def read(path) -> bytes:
    try:
        with open(path, "rb") as file:
            return file.read()
    except OSError:
        return b""


def is_good(reader, code) -> bool:
    """The code alone says little under Wine, where a crash gives 0."""
    return code == 0 and reader.value("torn") == 0 and reader.value("disorder") == 0 and reader.value("overwritten") == 0


def flow(client, how):
    name, what = unique(f"{how}-{client.language}"), f"{client.language}, {how}"
    reader = read_by(client, name, how)
    source = publish(client, name)
    code = finish(client, reader, source)
    check(f"{what}: ends with its publisher, all frames whole", is_good(reader, code) and "has ended" in reader.text, reader.text)
    check(f"{what}: is woken", reader.value("woken") > 0, reader.text)
    adds_up(reader, how, what)
    if how == "lease":
        check(f"{what}: frames are used in place", reader.value("leased") > 0, reader.text)
    nothing_is_left(client, name, what)


def adds_up(reader, how, what):
    if how == "next":
        check(f"{what}: read and missed frames add up", reader.value("verified") + reader.value("missed") == reader.value("span"),
              reader.text)


def takeover(client, how, size):
    """The publisher is killed, and another one takes over: of the same size, or of one that needs new pixels."""
    name, what = unique(f"takeover-{how}-{client.language}"), f"{client.language}, takeover to {size[0]}x{size[1]} ({how})"
    reader = read_by(client, name, how)
    first = publish(client, name, is_killed=True)
    check(f"{what}: the first publisher's frames arrive", reader.wait_for("frames 50"), reader.text)
    first.kill()
    second = publish(client, name, size=size)
    reader.wait_for("epoch 2")
    code = finish(client, reader, second)
    check(f"{what}: all frames whole, two epochs", is_good(reader, code) and reader.value("epochs") == 2, reader.text + second.text)
    adds_up(reader, how, what)
    nothing_is_left(client, name, what)


def long_leases(client):
    """With 4 slots a frame lives for 20 ms, unless a reader leases it: the reader sits on each one for 60, across a takeover."""
    name, what = unique(f"sit-{client.language}"), f"{client.language}, long leases"
    reader = read_by(client, name, "lease", 60)
    first = publish(client, name, slots=4, is_killed=True)
    until(lambda: reader.text.count("leased ") > 5, 60)
    first.kill()
    second = publish(client, name, slots=4)
    reader.wait_for("epoch 2")
    code = finish(client, reader, second)
    check(f"{what}: every leased frame stayed intact", is_good(reader, code) and reader.value("leased") > 10, reader.text)
    check(f"{what}: the publisher went on meanwhile", reader.value("missed") > 50, reader.text)


def killed_reader(client):
    """A reader is killed with a lease; its slot is free again, and the next reader leases."""
    name, what = unique(f"killed-{client.language}"), f"{client.language}, killed with a lease"
    source = publish(client, name, slots=4, is_killed=True)
    for _ in range(4):
        reader = read_by(client, name, "lease", 1_000_000)
        check(f"{what}: has a frame", reader.wait_for("leased "), reader.text)
        reader.kill()
    last = read_by(client, name, "lease")
    check(f"{what}: others go on", last.wait_for("frames 50"), last.text)
    source.kill()
    last.kill()


def names_vanish(client, part):
    """Section 11: a name is removed under the publisher. It moves, and the reader follows."""
    name, what = unique(f"move-{part}-{client.language}"), f"{client.language}, {part} vanishes"
    reader = read_by(client, name, "lease")
    source = publish(client, name)
    check(f"{what}: frames arrive", reader.wait_for("frames 50"), reader.text)
    control = f"/dev/shm/winmmf-{os.geteuid()}.{name}"
    folder = f"/dev/shm/winmmf-{os.geteuid()}-{read(control)[0xF0:0x100].decode()}"
    if part == "folder":
        shutil.rmtree(folder)
    else:
        os.unlink(control if part == "control" else os.path.join(folder, part))
    reader.wait_for("epoch 2")
    code = finish(client, reader, source)
    check(f"{what}: the reader goes on to the end", is_good(reader, code) and "has ended" in reader.text, reader.text)
    check(f"{what}: it has followed", reader.value("epochs") == 2 and reader.value("moves") == 1, reader.text)
    nothing_is_left(client, name, what)


def formats(client):
    for pixel_format in ("bgr24", "bgra32", "gray8", "yuy2", "nv12", "i420"):
        name = unique(f"{pixel_format}-{client.language}")
        reader = read_by(client, name, "next")
        # The odd size leaves a last group of less than 8 bytes.
        source = publish(client, name, "--pixel-format", pixel_format, size=(client.size[0] + 2, client.size[1] + 2))
        check(f"{client.language}, format {pixel_format}: verified", is_good(reader, finish(client, reader, source)), reader.text)


def last_one(client):
    """Only the reader is left: the last holder removes what the killed publisher left."""
    name, what = unique(f"last-{client.language}"), f"{client.language}, last holder"
    reader = client.start("read", name, "lease", 50, 8)
    reader.wait_for("begins")
    source = publish(client, name)
    reader.wait_for("frames 50")
    source.kill()
    code = reader.end()
    check(f"{what}: gives up in time", is_good(reader, code) and "nothing came in time" in reader.text, reader.text)
    nothing_is_left(client, name, what)


def run(client):
    for how in ("newest", "next", "lease"):
        flow(client, how)
    takeover(client, "next", client.size)
    takeover(client, "lease", (2 * client.size[0], 2 * client.size[1]))
    long_leases(client)
    killed_reader(client)
    if not client.wine:
        formats(client)
        last_one(client)
        for part in ("control", "owner", "folder"):
            names_vanish(client, part)
