"""Windows open as large as the text needs, and never larger than the screen."""

import json
import os
import subprocess
import sys
from pathlib import Path

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


SCREEN = {"name": "old", "x": 0, "y": 0, "width": 1366, "dpr": 1}
"""That of an old laptop, of 768 lines."""
TASKBAR = 40
"""Lines at its lower edge that the system keeps for itself, enlarged like all else."""
SHOWN = """
import sys
from datetime import datetime
from pathlib import Path
from PySide6.QtWidgets import QApplication
from deputydesk.ui import restyling, style
from deputydesk.ui.desk import Desk
from deputydesk.ui.main_window import MainWindow
from deputydesk.ui.preferences import Preferences

app = QApplication(sys.argv)
kept = Preferences(scale=float(sys.argv[2]))
restyling.show(kept)
window = MainWindow(Desk(Path(sys.argv[1]), datetime.now, kept))
window.resize(window.screen().availableSize())
window.showMaximized()
app.processEvents()
room, frame = window.screen().availableGeometry(), window.frameGeometry()
fits = room.adjusted(-1, -1, 1, 1).contains(frame)  # a part of a pixel is rounded up
print(fits, style.scale(), room, frame, window.minimumSizeHint())
"""


@pytest.mark.parametrize(
    ("enlarged", "chosen", "shown"),
    [
        (1.0, 1.0, 1.0),
        (1.0, 1.5, 1.5),
        (1.25, 1.0, 1.0),
        (1.25, 1.5, 1.18),
        (1.5, 1.0, 0.97),
        (1.75, 1.0, 0.82),
        (1.75, 1.5, 0.82),
    ],
)
def test_where_the_system_enlarges_everything_the_window_fits_on_a_small_screen_all_the_same(
    tmp_path, enlarged, chosen, shown
):
    dots = {"logicalDpi": 96, "logicalBaseDpi": 96}
    screen = SCREEN | dots | {"height": round(768 - TASKBAR * enlarged)}
    (tmp_path / "screen.json").write_text(json.dumps({"screens": [screen]}), encoding="utf-8")
    told = subprocess.run(
        [sys.executable, "-c", SHOWN, str(tmp_path), str(chosen)],
        cwd=Path(__file__).parents[2],
        env=os.environ
        | {
            "QT_QPA_PLATFORM": f"offscreen:configfile={tmp_path / 'screen.json'}",
            "QT_SCALE_FACTOR": str(enlarged),
        },
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split(maxsplit=2)

    assert told[0] == "True", told
    assert float(told[1]) == pytest.approx(shown, abs=0.01)
