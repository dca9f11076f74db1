"""An encrypted office: its backups, what is put back, and encrypting later on or no more."""

import hashlib
from datetime import datetime
from pathlib import Path

import pytest

from deputydesk.database import Why, data_keys, encrypting, key_files
from deputydesk.errors import Cancelled, Damaged, FieldError, NeedsPassword, UserError
from deputydesk.exchange import backup, encryption, leftovers, setting_back, upgrade_backup, whose
from deputydesk.office import Office
from deputydesk.operations import accounts, sign_in, units
from deputydesk.paths import key_file
from deputydesk.rules import paper_keys
from deputydesk.security import paper_key, veil
from tests import locked, make

NEW = "五谷丰登 2027"
LATER = datetime(2026, 11, 24, 9, 0)
PAPER = " ".join(paper_keys.groups(locked.DIGITS))


def start(path):
    return Office.open(path, clock=make.at(LATER), user=make.CLERK)


def put_back(data, source):
    return backup.restore(data, source, clock=make.at(LATER), user=make.CLERK)


def names(data):
    office = start(data)
    found = [row.name for row in office.ask(units.rows)]
    assert office.check() == []
    office.close()
    return found


def is_clear(path):
    return path.read_bytes().startswith(key_files.MAGIC)


def test_a_backup_is_encrypted_as_the_data_and_can_be_rehearsed(locked_office, tmp_path):
    disk = tmp_path / "disk"
    disk.mkdir()

    made = backup.back_up(locked_office, also=disk)

    for copy in (made, disk / made.name):
        assert not is_clear(copy)
        assert key_file(copy).read_bytes() == key_file(locked_office.data.path).read_bytes()
    [row] = backup.rows(locked_office)
    tried = backup.rehearse(locked_office, row)
    assert (tried.records, tried.now, tried.faults) == (1, 1, ())
    assert setting_back.lost(locked_office, row).changes == 0


def test_what_was_encrypted_is_so_when_it_is_put_back(locked_office):
    data = locked_office.data.path
    locked_office.do(units.add, name="水务局")
    made = backup.back_up(locked_office)
    locked_office.do(units.add, name="城建局")
    locked_office.close()
    data_keys.change_password(data, locked.PASSWORD, NEW)

    kept = put_back(data, made)

    assert names(data) == ["水务局"]
    assert not is_clear(data)
    assert data_keys.is_password(data, NEW)
    assert kept
    assert key_file(kept).exists()
    assert sorted(names(kept)) == ["城建局", "水务局"]


def test_old_backups_go_with_their_keys(locked_office):
    at = datetime(2026, 1, 1, 9, 0)
    for month in range(1, 13):
        for day in (1, 2, 3):
            locked_office.clock = make.at(at.replace(month=month, day=day))
            backup.at_close(locked_office)

    folder = locked_office.data.path.parent / "backups"
    kept = sorted(file.name for file in folder.glob("*.db"))

    assert len(kept) < 36
    assert sorted(file.name for file in folder.glob("*.key")) == [f"{name}.key" for name in kept]


def test_a_damaged_encrypted_file_is_put_back_from_its_newest_good_backup(locked_office):
    data = locked_office.data.path
    locked_office.do(units.add, name="水务局")
    good = backup.back_up(locked_office)
    locked_office.clock = make.at(LATER)
    bad = backup.back_up(locked_office)
    locked_office.close()
    for file in (data, bad):
        content = bytearray(file.read_bytes())
        content[9000] ^= 1
        file.write_bytes(content)
    with pytest.raises(Damaged):
        start(data)

    row = setting_back.newest_good(data, clock=make.at(LATER), user=make.CLERK)

    assert row
    assert row.path == good
    put_back(data, row.path)
    assert names(data) == ["水务局"]
    assert data_keys.is_password(data, locked.PASSWORD)


def test_another_key_needs_its_password_before_a_backup_is_put_back(
    encrypted_file, tmp_path, locked_office
):
    """As on a new PC: the data here was begun anew, the backup is of the old PC."""
    locked_office.do(units.add, name="水务局")
    source = backup.back_up(locked_office)
    locked_office.close()
    data = locked.created(tmp_path / "new")
    data_keys.change_password(data, locked.PASSWORD, NEW)
    data_keys.forget()
    data_keys.unlock(data, NEW)
    before = data.read_bytes()

    assert whose.owner(source) is None
    with pytest.raises(NeedsPassword, match="hand.db”加了密"):
        put_back(data, source)
    assert data.read_bytes() == before
    data_keys.unlock(source, locked.PASSWORD)
    put_back(data, source)

    assert names(data) == ["水务局"]
    data_keys.forget()
    with pytest.raises(FieldError):
        data_keys.unlock(data, NEW)
    data_keys.unlock(data, locked.PASSWORD)
    assert names(data) == ["水务局"]


def test_where_nothing_is_encrypted_yet_the_backups_key_comes_along(locked_office, tmp_path):
    locked_office.do(units.add, name="水务局")
    source = backup.back_up(locked_office)
    locked_office.close()
    data = tmp_path / "new" / "office.db"
    data.parent.mkdir()

    put_back(data, source)
    data_keys.forget()

    data_keys.unlock(data, locked.PASSWORD)
    assert names(data) == ["水务局"]


def test_a_backup_of_before_is_encrypted_when_it_is_put_back(office):
    data = office.data.path
    office.do(units.add, name="水务局")
    made = backup.back_up(office)
    office.close()
    elsewhere = data.parent / "elsewhere.db"
    made.rename(elsewhere)
    encryption.turn_on(data, locked.PASSWORD, clock=make.at(LATER))

    put_back(data, elsewhere)

    assert not is_clear(data)
    assert is_clear(elsewhere)
    assert names(data) == ["水务局"]


def test_another_offices_encrypted_backup_is_refused(locked_office, tmp_path):
    locked_office.do(units.add, name="水务局")
    data = locked_office.data.path
    locked_office.close()
    other = tmp_path / "other" / "office.db"
    other.parent.mkdir()
    data_keys.prepare(other, NEW)
    theirs = Office.create(other, code="T2", clock=make.at(), user=make.CLERK)
    theirs.do(units.add, name="城建局")
    theirs.close()
    before = data.read_bytes()

    with pytest.raises(UserError, match="另一个单位“T2”"):
        put_back(data, other)

    assert data.read_bytes() == before
    assert data_keys.is_password(data, locked.PASSWORD)


def test_the_program_that_is_replaced_backs_up_without_the_password(locked_office, tmp_path):
    locked_office.do(units.add, name="水务局")
    data = locked_office.data.path
    locked_office.close()
    data_keys.forget()

    assert upgrade_backup.run(data, tmp_path, make.at()) == 0

    said = (tmp_path / upgrade_backup.SAID).read_text("utf-16")
    made = data.parent / "backups" / "office-20261123-090000-upgrade.db"
    assert said == f"已备份到 {made}。"
    assert hashlib.sha256(made.read_bytes()).digest() == hashlib.sha256(data.read_bytes()).digest()
    data_keys.unlock(made, locked.PASSWORD)
    assert names(made) == ["水务局"]


def test_an_office_is_encrypted_later_with_all_its_backups(office):
    data = office.data.path
    office.do(units.add, name="水务局")
    made = backup.back_up(office)
    damaged = backup.back_up(office)
    damaged.write_bytes(damaged.read_bytes()[:9000])
    office.close()

    stay = encryption.turn_on(data, locked.PASSWORD, clock=make.at(LATER))

    assert stay == 1
    assert not key_file(damaged).exists()
    kept = [row for row in backup.beside(data) if row.why == Why.ENCRYPT]
    for file in (data, made, kept[0].path):
        assert not is_clear(file)
        assert key_file(file).exists()
    assert names(data) == ["水务局"]
    data_keys.forget()
    with pytest.raises(NeedsPassword):
        start(data)


def test_a_backup_of_an_earlier_key_stays_as_it_is(office, encrypted_file):
    data = office.data.path
    office.close()
    (data.parent / "backups").mkdir()
    earlier = data.parent / "backups" / "office-20260101-090000-hand.db"
    locked.copied(encrypted_file, data.parent / "there").rename(earlier)
    key_file(data.parent / "there" / "office.db").rename(key_file(earlier))
    before = earlier.read_bytes()

    encryption.turn_on(data, NEW, clock=make.at())

    assert earlier.read_bytes() == before
    assert data_keys.is_password(earlier, locked.PASSWORD)


@pytest.fixture
def unreadable(monkeypatch):
    """Files that a virus scanner holds at the moment."""
    held, plain = set(), Path.open

    def opened(path, *args, **kwargs):
        if path in held:
            raise PermissionError(13, "held", str(path))
        return plain(path, *args, **kwargs)

    monkeypatch.setattr(Path, "open", opened)
    return held


def test_data_that_cannot_be_read_for_a_moment_keeps_its_keys(locked_office, unreadable):
    data = locked_office.data.path
    locked_office.close()

    unreadable.add(data)
    data_keys.settle(data)
    unreadable.clear()

    data_keys.forget()
    data_keys.unlock(data, locked.PASSWORD)


def test_where_encrypting_fails_and_nothing_can_be_read_key_and_copy_stay(
    office, unreadable, monkeypatch
):
    data, plain, times = office.data.path, encrypting.sync_folder, []
    office.close()

    def failing(folder):
        times.append(folder)
        if len(times) == 2:  # the file has its name already
            unreadable.add(data)
            raise OSError(5, "EIO")
        plain(folder)

    monkeypatch.setattr(encrypting, "sync_folder", failing)
    with pytest.raises(UserError):
        encryption.turn_on(data, NEW, clock=make.at(LATER))
    unreadable.clear()

    assert len(backup.beside(data)) == 1
    data_keys.forget()
    data_keys.unlock(data, NEW)
    assert names(data) == []


class Impatient:
    """Somebody who wants to stop at every step."""

    def step(self, done, total, what=""):
        raise Cancelled


def test_encrypting_is_not_left_half_way_by_who_wants_to_stop(office):
    data, old = office.data.path, backup.back_up(office)
    office.close()

    encryption.turn_on(data, NEW, clock=make.at(LATER), progress=Impatient())
    assert not is_clear(data)
    assert not is_clear(old)

    encryption.turn_off(data, NEW, clock=make.at(LATER), progress=Impatient())
    assert is_clear(data)
    assert is_clear(old)


def test_a_backup_without_its_file_of_keys_is_put_back_where_its_key_is_known(
    locked_office, tmp_path
):
    """As when a backup alone was copied to a stick."""
    locked_office.do(units.add, name="水务局")
    made = backup.back_up(locked_office)
    data = locked_office.data.path
    locked_office.close()
    (tmp_path / "stick").mkdir()
    alone = made.rename(tmp_path / "stick" / made.name)
    new = tmp_path / "new" / "office.db"
    new.parent.mkdir()

    for place in (data, new):
        put_back(place, alone)
        assert names(place) == ["水务局"]
    data_keys.forget()
    data_keys.unlock(new, locked.PASSWORD)
    assert names(new) == ["水务局"]
    data_keys.forget()
    with pytest.raises(UserError, match="它的钥匙文件“.*”不在旁边"):
        put_back(data, alone)


def test_encrypting_twice_is_refused(locked_office):
    with pytest.raises(UserError, match="已经加了密"):
        encryption.turn_on(locked_office.data.path, NEW, clock=make.at())

    assert data_keys.is_password(locked_office.data.path, locked.PASSWORD)


def test_a_weak_password_encrypts_nothing(office):
    office.close()
    with pytest.raises(FieldError, match="至少8位"):
        encryption.turn_on(office.data.path, "短", clock=make.at())

    assert not (office.data.path.parent / "backups").exists()


def test_a_paper_that_opens_the_accounts_opens_the_data_too(office):
    sign_in.turn_on(office, "张丽", "春风化雨 2088")
    sign_in.new_paper(office, locked.DIGITS)
    public = office.ask(accounts.recovery)
    office.close()
    data = office.data.path
    encryption.turn_on(data, locked.PASSWORD, clock=make.at(), paper=public)
    data_keys.forget()

    data_keys.unlock_with_paper(data, PAPER, NEW)

    start(data).close()


def test_a_new_paper_opens_accounts_and_data_and_backups(locked_office):
    made = backup.back_up(locked_office)
    encryption.new_paper(locked_office, locked.DIGITS)
    assert data_keys.paper_of(made) == paper_key.recipient(locked.DIGITS)
    sign_in.turn_on(locked_office, "张丽", "春风化雨 2088")
    other = "9876543210" * 4

    encryption.new_paper(locked_office, other)

    assert locked_office.ask(accounts.recovery) == paper_key.recipient(other)
    assert data_keys.paper_of(locked_office.data.path) == paper_key.recipient(other)
    assert data_keys.paper_of(made) == paper_key.recipient(other)


def test_a_new_paper_that_is_cut_short_opens_the_data(locked_office, monkeypatch):
    sign_in.turn_on(locked_office, "张丽", "春风化雨 2088")
    monkeypatch.setattr(sign_in, "new_paper", killed)

    with pytest.raises(Killed):
        encryption.new_paper(locked_office, locked.DIGITS)

    assert data_keys.paper_of(locked_office.data.path) == paper_key.recipient(locked.DIGITS)


def test_where_nothing_is_locked_a_paper_opens_nothing(office):
    with pytest.raises(UserError, match="请先登录"):
        encryption.new_paper(office, locked.DIGITS)


class Killed(BaseException):
    """The power goes."""


def killed(*_):
    raise Killed


@pytest.fixture
def cut_short(office, monkeypatch):
    """Data whose encryption was cut short after it was encrypted itself, before its backups."""
    data = office.data.path
    office.do(units.add, name="水务局")
    backup.back_up(office)
    damaged = backup.back_up(office)
    damaged.write_bytes(damaged.read_bytes()[:9000])
    office.close()
    with monkeypatch.context() as patch:
        patch.setattr(encryption, "_convert_backups", killed)
        with pytest.raises(Killed):
            encryption.turn_on(data, locked.PASSWORD, clock=make.at(LATER))
    return data


def test_backups_that_a_power_cut_left_open_are_counted_and_encrypted_later(cut_short):
    assert encryption.unlike(cut_short) == 3

    for _ in range(2):
        encryption.go_on(cut_short)
        assert encryption.unlike(cut_short) == 1

    found = [row.path for row in backup.beside(cut_short) if row.size > 9000]
    assert len(found) == 2
    assert not any(map(is_clear, found))
    data_keys.forget()
    data_keys.unlock(found[0], locked.PASSWORD)
    assert names(found[0]) == ["水务局"]


def test_beside_data_that_is_not_encrypted_backups_stay_open(office):
    made = backup.back_up(office)

    assert encryption.unlike(office.data.path) == 0
    encryption.go_on(office.data.path)

    assert is_clear(made)


def draft(data, words="请把村口的灯修好"):
    """Where a draft lies, with something typed."""
    file = data.parent / "drafts" / "visit-new.json"
    file.parent.mkdir(exist_ok=True)
    file.write_text(words, encoding="utf-8")
    return file


@pytest.mark.parametrize("step", ["_convert_backup", "reseal", "replace"])
def test_taking_it_away_that_is_cut_short_leaves_all_encrypted_after_the_next_closing(
    locked_office, monkeypatch, step
):
    locked_office.do(units.add, name="水务局")
    made = [backup.back_up(locked_office) for _ in range(2)]
    data = locked_office.data.path
    locked_office.close()
    typed, times = draft(data), []
    holder = {"reseal": veil, "replace": encrypting}.get(step, encryption)
    done = getattr(holder, step)

    def cut(file, *given):
        times.append(file)
        if step == "reseal" or (file == data if step == "replace" else len(times) == 2):
            raise Killed
        return done(file, *given)

    with monkeypatch.context() as patch:
        patch.setattr(holder, step, cut)
        for later in ("go_on", "remove_copy"):  # no program is there any more
            patch.setattr(encryption, later, lambda _: None)
        with pytest.raises(Killed):
            encryption.turn_off(data, locked.PASSWORD, clock=make.at(LATER))
    assert not is_clear(data)
    assert encryption.unlike(data) > 0
    data_keys.forget()
    data_keys.unlock(data, locked.PASSWORD)
    encryption.go_on(data)
    office = start(data)
    leftovers.sweep(office)
    office.close()

    assert encryption.unlike(data) == 0
    assert not any(map(is_clear, made))
    assert names(data) == ["水务局"]
    assert typed.read_text("utf-8").startswith("sealed:")


def test_taking_it_away_that_is_cut_short_at_the_end_is_finished_by_the_next_opening(
    locked_office, monkeypatch
):
    made, data = backup.back_up(locked_office), locked_office.data.path
    locked_office.close()
    typed, settle = draft(data), data_keys.settle
    with monkeypatch.context() as patch:
        patch.setattr(data_keys, "settle", lambda file: (killed if file == data else settle)(file))
        with pytest.raises(Killed):
            encryption.turn_off(data, locked.PASSWORD, clock=make.at(LATER))
    assert key_file(data).exists()
    data_keys.forget()

    office = start(data)
    leftovers.sweep(office)
    office.close()

    assert not key_file(data).exists()
    assert is_clear(data)
    assert is_clear(made)
    assert encryption.unlike(data) == 0
    assert typed.read_text("utf-8") == "请把村口的灯修好"


def test_where_the_data_cannot_be_opened_to_all_its_backups_are_encrypted_again(
    locked_office, monkeypatch
):
    made, data = backup.back_up(locked_office), locked_office.data.path
    locked_office.close()
    typed, done = draft(data), encrypting.replace

    def full(file, key):
        if file == data:
            raise UserError("磁盘已满。")
        done(file, key)

    monkeypatch.setattr(encrypting, "replace", full)
    with pytest.raises(UserError, match="磁盘已满"):
        encryption.turn_off(data, locked.PASSWORD, clock=make.at(LATER))

    assert not is_clear(data)
    assert not is_clear(made)
    assert encryption.unlike(data) == 0
    assert typed.read_text("utf-8").startswith("sealed:")
    assert names(data) == []


def test_backups_that_stay_encrypted_beside_open_data_are_counted(office, encrypted_file):
    data = office.data.path
    office.close()
    (data.parent / "backups").mkdir()
    earlier = data.parent / "backups" / "office-20260101-090000-hand.db"
    locked.copied(encrypted_file, data.parent / "there").rename(earlier)
    key_file(data.parent / "there" / "office.db").rename(key_file(earlier))

    assert encryption.unlike(data) == 1


def test_what_was_typed_is_sealed_with_the_data_and_open_with_it_again(office):
    data = office.data.path
    office.close()
    typed = draft(data)

    encryption.turn_on(data, NEW, clock=make.at())
    assert typed.read_text("utf-8").startswith("sealed:")
    encryption.turn_off(data, NEW, clock=make.at())

    assert typed.read_text("utf-8") == "请把村口的灯修好"


def test_a_plain_backup_put_back_where_encrypted_data_is_gone_is_encrypted(office, tmp_path):
    data = office.data.path
    office.do(units.add, name="水务局")
    source = backup.back_up(office)
    office.close()
    elsewhere = source.rename(tmp_path / source.name)
    encryption.turn_on(data, locked.PASSWORD, clock=make.at(LATER))
    data.unlink()
    keys = key_file(data).read_bytes()

    data_keys.forget()
    with pytest.raises(NeedsPassword):
        put_back(data, elsewhere)
    assert key_file(data).read_bytes() == keys
    with pytest.raises(FieldError):
        data_keys.unlock(data, NEW)
    data_keys.unlock(data, locked.PASSWORD)
    put_back(data, elsewhere)

    assert not is_clear(data)
    data_keys.forget()
    data_keys.unlock(data, locked.PASSWORD)
    assert names(data) == ["水务局"]


def test_a_backup_of_data_that_cannot_be_read_for_a_moment_has_its_key(locked_office, unreadable):
    data = locked_office.data.path
    unreadable.add(data)
    made = backup.back_up(locked_office)
    unreadable.clear()

    data_keys.forget()
    data_keys.unlock(made, locked.PASSWORD)
    assert names(made) == []
    data_keys.unlock(data, locked.PASSWORD)


def test_a_backup_whose_key_nobody_could_find_again_is_not_made(locked_office):
    data = locked_office.data.path
    key_file(data).unlink()
    data_keys.forget()

    with pytest.raises(UserError, match="钥匙文件“office.db.key”不在旁边"):
        backup.back_up(locked_office)

    assert list((data.parent / "backups").glob("*")) == []


def test_a_disk_that_refuses_leaves_the_data_as_it_was(office, monkeypatch):
    data = office.data.path
    office.close()
    before = data.read_bytes()

    def refuse(*_):
        raise UserError("磁盘已满。")

    monkeypatch.setattr(encrypting, "convert", refuse)
    with pytest.raises(UserError, match="磁盘已满"):
        encryption.turn_on(data, locked.PASSWORD, clock=make.at())

    assert data.read_bytes() == before
    assert not key_file(data).exists()
    assert list((data.parent / "backups").iterdir()) == []


def test_encryption_is_taken_away_with_the_password(locked_office, monkeypatch):
    locked_office.do(units.add, name="水务局")
    made = backup.back_up(locked_office)
    data = locked_office.data.path
    locked_office.close()
    with pytest.raises(FieldError, match="密码不对"):
        encryption.turn_off(data, NEW, clock=make.at())
    with monkeypatch.context() as patch:
        patch.setattr(encrypting, "convert", lambda *_: 1 // 0)
        with pytest.raises(ZeroDivisionError):
            encryption.turn_off(data, locked.PASSWORD, clock=make.at())
    assert len(backup.beside(data)) == 1

    assert encryption.turn_off(data, locked.PASSWORD, clock=make.at()) == 0

    assert is_clear(data)
    assert is_clear(made)
    assert not list(data.parent.rglob("*.key"))
    data_keys.forget()
    assert names(data) == ["水务局"]
    with pytest.raises(UserError, match="没有加密"):
        encryption.turn_off(data, locked.PASSWORD, clock=make.at())
