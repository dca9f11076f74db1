"""What a Windows program file asks of others: the names in its import tables."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path

SUFFIXES = frozenset({".exe", ".dll", ".pyd"})
AT_ONCE, WHEN_USED = 1, 13
"""Which tables of a file's directories hold the imports, and how long their entries are."""
ENTRY = {AT_ONCE: (20, 12), WHEN_USED: (32, 4)}


@dataclass(frozen=True)
class Part:
    """A part of the file, and where in memory it is to lie."""

    address: int
    size: int
    offset: int


def imports(file: Path) -> frozenset[str]:
    """The names of the files whose functions a program file uses, in small letters."""
    data = file.read_bytes()
    start = struct.unpack_from("<I", data, 0x3C)[0]
    assert data[start : start + 4] == b"PE\0\0", f"{file} is no Windows program file"
    parts, optional = struct.unpack_from("<H12xH", data, start + 6)
    head = start + 24
    assert struct.unpack_from("<H", data, head)[0] == 0x20B, f"{file} is not 64-bit"
    tables = head + 112
    found = _parts(data, head + optional, parts)
    names: set[str] = set()
    for kind in (AT_ONCE, WHEN_USED):
        address, size = struct.unpack_from("<II", data, tables + 8 * kind)
        if size:
            names.update(_names(data, found, address, kind))
    return frozenset(names)


def _parts(data: bytes, at: int, number: int) -> list[Part]:
    found: list[Part] = []
    for place in range(at, at + 40 * number, 40):
        size, address, stored, offset = struct.unpack_from("<IIII", data, place + 8)
        found.append(Part(address, max(size, stored), offset))
    return found


def _names(data: bytes, parts: list[Part], address: int, kind: int) -> Iterator[str]:
    length, name_at = ENTRY[kind]
    start = _offset(parts, address)
    for entry in count(start, length):
        (named,) = struct.unpack_from("<I", data, entry + name_at)
        if not named:
            return
        place = _offset(parts, named)
        yield data[place : data.index(b"\0", place)].decode("ascii").lower()


def _offset(parts: list[Part], address: int) -> int:
    part = next(part for part in parts if part.address <= address < part.address + part.size)
    return address - part.address + part.offset


def program_files(tree: Path) -> dict[Path, frozenset[str]]:
    """Every program file below a folder, with what it imports."""
    files = (path for path in sorted(tree.rglob("*")) if path.suffix.lower() in SUFFIXES)
    return {path: imports(path) for path in files}
