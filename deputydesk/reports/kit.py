"""What every form is put together of: a file, a flow of pages, sections, paragraphs, footers."""

import errno
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from deputydesk.errors import UserError
from deputydesk.reports import fonts
from deputydesk.reports.codes import is_plain, qr_code
from deputydesk.reports.fonts import Typeface
from deputydesk.reports.form import TILES, TWO_UP, OfficeHead, Setup
from deputydesk.reports.imposition import tiles, two_up
from deputydesk.reports.lines import break_lines
from deputydesk.reports.page import A4, GREY, HAIR, INK, MM, RED, Page, Size
from deputydesk.reports.wording import date_text

if TYPE_CHECKING:
    from deputydesk.reports.canvas import PaperCanvas

Footer = Callable[[Page, int, int], None]
"""Draws the foot of a page: the page, its number, how many there are."""

_PHOTO_DPI = 300
FOOT_CODE = 11.0
"""Mm of the QR code in the foot."""
_FRONT = "front"


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
    """The usual foot: QR code, organ, print date and record number left, page x of y right.

    A paper without a record says which form it is. The code is that of the record where the form
    knows one; else it is made of form and number.
    """

    office: OfficeHead
    printed_on: date
    number: str = ""
    code: str = ""

    def __call__(self, page: Page, number: int, total: int) -> None:
        """Draws the foot of this page."""
        margin = 22 if page.size == A4 else 15
        right, y = page.size.width - margin, page.size.height - 11
        page.line(margin, y - 8, right, y - 8, weight=0.4, color=HAIR)
        left, code = f"{self.office.organ}　{date_text(self.printed_on)}打印", self._code
        if self.number:
            left += f"　编号 {self.number}"
        elif self.office.setup.form:
            left += f"　{form_name(self.office)}"
        x = margin
        if code:
            qr_code(page, x, y - 7.2, FOOT_CODE, code, error="m")
            x += FOOT_CODE + 2.5
        page.fit(x, y, left, right - x - 32, "Song", 8.5, color=GREY)
        where = f"第 {number} 页 共 {total} 页"
        page.text(right, y, where, "Song", 8.5, align="right", color=GREY)

    @property
    def _code(self) -> str:
        return self.code or form_code(self.office, self.printed_on, self.number)


def form_code(office: OfficeHead, printed_on: date, number: str = "") -> str:
    """What the QR code of a paper without a record holds: the form, and number or day."""
    if not office.setup.form:
        return ""
    form = _form_id(office)
    told = number if number and is_plain(number) else f"{printed_on:%Y%m%d}"
    return f"DD1:F:{form}:{told}"


def form_name(office: OfficeHead) -> str:
    """What stands at the foot of a paper without a record: 表号 RECEPTION-FORM."""
    return f"表号 {_form_id(office)}" if office.setup.form else ""


def _form_id(office: OfficeHead) -> str:
    return office.setup.form.upper().replace("_", "-")


class _Sheets:
    """The sheets of a file, as its pages come to stand on them."""

    def __init__(self, canvas: "PaperCanvas", setup: Setup) -> None:
        self._canvas = canvas
        self._setup = setup
        self._waiting: list[Page] = []
        self._marks: list[tuple[str, int]] = []
        self._written = 0

    @property
    def count(self) -> int:
        """How many there are, with one that waits for its second half."""
        return self._written + bool(self._waiting)

    @property
    def are_single(self) -> bool:
        """Whether each page has a sheet of its own, so that front and back can be told."""
        return self._setup.sheet == ""

    def mark(self, title: str, level: int) -> None:
        """A bookmark that leads to the next page."""
        self._marks.append((title, level))

    def forget_marks(self) -> None:
        """The next page is not what bookmarks were set for: it never came."""
        self._marks.clear()

    def promise(self, title: str) -> None:
        """A bookmark of a page that comes later."""
        self._canvas.addOutlineEntry(title, _FRONT)

    def keep_promise(self) -> None:
        """The next page is the one that was promised."""
        self._canvas.bookmarkPage(_FRONT)

    def put(self, page: Page) -> None:
        """Writes a page, or keeps it until its sheet is full."""
        if self._setup.sheet == TWO_UP:
            self._waiting.append(page)
            if len(self._waiting) == 1:
                self._set_marks(self._written)  # now: the sheet is written after the next page
                return
            self._write(two_up(*self._waiting))
            self._waiting.clear()
        elif self._setup.sheet == TILES:
            for tile in tiles(page):
                self._write(tile)
        else:
            self._write(page)

    def flush(self) -> None:
        """Writes what waits; a single page stands twice on its sheet, each to be cut off."""
        if self._waiting:
            (page,) = self._waiting
            self._write(two_up(page, Page(page.size) if self._written else page))
            self._waiting.clear()

    def to_front(self, first: int) -> None:
        """Puts the sheets from `first` on before all others."""
        self._canvas.to_front(first)

    def _write(self, page: Page) -> None:
        self._set_marks(self._written)
        page.draw(self._canvas)
        self._canvas.showPage()
        self._written += 1

    def _set_marks(self, sheet: int) -> None:
        for number, (title, level) in enumerate(self._marks):
            key = f"{sheet}-{level}-{number}-{len(title)}"
            self._canvas.bookmarkPage(key)
            self._canvas.addOutlineEntry(title, key, level)
        self._marks.clear()


class Document:
    """A PDF being made, or a part of one; its pages are drawn as they come."""

    def __init__(self, sheets: _Sheets, *, level: int = 0) -> None:
        self._sheets = sheets
        self._level = level
        self._before = sheets.count

    @property
    def pages(self) -> int:
        """How many sheets it has."""
        return self._sheets.count - self._before

    def add(self, flow: Flow, *, bookmark: str = "", odd: bool = False) -> None:
        """Writes a flow's pages; `odd` begins them on a front side, after a blank page."""
        if odd:
            self.turn_to_front_side(flow.size)
        if bookmark:
            self._sheets.mark(bookmark, self._level)
        flow.foot()
        for page in flow.pages:
            self.add_page(page)

    def add_page(self, page: Page) -> None:
        """Writes a page as it is."""
        self._sheets.put(page)

    def turn_to_front_side(self, size: Size = A4) -> None:
        """What comes next begins on the front of a sheet."""
        if self._sheets.are_single and self._sheets.count % 2:
            self.add_page(_blank(size))

    def add_blank(self) -> None:
        """An empty page that says that it is meant to be empty."""
        self.add_page(_blank(A4))

    def part(self, title: str) -> "Document":
        """A part with a bookmark of its own, under which those of its pages stand."""
        self._sheets.mark(title, self._level)
        return Document(self._sheets, level=self._level + 1)

    def forget_part(self) -> None:
        """The part that was begun last has come to nothing."""
        self._sheets.forget_marks()

    def promise(self, title: str) -> None:
        """The first bookmark, of pages that `to_front` will add."""
        self._sheets.promise(title)

    def to_front(self, made: Callable[["Document"], None]) -> None:
        """Pages that are known last and stand first; `made` adds them."""
        first = self._sheets.count
        self._sheets.keep_promise()
        made(self)
        self._sheets.to_front(first)


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

    What goes into another file (`Setup.into`) is added to that.

    Raises:
        UserError: the folder cannot be written to, or the disk is full; nothing is left behind.
    """
    from deputydesk.reports.canvas import PaperCanvas

    setup = office.setup
    if setup.into is not None:
        yield setup.into
        return
    part = to.with_name(f"{to.name}.part")
    try:
        with part.open("wb") as file, fonts.uncollected():
            canvas = PaperCanvas(file, printed_on, is_archival=setup.archival)
            canvas.setTitle(title)
            canvas.setAuthor(office.organ)
            canvas.setSubject(subject)
            sheets = _Sheets(canvas, setup)
            yield Document(sheets)
            sheets.flush()
            canvas.save()
        part.replace(to)
    except OSError as error:
        raise _disk_error(error, to) from error
    finally:
        with suppress(OSError):
            part.unlink()


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
