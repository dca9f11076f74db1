"""The index as the database keeps it: FTS5 on SQLite, a column of tokens on PostgreSQL."""

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    String,
    TableClause,
    Text,
    and_,
    bindparam,
    cast,
    column,
    delete,
    func,
    insert,
    select,
    table,
    text,
)

from deputydesk.journal.asking import is_server
from deputydesk.journal.values import table_of
from deputydesk.journal.writing import insert_plain
from deputydesk.rules import search_tokens
from deputydesk.search.tables import SearchDoc

DOC = table_of(SearchDoc)
FTS = table("search_fts", column("rowid", BigInteger), column("search_fts", String))
NEWEST = text(
    "select search_fts.rowid as id, search_doc.pk as pk"
    " from search_fts join search_doc on search_doc.id = search_fts.rowid"
    " where search_fts match :asked and search_fts.rowid between :first and :last"
    " order by search_fts.rowid desc limit :most"
)
"""Asked at every key that is pressed, so it is written once: the newest that FTS5 finds."""
NEWEST_IDS = NEWEST.columns(DOC.c.id, DOC.c.pk).cte("newest")
"""The same as a part of another query."""
_OLD_DOCS = delete(DOC).where(DOC.c.id == bindparam("gone"))
_INSERT = "insert into search_fts (rowid, tokens) values (?, ?)"
_DELETE = text("insert into search_fts (search_fts, rowid, tokens) values ('delete', :id, :tokens)")


class Line(NamedTuple):
    """A document as it is stored."""

    id: int
    tab: str
    pk: str
    text: str


@cache
def on_server() -> TableClause:
    """The table of tokens on PostgreSQL, whose dialect is a tenth of all that a start imports."""
    from sqlalchemy.dialects.postgresql import ARRAY

    return table("search_fts", column("id"), column("tokens", ARRAY(Text)))


def add(connection: Connection, lines: Sequence[Line]) -> None:
    """Store documents and their tokens."""
    if not lines:
        return
    insert_plain(connection, DOC, lines)
    if is_server(connection):
        grams = [{"id": d.id, "tokens": search_tokens.grams(d.text)} for d in lines]
        connection.execute(insert(on_server()), grams)
    else:
        tokens = [(d.id, search_tokens.tokens(d.text)) for d in lines]
        connection.exec_driver_sql(_INSERT, tokens)


def remove(connection: Connection, lines: Sequence[Line]) -> None:
    """Forget documents; FTS5 must be told which tokens they had."""
    if not lines:
        return
    ids = [{"gone": line.id} for line in lines]
    if is_server(connection):
        connection.execute(delete(on_server()).where(on_server().c.id == bindparam("gone")), ids)
    else:
        tokens = [{"id": d.id, "tokens": search_tokens.tokens(d.text)} for d in lines]
        connection.execute(_DELETE, tokens)
    connection.execute(_OLD_DOCS, ids)


def clear(connection: Connection) -> None:
    """Forget everything."""
    if is_server(connection):
        connection.execute(delete(on_server()))
    else:
        connection.execute(text("insert into search_fts (search_fts) values ('delete-all')"))
    connection.execute(delete(DOC))


def tidy(connection: Connection) -> None:
    """Join the pieces of an index into which much was put at once."""
    if not is_server(connection):
        connection.execute(text("insert into search_fts (search_fts) values ('optimize')"))


def holding(
    connection: Connection, looked_for: Sequence[str], first: int, last: int
) -> tuple[ColumnElement[int], ColumnElement[bool]]:
    """The number of a document, and the condition under which every word stands in it.

    Args:
        connection: of which database.
        looked_for: words as `search_tokens.words` gave them; at least one.
        first: the lowest number that counts.
        last: the highest number that counts.
    """
    number: ColumnElement[int] = DOC.c.id if is_server(connection) else FTS.c.rowid
    if is_server(connection):
        holds = [_has(word) for word in looked_for]
    else:
        holds = [FTS.c.search_fts.op("MATCH")(search_tokens.expression(looked_for))]
    return number, and_(*holds, number >= first, number <= last)


def _has(word: str) -> ColumnElement[bool]:
    """The tokens lead to few documents; whether the word is in order there, the text says."""
    from sqlalchemy.dialects.postgresql import ARRAY, array

    tokens = cast(array(search_tokens.needed(word)), ARRAY(Text))
    likely = select(on_server().c.id).where(on_server().c.tokens.op("@>")(tokens))
    return and_(DOC.c.id.in_(likely), func.strpos(DOC.c.text, word) > 0)
