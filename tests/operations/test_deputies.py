from datetime import date

import pytest

from deputydesk.errors import FieldError, UserError
from deputydesk.models.choices import EndReason, Level, Sex
from deputydesk.operations import deputies, electoral_districts, terms
from tests import make


def test_deputies_stand_in_the_official_order_of_names(office):
    for name in ("王伟", "丁一", "嘉木样·洛桑久美·图丹却吉尼玛", "𬱖𫖮"):
        make.deputy(office, name=name)

    assert [d.name for d in office.ask(deputies.rows)] == [
        "丁一",
        "王伟",
        "𬱖𫖮",
        "嘉木样·洛桑久美·图丹却吉尼玛",
    ]


def test_names_are_cleaned_and_never_refused(office):
    mandate_id = make.deputy(office, name=" 王　 伟 ")
    other = make.deputy(office, name="巴特尔・孟克")

    assert office.ask(deputies.one, mandate_id).name == "王伟"
    assert office.ask(deputies.names, [other]) == {other: "巴特尔·孟克"}
    with pytest.raises(FieldError, match="请填写姓名"):
        make.deputy(office, name="　")


def test_one_person_may_sit_at_several_levels_but_once_at_each(office):
    first = office.ask(deputies.one, make.deputy(office))

    office.do(deputies.add_mandate, person_id=first.person_id, level=Level.DISTRICT)

    assert sorted((d.level, d.main) for d in office.ask(deputies.rows)) == [
        (Level.DISTRICT, False),
        (Level.TOWN, True),
    ]
    with pytest.raises(FieldError, match="已经是苏木乡镇人大代表"):
        office.do(deputies.add_mandate, person_id=first.person_id, level=Level.TOWN)


def test_a_deputys_data_is_changed(office):
    mandate_id = make.deputy(office)

    office.do(
        deputies.edit,
        mandate_id=mandate_id,
        name="王炜",
        level=Level.DISTRICT,
        sex=Sex.MALE,
        phone="14000000000",
        leader=True,
    )

    row = office.ask(deputies.one, mandate_id)
    assert (row.name, row.level, row.sex, row.phone, row.leader) == (
        "王炜",
        Level.DISTRICT,
        Sex.MALE,
        "14000000000",
        True,
    )


def test_an_ended_mandate_is_listed_among_the_former(office):
    mandate_id = make.deputy(office)

    office.do(
        deputies.end_mandate,
        mandate_id=mandate_id,
        ended_on=date(2026, 5, 1),
        reason=EndReason.RESIGNED,
    )

    assert office.ask(deputies.rows) == []
    [row] = office.ask(deputies.rows, former=True)
    assert row.status == "辞职"
    with pytest.raises(UserError, match="已经终止"):
        office.do(
            deputies.end_mandate,
            mandate_id=mandate_id,
            ended_on=date(2026, 5, 2),
            reason=EndReason.DIED,
        )


def test_ending_a_mandate_needs_a_reason_and_a_day_that_can_be(office):
    mandate_id = office.do(deputies.add, name="王伟", level=Level.TOWN, started_on=date(2026, 3, 1))

    with pytest.raises(FieldError, match="请选择终止原因"):
        office.do(
            deputies.end_mandate,
            mandate_id=mandate_id,
            ended_on=date(2026, 5, 1),
            reason=EndReason.NONE,
        )
    with pytest.raises(FieldError, match="不能早于任职日期"):
        office.do(
            deputies.end_mandate,
            mandate_id=mandate_id,
            ended_on=date(2026, 2, 1),
            reason=EndReason.DIED,
        )


def test_a_suspended_deputy_is_listed_as_such(office):
    mandate_id = make.deputy(office)
    assert office.ask(deputies.one, mandate_id).status == "在任"

    office.do(deputies.set_suspended, mandate_id=mandate_id, suspended=True)

    assert office.ask(deputies.one, mandate_id).status == "暂停"


def test_a_deputy_who_is_gone_is_said(office):
    with pytest.raises(UserError, match="找不到这名代表"):
        office.ask(deputies.one, "T1-0")


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"photo_public": True}, "请填写本人同意公开的日期"),
        ({"phone_public": True, "consented_on": date(2026, 5, 4)}, "请填写同意公开的电话"),
        ({"photo_public": True, "consented_on": date(2027, 1, 1)}, "同意日期不能晚于今天"),
    ],
)
def test_a_consent_needs_a_day_that_has_come_and_a_phone_to_publish(office, values, sentence):
    mandate_id = make.deputy(office)
    who = {"mandate_id": mandate_id, "name": "王伟", "level": Level.TOWN}

    with pytest.raises(FieldError, match=sentence):
        office.do(deputies.edit, **who, **values)

    assert office.ask(deputies.one, mandate_id).photo_public is False


def test_what_a_deputy_agrees_to_is_kept_with_its_day_and_can_be_taken_back(office):
    agreed = {
        "photo_public": True,
        "phone_public": True,
        "public_phone": " 0472-8700001 ",
        "consented_on": date(2026, 5, 4),
    }
    mandate_id = office.do(deputies.add, name="王伟", level=Level.TOWN, **agreed)

    row = office.ask(deputies.one, mandate_id)
    assert (row.photo_public, row.phone_public) == (True, True)
    assert (row.public_phone, row.consented_on) == ("0472-8700001", date(2026, 5, 4))

    office.do(deputies.edit, mandate_id=mandate_id, name="王伟", level=Level.TOWN)
    assert office.ask(deputies.one, mandate_id).phone_public is False


def test_income_and_office_of_a_deputy_are_kept_and_a_form_without_them_leaves_them(office):
    mandate_id = office.do(
        deputies.add, name="王伟", level=Level.TOWN, fixed_income=True, leader=True, note="镇长"
    )
    office.do(deputies.edit, mandate_id=mandate_id, name="王伟", level=Level.TOWN)
    row = office.ask(deputies.one, mandate_id)
    assert (row.fixed_income, row.leader, row.note) == (True, True, "镇长")

    office.do(
        deputies.edit,
        mandate_id=mandate_id,
        name="王伟",
        level=Level.TOWN,
        fixed_income=False,
        leader=False,
        note="",
    )

    row = office.ask(deputies.one, mandate_id)
    assert (row.fixed_income, row.leader, row.note) == (False, False, "")


def test_constituency_term_and_first_day_of_a_seat_are_corrected(office):
    mandate_id = make.deputy(office)
    district = office.do(electoral_districts.save, name="第3选区", level=Level.TOWN)
    term = office.do(terms.start_term, level=Level.TOWN, number=10)
    seat = {"electoral_district_id": district, "term_id": term, "started_on": date(2022, 1, 5)}

    office.do(deputies.edit, mandate_id=mandate_id, name="王伟", level=Level.TOWN, **seat)

    row = office.ask(deputies.one, mandate_id)
    assert (row.district, row.term, row.started_on) == ("第3选区", "第10届", date(2022, 1, 5))
    office.do(
        deputies.end_mandate,
        mandate_id=mandate_id,
        ended_on=date(2026, 5, 1),
        reason=EndReason.MOVED,
    )
    with pytest.raises(FieldError, match="终止日期不能早于任职日期"):
        office.do(
            deputies.edit,
            mandate_id=mandate_id,
            name="王伟",
            level=Level.TOWN,
            started_on=date(2026, 6, 1),
        )


def test_who_still_sits_elsewhere_stays_among_the_deputies_when_the_main_seat_ends(office):
    town = make.deputy(office)
    person = office.ask(deputies.one, town).person_id
    district = office.do(deputies.add_mandate, person_id=person, level=Level.DISTRICT)

    office.do(
        deputies.end_mandate, mandate_id=town, ended_on=date(2026, 5, 1), reason=EndReason.MOVED
    )

    assert [(d.id, d.main) for d in office.ask(deputies.rows)] == [(district, True)]
    assert office.ask(deputies.one, town).main is True, "it was, as long as it was held"
    office.undo()
    assert office.ask(deputies.one, town).main is True
    assert office.ask(deputies.one, district).main is False


def test_one_seat_is_the_main_one_whichever_was_first(office):
    town = make.deputy(office)
    person = office.ask(deputies.one, town).person_id

    city = office.do(deputies.add_mandate, person_id=person, level=Level.CITY, main=True)

    assert {d.id: d.main for d in office.ask(deputies.rows)} == {town: False, city: True}
    with pytest.raises(FieldError, match="已经是市人大代表"):
        office.do(deputies.edit, mandate_id=town, name="王伟", level=Level.CITY)


def test_who_is_elected_again_after_a_pause_counts_again(office):
    town = make.deputy(office)
    person = office.ask(deputies.one, town).person_id
    office.do(
        deputies.end_mandate, mandate_id=town, ended_on=date(2026, 5, 1), reason=EndReason.RESIGNED
    )

    again = office.do(deputies.add_mandate, person_id=person, level=Level.DISTRICT)

    assert office.ask(deputies.one, again).main is True


def test_a_first_day_that_is_cleared_is_gone_and_one_not_given_stays(office):
    who = {"name": "王伟", "level": Level.TOWN}
    mandate = office.do(deputies.add, **who, started_on=date(2022, 1, 5))

    office.do(deputies.edit, mandate_id=mandate, **who)
    assert office.ask(deputies.one, mandate).started_on == date(2022, 1, 5)
    office.do(deputies.edit, mandate_id=mandate, **who, started_on=None)

    assert office.ask(deputies.one, mandate).started_on is None
