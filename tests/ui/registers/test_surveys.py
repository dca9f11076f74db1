"""问卷: questions from their window, papers and the result from the row, counts typed over."""

import pytest
from PySide6.QtWidgets import QApplication

from deputydesk.operations import surveys
from deputydesk.ui.form import FormDialog
from deputydesk.ui.registers.surveys import SURVEYS
from deputydesk.ui.registers_page import RegistersPage
from tests import make
from tests.ui.hands import write


class SurveysPage(RegistersPage):
    title = "代表活动"
    registers = (SURVEYS,)


@pytest.fixture
def page(desk, qtbot):
    made = SurveysPage(desk)
    qtbot.addWidget(made)
    desk.changed.connect(made.refresh)
    made.resize(1190, 690)
    made.show()
    qtbot.waitExposed(made)
    made.read_again()
    return made


@pytest.fixture
def view(page):
    return page.view


def survey(office):
    asked = ({"ask": "one", "text": "走多久", "options": ["十分钟", "半小时"]},)
    return office.do(surveys.save, headline="民生问卷", held_on=make.TODAY, questions=asked)


def test_questions_that_were_written_are_saved_and_shown_again(view, office):
    view.form.start(held_on=make.TODAY)
    write(view.form.field("headline").control, "民生问卷")
    asked = (
        {"ask": "several", "text": "最盼什么", "options": ["路", "水", "电"], "most": 2},
        {"ask": "grade", "text": "总体怎样", "options": [], "most": 0},
    )
    view.form.field("questions").take(asked)

    view.form.save_next.emit()

    [row] = office.ask(surveys.rows)
    assert [asked.text for asked in row.asked] == ["最盼什么", "总体怎样"]
    view.table.select(row.id)
    assert view.form.field("questions").value() == row.questions


def test_what_was_counted_by_hand_is_typed_over(view, office):
    made = survey(office)
    view.table.select(made)
    next(b for move, b in view.moves.move_buttons if move.text == "录入统计").click()
    shown = next(
        w for w in QApplication.topLevelWidgets() if isinstance(w, FormDialog) and w.isVisible()
    )
    assert shown.form.field("tally").value() == "1. 走多久：十分钟 0、半小时 0、不了解 0"
    shown.form.set_values({"issued": 4, "returned": 3, "invalid": 0})
    shown.form.field("tally").set_value("1. 走多久：十分钟 2、半小时 1、不了解 0")

    shown.save()

    row = office.ask(surveys.one, made)
    assert row.counts == {"q1": {"a": 2, "b": 1, "none": 0}}
