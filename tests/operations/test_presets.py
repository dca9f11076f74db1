from datetime import date

import pytest

from deputydesk.errors import FieldError
from deputydesk.models import GradeScale
from deputydesk.office import Right, operation
from deputydesk.operations import presets
from deputydesk.operations.presets import AnswerClassRow
from deputydesk.rules.satisfaction import COMPETENCE, SATISFACTION, SCALES


@operation(Right.SETUP, "加入测评等次")
def add_scale(tx, *, name):
    rule = COMPETENCE.to_dict() | {"name": name}
    tx.session.add(GradeScale(valid_from=date(2026, 1, 1), name=name, rule=rule))


def test_the_national_rule_holds_until_the_office_sets_its_own(office):
    before = office.ask(presets.deadlines, date(2026, 6, 1))

    office.do(
        presets.set_deadlines,
        valid_from=date(2026, 7, 1),
        reply_months=2,
        long_reply_months=4,
        source="本地条例",
    )

    assert (before.reply_months, before.long_reply_months, before.rehandle_months) == (3, 6, 1)
    assert office.ask(presets.deadlines, date(2026, 6, 30)) == before
    after = office.ask(presets.deadlines, date(2026, 7, 1))
    assert (after.reply_months, after.long_reply_months, after.source) == (2, 4, "本地条例")


def test_a_deadline_of_nothing_is_refused(office):
    with pytest.raises(FieldError) as error:
        office.do(presets.set_deadlines, valid_from=date(2026, 7, 1), reply_months=0)

    assert error.value.field == "reply_months"


def test_answer_classes_are_dated(office):
    usual = office.ask(presets.answer_classes, date(2026, 6, 1))
    classes = tuple(AnswerClassRow(code, code, promises=False) for code in "ABCD")

    office.do(presets.set_answer_classes, valid_from=date(2026, 7, 1), classes=classes)

    assert [c.code for c in usual] == ["A", "B", "C"]
    assert [c.code for c in usual if c.promises] == ["B"]
    assert office.ask(presets.answer_classes, date(2026, 6, 30)) == usual
    assert len(office.ask(presets.answer_classes, date(2026, 7, 1))) == 4


def test_own_scales_come_before_the_usual_ones(office):
    office.do(add_scale, name="本镇等次")

    names = [scale.name for scale in office.ask(presets.scales, date(2026, 6, 1))]

    assert names == ["本镇等次", *(scale.name for scale in SCALES)]
    assert office.ask(presets.scales, date(2025, 6, 1))[0] == SATISFACTION


def test_the_calendar_knows_this_year():
    assert not presets.calendar().is_workday(date(2026, 10, 1))
