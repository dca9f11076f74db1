"""A bundle written and taken in, against the sum of what cannot be spared, in the same run.

Floors are loops of one purpose over the very lines that travel: JSON out and in, zstd, SHA-256, and
two `executemany` into SQLite, of the log and of the records. `DEPUTYDESK_CHANGES=1000000` measures
another number of changes.
"""

import hashlib
import json
import os
import secrets
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any

import zstandard
from sqlalchemy import insert, update

from benchmarks._measure import Target, targets
from deputydesk.database.engines import PRAGMAS
from deputydesk.exchange import cards, receiving, sending
from deputydesk.journal.log import SYNC_CHANGE, SYNC_FEED, SYNC_SELF, link
from deputydesk.journal.segments import Line
from deputydesk.journal.values import text_of
from deputydesk.models import Visit
from deputydesk.models.base import columns_of
from deputydesk.office import Office, Right, Tx, User, operation
from deputydesk.operations import partners
from deputydesk.operations.partners import Role

NOW = datetime(2026, 11, 23, 9, 0)
SIZES = (10_000, 100_000)
TEXT = "群众反映医保报销手续多、跑路远，希望在村里设代办点，由村干部统一收取材料后到镇上办理。"
COLUMNS = [column.key for column in columns_of(Visit)]


def main() -> None:
    """Measure each size in a process of its own."""
    asked = os.environ.get("DEPUTYDESK_CHANGES")
    for size in (int(asked),) if asked else SIZES:
        code = f"from benchmarks.exchange import measure; measure({size})"
        subprocess.run([sys.executable, "-c", code], check=True)


def measure(changes: int) -> None:
    """Print what one size takes."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        township, district = (_created(folder, code) for code in ("T1", "D"))
        with closing(township), closing(district):
            cards.enrol(township, cards.own(district), Role.PARENT)
            cards.enrol(district, cards.own(township), Role.CHILD)
            township.do(_fill, changes)
            before = _peak()
            sent, export = _timed(lambda: sending.send(township, "D", folder))
            received, taken = _timed(lambda: receiving.receive(district, sent.path))
            memory = _peak() - before
            _, again = _timed(lambda: receiving.receive(district, sent.path))
        assert received.new == changes - changes // 2, received
        assert received.changed == changes // 2, received
        floors = _floors(folder, changes)
        size = sent.path.stat().st_size
        print(f"\n{changes:,} changes, bundle {size / 1e6:.1f} MB; seconds of CPU")
        told = {"export": export, "import": taken, "the same again": again, **floors}
        for what, spent in told.items():
            print(f"  {what:28} {spent:8.2f}")
        out = floors["JSON out"] + floors["zstd"] + floors["SHA-256"]
        into = sum(floors[n] for n in ("JSON in", "SHA-256", "log", "records"))
        targets(
            [
                Target("export against JSON, zstd and hash", export / out, 1.8),
                Target("import against JSON, hash and two executemany", taken / into, 3.5),
                Target("memory beyond what was there before", memory / 1e6, 200, " MB"),
            ]
        )


def _created(folder: Path, code: str) -> Office:
    (folder / code).mkdir()
    return Office.create(folder / code / "office.db", code=code, clock=_now, user=User("张丽"))


def _now() -> datetime:
    return NOW


@operation(Right.SETUP, "填日志", can_undo=False)
def _fill(tx: Tx, changes: int) -> None:
    """Write the log of a township; sending reads nothing else."""
    session = tx.session
    feed = f"{partners.myself(session)[1]}.T1"
    end, lam = "", 0
    lines = _lines(feed, changes)
    while some := list(islice(lines, 10_000)):
        rows: list[dict[str, Any]] = []
        for line in some:
            row = {"feed": feed, **line._asdict()}
            row["hash"] = end = link(end, row)
            lam = line.lam
            rows.append(row)
        session.execute(insert(SYNC_CHANGE), rows)
    told = {"feed": feed, "seq": changes, "lam": lam, "hash": end, "office": "T1"}
    session.execute(insert(SYNC_FEED), [told])
    session.execute(update(SYNC_SELF).values(lam=lam))


def _lines(feed: str, changes: int) -> Iterator[Line]:
    """Half of them visits that are registered, half of them visits that are corrected."""
    for seq in range(1, changes + 1):
        number = (seq + 1) // 2
        values: dict[str, Any] = {"topic": f"医保报销{number}", "note": TEXT}
        kind = "I" if seq % 2 else "U"
        if kind == "I":
            values |= {"held_on": "2026-11-20", "home_id": "T1-" + "0" * 32, "received": 3}
        base = "[]" if kind == "I" else text_of([f"{feed}:{seq - 1}"])
        body = text_of([values, secrets.token_hex(8)])
        pk = f"T1-{number:032x}"
        yield Line(seq, seq, NOW.isoformat(), "张丽", "visit", pk, kind, base, body)


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


def _floors(folder: Path, changes: int) -> dict[str, float]:
    """What each part takes by itself, over the same lines."""
    lines = list(_lines("abcdefghij.T1", changes))
    texts, out = _timed(lambda: [json.dumps(line, ensure_ascii=False) for line in lines])
    packed = "\n".join(texts).encode()
    _, zstd = _timed(lambda: zstandard.compress(packed, 3))
    _, read = _timed(lambda: [json.loads(text) for text in texts])
    _, sha = _timed(lambda: [hashlib.sha256(text.encode()).hexdigest() for text in texts])
    record = ("T1", *("x" * 8 for _ in COLUMNS[1:]))
    records = [(line.pk, *record[1:]) for line in lines[::2]]
    with closing(sqlite3.connect(folder / "floor.db", isolation_level=None)) as bare:
        for pragma in PRAGMAS:
            bare.execute(f"PRAGMA {pragma}")
        bare.execute(f"create table log ({', '.join(Line._fields)}, primary key (tab, seq))")
        bare.execute("create index row on log (tab, pk)")
        bare.execute(f"create table record ({', '.join(COLUMNS)}, primary key (id))")
        log = _timed(lambda: _written(bare, "log", lines))[1]
        table = _timed(lambda: _written(bare, "record", records))[1]
    names = ("JSON out", "zstd", "JSON in", "SHA-256", "log", "records")
    return dict(zip(names, (out, zstd, read, sha, log, table), strict=True))


def _written(bare: sqlite3.Connection, table: str, rows: list[Any]) -> None:
    marks = ", ".join("?" * len(rows[0]))
    bare.execute("begin")
    bare.executemany(f"insert into {table} values ({marks})", rows)
    bare.execute("commit")


if __name__ == "__main__":
    main()
