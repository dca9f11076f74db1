"""操作记录: what was done here, the newest first, and undoing one of them, or back to it."""

from dataclasses import dataclass

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from deputydesk.journal import undo
from deputydesk.journal.undo import ActionRow
from deputydesk.ui.desk import Desk
from deputydesk.ui.dialogs.changes import when
from deputydesk.ui.dialogs.facts import wrapped
from deputydesk.ui.dialogs.list_window import ListWindow
from deputydesk.ui.parts import button
from deputydesk.ui.style import Tone
from deputydesk.ui.table import Column, RowsTable

MOST = 300
WIDTH, HEIGHT = 820, 560
ONE, ALL = "撤销这一步", "连同后面的"
HINT = (
    "可以只撤销选中的一步，后面做的不动；后面又改过、用到了它的，会说明是什么，要连同后面的一起撤销。别人做的由别人撤销。"
    "已经打印的纸收不回来，打印记录不能撤销；读票的认定、入账、更正是凭据，只能再改，不能撤销。更早的内容可以在“变更记录”（Ctrl+H）和回收站里找回。"
)


@dataclass(frozen=True)
class _Line:
    """An action in the list."""

    id: str
    row: ActionRow
    is_mine: bool

    @property
    def state(self) -> str:
        """Whether it stands."""
        if self.row.is_final:
            return "不能撤销"
        return "已撤销" if self.row.undone else "" if self.is_mine else "别人做的"


class DeedsDialog(ListWindow):
    """Lists what was done; undoes the chosen one, or from the newest to it."""

    def __init__(self, parent: QWidget, desk: Desk) -> None:
        super().__init__(parent, WIDTH, HEIGHT)
        self._desk = desk
        self.setWindowTitle("操作记录")
        self.heading.setText("操作记录")
        self.table: RowsTable[_Line] = RowsTable(COLUMNS, name="操作记录", empty="还没有做过什么。")
        self.undo_one = button(ONE, "undo-2", primary=True)
        self.undo_to = button(ALL)
        self.redo = button("重做", "redo-2")
        buttons = (self.undo_one, self.undo_to, self.redo)
        self.lay_out(self.table, wrapped(HINT, "faint"), buttons)
        self.hear_redo(desk)
        self.table.picked.connect(self._say)
        self.table.opened.connect(self._undo_one)
        self.undo_one.clicked.connect(self._undo_one)
        self.undo_to.clicked.connect(self._undo_to)
        self.redo.clicked.connect(desk.redo)
        QShortcut(QKeySequence("Ctrl+Z"), self, desk.undo)
        desk.changed.connect(self._read)
        self._read()
        self.table.selectRow(0)
        self.table.setFocus()

    def _read(self, _kinds: object = None) -> None:
        me = self._desk.office.user.name
        found = self._desk.ask(undo.actions, limit=MOST)
        lines = [
            _Line(str(row.id), row, is_mine=row.user == me) for row in found if row.kind != "undo"
        ]
        self.table.set_rows(lines)
        self.redo.setEnabled(bool(self._desk.redoable()))
        self._say(self.table.current())

    def _steps(self, to: _Line | None) -> list[_Line]:
        """What would be undone: mine that stand, from the newest to the chosen one."""
        if to is None or to.state:
            return []
        listed = self.table.rows.rows()
        above = [line for line in listed if line.row.id >= to.row.id and not line.state]
        return sorted(above, key=_newest)

    def _say(self, line: _Line | None) -> None:
        steps = len(self._steps(line))
        self.undo_one.setEnabled(steps > 0)
        self.undo_to.setEnabled(steps > 1)
        self.undo_to.setText(f"连同后面的共 {steps} 步" if steps > 1 else ALL)
        self.count.setText(f"列出最近 {self.table.rows.rowCount()} 步")

    def _undo_one(self) -> None:
        line = self.table.current()
        if line is not None and not line.state:
            self._desk.undo_one(line.row.id)

    def _undo_to(self) -> None:
        for line in self._steps(self.table.current()):
            self._desk.undo_one(line.row.id)


def _newest(line: _Line) -> int:
    return -line.row.id


def _when(line: _Line) -> str:
    return when(line.row.at)


def _who(line: _Line) -> str:
    return line.row.user


def _title(line: _Line) -> str:
    return f"重做：{line.row.text}" if line.row.kind == "redo" else line.row.text


def _state(line: _Line) -> str:
    return line.state


def _tone(line: _Line) -> Tone | None:
    return Tone.GREY if line.state else None


COLUMNS = (
    Column[_Line]("时间", _when, 130),
    Column[_Line]("操作人", _who, 80),
    Column[_Line]("操作", _title, 0),
    Column[_Line]("", _state, 80, tone=_tone),
)
