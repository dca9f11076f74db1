"""The window of a voter's opinion and the dialogs of its steps."""

import inspect
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from deputydesk.models import Suggestion
from deputydesk.models.choices import Channel, Route
from deputydesk.operations import opinions, suggestions, triage
from deputydesk.rules.opinion_flow import OpinionState as S
from deputydesk.rules.satisfaction import Satisfaction
from deputydesk.ui.dialogs.opinion import OpinionDialog
from deputydesk.ui.dialogs.opinion_steps import MAIN_WAY, OPINION_STEPS
from deputydesk.ui.dialogs.steps import Asked, step_dialog
from deputydesk.ui.form import FormDialog
from tests import make


@pytest.fixture
def deputy(office):
    return make.deputy(office, name="王伟")


@pytest.fixture
def opinion(office, deputy):
    """An opinion that was heard and waits."""
    return office.do(
        opinions.hear,
        channel=Channel.HOME,
        matter="村道路灯不亮",
        detail="东头三盏。",
        mandate_id=deputy,
        voter_name="郝平",
        voter_phone="13804720156",
        heard_on=date(2026, 11, 20),
    )


@pytest.fixture
def window(desk, opinion, parent, qtbot):
    """Its window, in front."""
    made = OpinionDialog(parent, desk, opinion)
    made.open_at()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def _row(desk, opinion):
    return desk.ask(opinions.rows, today=desk.today, ids=(opinion,), contacts=True)[0]


def _texts(window) -> str:
    return "\n".join(part.text() for part in window.findChildren(QLabel))


@pytest.fixture
def take(desk, window, opinion):
    """Takes a step with these values."""

    def taken(operation, **values):
        detail = desk.ask(opinions.detail, opinion_id=opinion, today=desk.today)
        row = next(s for s in detail.steps if s.operation == operation)
        dialog = step_dialog(window, desk, OPINION_STEPS, detail, row, "")
        dialog.form.set_values(values)
        dialog.form.edited.emit()
        said = _texts(dialog)
        dialog.save()
        return said

    return taken


def test_the_window_says_what_was_heard_and_from_whom(window):
    said = _texts(window)

    for words in ("村道路灯不亮", "东头三盏。", "郝平", "13804720156", "代表进家接待", "王伟"):
        assert words in said
    assert window.steps.buttons[0].step.operation == "opinions.assign"


def test_an_opinion_is_handled_told_back_and_settled(desk, office, opinion, window, take):
    unit = make.unit(office, name="区住建局")

    said = take("opinions.assign", unit_id=unit)
    take("opinions.handle", outcome="已更换灯头。")
    take("opinions.feed_back", told_how="电话")
    take("opinions.close", satisfaction=Satisfaction.SATISFIED)

    assert "办理时限：2026年12月8日" in said
    row = _row(desk, opinion)
    assert (row.state, row.satisfaction) == (S.CLOSED, Satisfaction.SATISFIED)
    assert "反馈选民（电话）" in _texts(window)
    assert window.steps.buttons == []
    assert "没有可以再做的步骤" in _texts(window)


def test_a_voter_who_does_not_accept_it_is_worked_for_once_more_then_told_why(
    desk, office, opinion, take
):
    unit = make.unit(office)
    take("opinions.assign", unit_id=unit, route=Route.VILLAGE, days=5)
    take("opinions.handle", outcome="已答复。")
    take("opinions.feed_back", told_how="当面")
    take("opinions.send_back", reason="灯还是不亮")
    take("opinions.handle", outcome="线路老化，列入计划。")
    take("opinions.feed_back", told_how="当面")
    take("opinions.close_explained", explanation="明年改造。")

    row = _row(desk, opinion)
    assert (row.state, row.explanation) == (S.CLOSED_EXPLAINED, "明年改造。")


@pytest.mark.parametrize(
    ("operation", "values", "state"),
    [
        ("opinions.answer_on_spot", {"answer": "已说明政策"}, S.ANSWERED_ON_SPOT),
        ("triage.redirect", {"explanation": "属涉法涉诉，请到法院"}, S.REDIRECTED),
        ("triage.keep", {"note": "供调研参考"}, S.REFERENCE),
    ],
)
def test_it_can_go_other_ways(desk, opinion, take, operation, values, state):
    take(operation, **values)

    assert _row(desk, opinion).state is state


def test_it_is_merged_with_another_of_the_same_matter(desk, office, opinion, take):
    other = office.do(opinions.hear, channel=Channel.PHONE, matter="路灯")

    take("triage.merge", into_id=other)

    assert _row(desk, opinion).state is S.MERGED
    assert _row(desk, other).hearings == 2


def test_it_becomes_a_suggestion_which_can_be_looked_at(desk, opinion, window, take, qtbot):
    take("triage.raise_suggestion")

    [row] = desk.ask(suggestions.rows, today=desk.today)
    assert (row.headline, row.lead) == ("关于村道路灯不亮的建议", "王伟")
    assert "建议（草稿）" in _texts(window)
    with qtbot.waitSignal(desk.open_requested) as asked:
        QTest.keyClick(window.windowHandle(), Qt.Key.Key_V)
    assert asked.args == [Suggestion, row.id]


def test_what_was_written_down_is_corrected(desk, opinion, window, qtbot):
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_E)
    qtbot.waitUntil(lambda: window.findChild(FormDialog) is not None)
    dialog = window.findChild(FormDialog)
    assert dialog.form.field("voter_name").value() == "郝平"
    dialog.form.set_values({"matter": "村东路灯不亮", "voter_age": 60, "confidential": True})
    dialog.save()

    row = _row(desk, opinion)
    assert (row.matter, row.voter.age, row.confidential) == ("村东路灯不亮", 60, True)
    assert "选民要求保密" in _texts(window)
    assert "反映事项：村道路灯不亮 → 村东路灯不亮" in _texts(window)


def test_each_dialog_asks_for_what_its_operation_takes(desk, opinion):
    detail = desk.ask(opinions.detail, opinion_id=opinion, today=desk.today)
    row = detail.steps[0]

    for name, step in OPINION_STEPS.items():
        takes = set(inspect.signature(step.operation.run).parameters)
        fields = {field.name for field in step.fields(Asked(desk, detail, row))}
        assert fields <= takes, name
    assert set(MAIN_WAY) <= set(OPINION_STEPS)
    assert triage.merge.name in OPINION_STEPS


def test_p_prints_the_slip_for_the_unit(window, opinion, monkeypatch, qtbot):
    asked = []
    monkeypatch.setattr(
        "deputydesk.ui.dialogs.opinion.preview_form",
        lambda *given: asked.append((given[2], given[3].record_id)),
    )

    qtbot.keyClick(window, Qt.Key.Key_P)

    assert asked == [("opinion_slip", opinion)]
