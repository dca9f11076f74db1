"""While one types: the same may be registered already."""

import pytest
from PySide6.QtCore import Qt

from deputydesk.models import Opinion, Visit
from deputydesk.models.choices import Channel
from deputydesk.operations import opinions, suggestions
from deputydesk.ui.dialogs.suggestion_entry import entry_dialog
from deputydesk.ui.duplicate_hint import DuplicateHint
from deputydesk.ui.pages.visits import VisitsPage
from tests import make
from tests.ui.hands import press, show_page, write


@pytest.fixture
def deputy(office):
    return make.deputy(office, name="王伟", home_id=make.home(office))


@pytest.fixture
def page(desk, deputy, qtbot):
    made = VisitsPage(desk)
    show_page(made, desk, qtbot)
    return made


def test_an_opinion_that_was_heard_before_is_told_below_and_opened_by_a_key(page, desk, qtbot):
    made = desk.do(opinions.hear, channel=Channel.HOME, matter="村东头路灯不亮", voter_name="郝平")
    block = page.heard._blocks[0]
    write(block.voter.control, "郝平")
    write(block.matter.control, "路灯不亮")

    qtbot.waitUntil(block.hints[0].line.isVisible)
    assert block.hints[0].line.text.text().endswith("反映过“村东头路灯不亮”（待处理），可能重复。")
    with qtbot.waitSignal(desk.open_requested) as opened:
        press(block.matter.control, Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier)
    assert opened.args == [Opinion, made]
    assert block.matter.value() == "路灯不亮"  # nothing is lost, nothing is refused


def test_another_matter_takes_the_line_away(page, desk, qtbot):
    desk.do(opinions.hear, channel=Channel.HOME, matter="村东头路灯不亮", voter_name="郝平")
    block = page.heard._blocks[0]
    write(block.voter.control, "郝平")
    write(block.matter.control, "路灯不亮")
    qtbot.waitUntil(block.hints[0].line.isVisible)

    block.matter.control.selectAll()
    write(block.matter.control, "自来水浑浊")

    qtbot.waitUntil(block.hints[0].line.isHidden)


def test_a_deputy_registered_on_this_day_is_told_and_forgotten_with_the_next(
    page, desk, deputy, qtbot
):
    made = make.visit(desk.office, page.home.value(), deputy)
    write(page.deputies.control.line, "王伟")
    press(page.deputies.control.line, Qt.Key.Key_Return)

    qtbot.waitUntil(page.same.line.isVisible)
    assert page.same.line.text.text().startswith("王伟2026年11月23日在这里的活动已登记")
    with qtbot.waitSignal(desk.open_requested) as opened:
        page.same.line.button.click()
    assert opened.args == [Visit, made]
    page.start_new()
    assert page.same.line.isHidden()


def test_what_is_still_being_typed_is_not_taken_for_chosen(page, desk, qtbot):
    write(page.deputies.control.line, "王")
    page.same.look()

    assert page.deputies.control.chosen() == []
    assert page.deputies.control.line.text() == "王"


def test_a_suggestion_with_hardly_another_headline_is_told(page, desk, deputy, qtbot):
    desk.do(
        suggestions.enter,
        headline="关于修缮文化广场的建议",
        lead_id=deputy,
        submitted_on=make.TODAY,
    )
    dialog = entry_dialog(page, desk, list[str]().append)
    write(dialog.form.field("headline").control, "修缮文化广场的建议")

    hint = dialog.form.field("headline").findChild(DuplicateHint)
    qtbot.waitUntil(hint.line.isVisible)
    assert "关于修缮文化广场的建议" in hint.line.text.text()
    dialog.reject()
