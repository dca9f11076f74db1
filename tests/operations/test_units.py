import pytest

from deputydesk.errors import FieldError, UserError
from deputydesk.operations import units
from tests import make


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
