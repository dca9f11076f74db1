"""Random records of every kind that refer to each other, and random changes of them."""

import random
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Boolean, Date, Text, select
from sqlalchemy.orm import Session

from deputydesk.errors import UserError
from deputydesk.journal.values import models, table_of
from deputydesk.models.base import ChoiceType, JsonType, Record, columns_of
from deputydesk.office import Office, Right, Tx, operation
from deputydesk.rules.choices import Choice
from deputydesk.search import query, spec
from deputydesk.search.store import DOC

RARE = "𬱖𫖮㙍䶮𠮷"
WORDS = (
    *(
        "自来水",
        "水管",
        "管网",
        "道路",
        "硬化路",
        "路灯",
        "医保",
        "低保",
        "宅基地",
        "王伟",
        "单志刚",
    ),
    *(
        "高娃",
        "巴特尔·达来",
        "张三",
        "前坝村",
        "五当召",
        "之家",
        "人大〔2026〕3号",
        "138",
        "0472-5",
    ),
    *("2026-03-05", "100%", "GB/T", "第12号", "a_b", "“好”", "，", " ", *RARE),
)
LETTERS = "水管网道路灯保村王伟012389ab" + RARE


def text(chance: random.Random) -> str:
    return "".join(chance.choice(WORDS) for _ in range(chance.randint(0, 4)))


def word(chance: random.Random, texts: list[str]) -> str:
    """A query of one to six characters: cut out of a text that is there, or made up."""
    long = chance.randint(1, 6)
    if texts and chance.random() < 0.8:
        found = chance.choice(texts)
        at = chance.randrange(max(1, len(found)))
        return found[at : at + long]
    return "".join(chance.choice(LETTERS) for _ in range(long))


class World:
    """Does random things to an office's records, of whatever kind."""

    def __init__(self, office: Office, seed: int) -> None:
        self.office = office
        self.chance = random.Random(seed)
        self.there: dict[str, list[str]] = {name: [] for name in models()}

    def values(self, model: type[Record]) -> dict[str, Any]:  # Any: of the columns' types
        return {
            column.key: self._value(model, column.key)
            for column in columns_of(model)
            if not column.primary_key and self.chance.random() < 0.7
        }

    def _value(self, model: type[Record], name: str) -> Any:  # Any: a value of the column's type
        kind, events = table_of(model).c[name].type, [one.__tablename__ for one in spec.EVENTS]
        if target := table_of(model).c[name].info["refers"]:
            return self._some(target)
        if name.endswith("_kind"):
            return self.chance.choice(events)
        if name in ("event_id", "owner_id", "record_id", "source_id"):
            return self._some(self.chance.choice(events))
        return self._plain(kind, mapping=bool(table_of(model).c[name].info.get("mapping")))

    def _plain(self, kind: Any, *, mapping: bool) -> Any:  # Any: a column's type; a value of it
        chance = self.chance
        if isinstance(kind, ChoiceType):
            choice: type[Choice] = kind.choice
            return chance.choice(list(choice))
        if isinstance(kind, JsonType):
            return {} if mapping else [text(chance), text(chance)]
        if isinstance(kind, Date):
            return date(2026, 1, 1) + timedelta(chance.randint(-400, 300))
        if isinstance(kind, Text):
            return text(chance)
        return chance.randint(0, 1) == 1 if isinstance(kind, Boolean) else chance.randint(0, 99)

    def _some(self, table: str) -> str:
        known = self.there[table]
        return self.chance.choice(known) if known and self.chance.random() < 0.9 else ""

    def add(self, many: int = 1) -> None:
        for name, record in self.office.do(add, self, many):
            self.there[name].append(record)

    def change(self) -> None:
        """One random deed of an office's day."""
        deeds: tuple[Callable[[], object], ...] = (
            self.add,
            lambda: self.office.do(edit, self),
            lambda: self.office.do(edit, self),
            lambda: self.office.do(remove, self),
            self.office.undo,
            self.office.redo,
        )
        try:
            self.chance.choice(deeds)()
        except UserError:
            return

    def queries(self, many: int) -> Iterator[tuple[str, ...]]:
        texts = self.office.ask(documents)
        for _ in range(many):
            asked = " ".join(word(self.chance, texts) for _ in range(self.chance.choice((1, 1, 2))))
            if words := query.words(asked):
                yield words


def documents(session: Session) -> list[str]:
    return list(session.scalars(select(DOC.c.text).order_by(DOC.c.id)))


def compared(session: Session, words: tuple[str, ...]) -> set[tuple[str, str]]:
    """What a comparison of the texts finds: SQL's LIKE, escaped."""

    def like(said: str) -> str:
        return "%" + said.replace("\\", "\\\\").replace("%", r"\%").replace("_", r"\_") + "%"

    holds = [DOC.c.text.like(like(one), escape="\\") for one in words]
    return {(tab, pk) for tab, pk in session.execute(select(DOC.c.tab, DOC.c.pk).where(*holds))}


def indexed(session: Session, words: tuple[str, ...]) -> set[tuple[str, str]]:
    """What the index finds."""
    return {(one.model.__tablename__, one.id) for one in query.newest(session, words)}


def _pick(tx: Tx, world: World) -> Record | None:
    model = world.chance.choice(list(models().values()))
    ids = tx.session.scalars(select(model.id).order_by(model.id)).all()
    return tx.session.get(model, world.chance.choice(ids)) if ids else None


@operation(Right.REGISTER, "登记")
def add(tx: Tx, world: World, many: int) -> list[tuple[str, str]]:
    made: list[Record] = []
    for _ in range(many):
        model = world.chance.choice(list(models().values()))
        made.append(model(**world.values(model)))
    tx.session.add_all(made)
    return [(record.__tablename__, record.id) for record in made]


@operation(Right.HANDLE, "修改")
def edit(tx: Tx, world: World) -> None:
    for _ in range(world.chance.choice((1, 1, 5))):
        record = _pick(tx, world)
        if record:
            changed = world.values(type(record))
            for name in world.chance.sample(sorted(changed), min(3, len(changed))):
                setattr(record, name, changed[name])


@operation(Right.HANDLE, "删除")
def remove(tx: Tx, world: World) -> None:
    record = _pick(tx, world)
    if record:
        tx.session.delete(record)
