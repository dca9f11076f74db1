from datetime import date
from typing import Any

import pytest

from deputydesk.errors import FieldError, UserError
from deputydesk.models.choices import HandbackOutcome, UnitRole
from deputydesk.operations import assignments, presets, replies
from deputydesk.rules.suggestion_flow import SuggestionState as S
from tests import make
from tests.operations.case import ASSIGNED, Case


def test_main_and_assisting_units_get_their_own_days(office):
    case = Case.accepted(office)

    ids = case.give(main_id=case.main, assist_ids=(case.assist,))

    main, assist = case.of(case.main), case.of(case.assist)
    assert set(ids) == {main.id, assist.id}
    assert (main.role, main.unit, main.answers) == (UnitRole.MAIN, "区交通运输局", True)
    assert (main.due_on, main.first_due_on) == (date(2026, 6, 5), date(2026, 6, 5))
    assert (assist.due_on, assist.answers) == (date(2026, 4, 7), False)  # 4月5日是清明假日
    assert "3个月" in main.why
    assert not main.provisional
    assert not main.extended
    row = case.row
    assert (row.state, row.main_unit, row.assist_units) == (
        S.ASSIGNED,
        "区交通运输局",
        ("区财政局",),
    )
    assert (row.assigned_on, row.due_on, row.round) == (ASSIGNED, date(2026, 6, 5), 1)


@pytest.mark.parametrize(
    ("assigned", "due"),
    [
        (date(2025, 1, 31), date(2025, 4, 30)),
        (date(2025, 3, 5), date(2025, 6, 5)),
        (date(2024, 11, 29), date(2025, 2, 28)),
        (date(2025, 7, 2), date(2025, 10, 9)),
        (date(2025, 11, 30), date(2026, 2, 28)),
    ],
)
def test_three_months_are_counted_by_the_calendar(office, assigned, due):
    assert office.ask(assignments.deadline, day=assigned).due == due


def test_a_difficult_matter_has_six_months(office):
    case = Case.accepted(office)

    case.give(main_id=case.main, long=True)

    assert case.row.due_on == date(2026, 9, 7)  # 9月5日是星期六


def test_the_rule_in_force_on_the_day_decides(office):
    office.do(
        presets.set_deadlines,
        valid_from=date(2026, 3, 1),
        reply_months=2,
        postponed=False,
        source="某市规定",
    )

    assert office.ask(assignments.deadline, day=date(2026, 2, 27)).plain == date(2026, 5, 27)
    assert office.ask(assignments.deadline, day=date(2026, 3, 1)).due == date(2026, 5, 1)
    again = office.ask(assignments.deadline, day=date(2026, 3, 2), round_=2)
    assert again.due == date(2026, 4, 2)


def test_a_day_beyond_the_holiday_table_is_provisional(office):
    case = Case.accepted(office)

    case.give(main_id=case.main, assigned_on=date(2026, 11, 20))

    assert case.row.provisional
    assert "暂定" in case.of(case.main).why


def test_units_that_do_not_fit_are_named_at_their_field(office):
    case = Case.accepted(office)
    cases: list[tuple[dict[str, Any], str, str]] = [
        ({}, "main_id", "请选择承办单位"),
        ({"main_id": "none"}, "main_id", "请选择承办单位"),
        ({"main_id": case.main, "assist_ids": (case.main,)}, "assist_ids", "填了两次"),
        ({"separate_ids": (case.main,)}, "separate_ids", "至少要有两个单位"),
        ({"separate_ids": (case.main, case.main)}, "separate_ids", "填了两次"),
        (
            {"main_id": case.main, "separate_ids": (case.other, case.assist)},
            "separate_ids",
            "不能再“分别办理”",
        ),
        (
            {"main_id": case.main, "assigned_on": date(2026, 3, 1)},
            "assigned_on",
            "不能早于审核日期",
        ),
        ({"main_id": case.main, "assigned_on": date(2027, 1, 1)}, "assigned_on", "不能晚于今天"),
    ]

    for units, field, sentence in cases:
        with pytest.raises(FieldError, match=sentence) as refused:
            case.give(**units)
        assert refused.value.field == field

    assert case.row.state is S.ACCEPTED


def test_several_units_may_answer_each_for_itself(office):
    case = Case.accepted(office)

    case.give(separate_ids=(case.main, case.other), assist_ids=(case.assist,))

    row = case.row
    assert (row.separate, set(row.units)) == (True, {"区交通运输局", "区水务局"})
    assert set(row.unit_ids) == {case.main, case.other}


def test_a_unit_signs_and_the_handling_begins(office):
    case = Case.assigned(office)

    case.sign(case.assist)
    assert case.row.state is S.ASSIGNED
    case.sign(case.main)

    assert case.row.state is S.HANDLING
    assert case.of(case.main).signed_by == "李强"
    assert "03-09 签收：李强 区交通运输局" in case.story
    with pytest.raises(UserError, match="“区交通运输局”已于2026年3月9日签收"):
        case.sign(case.main)


def test_a_unit_signs_after_the_assignment(office):
    case = Case.assigned(office)

    with pytest.raises(FieldError, match="签收日期不能早于交办日期") as refused:
        office.do(assignments.sign, assignment_id=case.of(case.main).id, signed_on=date(2026, 3, 4))

    assert refused.value.field == "signed_on"


def asked(case, unit_id, **more):
    mine = case.of(unit_id).id
    case.office.do(
        assignments.ask_hand_back,
        **{"assignment_id": mine, "reason": "不属本单位职责", "asked_on": date(2026, 3, 12)} | more,
    )
    return mine


def decided(case, assignment_id, *, agreed, **more):
    return case.office.do(
        assignments.decide_hand_back,
        **{"assignment_id": assignment_id, "agreed": agreed, "decided_on": date(2026, 3, 16)}
        | more,
    )


def test_a_unit_hands_back_and_another_gets_it(office):
    case = Case.assigned(office)

    mine = asked(case, case.main)
    assert case.row.state is S.REASSIGN
    assert "assignments.decide_hand_back" in case.steps
    new = decided(case, mine, agreed=True, unit_id=case.other, note="由水务局主办")

    row = case.row
    assert (row.state, row.main_unit, row.assist_units) == (S.ASSIGNED, "区水务局", ("区财政局",))
    assert row.due_on == date(2026, 6, 16)
    assert case.of(case.other).id == new
    assert "03-12 退办：不属本单位职责 区交通运输局" in case.story
    assert "03-16 同意区交通运输局退办：由水务局主办 张丽" in case.story
    with pytest.raises(UserError, match="“区交通运输局”已不再办理建议第1号"):
        office.do(assignments.sign, assignment_id=mine)


def test_a_unit_that_is_not_let_go_handles_it(office):
    case = Case.assigned(office)

    mine = asked(case, case.main)
    decided(case, mine, agreed=False, note="属于本单位职责")

    assert case.row.state is S.HANDLING
    assert case.of(case.main).handback is HandbackOutcome.REFUSED
    assert "03-16 不同意区交通运输局退办：属于本单位职责 张丽" in case.story
    with pytest.raises(UserError, match="已申请过退办"):
        asked(case, case.main)
    case.answer(case.main)
    assert case.row.state is S.ANSWERED


def test_handing_back_late_is_refused_unless_it_is_taken_all_the_same(office):
    case = Case.assigned(office)
    last = case.of(case.main).hand_back_by
    assert last == date(2026, 3, 19)  # 10 个工作日

    with pytest.raises(FieldError, match="应在2026年3月19日以前提出，已经逾期") as refused:
        asked(case, case.main, asked_on=date(2026, 3, 20))
    assert refused.value.field == "asked_on"
    asked(case, case.main, asked_on=date(2026, 3, 20), late_accepted=True)

    assert case.row.state is S.REASSIGN


def test_the_time_for_handing_back_runs_from_the_signature(office):
    case = Case.handled(office)

    asked(case, case.main, asked_on=date(2026, 3, 23))

    assert case.of(case.main).hand_back_by == date(2026, 3, 23)
    assert case.row.state is S.REASSIGN


def test_a_reason_and_a_day_in_order_are_needed(office):
    case = Case.handled(office)

    for wrong, field in (
        ({"reason": ""}, "reason"),
        ({"asked_on": date(2026, 3, 8)}, "asked_on"),
        ({"asked_on": date(2026, 3, 4)}, "asked_on"),
    ):
        with pytest.raises(FieldError) as refused:
            asked(case, case.main, **wrong)
        assert refused.value.field == field
    mine = asked(case, case.main)
    with pytest.raises(FieldError, match="不能早于退办申请日期") as refused:
        decided(case, mine, agreed=False, decided_on=date(2026, 3, 11))
    assert refused.value.field == "decided_on"


def test_the_unit_that_gets_it_instead_is_chosen_and_is_another_one(office):
    case = Case.assigned(office)
    mine = asked(case, case.main)

    for unit_id, sentence in (
        ("", "请选择改交的单位"),
        ("none", "请选择承办单位"),
        (case.main, "“区交通运输局”已是这件建议的承办单位"),
        (case.assist, "“区财政局”已是这件建议的承办单位"),
    ):
        with pytest.raises(FieldError, match=sentence) as refused:
            decided(case, mine, agreed=True, unit_id=unit_id)
        assert refused.value.field == "unit_id"


def test_what_was_not_asked_cannot_be_decided(office):
    case = Case.handled(office)

    with pytest.raises(UserError, match="没有待答复的退办申请"):
        decided(case, case.of(case.main).id, agreed=True, unit_id=case.other)


def test_while_a_unit_waits_for_the_decision_it_neither_signs_nor_answers(office):
    case = Case.assigned(office)
    mine = asked(case, case.main)

    with pytest.raises(UserError, match="“申请退办”，不能“签收”"):
        office.do(assignments.sign, assignment_id=mine)
    with pytest.raises(UserError, match="“申请退办”，不能“答复”"):
        office.do(replies.answer, assignment_id=mine, answer_class="A")


def test_an_assisting_unit_hands_back_while_the_main_one_goes_on(office):
    case = Case.handled(office)

    mine = asked(case, case.assist)
    assert case.row.state is S.HANDLING
    with pytest.raises(UserError, match="“区财政局”已申请退办"):
        office.do(assignments.sign, assignment_id=mine)
    assert decided(case, mine, agreed=True) == ""

    assert (case.row.state, case.row.assist_units) == (S.HANDLING, ())


def test_one_of_two_that_answer_hands_back_and_the_other_goes_on(office):
    case = Case.separate(office)

    mine = asked(case, case.other)
    assert case.row.state is S.HANDLING
    decided(case, mine, agreed=True, unit_id=case.assist)

    assert (case.row.state, set(case.row.units)) == (S.HANDLING, {"区交通运输局", "区财政局"})


def test_when_the_last_that_owes_an_answer_is_let_go_it_is_answered(office):
    case = Case.separate(office)
    case.answer(case.main)
    assert case.row.state is S.HANDLING

    mine = asked(case, case.other)
    decided(case, mine, agreed=True)

    assert (case.row.state, case.row.main_unit) == (S.ANSWERED, "区交通运输局")


def test_one_of_two_is_let_go_before_the_other_signs(office):
    case = Case.accepted(office)
    case.give(separate_ids=(case.main, case.other))

    mine = asked(case, case.other)
    assert case.row.state is S.REASSIGN
    decided(case, mine, agreed=True)

    assert (case.row.state, case.row.main_unit) == (S.ASSIGNED, "区交通运输局")


def test_a_unit_that_answered_does_not_hand_back(office):
    case = Case.separate(office)
    case.answer(case.main)

    with pytest.raises(UserError, match="已经办完自己的部分，不能再退办"):
        asked(case, case.main)


def test_the_office_itself_gives_it_to_another_unit(office):
    case = Case.handled(office)
    mine = case.of(case.main).id

    new = office.do(
        assignments.reassign,
        assignment_id=mine,
        unit_id=case.other,
        reason="机构改革，职责划转",
        assigned_on=date(2026, 4, 1),
        long=True,
    )

    assert (case.row.state, case.row.main_unit) == (S.ASSIGNED, "区水务局")
    assert case.of(case.other).id == new
    assert case.row.due_on == date(2026, 10, 8)  # 国庆假日以后


def test_giving_it_to_another_unit_needs_a_reason_and_a_unit(office):
    case = Case.handled(office)
    good = {"assignment_id": case.of(case.main).id, "unit_id": case.other, "reason": "划转"}

    for wrong, field in (
        ({"reason": ""}, "reason"),
        ({"unit_id": ""}, "unit_id"),
        ({"assigned_on": date(2026, 3, 1)}, "assigned_on"),
    ):
        with pytest.raises(FieldError) as refused:
            office.do(assignments.reassign, **good | wrong)
        assert refused.value.field == field


def test_an_assisting_unit_is_replaced_without_stopping_the_main_one(office):
    case = Case.handled(office)

    office.do(
        assignments.reassign,
        assignment_id=case.of(case.assist).id,
        unit_id=case.other,
        reason="划转",
        assigned_on=date(2026, 3, 20),
    )

    assert (case.row.state, case.row.assist_units) == (S.HANDLING, ("区水务局",))
    assert case.of(case.other).due_on == date(2026, 4, 20)


def test_a_unit_sees_what_it_has(office):
    case = Case.answered(office)

    [mine] = office.ask(assignments.rows, unit_id=case.main)

    assert (mine.suggestion_id, mine.replied_on) == (case.id, date(2026, 5, 20))
    assert office.ask(assignments.rows, unit_id=make.unit(office, name="区民政局")) == []
