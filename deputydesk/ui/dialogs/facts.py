"""Cards that say what is written down: short facts in two columns, and longer texts."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from deputydesk.ui import style
from deputydesk.ui.parts import card, label

TOP = Qt.AlignmentFlag.AlignTop
WIDE = 15
"""Characters of a fact that need the whole width of the card."""
SHORT = 8
"""Characters of a name that stands beside its text."""

Fact = tuple[str, str]
"""A name and what is written there; empty ones are left out."""


def wrapped(text: str, kind: str = "") -> QLabel:
    """A text of several lines, which can be marked and copied."""
    made = label(text, kind)
    made.setWordWrap(True)
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return made


def facts_card(title: str, facts: Sequence[Fact], note: str = "") -> QWidget:
    """A card of short facts, two beside each other; a long one takes the whole width."""
    frame, inside = card(title, note)
    grid = _grid()
    grid.setColumnStretch(3, 1)
    row, column = 0, 0
    for name, said in facts:
        if not said:
            continue
        is_wide = len(said) > WIDE
        if is_wide and column:
            row, column = row + 1, 0
        grid.addWidget(label(name, "sub"), row, column, TOP)
        grid.addWidget(wrapped(said), row, column + 1, 1, 3 if is_wide else 1, TOP)
        row, column = (row + 1, 0) if is_wide or column else (row, 2)
    inside.addLayout(grid)
    return frame


def texts_card(title: str, texts: Sequence[Fact], note: str = "") -> QWidget:
    """A card of texts: beside a short name, below a long one, in grey without one."""
    frame, inside = card(title, note)
    grid = _grid()
    row = 0
    for name, said in texts:
        if not said:
            continue
        if len(name) > SHORT:
            grid.addWidget(label(name, "sub"), row, 0, 1, 2, TOP)
            row += 1
        elif name:
            grid.addWidget(label(name, "sub"), row, 0, TOP)
        is_below = not name or len(name) > SHORT
        text = wrapped(said, "" if name else "faint")
        grid.addWidget(text, row, 0 if is_below else 1, 1, 2 if is_below else 1, TOP)
        row += 1
    inside.addLayout(grid)
    return frame


def _grid() -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(style.px(10))
    grid.setVerticalSpacing(style.px(6))
    grid.setColumnStretch(1, 1)
    return grid
