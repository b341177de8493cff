"""Each client against the bytes of docs/protocol.md, section 16: this program lays them out as the publisher, or another client, would."""

import fcntl
import os
import re
import shutil
import socket
import struct
import threading

from harness import ROOT, check, skip, until

_one_at_a_time = threading.Lock()
UID = os.geteuid() if hasattr(os, "geteuid") else 0
F_OFD_SETLK = 37

DESCRIBED = """\
epoch=1 slots=4 generation=1 capacity=65536 millihertz=30000 moved=0 state=1
created=1700000000000000000 clock=1699999000000000000 owner=4242 start=123456 host=1122334455667788 writer=4242
source=synthetic account=ann
frame=1 size=16x8 stride=16 format=GREY length=128 captured=1004900000000 published=1005000000000 \
flags=1 epoch=1 slot=0 sequence=4 first=17 last=144
"""


def tables():
    """The blocks of section 16 as bytearrays: control, pixels, owner, door, row, companion."""
    with open(os.path.join(ROOT, "docs", "protocol.md"), encoding="utf-8") as file:
        text = file.read().split("\n## 16. ", 1)[1]
    blocks = []
    for block in re.findall(r"```\n(.*?)```", text, re.S):
        data = bytearray(8192)
        for line in block.splitlines():
            offset, *values = line.split()
            data[int(offset, 16):int(offset, 16) + len(values)] = bytes.fromhex("".join(values))
        blocks.append(data)
    return blocks


def lock_byte(descriptor, kind, offset):
    fcntl.fcntl(descriptor, F_OFD_SETLK, struct.pack("hhqqi4x", kind, os.SEEK_SET, offset, 1, 0))


class Layout:
    """Files in /dev/shm, made anew for each case and gone after it."""

    def __init__(self):
        self.paths, self.descriptors, self.sockets = [], [], []

    def __enter__(self):
        return self

    def __exit__(self, *unused):
        for descriptor in self.descriptors:
            os.close(descriptor)
        for one in self.sockets:
            one.close()
        for path in reversed(self.paths):
            if os.path.isdir(path):
                shutil.rmtree(path)
            elif os.path.exists(path):
                os.unlink(path)

    def file(self, path, data, mode=0o600, held=True):
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        self.paths.append(path)
        self.descriptors.append(descriptor)
        os.write(descriptor, data)
        os.fchmod(descriptor, mode)
        if held:
            lock_byte(descriptor, fcntl.F_RDLCK, 0)
        return descriptor

    def folder(self, random, mode):
        path = f"/dev/shm/winmmf-{UID}-{random}"
        os.mkdir(path, 0o700)
        os.chmod(path, mode)
        self.paths.append(path)
        return path


def anchored(data, size):
    """With the user who runs this in place of 1000."""
    data = data[:size].ljust(size, b"\0")
    data[0x1C:0x20] = struct.pack("<I", UID)
    return data


class Channel(Layout):
    def __init__(self, change=None, mode=0o600, held=True, retired=False):
        super().__init__()
        control, pixels, owner, self.message, self.row, _ = tables()
        control, pixels, owner = anchored(control, 8192), anchored(pixels, 5 * 65536), anchored(owner, 512)
        if not retired:
            pixels[0x110:0x150] = bytes(0x40)
        pixels[65536:65536 + 128] = bytes(range(17, 145))
        if change:
            change(control, pixels)
        folder = self.folder("0123456789abcdef", 0o700)
        self.owner = self.file(folder + "/owner", owner, held=False)
        self.pixels = self.file(folder + "/pixels.1", pixels)
        self.control = self.file(f"/dev/shm/winmmf-{UID}.cam1", control, mode, held)
        self.memory = None
        if held:
            lock_byte(self.owner, fcntl.F_WRLCK, 0)
            self.listener = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
            self.sockets.append(self.listener)
            self.listener.bind(folder + "/door.1")
            self.listener.listen()

    def hand_out(self):
        """The golden message to the client that comes, with a row."""
        self.memory = os.memfd_create("row", os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING)
        os.ftruncate(self.memory, 4096)
        fcntl.fcntl(self.memory, fcntl.F_ADD_SEALS, fcntl.F_SEAL_SHRINK | fcntl.F_SEAL_GROW | fcntl.F_SEAL_SEAL)
        self.descriptors.append(self.memory)
        self.listener.settimeout(60)
        connection, _ = self.listener.accept()
        self.sockets.append(connection)
        socket.send_fds(connection, [bytes(self.message[:64])], [self.memory])


def identity(pid):
    with open(f"/proc/{pid}/stat", encoding="ascii") as file:
        start = int(file.read().rsplit(")", 1)[1].split()[19])
    with open("/proc/sys/kernel/random/boot_id", encoding="ascii") as file:
        text = f"{file.read().strip()}/{os.stat('/proc/self/ns/pid').st_ino}"
    if os.path.exists("/proc/self/ns/time") and os.stat("/proc/self/ns/time").st_ino != 4026531834:
        text += f"/{os.stat('/proc/self/ns/time').st_ino}"
    host = 0xCBF29CE484222325
    for byte in text.encode():
        host = (host ^ byte) * 0x100000001B3 % 2**64
    return start, host


def read_channel(client):
    """Described as it is; the row as in the document; each way in which a lease ends."""
    endings = {
        "the frame stays": (None, "ok"),
        "the slot is filled again": (lambda c: os.pwrite(c.control, struct.pack("<I", 5), 0x800), "overwritten"),
        "the pixels are retired with it": (retire_with(4), "ok"),
        "the pixels are retired without it": (retire_with(8), "overwritten"),
    }
    for ending, (act, expected) in endings.items():
        what = f"{client.language}, golden bytes, {ending}"
        with Channel() as channel:
            door = threading.Thread(target=channel.hand_out)
            door.start()
            child = client.start("describe", "cam1", "viewer", keeps_input=True)
            door.join()
            check(f"{what}: the channel is described as it is", child.wait_for("leased") and child.text.startswith(DESCRIBED), child.text)
            start, host = identity(child.process.pid)
            row = os.pread(channel.memory, 64, 0)
            expected_row = channel.row[:64]
            struct.pack_into("<Q", expected_row, 0, (child.process.pid | start << 32) % 2**64)
            struct.pack_into("<QQ", expected_row, 0x10, start, host)
            expected_row[0x20:0x28] = row[0x20:0x28]
            claimed = struct.unpack_from("<q", row, 0x20)[0]
            check(f"{what}: the row is as in the document", row == bytes(expected_row) and claimed > 1_700_000_000 * 10**9, row.hex(" "))
            if act:
                act(channel)
            child.say("")
            child.end()
            check(f"{what}: the lease ends so", expected in child.text.splitlines()[-1], child.text)
            check(f"{what}: the row holds nothing then", os.pread(channel.memory, 64, 0)[8] == 0)


def retire_with(sequence):
    def act(channel):
        os.pwrite(channel.pixels, struct.pack("<I", sequence), 0x140)
        os.pwrite(channel.pixels, struct.pack("<I", 1), 0x110)
        os.pwrite(channel.control, struct.pack("<I", 7), 0x800)
    return act


def put(where, offset, value, form="<I"):
    def change(control, pixels):
        struct.pack_into(form, control if where == "control" else pixels, offset, value)
    return change


def puts(*changes):
    def change(control, pixels):
        for one in changes:
            one(control, pixels)
    return change


def judge_channels(client):
    """What must be refused, and what must not."""
    reason = {"open: it may not be used": "refused", "open: there is nothing": "absent", "frame: ": "no frame", "copied": "copied"}
    cases = [
        ("a higher minor version", put("control", 8, 0x00010007), {}, "copied"),
        ("an unknown field", put("control", 0x17C, 0xFFFFFFFF), {}, "copied"),
        ("an unknown state", put("control", 0x400, 9), {}, "copied"),
        ("a compressed frame", puts(put("control", 0x828, 0), put("control", 0x82C, 0x47504A4D)), {}, "copied"),
        ("a compressed frame with a stride", put("control", 0x82C, 0x47504A4D), {}, "no frame"),
        ("a lease that nobody may have", put("control", 0x484, 0x181), {}, "copied"),
        ("another major version", put("control", 8, 0x00020000), {}, "refused"),
        ("another kind", put("control", 4, 0x4C584950), {}, "refused"),
        ("another name", put("control", 0x20, 0x326D6163), {}, "refused"),
        ("another scope", put("control", 0x14, 2), {}, "refused"),
        ("an anchor not finished", put("control", 0, 0), {}, "refused"),
        ("a structure larger than its file", put("control", 0x0C, 8193), {}, "refused"),
        ("a tie that is none", put("control", 0xF0, 0x2E2E2F2E), {}, "refused"),
        ("2 slots", put("control", 0x108, 2), {}, "refused"),
        ("25 slots", put("control", 0x108, 25), {}, "refused"),
        ("a description never finished", put("control", 0x100, 5), {}, "refused"),
        ("a control that others may write", None, {"mode": 0o622}, "refused"),
        ("a leftover", None, {"held": False}, "absent"),
        ("a newest slot that is not there", put("control", 0x480, 0x105), {}, "no frame"),
        ("no width", put("control", 0x820, 0), {}, "no frame"),
        ("a stride below the width", put("control", 0x828, 15), {}, "no frame"),
        ("an unknown format", put("control", 0x82C, 0x58585858), {}, "no frame"),
        ("a length that does not fit", put("control", 0x830, 129), {}, "no frame"),
        ("pixels of another channel", put("pixels", 0xF0, 0x30303030), {}, "no frame"),
        ("a capacity beyond the file", put("pixels", 0x108, 1 << 63, "<Q"), {}, "no frame"),
        ("a capacity that overflows", put("pixels", 0x108, (1 << 62) + 65536, "<Q"), {}, "no frame"),
        ("25 slots of pixels", put("pixels", 0x104, 25), {}, "no frame"),
        ("another generation of pixels", put("pixels", 0x100, 2), {}, "no frame"),
        ("pixels that are not there", put("control", 0x804, 3), {}, "no frame"),
    ]
    for what, change, how, expected in cases:
        with Channel(change, **how):
            child = client.start("describe", "cam1", "viewer", keeps_input=True)
            until(lambda: any(text in child.text for text in reason) or child.process.poll() is not None, 60)
            found = [said for text, said in reason.items() if text in child.text]
            check(f"{client.language}, a channel with {what}: {expected}", found == [expected], child.text)
            child.say("")
            child.end()
    with Channel(put("control", 0x480, 0x105)):
        child = client.start("read", "cam1", "next", 1, 5)
        check(f"{client.language}, in order, a newest slot that is not there: no frame",
              child.end() == 1 and ("makes no sense" in child.text or "failed: there is no slot" in child.text), child.text)


class Memory(Layout):
    def __init__(self, other_inode=False, others_locks=True):
        super().__init__()
        companion = anchored(tables()[5], 8192)
        owner = anchored(tables()[2], 512)
        folder = self.folder("fedcba9876543210", 0o711)
        self.file(folder + "/owner", owner, held=False)
        self.locks = self.file(folder + "/locks", b"", 0o666, held=False) if others_locks else None
        self.memory = self.file("/dev/shm/winmmf.box", bytes(1004), 0o666)
        struct.pack_into("<Q", companion, 0x1A0, os.fstat(self.memory).st_ino + other_inode)
        self.companion = self.file("/dev/shm/winmmf.box.holders", companion, 0o666, held=False)

    def word(self):
        return struct.unpack("<I", os.pread(self.memory, 4, 0))[0]

    def row(self, number):
        return os.pread(self.companion, 112, 0x200 + 112 * number)


def lock_memory(client):
    what = f"{client.language}, golden memory"
    with Memory() as memory:
        child = client.start("lock", r"Global\box", "hold", "write", "line", keeps_input=True)
        check(f"{what}: locked with a row", child.wait_for("held row=1 suspect=0") and memory.word() == 0xC0000000, child.text)
        row, (start, host) = memory.row(1), identity(child.process.pid)
        claim, state, mode, token, row_start, row_host = struct.unpack_from("<QIIQQQ", row)
        check(f"{what}: the row says who",
              claim == (child.process.pid | start << 32) % 2**64 and (row_start, row_host) == (start, host), row.hex(" "))
        check(f"{what}: held for writing, with token and ticket",
              state == 3 and mode == 2 and token != 0 and row[0x30:0x38] != bytes(8), row.hex(" "))
        child.say("")
        child.end()
        check(f"{what}: given back", memory.word() == 0 and memory.row(1)[:12] == bytes(12), memory.row(1).hex(" "))

    def one(case, prepare, says, other=None, **how):
        with Memory(**how) as made:
            prepare(made)
            held = client.start("lock", r"Global\box", "hold", "write", "line", keeps_input=True)
            check(f"{what}, {case}", held.wait_for(says) and (other is None or other(made)), held.text + made.row(1).hex(" "))
            held.say("")
            held.end()

    def put_row(number, *fields):
        return lambda made: os.pwrite(made.companion, struct.pack("<QIIQ", *fields), 0x200 + 112 * number)

    foreign = "held row=0"
    one("a companion of another memory: the word alone", lambda m: None, foreign, lambda m: m.word() == 0x80000000, other_inode=True)
    one("no file of locks: the word alone", lambda m: None, foreign, lambda m: m.word() == 0x80000000, others_locks=False)
    one("suspect content is told", lambda m: os.pwrite(m.companion, b"\1", 0x104), "suspect=1")
    one("a dead owner's row is left alone", put_row(1, 4711 | 1 << 32, 3, 2, 7), "held row=1",
        lambda m: m.row(1)[8] == 3 and m.row(2)[8] == 3)
    one("a dead waiter's row is used again", put_row(1, 4711 | 1 << 32, 1, 2, 7), "held row=1",
        lambda m: m.row(1)[8] == 3 and m.row(2)[8] == 0)
    one("a dead rescuer's recovery is ended", put_row(0, 4711 | 1 << 32, 0, 0, 7), "held row=1", lambda m: m.row(0)[:8] == bytes(8))
    one("a corrupt word is not taken", lambda m: os.pwrite(m.memory, struct.pack("<I", 0xFF000000), 0), "corrupt",
        lambda m: m.word() == 0xFF000000)
    one("a frame channel is no memory", lambda m: os.pwrite(m.memory, struct.pack("<I", 0xFF464D57), 0), "open: it may not be used",
        lambda m: m.word() == 0xFF464D57)

    with Memory() as memory:
        os.pwrite(memory.companion, struct.pack("<Q", 4711 | 1 << 32), 0x200)
        lock_byte(memory.locks, fcntl.F_WRLCK, 64)
        child = client.start("lock", r"Global\box", "hold", "write")
        check(f"{what}: waits for a living rescuer", not child.wait_for("held", 1) and memory.word() == 0, child.text)
        lock_byte(memory.locks, fcntl.F_UNLCK, 64)
        check(f"{what}: and goes on when that one is gone", child.wait_for("given back"), child.text)
        child.end()


def run(client):
    if client.wine:
        skip(f"{client.language}, golden bytes", "they are laid out for Linux")
        return
    with _one_at_a_time:
        read_channel(client)
        judge_channels(client)
        lock_memory(client)
