from datetime import date

import pytest

from deputydesk.errors import FieldError, UserError
from deputydesk.models.choices import TalkForm
from deputydesk.operations import talks
from deputydesk.rules.satisfaction import Satisfaction
from tests.operations.case import Case


def test_a_talk_is_recorded_with_the_unit_that_answers(office):
    case = Case.handled(office)

    office.do(
        talks.log,
        suggestion_id=case.id,
        form=TalkForm.VISIT,
        held_on=date(2026, 4, 2),
        people="赵春梅、李强",
        content=" 现场看了路口 ",
    )

    [talk] = office.ask(talks.rows, suggestion_id=case.id)
    assert (talk.unit, talk.form, talk.round) == ("区交通运输局", TalkForm.VISIT, 1)
    assert (talk.people, talk.content) == ("赵春梅、李强", "现场看了路口")
    assert case.row.talked
    assert "04-02 面商（上门）：现场看了路口 区交通运输局" in case.story


def test_that_nobody_talked_is_recorded_too_and_is_no_talk(office):
    case = Case.handled(office)

    office.do(talks.log, suggestion_id=case.id, form=TalkForm.NONE, held_on=date(2026, 4, 2))

    assert not case.row.talked
    assert "04-02 未与代表沟通 区交通运输局" in case.story


def test_with_several_units_the_one_that_talked_is_named(office):
    case = Case.separate(office)

    for unit_id in ("", case.assist):
        with pytest.raises(FieldError, match="请选择这件建议的承办单位") as refused:
            office.do(talks.log, suggestion_id=case.id, form=TalkForm.PHONE, unit_id=unit_id)
        assert refused.value.field == "unit_id"

    office.do(talks.log, suggestion_id=case.id, form=TalkForm.PHONE, unit_id=case.other)
    assert office.ask(talks.rows, suggestion_id=case.id)[0].unit == "区水务局"


def test_a_talk_is_after_the_assignment_and_before_the_answer(office):
    case = Case.handled(office)

    with pytest.raises(FieldError, match="不能早于交办日期") as refused:
        office.do(talks.log, suggestion_id=case.id, form=TalkForm.PHONE, held_on=date(2026, 3, 4))
    assert refused.value.field == "held_on"
    case.answer(case.main)
    with pytest.raises(UserError, match="“已答复”，不能“面商”"):
        office.do(talks.log, suggestion_id=case.id, form=TalkForm.PHONE)


def test_a_talk_of_the_second_round_belongs_to_it(office):
    case = Case.dissatisfied(office)

    office.do(talks.log, suggestion_id=case.id, form=TalkForm.FORUM, held_on=date(2026, 6, 2))

    assert office.ask(talks.rows, suggestion_id=case.id)[0].round == 2
    case.answer(case.main, day=date(2026, 6, 10))
    case.judge(Satisfaction.SATISFIED, sent=date(2026, 6, 10), back=date(2026, 6, 12))
    assert case.row.talked
