"""Keys that data needs no more are kept: other data may have had its name."""

import pytest

from deputydesk.database import data_keys, key_files
from deputydesk.errors import FieldError, UserError
from deputydesk.exchange import leftovers
from deputydesk.office import Office
from deputydesk.paths import key_file
from deputydesk.rules import paper_keys
from deputydesk.security import paper_key
from tests import locked, make

NEW = "五谷丰登 2027"


@pytest.fixture
def data(encrypted_file, tmp_path):
    """Encrypted data at the start of the program."""
    copy = locked.copied(encrypted_file, tmp_path / "office")
    data_keys.forget()
    return copy


@pytest.fixture
def moved(data, tmp_path):
    """The data, moved away without its file of keys."""
    away = tmp_path / "U盘" / data.name
    away.parent.mkdir()
    return data.rename(away)


def begin_anew(data):
    """Another office in the place of the data, as the next start finds it."""
    office = Office.create(data, code="T2", clock=make.at(), user=make.CLERK)
    leftovers.sweep(office)
    office.close()
    data_keys.forget()


def opens(data):
    office = Office.open(data, clock=make.at(), user=make.CLERK)
    faults = office.check()
    office.close()
    return faults == []


def test_data_that_was_moved_away_opens_with_the_key_that_stayed_behind(data, moved):
    key_file(data).rename(key_files.laid_aside(data))  # as sweeping lays it aside
    begin_anew(data)

    with pytest.raises(UserError, match="不在旁边") as told:
        data_keys.unlock(moved, locked.PASSWORD)
    assert "office.db.key.old" in told.value.hint

    key_files.laid_aside(data).rename(key_files.laid_aside(moved))
    data_keys.unlock(moved, locked.PASSWORD)
    assert opens(moved)


def test_an_office_that_is_not_encrypted_lays_an_older_key_aside(data, moved):
    kept = key_files.read(key_file(data))
    key_file(data).rename(data.with_name("kept.key"))
    office = Office.create(data, code="T2", clock=make.at(), user=make.CLERK)
    data.with_name("kept.key").rename(key_file(data))

    leftovers.sweep(office)

    office.close()
    assert not key_file(data).exists()
    assert key_files.read(key_files.laid_aside(data)) == kept


def test_older_data_of_the_same_name_opens_again(data, moved):
    data_keys.prepare(data, NEW)
    begin_anew(data)
    data.unlink()
    moved.rename(data)

    with pytest.raises(FieldError, match="密码不对"):
        data_keys.unlock(data, NEW)
    data_keys.unlock(data, locked.PASSWORD)

    assert opens(data)
    data_keys.forget()
    data_keys.unlock(data, locked.PASSWORD)


def test_older_data_of_the_same_name_opens_with_its_paper(data, tmp_path):
    data_keys.unlock(data, locked.PASSWORD)
    data_keys.set_paper(data, paper_key.recipient(locked.DIGITS))
    away = data.rename(tmp_path / "away.db")
    data_keys.forget()
    data_keys.prepare(data, NEW)
    begin_anew(data)
    data.unlink()
    away.rename(data)

    typed = " ".join(paper_keys.groups(locked.DIGITS))
    data_keys.unlock_with_paper(data, typed, "一帆风顺 2028")

    assert opens(data)
    with pytest.raises(FieldError):
        data_keys.unlock(data, locked.PASSWORD)


def test_a_password_that_was_changed_opens_nothing_by_a_key_laid_aside(data):
    key_files.lay_aside(data, key_files.read(key_file(data)))
    data_keys.unlock(data, locked.PASSWORD)

    data_keys.change_password(data, locked.PASSWORD, NEW)

    data_keys.forget()
    key_file(data).unlink()
    with pytest.raises(FieldError, match="密码不对"):
        data_keys.unlock(data, locked.PASSWORD)
    data_keys.unlock(data, NEW)
    assert opens(data)


def test_damaged_data_that_is_not_encrypted_asks_for_no_password(data, moved):
    begin = key_files.read(key_file(data))
    key_file(data).unlink()
    key_files.lay_aside(data, begin)
    Office.create(data, code="T2", clock=make.at(), user=make.CLERK).close()
    data.write_bytes(b"x" * 16 + data.read_bytes()[16:])

    assert not data_keys.is_encrypted(data)
    assert not data_keys.needs_password(data)


def test_no_more_keys_are_laid_aside_than_a_password_is_tried_with(data):
    [one] = key_files.read(key_file(data))
    for number in range(12):
        key_files.lay_aside(data, [key_files.Wrapped(str(number), one.verifier, one.sealed)])

    kept = key_files.read(key_files.laid_aside(data))

    assert [each.id for each in kept] == [str(number) for number in range(4, 12)]
