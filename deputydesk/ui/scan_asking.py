"""What a row says, asked by keys: 1 to 9 the column, 0 blank, X void, Space as suggested."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from deputydesk.exchange import scan_cuts, scan_pictures
from deputydesk.operations.scan_pages import PageShown, RowShown
from deputydesk.operations.scan_runs import RunRow
from deputydesk.rules.scan_plan import BLANK, VOID, Question
from deputydesk.scan.reasons import Doubt
from deputydesk.ui import style
from deputydesk.ui.desk import Desk
from deputydesk.ui.flow import Flow
from deputydesk.ui.parts import Yielding, emptied, label
from deputydesk.ui.scan_strip import RowStrip

BLANK_WORDS, VOID_WORDS = "空白／弃权", "无效"
OTHER_DOUBT = "另一版程序有疑问，这一版说不出是什么，请照票面认定。"
_KNOWN = frozenset(doubt.value for doubt in Doubt)
_AT_HAND = 8


def keys_of(question: Question) -> dict[str, tuple[str, str]]:
    """By key, the answer and its words."""
    columns = {
        str(number): (option.id, option.label)
        for number, option in enumerate(question.options, start=1)
    }
    return columns | {"0": (BLANK, BLANK_WORDS), "X": (VOID, VOID_WORDS)}


def reasons(row: RowShown) -> str:
    """Why a person is asked, in plain words."""
    said = "".join(dict.fromkeys(map(_words, row.read.doubts)))
    if row.differs:
        said = f"两人认定不一致。{said}"
    if row.others:
        others = "、".join(row.question.words(other) if other else "待确认" for other in row.others)
        said = f"另一版读票程序读作“{others}”。{said}"
    return said or "读票没有疑问，由人再看一次。"


def _words(code: str) -> str:
    """What a doubt says; another version of the program may have had others."""
    return Doubt(code).words if code in _KNOWN else OTHER_DOUBT


class AnswerButton(QPushButton):
    """An answer and its key."""

    asked = Signal(str)

    def __init__(self, key: str, answer: str, words: str) -> None:
        super().__init__(f"{key}  {words}")
        self._answer = answer
        self.setAutoDefault(False)
        self.setAccessibleName(words)
        self.setToolTip(f"{words}（{key}）")
        self.clicked.connect(self._ask)

    def _ask(self) -> None:
        self.asked.emit(self._answer)


class Asking(QWidget):
    """One row: whose it is, its picture, why it is asked, and the answers.

    Args:
        desk: the desk.
        suggests: whether the reader's suggestion is shown and taken by Space.
    """

    answered = Signal(str)
    """What the person says."""
    whole_wanted = Signal()
    """The person wants to see the whole page."""
    back_wanted = Signal()
    """The last answer was wrong."""

    def __init__(self, desk: Desk, *, suggests: bool) -> None:
        super().__init__()
        self._desk, self._suggests = desk, suggests
        self._row: RowShown | None = None
        self._asked: Question | None = None
        self._pictures: dict[str, QImage] = {}
        self.who = label("", "h1")
        self.why = label("", "sub")
        self.strip = RowStrip()
        self.suggestion = Yielding()
        self.buttons: list[AnswerButton] = []
        self._answers = QWidget()
        self._flow = Flow(self._answers, gap=7, fills=False)
        self._flow.setContentsMargins(0, 0, 0, 0)
        self.setFocusProxy(self.strip)
        self._lay_out()

    @property
    def row(self) -> RowShown | None:
        """The row that is asked; None where there is none."""
        return self._row

    def ask(self, run: RunRow, page: PageShown, row: RowShown) -> None:
        """Ask for a row of a page of a run."""
        self._row = row
        self.who.setText(row.question.name)
        self.why.setText(reasons(row) if self._suggests else "请照票面录入，不看读数。")
        suggestion = row.suggestion if self._suggests else ""
        words = row.question.words(suggestion) if suggestion else ""
        self.suggestion.setText(self._suggested(row, words))
        self._offer(row.question)
        said = "，".join(
            part for part in (row.question.name, self.why.text(), self.suggestion.text()) if part
        )
        options = [option.id for option in row.question.options]
        self.strip.show_row(
            self._picture(page),
            scan_cuts.sight(run, page),
            row.row,
            ring=options.index(suggestion) if suggestion in options else None,
            said=said,
        )

    def ask_nothing(self, sentence: str) -> None:
        """Say why no row is asked."""
        self._row = None
        for part in (self.who, self.why, self.suggestion):
            part.setText("")
        self._offer(None)
        self.strip.show_nothing(sentence)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if is_plain and self._suggests and event.key() == Qt.Key.Key_Backspace:
            self.back_wanted.emit()
        elif not is_plain or self._row is None or not self._take(event.text().upper(), self._row):
            super().keyPressEvent(event)

    def _take(self, typed: str, row: RowShown) -> bool:
        """Whether a letter says something here."""
        answers = keys_of(row.question)
        if typed in answers:
            self.answered.emit(answers[typed][0])
        elif typed == " " and self._suggests and row.suggestion:
            self.answered.emit(row.suggestion)
        elif typed == "Z" and self._suggests:
            self.whole_wanted.emit()
        else:
            return False
        return True

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(style.px(6))
        self.why.setWordWrap(True)
        for part in (self.who, self.why):
            column.addWidget(part)
        column.addWidget(self.strip, 1)
        column.addWidget(self.suggestion)
        column.addWidget(self._answers)

    def _suggested(self, row: RowShown, words: str) -> str:
        if not self._suggests:
            return ""
        if words:
            return f"读票建议：{words}，按空格采用"
        return "先由人认定，再显示读票建议" if row.read.suggested else "读票没有建议"

    def _offer(self, question: Question | None) -> None:
        options = question.options if question else None
        if options is not None and self._asked and self._asked.options == options:
            return
        self._asked = question
        emptied(self._flow)
        answers: Mapping[str, tuple[str, str]] = keys_of(question) if question else {}
        self.buttons = [AnswerButton(key, *said) for key, said in answers.items()]
        for made in self.buttons:
            made.asked.connect(self.answered)
            self._flow.addWidget(made)

    def _picture(self, page: PageShown) -> QImage:
        """The picture of a page; the last few stay at hand, for rows of one page come together."""
        if page.picture not in self._pictures:
            data = scan_pictures.picture(self._desk.office, page)
            while len(self._pictures) >= _AT_HAND:
                self._pictures.pop(next(iter(self._pictures)))
            self._pictures[page.picture] = QImage.fromData(data) if data else QImage()
        return self._pictures[page.picture]
