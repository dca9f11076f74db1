"""The registers of commendations and of talks."""

from datetime import date

import pytest
from PySide6.QtWidgets import QApplication

from deputydesk.operations import cautions, honours
from deputydesk.rules.caution_flow import CautionState
from deputydesk.ui.form import FormDialog
from deputydesk.ui.register_view import RegisterView
from deputydesk.ui.registers.cautions import CAUTIONS
from deputydesk.ui.registers.honours import HONOURS
from tests import make


@pytest.fixture
def deputy(office):
    return make.deputy(office)


def shown(desk, register, qtbot):
    made = RegisterView(desk, register)
    qtbot.addWidget(made)
    desk.changed.connect(made.refresh)
    made.resize(1190, 640)
    made.show()
    made.refresh()
    return made


def save(**values):
    found = [w for w in QApplication.topLevelWidgets() if isinstance(w, FormDialog)]
    form = next(w for w in found if w.isVisible()).form
    form.set_values(values)
    form.save_next.emit()


def press(view, text):
    next(made for move, made in view.moves.move_buttons if move.text == text).click()


def test_commendations_are_registered_one_after_the_other(desk, deputy, qtbot):
    view = shown(desk, HONOURS, qtbot)
    view.form.set_values({"mandate_id": deputy, "name": "优秀代表", "giver": "区人大常委会"})

    view.form.save_next.emit()

    [row] = desk.ask(honours.rows)
    assert (row.deputy, row.given_on) == ("王伟", make.TODAY)
    assert view.form.field("name").value() == "优秀代表"
    assert HONOURS.columns[1].text(row) == "王伟"


def test_a_talk_goes_its_way_in_the_register(desk, deputy, qtbot):
    view = shown(desk, CAUTIONS, qtbot)
    assert (view.form.field("year").value(), view.form.field("quarter").value()) == (2026, 3)
    view.form.set_values({"mandate_id": deputy, "trigger": "积分末位"})
    view.form.save_next.emit()
    [row] = desk.ask(cautions.rows)
    view.show_record(row.id)

    for move, values in (
        ("通知代表", {}),
        (
            "记录谈话",
            {"talker": "苏和", "second_talker": "张丽", "content": "了解原因", "signed": True},
        ),
        ("跟踪归档", {"follow_up": "已进家"}),
    ):
        step = next(m for m in CAUTIONS.moves if m.text == move)
        assert step.when(desk.ask(cautions.rows)[0])
        press(view, move)
        save(**values)

    [row] = desk.ask(cautions.rows)
    assert (row.state, row.held_on, row.follow_up_due_on) == (
        CautionState.FOLLOWED,
        make.TODAY,
        date(2027, 3, 31),
    )
    assert CAUTIONS.columns[0].text(row) == "2026年第三季度"
    assert not CAUTIONS.filters[0].holds(row, make.TODAY)
