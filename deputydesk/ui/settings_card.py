"""What the cards of settings have in common: the white field, its heading, rows of buttons."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from deputydesk.ui import style
from deputydesk.ui.desk import Desk
from deputydesk.ui.flow import Flow
from deputydesk.ui.parts import Button, card


class SettingsCard(QWidget):
    """A card of the settings; its contents go into `inside`.

    Args:
        desk: the desk.
        title: the heading.
        note: small text at the right of it.
    """

    def __init__(self, desk: Desk, title: str, note: str) -> None:
        super().__init__()
        self.setObjectName("clear")
        self._desk = desk
        frame, self.inside = card(title, note)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(frame)

    def add_buttons(self, *buttons: Button) -> None:
        """Put buttons side by side below what is there, in as many lines as they need."""
        made = QWidget()
        line = Flow(made, style.px(8), fills=False)
        line.setContentsMargins(0, 0, 0, 0)
        for each in buttons:
            line.addWidget(each)
        self.inside.addWidget(made)
