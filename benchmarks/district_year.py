"""A year of a district: townships with wrong clocks, a stick each week, lost and repeated ones.

Each week every township registers a few visits, changes an earlier one and carries a stick to the
district and back. One stick in ten is lost on its way, one in ten is put in again weeks later. At
the end, after one trip of all, the district must have everything that the townships have.

Run with other sizes: `python -m benchmarks.district_year TOWNSHIPS RECORDS [WEEKS]`.
What it says for a change, a bundle and a year is what docs/SERVER.md reckons with.
"""

import random
import resource
import shutil
import statistics
import sys
import tempfile
import time
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import Table, func, select, update
from sqlalchemy.orm import Session

from deputydesk.database.engines import data_engine
from deputydesk.exchange import cards, receiving, sending
from deputydesk.journal import identity
from deputydesk.journal.check import filled
from deputydesk.journal.log import SYNC_CHANGE, SYNC_SELF
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

Contents = dict[str, dict[str, list[tuple[object, ...]]]]


@dataclass(frozen=True)
class Leg:
    """One way of a trip: from whom, in which week, what it carried and took."""

    way: str
    week: int
    changes: int
    size: int
    send: float
    receive: float | None


@dataclass
class Township:
    """One office, what it works with, and some of its old sticks."""

    office: Office
    home: str
    deputies: list[str]
    old: list[Path] = field(default_factory=list[Path])


class Year:
    """The district and its townships, each in a file of its own."""

    def __init__(
        self, folder: Path, townships: int, records: int, weeks: int, open_files: ExitStack
    ) -> None:
        self.folder, self.records, self.weeks = folder, records, weeks
        self.chance = random.Random(2026)
        self.legs = list[Leg]()
        self.week = 0
        self.lost = self.repeated = 0
        self.empty = folder / "empty.db"
        Office.create(self.empty, code="E", clock=lambda: BEGAN, user=User("张丽")).close()
        self.district = open_files.enter_context(closing(self._office("D", timedelta())))
        self.district.do(offices.set_profile, kind=OfficeKind.DISTRICT, name="示范区")
        self.townships = [self._township(f"T{n + 1}", open_files) for n in range(townships)]

    def work(self) -> None:
        """All weeks, and one trip of all at the end."""
        for week in range(self.weeks):
            self.week = week
            if self.week % 4 == 0:
                self.district.do(_give_out, number=self.week)
            for township in self.chance.sample(self.townships, len(self.townships)):
                self._register(township)
                self._trip(township)
            if self.week % 13 == 0:
                print(f"  week {self.week}: {time.process_time():.0f} s of CPU", flush=True)
        for township in self.townships:
            self._carry(township.office, self.district)
            self._carry(self.district, township.office)

    def differences(self) -> list[str]:
        """Townships and tables in which the district has not what the township has."""
        there = self.district.ask(contents)
        found = list[str]()
        for township in self.townships:
            code, here = township.office.code, township.office.ask(contents)
            for scope in (code, "common"):
                ours, theirs = here.get(scope, {}), there.get(scope, {})
                for name in sorted({*ours, *theirs}):
                    mine, known = ours.get(name, []), theirs.get(name, [])
                    if mine != known:
                        found.append(f"{code} {scope} {name}: {len(mine)} against {len(known)}")
        return found

    def _office(self, code: str, skew: timedelta) -> Office:
        folder = self.folder / code
        folder.mkdir()
        path = Path(shutil.copy(self.empty, folder / "office.db"))  # to make one takes its time
        engine = data_engine(path)
        with engine.begin() as connection:
            this = {"office": code, "device": identity.new_device()}
            connection.execute(update(SYNC_SELF).values(this))
        engine.dispose()
        office = Office.open(path, clock=partial(self._now, skew), user=User("张丽"))
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
        before, after = (self.records * n // self.weeks for n in (self.week, self.week + 1))
        today = township.office.clock().date()
        made = [
            {
                "held_on": today - timedelta(days=number % 5),
                "home_id": township.home,
                "deputy_ids": tuple(self.chance.sample(township.deputies, 2)),
                "received": self.chance.randint(1, 9),
                "topic": self.chance.choice(("医保缴费", "村道硬化", "饮水管道", "路灯不亮")),
            }
            for number in range(after - before)
        ]
        township.office.do(_work, made=made, chosen=self.chance.random())

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
        sent = sending.send(giver, taker.code, stick)
        took, path, size = time.process_time() - began, sent.path, sent.path.stat().st_size
        if keep and len(keep.old) < 4:
            keep.old.append(path.rename(path.with_suffix(f".{self.week}.ddb")))
            path = keep.old[-1]
        receive = None
        if self.chance.random() < lose:
            self.lost += 1
        else:
            began = time.process_time()
            receiving.receive(taker, path)
            receive = time.process_time() - began
        way = "down" if giver is self.district else "up"
        self.legs.append(Leg(way, self.week, sent.changes, size, took, receive))


@operation(Right.SETUP, "下发名录", can_undo=False)
def _give_out(tx: Tx, *, number: int) -> None:
    tx.session.add(Unit(id=f"common-{number:032x}", name=f"第{number}周的承办单位"))


@operation(Right.REGISTER, "一周的走访", can_undo=False)
def _work(tx: Tx, *, made: list[dict[str, Any]], chosen: float) -> None:
    for one in made:
        visits.register(tx, **one)
    ids = tx.session.scalars(select(Visit.id).order_by(Visit.id)).all()
    visit = tx.session.get_one(Visit, ids[int(chosen * len(ids))])
    visit.note = f"改于{tx.now:%F}"


def contents(session: Session) -> Contents:
    """All rows, by the scope they belong to and by table."""
    found: Contents = {}
    for name in filled(session.connection()):
        table: Table = table_of(models()[name])
        query = select(table.c.id, *(c for c in table.c if c.name != "id")).order_by(table.c.id)
        for row in session.execute(query):
            scope = str(row[0]).partition("-")[0]
            found.setdefault(scope, {}).setdefault(name, []).append(tuple(row))
    return found


def main() -> None:
    """Live through the year, compare, and print what it took."""
    asked = [int(word) for word in sys.argv[1:]]
    townships, records, weeks = (asked + [TOWNSHIPS, RECORDS, WEEKS][len(asked) :])[:3]
    began = time.process_time()
    with tempfile.TemporaryDirectory(prefix="district-year-") as name, ExitStack() as open_files:
        year = Year(Path(name), townships, records, weeks, open_files)
        print(f"  {townships} townships, {records} records each, {weeks} weeks", flush=True)
        year.work()
        different = year.differences()
        _tell(year, time.process_time() - began, different)
    if different:
        raise SystemExit("The district has not everything:\n" + "\n".join(different[:20]))


def _tell(year: Year, cpu: float, different: list[str]) -> None:
    changes = year.district.ask(_changes)
    held = (year.folder / "D" / "office.db").stat().st_size
    own = (year.folder / "T1" / "office.db").stat().st_size
    each = (held - year.empty.stat().st_size) / changes
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    trips = len(year.legs)
    print(f"  sticks: {trips} written, {year.lost} lost, {year.repeated} put in again")
    for way in ("up", "down"):
        legs = [leg for leg in year.legs if leg.way == way]
        _tell_way(way, legs)
        _tell_way(f"{way}, last quarter", [leg for leg in legs if leg.week >= year.weeks * 3 // 4])
    sent = [leg for leg in year.legs if leg.changes > 0]
    per = sum(leg.size for leg in sent) / sum(leg.changes for leg in sent)
    print(f"  {per:.0f} bytes of bundles for each change that they carried")
    print(f"  the district's file {held / MB:.1f} MB: {changes} changes, {each:.0f} bytes for each")
    print(f"  a township's file {own / MB:.1f} MB; peak memory of all offices {peak:.0f} MB")
    print(f"  CPU of the whole year {cpu:.0f} s")
    print(f"  differences at the end: {len(different)}")


def _tell_way(way: str, legs: list[Leg]) -> None:
    if not legs:
        return
    sizes = [leg.size / 1000 for leg in legs]
    send = statistics.median(leg.send for leg in legs) * 1000
    taken = [leg.receive * 1000 for leg in legs if leg.receive is not None]
    print(
        f"  {way}: {statistics.median(leg.changes for leg in legs):.0f} changes,"
        f" {statistics.median(sizes):.1f} kB (largest {max(sizes):.0f});"
        f" written in {send:.0f} ms, taken in in {statistics.median(taken):.0f} ms of CPU (medians)"
    )


def _changes(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(SYNC_CHANGE)) or 0


if __name__ == "__main__":
    main()
