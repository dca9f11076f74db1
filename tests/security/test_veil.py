"""What lies beside encrypted data is sealed: opened again with its key, and with no other."""

import os

import pytest

from deputydesk.security import veil
from deputydesk.security.veil import OPEN, Veil

ONE, OTHER = Veil.of(b"1" * 32), Veil.of(b"2" * 32)
WORDS = "请把村口的灯修好"
FILES = ("drafts/visit-new.json", veil.LISTS, veil.ERASING)


@pytest.fixture
def folder(tmp_path):
    """A folder in which all lies in clear."""
    (tmp_path / "drafts").mkdir()
    for name in (*FILES, "desk.json"):
        (tmp_path / name).write_text(WORDS, encoding="utf-8")
    return tmp_path


def told(folder):
    return [(folder / name).read_text("utf-8") for name in FILES]


def test_what_lies_in_clear_is_sealed_once_and_opened_again(folder):
    veil.reseal(folder, OPEN, ONE)
    sealed = told(folder)
    assert all(text.startswith("sealed:") for text in sealed)
    assert [ONE.unsealed(text) for text in sealed] == [WORDS] * 3
    assert (folder / "desk.json").read_text("utf-8") == WORDS

    veil.reseal(folder, OPEN, ONE)
    assert told(folder) == sealed
    veil.reseal(folder, ONE, OPEN)
    assert told(folder) == [WORDS] * 3
    assert not list(folder.rglob("*.part"))


def test_with_another_key_it_is_sealed_anew(folder):
    veil.reseal(folder, OPEN, ONE)

    veil.reseal(folder, ONE, OTHER)

    assert [OTHER.unsealed(text) for text in told(folder)] == [WORDS] * 3


def test_what_nobody_can_read_stays_as_it_is(folder):
    veil.reseal(folder, OPEN, ONE)
    before = told(folder)

    for now in (OTHER, OPEN):
        veil.reseal(folder, OPEN, now)

    assert told(folder) == before
    for stranger in (OTHER, OPEN):
        with pytest.raises(ValueError, match="sealed"):
            stranger.unsealed(before[0])
        assert stranger.read(before[0].encode()) == before[0].encode()
    assert ONE.read(before[0].encode()) == WORDS.encode()


def test_where_there_is_nothing_nothing_is_written(tmp_path):
    veil.reseal(tmp_path, OPEN, ONE)

    assert list(tmp_path.iterdir()) == []


def test_a_disk_that_refuses_keeps_what_was_there(folder, monkeypatch):
    def full(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        veil.reseal(folder, OPEN, ONE)
    veil.change(b"1" * 32, folder)

    assert told(folder) == [WORDS] * 3
    assert veil.hung() == ONE
    veil.hang(None)
    assert not veil.is_hung()


def test_what_lies_there_from_before_is_swept_away_and_nothing_else(folder):
    (folder / "preview").mkdir()
    for name in ("preview/a.pdf", "days.json", "last.json"):
        (folder / name).write_text(WORDS, encoding="utf-8")

    veil.sweep(folder)

    kept = ["desk.json", "drafts", veil.ERASING, veil.LISTS]
    assert sorted(file.name for file in folder.iterdir()) == kept
