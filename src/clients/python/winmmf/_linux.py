"""Names, processes, files and their locks (sections 1, 2 and 10)."""

import errno
import fcntl
import mmap
import os
import stat
import struct
import time
from typing import NamedTuple, Optional, Tuple

from ._atomic import address_of
from ._errors import Absent, BadName, Refused

MAGIC, CHANNEL, PIXELS, HOLDERS, DOOR = 0xFF464D57, 0x4C4E4843, 0x4C584950, 0x52444C48, 0x524F4F44
_SETLK, _GETLK = 37, 36  # F_OFD_SETLK, F_OFD_GETLK
_FLAGS = os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
SHARED = "/dev/shm/winmmf"


class Name(NamedTuple):
    text: str
    is_global: bool

    def path(self, suffix: str = "") -> str:
        return f"{SHARED}.{self.text}{suffix}" if self.is_global else f"{SHARED}-{os.geteuid()}.{self.text}{suffix}"


def _is_unfit(c: str) -> bool:
    """No part of a name; control characters, and what begins a line or turns the direction of text."""
    code = ord(c)
    return c in "\\/" or code < 0x20 or 0x7F <= code < 0xA0 or 0x2028 <= code <= 0x202E or 0x2066 <= code <= 0x2069


def parse_name(text: str) -> Name:
    """1.1. "cam1", "Local\\cam1" or "Global\\cam1"."""
    is_global = text.startswith("Global\\")
    name = text[7:] if is_global else text[6:] if text.startswith("Local\\") else text
    stem = name.rstrip("0123456789")
    try:
        length = len(name.encode())
    except UnicodeEncodeError:
        length = 0
    if (not 1 <= length <= 200 or name in (".", "..") or any(map(_is_unfit, name))
            or name.endswith((".registry", ".owner", ".holders")) or stem != name and stem.endswith((".pixels.", ".wake."))):
        raise BadName(f"{text!r} is not the name of a channel or memory: 1 to 200 bytes, without \\, / and control characters")
    return Name(name, is_global)


def anchor_is_right(head: bytes, size: int, kind: int, least: int, name: Name) -> bool:
    if size < least or len(head) < 256:
        return False
    magic, its_kind, version, structure, anchor, scope, length = struct.unpack_from("<7I", head)
    text = name.text.encode()
    return (magic == MAGIC and its_kind == kind and version >> 16 == 1 and least <= structure <= size and anchor == 256
            and scope == (2 if name.is_global else 1) and length == len(text) and head[0x20:0x20 + length] == text)


def fixed_text(text: str, size: int) -> bytes:
    """Padded with NUL, cut between characters."""
    return text.encode()[:size - 1].decode(errors="ignore").encode().ljust(size, b"\0")


# Processes

class Identity(NamedTuple):
    pid: int
    start_time: int
    host: int


def _read(path: str) -> str:
    with open(path, encoding="utf-8", errors="replace") as file:
        return file.read()


def host_value() -> int:
    text = f"{_read('/proc/sys/kernel/random/boot_id').strip()}/{os.stat('/proc/self/ns/pid').st_ino}"
    try:
        times = os.stat("/proc/self/ns/time").st_ino
    except OSError:
        times = 4026531834
    if times != 4026531834:
        text += f"/{times}"
    value = 0xCBF29CE484222325
    for byte in text.encode():
        value = (value ^ byte) * 0x100000001B3 & 0xFFFFFFFFFFFFFFFF
    return value


def _stat_of(pid: int) -> Tuple[str, int, int]:
    """State, threads, start time."""
    fields = _read(f"/proc/{pid}/stat").rsplit(")", 1)[1].split()
    return fields[0], int(fields[17]), int(fields[19])


def this_process() -> Identity:
    return Identity(os.getpid(), _stat_of(os.getpid())[2], host_value())


def is_dead(who: Identity) -> bool:
    if who.host != host_value():
        return False
    try:
        state, threads, start_time = _stat_of(who.pid)
    except (OSError, IndexError):
        try:
            os.kill(who.pid, 0)  # /proc may hide others' processes
        except OSError as error:
            return error.errno == errno.ESRCH
        return False
    return start_time != who.start_time or state in "ZX" and threads <= 1


def equal_users(one: int, other: int) -> bool:
    """1.4"""
    try:
        overflow = int(_read("/proc/sys/kernel/overflowuid"))
    except (OSError, ValueError):
        overflow = 65534
    return one == other != overflow


# Files

def lock_byte(descriptor: int, kind: int, offset: int) -> bool:
    try:
        fcntl.fcntl(descriptor, _SETLK, struct.pack("hhqqi4x", kind, os.SEEK_SET, offset, 1, 0))
        return True
    except OSError:
        return False


def byte_is_locked(descriptor: int, offset: int) -> bool:
    """Whether another process has any lock on the byte. Takes nothing."""
    try:
        answer = fcntl.fcntl(descriptor, _GETLK, struct.pack("hhqqi4x", fcntl.F_WRLCK, os.SEEK_SET, offset, 1, 0))
    except OSError:
        return True
    return struct.unpack_from("h", answer)[0] != fcntl.F_UNLCK


def path_names(path: str, descriptor: int, folder: Optional[int] = None) -> bool:
    try:
        return os.path.samestat(os.stat(path, dir_fd=folder, follow_symlinks=False), os.fstat(descriptor))
    except OSError:
        return False


def open_quietly(path: str, flags: int, folder: Optional[int] = None) -> int:
    return os.open(path, flags | _FLAGS, dir_fd=folder)


class Section:
    """A file that this process has mapped and holds (10.10)."""

    def __init__(self, path: str, folder: Optional[int] = None, writable: bool = False):
        """A plain memory is opened to write, and its mode is not judged (1.7)."""
        began = time.monotonic()
        while True:
            try:
                self.descriptor = open_quietly(path, os.O_RDWR if writable else os.O_RDONLY, folder)
            except FileNotFoundError:
                raise Absent(f"there is no {path}") from None
            except OSError as error:
                raise Refused(f"{path}: {error.strerror}") from None
            facts = os.fstat(self.descriptor)
            if not stat.S_ISREG(facts.st_mode) or facts.st_size <= 0 or not writable and facts.st_mode & 0o022:
                os.close(self.descriptor)
                raise Refused(f"{path} is no file of a publisher, or others may write it")
            # Where others may write the file, one of them may keep its lock for ever.
            patience = 0.05 if facts.st_mode & 0o022 else 1
            self.locked = lock_byte(self.descriptor, fcntl.F_RDLCK, 0)
            if (self.locked or time.monotonic() - began > patience) and path_names(path, self.descriptor, folder):
                break
            os.close(self.descriptor)
            if time.monotonic() - began > 2:
                raise Refused(f"{path} changes all the time: another account gives the name to one file after the other")
            time.sleep(0.001)
        self.user, self.inode, self.device, self.size = facts.st_uid, facts.st_ino, facts.st_dev, facts.st_size
        protection = mmap.PROT_READ | mmap.PROT_WRITE if writable else mmap.PROT_READ
        try:
            self.map = mmap.mmap(self.descriptor, self.size, mmap.MAP_SHARED, protection)
        except (OSError, ValueError) as error:
            os.close(self.descriptor)
            raise Refused(f"{path} cannot be mapped: {error}") from None
        self.address = address_of(self.map)
        self.view = memoryview(self.map)
        self.words = self.view[:self.size & ~7].cast("I")

    def is_same_file(self, other: "Section") -> bool:
        return (self.inode, self.device) == (other.inode, other.device)

    def close(self) -> None:
        """The mapping itself goes with the last array that shows it."""
        if self.descriptor < 0:
            return
        if self.locked:
            lock_byte(self.descriptor, fcntl.F_UNLCK, 0)
        os.close(self.descriptor)
        self.descriptor = -1
        try:
            self.words.release()
            self.view.release()
            self.map.close()
        except BufferError:
            pass


def open_folder(anchor: bytes, user: int) -> Tuple[int, str]:
    """The folder that the anchor names (1.3, 1.6): descriptor and path."""
    uid, tie = struct.unpack_from("<I", anchor, 0x1C)[0], anchor[0xF0:0x100]
    path = f"{SHARED}-{uid}-{tie.decode('ascii', 'replace')}"
    if any(c not in b"0123456789abcdef" for c in tie):
        raise Refused("the anchor names no folder")
    try:
        folder = os.open(path, os.O_PATH | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
    except OSError as error:
        raise Refused(f"{path}: {error.strerror}") from None
    facts = os.fstat(folder)
    # To read, the same number suffices, the overflow uid's too.
    if facts.st_uid == uid == user and not facts.st_mode & 0o022:
        return folder, path
    os.close(folder)
    raise Refused(f"{path} belongs to another account, or others may write it")


def is_leftover(path: str) -> bool:
    """10.10: it has a name, and no process holds it."""
    try:
        descriptor = open_quietly(path, os.O_RDONLY)
    except FileNotFoundError:
        return True
    except OSError:
        return False
    try:
        return not byte_is_locked(descriptor, 0)
    finally:
        os.close(descriptor)


def remove_if_unheld(path: str, folder: int, folder_path: str, companion: Optional[str] = None) -> None:
    """10.11, 10.12: removes what no process holds any more; both locks or nothing."""
    opened = []
    try:
        owner = open_quietly("owner", os.O_RDWR, folder)
        opened.append(owner)
        file = open_quietly(path, os.O_RDWR)
        opened.append(file)
        if not (lock_byte(owner, fcntl.F_WRLCK, 0) and path_names("owner", owner, folder)
                and lock_byte(file, fcntl.F_WRLCK, 0) and path_names(path, file)):
            return
        os.unlink(path)
        if companion:
            os.unlink(companion)
        listed = os.open(".", os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC, dir_fd=folder)
        opened.append(listed)
        for entry in os.listdir(listed):
            if entry != "owner":
                os.unlink(entry, dir_fd=folder)
        os.unlink("owner", dir_fd=folder)  # last: while it is there, it says whose the folder is
        os.rmdir(folder_path)
    except OSError:
        pass  # what stays is a leftover, which all processes know as such
    finally:
        for descriptor in opened:
            os.close(descriptor)
