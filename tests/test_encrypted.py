"""An encrypted data file: who opens it, what is seen of it, and what a fault of it is called."""

import json
import os
import shutil
import signal
import sqlite3
import sys
from dataclasses import replace

import pytest
from sqlalchemy.exc import DBAPIError

from deputydesk import database
from deputydesk.database import copies, data_keys, driver, encrypting, key_files
from deputydesk.database.engines import data_engine
from deputydesk.errors import Damaged, FieldError, NeedsPassword, UserError
from deputydesk.models import migrations
from deputydesk.office import Office
from deputydesk.operations import visits
from deputydesk.paths import key_file
from deputydesk.rules import paper_keys
from deputydesk.security import paper_key
from tests import locked, make
from tests.older import OlderProgram, older_program

__all__ = ["older_program"]

NEW = "五谷丰登 2027"
WORDS = "请把村口的灯修好"
PAPER = " ".join(paper_keys.groups(locked.DIGITS))
OTHER_PAPER = " ".join(paper_keys.groups("9" * len(locked.DIGITS)))


@pytest.fixture
def path(encrypted_file, tmp_path):
    """An encrypted file at the start of the program: nobody gave its password yet."""
    copy = locked.copied(encrypted_file, tmp_path / "office")
    data_keys.forget()
    return copy


def start(path):
    return Office.open(path, clock=make.at(), user=make.CLERK)


def test_a_file_opens_with_its_password_and_with_no_other(path):
    with pytest.raises(NeedsPassword, match="加了密，要先输入密码"):
        start(path)
    with pytest.raises(FieldError, match="密码不对"):
        data_keys.unlock(path, NEW)
    assert data_keys.needs_password(path)

    data_keys.unlock(path, locked.PASSWORD)

    office = start(path)
    assert office.check() == []
    office.close()


def test_a_refused_file_can_be_opened_at_once(path):
    with pytest.raises(NeedsPassword):
        start(path)
    data_keys.unlock(path, locked.PASSWORD)

    start(path).close()


def test_what_is_written_can_be_read_nowhere_beside_the_file(locked_office):
    home, deputy = make.home(locked_office), make.deputy(locked_office, name="葛某某某")
    visit = locked_office.do(
        visits.register, home_id=home, held_on=make.TODAY, deputy_ids=[deputy], topic=WORDS
    )
    database.keep_copy(
        locked_office.data.engine,
        locked_office.data.path,
        now=make.NOW,
        why=database.Why.HAND,
        folder=None,
    )

    assert visit
    for file in locked_office.data.path.parent.rglob("*"):
        content = file.read_bytes() if file.is_file() else b""
        assert not [word for word in (WORDS, "葛某某某") if word.encode() in content], file
        assert not content.startswith(key_files.MAGIC), file


def test_a_new_password_opens_the_data_and_its_backups_and_the_old_one_none(locked_office):
    data = locked_office.data.path
    copy = database.keep_copy(
        locked_office.data.engine, data, now=make.NOW, why=database.Why.HAND, folder=None
    )
    before = data.read_bytes()

    with pytest.raises(FieldError, match="密码不对"):
        data_keys.change_password(data, NEW, NEW)
    with pytest.raises(FieldError, match="至少8位"):
        data_keys.change_password(data, locked.PASSWORD, "短")
    data_keys.change_password(data, locked.PASSWORD, NEW)

    assert data.read_bytes() == before
    assert locked_office.check() == []
    for file in (data, copy):
        data_keys.forget()
        with pytest.raises(FieldError, match="密码不对"):
            data_keys.unlock(file, locked.PASSWORD)
        data_keys.unlock(file, NEW)
    data_keys.unlock(data, NEW)


def test_the_paper_opens_it_and_gives_a_new_password(path):
    data_keys.unlock(path, locked.PASSWORD)
    first, _, *more = PAPER.split()
    assert data_keys.paper_of(path) == ""
    data_keys.set_paper(path, paper_key.recipient(locked.DIGITS))
    data_keys.forget()

    with pytest.raises(FieldError, match="第2组数字"):
        data_keys.unlock_with_paper(path, " ".join([first, "00000", *more]), NEW)
    with pytest.raises(FieldError, match="打不开这份数据"):
        data_keys.unlock_with_paper(path, OTHER_PAPER, NEW)
    with pytest.raises(FieldError, match="至少8位"):
        data_keys.unlock_with_paper(path, PAPER, "短")
    data_keys.unlock_with_paper(path, PAPER, NEW)

    start(path).close()
    assert data_keys.paper_of(path) == paper_key.recipient(locked.DIGITS)
    assert data_keys.is_password(path, NEW)
    assert not data_keys.is_password(path, locked.PASSWORD)


def test_without_a_paper_no_paper_opens_it(path):
    with pytest.raises(FieldError, match="打不开这份数据"):
        data_keys.unlock_with_paper(path, PAPER, NEW)


@pytest.mark.parametrize("step", ["write_text", "sync_file", "replace", "sync_folder"])
@pytest.mark.skipif(not hasattr(os, "fork"), reason="cannot fork: kill -9 was NOT tested")
@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_a_change_of_password_that_is_killed_leaves_the_old_one_or_the_new_one(path, step):
    child = os.fork()
    if child == 0:
        die_after(step)
        data_keys.change_password(path, locked.PASSWORD, NEW)
        os._exit(0)
    assert os.WIFSIGNALED(os.waitpid(child, 0)[1])

    now = [word for word in (locked.PASSWORD, NEW) if data_keys.is_password(path, word)]

    assert now == [NEW if step in ("replace", "sync_folder") else locked.PASSWORD]
    data_keys.unlock(path, *now)
    start(path).close()


def die_after(step):
    holder = key_files if step.startswith("sync") else key_files.Path
    done = getattr(holder, step)

    def then_die(*given, **more):
        done(*given, **more)
        os.kill(os.getpid(), signal.SIGKILL)

    setattr(holder, step, then_die)


@pytest.mark.parametrize("damage", ["not json", '{"keys": 1}', '{"keys": [{"id": 1}]}', None])
def test_a_lost_or_damaged_key_file_is_made_good_from_a_backup(locked_office, damage):
    data = locked_office.data.path
    database.keep_copy(
        locked_office.data.engine, data, now=make.NOW, why=database.Why.HAND, folder=None
    )
    good = key_file(data).read_text("utf-8")
    locked_office.close()
    data_keys.forget()
    key_file(data).unlink() if damage is None else key_file(data).write_text(damage, "utf-8")

    with pytest.raises(NeedsPassword):
        start(data)
    data_keys.unlock(data, locked.PASSWORD)

    start(data).close()
    assert key_file(data).read_text("utf-8") == good


def test_a_key_file_that_cannot_be_made_good_does_not_keep_the_data_closed(
    locked_office, monkeypatch
):
    data = locked_office.data.path
    database.keep_copy(
        locked_office.data.engine, data, now=make.NOW, why=database.Why.HAND, folder=None
    )
    locked_office.close()
    key_file(data).unlink()
    data_keys.forget()

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(key_files, "sync_file", full)
    data_keys.unlock(data, locked.PASSWORD)

    start(data).close()
    assert sorted(file.suffix for file in data.parent.iterdir()) == ["", ".db", ".lock"]


def alter(path):
    """One character of the sealed key is another: the file can be read all the same."""
    told = json.loads(key_file(path).read_text("utf-8"))
    sealed = told["keys"][0]["sealed"]
    told["keys"][0]["sealed"] = f"{sealed[:-6]}{'B' if sealed[-6] == 'A' else 'A'}{sealed[-5:]}"
    key_file(path).write_text(json.dumps(told), "utf-8")


def halve(path):
    content = key_file(path).read_bytes()
    key_file(path).write_bytes(content[: len(content) // 2])


def lose(path):
    key_file(path).unlink()


@pytest.mark.parametrize("harm", [alter, halve, lose])
def test_a_sound_file_whose_keys_are_lost_is_not_called_damaged_nor_a_password_wrong(path, harm):
    harm(path)
    what = "不在旁边" if harm is lose else "已损坏"
    said = f"“office.db”加了密，它的钥匙文件“office.db.key”{what}，本机的备份旁边也没有。"

    assert data_keys.is_encrypted(path)
    assert not data_keys.needs_password(path)
    for ask in (
        start,
        lambda data: data_keys.unlock(data, locked.PASSWORD),
        lambda data: data_keys.unlock_with_paper(data, PAPER, NEW),
    ):
        with pytest.raises(UserError, match=said) as told:
            ask(path)
        assert not isinstance(told.value, Damaged | FieldError)


@pytest.mark.parametrize("harm", [alter, halve, lose])
def test_the_keys_beside_backups_serve_where_the_datas_own_are_lost(locked_office, harm):
    data = locked_office.data.path
    database.keep_copy(
        locked_office.data.engine, data, now=make.NOW, why=database.Why.HAND, folder=None
    )
    locked_office.close()
    good = key_file(data).read_text("utf-8")
    data_keys.forget()
    harm(data)

    with pytest.raises(FieldError, match="密码不对"):
        data_keys.unlock(data, NEW)
    data_keys.unlock(data, locked.PASSWORD)

    assert key_file(data).read_text("utf-8") == good
    start(data).close()


def test_where_the_key_is_known_a_lost_file_of_keys_keeps_nothing_closed(locked_office):
    data = locked_office.data.path
    key_file(data).unlink()

    kept = database.keep_copy(
        locked_office.data.engine, data, now=make.NOW, why=database.Why.HAND, folder=None
    )
    data_keys.forget()

    data_keys.unlock(kept, locked.PASSWORD)
    key_file(kept).unlink()
    data_keys.change_password(data, locked.PASSWORD, NEW)

    assert data_keys.is_password(data, NEW)


def test_a_file_of_keys_that_somebody_made_up_opens_nothing(path):
    [one] = key_files.read(key_file(path))
    key_files.write(key_file(path), [replace(one, sealed="sealed:AAAA")])

    with pytest.raises(FieldError, match="密码不对"):
        data_keys.unlock(path, locked.PASSWORD)


def test_what_is_no_data_at_all_is_not_called_encrypted(tmp_path):
    (tmp_path / "photo.db").write_bytes(b"a photograph" * 4096)

    with pytest.raises(UserError, match="不是数据文件"):
        start(tmp_path / "photo.db")
    assert not key_files.looks_encrypted(tmp_path)


def test_a_password_typed_again_before_the_file_is_made_is_the_one_that_counts(tmp_path):
    """As after a disk that was full: the key is there, the data is not."""
    data = tmp_path / "office.db"
    data_keys.prepare(data, locked.PASSWORD)
    data_keys.prepare(data, NEW)
    make.empty_office(tmp_path).close()
    data_keys.forget()

    with pytest.raises(FieldError):
        data_keys.unlock(data, locked.PASSWORD)
    data_keys.unlock(data, NEW)
    start(data).close()


def test_backups_that_keep_the_old_password_are_told_of(locked_office, monkeypatch):
    data = locked_office.data.path
    kept = database.keep_copy(
        locked_office.data.engine, data, now=make.NOW, why=database.Why.HAND, folder=None
    )
    written = key_files.write

    def refuse_backups(file, keys):
        if file != key_file(data):
            raise UserError("磁盘已满。")
        written(file, keys)

    monkeypatch.setattr(key_files, "write", refuse_backups)
    with pytest.raises(UserError, match="密码已经换好；有1份备份.*仍用以前的密码"):
        data_keys.change_password(data, locked.PASSWORD, NEW)

    assert data_keys.is_password(data, NEW)
    assert data_keys.is_password(kept, locked.PASSWORD)


@pytest.mark.parametrize("at", [3, 200, 9000, -20])
def test_every_flipped_bit_is_called_damage_and_not_a_wrong_password(path, at):
    content = bytearray(path.read_bytes())
    content[at] ^= 4
    path.write_bytes(content)

    data_keys.unlock(path, locked.PASSWORD)

    with pytest.raises(Damaged, match="损坏"):
        start(path)


def test_a_file_that_was_cut_short_is_called_damaged(path):
    path.write_bytes(path.read_bytes()[:9000])
    data_keys.unlock(path, locked.PASSWORD)

    with pytest.raises(Damaged, match="损坏"):
        start(path)


def test_a_page_that_goes_bad_while_one_works_is_called_damage(locked_office):
    home = make.home(locked_office)
    data = locked_office.data.path
    locked_office.data.engine.dispose()
    content = bytearray(data.read_bytes())
    for page in range(1, len(content) // 4096):
        content[page * 4096 + 50] ^= 1
    data.write_bytes(content)

    with pytest.raises(Damaged, match="损坏"):
        make.visit(locked_office, home, "")


def test_sqlciphers_errors_are_known_as_the_databases(path):
    data_keys.unlock(path, locked.PASSWORD)
    engine = data_engine(path)

    with pytest.raises(DBAPIError), engine.begin() as connection:
        connection.exec_driver_sql("select nothing from nowhere")
    with pytest.raises(driver.errors()), driver.driver_of(path).connect(path, "ro") as there:
        there.execute("select nothing from nowhere")

    assert not any(issubclass(kind, sqlite3.Error) for kind in driver.errors()[1:])
    engine.dispose()


def test_a_program_without_sqlcipher_says_so(path, monkeypatch):
    data_keys.unlock(path, locked.PASSWORD)
    monkeypatch.setitem(sys.modules, "sqlcipher3", None)

    with pytest.raises(UserError, match="没有打开它的部件。请安装完整的程序"):
        start(path)


def test_an_older_file_is_upgraded_and_stays_encrypted(locked_office, older_program):
    home, deputy = make.home(locked_office), make.deputy(locked_office)
    make.visit(locked_office, home, deputy)
    data = locked_office.data.path
    locked_office.close()
    old = migrations.HEAD
    older_program.becomes_newer()

    office = start(data)

    assert office.ask(OlderProgram.new_column) == ["晴"]
    assert office.check() == []
    office.close()
    [kept] = (data.parent / "backups").glob("*-upgrade.db")
    assert key_file(kept).read_bytes() == key_file(data).read_bytes()
    for file in (data, kept):
        assert not file.read_bytes().startswith(key_files.MAGIC)
    with driver.driver_of(kept).connect(kept, "ro") as there:
        assert there.execute("select version_num from alembic_version").fetchone() == (old,)


def test_a_first_start_that_was_cut_short_is_begun_anew(tmp_path):
    data = tmp_path / "office.db"
    data_keys.prepare(data, locked.PASSWORD)
    data_keys.forget()

    data_keys.prepare(data, NEW)
    make.empty_office(tmp_path).close()
    data_keys.forget()

    with pytest.raises(FieldError):
        data_keys.unlock(data, locked.PASSWORD)
    data_keys.unlock(data, NEW)
    start(data).close()


def test_a_weak_password_makes_no_key(tmp_path):
    with pytest.raises(FieldError, match="太容易猜到"):
        data_keys.prepare(tmp_path / "office.db", "12345678")

    assert list(tmp_path.iterdir()) == []


def test_a_disk_that_refuses_the_key_leaves_nothing(tmp_path, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(key_files, "sync_file", full)
    with pytest.raises(UserError, match="磁盘已满"):
        data_keys.prepare(tmp_path / "office.db", locked.PASSWORD)

    assert list(tmp_path.iterdir()) == []


def test_of_two_keys_the_one_that_fits_is_taken(path, tmp_path):
    """As after a restore that was cut short before its file of keys was put in order."""
    data_keys.prepare(path, NEW)
    data_keys.unlock(path, locked.PASSWORD)
    with pytest.raises(FieldError):
        data_keys.unlock(path, NEW)

    for _ in range(2):
        office = start(path)
        assert office.check() == []
        office.close()
        told = json.loads(key_file(path).read_text("utf-8"))
        told["keys"].reverse()
        key_file(path).write_text(json.dumps(told), "utf-8")

    path.write_bytes(path.read_bytes()[:16] + b"nothing" * 1000)
    with pytest.raises(Damaged):
        start(path)


def test_a_conversion_that_does_not_give_the_same_is_refused(path, monkeypatch):
    data_keys.unlock(path, locked.PASSWORD)
    counts = iter([{"visit": 1}, {"visit": 2}])
    monkeypatch.setattr(encrypting, "_counts", lambda _: next(counts))
    before = path.read_bytes()

    with pytest.raises(UserError, match="没有通过检查"):
        encrypting.replace(path, b"")

    assert path.read_bytes() == before
    assert not list(path.parent.glob("*.part"))
    assert not list(path.parent.glob("*.converted"))


def test_a_copy_byte_by_byte_that_differs_is_refused(path, monkeypatch):
    digests = iter([b"1", b"2"])
    monkeypatch.setattr(copies, "_digest", lambda _: next(digests))

    with pytest.raises(UserError, match="没有通过检查"):
        database.keep_bytes(path, now=make.NOW, why=database.Why.UPGRADE)

    assert list((path.parent / "backups").iterdir()) == []


def test_of_a_plain_office_no_key_is_looked_for(office):
    data = office.data.path
    assert not data_keys.is_encrypted(data)
    assert data_keys.key_of(data) is None
    shutil.copy(data, data.with_name("copy.db"))
    data_keys.follow(data.with_name("copy.db"), b"")
    assert not data_keys.needs_password(data.with_name("copy.db"))


def test_what_the_disk_says_is_said_of_the_key_too(path, monkeypatch):
    data_keys.unlock(path, locked.PASSWORD)

    def refuse(*_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(key_files, "sync_file", refuse)
    with pytest.raises(UserError, match="没有权限写入"):
        data_keys.change_password(path, locked.PASSWORD, NEW)

    assert data_keys.is_password(path, locked.PASSWORD)
