"""The board and the ledger of suggestions and opinions."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog

from deputydesk.models import Opinion, Suggestion, Unit
from deputydesk.models.choices import Channel
from deputydesk.models.oversight import OversightKind
from deputydesk.operations import feedbacks, opinions, oversights
from deputydesk.operations.handling import Column
from deputydesk.rules.satisfaction import Satisfaction
from deputydesk.ui.dialogs.opinion import OpinionDialog
from deputydesk.ui.dialogs.preview import PreviewDialog
from deputydesk.ui.dialogs.suggestion import SuggestionDialog
from deputydesk.ui.form import FormDialog
from deputydesk.ui.pages import suggestions as suggestions_page
from deputydesk.ui.pages.suggestions import KEY, OPINIONS, SUGGESTIONS, SuggestionsPage
from tests import make
from tests.operations.case import Case

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def page(desk, qtbot):
    made = SuggestionsPage(desk)
    qtbot.addWidget(made)
    desk.changed.connect(made.refresh)
    made.resize(1190, 690)
    made.refresh()
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    yield made
    for dialog in made.findChildren(QDialog):
        dialog.close()


def _titles(page) -> dict[Column, list[str]]:
    lists = zip(Column, page.board.lists, strict=True)
    return {
        place: [card.title for card in cards.cards()] for place, cards in lists if cards.cards()
    }


def _opened(page, kind, qtbot):
    qtbot.waitUntil(lambda: page.findChild(kind) is not None)
    return page.findChild(kind)


@pytest.fixture
def heard(office):
    return office.do(
        opinions.hear, channel=Channel.HOME, matter="村道路灯不亮", heard_on=date(2026, 11, 20)
    )


def test_an_empty_board_says_what_to_do_next(page):
    waiting = page.board.lists[0]

    assert "Ctrl+J" in waiting._empty
    assert _titles(page) == {}


@pytest.mark.parametrize(
    ("stage", "place"),
    [
        (Case.entered, Column.WAITING),
        (Case.accepted, Column.WAITING),
        (Case.assigned, Column.HANDLING),
        (Case.handled, Column.HANDLING),
        (Case.answered, Column.ANSWERED),
        (Case.dissatisfied, Column.REHANDLE),
    ],
)
def test_a_suggestion_stands_in_the_column_of_its_state(page, office, stage, place):
    stage(office)

    assert _titles(page) == {place: ["关于打通断头路的建议"]}


def test_what_was_closed_this_month_stands_in_the_last_column(page, office):
    case = Case.answered(office)
    form = office.do(feedbacks.send, suggestion_id=case.id)
    office.do(
        feedbacks.receive,
        feedback_id=form,
        attitude=Satisfaction.SATISFIED,
        result=Satisfaction.SATISFIED,
    )

    [card] = page.board.lists[-1].cards()
    assert [tag.text for tag in card.tags] == ["按期办结"]


def test_cards_say_how_late_they_are_and_the_most_urgent_stands_first(page, office, heard):
    make.unit(office, name="嘎查委员会")
    unit = make.unit(office, name="区住建局")
    office.do(opinions.assign, opinion_id=heard, unit_id=unit, assigned_on=date(2026, 11, 20))
    Case.handled(office)

    cards = page.board.lists[1].cards()

    assert [card.title for card in cards] == ["关于打通断头路的建议", "村道路灯不亮"]
    assert cards[0].tags[0].text == "逾期 171 天"
    assert cards[0].below == "区交通运输局 · 赵春梅"
    assert [tag.text for tag in cards[1].tags] == ["剩 14 天", "选民意见"]
    assert page._subtitle.text() == "在办 2 件 · 逾期 1 件 · 三天内到期 0 件"


def test_chips_narrow_the_board_and_count(page, office, heard):
    case = Case.entered(office)
    office.do(oversights.save, suggestion_id=case.id, kind=OversightKind.KEY, started_on=make.TODAY)

    texts = [page.chips.group.button(n).text() for n in range(4)]
    page.chips.group.button(OPINIONS).click()
    only_opinions = _titles(page)
    page.chips.group.button(SUGGESTIONS).click()
    only_suggestions = _titles(page)
    page.chips.group.button(KEY).click()

    assert texts == ["全部 2", "代表建议 1", "选民意见 1", "重点督办 1"]
    assert only_opinions == {Column.WAITING: ["村道路灯不亮"]}
    assert only_suggestions == {Column.WAITING: ["关于打通断头路的建议"]}
    assert _titles(page) == only_suggestions


@pytest.mark.parametrize("typed", ["断头路", "第1号 赵", "zcm"])
def test_the_search_box_narrows_by_text_number_and_initials(page, office, heard, typed):
    Case.entered(office)

    page.find(typed)

    assert _titles(page) == {Column.WAITING: ["关于打通断头路的建议"]}
    page.find("没有的词")
    assert _titles(page) == {}
    page.find("")
    assert len(_titles(page)[Column.WAITING]) == 2


def test_one_key_switches_to_the_ledger_and_back_at_the_same_record(page, office, heard, qtbot):
    case = Case.handled(office)
    page.board.lists[1].setFocus()

    QTest.keyClick(page.windowHandle(), Qt.Key.Key_L, CTRL)
    qtbot.waitUntil(lambda: page.is_list)

    assert page.table.hasFocus()
    assert page.table.current().id == case.id
    row = page.table.rows.row(page.table.rows.place(case.id))
    assert (row.code, row.lead, row.units, row.assisting) == (
        "1",
        "赵春梅",
        "区交通运输局",
        "区财政局",
    )
    assert page.table.rows.rowCount() == 2
    QTest.keyClick(page.windowHandle(), Qt.Key.Key_L, CTRL)
    qtbot.waitUntil(lambda: not page.is_list)
    assert page.board.lists[1].current().id == case.id


def test_the_ledger_shows_how_a_suggestion_ended(page, office):
    case = Case.handled(office)
    case.answer(case.main, "B")
    case.judge(Satisfaction.MOSTLY)
    page.switch.click()

    row = page.table.rows.row(0)

    assert (row.answer_class, row.satisfaction, row.promise) == ("B", "满意/基本满意", "落实中")
    assert row.state == "已办结"


def test_arrows_and_enter_open_a_card(page, office, heard, qtbot):
    case = Case.handled(office)
    page.board.lists[0].setFocus()

    QTest.keyClick(page.board.lists[0], Qt.Key.Key_Right)
    assert page.board.lists[1].hasFocus()
    QTest.keyClick(page.board.lists[1], Qt.Key.Key_Return)
    assert _opened(page, SuggestionDialog, qtbot).record_id == case.id


def test_a_card_of_an_opinion_opens_the_opinion(page, heard, qtbot):
    page.board.lists[0].setFocus()

    QTest.keyClick(page.board.lists[0], Qt.Key.Key_Return)

    assert _opened(page, OpinionDialog, qtbot).record_id == heard


def test_enter_in_the_ledger_opens_the_suggestion(page, office, qtbot):
    case = Case.entered(office)
    page.switch.click()
    page.table.select(case.id)

    QTest.keyClick(page.table, Qt.Key.Key_Return)

    assert _opened(page, SuggestionDialog, qtbot).record_id == case.id


def test_other_pages_have_records_shown_here(page, office, heard, qtbot):
    case = Case.handled(office)

    page.open_record(Suggestion, case.id)
    assert _opened(page, SuggestionDialog, qtbot).record_id == case.id
    page.open_record(Opinion, heard)
    assert _opened(page, OpinionDialog, qtbot).record_id == heard
    page.open_record(Unit, case.main)
    assert [row.id for row in page.table.rows.rows()] == [case.id]


def test_ctrl_j_registers_a_suggestion(page, office, qtbot):
    lead = make.deputy(office, name="王伟")

    QTest.keyClick(page.windowHandle(), Qt.Key.Key_J, CTRL)
    dialog = _opened(page, FormDialog, qtbot)
    dialog.form.set_values({"headline": "关于修路的建议", "lead_id": lead})
    dialog.save()

    assert _titles(page) == {Column.WAITING: ["关于修路的建议"]}


def test_the_ledger_is_printed_from_here(page, office, qtbot):
    Case.answered(office)

    assert page.print_page()
    qtbot.waitUntil(lambda: page.findChild(PreviewDialog) is not None, timeout=20_000)

    assert page.findChild(PreviewDialog).windowTitle() == "预览：建议办理台账"


def test_a_long_column_says_how_many_are_out_of_sight(page, office, heard, monkeypatch):
    monkeypatch.setattr(suggestions_page, "MOST", 1)
    office.do(opinions.hear, channel=Channel.HOME, matter="井水浑浊")

    page.refresh()

    assert len(page.board.lists[0].cards()) == 1
    assert page.board._counts[0].text() == "2（最急 1）"
    assert "Ctrl+L" in page.board._counts[0].toolTip()
    page.find("井水")
    assert _titles(page) == {Column.WAITING: ["井水浑浊"]}
