"""Reads the frames of a channel (section 6)."""

import contextlib
import struct
import time
from dataclasses import dataclass
from typing import Iterator, Optional, Union

from . import _atomic
from ._control import DESCRIPTION, Control, Info
from ._errors import Absent, BadFrame, Overwritten, Refused, WinMmfError
from ._frame import Frame
from ._linux import PIXELS, Section, anchor_is_right, is_dead, parse_name
from ._row import Row

_NEWEST, _GATE, _STATE, _HEARTBEAT = 0x480 // 4, 0x484 // 4, 0x400 // 4, 0x404 // 4
_STOPPED, _SLICE, _ANNOUNCED = 2, 0.25, 200e-6


@dataclass
class Counts:
    copied: int = 0
    leased: int = 0
    overwritten: int = 0
    missed: int = 0
    woken: int = 0
    moves: int = 0


class _Changed(Exception):
    """The slot changed while it was read: begin again."""


class _Gone(Exception):
    """The frame's generation of pixels is there no more."""


class Reader:
    """One reader of a channel, for one thread at a time.

    name: "cam1" or "Local\\cam1", or "Global\\cam1". label: what the publisher shows of this reader. timeout: seconds to wait for the
    channel. Takeovers, frames that grow and channels that move are followed by the calls themselves.
    """

    def __init__(self, name: str, *, label: str = "", timeout: float = 0):
        self._name, self._label = parse_name(name), label
        self.counts = Counts()
        self._control = self._open(timeout)
        self._pixels: Optional[Section] = None
        self._generation = self._last = self._seen = 0
        self._leased = False
        self._heartbeat, self._changed_at = self._words[_HEARTBEAT], time.monotonic()
        self._row = self._ask()
        self._row.wait()

    def _open(self, timeout: float) -> Control:
        end = time.monotonic() + timeout
        while True:
            try:
                return Control(self._name)
            except Absent:
                if time.monotonic() >= end:
                    raise
            time.sleep(0.02)

    def close(self) -> None:
        self._row.close()
        self._forget_pixels()
        if self._control.section.descriptor >= 0:
            self._control.close()

    def __enter__(self) -> "Reader":
        return self

    def __exit__(self, *unused: object) -> None:
        self.close()

    @property
    def info(self) -> Info:
        if not self._leased:
            self._refresh()
        return self._control.info

    @property
    def state(self) -> str:
        """starting, live, stopped, failed; gone: the process ended without a word; silent: it lives and says nothing for 2 s."""
        info, state = self.info, self._words[_STATE]
        if state != _STOPPED and is_dead(info.writer):
            return "gone"
        if state != _STOPPED and self._words[_HEARTBEAT] == self._heartbeat and time.monotonic() - self._changed_at > 2:
            return "silent"
        return ("starting", "live", "stopped", "failed")[state if state <= 3 else 0]

    # Reading

    def newest(self, out: Optional[Union[bytearray, memoryview]] = None) -> Optional[Frame]:
        """A copy of the newest frame; None if nothing has been published yet. out: where to, instead of new memory."""
        self._is_free()
        self._refresh()
        tries = 0
        while True:
            tries += 1
            newest = 0
            try:
                if tries % 8 == 0:
                    # A publisher that is faster than this copy: lease, then copy (6.2).
                    leased = self._try_lease()
                    if leased is not None:
                        return self._copy_leased(leased, out)
                    self._refresh()
                    _atomic.give_way()
                newest, frame = self._newest_slot()
                if frame is None:
                    return None
                self._copy(frame, out)
                self._has_read(frame, newest)
                return frame
            except _Gone:
                if self._words[_NEWEST] == newest:
                    raise BadFrame("the pixels of the newest frame are not there") from None
            except _Changed:
                pass

    def next(self, timeout: Optional[float] = None) -> Optional[Frame]:
        """A copy of the frame after the one read last, waited for. None: the publisher has ended, and no frame is left.

        Frames that are gone by now are left out and counted as missed. TimeoutError if none comes in time.
        """
        self._is_free()
        end = None if timeout is None else time.monotonic() + timeout
        while True:
            self._refresh()
            frame = None
            try:
                newest, frame = self._following()
                if frame is not None:
                    seen = self._seen
                    self._copy(frame, None)
                    self._has_read(frame, newest)
                    if frame.slot + 1 != newest & 0xFF:
                        self._seen = seen  # there is a newer one at once
                    return frame
                self._seen = newest
            except _Changed:
                continue
            except _Gone:
                self._last = frame.number
                self.counts.missed += 1
                continue
            except BadFrame:
                self._last = frame.number if frame else self._last
                raise
            if not self.wait(None if end is None else end - time.monotonic()):
                return None

    def frames(self, timeout: Optional[float] = None) -> Iterator[Frame]:
        """Copies of the frames in order, until the publisher has ended. timeout: for each of them."""
        while True:
            frame = self.next(timeout)
            if frame is None:
                return
            yield frame

    def __iter__(self) -> Iterator[Frame]:
        return self.frames()

    def wait(self, timeout: Optional[float] = None) -> bool:
        """Until there is a newer frame than the one read last. False: the publisher has ended. TimeoutError if none comes in time."""
        self._is_free()
        end = None if timeout is None else time.monotonic() + timeout
        while True:
            self._refresh()
            words = self._words
            state = words[_STATE]  # before newest: nothing comes after a clean end
            _atomic.acquire_fence()
            newest = words[_NEWEST]
            if newest not in (0, self._seen):
                return True
            if state == _STOPPED:
                return False
            left = _SLICE if end is None else end - time.monotonic()
            if left <= 0:
                raise TimeoutError("no frame came in time")
            self._look_for_row()
            self._sleep(newest, min(left, _SLICE))
            look = time.monotonic() + _ANNOUNCED  # 7.4: woken by an announcement, the frame is about to come
            while words[_NEWEST] == newest and time.monotonic() < look:
                _atomic.give_way()

    def _sleep(self, newest: int, seconds: float) -> None:
        """7.2"""
        address, row = self._control.section.address + 0x480, self._row.memory
        if row is None:
            _atomic.futex_wait(address, newest, seconds)
            return
        row[0x0C] = 1
        try:
            _atomic.full_fence()  # Full fence. Partner: that of 5.4.
            if self._words[_NEWEST] == newest and _atomic.futex_wait(address, newest, seconds):
                self.counts.woken += 1
        finally:
            row[0x0C] = 0

    @contextlib.contextmanager
    def lease(self) -> Iterator[Optional[Frame]]:
        """The newest frame in place, without a copy, until the with block ends; None if nothing has been published yet.

        Where it cannot be leased now, the frame is a copy (`leased` says which). The block ends with Overwritten if the frame did not stay
        intact. What was made of `data` and `array` without a copy must not be used after the block: it shows whatever comes next.
        """
        self._is_free()
        frame = self._try_lease()
        if frame is None:
            yield self.newest()
            return
        try:
            yield frame
        finally:
            intact = self._end_lease(frame)
        if not intact:
            raise Overwritten(f"frame {frame.number} changed while it was leased")

    # Parts of it

    @property
    def _words(self) -> memoryview:
        return self._control.section.words

    def _is_free(self) -> None:
        if self._leased:
            raise WinMmfError("this reader has a lease; end it first, or open another reader")

    def _read_slot(self, slot: int) -> Optional[Frame]:
        at = 0x800 + 128 * slot
        sequence = self._words[at // 4]
        if sequence & 1:
            return None
        _atomic.acquire_fence()
        descriptor = bytes(self._control.section.view[at:at + 0x3C])
        _atomic.acquire_fence()
        return Frame(slot, sequence, descriptor) if self._words[at // 4] == sequence else None

    def _newest_slot(self):
        """6.2 (a) and (b)"""
        newest = self._words[_NEWEST]
        if newest == 0:
            return 0, None
        _atomic.acquire_fence()
        slot = (newest & 0xFF) - 1
        if not 0 <= slot < self._control.info.slots:
            raise BadFrame(f"there is no slot {slot}")
        frame = self._read_slot(slot)
        if frame is None or self._words[_NEWEST] != newest:
            raise _Changed
        return newest, frame

    def _following(self):
        """6.2, in order"""
        newest, found = self._newest_slot()
        if found is None or found.number <= self._last:
            return newest, None
        for slot in range(self._control.info.slots):
            other = self._read_slot(slot)
            if other is not None and self._last < other.number < found.number:
                found = other
        return newest, found

    def _is_unchanged(self, frame: Frame) -> bool:
        return self._words[(0x800 + 128 * frame.slot) // 4] == frame.sequence

    def _payload(self, frame: Frame) -> memoryview:
        """4.4; BadFrame where the description makes no sense."""
        if not frame.is_sound or frame.generation == 0:  # they begin with 1; 0 stands for no mapping here
            raise BadFrame(f"the description of frame {frame.number} makes no sense")
        if self._generation != frame.generation:
            self._forget_pixels()
            try:
                self._map_pixels(frame.generation)
            except Absent:
                raise _Gone from None
            except Refused as error:
                raise BadFrame(str(error)) from None
        if frame.slot >= self._pixels_slots or frame.length > self._capacity:
            raise BadFrame(f"frame {frame.number} lies outside of its pixels")
        begin = 65536 + frame.slot * self._capacity
        return self._pixels.view[begin:begin + frame.length]

    def _map_pixels(self, generation: int) -> None:
        control = self._control
        pixels = Section(f"pixels.{generation}", control.folder)
        head = bytes(pixels.view[:0x110])
        its_generation, slots, capacity = struct.unpack_from("<IIQ", head, 0x100) if len(head) == 0x110 else (0, 0, 0)
        if (pixels.user != control.section.user or not anchor_is_right(head, pixels.size, PIXELS, 65536, self._name)
                or head[0xF0:0x100] != control.tie or its_generation != generation or not 3 <= slots <= 24
                or 65536 + slots * capacity > pixels.size):
            pixels.close()
            raise Refused(f"pixels.{generation} are not those of this channel")
        self._pixels, self._generation, self._pixels_slots, self._capacity = pixels, generation, slots, capacity

    def _forget_pixels(self) -> None:
        if self._pixels is not None:
            self._pixels.close()
        self._pixels, self._generation = None, 0

    def _copy(self, frame: Frame, out) -> None:
        """6.2 (c)"""
        try:
            payload = self._payload(frame)
        except BadFrame:
            if self._is_unchanged(frame):
                raise
            raise _Changed from None
        target = memoryview(bytearray(frame.length) if out is None else out).cast("B")
        if len(target) < frame.length:
            raise ValueError(f"the frame has {frame.length} bytes, and there is room for {len(target)}")
        target[:frame.length] = payload
        payload.release()
        _atomic.acquire_fence()  # Acquire fence. Partner: the full fence of 5.3.
        if not self._is_unchanged(frame):
            raise _Changed
        frame.data = target[:frame.length]
        self.counts.copied += 1

    def _copy_leased(self, leased: Frame, out) -> Frame:
        copy = self._read_slot(leased.slot)
        try:
            if copy is None:
                raise _Changed
            self._copy(copy, out)
            self.counts.leased -= 1
            return copy
        finally:
            self._end_lease(leased)

    def _has_read(self, frame: Frame, newest: int) -> None:
        if self._last and frame.number > self._last + 1:
            self.counts.missed += frame.number - self._last - 1
        self._last, self._seen = frame.number, newest

    def _try_lease(self) -> Optional[Frame]:
        """6.3; None: copy instead."""
        while True:
            self._refresh()
            self._look_for_row()
            try:
                newest, frame = self._newest_slot()
            except _Changed:
                continue
            row = self._row.memory
            if frame is None or row is None:
                return None
            gate = self._words[_GATE]
            for _ in range(20):
                if gate in (newest, newest | 0x80) or self._words[_NEWEST] != newest:
                    break
                gate = self._words[_GATE]
            if self._words[_NEWEST] != newest:
                continue
            if gate != newest or frame.epoch != self._row.epoch:
                return None
            row[8] = frame.slot + 1
            try:
                _atomic.full_fence()  # Full fence. Partner: that of 5.4.
                if self._words[_NEWEST] != newest or not self._is_unchanged(frame):
                    continue
                frame.data = self._payload(frame)
                self._leased = frame.leased = True
            except _Gone:
                if self._words[_NEWEST] != newest:
                    continue
                raise BadFrame("the pixels of the newest frame are not there") from None
            finally:
                if not self._leased:
                    row[8] = 0
            self.counts.leased += 1
            self._has_read(frame, newest)
            return frame

    def _end_lease(self, frame: Frame) -> bool:
        """6.4: whether the frame stayed intact."""
        _atomic.acquire_fence()
        intact = self._is_unchanged(frame)
        if not intact:
            _atomic.acquire_fence()
            words = self._pixels.words
            intact = words[0x110 // 4] != 0 and words[(0x140 + 4 * frame.slot) // 4] == frame.sequence
        _atomic.acquire_fence()
        self._row.memory[8] = 0
        self._leased = False
        try:
            frame.data.release()
        except BufferError:
            pass  # an array of it is still there
        frame.data = None
        if not intact:
            self.counts.overwritten += 1
        return intact

    # What changes meanwhile

    def _ask(self) -> Row:
        return Row(self._control.folder, self._control.info.epoch, self._control.section.user, self._label)

    def _look_for_row(self) -> None:
        """7.12, 7.13: asks again at most once a second, and not while a request is unanswered."""
        if self._row.is_refused and time.monotonic() - self._row.asked > 1:
            self._row = self._ask()
        self._row.look()

    def _refresh(self) -> None:
        """3.2, 11.3. Not while a frame is leased."""
        control, words = self._control, self._words
        if words[DESCRIPTION] != control.sequence:
            epoch = control.info.epoch
            if control.read_description().epoch != epoch:
                self._row.close()
                self._row = self._ask()
        if words[_HEARTBEAT] != self._heartbeat:
            self._heartbeat, self._changed_at = words[_HEARTBEAT], time.monotonic()
        if control.info.moved or time.monotonic() - self._changed_at > 1:
            self._follow()

    def _follow(self) -> None:
        """Goes on with the control that the name leads to now, if it is another one of the same owner."""
        old = self._control
        try:
            fresh = Control(self._name)
        except WinMmfError:
            return
        if fresh.section.is_same_file(old.section) or fresh.section.user != old.section.user:
            fresh.close(leave=True)
            return
        self._row.close()
        self._forget_pixels()
        self._control, self._seen = fresh, 0
        if fresh.info.created_ns != old.info.created_ns:
            self._last = 0  # a channel made anew: all its frames come after those of the old one
        self.counts.moves += 1
        old.close()
        self._row = self._ask()
