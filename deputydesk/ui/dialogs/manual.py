"""F1: the manual, in a window of its own that stays open beside the work."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QLineEdit, QListWidgetItem, QSplitter, QVBoxLayout, QWidget
from typing_extensions import override

from deputydesk.ui import style
from deputydesk.ui.manual_text import Chapter, Hit, chapter, chapters, headings, hits, lines
from deputydesk.ui.manual_view import ManualView
from deputydesk.ui.parts import label
from deputydesk.ui.side_list import SideList

Place = Hit | str
"""A sentence found, or a chapter by its name."""
PLACE = Qt.ItemDataRole.UserRole
HEADING = Qt.ItemDataRole.UserRole.value + 1
MOST = 300
"""Sentences listed; whoever finds more looks for too little."""
BEFORE = 8
"""Characters of the sentence shown before what was looked for."""


def show_manual(parent: QWidget, place: str = "", *words: str) -> None:
    """Open the manual at a place; the one that is open already is brought there.

    Args:
        parent: the window it stands beside; it stays usable while that one is.
        place: `chapter#heading`, as `manual_places` has it; the beginning if empty.
        words: the first of them that is said below the heading, or else in the chapter, is marked.
    """
    found = parent.findChild(Manual) or Manual(parent)
    found.show_place(place, *words)


class Manual(QDialog):
    """Contents or what was found at the left, the chapter at the right."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("使用手册")
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
        self.search = _SearchLine()
        self.contents = SideList("目录")
        self.contents.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.text = ManualView()
        self._hits: list[Hit] = []
        self._said = label("", "faint")
        self._said.setWordWrap(True)
        self._lay_out()
        self.search.textChanged.connect(self._list)
        self.search.stepped.connect(self._step)
        self.contents.currentItemChanged.connect(self._go)
        self.text.anchorClicked.connect(self._follow)
        QShortcut(QKeySequence("Ctrl+F"), self, self._look)
        QShortcut(QKeySequence("F3"), self, self._next)
        QShortcut(QKeySequence("Shift+F3"), self, self._previous)
        self._list("")

    def show_place(self, place: str = "", *words: str) -> None:
        """Open at `chapter#heading`, or at the chapter, or at the beginning."""
        name, _, heading = place.partition("#")
        self.search.clear()
        self.show()
        self.raise_()
        self.activateWindow()
        wanted = chapter(name)
        heading = heading or wanted.title
        for row in range(self.contents.count()):
            item = self.contents.item(row)
            if item.data(PLACE) == wanted.name and item.data(HEADING) == heading:
                self.contents.setCurrentRow(row)
                self._go(item)
        self.text.mark(_said(wanted, heading, words), 0)

    def _lay_out(self) -> None:
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(style.px(8))
        column.addWidget(self.search)
        column.addWidget(self.contents, 1)
        column.addWidget(self._said)
        halves = QSplitter()
        halves.addWidget(left)
        halves.addWidget(self.text)
        halves.setChildrenCollapsible(False)
        halves.setSizes([style.px(280), style.px(680)])
        halves.setStretchFactor(1, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(style.px(14), style.px(12), style.px(14), style.px(12))
        outer.addWidget(halves)
        room = self.screen().availableGeometry().size() * 0.95
        self.resize(min(style.px(1000), room.width()), min(style.px(680), room.height()))

    def _list(self, typed: str) -> None:
        """The contents, or every sentence in which something is said."""
        self._hits = hits(typed)
        blocked = self.contents.blockSignals(True)
        self.contents.clear()
        if typed.strip():
            self._list_hits(typed.strip())
        else:
            self._list_contents()
            self._said.setText("")
        self.contents.blockSignals(blocked)
        if typed.strip():
            self._step(1)
        else:
            self.text.mark([], 0)
            self.contents.setCurrentRow(0)

    def _list_contents(self) -> None:
        for one in chapters():
            for line in headings(one):
                is_chapter = line.text == one.title
                indent = "  " if is_chapter else "      "
                item = self.contents.add(indent + line.text, bold=is_chapter)
                item.setData(PLACE, one.name)
                item.setData(HEADING, line.text)

    def _list_hits(self, typed: str) -> None:
        above = ("", "")
        for hit in self._hits[:MOST]:
            if above != (hit.chapter.name, hit.heading):
                above = (hit.chapter.name, hit.heading)
                title = hit.chapter.title
                named = title if hit.heading == title else f"{title} › {hit.heading}"
                item = self.contents.add(named, bold=True)
                item.setFlags(Qt.ItemFlag.NoItemFlags)
                item.setToolTip(named)
            item = self.contents.add("   " + _around(hit, typed))
            item.setToolTip(hit.sentence)
            item.setData(PLACE, hit)
        more = f"，只列出前 {MOST} 处" if len(self._hits) > MOST else ""
        found = f"{len(self._hits)} 处{more}。Enter 或 F3 下一处，Shift+F3 上一处"
        self._said.setText(found if self._hits else "没有找到，请换一个词")

    def _go(self, item: QListWidgetItem | None) -> None:
        if item is None:
            return
        place: Place = item.data(PLACE)
        if isinstance(place, Hit):
            self.text.show_chapter(place.chapter)
            here = [hit for hit in self._hits if hit.chapter is place.chapter]
            marks = [(hit.at, hit.length) for hit in here]
            self.text.mark(marks, here.index(place))
        elif place:
            self.text.show_chapter(chapter(place))
            self.text.show_heading(item.data(HEADING))

    def _next(self) -> None:
        self._step(1)

    def _previous(self) -> None:
        self._step(-1)

    def _step(self, by: int) -> None:
        """To the next sentence found, round and round."""
        count = self.contents.count()
        at = self.contents.currentRow()
        at = at if at >= 0 or by > 0 else 0
        for _ in range(count if self._hits else 0):
            at = (at + by) % count
            if isinstance(self.contents.item(at).data(PLACE), Hit):
                self.contents.setCurrentRow(at)
                return

    def _look(self) -> None:
        self.search.setFocus()
        self.search.selectAll()

    def _follow(self, link: QUrl) -> None:
        """Links between chapters; nothing leads out of the program."""
        name = link.fileName().removesuffix(".md")
        self.show_place(f"{name}#{link.fragment()}")


class _SearchLine(QLineEdit):
    """What is looked for; Enter and Shift+Enter go through what was found."""

    stepped = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setPlaceholderText("在手册中查找（Ctrl+F）")
        self.setAccessibleName("在手册中查找")
        self.setClearButtonEnabled(True)

    @override
    def keyPressEvent(self, arg__1: QKeyEvent) -> None:
        if arg__1.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            is_back = bool(arg__1.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.stepped.emit(-1 if is_back else 1)
        else:
            super().keyPressEvent(arg__1)


def _around(hit: Hit, typed: str) -> str:
    """The sentence from a little before what was looked for."""
    at = max(hit.sentence.lower().find(typed.lower()), 0)
    return ("…" + hit.sentence[at - BEFORE :]) if at > BEFORE + 1 else hit.sentence


def _said(of: Chapter, heading: str, words: Sequence[str]) -> list[tuple[int, int]]:
    """Where a field or a step is spoken of: below the heading, or else in the chapter."""
    told = [line for line in lines(of) if not line.is_heading]
    nearest = sorted(told, key=lambda line: line.heading != heading)
    for word in filter(None, words):
        for line in nearest:
            if word in line.text:
                return [(line.at + line.text.index(word), len(word))]
    return []
