"""What every form is put together of: a file, a flow of pages, sections, paragraphs, footers."""

import errno
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from deputydesk.errors import UserError
from deputydesk.reports import fonts
from deputydesk.reports.fonts import Typeface
from deputydesk.reports.form import OfficeHead
from deputydesk.reports.lines import break_lines
from deputydesk.reports.page import A4, GREY, HAIR, INK, MM, RED, Page, Size
from deputydesk.reports.wording import date_text

if TYPE_CHECKING:
    from deputydesk.reports.canvas import PaperCanvas

Footer = Callable[[Page, int, int], None]
"""Draws the foot of a page: the page, its number, how many there are."""

_PHOTO_DPI = 300


class Flow:
    """Pages that belong together, filled from top to bottom; page numbers count within it."""

    def __init__(
        self,
        footer: Footer,
        *,
        size: Size = A4,
        left: float = 22,
        top: float = 22,
        bottom: float = 22,
        right: float | None = None,
    ) -> None:
        self.size = size
        self.left, self.top = left, top
        self.right = size.width - (left if right is None else right)
        self.bottom = size.height - bottom
        self.pages: list[Page] = []
        self._footer = footer
        self.y = top
        self.page = self._turned()

    @property
    def width(self) -> float:
        """The width of the text area in mm."""
        return self.right - self.left

    @property
    def room(self) -> float:
        """How many mm are left on this page."""
        return self.bottom - self.y

    @property
    def page_room(self) -> float:
        """How many mm an empty page has."""
        return self.bottom - self.top

    def turn(self) -> None:
        """Goes on to the next page."""
        self.page = self._turned()
        self.y = self.top

    def need(self, height: float) -> None:
        """Goes on to the next page unless this one has `height` mm left."""
        if height > self.room:
            self.turn()

    def foot(self) -> None:
        """Draws the feet, now that the number of pages is known."""
        for number, page in enumerate(self.pages, start=1):
            self._footer(page, number, len(self.pages))

    def section(self, title: str, *, keep: float = 24) -> None:
        """A heading that stays with the next `keep` mm."""
        self.need(8 + keep)
        self.page.rect(self.left, self.y, 1.6, 5.2, fill=RED)
        self.page.text(self.left + 4, self.y + 4.2, title, "Hei", 12.5)
        self.y += 10

    def paragraph(
        self,
        text: str,
        typeface: Typeface = "Song",
        size: float = 11,
        *,
        lead: float = 6.6,
        indent: float = 2,
        keep: float = 0,
        color: str = INK,
    ) -> None:
        """Text over the whole width, going on over pages; `indent` is in characters.

        keep: mm that must fit below the last lines on the same page, for a signature.
        """
        lines = break_lines(
            fonts.clean(text).strip("\n"), typeface, size, self.width * MM, indent=indent * size
        )
        together = min(3, len(lines))
        for number, line in enumerate(lines):
            left = len(lines) - number
            if left == together:
                self.need(together * lead + keep)
            elif number == 0 and self.room < 2 * lead:
                self.turn()
            self.need(lead)
            base = self.y + lead * 0.72
            self.page.run(self.left, base, line, self.width, typeface, size=size, color=color)
            self.y += lead

    def _turned(self) -> Page:
        page = Page(self.size)
        self.pages.append(page)
        return page


@dataclass(frozen=True)
class RecordFooter:
    """The usual foot: organ, print date and record number left, page x of y right."""

    office: OfficeHead
    printed_on: date
    number: str = ""

    def __call__(self, page: Page, number: int, total: int) -> None:
        """Draws the foot of this page."""
        margin = 22 if page.size == A4 else 15
        right, y = page.size.width - margin, page.size.height - 16
        page.line(margin, y, right, y, weight=0.4, color=HAIR)
        left = f"{self.office.organ}　{date_text(self.printed_on)}打印"
        if self.number:
            left += f"　编号 {self.number}"
        page.fit(margin, y + 5, left, right - margin - 32, "Song", 8.5, color=GREY)
        where = f"第 {number} 页 共 {total} 页"
        page.text(right, y + 5, where, "Song", 8.5, align="right", color=GREY)


class Document:
    """A PDF being made; its pages are drawn as they come."""

    def __init__(self, canvas: "PaperCanvas") -> None:
        self._canvas = canvas
        self.pages = 0

    def add(self, flow: Flow, *, bookmark: str = "", odd: bool = False) -> None:
        """Writes a flow's pages; `odd` begins them on a front side, after a blank page."""
        if odd and self.pages % 2:
            self.add_page(_blank(flow.size))
        if bookmark:
            key = str(self.pages)
            self._canvas.bookmarkPage(key)
            self._canvas.addOutlineEntry(bookmark, key)
        flow.foot()
        for page in flow.pages:
            self.add_page(page)

    def add_page(self, page: Page) -> None:
        """Writes a page as it is."""
        page.draw(self._canvas)
        self._canvas.showPage()
        self.pages += 1


def photo(image: bytes, wide: float, high: float) -> bytes:
    """A photo as JPEG, upright, cut to this shape in mm and just sharp enough to print.

    Raises:
        UserError: the bytes are no picture.
    """
    from PIL import Image, ImageOps, UnidentifiedImageError

    pixels = (round(wide / 25.4 * _PHOTO_DPI), round(high / 25.4 * _PHOTO_DPI))
    try:
        with Image.open(BytesIO(image)) as source:
            source.draft("RGB", (pixels[0] * 2, pixels[1] * 2))
            upright = ImageOps.exif_transpose(source).convert("RGB")
    except (UnidentifiedImageError, OSError) as error:
        raise UserError("照片文件已损坏或不是图片。", hint="请重新选择照片后再打印。") from error
    packed = BytesIO()
    ImageOps.fit(upright, pixels).save(packed, "JPEG", quality=88)
    return packed.getvalue()


@contextmanager
def document(
    to: Path, *, title: str, subject: str, office: OfficeHead, printed_on: date
) -> Generator[Document]:
    """Makes the PDF `to` beside it, and puts it in place when all of it is written.

    Raises:
        UserError: the folder cannot be written to, or the disk is full; nothing is left behind.
    """
    from deputydesk.reports.canvas import PaperCanvas

    part = to.with_name(f"{to.name}.part")
    try:
        with part.open("wb") as file:
            canvas = PaperCanvas(file, printed_on)
            canvas.setTitle(title)
            canvas.setAuthor(office.organ)
            canvas.setSubject(subject)
            yield Document(canvas)
            canvas.save()
        part.replace(to)
    except OSError as error:
        raise _disk_error(error, to) from error
    finally:
        with suppress(OSError):
            part.unlink()


def qr_code(
    page: Page, x: float, y: float, side: float, text: str, *, error: Literal["m", "q"] = "q"
) -> None:
    """Draws a QR code of `side` mm; capitals, digits and $%*+-./: keep it coarse."""
    import segno

    # The pattern is fixed: to weigh all eight takes longer than to draw the rest of a page.
    code = segno.make_qr(text, error=error, mask=4, boost_error=False)
    page.matrix(x, y, side, [list(row) for row in code.matrix])


def _blank(size: Size) -> Page:
    page = Page(size)
    middle = (size.width / 2, size.height / 2)
    page.text(*middle, "（本页空白，供双面打印）", "Song", 9, align="center", color=HAIR)
    return page


def _disk_error(error: OSError, to: Path) -> UserError:
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return UserError(f"磁盘已满，“{to.name}”没有写成。", hint="请清理磁盘或换一个位置后重试。")
    if error.errno == errno.ENOENT:
        return UserError(f"文件夹“{to.parent}”不存在。", hint="请重新选择保存位置。")
    return UserError(
        f"“{to.name}”无法写入。", hint="请关闭正在打开它的程序，或换一个可以写入的文件夹后重试。"
    )
