"""A read that went wrong is no damaged file: the file is opened anew and looked at first."""

import shutil
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from deputydesk.database import engines, opening
from deputydesk.errors import Damaged, UserError
from deputydesk.models import Visit
from deputydesk.office import Office
from tests.journal import samples


@pytest.fixture
def path(empty_file: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(empty_file, tmp_path / "office.db"))


def stumble(name: str = "SQLITE_CORRUPT") -> sqlite3.DatabaseError:
    error = sqlite3.DatabaseError("database disk image is malformed")
    error.sqlite_errorname = name
    return error


def read_badly(_session: Session) -> None:
    raise stumble()


def test_a_bad_read_is_told_as_that_and_the_next_one_is_well(path):
    with samples.opened(path) as office:
        samples.visit(office, "道路")

        with pytest.raises(UserError, match="再读一遍，数据是好的") as told:
            office.ask(read_badly)

        assert not isinstance(told.value, Damaged)
        assert office.ask(samples.topics) == ["道路"]
        samples.visit(office, "饮水")
        assert office.check() == []


def test_what_was_read_wrongly_is_not_read_again_from_memory(path):
    with samples.opened(path) as office:
        office.ask(samples.topics)
        before = office.data.engine.pool

        with pytest.raises(UserError):
            office.ask(read_badly)

        assert office.data.engine.pool is not before
        assert office.data.reader.pool is office.data.engine.pool


def test_a_file_that_is_damaged_under_an_open_office_is_called_so(path):
    office = Office.open(path, clock=samples.clock, user=samples.ZHANG)
    for number in range(50):
        samples.visit(office, f"第{number}次")
    office.data.engine.dispose()
    content = bytearray(path.read_bytes())
    content[4096:] = b"\xa5" * (len(content) - 4096)
    path.write_bytes(content)

    with pytest.raises(Damaged, match="已损坏"):
        office.ask(lambda session: session.scalars(select(Visit.topic)).all())

    office.close()


def test_what_no_second_look_would_find_is_believed_at_once(path):
    """Half a character in a text: every page is as it should be."""
    with samples.opened(path) as office:
        with office.data.engine.begin() as connection:
            half = "insert into visit (id, topic) values ('T1-1', cast(x'E6' as text))"
            connection.execute(text(half))

        with pytest.raises(Damaged, match="已损坏"):
            office.ask(samples.topics)


def test_a_file_that_opens_the_second_time_is_opened(path, monkeypatch):
    tries = []
    version = opening._version

    def once_badly(engine, of):
        tries.append(of)
        if len(tries) == 1:
            raise stumble("SQLITE_NOTADB")
        return version(engine, of)

    monkeypatch.setattr(opening, "_version", once_badly)

    with samples.opened(path) as office:
        assert office.ask(samples.topics) == []
    assert len(tries) == 2


@pytest.mark.parametrize("code", [266, 8458])
def test_a_disk_that_cannot_be_read_is_told_as_that_and_not_as_damage(path, monkeypatch, code):
    """SQLite tells it as an answer of its check: page so and so could not be got."""
    said = f"*** in database main ***\nPage 3: unable to get the page. error code={code}"
    answered = Answering(said)

    with samples.opened(path) as office:
        monkeypatch.setattr(office.data.engine, "raw_connection", lambda: answered)

        with pytest.raises(UserError, match="读写时磁盘出错") as told:
            engines.refuse_damaged(office.data.engine, path)

    assert not isinstance(told.value, Damaged)
    assert answered.looks == engines.LOOKS


class Answering:
    """A connection, and its cursor, whose check answers as it is told to."""

    def __init__(self, said: str) -> None:
        self._said = said
        self.looks = 0

    def cursor(self) -> "Answering":
        return self

    def execute(self, _statement: str) -> None:
        self.looks += 1

    def fetchone(self) -> tuple[str]:
        return (self._said,)

    def close(self) -> None:
        pass


def test_a_read_fault_while_the_check_runs_is_no_damage(path, monkeypatch):
    answers = iter([stumble("SQLITE_IOERR_READ"), stumble("SQLITE_IOERR_READ"), None])
    sound = engines._is_sound

    def now_and_then(engine, tables):
        if error := next(answers):
            raise error
        return sound(engine, tables)

    monkeypatch.setattr(engines, "_is_sound", now_and_then)

    with samples.opened(path) as office:
        assert office.ask(samples.topics) == []
