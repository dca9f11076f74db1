"""While an opinion is written, it is told what of the like came up before and who handled it."""

import pytest
from PySide6.QtCore import Qt

from deputydesk.models.choices import Channel
from deputydesk.operations import opinions
from deputydesk.ui.dialogs.similar import SimilarDialog
from deputydesk.ui.dialogs.suggestion import SuggestionDialog
from deputydesk.ui.pages.visits import VisitsPage
from tests import make
from tests.operations.test_similar import given
from tests.ui.hands import press, show_page, write

ALT, SHIFT = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def water(office):
    """Two suggestions about water that a unit handles."""
    lead = make.deputy(office, name="王伟", home_id=make.home(office))
    unit = make.unit(office, name="区水务局")
    return [
        given(office, lead, f"关于改造{village}村供水管网的建议", unit)
        for village in ("东胜", "大磁")
    ]


@pytest.fixture
def page(desk, water, qtbot):
    made = VisitsPage(desk)
    show_page(made, desk, qtbot)
    return made


def similar_of(block):
    return block.hints[1]


def test_how_often_and_who_handled_it_stands_below_the_matter(page, qtbot):
    block = page.heard._blocks[0]
    write(block.matter.control, "改造缸房地村的供水管网")

    qtbot.waitUntil(similar_of(block).line.isVisible)
    assert similar_of(block).line.text.text() == "以前2件类似的都由区水务局办理"

    block.matter.control.selectAll()
    write(block.matter.control, "希望增设老年食堂")
    qtbot.waitUntil(similar_of(block).line.isHidden)


def test_one_is_looked_at_by_keys_and_what_was_written_is_still_there(page, water, qtbot):
    block = page.heard._blocks[0]
    write(block.matter.control, "改造缸房地村的供水管网")
    qtbot.waitUntil(similar_of(block).line.isVisible)

    press(block.matter.control, Qt.Key.Key_Return, ALT | SHIFT)
    [listed] = page.window().findChildren(SimilarDialog)
    assert [row.units for row in listed.table.rows.rows()] == ["区水务局", "区水务局"]
    press(listed.table, Qt.Key.Key_Return)

    [shown] = listed.findChildren(SuggestionDialog)
    assert shown.record_id in water
    shown.close()
    listed.close()
    assert block.matter.value() == "改造缸房地村的供水管网"


def test_of_two_opinions_the_key_is_heard_by_the_one_in_hand(page, office, qtbot):
    office.do(opinions.hear, channel=Channel.PHONE, matter="村里路灯不亮", heard_on=make.TODAY)
    page.heard.add_block()
    first, second = page.heard._blocks
    write(first.matter.control, "改造缸房地村的供水管网")
    write(second.matter.control, "村东头路灯不亮")
    qtbot.waitUntil(
        lambda: similar_of(first).line.isVisible() and similar_of(second).line.isVisible()
    )
    assert similar_of(second).line.text.text() == "以前有1件类似的"

    press(second.matter.control, Qt.Key.Key_Return, ALT | SHIFT)

    [listed] = page.window().findChildren(SimilarDialog)
    assert [row.headline for row in listed.table.rows.rows()] == ["村里路灯不亮"]
    listed.close()


def test_the_next_visit_begins_without_it(page, qtbot):
    block = page.heard._blocks[0]
    write(block.matter.control, "改造缸房地村的供水管网")
    qtbot.waitUntil(similar_of(block).line.isVisible)

    page.start_new()

    assert page.heard._blocks[0].hints[1].line.isHidden()
