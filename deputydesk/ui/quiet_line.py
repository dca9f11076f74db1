"""A quiet sentence below a field with a button that Tab passes by: what may be of use here."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from deputydesk.ui.parts import Yielding, button, label


class QuietLine(QWidget):
    """Hidden until there is something to say.

    Args:
        words: of the button.
        key: presses the button while it is in sight; Tab goes on to what is to be filled in.
        wraps: the sentence goes on in further lines; otherwise it is cut, and whole in its tooltip.
    """

    def __init__(self, words: str, key: str, *, wraps: bool = False) -> None:
        super().__init__()
        self.text: QLabel = label("", "faint") if wraps else Yielding(kind="faint")
        self.text.setWordWrap(wraps)
        self.button = button(words)
        self.button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.button.setToolTip(f"{words}（{key}）")
        keys = {key, key.replace("Enter", "Return")}  # Qt's Enter is the number pad's
        self._shortcuts = [QShortcut(QKeySequence(each), self) for each in keys]
        for shortcut in self._shortcuts:
            shortcut.activated.connect(self._press)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.text, 1)
        row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignTop)
        self.hide()

    def hear_within(self, scope: QWidget) -> None:
        """Hear the key only while the focus is there: others in the window have the same one."""
        for shortcut in self._shortcuts:
            shortcut.setParent(scope)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def _press(self) -> None:
        if self.isVisible() and self.button.isVisible():
            self.button.click()
