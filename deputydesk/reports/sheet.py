"""Forms to fill in by hand: labelled cells in a ruled frame that grow with what is printed."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from deputydesk.reports import fonts
from deputydesk.reports.kit import Flow
from deputydesk.reports.layout import Box
from deputydesk.reports.lines import Line, break_lines
from deputydesk.reports.page import BLACK, GREY, INK, MM, PALE

_LABEL = 26.0
_SIZE, _LEAD, _PADDING = 11.0, 5.6, 2.0
_LEAST = 3  # lines of a long text that stay together
_SIGN = 9.0
_LONG = 40.0  # mm: a value higher than this may go on over pages
_GOES_ON = "\n（续）"
_SMALLEST = 8.0  # points in a row of fixed height
_SHOWN = 20  # characters of a text that is too long for it
_SHRINKS = 0.6  # to so much of its height a box to write in shrinks before a page turns
_WHOLE = 0.4  # of a page: a text that is lower is not parted
_NEAR = 0.05  # mm that are no difference
_NOTE_SIZE, _NOTE_LEAD, _NOTE_GAP = 9.0, 4.8, 2.0


@dataclass(frozen=True)
class Cell:
    """A label and what stands beside it; `share` of the row's width is that of the whole cell."""

    label: str
    value: str
    share: float = 1.0
    is_name: bool = False


@dataclass(frozen=True)
class _Row:
    """A row that waits to be drawn: how high it is to be, how high it must be."""

    height: float
    least: float
    what: "_Cells | _Block"


@dataclass(frozen=True)
class _Cells:
    """Labelled cells side by side: of each its width, its label's width, its value's lines."""

    cells: Sequence[Cell]
    widths: Sequence[float]
    labels: Sequence[float]
    values: Sequence[list[Line]]


@dataclass(frozen=True)
class _Block:
    """A long text that goes on over pages; `sign` is a line at its lower right."""

    label: str
    lines: list[Line]
    sign: str
    height: float

    @property
    def needs(self) -> float:
        """Mm of its text and of the line to sign."""
        return len(self.lines) * _LEAD + 2 * _PADDING + (_SIGN if self.sign else 0.0)


class Sheet:
    """A ruled form on a flow; its rows are drawn when it is closed and all of them are known.

    So boxes to write in shrink a little before a row goes onto another page, and the rows below
    the last box, in which people sign, never stand on a page alone.
    """

    def __init__(self, flow: Flow) -> None:
        self._flow = flow
        self._rows: list[_Row] = []
        self._rule(1.2)

    def cells(self, cells: Sequence[Cell], *, height: float = 10) -> None:
        """A row of labelled cells; it grows until all its values are printed."""
        flow = self._flow
        total = sum(cell.share for cell in cells)
        widths = [flow.width * cell.share / total for cell in cells]
        labels = [
            _LABEL if number == 0 else _label_width(cell) for number, cell in enumerate(cells)
        ]
        values = [
            self._lines(cell, wide - label)
            for cell, wide, label in zip(cells, widths, labels, strict=True)
        ]
        most = max(len(lines) for lines in values)
        height = max(height, most * _LEAD + _PADDING * 2)
        if len(cells) == 1 and height > _LONG:
            self.block(cells[0].label, cells[0].value, height=0)
            return
        self._rows.append(_Row(height, height, _Cells(cells, widths, labels, values)))

    def block(self, label: str, text: str, *, height: float, sign: str = "") -> None:
        """A label and a long text that goes on over pages; `sign` is a line at its lower right."""
        room = self._flow.width - _LABEL - 2 * _PADDING
        lines = break_lines(fonts.clean(text).strip("\n"), "Song", _SIZE, room * MM)
        block = _Block(label, lines if text.strip() else [], sign, height)
        least = max(height * _SHRINKS, block.needs)
        self._rows.append(_Row(max(height, block.needs), least, block))

    def fixed(self, rows: Sequence[Sequence[Cell]], heights: Sequence[float]) -> list[Cell]:
        """Rows of exactly these heights; gives back the cells whose text is too long for theirs.

        Their beginning is printed: the caller prints the whole elsewhere, as by `annex`.
        """
        assert not self._rows, "rows of fixed height stand above the others"
        together = zip(rows, heights, strict=True)
        return [cell for cells, height in together for cell in self._fixed(cells, height)]

    def _fixed(self, cells: Sequence[Cell], height: float) -> list[Cell]:
        flow = self._flow
        total = sum(cell.share for cell in cells)
        x, over = flow.left, list[Cell]()
        for number, cell in enumerate(cells):
            wide = flow.width * cell.share / total
            label = _LABEL if number == 0 else _label_width(cell)
            self._label(cell.label, x, label, height)
            box = (x + label + _PADDING, flow.y + 0.3, wide - label - 2 * _PADDING, height - 0.6)
            if cell.is_name:
                flow.page.name_box(box, cell.value, "Song", _SIZE, align="left")
            elif _fits(cell.value, box):
                flow.page.fit_box(box, cell.value, "Song", _SIZE, align="left")
            else:
                over.append(cell)
                shown = fonts.clean(cell.value).replace("\n", " ")[:_SHOWN]
                flow.page.fit_box(box, f"{shown}……（全文见附页）", "Song", _SIZE, align="left")
            flow.page.line(x + label, flow.y, x + label, flow.y + height, weight=0.5)
            if number:
                flow.page.line(x, flow.y, x, flow.y + height, weight=0.5)
            x += wide
        self._below(height)
        return over

    def ticks(
        self,
        label: str,
        boxes: Sequence[Box],
        options: Sequence[str],
        *,
        chosen: int,
        height: float,
        size: float = _SIZE,
    ) -> None:
        """A row of boxes that stand where the layout has them; `chosen` is ticked, -1 none."""
        flow = self._flow
        page = flow.page
        assert all(flow.y < box.y < flow.y + height - box.side for box in boxes), "layout and rows"
        self._label(label, flow.left, _LABEL, height)
        edge = flow.left + _LABEL
        page.line(edge, flow.y, edge, flow.y + height, weight=0.5)
        for number, (box, option) in enumerate(zip(boxes, options, strict=True)):
            page.rect(box.x, box.y, box.side, box.side, stroke=BLACK, weight=0.9)
            base = box.y + box.side * 0.72
            if number == chosen:
                page.text(box.x + box.side / 2, base, "√", "Song", 13, align="center")
            x = box.x + box.side + 3
            end = boxes[number + 1].x - 3 if number + 1 < len(boxes) else flow.right - 1
            page.fit(x, base, option, end - x, "Song", size)
        self._below(height)

    def close(self, *, note: str = "", below: float = 0) -> None:
        """Draws the rows and the frame around them, and the note under it.

        below: mm of what is drawn next and should stand on the same page.
        """
        note_height = self._note_height(note) if note else 0.0
        rows = _shrunk(self._rows, self._flow.room - _NEAR - note_height - below)
        blocks = [number for number, row in enumerate(rows) if isinstance(row.what, _Block)]
        for number, row in enumerate(rows):
            under = sum(one.height for one in rows[number + 1 :]) + note_height
            if isinstance(row.what, _Block):
                self._draw(row.what, row.height, under if number == blocks[-1] else 0.0)
            else:
                self._need(row.height)
                self._row(row.what, row.height)
        self._rows.clear()
        self._frame()
        if note:
            self._flow.y += _NOTE_GAP
            self._flow.paragraph(note, "Song", _NOTE_SIZE, lead=_NOTE_LEAD, indent=0, color=GREY)

    def _note_height(self, note: str) -> float:
        lines = break_lines(note, "Song", _NOTE_SIZE, self._flow.width * MM)
        return _NOTE_GAP + len(lines) * _NOTE_LEAD + _NEAR

    def _draw(self, block: _Block, wanted: float, keep: float) -> None:
        """Draws a text over as many pages as it needs; `keep` mm stand with its end."""
        flow = self._flow
        while wanted + (hold := max(0.0, min(keep, flow.page_room - wanted))) > flow.room + _NEAR:
            count = min(int((flow.room - 2 * _PADDING) / _LEAD), len(block.lines) - _LEAST)
            if count >= _LEAST and wanted + hold > flow.page_room * _WHOLE:
                self._part(replace(block, lines=block.lines[:count], sign=""), flow.room)
                label = f"{block.label.removesuffix(_GOES_ON)}{_GOES_ON}"
                block = replace(block, label=label, lines=block.lines[count:])
                wanted = max(block.height, block.needs)
            self._turn()
        self._part(block, wanted)

    def _frame(self) -> None:
        flow = self._flow
        page = flow.page
        page.line(flow.left, flow.y, flow.right, flow.y, weight=1.2)
        for x in (flow.left, flow.right):
            page.line(x, self._top, x, flow.y, weight=1.2)

    def _rule(self, weight: float) -> None:
        flow = self._flow
        self._top = flow.y
        flow.page.line(flow.left, flow.y, flow.right, flow.y, weight=weight)

    def _turn(self) -> None:
        self._frame()
        self._flow.turn()
        self._rule(1.2)

    def _need(self, height: float) -> None:
        if height > self._flow.room:
            self._turn()

    def _below(self, height: float) -> None:
        flow = self._flow
        flow.y += height
        flow.page.line(flow.left, flow.y, flow.right, flow.y, weight=0.5)

    def _label(self, label: str, x: float, wide: float, height: float) -> None:
        page, y = self._flow.page, self._flow.y
        page.rect(x + 0.35, y + 0.35, wide - 0.7, height - 0.7, fill=PALE)
        page.fit_box((x + 1.5, y, wide - 3, height), label, "Hei", 10.5, color=INK)

    def _lines(self, cell: Cell, room: float) -> list[Line]:
        text = fonts.clean(cell.value)
        if cell.is_name or not text:
            return [Line(text, 0, is_last=True)]
        return break_lines(text, "Song", _SIZE, (room - 2 * _PADDING) * MM)

    def _value(
        self, cell: Cell, lines: list[Line], place: tuple[float, float], height: float
    ) -> None:
        flow, (x, wide) = self._flow, place
        if cell.is_name:
            box = (x + _PADDING, flow.y, wide - 2 * _PADDING, height)
            flow.page.name_box(box, cell.value, "Song", _SIZE, align="left")
            return
        base = flow.y + (height - len(lines) * _LEAD) / 2 + _LEAD / 2 + _SIZE * 0.36 / MM
        for line in lines:
            flow.page.run(x + _PADDING, base, line, wide - 2 * _PADDING, size=_SIZE)
            base += _LEAD

    def _row(self, row: _Cells, height: float) -> None:
        flow = self._flow
        x = flow.left
        for cell, wide, label, lines in zip(
            row.cells, row.widths, row.labels, row.values, strict=True
        ):
            self._label(cell.label, x, label, height)
            self._value(cell, lines, (x + label, wide - label), height)
            flow.page.line(x + label, flow.y, x + label, flow.y + height, weight=0.5)
            if x > flow.left:
                flow.page.line(x, flow.y, x, flow.y + height, weight=0.5)
            x += wide
        self._below(height)

    def _part(self, block: _Block, height: float) -> None:
        flow = self._flow
        self._label(block.label, flow.left, _LABEL, height)
        flow.page.line(flow.left + _LABEL, flow.y, flow.left + _LABEL, flow.y + height)
        base = flow.y + _PADDING + _LEAD / 2 + _SIZE * 0.36 / MM
        room = flow.width - _LABEL - 2 * _PADDING
        for line in block.lines:
            flow.page.run(flow.left + _LABEL + _PADDING, base, line, room, size=_SIZE)
            base += _LEAD
        if block.sign:
            y = flow.y + height - 3.2
            flow.page.text(flow.right - 4, y, block.sign, "Song", 10.5, align="right")
        self._below(height)


def annex(flow: Flow, cells: Sequence[Cell]) -> None:
    """On a further page the whole text of cells that did not fit into rows of fixed height."""
    flow.turn()
    flow.section("附页")
    sheet = Sheet(flow)
    for cell in cells:
        sheet.block(cell.label, cell.value, height=10)
    sheet.close()


def _shrunk(rows: Sequence[_Row], room: float) -> Sequence[_Row]:
    """The rows with their boxes lower, where only so they have room; else as they are."""
    spare = sum(row.height - row.least for row in rows)
    over = sum(row.height for row in rows) - room
    if not 0 < over <= spare:
        return rows
    part = over / spare
    return [replace(row, height=row.height - (row.height - row.least) * part) for row in rows]


def _fits(text: str, box: tuple[float, float, float, float]) -> bool:
    """Whether a text can be read in this box."""
    lines = break_lines(fonts.clean(text), "Song", _SMALLEST, box[2] * MM)
    return len(lines) * _SMALLEST * 1.22 / MM <= box[3]


def _label_width(cell: Cell) -> float:
    return 6.0 + 4.0 * min(5, len(cell.label))
