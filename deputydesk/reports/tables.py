"""Tables that go on over pages: the head again on each, long rows split between lines."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, groupby

from deputydesk.reports import fonts
from deputydesk.reports.kit import Flow
from deputydesk.reports.lines import Line, break_lines
from deputydesk.reports.page import (
    HAIR,
    HEAD_FILL,
    INK,
    MM,
    STONE,
    Align,
    Page,
    fitting_lines,
    fitting_size,
    stamp_of,
)

_SPLIT_FROM = 60  # mm: a row higher than this is split rather than moved to the next page
_UPPER = 0.48  # the part of a grouped head that the group's name takes


@dataclass(frozen=True)
class Column:
    """A column: its heading, width in mm, how its cells stand; `group` spans equal neighbours."""

    title: str
    width: float
    align: Align = "center"
    group: str = ""
    fits: bool = False
    """Holds names or the like: drawn in one typeface, made a little smaller rather than broken."""


@dataclass(frozen=True)
class Style:
    """Sizes of a table: letters in points, the rest in mm."""

    size: float = 9.5
    lead: float = 4.7
    head_size: float = 9.5
    head_height: float = 7.6
    padding: float = 1.5
    above: float = 1.5
    """Room above and below the text of a row."""
    row: float = 7.5
    """The least height of a row."""
    ruled: bool = False
    """Rules between columns too."""
    framed: bool = False
    """A frame and dark rules, for sheets that people write on."""

    @property
    def rule_color(self) -> str:
        """The colour of the rules between rows and columns."""
        return STONE if self.framed else HAIR


class _Grid:
    """Where the columns of a table stand, counted from its left edge, and its head."""

    def __init__(self, columns: tuple[Column, ...], style: Style, width: float) -> None:
        self.columns = columns
        self.style = style
        self.width = width
        total = sum(column.width for column in columns)
        scale = width / total  # widths are shares: a table is as wide as its page
        self.widths = [column.width * scale for column in columns]
        self.edges = list(accumulate(self.widths, initial=0.0))
        grouped = any(column.group for column in columns)
        self.head_height = style.head_height * (1.75 if grouped else 1)
        self.upper = self.head_height * _UPPER
        self.head = stamp_of(self._draw_head)

    def _draw_head(self, page: Page) -> None:
        height = self.head_height
        page.rect(0, 0, self.width, height, fill=HEAD_FILL)
        page.line(0, 0, self.width, 0, weight=1)
        number = 0
        for group, members in groupby(self.columns, key=lambda column: column.group):
            count = len(list(members))
            if group:
                self._head_group(page, group, number, count)
            else:
                for n in range(number, number + count):
                    self._head_cell(page, self.columns[n].title, n, 1, (0.0, height))
            number += count
        page.line(0, height, self.width, height, weight=0.6)

    def _head_group(self, page: Page, group: str, number: int, count: int) -> None:
        self._head_cell(page, group, number, count, (0.0, self.upper))
        left, right = self.edges[number] + 1, self.edges[number + count] - 1
        page.line(left, self.upper, right, self.upper, weight=0.3, color=STONE)
        lower = (self.upper, self.head_height - self.upper)
        for n in range(number, number + count):
            self._head_cell(page, self.columns[n].title, n, 1, lower)

    def _head_cell(
        self, page: Page, title: str, number: int, count: int, place: tuple[float, float]
    ) -> None:
        left, right = self.edges[number], self.edges[number + count]
        y, height = place
        box = (left + 0.6, y, right - left - 1.2, height)
        size = self.style.head_size
        widest = max(title.split("\n"), key=len)
        size = fitting_size(widest, "Hei", size, box[2], size * 0.8)
        page.fit_box(box, title, "Hei", size)


@lru_cache(maxsize=256)
def _grid(columns: tuple[Column, ...], style: Style, width: float) -> _Grid:
    """A table of a form looks the same on each of its papers."""
    return _Grid(columns, style, width)


fonts.MEASURED.append(_grid.cache_clear)


class Table:
    """A table at the flow's place; `rows` may be called again and again."""

    def __init__(self, flow: Flow, columns: Sequence[Column], style: Style | None = None) -> None:
        self._flow = flow
        self._columns = columns
        self._style = style or Style()
        self._grid = _grid(tuple(columns), self._style, flow.width)
        self._top = 0.0
        self._is_open = False

    def rows(self, rows: Iterable[Sequence[str]], *, keep: float = 0) -> None:
        """Draws these rows; the last two stay on one page with the `keep` mm that follow."""
        broken = [[self._broken(number, text) for number, text in enumerate(row)] for row in rows]
        for number, cells in enumerate(broken):
            if keep and number == max(0, len(broken) - 2):
                self._keep(keep + sum(self._height(row) for row in broken[number:]))
            self._row(cells)

    def close(self) -> None:
        """Draws the rule below the table."""
        if not self._is_open:
            self._open()
        self._shut()

    def _keep(self, height: float) -> None:
        if height > self._flow.room and height < self._flow.page_room - self._grid.head_height:
            if self._is_open:
                self._turn()
            else:
                self._flow.turn()

    def _row(self, cells: list[list[Line]]) -> None:
        style, flow = self._style, self._flow
        height = self._height(cells)
        if not self._is_open:
            flow.need(self._grid.head_height + min(height, _SPLIT_FROM))
            self._open()
        if height > flow.room and height <= _SPLIT_FROM:
            self._turn()
        while height > flow.room:
            count = int((flow.room - style.above * 2) / style.lead)
            if count < 3:
                self._turn()
                continue
            self._draw([cell[:count] for cell in cells], flow.room - 0.01)
            cells = [cell[count:] for cell in cells]
            height = self._height(cells)
            self._turn()
        self._draw(cells, height)

    def _height(self, cells: list[list[Line]]) -> float:
        style = self._style
        most = max(len(cell) for cell in cells)
        return max(style.row, most * style.lead + style.above * 2)

    def _broken(self, number: int, text: str) -> list[Line]:
        style, column = self._style, self._columns[number]
        room = (self._grid.widths[number] - style.padding * 2) * MM
        text = fonts.clean(text)
        if column.fits and text:
            face = fonts.for_name(text, "Song")
            _, lines = fitting_lines(text.replace("\n", " "), face, style.size, room / MM)
            return [Line(line, room, is_last=True) for line in lines]
        return break_lines(text, "Song", style.size, room)

    def _draw(self, cells: list[list[Line]], height: float) -> None:
        style, flow, page = self._style, self._flow, self._flow.page
        for number, lines in enumerate(cells):
            top = flow.y + (height - len(lines) * style.lead) / 2
            base = top + style.lead / 2 + style.size * 0.36 / MM
            for line in lines:
                self._cell(page, number, base, line, alone=len(lines) == 1)
                base += style.lead
        flow.y += height
        page.line(flow.left, flow.y, flow.right, flow.y, weight=0.3, color=style.rule_color)

    def _cell(self, page: Page, number: int, y: float, line: Line, *, alone: bool) -> None:
        style, column = self._style, self._columns[number]
        left = self._flow.left + self._grid.edges[number] + style.padding
        room = self._grid.widths[number] - style.padding * 2
        x = {"left": left, "center": left + room / 2, "right": left + room}[column.align]
        if column.fits:
            face = fonts.for_name(line.text, "Song")
            size = style.size if alone else style.size * 0.85
            page.fit(x, y, line.text, room, face, size, align=column.align)
        elif line.width > room * MM:
            natural = Line(line.text, line.width, is_last=True)
            page.run(left, y, natural, room, size=style.size)
        else:
            page.text(x, y, line.text, "Song", style.size, align=column.align)

    def _turn(self) -> None:
        self._shut()
        self._flow.turn()
        self._open()

    def _open(self) -> None:
        """Draws the head."""
        flow = self._flow
        self._top = flow.y
        flow.page.stamp(self._grid.head, flow.left, flow.y)
        flow.y += self._grid.head_height
        self._is_open = True

    def _shut(self) -> None:
        flow, page = self._flow, self._flow.page
        if self._style.ruled:
            for number, edge in enumerate(self._grid.edges[1:-1], start=1):
                x = flow.left + edge
                group = self._columns[number].group
                spanned = group and group == self._columns[number - 1].group
                start = self._top + (self._grid.upper if spanned else 0)
                page.line(x, start, x, flow.y, weight=0.3, color=self._style.rule_color)
        for x in (flow.left, flow.right) if self._style.framed else ():
            page.line(x, self._top, x, flow.y, weight=1)
        page.line(flow.left, flow.y, flow.right, flow.y, weight=1, color=INK)
        self._is_open = False
