"""A quiet line below a field: the same may be registered already; one key opens it."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from deputydesk.ui.date_field import DateField
from deputydesk.ui.desk import Desk
from deputydesk.ui.fields import Field
from deputydesk.ui.form import Form
from deputydesk.ui.quiet_line import QuietLine

if TYPE_CHECKING:
    from deputydesk.operations.near_duplicates import Near

WAIT_MS = 350
"""So long after the last key is looked: while one types, nothing flickers."""
KEY = "Alt+Enter"


class DuplicateHint(QObject):
    """Looks for an earlier record whenever one of some fields was changed.

    Args:
        desk: the desk.
        field: below which it is told.
        watched: the fields that say what is being registered.
        look: asks for the earlier record.
    """

    def __init__(
        self,
        desk: Desk,
        field: Field,
        watched: Sequence[Field],
        look: "Callable[[], Near | None]",
    ) -> None:
        super().__init__(field)
        self._desk, self._look = desk, look
        self._near: Near | None = None
        self.line = QuietLine("打开", KEY, wraps=True)
        field.add_below(self.line)
        self._timer = QTimer(self, singleShot=True, interval=WAIT_MS)
        self._timer.timeout.connect(self.look)
        self.line.button.clicked.connect(self._open)
        for each in watched:
            each.edited.connect(self._timer.start)

    def look(self) -> None:
        """Look now, and say what was found."""
        self._near = self._look()
        self.line.text.setText(f"{self._near.sentence}，可能重复。" if self._near else "")
        self.line.setVisible(self._near is not None)

    def forget(self) -> None:
        """Another record is in the form."""
        self._timer.stop()
        self.line.hide()

    def _open(self) -> None:
        if self._near:
            self._desk.open(self._near.model, self._near.id)


def of_opinion(
    desk: Desk, voter: Field, phone: Field, matter: Field, opinion_id: Callable[[], str]
) -> DuplicateHint:
    """Tell that this voter brought up a like matter before."""

    def look() -> "Near | None":
        from deputydesk.operations import near_duplicates  # not before the first paint

        return desk.ask(
            near_duplicates.opinion,
            today=desk.today,
            name=str(voter.raw()),
            phone=str(phone.raw()),
            matter=str(matter.raw()),
            but=(opinion_id(),),
        )

    return DuplicateHint(desk, matter, (voter, phone, matter), look)


def of_visit(desk: Desk, form: Form, visit_id: Callable[[], str]) -> DuplicateHint:
    """Tell that one of the deputies is registered there on this day already."""
    watched = [form.field(name) for name in ("held_on", "home_id", "deputy_ids")]

    def look() -> "Near | None":
        from deputydesk.operations import near_duplicates  # as above

        day = watched[0]
        held_on = day.meant() if isinstance(day, DateField) else None
        home_id, *_ = _ids(watched[1]) or ("",)
        deputy_ids = _ids(watched[2])
        if not (held_on and home_id and deputy_ids):
            return None
        return desk.ask(
            near_duplicates.visit,
            held_on=held_on,
            home_id=home_id,
            deputy_ids=deputy_ids,
            but=visit_id(),
        )

    made = DuplicateHint(desk, watched[-1], watched, look)
    form.begun.connect(made.forget)
    return made


def of_suggestion(desk: Desk, form: Form) -> DuplicateHint:
    """Tell that there is a suggestion with hardly another headline."""
    headline = form.field("headline")

    def look() -> "Near | None":
        from deputydesk.operations import near_duplicates  # as above

        return desk.ask(near_duplicates.suggestion, today=desk.today, headline=str(headline.raw()))

    return DuplicateHint(desk, headline, (headline,), look)


def _ids(field: Field) -> list[str]:
    """The records chosen so far; to ask for the value would choose what is being typed."""
    raw = field.raw()
    return raw if isinstance(raw, list) else []
