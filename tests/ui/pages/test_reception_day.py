"""A long day at the homes: twenty receptions with sixty opinions, typed without the mouse."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from deputydesk.operations import opinions, receptions, visits
from deputydesk.ui.pages.visits import VisitsPage
from tests import make
from tests.ui.hands import press, press_ctrl, shortcut, show_page, write

RECEPTIONS, OPINIONS = 20, 3
PEOPLE = ("王伟", "李娜", "巴特尔·乌云")
MATTERS = ("路灯不亮", "自来水浑浊", "村道塌陷", "暖气不热", "垃圾没人清运")


@pytest.fixture
def page(desk, office, qtbot):
    home = make.home(office)
    for name in PEOPLE:
        make.deputy(office, name=name, home_id=home)
    made = VisitsPage(desk)
    show_page(made, desk, qtbot)
    return made


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget
    return widget


def enter_until(name: str) -> None:
    """Press Enter until the field of this name has the focus, as a clerk skips what is right."""
    for _ in range(12):
        if focused().accessibleName() == name:
            return
        press(focused(), Qt.Key.Key_Return)
    pytest.fail(f"Enter does not lead to {name}, but to {focused().accessibleName()}")


def register_one(number: int) -> None:
    if number == 0:  # typing begins at the deputies, who stay for the rest of the batch
        write(focused(), "ww")
        press(focused(), Qt.Key.Key_Return)
    enter_until("接待人次")
    write(focused(), str(OPINIONS))
    for said in range(OPINIONS):
        label = f"意见{said + 1} " if said else ""
        if said:
            shortcut(focused(), Qt.Key.Key_N, CTRL_SHIFT)
        enter_until(f"{label}选民姓名")
        write(focused(), f"选民{number}-{said}")
        enter_until(f"{label}反映事项")
        write(focused(), f"{MATTERS[(number + said) % len(MATTERS)]}（{number}-{said}）")
    press_ctrl(focused(), Qt.Key.Key_Return)


CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


def test_twenty_receptions_with_sixty_opinions_by_keyboard_only(page, desk):
    page.start_new()

    for number in range(RECEPTIONS):
        register_one(number)

    rows = desk.ask(visits.rows)
    heard = desk.ask(opinions.rows, today=desk.today)
    assert len(rows) == RECEPTIONS
    assert {row.deputies for row in rows} == {("王伟",)}
    assert {row.received for row in rows} == {OPINIONS}
    assert len({row.matter for row in heard}) == RECEPTIONS * OPINIONS
    last = desk.ask(receptions.heard, rows[0].id)
    assert [said.voter_name for said in last] == [f"选民19-{n}" for n in range(OPINIONS)]
    assert page.table.rows.rowCount() == RECEPTIONS
    for _ in range(RECEPTIONS):
        desk.undo()
    assert desk.ask(opinions.rows, today=desk.today) == []
