"""The window in which the questions of a survey are written, beside the paper as it will be."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QShortcut, QTextCursor
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from deputydesk.errors import FieldError, UserError
from deputydesk.rules.survey import MOST_OF_SEVERAL, MOST_QUESTIONS, Ask, questions_of
from deputydesk.ui import style
from deputydesk.ui.controls import LongEdit
from deputydesk.ui.desk import Desk
from deputydesk.ui.fields import ChoiceField, Field, LongTextField
from deputydesk.ui.form import Form
from deputydesk.ui.list_field import ListField
from deputydesk.ui.parts import Button, label
from deputydesk.ui.pdf_pages import PdfPages
from deputydesk.ui.pdf_view import PdfView
from deputydesk.ui.questions_field import (
    Question,
    QuestionList,
    QuestionsField,
    is_blank,
    new_question,
)
from deputydesk.ui.room import sized

WIDTH, HEIGHT = 1240, 680
TEXT_LINES = 4
OPTIONS = "评等次的，不写就是满意、基本满意、不满意。“不了解”自动加在最后，不用写；多选没有这一项。"
DRAW_MS = 400
"""The paper is drawn anew when nobody has typed for so long."""
KEYS = "Enter 下一格，空行再按 Enter 下一题；Alt+↑↓ 移动；在题目列表里按 Delete 删去"
Draw = Callable[[Sequence[Question], int], tuple[PdfPages, int]]
"""Draws the paper; says on which page, counted from 1, a question stands that is counted from 0."""


class _Entry(LongEdit):
    """Enter is done with it; in a list, on a line that is empty."""

    done = Signal()

    def __init__(self, lines: int, *, is_list: bool = False) -> None:
        super().__init__(lines)
        self._is_list = is_list

    @override
    def keyPressEvent(self, e: QKeyEvent) -> None:
        is_enter = e.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not e.modifiers()
        if is_enter and not (self._is_list and self.textCursor().block().text().strip()):
            self.done.emit()
        else:
            super().keyPressEvent(e)


class _TextEntry(LongTextField):
    """What is asked."""

    @override
    def make_control(self, hint: str) -> QWidget:
        return _listened(self, _Entry(TEXT_LINES))


class _OptionsEntry(ListField):
    """The options, one a line."""

    @override
    def make_control(self, hint: str) -> QWidget:
        entry = _listened(self, _Entry(MOST_OF_SEVERAL, is_list=True))
        entry.setPlaceholderText(OPTIONS)
        return entry


def _listened(field: LongTextField, entry: _Entry) -> _Entry:
    entry.textChanged.connect(field.edited)
    return entry


def _to_end(field: Field) -> None:
    """Typing goes on where it ended."""
    assert isinstance(field.control, LongEdit)
    field.control.moveCursor(QTextCursor.MoveOperation.End)


def _fields() -> tuple[Field, ...]:
    most = [(0, "不限"), *((n, f"最多选{n}项") for n in range(2, MOST_OF_SEVERAL))]
    return (
        ChoiceField("ask", Ask, label="题型"),
        ChoiceField("most", options=most, label="多选最多几项"),
        _TextEntry("text", label="题目"),
        _OptionsEntry("options", label="选项（一行一项）"),
    )


class _List(QuestionList):
    """Delete takes out the question one is at."""

    dropped = Signal()

    def __init__(self) -> None:
        super().__init__("题目列表")

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete:
            self.dropped.emit()
        else:
            super().keyPressEvent(event)


class QuestionsDialog(QDialog):
    """Writes questions; each change is handed on at once, so closing it loses nothing.

    Args:
        parent: the form.
        desk: the desk.
        field: the field that has the questions.
        draw: draws the paper.
        at: the question to begin with, counted from 0.
    """

    def __init__(
        self, parent: QWidget, desk: Desk, field: QuestionsField, draw: Draw, at: int
    ) -> None:
        super().__init__(parent.window())
        self._take, self._draw = field.take, draw
        self._questions = field.value() or [new_question()]
        self._at = min(at, len(self._questions) - 1)
        self._removed: list[tuple[int, dict[str, Any]]] = []  # Any: as `Question`
        self.setWindowTitle("编写题目")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.list = _List()
        self.form = Form(desk, "", _fields())
        self.form.leave_save_key()
        self.paper = PdfView()
        self.said = label(KEYS, "faint")
        self._heading = label("", "h2")
        self._drawer = QTimer(self, singleShot=True, interval=DRAW_MS)
        self._lay_out()
        self._connect()
        self.resize(sized(self, WIDTH, HEIGHT))
        self._show()
        self.draw_paper()
        self.form.field("text").setFocus()

    @property
    def questions(self) -> list[dict[str, Any]]:  # Any: as `Question`
        """The questions as they stand."""
        return list(self._questions)

    def draw_paper(self) -> None:
        """Draw the paper as it will be, and say what is still missing."""
        self._drawer.stop()
        missing = ""
        try:
            questions_of([each for each in self._questions if not is_blank(each)])
        except FieldError as error:
            missing = str(error)
        try:
            pages, page = self._draw(self._questions, self._at)
        except UserError as error:
            self.paper.show_nothing(str(error))
        else:
            self.paper.show_pages(pages)
            self.paper.go_to(page)
        self.said.setText(missing or KEYS)

    def go_on(self) -> None:
        """Go to the next question; behind the last begin another one of its kind."""
        if self._at + 1 < len(self._questions):
            self._go_to(self._at + 1)
        else:
            self.add_one()
        self.form.field("text").setFocus()

    def add_one(self) -> None:
        """Begin another question behind this one."""
        if len(self._questions) >= MOST_QUESTIONS:
            self.said.setText(f"题目最多{MOST_QUESTIONS}道。")
            return
        if not is_blank(self._questions[self._at]):
            self._at += 1
            self._questions.insert(self._at, new_question(self._questions[self._at - 1]["ask"]))
            self._show()
        self.form.field("text").setFocus()

    def remove(self) -> None:
        """Take out the question one is at."""
        at = self._at
        taken = self._questions.pop(at)
        if not is_blank(taken):
            self._removed.append((at, taken))
        self._questions = self._questions or [new_question()]
        self._at = min(at, len(self._questions) - 1)
        self._changed()
        self.list.setFocus()
        self.said.setText(f"已删去第{at + 1}题，按 Ctrl+Z 撤销")

    def put_back(self) -> None:
        """Put the question back that was taken out last."""
        if not self._removed:
            return
        at, taken = self._removed.pop()
        if len(self._questions) == 1 and is_blank(self._questions[0]):
            self._questions = []
        self._at = min(at, len(self._questions))
        self._questions.insert(self._at, taken)
        self._changed()
        self.list.setFocus()
        self.said.setText(f"已恢复第{self._at + 1}题")

    def move_up(self) -> None:
        """Let the question change places with the one before it."""
        self._move(-1)

    def move_down(self) -> None:
        """Let the question change places with the next one."""
        self._move(1)

    def _lay_out(self) -> None:
        columns = QHBoxLayout()
        columns.setSpacing(style.px(10))
        columns.addLayout(self._left(), 5)
        middle = QVBoxLayout()
        middle.addWidget(self._heading)
        middle.addWidget(self.form, 1)
        columns.addLayout(middle, 5)
        columns.addWidget(self.paper, 6)
        self.close_button = Button("完成", primary=True)
        self.close_button.set_key("Ctrl+Enter")
        foot = QHBoxLayout()
        foot.addWidget(self.said, 1)
        foot.addWidget(self.close_button)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(style.px(14), style.px(12), style.px(14), style.px(12))
        outer.addLayout(columns, 1)
        outer.addLayout(foot)

    def _left(self) -> QVBoxLayout:
        self.add_button, self.drop_button = Button("加一题", "plus"), Button("删去", "trash-2")
        self.up_button, self.down_button = Button("上移"), Button("下移")
        self.up_button.set_key("Alt+Up")
        self.down_button.set_key("Alt+Down")
        buttons = QHBoxLayout()
        buttons.setSpacing(style.px(6))
        for each in (self.add_button, self.drop_button, self.up_button, self.down_button):
            buttons.addWidget(each)
        left = QVBoxLayout()
        left.addWidget(self.list, 1)
        left.addLayout(buttons)
        return left

    def _connect(self) -> None:
        self._drawer.timeout.connect(self.draw_paper)
        self.list.currentRowChanged.connect(self._go_to)
        self.list.itemActivated.connect(self._go_to_text)
        self.list.dropped.connect(self.remove)
        QShortcut("Ctrl+Z", self).activated.connect(self.put_back)
        self.add_button.clicked.connect(self.add_one)
        self.drop_button.clicked.connect(self.remove)
        self.up_button.clicked.connect(self.move_up)
        self.down_button.clicked.connect(self.move_down)
        self.close_button.clicked.connect(self.accept)
        self.form.edited.connect(self._keep)
        for name in ("text", "options"):
            edit = self.form.field(name).control
            assert isinstance(edit, _Entry)
            edit.done.connect(self._done_options if name == "options" else self._done_text)

    def _go_to_text(self) -> None:
        self.form.field("text").setFocus()

    def _done_text(self) -> None:
        self.form.field("options").setFocus()

    def _done_options(self) -> None:
        self.go_on()

    def _move(self, by: int) -> None:
        to = self._at + by
        if 0 <= to < len(self._questions):
            moved = self._questions.pop(self._at)
            self._questions.insert(to, moved)
            self._at = to
            self._changed()

    def _go_to(self, at: int) -> None:
        if 0 <= at < len(self._questions):
            self._at = at
            self._show()
            self._drawer.start()

    def _changed(self) -> None:
        self._show()
        self._hand_on()

    def _hand_on(self) -> None:
        self._take(self._questions)
        self._drawer.start()

    def _show(self) -> None:
        """Show the questions, and the one one is at in the form."""
        self.list.show_questions(self._questions, self._at)
        self._heading.setText(f"第{self._at + 1}题")
        question = self._questions[self._at]
        self.form.set_values({"text": question["text"], "options": question["options"]})
        _to_end(self.form.field("text"))
        self.form.field("ask").set_value(Ask(question["ask"] or Ask.ONE.value))
        self.form.field("most").set_value(question.get("most") or 0)
        self._fit()

    def _fit(self) -> None:
        """Ask how many only where several may be ticked; moving has an end."""
        is_several = self._questions[self._at]["ask"] == Ask.SEVERAL.value
        self.form.field("most").setEnabled(is_several)
        self.up_button.setEnabled(self._at > 0)
        self.down_button.setEnabled(self._at + 1 < len(self._questions))

    def _keep(self) -> None:
        values: Mapping[str, Any] = self.form.values()  # Any: as `Question`
        self._questions[self._at] = {
            **values,
            "ask": values["ask"].value,
            "most": values["most"] if values["ask"] is Ask.SEVERAL else 0,
        }
        self.list.show_changed(self._at, self._questions[self._at])
        self._fit()
        self._hand_on()
