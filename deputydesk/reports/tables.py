"""Tables that go on over pages: the head again on each, long rows split between lines."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
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


class Table:
    """A table at the flow's place; `rows` may be called again and again."""

    def __init__(self, flow: Flow, columns: Sequence[Column], style: Style | None = None) -> None:
        self._flow = flow
        self._columns = columns
        self._style = style or Style()
        total = sum(column.width for column in columns)
        scale = flow.width / total  # widths are shares: a table is as wide as its page
        self._widths = [column.width * scale for column in columns]
        self._edges = list(accumulate(self._widths, initial=flow.left))
        self._grouped = any(column.group for column in columns)
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
        if height > self._flow.room and height < self._flow.page_room - self._head_height():
            if self._is_open:
                self._turn()
            else:
                self._flow.turn()

    def _row(self, cells: list[list[Line]]) -> None:
        style, flow = self._style, self._flow
        height = self._height(cells)
        if not self._is_open:
            flow.need(self._head_height() + min(height, _SPLIT_FROM))
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
        room = (self._widths[number] - style.padding * 2) * MM
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
        left, room = self._edges[number] + style.padding, self._widths[number] - style.padding * 2
        x = {"left": left, "center": left + room / 2, "right": left + room}[column.align]
        if column.fits:
            face = fonts.for_name(line.text, "Song")
            size = style.size if alone else style.size * 0.85
            page.fit(x, y, line.text, room, face, size, align=column.align)
        elif column.align == "left" or line.width > room * MM:
            natural = Line(line.text, line.width, is_last=True)
            page.run(left, y, natural, room, size=style.size)
        else:
            page.text(x, y, line.text, "Song", style.size, align=column.align)

    def _turn(self) -> None:
        self._shut()
        self._flow.turn()
        self._open()

    def _head_height(self) -> float:
        return self._style.head_height * (1.75 if self._grouped else 1)

    def _open(self) -> None:
        """Draws the head."""
        flow, page = self._flow, self._flow.page
        height = self._head_height()
        self._top = flow.y
        page.rect(flow.left, flow.y, flow.width, height, fill=HEAD_FILL)
        page.line(flow.left, flow.y, flow.right, flow.y, weight=1)
        number = 0
        for group, members in groupby(self._columns, key=lambda column: column.group):
            count = len(list(members))
            if group:
                self._head_group(group, number, count)
            else:
                for n in range(number, number + count):
                    self._head_cell(self._columns[n].title, n, 1, flow.y, height)
            number += count
        flow.y += height
        page.line(flow.left, flow.y, flow.right, flow.y, weight=0.6)
        self._is_open = True

    def _head_group(self, group: str, number: int, count: int) -> None:
        flow, upper = self._flow, self._head_height() * _UPPER
        self._head_cell(group, number, count, flow.y, upper)
        left, right = self._edges[number] + 1, self._edges[number + count] - 1
        flow.page.line(left, flow.y + upper, right, flow.y + upper, weight=0.3, color=STONE)
        for n in range(number, number + count):
            lower = self._head_height() - upper
            self._head_cell(self._columns[n].title, n, 1, flow.y + upper, lower)

    def _head_cell(self, title: str, number: int, count: int, y: float, height: float) -> None:
        left, right = self._edges[number], self._edges[number + count]
        box = (left + 0.6, y, right - left - 1.2, height)
        size = self._style.head_size
        widest = max(title.split("\n"), key=len)
        size = fitting_size(widest, "Hei", size, box[2], size * 0.8)
        self._flow.page.fit_box(box, title, "Hei", size)

    def _shut(self) -> None:
        flow, page = self._flow, self._flow.page
        if self._style.ruled:
            for number, x in enumerate(self._edges[1:-1], start=1):
                group = self._columns[number].group
                spanned = group and group == self._columns[number - 1].group
                start = self._top + (self._head_height() * _UPPER if spanned else 0)
                page.line(x, start, x, flow.y, weight=0.3, color=self._style.rule_color)
        for x in (flow.left, flow.right) if self._style.framed else ():
            page.line(x, self._top, x, flow.y, weight=1)
        page.line(flow.left, flow.y, flow.right, flow.y, weight=1, color=INK)
        self._is_open = False
