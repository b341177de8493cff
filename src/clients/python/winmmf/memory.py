"""A plain memory and its lock (section 8)."""

import contextlib
import fcntl
import os
import struct
import threading
import time
from typing import Iterator, Optional

from . import _atomic
from ._errors import Absent, Corrupt, LockLost, Refused, WinMmfError
from ._linux import HOLDERS, MAGIC, Section, anchor_is_right, byte_is_locked, equal_users, fixed_text, is_leftover, lock_byte, open_folder
from ._linux import open_quietly, parse_name, remove_if_unheld, this_process

READ, WRITE = 1, 2
_WAITING, _INTENT, _HELD, _RELEASING = 1, 2, 3, 4
_ROWS, _RESCUER, _GUARDS, _SUSPECT = 63, 64, 128, 0x104
_WRITER, _MARKED_WRITER, _READERS = 0x80000000, 0x40000000, 0xFFFFFF


def _at(row: int) -> int:
    return 0x200 + 112 * row


class _Table:
    """The rows in the companion. No process maps it: each account that may lock can cut it short."""

    def __init__(self, name, memory: Section):
        """Absent if there is no companion of this very memory (1.7): then the word alone is the lock."""
        self.descriptor = self.locks = self.folder = -1
        try:
            self.descriptor = open_quietly(name.path(".holders"), os.O_RDWR)
            facts, head = os.fstat(self.descriptor), os.pread(self.descriptor, 512, 0)
            if (not equal_users(facts.st_uid, memory.user) or not anchor_is_right(head, facts.st_size, HOLDERS, 8192, name)
                    or struct.unpack_from("<Q", head, 0x1A0)[0] != memory.inode):
                raise Absent
            self.folder, self.folder_path = open_folder(head, memory.user)
            self.locks = open_quietly("locks", os.O_RDWR, self.folder)
            if not equal_users(os.fstat(self.locks).st_uid, memory.user):
                raise Absent
        except (OSError, WinMmfError) as error:
            self.close()
            raise Absent from error

    def close(self) -> None:
        for descriptor in (self.descriptor, self.locks, self.folder):
            if descriptor >= 0:
                os.close(descriptor)

    def get(self, offset: int, size: int) -> bytes:
        data = os.pread(self.descriptor, size, offset)
        if len(data) != size:
            raise Refused("the companion of this memory was cut short")
        return data

    def put(self, offset: int, data: bytes) -> None:
        os.pwrite(self.descriptor, data, offset)

    def rescuer(self) -> bool:
        return self.get(_at(0), 8) != bytes(8)

    def end_dead_recovery(self) -> None:
        if lock_byte(self.locks, fcntl.F_WRLCK, _RESCUER):
            self.put(_at(0), bytes(8))
            lock_byte(self.locks, fcntl.F_UNLCK, _RESCUER)

    def take_row(self) -> int:
        """The lock of a free row, 0 if there is none."""
        for row in range(1, _ROWS + 1):
            if not lock_byte(self.locks, fcntl.F_WRLCK, _GUARDS + row):
                continue
            taken = (not byte_is_locked(self.locks, row) and self.get(_at(row) + 8, 1)[0] <= _WAITING
                     and lock_byte(self.locks, fcntl.F_WRLCK, row))
            lock_byte(self.locks, fcntl.F_UNLCK, _GUARDS + row)
            if taken:
                return row
        return 0


class _Turn:
    """Whom this client gives way to, and for how long (8.7)."""

    def __init__(self) -> None:
        self.ticket, self.began, self.allowed, self.looked, self.ignore_until = 0, 0.0, 0.0, 0.0, 0.0


class Memory:
    """A plain memory, by its name: "box" or "Local\\box", or "Global\\box". For one thread at a time."""

    def __init__(self, name: str):
        self._name = parse_name(name)
        path = self._name.path()
        if is_leftover(path):
            raise Absent(f"there is no memory {self._name.text!r} ({path})")
        self._section = Section(path, writable=True)
        if self._section.size < 4 or not self._name.is_global and not equal_users(self._section.user, os.geteuid()):
            self._section.close()
            raise Refused(f"{path} belongs to another account, or is no memory")
        if bytes(self._section.view[:4]) == MAGIC.to_bytes(4, "little"):
            self._section.close()
            raise Refused(f"{self._name.text!r} is a frame channel, which has no lock; read it with Reader")
        self._word = self._section.view[:4].cast("I")
        try:
            self._table: Optional[_Table] = _Table(self._name, self._section)
        except Absent:
            self._table = None
        self._self = this_process()
        self._mode = self._row = self._ticket = 0

    def close(self) -> None:
        if self._section.descriptor < 0:
            return
        if self._mode:
            self._release(good=False)
        user = self._section.user
        self._word.release()
        self._section.close()
        if self._table is not None:
            if os.geteuid() == 0 or equal_users(user, os.geteuid()):
                remove_if_unheld(self._name.path(), self._table.folder, self._table.folder_path, self._name.path(".holders"))
            self._table.close()

    def __enter__(self) -> "Memory":
        return self

    def __exit__(self, *unused: object) -> None:
        self.close()

    @property
    def word(self) -> int:
        """The lock word (8.1)."""
        return self._word[0]

    @property
    def has_row(self) -> bool:
        """Whether the lock that is held stands in a row, so that others see whose it is and can recover it."""
        return self._row != 0

    @property
    def is_suspect(self) -> bool:
        """True if a writer died with the lock and none has written since (8.6)."""
        return self._table is not None and self._table.get(_SUSPECT, 4) != bytes(4)

    @contextlib.contextmanager
    def lock(self, mode: str = "write", *, timeout: float = 10, label: str = "") -> Iterator[memoryview]:
        """The data, under the lock for "read" or "write", until the with block ends.

        A block for writing that ends without an exception says that the content is whole. TimeoutError if the lock does not come in time,
        for example because a dead process has it: PowerShell's Unlock-SharedMemory -Force frees that. What was made of the data without a
        copy must not be used after the block.
        """
        kinds = {"read": READ, "write": WRITE}
        if mode not in kinds:
            raise ValueError(f"mode is 'read' or 'write', not {mode!r}")
        if self._mode:
            raise WinMmfError("this memory is locked already; an owner has one lock at a time")
        self._acquire(kinds[mode], timeout, label)
        data = self._section.view[4:]
        if mode == "read":
            data = data.toreadonly()
        good = False
        try:
            yield data
            good = mode == "write"
        finally:
            try:
                data.release()
            except BufferError:
                pass
            self._release(good)

    def found_good(self) -> None:
        """Under a lock: the content was looked at and is good. Ends the mark of 8.6."""
        if not self._mode:
            raise WinMmfError("lock the memory first")
        if self._table is not None:
            self._table.put(_SUSPECT, bytes(4))

    # Acquire, 8.3

    def _acquire(self, mode: int, timeout: float, label: str) -> None:
        end, pause, turn = time.monotonic() + timeout, 0.001, _Turn()
        try:
            while True:
                word, other_reason = self._word[0], True
                if self._table is not None and not self._row:
                    self._claim(mode, label)
                if self._table is not None and not self._row:
                    pass  # all rows are taken: by time, until one is free
                elif self._table is not None and self._table.rescuer():
                    self._table.end_dead_recovery()
                elif self._next_word(word, mode) is None:
                    other_reason = _is_foreign(word)
                elif not self._gives_way(mode, turn):
                    self._state(_INTENT)
                    _atomic.full_fence()  # Full fence. Partner: 8.5 step 1.
                    if self._table is not None and self._table.rescuer():
                        self._state(_WAITING)
                        continue
                    taken, word = self._exchange_word(mode)
                    if taken:
                        self._put(0x38, struct.pack("<q", time.time_ns()))
                        self._state(_HELD)
                        self._mode = mode
                        return
                    self._state(_WAITING)
                    other_reason = _is_foreign(word)
                left = end - time.monotonic()
                if left <= 0:
                    raise TimeoutError(f"the lock of {self._name.text!r} did not come in {timeout} s")
                _atomic.full_fence()  # Full fence. Partner: 8.4 step 3.
                if other_reason or self._word[0] == word:
                    _atomic.futex_wait(self._section.address, word, min(left, pause if other_reason else 0.1))
                    pause = min(pause * 2, 0.02)
        finally:
            if not self._mode:
                self._give_row_back()

    def _exchange_word(self, mode: int):
        """8.3 step 6: by at most 100 exchanges."""
        word = self._word[0]
        for _ in range(100):
            wanted = self._next_word(word, mode)
            if wanted is None:
                break
            done, word = _atomic.exchange(self._section.address, word, wanted)
            if done:
                return True, wanted
        return False, word

    def _next_word(self, word: int, mode: int) -> Optional[int]:
        """8.1: what the word becomes; None if it does not allow the lock now."""
        readers, marks = word & _READERS, word >> 24 & 0x3F
        writer, marked_writer = bool(word & _WRITER), bool(word & _MARKED_WRITER)
        if word >= 0xFF000000 or marks > readers or writer and readers or marked_writer and not writer:
            raise Corrupt(f"the lock word of {self._name.text!r} is corrupt: {word:08X}")
        if writer or mode == WRITE and readers or readers >= _READERS - 1 or marks >= _ROWS:
            return None
        if mode == WRITE:
            return _WRITER | _MARKED_WRITER if self._row else word | _WRITER
        return word + (0x01000001 if self._row else 1)

    def _gives_way(self, mode: int, turn: _Turn) -> bool:
        """8.7: to a living row with an earlier ticket that has waited for 10 ms and cannot share."""
        now = time.monotonic()
        if self._table is None or now < turn.ignore_until:
            return False
        first, found, found_mode = self._ticket, 0, 0
        rows = self._table.get(_at(1), 112 * _ROWS)
        for row in range(1, _ROWS + 1):
            state, other, ticket = struct.unpack_from("<8xB3xI32xQ", rows, 112 * (row - 1))
            if (state in (_WAITING, _INTENT) and row != self._row and ticket < first and now * 1e9 - ticket >= 10_000_000
                    and WRITE in (mode, other) and byte_is_locked(self._table.locks, row)):
                first, found, found_mode = ticket, row, other
        if not found:
            return False
        if turn.ticket != first:
            turn.ticket, turn.began, turn.looked, turn.allowed = first, now, now, 0.0
        if self._next_word(self._word[0], found_mode) is not None:
            turn.allowed += now - turn.looked
        turn.looked = now
        if turn.allowed > 0.05 or now - turn.began > 5:
            turn.ticket, turn.ignore_until = 0, now + 1
            return False
        return True

    # Release, 8.4

    def _release(self, good: bool) -> None:
        if good and self._table is not None:
            self._table.put(_SUSPECT, bytes(4))
        self._state(_RELEASING)
        _atomic.full_fence()  # Full fence. Partner: 8.5 step 3.
        shown, word = False, self._word[0]
        while True:
            wanted = self._word_without(word)
            if wanted is None:
                break
            shown, word = _atomic.exchange(self._section.address, word, wanted)
            if shown:
                break
        self._give_row_back()
        self._mode = 0
        _atomic.full_fence()  # Full fence. Partner: the last look of a waiter.
        _atomic.futex_wake_all(self._section.address)
        if not shown:
            raise LockLost(f"the lock of {self._name.text!r} was taken away by hand: {word:08X}")

    def _word_without(self, word: int) -> Optional[int]:
        """The word without this lock; None if it does not show it."""
        if word >= 0xFF000000:
            return None
        if self._mode == WRITE:
            bits = _WRITER | _MARKED_WRITER if self._row else _WRITER
            return word & ~bits if word & bits == bits else None
        if word & _WRITER or not word & _READERS or self._row and not word >> 24 & 0x3F:
            return None
        return word - (0x01000001 if self._row else 1)

    # The row, 8.2

    def _put(self, offset: int, data: bytes) -> None:
        if self._row:
            self._table.put(_at(self._row) + offset, data)

    def _state(self, state: int) -> None:
        self._put(8, bytes([state]))

    def _claim(self, mode: int, label: str) -> None:
        row = self._table.take_row()
        if not row:
            return
        old = struct.unpack("<Q", self._table.get(_at(row) + 0x30, 8))[0]
        self._row, self._ticket = row, max(time.monotonic_ns(), old + 1)
        pid, start_time, host = self._self
        token = int.from_bytes(os.urandom(8), "little") or 1
        self._state(0)  # what a dead client left there is no turn any more
        self._put(0x0C, struct.pack("<IQQQIIQq16s32s", mode, token, start_time, host, threading.get_native_id(), 0, self._ticket,
                                    time.time_ns(), b"", fixed_text(label, 32)))
        self._put(0, struct.pack("<Q", (pid | start_time << 32) & 0xFFFFFFFFFFFFFFFF))
        self._state(_WAITING)

    def _give_row_back(self) -> None:
        if not self._row:
            return
        self._state(0)
        self._put(0, bytes(8))
        lock_byte(self._table.locks, fcntl.F_UNLCK, self._row)
        self._row = 0


def _is_foreign(word: int) -> bool:
    return word & (_WRITER | _MARKED_WRITER) == _WRITER or (word & _READERS) > (word >> 24 & 0x3F)
