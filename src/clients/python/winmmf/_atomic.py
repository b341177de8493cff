"""Fences, compare-exchange and futex: the three things that Python itself has not.

GCC's libatomic has the first two on every machine. Where it is not installed, x86-64 gets them as a dozen bytes of machine code; other
machines are refused, since without fences a lease or a lock would be a guess. Single words are loaded and stored by memoryview with native
formats, which CPython does with one instruction each (struct with "<" goes byte by byte, and may tear). Their order: x86-64 keeps loads in
order, and stores in order; elsewhere `acquire_fence` is called after each load that needs it.
"""

import ctypes
import mmap
import platform
import time
from typing import Callable, Tuple

_ACQUIRE, _ACQ_REL, _SEQ_CST = 2, 4, 5
_X86_64 = platform.machine() == "x86_64"
_SYS_FUTEX = 202 if _X86_64 else 98
_FUTEX_WAIT, _FUTEX_WAKE = 0, 1
_libc = ctypes.CDLL(None, use_errno=True)

full_fence: Callable[[], None]
acquire_fence: Callable[[], None]
_exchange: Callable[[int, int, int], int]


def _nothing() -> None:
    """An acquire fence on x86-64, whose loads are never reordered with later loads and stores."""


def use_libatomic() -> None:
    global full_fence, acquire_fence, _exchange
    library = ctypes.CDLL("libatomic.so.1")
    fence = library.atomic_thread_fence
    fence.argtypes, fence.restype = [ctypes.c_int], None
    compare = getattr(library, "__atomic_compare_exchange_4")
    compare.argtypes = [ctypes.c_void_p, ctypes.c_void_p, ctypes.c_uint32, ctypes.c_int, ctypes.c_int]
    compare.restype = ctypes.c_bool

    def exchange(address: int, old: int, new: int) -> int:
        expected = ctypes.c_uint32(old)
        compare(address, ctypes.addressof(expected), new, _ACQ_REL, _ACQUIRE)
        return expected.value

    full_fence = lambda: fence(_SEQ_CST)  # noqa: E731
    acquire_fence = _nothing if _X86_64 else lambda: fence(_ACQUIRE)
    _exchange = exchange


_pages = []


def use_machine_code() -> None:
    """mfence; ret, and: mov eax, esi; lock cmpxchg [rdi], edx; ret."""
    global full_fence, acquire_fence, _exchange
    if not _X86_64:
        raise OSError("needs libatomic.so.1 on this machine; on Debian: apt install libatomic1")
    page = mmap.mmap(-1, mmap.PAGESIZE, prot=mmap.PROT_READ | mmap.PROT_WRITE)
    page[0:4] = bytes.fromhex("0faef0c3")
    page[16:23] = bytes.fromhex("89f0f00fb117c3")
    address = address_of(page)
    if _libc.mprotect(ctypes.c_void_p(address), ctypes.c_size_t(mmap.PAGESIZE), mmap.PROT_READ | mmap.PROT_EXEC) != 0:
        raise OSError("this system allows no machine code of ours; install libatomic1")
    _pages.append(page)
    full_fence = ctypes.CFUNCTYPE(None)(address)
    acquire_fence = _nothing
    _exchange = ctypes.CFUNCTYPE(ctypes.c_uint32, ctypes.c_void_p, ctypes.c_uint32, ctypes.c_uint32)(address + 16)


def exchange(address: int, old: int, new: int) -> Tuple[bool, int]:
    """Compare-exchange of the u32 at an address: whether it was done, and what was there."""
    seen = _exchange(address, old, new)
    return seen == old, seen


class _Buffer(ctypes.Structure):
    _fields_ = [
        ("buf", ctypes.c_void_p), ("obj", ctypes.py_object), ("len", ctypes.c_ssize_t), ("itemsize", ctypes.c_ssize_t),
        ("readonly", ctypes.c_int), ("ndim", ctypes.c_int), ("format", ctypes.c_char_p), ("shape", ctypes.c_void_p),
        ("strides", ctypes.c_void_p), ("suboffsets", ctypes.c_void_p), ("internal", ctypes.c_void_p),
    ]


def address_of(mapping: mmap.mmap) -> int:
    """Where it is mapped, a read-only one too. Good for as long as the mapping is."""
    buffer = _Buffer()
    ctypes.pythonapi.PyObject_GetBuffer(ctypes.py_object(mapping), ctypes.byref(buffer), 0)
    address = buffer.buf
    ctypes.pythonapi.PyBuffer_Release(ctypes.byref(buffer))
    return address


class _Time(ctypes.Structure):
    _fields_ = [("seconds", ctypes.c_long), ("nanoseconds", ctypes.c_long)]


def futex_wait(address: int, value: int, seconds: float) -> bool:
    """Sleeps while the word has the value. True if it was woken. Other threads run meanwhile."""
    limit = _Time(int(seconds), int(seconds % 1 * 1e9))
    return _libc.syscall(ctypes.c_long(_SYS_FUTEX), ctypes.c_void_p(address), _FUTEX_WAIT, ctypes.c_uint32(value),
                         ctypes.byref(limit), None, 0) == 0


def futex_wake_all(address: int) -> None:
    _libc.syscall(ctypes.c_long(_SYS_FUTEX), ctypes.c_void_p(address), _FUTEX_WAKE, 0x7FFFFFFF, None, None, 0)


def give_way() -> None:
    time.sleep(0)


try:
    use_libatomic()
except (OSError, AttributeError):
    use_machine_code()
