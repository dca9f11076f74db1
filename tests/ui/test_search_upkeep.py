"""A search that would not find everything is put right by itself, when the window is at rest."""

import pytest
from PySide6.QtWidgets import QWidget

from deputydesk.operations import search
from deputydesk.search import index
from deputydesk.ui import search_upkeep, tasks
from tests import make


@pytest.fixture
def window(qtbot):
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.fixture(autouse=True)
def at_once(monkeypatch):
    monkeypatch.setattr(search_upkeep, "AFTER_MS", 0)


def lose(office):
    """The index is gone, as after a file was repaired with another tool."""
    with office.data.engine.begin() as connection:
        connection.exec_driver_sql("delete from search_doc")


def test_a_lost_index_is_made_anew_and_said(desk, window, qtbot):
    make.deputy(desk.office, name="王伟")
    lose(desk.office)
    said = []
    desk.said.connect(said.append)

    search_upkeep.look_later(window, desk)
    qtbot.waitUntil(lambda: bool(said))

    assert said[-1].startswith("搜索索引已整理，共")
    assert not desk.ask(index.is_behind)
    assert [hit.title for hit in desk.ask(search.find, "王伟")] == ["王伟"]


def test_a_whole_index_is_left_alone(desk, window, qtbot):
    make.deputy(desk.office, name="王伟")
    said = []
    desk.said.connect(said.append)

    search_upkeep.look_later(window, desk)
    qtbot.wait(50)

    assert said == []
    assert not tasks.is_running()


def test_it_waits_while_other_work_is_done(desk, window, qtbot, monkeypatch):
    lose(desk.office)
    busy = [True, True, False]
    monkeypatch.setattr(tasks, "is_running", lambda: busy.pop(0) if busy else False)
    make.deputy(desk.office, name="王伟")

    search_upkeep.look_later(window, desk)

    qtbot.waitUntil(lambda: not desk.ask(index.is_behind))
