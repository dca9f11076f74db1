"""不一致: what two people wrote differently without knowing of each other, side by side."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from deputydesk.journal.values import Value, decode, encode, models
from deputydesk.models.base import columns_of
from deputydesk.operations import conflicts
from deputydesk.operations.conflicts import ConflictRow, Said
from deputydesk.ui import stick_words, style
from deputydesk.ui.column_field import field_for
from deputydesk.ui.desk import Desk
from deputydesk.ui.dialogs.changes import short
from deputydesk.ui.dialogs.facts import wrapped
from deputydesk.ui.form import Form
from deputydesk.ui.parts import Button, Scroll, Yielding, button, card, emptied, framed, label
from deputydesk.ui.table import Column, RowsTable

EMPTY = "没有不一致的内容。\n两台电脑改了同一条记录的同一项，收入以后会列在这里。"
HOW = (
    "两处改了同一项，彼此不知道。现在显示的是最后一种写法，另一种没有丢。"
    "裁定和平时修改一样：按 Ctrl+Z 撤销，随下一个U盘告诉对方。"
)
ELSEWHERE = "都不对的，先采用一种，再打开记录修改。"
NOBODY, SHOWN = "（没有写名字）", "现在显示的"
ACROSS = 3
"""So many values stand side by side."""


class ConflictView(QWidget):
    """The list at the left, all that was written of the chosen field at the right."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.table: RowsTable[ConflictRow] = RowsTable(_columns(), name="不一致的内容", empty=EMPTY)
        self.adopt: list[Button] = []
        """A button for each of the values."""
        self.form: Form | None = None
        """Where a value of one's own is typed; None where it names other records."""
        self._shown = QVBoxLayout()
        self._lay_out()
        self.table.picked.connect(self._show)
        self.table.opened.connect(self._go_to_values)

    def refresh(self) -> None:
        """Read what is in conflict now."""
        at = self.table.currentIndex().row()
        rows = self._desk.ask(conflicts.rows)
        self.table.set_rows(rows)
        if rows and self.table.current() is None:
            self.table.selectRow(min(max(at, 0), len(rows) - 1))
        self._show(self.table.current())

    @property
    def count(self) -> int:
        """How many are listed."""
        return self.table.rows.rowCount()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(style.px(8))
        how = label(HOW, "sub")
        how.setWordWrap(True)
        column.addWidget(how)
        halves = QSplitter()
        halves.setHandleWidth(style.px(11))
        halves.setChildrenCollapsible(False)
        halves.addWidget(framed(self.table))
        inside = QWidget()
        inside.setLayout(self._shown)
        self._shown.setContentsMargins(0, 0, 0, 0)
        self._shown.setSpacing(style.px(10))
        self._beside = Scroll(inside)
        self._beside.setAccessibleName("各种写法")
        self._beside.setMinimumWidth(style.px(340))
        halves.addWidget(self._beside)
        self.table.setMinimumWidth(style.px(220))
        for n, share in enumerate((2, 3)):
            halves.setStretchFactor(n, share)
        halves.setSizes([style.px(460), style.px(690)])
        column.addWidget(halves, 1)

    def _show(self, row: ConflictRow | None) -> None:
        emptied(self._shown)
        self.adopt, self.form = [], None
        self._beside.setVisible(row is not None)
        if row is None:
            return
        self._shown.addWidget(_Head(self._desk, row))
        self._shown.addWidget(self._values(row))
        self._shown.addWidget(self._own(row))
        self._shown.addStretch(1)

    def _values(self, row: ConflictRow) -> QWidget:
        """A card for each value, side by side."""
        beside = QWidget()
        grid = QGridLayout(beside)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(style.px(10))
        for n, said in enumerate(row.said):
            made = _Written(said, is_shown=n == len(row.said) - 1)
            made.chosen.connect(self._settle)
            self.adopt.append(made.take)
            grid.addWidget(made, n // ACROSS, n % ACROSS)
        return beside

    def _own(self, row: ConflictRow) -> QWidget:
        model = models()[row.table]
        column = next(one for one in columns_of(model) if one.key == row.field)
        field = field_for(column)
        if field is None:
            return wrapped(ELSEWHERE, "sub")
        frame, inside = card("都不对，另写一个")
        self.form = Form(self._desk, "", (field,), model=model, columns=1)
        self.form.start(**{row.field: decode(column, row.said[-1].value)})
        take = self.form.add_button("采用填写的", key="Ctrl+Enter")
        take.clicked.connect(self._settle_own)
        self.form.save_next.connect(self._settle_own)
        inside.addWidget(self.form)
        return frame

    def _go_to_values(self) -> None:
        if self.adopt:
            self.adopt[0].setFocus()

    def _settle_own(self) -> None:
        row = self.table.current()
        assert row, "the form belongs to a row"
        assert self.form, "its button was pressed"
        self._settle(encode(self.form.values()[row.field]))

    def _settle(self, value: Value) -> None:
        row = self.table.current()
        assert row, "the values belong to a row"
        self._desk.do(
            conflicts.settle,
            table=row.table,
            record_id=row.record_id,
            field=row.field,
            value=value,
        )
        self._desk.say("已裁定，按 Ctrl+Z 撤销")
        self.table.setFocus()


class _Written(QFrame):
    """One of the values: who wrote what and when, with a button to take it."""

    chosen = Signal(object)
    """The value that counts, as the log writes it."""

    def __init__(self, said: Said, *, is_shown: bool) -> None:
        super().__init__()
        self._said = said
        self.setObjectName("card")
        inside = QVBoxLayout(self)
        inside.setContentsMargins(style.px(16), style.px(12), style.px(16), style.px(12))
        inside.setSpacing(style.px(8))
        row = QHBoxLayout()
        row.addWidget(Yielding(said.user or NOBODY, "h2"), 1)
        row.addWidget(label(SHOWN if is_shown else "", "faint"))
        inside.addLayout(row)
        inside.addWidget(label(f"写于 {stick_words.moment(said.at)}", "faint"))
        inside.addWidget(wrapped(said.text))
        self.take = button("采用这个", "check")
        self.take.setAccessibleName(f"采用{said.user}写的：{short(said.text)}")
        self.take.clicked.connect(self._choose)
        inside.addWidget(self.take)

    def _choose(self) -> None:
        self.chosen.emit(self._said.value)


class _Head(QWidget):
    """What the field belongs to, with a way to the record."""

    def __init__(self, desk: Desk, row: ConflictRow) -> None:
        super().__init__()
        self._desk, self._row = desk, row
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        said = wrapped(f"{row.kind}“{row.name}”的“{row.label}”", "h2")
        line.addWidget(said, 1)
        look = button("打开记录")
        look.clicked.connect(self._open)
        line.addWidget(look)

    def _open(self) -> None:
        self._desk.open(models()[self._row.table], self._row.record_id)


def _columns() -> tuple[Column[ConflictRow], ...]:
    return (
        Column("种类", lambda r: r.kind, 90, drop=2),
        Column("名称", lambda r: r.name, 0),
        Column("哪一项", lambda r: r.label, 90),
        Column("写法", lambda r: " / ".join(short(s.text) for s in r.said), 150, drop=1),
    )
