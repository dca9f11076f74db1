"""Where the user has been: back and forward through pages, lists and records, as in a browser."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QWidget,
)

from deputydesk.late import dataclass
from deputydesk.ui import style
from deputydesk.ui.parts import Chips, IconButton

if TYPE_CHECKING:
    from deputydesk.ui.page import Page
    from deputydesk.ui.table import RowsTable

KEPT = 60
"""So many places are remembered in each direction."""
Go = Callable[[str], "Page | None"]
State = dict[tuple[str, str], tuple[object, int]]
"""Of each list, choice and scrolled field in sight: what was chosen, and how far it scrolled."""


@dataclass(frozen=True)
class Place:
    """A page as the user left it.

    Args:
        page: its name.
        title: its title.
        state: what was chosen on it.
        reopen: opens the dialog again from which the user went on.
    """

    page: str
    title: str
    state: State
    reopen: Callable[[], object] | None = None


class Visited(QFrame):
    """The two arrows, and the places behind and ahead of the user.

    Args:
        go: shows a page by its name.
    """

    def __init__(self, go: Go) -> None:
        super().__init__()
        self._go = go
        self._behind: list[Place] = []
        self._ahead: list[Place] = []
        self._is_moving = False
        self._at: tuple[str, Page] | None = None
        self.jumped_to = ""
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(style.px(2))
        self.back = IconButton("返回", "arrow-left", "Alt+Left")
        self.forward = IconButton("前进", "arrow-right", "Alt+Right")
        for made in (self.back, self.forward):
            row.addWidget(made)
        self.back.clicked.connect(self.step_back)
        self.forward.clicked.connect(self.step_forward)
        self._tell()

    def arrive(self, name: str, page: "Page") -> None:
        """A page is in sight now: the one before is remembered as it was left by `leave`."""
        self._at = (name, page)

    def leave(self, reopen: Callable[[], object] | None = None) -> None:
        """The user goes on from the page in sight: remember how it is.

        Args:
            reopen: opens the dialog again in which the user was.
        """
        if self._at is None or self._is_moving:
            return
        self.jumped_to = ""
        place = self._here(reopen)
        if self._behind and _same(self._behind[-1], place):
            return
        self._behind = [*self._behind, place][-KEPT:]
        self._ahead = []
        self._tell()

    def leave_record(self, record_id: str) -> None:
        """The window of a record was left by the key that goes back: go to where it was opened."""
        if record_id == self.jumped_to:
            self.step_back()

    def step_back(self) -> None:
        """Go to where the user was before."""
        self._move(self._behind, self._ahead)

    def step_forward(self) -> None:
        """Go again to where the user came back from."""
        self._move(self._ahead, self._behind)

    def take_mouse(self, event: QMouseEvent) -> bool:
        """Go back or forward by the buttons at a mouse's side; False if it is another button."""
        if event.button() is Qt.MouseButton.BackButton:
            self.step_back()
        elif event.button() is Qt.MouseButton.ForwardButton:
            self.step_forward()
        else:
            return False
        return True

    def _move(self, source: list[Place], target: list[Place]) -> None:
        if not source:
            return
        place = source.pop()
        if self._at is not None:
            target.append(self._here(None))
        self._is_moving = True
        try:
            page = self._go(place.page)
        finally:
            self._is_moving = False
        self.jumped_to = ""
        self._tell()
        if page is not None:
            restore(page, place.state)
            if place.reopen is not None:
                place.reopen()

    def _here(self, reopen: Callable[[], object] | None) -> Place:
        assert self._at is not None, "only asked where a page is in sight"
        name, page = self._at
        return Place(name, page.title, state_of(page), reopen)

    def _tell(self) -> None:
        for made, what, places in (
            (self.back, "返回", self._behind),
            (self.forward, "前进", self._ahead),
        ):
            made.setEnabled(bool(places))
            made.set_name(f"{what}：{places[-1].title}" if places else what)


def state_of(page: QWidget) -> State:
    """What is chosen on a page, outside its forms: there stands what is being written."""
    return {key: said for key, said in ((_key(w), _said(w)) for w in _parts(page)) if said}


def restore(page: QWidget, state: State) -> None:
    """Choose on a page what was chosen: first what tells which list is shown, then in the list."""
    for kind in (Chips, QComboBox):
        for key, (chosen, _) in state.items():
            if key[0] == kind.__name__:
                _choose(page, key, chosen)
    for part in _parts(page):
        said = state.get(_key(part))
        if said is None or isinstance(part, Chips | QComboBox):
            continue
        chosen, scrolled = said
        if chosen and _said(part) != said:
            _table(part).select(str(chosen))
        _scroller(part).verticalScrollBar().setValue(scrolled)
        if chosen:
            part.setFocus()


def _choose(page: QWidget, key: tuple[str, str], chosen: object) -> None:
    part = next((p for p in _parts(page) if _key(p) == key), None)
    if isinstance(part, Chips) and isinstance(chosen, int) and part.chosen() != chosen:
        part.group.button(chosen).setChecked(True)
    elif isinstance(part, QComboBox) and part.currentText() != chosen:
        found = part.findText(str(chosen))
        if found >= 0:
            part.setCurrentIndex(found)
            part.activated.emit(found)


def _parts(page: QWidget) -> list[QWidget]:
    from deputydesk.ui.form import Form
    from deputydesk.ui.table import RowsTable

    kinds = (Chips, QComboBox, RowsTable, QScrollArea)
    forms: list[QWidget] = page.findChildren(Form)
    found: list[QWidget] = page.findChildren(QWidget)
    return [
        part
        for part in found
        if issubclass(type(part), kinds)
        and part.isVisibleTo(page)
        and not any(form is part or form.isAncestorOf(part) for form in forms)
    ]


def _key(part: QWidget) -> tuple[str, str]:
    return (type(part).__name__, part.accessibleName())


def _said(part: QWidget) -> tuple[object, int] | None:
    if isinstance(part, Chips):
        return (part.chosen(), 0)
    if isinstance(part, QComboBox):
        return (part.currentText(), 0)
    chosen = ""
    if not isinstance(part, QScrollArea):
        row = _table(part).current()
        chosen = row.id if row else ""
    return (chosen, _scroller(part).verticalScrollBar().value())


def _table(part: QWidget) -> "RowsTable[Any]":  # Any: rows of whichever kind
    return cast("RowsTable[Any]", part)


def _scroller(part: QWidget) -> QAbstractScrollArea:
    assert isinstance(part, QAbstractScrollArea), "lists and scrolled fields scroll"
    return part


def _same(one: Place, other: Place) -> bool:
    return (one.page, one.state) == (other.page, other.state)
