"""A district on PostgreSQL: the same sticks, several clerks at once."""

import threading
import time
from collections.abc import Callable, Iterator
from itertools import count

import pytest
from sqlalchemy import func, make_url, select
from sqlalchemy.orm import Session

from deputydesk.errors import UserError
from deputydesk.exchange import device, receiving, sending
from deputydesk.journal.intake import Outcome
from deputydesk.journal.tables import SyncJournal, SyncKey
from deputydesk.models import Visit
from deputydesk.office import Office, User
from deputydesk.operations import accounts, partners, sign_in, units
from tests.exchange import carriers
from tests.exchange.looking import names, outcomes
from tests.exchange.test_attacks import *  # noqa: F403 - collected here too, with our `offices`
from tests.exchange.test_attacks_form import *  # noqa: F403 - as above
from tests.exchange.test_attacks_lines import *  # noqa: F403 - as above
from tests.exchange.test_trust import *  # noqa: F403 - as above
from tests.journal import samples
from tests.test_postgresql import Server, server

__all__ = ["server"]

# These are about bytes and files, whatever the database.
del test_a_bundle_with_any_bit_turned_or_cut_off_anywhere_is_refused_or_says_the_same  # noqa: F821
del test_a_member_that_has_no_place_in_a_bundle_is_refused_and_no_file_is_made  # noqa: F821
# There the district is set back by putting an old file in its place; on a server it is as below.
del test_a_lost_stick_leaves_a_gap_that_is_told_and_the_next_whole_bundle_heals_it  # noqa: F821

CLERKS = 8
NAMES = (f"district{n}" for n in count(1))


@pytest.fixture(scope="module")
def empty(server: Server) -> str:
    """A database with a district in which nothing was done."""
    server.sql("create database district")
    url = server.url("district")
    Office.create(url, code="D", clock=carriers.clock(), user=User("D")).close()
    return "district"


@pytest.fixture
def url(server: Server, empty: str) -> Iterator[str]:
    name = next(NAMES)
    server.sql(f"create database {name} template {empty}")
    yield server.url(name)
    server.sql(f"drop database {name} with (force)")


@pytest.fixture
def district(url: str) -> Iterator[Office]:
    office = Office.open(url, clock=carriers.clock(), user=User("D"))
    office.do(carriers.renew)
    office.do(partners.make_keys)
    yield office
    office.close()


@pytest.fixture
def offices(tmp_path, district: Office) -> Iterator[list[Office]]:
    """Two townships and their district, which is on the server."""
    made = [carriers.created(tmp_path / code, code) for code in ("T1", "T2")]
    for child in made:
        carriers.introduce(child, district)
    yield [*made, district]
    for office in made:
        office.close()


def test_a_district_whose_server_was_set_back_tells_the_gap_and_the_next_bundle_heals_it(
    server, url, offices, stick
):
    """Its keeper puts the database back from a copy, as from a dump: it takes a new name."""
    t1, _, d = offices
    name, old = make_url(url).database, "before_the_fault"
    d.close()
    server.sql(f"create database {old} template {name}")
    d = reopened(url, d)
    t1.do(units.add, name="水务局")
    give(t1, d, stick)
    d.do(units.add, name="区政府办")
    give(d, t1, stick)
    first = device.name(d)
    d.close()
    server.sql(f"drop database {name} with (force)")
    server.sql(f"alter database {old} rename to {name}")
    back = reopened(url, d)
    assert device.name(back) != first
    t1.do(units.add, name="城建局")

    received = give(t1, back, stick)
    told = names(back)
    give(back, t1, stick)
    healed = give(t1, back, stick)

    assert outcomes(received) == [Outcome.GAP]
    assert received.gaps[0].why == "缺第1至1条"
    assert told == []
    assert outcomes(healed) == [Outcome.NEW]
    assert names(back) == ["城建局", "水务局"]
    assert back.check() == []
    back.close()


def give(sender: Office, receiver: Office, stick):
    return receiving.receive(receiver, sending.send(sender, receiver.code, stick).path)


def reopened(url: str, before: Office) -> Office:
    office = Office.open(url, clock=before.clock, user=before.user)
    device.recognise(office)  # as every PC does that opens it
    return office


def at_once(url: str, clerks: int, work: Callable[[Office, int], None]) -> list[BaseException]:
    """Have several clerks work, each at a PC of their own, from the same moment on."""
    begun, failed = threading.Barrier(clerks), list[BaseException]()

    def run(number: int) -> None:
        try:
            office = Office.open(url, clock=carriers.clock(), user=User(f"{number}"))
            try:
                begun.wait(60)
                work(office, number)
            finally:
                office.close()
        except BaseException as error:  # noqa: BLE001 - told in the test's own thread
            failed.append(error)

    threads = [threading.Thread(target=run, args=(number,)) for number in range(clerks)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return failed


def test_three_clerks_take_the_same_stick_at_once_and_two_are_told_that_it_is_there(
    url, offices, stick
):
    t1, _, d = offices
    for number in range(20):
        t1.do(units.add, name=f"单位{number}")
    path = sending.send(t1, "D", stick).path
    found: list[Outcome] = []

    def take(office: Office, _number: int) -> None:
        [one] = receiving.receive(office, path).taken
        found.append(one.outcome)

    failed = at_once(url, 3, take)

    assert failed == []
    assert sorted(found) == [Outcome.KNOWN, Outcome.KNOWN, Outcome.NEW]
    assert len(d.ask(units.rows)) == 20
    assert d.ask(_came_in) == 3
    assert d.check() == []


def _came_in(session: Session) -> int:
    came = select(func.count()).select_from(SyncJournal).where(SyncJournal.way == "in")
    return session.scalar(came) or 0


def test_eight_clerks_who_write_while_sticks_come_in_lose_nothing(
    url, offices, stick, pytestconfig
):
    """Ten seconds; a minute when the long run is asked for."""
    t1, _, d = offices
    until = time.monotonic() + (60 if pytestconfig.getoption("--long") else 10)
    acknowledged: list[str] = []
    sticks = [_next_stick(t1, stick, number) for number in range(sending.KEPT)]

    def write(office: Office, number: int) -> None:
        if number == 0:
            for path in sticks:
                receiving.receive(office, path)
        while True:
            record = samples.visit(office, f"{number}")
            acknowledged.append(record)
            office.do(samples.edit, Visit, record, received=3)
            if time.monotonic() > until:
                return

    failed = at_once(url, CLERKS, write)

    assert failed == []
    visits = d.ask(samples.everything)["visit"]
    assert set(acknowledged) == set(visits)
    assert {row["received"] for row in visits.values()} == {3}
    assert {row["topic"] for row in visits.values()} == {f"{n}" for n in range(CLERKS)}
    assert len(d.ask(units.rows)) == len(sticks)
    assert d.check() == []


def _next_stick(township: Office, stick, number: int):
    township.do(units.add, name=f"单位{number}")
    return sending.send(township, "D", stick).path


def test_keys_on_a_server_are_sealed_once_somebody_signs_in_and_open_to_each_of_them(url, district):
    [key] = district.ask(partners.keys)
    sign_in.turn_on(district, "乌兰", "three-horses")
    sign_in.add(district, name="张丽", role=accounts.Role.CLERK, password="four-camels-2")

    stored = district.ask(lambda session: list(session.scalars(select(SyncKey.sign))))
    with samples.opened(url) as other:
        accounts.lock(other)
        with pytest.raises(UserError, match="请先登录"):
            other.ask(partners.keys)
        sign_in.sign_in(other, "张丽", "four-camels-2")
        opened = other.ask(partners.keys)

    assert key.secret.sign not in stored[0]
    assert opened == [key]
