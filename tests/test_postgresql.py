"""The same office on PostgreSQL: the tests of office and journal again, and what is its own."""

import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sized
from contextlib import AbstractContextManager, closing
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from deputydesk import database
from deputydesk.cli import calls
from deputydesk.errors import FieldError, UserError
from deputydesk.exchange import backup, sheets
from deputydesk.journal.values import models
from deputydesk.models.expense import ExpenseKind
from deputydesk.office import Office
from deputydesk.operations import expenses, figures, listing, point_rows, points, visit_list
from deputydesk.operations.listing import Wanted
from deputydesk.rules.cell_filters import Arrangement
from deputydesk.rules.quarters import Quarter
from deputydesk.search import query
from tests import make
from tests.journal import samples
from tests.journal.test_history import *  # noqa: F403 - collected here too, with our `office`
from tests.journal.test_machine import *  # noqa: F403 - as above
from tests.journal.test_undo import *  # noqa: F403 - as above
from tests.older import older_program
from tests.operations import duty_case, every_case, every_duty
from tests.search.world import World, compared, indexed
from tests.test_office import *  # noqa: F403 - as above
from tests.test_office import assert_both_kept_all, write_from_two

__all__ = ["older_program"]

NAMES = (f"office{n}" for n in count(1))


class Server:
    """A cluster of our own: no network, one folder, gone at the end."""

    def __init__(self, binaries: Path, folder: Path) -> None:
        self._binaries = binaries
        self.folder = folder
        self._as = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        if self._as:
            shutil.chown(folder, "postgres")

    def make(self) -> None:
        self._run("initdb", "-D", "data", "-A", "trust", "-U", "postgres", "-E", "UTF8", "-N")

    def start(self) -> None:
        options = f"-k {self.folder} -c listen_addresses= -c fsync=off"
        self._run("pg_ctl", "-D", "data", "-w", "-o", options, "-l", "log", "start")

    def stop(self) -> None:
        self._run("pg_ctl", "-D", "data", "-m", "immediate", "stop")

    def url(self, name: str) -> str:
        return f"postgresql://postgres@/{name}?host={self.folder}"

    def sql(self, statement: str, name: str = "postgres") -> None:
        url = self.url(name).replace("postgresql:", "postgresql+psycopg:")
        engine = create_engine(url, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(statement))
        engine.dispose()

    def _run(self, program: str, *arguments: str) -> None:
        command = [*self._as, str(self._binaries / program), *arguments]
        subprocess.run(command, cwd=self.folder, check=True, stdout=subprocess.DEVNULL, timeout=60)


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    if not found:
        pytest.skip("PostgreSQL's programs are not installed: NOTHING here was tested")
    with tempfile.TemporaryDirectory(prefix="pg-", ignore_cleanup_errors=True) as folder:
        started = Server(found[-1], Path(folder))
        started.make()
        started.start()
        try:
            started.sql("create database empty")
            samples.create(started.url("empty")).close()
            yield started
        finally:
            started.stop()


@pytest.fixture
def url(server) -> str:
    """A database that holds an empty office."""
    name = next(NAMES)
    server.sql(f"create database {name} template empty")
    return server.url(name)


@pytest.fixture
def office(url) -> Iterator[Office]:
    with samples.opened(url) as opened:
        yield opened


@pytest.fixture(scope="module")
def examples() -> int:
    """Fewer than on SQLite: making a database takes its time."""
    return 5


@pytest.fixture(scope="module")
def make_office(server):
    """For hypothesis: a fresh office for each example."""

    def make() -> AbstractContextManager[Office]:
        name = next(NAMES)
        server.sql(f"create database {name} template empty")
        return samples.opened(server.url(name))

    return make


def test_duty_and_points_are_counted_as_on_sqlite(office):
    duty_case.five(office)
    duty_case.adopt(office, duty_case.scheme("汝州"))

    board = office.ask(points.board, Quarter(duty_case.YEAR, 2))

    totals = [(row.name, row.place, row.total) for row in board.rows]
    assert totals[:3] == [("丁一", "1", 15), ("王伟", "2", 12), ("高娃", "3", 11)]
    assert len(office.ask(point_rows.entries, Quarter(duty_case.YEAR, 2))) == 16


def test_every_operation_and_query_gives_the_same_as_on_sqlite(office, empty_file, tmp_path):
    """Arithmetic with dates, JSON and texts is where databases differ."""
    office.user = make.CLERK
    office.clock = make.at()
    with closing(make.copied_office(empty_file, tmp_path / "sqlite")) as other:
        for each in (office, other):
            place = every_duty.founded(each)
            every_case.all_cases(each, place.station)
            every_duty.all_duty(each, place)

        assert office.check() == []
        assert counted(office) == counted(other)
        assert {k: len(sheets.listing(office, k)) for k in models()} == {
            k: len(sheets.listing(other, k)) for k in models()
        }
        assert answers(office) == answers(other)


def counted(office) -> dict[str, object]:
    return {figure.id: figure.value for figure in office.ask(figures.figures)}


def answers(office) -> dict[str, int]:
    """How long the answer of every query is that needs to be told no record."""
    found = {}
    for name, asked in calls.queries().items():
        known = calls.parameters(asked)
        needed = {key for key, one in known.items() if one.default is one.empty}
        if needed <= {"today", "year"}:
            told = {"year": 2026} if "year" in known else {}
            answer = calls.ask(office, name, json.dumps(told))
            found[name] = len(answer) if isinstance(answer, Sized) else answer
    return found


def test_search_finds_what_a_comparison_finds_as_on_sqlite(office):
    world = World(office, 7)
    world.add(120)
    for _ in range(15):
        world.change()

    assert office.check() == []
    for words in world.queries(60):
        assert office.ask(indexed, words) == office.ask(compared, words), words
        assert sum(office.ask(query.counts, words).values()) == len(office.ask(indexed, words))
        whole, first = (
            office.ask(visit_list.ids, year=None, today=make.TODAY, words=words, limit=limit)
            for limit in (None, 3)
        )
        assert (len(first), set(first) <= set(whole)) == (min(3, len(whole)), True)
    with office.data.engine.begin() as behind:
        behind.execute(text("update search_fts set tokens = '{}'"))
    assert [fault.message for fault in office.check()] == ["搜索索引的词条与内容不符，需要重建。"]
    office.renew_search()
    assert office.check() == []


@pytest.mark.parametrize("is_down", [False, True])
def test_a_list_by_names_begins_as_on_sqlite_with_the_first_of_them(office, is_down):
    who = [make.deputy(office, name=name) for name in ("王伟", "李娜", "张强")]
    for mandate_id in (*who, "", *who):
        office.do(
            expenses.save,
            spent_on=make.TODAY,
            kind=ExpenseKind.MATERIAL,
            content="印资料",
            amount=1_200,
            mandate_id=mandate_id,
            over_reason="没有标准",
        )
    wanted = Wanted(make.TODAY, arrangement=Arrangement((), "代表", is_down))

    whole = office.ask(listing.ids, expenses.LISTING, wanted)
    first = office.ask(listing.ids, expenses.LISTING, wanted, 3)

    assert (len(whole), list(first)) == (7, list(whole)[:3])


def test_two_clients_that_write_at_once_lose_nothing(url, office):
    with samples.opened(url, samples.LI) as other:
        write_from_two(office, other, 15)

    assert_both_kept_all(office, 15)


def test_a_change_behind_the_app_is_found_and_healed(office):
    samples.visit(office, "道路")
    with office.data.engine.begin() as behind:
        behind.execute(text("update visit set topic = '改了', received = 7"))

    assert len(office.check()) == 2
    assert office.rebuild() == 1
    assert office.check() == []
    assert office.ask(samples.topics) == ["道路"]


def test_an_office_is_made_once_in_a_database(url):
    with pytest.raises(UserError, match="已有数据"):
        samples.create(url)


def test_a_database_that_is_not_ours_is_refused(server):
    with pytest.raises(UserError, match="不是代表履职工作台的数据"):
        Office.open(server.url("postgres"), clock=samples.clock, user=samples.ZHANG)


def test_a_newer_database_is_refused(url, server):
    server.sql("update alembic_version set version_num = '9999'", url.split("/")[3].split("?")[0])

    with pytest.raises(UserError, match="更新版本的程序"):
        Office.open(url, clock=samples.clock, user=samples.ZHANG)


def test_an_older_database_is_upgraded_when_opened(url, office, older_program):
    samples.visit(office, "道路")
    office.close()
    older_program.becomes_newer()

    with samples.opened(url) as opened:
        assert opened.ask(samples.topics) == ["道路"]
        assert opened.ask(older_program.new_column) == ["晴"]
        assert opened.check() == []


def test_a_server_that_is_not_there_is_a_sentence(tmp_path):
    with pytest.raises(UserError, match="连接不上数据库服务器"):
        samples.create(f"postgresql://postgres@/x?host={tmp_path}")


def test_a_database_that_is_not_there_is_a_sentence(server):
    with pytest.raises(UserError, match="连接不上数据库服务器"):
        Office.open(server.url("missing"), clock=samples.clock, user=samples.ZHANG)


def test_an_address_that_cannot_be_read_is_a_sentence():
    with pytest.raises(UserError, match="数据库地址写得不对"):
        Office.open("postgresql://h:port/a", clock=samples.clock, user=samples.ZHANG)


def test_a_server_that_goes_away_is_a_sentence_and_work_goes_on_when_it_is_back(
    url, office, server
):
    samples.visit(office, "道路")
    server.stop()
    server.start()

    samples.visit(office, "饮水")

    assert office.ask(samples.topics) == ["道路", "饮水"]


def test_a_user_who_may_only_read_is_told_so(url, office, server):
    server.sql("create role reader login")
    server.sql("grant pg_read_all_data to reader")

    with samples.opened(url.replace("postgres@", "reader@")) as reader:
        assert reader.ask(samples.topics) == []
        with pytest.raises(UserError, match="没有权限"):
            samples.visit(reader)


def test_an_office_code_is_checked_on_the_server_too(url):
    with pytest.raises(FieldError, match="1至12位"):
        database.create(url, office="五当召", now=samples.NOW)


def test_the_server_keeps_its_own_backups(office):
    with pytest.raises(UserError, match="服务器"):
        backup.back_up(office)
    assert backup.at_close(office) is None
    assert backup.rows(office) == []


def test_a_fault_of_ours_stays_one(office):
    with pytest.raises(Exception, match="no_such_table"):
        office.ask(lambda session: session.execute(text("select * from no_such_table")))


def test_models_are_what_the_steps_make(office):
    from tests.models.test_migrations import differences

    assert differences(office.data.engine) == []
