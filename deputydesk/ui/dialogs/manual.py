"""F1: the manual, in a window of its own that stays open beside the work."""

import re
from dataclasses import dataclass
from functools import cache

from PySide6.QtCore import QEvent, Qt, QUrl
from PySide6.QtGui import (
    QColor,
    QKeySequence,
    QShortcut,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextFrameFormat,
    QTextTable,
)
from PySide6.QtWidgets import (
    QDialog,
    QLineEdit,
    QListWidgetItem,
    QSplitter,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from deputydesk.paths import resource
from deputydesk.ui import style
from deputydesk.ui.parts import label
from deputydesk.ui.side_list import SideList

FOLDER = "manual"
_BEGINS = re.compile(r"\s*(#|[|]|[-*] |\d+[.] |```|$)")
"""How a line looks that does not go on with the sentence above it."""


@dataclass(frozen=True)
class Chapter:
    """A file of the manual."""

    name: str
    title: str
    text: str


@cache
def chapters() -> tuple[Chapter, ...]:
    """The manual in its order."""
    return tuple(
        _chapter(path.stem, path.read_text(encoding="utf-8"))
        for path in sorted(resource(FOLDER).glob("*.md"))
    )


def _chapter(name: str, text: str) -> Chapter:
    title = text.partition("\n")[0].lstrip("# ")
    return Chapter(name, title, "\n".join(_joined(text.splitlines())))


def _joined(lines: list[str]) -> list[str]:
    """Lines of a Chinese paragraph in one, since a line's end would show as a blank."""
    joined: list[str] = []
    is_code = False
    for line in lines:
        is_code ^= line.startswith("```")
        before = joined[-1] if joined else ""
        goes_on = not is_code and before and not before.startswith(("#", "|", "```"))
        if goes_on and not _BEGINS.match(line):
            joined[-1] += line.strip()
        else:
            joined.append(line)
    return joined


@dataclass(frozen=True)
class Place:
    """Where something stands in the manual: the heading above it, and the line itself."""

    chapter: Chapter
    heading: str
    line: str


def places(typed: str) -> list[Place]:
    """Headings below which something is said about what was typed; all of them if nothing was."""
    wanted = typed.strip().lower()
    found: list[Place] = []
    for chapter in chapters():
        heading = chapter.title
        for line in chapter.text.splitlines():
            if line.startswith("#"):
                heading = line.lstrip("# ")
            is_new = not any(p.chapter == chapter and p.heading == heading for p in found)
            fits = wanted in line.lower() if wanted else line.startswith("#")
            if fits and is_new:
                found.append(Place(chapter, heading, line))
    return found


CHAPTER_OF = {
    "today": "01-start",
    "cockpit": "16-cockpit",
    "activities": "11-activities",
    "money": "11-activities",
    "cases": "15-cases",
    "legislation": "15-cases",
    "dispatches": "15-cases",
    "chronicle": "15-cases",
    "annual_reports": "18-annual-report",
    "visits": "03-visits",
    "suggestions": "04-suggestions",
    "homes": "13-homes",
    "rotas": "13-homes",
    "home_records": "13-homes",
    "links": "13-homes",
    "local_rules": "13-homes",
    "deputies": "02-roster",
    "evaluations": "05-evaluations",
    "points": "14-points",
    "duty": "14-points",
    "projects": "12-projects",
    "assemblies": "12-projects",
    "printing": "06-print",
    "publish": "17-publish",
    "exchange": "10-exchange",
    "settings": "07-safety",
}
"""What is about each page of the window."""


def show_manual(parent: QWidget, page: str = "") -> None:
    """Open the manual at what is about a page; the one that is open already is brought there."""
    found = parent.findChild(Manual) or Manual(parent)
    found.show_chapter(CHAPTER_OF.get(page, ""))


class Manual(QDialog):
    """Contents and search at the left, the chapter at the right."""

    _shown = ""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("使用手册")
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
        self.search = QLineEdit()
        self.search.setPlaceholderText("在手册中查找")
        self.search.setAccessibleName("在手册中查找")
        self.search.setClearButtonEnabled(True)
        self.contents = SideList("目录")
        self.contents.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.text = QTextBrowser()
        self.text.setAccessibleName("正文")
        self.text.setObjectName("card")
        self.text.setOpenLinks(False)
        self._found = label("", "faint")
        self._lay_out()
        self.search.textChanged.connect(self._list)
        self.search.returnPressed.connect(self._next)
        self.contents.currentItemChanged.connect(self._go)
        self.text.anchorClicked.connect(self._follow)
        QShortcut(QKeySequence("Ctrl+F"), self, self._look)
        QShortcut(QKeySequence("F3"), self, self._next)
        self._list("")

    def show_chapter(self, name: str = "") -> None:
        """Open at a chapter named as its file (04-suggestions), or at the first."""
        self.search.clear()
        for row in range(self.contents.count()):
            place: Place = self.contents.item(row).data(Qt.ItemDataRole.UserRole)
            if place.chapter.name == name:
                self.contents.setCurrentRow(row)
                break
        self.show()
        self.raise_()
        self.activateWindow()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and self._shown:
            self._show(next(c for c in chapters() if c.name == self._shown))

    def _lay_out(self) -> None:
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(style.px(8))
        column.addWidget(self.search)
        column.addWidget(self.contents, 1)
        column.addWidget(self._found)
        halves = QSplitter()
        halves.addWidget(left)
        halves.addWidget(self.text)
        halves.setSizes([style.px(250), style.px(650)])
        halves.setStretchFactor(1, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(style.px(14), style.px(12), style.px(14), style.px(12))
        outer.addWidget(halves)
        self.resize(style.px(940), style.px(640))

    def _list(self, typed: str) -> None:
        found = places(typed)
        self.contents.clear()
        for place in found:
            is_chapter = place.heading == place.chapter.title
            indent = "  " if is_chapter else "      "
            item = self.contents.add(indent + place.heading, bold=is_chapter)
            item.setData(Qt.ItemDataRole.UserRole, place)
        self._found.setText(f"{len(found)} 处" if typed.strip() else "")
        if typed.strip() and not found:
            self._found.setText("没有找到，请换一个词")
        self.contents.setCurrentRow(0)

    def _go(self, item: QListWidgetItem | None) -> None:
        if item is None:
            return
        place: Place = item.data(Qt.ItemDataRole.UserRole)
        if place.chapter.name != self._shown:
            self._show(place.chapter)
        self.text.moveCursor(QTextCursor.MoveOperation.Start)
        if self.text.find(place.heading):
            self.text.verticalScrollBar().setValue(
                self.text.verticalScrollBar().value() + self.text.cursorRect().top() - style.px(30)
            )
        typed = self.search.text().strip()
        if not typed or not self.text.find(typed):
            cursor = self.text.textCursor()
            cursor.clearSelection()
            self.text.setTextCursor(cursor)

    def _show(self, chapter: Chapter) -> None:
        self._shown = chapter.name
        document = self.text.document()
        document.setDefaultFont(style.font())
        document.setDocumentMargin(style.px(18))
        self.text.setMarkdown(chapter.text)
        _arrange(self.text)

    def _next(self) -> None:
        """The next place in this chapter, then the next line of the contents."""
        typed = self.search.text().strip()
        if typed and not self.text.find(typed):
            self.contents.setCurrentRow((self.contents.currentRow() + 1) % self.contents.count())

    def _look(self) -> None:
        self.search.setFocus()
        self.search.selectAll()

    def _follow(self, link: QUrl) -> None:
        """Links between chapters; nothing leads out of the program."""
        self.show_chapter(link.fileName().removesuffix(".md"))


def _arrange(text: QTextBrowser) -> None:
    """Give the chapter the window's manner: line spacing, headings, thin rules round tables."""
    c = style.theme()
    sizes = {1: 19, 2: 15, 3: 13.5}
    block = text.document().begin()
    while block.isValid():
        cursor = QTextCursor(block)
        level = block.blockFormat().headingLevel()
        manner = QTextBlockFormat()
        manner.setLineHeight(150, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        manner.setTopMargin(style.px(14 if level > 1 else 2))
        manner.setBottomMargin(style.px(4))
        cursor.mergeBlockFormat(manner)
        if level:
            look = QTextCharFormat()
            look.setFont(style.font(sizes.get(level, 13), bold=True))
            cursor.movePosition(
                QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor
            )
            cursor.setCharFormat(look)
        block = block.next()
    for frame in text.document().rootFrame().childFrames():
        if isinstance(frame, QTextTable):
            rules = frame.format()
            rules.setBorderCollapse(True)
            rules.setBorder(1)
            rules.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
            rules.setBorderBrush(QColor(c.line))
            rules.setCellPadding(style.px(6))
            frame.setFormat(rules)
