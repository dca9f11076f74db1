"""What a killed program left in clear is gone when the data is opened, encrypted or not."""

import shutil

import pytest

from deputydesk.database import data_keys, key_files
from deputydesk.exchange import leftovers
from deputydesk.paths import key_file
from deputydesk.security import veil
from deputydesk.security.veil import Veil
from tests import clear_text, locked, make

NEW = "五谷丰登 2027"
WORDS = "葛某某某"
LEFT = (
    *("exchange-abc/payload", "exchange-scan/page.png", "preview/ledger.pdf"),
    *("office.db.converted", "office.db.converted.part", "office.db.restore"),
    *("office.db.restore-journal", "office.db.restore.converted", "office.db.restore.lock"),
    *("backups/office-20261123-090000-hand.db.converted.part", "lists.json.part"),
    *("backups/office-20261123-090000-hand.db.converted", "erasing.json.part"),
    *("backups/office-20261123-090000-close-2.db.part-journal", "drafts/visit-new.json.part"),
    *("backups/rehearsal-x1/rehearsal.db", "rehearsal-x2/rehearsal.db", "days.json.part"),
)
OURS = (
    *("office.db.restored-by-me", "office.db.bak", "other.db.restore", "exchanged/notes.txt"),
    *("backups/other-20261123-090000-hand.db.part", "backups/office-old.db.bak"),
)


def leave(folder, *files):
    for name in files:
        (folder / name).parent.mkdir(exist_ok=True, parents=True)
        (folder / name).write_text(WORDS, encoding="utf-8")


def test_what_is_nobodys_goes_and_what_people_keep_there_stays(either_office):
    folder = either_office.data.path.parent
    leave(folder, *LEFT, *OURS)

    leftovers.sweep(either_office)

    assert clear_text.saying(folder, WORDS) == sorted(OURS)
    assert either_office.check() == []


def test_what_a_kill_left_unsealed_is_sealed(locked_office):
    folder = locked_office.data.path.parent
    leave(folder, "drafts/visit-new.json", veil.LISTS, veil.ERASING)

    leftovers.sweep(locked_office)

    assert clear_text.saying(folder, WORDS) == []
    sealing = Veil.of(locked_office.data.key)
    for name in ("drafts/visit-new.json", veil.LISTS, veil.ERASING):
        assert sealing.unsealed((folder / name).read_text("utf-8")) == WORDS


def test_a_draft_that_cannot_be_written_leaves_no_other_in_clear(locked_office, monkeypatch):
    folder = locked_office.data.path.parent
    leave(folder, "drafts/a.json", "drafts/b.json", "drafts/c.json", veil.LISTS)
    plain = veil.write

    def held(file, told):
        if file.name == "b.json":
            raise PermissionError(13, "Permission denied")
        plain(file, told)

    monkeypatch.setattr(veil, "write", held)
    leftovers.sweep(locked_office)

    assert clear_text.saying(folder, WORDS) == ["drafts/b.json"]


def test_keys_that_open_data_does_not_need_go(office, encrypted_file):
    """As where the power went after encryption was taken away."""
    key_files.write(key_file(office.data.path), key_files.read(key_file(encrypted_file)))

    leftovers.sweep(office)

    assert not key_file(office.data.path).exists()


def test_a_key_that_encrypted_data_of_another_name_may_need_stays(office, encrypted_file):
    """As where somebody put the data aside and began anew."""
    data = office.data.path
    shutil.copyfile(encrypted_file, data.with_name("office.db.old"))
    shutil.copyfile(key_file(encrypted_file), key_file(data))

    leftovers.sweep(office)

    assert key_file(data).read_bytes() == key_file(encrypted_file).read_bytes()


def test_of_several_keys_the_one_that_is_needed_stays(locked_office):
    """As where the power went in a restore."""
    data_keys.prepare(locked_office.data.path, NEW)

    leftovers.sweep(locked_office)

    assert data_keys.is_password(locked_office.data.path, locked.PASSWORD)
    assert not data_keys.is_password(locked_office.data.path, NEW)


def test_a_disk_that_refuses_keeps_nobody_from_opening(locked_office, monkeypatch):
    leave(locked_office.data.path.parent, veil.LISTS)

    def refuse(*_):
        raise OSError(13, "Permission denied")

    monkeypatch.setattr(veil, "reseal", refuse)
    leftovers.sweep(locked_office)

    assert locked_office.check() == []


def test_beside_a_servers_data_nothing_is_swept(office, monkeypatch):
    folder = office.data.path.parent
    leave(folder, *LEFT)
    with monkeypatch.context() as patch:
        patch.setattr(office.data, "path", None)

        leftovers.sweep(office)
        assert office.data.key == b""

    assert len(clear_text.saying(folder, WORDS)) == len(LEFT)


@pytest.mark.parametrize("kind", ["open", "encrypted"])
def test_a_command_sweeps_as_the_window_does(kind, encrypted_file, empty_file, tmp_path, capsys):
    from deputydesk.cli import main

    folder = tmp_path / "office"
    if kind == "open":
        make.copied_office(empty_file, folder).close()
    else:
        locked.opened(encrypted_file, folder).close()
    leave(folder, *LEFT)

    assert main(["check", "--office", str(folder)], clock=make.at()) == 0

    assert capsys.readouterr().out == "数据与日志一致。\n"
    assert clear_text.saying(folder, WORDS) == []
