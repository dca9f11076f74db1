from datetime import date

import pytest

from deputydesk.errors import FieldError
from deputydesk.operations import milestones, project_steps, projects, todo
from deputydesk.rules.deadlines import Due
from tests import make
from tests.operations.project_case import building, chosen, project


def milestone(office, project_id, **changed):
    values = {"name": "主体完工", "due_on": date(2026, 11, 20), "percent": 50} | changed
    return office.do(milestones.save, project_id=project_id, **values)


def test_a_milestone_is_late_until_it_is_done_and_then_moves_the_project_on(office):
    made = building(office)
    late = milestone(office, made)
    milestone(office, made, name="验收", due_on=date(2026, 12, 30), percent=100)
    row = next(r for r in office.ask(milestones.rows) if r.id == late)
    assert (row.is_late(make.TODAY), row.status(make.TODAY)) == (True, "逾期 3 天")
    assert row.due(make.TODAY) == Due.OVERDUE
    assert office.ask(projects.one, made).is_late(make.TODAY)
    assert office.ask(projects.one, made).next_step == "主体完工"

    office.do(milestones.finish, milestone_id=late, done_on=date(2026, 11, 23))

    row = next(r for r in office.ask(milestones.rows) if r.id == late)
    assert (row.is_late(make.TODAY), row.status(make.TODAY)) == (False, "完成（迟3天）")
    assert row.due(make.TODAY) == Due.OPEN
    found = office.ask(projects.one, made)
    assert (found.progress, found.next_step) == (50, "验收")


def test_milestones_due_soon_or_late_stand_on_todays_list(office):
    made, waiting = building(office), chosen(office, "还没开工")
    milestone(office, made)
    milestone(office, made, name="验收", due_on=date(2026, 12, 1))
    milestone(office, made, name="审计", due_on=date(2027, 3, 1))
    milestone(office, waiting, name="招标", due_on=date(2026, 11, 25))
    done = building(office, "已完")
    milestone(office, done, name="旧节点")
    office.do(project_steps.finish, project_id=done)

    found = [t for t in office.ask(todo.todos, make.TODAY) if t.table == "milestone"]

    assert [(t.tag, t.text) for t in found] == [
        ("逾期 3 天", "项目节点：旧区供水管网改造 主体完工"),
        ("剩 2 天", "项目节点：还没开工 招标"),
        ("剩 8 天", "项目节点：旧区供水管网改造 验收"),
    ]
    rows = {r.name: r for r in office.ask(milestones.rows)}
    assert rows["验收"].is_soon(make.TODAY)
    assert not rows["审计"].is_soon(make.TODAY)
    assert rows["旧节点"].status(make.TODAY) == "项目已完成"


def test_milestones_are_listed_by_year_and_by_project(office):
    made, other = building(office), project(office, "征集的")
    milestone(office, made, note="主体")
    milestone(office, other, name="设计", due_on=date(2027, 1, 5))

    assert [r.name for r in office.ask(milestones.rows, 2027)] == ["设计"]
    assert [r.note for r in office.ask(milestones.rows, project_id=made)] == ["主体"]
    assert office.ask(milestones.rows, 2027)[0].status(make.TODAY) == "未开工"


def test_a_milestone_is_changed_and_done_in_time(office):
    made = building(office)
    step = milestone(office, made)

    milestone(office, made, record_id=step, name="封顶", done_on=date(2026, 11, 19), percent=70)

    [row] = office.ask(milestones.rows)
    assert (row.name, row.status(make.TODAY)) == ("封顶", "已完成")
    assert office.ask(projects.one, made).progress == 70


@pytest.mark.parametrize(
    ("changed", "field", "sentence"),
    [
        ({"name": ""}, "name", "请填写节点"),
        ({"percent": 101}, "percent", "进度应在0到100之间"),
        ({"done_on": date(2026, 11, 24)}, "done_on", "完成日期不能晚于今天"),
        ({"done_on": date(2026, 2, 1)}, "done_on", "完成日期不能早于开工日期"),
        ({"project_id": ""}, "project_id", "请选择民生实事项目"),
    ],
)
def test_a_wrong_field_is_named(office, changed, field, sentence):
    good = {"project_id": building(office), "name": "封顶", "due_on": date(2026, 11, 1)}

    with pytest.raises(FieldError, match=sentence) as error:
        office.do(milestones.save, **(good | changed))

    assert error.value.field == field


def test_without_a_removed_milestone_the_project_is_as_far_as_the_others_say(office):
    made = building(office)
    milestone(office, made, name="基础", percent=30, done_on=date(2026, 6, 1))
    far = milestone(office, made, percent=80, done_on=date(2026, 9, 1))
    assert office.ask(projects.one, made).progress == 80

    office.do(milestones.remove, ids=(far,))
    assert office.ask(projects.one, made).progress == 30

    assert office.undo().text == "删除项目节点（主体完工）"
    assert office.ask(projects.one, made).progress == 80
