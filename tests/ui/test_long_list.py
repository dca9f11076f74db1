"""Lists too long to be read at once: the first rows now, all of them a moment later."""

import threading
from dataclasses import dataclass

import pytest
from PySide6.QtCore import Qt

from deputydesk.errors import UserError
from deputydesk.rules.cell_filters import CellFilter
from deputydesk.ui.arranging import PAUSE
from deputydesk.ui.paged_rows import PAGE, LateRows, PagedRows, Said, Source
from deputydesk.ui.rows_model import FOUND_AT_ONCE, READ_AT_ONCE, SORTED_AT_ONCE
from deputydesk.ui.table import Column, RowsTable

MANY = FOUND_AT_ONCE + 1_000


@dataclass(frozen=True)
class Row:
    id: str
    text: str = ""

    @property
    def number(self):
        return int(self.id.removeprefix("r"))


class Archive:
    """As a register in a data file: it finds ids in order, and reads rows."""

    def __init__(self, count=MANY, columns=("编号",)):
        self.numbers = list(range(count))
        self.columns = frozenset(columns)
        self.words = ""
        self.text = ""
        self.asked = []
        self.threads = set()
        self.may_go_on = threading.Event()
        self.may_go_on.set()

    def source(self):
        return Source(
            len(self.numbers), self.find, self.read, self.columns, self.say, key=self.words
        )

    def find(self, arrangement, limit):
        if limit is None:
            self.may_go_on.wait()
        self.asked.append((arrangement, limit))
        self.threads.add(threading.current_thread())
        found = [n for n in self.numbers if self.words in f"{n}"]
        found = [n for n in found if all(f.lets_pass(f"{n}") for f in arrangement.filters)]
        found = sorted(found, reverse=arrangement.is_down) if arrangement.column else found
        return [f"r{n:05}" for n in found][:limit]

    def read(self, ids):
        return [Row(one, self.text) for one in ids if Row(one).number in self.numbers]

    def say(self, arrangement):
        return Said(f"共 {len(self.find(arrangement, None))} 条")


@pytest.fixture
def archive():
    return Archive()


@pytest.fixture
def table(qtbot):
    made = RowsTable(
        (
            Column[Row]("编号", lambda r: f"{r.number}", sort=lambda r: r.number),
            Column("位数", lambda r: f"{len(str(r.number))}", sort=lambda r: -r.number),
        ),
        name="档案",
    )
    qtbot.addWidget(made)
    made.resize(600, 300)
    made.show()
    return made


@pytest.fixture
def settled(qtbot, table):
    def wait():
        qtbot.waitUntil(lambda: not table.rows.is_arranging)

    return wait


def test_the_first_rows_are_there_before_all_are_found(table, archive, settled, qtbot):
    archive.may_go_on.clear()
    table.set_source(archive.source())
    qtbot.waitUntil(lambda: table.rows.rowCount() == PAGE)
    assert table.rows.row(3).number == 3

    archive.may_go_on.set()
    settled()

    assert table.rows.rowCount() == MANY
    assert table.rows.get(MANY - 1).number == MANY - 1
    assert threading.main_thread() not in archive.threads
    qtbot.waitUntil(lambda: table.verticalScrollBar().maximum() > MANY)


def test_what_is_said_of_all_comes_when_all_were_counted(table, archive, settled):
    said = []
    table.rows.said.connect(said.append)

    table.set_source(archive.source())
    settled()

    assert said == [Said(f"共 {MANY} 条")]


def test_a_short_list_is_there_at_once(table):
    short = Archive(FOUND_AT_ONCE)

    table.set_source(short.source())

    assert table.rows.rowCount() == FOUND_AT_ONCE
    assert short.threads == {threading.main_thread()}


def test_the_answer_to_an_older_question_is_dropped(table, archive, settled, qtbot):
    archive.may_go_on.clear()
    table.set_source(archive.source())
    qtbot.waitUntil(lambda: table.rows.rowCount() == PAGE)

    archive.words = "99"
    archive.may_go_on.set()
    table.set_source(archive.source())
    settled()
    qtbot.wait(int(PAUSE * 1500))

    assert all("99" in f"{row.number}" for row in table.rows.rows())
    assert table.rows.rowCount() == sum("99" in f"{n}" for n in range(MANY))


def test_a_heading_sorts_all_of_it_by_sql(table, archive, settled):
    table.set_source(archive.source())
    settled()

    table.sortByColumn(0, Qt.SortOrder.DescendingOrder)
    settled()

    assert table.rows.row(0).number == MANY - 1
    assert [a.column for a, _ in archive.asked][-1] == "编号"


@pytest.mark.parametrize("count", [READ_AT_ONCE, READ_AT_ONCE + 1, MANY])
def test_what_sql_cannot_sort_by_is_read_and_sorted(table, settled, count):
    archive = Archive(count)
    table.set_source(archive.source())
    settled()

    table.sortByColumn(1, Qt.SortOrder.AscendingOrder)
    settled()

    assert [table.rows.row(n).number for n in (0, count - 1)] == [count - 1, 0]
    assert {a.column for a, _ in archive.asked} == {""}


@pytest.mark.parametrize("columns", [(), ("编号",), ("编号", "位数")])
def test_a_filter_keeps_rows_whether_or_not_sql_knows_its_column(table, settled, columns):
    archive = Archive(columns=columns)
    table.set_source(archive.source())
    settled()
    said = []
    table.rows.said.connect(said.append)

    table.rows.set_filters((CellFilter("编号", "4711"),))
    settled()

    assert [row.number for row in table.rows.rows()] == [4711]
    assert said[-1].text == "共 1 条"


def test_rows_that_pass_are_shown_while_others_are_still_read(table, archive, settled):
    table.set_source(archive.source())
    settled()
    lengths = []
    table.rows.modelReset.connect(lambda: lengths.append(table.rows.rowCount()))

    table.rows.set_filters((CellFilter("位数", "1", is_out=True),))
    settled()

    assert table.rows.rowCount() == MANY - 10
    assert table.rows.row(0).number == 10
    assert lengths == [PAGE]


def test_the_user_stays_at_the_record_when_a_long_list_is_read_again(table, archive, settled):
    table.set_source(archive.source())
    settled()
    table.select("r04000")
    picked = []
    table.picked.connect(picked.append)

    archive.numbers.remove(17)
    archive.text = "改过"
    table.set_source(archive.source())
    assert table.current().text == "改过"
    settled()

    assert table.current().number == 4000
    assert table.currentIndex().row() == 3999
    assert table.selected_ids() == ("r04000",)
    assert picked[-1].text == "改过"


def test_a_record_that_is_gone_is_blank_until_the_list_is_there(table, archive, settled):
    table.set_source(archive.source())
    settled()
    table.select("r04000")
    picked = []
    table.picked.connect(picked.append)

    archive.numbers.remove(4000)
    table.set_source(archive.source())
    assert table.rows.cell(4000, 0).text == ""
    assert table.model().index(4000, 0).data() == ""
    assert table.current() is None
    settled()

    assert picked == [None]
    with pytest.raises(IndexError):
        PagedRows(["r04000"], archive.read)[0]


def test_a_record_beyond_the_first_rows_is_found_when_all_are_there(table, archive, settled):
    table.set_source(archive.source())
    settled()
    table.select("r04000")

    archive.words = "4"
    table.set_source(archive.source())
    settled()

    assert table.current().number == 4000


def test_an_error_of_the_reading_is_said(table, archive, shown_errors, qtbot):
    archive.say = None

    def refuse(*_):
        raise UserError("数据文件读不出来。")

    archive.find = refuse
    table.set_source(archive.source())

    qtbot.waitUntil(lambda: bool(shown_errors))
    assert shown_errors == ["数据文件读不出来。"]
    assert not table.rows.is_arranging


def test_a_long_list_in_memory_is_sorted_in_a_thread(table, settled):
    rows = [Row(f"r{n}") for n in range(SORTED_AT_ONCE + 1)]
    table.set_rows(rows)

    table.sortByColumn(1, Qt.SortOrder.AscendingOrder)
    reader = table.rows.reader()
    settled()

    assert table.rows.row(0).number == SORTED_AT_ONCE
    assert list(reader()) == table.rows.rows()
    table.rows.set_filters((CellFilter("编号", "5"),))
    settled()
    assert table.rows.id(0) == "r5"


def test_a_list_that_is_still_being_found_is_exported_whole(table, archive, settled, qtbot):
    archive.may_go_on.clear()
    table.set_source(archive.source())
    reader = table.rows.reader()
    archive.may_go_on.set()

    assert len(reader()) == MANY
    settled()
    assert len(table.rows.reader()()) == MANY


def test_late_rows_may_be_fewer_than_was_thought(table):
    table.set_rows(LateRows(3, lambda: [Row("r0"), Row("r1")]))

    assert table.rows.get(2) is None
    assert table.rows.id(1) == "r1"
