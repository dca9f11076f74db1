"""What tests of dialogs have in common: a window that they stand before."""

import pytest
from PySide6.QtWidgets import QDialog, QWidget


@pytest.fixture
def parent(qtbot):
    """The window behind; dialogs that a test left open are closed with it."""
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    yield made
    for dialog in made.findChildren(QDialog):
        dialog.close()
