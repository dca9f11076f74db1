import gc
import threading
import weakref

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

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


def test_a_worker_never_collects_a_widget_the_window_does(collector, qtbot):
    knot = weakref.ref(Knot())

    def fill():
        for _ in range(200_000):
            [].append([])

    worker = threading.Thread(target=fill)
    worker.start()
    worker.join()
    assert knot() is not None

    def collected():
        collector.collect()
        litter = [[] for _ in range(2_000)]
        return litter and knot() is None

    qtbot.waitUntil(collected)
    assert not gc.isenabled()


def test_the_automatic_collector_comes_back(collector):
    collector.stop()

    assert gc.isenabled()
