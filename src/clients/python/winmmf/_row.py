"""The reader's row, from the publisher's door (section 7)."""

import fcntl
import mmap
import os
import socket
import struct
import time
from typing import Optional

from ._linux import DOOR, MAGIC, equal_users, fixed_text, this_process

_F_GET_SEALS, _F_SEAL_SHRINK, _PATIENCE = 1034, 2, 0.25


class Row:
    """Asks the door of one epoch; `memory` is there once the answer has come."""

    def __init__(self, folder: int, epoch: int, owner: int, label: str):
        self.epoch, self.number, self.asked = epoch, 0, time.monotonic()
        self._label = label
        self._map: Optional[mmap.mmap] = None
        self.memory: Optional[memoryview] = None
        self._connection: Optional[socket.socket] = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._connection.setblocking(False)
        try:
            # By the folder's descriptor, so that it is the folder that was checked.
            self._connection.connect(f"/proc/self/fd/{folder}/door.{epoch}")
            uid = struct.unpack("3i", self._connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 12))[1]
            if not equal_users(uid & 0xFFFFFFFF, owner):
                self.close()
        except OSError:
            self.close()

    @property
    def is_refused(self) -> bool:
        return self._connection is None

    def wait(self) -> None:
        """For the answer, as long as an opener should (7.12)."""
        end = time.monotonic() + _PATIENCE
        while self.memory is None and not self.is_refused and time.monotonic() < end:
            self.look()
            time.sleep(0.001)

    def look(self) -> None:
        """Takes the row if its message has come."""
        if self.memory is not None or self._connection is None:
            return
        try:
            message, descriptors, _, _ = socket.recv_fds(self._connection, 64, 1, socket.MSG_DONTWAIT | socket.MSG_CMSG_CLOEXEC)
        except BlockingIOError:
            return
        except OSError:
            self.close()
            return
        try:
            if descriptors and len(message) == 64:
                self._take(message, descriptors[0])
        except OSError:
            pass
        finally:
            for descriptor in descriptors:
                os.close(descriptor)
        if self.memory is None:
            self.close()

    def _take(self, message: bytes, descriptor: int) -> None:
        magic, kind, version, _, status, number, epoch = struct.unpack_from("<7I", message)
        if (magic, kind, version >> 16, status, epoch) != (MAGIC, DOOR, 1, 0, self.epoch):
            return
        if not fcntl.fcntl(descriptor, _F_GET_SEALS) & _F_SEAL_SHRINK or os.fstat(descriptor).st_size < 64:
            return
        self._map = mmap.mmap(descriptor, 64, mmap.MAP_SHARED, mmap.PROT_READ | mmap.PROT_WRITE)
        self.number, self.memory = number, memoryview(self._map)
        pid, start_time, host = this_process()
        struct.pack_into("=QQq24s", self._map, 0x10, start_time, host, time.time_ns(), fixed_text(self._label, 24))
        struct.pack_into("=Q", self._map, 0, (pid | start_time << 32) & 0xFFFFFFFFFFFFFFFF)

    def close(self) -> None:
        """The connection is the row: it ends with it."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None
        if self._map is not None and self.memory is not None:
            self.memory.release()
            self._map.close()
        self._map = self.memory = None
