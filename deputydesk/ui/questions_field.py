"""The questions of a survey in its form: each readable whole, written in a window of its own."""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any, cast

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QColor,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPalette,
)
from PySide6.QtWidgets import (
    QListWidget,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from deputydesk.rules.survey import UNKNOWN, Ask
from deputydesk.ui import style
from deputydesk.ui.fields import Field, Raw
from deputydesk.ui.parts import Button
from deputydesk.ui.side_list import SideList

Question = Mapping[str, Any]  # Any: what `surveys.save` takes of a question
Open = Callable[["QuestionsField", int], object]
"""Opens the window at a question, counted from 0."""
HIGH, ROUND, FAR = 190, 4, 10_000
_LAID = Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap
EMPTY = "还没有题目，按 Enter 编写，最多三十道。"
NONE_YET = "（还没有写题目）"


def new_question(ask: str = Ask.ONE.value) -> dict[str, Any]:  # Any: as `Question`
    """A question of which nothing is written yet."""
    return {"ask": ask, "text": "", "options": [], "most": 0}


def is_blank(question: Question) -> bool:
    """Whether nothing is written of it."""
    return not str(question["text"]).strip() and not question["options"]


def in_words(number: int, question: Question) -> str:
    """A question as lists show it: what is asked and how, below it the options."""
    ask = Ask(question["ask"] or Ask.ONE.value)
    how = f"{ask.label}，最多{question['most']}项" if question.get("most") else ask.label
    head = f"{number}．{str(question['text']).strip() or NONE_YET}（{how}）"
    options = [*question["options"]]
    if options and ask is not Ask.SEVERAL and UNKNOWN.label not in options:
        options.append(UNKNOWN.label)
    return f"{head}\n{'、'.join(options)}" if options else head


class _Whole(QStyledItemDelegate):
    """Paints a text in as many lines as it needs; Qt's own way cuts some of those it made room for.

    Args:
        within: the list.
    """

    def __init__(self, within: QListWidget) -> None:
        super().__init__(within)
        self._within = within

    @override
    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        wide = self._within.viewport().width()
        room = QRect(0, 0, wide - 2 * style.px(ROUND), FAR)
        metrics = QFontMetrics(style.font())
        high = metrics.boundingRect(room, _LAID, index.data()).height()
        return QSize(style.px(40), high + 2 * style.px(ROUND))

    @override
    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        rect: QRect = option.rect
        is_chosen = QStyle.StateFlag.State_Selected in option.state
        palette = self._within.palette()
        if is_chosen:
            painter.fillRect(rect, palette.color(QPalette.ColorRole.Highlight))
        painter.setFont(style.font())
        ink = QPalette.ColorRole.HighlightedText if is_chosen else QPalette.ColorRole.Text
        painter.setPen(palette.color(ink))
        room = style.px(ROUND)
        painter.drawText(rect.adjusted(room, room, -room, -room), _LAID, index.data())


class QuestionList(SideList):
    """Questions, each with its options, in as many lines as they need."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.setResizeMode(SideList.ResizeMode.Adjust)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setItemDelegate(_Whole(self))

    def show_questions(self, questions: Sequence[Question], at: int = -1) -> None:
        """Show these, at one of them."""
        is_blocked = self.blockSignals(True)
        self.clear()
        for number, question in enumerate(questions, start=1):
            self.addItem(in_words(number, question))
        self.setCurrentRow(at)
        self.blockSignals(is_blocked)

    def show_changed(self, at: int, question: Question) -> None:
        """Show anew what one of them says."""
        self.item(at).setText(in_words(at + 1, question))


class _Shown(QWidget):
    """The questions, and the button to write them."""

    spoken_as = QAccessible.Role.Grouping
    wanted = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.questions: list[dict[str, Any]] = []  # Any: as `Question`
        self.list = _InForm()
        self.write = Button("编写题目", "pencil")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(style.px(4))
        column.addWidget(self.write, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.list)
        self.setFocusProxy(self.list)
        self.write.clicked.connect(self._open)
        self.list.wanted.connect(self._open)
        self.list.doubleClicked.connect(self._open)

    def show_questions(self, questions: Sequence[Question]) -> None:
        """Show these."""
        self.questions = [dict(each) for each in questions]
        written = [each for each in questions if not is_blank(each)]
        self.list.show_questions(written)

    def _open(self) -> None:
        self.wanted.emit(max(0, self.list.currentRow()))


class _InForm(QuestionList):
    """As high as a form has room for; Enter opens the window, also where there are none yet."""

    wanted = Signal()

    def __init__(self) -> None:
        super().__init__("题目")

        self.setMinimumHeight(style.px(HIGH))

    @override
    def sizeHint(self) -> QSize:
        return QSize(style.px(200), style.px(HIGH))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.wanted.emit()
        else:
            super().keyPressEvent(event)

    @override
    def paintEvent(self, e: QPaintEvent) -> None:
        super().paintEvent(e)
        if not self.count():
            painter = QPainter(self.viewport())
            painter.setPen(QColor(style.theme().faint))
            painter.drawText(self.viewport().rect(), _LAID, EMPTY)


class QuestionsField(Field):
    """The questions of a survey; its value is a list of them, blank ones left out.

    Args:
        name: identifier of the value.
        write: opens the window in which they are written.
    """

    is_wide = True
    control: _Shown

    def __init__(self, name: str, write: Open) -> None:
        super().__init__(name, wide=True)
        self._write = write

    @override
    def make_control(self, hint: str) -> QWidget:
        made = _Shown()
        made.wanted.connect(self._open)
        return made

    @override
    def value(self) -> list[dict[str, Any]]:  # Any: as `Question`
        return [each for each in self.control.questions if not is_blank(each)]

    @override
    def set_value(self, value: Sequence[Question] | None) -> None:
        self.control.show_questions(value or ())

    def take(self, questions: Sequence[Question]) -> None:
        """Take what was written in the window."""
        self.control.show_questions(questions)
        self._note_edit()

    @override
    def clear(self) -> None:
        self.control.show_questions(())
        self.show_error("")

    @override
    def raw(self) -> Raw:
        return [json.dumps(each, ensure_ascii=False) for each in self.value()]

    @override
    def set_raw(self, raw: Raw) -> None:
        self.set_value([json.loads(each) for each in cast("list[str]", raw)])

    def _open(self, at: int) -> None:
        self._write(self, at)
