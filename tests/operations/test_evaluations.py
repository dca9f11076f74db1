from datetime import date, timedelta

import pytest

from deputydesk.errors import FieldError, UserError
from deputydesk.models.choices import EndReason, EvaluationState
from deputydesk.operations import deputies, evaluations
from deputydesk.operations.evaluations import Tally
from deputydesk.rules.satisfaction import COMPETENCE
from tests import make

SURNAMES = "丁于王韦云木太尤车牛毛仇文方孔巴邓甘艾古"


def prepared(office, count=20, **kw):
    people = tuple(make.deputy(office, name=f"{surname}海") for surname in SURNAMES[:count])
    given = {"name": "述职测评会", "held_on": make.TODAY, "deputy_ids": people} | kw
    return office.do(evaluations.prepare, **given), people


def counted(office, evaluation_id, people, *, ballots=160):
    tallies = tuple(
        Tally(p, {"yes": ballots - 10 - n, "mostly": 5 + n, "no": 2, "unknown": 2}, void=1)
        for n, p in enumerate(people)
    )
    office.do(
        evaluations.count,
        evaluation_id=evaluation_id,
        issued=ballots,
        returned=ballots,
        valid=ballots,
        invalid=0,
        tallies=tallies,
        counter=" 甲 ",
    )


def test_twenty_deputies_and_160_voters_are_counted_graded_and_announced(office):
    evaluation_id, people = prepared(office)

    counted(office, evaluation_id, people)
    office.do(evaluations.announce, evaluation_id=evaluation_id)

    [row] = office.ask(evaluations.rows)
    assert (row.state, row.deputies, row.valid) == (EvaluationState.ANNOUNCED, 20, 160)
    assert (row.counter, row.announced_on) == ("甲", make.TODAY)
    assert {e.grade for e in office.ask(evaluations.entries, evaluation_id)} == {"满意"}
    assert office.ask(evaluations.rows, 2025) == []


def test_the_ballot_lists_deputies_by_strokes(office):
    evaluation_id, _ = prepared(office, 4)

    names = [e.name for e in office.ask(evaluations.entries, evaluation_id)]

    assert names == ["丁海", "于海", "王海", "韦海"]


def test_a_deputy_sees_counted_evaluations_only(office):
    evaluation_id, people = prepared(office, 2)
    assert office.ask(evaluations.of_deputy, people[0]) == []

    counted(office, evaluation_id, people)

    [(row, mine)] = office.ask(evaluations.of_deputy, people[0])
    assert (row.id, mine.counts["yes"]) == (evaluation_id, 150)


def test_ballots_that_do_not_add_up_are_refused_whole(office):
    evaluation_id, people = prepared(office, 2)
    good = {"evaluation_id": evaluation_id, "issued": 10, "returned": 9, "valid": 9, "invalid": 0}
    row = Tally(people[0], {"yes": 9})

    for changed, tallies, field, sentence in (
        ({"returned": 11, "valid": 11}, (), "returned", "多1张"),
        ({"invalid": 1}, (), "valid", "比收回9张多1张"),
        ({}, (row,), f"tally.{people[1]}", "还没有录入于海的得票"),
        ({}, (row, Tally(people[1], {"yes": 8})), f"tally.{people[1]}", "于海：.*少1票"),
        ({}, (row, Tally(people[1], {"yes": 9}), Tally("T1-0", {})), "tallies", "不在这次"),
    ):
        with pytest.raises(FieldError, match=sentence) as error:
            office.do(evaluations.count, **(good | changed), tallies=tallies)
        assert error.value.field == field

    assert office.ask(evaluations.one, evaluation_id).issued is None


def test_another_scale_has_its_own_grades(office):
    evaluation_id, people = prepared(office, 1, scale=COMPETENCE)

    office.do(
        evaluations.count,
        evaluation_id=evaluation_id,
        issued=10,
        returned=10,
        valid=10,
        invalid=0,
        tallies=(Tally(people[0], {"competent": 7, "partly": 3}),),
    )

    assert office.ask(evaluations.entries, evaluation_id)[0].grade == "基本称职"


def test_an_announced_result_stays(office):
    evaluation_id, people = prepared(office, 2)
    with pytest.raises(UserError, match="计票以后才能公布"):
        office.do(evaluations.announce, evaluation_id=evaluation_id)
    counted(office, evaluation_id, people)
    office.do(evaluations.announce, evaluation_id=evaluation_id, announced_on=make.TODAY)

    with pytest.raises(UserError, match="已经公布"):
        counted(office, evaluation_id, people)


def test_a_ballot_needs_deputies_in_office_each_once_and_a_meeting_that_was_held(office):
    home = make.home(office)
    deputy = make.deputy(office)
    with pytest.raises(FieldError, match="请选择参加测评的代表"):
        office.do(evaluations.prepare, name="会", held_on=make.TODAY, deputy_ids=())
    with pytest.raises(FieldError, match="选了两次"):
        office.do(evaluations.prepare, name="会", held_on=make.TODAY, deputy_ids=(deputy, deputy))
    later = make.TODAY + timedelta(days=7)
    evaluation_id, people = prepared(office, 2, held_on=later, home_id=home)
    with pytest.raises(FieldError, match="测评日期不能晚于今天"):
        counted(office, evaluation_id, people)
    assert office.ask(evaluations.one, evaluation_id).home == "五当召镇人大代表之家"
    office.do(
        deputies.end_mandate,
        mandate_id=deputy,
        ended_on=date(2026, 5, 1),
        reason=EndReason.RESIGNED,
    )
    with pytest.raises(FieldError, match="已于2026-05-01终止"):
        office.do(evaluations.prepare, name="会", held_on=make.TODAY, deputy_ids=(deputy,))
