"""A read that went wrong is no damaged file: it is opened anew, and read twice, before it is."""

import contextlib
import shutil
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import Engine, StaticPool, select, text
from sqlalchemy.orm import Session

from deputydesk.database import copies, engines, opening, proof
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
    damaged_file(path)

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
    assert len(tries) == 3  # badly, on what the disk gives, and again


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
    assert answered.looks == proof.LOOKS


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


# ---------------------------------------------------------------- what is believed
def damaged_file(path: Path) -> Path:
    content = bytearray(path.read_bytes())
    content[4096:] = b"\xa5" * (len(content) - 4096)
    path.write_bytes(content)
    return path


def opened_badly(path: Path) -> UserError:
    before = path.read_bytes()
    with pytest.raises(UserError) as told:
        samples.opened(path).__enter__()
    assert path.read_bytes() == before
    return told.value


def test_a_file_that_sqlite_never_reads_well_is_not_damaged_if_its_bytes_are_sound(
    path, monkeypatch
):
    looked = []
    sound = engines._is_sound

    def badly_from_disk(engine, tables):
        is_of_file = not isinstance(engine.pool, StaticPool)
        looked.append(is_of_file)
        return not is_of_file and sound(engine, tables)

    monkeypatch.setattr(engines, "_is_sound", badly_from_disk)

    told = opened_badly(path)

    assert not isinstance(told, Damaged)
    assert "读不出来" in str(told)
    assert "没有改动它" in str(told)
    assert looked == [True, False] * proof.LOOKS


def test_a_damaged_file_is_called_so_at_the_first_look(path, monkeypatch):
    looked = []
    version = opening._version

    def counted(engine: Engine, of: Path) -> str:
        looked.append(of)
        return version(engine, of)

    monkeypatch.setattr(opening, "_version", counted)

    assert isinstance(opened_badly(damaged_file(path)), Damaged)
    assert len(looked) == 2


def test_a_disk_that_gives_other_bytes_the_second_time_proves_nothing(path, tmp_path, monkeypatch):
    other = Path(shutil.copy(path, tmp_path / "other"))
    turns = iter([damaged_file(path), other] * proof.LOOKS)
    from_disk = proof._from_disk
    monkeypatch.setattr(proof, "_from_disk", lambda _path: from_disk(next(turns)))

    told = opened_badly(path)

    assert not isinstance(told, Damaged)
    assert "读不出来" in str(told)


def test_a_disk_that_gives_nothing_the_second_time_proves_nothing(path, monkeypatch):
    damaged_file(path)

    @contextlib.contextmanager
    def refused(_path):
        raise OSError(5, "Input/output error")
        yield

    monkeypatch.setattr(proof, "_from_disk", refused)

    assert not isinstance(opened_badly(path), Damaged)


def test_a_damaged_file_too_large_for_the_memory_is_believed_when_it_could_be_read(
    path, monkeypatch
):
    def too_large(*_args):
        raise MemoryError

    damaged_file(path)
    monkeypatch.setattr(proof, "_is_damaged", too_large)

    assert isinstance(opened_badly(path), Damaged)


def test_a_file_that_no_memory_takes_is_damaged_when_it_is_so_each_time(path, monkeypatch):
    monkeypatch.setattr(proof, "PLAIN", object())
    says = iter([stumble(), stumble(), None, None])

    def now_and_then(_engine: Engine) -> str:
        if error := next(says):
            raise error
        return "sound"

    assert proof.surely(engines.data_engine(path), path, now_and_then) == "sound"
    assert list(says) == []
    assert isinstance(opened_badly(damaged_file(path)), Damaged)


@pytest.mark.parametrize(
    ("journal", "is_proven"), [(b"\xd9\xd5", False), (b"\0\0", True), (b"", True), (None, False)]
)
def test_a_file_with_a_write_to_be_rolled_back_is_not_judged_by_its_bytes(path, journal, is_proven):
    """What cannot be opened as a journal may be one."""
    beside = copies.journal_of(path)
    if journal is None:
        beside.mkdir()
    else:
        beside.write_bytes(journal)

    def stumbling(_engine: Engine) -> None:
        raise stumble()

    with pytest.raises(UserError) as told:
        proof.surely(engines.data_engine(path), path, stumbling)

    assert isinstance(told.value, Damaged) is is_proven


def test_what_is_refused_for_something_else_in_memory_is_refused_so_the_next_time(path):
    said = iter([stumble(), UserError("不是数据。"), UserError("不是数据。")])

    def refusing(_engine: Engine) -> None:
        raise next(said)

    with pytest.raises(UserError, match=r"不是数据。") as told:
        proof.surely(engines.data_engine(path), path, refusing)

    assert not isinstance(told.value, Damaged)


def test_a_copy_that_is_read_badly_says_nothing_of_the_file(path, tmp_path, monkeypatch):
    @contextlib.contextmanager
    def badly(_to):
        yield
        raise Damaged("已损坏。")

    monkeypatch.setattr(copies, "faults", badly)

    with pytest.raises(UserError, match="副本.*没有通过检查") as told:
        copies.copy_to(engines.data_engine(path), tmp_path / "copy.db")

    assert not isinstance(told.value, Damaged)
    assert [one.name for one in tmp_path.iterdir()] == ["office.db"]
