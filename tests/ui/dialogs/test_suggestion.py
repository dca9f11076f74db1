"""The window of a suggestion and the dialogs of its steps."""

import inspect
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from deputydesk.models import ScanRun
from deputydesk.operations import (
    assignments,
    extensions,
    feedbacks,
    reviews,
    suggestions,
    units,
)
from deputydesk.operations.suggestions import Detail
from deputydesk.rules.satisfaction import Satisfaction
from deputydesk.ui.dialogs import suggestion_entry
from deputydesk.ui.dialogs.steps import Asked, StepDialog, step_dialog
from deputydesk.ui.dialogs.suggestion import SuggestionDialog
from deputydesk.ui.dialogs.suggestion_steps import MAIN_WAY, SUGGESTION_STEPS
from deputydesk.ui.fields import Field
from deputydesk.ui.form import FormDialog
from tests import make
from tests.operations import named_world
from tests.operations.case import Case

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def show(desk, parent, qtbot):
    """Opens the window of a case."""

    def opened(case) -> SuggestionDialog:
        made = SuggestionDialog(parent, desk, case.id)
        made.open_at()
        made.activateWindow()
        qtbot.waitUntil(made.isActiveWindow)
        return made

    return opened


@pytest.fixture
def front(qtbot):
    """Waits for the dialog that a key of a window opens: a button is seen going down first."""

    def opened(window) -> FormDialog:
        qtbot.waitUntil(lambda: bool(_open_dialogs(window)))
        return _open_dialogs(window)[0]

    return opened


@pytest.fixture
def ask(desk, show, qtbot):
    """Opens the dialog of a step of a case."""

    def opened(case, operation) -> StepDialog[Detail]:
        row = next(s for s in case.detail.steps if s.operation == operation)
        made = step_dialog(show(case), desk, SUGGESTION_STEPS, case.detail, row, "第1号")
        made.activateWindow()
        qtbot.waitUntil(made.isActiveWindow)
        return made

    return opened


def _open_dialogs(window):
    return [d for d in window.findChildren(FormDialog) if d.isVisible()]


def _press(window, key, modifier=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(window.windowHandle(), key, modifier)


def _texts(window) -> str:
    return "\n".join(part.text() for part in window.findChildren(QLabel))


def _asking_for_more_time(office):
    case = Case.handled(office)
    office.do(extensions.ask, assignment_id=case.of(case.main).id, reason="须招标")
    return case


def _twice_dissatisfied(office):
    case = Case.dissatisfied(office)
    case.answer(case.main, "B", date(2026, 6, 10))
    case.judge(
        Satisfaction.DISSATISFIED,
        opinion="仍未解决",
        sent=date(2026, 6, 11),
        back=date(2026, 6, 18),
    )
    return case


def _late_with_the_form(office):
    case = Case.answered(office)
    form = office.do(feedbacks.send, suggestion_id=case.id, sent_on=date(2026, 5, 21))
    office.do(feedbacks.remind, feedback_id=form, reminded_on=date(2026, 7, 1))
    return case


def _wanting_to_hand_back(office):
    case = Case.assigned(office)
    office.do(
        assignments.ask_hand_back,
        assignment_id=case.of(case.main).id,
        reason="不属本单位",
        asked_on=date(2026, 3, 10),
    )
    return case


def _closed_with_a_promise(office):
    case = Case.handled(office)
    case.answer(case.main, "B")
    case.judge(Satisfaction.SATISFIED)
    return case


def _rejected(office):
    case = Case.entered(office)
    reason = next(r for r in reviews.RejectReason if r.label)
    office.do(reviews.reject, suggestion_id=case.id, reason=reason)
    return case


def _draft(office):
    case = Case.entered(office)
    case.id = office.do(suggestions.create, headline="草稿", lead_id=case.lead)
    return case


def _submitted(office):
    case = _draft(office)
    office.do(suggestions.submit, suggestion_id=case.id)
    return case


STAGES = (
    _draft,
    _submitted,
    Case.entered,
    _rejected,
    Case.accepted,
    Case.assigned,
    _wanting_to_hand_back,
    Case.handled,
    Case.separate,
    _asking_for_more_time,
    Case.answered,
    _late_with_the_form,
    Case.dissatisfied,
    _twice_dissatisfied,
    _closed_with_a_promise,
)


@pytest.mark.parametrize("stage", STAGES, ids=lambda stage: stage.__name__.strip("_"))
def test_every_step_has_a_dialog_that_asks_for_what_its_operation_takes(desk, office, stage, show):
    case = stage(office)
    window = show(case)
    detail = case.detail

    assert window.steps.buttons
    for row in detail.steps:
        step = SUGGESTION_STEPS[row.operation]
        takes = inspect.signature(step.operation.run).parameters
        names = {field.name for field in step.fields(Asked(desk, detail, row))}
        assert names | {row.parameter} <= set(takes), row.operation
        dialog = step_dialog(window, desk, SUGGESTION_STEPS, detail, row, "")
        assert dialog.isVisible()
        assert all(field.text for field in dialog.form.findChildren(Field))
        dialog.reject()


def test_what_mostly_comes_next_is_a_step_of_the_table():
    assert set(MAIN_WAY) <= set(SUGGESTION_STEPS)


def test_the_window_says_who_what_until_when_and_why(office, show):
    case = Case.handled(office)

    window = show(case)
    said = _texts(window)

    assert "关于打通断头路的建议" in said
    assert "出行不便" in said
    assert "区交通运输局" in said
    assert "2026年6月5日" in said
    assert "次日起算3个月" in said
    assert "登记为第1号（闭会期间）" in said
    assert window.steps.buttons[0].step.operation == "replies.answer"


def test_the_due_date_follows_what_is_typed(desk, office, ask):
    case = Case.accepted(office)
    dialog = ask(case, "assignments.assign")
    form = dialog.form

    form.field("assigned_on").set_value(date(2026, 3, 5))
    form.field("long").control.click()

    assert "答复时限：2026年9月7日" in _texts(dialog)
    form.field("long").control.click()
    assert "答复时限：2026年6月5日" in _texts(dialog)
    form.field("assigned_on").control.setText("三月")
    form.edited.emit()
    assert "答复时限" not in _texts(dialog)


def test_a_wrong_day_is_named_at_its_field_and_nothing_is_done(desk, office, ask, shown_errors):
    case = Case.accepted(office)
    dialog = ask(case, "assignments.assign")
    dialog.form.set_values({"main_id": case.main, "assigned_on": desk.today + timedelta(days=3)})

    _press(dialog, Qt.Key.Key_Return, CTRL)

    assert "不能晚于今天" in dialog.form.field("assigned_on").error()
    assert dialog.isVisible()
    assert case.row.state.value == "accepted"
    assert shown_errors == []


def test_a_unit_that_is_not_on_the_list_is_added_in_place(desk, office, ask, qtbot, front):
    case = Case.accepted(office)
    dialog = ask(case, "assignments.assign")
    assert dialog.form.field("main_id").control.candidates()  # asked before it was added

    _press(dialog, Qt.Key.Key_U, CTRL)
    adding = front(dialog)
    adding.form.field("name").set_value("区城管局")
    adding.save()
    qtbot.waitUntil(lambda: not adding.isVisible())

    names = [c.name for c in dialog.form.field("main_id").control.candidates()]
    assert "区城管局" in names
    assert "区城管局" in [u.name for u in desk.ask(units.rows)]


def test_a_step_for_several_units_asks_which(desk, office, ask):
    case = Case.separate(office)
    dialog = ask(case, "replies.answer")
    which = dialog.form.field("assignment_id")

    which.set_value(case.of(case.other).id)
    dialog.form.field("answer_class").set_value("A")
    dialog.save()

    assert case.of(case.other).replied_on == desk.today
    assert case.of(case.main).replied_on is None


def test_what_must_be_chosen_is_not_chosen_beforehand(desk, office, ask):
    case = _late_with_the_form(office)
    dialog = ask(case, "feedbacks.receive")

    _press(dialog, Qt.Key.Key_Return, CTRL)

    assert dialog.form.field("attitude").error() == "请选择办理工作。"
    assert dialog.form.field("result").error() == "请选择办理结果。"
    dialog.form.set_values(
        {"attitude": Satisfaction.SATISFIED, "result": Satisfaction.DISSATISFIED}
    )
    dialog.form.edited.emit()
    assert "须写明理由" in _texts(dialog)


def test_digits_open_the_steps_and_the_window_reads_again(desk, office, show, qtbot, front):
    case = Case.entered(office)
    window = show(case)

    _press(window, Qt.Key.Key_1)
    dialog = front(window)
    assert dialog.windowTitle() == "受理建议"
    dialog.save()

    assert window.steps.buttons[0].step.operation == "assignments.assign"
    assert case.row.state.value == "accepted"


def test_text_is_corrected_and_the_change_is_on_record(desk, office, show, front):
    case = Case.entered(office)
    window = show(case)

    _press(window, Qt.Key.Key_E)
    dialog = front(window)
    assert dialog.form.field("proposal").value() == "打通滨河路"
    dialog.form.field("headline").set_value("关于打通滨河路的建议")
    dialog.save()

    assert case.row.headline == "关于打通滨河路的建议"
    assert "标题：关于打通断头路的建议 → 关于打通滨河路的建议" in _texts(window)


def test_marks_are_set(desk, office, show, front):
    case = Case.entered(office)
    window = show(case)

    _press(window, Qt.Key.Key_M)
    dialog = front(window)
    dialog.form.set_values({"repeated": True, "public": True})
    dialog.save()

    assert (case.row.public, case.row.repeated) == (True, True)
    assert "可以公开、多年重复" in _texts(window)


def test_a_leader_presses_it_and_it_goes_to_the_procuratorate(desk, office, show, front, qtbot):
    case = Case.handled(office)
    window = show(case)

    _press(window, Qt.Key.Key_D)
    pressing = front(window)
    assert pressing.form.field("due_on").value() is None  # its own day is over
    pressing.form.set_values({"congress_leader": "王主席"})
    pressing.save()
    qtbot.waitUntil(lambda: not _open_dialogs(window))
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    _press(window, Qt.Key.Key_J)
    front(window).save()

    assert (case.row.led_by, case.row.conversion) == ("王主席", "转检察建议：已筛选")
    assert "王主席领衔督办、检察衔接：转检察建议：已筛选" in _texts(window)


def test_the_window_closes_when_undo_takes_the_suggestion_away(desk, office, show, qtbot):
    case = Case.entered(office)
    window = show(case)

    with qtbot.waitSignal(window.finished):
        _press(window, Qt.Key.Key_Z, CTRL)

    assert desk.ask(suggestions.rows, today=desk.today) == []


def test_a_suggestion_is_entered_and_its_number_given(desk, office, parent):
    lead = make.deputy(office, name="王伟")
    entered: list[str] = []
    dialog = suggestion_entry.entry_dialog(parent, desk, entered.append)

    dialog.form.set_values({"headline": "关于修路的建议", "lead_id": lead})
    dialog.save()

    [row] = desk.ask(suggestions.rows, today=desk.today)
    assert (row.number, row.lead, row.submitted_on) == (1, "王伟", desk.today)
    assert entered == [row.id]


def test_everything_written_down_is_shown_for_a_long_case(desk, office, show):
    case = _twice_dissatisfied(office)
    office.do(
        feedbacks.decide,
        suggestion_id=case.id,
        decision="列入明年预算",
        decided_on=date(2026, 7, 1),
    )

    said = _texts(show(case))

    for words in ("第2轮", "仍未解决", "重新办理", "承诺事项", "落实中", "列入明年预算"):
        assert words in said, words


def test_a_suggestion_leads_to_the_scans_of_its_newest_form(
    show, desk, office, qtbot, shown_errors
):
    run_id, case = named_world.of_feedback(office)
    window = show(case)

    with qtbot.waitSignal(desk.open_requested) as asked:
        window.scan.click()

    assert asked.args == [ScanRun, run_id]
    assert not window.isVisible()


def test_a_suggestion_whose_form_was_not_printed_says_so_and_stays_open(show, office, shown_errors):
    case = Case.answered(office)
    window = show(case)
    assert not window.scan.isVisible()
    office.do(feedbacks.send, suggestion_id=case.id)
    window.read()

    window.scan.click()

    assert "还没有打印过" in shown_errors[0]
    assert window.isVisible()
