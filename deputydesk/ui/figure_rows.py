"""The rows behind a figure: what it says, how it is counted, and every record that it counts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QVBoxLayout, QWidget
from sqlalchemy.orm import Session

from deputydesk.exchange import xlsx
from deputydesk.journal.values import models
from deputydesk.office import Office
from deputydesk.operations import figures
from deputydesk.operations.figures import Dimension, Figure, FigureRow, Side
from deputydesk.progress import SILENT, Progress
from deputydesk.rules.rates import money_text
from deputydesk.ui import style
from deputydesk.ui.desk import Desk
from deputydesk.ui.messages import ask_file_to_save
from deputydesk.ui.parts import Chips, button, framed, label
from deputydesk.ui.table import Column, RowsTable
from deputydesk.ui.tasks import run_task

MOST = 500
"""Rows in the list; the file that is written has all of them."""
SIDES = (Side.COUNTED, Side.OUT_OF, Side.REST)


@dataclass(frozen=True)
class Asked:
    """A figure, or one part of it, that somebody wants to see.

    Args:
        figure_id: the figure.
        first: the first day of the period.
        last: the last day.
        by: what it is split by, if only one part is wanted.
        key: the part.
        part: what the part is called.
        side: of a rate, which rows are shown first.
    """

    figure_id: str
    first: date | None = None
    last: date | None = None
    by: Dimension | None = None
    key: str = ""
    part: str = ""
    side: Side = Side.COUNTED


@dataclass(frozen=True)
class _Line:
    """A row in the list; the same record may stand there twice, so its place is its id."""

    id: str
    row: FigureRow
    amount: str


class FigureRows(QDialog):
    """Shows what a figure counts; Enter opens the record."""

    def __init__(self, parent: QWidget, desk: Desk, asked: Asked) -> None:
        super().__init__(parent.window())
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._behind = parent.window()
        self._desk = desk
        self._asked = asked
        self._measure = figures.measure(asked.figure_id)
        name = f"{self._measure.name}：{asked.part}" if asked.part else self._measure.name
        self._name = name
        self.setWindowTitle(name)
        self._value = label("", "h1")
        self._count = label("", "faint")
        self.sides = Chips(tuple(side.label for side in SIDES), "看哪些")
        self.sides.group.button(SIDES.index(asked.side)).setChecked(True)
        self.table: RowsTable[_Line] = RowsTable(
            self._columns(), name=name, empty="没有这样的记录。"
        )
        self.export = button("导出为 Excel", "download")
        self.open_one = button("打开", "eye", primary=True)
        self._lay_out(name)
        self.sides.group.idToggled.connect(self._choose)
        self.table.opened.connect(self._open)
        self.open_one.clicked.connect(self._open_current)
        self.export.clicked.connect(self._export)
        self._show()
        screen = self.screen().availableGeometry()
        self.resize(
            min(style.px(860), screen.width() - 40), min(style.px(600), screen.height() - 60)
        )
        self.table.setFocus()

    def rows(self) -> Sequence[FigureRow]:
        """The rows in the list."""
        return [line.row for line in self.table.rows.rows()]

    def _columns(self) -> tuple[Column[_Line], ...]:
        columns = (
            Column[_Line]("日期", _day, 96),
            Column[_Line]("内容", _title, 0),
            Column[_Line]("说明", _detail, 300, drop=1),
        )
        if any(source.weight is not None for source in self._measure.sources):
            unit = self._measure.unit.label
            return (*columns, Column[_Line](unit, _amount, 110, sort=_weight, right=True))
        return columns

    def _lay_out(self, name: str) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(style.px(18), style.px(14), style.px(18), style.px(14))
        outer.setSpacing(style.px(8))
        head = QHBoxLayout()
        head.addWidget(label(name, "h2"))
        head.addStretch(1)
        head.addWidget(self._value)
        outer.addLayout(head)
        outer.addWidget(_wrapped(f"统计口径：{self._measure.definition}。"))
        if self._measure.out_of:
            outer.addWidget(self.sides)
        outer.addWidget(framed(self.table.add_filters(), self.table), 1)
        foot = QHBoxLayout()
        foot.addWidget(self._count)
        foot.addStretch(1)
        close = button("关闭")
        close.clicked.connect(self.reject)
        for each in (self.export, self.open_one, close):
            foot.addWidget(each)
        outer.addLayout(foot)

    def _choose(self, _place: int, is_on: bool) -> None:  # noqa: FBT001 - Qt's signal
        if is_on:
            self._show()

    def _side(self) -> Side:
        return SIDES[self.sides.chosen()]

    def _show(self) -> None:
        asked = self._asked
        found = self._desk.ask(
            figures.rows_of,
            asked.figure_id,
            first=asked.first,
            last=asked.last,
            side=self._side(),
            by=asked.by,
            key=asked.key,
            limit=MOST + 1,
        )
        is_money = self._measure.unit is figures.Unit.MONEY
        self.table.set_rows(
            [
                _Line(str(n), row, money_text(row.weight) if is_money else str(row.weight))
                for n, row in enumerate(found[:MOST])
            ]
        )
        self._value.setText(self._desk.ask(_figure, asked).text)
        more = "，这里只列出前面的，导出的文件里有全部" if len(found) > MOST else ""
        self._count.setText(f"{'多于 ' if more else ''}{min(len(found), MOST)} 条{more}")
        self.open_one.setEnabled(bool(found))
        self.export.setEnabled(bool(found))

    def _open_current(self) -> None:
        line = self.table.current() or (self.table.rows.row(0) if self.rows() else None)
        if line:
            self._open(line)

    def _open(self, line: _Line) -> None:
        self.accept()
        come_back = partial(_open_again, self._behind, self._desk, self._asked, line.id)
        model = models()[line.row.opens_table]
        self._desk.open(model, line.row.opens_id, come_back=come_back)

    def _export(self) -> None:
        name = f"{self._name.replace('：', '-').replace('/', '-')}.xlsx"
        to = ask_file_to_save(self, "导出为 Excel", name, "Excel 文件 (*.xlsx)")
        if to:
            work = partial(write_rows, self._desk.office, self._asked, self._side(), to)
            run_task(self, "正在导出", work, self._desk.say)


def _open_again(parent: QWidget, desk: Desk, asked: Asked, line: str) -> None:
    """Show the rows again, at the one from which the user went on."""
    rows = FigureRows(parent, desk, asked)
    rows.table.select(line)
    rows.open()


def _figure(session: Session, asked: Asked) -> Figure:
    """The figure, or the one part of it."""
    if asked.by is None:
        return figures.figures(session, first=asked.first, last=asked.last, ids=(asked.figure_id,))[
            0
        ]
    parts = figures.compare(
        session, asked.figure_id, by=asked.by, first=asked.first, last=asked.last
    )
    found = next((part.figure for part in parts if part.key == asked.key), None)
    return found or figures.nothing(asked.figure_id)


def write_rows(
    office: Office, asked: Asked, side: Side, to: Path, progress: Progress = SILENT
) -> str:
    """Write all rows into an .xlsx file, with the definition; returns what to say about it."""
    rows = office.ask(
        figures.rows_of,
        asked.figure_id,
        first=asked.first,
        last=asked.last,
        side=side,
        by=asked.by,
        key=asked.key,
    )
    measure = figures.measure(asked.figure_id)
    fen = 100 if measure.unit is figures.Unit.MONEY else 1
    xlsx.write(
        to,
        measure.name,
        ["日期", "内容", "说明", f"数量（{measure.unit.label}）", "统计口径"],
        [
            (
                row.day,
                row.title,
                row.detail,
                row.weight / fen if fen > 1 else row.weight,
                "" if n else measure.definition,
            )
            for n, row in enumerate(rows)
        ],
        progress,
    )
    return f"已导出 {len(rows)} 条到 {to}"


def _wrapped(text: str) -> QLabel:
    made = label(text, "sub")
    made.setWordWrap(True)
    return made


def _day(line: _Line) -> str:
    return line.row.day.isoformat() if line.row.day else "—"


def _title(line: _Line) -> str:
    return line.row.title


def _detail(line: _Line) -> str:
    return line.row.detail


def _amount(line: _Line) -> str:
    return line.amount


def _weight(line: _Line) -> int:
    return line.row.weight
