from datetime import date

import pytest

from deputydesk.errors import FieldError, UserError
from deputydesk.operations import replies, urgings
from tests.operations.case import Case


def urged(case, day, **more):
    return case.office.do(urgings.urge, suggestion_id=case.id, urged_on=day, **more)


def test_reminders_are_counted_per_unit_and_three_days_apart(office):
    case = Case.handled(office)

    urged(case, date(2026, 5, 20))
    for day in (date(2026, 5, 20), date(2026, 5, 22), date(2026, 5, 1)):
        with pytest.raises(
            FieldError, match="上次催办是2026年5月20日.*2026年5月23日以后"
        ) as refused:
            urged(case, day)
        assert refused.value.field == "urged_on"
    urged(case, date(2026, 5, 22), unit_id=case.assist)
    urged(
        case,
        date(2026, 5, 23),
        by_letter=True,
        document_no="五人大督〔2026〕3号",
        content="请于月底前答复",
    )

    found = office.ask(urgings.rows, suggestion_id=case.id)
    assert [(u.unit, u.nth) for u in found] == [
        ("区交通运输局", 1),
        ("区财政局", 1),
        ("区交通运输局", 2),
    ]
    assert case.story[-3:] == [
        "05-20 第1次催办区交通运输局 张丽",
        "05-22 第1次催办区财政局 张丽",
        "05-23 第2次催办区交通运输局（督办通知五人大督〔2026〕3号）：请于月底前答复 张丽",
    ]


def test_a_unit_is_reminded_before_it_signs_too(office):
    case = Case.assigned(office)

    urged(case, date(2026, 3, 9))

    assert "urgings.urge" in case.steps


def test_who_has_done_its_part_is_not_reminded(office):
    case = Case.separate(office)
    case.answer(case.main)

    with pytest.raises(UserError, match="“区交通运输局”已经办完自己的部分"):
        urged(case, date(2026, 5, 21), unit_id=case.main)
    urged(case, date(2026, 5, 21), unit_id=case.other)


def test_an_assisting_unit_that_gave_its_opinion_is_not_reminded(office):
    case = Case.handled(office)
    office.do(replies.assist, assignment_id=case.of(case.assist).id, opinion="资金已列入预算")

    with pytest.raises(UserError, match="已经办完自己的部分"):
        urged(case, date(2026, 5, 21), unit_id=case.assist)


def test_a_reminder_follows_the_assignment_and_goes_to_one_of_the_units(office):
    case = Case.handled(office)

    with pytest.raises(FieldError, match="不能早于交办日期"):
        urged(case, date(2026, 3, 4))
    with pytest.raises(FieldError, match="请选择这件建议的承办单位"):
        urged(case, date(2026, 5, 21), unit_id=case.other)
    case.answer(case.main)
    with pytest.raises(UserError, match="“已答复”，不能“催办”"):
        urged(case, date(2026, 5, 25))
