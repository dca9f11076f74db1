import pytest

from deputydesk.errors import FieldError
from deputydesk.models.choices import Level
from deputydesk.operations import deputies, electoral_districts, places
from tests import make


def save(office, **values):
    return office.do(
        electoral_districts.save, **({"name": "第1选区", "level": Level.TOWN} | values)
    )


def test_a_district_elects_one_to_three(office):
    save(office, seats=3, voters=1200, villages="缸房地村")

    assert [d.name for d in office.ask(places.districts)] == ["第1选区"]
    with pytest.raises(FieldError, match="一名至三名"):
        save(office, seats=4)
    with pytest.raises(FieldError, match="选民数不能小于0"):
        save(office, voters=-1)


def test_a_district_shows_who_was_elected_there_and_what_is_vacant(office):
    district = save(office, seats=2)
    for name in ("王伟", "丁一"):
        office.do(deputies.add, name=name, level=Level.TOWN, electoral_district_id=district)

    [row] = office.ask(electoral_districts.rows)
    assert (row.deputies, row.vacant, row.is_over) == (("丁一", "王伟"), 0, False)

    save(office, record_id=district, seats=1)
    assert office.ask(electoral_districts.rows)[0].is_over
    save(office, record_id=district, seats=3)
    assert office.ask(electoral_districts.rows)[0].vacant == 1


def test_a_district_is_removed_and_comes_back(office):
    district = save(office)
    make.deputy(office)

    office.do(electoral_districts.remove, ids=(district,))
    assert office.ask(electoral_districts.rows) == []

    office.undo()
    assert office.ask(electoral_districts.rows)[0].deputies == ()
