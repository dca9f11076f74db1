"""The program ends as it should: no thread of a list is left, no picture outlives its window."""

import os
import subprocess
import sys
from threading import Event

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from shiboken6 import isValid

from deputydesk.ui import arranging, cells, farewell, icons, style
from tests import make

CLOSED_SOON = """
import os
import sys
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QWidget
from deputydesk import app

ready = app.Start._ready

def then(start):
    ready(start)
    window = start._window
    for page in ("visits", "deputies", "suggestions", "visits"):
        if window.go(page) is None:
            os._exit(3)
        for table in window.findChildren(QWidget):
            if hasattr(table, "sortByColumn") and table.isVisible():
                table.sortByColumn(1, Qt.SortOrder.DescendingOrder)
    QTimer.singleShot(0, window.close)

app.Start._ready = then
sys.exit(app.run(["--data", sys.argv[1]]))
"""


def test_the_work_of_a_list_ends_before_its_data_is_closed():
    begun, may_go_on, ended = Event(), Event(), Event()

    def steps():
        begun.set()
        may_go_on.wait(60)
        yield None
        ended.set()  # never: it was dropped before

    arranger = arranging.Arranger(steps())
    assert begun.wait(60)
    arranger.drop()
    may_go_on.set()

    arranging.end_all()

    assert not arranger._thread.is_alive()
    assert not ended.is_set()


def test_pictures_are_let_go_of(look):
    cells.pill("办结", style.Tone.GREEN, "light", 1.0, 1.0)
    icons.pixmap("landmark", "#123456", 18)

    farewell.forget_pictures()

    assert cells.pill.cache_info().currsize == 0
    assert icons._shown == {}


def test_windows_go_while_there_is_an_application(look, monkeypatch):
    window, label = QWidget(), QLabel("没有放进窗口")
    inside = QLabel("里面", window)
    window.show()
    monkeypatch.setattr(QApplication, "topLevelWidgets", lambda: [window, inside, label])

    farewell.let_go_of_windows()

    assert [isValid(widget) for widget in (window, label, inside)] == [False, False, False]


@pytest.mark.timeout(600)
def test_the_program_ends_without_a_fault_each_time(demo_file, tmp_path):
    copied = make.copied_office(demo_file, tmp_path / "demo")
    data = copied.data.path
    copied.close()
    told = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONFAULTHANDLER": "1"}
    for _ in range(5):
        ended = subprocess.run(
            [sys.executable, "-c", CLOSED_SOON, str(data)],
            env=told,
            capture_output=True,
            text=True,
            timeout=110,
            check=False,
        )
        assert ended.returncode == 0, ended.stderr
