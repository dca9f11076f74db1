"""Keeping the index in step with the records, in the transaction that changes them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache

from sqlalchemy import Connection, Result, Select, bindparam, delete, func, insert, select
from sqlalchemy.orm import Session

from deputydesk.journal import asking
from deputydesk.journal.caches import RowKey, chunks
from deputydesk.journal.capture import Written
from deputydesk.journal.values import table_of
from deputydesk.progress import SILENT, Progress
from deputydesk.search import dependents, numbering, spec, store
from deputydesk.search.documents import Document, Reader
from deputydesk.search.spec import Kind
from deputydesk.search.store import DOC, Line
from deputydesk.search.tables import SearchForm

FORM = table_of(SearchForm)
_HIGHEST = select(func.max(DOC.c.id)).where(
    DOC.c.id >= bindparam("first"), DOC.c.id <= bindparam("last")
)


def renew(session: Session, written: Mapping[RowKey, Written]) -> None:
    """Bring all documents up to date in which the rows that were written are seen."""
    if not written:
        return
    connection = session.connection()
    reader = Reader(connection)
    fresh = {key for key, one in written.items() if one.is_fresh}
    for model, ids in dependents.of_rows(connection, written).items():
        for chunk in chunks(sorted(ids)):
            is_fresh = fresh.issuperset((model.__tablename__, pk) for pk in chunk)
            among = frozenset(one.model for one in written.values()) if is_fresh else None
            _renew(connection, reader, model, chunk, among)


def rebuild(session: Session, progress: Progress = SILENT) -> int:
    """Make the whole index anew from the tables; returns the number of documents."""
    connection = session.connection()
    store.clear(connection)
    reader, made = Reader(connection), 0
    for number, model in enumerate(spec.KINDS):
        progress.step(number, len(spec.KINDS), f"正在编制搜索索引：{model.title}")
        documents = reader.documents(model, _in_order(connection, model))
        for chunk in chunks(_numbered(model, documents)):
            store.add(connection, chunk)
            made += len(chunk)
    store.tidy(connection)
    connection.execute(delete(FORM))
    connection.execute(insert(FORM), [{"form": spec.form()}])
    return made


def is_behind(session: Session) -> bool:
    """Whether the index was made in another form, or has not a document for each record."""
    if not is_of_this_form(session):
        return True
    kinds = [select(func.count()).select_from(table_of(model)) for model in spec.KINDS]
    records = sum(session.scalar(query) or 0 for query in kinds)
    return session.scalar(select(func.count()).select_from(DOC)) != records


def is_of_this_form(session: Session) -> bool:
    """Whether the index is as this program makes it."""
    return session.scalars(select(FORM.c.form)).all() == [spec.form()]


def _renew(
    connection: Connection,
    reader: Reader,
    model: Kind,
    ids: Sequence[str],
    among: frozenset[Kind] | None,
) -> None:
    """Write those documents of a kind that are no longer as they should be.

    Args:
        connection: where they are.
        reader: reads what is searched.
        model: the kind.
        ids: the records.
        among: of records that nobody has heard of before, the kinds that were written with them:
            they have no documents yet, and no other parts.
    """
    found = stored(connection, model, ids) if among is None else ()
    old = {row.pk: Line(row.id, model.__tablename__, row.pk, row.text) for row in found}
    gone, lines, numbers = dict(old), list[Line](), dict[int, int]()
    for doc in reader.documents(model, ids, among):
        was = old.get(doc.pk)
        if was is None or numbering.day_of(was.id) != doc.day:
            number = _next(connection, model, doc.day, numbers)
        elif was.text == doc.text:
            del gone[doc.pk]
            continue
        else:
            number = was.id
        lines.append(Line(number, model.__tablename__, doc.pk, doc.text))
    store.remove(connection, list(gone.values()))
    store.add(connection, lines)


def _next(connection: Connection, model: Kind, day: int, given: dict[int, int]) -> int:
    """A number for one more document of a day; `given` keeps the highest of each day asked for."""
    if day not in given:
        first = numbering.first_of_day(model, day)
        last = numbering.first_of_day(model, day + 1) - 1
        highest = connection.scalar(_HIGHEST, {"first": first, "last": last})
        given[day] = highest or first - 1
    given[day] += 1
    return given[day]


def _numbered(model: Kind, documents: Iterable[Document]) -> Iterator[Line]:
    entries: dict[int, int] = defaultdict(int)
    for doc in documents:
        number = numbering.first_of_day(model, doc.day) + entries[doc.day]
        entries[doc.day] += 1
        yield Line(number, model.__tablename__, doc.pk, doc.text)


def _in_order(connection: Connection, model: Kind) -> Sequence[str]:
    """All records in the order in which they were entered."""
    table = table_of(model)
    return connection.scalars(select(table.c.id).order_by(table.c.id)).all()


def stored(connection: Connection, model: Kind, ids: Iterable[str]) -> Result[int, str, str]:
    """The documents that records of a kind have."""
    on_server = asking.is_server(connection)
    asked = {"tab": model.__tablename__, "pks": asking.ids_of(ids, on_server=on_server)}
    return connection.execute(_stored(on_server=on_server), asked)


@cache
def _stored(*, on_server: bool) -> Select[int, str, str]:
    these = asking.among(DOC.c.pk, "pks", on_server=on_server)
    return select(DOC.c.id, DOC.c.pk, DOC.c.text).where(DOC.c.tab == bindparam("tab"), these)
