"""What is searched of records, read from the tables: their own texts, names, and their parts."""

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import field, replace
from datetime import date
from functools import cache, lru_cache
from typing import Any, NamedTuple, cast

from sqlalchemy import Connection, RowMapping, Select, select

from deputydesk.journal import asking
from deputydesk.journal.caches import chunks
from deputydesk.journal.values import models, table_of
from deputydesk.late import dataclass
from deputydesk.models.base import NO_DATE
from deputydesk.rules.choices import Choice
from deputydesk.rules.names import initials
from deputydesk.rules.search_tokens import document
from deputydesk.search import spec
from deputydesk.search.spec import Kind, Part, Searched

Row = RowMapping
Texts = dict[str, list[str]]
"""What is searched, by the id of the record it belongs to."""


class Document(NamedTuple):
    """What is searched of one record."""

    pk: str
    day: int
    text: str


@dataclass
class Reader:
    """Reads documents; what records are called it reads once."""

    connection: Connection
    _called: dict[Kind, Texts] = field(default_factory=lambda: defaultdict(dict))

    def documents(
        self, model: Kind, ids: Iterable[str], among: Container[Kind] | None = None
    ) -> Iterator[Document]:
        """What is searched of those of the records that are there.

        Args:
            model: their kind.
            ids: the records.
            among: kinds of which they have parts, if that is known.
        """
        said = spec.searched(model)
        if among is not None:
            said = replace(said, parts=tuple(p for p in said.parts if p.model in among))
        for chunk in chunks(ids):
            found = {row["id"]: row for row in self.rows(model, said.columns, chunk)}
            rows = [found[one] for one in chunk if one in found]
            texts = self._texts(model, said, rows)
            for row in rows:
                day = _ordinal(row[said.day]) if said.day else 0
                yield Document(row["id"], day, document(texts[row["id"]]))

    def about(self, model: Kind, ids: Sequence[str]) -> dict[str, str]:
        """The names of what records refer to: whom a leave is of, which home a shift is at."""
        said = spec.searched(model)
        names: Texts = defaultdict(list)
        for row in self.rows(model, said.columns, ids):
            for one in said.references:
                named = (
                    self._names(one.target, [row[one.column]], whole=False) if one.target else {}
                )
                names[row["id"]] += named.get(row[one.column], ())[:1]
        return {one: " ".join(filter(None, names[one])) for one in ids}

    def rows(self, model: Kind, columns: tuple[str, ...], ids: Sequence[str]) -> Sequence[Row]:
        """Columns of records."""
        return self._by(model, columns, "id", ids)

    def _by(
        self, model: Kind, columns: tuple[str, ...], by: str, ids: Iterable[str]
    ) -> Sequence[Row]:
        on_server = asking.is_server(self.connection)
        query = _query(model, columns, by, on_server=on_server)
        asked = {"ids": asking.ids_of(ids, on_server=on_server)}
        return self.connection.execute(query, asked).mappings().all()

    def _texts(self, model: Kind, said: Searched, rows: Sequence[Row]) -> Texts:
        texts = {row["id"]: list(_own(model, said.own, row)) for row in rows}
        for reference in said.references:
            wanted: dict[Kind, set[str]] = defaultdict(set)
            for row in rows:
                target = reference.target or models().get(row[reference.kind])
                if target and row[reference.column]:
                    wanted[target].add(row[reference.column])
            for target, ids in wanted.items():
                called = self._names(target, ids, whole=reference.whole)
                for row in rows:
                    if target is (reference.target or models().get(row[reference.kind])):
                        texts[row["id"]] += called.get(row[reference.column], ())
        if rows:
            for part in said.parts:
                self._add_part(model, part, texts)
        return texts

    def _add_part(self, model: Kind, part: Part, texts: Texts) -> None:
        """Add what is searched of the parts to what they belong to."""
        said = spec.of_part(part)
        columns = (part.parent, *((part.kind,) if part.kind else ()))
        rows = self._by(part.model, (*said.columns, *columns), part.parent, texts)
        if part.kind:
            rows = [row for row in rows if row[part.kind] == model.__tablename__]
        parts = self._texts(part.model, said, rows)
        for row in rows:
            texts[row[part.parent]] += parts[row["id"]]

    def _names(self, model: Kind, ids: Iterable[str], *, whole: bool) -> Texts:
        """What records are called, or all that is searched of them."""
        said = spec.searched(model) if whole else spec.of_name(model)
        if whole:
            return self._texts(model, said, self.rows(model, said.columns, list(ids)))
        known = self._called[model]
        missing = [one for one in ids if one not in known]
        if missing and said.columns:
            known |= {one: [] for one in missing}
            for chunk in chunks(missing):
                known |= self._texts(model, said, self.rows(model, said.columns, chunk))
        return known


@cache
def _query(
    model: Kind, columns: tuple[str, ...], by: str, *, on_server: bool
) -> Select[Any]:  # Any: columns
    table = table_of(model)
    wanted = [table.c[name] for name in dict.fromkeys(("id", *columns))]
    found = select(*wanted).where(asking.among(table.c[by], "ids", on_server=on_server))
    return found if by == "id" else found.order_by(table.c.id)


def _own(model: Kind, columns: tuple[str, ...], row: Row) -> Iterator[str]:
    for name, way, is_name in _ways(model, columns):
        value = row[name]
        if not value or value == NO_DATE:
            continue
        if isinstance(value, Choice):
            yield value.label
        elif isinstance(value, list):
            yield from map(str, cast("list[object]", value))
        else:
            text = way.format(value) if way else str(value)
            yield text
            if is_name:
                yield from _initials(text)


@cache
def _ways(model: Kind, columns: tuple[str, ...]) -> tuple[tuple[str, str, bool], ...]:
    """Of each column how lists write it, if not as it stands, and whether it is a name."""
    return tuple(
        (name, spec.WRITTEN.get((model, name), ""), (model, name) in spec.NAMES) for name in columns
    )


@lru_cache(maxsize=10_000)
def _initials(name: str) -> tuple[str, ...]:
    return initials(name)


def _ordinal(day: date | None) -> int:
    return day.toordinal() if day and day != NO_DATE else 0
