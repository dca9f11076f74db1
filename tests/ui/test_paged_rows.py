"""Long lists are read page by page."""

from dataclasses import dataclass
from threading import Event

import pytest

from deputydesk.ui.paged_rows import KEPT, PAGE, LateRows, PagedRows, Source
from deputydesk.ui.table import Column, RowsModel, RowsTable

IDS = [f"r{n}" for n in range(10_000)]


@dataclass(frozen=True)
class Row:
    id: str


class Reader:
    def __init__(self):
        self.read = []

    def fetch(self, ids):
        self.read += ids
        return [Row(record_id) for record_id in ids]


@pytest.fixture
def reader():
    return Reader()


@pytest.fixture
def rows(reader):
    return PagedRows(IDS, reader.fetch)


def test_only_the_page_in_sight_is_read(rows, reader):
    assert (len(rows), rows[70].id, rows[PAGE].id) == (10_000, "r70", f"r{PAGE}")
    assert reader.read == IDS[64:96] + IDS[PAGE : 2 * PAGE]
    assert rows[-1].id == "r9999"
    assert [row.id for row in rows[2:4]] == ["r2", "r3"]


def test_pages_longest_out_of_sight_are_forgotten(rows, reader):
    for page in range(KEPT + 1):
        assert rows[page * PAGE].id == f"r{page * PAGE}"
    reader.read.clear()

    assert rows[KEPT * PAGE].id == f"r{KEPT * PAGE}"
    assert reader.read == []
    assert rows[0].id == "r0"
    assert reader.read == IDS[:PAGE]


def test_a_record_is_found_without_reading_any(rows, reader):
    assert (rows.place("r4711"), rows.place("x")) == (4711, -1)
    assert reader.read == []


def test_all_are_read_for_a_file_or_for_sorting(rows, qtbot):
    model = RowsModel((Column("编号", lambda r: r.id, sort=lambda r: -int(r.id[1:])),))
    model.set_rows(rows)
    qtbot.waitUntil(lambda: not model.is_arranging)
    assert model.place("r9") == 9

    model.sort(0)
    qtbot.waitUntil(lambda: not model.is_arranging)

    assert model.row(0).id == "r9999"
    assert [row.id for row in rows] == IDS


def test_late_rows_are_read_when_one_is_looked_at(reader):
    late = LateRows(3, lambda: reader.fetch(IDS[:3]))
    model = RowsModel((Column("记录号", lambda row: row.id),))
    model.set_rows(late)

    assert (len(late), model.rowCount(), reader.read) == (3, 3, [])
    assert model.row(1).id == "r1"
    assert [row.id for row in late[1:]] == ["r1", "r2"]
    assert [row.id for row in late] == IDS[:3] == reader.read
    assert (model.place("r2"), model.place("r9")) == (2, -1)


def test_late_rows_are_as_many_as_were_found(reader):
    late = LateRows(3, lambda: reader.fetch(IDS[:2]))

    assert [row.id for row in late] == ["r0", "r1"]
    assert len(late) == 2


def test_a_list_that_nobody_sees_is_not_read_to_be_measured(qtbot, reader):
    table = RowsTable((Column("记录号", lambda row: row.id),), name="档案")
    qtbot.addWidget(table)

    table.set_rows(LateRows(3, lambda: reader.fetch(IDS[:3])))
    assert (table.rows.rowCount(), reader.read) == (3, [])

    table.show()
    assert reader.read == IDS[:3]


def test_columns_of_a_long_list_keep_still_until_all_is_found(qtbot):
    columns = (Column("编号", lambda row: row.id), Column("页", lambda _row: "1", 60))
    table = RowsTable(columns, name="档案")
    qtbot.addWidget(table)
    table.resize(400, 300)
    table.show()

    go_on = Event()

    def look_for(sign):
        ids = [sign * 20 + str(n) for n in range(300)]

        def find(_arrangement, most):
            return ids[:most] if most or go_on.wait(30) else []

        table.set_source(Source(9_000, find, lambda some: [Row(one) for one in some]))
        qtbot.waitUntil(lambda: table.rows.is_first_there)

    go_on.set()
    look_for("i")
    qtbot.waitUntil(lambda: not table.rows.is_arranging)
    narrow = table.columnWidth(0)
    go_on.clear()
    look_for("长")
    meanwhile = table.columnWidth(0)
    go_on.set()
    qtbot.waitUntil(lambda: not table.rows.is_arranging)

    assert meanwhile == narrow
    assert table.columnWidth(0) > narrow
