"""A bundle written and taken in, against the sum of what cannot be spared, in the same run.

Floors are loops of one purpose over the very lines that travel: JSON out and in, zstd, SHA-256, and
two `executemany` into SQLite, of the log and of the records. What is taken in can be searched at
once, which is two more `executemany`, of texts and of tokens: they are told apart, and the import
is measured with the index and without. `DEPUTYDESK_CHANGES=1000000` measures another number.
"""

import gc
import hashlib
import json
import os
import secrets
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path
from statistics import median
from typing import Any

import zstandard
from sqlalchemy import delete, insert, update

from benchmarks._measure import Target, targets
from deputydesk.database.engines import PRAGMAS
from deputydesk.exchange import cards, receiving, sending
from deputydesk.journal import segments
from deputydesk.journal.log import SYNC_CHANGE, SYNC_FEED, SYNC_SELF, linked
from deputydesk.journal.segments import Line
from deputydesk.journal.values import text_of
from deputydesk.journal.writing import Row, insert_plain
from deputydesk.models import Visit
from deputydesk.models.base import columns_of
from deputydesk.office import Office, Right, Tx, User, operation
from deputydesk.operations import partners
from deputydesk.operations.partners import Role
from deputydesk.rules import search_tokens
from deputydesk.search import index

NOW = datetime(2026, 11, 23, 9, 0)
SIZES = (10_000, 100_000)
TEXT = "群众反映医保报销手续多、跑路远，希望在村里设代办点，由村干部统一收取材料后到镇上办理。"
FTS = "create virtual table found using fts5(tokens, tokenize='ascii', content='', prefix='1')"
_Document = tuple[int, str, str, str]
TOLD = {
    "export": "export",
    "taken": "import",
    "indexed": "of this the search index",
    "again": "the same bundle again",
    "corrected": "corrections of all records",
    "json_out": "JSON out",
    "zstd": "zstd",
    "json_in": "JSON in",
    "sha": "SHA-256",
    "log_in": "log",
    "records_in": "records",
    "texts_in": "texts of the index",
    "tokens_in": "tokens of the index",
}
"""What is told, by its name here; the floors last."""
FLOORS = tuple(TOLD)[-8:]
COLUMNS = [column.key for column in columns_of(Visit)]


def main() -> None:
    """Measure each size in a process of its own."""
    asked = os.environ.get("DEPUTYDESK_CHANGES")
    for size in (int(asked),) if asked else SIZES:
        code = f"from benchmarks.exchange import measure; measure({size})"
        subprocess.run([sys.executable, "-c", code], check=True)


def measure(changes: int) -> None:
    """Print what one size takes: small ones several times, each round beside its own floors."""
    gc.disable()  # as the window does while a task runs
    rounds: list[_Carried] = []
    told: list[dict[str, float]] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["DEPUTYDESK_DATA"] = str(folder)
        _carried(folder / "warm", 200)
        for number in range(max(1, min(5, 250_000 // changes))):
            made, documents = _carried(folder / f"{number}", changes)
            floors = _floors(folder / f"{number}.db", changes, documents)
            rounds.append(made)
            told.append(vars(made) | floors)
    first = rounds[0]
    print(f"\n{changes:,} changes, bundle {first.size / 1e6:.1f} MB; seconds of CPU")
    for key, what in TOLD.items():
        print(f"  {what:28} {median(one[key] for one in told):8.2f}")
    if first.log:
        print(f"  The log takes {first.log / changes:.0f} bytes a change in the data file.")
    _print_targets([_ratios(one) for one in told], first.memory)


def _ratios(spent: dict[str, float]) -> tuple[float, float, float]:
    out = spent["json_out"] + spent["zstd"] + spent["sha"]
    into = spent["json_in"] + spent["sha"] + spent["log_in"] + spent["records_in"]
    kept = into + spent["texts_in"] + spent["tokens_in"]
    plain = spent["taken"] - spent["indexed"]
    return spent["export"] / out, plain / into, spent["taken"] / kept


def _print_targets(ratios: list[tuple[float, float, float]], memory: int) -> None:
    export, plain, whole = (median(some) for some in zip(*ratios, strict=True))
    targets(
        [
            Target("export by JSON, zstd and hash", export, 1.8),
            Target("import but for the index, by JSON, hash, two executemany", plain, 3.5),
            Target("import, by these and the index's two executemany", whole, 3.5),
            Target("memory beyond what was there before", memory / 1e6, 200, " MB"),
        ]
    )


@dataclass(frozen=True)
class _Carried:
    """What a bundle took, in seconds and bytes."""

    export: float
    taken: float
    indexed: float
    again: float
    corrected: float
    memory: int
    size: int
    log: int


def _carried(folder: Path, changes: int) -> tuple[_Carried, list[_Document]]:
    """A bundle written by a township and taken in by its district, then one that corrects.

    Returns:
        what it took, and the documents that it put into the index.
    """
    folder.mkdir()
    township, district = (_created(folder, code) for code in ("T1", "D"))
    with closing(township), closing(district):
        cards.enrol(township, cards.own(district), Role.PARENT)
        cards.enrol(district, cards.own(township), Role.CHILD)
        township.do(_fill, 0, changes)
        before = _peak()
        sent, export = _timed(lambda: sending.send(township, "D", folder))
        with _index_timed() as indexed:
            received, taken = _timed(lambda: receiving.receive(district, sent.path))
        memory = _peak() - before
        _, again = _timed(lambda: receiving.receive(district, sent.path))
        assert received.new == changes - changes // 2, received
        assert received.changed == changes // 2, received
        file, log = folder / "D" / "office.db", _log_size(folder / "D" / "office.db")
        with closing(sqlite3.connect(file)) as bare:
            documents = bare.execute("select id, tab, pk, text from search_doc").fetchall()
        receiving.receive(township, sending.send(district, "T1", folder).path)
        township.do(_fill, changes, changes // 2)
        sent_again = sending.send(township, "D", folder)
        received, corrected = _timed(lambda: receiving.receive(district, sent_again.path))
        assert received.changed == changes // 2, received
        size = sent.path.stat().st_size
    spent = (export, taken, indexed[0], again, corrected)
    return _Carried(*spent, memory, size, log), documents


@contextmanager
def _index_timed() -> Generator[list[float]]:
    """What keeping the search index takes of what is done meanwhile."""
    spent, renew = [0.0], index.renew

    def timed(*given: Any) -> None:  # Any: passed on
        spent[0] += _timed(lambda: renew(*given))[1]

    index.renew = timed
    yield spent
    index.renew = renew


def _log_size(file: Path) -> int:
    """Bytes of the log and its indexes in a data file; 0 where SQLite does not tell."""
    query = "select sum(pgsize) from dbstat where name like '%sync_change%'"
    with closing(sqlite3.connect(file)) as bare, suppress(sqlite3.OperationalError):
        return int(bare.execute(query).fetchone()[0])
    return 0


def _created(folder: Path, code: str) -> Office:
    (folder / code).mkdir()
    return Office.create(folder / code / "office.db", code=code, clock=_now, user=User("张丽"))


def _now() -> datetime:
    return NOW


@operation(Right.SETUP, "填日志", can_undo=False)
def _fill(tx: Tx, known: int, changes: int) -> None:
    """Write the log of a township on; sending reads nothing else."""
    session = tx.session
    feed = f"{partners.myself(session)[1]}.T1"
    end = segments.hash_at(session, feed, known)
    lines = _lines(feed, changes) if not known else _corrections(feed, known, changes)
    while some := list(islice(lines, 10_000)):
        rows: list[Row] = []
        for line in some:
            end = linked(end, feed, line)
            rows.append((feed, line.seq, end, *line[1:]))
        insert_plain(session.connection(), SYNC_CHANGE, rows)
    last = known + changes
    session.execute(delete(SYNC_FEED).where(SYNC_FEED.c.feed == feed))
    told = {"feed": feed, "seq": last, "lam": last, "hash": end, "office": "T1"}
    session.execute(insert(SYNC_FEED), [told])
    session.execute(update(SYNC_SELF).values(lam=last))


def _lines(feed: str, changes: int) -> Iterator[Line]:
    """Half of them visits that are registered, half of them visits that are corrected."""
    for seq in range(1, changes + 1):
        number = (seq + 1) // 2
        values: dict[str, Any] = {"topic": f"医保报销{number}", "note": TEXT}
        if seq % 2:
            values |= {"held_on": "2026-11-20", "home_id": "T1-" + "0" * 32, "received": 3}
        yield _line(seq, number, values, "" if seq % 2 else f"{feed}:{seq - 1}")


def _corrections(feed: str, known: int, changes: int) -> Iterator[Line]:
    """Each of these visits corrected once more."""
    for number in range(1, changes + 1):
        yield _line(known + number, number, {"topic": f"医保{number}"}, f"{feed}:{2 * number}")


def _line(seq: int, number: int, values: dict[str, Any], replaced: str) -> Line:
    base, body = text_of([replaced] if replaced else []), text_of([values, secrets.token_hex(8)])
    kind, pk = "U" if replaced else "I", f"T1-{number:032x}"
    return Line(seq, seq, NOW.isoformat(), "张丽", "visit", pk, kind, base, body)


def _timed(work: Callable[[], Any]) -> tuple[Any, float]:  # Any: what it returns
    began = time.process_time()
    done = work()
    return done, time.process_time() - began


def _peak() -> int:
    """The most memory so far, in bytes; 0 where the system does not tell."""
    if sys.platform == "win32":
        return 0
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def _floors(file: Path, changes: int, documents: list[_Document]) -> dict[str, float]:
    """What each part takes by itself, over the same lines."""
    lines = list(_lines("abcdefghij.T1", changes))
    plain, out = _timed(lambda: [json.dumps(line, ensure_ascii=False) for line in lines])
    packed = "\n".join(plain).encode()
    _, zstd = _timed(lambda: zstandard.compress(packed, 3))
    _, read = _timed(lambda: [json.loads(text) for text in plain])
    _, sha = _timed(lambda: [hashlib.sha256(text.encode()).hexdigest() for text in plain])
    record = ("T1", *("x" * 8 for _ in COLUMNS[1:]))
    records = [(line.pk, *record[1:]) for line in lines[::2]]
    with closing(sqlite3.connect(file, isolation_level=None)) as bare:
        for pragma in PRAGMAS:
            bare.execute(f"PRAGMA {pragma}")
        bare.execute(f"create table log ({', '.join(Line._fields)}, primary key (tab, seq))")
        bare.execute("create index row on log (tab, pk)")
        bare.execute(f"create table record ({', '.join(COLUMNS)}, primary key (id))")
        log = _timed(lambda: _written(bare, "log", lines))[1]
        table = _timed(lambda: _written(bare, "record", records))[1]
        bare.execute("create table doc (id integer primary key, tab, pk, text, unique (pk, tab))")
        bare.execute(FTS)
        texts = _timed(lambda: _written(bare, "doc", documents))[1]
        rows = [(number, search_tokens.tokens(text)) for number, _, _, text in documents]
        tokens = _timed(lambda: _written(bare, "found (rowid, tokens)", rows))[1]
    spent = (out, zstd, read, sha, log, table, texts, tokens)
    return dict(zip(FLOORS, spent, strict=True))


def _written(bare: sqlite3.Connection, table: str, rows: list[Any]) -> None:
    marks = ", ".join("?" * len(rows[0]))
    bare.execute("begin")
    bare.executemany(f"insert into {table} values ({marks})", rows)
    bare.execute("commit")


if __name__ == "__main__":
    main()
