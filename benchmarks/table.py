"""Long lists: a letter typed in search, painting, scrolling, sorting; the real register of money.

In one process beside C++: the same texts in a QStandardItemModel with Qt's own delegate. CPU time
of the whole process, threads too, unless it says wall. The rows are written past the journal.
"""

import gc
import os
import random
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack, closing
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks._measure import Target, targets

if TYPE_CHECKING:
    from PySide6.QtWidgets import QTableView

    from deputydesk.office import Office
    from deputydesk.ui.table import RowsTable

    Table = RowsTable[Any]  # Any: rows of expenses

NOW = datetime(2026, 11, 23, 9, 0)
SIZE = 1100, 730
REAL, LARGE, HUGE = 20_000, 100_000, 1_000_000
ROUNDS = 41
TYPED = (
    "水",
    "水管",
    "水管维",
    "王",
    "王伟",
    "误",
    "误工",
    "无此事项",
    "2",
    "25",
    "资料",
    "培训班",
)
WHAT = (
    "印制学习资料",
    "召开座谈会用水",
    "维修水管",
    "误工补贴",
    "培训班场地",
    "走访慰问",
    "购买桌椅",
)
EPOCH = 1_700_000_000_000


def main() -> None:
    """Print rows 7 to 10 of what the desk should reach."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    gc.disable()  # as the program does: see ui/garbage.py
    from PySide6.QtWidgets import QApplication

    from deputydesk.ui import style

    app = QApplication(sys.argv[:1])
    style.apply(app, style.LIGHT, 1.0)
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        offices = {
            count: stack.enter_context(closing(_office(Path(name) / str(count), count)))
            for count in (REAL, LARGE, HUGE)
        }
        peer = _peer(offices[LARGE])
        floor = _floor(peer)
        _paint(floor, offices[LARGE])
        _type(floor, peer, offices[LARGE])
        _scroll(offices[REAL], offices[HUGE])
        _sort(offices[LARGE])


# ---------------------------------------------------------------- the data


def _office(folder: Path, count: int) -> "Office":
    from sqlalchemy.orm import Session

    from deputydesk.office import Office, User
    from deputydesk.search import index

    folder.mkdir()
    office = Office.create(folder / "office.db", code="B1", clock=_now, user=User("张丽"))
    path = office.data.path
    assert path, "a file was made"
    office.close()
    with closing(sqlite3.connect(path)) as plain, plain:
        plain.execute("PRAGMA synchronous=OFF")
        _write(plain, count)
    office = Office.open(path, clock=_now, user=User("张丽"))
    if count == LARGE:  # the one that is looked into
        with Session(office.data.engine) as session, session.begin():
            index.rebuild(session)
    return office


def _now() -> datetime:
    return NOW


def _write(plain: sqlite3.Connection, count: int) -> None:
    from deputydesk.models import Expense, Mandate, Person
    from deputydesk.models.base import blank, columns_of
    from deputydesk.models.choices import Level
    from deputydesk.models.expense import ExpenseKind

    dice = random.Random(1)
    kinds, levels = [k.value for k in ExpenseKind], [one.value for one in Level]
    names = ("王伟", "李娜", "张强", "乌云其木格", "刘洋")

    def insert(model: Any, rows: Any) -> None:
        empty = {c.key: blank(c) for c in columns_of(model)}
        fixed = {k: v.value if hasattr(v, "value") else v for k, v in empty.items()}
        keys = list(fixed)
        marks = ",".join("?" * len(keys))
        sql = f"INSERT INTO {model.__tablename__} ({','.join(keys)}) VALUES ({marks})"
        plain.executemany(sql, ([(fixed | row)[key] for key in keys] for row in rows))

    insert(Person, ({"id": _id(n), "name": names[n % 5] + f"{n:02}"} for n in range(60)))
    insert(Mandate, ({"id": _id(n), "person_id": _id(n), "level": levels[0]} for n in range(60)))
    insert(
        Expense,
        (
            {
                "id": _id(n),
                "number": n + 1,
                "spent_on": str(date(2017, 1, 1) + timedelta(n * 3600 // count)),
                "kind": kinds[dice.randrange(len(kinds))],
                "level": levels[dice.randrange(len(levels))],
                "content": WHAT[dice.randrange(len(WHAT))] + f"（{dice.randrange(3000)}）",
                "amount": dice.randrange(1_000, 900_000),
                "voucher_no": f"记-{dice.randrange(100_000):05}",
                "mandate_id": _id(dice.randrange(60)),
            }
            for n in range(count)
        ),
    )


def _id(number: int) -> str:
    return f"B1-{(EPOCH + number) << 80 | 7 << 76 | number:032x}"


# ---------------------------------------------------------------- what is measured


def _register(office: "Office") -> "Table":
    from deputydesk.ui.registers.expenses import EXPENSES
    from deputydesk.ui.table import RowsTable

    table: Table = RowsTable(EXPENSES.columns, name="经费支出列表")
    table.resize(*SIZE)
    table.show()
    _list(table, office)
    _settle(table)
    table.setFocus()
    table.selectRow(2)
    return table


def _list(table: "Table", office: "Office", words: Sequence[str] = ()) -> None:
    """List what holds the words, as the register's view does."""
    from deputydesk.operations.listing import Wanted
    from deputydesk.ui.register_source import source_of
    from deputydesk.ui.registers.expenses import EXPENSES

    paged = EXPENSES.paged
    assert paged, "it is read page by page"
    wanted = Wanted(NOW.date(), words=tuple(words))
    table.set_source(source_of(office, paged, wanted, HUGE, with_counts=False))


def _settle(table: "Table") -> None:
    from PySide6.QtWidgets import QApplication

    while table.rows.is_arranging:
        QApplication.processEvents()
        time.sleep(0.001)
    QApplication.processEvents()


def _peer(office: "Office") -> "QTableView":
    """The same texts in a table of C++ alone."""
    from PySide6.QtGui import QStandardItem, QStandardItemModel
    from PySide6.QtWidgets import QApplication, QTableView

    table = _register(office)
    columns = table.rows.columns
    model = QStandardItemModel(0, len(columns))
    model.setHorizontalHeaderLabels([column.title for column in columns])
    for number in range(60):
        row = table.rows.row(number)
        model.appendRow([QStandardItem(column.text(row)) for column in columns])
    view = QTableView()
    view.setModel(model)
    view.setWordWrap(False)
    view.setShowGrid(False)
    view.verticalHeader().hide()
    view.verticalHeader().setDefaultSectionSize(table.rowHeight(0))
    view.resize(*SIZE)
    for number in range(len(columns)):
        view.setColumnWidth(number, table.columnWidth(number))
    view.show()
    QApplication.processEvents()
    return view


def _floor(peer: "QTableView") -> float:
    """CPU ms of a repaint of it, time after time."""
    spent = [_cpu(peer.viewport().repaint) for _ in range(ROUNDS)]
    print(f"\nPainting {SIZE[0]} × {SIZE[1]} pixels; CPU ms, {ROUNDS} rounds")
    _line("C++: QStandardItemModel, Qt's delegate", spent)
    return statistics.median(spent)


def _paint(floor: float, office: "Office") -> None:
    table = _register(office)
    spent = [_cpu(table.viewport().repaint) for _ in range(ROUNDS)]
    _line("the register, nothing changed", spent)
    targets([Target("repaint against C++, CPU", statistics.median(spent) / floor, 1.0)])


def _type(floor: float, peer: "QTableView", office: "Office") -> None:
    table = _register(office)
    quick: list[float] = []
    whole: list[float] = []
    blocked: list[float] = []
    between: list[float] = []
    for _ in range(4):
        for words in TYPED:
            began, wall = time.process_time(), time.perf_counter()
            _list(table, office, words.split())
            blocked.append((time.perf_counter() - wall) * 1000)
            while not table.rows.is_first_there:
                table.rows.poll()
            table.viewport().repaint()
            quick.append((time.process_time() - began) * 1000)
            _settle(table)
            whole.append((time.process_time() - began) * 1000)
            between.append(_cpu(peer.viewport().repaint))
    print(f"\nA letter typed in search, {LARGE:,} rows; CPU ms until painted")
    _line("first rows found and painted", quick)
    _line("all found, counted and added up (a thread)", whole)
    _line("set_source holds the window up, wall", blocked)
    _line("a C++ repaint between two letters", between)
    p95, turn = _p95(quick), statistics.median(between)
    print(f"  p95 against C++ repaints one after another, with nothing between: {p95 / floor:.2f}x")
    targets(
        [
            Target("keystroke p95 against a C++ repaint in its turn, CPU", p95 / turn, 2.0),
            Target("keystroke p95, CPU", p95, 16, " ms"),
            Target("longest block by a keystroke, wall", max(blocked), 50, " ms"),
        ]
    )


def _scroll(small: "Office", huge: "Office") -> None:
    print(f"\nScrolling {HUGE:,} rows against {REAL:,}; CPU ms")
    found: dict[str, list[float]] = {}
    tables = {"small": _register(small), "huge": _register(huge)}
    dice = random.Random(2)
    for number in range(ROUNDS * 2):
        for name, table in tables.items():
            bar = table.verticalScrollBar()
            step = dice.randrange(bar.maximum())
            moves = (("wheel", bar.value() + 99), ("thumb", step))
            kind, to = moves[number % 2]
            found.setdefault(f"{kind} {name}", []).append(_cpu(partial(_go, table, bar, to)))
    for name, spent in found.items():
        _line(name, spent)
    ratio = {
        kind: statistics.median(found[f"{kind} huge"]) / statistics.median(found[f"{kind} small"])
        for kind in ("wheel", "thumb")
    }
    targets([Target(f"{kind} at a million rows", value, 1.3) for kind, value in ratio.items()])


def _go(table: "QTableView", bar: Any, to: int) -> None:  # Any: a scroll bar
    bar.setValue(min(to, bar.maximum()))
    table.viewport().repaint()


def _sort(office: "Office") -> None:
    from PySide6.QtCore import Qt

    table = _register(office)
    path = office.data.path
    assert path, "a file was made"
    print(f"\nSorting {LARGE:,} rows by each column, until the first screen is right")
    longest: list[float] = []
    worst: list[Sequence[float]] = []
    with closing(sqlite3.connect(path)) as plain:
        ask = "SELECT id FROM expense ORDER BY content LIMIT 60"
        floor = [_cpu(lambda: plain.execute(ask).fetchall()) for _ in range(7)]
    _line("SELECT id … ORDER BY content LIMIT 60, CPU", floor)
    for number, column in enumerate(table.rows.columns):
        waits: list[float] = []
        for order in (Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder) * 3:
            began, wall = time.process_time(), time.perf_counter()
            table.sortByColumn(number, order)
            held = time.perf_counter() - wall
            while not table.rows.is_first_there:
                time.sleep(0.001)
                at = time.perf_counter()
                table.rows.poll()
                held = max(held, time.perf_counter() - at)
            table.viewport().repaint()
            waits.append((time.process_time() - began) * 1000)
            _settle(table)
            longest.append(held * 1000)
        _line(f"{column.title}, CPU with painting", waits)
        worst.append(waits)
    _line("sorting holds the window up, wall", longest)
    slowest = max(map(statistics.median, worst))
    targets(
        [
            Target("slowest column, first screen, CPU", slowest, 50, " ms"),
            Target("longest block by sorting, wall", max(longest), 50, " ms"),
        ]
    )


def _cpu(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return (time.process_time() - began) * 1000


def _p95(spent: Sequence[float]) -> float:
    return sorted(spent)[round(len(spent) * 0.95) - 1]


def _line(name: str, spent: Sequence[float]) -> None:
    print(
        f"  {name:52}median {statistics.median(spent):7.1f}   p95 {_p95(spent):7.1f}"
        f"   most {max(spent):7.1f}"
    )


if __name__ == "__main__":
    main()
