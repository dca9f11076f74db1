from datetime import date

import pytest

from deputydesk.models.choices import Level
from deputydesk.operations import deputies, electoral_districts, list_orders, local_rules
from tests import make


@pytest.fixture
def people(office):
    """Three deputies, apart in every respect."""
    tenth, second = (
        office.do(electoral_districts.save, name=name, level=Level.TOWN)
        for name in ("第10选区", "第2选区")
    )
    for name, level, district, town, number in (
        ("丁一", Level.TOWN, tenth, "吉忽伦图苏木", "3"),
        ("王伟", Level.DISTRICT, "", "", "20"),
        ("高娃", Level.TOWN, second, "五当召镇", "1"),
    ):
        office.do(
            deputies.add,
            name=name,
            level=level,
            electoral_district_id=district,
            town=town,
            certificate_no=number,
        )


def names(office, day=make.TODAY):
    return [row.name for row in office.ask(list_orders.in_list_order, day)]


def choose(office, order):
    office.do(
        local_rules.adopt,
        kind=list_orders.ORDER,
        name=order,
        valid_from=date(2026, 7, 1),
        rule={"order": order},
    )


def test_lists_stand_by_strokes_until_the_office_chooses_otherwise(office, people):
    assert names(office) == ["丁一", "王伟", "高娃"]

    choose(office, "level")

    assert names(office, date(2026, 6, 30)) == ["丁一", "王伟", "高娃"]
    assert names(office) == ["王伟", "丁一", "高娃"]


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("district", ["王伟", "高娃", "丁一"]),
        ("town", ["高娃", "丁一", "王伟"]),
        ("certificate", ["高娃", "丁一", "王伟"]),
        ("strokes", ["丁一", "王伟", "高娃"]),
    ],
)
def test_districts_and_numbers_stand_in_natural_order(office, people, order, expected):
    choose(office, order)

    assert names(office) == expected
