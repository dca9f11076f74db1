"""What every page of the window has: a head, a body, and when it is read again."""

from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from deputydesk.ui import style
from deputydesk.ui.desk import Desk
from deputydesk.ui.parts import Button, Yielding, button, label

if TYPE_CHECKING:
    from deputydesk.models import Record


class Page(QWidget):
    """One page of the window; subclasses build their widgets in `__init__`, after super's.

    Put widgets into `self.body`, buttons into the head with `self.add_button`.
    """

    title: ClassVar[str]
    shows: "ClassVar[frozenset[type[Record]]]" = frozenset()
    """Kinds of record on the page: it is read again when one of them changes."""
    finds: ClassVar[bool] = False
    """Whether `find` narrows what the page lists."""
    starts_new: ClassVar[bool] = False
    """Whether Ctrl+N begins a record here; elsewhere it registers a visit."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.is_stale = True
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(self.title)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(style.px(18), style.px(12), style.px(18), style.px(12))
        outer.setSpacing(style.px(10))
        outer.addLayout(self._head())
        self.body = QVBoxLayout()
        self.body.setSpacing(style.px(10))
        outer.addLayout(self.body, 1)

    def refresh(self) -> None:
        """Ask for the rows and show them; called when the page is shown or a record changed."""
        raise NotImplementedError

    def find(self, text: str) -> None:  # pyright: ignore[reportIncompatibleMethodOverride]  # Qt's own looks for native windows
        """Narrow what the page lists to what the user looks for; empty text: everything."""

    def open_record(self, model: "type[Record]", record_id: str) -> None:
        """Show one record."""

    def start_new(self) -> None:
        """Begin a new record."""

    def print_page(self) -> bool:
        """Print what the page shows (Ctrl+P); False if it has nothing of its own to print."""
        return False

    def at_hand(self) -> "tuple[type[Record], str] | None":
        """The record in hand, whose forms Ctrl+P offers where `print_page` prints nothing."""
        return None

    def remember(self) -> dict[str, Any] | None:  # Any: the page's own JSON
        """What to show at the next start before the office is open; the first page has it."""
        return None

    def recall(self, remembered: dict[str, Any]) -> None:  # Any: as above
        """Show what `remember` gave last time."""

    def read_again(self) -> None:
        """Refresh, if something changed since the last time."""
        if self.is_stale and self.desk.is_ready:
            self.is_stale = False
            self.refresh()

    def concerns(self, kinds: "frozenset[type[Record]]") -> bool:
        """Whether the page shows records of one of these kinds."""
        return bool(self.shows & kinds)

    def add_button(self, text: str, icon_name: str = "", *, primary: bool = False) -> Button:
        """Put a button at the right of the head; connect its `clicked`."""
        made = button(text, icon_name, primary=primary)
        self.place_button(made)
        return made

    def place_button(self, made: Button) -> None:
        """Put a button of another kind at the right of the head."""
        self._buttons.addWidget(made)

    def set_subtitle(self, text: str) -> None:
        """Say beside the title what is shown: 共 1207 条，本月 64 条."""
        self._subtitle.setText(text)

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(style.px(8))
        row.addWidget(label(self.title, "h1"))
        self._subtitle = Yielding(kind="sub")
        row.addWidget(self._subtitle)
        row.addStretch(1)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(style.px(8))
        row.addLayout(self._buttons)
        return row
