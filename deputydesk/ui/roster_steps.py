"""The steps of the roster wizard: which column is what, what must be asked, who is taken in."""

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QGridLayout,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from deputydesk.exchange.roster import FIELDS, Question, Roster, RosterRecord, Skipped
from deputydesk.ui import style
from deputydesk.ui.parts import Chips, card, framed, label
from deputydesk.ui.table import Column, RowsTable

UNUSED = "不导入"
OPEN = "请选择…"
IGNORED = ""


class _Scroll(QScrollArea):
    """A column of cards that is filled anew for each reading."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._column = QVBoxLayout()

    def begin(self) -> None:
        """Take everything away."""
        holder = QWidget()
        holder.setObjectName("clear")
        self._column = QVBoxLayout(holder)
        self._column.setContentsMargins(0, 0, style.px(8), 0)
        self._column.setSpacing(style.px(10))
        self.setWidget(holder)

    def add(self, part: QWidget) -> None:
        """Put a card below the others."""
        self._column.addWidget(part)

    def end(self) -> None:
        """Let the cards stand at the top."""
        self._column.addStretch(1)


class ColumnsStep(_Scroll):
    """Each column of each sheet with what it is taken for, to be corrected."""

    def __init__(self) -> None:
        super().__init__("列的对应关系")
        self._boxes: dict[tuple[str, int], tuple[QComboBox, str]] = {}

    def show_roster(self, roster: Roster) -> None:
        """Show the columns that were found."""
        self._boxes.clear()
        self.begin()
        sheets: dict[str, QGridLayout] = {}
        for found in roster.columns:
            if found.sheet not in sheets:
                header = f"标题在第 {found.header_row} 行" if found.header_row else ""
                sheets[found.sheet] = self._grid(found.sheet, header)
            for column in found.columns:
                place = (found.sheet, column.index)
                if place not in self._boxes:
                    hidden = "（隐藏列）" if column.hidden else ""
                    self._add(
                        sheets[found.sheet],
                        place,
                        (f"{column.heading}{hidden}", column.sample),
                        column.field or IGNORED,
                    )
        self.end()

    def mapping(self) -> dict[tuple[str, int], str]:
        """What the user changed: by sheet and column, what it holds."""
        return {
            place: box.currentData()
            for place, (box, found) in self._boxes.items()
            if box.currentData() != found
        }

    def focus_first(self) -> None:
        """Go to the first column."""
        for box, _ in self._boxes.values():
            box.setFocus()
            return

    def _grid(self, sheet: str, note: str) -> QGridLayout:
        frame, inside = card(f"工作表“{sheet}”", note)
        grid = QGridLayout()
        grid.setHorizontalSpacing(style.px(14))
        grid.setVerticalSpacing(style.px(5))
        for column, (title, share) in enumerate((("列", 0), ("标题", 2), ("示例", 3), ("对应", 2))):
            grid.addWidget(label(title, "fieldlabel"), 0, column)
            grid.setColumnStretch(column, share)
        inside.addLayout(grid)
        self.add(frame)
        return grid

    def _add(
        self, grid: QGridLayout, place: tuple[str, int], texts: tuple[str, str], field: str
    ) -> None:
        row = grid.rowCount()
        heading, sample = (" ".join(text.split()) for text in texts)
        for column, text in enumerate((letters(place[1]), heading, sample)):
            said = label(text if len(text) <= 24 else f"{text[:24]}…", "sub" if column != 1 else "")
            said.setToolTip(text)
            grid.addWidget(said, row, column)
        box = QComboBox()
        box.setMaxVisibleItems(24)
        box.addItem(UNUSED, IGNORED)
        for name, title in FIELDS.items():
            box.addItem(title, name)
        box.setCurrentIndex(max(0, box.findData(field)))
        box.setAccessibleName(f"{letters(place[1])}列“{heading}”对应")
        grid.addWidget(box, row, 3)
        self._boxes[place] = (box, field)


def letters(index: int) -> str:
    """The name of a column as Excel shows it: A, B, …, Z, AA."""
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


class QuestionsStep(_Scroll):
    """What only a person can decide."""

    answered = Signal()
    """The user chose something."""

    def __init__(self) -> None:
        super().__init__("需要确认的问题")
        self._boxes: dict[str, QComboBox] = {}

    def show_questions(self, questions: tuple[Question, ...], answers: Mapping[str, str]) -> None:
        """Ask these; what was answered before stands there."""
        self._boxes.clear()
        self.begin()
        for number, question in enumerate(questions, start=1):
            self._ask(number, question, answers.get(question.id))
        self.end()

    def answers(self) -> dict[str, str]:
        """What was chosen or typed, by question; what was left open is not in it."""
        found: dict[str, str] = {}
        for name, box in self._boxes.items():
            typed = box.currentText().strip()
            place = box.findText(typed)
            if typed and typed != OPEN:
                found[name] = str(box.itemData(place)) if place > 0 else typed
        return found

    def focus_first(self) -> None:
        """Go to the first question without an answer."""
        boxes = list(self._boxes.values())
        waiting = [box for box in boxes if not box.currentIndex()]
        for box in (waiting or boxes)[:1]:
            box.setFocus()

    def _ask(self, number: int, question: Question, answer: str | None) -> None:
        frame, inside = card()
        head = label(f"{number}．{question.source}", "faint")
        inside.addWidget(head)
        text = label(question.text)
        text.setWordWrap(True)
        inside.addWidget(text)
        box = QComboBox()
        box.addItem(OPEN)
        for choice in question.choices:
            box.addItem(choice.label, choice.value)
        box.setEditable(question.free)
        box.setMaximumWidth(style.px(420))
        box.setAccessibleName(question.text)
        if answer is not None:
            place = box.findData(answer)
            if place > 0:
                box.setCurrentIndex(place)
            else:
                box.setCurrentText(answer)
        box.currentIndexChanged.connect(self._tell)
        inside.addWidget(box)
        self._boxes[question.id] = box
        self.add(frame)

    def _tell(self, _place: int) -> None:
        self.answered.emit()


@dataclass(frozen=True)
class _Person:
    """A record with an id, as lists want it."""

    id: str
    record: RosterRecord


@dataclass(frozen=True)
class _Left:
    """A row that was left out, with an id."""

    id: str
    row: Skipped


class PreviewStep(QWidget):
    """Who will be taken in, and which rows will not."""

    def __init__(self) -> None:
        super().__init__()
        self.chips = Chips(("将导入", "跳过"), "名单")
        self.people = RowsTable(_people_columns(), name="将导入的代表", empty="没有读到代表。")
        self.left = RowsTable(_left_columns(), name="跳过的行", empty="没有跳过的行。")
        self._lists = QStackedWidget()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.chips)
        for table in (self.people, self.left):
            self._lists.addWidget(table)
        column.addWidget(framed(self._lists), 1)
        self.chips.group.idToggled.connect(self._choose)

    def show_roster(self, roster: Roster) -> None:
        """Show what was read."""
        self.people.set_rows([_Person(str(n), r) for n, r in enumerate(roster.records)])
        self.left.set_rows([_Left(str(n), r) for n, r in enumerate(roster.skipped)])
        self.chips.set_text(0, f"将导入 {len(roster.records)} 人")
        self.chips.set_text(1, f"跳过 {len(roster.skipped)} 行")

    def _choose(self, place: int, is_on: bool) -> None:  # noqa: FBT001 - Qt's signal
        if is_on:
            self._lists.setCurrentIndex(place)


def _people_columns() -> tuple[Column[_Person], ...]:
    return (
        Column("姓名", lambda p: p.record.name, 110),
        Column("性别", lambda p: p.record.sex or "", 48),
        Column("民族", lambda p: p.record.ethnic or "", 76),
        Column("出生年月", lambda p: p.record.birth or "", 90),
        Column("联系电话", lambda p: p.record.phone or "", 110),
        Column("身份证号", lambda p: p.record.id_no or "", 160, drop=2),
        Column("状态", lambda p: p.record.status or "", 70),
        Column("单位职务", lambda p: p.record.job or "", 0, drop=1),
        Column("选区", lambda p: p.record.district or "", 90, drop=3),
        Column(
            "工作表、行",
            lambda p: f"{p.record.source.sheet} {p.record.source.row}",
            120,
            sort=lambda p: (p.record.source.sheet, p.record.source.row),
        ),
    )


def _left_columns() -> tuple[Column[_Left], ...]:
    return (
        Column("工作表", lambda s: s.row.source.sheet, 130),
        Column("行", lambda s: str(s.row.source.row), 60, sort=lambda s: s.row.source.row),
        Column("为什么跳过", lambda s: s.row.reason, 240),
        Column("原文", lambda s: s.row.text, 0),
    )
