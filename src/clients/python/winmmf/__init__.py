"""Reads the frames of WinMmf channels, and locks WinMmf's plain memories. Linux, Python 3.9 or later, no compiled part.

Written from docs/protocol.md; numbers such as 6.3 in the code are its paragraphs.
"""

from ._control import Info
from ._errors import Absent, BadFrame, BadName, Corrupt, LockLost, Overwritten, Refused, WinMmfError
from ._frame import Frame
from .memory import Memory
from .reader import Counts, Reader

__all__ = [
    "Absent", "BadFrame", "BadName", "Corrupt", "Counts", "Frame", "Info", "LockLost", "Memory", "Overwritten", "Reader", "Refused",
    "WinMmfError",
]
