from datetime import date
from typing import Any

import pytest

from deputydesk.errors import FieldError, UserError
from deputydesk.models.choices import Level, OfficeKind
from deputydesk.models.project import ProjectLevel
from deputydesk.operations import (
    deputies,
    local_rules,
    project_vote_rows,
    project_votes,
    projects,
    todo,
)
from deputydesk.operations.project_votes import VoteTally
from deputydesk.rules.project_flow import ProjectState, VoteState
from deputydesk.rules.project_voting import Tie
from tests import make
from tests.operations.project_case import (
    VOTED,
    YEAR,
    candidate,
    counted,
    project,
    tallies,
    vote,
)

NAMES = tuple("甲乙丙丁戊己庚辛壬癸子丑")


def candidates(office, count: int = 3) -> list[str]:
    return [candidate(office, name) for name in NAMES[:count]]


def rule(office, **changed: Any) -> None:
    usual = {"quorum": "two_thirds", "majority": "all", "tie": "revote"}
    office.do(
        local_rules.adopt,
        kind="project_vote",
        name="本镇票决办法",
        valid_from=date(2026, 1, 1),
        rule=usual | changed,
        source="镇人大〔2026〕1号",
    )


def test_twelve_candidates_for_ten_places_with_void_ballots_and_a_tie_at_the_last_place(office):
    """Show 4: 46 voters, 2 void ballots, two level at the tenth place, voted on again."""
    ids = candidates(office, 12)
    first = vote(office, seats=10)
    votes = dict(zip(ids, (44, 43, 42, 41, 40, 39, 38, 37, 36, 28, 28, 20), strict=True))

    counted(office, first, votes)

    row = office.ask(project_vote_rows.one, first)
    assert (row.expected, row.present, row.issued, row.returned) == (46, 46, 46, 46)
    assert (row.valid, row.invalid, row.state) == (44, 2, VoteState.COUNTED)
    assert [e.name for e in row.chosen] == list(NAMES[:9])
    assert [e.name for e in row.open_tie] == ["癸", "子"]
    assert (row.open_seats, row.stands) == (1, "同票待定")
    assert row.rule.tie == Tie.REVOTE
    office.do(project_votes.announce, vote_id=first, announced_on=VOTED)
    states = {p.name: p.state for p in office.ask(projects.rows, YEAR)}
    assert [states[n] for n in "壬癸子丑"] == [
        ProjectState.CHOSEN,
        ProjectState.CANDIDATE,
        ProjectState.CANDIDATE,
        ProjectState.LOST,
    ]

    again = office.do(project_votes.run_off, vote_id=first)
    second = office.ask(project_vote_rows.one, again)
    assert (second.seats, [e.name for e in second.entries]) == (1, ["癸", "子"])
    assert (second.after, second.rule.is_again) == ("镇十届人大一次会议", True)
    counted(office, again, {ids[9]: 20, ids[10]: 23}, valid=46, invalid=0)
    office.do(project_votes.announce, vote_id=again, announced_on=VOTED)

    found = {p.name: p for p in office.ask(projects.rows, YEAR)}
    assert sum(p.is_decided for p in found.values()) == 10
    assert (found["子"].state, found["癸"].state) == (ProjectState.CHOSEN, ProjectState.LOST)
    assert (found["子"].votes, found["甲"].votes, found["丑"].votes) == (28, 44, 20)
    assert found["甲"].chosen_on == VOTED
    assert office.ask(project_vote_rows.one, first).stands == "已公布"
    assert office.check() == []


def test_candidates_stand_on_the_ballot_in_the_order_of_their_places(office):
    ids = candidates(office, 3)
    project(office, "只是征集的")

    made = vote(office, seats=2)

    row = office.ask(project_vote_rows.one, made)
    assert row.project_ids == tuple(ids)
    assert [e.position for e in row.entries] == [1, 2, 3]
    assert (row.state, row.outcome, row.open_tie) == (VoteState.PREPARED, None, ())
    assert [v.id for v in office.ask(project_vote_rows.rows, YEAR)] == [made]
    assert office.ask(project_vote_rows.rows, 2025) == []


def test_the_number_of_deputies_is_taken_from_those_in_office(office):
    candidates(office, 2)
    make.deputy(office, name="王伟")
    suspended = make.deputy(office, name="高娃")
    make.deputy(office, name="区代表", level=Level.DISTRICT)
    office.do(deputies.set_suspended, mandate_id=suspended, suspended=True)

    made = vote(office, seats=1, expected=0)

    assert office.ask(project_vote_rows.one, made).expected == 1


@pytest.mark.parametrize(
    ("changed", "field", "sentence"),
    [
        ({"seats": 3}, "seats", "候选项目3项，应选3项；票决的候选项目应当多于应选项数"),
        ({"seats": 0}, "seats", "应选项数至少是1"),
        ({"name": ""}, "name", "请填写会议名称"),
        ({"year": 2025}, "seats", "候选项目0项"),
        ({"meeting_id": "none"}, "meeting_id", "请选择会议"),
        ({"project_ids": ("none",)}, "project_ids", "“这个项目”不是2026年基层的候选项目"),
    ],
)
def test_a_vote_that_cannot_be_is_refused_at_its_field(office, changed, field, sentence):
    candidates(office, 3)
    good = {
        "level": ProjectLevel.TOWN,
        "year": YEAR,
        "name": "镇人大会议",
        "held_on": VOTED,
        "seats": 2,
    }

    with pytest.raises(FieldError, match=sentence) as error:
        office.do(project_votes.save, **(good | changed))

    assert error.value.field == field
    assert office.ask(project_vote_rows.rows) == []


def test_a_prepared_vote_is_changed_with_its_candidates_a_counted_one_is_not(office):
    ids = candidates(office, 4)
    made = vote(office, seats=2)
    values = {"record_id": made, "level": ProjectLevel.TOWN, "year": YEAR, "held_on": VOTED}

    office.do(project_votes.save, **values, name="改名", seats=1, project_ids=ids[1:3], expected=46)
    row = office.ask(project_vote_rows.one, made)
    assert (row.name, row.project_ids) == ("改名", tuple(ids[1:3]))
    counted(office, made, {ids[1]: 30, ids[2]: 14})

    with pytest.raises(UserError, match="已经计票的票决不能再改候选项目"):
        office.do(project_votes.save, **values, name="又改", seats=1)


def test_a_street_holds_no_vote_of_deputies(office):
    candidates(office, 2)
    make.profile(office, kind=OfficeKind.STREET, name="民馨街道")

    with pytest.raises(UserError, match="街道没有本级人民代表大会，不举行代表票决"):
        vote(office, seats=1)


@pytest.mark.parametrize(
    ("changed", "field", "sentence"),
    [
        ({"present": 47}, "present", "实到47人，比应到46人多1人"),
        ({"present": 30}, "present", "不够“三分之二以上的代表出席”，不能投票"),
        ({"issued": 47}, "issued", "发出47张，比实到代表46人多1张"),
        ({"returned": 47}, "returned", "收回47张，比发出46张多1张"),
        ({"invalid": 3}, "valid", "有效44＋作废3＝47张，比收回46张多1张"),
        ({"invalid": -1, "valid": 47}, "invalid", "作废票数不能是负数"),
    ],
)
def test_people_and_ballots_that_do_not_agree_are_said_and_nothing_is_kept(
    office, changed, field, sentence
):
    ids = candidates(office, 2)
    made = vote(office, seats=1)
    numbers = {"present": 46, "issued": 46, "returned": 46, "valid": 44, "invalid": 2}

    with pytest.raises(FieldError, match=sentence) as error:
        office.do(
            project_votes.count,
            vote_id=made,
            tallies=tallies({ids[0]: 30, ids[1]: 10}, 44),
            **(numbers | changed),
        )

    assert error.value.field == field
    assert office.ask(project_vote_rows.one, made).state == VoteState.PREPARED


def test_votes_of_a_project_that_do_not_agree_are_named(office):
    ids = candidates(office, 2)
    made = vote(office, seats=1)
    numbers = {"present": 46, "issued": 46, "returned": 44, "valid": 44, "invalid": 0}
    good = VoteTally(ids[0], 20, 20, 4)
    cases = (
        ((good,), f"tally.{ids[1]}", "还没有录入“乙”的得票"),
        ((good, VoteTally(ids[1], 20, 20, 5)), f"tally.{ids[1]}", "乙：赞成20＋反对20＋弃权5＝45"),
        (
            (good, VoteTally(ids[1], 20, 20, 4), VoteTally("other", 1, 1, 42)),
            "tallies",
            "有的项目不在这次票决",
        ),
        (
            (VoteTally(ids[0], 30, 10, 4), VoteTally(ids[1], 20, 20, 4)),
            "valid",
            "赞成票合计50，比有效票44张×应选1项＝44多6",
        ),
    )
    for given, field, sentence in cases:
        with pytest.raises(FieldError, match=sentence) as error:
            office.do(project_votes.count, vote_id=made, tallies=given, **numbers)
        assert error.value.field == field


def test_a_vote_of_a_day_to_come_is_not_counted(office):
    ids = candidates(office, 2)
    made = vote(office, seats=1, held_on=date(2026, 12, 1))

    with pytest.raises(FieldError, match="票决日期不能晚于今天"):
        counted(office, made, {ids[0]: 30, ids[1]: 10})


def test_a_count_is_corrected_until_it_is_announced(office):
    ids = candidates(office, 2)
    made = vote(office, seats=1)
    counted(office, made, {ids[0]: 30, ids[1]: 14})
    counted(office, made, {ids[0]: 10, ids[1]: 34})
    assert [e.name for e in office.ask(project_vote_rows.one, made).chosen] == ["乙"]
    with pytest.raises(FieldError, match="公布日期不能早于票决日期"):
        office.do(project_votes.announce, vote_id=made, announced_on=date(2026, 1, 1))
    office.do(project_votes.announce, vote_id=made, announced_on=VOTED)

    with pytest.raises(UserError, match="票决结果已经公布，不能再改计票"):
        counted(office, made, {ids[0]: 30, ids[1]: 14})
    with pytest.raises(UserError, match="计票以后才能公布，且只公布一次"):
        office.do(project_votes.announce, vote_id=made)
    with pytest.raises(UserError, match="已经公布，不能删除"):
        office.do(project_votes.remove, ids=(made,))

    assert office.undo().title == "公布票决结果"
    assert office.ask(projects.one, ids[1]).state == ProjectState.CANDIDATE


def test_where_hands_decide_a_tie_the_result_waits_for_them(office):
    rule(office, tie="show")
    ids = candidates(office, 3)
    made = vote(office, seats=2)
    counted(office, made, {ids[0]: 40, ids[1]: 24, ids[2]: 24})
    with pytest.raises(UserError, match="乙、丙同票，还没有决定"):
        office.do(project_votes.announce, vote_id=made)
    with pytest.raises(UserError, match="由到会代表举手表决决定，不再次投票"):
        office.do(project_votes.run_off, vote_id=made)
    for chosen in ((), ids[1:], (ids[0],)):
        with pytest.raises(FieldError, match="请从同票的项目（乙、丙）中选定1项"):
            office.do(project_votes.settle_tie, vote_id=made, project_ids=chosen, tie_note="举手")
    with pytest.raises(FieldError, match="请填写同票处理"):
        office.do(project_votes.settle_tie, vote_id=made, project_ids=(ids[2],), tie_note="")

    office.do(
        project_votes.settle_tie,
        vote_id=made,
        project_ids=(ids[2],),
        tie_note="举手表决：丙26人，乙20人",
    )
    office.do(project_votes.announce, vote_id=made)

    row = office.ask(project_vote_rows.one, made)
    assert ([e.name for e in row.chosen], row.open_tie) == (["甲", "丙"], ())
    assert row.tie_note == "举手表决：丙26人，乙20人"
    assert row.rule.source == "镇人大〔2026〕1号"
    assert office.ask(projects.one, ids[1]).state == ProjectState.LOST
    with pytest.raises(UserError, match="没有需要处理的末位同票"):
        office.do(project_votes.settle_tie, vote_id=made, project_ids=(), tie_note="举手")


def test_where_both_are_in_nothing_is_left_open(office):
    rule(office, tie="both")
    ids = candidates(office, 3)
    made = vote(office, seats=2)

    counted(office, made, {ids[0]: 40, ids[1]: 24, ids[2]: 24})

    row = office.ask(project_vote_rows.one, made)
    assert [e.name for e in row.chosen] == ["甲", "乙", "丙"]
    assert row.open_tie == ()


def test_a_vote_held_again_is_by_the_rule_not_by_hands(office):
    ids = candidates(office, 3)
    made = vote(office, seats=2)
    counted(office, made, {ids[0]: 40, ids[1]: 24, ids[2]: 24})

    with pytest.raises(UserError, match="同票的项目应当就同票的项目再次投票"):
        office.do(project_votes.settle_tie, vote_id=made, project_ids=(ids[1],), tie_note="举手")
    with pytest.raises(FieldError, match="日期不能早于前次票决日期"):
        office.do(project_votes.run_off, vote_id=made, held_on=date(2026, 2, 1))


def test_the_first_vote_stays_as_it_is_while_a_second_stands_on_it(office):
    ids = candidates(office, 3)
    made = vote(office, seats=2)
    counted(office, made, {ids[0]: 40, ids[1]: 24, ids[2]: 24})
    again = office.do(project_votes.run_off, vote_id=made, name="第二轮")

    with pytest.raises(UserError, match="同票项目已经再次投票"):
        counted(office, made, {ids[0]: 40, ids[1]: 25, ids[2]: 24})
    with pytest.raises(UserError, match="同票项目已经再次投票"):
        office.do(project_votes.remove, ids=(made,))
    office.do(project_votes.remove, ids=(again,))

    assert [e.name for e in office.ask(project_vote_rows.one, made).open_tie] == ["乙", "丙"]


def test_the_day_of_a_second_vote_changes_but_not_its_rule(office):
    ids = candidates(office, 3)
    made = vote(office, seats=2)
    counted(office, made, {ids[0]: 40, ids[1]: 24, ids[2]: 24})
    again = office.do(project_votes.run_off, vote_id=made)
    rule(office, tie="both")

    office.do(
        project_votes.save,
        record_id=again,
        level=ProjectLevel.TOWN,
        year=YEAR,
        name="第二轮",
        held_on=date(2026, 2, 11),
        seats=1,
        project_ids=ids[1:],
        expected=46,
    )

    row = office.ask(project_vote_rows.one, again)
    assert (row.held_on, row.rule.is_again, row.rule.tie) == (date(2026, 2, 11), True, Tie.REVOTE)


def test_a_later_rule_never_changes_an_earlier_vote(office):
    candidates(office, 3)
    made = vote(office, seats=2)

    rule(office, tie="both", majority="present")

    assert office.ask(project_vote_rows.one, made).rule.tie == Tie.REVOTE


def test_votes_not_counted_and_open_ties_stand_on_todays_list(office):
    ids = candidates(office, 3)
    made = vote(office, seats=2)

    def listed():
        return [
            (t.tag, t.text, t.id)
            for t in office.ask(todo.todos, make.TODAY)
            if t.table == "project_vote"
        ]

    assert listed() == [("待录入", "民生实事票决：镇十届人大一次会议", made)]
    counted(office, made, {ids[0]: 40, ids[1]: 24, ids[2]: 24})
    assert [tag for tag, *_ in listed()] == ["同票待定"]
    office.do(project_votes.run_off, vote_id=made)
    assert [tag for tag, *_ in listed()] == ["待录入"]
