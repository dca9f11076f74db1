"""Whatever is wrong with the file or the disk is a sentence, and the file stays as it was."""

import getpass
import hashlib
import shutil
import socket
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from deputydesk import database
from deputydesk.database import engines, faults, lock
from deputydesk.errors import FieldError, UserError
from deputydesk.models import migrations
from deputydesk.office import Office
from tests.disks import read_only, small_disk, somebody_else
from tests.journal import samples
from tests.older import older_program

__all__ = ["older_program", "small_disk"]


@pytest.fixture
def path(empty_file, tmp_path) -> Path:
    """A closed data file that holds one visit."""
    (tmp_path / "data").mkdir()
    path = Path(shutil.copy(empty_file, tmp_path / "data" / "office.db"))
    with samples.opened(path) as office:
        samples.visit(office, "道路")
    return path


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def beside(path: Path) -> set[str]:
    return {other.name for other in path.parent.iterdir()} - {path.name, path.name + ".lock"}


def assert_refused(path: Path, sentence: str) -> None:
    """Opening says this, changes nothing, leaves nothing and keeps no lock."""
    before = digest(path)

    for _ in range(2):
        with pytest.raises(UserError, match=sentence):
            samples.opened(path).__enter__()

    assert digest(path) == before
    assert beside(path) == set()


# ------------------------------------------------------------------ making


def test_an_office_is_made_with_its_folder(tmp_path):
    path = tmp_path / "新 文件夹#1%" / "office.db"

    samples.create(path).close()

    assert beside(path) == set()
    with samples.opened(str(path)) as office:
        assert office.code == "T1"
        assert office.check() == []


def test_a_bad_disk_is_told_of_although_it_ended_the_savepoint_too(path):
    bad = sqlite3.OperationalError("disk I/O error")
    bad.sqlite_errorname = "SQLITE_IOERR"

    def work():
        try:
            raise bad
        finally:
            raise sqlite3.OperationalError("no such savepoint: one")

    with pytest.raises(UserError, match="磁盘出错"), faults(path):
        work()


def test_a_savepoint_that_nobody_made_is_a_fault_of_ours(path):
    with pytest.raises(sqlite3.OperationalError, match="savepoint"), faults(path):
        raise sqlite3.OperationalError("no such savepoint: one")


def test_an_office_does_not_replace_a_file(path):
    before = digest(path)

    with pytest.raises(UserError, match="已经存在"):
        samples.create(path)

    assert digest(path) == before


@pytest.mark.parametrize("code", ["", "T-1", "五当召", "A" * 13, "common", "T1\n"])
def test_an_office_code_is_letters_and_digits(tmp_path, code):
    with pytest.raises(FieldError, match="1至12位字母或数字") as caught:
        database.create(tmp_path / "office.db", office=code, now=samples.NOW)

    assert caught.value.field == "code"
    assert list(tmp_path.iterdir()) == []


def test_an_office_in_place_of_a_folder_is_refused(tmp_path):
    (tmp_path / "file").write_text("")

    with pytest.raises(UserError, match="没有这个文件夹"):
        samples.create(tmp_path / "file" / "office.db")


def test_where_nothing_may_be_written_no_office_is_made(tmp_path):
    with somebody_else(tmp_path), pytest.raises(UserError, match="没有权限写入"):
        samples.create(tmp_path / "office.db")

    assert list(tmp_path.iterdir()) == []


def test_on_a_full_disk_no_office_is_made(small_disk):
    (small_disk / "fill").write_bytes(bytes(2_500_000))

    with pytest.raises(UserError, match="磁盘已满"):
        samples.create(small_disk / "office.db")

    assert {path.name for path in small_disk.iterdir()} == {"fill", "office.db.lock"}


def test_an_unfinished_making_is_no_hindrance(tmp_path):
    (tmp_path / "office.db.part").write_bytes(b"half of it")

    samples.create(tmp_path / "office.db").close()

    assert beside(tmp_path / "office.db") == set()


# ------------------------------------------------------------------ one at a time


def test_a_second_opener_is_told_who_has_it(path):
    with samples.opened(path), pytest.raises(UserError) as caught:
        samples.opened(path).__enter__()

    assert getpass.getuser() in caught.value.message
    assert socket.gethostname() in caught.value.message
    assert "2026-11-23 09:00" in caught.value.message
    assert "关闭那里的程序" in caught.value.hint


def test_another_process_is_refused_too(path):
    script = (
        "import sys; from tests.journal import samples\n"
        "from deputydesk.errors import UserError\n"
        "try: samples.opened(sys.argv[1]).__enter__()\n"
        "except UserError as error: sys.stdout.buffer.write(str(error).encode())\n"
    )
    with samples.opened(path):
        command = [sys.executable, "-c", script, str(path)]
        said = subprocess.run(command, capture_output=True, check=True, timeout=60).stdout

    assert "已在别处打开" in said.decode()


def test_a_closed_file_can_be_opened_again(path):
    for _ in range(3):
        with samples.opened(path) as office:
            assert office.ask(samples.topics) == ["道路"]


def test_a_lock_that_names_nobody_is_a_lock_all_the_same(path):
    with samples.opened(path):
        (path.parent / "office.db.lock").write_text("{}")
        with pytest.raises(UserError, match="已在别处打开。"):
            samples.opened(path).__enter__()


def test_a_user_without_a_name_can_work(path, monkeypatch):
    def nobody() -> str:
        raise KeyError

    monkeypatch.setattr(lock.getpass, "getuser", nobody)

    with samples.opened(path), pytest.raises(UserError, match="已在别处打开"):
        samples.opened(path).__enter__()


# ------------------------------------------------------------------ files that are not right


def test_a_missing_file_is_not_made(tmp_path):
    with pytest.raises(UserError, match="找不到数据文件.*office.db"):
        samples.opened(tmp_path / "office.db").__enter__()

    assert list(tmp_path.iterdir()) == []


def test_a_folder_is_no_data_file(tmp_path):
    with pytest.raises(UserError, match="找不到数据文件"):
        samples.opened(tmp_path).__enter__()


@pytest.mark.parametrize(
    "content", [b"", b"\x00" * 9000, "不是数据库".encode() * 999, b"SQLite format 3"]
)
def test_a_file_that_is_no_database_is_refused(path, content):
    path.write_bytes(content)

    assert_refused(path, "不是")


@pytest.mark.parametrize("mode", ["delete", "wal"])
def test_anothers_sqlite_file_is_refused(path, mode):
    path.unlink()
    with closing(sqlite3.connect(path)) as other:
        other.execute(f"pragma journal_mode={mode}")
        other.execute("create table alembic_version (version_num)")

    assert_refused(path, "不是代表履职工作台的数据")


@pytest.mark.parametrize("table", ["sync_self", "alembic_version"])
def test_a_file_without_an_owner_is_refused(path, table):
    with closing(sqlite3.connect(path)) as tool, tool:
        tool.execute(f"delete from {table}")

    assert_refused(path, "不是代表履职工作台的数据")


@pytest.mark.parametrize(
    "change", ["update sync_self set fmt = 2", "update alembic_version set version_num = '9999'"]
)
@pytest.mark.parametrize("mode", ["delete", "wal"])
def test_a_newer_file_is_refused_and_not_touched(path, change, mode):
    with closing(sqlite3.connect(path)) as tool, tool:
        tool.execute(f"pragma journal_mode={mode}")
        tool.execute(change)

    assert_refused(path, "更新版本的程序.*请安装新版程序")


def test_a_file_that_a_tool_set_to_another_journal_is_one_file_again(path):
    with closing(sqlite3.connect(path)) as tool:
        tool.execute("pragma journal_mode=wal")

    with samples.opened(path) as office:
        samples.visit(office, "饮水")
        copy = shutil.copy(path, path.parent / "copy.db")

    with samples.opened(Path(copy)) as copied:
        assert copied.ask(samples.topics) == ["道路", "饮水"]


def test_a_file_cut_short_is_refused(path):
    data = path.read_bytes()

    for length in (len(data) // 2, len(data) - 4096, 4096, 5000):
        path.write_bytes(data[:length])
        assert_refused(path, "损坏|不是")


def test_text_that_is_none_is_a_sentence(path):
    with samples.opened(path) as office, closing(sqlite3.connect(path)) as tool:
        tool.execute("update visit set topic = cast(x'ff' as text)")
        tool.commit()

        with pytest.raises(UserError, match="已损坏.*备份"):
            office.ask(samples.topics)


def test_a_broken_description_of_the_tables_is_a_sentence(path):
    data = path.read_bytes()
    for byte in (b"\xff", b"q"):
        path.write_bytes(data.replace(b"CREATE TABLE", b"CREATE T" + byte + b"BLE", 1))
        assert_refused(path, "损坏")
    path.write_bytes(data.replace(b"topic TEXT", b"tppic TEXT", 1))
    assert_refused(path, "损坏")
    path.write_bytes(data[:44] + b"\xff\xff\xff\xff" + data[48:])  # the format's number
    assert_refused(path, "损坏")


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_flipped_bytes_are_a_sentence_or_found_or_harmless(path, data):
    whole = path.read_bytes()
    broken = bytearray(whole)
    start = data.draw(st.integers(0, len(whole) - 1))
    for at in range(start, min(start + data.draw(st.sampled_from([1, 16, 4096])), len(whole))):
        broken[at] ^= data.draw(st.sampled_from([0xFF, 0x01]))
    path.write_bytes(broken)
    try:
        with samples.opened(path) as office:
            assert office.check() or office.ask(samples.topics) == ["道路"]
    except UserError as said:
        sentence = str(said)
    else:
        sentence = "损坏"
    path.write_bytes(whole)
    assert "损坏" in sentence or "不是" in sentence or "更新版本" in sentence


# ------------------------------------------------------------------ disks that are not right


def test_a_read_only_file_is_refused(path):
    path.chmod(0o444)
    path.parent.chmod(0o777)
    (path.parent / "office.db.lock").chmod(0o666)

    with somebody_else(path):
        assert_refused(path, "只读")


def test_a_read_only_folder_is_refused(path):
    path.chmod(0o666)
    (path.parent / "office.db.lock").chmod(0o666)

    with somebody_else(path):
        assert_refused(path, "data”没有权限写入")


def test_a_read_only_disk_is_refused(path, small_disk):
    there = Path(shutil.copy(path, small_disk / "office.db"))

    with read_only(small_disk):
        assert_refused(there, "磁盘是只读的")

    with samples.opened(there) as office:
        assert office.ask(samples.topics) == ["道路"]


def test_a_disk_that_becomes_read_only_loses_nothing(path, small_disk):
    there = Path(shutil.copy(path, small_disk / "office.db"))
    with samples.opened(there) as office:
        office.data.engine.dispose()
        shutil.copy(there, small_disk / "kept")
        there.chmod(0o444)

        with somebody_else(there), pytest.raises(UserError, match="只读|打不开"):
            samples.visit(office, "饮水")

    with samples.opened(there) as office:
        assert office.ask(samples.topics) == ["道路"]


def fill_up(office: Office, saved: list[str]) -> None:
    """Save until the disk refuses, noting what was saved."""
    for number in range(10_000):
        samples.visit(office, f"{number}" * 400)
        saved.append(f"{number}" * 400)


def test_a_full_disk_loses_nothing_that_was_saved(path, small_disk):
    there = Path(shutil.copy(path, small_disk / "office.db"))
    (small_disk / "fill").write_bytes(bytes(600_000))  # the index joins its pieces now and then
    saved = ["道路"]
    with samples.opened(there) as office:
        with pytest.raises(UserError, match="磁盘已满，刚才的内容没有保存"):
            fill_up(office, saved)
        assert office.check() == []
        with pytest.raises(UserError, match="磁盘已满"):
            office.rebuild()
        (small_disk / "fill").unlink()
        samples.visit(office, "又有了")

    assert beside(there) <= {"backups"}
    assert list((small_disk / "backups").iterdir()) == []
    with samples.opened(there) as office:
        assert office.ask(samples.topics) == [*saved, "又有了"]
        assert office.check() == []


def test_a_file_busy_elsewhere_is_a_sentence_and_nothing_is_half_done(path, monkeypatch):
    monkeypatch.setattr(engines, "PRAGMAS", (*engines.PRAGMAS, "busy_timeout=50"))
    with samples.opened(path) as office, closing(sqlite3.connect(path)) as tool:
        tool.execute("begin immediate")
        with pytest.raises(UserError, match="正忙.*稍候再试"):
            samples.visit(office, "饮水")
        tool.execute("rollback")

        samples.visit(office, "饮水")
        assert office.ask(samples.topics) == ["道路", "饮水"]


def test_a_fault_of_ours_stays_one(path):
    with samples.opened(path) as office, pytest.raises(Exception, match="no such table"):
        office.ask(lambda session: session.execute(text("select * from no_such_table")))


# ------------------------------------------------------------------ a newer program


def test_an_older_file_is_upgraded_and_kept(path, older_program):
    before = digest(path)
    older_program.becomes_newer()

    with samples.opened(path) as office:
        assert office.ask(samples.topics) == ["道路"]
        assert office.ask(older_program.new_column) == ["晴"]
        assert office.check() == []

    (copy,) = (path.parent / "backups").iterdir()
    assert copy.name == "office-20261123-090000-upgrade.db"
    assert before == digest(path) or digest(copy) != digest(path)
    assert beside(path) == {"backups"}
    with closing(sqlite3.connect(copy)) as kept:
        assert "weather" not in str(kept.execute("select sql from sqlite_master").fetchall())
        assert kept.execute("select topic from visit").fetchall() == [("道路",)]


def test_the_backup_before_an_upgrade_may_go_to_another_folder(path, older_program, tmp_path):
    older_program.becomes_newer()

    database.open_database(path, now=samples.NOW, backup_to=tmp_path / "safe").close()

    assert [copy.suffix for copy in (tmp_path / "safe").iterdir()] == [".db"]
    assert beside(path) == set()


@pytest.mark.parametrize(
    "fault", ["raise ValueError('half way')", "op.execute('insert into nowhere values (1)')"]
)
def test_an_upgrade_that_fails_half_way_leaves_the_file_as_it_was(path, older_program, fault):
    before = digest(path)
    older_program.becomes_newer(fault)

    with pytest.raises(Exception, match="half way|nowhere"):
        samples.opened(path).__enter__()

    assert digest(path) == before
    assert beside(path) == {"backups"}


def test_an_upgrade_without_room_leaves_the_file_as_it_was(path, older_program, small_disk):
    there = Path(shutil.copy(path, small_disk / "office.db"))
    before = digest(there)
    (small_disk / "fill").write_bytes(bytes(150_000))
    older_program.becomes_newer()

    with pytest.raises(UserError, match="磁盘已满"):
        samples.opened(there).__enter__()

    assert digest(there) == before
    assert beside(there) <= {"fill", "backups"}
    assert not list(small_disk.rglob("*.part"))


def test_an_upgrade_fills_new_columns_from_the_log(path, older_program):
    """A field that a colleague with a newer version sent waits in the log for its column."""
    with closing(sqlite3.connect(path)) as tool, tool:
        tool.execute("update visit set topic = '改了'")
    older_program.becomes_newer()

    with samples.opened(path) as office:
        assert office.ask(samples.topics) == ["道路"]


def test_an_upgrade_does_not_trust_a_log_that_was_meddled_with(path, older_program):
    with closing(sqlite3.connect(path)) as tool, tool:
        tool.execute("update sync_change set body = replace(body, '道路', '改了')")
    older_program.becomes_newer()

    with samples.opened(path) as office:
        assert office.ask(samples.topics) == ["道路"]
        assert office.check() != []


def test_a_migration_step_can_be_written(older_program, monkeypatch):
    """`dev.py migration` compares the models with the steps and writes what is missing."""
    older_program.becomes_newer()

    database.write_migration("no weather")

    (step,) = migrations.MIGRATIONS.glob("versions/*no_weather.py")
    written = step.read_text(encoding="utf-8")
    assert "weather" in written
    assert "drop_table" not in written


def test_a_migration_step_knows_tables_that_nobody_has_looked_at(tmp_path):
    """Tables are mapped when first used; what is not mapped yet is no table to be dropped."""
    program = f"""
from pathlib import Path
from shutil import copytree
from deputydesk.models import migrations
migrations.MIGRATIONS = Path(copytree(migrations.MIGRATIONS, {str(tmp_path / "steps")!r}))
from deputydesk import database
database.write_migration("nothing")
(step,) = migrations.MIGRATIONS.glob("versions/*nothing.py")
print("drop_table" in step.read_text(encoding="utf-8"))
"""
    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )

    assert run.stdout.splitlines()[-1] == "False"
