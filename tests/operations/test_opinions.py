from datetime import date, timedelta

import pytest

from deputydesk.errors import FieldError, UserError
from deputydesk.journal.check import check
from deputydesk.models import Voter
from deputydesk.models.choices import Channel, EndReason, Route, Sex
from deputydesk.operations import deputies, opinions, presets, visits
from deputydesk.rules.deadlines import Due
from deputydesk.rules.opinion_flow import OpinionState as S
from deputydesk.rules.satisfaction import Satisfaction
from tests import make

HEARD = date(2026, 10, 9)


def heard(office, **more):
    return office.do(
        opinions.hear,
        **{"channel": Channel.HOME, "matter": "路灯不亮", "heard_on": HEARD} | more,
    )


def seen(office, opinion_id, **more):
    [row] = office.ask(opinions.rows, today=make.TODAY, ids=(opinion_id,), **more)
    return row


def story(office, opinion_id):
    events = office.ask(opinions.detail, opinion_id=opinion_id, today=make.TODAY).events
    return [f"{event.on:%m-%d} {event.text} {event.who}".strip() for event in events]


def steps(office, opinion_id):
    found = office.ask(opinions.detail, opinion_id=opinion_id, today=make.TODAY).steps
    return {step.operation for step in found}


def given(office, **more):
    """An opinion that a unit has."""
    opinion_id = heard(office)
    office.do(
        opinions.assign,
        **{
            "opinion_id": opinion_id,
            "unit_id": make.unit(office, name="镇综合执法局"),
            "assigned_on": date(2026, 10, 12),
        }
        | more,
    )
    return opinion_id


def told(office):
    """An opinion of which the voter was told the result."""
    opinion_id = given(office)
    office.do(
        opinions.handle, opinion_id=opinion_id, outcome="已更换灯泡", handled_on=date(2026, 10, 20)
    )
    office.do(
        opinions.feed_back, opinion_id=opinion_id, told_how="电话", told_on=date(2026, 10, 21)
    )
    return opinion_id


def test_an_opinion_is_heard_with_or_without_the_voter(office):
    deputy, home = make.deputy(office, name="赵春梅"), make.home(office)

    first = heard(
        office,
        mandate_id=deputy,
        home_id=home,
        voter_name="乌云 · 其木格",
        voter_sex=Sex.FEMALE,
        voter_age=63,
        voter_phone=" 13900000000 ",
        voter_address="青山村",
        detail="村口三盏",
        category="照明",
        place="青山村",
        spot_answer="转有关单位",
        deputy_view="尽快修复",
        confidential=True,
    )
    second = heard(office)

    row = seen(office, first, contacts=True)
    assert (row.number, row.deputy, row.home) == (1, "赵春梅", "五当召镇人大代表之家")
    assert (row.voter_name, row.voter.phone, row.voter.age) == ("乌云·其木格", "13900000000", 63)
    assert (row.voter.sex, row.voter.address, row.confidential) == (Sex.FEMALE, "青山村", True)
    assert (row.detail, row.category, row.place) == ("村口三盏", "照明", "青山村")
    assert (row.spot_answer, row.deputy_view) == ("转有关单位", "尽快修复")
    assert (row.state, row.route, row.hearings) == (S.RECEIVED, Route.OPEN, 1)
    assert seen(office, first).voter_name == ""
    assert (seen(office, second).number, seen(office, second).code) == (2, "第2号（2026）")
    assert office.ask(opinions.categories) == ["照明"]


def test_the_voter_stays_in_the_office(office):
    heard(office, voter_name="乌云")

    def scopes(session):
        return [voter.id.rpartition("-")[0] for voter in session.query(Voter)]

    assert office.ask(scopes) == ["T1.local"]


def test_what_was_heard_at_an_activity_takes_its_day_home_and_deputy(office):
    deputy, home = make.deputy(office, name="赵春梅"), make.home(office)
    visit = make.visit(office, home, deputy, held_on=date(2026, 11, 20))

    opinion_id = heard(office, visit_id=visit, heard_on=None)

    row = seen(office, opinion_id)
    assert (row.heard_on, row.home_id, row.deputy) == (date(2026, 11, 20), home, "赵春梅")
    assert row.visit_id == visit
    assert office.ask(visits.rows, visit_id=visit)[0].opinions == 1


def test_of_several_deputies_none_is_guessed(office):
    home = make.home(office)
    two = (make.deputy(office), make.deputy(office, name="高娃"))
    visit = office.do(visits.register, held_on=date(2026, 11, 20), home_id=home, deputy_ids=two)

    assert seen(office, heard(office, visit_id=visit)).deputy == ""


def test_wrong_fields_are_named(office):
    gone = make.deputy(office, name="高娃")
    office.do(
        deputies.end_mandate, mandate_id=gone, ended_on=date(2026, 1, 1), reason=EndReason.MOVED
    )

    for wrong, field in (
        ({"matter": " "}, "matter"),
        ({"heard_on": date(2026, 11, 24)}, "heard_on"),
        ({"mandate_id": gone}, "mandate_id"),
        ({"home_id": "none"}, "home_id"),
        ({"visit_id": "none"}, "visit_id"),
        ({"voter_age": 0}, "voter_age"),
        ({"voter_age": 131}, "voter_age"),
    ):
        with pytest.raises(FieldError) as refused:
            heard(office, **wrong)
        assert refused.value.field == field

    assert office.ask(opinions.rows, today=make.TODAY) == []


def test_numbers_begin_anew_each_year(office):
    heard(office)

    assert seen(office, heard(office, heard_on=date(2025, 12, 31))).number == 1
    assert seen(office, heard(office, heard_on=date(2026, 1, 1))).number == 2


def test_what_was_written_down_is_corrected_and_the_rest_stays(office):
    opinion_id = heard(office, detail="村口", voter_name="乌云", category="照明")
    home = make.home(office)

    office.do(
        opinions.edit,
        opinion_id=opinion_id,
        matter="路灯坏了三盏",
        channel=Channel.PHONE,
        home_id=home,
        confidential=True,
        voter_phone="13900000000",
        heard_on=date(2025, 12, 30),
    )

    row = seen(office, opinion_id, contacts=True)
    assert (row.matter, row.channel, row.home_id) == ("路灯坏了三盏", Channel.PHONE, home)
    assert (row.detail, row.category, row.confidential) == ("村口", "照明", True)
    assert (row.voter.name, row.voter.phone) == ("乌云", "13900000000")
    assert (row.heard_on, row.number) == (date(2025, 12, 30), 1)
    office.do(opinions.edit, opinion_id=opinion_id, detail="村东口")
    assert seen(office, opinion_id).detail == "村东口"


def test_a_correction_is_checked_too(office):
    opinion_id = given(office)

    for wrong, field in (
        ({"matter": ""}, "matter"),
        ({"heard_on": date(2026, 11, 24)}, "heard_on"),
        ({"heard_on": date(2026, 10, 13)}, "heard_on"),
        ({"mandate_id": "none"}, "mandate_id"),
    ):
        with pytest.raises(FieldError) as refused:
            office.do(opinions.edit, opinion_id=opinion_id, **wrong)
        assert refused.value.field == field


def test_an_answer_on_the_spot_settles_it(office):
    deputy = make.deputy(office, name="赵春梅")
    opinion_id = heard(office, mandate_id=deputy)

    with pytest.raises(FieldError) as refused:
        office.do(opinions.answer_on_spot, opinion_id=opinion_id)
    assert refused.value.field == "answer"
    office.do(
        opinions.answer_on_spot, opinion_id=opinion_id, answer="医保可在村里办", answered_on=HEARD
    )
    assert seen(office, opinion_id).state is S.ANSWERED_ON_SPOT
    office.do(
        opinions.close,
        opinion_id=opinion_id,
        satisfaction=Satisfaction.SATISFIED,
        closed_on=HEARD,
    )

    row = seen(office, opinion_id)
    assert (row.state, row.route, row.settled) == (S.CLOSED, Route.ON_SPOT, True)
    assert story(office, opinion_id) == [
        "10-09 听取意见（代表进家接待） 赵春梅",
        "10-09 当场答复：医保可在村里办 赵春梅",
        "10-09 销号（满意） 张丽",
    ]
    assert steps(office, opinion_id) == set()


def test_what_was_noted_at_hearing_is_the_answer(office):
    opinion_id = heard(office, spot_answer="可在村里办")

    office.do(opinions.answer_on_spot, opinion_id=opinion_id)

    assert seen(office, opinion_id).spot_answer == "可在村里办"


def test_a_unit_gets_it_with_the_local_time(office):
    opinion_id = given(office)

    row = seen(office, opinion_id)
    assert (row.state, row.route, row.unit) == (S.ASSIGNED, Route.UNIT, "镇综合执法局")
    assert row.due_on == date(2026, 10, 27)
    assert "15日" in row.why
    assert (row.days_left, row.tone) == (-27, Due.OVERDUE)


def test_the_time_may_be_another_by_rule_or_for_once(office):
    office.do(presets.set_deadlines, valid_from=date(2026, 10, 1), opinion_days=10)

    assert seen(office, given(office)).due_on == date(2026, 10, 22)


def test_a_village_gets_it_with_days_of_its_own(office):
    opinion_id = given(office, route=Route.VILLAGE, days=3)

    row = seen(office, opinion_id)
    assert (row.route, row.due_on) == (Route.VILLAGE, date(2026, 10, 15))


def test_wrong_fields_of_an_assignment_are_named(office):
    opinion_id = heard(office)
    unit = make.unit(office)

    for wrong, field in (
        ({"unit_id": ""}, "unit_id"),
        ({"unit_id": unit, "route": Route.ON_SPOT}, "route"),
        ({"unit_id": unit, "assigned_on": date(2026, 10, 8)}, "assigned_on"),
        ({"unit_id": unit, "days": 0}, "days"),
    ):
        with pytest.raises(FieldError) as refused:
            office.do(opinions.assign, opinion_id=opinion_id, **wrong)
        assert refused.value.field == field


def test_the_voter_is_told_and_accepts(office):
    opinion_id = told(office)

    office.do(
        opinions.close,
        opinion_id=opinion_id,
        satisfaction=Satisfaction.MOSTLY,
        closed_on=date(2026, 10, 22),
    )

    row = seen(office, opinion_id)
    assert (row.state, row.settled_on, row.satisfaction) == (
        S.CLOSED,
        date(2026, 10, 22),
        Satisfaction.MOSTLY,
    )
    assert story(office, opinion_id) == [
        "10-09 听取意见（代表进家接待） 张丽",
        "10-12 转镇综合执法局办理（2026年10月27日前） 张丽",
        "10-20 办理：已更换灯泡 镇综合执法局",
        "10-21 反馈选民（电话） 张丽",
        "10-22 销号（基本满意） 张丽",
    ]


def test_who_does_not_accept_gets_it_handled_once_more_and_then_explained(office):
    opinion_id = told(office)
    assert steps(office, opinion_id) == {"opinions.close", "opinions.send_back"}
    with pytest.raises(UserError, match="应先退回重办一次"):
        office.do(opinions.close_explained, opinion_id=opinion_id, explanation="已解释")
    with pytest.raises(FieldError, match="选民不满意的，不能销号") as refused:
        office.do(opinions.close, opinion_id=opinion_id, satisfaction=Satisfaction.DISSATISFIED)
    assert refused.value.field == "satisfaction"
    for wrong, field in (({"reason": ""}, "reason"), ({"sent_on": date(2026, 10, 20)}, "sent_on")):
        with pytest.raises(FieldError) as refused:
            office.do(opinions.send_back, **{"opinion_id": opinion_id, "reason": "又坏了"} | wrong)
        assert refused.value.field == field

    office.do(
        opinions.send_back, opinion_id=opinion_id, reason="又坏了", sent_on=date(2026, 10, 26)
    )
    row = seen(office, opinion_id)
    assert (row.state, row.sent_back, row.due_on) == (S.ASSIGNED, 1, date(2026, 11, 10))
    assert (row.handled_on, row.told_on) == (None, None)
    office.do(
        opinions.handle, opinion_id=opinion_id, outcome="更换线路", handled_on=date(2026, 11, 2)
    )
    office.do(opinions.feed_back, opinion_id=opinion_id, told_how="上门", told_on=date(2026, 11, 3))
    assert seen(office, opinion_id).outcome == "首次办理：已更换灯泡\n更换线路"
    assert steps(office, opinion_id) == {"opinions.close", "opinions.close_explained"}
    with pytest.raises(UserError, match="已经退回重办过一次"):
        office.do(opinions.send_back, opinion_id=opinion_id, reason="仍不认可")
    with pytest.raises(FieldError) as refused:
        office.do(opinions.close_explained, opinion_id=opinion_id, explanation="")
    assert refused.value.field == "explanation"
    office.do(
        opinions.close_explained,
        opinion_id=opinion_id,
        explanation="线路改造列入明年计划",
        closed_on=date(2026, 11, 4),
    )

    row = seen(office, opinion_id)
    assert (row.state, row.settled_on) == (S.CLOSED_EXPLAINED, date(2026, 11, 4))
    assert row.satisfaction is Satisfaction.DISSATISFIED
    assert story(office, opinion_id)[1:] == [
        "10-26 退回镇综合执法局重办（2026年11月10日前）：又坏了 张丽",
        "11-02 办理：首次办理：已更换灯泡\n更换线路 镇综合执法局",
        "11-03 反馈选民（上门） 张丽",
        "11-04 解释后办结：线路改造列入明年计划 张丽",
    ]


def test_days_follow_one_another_and_words_are_not_empty(office):
    opinion_id = given(office)
    cases = [
        (opinions.handle, {"outcome": "已办", "handled_on": date(2026, 10, 11)}, "handled_on"),
        (opinions.handle, {"outcome": ""}, "outcome"),
    ]
    for operation, wrong, field in cases:
        with pytest.raises(FieldError) as refused:
            office.do(operation, opinion_id=opinion_id, **wrong)
        assert refused.value.field == field
    office.do(opinions.handle, opinion_id=opinion_id, outcome="已办", handled_on=date(2026, 10, 20))
    cases = [
        (opinions.feed_back, {"told_how": "电话", "told_on": date(2026, 10, 19)}, "told_on"),
        (opinions.feed_back, {"told_how": ""}, "told_how"),
    ]
    for operation, wrong, field in cases:
        with pytest.raises(FieldError) as refused:
            office.do(operation, opinion_id=opinion_id, **wrong)
        assert refused.value.field == field
    office.do(
        opinions.feed_back, opinion_id=opinion_id, told_how="电话", told_on=date(2026, 10, 21)
    )
    with pytest.raises(FieldError) as refused:
        office.do(opinions.close, opinion_id=opinion_id, closed_on=date(2026, 10, 20))
    assert refused.value.field == "closed_on"


def test_a_step_out_of_turn_says_what_can_be_done(office):
    opinion_id = heard(office)

    with pytest.raises(UserError, match="选民意见现在的状态是“待处理”，不能“登记办理结果”.*“转办”"):
        office.do(opinions.handle, opinion_id=opinion_id, outcome="已办")


def test_lists_are_narrowed(office):
    deputy, home = make.deputy(office), make.home(office)
    visit = make.visit(office, home, deputy)
    first = heard(office, visit_id=visit)
    second = told(office)
    office.do(opinions.close, opinion_id=second)
    third = heard(office, channel=Channel.LINK, heard_on=date(2025, 5, 1))

    def found(**narrowed):
        rows = office.ask(opinions.rows, today=make.TODAY, **narrowed)
        return {row.id for row in rows}

    unit = seen(office, second).unit_id
    assert found() == {first, second, third}
    assert found(year=2025) == {third}
    assert found(states=(S.CLOSED,)) == {second}
    assert found(channels=(Channel.LINK,)) == {third}
    assert found(settled=True) == {second}
    assert found(settled=False) == {first, third}
    assert found(mandate_id=deputy) == found(home_id=home) == found(visit_id=visit) == {first}
    assert found(unit_id=unit) == {second}
    assert found(suggestion_id="none") == set()


def test_the_board_has_a_column_for_each_stage(office):
    heard(office)
    again = told(office)
    office.do(opinions.send_back, opinion_id=again, reason="又坏了")
    closed = heard(office)
    office.do(opinions.answer_on_spot, opinion_id=closed, answer="已答")
    office.do(opinions.close, opinion_id=closed)

    columns = office.ask(opinions.board, today=make.TODAY)

    assert [(c.column.label, len(c.rows)) for c in columns] == [
        ("待交办", 1),
        ("办理中", 0),
        ("已答复待测评", 0),
        ("重新办理", 1),
        ("本月办结", 1),
    ]
    assert columns[-1].rows[0].state_label == "已销号"


def test_a_long_column_shows_the_most_urgent_and_counts_them_all(office):
    unit = make.unit(office)
    ids = [heard(office) for _ in range(5)]
    for days, opinion_id in zip((9, 3, 7, 1, 5), ids, strict=True):
        assigned = make.TODAY - timedelta(days=days)
        office.do(opinions.assign, opinion_id=opinion_id, unit_id=unit, assigned_on=assigned)

    columns = office.ask(opinions.board, today=make.TODAY, most=2)

    handling = columns[1]
    assert [row.id for row in handling.rows] == [ids[0], ids[2]]
    assert len(handling.heads) == 5
    everything = office.ask(opinions.board, today=make.TODAY)[1]
    assert sorted(h.due_on for h in handling.heads) == [row.due_on for row in everything.rows]


def test_all_of_it_is_taken_back_step_by_step(office):
    deputy, home, unit = make.deputy(office), make.home(office), make.unit(office)
    heard_id = heard(office, mandate_id=deputy, home_id=home, voter_name="乌云")
    office.do(opinions.assign, opinion_id=heard_id, unit_id=unit)
    office.do(opinions.handle, opinion_id=heard_id, outcome="已办")
    office.do(opinions.feed_back, opinion_id=heard_id, told_how="电话")
    office.do(opinions.close, opinion_id=heard_id)

    states = []
    for _ in range(5):
        states.append(seen(office, heard_id).state)
        office.undo()
        assert office.ask(check) == []

    assert states == [S.CLOSED, S.FED_BACK, S.HANDLED, S.ASSIGNED, S.RECEIVED]
    assert office.ask(opinions.rows, today=make.TODAY) == []


def test_one_that_is_not_there(office):
    with pytest.raises(UserError, match="找不到这条“选民意见”记录"):
        office.ask(opinions.detail, opinion_id="T1-0", today=make.TODAY)
