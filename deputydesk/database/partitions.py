"""A big district's or a city's PostgreSQL database, an office's share at a time.

Every id begins with the scope it belongs to, so the id is what tables are divided by: what begins
with `T1-` may lie in tables of its own, on this server or on a second one (declarative partitions
and postgres_fdw). Nothing else of the program knows of it; everything else stays in `…__rest`.
"""

import re
from collections.abc import Iterable, Mapping

from sqlalchemy import Connection, Engine
from sqlalchemy.engine import make_url

from deputydesk.database.engines import server_engine
from deputydesk.database.faults import faults
from deputydesk.errors import UserError

SORTED = {"C", "POSIX", "C.UTF-8", "C.utf8"}
"""Orders of texts in which the ids of a scope stand together; PostgreSQL then reads one part."""

Keys = Mapping[str, str]
"""Table -> the column that holds a record's id."""


def split(engine: Engine, keys: Keys, scope: str, elsewhere: str = "") -> int:
    """Give a scope tables of its own; returns the number of rows moved.

    Args:
        engine: of the PostgreSQL database, which nobody uses meanwhile.
        keys: the tables to divide.
        scope: an office's code, or `common`.
        elsewhere: URL of an empty or so used database on another server; else they stay here.

    Raises:
        UserError: no PostgreSQL, an order of texts that does not fit, tables there already, or
            the other server refused; nothing was changed here.
    """
    _refuse_unfit(engine, scope)
    with engine.begin() as connection:
        if any(_kind(connection, _part(name, scope)) for name in keys):
            raise UserError(f"“{scope}”已经有自己的分区。")
        server = _linked(connection, elsewhere) if elsewhere else ""
        moved = 0
        for name, key in keys.items():
            connection.exec_driver_sql(f"LOCK TABLE {_q(name)} IN ACCESS EXCLUSIVE MODE")
            _divide(connection, name, key)
            if server:
                _make_there(connection, server, elsewhere, name, scope)
            else:
                part, rest = _q(_part(name, scope)), _q(_rest(name))
                connection.exec_driver_sql(f"CREATE TABLE {part} (LIKE {rest} INCLUDING ALL)")
            moved += _move(connection, name, key, scope)
        return moved


def join(engine: Engine, keys: Keys, scope: str) -> int:
    """Take a scope's rows back into the common tables; returns the number of rows moved."""
    _refuse_unfit(engine, scope)
    moved = 0
    with engine.begin() as connection:
        for name in keys:
            kind, part = _kind(connection, _part(name, scope)), _q(_part(name, scope))
            if not kind:
                continue
            connection.exec_driver_sql(f"ALTER TABLE {_q(name)} DETACH PARTITION {part}")
            columns = _columns(connection, name)
            result = connection.exec_driver_sql(
                f"INSERT INTO {_q(_rest(name))} ({columns}) SELECT {columns} FROM {part}"  # noqa: S608 - our own names
            )
            moved += result.rowcount
            if kind == "f":
                connection.exec_driver_sql(f"DELETE FROM {part}")  # noqa: S608 - as above
            connection.exec_driver_sql(f"DROP {'FOREIGN ' if kind == 'f' else ''}TABLE {part}")
    return moved


def parts(connection: Connection) -> list[tuple[str, str]]:
    """The partitions that there are: table and `here` or the name of the other server."""
    rows = connection.exec_driver_sql(
        """SELECT c.relname, coalesce(s.srvname, 'here') FROM pg_class c
           LEFT JOIN pg_foreign_table f ON f.ftrelid = c.oid
           LEFT JOIN pg_foreign_server s ON s.oid = f.ftserver
           WHERE c.relispartition AND c.relkind IN ('r', 'f') ORDER BY 1"""
    )
    return [(name, where) for name, where in rows if not name.endswith(_rest(""))]


def refuse_split(connection: Connection) -> None:
    """Refuse to change the tables' form while some lie on another server, which would not follow.

    Raises:
        UserError: some do.
    """
    if connection.dialect.name == "postgresql" and any(w != "here" for _, w in parts(connection)):
        raise UserError(
            "有的单位的数据分在另一台服务器上，升级不会带到那里，没有升级。",
            hint="请先用原版本的 deskctl partition --back 收回，升级后再分。",
        )


def _refuse_unfit(engine: Engine, scope: str) -> None:
    if engine.dialect.name != "postgresql":
        raise UserError("只有 PostgreSQL 数据库能按单位分区。")
    if not re.fullmatch(r"[0-9A-Za-z]{1,12}", scope):
        raise UserError(f"“{scope}”不是单位代码。")
    with engine.connect() as connection:
        order = connection.exec_driver_sql(
            "SELECT CASE datlocprovider WHEN 'c' THEN datcollate ELSE daticulocale END"
            " FROM pg_database WHERE datname = current_database()"
        ).scalar_one()
    if order not in SORTED:
        raise UserError(
            f"数据库的排序规则是“{order}”，不能按单位分区。",
            hint="请用 createdb --template=template0 --locale=C 建库，再把数据恢复进去。",
        )


def _divide(connection: Connection, name: str, key: str) -> None:
    """Make a table one that has parts; what is in it becomes the rest.

    The parts have their primary keys, the whole has none: PostgreSQL wants it so where a part lies
    on another server, and an id is in one part only.
    """
    if _kind(connection, name) == "p":
        return
    whole, rest = _q(name), _q(_rest(name))
    connection.exec_driver_sql(f"ALTER TABLE {whole} RENAME TO {rest}")
    connection.exec_driver_sql(
        f"CREATE TABLE {whole} (LIKE {rest} INCLUDING DEFAULTS) PARTITION BY RANGE ({_q(key)})"
    )
    connection.exec_driver_sql(f"ALTER TABLE {whole} ATTACH PARTITION {rest} DEFAULT")


def _move(connection: Connection, name: str, key: str, scope: str) -> int:
    """Move a scope's rows from the rest into its part, and hang the part in."""
    whole, part, rest = _q(name), _q(_part(name, scope)), _q(_rest(name))
    first, end = f"{scope}-", f"{scope}."  # a point comes right after a hyphen
    columns = _columns(connection, name)
    mine = f"{_q(key)} >= '{first}' AND {_q(key)} < '{end}'"
    result = connection.exec_driver_sql(
        f"INSERT INTO {part} ({columns}) SELECT {columns} FROM {rest} WHERE {mine}"  # noqa: S608 - as above
    )
    connection.exec_driver_sql(f"DELETE FROM {rest} WHERE {mine}")  # noqa: S608 - as above
    connection.exec_driver_sql(
        f"ALTER TABLE {whole} ATTACH PARTITION {part} FOR VALUES FROM ('{first}') TO ('{end}')"
    )
    return result.rowcount


def _linked(connection: Connection, elsewhere: str) -> str:
    """The name under which this database knows the other one; it is made known if it is not."""
    url = make_url(elsewhere)
    host = str(url.query.get("host", url.host or "localhost"))
    place = {"host": host, "port": str(url.port or ""), "dbname": url.database or ""}
    who = {"user": url.username or "", "password": str(url.password or "")}
    who |= {} if url.password else {"password_required": "false"}
    server = "part_" + re.sub(r"\W", "_", f"{host}_{place['port']}_{place['dbname']}")[-50:]
    connection.exec_driver_sql("CREATE EXTENSION IF NOT EXISTS postgres_fdw")
    known = "SELECT 1 FROM pg_foreign_server WHERE srvname = %s"
    if not connection.exec_driver_sql(known, (server,)).scalar():
        connection.exec_driver_sql(
            f"CREATE SERVER {_q(server)} FOREIGN DATA WRAPPER postgres_fdw"
            f" OPTIONS ({_options(place)}, batch_size '1000', fetch_size '10000')"
        )
        connection.exec_driver_sql(
            f"CREATE USER MAPPING FOR CURRENT_USER SERVER {_q(server)} OPTIONS ({_options(who)})"
        )
    return server


def _make_there(connection: Connection, server: str, elsewhere: str, name: str, scope: str) -> None:
    """Make a scope's table on the other server as it is here, and a door to it here."""
    part = _part(name, scope)
    described = connection.exec_driver_sql(
        """SELECT quote_ident(attname) || ' ' || format_type(atttypid, atttypmod)
                  || CASE WHEN attnotnull THEN ' NOT NULL' ELSE '' END
           FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped
           ORDER BY attnum""",
        (_q(_rest(name)),),
    )
    columns = ", ".join(described.scalars())
    there = server_engine(elsewhere)
    try:
        with faults(None), there.begin() as other:
            other.exec_driver_sql(f"DROP TABLE IF EXISTS {_q(part)}")  # left by a try that failed
            other.exec_driver_sql(f"CREATE TABLE {_q(part)} ({columns})")
            for statement in _indexes(connection, name, part):
                other.exec_driver_sql(statement)
    finally:
        there.dispose()
    connection.exec_driver_sql(
        f"CREATE FOREIGN TABLE {_q(part)} ({columns}) SERVER {_q(server)}"
        f" OPTIONS (table_name '{part}')"
    )


def _indexes(connection: Connection, name: str, part: str) -> Iterable[str]:
    """Statements that make the indexes of a table for another one."""
    found = connection.exec_driver_sql(
        """SELECT pg_get_indexdef(indexrelid) FROM pg_index WHERE indrelid = %s::regclass
           ORDER BY indexrelid""",
        (_q(_rest(name)),),
    )
    for number, (statement,) in enumerate(found, 1):
        unique = " UNIQUE" if " UNIQUE " in statement else ""
        tail = statement[statement.index(" USING ") :]
        yield f"CREATE{unique} INDEX {_q(f'{part}_{number}')} ON {_q(part)}{tail}"


def _columns(connection: Connection, name: str) -> str:
    found = connection.exec_driver_sql(
        """SELECT quote_ident(attname) FROM pg_attribute
           WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped ORDER BY attnum""",
        (_q(name),),
    )
    return ", ".join(found.scalars())


def _kind(connection: Connection, name: str) -> str:
    """`r` a table, `p` one with parts, `f` one on another server, empty: none."""
    found = connection.exec_driver_sql(
        "SELECT relkind::text FROM pg_class WHERE oid = to_regclass(%s)", (_q(name),)
    )
    return found.scalar() or ""


def _options(values: Mapping[str, str]) -> str:
    quoted = ((name, text.replace("'", "''")) for name, text in values.items() if text)
    return ", ".join(f"{name} '{text}'" for name, text in quoted)


def _part(name: str, scope: str) -> str:
    return f"{name}__{scope}"


def _rest(name: str) -> str:
    return f"{name}__rest"


def _q(name: str) -> str:
    return f'"{name}"'
