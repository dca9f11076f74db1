"""What a bundle carries: lines of JSON, packed with zstd and sealed; read and written as a stream.

The first line says which stretches follow, how far the sender is, and which attachments it lacks;
then comes a line for each change. JSON, zstd and age are all one needs to read it in twenty years.
"""

import json
import re
from collections.abc import Generator, Iterable, Iterator
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import zstandard

from deputydesk.errors import UserError
from deputydesk.journal.segments import FEED, HASH, Line, Segment
from deputydesk.journal.values import reader, text_of

LONGEST = 8_000_000
"""Bytes of one line."""
LARGEST = 8 << 30
"""Bytes unpacked: a hundred times what an office writes in ten years."""
LEVEL = 3
WINDOW = 1 << 23
"""Bytes that unpacking may keep in mind; our own packing needs 2 MiB."""
AT_ONCE = 500
"""Lines packed at once."""
MOST = 1 << 53
"""No feed ever has so many changes."""

_CODE = re.compile(r"[0-9A-Za-z]{1,12}")
_DEVICE = re.compile(r"[0-9A-Za-z]{1,16}")
_NAMING = re.compile(r"([0-9a-f]{64})?")
_KEY = re.compile(r"[ -~]{0,2000}")
"""A key or signature of any suite, as text."""


_read = reader(json.JSONDecoder())
_FEWER = "fewer lines than were told"


class BadPayload(ValueError):  # noqa: N818 - what it says of the payload
    """It is not what this program packs."""


@dataclass(frozen=True)
class Header:
    """What comes before the changes.

    Args:
        segments: which stretches follow, in this order.
        have: how far the sender is, by feed.
        want: SHA-256 of attachments that the sender lacks.
        keys: keys that offices below the sender signed with before, by office.
        retired: names that the sender had before it took the present one.
        naming: key that the attachments are named by; empty where they bear their SHA-256.
    """

    segments: tuple[Segment, ...]
    have: dict[str, int]
    want: tuple[str, ...]
    keys: dict[str, list[str]]
    retired: tuple[str, ...] = ()
    naming: str = ""


def write(to: Path, header: Header, lines: Iterable[Line]) -> int:
    """Pack a payload; returns the number of changes."""
    told = {
        "feeds": [list(asdict(segment).values()) for segment in header.segments],
        "have": header.have,
        "want": list(header.want),
        "keys": header.keys,
        "retired": list(header.retired),
        "naming": header.naming,
    }
    count = 0
    with to.open("wb") as raw, zstandard.ZstdCompressor(level=LEVEL).stream_writer(raw) as out:
        out.write(json.dumps(told, separators=(",", ":")).encode() + b"\n")
        texts = map(text_of, lines)
        while some := list(islice(texts, AT_ONCE)):
            out.write(("\n".join(some) + "\n").encode())
            count += len(some)
    return count


class Payload:
    """A packed payload on the disk, opened; closed, nothing holds the file any more.

    Args:
        path: of the file.
        changes: how many there are, as the manifest says.

    Raises:
        BadPayload: as soon as something is not as it should be.
    """

    def __init__(self, path: Path, changes: int) -> None:
        self._path = path
        self._readings: list[Generator[bytes]] = []
        try:
            self.header = self._header()
            if sum(some.last - some.first + 1 for some in self.header.segments) != changes:
                message = "another number of changes than the manifest says"
                raise BadPayload(message)
        except BadPayload:
            self.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _at: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file, whatever was read of it: Windows removes no open file."""
        for reading in self._readings:
            reading.close()
        self._readings.clear()

    def stretches(self) -> Iterator[tuple[Segment, Iterator[Line]]]:
        """Each stretch with its lines; those that are not read are passed over."""
        lines = self._raw()
        next(lines)
        for segment in self.header.segments:
            some = self._of(segment, lines)
            yield segment, some
            for _ in some:
                pass
        if next(lines, None) is not None:
            message = "more lines than were told"
            raise BadPayload(message)

    def lines_of(self, wanted: Segment) -> Iterator[bytes]:
        """The lines of one stretch as they stand, read once more from the beginning."""
        lines = self._raw()
        next(lines)
        for segment in self.header.segments:
            for _ in range(segment.last - segment.first + 1):
                line = _next(lines)
                if segment == wanted:
                    yield line
            if segment == wanted:
                return

    def _of(self, segment: Segment, lines: Iterator[bytes]) -> Iterator[Line]:
        left = segment.last - segment.first + 1
        for line in map(line_of, islice(lines, left)):
            left -= 1
            yield line
        if left:
            raise BadPayload(_FEWER)

    def _header(self) -> Header:
        told = _json(_next(self._raw()))
        try:
            segments = tuple(_segment(some) for some in told["feeds"])
            have = {_match(FEED, feed): _whole(seq) for feed, seq in told["have"].items()}
            want = tuple(_match(HASH, digest) for digest in told["want"])
            keys = {
                _match(_CODE, o): [_match(_KEY, k) for k in k_] for o, k_ in told["keys"].items()
            }
            retired = tuple(_match(_DEVICE, device) for device in told.get("retired", ()))
            naming = _match(_NAMING, told.get("naming", ""))
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            message = "no header"
            raise BadPayload(message) from error
        if len({segment.feed for segment in segments}) != len(segments):
            message = "a feed twice"
            raise BadPayload(message)
        return Header(segments, have, want, keys, retired, naming)

    def _raw(self) -> Iterator[bytes]:
        """The lines, unpacked piece by piece, until this is closed."""
        reading = self._unpacked()
        self._readings.append(reading)
        return reading

    def _unpacked(self) -> Generator[bytes]:
        left, size = b"", 0
        try:
            with (
                self._path.open("rb") as raw,
                zstandard.ZstdDecompressor(max_window_size=WINDOW).stream_reader(raw) as unpacked,
            ):
                while piece := unpacked.read(1 << 18):
                    size += len(piece)
                    *whole, left = (left + piece).split(b"\n")
                    yield from whole
                    if len(left) > LONGEST or size > LARGEST:
                        message = "too large"
                        raise BadPayload(message)
        except zstandard.ZstdError as error:
            raise BadPayload(str(error)) from error
        except OSError as error:
            raise UserError(
                f"本机的磁盘“{self._path.anchor}”读不出来，没有收入任何内容。",
                hint="请再试一次。如果常常这样，请检查这块磁盘。",
            ) from error
        if left:
            message = "the last line is cut"
            raise BadPayload(message)


def line_of(text: bytes) -> Line:
    """A line as it was packed.

    Raises:
        BadPayload: it is none.
    """
    match _json(text):
        case [_, _, _, _, _, _, _, _, _] as found:
            return Line._make(found)
        case _:
            message = "no line"
            raise BadPayload(message)


def _next(lines: Iterator[bytes]) -> bytes:
    line = next(lines, None)
    if line is None:
        raise BadPayload(_FEWER)
    return line


def _json(text: bytes) -> Any:  # Any: JSON
    try:
        return _read(text.decode())
    except (ValueError, RecursionError) as error:
        message = "no JSON"
        raise BadPayload(message) from error


def _segment(parts: Any) -> Segment:  # Any: JSON
    feed, first, last, before, end, author, signature = parts
    if not 0 < _whole(first) <= _whole(last):
        message = "no stretch"
        raise BadPayload(message)
    before = before if before == "" and first == 1 else _match(HASH, before)
    author, signature = _match(_CODE, author), _match(_KEY, signature)
    return Segment(_match(FEED, feed), first, last, before, _match(HASH, end), author, signature)


def _match(form: re.Pattern[str], text: object) -> str:
    if not isinstance(text, str) or not form.fullmatch(text):
        message = "text of another form"
        raise BadPayload(message)
    return text


def _whole(number: object) -> int:
    if type(number) is not int or not 0 <= number < MOST:
        message = "no number"
        raise BadPayload(message)
    return number
