"""Lines that were put aside, packed: written and read as a stream."""

import zlib
from collections.abc import Iterable, Iterator

LARGEST = 32 << 20
"""Bytes of a stretch, unpacked: ten years of a township."""
PIECE = 1 << 16


def pack(lines: Iterable[bytes]) -> bytes | None:
    """Lines packed; None if they are too many to be put aside."""
    packer, packed, size = zlib.compressobj(), bytearray(), 0
    for line in lines:
        size += len(line) + 1
        if size > LARGEST:
            return None
        packed += packer.compress(line + b"\n")
    return bytes(packed + packer.flush())


def unpack(packed: bytes) -> Iterator[bytes]:
    """The lines again.

    Raises:
        ValueError: it was meddled with.
    """
    left = b""
    for piece in _pieces(packed):
        *whole, left = (left + piece).split(b"\n")
        yield from whole


def _pieces(packed: bytes) -> Iterator[bytes]:
    unpacker, rest = zlib.decompressobj(), packed
    try:
        while rest and not unpacker.eof:
            yield unpacker.decompress(rest, PIECE)
            rest = unpacker.unconsumed_tail
        yield unpacker.flush()
    except zlib.error as error:
        raise ValueError(str(error)) from error
