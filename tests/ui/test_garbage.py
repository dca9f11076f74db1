import gc
import threading
import weakref
from datetime import datetime

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from deputydesk.ui import style
from deputydesk.ui.desk import Desk
from deputydesk.ui.garbage import Collector


@pytest.fixture
def collector(qapp):
    owner = QObject()
    made = Collector(owner)
    yield made
    made.stop()


class Knot(QWidget):
    """A widget that a cycle keeps alive."""

    def __init__(self):
        super().__init__()
        self.myself = self


def test_a_worker_never_collects_a_widget_the_window_does(collector):
    knot = weakref.ref(Knot())
    kept = []

    worker = threading.Thread(target=lambda: kept.extend([] for _ in range(200_000)))
    worker.start()
    worker.join()
    assert knot() is not None

    for _ in range(1_000):  # enough to reach the oldest generation, wherever the widget is by now
        kept.append([[] for _ in range(1_000)])
        collector.collect()
        if knot() is None:
            break
    assert knot() is None
    assert not gc.isenabled()


def test_nothing_is_looked_through_before_the_office_has_arrived(collector, tmp_path):
    desk = Desk(tmp_path, datetime.now)
    desk.arrived.connect(collector.start)
    assert not collector._timer.isActive()

    desk.arrived.emit()

    assert collector._timer.isActive()


def test_the_automatic_collector_comes_back(collector):
    collector.stop()

    assert gc.isenabled()


class Watching(QWidget):
    """A widget that notes whether Python may collect while it is given another look."""

    def __init__(self):
        super().__init__()
        self.seen = set()

    @override
    def changeEvent(self, event):
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.seen.add(gc.isenabled())


def test_no_widget_is_collected_while_the_look_changes(qapp, qtbot):
    watching = Watching()
    qtbot.addWidget(watching)
    watching.show()

    style.apply(qapp, style.DARK, 1.0)
    style.apply(qapp, style.LIGHT, 1.0)

    assert watching.seen == {False}
    assert gc.isenabled()
