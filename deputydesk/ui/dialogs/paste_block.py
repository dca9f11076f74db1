"""Pasting a block of Excel or WPS: seen as understood, put right, and registered in one step."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from deputydesk.errors import UserError
from deputydesk.exchange import blocks
from deputydesk.operations.batches import Fault
from deputydesk.rules import pasted_tables
from deputydesk.ui import style
from deputydesk.ui.block_target import BlockReader, BlockTarget, ReadRow
from deputydesk.ui.controls import Combo
from deputydesk.ui.desk import Desk
from deputydesk.ui.parts import button, label
from deputydesk.ui.paste_grid import UNUSED, PasteGrid
from deputydesk.ui.tasks import run_task

WIDTH, HEIGHT = 980, 600
MOST = 1000
"""Rows that are taken at a time; more come by 导入."""
AT_ONCE = 30
"""Rows that are registered so quickly that no task is needed."""
HOW = "红色的格子要改：双击或按 F2 修改，Ctrl+D 用第一格填充选中的格子。"


class PasteDialog(QDialog):
    """A block as its columns and cells are understood.

    Args:
        parent: the page.
        desk: the desk.
        target: what the rows become.
        rows: the block, from `rows_of`.
    """

    def __init__(
        self, parent: QWidget, desk: Desk, target: BlockTarget, rows: list[list[str]]
    ) -> None:
        super().__init__(parent.window())
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._all = rows
        self.desk, self.target = desk, target
        self.reader = BlockReader(desk, target)
        self.reader.form.setParent(self)  # never shown; goes with the window
        self.reader.form.hide()
        self._read: list[ReadRow] = []
        self._meant: dict[int, str] = {}
        self._taken: list[int] = []
        self.grid = PasteGrid()
        self.headed = QCheckBox("第一行是标题")
        self.column = Combo()
        self.column.setAccessibleName("当前列填入")
        self.column.addItems([UNUSED, *(field.text for field in self.reader.fields)])
        self._said, self._state = label("", "fielderror"), label("", "sub")
        self.good = button("只登记没有问题的")
        self.take = button("登记", primary=True)
        self._cancel = button("取消")
        self._lay_out()
        self._connect()
        self._begin()

    def _lay_out(self) -> None:
        self.setWindowTitle(f"粘贴到“{self.target.title}”")
        room = self.screen().availableGeometry().size() * 0.92
        wanted = style.px(WIDTH), style.px(HEIGHT)
        self.resize(min(wanted[0], room.width()), min(wanted[1], room.height()))
        outer = QVBoxLayout(self)
        outer.setSpacing(style.px(8))
        head = QHBoxLayout()
        head.addWidget(self.headed)
        head.addStretch(1)
        head.addWidget(label("当前列填入", "fieldlabel"))
        head.addWidget(self.column)
        outer.addLayout(head)
        outer.addWidget(self.grid, 1)
        self._said.setWordWrap(True)
        outer.addWidget(self._said)
        how = label(HOW, "faint")
        how.setWordWrap(True)
        outer.addWidget(how)
        foot = QHBoxLayout()
        foot.addWidget(self._state, 1)
        for each in (self._cancel, self.good, self.take):
            foot.addWidget(each)
        outer.addLayout(foot)

    def _connect(self) -> None:
        self.headed.toggled.connect(self._show_block)
        self.column.activated.connect(self._mean)
        self.grid.corrected.connect(self._read_row)
        self.grid.currentCellChanged.connect(self._say_cell)
        self._cancel.clicked.connect(self.reject)
        self.good.clicked.connect(self._register_good)
        self.take.clicked.connect(self._register)
        self.take.set_key("Ctrl+Enter")

    def _begin(self) -> None:
        """Take the first row for headings if it names fields; else go by the order of the form."""
        names = [field.text for field in self.reader.fields]
        meant = pasted_tables.placed(self._all[0], names)
        by_place = {n: n for n in range(min(len(self._all[0]), len(names)))}
        fields = self.reader.fields
        self._meant = {
            column: fields[n].name for column, n in (by_place if meant is None else meant).items()
        }
        self.headed.setChecked(meant is not None)
        self._show_block()
        if any(read.faults for read in self._read):
            self.grid.setFocus()  # at the first wrong cell: F2 puts it right

    def _show_block(self) -> None:
        rows = self._all[1:] if self.headed.isChecked() else self._all
        self.grid.show_rows(rows)
        self._name_columns()
        self._read_all()
        self.grid.setCurrentCell(*self._first_wrong())
        self._say_cell()

    def _first_wrong(self) -> tuple[int, int]:
        """Row and column of the first cell to put right; the very first cell if there is none."""
        for row, read in enumerate(self._read):
            if read.faults:
                return row, min(
                    (c for c, name in self._meant.items() if name in read.faults), default=0
                )
        return 0, 0

    def _name_columns(self) -> None:
        count = self.grid.columnCount()
        texts = {field.name: field.text for field in self.reader.fields}
        self.grid.name_columns([texts.get(self._meant.get(n, ""), "") for n in range(count)])

    def _mean(self, chosen: int) -> None:
        """The current column is of another field; the column that was has none."""
        column = self.grid.currentColumn()
        self._meant.pop(column, None)
        if chosen:
            name = self.reader.fields[chosen - 1].name
            self._meant = {c: n for c, n in self._meant.items() if n != name} | {column: name}
        self._name_columns()
        self._read_all()
        self._say_cell()

    def _read_all(self) -> None:
        self._read = [ReadRow() for _ in range(self.grid.rowCount())]
        for row in range(len(self._read)):
            self._understand(row)
        self._count()

    def _read_row(self, row: int) -> None:
        self._understand(row)
        self._count()
        self._say_cell()

    def _understand(self, row: int) -> None:
        found = self.reader.read(self.grid.texts(row), self._meant)
        self._read[row] = found
        self._mark(row)

    def _mark(self, row: int) -> None:
        faults = self._read[row].faults
        places = {name: column for column, name in self._meant.items()}
        self.grid.mark(row, {places[n]: said for n, said in faults.items() if n in places})
        self.grid.set_sign(row, is_wrong=bool(faults))

    def _count(self) -> None:
        wrong = sum(bool(read.faults) for read in self._read)
        right = len(self._read) - wrong
        problems = f"，{wrong} 行有问题" if wrong else ""
        self._state.setText(f"共 {len(self._read)} 行{problems}")
        self.take.setText(f"登记 {len(self._read)} 行")
        self.take.setEnabled(not wrong and bool(self._read))
        self.good.setText(f"只登记没有问题的 {right} 行")
        self.good.setVisible(bool(wrong and right))

    def _say_cell(self, *_places: int) -> None:
        """Say what is wrong at the current cell, or else in its row."""
        row, column = self.grid.currentRow(), self.grid.currentColumn()
        name = self._meant.get(column, "")
        texts = [field.name for field in self.reader.fields]
        self.column.setCurrentIndex(texts.index(name) + 1 if name in texts else 0)
        if not 0 <= row < len(self._read):
            self._said.setText("")
            return
        faults = self._read[row].faults
        said = faults.get(name) or " ".join(faults.values())
        self._said.setText(f"第{row + 1}行：{said}" if said else "")

    def _register(self) -> None:
        self._send(list(range(len(self._read))))

    def _register_good(self) -> None:
        self._send([row for row, read in enumerate(self._read) if not read.faults])

    def _send(self, rows: list[int]) -> None:
        if not rows or any(self._read[row].faults for row in rows):
            return
        self._taken = rows
        values = [self.target.complete(dict(self._read[row].values)) for row in rows]
        work = partial(blocks.take, self.desk.office, self.target.save, values, self.target.title)
        if len(rows) > AT_ONCE:
            run_task(self, f"正在登记{self.target.title}", work, self._settle)
        else:
            self._settle(work())

    def _settle(self, faults: Sequence[Fault]) -> None:
        """Close when all is registered; else leave what is not, with what is wrong."""
        for fault in faults:
            self._read[self._taken[fault.row]].faults[fault.field] = fault.sentence
            self._mark(self._taken[fault.row])
        if faults:
            self.grid.setCurrentCell(self._taken[faults[0].row], self._place(faults[0].field))
            self._count()
            self._say_cell()
            return
        left = [row for row in range(len(self._read)) if row not in set(self._taken)]
        self.desk.say(f"已登记 {len(self._taken)} 条{self.target.title}，按 Ctrl+Z 撤销")
        if not left:
            self.accept()
            return
        head = self._all[:1] if self.headed.isChecked() else []
        self._all = [*head, *(self.grid.texts(row) for row in left)]
        self._show_block()

    def _place(self, field: str) -> int:
        return next((column for column, name in self._meant.items() if name == field), 0)


def rows_of(text: str) -> list[list[str]]:
    """The rows of what lies on the clipboard.

    Raises:
        UserError: there are none, or too many.
    """
    rows = pasted_tables.cells(text)
    if not rows:
        raise UserError(
            "剪贴板里没有表格。", hint="请先在 Excel 或 WPS 里选中几行，按 Ctrl+C 复制。"
        )
    if len(rows) > MOST:
        raise UserError(
            f"一次最多粘贴 {MOST} 行，剪贴板里有 {len(rows)} 行。",
            hint="请分几次粘贴，或在“交换”页导入文件。",
        )
    return rows
