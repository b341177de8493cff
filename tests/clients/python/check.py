"""What tests/clients/run asks of a client; the commands are those of tests/clients/c/check.c."""

import os
import struct
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "..", "src", "clients", "python"))
import winmmf  # noqa: E402
from winmmf import _atomic  # noqa: E402

if os.environ.get("CHECK_ATOMICS") == "machine code":
    _atomic.use_machine_code()


def say(text: str) -> None:
    print(text, flush=True)


def verified(frame) -> int:
    """Section 14: the number of a whole frame, or 0."""
    data = bytes(frame.data)
    number, checksum = struct.unpack_from("<QQ", data)
    value = 0xCBF29CE484222325 ^ number
    for group in memoryview(data[16:] + bytes(-len(data) % 8)).cast("Q"):
        value = (value ^ group) * 0x100000001B3 & 0xFFFFFFFFFFFFFFFF
    return number if value == checksum else 0


def describe(name: str, label: str) -> int:
    with winmmf.Reader(name, label=label, timeout=5) as reader:
        d = reader.info
        say(f"epoch={d.epoch} slots={d.slots} generation={d.generation} capacity={d.capacity} millihertz={d.millihertz} "
            f"moved={d.moved} state={1 if reader.state == 'live' else 0}")
        say(f"created={d.created_ns} clock={d.unix_minus_monotonic_ns} owner={d.owner.pid} start={d.owner.start_time} "
            f"host={d.owner.host:016x} writer={d.writer.pid}")
        say(f"source={d.source} account={d.account}")
        try:
            with reader.lease() as f:
                say(f"frame={f.number} size={f.width}x{f.height} stride={f.stride} format={f.format} length={f.length} "
                    f"captured={f.captured_ns} published={f.published_ns} flags={f.flags} epoch={f.epoch} slot={f.slot} "
                    f"sequence={f.sequence} first={f.data[0]} last={f.data[-1]}")
                say("leased" if f.leased else "copied")
                sys.stdin.readline()
            say("ok")
        except winmmf.Overwritten as error:
            say(f"overwritten: {error}")
        except winmmf.BadFrame as error:
            say(f"frame: {error}")
            return 1
    return 0


def next_frame(reader, how: str, seconds: float, hold: float):
    """A frame and its verified number; None at the publisher's end. A lease that was overwritten is counted by the reader."""
    if how == "next":
        frame = reader.next(seconds)
        return frame and (frame, verified(frame))
    if not reader.wait(seconds):
        return None
    if how == "newest":
        frame = reader.newest()
        return frame, verified(frame)
    with reader.lease() as frame:
        if frame.leased and hold > 0:
            say(f"leased {frame.number}")
            time.sleep(hold)
        return frame, verified(frame)


def read(name: str, how: str, least: int, seconds: float, hold: float) -> int:
    count = torn = disorder = first = last = offset = epochs = epoch = created = 0
    why = "the publisher has ended"
    say("begins")
    with winmmf.Reader(name, label="Python", timeout=seconds) as reader:
        while True:
            try:
                got = next_frame(reader, how, seconds, hold)
            except winmmf.Overwritten:
                continue
            except TimeoutError:
                why = "nothing came in time"
                break
            if got is None:
                break
            frame, number = got
            torn += number == 0
            if frame.epoch != epoch:
                epoch, epochs, offset = frame.epoch, epochs + 1, frame.number - number
                say(f"epoch {epoch}")
            elif frame.number - number != offset:
                disorder += 1
            anew = reader.info.created_ns != created
            disorder += not anew and frame.number <= last
            created, first, last, count = reader.info.created_ns, first or frame.number, frame.number, count + 1
            if count % 50 == 0:
                say(f"frames {count}")
        c = reader.counts
    say(why)
    say(f"verified={count - torn} torn={torn} disorder={disorder} copied={c.copied} leased={c.leased} overwritten={c.overwritten} "
        f"missed={c.missed} woken={c.woken} moves={c.moves} epochs={epochs} span={last - first + (count > 0)}")
    return 0 if torn == disorder == c.overwritten == 0 and count >= least else 1


def add(memory, count: int) -> int:
    rows = 0
    for _ in range(count):
        with memory.lock("write", timeout=120, label="adds") as data:
            rows += memory.has_row
            struct.pack_into("<Q", data, 0, struct.unpack_from("<Q", data)[0] + 1)
    say(f"added={count} rows={rows}")
    return 0


def hold(memory, mode: str, until_line: bool) -> int:
    with memory.lock(mode, timeout=30, label="holds"):
        say(f"held row={int(memory.has_row)} suspect={int(memory.is_suspect)}")
        if until_line and not sys.stdin.readline():
            return 1
    say("given back")
    return 0


def main(arguments) -> int:
    command, name, *rest = arguments
    try:
        if command == "describe":
            return describe(name, rest[0])
        if command == "read":
            return read(name, rest[0], int(rest[1]), float(rest[2]), float(rest[3]) / 1000 if len(rest) > 3 else 0)
        with winmmf.Memory(name) as memory:
            if rest[0] == "add":
                return add(memory, int(rest[1]))
            return hold(memory, rest[1], len(rest) > 2)
    except winmmf.Absent as error:
        say(f"open: there is nothing of that name: {error}")
    except winmmf.Refused as error:
        say(f"open: it may not be used: {error}")
    except (winmmf.WinMmfError, TimeoutError) as error:
        say(f"failed: {error}")
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
