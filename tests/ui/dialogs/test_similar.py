"""While a suggestion is written, earlier ones like it stand below; the unit is filled in."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from deputydesk.models.choices import Channel
from deputydesk.operations import opinions, reviews, suggestions
from deputydesk.operations.handling import StepRow
from deputydesk.ui.dialogs.opinion import OpinionDialog
from deputydesk.ui.dialogs.opinion_steps import OPINION_STEPS
from deputydesk.ui.dialogs.steps import step_dialog
from deputydesk.ui.dialogs.suggestion import SuggestionDialog
from deputydesk.ui.dialogs.suggestion_entry import entry_dialog
from deputydesk.ui.dialogs.suggestion_steps import SUGGESTION_STEPS
from deputydesk.ui.similar_list import SimilarList
from tests import make
from tests.operations.test_similar import DAY, given
from tests.ui.hands import press, write


@pytest.fixture
def earlier(office):
    """Two suggestions about water that a unit handles, and the unit's id."""
    lead, unit = make.deputy(office), make.unit(office, name="区水务局")
    made = [
        given(office, lead, f"关于改造{village}村供水管网的建议", unit)
        for village in ("东胜", "大磁")
    ]
    return lead, unit, made


def said(dialog):
    return "\n".join(part.text() for part in dialog.findChildren(QLabel))


def similar_of(dialog):
    return dialog.findChild(SimilarList)


def test_earlier_ones_appear_while_one_types_and_nothing_is_shown_before(
    desk, earlier, parent, qtbot
):
    dialog = entry_dialog(parent, desk, list[str]().append)
    listed = similar_of(dialog)
    assert not listed.isVisible()

    write(dialog.form.field("headline").control, "改造缸房地村的供水管网")

    qtbot.waitUntil(listed.isVisible)
    assert [row.units for row in listed.table.rows.rows()] == ["区水务局", "区水务局"]
    assert listed.ground.text() == "以前2件类似的都由区水务局办理"


def test_one_is_looked_at_and_what_was_written_is_still_there(desk, earlier, parent, qtbot):
    dialog = entry_dialog(parent, desk, list[str]().append)
    write(dialog.form.field("headline").control, "改造缸房地村的供水管网")
    listed = similar_of(dialog)
    qtbot.waitUntil(listed.isVisible)
    listed.table.selectRow(0)

    press(listed.table, Qt.Key.Key_Return)

    [shown] = dialog.findChildren(SuggestionDialog)
    assert shown.record_id in earlier[2]
    qtbot.waitUntil(shown.isActiveWindow)
    press(shown, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert not shown.isVisible()
    assert dialog.isVisible()
    assert dialog.form.field("headline").value() == "改造缸房地村的供水管网"


def test_what_a_voter_said_is_looked_at_too(desk, office, parent, qtbot):
    office.do(opinions.hear, channel=Channel.PHONE, matter="村里路灯不亮", heard_on=DAY)
    dialog = entry_dialog(parent, desk, list[str]().append)
    write(dialog.form.field("headline").control, "村东头路灯不亮")
    listed = similar_of(dialog)
    qtbot.waitUntil(listed.isVisible)
    listed.table.selectRow(0)

    press(listed.table, Qt.Key.Key_Return)

    [shown] = dialog.findChildren(OpinionDialog)
    shown.close()


def assigning(desk, parent, suggestion):
    detail = desk.ask(suggestions.detail, suggestion_id=suggestion, today=desk.today)
    step = next(s for s in detail.steps if s.operation == "assignments.assign")
    return step_dialog(parent, desk, SUGGESTION_STEPS, detail, step, "")


def accepted(office, lead, headline):
    made = office.do(suggestions.enter, headline=headline, lead_id=lead, submitted_on=DAY)
    office.do(reviews.accept, suggestion_id=made, reviewed_on=DAY)
    return made


def test_the_unit_that_handled_such_matters_is_filled_in_with_the_ground(
    desk, office, earlier, parent
):
    lead, unit, _ = earlier
    dialog = assigning(desk, parent, accepted(office, lead, "关于改造缸房地村供水管网的建议"))

    assert dialog.form.field("main_id").value() == unit
    assert "以前2件类似的都由区水务局办理，已填上，可以改。" in said(dialog)

    dialog.form.set_values({"main_id": ""})
    dialog.form.edited.emit()
    assert "以前2件类似的都由区水务局办理，供参考。" in said(dialog)


def test_a_new_matter_is_given_out_without_a_proposal(desk, office, earlier, parent):
    dialog = assigning(desk, parent, accepted(office, earlier[0], "增设老年食堂"))

    assert dialog.form.field("main_id").value() == ""
    assert "类似" not in said(dialog)


def test_a_voters_opinion_is_given_to_the_unit_that_handled_such_matters(
    desk, office, earlier, parent
):
    heard = office.do(
        opinions.hear, channel=Channel.PHONE, matter="改造缸房地村的供水管网", heard_on=DAY
    )
    detail = desk.ask(opinions.detail, opinion_id=heard, today=desk.today, contacts=True)
    step = next(s for s in detail.steps if s.operation == "opinions.assign")
    dialog = step_dialog(parent, desk, OPINION_STEPS, detail, step, "")

    assert isinstance(step, StepRow)
    assert dialog.form.field("unit_id").value() == earlier[1]
    assert "以前2件类似的都由区水务局办理" in said(dialog)
