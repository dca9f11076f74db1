from deputydesk.models.project import ProjectLevel
from deputydesk.operations import (
    assemblies,
    assembly_members,
    figures,
    milestones,
    project_evals,
    project_payments,
    project_vote_rows,
    projects,
    todo,
)
from deputydesk.rules.project_flow import VoteState

WAN = 1_000_000


def test_the_published_projects_are_there_with_their_money(demo_office):
    found = demo_office.ask(projects.rows)
    district = [p for p in found if p.level == ProjectLevel.DISTRICT and p.is_decided]
    town = [p for p in found if p.level == ProjectLevel.TOWN]

    assert (len(district), sum(p.budget for p in district)) == (20, 7662 * WAN)
    assert {p.year for p in district} == {2022, 2023}
    assert len(town) == 85
    assert all(p.is_decided for p in town)


def test_the_figures_count_only_what_was_chosen(demo_office):
    found = {f.id: f.value for f in demo_office.ask(figures.figures)}

    assert found["projects.level.district"] == 20
    assert found["projects.level.town"] == 85
    assert found["projects.collected"] == 20 + 4 + 85


def test_each_year_has_a_counted_and_announced_vote_with_its_losers(demo_office):
    votes = demo_office.ask(project_vote_rows.rows)

    assert [(v.year, v.seats, len(v.entries), len(v.chosen)) for v in votes] == [
        (2023, 10, 12, 10),
        (2022, 10, 12, 10),
    ]
    assert {v.state for v in votes} == {VoteState.ANNOUNCED}
    assert all(not v.open_tie and v.expected == 136 for v in votes)
    best = demo_office.ask(projects.rows, 2022, level=ProjectLevel.DISTRICT)[3]
    assert (best.name, best.votes, best.unit) == ("老旧小区屋面防水工程", 128, "退役军人事务局")


def test_every_project_of_the_district_was_judged_three_times_and_one_was_asked_about(demo_office):
    found = demo_office.ask(project_evals.rows)
    three = [e for e in found if e.step in ("一评", "二评", "三评")]

    assert len(three) == 60
    assert {e.grade for e in three} == {"满意", "基本满意"}
    assert [e.project for e in found if e.step == "一问"] == ["学校操场塑胶跑道改造"]
    finished = [p for p in demo_office.ask(projects.rows, 2023) if p.grade]
    assert finished
    assert all(p.progress == 100 for p in finished)


def test_milestones_and_payments_leave_something_to_do(demo_office):
    today = demo_office.clock().date()

    assert len(demo_office.ask(milestones.rows)) == 60
    assert all(p.paid <= p.budget for p in demo_office.ask(projects.rows))
    assert len(demo_office.ask(project_payments.rows)) > 20
    listed = [t for t in demo_office.ask(todo.todos, today) if t.table == "milestone"]
    assert [t.tag for t in listed if t.tag.startswith("逾期")] == ["逾期 9 天"] * 2
    assert len(listed) > 2


def test_assemblies_of_streets_have_members_opinions_and_one_that_was_not_valid(demo_office):
    meetings = demo_office.ask(assemblies.rows)

    assert len(demo_office.ask(assembly_members.rows)) == 36
    assert {m.expected for m in meetings} == {12}
    assert [m.warning for m in meetings if m.warning] == [
        "到会6人，没有超过应到12人的半数，会议无效"
    ]
    assert sum(m.opinions for m in meetings) == 8
