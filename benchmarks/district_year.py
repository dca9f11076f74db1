"""A year of a district: townships with wrong clocks, a stick each week, lost and repeated ones.

Each week every township registers a few visits, changes an earlier one and carries a stick to the
district and back. One stick in ten is lost on its way, one in ten is put in again weeks later. At
the end, after one trip of all, the district must have everything that the townships have.

Run with other sizes: `python -m benchmarks.district_year TOWNSHIPS RECORDS`.
"""

import random
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from deputydesk.exchange import cards, receiving, sending
from deputydesk.journal.values import models, table_of
from deputydesk.models import Unit, Visit
from deputydesk.models.choices import HomeLevel, Level, OfficeKind
from deputydesk.office import Office, Right, Tx, User, operation
from deputydesk.operations import deputies, offices, partners, places, visits
from deputydesk.operations.partners import Role

TOWNSHIPS, RECORDS, WEEKS = 10, 500, 52
LOST, REPEATED = 0.1, 0.1
WRONG_BY = 5 * 365
"""Days by which the clock of a township may be wrong, to either side."""
BEGAN = datetime(2026, 1, 5, 9, 0)
MB = 1_000_000

Contents = dict[str, list[tuple[object, ...]]]


@dataclass
class Costs:
    """What the trips of the year took."""

    sizes: list[int] = field(default_factory=list[int])
    send: list[float] = field(default_factory=list[float])
    receive: list[float] = field(default_factory=list[float])


@dataclass
class Township:
    """One office, what it works with, and some of its old sticks."""

    office: Office
    home: str
    deputies: list[str]
    old: list[Path] = field(default_factory=list[Path])


class Year:
    """The district and its townships, each in a file of its own."""

    def __init__(self, folder: Path, townships: int, records: int, open_files: ExitStack) -> None:
        self.folder, self.records = folder, records
        self.chance = random.Random(2026)
        self.costs = Costs()
        self.week = 0
        self.lost = self.repeated = 0
        self.district = open_files.enter_context(closing(self._office("D", timedelta())))
        self.district.do(offices.set_profile, kind=OfficeKind.DISTRICT, name="示范区")
        self.townships = [self._township(f"T{n + 1}", open_files) for n in range(townships)]

    def work(self) -> None:
        """All weeks, and one trip of all at the end."""
        for self.week in range(WEEKS):
            if self.week % 4 == 0:
                self.district.do(_give_out, number=self.week)
            for township in self.chance.sample(self.townships, len(self.townships)):
                self._register(township)
                self._trip(township)
        for township in self.townships:
            self._carry(township.office, self.district)
            self._carry(self.district, township.office)

    def differences(self) -> list[str]:
        """Townships and tables in which the district has not what the township has."""
        there = self.district.ask(contents, "")
        found = list[str]()
        for township in self.townships:
            code = township.office.code
            for name, rows in township.office.ask(contents, code).items():
                mine = [row for row in there.get(name, []) if str(row[0]).startswith(f"{code}-")]
                if rows != mine:
                    found.append(f"{code} {name}: {len(rows)} against {len(mine)}")
            common = township.office.ask(contents, "common")
            if common != self.district.ask(contents, "common"):
                found.append(f"{code}: what the district gave out")
        return found

    def _office(self, code: str, skew: timedelta) -> Office:
        folder = self.folder / code
        folder.mkdir()
        clock = partial(self._now, skew)
        office = Office.create(folder / "office.db", code=code, clock=clock, user=User("张丽"))
        office.do(partners.make_keys)
        return office

    def _now(self, skew: timedelta) -> datetime:
        return BEGAN + timedelta(weeks=self.week) + skew

    def _township(self, code: str, open_files: ExitStack) -> Township:
        skew = timedelta(days=self.chance.randint(-WRONG_BY, WRONG_BY))
        office = open_files.enter_context(closing(self._office(code, skew)))
        office.do(offices.set_profile, kind=OfficeKind.TOWN, name=f"{code}镇", district="示范区")
        home = office.do(places.add_home, name=f"{code}镇代表之家", level=HomeLevel.TOWN)
        people = [
            office.do(deputies.add, name=name, level=Level.TOWN, home_id=home)
            for name in ("王伟", "单志刚", "高娃")
        ]
        cards.enrol(office, cards.own(self.district), Role.PARENT)
        cards.enrol(self.district, cards.own(office), Role.CHILD)
        return Township(office, home, people)

    def _register(self, township: Township) -> None:
        """A week's share of the year's records, and a change of an earlier one."""
        share = self.records * (self.week + 1) // WEEKS - self.records * self.week // WEEKS
        for number in range(share):
            township.office.do(
                visits.register,
                held_on=(township.office.clock() - timedelta(days=number % 5)).date(),
                home_id=township.home,
                deputy_ids=tuple(self.chance.sample(township.deputies, 2)),
                received=self.chance.randint(1, 9),
                topic=self.chance.choice(("医保缴费", "村道硬化", "饮水管道", "路灯不亮")),
            )
        township.office.do(_change_one, chosen=self.chance.random())

    def _trip(self, township: Township) -> None:
        """To the district and back; each way may be lost; an old stick may come again."""
        if township.old and self.chance.random() < REPEATED:
            receiving.receive(self.district, self.chance.choice(township.old))
            self.repeated += 1
        self._carry(township.office, self.district, lose=LOST, keep=township)
        self._carry(self.district, township.office, lose=LOST)

    def _carry(
        self, giver: Office, taker: Office, *, lose: float = 0.0, keep: Township | None = None
    ) -> None:
        stick = self.folder / giver.code / "stick"
        stick.mkdir(exist_ok=True)
        began = time.process_time()
        path = sending.send(giver, taker.code, stick).path
        self.costs.send.append(time.process_time() - began)
        self.costs.sizes.append(path.stat().st_size)
        if keep and len(keep.old) < 4:
            keep.old.append(path.rename(path.with_suffix(f".{self.week}.ddb")))
            path = keep.old[-1]
        if self.chance.random() < lose:
            self.lost += 1
            return
        began = time.process_time()
        receiving.receive(taker, path)
        self.costs.receive.append(time.process_time() - began)


@operation(Right.SETUP, "下发名录", can_undo=False)
def _give_out(tx: Tx, *, number: int) -> None:
    tx.session.add(Unit(id=f"common-{number:032x}", name=f"第{number}周的承办单位"))


@operation(Right.REGISTER, "改一条走访", can_undo=False)
def _change_one(tx: Tx, *, chosen: float) -> None:
    ids = tx.session.scalars(select(Visit.id).order_by(Visit.id)).all()
    if ids:
        visit = tx.session.get_one(Visit, ids[int(chosen * len(ids))])
        visit.note = f"改于{tx.now:%F}"


def contents(session: Session, scope: str) -> Contents:
    """All rows of a scope, table by table; of all scopes if there is none."""
    return {name: rows for name, rows in _tables(session, scope) if rows}


def _tables(session: Session, scope: str) -> Iterator[tuple[str, list[tuple[object, ...]]]]:
    for name, model in models().items():
        table: Table = table_of(model)
        query = select(table.c.id, *(c for c in table.c if c.name != "id")).order_by(table.c.id)
        if scope:
            query = query.where(table.c.id.startswith(f"{scope}-"))
        yield name, [tuple(row) for row in session.execute(query)]


def main() -> None:
    """Live through the year, compare, and print what it took."""
    asked = [int(word) for word in sys.argv[1:]]
    townships, records = (asked + [TOWNSHIPS, RECORDS][len(asked) :])[:2]
    began = time.process_time()
    with tempfile.TemporaryDirectory(prefix="district-year-") as name, ExitStack() as open_files:
        year = Year(Path(name), townships, records, open_files)
        print(f"  {townships} townships, {records} records each, {WEEKS} weeks")
        year.work()
        different = year.differences()
        _tell(year, time.process_time() - began, different)
    if different:
        raise SystemExit("The district has not everything:\n" + "\n".join(different[:20]))


def _tell(year: Year, cpu: float, different: list[str]) -> None:
    costs, trips = year.costs, len(year.costs.send)
    held = (year.folder / "D" / "office.db").stat().st_size / MB
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    print(f"  sticks: {trips} written, {year.lost} lost, {year.repeated} put in again")
    print(f"  a stick: median {_kb(costs.sizes)} kB, largest {max(costs.sizes) / 1000:.0f} kB")
    print(f"  written in {_ms(costs.send)} ms, taken in in {_ms(costs.receive)} ms of CPU (median)")
    print(f"  the district's file {held:.1f} MB; peak memory of all offices {peak:.0f} MB")
    print(f"  CPU of the whole year {cpu:.0f} s")
    print(f"  differences at the end: {len(different)}")


def _kb(sizes: list[int]) -> str:
    return f"{statistics.median(sizes) / 1000:.1f}"


def _ms(seconds: list[float]) -> str:
    return f"{statistics.median(seconds) * 1000:.0f}"


if __name__ == "__main__":
    main()
