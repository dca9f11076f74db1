"""The pages of a PDF as pictures: for the preview and for the printer alike."""

import unicodedata
from collections.abc import Callable, Generator, Iterable, Sequence
from contextlib import closing, contextmanager
from ctypes import Array, c_ubyte
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Protocol, cast

from PySide6.QtCore import QRectF, QSizeF
from PySide6.QtGui import QImage

from deputydesk.database import disk_faults
from deputydesk.errors import UserError

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

_ONE_AT_A_TIME = Lock()
POINTS = 72
"""Points of a PDF per inch."""


class _Target(Protocol):
    """Where a bookmark leads."""

    def get_index(self) -> int | None: ...


class _Mark(Protocol):
    """A bookmark, as the library gives it; its own types are unknown."""

    level: int

    def get_title(self) -> str: ...

    def get_dest(self) -> _Target | None: ...


class _Letters(Protocol):
    """The library's letters of a page."""

    def count_chars(self) -> int: ...

    def count_rects(self, index: int, count: int) -> int: ...

    def get_rect(self, index: int) -> tuple[float, float, float, float]: ...

    def get_text_bounded(self) -> str: ...


class _Bitmap(Protocol):
    """A drawn page: four bytes a dot, or one of grey."""

    width: int
    height: int
    stride: int
    buffer: "Array[c_ubyte]"

    def close(self) -> None: ...


@dataclass(frozen=True)
class Bookmark:
    """A line of the outline: how deep it stands, its words, its page counted from 0."""

    depth: int
    title: str
    page: int


@dataclass(frozen=True)
class Letters:
    """The letters of a page without blanks, and the place of each in the library's own count."""

    text: str
    places: tuple[int, ...]

    def find(self, wanted: str) -> list[tuple[int, int]]:
        """First and last place of each time that the words stand there, blanks not counted."""
        plain = plain_letters(wanted)
        found: list[tuple[int, int]] = []
        at = self.text.find(plain) if plain else -1
        while at >= 0:
            last = at + len(plain)
            found.append((self.places[at], self.places[last - 1]))
            at = self.text.find(plain, last)
        return found


def plain_letters(text: str) -> str:
    """The text as it is looked for: without blanks, wide and narrow, large and small alike."""
    return "".join(_plain(letter) for letter in text)


def _plain(letter: str) -> str:
    plain = unicodedata.normalize("NFKC", letter).casefold()
    return plain[0] if plain.strip() and plain.isprintable() else ""


class PdfPages:
    """A PDF file, read whole, so that the file itself may be replaced or removed meanwhile.

    May be asked by several threads: the library behind it is not made for two at a time.
    """

    def __init__(self, data: bytes) -> None:
        self._data = data
        with self._opened() as document:
            self._sizes: list[tuple[float, float]] = [
                document.get_page_size(n) for n in range(len(document))
            ]

    @classmethod
    def read(cls, path: Path) -> "PdfPages":
        """Read a file.

        Raises:
            UserError: it is gone, or it is no PDF.
        """
        import pypdfium2  # 6 MB that only printing needs

        try:
            return cls(path.read_bytes())
        except OSError as error:
            raise UserError(f"读不了文件“{path}”。", hint="请重新生成。") from error
        except pypdfium2.PdfiumError as error:
            raise UserError(f"“{path.name}”不是完好的 PDF 文件。", hint="请重新生成。") from error

    @property
    def data(self) -> bytes:
        """The file itself."""
        return self._data

    def __len__(self) -> int:
        return len(self._sizes)

    def size(self, number: int) -> QSizeF:
        """Width and height of a page, counted from 0, in points."""
        return QSizeF(*self._sizes[number])

    def save(self, to: Path) -> Path:
        """Write the file where the user wants it; returns where it is.

        Raises:
            UserError: the place cannot be written to; what was there before is still there.
        """
        to = to if to.suffix.lower() == ".pdf" else to.with_name(f"{to.name}.pdf")
        part = to.with_name(f"{to.name}.part")
        with disk_faults(to):
            try:
                part.write_bytes(self._data)
                part.replace(to)
            finally:
                part.unlink(missing_ok=True)
        return to

    def image(self, number: int, dpi: float, *, grey: bool = False) -> QImage:
        """A page as it looks on white paper."""
        form = QImage.Format.Format_Grayscale8 if grey else QImage.Format.Format_RGB32
        with self._opened() as document, closing(document[number]) as page:
            render = cast("Callable[..., _Bitmap]", page.render)  # its own types say whole numbers
            made = render(scale=dpi / POINTS, prefer_bgrx=True, grayscale=grey)
            with closing(made) as bitmap:
                data = bytes(bitmap.buffer)
                return QImage(data, bitmap.width, bitmap.height, bitmap.stride, form).copy()

    def text(self, number: int) -> str:
        """The words of a page, for those who hear it instead of seeing it."""
        with self._words(number) as words:
            return words.get_text_bounded()

    def outline(self) -> list[Bookmark]:
        """The bookmarks in their order; none of most forms."""
        found: list[Bookmark] = []
        with self._opened() as document:
            for mark in cast("Iterable[_Mark]", document.get_toc()):
                target = mark.get_dest()
                page = target.get_index() if target else None
                if page is not None:
                    found.append(Bookmark(mark.level, mark.get_title(), page))
        return found

    def letters(self, number: int) -> Letters:
        """What can be looked for on a page."""
        from pypdfium2 import raw

        with self._words(number) as words:
            code = cast("Callable[[_Letters, int], int]", raw.FPDFText_GetUnicode)
            each = [chr(code(words, n)) for n in range(words.count_chars())]
        plain = [(_plain(letter), n) for n, letter in enumerate(each)]
        kept = [(letter, n) for letter, n in plain if letter]
        return Letters("".join(letter for letter, _ in kept), tuple(n for _, n in kept))

    def boxes(self, number: int, places: Sequence[tuple[int, int]]) -> list[list[QRectF]]:
        """Where each of these runs of letters stands on their page: a box for each of its lines.

        Args:
            number: the page, counted from 0.
            places: first and last letter of each run.

        Returns:
            Boxes of each, in points from the top left corner of the page.
        """
        if not places:
            return []
        high = self._sizes[number][1]
        found: list[list[QRectF]] = []
        with self._words(number) as words:
            for first, last in places:
                count = words.count_rects(first, last - first + 1)
                boxes = [words.get_rect(n) for n in range(count)]
                found.append([QRectF(x, high - t, r - x, t - y) for x, y, r, t in boxes])
        return found

    @contextmanager
    def _words(self, number: int) -> Generator[_Letters]:
        with (
            self._opened() as document,
            closing(document[number]) as page,
            closing(page.get_textpage()) as words,
        ):
            yield cast("_Letters", words)

    @contextmanager
    def _opened(self) -> Generator["PdfDocument"]:
        import pypdfium2

        with _ONE_AT_A_TIME, closing(pypdfium2.PdfDocument(self._data)) as document:
            yield document
