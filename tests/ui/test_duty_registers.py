"""The registers of commendations and of talks."""

from datetime import date

import pytest
from PySide6.QtWidgets import QApplication

from deputydesk.operations import cautions, honours, work_reports
from deputydesk.rules.caution_flow import CautionState
from deputydesk.ui import messages
from deputydesk.ui.dialogs.preview import PreviewDialog
from deputydesk.ui.form import FormDialog
from deputydesk.ui.register_view import RegisterView
from deputydesk.ui.registers.cautions import CAUTIONS
from deputydesk.ui.registers.honours import HONOURS
from deputydesk.ui.registers.work_reports import WORK_REPORTS
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


def test_a_report_is_entered_printed_and_saved_as_word(desk, deputy, qtbot, tmp_path, monkeypatch):
    view = shown(desk, WORK_REPORTS, qtbot)
    assert view.form.field("last_on").value() == make.TODAY.replace(month=12, day=31)
    view.form.set_values({"mandate_id": deputy, "study": "学法。", "plans": "多走访。"})
    view.form.save_next.emit()
    [row] = desk.ask(work_reports.rows)
    assert [column.text(row) for column in WORK_REPORTS.columns][-1] == "2/6"
    printing, word = WORK_REPORTS.actions

    printing.run(view, desk, row)
    qtbot.waitUntil(lambda: any(d.isVisible() for d in view.window().findChildren(PreviewDialog)))
    view.window().findChildren(PreviewDialog)[0].reject()
    to = tmp_path / "述职.docx"
    monkeypatch.setattr(messages, "ask_file_to_save", lambda *_: to)
    with qtbot.waitSignal(desk.said):
        word.run(view, desk, row)

    assert to.is_file()


def test_no_word_file_is_written_where_nobody_said_where(desk, deputy, qtbot, monkeypatch):
    view = shown(desk, WORK_REPORTS, qtbot)
    view.form.set_values({"mandate_id": deputy})
    view.form.save_next.emit()
    monkeypatch.setattr(messages, "ask_file_to_save", lambda *_: None)

    WORK_REPORTS.actions[1].run(view, desk, desk.ask(work_reports.rows)[0])

    assert WORK_REPORTS.columns[3].text(desk.ask(work_reports.rows)[0]) == ""
