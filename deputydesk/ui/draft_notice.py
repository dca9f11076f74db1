"""The line above a form that offers what was typed and not saved."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout

from deputydesk.ui import style
from deputydesk.ui.parts import button, label


class DraftNotice(QFrame):
    """Offers what was typed and not saved."""

    restored = Signal()
    dropped = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("notice")
        row = QHBoxLayout(self)
        row.setContentsMargins(style.px(12), 4, 4, 4)
        self._text = label("")
        self._text.setWordWrap(True)
        row.addWidget(self._text, 1)
        for text, signal in (("恢复", self.restored), ("丢弃", self.dropped)):
            made = button(text)
            made.clicked.connect(signal)
            row.addWidget(made)
        self.hide()

    def text(self) -> str:
        """What is said."""
        return self._text.text()

    def offer(self, when: str) -> None:
        """Offer what was typed at that time; empty: nothing to offer."""
        self._text.setText(f"{when}有没保存的内容")
        self.setVisible(bool(when))
