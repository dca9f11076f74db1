"""The people grid: deputies added by name or list, marked by one key, half days typed."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from deputydesk.errors import FieldError
from deputydesk.models import Activity
from deputydesk.models.attendance import Presence
from deputydesk.operations.participants import Attendee
from deputydesk.ui import style
from deputydesk.ui.choices import Candidate
from deputydesk.ui.fields import TextField
from deputydesk.ui.form import Form
from deputydesk.ui.people_grid import PeopleDialog, PeopleField
from deputydesk.ui.people_table import HALF_DAYS, HOURS, NOTE, ROLE
from tests.ui.hands import press, press_ctrl, write

PEOPLE = [
    Candidate("w", "王伟", "区"),
    Candidate("g", "高娃", "区"),
    Candidate("d", "丁一", "区"),
    Candidate("l1", "李娜", "区"),
    Candidate("l2", "李娜", "市"),
    Candidate("b", "巴特尔·达来", "区"),
]
P = Presence


def form_with(desk, qtbot, field):
    made = Form(desk, "people", (field, TextField("note")), model=Activity)
    qtbot.addWidget(made)
    made.resize(440, 300)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    return made


@pytest.fixture
def field():
    return PeopleField("attendees", lambda: PEOPLE)


@pytest.fixture(autouse=True)
def form(desk, qtbot, field):
    return form_with(desk, qtbot, field)


def put(field, *mandate_ids, presence=P.PRESENT):
    field.set_value([Attendee(one, presence) for one in mandate_ids])


def shown(field):
    return [(line.name, line.presence) for line in field.control.table.lines]


def test_deputies_are_added_by_name_or_initials_with_the_keyboard_alone(field):
    line = field.control.line

    write(line, "王伟")
    press(line, Qt.Key.Key_Return)
    write(line, "gw")
    press(line, Qt.Key.Key_Return)

    assert shown(field) == [("王伟", P.PRESENT), ("高娃", P.PRESENT)]
    assert field.value() == (Attendee("w"), Attendee("g"))
    assert line.text() == ""


def test_who_is_there_already_is_not_added_again(field):
    put(field, "w")

    field.control.add(PEOPLE[0])

    assert shown(field) == [("王伟", P.PRESENT)]


def test_one_key_says_how_a_deputy_stands_and_goes_on(field):
    put(field, "w", "g", "d", "b")
    table = field.control.table
    table.setFocus()

    for key in (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3, Qt.Key.Key_4):
        press(table, key)

    assert [presence for _, presence in shown(field)] == [
        P.EXPECTED,
        P.PRESENT,
        P.LEAVE,
        P.ABSENT,
    ]
    assert field.control._counts.text() == "共 4 名　应到 1　到会 1　请假 1　缺席 1"


def test_several_marked_rows_are_set_at_once(field):
    put(field, "w", "g", "d")
    table = field.control.table
    table.setFocus()
    table.selectAll()

    press(table, Qt.Key.Key_3)

    assert {presence for _, presence in shown(field)} == {P.LEAVE}


def test_half_days_role_and_note_are_typed_into_their_cells(field, qtbot):
    put(field, "w")
    table = field.control.table
    table.setFocus()

    for column, text in ((HALF_DAYS, "2"), (ROLE, "主持"), (NOTE, "早退")):
        table.setCurrentCell(0, column)
        press(table, Qt.Key.Key_Return)
        editor = QApplication.focusWidget()
        assert editor
        write(editor, text)
        press(editor, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: table.state() == table.State.NoState)

    assert field.value() == (Attendee("w", role="主持", half_days=2, note="早退"),)


def test_who_did_not_come_has_no_half_days(field):
    field.set_value([Attendee("w", half_days=2)])
    table = field.control.table
    table.setFocus()

    press(table, Qt.Key.Key_4)

    assert field.value() == (Attendee("w", P.ABSENT),)


def test_a_wrong_number_is_named(field):
    put(field, "w")
    field.control.table.item(0, HALF_DAYS).setText("两")

    with pytest.raises(FieldError, match="王伟的半天数应当是整数"):
        field.value()

    field.control.table.item(0, HALF_DAYS).setText("２")
    assert field.value()[0].half_days == 2


def test_rows_are_removed_and_letters_do_not_jump(field):
    put(field, "w", "g")
    table = field.control.table
    table.setFocus()

    press(table, Qt.Key.Key_X)
    press(table, Qt.Key.Key_Return)
    press(table, Qt.Key.Key_Delete)

    assert shown(field) == [("王伟", P.PRESENT)]


def test_a_pasted_list_is_added_and_who_was_not_found_is_named(field):
    QApplication.clipboard().setText("1. 王伟（女）\n2. 高　娃\n3. 李娜\n4. 张三\n巴特尔・达来")
    field.control.line.setFocus()

    press_ctrl(field.control.line, Qt.Key.Key_V)

    assert [name for name, _ in shown(field)] == ["王伟", "高娃", "巴特尔·达来"]
    assert field.error() == "没有加入：李娜（同名2人，请逐名选择）、张三。"


def test_one_pasted_name_is_looked_for_like_a_typed_one(field):
    QApplication.clipboard().setText("王伟")
    line = field.control.line
    line.setFocus()

    press_ctrl(line, Qt.Key.Key_V)
    line.list.hide()
    press(line, Qt.Key.Key_Return)

    assert [name for name, _ in shown(field)] == ["王伟"]


def test_several_typed_names_are_taken_apart(field):
    line = field.control.line
    line.setText("王伟 高娃")

    press(line, Qt.Key.Key_Return)

    assert [name for name, _ in shown(field)] == ["王伟", "高娃"]
    assert field.error() == ""


def test_a_name_left_in_the_line_is_taken_or_refused(field):
    field.control.line.setText("丁一")
    assert field.value() == (Attendee("d"),)

    field.control.line.setText("张三")
    with pytest.raises(FieldError, match="没有找到“张三”"):
        field.value()


def test_everybody_expected_is_marked_present_at_once(field):
    put(field, "w", "g", presence=P.EXPECTED)
    field.set_value([Attendee("w", P.EXPECTED), Attendee("g", P.LEAVE)])

    field.control.all_present.click()

    assert [presence for _, presence in shown(field)] == [P.PRESENT, P.LEAVE]
    assert not field.control.all_present.isEnabled()


def test_a_draft_keeps_the_rows_as_they_were_typed(field):
    field.set_value([Attendee("w", half_days=1, role="主持"), Attendee("g", P.LEAVE)])
    kept = field.raw()
    field.clear()
    assert field.value() == ()

    field.set_raw(kept)

    assert field.value() == (Attendee("w", role="主持", half_days=1), Attendee("g", P.LEAVE))
    field.set_raw("")
    assert field.value() == ()


def test_a_deputy_who_left_the_list_keeps_a_name(field):
    class Row(Attendee):
        name = "前代表"

    field.set_value([Row("old"), Attendee("older")])

    assert [name for name, _ in shown(field)] == ["前代表", "（已不在名单中）"]


def test_training_asks_for_hours(desk, qtbot):
    field = PeopleField("attendees", lambda: PEOPLE, hours=True)
    form = form_with(desk, qtbot, field)
    field.set_value([Attendee("w", hours=8, role="讲课")])

    assert form.isVisible()
    assert not field.control.table.isColumnHidden(HOURS)
    assert field.control.table.isColumnHidden(ROLE)
    field.control.table.item(0, HOURS).setText("4")
    assert field.value() == (Attendee("w", hours=4, role="讲课"),)


def dialog() -> PeopleDialog:
    found = [w for w in QApplication.topLevelWidgets() if isinstance(w, PeopleDialog)]
    return next(w for w in found if w.isVisible())


def test_a_large_window_hands_back_what_was_done_there(field):
    put(field, "w")
    field.control.larger.click()
    dialog().grid.add_names("高娃、张三")
    dialog().grid.table.set_presence(P.LEAVE, [0])
    assert dialog().problem.text() == "没有加入：张三。"
    assert dialog().grid.table.item(0, 0).text() == "王伟　区"
    assert shown(field) == [("王伟", P.PRESENT)]

    dialog().accept()

    assert shown(field) == [("王伟", P.LEAVE), ("高娃", P.PRESENT)]


def test_a_large_window_that_is_cancelled_changes_nothing(field):
    put(field, "w")
    field.control.larger.click()
    dialog().grid.table.set_presence(P.LEAVE, [0])

    dialog().reject()

    assert shown(field) == [("王伟", P.PRESENT)]


def test_the_form_scrolls_to_the_row_one_is_at(field, form):
    put(field, "w", "g", "d", "l1", "l2", "b")
    table = field.control.table
    table.setFocus()

    for _ in range(5):
        press(table, Qt.Key.Key_Down)

    place = table.visualItemRect(table.item(5, 0)).center()
    at = table.viewport().mapTo(form, place)
    assert 0 < at.y() < form.height() - style.px(20)


def test_an_edit_tells_the_form(field, qtbot):
    put(field, "w")
    with qtbot.waitSignal(field.edited):
        field.control.table.set_presence(P.LEAVE, [0])
    with qtbot.assertNotEmitted(field.edited):
        put(field, "w", "g")


def test_namesakes_are_told_apart_by_what_stands_behind_the_name(field):
    put(field, "l1", "l2")

    assert [field.control.table.item(row, 0).toolTip() for row in (0, 1)] == [
        "李娜　区",
        "李娜　市",
    ]


def test_rows_and_columns_follow_the_text_size(field, qapp):
    put(field, "w")
    table = field.control.table
    narrow, low = table.columnWidth(0), table.height()

    style.apply(qapp, style.LIGHT, 1.5)
    try:
        assert (table.columnWidth(0) > narrow, table.height() > low) == (True, True)
    finally:
        style.apply(qapp, style.LIGHT, 1.0)
