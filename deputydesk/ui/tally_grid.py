"""The grid into which counted ballots are typed: one row of numbers for each deputy or project."""

import unicodedata
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QFocusEvent, QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from deputydesk.errors import FieldError
from deputydesk.ui import style
from deputydesk.ui.drafts import Drafts
from deputydesk.ui.fields import LineEdit
from deputydesk.ui.parts import label
from deputydesk.ui.style import Tone
from deputydesk.ui.tally_sheet import VOID, Counted, Sheet, Typed

NUMBER, NAME, CELL, SUM, GRADE = 22, 72, 60, 72, 64
"""Least widths in standard pixels."""


class NumberEdit(LineEdit):
    """A cell of the grid: arrows and Enter go to the next cell, digits replace what is there."""

    moved = Signal(int, int)
    """Rows and columns to go."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly)
        self.setMaxLength(5)

    def number(self) -> int | None:
        """The number typed; None if empty.

        Raises:
            ValueError: it is no number.
        """
        typed = unicodedata.normalize("NFKC", self.text()).strip()
        return int(typed) if typed else None

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.selectAll()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = self._step(event)
        if step is None:
            super().keyPressEvent(event)
        else:
            self.moved.emit(*step)

    def _step(self, event: QKeyEvent) -> tuple[int, int] | None:
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return None
        whole = self.hasSelectedText() or not self.text()
        at_start, at_end = (
            whole or self.cursorPosition() == 0,
            self.cursorPosition() == len(self.text()),
        )
        steps = {
            Qt.Key.Key_Up.value: (-1, 0),
            Qt.Key.Key_Down.value: (1, 0),
            Qt.Key.Key_Return.value: (0, 1),
            Qt.Key.Key_Enter.value: (0, 1),
        }
        if at_start:
            steps[Qt.Key.Key_Left.value] = (0, -1)
        if whole or at_end:
            steps[Qt.Key.Key_Right.value] = (0, 1)
        return steps.get(event.key())


class _Line:
    """The widgets of one row."""

    def __init__(self, entry: Counted, sheet: Sheet) -> None:
        self.entry = entry
        self.cells = {
            key: NumberEdit(f"{entry.name} {title}") for key, title in sheet.cells.items()
        }
        self.sum = label("")
        self.grade = label("")
        self.sum.setAccessibleName(f"{entry.name}合计")
        self.grade.setAccessibleName(f"{entry.name}{sheet.result_title}")

    def is_blank(self) -> bool:
        """Whether nothing was typed."""
        return not any(cell.text().strip() for cell in self.cells.values())

    def counts(self) -> tuple[dict[str, int], int]:
        """Votes by option, and rows left out; what is empty is 0."""
        found = {key: cell.number() or 0 for key, cell in self.cells.items()}
        return {key: n for key, n in found.items() if key != VOID}, found.get(VOID, 0)


class TallyGrid(QWidget):
    """The votes of all rows of a ballot, checked while they are typed.

    Args:
        drafts: where numbers not saved yet are kept.
        clock: gives the time of a draft.
    """

    spoken_as = QAccessible.Role.Grouping

    edited = Signal()
    """A number was typed."""
    finished = Signal()
    """Enter in the last cell."""

    def __init__(self, drafts: Drafts, clock: Callable[[], datetime]) -> None:
        super().__init__()
        self._drafts = drafts
        self._clock = clock
        self._about = ""
        self._valid: int | None = None
        self._shown: dict[str, list[str]] = {}
        self.restored_from: datetime | None = None
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self._lay_out)
        self._sheet: Sheet | None = None
        self._lines: list[_Line] = []
        self.setAccessibleName("计票表")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        self._head = QWidget()
        outer.addWidget(self._head)
        self._scroll = QScrollArea()
        self._scroll.setObjectName("clear")
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        outer.addWidget(self._scroll, 1)
        self._outer = outer

    def show_ballot(
        self, about: str, entries: Sequence[Counted], sheet: Sheet, *, is_counted: bool
    ) -> None:
        """Show the rows of a ballot, with what was counted or typed last time."""
        self._about, self._sheet = about, sheet
        self._lines = [_Line(entry, sheet) for entry in entries]
        for line in self._lines:
            for cell in line.cells.values():
                cell.moved.connect(self._move)
                cell.textEdited.connect(self._note)
                cell.left.connect(self._keep)
        self._lay_out()
        for line in self._lines:
            if is_counted:
                _fill(line, line.entry.counts, line.entry.void)
        self._shown = self._typed()
        self._restore()
        self.check()

    def fill(self, rows: Mapping[str, Mapping[str, int]]) -> None:
        """Put in votes that were counted elsewhere, by key, as if they had been typed."""
        for line in self._lines:
            if line.entry.key in rows:
                _fill(line, rows[line.entry.key], 0)
        self._keep()
        self.check()
        self.edited.emit()

    def set_locked(self, *, is_locked: bool) -> None:
        """Let the numbers be read only."""
        for line in self._lines:
            for cell in line.cells.values():
                cell.setDisabled(is_locked)

    def set_valid(self, valid: int | None) -> None:
        """Say how many ballots are valid, what each row must add up to; None: not known yet."""
        self._valid = valid
        self.check()

    def saved(self) -> None:
        """The numbers are in the office: the draft is not needed."""
        self._shown = self._typed()
        self._drafts.drop(self._about)

    def check(self) -> int:
        """Show sums and grades; returns how many rows are not right yet."""
        return sum(not self._check(line) for line in self._lines)

    def tallies(self) -> tuple[Typed, ...]:
        """What was typed.

        Raises:
            FieldError: a row does not add up; it is named.
        """
        return tuple(self._tally(line) for line in self._lines)

    def show_field_error(self, name: str, sentence: str) -> bool:
        """Go to the row that an error names; False if it names none."""
        for line in self._lines:
            if name == f"tally.{line.entry.key}":
                if not self._check(line):
                    _say(line, line.sum.text(), "", is_wrong=True)
                line.sum.setToolTip(sentence)
                self._go_to(next(iter(line.cells.values())))
                return True
        return False

    def focus_first(self) -> None:
        """Go to the first row that is not typed yet."""
        waiting = [line for line in self._lines if line.is_blank()] or self._lines
        if waiting:
            self._go_to(next(iter(waiting[0].cells.values())))

    def _tally(self, line: _Line) -> Typed:
        field = f"tally.{line.entry.key}"
        if line.is_blank():
            raise FieldError(field, f"还没有录入{line.entry.name}的得票。")
        try:
            counts, void = line.counts()
        except ValueError:
            raise FieldError(field, f"{line.entry.name}的得票应当是整数。") from None
        return Typed(line.entry.key, counts, void)

    def _check(self, line: _Line) -> bool:
        """Show the sum of a row, and in red how far it is off."""
        try:
            counts, void = line.counts()
        except ValueError:
            _say(line, "应是整数", "", is_wrong=True)
            return False
        if line.is_blank():
            _say(line, "未录入", "", is_wrong=False)
            return False
        total, sheet = sum(counts.values()) + void, self._sheet
        if self._valid is None or sheet is None:
            _say(line, str(total), "", is_wrong=False)
            return False
        if not sheet.problem(counts, void, self._valid):
            _say(line, f"{total} ✓", sheet.result(counts, void), is_wrong=False)
            return True
        off = total - self._valid
        said = f"{'多' if off > 0 else '少'}{abs(off)}票" if off else "不能是负数"
        _say(line, said, "", is_wrong=True)
        return False

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and self._lines:
            self._later.start()  # not now: Qt is on its way through all widgets

    def _lay_out(self) -> None:
        """Place heading and rows in columns of the same widths; a larger text asks for it anew."""
        head = QWidget()
        above = self._grid_in(head)
        above.setContentsMargins(0, 0, self._scroll.verticalScrollBar().sizeHint().width(), 3)
        for column, title in enumerate(self._titles()):
            made = label(title, "fieldlabel")
            is_number = 2 <= column < self._columns() - 2
            margins = (0, 0, style.px(10), 0) if is_number else (style.px(8), 0, 0, 0)
            made.setContentsMargins(*margins)
            side = Qt.AlignmentFlag.AlignRight if is_number else Qt.AlignmentFlag.AlignLeft
            above.addWidget(made, 0, column, side)
        self._outer.replaceWidget(self._head, head)
        self._head.hide()
        self._head.deleteLater()
        self._head = head
        inside = QWidget()
        inside.setObjectName("clear")
        grid = self._grid_in(inside)
        grid.setVerticalSpacing(style.px(3))
        for number, line in enumerate(self._lines):
            self._place(grid, number, line)
        grid.setRowStretch(len(self._lines), 1)
        self._scroll.setWidget(inside)

    def _titles(self) -> list[str]:
        assert self._sheet, "a ballot is shown"
        cells = self._sheet.cells.values()
        return ["", self._sheet.who, *cells, "合计", self._sheet.result_title]

    def _columns(self) -> int:
        return len(self._titles())

    def _grid_in(self, frame: QWidget) -> QGridLayout:
        grid = QGridLayout(frame)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(0)
        cells = [CELL] * (self._columns() - 4)
        for column, width in enumerate((NUMBER, NAME, *cells, SUM, GRADE)):
            grid.setColumnMinimumWidth(column, style.px(width))
        grid.setColumnStretch(1, 2)
        grid.setColumnStretch(self._columns(), 3)
        return grid

    def _place(self, grid: QGridLayout, number: int, line: _Line) -> None:
        name = label(line.entry.name)
        name.setToolTip(f"{line.entry.name}　{line.entry.hint}")
        name.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        name.setContentsMargins(style.px(8), 0, 0, 0)
        for made, width in ((line.sum, SUM), (line.grade, GRADE)):
            made.setContentsMargins(style.px(8), 0, 0, 0)
            made.setFixedWidth(style.px(width))
        for cell in line.cells.values():
            cell.setFixedWidth(style.px(CELL - 6))
        parts = (label(str(line.entry.position), "faint"), name, *line.cells.values())
        for column, part in enumerate((*parts, line.sum, line.grade)):
            grid.addWidget(part, number, column)

    def _move(self, rows: int, columns: int) -> None:
        cells = [list(line.cells.values()) for line in self._lines]
        wide = len(cells[0])
        flat = [cell for row in cells for cell in row]
        at = next((n for n, cell in enumerate(flat) if cell is self.sender()), 0)
        to = at + rows * wide + columns
        if 0 <= to < len(flat):
            self._go_to(flat[to])
        elif columns > 0:
            self.finished.emit()

    def _go_to(self, cell: NumberEdit) -> None:
        cell.setFocus(Qt.FocusReason.TabFocusReason)
        self._scroll.ensureWidgetVisible(cell, 0, style.px(40))

    def _note(self) -> None:
        line = next(r for r in self._lines if self.sender() in r.cells.values())
        self._check(line)
        self.edited.emit()

    def _typed(self) -> dict[str, list[str]]:
        return {
            line.entry.key: [cell.text() for cell in line.cells.values()] for line in self._lines
        }

    def _keep(self) -> None:
        typed = self._typed()
        if typed != self._shown:
            self._drafts.keep(self._about, dict(typed), self._clock())

    def _restore(self) -> None:
        draft = self._drafts.find(self._about)
        self.restored_from = draft.at if draft else None
        kept: dict[str, list[str]] = draft.values if draft else {}
        for line in self._lines:
            texts = kept.get(line.entry.key, [])
            for cell, text in zip(line.cells.values(), texts, strict=False):
                cell.setText(text)


def _fill(line: _Line, counts: Mapping[str, int], void: int) -> None:
    for key, cell in line.cells.items():
        cell.setText(str(void if key == VOID else counts.get(key, 0)))


def _say(line: _Line, text: str, graded: str, *, is_wrong: bool) -> None:
    line.sum.setText(text)
    line.grade.setText(graded)
    colour = style.ink(Tone.RED).text if is_wrong else style.theme().sub
    line.sum.setStyleSheet(f"color:{colour};" + ("font-weight:600;" if is_wrong else ""))
