from datetime import date

import pytest

from deputydesk.errors import FieldError, UserError
from deputydesk.operations import extensions
from tests.operations.case import Case

ASKED = date(2026, 5, 10)


def asked(case, by="", **more):
    mine = case.of(by or case.main)
    return case.office.do(
        extensions.ask,
        **{"assignment_id": mine.id, "reason": "工程量大", "asked_on": ASKED} | more,
    )


def test_more_time_is_granted_and_the_first_day_is_kept(office):
    case = Case.handled(office)

    extension = asked(case)
    [waiting] = office.ask(extensions.rows, pending=True)
    assert (waiting.outcome, waiting.number, waiting.unit) == ("待审批", 1, "区交通运输局")
    assert office.ask(extensions.latest, assignment_id=waiting.assignment_id) == date(2026, 9, 7)
    office.do(
        extensions.grant,
        extension_id=extension,
        new_due_on=date(2026, 9, 7),
        decided_on=date(2026, 5, 12),
        deputy_told_on=date(2026, 5, 13),
        note="情况属实",
    )

    row = case.row
    assert (row.due_on, row.first_due_on) == (date(2026, 9, 7), date(2026, 6, 5))
    assert row.extended
    assert case.of(case.main).why == "经批准延期至2026年9月7日，原定2026年6月5日"
    [done] = office.ask(extensions.rows, suggestion_id=case.id)
    assert (done.outcome, done.new_due_on) == ("同意", date(2026, 9, 7))
    assert done.deputy_told_on == date(2026, 5, 13)
    assert office.ask(extensions.rows, pending=True) == []
    assert case.story[-3:] == [
        "05-10 申请延期：工程量大 区交通运输局",
        "05-12 同意延期至2026年9月7日：情况属实 张丽",
        "05-13 延期告知代表 张丽",
    ]


def test_an_answer_within_the_granted_time_is_in_time(office):
    case = Case.handled(office)
    office.do(extensions.grant, extension_id=asked(case), new_due_on=date(2026, 8, 5))

    case.answer(case.main, day=date(2026, 8, 5))

    assert case.row.in_time


def test_refusing_says_why_and_the_day_stays(office):
    case = Case.handled(office)
    extension = asked(case)

    with pytest.raises(FieldError, match="不同意的理由") as refused:
        office.do(extensions.refuse, extension_id=extension, note="")
    assert refused.value.field == "note"
    office.do(
        extensions.refuse, extension_id=extension, note="可以按期办结", decided_on=date(2026, 5, 11)
    )

    assert case.row.due_on == date(2026, 6, 5)
    assert office.ask(extensions.rows)[0].outcome == "不同意"
    assert case.story[-1] == "05-11 不同意延期：可以按期办结 张丽"


def test_six_months_is_the_most_and_a_day_in_order_is_needed(office):
    case = Case.handled(office)
    extension = asked(case)
    cases = [
        ({"new_due_on": date(2026, 6, 5)}, "new_due_on", "应晚于现在的时限"),
        ({"new_due_on": date(2026, 9, 8)}, "new_due_on", "最长6个月，最晚到2026年9月7日"),
        ({"decided_on": date(2026, 5, 9)}, "decided_on", "不能早于申请日期"),
        ({"deputy_told_on": date(2026, 5, 11)}, "deputy_told_on", "不能早于审批日期"),
    ]

    for wrong, field, sentence in cases:
        good = {"new_due_on": date(2026, 8, 5), "decided_on": date(2026, 5, 12)}
        with pytest.raises(FieldError, match=sentence) as refused:
            office.do(extensions.grant, extension_id=extension, **good | wrong)
        assert refused.value.field == field

    assert case.row.due_on == date(2026, 6, 5)


def test_what_has_the_longer_time_already_gets_no_more(office):
    case = Case.accepted(office)
    case.give(main_id=case.main, long=True)
    case.sign(case.main)
    extension = asked(case)

    with pytest.raises(FieldError, match="最晚到2026年9月7日"):
        office.do(extensions.grant, extension_id=extension, new_due_on=date(2026, 9, 8))


def test_a_wish_is_decided_once_and_waits_alone(office):
    case = Case.handled(office)
    extension = asked(case)

    with pytest.raises(UserError, match="已有一份延期申请待审批"):
        asked(case)
    office.do(extensions.refuse, extension_id=extension, note="不必", decided_on=ASKED)
    with pytest.raises(UserError, match="已于2026年5月10日审批"):
        office.do(extensions.grant, extension_id=extension, new_due_on=date(2026, 8, 5))

    asked(case)
    assert [row.outcome for row in office.ask(extensions.rows)] == ["不同意", "待审批"]


def test_a_wish_needs_a_reason_a_day_and_a_unit_that_owes_an_answer(office):
    case = Case.separate(office)

    with pytest.raises(FieldError) as refused:
        asked(case, reason=" ")
    assert refused.value.field == "reason"
    with pytest.raises(FieldError) as refused:
        asked(case, asked_on=date(2026, 3, 4))
    assert refused.value.field == "asked_on"
    case.answer(case.main)
    with pytest.raises(UserError, match="已经答复，不需要延期"):
        asked(case)


def test_an_assisting_unit_gets_no_more_time(office):
    case = Case.handled(office)

    with pytest.raises(UserError, match="“区财政局”是协办单位，不适用延期"):
        asked(case, case.assist)


def test_more_time_is_no_more_decided_after_the_answer(office):
    case = Case.handled(office)
    extension = asked(case)
    case.answer(case.main)

    with pytest.raises(UserError, match="“已答复”，不能“延期”"):
        office.do(extensions.grant, extension_id=extension, new_due_on=date(2026, 8, 5))


def test_handled_again_it_may_be_extended_to_six_months_from_then(office):
    case = Case.dissatisfied(office)
    assert case.row.due_on == date(2026, 6, 29)  # 5月28日起一个月，6月28日是星期日

    office.do(
        extensions.grant,
        extension_id=asked(case, asked_on=date(2026, 6, 1)),
        new_due_on=date(2026, 7, 31),
        decided_on=date(2026, 6, 2),
    )

    assert (case.row.due_on, case.row.first_due_on) == (date(2026, 7, 31), date(2026, 6, 29))
