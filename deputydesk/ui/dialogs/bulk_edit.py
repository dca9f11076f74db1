"""Changing one field of all marked records in one step."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from deputydesk.exchange import blocks
from deputydesk.ui import style
from deputydesk.ui.block_target import BlockReader, BlockTarget
from deputydesk.ui.columns import HasId
from deputydesk.ui.controls import Combo
from deputydesk.ui.desk import Desk
from deputydesk.ui.form import Form
from deputydesk.ui.parts import button, label
from deputydesk.ui.tasks import run_task

AT_ONCE = 30


class BulkEditDialog(QDialog):
    """Asks which field, and what shall stand in it.

    Args:
        parent: the page.
        desk: the desk.
        target: what the records are.
        rows: the marked ones, as the list shows them.
    """

    def __init__(
        self, parent: QWidget, desk: Desk, target: BlockTarget, rows: Sequence[HasId]
    ) -> None:
        super().__init__(parent.window())
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(f"批量修改 {len(rows)} 条{target.title}")
        self._desk, self._target, self._rows = desk, target, rows
        self._owner = parent.window()  # a task goes on when this one is closed
        self._reader = BlockReader(desk, target)
        self._reader.form.setParent(self)
        self._reader.form.hide()
        self._names = [f.name for f in self._reader.fields if f.name not in target.only_pasted]
        self.which = Combo()
        self.which.setAccessibleName("修改哪一项")
        self.which.addItems([self._reader.field(name).text for name in self._names])
        self.form = self._form()
        self._place = QVBoxLayout()
        self.take = button(f"修改 {len(rows)} 条", primary=True)
        self._cancel = button("取消")
        self._lay_out()
        self.which.activated.connect(self._ask_other)
        self._cancel.clicked.connect(self.reject)
        self.take.clicked.connect(self._change)
        self.take.set_key("Ctrl+Enter")

    def _lay_out(self) -> None:
        self.setMinimumWidth(style.px(460))
        outer = QVBoxLayout(self)
        head = QHBoxLayout()
        head.setContentsMargins(style.px(16), style.px(8), style.px(16), 0)
        head.addWidget(label("修改哪一项", "fieldlabel"))
        head.addWidget(self.which, 1)
        outer.addLayout(head)
        self._place.addWidget(self.form)
        outer.addLayout(self._place, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(style.px(16), 0, style.px(12), style.px(4))
        foot.addWidget(label("其他各项不变；按 Ctrl+Z 可以一次撤销", "faint"), 1)
        foot.addWidget(self._cancel)
        foot.addWidget(self.take)
        outer.addLayout(foot)

    def _form(self) -> Form:
        """The one field, empty."""
        name = self._names[max(0, self.which.currentIndex())]
        field = next(f for f in self._target.fields() if f.name == name)
        form = Form(self._desk, "", (field,), model=self._target.model, columns=1)
        form.leave_save_key()
        return form

    def _ask_other(self) -> None:
        old, self.form = self.form, self._form()
        self._place.replaceWidget(old, self.form)
        old.hide()
        old.deleteLater()
        self.form.show()
        self.form.focus_first()

    def _change(self) -> None:
        [(name, value)] = self.form.values().items()
        change(self._owner, self._desk, self._reader, self._rows, {name: value})
        self.accept()


def change(
    window: QWidget,
    desk: Desk,
    reader: BlockReader,
    rows: Sequence[HasId],
    given: dict[str, Any],  # Any: values of fields
) -> None:
    """Give records these values and leave all others as they are, in one step.

    Raises:
        UserError: one of them cannot be changed so; none is then.
    """
    target = reader.target
    values = [{target.key: row.id, **reader.values_of(row), **given} for row in rows]
    what = f"{target.title}的“{'、'.join(reader.field(name).text for name in given)}”"
    work = partial(blocks.change, desk.office, target.change, values, what)
    said = partial(_say, desk, what)
    if len(rows) > AT_ONCE:
        run_task(window, f"正在修改{target.title}", work, said)
    else:
        said(work())


def _say(desk: Desk, what: str, count: int) -> None:
    desk.say(f"已修改 {count} 条{what}，按 Ctrl+Z 撤销")
