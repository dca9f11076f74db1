"""What the sign-in window is put together from: the line, the banner, the numbers."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout
from typing_extensions import override

from deputydesk.rules import qr_codes
from deputydesk.ui import style
from deputydesk.ui.choices import Candidate, matching
from deputydesk.ui.parts import label
from deputydesk.ui.pickers import Lookup, PickEdit
from deputydesk.ui.style import Tone


class ScanLine(PickEdit):
    """A line for a scanner and for names: digits offer nothing, so that no scan waits."""

    taken_back = Signal()
    """Ctrl+Z: here it means the last scan, not the last letter."""

    def __init__(self, lookup: Lookup) -> None:
        super().__init__(lookup, "代表")
        self.setPlaceholderText("扫代表卡，或输入姓名")
        self.setAccessibleName("扫码或输入姓名")

    @override
    def offer(self) -> None:
        text = self.text()
        if text[:1].isdigit() or qr_codes.looks_scanned(text) or qr_codes.is_card_line(text):
            self.list.hide()
        else:
            super().offer()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Undo):
            self.taken_back.emit()
        else:
            super().keyPressEvent(event)

    def meant_by(self, text: str) -> list[Candidate]:
        """Whom a typed name means: all of exactly this name, else all that fit."""
        found = matching(self.candidates(), text)
        return [c for c in found if c.name == text] or found


class SignBanner(QFrame):
    """What happened last: a word and a name that can be read from across the room."""

    changed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("card")
        self.setAccessibleName("签到结果")
        inside = QVBoxLayout(self)
        inside.setContentsMargins(style.px(20), style.px(16), style.px(20), style.px(16))
        self.word, self.name, self.sentence = QLabel(), QLabel(), QLabel()
        for part, size in ((self.word, 26), (self.name, 54), (self.sentence, 17)):
            part.setTextFormat(Qt.TextFormat.PlainText)
            part.setFont(style.font(size, bold=part is not self.sentence))
            part.setAlignment(Qt.AlignmentFlag.AlignCenter)
            part.setWordWrap(True)
        inside.addStretch(1)
        for part in (self.word, self.name, self.sentence):
            inside.addWidget(part)
        inside.addStretch(1)

    def say_ready(self) -> None:
        """Ask for the first card."""
        self.say("请扫码", "", "请代表依次扫代表卡。没有带卡的，输入姓名或拼音首字母。", Tone.GREY)

    def say(self, word: str, name: str, sentence: str, tone: Tone) -> None:
        """Show a word in the colours of its meaning, the name, and the sentence."""
        ink = style.ink(tone)
        self.word.setText(word)
        self.name.setText(name)
        self.name.setVisible(bool(name))
        self.sentence.setText(sentence)
        self.setProperty("tone", tone.value)
        self.setStyleSheet(f"#card {{ background: {ink.ground}; }} QLabel {{ color: {ink.text}; }}")
        self.setAccessibleDescription(sentence)
        self.changed.emit(sentence)


class SignCount(QFrame):
    """A word with a large number."""

    def __init__(self, word: str) -> None:
        super().__init__()
        self.setObjectName("card")
        self._word = word
        inside = QVBoxLayout(self)
        inside.setContentsMargins(style.px(12), style.px(6), style.px(12), style.px(6))
        inside.setSpacing(0)
        inside.addWidget(label(word, "sub"))
        self.number = QLabel("0")
        self.number.setFont(style.font(30, bold=True))
        inside.addWidget(self.number)

    def set_number(self, number: int) -> None:
        """Show a number."""
        self.number.setText(str(number))
        self.setAccessibleName(f"{self._word} {number}")
