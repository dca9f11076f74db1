from datetime import date

import pytest

from deputydesk.errors import FieldError
from deputydesk.operations import local_rules, project_evals, project_steps, projects
from deputydesk.rules.project_flow import ProjectState
from tests import make
from tests.operations.project_case import building, project

COUNTS = {"members": 30, "present": 29, "satisfied": 20, "mostly": 6, "dissatisfied": 3}


def judge(office, project_id, step="一评", **changed):
    values = {"held_on": date(2026, 6, 1)} | COUNTS | changed
    return office.do(project_evals.save, project_id=project_id, step=step, **values)


def test_three_evaluations_and_an_inquiry_are_written_down_with_their_attendance(office):
    made = building(office)
    for step in ("一评", "二评", "三评"):
        judge(office, made, step)
    office.do(
        project_evals.save,
        project_id=made,
        step="一问",
        held_on=date(2026, 7, 1),
        questions="为什么工期推迟？",
        answers="雨季影响，9月底前完成。",
    )

    rows = office.ask(project_evals.rows, 2026)

    assert [r.step for r in rows] == ["一问", "三评", "二评", "一评"]
    assert [r.grade for r in rows] == ["", "满意", "满意", "满意"]
    assert rows[1].counts == "满意20、基本满意6、不满意3（应到30，实到29）"
    assert rows[0].counts == ""
    assert office.ask(project_evals.rows, 2025) == []
    assert office.ask(projects.one, made).state == ProjectState.BUILDING


def test_the_final_evaluation_settles_the_grade_by_all_members(office):
    made = building(office)
    office.do(project_steps.finish, project_id=made, done_on=date(2026, 5, 1))

    final = judge(office, made, "满意度测评", satisfied=14, mostly=2, dissatisfied=13)

    row = office.ask(projects.one, made)
    assert (row.state, row.grade) == (ProjectState.JUDGED, "基本满意")
    office.do(project_steps.rectify, project_id=made, rectification="路面已返修")
    assert office.ask(projects.one, made).rectification == "路面已返修"
    judge(office, made, "满意度测评", record_id=final, satisfied=15, mostly=1, dissatisfied=13)
    assert office.ask(projects.one, made).grade == "满意"


def test_without_its_final_evaluation_a_project_is_not_judged(office):
    done, going = building(office, "完成的"), building(office, "在建的")
    office.do(project_steps.finish, project_id=done, done_on=date(2026, 5, 1))
    made = [judge(office, each, "满意度测评") for each in (done, going)]

    office.do(project_evals.remove, ids=tuple(made))

    assert office.ask(projects.one, done).state == ProjectState.DONE
    assert office.ask(projects.one, going).state == ProjectState.BUILDING
    assert office.ask(projects.one, done).grade == ""


@pytest.mark.parametrize(
    ("changed", "field", "sentence"),
    [
        ({"present": 31}, "present", "实到31人，比应到30人多1人"),
        ({"dissatisfied": 4}, "satisfied", "比实到29人多1票"),
        ({"members": 0, "present": 0} | dict.fromkeys(("satisfied", "mostly", "dissatisfied"), 0),
         "members", "“一评”要评等次，请填写应到人数"),
        ({"step": "四评"}, "step", "请选择评议环节：一评、二评、三评、一问、满意度测评"),
        ({"step": "一问"}, "questions", "请填写“一问”询问的内容"),
        ({"held_on": date(2026, 11, 24)}, "held_on", "日期不能晚于今天"),
        ({"held_on": date(2026, 2, 1)}, "held_on", "日期不能早于项目确定日期"),
        ({"project_id": "none"}, "project_id", "请选择民生实事项目"),
    ],
)  # fmt: skip
def test_a_wrong_field_is_named_and_nothing_is_kept(office, changed, field, sentence):
    good = {"project_id": building(office), "step": "一评", "held_on": date(2026, 6, 1)} | COUNTS

    with pytest.raises(FieldError, match=sentence) as error:
        office.do(project_evals.save, **(good | changed))

    assert error.value.field == field
    assert office.ask(project_evals.rows) == []


def test_what_was_never_decided_is_not_judged(office):
    with pytest.raises(FieldError, match="还没有确定实施，不能评议"):
        judge(office, project(office))


def test_the_place_names_its_own_steps_from_a_day_on(office):
    office.do(
        local_rules.adopt,
        kind=project_evals.KIND,
        name="本镇监督办法",
        valid_from=date(2026, 7, 1),
        rule={"steps": [{"name": "评立项", "graded": True}, {"name": "问成效", "asked": True}]},
    )
    made = building(office)
    judge(office, made, "一评")

    judge(office, made, "评立项", held_on=date(2026, 7, 1))
    with pytest.raises(FieldError, match="请选择评议环节：评立项、问成效"):
        judge(office, made, "一评", held_on=date(2026, 7, 1))

    names = [s.name for s in office.ask(project_evals.steps, make.TODAY)]
    assert names == ["评立项", "问成效"]
    assert [r.step for r in office.ask(project_evals.rows, project_id=made)] == ["评立项", "一评"]
