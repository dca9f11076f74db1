"""代表公示栏: who the deputies of a home or group are, with portrait and code, for the wall."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated

from deputydesk.errors import UserError
from deputydesk.progress import SILENT, Progress
from deputydesk.reports import fonts
from deputydesk.reports.form import OfficeHead, tiled
from deputydesk.reports.kit import Flow, RecordFooter, document, photo, qr_code
from deputydesk.reports.page import A3_WIDE, A4, GREY, HAIR, INK, PALE, RED, Page
from deputydesk.rules.names import NameOrder, spaced

TITLE = "人大代表公示栏"
_GOLD, _CREAM, _WHITE = "#C6963C", "#FBE9C6", "#FFFFFF"
_MARGIN, _GAP = 15.0, 4.0
_FOOT = 24.0
_PHOTO = (27.0, 36.0)
_SHORT = 90
"""A longer code is drawn with less spare, so that its squares stay large."""
_LABELS = ("选　　区", "单位职务", "联 系 日", "联系电话")


@dataclass(frozen=True)
class WallCard:
    """A deputy on the wall; photo and phone are there only if the deputy agreed."""

    name: Annotated[str, "姓名"] = ""
    title: Annotated[str, "代表职务"] = ""
    district: Annotated[str, "选区"] = ""
    job: Annotated[str, "工作单位及职务"] = ""
    duty_day: Annotated[str, "联系日"] = ""
    phone: Annotated[str, "联系电话"] = ""
    payload: str = ""
    photo: Path | None = None

    @property
    def lines(self) -> tuple[str, ...]:
        """What stands below, as `_LABELS` name it."""
        return self.district, self.job, self.duty_day, self.phone


@dataclass(frozen=True)
class Wall:
    """The deputies of one home or group."""

    name: Annotated[str, "名称"]
    cards: Annotated[tuple[WallCard, ...], "代表"] = ()


@dataclass(frozen=True)
class Walls:
    """All walls to print, and whom people may call."""

    walls: Annotated[tuple[Wall, ...], "公示栏"]
    contact: Annotated[str, "监督电话"] = ""


def write(
    walls: Walls,
    to: Path,
    *,
    office: OfficeHead,
    printed_on: date,
    progress: Progress = SILENT,
    a3: bool = True,
    in_tiles: bool = False,
) -> int:
    """Writes each home or group on pages of its own, a bookmark each; returns the sheets.

    Args:
        walls: what hangs there.
        to: the file.
        office: who prints.
        printed_on: the day.
        progress: told of each wall.
        a3: on A3; else on A4.
        in_tiles: A3 over A4 sheets to be glued together.

    Raises:
        UserError: a character cannot be printed, a photo is damaged, the file cannot be written.
    """
    fonts.check_printable([*fonts.texts_of(walls, TITLE), *fonts.texts_of(office)])
    maker = tiled(office) if in_tiles else office
    with document(
        to, title=f"{office.full_name}{TITLE}", subject="代表公示栏", office=maker,
        printed_on=printed_on,
    ) as making:  # fmt: skip
        found = walls.walls or (Wall(""),)
        for done, wall in enumerate(found):
            progress.step(done, len(found), wall.name)
            flow = _Hung(wall, walls.contact, office, printed_on, a3=a3).flow()
            making.add(flow, bookmark=wall.name or TITLE)
        return making.pages


class _Hung:
    """One wall, on as many pages as it needs."""

    def __init__(
        self, wall: Wall, contact: str, office: OfficeHead, printed_on: date, *, a3: bool
    ) -> None:
        self._wall = wall
        self._contact = contact
        self._office = office
        self._columns, self._rows, self._band = (5, 3, 31.0) if a3 else (2, 3, 27.0)
        size = A3_WIDE if a3 else A4
        self._flow = Flow(
            RecordFooter(office, printed_on),
            size=size, left=_MARGIN, top=self._band + 6, bottom=_FOOT,
        )  # fmt: skip
        self._wide = (self._flow.width - _GAP * (self._columns - 1)) / self._columns
        self._high = (self._flow.page_room - _GAP * (self._rows - 1)) / self._rows

    def flow(self) -> Flow:
        """The pages; without deputies one of empty frames, to be filled in by hand."""
        each = self._columns * self._rows
        cards = self._wall.cards or (WallCard(),) * each
        for first in range(0, len(cards), each):
            if first:
                self._flow.turn()
            self._head(is_first=first == 0)
            for place, card in enumerate(cards[first : first + each]):
                row, column = divmod(place, self._columns)
                x = _MARGIN + column * (self._wide + _GAP)
                y = self._flow.top + row * (self._high + _GAP)
                self._card(card, x, y)
        return self._flow

    def _head(self, *, is_first: bool) -> None:
        page, right = self._flow.page, self._flow.right
        wide = page.size.width
        page.rect(0, 0, wide, self._band, fill=RED)
        page.rect(0, self._band, wide, 1.2, fill=_GOLD)
        large = 30 if wide > A4.width else 24
        title = TITLE if is_first else f"{TITLE}（续）"
        used = page.text(_MARGIN, self._band * 0.55, title, "BiaoSong", large, color=_WHITE)
        left = _MARGIN + used + 8
        count = f"共{len(self._wall.cards)}名　{NameOrder.FULL.label}" if self._wall.cards else ""
        box = (left, self._band * 0.18, right - left, self._band * 0.42)
        page.fit_box(box, self._wall.name, "Hei", 18, align="right", color=_CREAM)
        said = f"{self._office.organ}　{self._contact}"
        room = (right - left) * 1.1
        page.fit(_MARGIN, self._band * 0.84, said, room, "Hei", 11, color=_CREAM)
        page.text(right, self._band * 0.84, count, "Hei", 11, align="right", color=_CREAM)

    def _card(self, card: WallCard, x: float, y: float) -> None:
        page, wide, high = self._flow.page, self._wide, self._high
        page.rect(x, y, wide, high, stroke="#DCCFB6", weight=0.8, radius=1.6)
        page.rect(x, y + 1.6, 1.4, high - 3.2, fill=RED)
        _portrait(page, card, x + 5, y + 5)
        left, room = x + 35.5, wide - 39
        page.name_box((left, y + 5, room, 11), spaced(card.name), "Hei", 20, align="left")
        page.fit_box((left, y + 16.5, room, 6.5), card.title, "Song", 10.5, align="left", color=RED)
        if card.payload:
            error = "q" if len(card.payload) <= _SHORT else "m"
            qr_code(page, left, y + 24, 17, card.payload, error=error)
            page.text(left + 19.5, y + 34, "代表码", "Song", 8.5, color=GREY)
        pitch = (high - 46) / len(_LABELS)
        for number, (label, words) in enumerate(zip(_LABELS, card.lines, strict=True)):
            top = y + 43.5 + number * pitch
            page.text(x + 5, top + pitch / 2 + 1.3, label, "Song", 9, color=GREY)
            box = (x + 21, top + 0.3, wide - 25, pitch - 0.6)
            page.fit_box(box, words.replace("\n", " "), "Song", 10.5, align="left", color=INK)
            page.line(x + 21, top + pitch, x + wide - 4, top + pitch, weight=0.3, color=HAIR)


def _portrait(page: Page, card: WallCard, x: float, y: float) -> None:
    """The picture, or a neat frame in which one can be glued."""
    wide, high = _PHOTO
    if card.photo is not None:
        try:
            packed = photo(card.photo.read_bytes(), wide, high)
        except UserError as error:
            raise UserError(f"{card.name}的{error.message}", hint=error.hint) from error
        page.picture(x, y, wide, high, packed)
        page.rect(x, y, wide, high, stroke=HAIR, weight=0.5)
        return
    page.rect(x, y, wide, high, fill=PALE, stroke=HAIR, weight=0.6)
    page.rect(x + 1.4, y + 1.4, wide - 2.8, high - 2.8, stroke=HAIR, weight=0.4)
    page.text(x + wide / 2, y + high / 2 + 1.2, "照片", "Song", 10, align="center", color=GREY)


def in_walls(
    members: Sequence[tuple[str, WallCard]], names: Sequence[tuple[str, str]], rest: str
) -> tuple[Wall, ...]:
    """The cards on the walls they belong to, in the order of the walls.

    Args:
        members: for each card the id of its home or group.
        names: id and name of each home or group, in order.
        rest: what the wall of those is called who belong to none.
    """
    known = dict(names)
    held: dict[str, list[WallCard]] = {ident: [] for ident, _ in names}
    left: list[WallCard] = []
    for ident, card in members:
        (held[ident] if ident in known else left).append(card)
    found = [Wall(name, tuple(held[ident])) for ident, name in names if held[ident]]
    return (*found, *([Wall(rest, tuple(left))] if left else []))
