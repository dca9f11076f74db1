"""The pages of a PDF as pictures: for the preview and for the printer alike."""

from collections.abc import Callable, Generator
from contextlib import closing, contextmanager
from ctypes import Array, c_ubyte
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Protocol, cast

from PySide6.QtCore import QSizeF
from PySide6.QtGui import QImage

from deputydesk.database import disk_faults
from deputydesk.errors import UserError

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

_ONE_AT_A_TIME = Lock()
POINTS = 72
"""Points of a PDF per inch."""


class _Bitmap(Protocol):
    """A drawn page, four bytes a dot."""

    width: int
    height: int
    stride: int
    buffer: "Array[c_ubyte]"

    def close(self) -> None: ...


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

    def image(self, number: int, dpi: float) -> QImage:
        """A page as it looks on white paper."""
        with self._opened() as document, closing(document[number]) as page:
            render = cast("Callable[..., _Bitmap]", page.render)  # its own types say whole numbers
            with closing(render(scale=dpi / POINTS, prefer_bgrx=True)) as bitmap:
                return QImage(
                    bytes(bitmap.buffer),
                    bitmap.width,
                    bitmap.height,
                    bitmap.stride,
                    QImage.Format.Format_RGB32,
                ).copy()

    def text(self, number: int) -> str:
        """The words of a page, for those who hear it instead of seeing it."""
        with (
            self._opened() as document,
            closing(document[number]) as page,
            closing(page.get_textpage()) as words,
        ):
            return words.get_text_bounded()

    @contextmanager
    def _opened(self) -> Generator["PdfDocument"]:
        import pypdfium2

        with _ONE_AT_A_TIME, closing(pypdfium2.PdfDocument(self._data)) as document:
            yield document
