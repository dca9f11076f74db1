"""The list of what was done, and undoing back to one of it."""

import pytest
from PySide6.QtCore import Qt

from deputydesk.errors import UserError
from deputydesk.office import User
from deputydesk.operations import deputies, scan_runs
from deputydesk.ui.dialogs.deeds import DeedsDialog
from deputydesk.ui.main_window import MainWindow
from tests import make
from tests.operations import scan_world as world
from tests.ui.hands import press, shortcut


@pytest.fixture
def window(desk, office, parent, qtbot):
    """The list, after three deputies were entered."""
    for name in ("王伟", "李娜", "张强"):
        make.deputy(office, name=name)
    made = DeedsDialog(parent, desk)
    qtbot.addWidget(made)
    made.open()
    return made


def listed(window):
    rows = window.table.rows
    return [(rows.columns[2].text(row), row.state) for row in rows.rows()]


def names(desk):
    return sorted(row.name for row in desk.ask(deputies.rows))


def test_the_newest_stands_first_by_its_name(window):
    assert listed(window)[:3] == [
        ("登记代表（张强）", ""),
        ("登记代表（李娜）", ""),
        ("登记代表（王伟）", ""),
    ]


def test_everything_back_to_the_chosen_step_is_undone(desk, window):
    window.table.select(window.table.rows.row(1).id)
    assert window.undo_to.text() == "连同后面的共 2 步"

    window.undo_to.click()

    assert names(desk) == ["王伟"]
    assert [state for _, state in listed(window)][:3] == ["已撤销", "已撤销", ""]
    assert not window.undo_to.isEnabled()


def test_one_step_in_the_middle_is_undone_and_the_later_ones_stay(desk, window):
    window.table.select(window.table.rows.row(1).id)

    press(window.table, Qt.Key.Key_Return)

    assert names(desk) == ["张强", "王伟"]
    assert [state for _, state in listed(window)][:3] == ["", "已撤销", ""]
    assert not window.undo_one.isEnabled()
    press(window.table, Qt.Key.Key_Return)
    assert names(desk) == ["张强", "王伟"]


def test_one_step_that_later_ones_build_upon_says_why_it_is_not_undone(
    desk, office, window, shown_errors
):
    earlier = window.table.rows.row(0).id
    person = next(row for row in desk.ask(deputies.rows) if row.name == "张强")
    make.visit(office, make.home(office), person.id)
    window.table.select(earlier)

    with pytest.raises(UserError, match="“登记代表”之后的“.*”用到了它"):
        office.undo(int(earlier))
    assert "张强" in names(desk)


def test_what_was_undone_is_done_again_and_listed(desk, window):
    window.undo_one.click()
    assert names(desk) == ["李娜", "王伟"]

    window.redo.click()

    assert names(desk) == ["张强", "李娜", "王伟"]
    assert listed(window)[0] == ("重做：登记代表（张强）", "")
    assert not window.redo.isEnabled()


def test_what_another_did_is_not_undone_by_me(desk, office, window):
    office.user = User("李强")
    make.deputy(office, name="赵敏")

    assert [state for _, state in listed(window)][:2] == ["", "别人做的"]
    window.table.select(window.table.rows.row(2).id)
    window.undo_one.click()
    assert len(names(desk)) == 4


def test_undoing_says_on_which_page_it_shows(desk, window, qtbot):
    with qtbot.waitSignal(desk.said) as said:
        desk.undo()
    assert said.args == ["已撤销：登记代表（张强），在“代表”页"]

    with qtbot.waitSignal(desk.said) as said:
        desk.redo()
    assert said.args == ["已重做：登记代表（张强），在“代表”页"]


def test_the_bar_at_the_top_opens_the_list(desk, office, qtbot):
    made = MainWindow(desk)
    qtbot.addWidget(made)
    made.show()

    made.top.deeds.click()

    [shown] = made.findChildren(DeedsDialog)
    assert shown.isVisible()
    shown.close()


@pytest.mark.parametrize(
    ("key", "held"),
    [
        (Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier),
        (
            Qt.Key.Key_Z,
            Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
        ),
    ],
)
def test_the_keys_of_the_main_window_redo_here_too(desk, window, qtbot, key, held):
    qtbot.waitUntil(window.isActiveWindow)
    desk.undo()
    assert names(desk) == ["李娜", "王伟"]

    shortcut(window, key, held)

    assert names(desk) == ["张强", "李娜", "王伟"]


def test_what_was_done_for_good_is_listed_and_passed_over(desk, office, window):
    world.run(office)
    run_id = world.run(office, code="ANOTHER2")[0]
    office.do(scan_runs.set_two_people, run_id=run_id, two_people=True)
    window.table.selectRow(0)

    assert listed(window)[0] == ("设置两人确认（述职测评会）", "不能撤销")
    assert not window.undo_one.isEnabled()
    assert desk.undoable() == "设置两人确认（述职测评会），不能撤销"
    window.table.selectRow(1)
    assert window.undo_one.isEnabled()
