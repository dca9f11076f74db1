from datetime import date

import pytest

from deputydesk.errors import FieldError, UserError
from deputydesk.operations import assignments, commitments, presets, replies
from deputydesk.operations.presets import AnswerClassRow
from deputydesk.rules.suggestion_flow import SuggestionState as S
from tests import make
from tests.operations.case import Case


def test_an_answer_is_recorded_with_all_its_fields(office):
    case = Case.handled(office)

    office.do(
        replies.answer,
        assignment_id=case.of(case.main).id,
        answer_class=" A ",
        replied_on=date(2026, 5, 20),
        document_no="石交函〔2026〕12号",
        signer="王局长",
        contact="李强",
        phone="0472-1234567",
        done="已打通",
        body="您提出的建议收悉。",
    )

    [reply] = office.ask(replies.rows, suggestion_id=case.id)
    assert (reply.answer_class, reply.unit, reply.round) == ("A", "区交通运输局", 1)
    assert (reply.document_no, reply.signer) == ("石交函〔2026〕12号", "王局长")
    assert (reply.due_on, reply.in_time) == (date(2026, 6, 5), True)
    row = case.row
    assert (row.state, row.replied_on, row.answer_class) == (S.ANSWERED, date(2026, 5, 20), "A")
    assert row.in_time
    assert "05-20 答复（A类）：石交函〔2026〕12号 区交通运输局" in case.story


def test_a_late_answer_is_late(office):
    case = Case.handled(office)

    case.answer(case.main, day=date(2026, 6, 8))

    assert case.row.in_time is False
    assert not office.ask(replies.rows, suggestion_id=case.id)[0].in_time


def test_a_promising_class_needs_a_promise_which_lives_on(office):
    case = Case.handled(office)
    mine = case.of(case.main).id

    with pytest.raises(FieldError, match="B类答复须列明承诺") as refused:
        office.do(replies.answer, assignment_id=mine, answer_class="B")
    assert refused.value.field == "planned"
    assert case.row.state is S.HANDLING
    case.answer(case.main, "B")

    [promise] = office.ask(commitments.rows, today=make.TODAY, only_open=True)
    assert (promise.content, promise.due_on) == ("明年建成", date(2027, 6, 30))
    assert (promise.promised_on, promise.unit) == (date(2026, 5, 20), "区交通运输局")
    assert case.row.open_commitment


def test_the_class_must_be_one_in_force_that_day(office):
    case = Case.handled(office)
    office.do(
        presets.set_answer_classes,
        valid_from=date(2026, 6, 1),
        classes=(AnswerClassRow("D", "留作参考", promises=False),),
    )

    for code, day, known in (
        ("", date(2026, 5, 20), "A、B、C"),
        ("D", date(2026, 5, 31), "A、B、C"),
        ("A", date(2026, 6, 1), "D"),
    ):
        with pytest.raises(FieldError, match=f"请选择答复类别：{known}") as refused:
            case.answer(case.main, code, day)
        assert refused.value.field == "answer_class"

    case.answer(case.main, "D", date(2026, 6, 1))
    assert case.row.answer_class == "D"


def test_an_answer_is_not_before_the_assignment_the_signature_or_after_today(office):
    case = Case.handled(office)

    for day, sentence in (
        (date(2026, 3, 4), "答复日期不能早于交办日期（2026年3月5日）"),
        (date(2026, 3, 8), "答复日期不能早于签收日期（2026年3月9日）"),
        (date(2026, 11, 24), "答复日期不能晚于今天"),
    ):
        with pytest.raises(FieldError, match=sentence) as refused:
            case.answer(case.main, day=day)
        assert refused.value.field == "replied_on"
    with pytest.raises(FieldError, match="落实时限不能早于答复日期") as refused:
        office.do(
            replies.answer,
            assignment_id=case.of(case.main).id,
            answer_class="A",
            planned_by=date(2026, 1, 1),
        )
    assert refused.value.field == "planned_by"


def test_who_has_not_signed_does_not_answer(office):
    case = Case.accepted(office)
    case.give(separate_ids=(case.main, case.other))
    case.sign(case.main)

    with pytest.raises(UserError, match="“区水务局”还没有签收"):
        case.answer(case.other)
    office.do(
        assignments.ask_hand_back,
        assignment_id=case.of(case.other).id,
        reason="无关",
        asked_on=date(2026, 3, 10),
    )
    with pytest.raises(UserError, match="“区水务局”已申请退办"):
        case.answer(case.other)


def test_units_that_answer_separately_all_have_to(office):
    case = Case.separate(office)

    case.answer(case.main, "A")
    assert (case.row.state, case.row.replied_on) == (S.HANDLING, None)
    assert case.row.next_due == date(2026, 6, 5)
    with pytest.raises(UserError, match="“区交通运输局”已经答复过了"):
        case.answer(case.main)
    case.answer(case.other, "C", date(2026, 5, 25))

    row = case.row
    assert (row.state, row.replied_on) == (S.ANSWERED, date(2026, 5, 25))
    assert row.answer_class == "A、C"


def test_an_assisting_unit_gives_its_opinion_once_and_does_not_answer(office):
    case = Case.handled(office)
    mine = case.of(case.assist).id

    with pytest.raises(UserError, match="“区财政局”是协办单位，不直接答复代表"):
        case.answer(case.assist)
    for wrong, field in (
        ({"opinion": ""}, "opinion"),
        ({"given_on": date(2026, 3, 4)}, "given_on"),
    ):
        with pytest.raises(FieldError) as refused:
            office.do(replies.assist, **{"assignment_id": mine, "opinion": "同意"} | wrong)
        assert refused.value.field == field
    office.do(
        replies.assist, assignment_id=mine, opinion="资金已列入预算", given_on=date(2026, 4, 1)
    )
    with pytest.raises(UserError, match="已于2026年4月1日提出协办意见"):
        office.do(replies.assist, assignment_id=mine, opinion="同意")
    with pytest.raises(UserError, match="“区交通运输局”不是协办单位"):
        office.do(replies.assist, assignment_id=case.of(case.main).id, opinion="同意")

    assert "04-01 提出协办意见：资金已列入预算 区财政局" in case.story


def test_an_answer_before_anyone_has_it_is_refused(office):
    case = Case.assigned(office)

    with pytest.raises(UserError, match="“已交办”，不能“答复”.*“签收”"):
        case.answer(case.main)
