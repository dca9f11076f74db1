"""Fields of a form, as people use them."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCalendarWidget, QToolButton

from deputydesk.errors import FieldError
from deputydesk.models.choices import VisitKind
from deputydesk.ui.choices import Candidate, matching
from deputydesk.ui.date_field import DateField
from deputydesk.ui.fields import (
    CheckField,
    ChoiceField,
    Field,
    LongTextField,
    NumberField,
    TextField,
)
from deputydesk.ui.form import Form
from deputydesk.ui.list_field import ListField
from deputydesk.ui.money_field import WAN, MoneyField, money
from deputydesk.ui.pickers import PickField, PickManyField
from tests.ui import hands

TODAY = date(2026, 11, 23)
PEOPLE = [
    Candidate("1", "王伟", "五当召镇"),
    Candidate("2", "王秀兰", "石拐街道"),
    Candidate("3", "巴特尔·达来", "吉忽伦图苏木"),
    Candidate("4", "单志刚", "五当召镇"),
    Candidate("5", "李建国", "五当召镇"),
    Candidate("6", "李建国", "石拐街道"),
]


def built(qtbot, field, *, text="日期"):
    field.build(text=text, required=False, hint="")
    if isinstance(field, DateField):
        field.clock = lambda: TODAY
    qtbot.addWidget(field)
    field.clear()
    field.resize(260, 80)
    field.show()
    return field


def leave(field):
    """Go on to the next field."""
    field.control.left.emit()


class TestDate:
    def test_what_is_typed_is_understood_when_the_field_is_left(self, qtbot):
        field = built(qtbot, DateField("held_on"))
        hands.write(field.control, "昨天")
        leave(field)

        assert field.control.text() == "2026-11-22 周日"
        assert field.value() == date(2026, 11, 22)

    def test_arrows_move_by_a_day_and_begin_at_today(self, qtbot):
        field = built(qtbot, DateField("held_on"))
        seen = []
        for key in (Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Down):
            hands.press(field.control, key)
            seen.append(field.value().day)

        assert seen == [23, 24, 23, 22]

    def test_what_is_no_date_is_said_in_red_at_once(self, qtbot):
        field = built(qtbot, DateField("held_on"))
        hands.write(field.control, "2.30")
        leave(field)

        assert field.error() == "2月没有30日，请检查日期。"
        with pytest.raises(FieldError, match="2月没有30日"):
            field.value()

    def test_typing_on_takes_the_error_away(self, qtbot):
        field = built(qtbot, DateField("held_on"))
        hands.write(field.control, "x")
        leave(field)
        hands.write(field.control, "3")

        assert field.error() == ""

    def test_empty_is_none_where_it_may_be_and_an_error_where_not(self, qtbot):
        assert built(qtbot, DateField("due_on", optional=True)).value() is None
        with pytest.raises(FieldError, match="请填写日期"):
            built(qtbot, DateField("held_on")).value()

    def test_a_deadline_lies_ahead(self, qtbot):
        field = built(qtbot, DateField("due_on", ahead=True))
        hands.write(field.control, "3.5")

        assert field.value() == date(2027, 3, 5)

    def test_the_calendar_offers_no_years_that_are_none(self, qtbot):
        field = built(qtbot, DateField("held_on"))

        field.control._open_calendar()

        calendar = field.control.findChild(QCalendarWidget)
        assert calendar.minimumDate().year() == 1900
        assert calendar.maximumDate().year() < 9999

    def test_a_day_is_picked_from_the_calendar(self, qtbot):
        field = built(qtbot, DateField("held_on"))
        field.control.actions()[0].trigger()
        field.control.picked.emit(QDate(2026, 11, 2))

        assert field.value() == date(2026, 11, 2)


class TestPlain:
    def test_text_loses_its_blanks(self, qtbot):
        field = built(qtbot, TextField("topic"))
        hands.write(field.control, " 暖气不热 ")

        assert field.value() == "暖气不热"

    @pytest.mark.parametrize(
        ("typed", "number"), [("12", 12), ("１２", 12), ("1,200", 1200), ("", 0), ("-3", -3)]
    )
    def test_numbers_in_any_width(self, qtbot, typed, number):
        field = built(qtbot, NumberField("received"))
        hands.write(field.control, typed)

        assert field.value() == number

    def test_no_number_is_refused(self, qtbot):
        field = built(qtbot, NumberField("received"), text="接待人次")
        hands.write(field.control, "三个")

        with pytest.raises(FieldError, match="接待人次应当是整数"):
            field.value()

    def test_an_optional_number_may_be_missing(self, qtbot):
        field = built(qtbot, NumberField("received", optional=True))

        assert field.value() is None

    def test_tab_leaves_a_long_text_and_enter_does_not(self, qtbot):
        field = built(qtbot, LongTextField("note"))
        hands.write(field.control, "第一行")
        hands.press(field.control, Qt.Key.Key_Return)
        hands.write(field.control, "第二行")

        assert field.value() == "第一行\n第二行"
        assert field.control.tabChangesFocus()

    def test_a_choice_is_shown_by_its_label(self, qtbot):
        field = built(qtbot, ChoiceField("kind", VisitKind))
        field.set_value(VisitKind.POLICY)

        assert field.control.currentText() == "政策宣讲"
        assert field.value() is VisitKind.POLICY

    def test_a_choice_of_a_newer_version_is_kept(self, qtbot):
        field = built(qtbot, ChoiceField("kind", VisitKind))
        stranger = VisitKind.stored("云接待")
        field.set_value(stranger)

        assert field.value() == stranger

    def test_other_options_keep_the_choice_if_they_have_it(self, qtbot):
        field = built(qtbot, ChoiceField("unit", options=[("a", "甲"), ("b", "乙")]))
        field.set_value("b")
        field.set_options([("b", "乙"), ("c", "丙")])

        assert field.value() == "b"

    def test_nothing_to_choose_from_is_said(self, qtbot):
        field = built(qtbot, ChoiceField("unit"), text="承办单位")

        with pytest.raises(FieldError, match="请选择承办单位"):
            field.value()

    def test_yes_and_no(self, qtbot):
        field = built(qtbot, CheckField("signed", label="已签到"))
        field.control.click()

        assert field.value() is True


class TestOne:
    def test_initials_find_a_person_and_enter_takes_the_first(self, qtbot):
        field = built(qtbot, PickField("lead_id", lambda: PEOPLE))
        hands.write(field.control, "wx")
        hands.press(field.control, Qt.Key.Key_Return)

        assert field.control.text() == "王秀兰"
        assert field.value() == "2"

    def test_arrows_go_through_the_list(self, qtbot):
        field = built(qtbot, PickField("lead_id", lambda: PEOPLE))
        hands.write(field.control, "王")
        hands.press(field.control, Qt.Key.Key_Down)
        hands.press(field.control, Qt.Key.Key_Return)

        assert field.value() == "2"

    def test_escape_leaves_what_was_typed(self, qtbot):
        field = built(qtbot, PickField("lead_id", lambda: PEOPLE))
        hands.write(field.control, "王")
        hands.press(field.control, Qt.Key.Key_Escape)

        assert field.control.text() == "王"
        assert not field.control.list.isVisible()

    def test_the_only_one_that_fits_is_meant_when_the_field_is_left(self, qtbot):
        field = built(qtbot, PickField("lead_id", lambda: PEOPLE))
        hands.write(field.control, "巴特尔")
        leave(field)

        assert field.control.text() == "巴特尔·达来"
        assert field.value() == "3"

    def test_nobody_of_that_name_is_said_at_the_field(self, qtbot):
        field = built(qtbot, PickField("lead_id", lambda: PEOPLE))
        hands.write(field.control, "诸葛亮")
        leave(field)

        assert field.error() == "没有找到“诸葛亮”，请从列表中选择。"
        with pytest.raises(FieldError, match="没有找到“诸葛亮”"):
            field.value()

    def test_two_of_one_name_must_be_chosen_from_the_list(self, qtbot):
        field = built(qtbot, PickField("lead_id", lambda: PEOPLE))
        hands.write(field.control, "李建国")

        with pytest.raises(FieldError, match="“李建国”不止一个"):
            field.value()

    def test_a_record_that_is_not_offered_any_more_is_kept(self, qtbot):
        field = built(qtbot, PickField("lead_id", lambda: PEOPLE))
        field.set_value("99")

        assert field.value() == "99"
        assert field.control.text() == "（已不在名单中）"

    def test_any_text_will_do_where_candidates_are_only_offered(self, qtbot):
        field = built(qtbot, PickField("topic", lambda: PEOPLE, free=True))
        hands.write(field.control, "别的")
        leave(field)

        assert field.value() == "别的"
        assert field.error() == ""

    def test_the_arrow_at_the_right_lists_everything(self, qtbot):
        field = built(qtbot, PickField("lead_id", lambda: PEOPLE))
        field.control.actions()[0].trigger()

        assert field.control.list.model().rowCount() == len(PEOPLE)

    def test_candidates_are_asked_for_anew_after_changes(self, qtbot):
        people = list(PEOPLE)
        field = built(qtbot, PickField("lead_id", lambda: people))
        field.set_value("1")
        people.append(Candidate("7", "高娃"))
        field.forget()
        hands.write(field.control, "")
        field.set_value("7")

        assert field.control.text() == "高娃"


class TestSeveral:
    def test_chips_are_added_one_after_the_other(self, qtbot):
        field = built(qtbot, PickManyField("deputy_ids", lambda: PEOPLE))
        for letters in ("wx", "szg", "btedl"):
            hands.write(field.control.line, letters)
            hands.press(field.control.line, Qt.Key.Key_Return)

        assert field.value() == ("2", "4", "3")

    def test_nobody_is_added_twice(self, qtbot):
        field = built(qtbot, PickManyField("deputy_ids", lambda: PEOPLE))
        for _ in range(2):
            hands.write(field.control.line, "wx")
            hands.press(field.control.line, Qt.Key.Key_Return)

        assert field.value() == ("2",)

    def test_backspace_in_the_empty_line_takes_the_last_one_away(self, qtbot):
        field = built(qtbot, PickManyField("deputy_ids", lambda: PEOPLE))
        field.set_value(("1", "2"))
        hands.press(field.control.line, Qt.Key.Key_Backspace)

        assert field.value() == ("1",)

    def test_the_cross_takes_its_chip_away(self, qtbot):
        field = built(qtbot, PickManyField("deputy_ids", lambda: PEOPLE))
        field.set_value(("1", "2", "3"))
        cross = field.control._chips[1].findChild(QToolButton)
        assert cross
        QTest.mouseClick(cross, Qt.MouseButton.LeftButton)

        assert field.value() == ("1", "3")

    def test_what_was_typed_and_not_entered_counts_if_it_is_clear(self, qtbot):
        field = built(qtbot, PickManyField("deputy_ids", lambda: PEOPLE))
        hands.write(field.control.line, "单志刚")

        assert field.value() == ("4",)

    def test_what_is_not_clear_is_said(self, qtbot):
        field = built(qtbot, PickManyField("deputy_ids", lambda: PEOPLE))
        hands.write(field.control.line, "诸葛亮")
        leave(field)

        assert "没有找到“诸葛亮”" in field.error()
        with pytest.raises(FieldError):
            field.value()

    def test_many_chips_go_on_in_the_next_line(self, qtbot):
        field = built(qtbot, PickManyField("deputy_ids", lambda: PEOPLE))
        one = field.control.layout().heightForWidth(240)
        field.set_value(("1", "2", "3", "4", "5"))

        qtbot.waitUntil(lambda: field.control.layout().heightForWidth(240) > one)


def test_names_that_begin_with_it_come_first():
    found = matching([Candidate("a", "小王"), Candidate("b", "王伟")], "王")

    assert [candidate.id for candidate in found] == ["b", "a"]


def test_details_are_looked_at_too():
    assert [c.id for c in matching(PEOPLE, "石拐")] == ["2", "6"]


FIELDS: dict[str, tuple[Callable[[], Field], Any]] = {
    "text": (lambda: TextField("a"), "暖气"),
    "number": (lambda: NumberField("a"), 3),
    "long": (lambda: LongTextField("a"), "一\n二"),
    "choice": (lambda: ChoiceField("a", VisitKind), VisitKind.POLICY),
    "check": (lambda: CheckField("a", label="x"), True),
    "date": (lambda: DateField("a"), date(2026, 3, 5)),
    "one": (lambda: PickField("a", lambda: PEOPLE), "5"),
    "several": (lambda: PickManyField("a", lambda: PEOPLE), ("5", "6")),
}


@pytest.mark.parametrize("kind", FIELDS)
def test_every_field_gives_back_its_value_and_what_a_draft_kept(qtbot, kind):
    make, value = FIELDS[kind]
    field: Field = built(qtbot, make())
    field.set_value(value)
    raw = field.raw()
    kept = field.value()
    field.clear()
    cleared = field.raw()
    field.set_raw(raw)

    assert kept == value
    assert cleared != raw
    assert field.value() == value
    assert field.control.accessibleName()


def test_a_list_is_typed_one_a_line_or_parted(desk, qtbot):
    field = ListField("topics", label="议题")
    form = Form(desk, "lists", (field,))
    qtbot.addWidget(form)

    field.set_raw("预算、决算；\n 供水\n\n")
    assert field.value() == ["预算", "决算", "供水"]

    field.set_value(["甲", "乙"])
    assert field.raw() == "甲\n乙"


def test_money_is_typed_in_yuan_or_ten_thousands_and_kept_in_fen(desk, qtbot):
    small = MoneyField("amount", label="金额")
    large = MoneyField("budget", label="投资（万元）", unit=WAN)
    form = Form(desk, "money", (small, large))
    qtbot.addWidget(form)

    small.set_raw("１，２００．５０元")
    large.set_raw("766.2万元")
    assert (small.value(), large.value()) == (120_050, 766_200_000)

    small.set_value(120_050)
    large.set_value(0)
    assert (small.raw(), large.raw()) == ("1200.5", "")
    assert money(766_200_000_000, WAN) == "766,200"
