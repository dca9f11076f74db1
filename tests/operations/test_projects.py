from datetime import date

import pytest

from deputydesk.errors import FieldError, UserError
from deputydesk.models.choices import Channel
from deputydesk.models.project import ProjectLevel
from deputydesk.operations import opinions, project_steps, projects
from deputydesk.rules.project_flow import ProjectState, ProjectStep
from tests import make
from tests.operations.project_case import (
    PROPOSED,
    VOTED,
    WAN,
    YEAR,
    building,
    candidate,
    chosen,
    counted,
    project,
    vote,
)


def test_projects_are_numbered_within_their_year_and_level(office):
    first, second = project(office, "甲"), project(office, "乙")
    other = office.do(
        projects.save, level=ProjectLevel.DISTRICT, year=YEAR, name="丙", proposed_on=PROPOSED
    )

    found = {row.id: row for row in office.ask(projects.rows, YEAR)}

    assert [found[each].number for each in (first, second, other)] == [1, 2, 1]
    assert office.ask(projects.rows, 2025) == []
    assert [r.name for r in office.ask(projects.rows, level=ProjectLevel.DISTRICT)] == ["丙"]
    assert len(office.ask(projects.rows, states=(ProjectState.PROPOSED,))) == 3
    assert found[first].state == ProjectState.PROPOSED


def test_a_project_comes_from_a_voters_opinion_without_typing_it_again(office):
    deputy = make.deputy(office, name="高娃")
    opinion = office.do(
        opinions.hear,
        channel=Channel.HOME,
        matter="路灯不亮",
        mandate_id=deputy,
        voter_name="李四",
    )

    office.do(
        projects.save,
        level=ProjectLevel.TOWN,
        year=YEAR,
        proposed_on=PROPOSED,
        opinion_id=opinion,
    )

    [row] = office.ask(projects.rows)
    assert (row.name, row.source, row.proposer) == ("路灯不亮", "选民意见", "高娃")


def test_an_opinion_nobody_heard_leaves_the_proposer_open(office):
    opinion = office.do(opinions.hear, channel=Channel.HOME, matter="路灯不亮")

    office.do(
        projects.save, level=ProjectLevel.TOWN, year=YEAR, proposed_on=PROPOSED, opinion_id=opinion
    )

    assert office.ask(projects.rows)[0].proposer == ""


@pytest.mark.parametrize(
    ("changed", "field", "sentence"),
    [
        ({"name": " "}, "name", "请填写项目名称"),
        ({"year": 26}, "year", "年度应是四位数的年份，不能是26"),
        ({"proposed_on": date(2026, 11, 24)}, "proposed_on", "征集日期不能晚于今天"),
        ({"budget": -1}, "budget", "投资不能小于0"),
        ({"opinion_id": "nothing"}, "opinion_id", "请选择选民意见"),
    ],
)
def test_a_wrong_field_is_named_and_nothing_is_kept(office, changed, field, sentence):
    good = {"level": ProjectLevel.TOWN, "year": YEAR, "name": "甲", "proposed_on": PROPOSED}

    with pytest.raises(FieldError, match=sentence) as error:
        office.do(projects.save, **(good | changed))

    assert error.value.field == field
    assert office.ask(projects.rows) == []


def test_a_proposed_project_is_changed_freely_a_decided_one_only_by_decision(office):
    made = project(office, "甲")
    values = {
        "record_id": made,
        "level": ProjectLevel.TOWN,
        "year": YEAR,
        "proposed_on": PROPOSED,
    }
    office.do(projects.save, **values, name="甲改", budget=3 * WAN, category="道路")
    office.do(project_steps.adopt, project_id=made, decision="镇党政会议定", chosen_on=VOTED)

    with pytest.raises(FieldError, match="项目已经确定，投资不能直接修改") as error:
        office.do(projects.save, **values, name="甲改", budget=4 * WAN)
    office.do(projects.save, **values, name="甲改", budget=3 * WAN, note="补记")

    assert error.value.hint
    assert "调整项目" in error.value.hint
    row = office.ask(projects.one, made)
    assert (row.name, row.budget, row.note, row.number) == ("甲改", 3 * WAN, "补记", 1)


def test_shortlisting_needs_what_the_examination_said_and_gives_the_next_place(office):
    first, second, third = (project(office, name) for name in ("甲", "乙", "丙"))
    with pytest.raises(FieldError, match="请填写论证意见"):
        office.do(project_steps.shortlist, project_id=first, screening=" ")

    office.do(project_steps.shortlist, project_id=first, screening="可行")
    office.do(project_steps.shortlist, project_id=second, screening="可行")
    office.do(project_steps.drop, project_id=third, screening="财力不足")

    rows = {row.name: row for row in office.ask(projects.rows)}
    assert [rows[name].candidate_no for name in ("甲", "乙", "丙")] == [1, 2, None]
    assert rows["丙"].state == ProjectState.DROPPED
    assert rows["丙"].screening == "财力不足"
    assert rows["甲"].screened_on == make.TODAY


def test_a_candidates_place_can_be_given_but_only_once(office):
    first, second = project(office, "甲"), project(office, "乙")
    office.do(project_steps.shortlist, project_id=first, screening="可行", candidate_no=7)

    for number, sentence in ((7, "候选序号7已经是“甲”的"), (0, "候选序号从1开始")):
        with pytest.raises(FieldError, match=sentence):
            office.do(
                project_steps.shortlist, project_id=second, screening="可行", candidate_no=number
            )
    office.do(project_steps.shortlist, project_id=second, screening="可行")

    assert [row.candidate_no for row in office.ask(projects.rows)] == [7, 8]


def test_a_project_goes_from_proposal_to_completion(office):
    made = building(office)

    office.do(project_steps.set_progress, project_id=made, progress=60)
    assert office.ask(projects.one, made).progress == 60
    office.do(project_steps.finish, project_id=made, done_on=date(2026, 9, 30))

    row = office.ask(projects.one, made)
    assert (row.state, row.progress, row.done_on) == (
        ProjectState.DONE,
        100,
        date(2026, 9, 30),
    )
    assert (row.chosen_on, row.started_on) == (VOTED, date(2026, 3, 1))
    assert row.is_decided
    assert row.may(ProjectStep.JUDGE)


@pytest.mark.parametrize(
    ("step", "values", "sentence"),
    [
        (project_steps.start, {"started_on": date(2026, 2, 9)}, "开工日期不能早于确定日期"),
        (project_steps.start, {"due_on": date(2026, 1, 1)}, "计划完成日期不能早于开工日期"),
        (project_steps.start, {"started_on": date(2027, 1, 1)}, "开工日期不能晚于今天"),
        (project_steps.change, {"decision": ""}, "请填写五当召镇人大主席团的决定"),
        (project_steps.change, {"decision": "同意", "budget": -5}, "投资不能小于0"),
        (project_steps.set_progress, {"progress": 101}, "进度应在0到100之间"),
    ],
)
def test_a_step_that_cannot_be_is_refused_at_its_field(office, step, values, sentence):
    made = chosen(office)

    with pytest.raises(FieldError, match=sentence):
        office.do(step, project_id=made, **values)


def test_a_step_out_of_turn_says_what_can_be_done(office):
    made = project(office)

    with pytest.raises(UserError, match="现在的状态是“已征集”，不能“完成”") as error:
        office.do(project_steps.finish, project_id=made)

    assert error.value.hint == "现在可以：“列为候选”、“不列入候选”、“决定实施”。"


def test_a_change_keeps_the_words_of_every_decision(office):
    made = building(office)

    office.do(
        project_steps.change,
        project_id=made,
        decision="主席团第5次会议同意增加投资",
        changed_on=date(2026, 5, 6),
        budget=300 * WAN,
        due_on=date(2026, 12, 1),
    )
    office.do(
        project_steps.change,
        project_id=made,
        decision="主席团第6次会议同意改线",
        content="改走北线",
    )

    row = office.ask(projects.one, made)
    assert (row.budget, row.due_on, row.content) == (300 * WAN, date(2026, 12, 1), "改走北线")
    assert row.change == (
        "2026年5月6日：主席团第5次会议同意增加投资\n2026年11月23日：主席团第6次会议同意改线"
    )
    assert row.name == "旧区供水管网改造"


def test_who_decides_on_a_change_is_named_even_before_the_office_is(empty_file, tmp_path):
    office = make.copied_office(empty_file, tmp_path / "new")
    made = building(office)

    with pytest.raises(FieldError, match="请填写人大的决定"):
        office.do(project_steps.change, project_id=made, decision="")
    office.close()


def test_rectification_is_written_down_only_after_a_project_is_judged(office):
    made = building(office)

    with pytest.raises(UserError, match="不能“整改”"):
        office.do(project_steps.rectify, project_id=made, rectification="已返修")


def test_a_project_in_a_vote_is_not_removed_another_comes_back_by_undo(office):
    one, _ = candidate(office, "甲"), candidate(office, "乙")
    single = project(office, "丙")
    vote(office, seats=1)

    with pytest.raises(UserError, match="“甲”已列入票决，不能删除"):
        office.do(projects.remove, ids=(one,))
    office.do(projects.remove, ids=(single,))
    assert len(office.ask(projects.rows)) == 2

    assert office.undo().title == "删除民生实事项目"
    assert len(office.ask(projects.rows)) == 3


def test_a_project_is_late_by_its_own_day_or_its_next_milestone(office):
    made = chosen(office)
    assert not office.ask(projects.one, made).is_late(make.TODAY)
    office.do(project_steps.start, project_id=made, due_on=make.TODAY, started_on=VOTED)

    row = office.ask(projects.one, made)

    assert not row.is_late(make.TODAY)
    assert row.is_late(date(2026, 11, 24))
    office.do(project_steps.finish, project_id=made)
    assert not office.ask(projects.one, made).is_late(date(2026, 11, 24))


def test_votes_stand_with_the_project_that_was_voted_on(office):
    first, second = candidate(office, "甲"), candidate(office, "乙")
    vote_id = vote(office, seats=1)

    counted(office, vote_id, {first: 30, second: 14})

    assert office.ask(projects.one, first).votes is None  # not announced yet
