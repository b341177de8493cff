"""The control of a channel: what it is, who publishes (section 3)."""

import os
import struct
import time
from dataclasses import dataclass

from . import _atomic
from ._errors import Absent, Refused, WinMmfError
from ._linux import CHANNEL, Identity, Section, anchor_is_right, equal_users, is_leftover, open_folder, remove_if_unheld

DESCRIPTION = 0x100 // 4


@dataclass(frozen=True)
class Info:
    epoch: int
    slots: int
    generation: int
    millihertz: int
    capacity: int
    created_ns: int
    unix_minus_monotonic_ns: int
    owner: Identity
    writer: Identity
    moved: int
    source: str
    account: str


def _text(field: bytes) -> str:
    return field.split(b"\0", 1)[0].decode(errors="replace")


class Control:
    """The control of a channel and its folder, read-only."""

    def __init__(self, name):
        path = name.path()
        if is_leftover(path):
            raise Absent(f"there is no channel {name.text!r} ({path})")
        self.name, self.section = name, Section(path)
        self.folder = -1
        try:
            if not name.is_global and not equal_users(self.section.user, os.geteuid()):
                raise Refused(f"{path} belongs to another account")
            head = bytes(self.section.view[:256])
            if not anchor_is_right(head, self.section.size, CHANNEL, 8192, name):
                raise Refused(f"{path} is no channel of that name in version 1 of the protocol")
            self.folder, self.folder_path = open_folder(head, self.section.user)
            self.tie = head[0xF0:0x100]
            self.read_description()
        except WinMmfError:
            self.section.close()
            if self.folder >= 0:
                os.close(self.folder)
            raise

    def read_description(self) -> Info:
        """3.1"""
        words, end = self.section.words, time.monotonic() + 2
        while True:
            sequence = words[DESCRIPTION]
            if not sequence & 1:
                copy = bytes(self.section.view[0x100:0x2C0])
                _atomic.acquire_fence()
                if words[DESCRIPTION] == sequence:
                    break
            if time.monotonic() > end:
                raise Refused("the channel's description is not finished; its publisher died, start another one")
            time.sleep(0.001)
        _, epoch, slots, _, generation, millihertz, capacity, created, clock = struct.unpack_from("<6IQqq", copy)
        owner, writer = (Identity(pid, start, host) for pid, _, start, host in struct.iter_unpack("<IIQQ", copy[0x30:0x60]))
        if not 3 <= slots <= 24:
            raise Refused(f"a channel has 3 to 24 slots, not {slots}")
        self.sequence = sequence
        self.info = Info(epoch, slots, generation, millihertz, capacity, created, clock, owner, writer,
                         struct.unpack_from("<I", copy, 0x70)[0], _text(copy[0x80:0x100]), _text(copy[0x180:0x1C0]))
        return self.info

    def close(self, leave: bool = False) -> None:
        user = self.section.user
        self.section.close()
        if not leave and (os.geteuid() == 0 or equal_users(user, os.geteuid())):
            remove_if_unheld(self.name.path(), self.folder, self.folder_path)
        os.close(self.folder)
