"""A frame: its description, its bytes, and the same as a numpy array."""

import struct
from typing import TYPE_CHECKING, Optional

if TYPE_CHECKING:
    import numpy

_PIXEL_BYTES = {"BGR3": 3, "BGR4": 4, "GREY": 1, "YUY2": 2, "NV12": 1, "I420": 1}


class Frame:
    """data: a copy of one's own; or, leased, the shared memory itself, read-only, until the lease ends."""

    __slots__ = ("slot", "sequence", "generation", "number", "captured_ns", "published_ns", "width", "height", "stride", "format",
                 "length", "flags", "epoch", "leased", "data")

    slot: int
    sequence: int
    generation: int
    number: int         # 1, 2, 3 … over the channel's life
    captured_ns: int    # time.monotonic_ns()
    published_ns: int
    width: int
    height: int
    stride: int         # bytes a row of the first plane
    format: str         # "BGR3", "BGR4", "GREY", "YUY2", "NV12", "I420" or "MJPG"
    length: int         # bytes
    flags: int          # bit 0: first frame after the source has started
    epoch: int
    leased: bool
    data: Optional[memoryview]

    def __init__(self, slot: int, sequence: int, descriptor: bytes):
        self.slot, self.sequence, self.leased, self.data = slot, sequence, False, None
        (_, self.generation, self.number, self.captured_ns, self.published_ns, self.width, self.height, self.stride, fourcc, self.length,
         self.flags, self.epoch) = struct.unpack_from("<IIQqqII I4sIII", descriptor)
        self.format = fourcc.decode("ascii", "replace")

    @property
    def is_sound(self) -> bool:
        """Section 13"""
        if not (1 <= self.width <= 65535 and 1 <= self.height <= 65535 and self.length <= 2**31 - 65536):
            return False
        if self.format == "MJPG":
            return self.stride == 0 and self.length > 0
        pixel, first = _PIXEL_BYTES.get(self.format), self.stride * self.height
        planes = self.format in ("NV12", "I420")
        if (pixel is None or self.stride < pixel * self.width or (planes or pixel == 2) and self.width % 2 or planes and self.height % 2
                or self.format == "I420" and self.stride % 2):
            return False
        return self.length == (first * 3 // 2 if planes else first)

    @property
    def array(self) -> "numpy.ndarray":
        """The bytes as a numpy array, without a copy, as OpenCV takes them: height x width x channels, height x width for GREY, rows of
        all planes for NV12 and I420 (height x 3 / 2 rows of a stride), one row of bytes for MJPG."""
        import numpy
        if self.data is None:
            raise ValueError("the lease of this frame has ended")
        if self.format == "MJPG":
            return numpy.frombuffer(self.data, numpy.uint8)
        if self.format in ("NV12", "I420"):
            return numpy.frombuffer(self.data, numpy.uint8).reshape(self.height * 3 // 2, self.stride)
        pixel = _PIXEL_BYTES[self.format]
        shape = (self.height, self.width) if pixel == 1 else (self.height, self.width, pixel)
        strides = (self.stride, 1) if pixel == 1 else (self.stride, pixel, 1)
        return numpy.ndarray(shape, numpy.uint8, self.data, 0, strides)

    def __repr__(self) -> str:
        return f"<Frame {self.number}: {self.width}x{self.height} {self.format}{', leased' if self.leased else ''}>"
