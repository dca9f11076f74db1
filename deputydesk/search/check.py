"""Holding the index against the records, and its tokens against the texts."""

from collections import Counter
from collections.abc import Container, Iterator

from sqlalchemy import Connection, Integer, String, column, func, select, table, text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from deputydesk.journal.asking import is_server
from deputydesk.journal.caches import chunks
from deputydesk.journal.check import Fault, filled
from deputydesk.journal.values import table_of
from deputydesk.rules import search_tokens
from deputydesk.search import index, numbering, spec
from deputydesk.search.documents import Document, Reader
from deputydesk.search.spec import Kind
from deputydesk.search.store import DOC, on_server

WHERE = "search"
_LOOK = text(
    "create virtual table if not exists temp.search_vocabulary"
    " using fts5vocab(main, search_fts, row)"
)
_KEPT = table("search_vocabulary", column("term", String), column("cnt", Integer), schema="temp")


def check(session: Session) -> list[Fault]:
    """Everything in the index that is not as the records say."""
    if not index.is_of_this_form(session):
        return [Fault(WHERE, "搜索索引不是本版本编制的，需要重建。")]
    connection = session.connection()
    there = {*filled(connection), *connection.scalars(select(DOC.c.tab).distinct())}
    kinds = [model for model in spec.KINDS if model.__tablename__ in there]
    return [
        *(fault for model in kinds for fault in _of_kind(connection, model)),
        *_strangers(connection),
        *_tokens(connection),
    ]


def _of_kind(connection: Connection, model: Kind) -> Iterator[Fault]:
    records, reader = table_of(model), Reader(connection)
    known = select(DOC.c.pk).where(DOC.c.tab == model.__tablename__)
    ids = select(records.c.id).union(known)
    for chunk in chunks(connection.scalars(ids).all()):
        there = {doc.pk: doc for doc in reader.documents(model, chunk)}
        kept = {
            row.pk: Document(row.pk, numbering.day_of(row.id), row.text)
            for row in index.stored(connection, model, chunk)
        }
        for pk in chunk:
            if kept.get(pk) != there.get(pk):
                yield Fault(f"{model.__tablename__} {pk}", _sentence(model, pk, kept, there))


def _sentence(model: Kind, pk: str, kept: Container[str], there: Container[str]) -> str:
    if pk not in kept:
        return f"“{model.title}”有一条记录搜索不到。"
    if pk not in there:
        return f"搜索索引中有一条已经没有的“{model.title}”。"
    return f"“{model.title}”有一条记录与搜索索引不符。"


def _strangers(connection: Connection) -> Iterator[Fault]:
    """Documents of tables that are not searched."""
    tables = [model.__tablename__ for model in spec.KINDS]
    query = select(func.count()).select_from(DOC).where(DOC.c.tab.not_in(tables))
    if connection.scalar(query):
        yield Fault(WHERE, "搜索索引中有来历不明的内容。")


def _tokens(connection: Connection) -> Iterator[Fault]:
    """Tokens that are not those of the texts."""
    is_sound = _server_tokens if is_server(connection) else _file_tokens
    if not is_sound(connection):
        yield Fault(WHERE, "搜索索引的词条与内容不符，需要重建。")


def _server_tokens(connection: Connection) -> bool:
    table = on_server()
    both = select(DOC.c.text, table.c.tokens).outerjoin(table, table.c.id == DOC.c.id)
    rows = connection.execute(both, execution_options={"yield_per": 1000})
    counts = [connection.scalar(select(func.count()).select_from(some)) for some in (DOC, table)]
    differ = sum(search_tokens.grams(said) != kept for said, kept in rows)
    return differ == 0 and len({*counts}) == 1


def _file_tokens(connection: Connection) -> bool:
    """How often each token stands in the texts and in the index."""
    wanted: Counter[str] = Counter()
    texts = select(DOC.c.text)
    for said in connection.scalars(texts, execution_options={"yield_per": 1000}):
        wanted.update(search_tokens.tokens(said).split())
    try:
        connection.execute(_LOOK)
        kept = {row.term: row.cnt for row in connection.execute(select(_KEPT.c.term, _KEPT.c.cnt))}
        connection.execute(text("drop table temp.search_vocabulary"))
    except DatabaseError:  # it can be read no more
        return False
    return wanted == kept
