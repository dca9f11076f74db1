"""Earlier matters like the one being written, quietly below its form."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from deputydesk.models import Suggestion
from deputydesk.operations import similar
from deputydesk.operations.similar import SimilarRow
from deputydesk.ui import style
from deputydesk.ui.desk import Desk
from deputydesk.ui.form import Form
from deputydesk.ui.parts import label
from deputydesk.ui.table import Column, RowsTable

AFTER_MS = 300
"""So long nothing must be typed before it is looked."""
HINT = "以前类似的（按 Enter 或双击查看，看完按 Esc 回来接着填）"


class SimilarTable(RowsTable[SimilarRow]):
    """Earlier matters; one opens above the form, which stays as it is."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(COLUMNS, name="以前类似的")
        self._desk = desk
        self.opened.connect(self._show)

    def _show(self, row: SimilarRow) -> None:
        from deputydesk.ui.dialogs.opinion import OpinionDialog
        from deputydesk.ui.dialogs.suggestion import SuggestionDialog  # which opens this

        kind = SuggestionDialog if row.kind == Suggestion.__tablename__ else OpinionDialog
        kind(self.window(), self._desk, row.id).open_at()


class SimilarList(QFrame):
    """Looks for earlier matters while a field is filled in; hidden while there are none.

    Args:
        desk: the desk.
        form: the form.
        field: its field that says what it is about.
    """

    def __init__(self, desk: Desk, form: Form, field: str) -> None:
        super().__init__()
        self._desk, self._form, self._field = desk, form, field
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(AFTER_MS)
        self.table = SimilarTable(desk)
        self.ground = label("", "sub")
        self.table.setFixedHeight(style.px(150))
        column = QVBoxLayout(self)
        column.setContentsMargins(style.px(18), 0, style.px(18), style.px(12))
        column.setSpacing(style.px(4))
        head = QHBoxLayout()
        head.addWidget(label(HINT, "faint"))
        head.addStretch(1)
        head.addWidget(self.ground)
        column.addLayout(head)
        column.addWidget(self.table)
        self.hide()
        form.field(field).edited.connect(self._timer.start)
        self._timer.timeout.connect(self.look)
        self.look()

    def look(self) -> None:
        """Look for what is like the text in the field."""
        text = str(self._form.field(self._field).value() or "")
        found = self._desk.ask(similar.beside, text, today=self._desk.today)
        self.table.set_rows(found.rows)
        self.ground.setText(found.proposed.why if found.proposed else "")
        self.setVisible(bool(found.rows))


COLUMNS = (
    Column[SimilarRow]("编号", lambda r: r.code, 110),
    Column[SimilarRow]("事项", lambda r: r.headline, 0),
    Column[SimilarRow]("办理单位", lambda r: r.units, 120),
    Column[SimilarRow]("结果", lambda r: r.outcome, 120),
)
