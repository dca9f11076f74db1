"""Windows open as large as the text needs, and never larger than the screen."""

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

from deputydesk.ui import style
from deputydesk.ui.dialogs.point_scheme import SchemeDialog
from deputydesk.ui.dialogs.rota_import import RotaImportDialog
from deputydesk.ui.dialogs.rule_editor import edit_rule
from deputydesk.ui.room import sized


@pytest.fixture
def parent(qapp, qtbot):
    """A window with the largest text; the standard one again afterwards."""
    style.apply(qapp, style.LIGHT, 1.5)
    made = QWidget()
    qtbot.addWidget(made)
    yield made
    style.apply(qapp, style.LIGHT, 1.0)


def test_a_small_window_grows_with_the_text_and_a_large_one_ends_at_the_screen(parent):
    room = parent.screen().availableGeometry()

    assert sized(parent, 200, 100) == QSize(300, 150)
    assert sized(parent, 5000, 5000).height() < room.height()
    assert sized(parent, 5000, 5000).width() < room.width()


@pytest.mark.parametrize(
    "opened",
    [
        lambda parent, desk: edit_rule(parent, desk, "deadlines"),
        lambda parent, desk: SchemeDialog(parent, desk, None),
        RotaImportDialog,
    ],
    ids=["rule", "points", "rota"],
)
def test_with_the_largest_text_a_window_with_its_buttons_fits_on_the_screen(
    parent, desk, qtbot, opened
):
    dialog = opened(parent, desk)
    dialog.show()
    qtbot.waitUntil(dialog.isVisible)
    room = dialog.screen().availableGeometry()

    assert dialog.height() <= room.height()
    assert dialog.width() <= room.width() or dialog.minimumSizeHint().width() > room.width()
    dialog.reject()
