"""What opening each page costs with ten years of a district in the data file.

In one process, after everything was imported: a page is made, shown, reads what it shows, and is
painted. Beside it a bare page, shown the same way, and the page's own SQL without the program.
Then every register of a page is turned to, and shown with all its years; and the cockpit is turned
to each of its views and periods.
"""

import gc
import os
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Generator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks._measure import Target, targets

if TYPE_CHECKING:
    from deputydesk.ui.desk import Desk
    from deputydesk.ui.page import Page

ROUNDS = 5
SIZE = 1190, 690
MOST_MS = 150
KEPT = "DEPUTYDESK_DISTRICT"
"""Names a folder in which the data file stays, to measure again without making it."""

Statement = tuple[str, Any]  # Any: its parameters


@dataclass
class Opened:
    """What opening took each time, in CPU milliseconds, and what it asked of SQLite."""

    name: str
    rounds: list[float] = field(default_factory=list[float])
    statements: list[Statement] = field(default_factory=list[Statement])

    @property
    def first(self) -> float:
        """The first time, when statements are put together."""
        return self.rounds[0]

    @property
    def again(self) -> float:
        """The median of the other times."""
        return statistics.median(self.rounds[1:])


def main() -> None:
    """Print the tables; DEPUTYDESK_PAGES names the pages to open, if not all."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    gc.disable()  # as the program does: see ui/garbage.py
    with tempfile.TemporaryDirectory() as name:
        _measure(Path(os.environ.get(KEPT) or name))


def _measure(folder: Path) -> None:
    from PySide6.QtWidgets import QApplication

    from benchmarks import _decade
    from deputydesk.ui import style
    from deputydesk.ui.desk import Desk
    from deputydesk.ui.pages import PAGES

    app = QApplication(sys.argv[:1])
    style.apply(app, style.LIGHT, 1.0)
    with closing(_decade.opened(folder)) as office:
        desk = Desk(folder, office.clock)
        desk.attach(office)
        wanted = os.environ.get("DEPUTYDESK_PAGES", "").split()
        specs = [spec for spec in PAGES if not wanted or spec.name in wanted]
        for spec in specs:
            import_module(f"deputydesk.ui.pages.{spec.name}")
        bare = _opened_often("bare page", _bare_page, desk)
        opened = [_opened_often(spec.name, spec.make, desk) for spec in specs]
        path = office.data.path
        assert path, "a file was made"
        with closing(sqlite3.connect(path)) as plain:
            _tell(bare, opened, plain)
        _tell_registers(desk, [spec.make for spec in specs])
        if not wanted or "cockpit" in wanted:
            _tell_cockpit(desk)


def _bare_page(desk: "Desk") -> "Page":
    from deputydesk.ui.page import Page

    class Bare(Page):
        title = "空白"

        def refresh(self) -> None:
            """Nothing is read."""

    return Bare(desk)


def _opened_often(name: str, make: "Callable[[Desk], Page]", desk: "Desk") -> Opened:
    opened = Opened(name)
    for number in range(ROUNDS + 1):
        with _listening(opened.statements if number == 1 else []):
            began = time.process_time()
            page = _shown(make, desk)
            opened.rounds.append((time.process_time() - began) * 1000)
        _put_away(page)
    return opened


def _shown(make: "Callable[[Desk], Page]", desk: "Desk") -> "Page":
    from PySide6.QtWidgets import QApplication

    page = make(desk)
    page.resize(*SIZE)
    page.show()
    page.read_again()
    QApplication.processEvents()
    return page


def _put_away(page: "Page") -> None:
    from PySide6.QtCore import QCoreApplication, QEvent

    page.close()
    page.deleteLater()
    QCoreApplication.sendPostedEvents(page, QEvent.Type.DeferredDelete)
    gc.collect()


@contextmanager
def _listening(statements: list[Statement]) -> Generator[None]:
    """Keep every statement that is sent to SQLite meanwhile."""
    from sqlalchemy import Engine, event

    def hear(
        _connection: Any, _cursor: Any, sql: str, values: Any, *_: Any
    ) -> None:  # Any: SQLAlchemy's own
        if sql.startswith(("SELECT", "WITH")):
            statements.append((sql, values))

    event.listen(Engine, "before_cursor_execute", hear)
    try:
        yield
    finally:
        event.remove(Engine, "before_cursor_execute", hear)


def _asked(plain: sqlite3.Connection, statements: Sequence[Statement]) -> tuple[float, int]:
    """CPU milliseconds of the same statements without the program, and the rows they give."""
    rows, spent = 0, [0.0] * 3
    for number in range(len(spent)):
        began, rows = time.process_time(), 0
        for sql, values in statements:
            rows += len(plain.execute(sql, values).fetchall())
        spent[number] = (time.process_time() - began) * 1000
    return statistics.median(spent), rows


def _tell(bare: Opened, opened: Sequence[Opened], plain: sqlite3.Connection) -> None:
    print(f"\nOpening a page, CPU; medians of {ROUNDS} rounds after a first one")
    heads = ("first ms", "again ms", "of bare", "SQL ms", "of SQL", "queries", "rows")
    print(f"  {'':16}" + "".join(f"{head:>10}" for head in heads))
    print(f"  {bare.name:16}{bare.first:10.1f}{bare.again:10.1f}")
    for page in opened:
        sql, rows = _asked(plain, page.statements)
        print(
            f"  {page.name:16}{page.first:10.1f}{page.again:10.1f}{page.again / bare.again:9.1f}x"
            f"{sql:10.1f}{page.again / (sql or 1):9.1f}x{len(page.statements):10}{rows:10}"
        )
    targets([Target(f"opening {p.name}, CPU", p.again, MOST_MS, " ms") for p in opened])


def _tell_registers(desk: "Desk", makes: "Sequence[Callable[[Desk], Page]]") -> None:
    from deputydesk.ui.registers_page import RegistersPage

    print("\nTurning to a register, and then to all its years, CPU ms; rows in the list")
    for make in makes:
        page = _shown(make, desk)
        if isinstance(page, RegistersPage):
            for number in range(len(page.registers)):
                _tell_register(page, number)
        _put_away(page)


def _tell_register(page: Any, number: int) -> None:  # Any: a RegistersPage
    from PySide6.QtWidgets import QApplication

    spent: list[str] = []
    for year in (0, page.year.count() - 1):
        began = time.process_time()
        if year == 0 and number:
            page.chips.group.button(number).setChecked(True)
        else:
            page.year.setCurrentIndex(year)
            page.refresh()
        QApplication.processEvents()
        took = (time.process_time() - began) * 1000
        spent.append(f"{took:10.1f}{page.view.table.rows.rowCount():8}")
    print(f"  {page.title:8}{page.view.register.title:　<12}" + "".join(spent))


def _tell_cockpit(desk: "Desk") -> None:
    """What turning to each view of the cockpit takes, of each period."""
    from PySide6.QtWidgets import QApplication

    from deputydesk.ui.pages.cockpit import VIEWS, CockpitPage
    from deputydesk.ui.period_choice import NAMES

    print("\nTurning the cockpit to a view of a period, CPU ms")
    print(f"  {'':16}" + "".join(f"{view:>8}" for view in VIEWS))
    page: Any = _shown(CockpitPage, desk)
    for place, name in enumerate(NAMES[:-1]):
        spent: list[float] = []
        for view in range(len(VIEWS)):
            page.views.group.button(view).setChecked(True)
            page.period.chips.group.button(place).setChecked(True)
            rounds: list[float] = []
            for _ in range(3):
                began = time.process_time()
                page.refresh()
                QApplication.processEvents()
                rounds.append((time.process_time() - began) * 1000)
            spent.append(statistics.median(rounds))
        print(f"  {name:　<8}" + "".join(f"{took:12.1f}" for took in spent))
    _put_away(page)


if __name__ == "__main__":
    main()
