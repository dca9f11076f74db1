from datetime import date

import pytest

from deputydesk.errors import FieldError, UserError
from deputydesk.models import Petition, Voter
from deputydesk.models.choices import Sex
from deputydesk.operations import local_rules, petition_steps, petitions, todo
from deputydesk.rules.local_rules import shipped
from deputydesk.rules.petition_flow import PetitionState as S
from tests import make


def reported(office, **given):
    return office.do(
        petitions.save,
        **{
            "reported_on": date(2026, 3, 2),
            "matter": "宅基地界线",
            "voter_name": "郝平安",
            "voter_phone": "13800000000",
            "people": 3,
        }
        | given,
    )


def named(office, **given):
    petition = reported(office, **given)
    agent = make.deputy(office, name="高娃")
    office.do(
        petitions.name_agent,
        petition_id=petition,
        agent_id=agent,
        named_on=date(2026, 3, 3),
        promise="陪同登记，转递材料，跟踪进度",
    )
    return petition


def registered(office):
    petition = named(office)
    office.do(
        petition_steps.register,
        petition_id=petition,
        unit_id=make.unit(office, name="区信访局"),
        registered_no="信2026-17",
        registered_on=date(2026, 3, 5),
    )
    return petition


def told(office):
    petition = registered(office)
    office.do(petition_steps.tell, petition_id=petition, told_on=date(2026, 3, 16))
    return petition


def answered(office):
    petition = told(office)
    office.do(
        petition_steps.answer,
        petition_id=petition,
        answer="按原界线恢复",
        answered_on=date(2026, 5, 6),
    )
    return petition


def row_of(office):
    [row] = office.ask(petitions.rows, today=make.TODAY)
    return row


def lines(office, day):
    return [(t.tag, t.text) for t in office.ask(todo.todos, day) if t.table == "petition"]


def test_a_petition_is_taken_in_and_lists_never_name_who_petitions(office):
    petition = reported(office, voter_sex=Sex.MALE, voter_address="青山村")

    row = row_of(office)
    assert (row.id, row.number, row.state) == (petition, 1, S.REPORTED)
    assert row.who == "郝某等3人"
    assert (row.voter_name, row.voter_phone, row.voter_address) == (
        "郝平安",
        "13800000000",
        "青山村",
    )
    assert all("郝平安" not in text for _, text in lines(office, make.TODAY))
    assert office.ask(petitions.rows, year=2025) == []
    assert petition.startswith("T1.local-")


def test_somebody_who_leaves_no_name_is_shown_as_such(office):
    reported(office, voter_name="", voter_phone="", people=1)

    assert row_of(office).who == "未留姓名"


def test_more_than_five_must_choose_representatives(office):
    with pytest.raises(FieldError, match=r"代表为1到5人（《信访工作条例》第二十条）") as error:
        reported(office, people=6)

    assert error.value.field == "people"
    assert office.ask(petitions.rows) == []


def test_a_risk_is_explained(office):
    with pytest.raises(FieldError, match="请填写风险说明"):
        reported(office, risk=True)

    reported(office, risk=True, risk_note="可能集体上访")

    assert lines(office, make.TODAY) == [("有风险", "确定信访代办代表：宅基地界线")]


def test_the_terms_name_their_articles(office):
    registered(office)

    row = row_of(office)
    assert (row.told_due_on, row.due_on) == (date(2026, 3, 20), date(2026, 5, 6))
    assert "《信访工作条例》第二十三条" in row.due_why
    assert "《信访工作条例》第三十四条" in row.due_why
    assert "的次日起算15日" in row.due_why
    assert row.next_due == date(2026, 3, 20)
    assert lines(office, date(2026, 3, 19)) == [("剩 1 天", "信访告知受理：宅基地界线")]
    assert office.ask(petitions.rows, today=date(2026, 3, 21))[0].is_late
    assert not office.ask(petitions.rows, today=date(2026, 3, 20))[0].is_late


def test_the_organs_term_runs_from_the_day_the_petitioner_was_told(office):
    told(office)

    row = row_of(office)
    assert row.due_on == row.first_due_on == date(2026, 5, 15)
    assert row.due_why.startswith("办结：自2026年3月16日的次日起算60日")
    assert lines(office, date(2026, 5, 20)) == [("逾期 5 天", "信访办理：宅基地界线")]
    assert lines(office, date(2026, 4, 1)) == []


def test_more_time_is_given_once_with_a_reason(office):
    petition = told(office)
    with pytest.raises(FieldError, match="请填写延期理由"):
        office.do(
            petition_steps.extend,
            petition_id=petition,
            extension_why="",
            extended_on=date(2026, 5, 10),
        )
    with pytest.raises(FieldError, match="延长期限不超过30日"):
        office.do(petition_steps.extend, petition_id=petition, extension_why="复杂", days=31)
    with pytest.raises(FieldError, match="应当在办理期限（2026年5月15日）以内批准延长"):
        office.do(petition_steps.extend, petition_id=petition, extension_why="复杂")

    office.do(
        petition_steps.extend,
        petition_id=petition,
        extension_why="需要测绘",
        extended_on=date(2026, 5, 10),
    )

    row = row_of(office)
    # The ninetieth day, 14 June, is a Sunday.
    assert (row.first_due_on, row.due_on) == (date(2026, 5, 15), date(2026, 6, 15))
    assert "含批准延长30日" in row.due_why
    with pytest.raises(UserError, match="已于2026年5月10日延长过一次"):
        office.do(petition_steps.extend, petition_id=petition, extension_why="再延")


def test_an_accepted_answer_is_closed_and_visited(office):
    petition = answered(office)
    assert lines(office, make.TODAY) == [("待办", "问信访人是否认可：宅基地界线")]

    office.do(petition_steps.close, petition_id=petition, closed_on=date(2026, 5, 20))
    assert lines(office, make.TODAY) == [("待办", "信访回访：宅基地界线")]
    office.do(
        petition_steps.visit,
        petition_id=petition,
        visit_note="界桩已恢复，本人满意",
        visited_on=date(2026, 6, 20),
    )

    row = row_of(office)
    assert (row.state, row.accepted, row.visited_on) == (S.CLOSED, True, date(2026, 6, 20))
    assert row.next_due is None
    assert not row.is_late
    assert lines(office, make.TODAY) == []


def test_a_disputed_answer_goes_through_review_and_recheck_to_the_end(office):
    petition = answered(office)
    office.do(petition_steps.review, petition_id=petition, reviewed_on=date(2026, 5, 20))
    assert row_of(office).review_due_on == row_of(office).next_due == date(2026, 6, 22)
    assert "第三十五条" in row_of(office).due_why
    office.do(
        petition_steps.review_result,
        petition_id=petition,
        review_result="维持",
        review_answered_on=date(2026, 6, 10),
    )
    office.do(petition_steps.recheck, petition_id=petition, rechecked_on=date(2026, 6, 15))
    assert row_of(office).next_due == date(2026, 7, 15)
    assert "第三十六条" in row_of(office).due_why

    office.do(
        petition_steps.recheck_result,
        petition_id=petition,
        recheck_result="维持，信访终结",
        closed_on=date(2026, 7, 10),
    )

    row = row_of(office)
    assert (row.state, row.review_result, row.closed_on) == (S.ENDED, "维持", date(2026, 7, 10))
    with pytest.raises(UserError, match="现在的状态是“信访终结”，不能“申请复查”"):
        office.do(petition_steps.review, petition_id=petition)


def test_a_review_that_is_asked_for_too_late_must_have_been_taken(office):
    petition = answered(office)
    with pytest.raises(FieldError, match="应当在2026年6月5日以前申请，已经逾期"):
        office.do(petition_steps.review, petition_id=petition, reviewed_on=date(2026, 6, 8))

    office.do(
        petition_steps.review,
        petition_id=petition,
        reviewed_on=date(2026, 6, 8),
        late_accepted=True,
    )

    assert row_of(office).state is S.REVIEWING


def test_the_place_may_set_other_terms_for_what_comes_later(office):
    rule = {**shipped("petition_deadlines")[0].rule, "told_days": 10, "representatives": 3}
    office.do(
        local_rules.adopt,
        kind="petition_deadlines",
        name="本区办法",
        valid_from=date(2026, 3, 1),
        rule=rule,
    )

    with pytest.raises(FieldError, match="代表为1到3人"):
        reported(office, people=4)
    registered(office)

    assert row_of(office).told_due_on == date(2026, 3, 16)  # the 15th is a Sunday


def test_a_petition_is_corrected_with_its_voter_and_removed_with_the_voters_data(office):
    petition = reported(office)
    reported(office, record_id=petition, voter_name="郝平", detail="两家相邻")
    assert (row_of(office).voter_name, row_of(office).detail) == ("郝平", "两家相邻")
    second = reported(office, voter_name="", voter_phone="")

    office.do(petitions.remove, ids=(petition, second))

    assert office.ask(petitions.rows) == []
    assert office.ask(lambda s: s.query(Voter).count() + s.query(Petition).count()) == 0
    assert office.undo().about == "2条"
    assert len(office.ask(petitions.rows)) == 2


def test_an_agent_is_a_deputy_in_office_and_can_be_replaced(office):
    petition = named(office)
    other = make.deputy(office, name="苏和")
    with pytest.raises(FieldError, match="请选择代表"):
        office.do(petitions.name_agent, petition_id=petition, agent_id="")

    office.do(petitions.name_agent, petition_id=petition, agent_id=other)

    assert (row_of(office).agent, row_of(office).state) == ("苏和", S.NAMED)


def test_a_day_before_the_step_it_follows_is_refused(office):
    petition = registered(office)

    with pytest.raises(FieldError, match="告知受理日期不能早于登记日期"):
        office.do(petition_steps.tell, petition_id=petition, told_on=date(2026, 3, 4))
    assert office.ask(petitions.rows)[0].state is S.REGISTERED
