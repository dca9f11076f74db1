"""A chapter of the manual as it is read: in the window's manner, pictures as wide as fits."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, QTimer, QUrl
from PySide6.QtGui import (
    QColor,
    QImage,
    QPalette,
    QResizeEvent,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFrameFormat,
    QTextTable,
)
from PySide6.QtWidgets import QTextBrowser, QTextEdit
from typing_extensions import override

from deputydesk.ui import style
from deputydesk.ui.manual_text import Chapter, folder, lines

MARGIN = 18
SIZES = {1: 19, 2: 15, 3: 13.5}


class ManualView(QTextBrowser):
    """One chapter; places in it are the positions of `manual_text.lines`."""

    def __init__(self) -> None:
        super().__init__()
        self.chapter: Chapter | None = None
        self._pictures: dict[str, QImage] = {}
        self._fitted = 0
        self.setAccessibleName("正文")
        self.setObjectName("card")
        self.setOpenLinks(False)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(0)
        self._later.timeout.connect(self._fit)

    def show_chapter(self, chapter: Chapter) -> None:
        """Show a chapter from its beginning; the one shown already stays where it is."""
        if self.chapter is not chapter:
            self._show(chapter)

    def show_heading(self, heading: str) -> None:
        """Bring a heading of the chapter to the top."""
        assert self.chapter, "a chapter is shown first"
        at = next(
            (line.at for line in lines(self.chapter) if line.is_heading and line.text == heading), 0
        )
        self._bring_up(at)

    def mark(self, places: Sequence[tuple[int, int]], now: int) -> None:
        """Colour places (where, how long) in the text and bring one of them into sight."""
        amber = style.ink(style.Tone.AMBER)
        marks: list[QTextEdit.ExtraSelection] = []
        for at, length in places:
            mark = QTextEdit.ExtraSelection()
            cursor = QTextCursor(self.document())
            cursor.setPosition(at)
            cursor.setPosition(at + length, QTextCursor.MoveMode.KeepAnchor)
            mark.cursor = cursor  # pyright: ignore[reportAttributeAccessIssue]  # stub lacks it
            look = QTextCharFormat()
            look.setBackground(QColor(amber.ground))
            look.setForeground(QColor(amber.text))
            mark.format = look  # pyright: ignore[reportAttributeAccessIssue]  # stub lacks it
            marks.append(mark)
        self.setExtraSelections(marks)
        if places:
            at, length = places[now]
            cursor = self.textCursor()
            cursor.setPosition(at)
            cursor.setPosition(at + length, QTextCursor.MoveMode.KeepAnchor)
            self.setTextCursor(cursor)
            self._bring_up(at, keep=True)

    @override
    def resizeEvent(self, e: QResizeEvent) -> None:
        super().resizeEvent(e)
        self._later.start()

    @override
    def changeEvent(self, e: QEvent) -> None:
        super().changeEvent(e)
        if e.type() == QEvent.Type.StyleChange and self.chapter:
            self._show(self.chapter)

    def _show(self, chapter: Chapter) -> None:
        self.chapter = chapter
        palette = self.palette()  # what is marked stays so while the search line has the focus
        for group in (QPalette.ColorGroup.Inactive, QPalette.ColorGroup.Active):
            palette.setColor(group, QPalette.ColorRole.Highlight, QColor(style.theme().accent))
            palette.setColor(
                group, QPalette.ColorRole.HighlightedText, QColor(style.theme().on_accent)
            )
        self.setPalette(palette)
        document = self.document()
        document.setDefaultFont(style.font())
        document.setDocumentMargin(style.px(MARGIN))
        self._pictures.clear()
        self._fitted = 0
        self.setMarkdown(chapter.text)
        _arrange(document)
        self._fit()

    @override
    def loadResource(self, type: int, name: QUrl | str) -> object:
        if type == QTextDocument.ResourceType.ImageResource.value:
            return self._scaled(QUrl(name).toString())
        return super().loadResource(type, name)

    def _fit(self) -> None:
        """Draw the pictures again, as wide as the window is now."""
        if self._fitted == self._room():
            return
        self._fitted = self._room()
        document = self.document()
        for name in self._pictures:
            document.addResource(
                QTextDocument.ResourceType.ImageResource.value, QUrl(name), self._scaled(name)
            )
        document.markContentsDirty(0, document.characterCount())

    def _room(self) -> int:
        return self.viewport().width() - 2 * style.px(MARGIN)

    def _scaled(self, name: str) -> QImage:
        """A picture no wider than the text; never larger than it was taken, at the text's size."""
        whole = self._pictures.get(name)
        if whole is None:
            whole = self._pictures[name] = QImage(str(folder() / name))
        wide = min(self._room(), style.px(whole.width()))
        sharp = self.devicePixelRatioF()
        if wide <= 0 or whole.isNull():
            return whole
        drawn = whole.scaledToWidth(round(wide * sharp), Qt.TransformationMode.SmoothTransformation)
        drawn.setDevicePixelRatio(sharp)
        return drawn

    def _bring_up(self, at: int, *, keep: bool = False) -> None:
        """Scroll so that a place stands near the top; `keep`: not if it is in sight."""
        cursor = QTextCursor(self.document())
        cursor.setPosition(at)
        top = self.cursorRect(cursor).top()
        if not (keep and 0 <= top < self.viewport().height() - style.px(40)):
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() + top - style.px(30 if keep else 12))


def _arrange(document: QTextDocument) -> None:
    """Give the chapter the window's manner: line spacing, headings, thin rules round tables."""
    block = document.begin()
    while block.isValid():
        cursor = QTextCursor(block)
        level = block.blockFormat().headingLevel()
        manner = QTextBlockFormat()
        manner.setLineHeight(150, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        if "\ufffc" in block.text():  # a picture is as high as it is
            manner.setLineHeight(100, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        manner.setTopMargin(style.px(14 if level > 1 else 2))
        manner.setBottomMargin(style.px(4))
        cursor.mergeBlockFormat(manner)
        if level:
            look = QTextCharFormat()
            look.setFont(style.font(SIZES.get(level, 13), bold=True))
            cursor.movePosition(
                QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor
            )
            cursor.setCharFormat(look)
        block = block.next()
    for frame in document.rootFrame().childFrames():
        if isinstance(frame, QTextTable):
            rules = frame.format()
            rules.setBorderCollapse(True)
            rules.setBorder(1)
            rules.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
            rules.setBorderBrush(QColor(style.theme().line))
            rules.setCellPadding(style.px(6))
            frame.setFormat(rules)
