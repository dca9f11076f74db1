from datetime import date

import pytest

from deputydesk.errors import FieldError, UserError
from deputydesk.operations import units
from deputydesk.rules.satisfaction import Satisfaction
from tests import make
from tests.operations.case import Case


def test_units_are_listed_and_changed(office):
    unit_id = make.unit(office)

    office.do(units.edit, unit_id=unit_id, name="区水务局", short_name="水务局", phone="5551234")

    assert [(u.name, u.short_name, u.phone) for u in office.ask(units.rows)] == [
        ("区水务局", "水务局", "5551234")
    ]


def test_a_unit_is_registered_once(office):
    make.unit(office)

    with pytest.raises(FieldError, match="已经有"):
        make.unit(office)


def test_a_unit_that_is_gone_is_said(office):
    with pytest.raises(UserError, match="找不到这条“承办单位”记录"):
        office.do(units.edit, unit_id="T1-0", name="局")


def test_units_show_how_far_they_are_with_what_they_answer(office):
    case = Case.handled(office)
    year = {"first": date(2026, 1, 1), "last": date(2026, 12, 31)}

    def seen(today, period=year):
        found = office.ask(units.loads, **period, today=today)
        return [(u.name, u.done, u.working, u.late) for u in found]

    assert seen(date(2026, 5, 10)) == [("区交通运输局", 0, 1, 0)]
    assert seen(date(2026, 12, 30)) == [("区交通运输局", 0, 0, 1)]
    case.answer(case.main)
    assert seen(date(2026, 12, 30)) == [("区交通运输局", 0, 1, 0)]
    case.judge(Satisfaction.SATISFIED)
    assert seen(date(2026, 12, 30)) == [("区交通运输局", 1, 0, 0)]
    earlier = {"first": date(2025, 1, 1), "last": date(2025, 12, 31)}
    assert seen(date(2026, 5, 30), earlier) == []
