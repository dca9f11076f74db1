"""The installer asks the old program for a backup; how it went is in a file."""

import shutil
from pathlib import Path

import pytest

from deputydesk.database import FileLock
from deputydesk.exchange import upgrade_backup
from tests import make
from tests.journal import samples


@pytest.fixture
def data(empty_file, tmp_path) -> Path:
    return Path(shutil.copy(empty_file, tmp_path / "office.db"))


def run(target) -> tuple[int, str]:
    folder = Path(target).parent
    code = upgrade_backup.run(target, folder, make.at())
    return code, (folder / upgrade_backup.SAID).read_text(encoding="utf-16")


def test_the_data_is_backed_up_with_its_attachments(data, tmp_path):
    (tmp_path / "attachments" / "ab").mkdir(parents=True)
    (tmp_path / "attachments" / "ab" / f"ab{'0' * 62}").write_bytes(b"scan")

    code, said = run(data)

    [made] = (tmp_path / "backups").glob("office-*-upgrade.db")
    assert (code, said) == (0, f"已备份到 {made}。")
    with samples.opened(made) as opened:
        assert opened.check() == []
    kept = tmp_path / "backups" / "attachments" / "ab" / f"ab{'0' * 62}"
    assert kept.read_bytes() == b"scan"


def test_where_nothing_was_entered_yet_there_is_nothing_to_do(tmp_path):
    assert run(tmp_path / "office.db") == (0, "还没有数据，不需要备份。")


def test_where_the_program_never_ran_nothing_is_written(tmp_path):
    folder = tmp_path / "DeputyDesk"

    assert upgrade_backup.run(folder / "office.db", folder, make.at()) == 0
    assert not folder.exists()


def test_data_on_a_server_is_backed_up_there(tmp_path):
    assert upgrade_backup.run("postgresql://localhost/desk", tmp_path, make.at()) == 0


def test_data_that_is_open_stops_the_upgrade(data, tmp_path):
    lock = FileLock(data)
    lock.take(make.at()())
    try:
        code, said = run(data)
    finally:
        lock.release()

    assert code == 1
    assert said.startswith("没有备份成功：数据文件已在别处打开")
    assert not (tmp_path / "backups").exists()


def test_damaged_data_stops_the_upgrade(data, tmp_path):
    data.write_bytes(b"SQLite format 3\0" + b"\xff" * 5000)

    code, said = run(data)

    assert code == 1
    assert said.startswith("没有备份成功：")
    assert list((tmp_path / "backups").glob("*")) == []


def test_a_sentence_that_cannot_be_written_stops_the_upgrade(data, tmp_path):
    (tmp_path / upgrade_backup.SAID).mkdir()

    assert upgrade_backup.run(data, tmp_path, make.at()) == 1
