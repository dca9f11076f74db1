"""What stands round the pages: the navigation at the left, the bar at the top, the status below."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from deputydesk.late import override
from deputydesk.ui import style
from deputydesk.ui.controls import LineEdit, mark
from deputydesk.ui.icons import emblem, icon
from deputydesk.ui.pages import PageSpec
from deputydesk.ui.parts import IconButton, Scroll, Yielding, button, label, press_by

if TYPE_CHECKING:
    from deputydesk.ui.choices import Candidate, Choices

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
SEARCH_AFTER_MS = 120
"""So long nothing must be typed before it is searched for."""
NOBODY = "操作员"
"""Who works here where nobody has said who."""
ROOMY, HEADING = 34, 26
"""Height of a page's button and of a heading where there is room, in standard pixels."""
LAST_GROUP = "设置"
"""The group that always stands in sight at the bottom, without a heading."""


class NavBar(QFrame):
    """The pages, in groups; the pressed one is shown."""

    picked = Signal(str)
    """Name of the page to be shown."""

    def __init__(self, pages: Sequence[PageSpec]) -> None:
        super().__init__()
        self.setObjectName("nav")
        self.setAccessibleName("导航")
        self._names = [page.name for page in pages]
        self._headings = 0
        self._group = QButtonGroup(self)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(8, style.px(10), 8, style.px(6))
        outer.setSpacing(2)
        outer.addLayout(self._brand())
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(1)
        last = QVBoxLayout()
        last.setSpacing(1)
        edge = QFrame()  # what is cut by the end of the list is seen to go on below it
        edge.setObjectName("edge")
        edge.setFixedHeight(1)
        last.addWidget(edge)
        # Put together from outside: Qt looks up the style of all that is inside of what it moves.
        self._scroll = Scroll(inside)
        outer.addWidget(self._scroll, 1)
        outer.addLayout(last)
        at = ""
        for number, page in enumerate(pages):
            if page.group not in (at, LAST_GROUP):
                self._begin_group(page.group)
            at = page.group
            made = _NavButton(page)
            self._group.addButton(made, number)
            press_by(made, page.key, self)  # of the bar: a page that is not named still opens
            (last if page.group == LAST_GROUP else self._column).addWidget(made)
        self._column.addStretch(1)
        # Toggled, not clicked: screen readers press by the action Toggle.
        self._group.idToggled.connect(self._toggle)

    def set_needed(self, name: str, *, is_needed: bool) -> None:
        """Name a page, or leave it out while it is not shown."""
        made = self._group.button(self._names.index(name))
        made.setVisible(is_needed or made.isChecked())

    def named(self) -> tuple[str, ...]:
        """The pages that are named."""
        every = zip(self._names, self._group.buttons(), strict=True)
        return tuple(name for name, made in every if not made.isHidden())

    def show_page(self, name: str) -> None:
        """Mark a page as shown."""
        made = self._group.button(self._names.index(name))
        made.setChecked(True)
        made.show()
        self._scroll.ensureWidgetVisible(made)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and self.isVisible():
            self._fit()

    def _fit(self) -> None:
        """Stand closer where the window is low; lower still, and the list scrolls."""
        named = sum(not made.isHidden() for made in self._group.buttons())
        needed = named * style.px(ROOMY) + self._headings * style.px(HEADING)
        is_dense = needed > self._scroll.height()
        if is_dense != bool(self.property("dense")):
            mark(self, "dense", is_on=is_dense)
            for made in self.findChildren(QWidget):
                made.style().unpolish(made)
                made.style().polish(made)

    def set_organ(self, name: str) -> None:
        """Say whose desk it is, below the program's name."""
        self._organ.setText(name)

    def _brand(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(8, 2, 0, style.px(8))
        row.setSpacing(9)
        sign = QLabel()
        sign.setPixmap(emblem(style.px(28), style.theme().brand))
        row.addWidget(sign)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(label("代表履职工作台", "brand"))
        self._organ = Yielding(kind="faint")
        words.addWidget(self._organ)
        row.addLayout(words, 1)
        return row

    def _begin_group(self, title: str) -> None:
        if title:
            self._headings += 1
            self._column.addWidget(label(title, "navgroup"))

    def _toggle(self, number: int, is_on: bool) -> None:  # noqa: FBT001 - the signal's own form
        if is_on:
            self.picked.emit(self._names[number])


class _NavButton(QPushButton):
    """One page in the navigation."""

    def __init__(self, page: PageSpec) -> None:
        super().__init__()
        self._page = page
        self._drawn = ("", 0)
        self.setText(f"  {page.title}")
        self.setAccessibleName(page.title)
        self.setToolTip(f"{page.title}（{page.key}）")
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAutoDefault(False)
        self.toggled.connect(self._draw)
        self._draw()

    @override
    def changeEvent(self, arg__1: QEvent) -> None:
        if arg__1.type() == QEvent.Type.StyleChange:
            self._draw()
        super().changeEvent(arg__1)

    def _draw(self) -> None:
        theme, size = style.theme(), style.px(18)
        colour = theme.accent if self.isChecked() else theme.sub
        if self._drawn != (colour, size):  # Qt tells of its style several times at the start
            self._drawn = (colour, size)
            self.setIcon(icon(self._page.icon, colour=colour))
            self.setIconSize(QSize(size, size))


class SearchBox(LineEdit):
    """Looks through everything; what is found drops down below it."""

    wanted = Signal(str)
    """Something is to be looked for; give the answer to `offer`."""
    chosen = Signal(object)
    """The `Candidate` the user wants to see."""
    all_wanted = Signal(str)
    """The list of all results is to be opened."""
    given_up = Signal()
    """The user is done searching."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("search")
        self.setAccessibleName("全局搜索")
        self.setPlaceholderText("搜索编号、代表、选民、事项，可输拼音首字母   Ctrl+F")
        self.setMinimumWidth(style.px(200))
        self._sign = self.addAction(
            icon("search", size=16), QLineEdit.ActionPosition.LeadingPosition
        )
        self._sign.setText("搜索")
        self._hits: Choices | None = None
        self.last = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SEARCH_AFTER_MS)
        self._timer.timeout.connect(self._want)
        self.textChanged.connect(self._timer.start)  # committed text only, not what an IME shows

    @property
    def hits(self) -> "Choices":
        """The list of what was found; made when first needed."""
        if self._hits is None:
            from deputydesk.ui.choices import Choices

            self._hits = Choices(self, "搜索结果")
            self._hits.chosen.connect(self._choose)
        return self._hits

    def recall(self) -> None:
        """Take the keys, with what was looked for last; it is marked: typing replaces it."""
        if not self.text():
            self.setText(self.last)
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()

    def offer(self, hits: "Sequence[Candidate]") -> None:
        """Show what was found."""
        if self.hasFocus():
            self.hits.offer(hits)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._hits and self._hits.take_key(event):
            return
        if event.key() == Qt.Key.Key_Escape:
            self.clear()
            self.given_up.emit()
        elif event.key() in ENTER and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.all_wanted.emit(self.text().strip())
        elif event.key() in (Qt.Key.Key_Down, *ENTER):
            self._want()
        else:
            super().keyPressEvent(event)

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        if self._hits:
            self._hits.hide()
        super().focusOutEvent(event)

    def _want(self) -> None:
        self.wanted.emit(self.text().strip())

    def _choose(self, candidate: "Candidate") -> None:
        self.chosen.emit(candidate)


class TopBar(QFrame):
    """Search, undo and redo, print, help, and the thing done most often."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("top")
        row = QHBoxLayout(self)
        row.setContentsMargins(style.px(16), 0, style.px(12), 0)
        row.setSpacing(style.px(8))
        self.search = SearchBox()
        row.addWidget(self.search, 3)
        row.addStretch(2)
        self.undo = IconButton("撤销", "undo-2", "Ctrl+Z")
        self.redo = IconButton("重做", "redo-2", "Ctrl+Y")
        self.deeds = IconButton("操作记录", "history", "Ctrl+Shift+H")
        self.print = IconButton("打印", "printer", "Ctrl+P")
        self.help = IconButton("帮助", "circle-question-mark", "F1")
        for made in (self.undo, self.redo, self.deeds, self.print, self.help):
            row.addWidget(made)
        self.new = button("登记来访", "plus", primary=True)
        row.addWidget(self.new)

    def put_first(self, part: QWidget) -> None:
        """Put something at the left of the search."""
        layout = self.layout()
        assert isinstance(layout, QHBoxLayout), "made in `__init__`"
        layout.insertWidget(0, part)

    def set_history(self, undoable: str, redoable: str) -> None:
        """Say what would be undone and done again."""
        for made, what, name in (
            (self.undo, "撤销", undoable),
            (self.redo, "重做", redoable),
        ):
            made.setEnabled(bool(name))
            made.set_name(f"{what}：{name}" if name else what)


class StatusBar(QFrame):
    """When it was saved and backed up, what just happened, keys, who works here."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("status")
        row = QHBoxLayout(self)
        row.setContentsMargins(style.px(13), 0, style.px(13), 0)
        row.setSpacing(style.px(20))
        self._saved, self.backup, self._said = label(""), label(""), Yielding()
        self._keys = label("Ctrl+N 登记   Ctrl+F 搜索   Ctrl+P 打印   Alt 字母   F1 帮助")
        self._operator = label("")
        for made in (self._saved, self.backup):
            row.addWidget(made)
            made.hide()
        self._work = label("")
        self._work.hide()
        row.addWidget(self._work)
        row.addWidget(self._said, 1)
        for made in (self._keys, self._operator):
            row.addWidget(made)

    def set_saved(self, at: datetime) -> None:
        """Say when something was last saved."""
        self._saved.setText(f"已自动保存 {at:%H:%M}")
        self._saved.show()

    def set_backup(self, at: datetime | None, now: datetime) -> None:
        """Say when the last backup was made."""
        self.backup.setText(f"上次备份 {_when(at, now)}" if at else "还没有备份")
        self.backup.show()

    def set_operator(self, name: str) -> None:
        """Say who works here."""
        self._operator.setText(name if name == NOBODY else f"操作员 {name}")
        self._operator.setVisible(bool(name))

    def follow(self, sentence: str) -> None:
        """Say how far long work is; empty when it has ended."""
        self._work.setText(sentence)
        self._work.setVisible(bool(sentence))

    def be_quiet(self) -> None:
        """The work that was told of has ended: what came of it is said next."""
        self.follow("")

    def say(self, sentence: str) -> None:
        """Say what just happened."""
        self._said.setText(sentence)
        self._said.setAccessibleName(sentence)


def _when(at: datetime, now: datetime) -> str:
    days = (now.date() - at.date()).days
    day = {0: "今天", 1: "昨天"}.get(days, f"{at.month}月{at.day}日")
    return f"{day} {at:%H:%M}"
