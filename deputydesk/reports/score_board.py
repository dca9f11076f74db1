"""积分公示榜: the board of a quarter as a poster, A3 upright or wide; A4 printers get tiles."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Annotated

from deputydesk.progress import SILENT, Progress
from deputydesk.reports import fonts
from deputydesk.reports.fonts import Typeface
from deputydesk.reports.form import OfficeHead, tiled
from deputydesk.reports.kit import RecordFooter, document
from deputydesk.reports.lines import break_lines
from deputydesk.reports.page import (
    A3,
    A3_WIDE,
    GREY,
    HAIR,
    INK,
    MM,
    RED,
    Page,
    fitting_size,
    text_width,
)
from deputydesk.reports.wording import date_text
from deputydesk.rules.names import spaced

_TITLE = "代表履职积分榜"
_GOLD, _COPPER, _DEEP, _TINT, _TRACK = "#C6963C", "#A9744F", "#7A0B13", "#FBF6EC", "#EFE7D9"
_WHITE, _CREAM = "#FFFFFF", "#FBE9C6"
_MARGIN, _GAP = 22.0, 6.0
_BAND, _SLIM = 47.0, 22.0
_CARD = 30.0
_HEAD, _ROW = 12.5, 8.2
_FOOT, _BOTTOM = 24.0, 22.0
_LEGEND_LEAD = 4.8
_RANK, _NAME, _LEVEL, _HOME, _TOTAL, _BAR = 12.0, 26.0, 14.0, 34.0, 13.0, 18.0
_FIXED = _RANK + _NAME + _LEVEL + _HOME + 2 * _TOTAL
_NARROWEST, _WIDEST = 9.0, 16.0
_PODIUM = 3


@dataclass(frozen=True)
class BoardLine:
    """A deputy on the board; `part` is the points as a part of the most that anybody has."""

    rank: Annotated[str, "名次"]
    name: Annotated[str, "代表姓名"]
    level: Annotated[str, "代表层级"]
    home: Annotated[str, "代表之家"]
    items: Annotated[tuple[str, ...], "各项积分"]
    total: Annotated[str, "本季积分"]
    year: Annotated[str, "累计积分"] = ""
    part: float = 0.0
    note: Annotated[str, "说明"] = ""


@dataclass(frozen=True)
class ScoreBoard:
    """What the poster says."""

    label: Annotated[str, "季度"]
    days: Annotated[str, "起止日期"] = ""
    state: Annotated[str, "状态"] = ""
    """Why these are not the last word: 未封账…; empty for a closed quarter."""
    items: Annotated[tuple[str, ...], "积分项目"] = ()
    lines: Annotated[tuple[BoardLine, ...], "名单"] = ()
    average: Annotated[str, "人均积分"] = ""
    notes: Annotated[tuple[str, ...], "公示说明"] = ()
    """What stands at the foot of each page: rules, days of publication, telephone."""
    legend: Annotated[str, "计分口径"] = ""
    day: date | None = None
    """Of the seal; a blank to write on if None."""
    number: Annotated[str, "编号"] = ""
    code: str = ""


def write(
    board: ScoreBoard,
    to: Path,
    *,
    office: OfficeHead,
    printed_on: date,
    progress: Progress = SILENT,
    upright: bool = False,
    in_tiles: bool = False,
) -> int:
    """Writes the poster; returns the number of sheets.

    Args:
        board: what it says.
        to: the file.
        office: who prints.
        printed_on: the day.
        progress: told once.
        upright: higher than wide.
        in_tiles: over A4 sheets to be glued together.

    Raises:
        UserError: a character cannot be printed, or the file cannot be written.
    """
    progress.step(0, 1, board.label)
    fonts.check_printable([*fonts.texts_of(board, "积分榜"), *fonts.texts_of(office)])
    poster = _Poster(board, office, upright=upright)
    pages = poster.pages()
    footer = RecordFooter(office, printed_on, board.number, board.code)
    title = f"{board.label}{_TITLE}"
    maker = tiled(office) if in_tiles else office
    with document(
        to, title=title, subject="代表履职积分公示榜", office=maker, printed_on=printed_on
    ) as making:
        for number, page in enumerate(pages, start=1):
            footer(page, number, len(pages))
            making.add_page(page)
        return making.pages


class _Poster:
    """Lays the lines out on as many pages as they need."""

    def __init__(self, board: ScoreBoard, office: OfficeHead, *, upright: bool) -> None:
        self._board = board
        self._office = office
        self._size = A3 if upright else A3_WIDE
        self._width = self._size.width - 2 * _MARGIN
        self._pages: list[Page] = []
        count = max(1, len(board.items))
        half = (self._width - _GAP) / 2
        fits_twice = (half - _FIXED - _BAR) / count >= _NARROWEST
        self._panels = 2 if fits_twice and not upright else 1
        self._panel = half if self._panels == 2 else self._width
        self._item = min(_WIDEST, (self._panel - _FIXED - _BAR) / count)
        self._bar = self._panel - _FIXED - self._item * len(board.items)
        self._legend = break_lines(fonts.clean(board.legend), "Song", 9.5, self._width * MM)

    def pages(self) -> list[Page]:
        """All pages, without their feet."""
        best = podium(self._board.lines)
        rest = list(self._board.lines[len(best) :])
        top = self._begin()
        if best:
            _cards(self._page, best, (_MARGIN, top, self._width))
            top += _CARD + 7
        bottom = top
        while rest or not best:
            room = int((self._end - top - _HEAD) / _ROW)
            here = min(len(rest), room * self._panels)
            bottom = self._table(rest[:here], top, room)
            rest = rest[here:]
            if not rest:
                break
            top = self._begin()
        self._add_legend(bottom)
        return self._pages

    @property
    def _page(self) -> Page:
        return self._pages[-1]

    @property
    def _end(self) -> float:
        """Where the foot begins."""
        return self._size.height - _BOTTOM - _FOOT

    def _begin(self) -> float:
        """A new page with its head and foot; returns where the table may begin."""
        page = Page(self._size)
        self._pages.append(page)
        self._draw_foot(page)
        wide = self._size.width
        if len(self._pages) > 1:
            page.rect(0, 0, wide, _SLIM, fill=RED)
            page.rect(0, _SLIM, wide, 1.2, fill=_GOLD)
            said = f"{_TITLE}　{self._board.label}（续）"
            page.text(_MARGIN, 15, said, "BiaoSong", 22, color=_WHITE)
            if self._board.state:
                page.text(
                    wide - _MARGIN, 15, self._board.state, "Hei", 13, align="right", color=_CREAM
                )
            return _SLIM + 7
        page.rect(0, 0, wide, _BAND, fill=RED)
        page.rect(0, _BAND, wide, 1.6, fill=_GOLD)
        self._draw_title(page)
        return _BAND + 8

    def _draw_title(self, page: Page) -> None:
        board, right = self._board, self._size.width - _MARGIN
        page.text(_MARGIN, 26.5, _TITLE, "BiaoSong", 52, color=_WHITE, spacing=2)
        said = f"{self._office.full_name}人大代表　·　{board.label}"
        said += f"（{board.days}）" if board.days else ""
        page.fit(_MARGIN, 39.5, said, self._width - 84, "Hei", 15, color=_CREAM)
        ranked = sum(line.rank.isdecimal() for line in board.lines)
        for y, before, number, after in (
            (24.0, "", str(ranked), "名代表参评"),
            (39.5, "人均", board.average or "—", "分"),
        ):
            x = right - page.text(right, y, after, "Hei", 14, align="right", color=_CREAM) - 2
            x -= page.text(x, y, number, "BiaoSong", 30, align="right", color=_WHITE) + 2
            page.text(x, y, before, "Hei", 14, align="right", color=_CREAM)
        if board.state:
            left = _MARGIN + text_width(_TITLE, "BiaoSong", 52) + 12
            wide = text_width(board.state, "Hei", 15) + 8
            page.rect(left, 13, wide, 12, stroke=_CREAM, weight=1.4, radius=1.5)
            page.text(left + wide / 2, 20.9, board.state, "Hei", 15, align="center", color=_CREAM)

    def _table(self, lines: Sequence[BoardLine], top: float, room: int) -> float:
        """The lines in panels beside each other; returns where they end."""
        each = -(-len(lines) // self._panels) if lines else 1
        each = min(room, max(each, 1))
        for panel in range(self._panels):
            mine = lines[panel * each : (panel + 1) * each]
            if not mine and panel:
                continue
            left = _MARGIN + panel * (self._panel + _GAP)
            self._draw_head(left, top)
            y = top + _HEAD
            for number, line in enumerate(mine):
                self._draw_line(line, left, y, shaded=number % 2 == 1)
                y += _ROW
            if not mine:
                words = "（这个季度没有积分）"
                self._page.text(left + self._panel / 2, y + 9, words, "Song", 13, align="center")
                y += 16
            self._page.line(left, y, left + self._panel, y, weight=0.8, color=_DEEP)
        return top + _HEAD + max(each * _ROW, 16 if not lines else 0)

    def _draw_head(self, left: float, top: float) -> None:
        page = self._page
        page.rect(left, top, self._panel, _HEAD, fill=_DEEP)
        x = left
        for title, wide in (
            *(("名次", _RANK), ("代表姓名", _NAME), ("层级", _LEVEL), ("代表之家", _HOME)),
            *((item, self._item) for item in self._board.items),
            *(("", self._bar), ("本季", _TOTAL), ("累计", _TOTAL)),
        ):
            box = (x + 0.6, top, wide - 1.2, _HEAD)
            page.fit_box(box, title, "Hei", 10, color=_WHITE)
            x += wide

    def _draw_line(self, line: BoardLine, left: float, y: float, *, shaded: bool) -> None:
        page = self._page
        if shaded:
            page.rect(left, y, self._panel, _ROW, fill=_TINT)
        base, x = y + _ROW / 2 + 1.7, left
        is_ranked = line.rank.isdecimal()
        page.fit_box(
            (x, y, _RANK, _ROW), line.rank, "Hei", 12 if is_ranked else 9,
            color=_DEEP if is_ranked else GREY,
        )  # fmt: skip
        x += _RANK
        page.name_box((x + 0.6, y, _NAME - 1.2, _ROW), spaced(line.name), "Hei", 12.5)
        x += _NAME
        page.fit_box((x, y, _LEVEL, _ROW), line.level, "Song", 9.5, color=GREY)
        x += _LEVEL
        page.fit_box((x + 0.8, y, _HOME - 1.6, _ROW), line.home, "Song", 9.5, color=GREY)
        x += _HOME
        for given in line.items:
            size = 11 if given != "0" else 9.5
            colour = INK if given != "0" else GREY
            _number(page, (x, base, self._item), given, "Song", size, colour)
            x += self._item
        self._draw_bar(line, x, y)
        x += self._bar
        _number(page, (x, base, _TOTAL), line.total, "Hei", 13, RED)
        _number(page, (x + _TOTAL, base, _TOTAL), line.year, "Song", 11, INK)
        page.line(left, y + _ROW, left + self._panel, y + _ROW, weight=0.3, color=HAIR)

    def _draw_bar(self, line: BoardLine, x: float, y: float) -> None:
        """How the points compare; in its place, why somebody has no rank."""
        room = self._bar - 4
        if line.note:
            self._page.fit_box((x + 1, y, self._bar - 2, _ROW), line.note, "Song", 8, color=GREY)
            return
        top = y + _ROW / 2 - 1.4
        self._page.rect(x + 2, top, room, 2.8, fill=_TRACK, radius=1.4)
        filled = room * max(0.0, min(1.0, line.part))
        if filled >= 2.8:
            self._page.rect(x + 2, top, filled, 2.8, fill=RED, radius=1.4)

    def _add_legend(self, bottom: float) -> None:
        """What points are given for, below the last line or on a page of its own."""
        if not self._board.legend:
            return
        top = bottom + 5
        for line in self._legend:
            if top + _LEGEND_LEAD > self._end:
                top = self._begin()
            top += _LEGEND_LEAD
            self._page.run(_MARGIN, top - 1, line, self._width, size=9.5, color=GREY)

    def _draw_foot(self, page: Page) -> None:
        """Rules and days of publication at the left, the organ with its seal at the right."""
        top, right = self._end + 2, self._size.width - _MARGIN
        page.line(_MARGIN, top, right, top, weight=1.2, color=_GOLD)
        room = self._width - 74
        high = (_FOOT - 4) / max(3, len(self._board.notes))
        for number, note in enumerate(self._board.notes):
            box = (_MARGIN, top + 1.5 + number * high, room, high)
            page.fit_box(box, note, "Song", 10.5, align="left")
        middle = right - 34
        page.fit(middle, top + 9, self._office.organ, 66, "Hei", 12.5, align="center")
        page.text(middle, top + 16, date_text(self._board.day), "Song", 11.5, align="center")
        if self._board.day is not None and not self._board.state:
            page.text(middle, top + 21.5, "（盖章）", "Song", 9, align="center", color=GREY)


def _number(
    page: Page,
    place: tuple[float, float, float],
    text: str,
    typeface: Typeface,
    size: float,
    color: str,
) -> None:
    """Points in the middle of a narrow column, on one line however long."""
    x, base, wide = place
    size = fitting_size(text, typeface, size, wide - 0.8, 3.5)
    page.text(x + wide / 2, base, text, typeface, size, align="center", color=color)


def podium(lines: Sequence[BoardLine]) -> list[BoardLine]:
    """The first three, as far as whole ranks fit: of four who are second, none stands above."""
    best: list[BoardLine] = []
    for rank, members in groupby(lines, key=_rank):
        found = list(members)
        if not rank.isdecimal() or len(best) + len(found) > _PODIUM or found[0].total == "0":
            break
        best += found
    return best


def _rank(line: BoardLine) -> str:
    return line.rank


def _cards(page: Page, best: Sequence[BoardLine], place: tuple[float, float, float]) -> None:
    left, top, width = place
    gap = 6.0
    count = max(2, len(best))
    wide = (width - gap * (count - 1)) / count
    shared = {line.rank for line in best if sum(one.rank == line.rank for one in best) > 1}
    for number, line in enumerate(best):
        x = left + number * (wide + gap)
        colour = _GOLD if line.rank == "1" else _COPPER
        page.rect(x, top, wide, _CARD, stroke="#DCCFB6", weight=0.8, radius=1.6)
        page.rect(x, top, 3, _CARD, fill=colour)
        place_text = f"{'并列' if line.rank in shared else ''}第{'一二三'[int(line.rank) - 1]}名"
        page.text(x + 8, top + 8, place_text, "Hei", 13, color=colour)
        page.name_box(
            (x + 8, top + 9, wide - 48, 13), spaced(line.name), "BiaoSong", 27, align="left"
        )
        below = "　".join(part for part in (line.level, line.home) if part)
        page.fit_box(
            (x + 8, top + 22, wide - 46, 6.5), below, "Song", 10.5, align="left", color=GREY
        )
        page.text(x + wide - 6, top + 20, "分", "Hei", 13, align="right", color=GREY)
        page.text(x + wide - 13, top + 20, line.total, "BiaoSong", 40, align="right", color=RED)
