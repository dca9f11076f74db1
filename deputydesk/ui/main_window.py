"""The window: pages in a frame; it may be painted before the office has arrived."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QMouseEvent, QShortcut, QWheelEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QMainWindow,
    QVBoxLayout,
    QWidget,
)

from deputydesk.late import override
from deputydesk.ui import style, tasks
from deputydesk.ui.desk import Desk
from deputydesk.ui.last_look import NEVER, LastLook
from deputydesk.ui.navigation import NavBar, StatusBar, TopBar
from deputydesk.ui.page import Page
from deputydesk.ui.page_stack import PageStack
from deputydesk.ui.pages import PAGES, PageSpec
from deputydesk.ui.parts import label
from deputydesk.ui.restyling import restyle
from deputydesk.ui.tab_order import tab_on
from deputydesk.ui.visited import Visited

if TYPE_CHECKING:
    from deputydesk.models import Record
    from deputydesk.ui.choices import Candidate

NEW_RECORDS = "visits"
PRINTING = "printing"


class MainWindow(QMainWindow):
    """The frame round the pages.

    Args:
        desk: the desk; the office may come to it later.
        pages: what the navigation offers, the first one shown at start.
        last: how it looked last time, shown until the office has arrived.
    """

    help_wanted = Signal()
    """F1: somebody shall show the manual."""

    def __init__(
        self,
        desk: Desk,
        pages: Sequence[PageSpec] = PAGES,
        *,
        last: LastLook = NEVER,
    ) -> None:
        super().__init__()
        self._desk = desk
        self._specs = {page.name: page for page in pages}
        self._pages: dict[str, Page] = {}
        self._at = ""
        self._wanted = ""
        self.setWindowTitle("代表履职工作台")
        self._nav, self._top, self._status = NavBar(pages), TopBar(), StatusBar()
        self._nav.set_organ(last.organ)
        self._visited = Visited(self.go)
        self._top.put_first(self._visited)
        self._stack = PageStack()
        self._waiting = label("正在打开数据…", "sub")
        self._waiting.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._stack.add(self._waiting)
        self._lay_out()
        self._connect()
        self._name_pages(last.named)
        self._show_first(pages[0].name, last.page)

    @property
    def page(self) -> Page | None:
        """The page in sight."""
        return self._pages.get(self._at)

    @property
    def specs(self) -> tuple[PageSpec, ...]:
        """The pages that it offers, open or not."""
        return tuple(self._specs.values())

    @property
    def at(self) -> str:
        """The name of the page in sight."""
        return self._at

    @property
    def top(self) -> TopBar:
        """The bar above the pages."""
        return self._top

    @property
    def status(self) -> StatusBar:
        """The line below them."""
        return self._status

    def set_sample(self, banner: QWidget, title: str) -> None:
        """Say at the top, for good, that what is shown is invented."""
        self._column.insertWidget(0, banner)
        self.setWindowTitle(title)

    @property
    def organ(self) -> str:
        """Whose desk it is, as shown."""
        return self._organ

    @property
    def named(self) -> tuple[str, ...]:
        """The pages that the navigation names."""
        return self._nav.named()

    def go(self, name: str) -> Page | None:
        """Show a page; None while the office has not arrived."""
        if name != self._at:
            self._visited.leave()
        if name not in self._pages and not self._desk.is_ready:
            self._wanted = name
            self._stack.show_page(self._waiting)
            return None
        is_new = name not in self._pages
        if is_new:
            self._pages[name] = self._specs[name].make(self._desk)
            self._stack.add(self._pages[name])
        page = self._pages[name]
        self._at, self._wanted = name, ""
        self._visited.arrive(name, page)
        self._stack.show_page(page)
        self._nav.show_page(name)
        page.read_again()
        if is_new and page.isAncestorOf(QApplication.focusWidget() or self):
            page.setFocus()  # Qt goes to the first button; the page knows better
        return page

    def remember(self) -> dict[str, Any] | None:  # Any: the page's own JSON
        """What the first page shows, to be shown at once next time."""
        first = self._pages.get(next(iter(self._specs)))
        return first.remember() if first else None

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._step_size(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
        else:
            super().wheelEvent(event)

    @override
    def focusNextPrevChild(self, next: bool) -> bool:
        return tab_on(self, is_forward=next)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not self._visited.take_mouse(event):
            super().mousePressEvent(event)

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        if tasks.is_running():
            self._desk.say("还有工作没有完成：请等它完成，或先取消它")
            event.ignore()
        else:
            super().closeEvent(event)

    def _lay_out(self) -> None:
        whole = QWidget()
        self.setCentralWidget(whole)
        column = self._column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self._nav)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self._top)
        right.addWidget(self._stack, 1)
        row.addLayout(right, 1)
        column.addLayout(row, 1)
        column.addWidget(self._status)
        self._status.set_operator(self._desk.preferences.operator)
        self._organ = ""

    def _connect(self) -> None:
        desk, top = self._desk, self._top
        self._nav.picked.connect(self._go)
        desk.arrived.connect(self._arrive)
        desk.changed.connect(self._refresh)
        desk.open_requested.connect(self._open)
        desk.page_requested.connect(self._go)
        desk.record_left.connect(self._visited.leave_record)
        desk.said.connect(self._status.say)
        desk.operator_changed.connect(self._status.set_operator)
        tasks.board().ended.connect(self._show_backup)
        tasks.board().went_on.connect(self._status.follow)
        tasks.board().ended.connect(self._status.be_quiet)
        top.undo.clicked.connect(desk.undo)
        top.redo.clicked.connect(desk.redo)
        top.deeds.clicked.connect(self._show_deeds)
        top.print.clicked.connect(self._print)
        top.help.clicked.connect(self.help_wanted)
        top.new.clicked.connect(self._new_visit)
        top.search.wanted.connect(self._search)
        top.search.chosen.connect(self._open_hit)
        top.search.all_wanted.connect(self._show_all)
        top.search.given_up.connect(self._back_to_page)
        self._top.set_history("", "")
        for key, slot in (
            ("Ctrl+N", self._new),
            ("Ctrl+F", self._focus_search),
            ("Ctrl++", self._larger),
            ("Ctrl+=", self._larger),
            ("Ctrl+-", self._smaller),
            ("Ctrl+Shift+Z", desk.redo),
        ):
            QShortcut(QKeySequence(key), self).activated.connect(slot)

    def _show_first(self, name: str, remembered: dict[str, Any] | None) -> None:  # Any: as above
        page = self._specs[name].make(self._desk)
        self._pages[name] = page
        self._stack.add(page)
        if remembered:
            page.recall(remembered)
            self._stack.show_page(page)
        self._at = name
        self._visited.arrive(name, page)
        self._nav.show_page(name)
        page.setFocus()
        if self._desk.is_ready:
            self._arrive()

    def _go(self, name: str) -> None:
        if name != self._at or self._wanted:
            self.go(name)

    def _arrive(self) -> None:
        """The office is open: say whose it is, and show live data."""
        from deputydesk.operations import offices

        profile = self._desk.ask(offices.profile)
        self._organ = profile.organ.short if profile else ""
        self._nav.set_organ(self._organ)
        self._status.set_operator(self._desk.office.user.name)
        self._show_backup()
        self._show_history()
        self._name_pages()
        self._take_first()
        page = self.go(self._wanted or self._at)
        if page and not page.isAncestorOf(QApplication.focusWidget() or self):
            page.setFocus()

    def _name_pages(self, last: Sequence[str] = ()) -> None:
        """Let the navigation name the pages that an office of this kind works with."""
        for spec in self._specs.values():
            if spec.needed:
                is_needed = spec.is_needed(self._desk) if self._desk.is_ready else spec.name in last
                self._nav.set_needed(spec.name, is_needed=is_needed)

    def _take_first(self) -> None:
        """The first page's data may have come with the office."""
        if self._desk.first:
            first = self._pages[next(iter(self._specs))]
            first.recall(self._desk.first)
            first.is_stale = False
            self._desk.first = None

    def _refresh(self, kinds: "frozenset[type[Record]]") -> None:
        for page in self._pages.values():
            page.is_stale = page.is_stale or page.concerns(kinds)
        self._status.set_saved(self._desk.clock())
        self._show_history()
        tables = {kind.__tablename__ for kind in kinds}
        if any(spec.needed and tables.intersection(spec.records) for spec in self._specs.values()):
            self._name_pages()
        if "office_profile" in tables:
            self._arrive()
        elif self.page:
            self.page.read_again()

    def _show_backup(self) -> None:
        if self._desk.is_ready:
            self._status.set_backup(self._desk.last_backup(), self._desk.clock())

    def _show_history(self) -> None:
        self._top.set_history(self._desk.undoable(), self._desk.redoable())

    def _open(self, model: "type[Record]", record_id: str) -> None:
        for spec in self._specs.values():
            if model.__tablename__ in spec.records:
                self._visited.leave(self._desk.come_back)
                page = self.go(spec.name)
                if page:
                    page.open_record(model, record_id)
                    self._visited.jumped_to = record_id
                return

    def _show_deeds(self) -> None:
        if self._desk.is_ready:
            from deputydesk.ui.dialogs.deeds import DeedsDialog

            DeedsDialog(self, self._desk).open()

    def _print(self) -> None:
        if self.page is None or self.page.print_page():
            return
        at_hand = self.page.at_hand() if self._desk.is_ready else None
        if at_hand:
            from deputydesk.ui.dialogs.record_papers import print_record

            if print_record(self.page, self._desk, *at_hand):
                return
        if PRINTING in self._specs:
            self.go(PRINTING)

    def _new(self) -> None:
        if self.page and self.page.starts_new:
            self.page.start_new()
        else:
            self._new_visit()

    def _new_visit(self) -> None:
        if NEW_RECORDS in self._specs:
            page = self.go(NEW_RECORDS)
            if page:
                page.start_new()

    def _focus_search(self) -> None:
        self._top.search.recall()

    def _search(self, text: str) -> None:
        if not self._desk.is_ready:
            return
        if not text:
            self._top.search.offer([])
            if self.page:
                self.page.find("")
            return
        from deputydesk.ui.search_lines import offered

        self._top.search.last = text
        self._top.search.offer(offered(self._desk, text, self.specs, self.page))

    def _open_hit(self, hit: "Candidate") -> None:
        from deputydesk.ui.search_lines import ALL, FILTER, PAGE

        if hit.id.startswith(FILTER) and self.page:
            self.page.find(hit.id.removeprefix(FILTER))
        elif hit.id.startswith(ALL):
            self._show_all(hit.id.removeprefix(ALL))
        elif hit.id.startswith(PAGE):
            self._top.search.clear()
            self.go(hit.id.removeprefix(PAGE))
        elif hit.id:
            from deputydesk.journal.values import models

            table, _, record_id = hit.id.partition(":")
            self._top.search.clear()
            self._desk.open(models()[table], record_id)

    def _show_all(self, text: str) -> None:
        if self._desk.is_ready and text:
            from deputydesk.ui.search_results import SearchResults

            self._top.search.clear()
            SearchResults(self, self._desk, text).open()

    def _back_to_page(self) -> None:
        if self.page:
            self.page.setFocus()

    def _larger(self) -> None:
        self._step_size(1)

    def _smaller(self) -> None:
        self._step_size(-1)

    def _step_size(self, by: int) -> None:
        sizes = list(style.SIZES.values())
        now = min(range(len(sizes)), key=lambda n: abs(sizes[n] - self._desk.preferences.scale))
        to = min(max(now + by, 0), len(sizes) - 1)
        if to != now:
            self._desk.say(f"字号：{list(style.SIZES)[to]}")
            restyle(self._desk, scale=sizes[to])
