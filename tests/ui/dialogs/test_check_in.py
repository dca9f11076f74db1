"""The sign-in window: a scanner that types, a clerk who types names, and what is said of each."""

import time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from deputydesk.models import Training
from deputydesk.office import Operation, Right
from deputydesk.operations import check_ins, deputy_cards
from deputydesk.operations.check_ins import SignState
from deputydesk.reports import Options
from deputydesk.rules import qr_codes
from deputydesk.ui.dialogs import check_in as check_in_dialog
from deputydesk.ui.dialogs.check_in import CheckInDialog, ExpectedDialog, check_in, open_check_in
from deputydesk.ui.pages.visits import VisitsPage
from deputydesk.ui.style import Tone
from tests import make
from tests.ui import hands

SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"


@pytest.fixture
def training(office):
    def put(tx):
        made = Training(topic="预算审查", held_on=make.TODAY)
        tx.session.add(made)
        return made.id

    return office.do(Operation("test.put", "登记", Right.REGISTER, put))


@pytest.fixture
def people(office):
    return [make.deputy(office, name=f"{surname}伟") for surname in SURNAMES]


@pytest.fixture
def window(desk, training, people, parent, qtbot) -> CheckInDialog:
    made = open_check_in(parent, desk, Training, training)
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def scan(window, text):
    """What a scanner does: it types, and ends with Enter."""
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClicks(focused, text)
    QTest.keyClick(QApplication.focusWidget() or focused, Qt.Key.Key_Return)


def code(desk, mandate_id):
    return desk.ask(deputy_cards.code, mandate_id)


def signed(desk, training):
    sheet = desk.ask(check_ins.sheet, "training", training)
    return [row.name for row in sheet.rows if row.state is SignState.SIGNED]


def said(window):
    return window.state.word.text(), window.state.name.text(), window.state.sentence.text()


def tone(window):
    return window.state.property("tone")


def test_forty_deputies_sign_within_a_minute_of_typing(window, desk, training, people):
    codes = [code(desk, mandate) for mandate in people]
    began = time.monotonic()

    for each in codes:
        scan(window, each)

    assert time.monotonic() - began < 60
    assert len(signed(desk, training)) == 40
    assert [count.number.text() for count in window.counts] == ["40", "40", "0", "0"]
    assert said(window)[0] == "已签到"


def test_two_scans_on_each_others_heels_are_both_taken(window, desk, training, people):
    first, second = (code(desk, mandate) for mandate in people[:2])

    QTest.keyClicks(window.line, f"{first}\r{second}\r", Qt.KeyboardModifier.NoModifier, 0)

    assert len(signed(desk, training)) == 2


def test_every_scan_is_answered_in_its_own_colour_and_word(window, desk, people):
    desk.do(
        check_ins.expect,
        event_kind="training",
        event_id=window._id,
        mandate_ids=(people[0], people[1]),
    )

    scan(window, code(desk, people[0]))
    assert said(window) == ("已签到", "王伟", "王伟已签到。")
    assert tone(window) == Tone.GREEN
    scan(window, code(desk, people[0]))
    assert (said(window)[0], tone(window)) == ("重复", Tone.AMBER)
    scan(window, code(desk, people[2]))
    assert (said(window)[0], tone(window)) == ("补签", Tone.BLUE)
    scan(window, qr_codes.code_of("OTHER", "OTHER-" + "1" * 32))
    assert (said(window)[0], tone(window)) == ("外单位", Tone.VIOLET)
    scan(window, code(desk, people[3])[:30])
    assert said(window)[0] == "没有认出"
    assert "没有扫完整" in said(window)[2]
    assert [count.number.text() for count in window.counts] == ["3", "2", "0", "1"]


def test_an_electronic_card_signs_once_and_its_other_lines_are_passed_over(
    window, desk, training, people
):
    card = qr_codes.vcard(
        name="Wang", organ="Home", title="", phone="0472-1", note="", code=code(desk, people[0])
    )

    for line in card.split("\r\n"):
        scan(window, line)

    assert signed(desk, training) == ["王伟"]
    assert said(window)[0] == "已签到"


def test_a_name_is_typed_by_its_initials_and_picked(window, desk, training):
    hands.write(window.line, "李伟")
    hands.press(window.line, Qt.Key.Key_Return)
    QTest.keyClicks(window.line, "cw")
    hands.press(window.line, Qt.Key.Key_Down)
    hands.press(window.line, Qt.Key.Key_Return)

    assert signed(desk, training)[0] in ("陈伟", "曹伟", "程伟", "李伟")
    assert len(signed(desk, training)) == 2


def test_a_name_that_is_not_there_or_not_clear_is_said(window, desk, training):
    window.enter("欧阳")
    assert said(window)[2] == "在任代表里没有找到“欧阳”。"

    window.enter("伟")
    assert "不止一人" in said(window)[2]
    assert window.line.list.isVisible()
    window.enter("")
    assert signed(desk, training) == []


def test_a_wrong_scan_is_taken_back_with_ctrl_z(window, desk, training, people):
    scan(window, code(desk, people[0]))
    scan(window, code(desk, people[1]))

    hands.press_ctrl(window.line, Qt.Key.Key_Z)

    assert signed(desk, training) == ["王伟"]
    assert said(window)[0] == "已取消"
    window.undo.click()
    assert signed(desk, training) == []
    assert not window.undo.isEnabled()
    window._take_back()


def test_the_expected_are_set_and_who_is_missing_is_listed(window, desk, people):
    window.expect.click()
    dialog = next(w for w in QApplication.topLevelWidgets() if isinstance(w, ExpectedDialog))
    dialog.add_everybody()
    dialog.save()

    scan(window, code(desk, people[5]))

    assert [count.number.text() for count in window.counts] == ["40", "1", "0", "39"]
    assert window.table.rows.rowCount() == 39
    window.chips.group.button(1).setChecked(True)
    assert [row.name for row in window.table.rows.rows()] == ["杨伟"]


def test_a_line_of_the_list_is_signed_excused_and_taken_back(window, desk, training, people):
    for nothing in (window._sign_row, window._excuse, window._take_row_back):
        nothing()
    desk.do(
        check_ins.expect,
        event_kind="training",
        event_id=training,
        mandate_ids=tuple(people[:2]),
    )
    window.table.select(people[0])
    window._sign_row()
    window.table.select(people[1])
    window._excuse()
    assert [count.number.text() for count in window.counts] == ["2", "1", "1", "0"]

    window.chips.group.button(1).setChecked(True)
    window.table.select(people[0])
    window._take_row_back()

    assert [count.number.text() for count in window.counts] == ["2", "0", "1", "1"]


def test_a_scan_while_the_list_has_the_focus_goes_to_the_line(window, desk, training, people):
    window.table.setFocus()

    scan(window, code(desk, people[0]))

    assert signed(desk, training) == ["王伟"]
    hands.press(window, Qt.Key.Key_Return)
    hands.press(window, Qt.Key.Key_Escape)


def test_a_register_offers_the_sign_in_of_its_events(desk, training, people, parent):
    class Row:
        id = training

    check_in(Training).run(parent, desk, Row())

    assert parent.findChild(CheckInDialog).windowTitle() == "签到：预算审查"


def test_the_page_of_visits_opens_it_for_the_chosen_visit(desk, people, qtbot):
    visit = make.visit(desk.office, make.home(desk.office), people[0])
    page = VisitsPage(desk)
    qtbot.addWidget(page)
    page.show()
    page.read_again()
    page._open_sign_in()
    assert not page._sign_in.isEnabled()

    page.table.selectRow(0)
    page._sign_in.click()

    assert page.findChild(CheckInDialog)._id == visit


def test_the_sheet_is_printed_from_the_window(window, training, monkeypatch, qtbot):
    asked = []
    monkeypatch.setattr(check_in_dialog, "preview_form", lambda *a: asked.append(a[2:]))

    qtbot.mouseClick(window.print, Qt.MouseButton.LeftButton)
    QTest.keyClick(window, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)

    assert asked == [("sign_in", Options(record_id=training))] * 2
