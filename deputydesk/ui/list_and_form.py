"""A list at the left and the form of one record at the right, each on a card."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSplitter, QVBoxLayout

from deputydesk.ui import style

WIDE, NARROW = 1250, 900
"""Standard pixels of the whole from which the form is broad, or of middle width."""
LEAST = 330
"""Standard pixels of the form where room is scarce."""


class ListAndForm(QSplitter):
    """Two cards side by side; the one made first, the list, takes what room there is."""

    def __init__(self) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.setHandleWidth(style.px(11))
        self.setChildrenCollapsible(False)

    def add_card(self) -> tuple[QFrame, QVBoxLayout]:
        """Add a card; what stands on it goes into the column."""
        frame = QFrame()
        frame.setObjectName("card")
        self.addWidget(frame)
        column = QVBoxLayout(frame)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        return frame, column

    def add_form_card(self, heading: QLabel, note: QLabel) -> QVBoxLayout:
        """Add the card of the form, with its heading and a faint note at the right."""
        frame, column = self.add_card()
        frame.setMinimumWidth(style.px(LEAST))
        head = QHBoxLayout()
        head.setContentsMargins(style.px(16), style.px(11), style.px(14), 0)
        head.addWidget(heading)
        head.addStretch(1)
        head.addWidget(note)
        column.addLayout(head)
        return column

    def share(self, width: int, *, middle: int) -> None:
        """Share the width; `middle` is the form's where there is neither much room nor little."""
        room = width / style.scale()
        form = style.px(440 if room > WIDE else middle if room > NARROW else LEAST)
        self.setSizes([max(0, width - form), form])
