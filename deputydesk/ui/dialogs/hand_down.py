"""下发: units, deadlines and rules that from the next stick on hold in all offices below."""

from PySide6.QtWidgets import QWidget

from deputydesk.operations import hand_down
from deputydesk.operations.hand_down import GivenRow
from deputydesk.ui.desk import Desk
from deputydesk.ui.dialogs.list_window import ListWindow
from deputydesk.ui.parts import button, label
from deputydesk.ui.style import Tone
from deputydesk.ui.table import Column, RowsTable

EMPTY = "还没有可以下发的。\n承办单位、办理期限、答复类别、积分规则、本地规则立好以后，在这里下发。"
SAID = "下发以后随下一个U盘到各下级，下级照用；可以撤销。按住 Ctrl 或 Shift 选几条一起下发。"


class HandDownDialog(ListWindow):
    """The list, and what gives out the chosen ones."""

    def __init__(self, parent: QWidget, desk: Desk) -> None:
        super().__init__(parent, 760, 520)
        self._desk = desk
        self.setWindowTitle("下发给下级")
        self.heading.setText("下发给下级")
        self.table: RowsTable[GivenRow] = RowsTable(_columns(), name="可以下发的", empty=EMPTY)
        self.give = button("下发", "send", primary=True)
        self.give.setEnabled(False)
        self.lay_out(self.table, label(SAID, "faint"), (self.give,))
        self.hear_redo(desk)
        self.give.clicked.connect(self._give)
        self.table.selectionModel().selectionChanged.connect(self._allow)
        self._show()

    def _show(self) -> None:
        found = self._desk.ask(hand_down.rows)
        self.table.set_rows(found)
        given = sum(row.is_given for row in found)
        self.count.setText(f"{given}条已下发，{len(found) - given}条只用于本单位")
        self._allow()

    def _allow(self) -> None:
        self.give.setEnabled(bool(self._chosen()))

    def _chosen(self) -> list[GivenRow]:
        return [row for row in self.table.selected() if not row.is_given]

    def _give(self) -> None:
        chosen = self._chosen()
        for kind in dict.fromkeys(row.kind for row in chosen):
            ids = tuple(row.id for row in chosen if row.kind == kind)
            self._desk.do(hand_down.hand_down, kind=kind, ids=ids)
        self._show()


def _columns() -> tuple[Column[GivenRow], ...]:
    return (
        Column("种类", lambda row: row.title, 96),
        Column("名称", lambda row: row.name, 0),
        Column("自何日起", lambda row: f"{row.since:%Y-%m-%d}" if row.since else "", 100),
        Column(
            "状态",
            lambda row: "已下发" if row.is_given else "只用于本单位",
            116,
            tone=lambda row: Tone.GREEN if row.is_given else Tone.GREY,
        ),
    )
