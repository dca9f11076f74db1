"""The desk: what every page asks, and through which every page acts.

Importing it does not import SQLAlchemy: the window is painted first, and the office comes after.
"""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from threading import current_thread, main_thread
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QDialog, QWidget

from deputydesk.errors import UserError
from deputydesk.late import replace
from deputydesk.ui import messages, tasks
from deputydesk.ui.preferences import Preferences

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from deputydesk.journal.undo import ActionRow
    from deputydesk.models import Record
    from deputydesk.office import Office, Operation

P = ParamSpec("P")
R = TypeVar("R")


class Desk(QObject):
    """The window's side of the office.

    A `UserError` of `do` or `ask` ends the slot that called; the window shows its sentence, a
    `FieldError` at the field of the form that gave the values. So what follows `do` in a slot
    happens only if it was done, and no page needs a `try`.

    Args:
        folder: the data folder: drafts, log and what belongs to this PC.
        clock: gives the present time.
        preferences: text size, colours, operator.
    """

    changed = Signal(object)
    """frozenset of the model classes of which a record changed."""
    open_requested = Signal(object, str)
    """model class and id of a record to be shown."""
    record_left = Signal(str)
    """id of a record whose window was left by the key that goes back."""
    page_requested = Signal(str)
    """name of a page to be shown."""
    said = Signal(str)
    """a sentence for the status bar."""
    arrived = Signal()
    """the office is open: pages may ask."""
    operator_changed = Signal(str)
    """somebody else works now; the name."""

    def __init__(
        self, folder: Path, clock: Callable[[], datetime], preferences: Preferences | None = None
    ) -> None:
        super().__init__()
        self.folder = folder
        self.clock = clock
        self.preferences = preferences or Preferences()
        self.come_back: Callable[[], object] | None = None
        """While a record is being opened: opens the dialog again from which the user goes."""
        self.is_sample = False
        """Whether it is the sample office's, in which everything is invented."""
        self._office: Office | None = None
        self.first: dict[str, Any] | None = None  # Any: the first page's own JSON
        self._late: set[type[Record]] = set()
        tasks.board().ended.connect(self._tell_late)

    def name_operator(self, name: str) -> None:
        """Say who works from now on; the history names them, and this PC remembers."""
        assert not self.office.secret, "who has signed in has a name"
        self.office.user = replace(self.office.user, name=name)
        self.preferences.operator = name
        self.preferences.save(self.folder)
        self.operator_changed.emit(name)

    @property
    def today(self) -> date:
        """The present day."""
        return self.clock().date()

    @property
    def is_ready(self) -> bool:
        """Whether the office is open."""
        return self._office is not None

    @property
    def office(self) -> "Office":
        """The open office; give it to the work of a task."""
        assert self._office, "nothing is asked before the office has arrived"
        return self._office

    def attach(self, office: "Office", *, first: dict[str, Any] | None = None) -> None:  # Any: JSON
        """Take the office that was opened.

        Args:
            office: the office.
            first: what the first page shows, if it was read already.
        """
        self._office = office
        self.first = first
        self.clock = office.clock
        office.on_change(self._on_change)
        self.arrived.emit()

    def detach(self) -> "Office":
        """Give the office away, to be closed: nothing is asked until one is attached again."""
        office, self._office = self.office, None
        return office

    def ask(
        self,
        query: "Callable[Concatenate[Session, P], R]",
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> R:
        """Read something: run a query, which returns plain rows."""
        return self.office.ask(query, *args, **kwargs)

    def do(self, op: "Operation[P, R]", *args: P.args, **kwargs: P.kwargs) -> R:
        """Change something: run an operation; pages that show what changed are told."""
        result = self.office.do(op, *args, **kwargs)
        messages.forget_form()
        self.said.emit(f"{op.title}：已保存")
        return result

    def undo(self) -> None:
        """Take back the user's newest action; if it cannot be, say why and offer an older one."""
        try:
            self._say_of("已撤销", self.office.undo())
        except UserError as refused:
            older = self.office.undoable_instead()
            if older is None:
                raise
            if messages.offer_instead(refused, "撤销更早的一步", older.text):
                self.undo_one(older.id)

    def undo_one(self, action_id: int) -> None:
        """Take back one action of the user."""
        self._say_of("已撤销", self.office.undo(action_id))

    def redo(self) -> None:
        """Do again what was just taken back."""
        self._say_of("已重做", self.office.redo())

    def _say_of(self, what: str, action: "ActionRow") -> None:
        """Say what was undone or done again, and on which page that shows."""
        from deputydesk.journal import undo
        from deputydesk.ui.pages import PAGES

        tables = self.ask(undo.tables, action.id)
        pages = [page.title for table in tables for page in PAGES if table in page.records]
        where = f"，在“{pages[0]}”页" if pages else ""
        self.said.emit(f"{what}：{action.text}{where}")

    def undoable(self) -> str:
        """Name of what `undo` would take back, or says why not; empty if nothing."""
        from deputydesk.journal import undo

        action = self.ask(undo.undoable, self.office.user.name)
        if action is None:
            return ""
        return f"{action.text}，不能撤销" if action.is_final else action.text

    def redoable(self) -> str:
        """Name of what `redo` would do again; empty if nothing."""
        from deputydesk.journal import undo

        action = self.ask(undo.redoable, self.office.user.name)
        return action.text if action else ""

    def open(
        self,
        model: "type[Record]",
        record_id: str,
        *,
        come_back: Callable[[], object] | None = None,
    ) -> None:
        """Have the page that keeps this kind of record show this one.

        Args:
            model: the kind.
            record_id: the record.
            come_back: opens the dialog again from which the user goes, when they come back.
        """
        self.come_back = come_back
        self.open_requested.emit(model, record_id)
        self.come_back = None

    def say(self, sentence: str) -> None:
        """Show a sentence in the status bar."""
        self.said.emit(sentence)

    def last_backup(self) -> datetime | None:
        """When the newest backup was made."""
        from deputydesk.exchange import backup

        found = backup.rows(self.office)
        return found[0].at if found else None

    def _on_change(self, kinds: "frozenset[type[Record]]") -> None:
        if current_thread() is main_thread():
            self.changed.emit(kinds)
        else:
            self._late |= kinds  # a task's thread touches no Qt object; told when it has ended

    def _tell_late(self) -> None:
        if self._late:
            kinds, self._late = frozenset(self._late), set()
            self.changed.emit(kinds)


def desk_of(widget: QWidget) -> Desk | None:
    """The desk of the page that a widget stands on; None in a dialog."""
    above: QWidget | None = widget
    while above is not None and not isinstance(above, QDialog):
        desk = getattr(above, "desk", None)
        if isinstance(desk, Desk):
            return desk
        above = above.parentWidget()
    return None
