"""Each step of the exchange between offices, done once."""

from deputydesk.journal import history
from deputydesk.models import Opinion
from deputydesk.models.choices import Channel
from deputydesk.operations import (
    conflicts,
    double_numbers,
    hand_down,
    opinions,
    partners,
    units,
    voter_sharing,
)
from deputydesk.operations.partners import Role
from deputydesk.security.suite import SUITE
from tests import make
from tests.journal import samples


def all_sticks(office):
    """Keys, another office, what is given out to it and goes up, a field that two people wrote."""
    office.do(partners.make_keys)
    keys = SUITE.public(SUITE.new_keys())
    office.do(
        partners.enrol,
        code="X1",
        name="下级镇",
        role=Role.CHILD,
        suite=SUITE.name,
        sign=keys.sign,
        seal=keys.seal,
    )
    office.do(partners.set_listed, code="X1", listed=True)
    office.do(partners.enrol_without, code="X2", name="没有本软件的镇", role=Role.CHILD)
    given = make.unit(office, name="区档案馆")
    office.do(hand_down.hand_down, kind="unit", ids=(given,))
    office.do(
        partners.note,
        way="out",
        office="X1",
        device="pc",
        file="X1.ddb",
        bundle="1",
        counts={"changes": 0},
    )
    _settle(office)
    _renumber(office)
    office.do(voter_sharing.decide, goes_up=True, basis="区人大〔2026〕3号")
    office.do(partners.remove, code="X1")
    office.learn()


def _settle(office):
    unit = make.unit(office, name="镇畜牧站")
    seen = office.ask(history.seen, ("unit", unit))
    for name in ("镇畜牧兽医站", "镇农畜站"):
        office.do_seen(seen, units.edit, unit_id=unit, name=name)
    (found,) = office.ask(conflicts.rows)
    office.do(
        conflicts.settle,
        table=found.table,
        record_id=found.record_id,
        field=found.field,
        value="镇畜牧兽医站",
    )


def _renumber(office):
    for matter in ("路灯", "水压"):
        opinion = office.do(opinions.hear, channel=Channel.PHONE, matter=matter)
    other = next(o.id for o in office.ask(opinions.rows, today=make.TODAY) if o.id != opinion)
    number = office.ask(lambda session: session.get_one(Opinion, other).number)
    office.do(samples.edit, Opinion, opinion, number=number)
    office.do(double_numbers.renumber, table="opinion", record_id=opinion)
