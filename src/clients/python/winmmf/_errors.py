class WinMmfError(Exception):
    """What all errors of this package are."""


class Absent(WinMmfError):
    """There is nothing of that name, or only what killed processes left."""


class Refused(WinMmfError):
    """It is there, but the protocol forbids to use it, or this account may not."""


class BadName(WinMmfError):
    """Not a name of a channel or memory (1.1)."""


class BadFrame(WinMmfError):
    """The description of the frame makes no sense, or its pixels cannot be mapped."""


class Overwritten(WinMmfError):
    """The frame changed while it was leased: what was made of it is to be thrown away."""


class Corrupt(WinMmfError):
    """The lock word has a value that no transition leads to (8.1)."""


class LockLost(WinMmfError):
    """The lock was taken away by hand while it was held."""
