"""Cards of deputies (代表赋码亮身份): one on A6 for the wall, or eight on A4 to cut out."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated

from deputydesk.errors import UserError
from deputydesk.progress import SILENT, Progress
from deputydesk.reports import fonts
from deputydesk.reports.form import OfficeHead
from deputydesk.reports.kit import Document, document, photo, qr_code
from deputydesk.reports.page import A4, A6, BLACK, GREY, HAIR, INK, PALE, RED, Page
from deputydesk.reports.wording import date_text
from deputydesk.rules.names import spaced

_TITLE = "人大代表联系卡"
_COLUMNS, _ROWS = 2, 4
_WIDE, _HIGH = 90.0, 60.0
_LEFT, _TOP = (A4.width - _COLUMNS * _WIDE) / 2, (A4.height - _ROWS * _HIGH) / 2
_SHORT = 90
"""A longer code is drawn with less spare, so that its squares stay large."""


@dataclass(frozen=True)
class DeputyCard:
    """One card."""

    name: Annotated[str, "姓名"]
    title: Annotated[str, "代表职务"] = ""
    """石拐区人大代表"""
    district: Annotated[str, "选区"] = ""
    home: Annotated[str, "代表之家"] = ""
    job: Annotated[str, "工作单位及职务"] = ""
    duty_day: Annotated[str, "联系日"] = ""
    phone: Annotated[str, "联系电话"] = ""
    motto: Annotated[str, "卡上的一句话"] = ""
    payload: str = ""
    photo: bytes = b""

    @property
    def lines(self) -> tuple[tuple[str, str], ...]:
        """What is said of the deputy, label and words; what is not known is left out."""
        known = (
            ("选　　区", self.district),
            ("代表之家", self.home),
            ("工作单位", self.job),
            ("联 系 日", self.duty_day),
            ("联系电话", self.phone),
        )
        return tuple((label, words) for label, words in known if words)


def write(
    cards: Iterable[DeputyCard],
    to: Path,
    *,
    office: OfficeHead,
    printed_on: date,
    a6: bool = False,
    progress: Progress = SILENT,
) -> int:
    """Writes the cards into one PDF; returns the number of pages.

    Args:
        cards: the deputies, in their order.
        to: the file.
        office: who prints.
        printed_on: the day.
        a6: one card on an A6 page instead of eight on A4 with marks to cut along.
        progress: told of each card.

    Raises:
        UserError: a character cannot be printed, a photo is damaged, the file cannot be written.
    """
    cards = list(cards)
    fonts.check_printable(
        [
            *(place for card in cards for place in fonts.texts_of(card, f"{card.name}的代表卡")),
            *fonts.texts_of(office),
        ]
    )
    with document(
        to, title=f"{office.full_name}{_TITLE}", subject=_TITLE, office=office,
        printed_on=printed_on,
    ) as making:  # fmt: skip
        if a6:
            _singles(making, cards, office, printed_on, progress)
        else:
            _sheets(making, cards, office, printed_on, progress)
        return making.pages


def _singles(
    making: Document,
    cards: list[DeputyCard],
    office: OfficeHead,
    printed_on: date,
    progress: Progress,
) -> None:
    for done, card in enumerate(cards):
        progress.step(done, len(cards), card.name)
        page = Page(A6)
        _large(page, card, office)
        foot = f"{office.organ}　{date_text(printed_on)}制"
        page.fit(52.5, 141, foot, 90, "Song", 7.5, align="center", color=GREY)
        making.add_page(page)
    if not cards:
        page = Page(A6)
        page.text(52.5, 70, "没有代表", "Song", 12, align="center", color=GREY)
        making.add_page(page)


def _sheets(
    making: Document,
    cards: list[DeputyCard],
    office: OfficeHead,
    printed_on: date,
    progress: Progress,
) -> None:
    each = _COLUMNS * _ROWS
    sheets = [cards[first : first + each] for first in range(0, len(cards), each)] or [[]]
    for number, sheet in enumerate(sheets, start=1):
        page = Page(A4)
        _cut_marks(page)
        for place, card in enumerate(sheet):
            progress.step((number - 1) * each + place, len(cards), card.name)
            row, column = divmod(place, _COLUMNS)
            _small(page, card, office, _LEFT + column * _WIDE, _TOP + row * _HIGH)
        where = f"第 {number} 页 共 {len(sheets)} 页"
        foot = f"{office.organ}　{date_text(printed_on)}制　沿裁切线裁开　{where}"
        page.fit(105, 284, foot, 150, "Song", 8.5, align="center", color=GREY)
        if not sheet:
            page.text(105, 140, "没有代表", "Song", 12, align="center", color=GREY)
        making.add_page(page)


def _cut_marks(page: Page) -> None:
    """Short rules outside the cards, and pale ones between them."""
    right, bottom = _LEFT + _COLUMNS * _WIDE, _TOP + _ROWS * _HIGH
    for column in range(_COLUMNS + 1):
        x = _LEFT + column * _WIDE
        page.line(x, _TOP - 8, x, _TOP - 2, weight=0.4, color=BLACK)
        page.line(x, bottom + 2, x, bottom + 8, weight=0.4, color=BLACK)
        page.line(x, _TOP, x, bottom, weight=0.2, color=HAIR)
    for row in range(_ROWS + 1):
        y = _TOP + row * _HIGH
        page.line(_LEFT - 8, y, _LEFT - 2, y, weight=0.4, color=BLACK)
        page.line(right + 2, y, right + 8, y, weight=0.4, color=BLACK)
        page.line(_LEFT, y, right, y, weight=0.2, color=HAIR)


def _small(page: Page, card: DeputyCard, office: OfficeHead, x: float, y: float) -> None:
    """A card of 90 × 60 mm."""
    page.rect(x, y + 3.5, _WIDE, 7.5, fill=RED)
    page.fit(x + 4, y + 8.7, office.full_name, 50, "Hei", 10, color="#FFFFFF")
    page.text(x + _WIDE - 4, y + 8.7, _TITLE, "Hei", 9, align="right", color="#FFFFFF")
    _portrait(page, card, x + 5, y + 13, 18, 24)
    if card.payload:
        _code(page, card.payload, x + 4, y + 38.3, 20)
    page.name_box((x + 28, y + 12.5, 58, 8.5), spaced(card.name), "Hei", 17, align="left")
    page.fit_box((x + 28, y + 21, 58, 5), card.title, "Song", 9.5, align="left", color=RED)
    top = y + 28
    for label, words in card.lines:
        page.text(x + 28, top + 3.3, label, "Song", 7.5, color=GREY)
        page.fit_box((x + 41, top, 45, 4.8), words, "Song", 8.5, align="left")
        top += 5.2
    page.fit_box((x + 28, y + 54, 58, 5), card.motto, "Kai", 9, align="left", color=RED)


def _large(page: Page, card: DeputyCard, office: OfficeHead) -> None:
    """A card that fills an A6 page."""
    page.rect(0, 0, A6.width, 19, fill=RED)
    page.fit(52.5, 8.6, office.full_name, 91, "Hei", 12, align="center", color="#FFFFFF")
    page.text(52.5, 15.4, _TITLE, "BiaoSong", 14, align="center", color="#FFFFFF", spacing=2)
    _portrait(page, card, 8, 25, 30, 40)
    page.name_box((42, 26, 56, 15), spaced(card.name), "Hei", 27, align="left")
    page.fit_box((42, 42, 56, 9), card.title, "Hei", 13, align="left", color=RED)
    page.fit_box((42, 53, 56, 11), card.motto, "Kai", 13, align="left", color=GREY)
    top = 70.0
    for label, words in card.lines:
        page.text(8, top + 5.4, label, "Hei", 9.5, color=GREY)
        page.fit_box((28, top, 69, 7.4), words, "Song", 11, align="left")
        page.line(8, top + 7.9, 97, top + 7.9, weight=0.3, color=HAIR)
        top += 8.2
    if card.payload:
        side = min(28.0, 137 - top - 2)
        _code(page, card.payload, 97 - side, top + 1.5, side)
        page.text(8, 128, "扫码签到", "Hei", 12, color=INK)
        page.text(8, 133.5, "亮身份　听民声　受监督", "Song", 8.5, color=GREY)


def _portrait(page: Page, card: DeputyCard, x: float, y: float, wide: float, high: float) -> None:
    if card.photo:
        try:
            packed = photo(card.photo, wide, high)
        except UserError as error:
            raise UserError(f"{card.name}的{error.message}", hint=error.hint) from error
        page.picture(x, y, wide, high, packed)
        return
    page.rect(x, y, wide, high, fill=PALE, stroke=HAIR, weight=0.5)
    page.text(x + wide / 2, y + high / 2 + 1, "照片", "Song", 9, align="center", color=GREY)


def _code(page: Page, payload: str, x: float, y: float, side: float) -> None:
    qr_code(page, x, y, side, payload, error="q" if len(payload) <= _SHORT else "m")
