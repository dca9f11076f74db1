"""Random work of four PCs and random sticks between them, against an oracle of its own.

Two PCs of one township, another township, the district; clocks thirty years apart. Bundles are
lost, repeated, brought late, damaged, brought to the wrong office; files are set back.
"""

import contextlib
import json
import os
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import select
from sqlalchemy.orm import Session
from typing_extensions import override

from deputydesk.exchange import receiving, sending
from deputydesk.exchange.bundle_file import Refused
from deputydesk.journal import intake
from deputydesk.journal.caches import SYNC_CONFLICT
from deputydesk.journal.log import SYNC_CHANGE
from deputydesk.journal.values import table_of
from deputydesk.models import Unit
from deputydesk.office import Office
from deputydesk.operations import partners
from tests.exchange import carriers
from tests.journal import samples

FIELDS = ("name", "contact", "phone")
WORDS = st.sampled_from(["", "水务局", "城建局", "𬱖𫖮"])
RUNS, LONG_RUNS = 40, 500
NAMES = ("t1a", "t1b", "t2", "d")
OFFICE = {"t1a": "T1", "t1b": "T1", "t2": "T2", "d": "D"}
YEARS = timedelta(days=365 * 30)
SKEW = {"t1a": timedelta(), "t1b": -YEARS, "t2": YEARS, "d": timedelta(days=3)}
WAYS = [
    ("t1a", "D"),
    ("t1b", "D"),
    ("t2", "D"),
    ("d", "T1"),
    ("d", "T2"),
    ("t1a", "T1"),
    ("t1b", "T1"),
]


@dataclass(frozen=True)
class Writing:
    """One change, as the oracle remembers it: it knows nothing of feeds that were folded."""

    dot: tuple[str, int]
    lam: int
    scope: str
    pk: str
    kind: str
    values: Mapping[str, str]
    replaces: frozenset[tuple[str, int]]

    @property
    def rank(self) -> tuple[int, str, int]:
        return (self.lam, *self.dot)


@dataclass
class Oracle:
    """What one PC knows."""

    known: dict[tuple[str, int], Writing] = field(default_factory=dict)
    lam: int = 0

    def writers(self, pk: str, name: str) -> list[Writing]:
        mine = [w for w in self.known.values() if w.pk == pk]
        if name:
            return [w for w in mine if w.kind == "I" or name in w.values]
        return [w for w in mine if w.kind in "IDR"]

    def heads(self, pk: str, name: str) -> list[Writing]:
        some = self.writers(pk, name)
        gone = {dot for w in some for dot in w.replaces if dot != w.dot}
        return sorted((w for w in some if w.dot not in gone), key=lambda w: w.rank)

    def reached(self) -> dict[str, int]:
        """How far each feed is known."""
        found: dict[str, int] = {}
        for feed, seq in self.known:
            found[feed] = max(seq, found.get(feed, 0))
        return found

    def is_alive(self, pk: str) -> bool:
        if not any(w.kind == "I" for w in self.known.values() if w.pk == pk):
            return False
        life = self.heads(pk, "")
        if any(w.kind in "IR" for w in life):
            return True
        seen = {dot for w in life for dot in w.replaces}
        return any(w.dot not in seen for name in FIELDS for w in self.heads(pk, name))

    def rows(self) -> dict[str, dict[str, str]]:
        found = {}
        for pk in {w.pk for w in self.known.values()}:
            if self.is_alive(pk):
                found[pk] = {name: self.heads(pk, name)[-1].values.get(name, "") for name in FIELDS}
        return found

    def conflicts(self) -> dict[tuple[str, str], set[str]]:
        found = {}
        for pk in self.rows():
            for name in FIELDS:
                said = {w.values.get(name, "") for w in self.heads(pk, name)}
                if len(said) > 1:
                    found[pk, name] = said
        return found

    def all_heads(self, pk: str) -> frozenset[tuple[str, int]]:
        return frozenset(w.dot for name in ("", *FIELDS) for w in self.heads(pk, name))


@dataclass(frozen=True)
class Stick:
    """A bundle that was written, and what the oracle says is in it."""

    path: Path
    maker: str
    device: str
    to: str
    parts: tuple[tuple[str, int, int], ...]
    writings: tuple[Writing, ...]
    reached: dict[str, int]


class Carrying(RuleBasedStateMachine):
    @initialize()
    def begin(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="carrying-"))
        self.stick = self.folder / "stick"
        self.stick.mkdir()
        self.pcs: dict[str, Office] = {}
        for name in ("t1a", "t2", "d"):
            self.pcs[name] = carriers.created(self.folder / name, OFFICE[name], skew=SKEW[name])
        for name in ("t1a", "t2"):
            carriers.introduce(self.pcs[name], self.pcs["d"])
        self.pcs["t1b"] = carriers.second_pc(self.folder / "t1b", self.pcs["t1a"], skew=SKEW["t1b"])
        self.oracles = {name: Oracle() for name in NAMES}
        self.devices = {name: self.device(name) for name in NAMES}
        self.sticks: list[Stick] = []
        self.beliefs: dict[str, dict[str, tuple[str, dict[str, int]]]] = {n: {} for n in NAMES}
        self.backups: dict[str, tuple[Path, Oracle, dict[str, Any]]] = {}
        self.count = 0

    def device(self, name: str) -> str:
        return self.pcs[name].ask(partners.myself)[1]

    # ------------------------------------------------------------ work
    @rule(data=st.data(), name=st.sampled_from(NAMES))
    def add(self, data, name) -> None:
        self.work_add(
            name, {f: data.draw(WORDS) for f in FIELDS}, is_common=data.draw(st.booleans())
        )

    def work_add(self, name: str, values: dict[str, str], *, is_common: bool = False) -> None:
        number = self.number()
        scope = "common" if is_common and name == "d" else OFFICE[name]
        if name == "d" and not is_common:
            scope = "T1"  # a reply of the district
        pk = f"{scope}-{number:06}"
        self.pcs[name].do(samples.batch, {pk: (Unit, values)}, {}, {})
        kept = {f: v for f, v in values.items() if v}
        self.write(name, pk, "I", kept, frozenset())

    @rule(data=st.data(), name=st.sampled_from(NAMES))
    def edit(self, data, name) -> None:
        mine = self.own(name)
        if mine:
            pk = data.draw(st.sampled_from(mine))
            some = data.draw(st.dictionaries(st.sampled_from(FIELDS), WORDS, min_size=1))
            self.work_edit(name, pk, some)

    def work_edit(self, name: str, pk: str, some: dict[str, str]) -> None:
        oracle = self.oracles[name]
        changed = {f: v for f, v in some.items() if oracle.rows()[pk][f] != v}
        self.pcs[name].do(samples.batch, {}, {pk: (Unit, some)}, {})
        if changed:
            replaced = frozenset(w.dot for f in changed for w in oracle.heads(pk, f))
            self.write(name, pk, "U", changed, replaced)

    @rule(data=st.data(), name=st.sampled_from(NAMES))
    def delete(self, data, name) -> None:
        mine = self.own(name)
        if mine:
            self.work_delete(name, data.draw(st.sampled_from(mine)))

    def work_delete(self, name: str, pk: str) -> None:
        replaced = self.oracles[name].all_heads(pk)
        self.pcs[name].do(samples.batch, {}, {}, {pk: Unit})
        self.write(name, pk, "D", {}, replaced)

    def own(self, name: str) -> list[str]:
        """What a PC may change: its office's records, and the district what it gave out."""
        scopes = {"T1", "common"} if name == "d" else {OFFICE[name]}
        return sorted(pk for pk in self.oracles[name].rows() if pk.split("-")[0] in scopes)

    def write(self, name: str, pk: str, kind: str, values: dict[str, str], replaces) -> None:
        oracle = self.oracles[name]
        scope = pk.split("-", maxsplit=1)[0]
        feed = f"{self.devices[name]}.{scope}"
        seq = 1 + max((s for f, s in oracle.known if f == feed), default=0)
        oracle.lam += 1
        made = Writing((feed, seq), oracle.lam, scope, pk, kind, values, replaces)
        oracle.known[made.dot] = made

    # ------------------------------------------------------------ sticks
    @rule(way=st.sampled_from(WAYS))
    def send(self, way) -> None:
        self.give(*way)

    def give(self, name: str, to: str) -> Stick:
        sent = sending.send(self.pcs[name], to, self.stick)
        kept = self.folder / f"{self.number():06}.ddb"
        shutil.copyfile(sent.path, kept)
        oracle = self.oracles[name]
        reached = oracle.reached()
        first = self.believed(name, to)
        parts = tuple(
            (feed, first.get(feed, 0) + 1, last)
            for feed, last in reached.items()
            if first.get(feed, 0) < last and goes(OFFICE[name], to, feed.partition(".")[2])
        )
        writings = tuple(oracle.known[f, seq] for f, a, b in parts for seq in range(a, b + 1))
        assert sent.changes == len(writings)
        made = Stick(kept, name, self.devices[name], to, parts, writings, reached)
        self.sticks.append(made)
        return made

    def believed(self, name: str, to: str) -> dict[str, int]:
        """How far a PC thinks that all PCs of an office are."""
        others = [
            have
            for device, (office, have) in self.beliefs[name].items()
            if office == to and device != self.devices[name]
        ]
        return {f: min(have.get(f, 0) for have in others) for have in others[:1] for f in have}

    def number(self) -> int:
        self.count += 1
        return self.count

    @precondition(lambda self: self.sticks)
    @rule(data=st.data())
    def take_any(self, data) -> None:
        """In any order, late, again."""
        stick = data.draw(st.sampled_from(self.sticks))
        self.take(data.draw(st.sampled_from(self.takers(stick))), stick)

    def takers(self, stick: Stick) -> list[str]:
        return [n for n in NAMES if OFFICE[n] == stick.to and self.devices[n] != stick.device]

    def take(self, name: str, stick: Stick) -> None:
        self.take_in(name, stick)
        self.hold(name)

    def take_in(self, name: str, stick: Stick) -> None:
        oracle = self.oracles[name]
        receiving.receive(self.pcs[name], stick.path)
        for feed, first, last in stick.parts:
            reached = oracle.reached().get(feed, 0)
            if first <= reached + 1 and last > reached:
                new = [w for w in stick.writings if w.dot[0] == feed and w.dot[1] > reached]
                oracle.known |= {w.dot: w for w in new}
                oracle.lam = max(oracle.lam, new[-1].lam)
        self.beliefs[name][stick.device] = (OFFICE[stick.maker], stick.reached)

    @precondition(lambda self: self.sticks)
    @rule(data=st.data())
    def take_elsewhere(self, data) -> None:
        """A bundle brought to an office it is not for changes nothing."""
        stick = data.draw(st.sampled_from(self.sticks))
        name = data.draw(st.sampled_from([n for n in NAMES if OFFICE[n] != stick.to]))
        with pytest.raises(Refused):
            receiving.receive(self.pcs[name], stick.path)
        self.hold(name)

    @precondition(lambda self: self.sticks)
    @rule(data=st.data(), cut=st.booleans())
    def take_damaged(self, data, cut) -> None:
        """A bundle that was altered or cut is refused, or it was altered where nothing stands."""
        stick = data.draw(st.sampled_from(self.sticks))
        whole = bytearray(stick.path.read_bytes())
        place = len(whole) * data.draw(st.integers(0, 999)) // 1000  # its length is by chance
        if cut:
            del whole[place:]
        else:
            whole[place] ^= 1 << data.draw(st.integers(0, 7))
        bad = self.folder / "bad.ddb"
        bad.write_bytes(whole)
        name = data.draw(st.sampled_from(self.takers(stick)))
        with contextlib.suppress(Refused):
            receiving.preview(self.pcs[name], bad)
        self.hold(name)

    # ------------------------------------------------------------ disasters
    @rule(name=st.sampled_from(NAMES))
    def back_up(self, name) -> None:
        to = self.folder / f"{name}.backup"
        shutil.copyfile(self.folder / name / "office.db", to)
        oracle = self.oracles[name]
        kept = Oracle(dict(oracle.known), oracle.lam)
        self.backups[name] = (to, kept, dict(self.beliefs[name]))

    @rule(name=st.sampled_from(NAMES))
    def restore(self, name) -> None:
        """The PC is set back to its backup and takes a new name."""
        if name not in self.backups:
            return
        backup, kept, beliefs = self.backups[name]
        office = self.pcs[name]
        office.close()
        path = self.folder / name / "office.db"
        shutil.copyfile(backup, path)
        self.pcs[name] = Office.open(path, clock=office.clock, user=office.user)
        self.devices[name] = self.pcs[name].do(carriers.renew)
        self.oracles[name] = Oracle(dict(kept.known), kept.lam)
        self.beliefs[name] = dict(beliefs)
        self.hold(name)

    @rule(name=st.sampled_from(NAMES), data=st.data())
    def disaster(self, name, data) -> None:
        """Backup, work, a stick out, the disk dies, the backup comes back, work, all sticks."""
        self.back_up(name)
        self.work_add(name, {f: data.draw(WORDS) for f in FIELDS})
        to = "T1" if name == "d" else "D"
        self.take(self.takers(stick := self.give(name, to))[0], stick)
        self.restore(name)
        self.work_add(name, {f: data.draw(WORDS) for f in FIELDS})
        other = "t1a" if name == "d" else "d"
        self.take(other, self.give(name, OFFICE[other]))
        self.take(name, self.give(other, OFFICE[name]))

    # ------------------------------------------------------------ what must hold
    def hold(self, name: str) -> None:
        """Rows and conflicts are what the oracle says, and the log is whole."""
        office, oracle = self.pcs[name], self.oracles[name]
        assert office.ask(logged) == {f"{f}:{seq}" for f, seq in oracle.known}
        assert office.ask(units) == oracle.rows()
        assert office.ask(conflicts) == oracle.conflicts()
        assert office.check() == []

    def carry_everything(self) -> bool:
        """A stick on every way; says whether any had something on it."""
        made = list[Stick]()
        for name, to in WAYS:
            made.append(self.give(name, to))
            for taker in self.takers(made[-1]):
                self.take_in(taker, made[-1])
        return any(stick.writings for stick in made)

    @override
    def teardown(self) -> None:
        if not hasattr(self, "pcs"):
            return
        for _ in range(3):
            if not self.carry_everything():
                break
        for name in NAMES:
            self.hold(name)
            before = self.pcs[name].ask(samples.everything)
            self.pcs[name].rebuild()
            assert self.pcs[name].ask(samples.everything) == before
        assert self.pcs["t1a"].ask(samples.everything) == self.pcs["t1b"].ask(samples.everything)
        everywhere = {dot for oracle in self.oracles.values() for dot in oracle.known}
        assert everywhere == set(self.oracles["d"].known)
        for office in self.pcs.values():
            office.close()
        shutil.rmtree(self.folder)


def goes(own: str, to: str, scope: str) -> bool:
    """Whether records of a scope go to an office."""
    if own == to:
        return True
    return scope in {own if to == "D" else to, "common"}


def units(session: Session) -> dict[str, dict[str, str]]:
    found = session.execute(select(table_of(Unit))).mappings()
    return {row["id"]: {name: row[name] for name in FIELDS} for row in found}


def conflicts(session: Session) -> dict[tuple[str, str], set[str]]:
    return {
        (row.pk, row.field): {value for _, value in json.loads(row.alts)}
        for row in session.execute(select(SYNC_CONFLICT))
    }


def logged(session: Session) -> set[str]:
    return {f"{row.feed}:{row.seq}" for row in session.execute(select(SYNC_CHANGE))}


@pytest.mark.timeout(7200)
def test_whatever_happens_to_the_sticks_every_office_ends_with_what_was_written(
    monkeypatch, pytestconfig
):
    monkeypatch.setattr(intake, "AT_ONCE", 2)
    usual = LONG_RUNS if pytestconfig.getoption("--long") else RUNS
    runs = int(os.environ.get("DEPUTYDESK_CARRYING", usual))
    run_state_machine_as_test(
        Carrying,
        settings=settings(max_examples=runs, stateful_step_count=25),
    )
