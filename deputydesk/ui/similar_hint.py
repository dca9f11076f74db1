"""A quiet line below a new opinion: how often the like came up before, and who handled it."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from deputydesk.ui.desk import Desk
from deputydesk.ui.fields import Field
from deputydesk.ui.quiet_line import QuietLine

if TYPE_CHECKING:
    from deputydesk.operations.similar import Beside

WAIT_MS = 350
"""So long after the last key is looked: while one types, nothing flickers."""
KEY = "Alt+Shift+Enter"


class SimilarHint(QObject):
    """Looks for earlier matters whenever what a voter said was changed.

    Args:
        desk: the desk.
        matter: the field that says what it is about; the line stands below it.
        opinion_id: gives the opinion that is being changed; empty for a new one.
    """

    def __init__(self, desk: Desk, matter: Field, opinion_id: Callable[[], str]) -> None:
        super().__init__(matter)
        self._desk, self._matter, self._opinion_id = desk, matter, opinion_id
        self._found: Beside | None = None
        self.line = QuietLine("查看", KEY)
        matter.add_below(self.line)
        self._timer = QTimer(self, singleShot=True, interval=WAIT_MS)
        self._timer.timeout.connect(self.look)
        self.line.button.clicked.connect(self._show)
        matter.edited.connect(self._timer.start)

    def look(self) -> None:
        """Look now, and say what was found."""
        from deputydesk.operations import similar  # not before the first paint

        self._found = self._desk.ask(
            similar.beside,
            str(self._matter.raw()),
            today=self._desk.today,
            leave_out=self._opinion_id(),
        )
        self.line.text.setText(self._found.sentence)
        self.line.setVisible(bool(self._found.rows))

    def forget(self) -> None:
        """Another record is in the form."""
        self._timer.stop()
        self.line.hide()

    def _show(self) -> None:
        from deputydesk.ui.dialogs.similar import SimilarDialog  # as above

        if self._found:
            SimilarDialog(self._matter, self._desk, self._found).open()


def of_like_opinions(
    desk: Desk, _voter: Field, _phone: Field, matter: Field, opinion_id: Callable[[], str]
) -> SimilarHint:
    """Tell what of the like was handled before, whoever brought it up."""
    return SimilarHint(desk, matter, opinion_id)
