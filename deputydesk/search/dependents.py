"""In which documents a record is seen: its own, what it is a part of, and where it is named."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, Select, select

from deputydesk.journal import asking
from deputydesk.journal.caches import RowKey, chunks
from deputydesk.journal.capture import Written
from deputydesk.journal.values import models, table_of
from deputydesk.search import spec
from deputydesk.search.spec import Kind, Part, Reference

Docs = defaultdict[Kind, set[str]]
"""Ids of the records whose documents they are, by kind."""


class _Seen(NamedTuple):
    """Where fields of a kind are seen: in what is searched of it, in its name, in what owns it."""

    itself: bool
    named: bool
    owners: tuple[tuple[Kind, Part], ...]


def of_rows(connection: Connection, written: Mapping[RowKey, Written]) -> Docs:
    """The documents in which rows that were written are seen now, or were before."""
    docs: Docs = defaultdict(set)
    renamed: Docs = defaultdict(set)
    other: Docs = defaultdict(set)
    for (_, pk), one in written.items():
        seen = _seen(one.model, one.fields)
        if seen.itself and one.model in spec.KINDS:
            docs[one.model].add(pk)
        for owner, part in seen.owners:
            _add(docs, connection, owner, _parents_of_row(connection, owner, part, pk, one))
        if not one.is_fresh:
            if seen.named:
                renamed[one.model].add(pk)
            elif seen.itself:
                other[one.model].add(pk)
    for model, ids in renamed.items():
        _add_naming(docs, connection, model, ids, is_renamed=True)
    for model, ids in other.items():
        _add_naming(docs, connection, model, ids, is_renamed=False)
    return docs


def _parents_of_row(
    connection: Connection, owner: Kind, part: Part, pk: str, one: Written
) -> set[str]:
    """What a row is a part of now, and what it was a part of before."""
    ids: set[str] = set()
    for values in (one.before, one.after):
        kind = values.get(part.kind, owner.__tablename__)
        if kind == owner.__tablename__ and part.parent in values:
            ids.add(values[part.parent])
    if part.parent not in one.after:
        ids |= _parents(connection, owner, part, [pk])
    return ids


def _parents(connection: Connection, owner: Kind, part: Part, ids: Sequence[str]) -> set[str]:
    table = table_of(part.model)
    query = select(table.c[part.parent])
    if part.kind:
        query = query.where(table.c[part.kind] == owner.__tablename__)
    return set(_among(connection, query, table.c.id, ids))


def _add(docs: Docs, connection: Connection, model: Kind, ids: Iterable[str]) -> None:
    """Add records, and all that they are parts of."""
    wanted = set(ids) - {""}
    if not wanted:
        return
    if model in spec.KINDS:
        docs[model] |= wanted
    for owner, part in _owners(model):
        for chunk in chunks(wanted):
            _add(docs, connection, owner, _parents(connection, owner, part, chunk))


def _add_naming(
    docs: Docs, connection: Connection, model: Kind, ids: Iterable[str], *, is_renamed: bool
) -> None:
    """Add the documents in which records are seen because others refer to them.

    Args:
        docs: to be added to.
        connection: where the records are.
        model: the kind of the records.
        ids: the records.
        is_renamed: they are called otherwise; else only what shows them whole is concerned.
    """
    for holder, reference in _uses(model):
        if is_renamed or reference.whole:
            for chunk in chunks(ids):
                found = _holders(connection, holder, reference, model, chunk)
                _add_through(docs, connection, holder, reference, found, is_renamed=is_renamed)


def _add_through(
    docs: Docs,
    connection: Connection,
    holder: Kind,
    reference: Reference,
    ids: Sequence[str],
    *,
    is_renamed: bool,
) -> None:
    """Add the documents in which records are seen that refer to what has changed."""
    if not ids:
        return
    if holder in spec.KINDS:
        docs[holder].update(ids)
    for owner, part in _owners(holder):
        if reference in spec.of_part(part).references:
            _add(docs, connection, owner, _parents(connection, owner, part, ids))
    if is_renamed and reference.column in spec.CALLED.get(holder, ()):
        _add_naming(docs, connection, holder, ids, is_renamed=True)


def _holders(
    connection: Connection, holder: Kind, reference: Reference, model: Kind, ids: Sequence[str]
) -> Sequence[str]:
    table = table_of(holder)
    query = select(table.c.id)
    if reference.kind:
        query = query.where(table.c[reference.kind] == model.__tablename__)
    return _among(connection, query, table.c[reference.column], ids)


def _among(
    connection: Connection, query: Select[str], column: ColumnElement[str], ids: Iterable[str]
) -> Sequence[str]:
    on_server = asking.is_server(connection)
    these = query.where(asking.among(column, "ids", on_server=on_server))
    return connection.scalars(these, {"ids": asking.ids_of(ids, on_server=on_server)}).all()


@lru_cache(maxsize=10_000)
def _seen(model: Kind, fields: frozenset[str]) -> _Seen:
    return _Seen(
        not fields.isdisjoint(spec.searched(model).columns),
        not fields.isdisjoint(spec.of_name(model).columns),
        tuple(
            (owner, part)
            for owner, part in _owners(model)
            if not fields.isdisjoint((part.parent, part.kind, *spec.of_part(part).columns))
        ),
    )


@cache
def _owners(model: Kind) -> tuple[tuple[Kind, Part], ...]:
    """What records of a kind may be parts of."""
    return tuple(
        (owner, part)
        for owner in models().values()
        for part in spec.searched(owner).parts
        if part.model is model
    )


@cache
def _uses(model: Kind) -> tuple[tuple[Kind, Reference], ...]:
    """The columns that may refer to a kind."""
    return tuple(_all_uses(model))


def _all_uses(model: Kind) -> Iterator[tuple[Kind, Reference]]:
    for holder in models().values():
        for reference in spec.references(holder):
            if reference.target is model or (reference.kind and model in spec.CALLED):
                yield holder, reference
