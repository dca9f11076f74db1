"""What happened to one record: every change, from what to what, and putting it back."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from deputydesk.models import Record
from deputydesk.operations import put_back, record_history
from deputydesk.operations.record_history import PastChange, Story
from deputydesk.ui import style
from deputydesk.ui.desk import Desk
from deputydesk.ui.dialogs.changes import short, when
from deputydesk.ui.dialogs.facts import wrapped
from deputydesk.ui.dialogs.list_window import ListWindow
from deputydesk.ui.parts import IconButton, button
from deputydesk.ui.table import Column, RowsTable

WIDTH, HEIGHT = 980, 600
HINT = "选中一行，可以把这一项改回“原来”的值，或者把整条记录恢复到这一次操作之后的样子。"


@dataclass(frozen=True)
class _Line:
    """A change in the list; only the first of what was done at once says who and when."""

    id: str
    change: PastChange
    is_first: bool


class PastDialog(ListWindow):
    """The history of a record; stays open while values are put back.

    Args:
        parent: the page or dialog that shows the record.
        desk: the desk.
        model: the kind of record.
        record_id: the record.
    """

    def __init__(self, parent: QWidget, desk: Desk, model: type[Record], record_id: str) -> None:
        super().__init__(parent, WIDTH, HEIGHT)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._desk, self._model, self._record_id = desk, model, record_id
        self.table: RowsTable[_Line] = RowsTable(COLUMNS, name="变更记录", empty="没有变更记录。")
        self.detail = wrapped(HINT, "sub")
        self.detail.setMinimumHeight(style.px(54))
        self.detail.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.put_back = button("恢复这个值", "undo-2", primary=True)
        self.put_whole = button("恢复到此时", "history")
        self._undo = IconButton("撤销", "undo-2", "Ctrl+Z")
        self.lay_out(self.table, self.detail, (self._undo, self.put_back, self.put_whole))
        self.hear_redo(desk)
        self.table.picked.connect(self._show_detail)
        self.table.opened.connect(self._put_back)
        self.put_back.clicked.connect(self._put_back)
        self.put_whole.clicked.connect(self._put_whole)
        self._undo.clicked.connect(desk.undo)
        desk.changed.connect(self._read_again)

    def open_at(self) -> None:
        """Read the history and open the window."""
        self._read()
        if self.table.rows.rowCount():
            self.table.selectRow(0)
        self.open()
        self.table.setFocus()

    def _read(self) -> None:
        story = self._desk.ask(record_history.story, self._model.__tablename__, self._record_id)
        name = f"变更记录：{story.kind} {story.name}".strip()
        self.setWindowTitle(name)
        self.heading.setText(short(name))
        self.heading.setToolTip(name)
        self.count.setText(_counted(story))
        self.table.set_rows(_lines(story.changes))
        undoable = self._desk.undoable()
        self._undo.setEnabled(bool(undoable))
        self._undo.set_name(f"撤销：{undoable}" if undoable else "撤销")
        self._show_detail(self.table.current())

    def _read_again(self, _kinds: object) -> None:
        self._read()

    def _show_detail(self, line: _Line | None) -> None:
        change = line.change if line else None
        can_put = change is not None and bool(change.field) and change.now != change.before
        self.put_back.setEnabled(can_put)
        self.put_whole.setEnabled(change is not None)
        if change is None:
            self.detail.setText(HINT)
        elif not change.field:
            self.detail.setText(f"{change.action}\n{change.what}：{change.before} → {change.after}")
        else:
            self.detail.setText(
                f"{_cut(change.action)}\n{change.what}　原来：{_cut(change.before)}　"
                f"改为：{_cut(change.after)}　现在：{_cut(change.now)}"
            )

    def _put_back(self) -> None:
        line = self.table.current()
        if line is not None and self.put_back.isEnabled():
            change = line.change
            self._desk.do(
                put_back.field,
                table=change.table,
                record_id=change.record_id,
                name=change.field,
                until=change.lam - 1,
            )
            self._desk.say(f"已恢复“{change.what}”：{short(change.before)}，按 Ctrl+Z 撤销")

    def _put_whole(self) -> None:
        line = self.table.current()
        if line is not None:
            self._desk.do(
                put_back.whole,
                table=self._model.__tablename__,
                record_id=self._record_id,
                until=line.change.until,
            )
            self._desk.say(f"已恢复到 {when(line.change.at)} 的样子，按 Ctrl+Z 撤销")


def show_past(parent: QWidget, desk: Desk, model: type[Record], record_id: str) -> PastDialog:
    """Open the history of a record."""
    dialog = PastDialog(parent, desk, model, record_id)
    dialog.open_at()
    return dialog


def _lines(changes: Sequence[PastChange]) -> list[_Line]:
    before = ["", *(change.deed for change in changes)]
    return [
        _Line(change.id, change, is_first=change.deed != deed)
        for change, deed in zip(changes, before, strict=False)
    ]


def _counted(story: Story) -> str:
    deeds = len({change.deed for change in story.changes})
    return f"{deeds} 次操作，{len(story.changes)} 处变更；全部保留"


def _cut(text: str) -> str:
    return text if len(text) <= 160 else f"{text[:160]}…"


def _when(line: _Line) -> str:
    return when(line.change.at) if line.is_first else ""


def _who(line: _Line) -> str:
    return line.change.user if line.is_first else ""


def _action(line: _Line) -> str:
    return line.change.action if line.is_first else ""


def _what(line: _Line) -> str:
    return line.change.what


def _before(line: _Line) -> str:
    return short(line.change.before)


def _after(line: _Line) -> str:
    return short(line.change.after)


def _moment(line: _Line) -> tuple[int, int]:
    return (line.change.until, line.change.lam)


COLUMNS = (
    Column[_Line]("时间", _when, 130, sort=_moment),
    Column[_Line]("操作人", _who, 70),
    Column[_Line]("操作", _action, 190),
    Column[_Line]("项目", _what, 130),
    Column[_Line]("原来", _before, 0),
    Column[_Line]("改为", _after, 0),
)
