"""A city over a district over a township: what each gives out goes one level down."""

from contextlib import closing

import pytest

from deputydesk.exchange import receiving, sending, standing
from deputydesk.journal.intake import Outcome
from deputydesk.models import Unit
from tests.exchange import carriers
from tests.exchange.looking import names, outcomes
from tests.journal import samples


@pytest.fixture
def levels(offices, tmp_path):
    """A township, its district, and a city; each with something of its own and for all below."""
    t1, _, d = offices
    city = carriers.created(tmp_path / "C", "C")
    carriers.introduce(d, city)
    for office, found in (
        (t1, {"T1-0001": "镇的"}),
        (d, {"D-0001": "区的", "common-0001": "区下发的"}),
        (city, {"C-0001": "市的", "common-0002": "市下发的"}),
    ):
        office.do(samples.batch, {pk: (Unit, {"name": n}) for pk, n in found.items()}, {}, {})
    yield t1, d, city
    city.close()


def test_what_is_given_out_goes_one_level_down_and_nothing_is_kept_aside(levels, stick):
    t1, d, city = levels
    ways = [(t1, d), (city, d), (d, city), (d, t1), (t1, d), (d, city)]

    seen = {
        outcome
        for giver, taker in ways
        for outcome in outcomes(
            receiving.receive(taker, sending.send(giver, taker.code, stick).path)
        )
    }

    assert seen == {Outcome.NEW, Outcome.KNOWN}
    assert names(city) == ["区的", "市下发的", "市的"]
    assert names(d) == ["区下发的", "区的", "市下发的", "镇的"]
    assert names(t1) == ["区下发的", "镇的"]
    for office in levels:
        assert office.check() == []
        for row in office.ask(standing.rows):
            assert (row.missing, row.held) == (0, 0)
    assert [row.waiting for row in t1.ask(standing.rows)] == [0]
    assert {row.id: row.sent for row in d.ask(standing.rows)} == {"C": 2, "T1": 2, "T2": 1}


def test_who_gave_out_and_lost_it_gets_it_back_from_below(levels, stick, tmp_path):
    t1, d, city = levels
    receiving.receive(d, sending.send(city, "D", stick).path)
    receiving.receive(t1, sending.send(d, "T1", stick).path)
    with closing(carriers.second_pc(tmp_path / "again", d)) as again:
        receiving.receive(t1, sending.send(again, "T1", stick).path)

        receiving.receive(again, sending.send(t1, "D", stick).path)

        assert names(again) == ["区下发的", "镇的"]
