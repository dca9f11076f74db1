"""Signing and sealing tell in one way that a key is none; the faults of a disk are its own."""

import io

import pytest

from deputydesk.security.suite import SUITE, SealError


class Broken(io.BytesIO):
    """A disk that fails."""

    def read(self, _size: int | None = -1, /):
        raise OSError(5, "Input/output error")


class Full(io.BytesIO):
    """A disk without room."""

    def write(self, _bytes):
        raise OSError(28, "No space left on device")


def test_keys_that_are_none_are_told_in_one_way():
    with pytest.raises(SealError):
        SUITE.sign("zz", b"text")
    with pytest.raises(SealError):
        SUITE.open(io.BytesIO(b""), io.BytesIO(), "no key")
    with pytest.raises(SealError):
        SUITE.seal(io.BytesIO(b""), io.BytesIO(), ["no key"])


def test_what_was_sealed_is_opened_by_its_reader_alone():
    mine, other = SUITE.new_keys(), SUITE.new_keys()
    sealed, opened = io.BytesIO(), io.BytesIO()
    SUITE.seal(io.BytesIO("乡镇".encode()), sealed, [SUITE.public(mine).seal])

    SUITE.open(io.BytesIO(sealed.getvalue()), opened, mine.seal)
    with pytest.raises(SealError):
        SUITE.open(io.BytesIO(sealed.getvalue()), io.BytesIO(), other.seal)

    assert opened.getvalue().decode() == "乡镇"


def test_a_fault_of_the_disk_is_no_altered_file():
    mine, sealed = SUITE.new_keys(), io.BytesIO()
    SUITE.seal(io.BytesIO(b"x" * 100), sealed, [SUITE.public(mine).seal])

    with pytest.raises(OSError, match="Input/output"):
        SUITE.open(Broken(), io.BytesIO(), mine.seal)
    with pytest.raises(OSError, match="No space"):
        SUITE.open(io.BytesIO(sealed.getvalue()), Full(), mine.seal)
    with pytest.raises(OSError, match="No space"):
        SUITE.seal(io.BytesIO(b"x" * 200_000), Full(), [SUITE.public(mine).seal])
