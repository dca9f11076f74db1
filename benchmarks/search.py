"""The index of the search against SQL's LIKE: the same answers, and what each takes.

100,000 records with random texts (rare hanzi, digits and letters among them), 2,000 queries of one
to six characters, most of them cut out of the texts.
"""

import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from benchmarks._measure import Target, targets
from deputydesk.models import (
    Home,
    Mandate,
    Opinion,
    Person,
    Record,
    Suggestion,
    Unit,
    Visit,
    VisitDeputy,
)
from deputydesk.models.choices import HomeLevel, Level
from deputydesk.office import Office, Right, Tx, User, operation
from deputydesk.operations import search
from deputydesk.rules.names import initials
from deputydesk.search import check, query
from deputydesk.search.store import DOC

T = TypeVar("T")
RECORDS, QUERIES, BATCH = 100_000, 2_000, 2_000
NOW = datetime(2026, 11, 23, 9, 0)
USUAL = (
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而"
    "方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好"
    "应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向"
    "道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特"
)
RARE = "𬱖𫖮㙍䶮𠮷龘"
SIGNS = "，。；、（）〔〕0123456789abkmwz-/%"
NAMES = ("王伟", "单志刚", "高娃", "巴特尔·达来", "李娜", "赵铁柱", "𬱖𫖮", "仇大海", "查干湖")


def main() -> None:
    """Build the office, ask everything twice, print both tables."""
    records = int(sys.argv[1]) if len(sys.argv) > 1 else RECORDS
    queries = int(sys.argv[2]) if len(sys.argv) > 2 else QUERIES
    chance = random.Random(2026)
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "office.db"
        office = Office.create(path, code="T1", clock=lambda: NOW, user=User("张丽"))
        with closing(office):
            spent = _cpu(lambda: _fill(office, chance, records))
            print(f"\n{records} records entered: {spent / records * 1e6:.0f} µs of CPU each")
            again = _cpu(office.renew_search)
            print(f"  index made anew in {again:.1f} s of CPU; file {path.stat().st_size >> 20} MB")
            faults = office.ask(check.check)
            print(f"  texts in the index that differ from the tables: {len(faults)}")
            with Session(office.data.reader) as session:
                _compare(session, list(_queries(session, chance, queries)))


def _compare(session: Session, asked: list[tuple[str, ...]]) -> None:
    unequal, many = 0, 0
    took: dict[str, list[float]] = {}

    def timed(name: str, ask: Callable[[], T]) -> T:
        began = time.process_time()
        answer = ask()
        took.setdefault(name, []).append(time.process_time() - began)
        return answer

    for words in asked:
        kind = "1 character" if min(map(len, words)) == 1 else "2 to 6 characters"
        timed(f"index, top 60, {kind}", partial(query.newest, session, words, limit=60))
        timed(f"index, counts of kinds, {kind}", partial(query.counts, session, words))
        timed(f"drop-down, {kind}", partial(search.groups, session, " ".join(words), 12))
        found = timed(f"index, all ids, {kind}", partial(query.newest, session, words))
        like = timed(f"LIKE, {kind}", partial(_like, session, words))
        everything = [(one.model.__tablename__, one.id) for one in found]
        many += len(like)
        unequal += sorted(everything) != sorted(like)
    print(f"\n{len(asked)} queries, {many} hits: {len(asked) - unequal} equal, {unequal} unequal\n")
    print(f"  {'':52} {'median ms':>10} {'p95 ms':>9}   of CPU")
    for name in sorted(took):
        times = sorted(took[name])
        p95 = times[int(len(times) * 0.95)]
        print(f"  {name:52} {statistics.median(times) * 1000:10.2f} {p95 * 1000:9.2f}")
    reached = {
        kind: statistics.median(took[f"index, top 60, {kind}"]) * 1000
        for kind in ("1 character", "2 to 6 characters")
    }
    targets([Target(f"top 60, {kind}, median", ms, 2, " ms") for kind, ms in reached.items()])


def _cpu(work: Callable[[], object]) -> float:
    """Seconds of CPU that it takes."""
    began = time.process_time()
    work()
    return time.process_time() - began


def _like(session: Session, words: tuple[str, ...]) -> list[tuple[str, str]]:
    patterns = (
        "%" + word.replace("\\", "\\\\").replace("%", r"\%").replace("_", r"\_") + "%"
        for word in words
    )
    where = [DOC.c.text.like(pattern, escape="\\") for pattern in patterns]
    return [(tab, pk) for tab, pk in session.execute(select(DOC.c.tab, DOC.c.pk).where(*where))]


def _queries(session: Session, chance: random.Random, many: int) -> Iterator[tuple[str, ...]]:
    texts = list(session.scalars(select(DOC.c.text).order_by(DOC.c.id).limit(5_000)))
    texts += list(session.scalars(select(DOC.c.text).order_by(DOC.c.id.desc()).limit(5_000)))
    made = 0
    while made < many:
        text, size = chance.choice(texts), chance.randint(1, 6)
        at = chance.randrange(len(text))
        dice = chance.random()
        asked = text[at : at + size]
        if dice < 0.1:
            asked = "".join(chance.choice(USUAL + RARE) for _ in range(size))
        elif dice < 0.2:
            asked = initials(chance.choice(NAMES))[0][:size]
        words = query.words(asked)
        if words:
            made += 1
            yield words


def _text(chance: random.Random, low: int, high: int) -> str:
    signs = USUAL * 8 + SIGNS * 6 + RARE
    return "".join(chance.choices(signs, k=chance.randint(low, high)))


def _fill(office: Office, chance: random.Random, records: int) -> None:
    where = office.do(_found, chance)
    for done in range(0, records, BATCH):
        office.do(_enter, chance, where, min(BATCH, records - done))


@operation(Right.SETUP, "建立")
def _found(tx: Tx, chance: random.Random) -> dict[str, list[str]]:
    people = [Person(name=name + _text(chance, 0, 1)) for name in NAMES * 10]
    tx.session.add_all(people)
    made: dict[str, list[Record]] = {
        "mandate": [Mandate(person_id=one.id, level=Level.TOWN) for one in people],
        "home": [
            Home(name=f"{_text(chance, 2, 4)}代表之家", level=HomeLevel.TOWN) for _ in range(20)
        ],
        "unit": [Unit(name=f"{_text(chance, 2, 4)}局") for _ in range(30)],
    }
    for some in made.values():
        tx.session.add_all(some)
    return {name: [one.id for one in some] for name, some in made.items()}


@operation(Right.REGISTER, "登记")
def _enter(tx: Tx, chance: random.Random, where: dict[str, list[str]], many: int) -> None:
    for number in range(many):
        day = date(2016, 1, 1) + timedelta(chance.randint(0, 3900))
        who, home = chance.choice(where["mandate"]), chance.choice(where["home"])
        dice = chance.random()
        if dice < 0.35:
            visit = Visit(held_on=day, number=number, home_id=home, topic=_text(chance, 5, 20))
            tx.session.add_all((visit, VisitDeputy(visit_id=visit.id, mandate_id=who)))
        elif dice < 0.9:
            tx.session.add(
                Opinion(
                    heard_on=day,
                    number=number,
                    mandate_id=who,
                    home_id=home,
                    unit_id=chance.choice(where["unit"]),
                    matter=_text(chance, 6, 25),
                    detail=_text(chance, 20, 120),
                )
            )
        else:
            tx.session.add(
                Suggestion(
                    submitted_on=day,
                    number=number,
                    lead_id=who,
                    headline=_text(chance, 10, 30),
                    reason=_text(chance, 30, 150),
                    proposal=_text(chance, 30, 150),
                )
            )


if __name__ == "__main__":
    main()
