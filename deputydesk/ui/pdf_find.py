"""Looking for words in a preview: the line to type in, and the hits in the order of the pages."""

from dataclasses import dataclass, field

from PySide6.QtCore import QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout
from typing_extensions import override

from deputydesk.ui import style
from deputydesk.ui.controls import LineEdit
from deputydesk.ui.parts import IconButton, label
from deputydesk.ui.pdf_pages import Letters, PdfPages
from deputydesk.ui.pdf_view import PdfView

PAGES_AT_ONCE = 8
"""So many pages are looked through before the window may do something else."""


@dataclass(frozen=True)
class Hit:
    """A place where the words stand: a page counted from 0, and a box for each line of them."""

    page: int
    boxes: tuple[QRectF, ...]


@dataclass
class _Search:
    """How far the search is."""

    words: str = ""
    next_page: int = 0
    hits: list[Hit] = field(default_factory=list[Hit])
    at: int = -1


class FindBar(QFrame):
    """A line below the buttons; Enter and F3 go to the next hit, Shift with them back."""

    closed = Signal()

    def __init__(self, view: PdfView) -> None:
        super().__init__()
        self._view = view
        self._pages: PdfPages | None = None
        self._letters: dict[int, Letters] = {}
        self._search = _Search()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._look_on)
        self.setObjectName("card")
        self.edit = _Edit()
        self.edit.setAccessibleName("在预览中查找")
        self.edit.setPlaceholderText("查找文字")
        self.edit.setClearButtonEnabled(True)
        self.said = label("", "sub")
        self._back = IconButton("上一处", "chevron-left")
        self._back.setToolTip("上一处（Shift+F3）")
        self._forward = IconButton("下一处", "chevron-right")
        self._forward.setToolTip("下一处（F3）")
        self._close = IconButton("关闭查找", "x")
        row = QHBoxLayout(self)
        row.setContentsMargins(style.px(10), style.px(4), style.px(6), style.px(4))
        row.setSpacing(style.px(6))
        row.addWidget(self.edit, 1)
        row.addWidget(self.said)
        for part in (self._back, self._forward, self._close):
            row.addWidget(part)
        self.edit.textChanged.connect(self._begin)
        self.edit.stepped.connect(self.step)
        self.edit.given_up.connect(self.close_bar)
        self._back.clicked.connect(self._step_back)
        self._forward.clicked.connect(self._step_on)
        self._close.clicked.connect(self.close_bar)
        self.hide()

    @property
    def hits(self) -> list[Hit]:
        """What was found so far."""
        return self._search.hits

    def show_pages(self, pages: PdfPages | None) -> None:
        """Look in this file from now on."""
        self._pages = pages
        self._letters.clear()
        self._begin(self.edit.text() if self.isVisible() else "")

    def open_bar(self) -> None:
        """Let the user type what to look for."""
        self.show()
        self.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.edit.selectAll()
        if self.edit.text() != self._search.words:
            self._begin(self.edit.text())

    def close_bar(self) -> None:
        """Look for nothing any more."""
        self.hide()
        self._begin("")
        self.closed.emit()

    def step(self, by: int) -> None:
        """Go to the next hit, or back; after the last comes the first."""
        if not self.isVisible():
            self.open_bar()
        elif self.hits:
            self._search.at = (self._search.at + by) % len(self.hits)
            self._mark(goes=True)

    def _step_on(self) -> None:
        self.step(1)

    def _step_back(self) -> None:
        self.step(-1)

    def _begin(self, words: str) -> None:
        self._search = _Search(words)
        self._timer.stop()
        if words.strip() and self._pages:
            self._look_on()
            self._timer.start(0)
        else:
            self._mark()

    def _look_on(self) -> None:
        """Look through some more pages, beginning with the first."""
        pages, search = self._pages, self._search
        if pages is None or search.next_page >= len(pages):
            self._timer.stop()
            return
        last = min(search.next_page + PAGES_AT_ONCE, len(pages))
        for number in range(search.next_page, last):
            if number not in self._letters:
                self._letters[number] = pages.letters(number)
            places = self._letters[number].find(search.words)
            search.hits += [Hit(number, tuple(boxes)) for boxes in pages.boxes(number, places)]
        search.next_page = last
        is_new = search.at < 0 and self._go_to_nearest(is_last=last == len(pages))
        self._mark(goes=is_new)

    def _go_to_nearest(self, *, is_last: bool) -> bool:
        """Choose the first hit on the page in sight or after it, else the first of all."""
        here = self._view.page() - 1
        near = [n for n, hit in enumerate(self.hits) if hit.page >= here]
        if near or (self.hits and is_last):
            self._search.at = near[0] if near else 0
        return self._search.at >= 0

    def _mark(self, *, goes: bool = False) -> None:
        """Mark the hits; `goes`: and go to the chosen one."""
        marks: dict[int, list[QRectF]] = {}
        for hit in self.hits:
            marks.setdefault(hit.page, []).extend(hit.boxes)
        at = self._search.at
        if 0 <= at < len(self.hits):
            self._view.mark(marks, self.hits[at].page, self.hits[at].boxes, goes=goes)
        else:
            self._view.mark(marks)
        self.said.setText(self._counted())
        for part in (self._back, self._forward):
            part.setEnabled(bool(self.hits))

    def _counted(self) -> str:
        if self.hits:
            return f"第 {max(0, self._search.at) + 1} 处，共 {len(self.hits)} 处"
        is_done = self._pages is None or self._search.next_page >= len(self._pages)
        return "没有找到" if self._search.words.strip() and is_done else ""


class _Edit(LineEdit):
    """The line: Enter steps on, Esc gives up without closing the window."""

    stepped = Signal(int)
    given_up = Signal()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            is_back = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            self.stepped.emit(-1 if is_back else 1)
        elif event.key() == Qt.Key.Key_Escape:
            self.given_up.emit()
        else:
            super().keyPressEvent(event)
