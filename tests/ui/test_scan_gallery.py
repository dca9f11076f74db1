"""抽查画廊: the palest marks and the darkest empty boxes stand in front."""

import pytest
from PySide6.QtCore import Qt

from deputydesk.operations import scan_pages, scan_runs
from deputydesk.ui.scan_gallery import HINT, NONE, GalleryView
from tests.operations import scan_world as world
from tests.operations.scan_world import MOSTLY, NO, YES
from tests.ui import hands, papers_back
from tests.ui.everywhere import settle


@pytest.fixture
def run_id(office):
    return papers_back.run(office)[0]


@pytest.fixture
def view(desk, qtbot):
    made = GalleryView(desk)
    qtbot.addWidget(made)
    made.resize(1100, 600)
    made.show()
    made.activateWindow()
    return made


def show(view, desk, run_id):
    view.show_run(desk.ask(scan_runs.one, run_id), desk.ask(scan_pages.pages, run_id))
    settle()


def texts(view):
    role = Qt.ItemDataRole.AccessibleTextRole
    model = view.model
    return [model.data(model.index(n), role) for n in range(model.rowCount())]


def test_marks_come_the_palest_first_and_empty_boxes_the_darkest_first(office, desk, run_id, view):
    papers_back.read_in(
        office,
        run_id,
        papers_back.page(office, YES, MOSTLY, ink=9.0),
        papers_back.page(office, NO, f"?{YES}", ink=1.5, digest="b"),
    )
    show(view, desk, run_id)
    assert view.state.text() == HINT
    assert texts(view) == ["丁海，不满意", "丁海，满意", "于海，基本满意"]

    view.kind.group.button(1).setChecked(True)
    settle()

    assert len(texts(view)) == 9
    assert texts(view)[0].endswith("不了解")
    pictures = [
        view.model.data(view.model.index(n), Qt.ItemDataRole.DecorationRole) for n in range(9)
    ]
    assert not any(picture.isNull() for picture in pictures)


def test_enter_asks_for_the_row_again(office, desk, run_id, view, qtbot):
    papers_back.read_in(office, run_id, papers_back.page(office, YES, MOSTLY))
    show(view, desk, run_id)
    [page] = desk.ask(scan_pages.pages, run_id)
    hands.press(view.list, Qt.Key.Key_Right)

    with qtbot.waitSignal(view.reopened) as asked:
        hands.press(view.list, Qt.Key.Key_Return)

    assert asked.args == [(page.id, 1)]


def test_without_pages_there_is_nothing_to_look_over(desk, run_id, view):
    show(view, desk, run_id)
    assert view.state.text() == NONE
    view.show_run(None, ())

    assert texts(view) == []


def test_pages_without_places_or_pictures_are_left_out(office, desk, run_id, view):
    world.read_in(office, run_id, world.page(YES, NO))

    show(view, desk, run_id)

    assert texts(view) == []
