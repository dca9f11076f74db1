"""Passwords prove themselves and open the office's secret; nothing that is kept says them."""

import pytest

from deputydesk.security import passwords
from deputydesk.security.suite import SealError

SECRET = bytes(range(32))


def test_the_right_password_opens_the_secret_and_no_other_does():
    locked = passwords.lock("草原上的三匹马", SECRET)

    assert passwords.unlock("草原上的三匹马", locked) == SECRET
    assert passwords.unlock("草原上的两匹马", locked) is None


def test_what_is_kept_says_neither_the_password_nor_the_secret():
    locked = passwords.lock("horse-and-well", SECRET)

    assert "horse" not in str(locked)
    assert SECRET.hex() not in str(locked)
    assert locked != passwords.lock("horse-and-well", SECRET)
    assert locked.verifier.startswith("argon2id$47104,1,1$")


def test_digits_typed_full_width_are_the_same_password():
    assert passwords.unlock("20261123ab", passwords.lock("２０２６１１２３ａｂ", SECRET)) == SECRET


def test_what_was_sealed_opens_with_its_key_only_and_unaltered_only():
    key, other = passwords.new_secret(), passwords.new_secret()
    text = passwords.seal(key, b"AGE-SECRET-KEY")

    assert passwords.unseal(key, text) == b"AGE-SECRET-KEY"
    with pytest.raises(SealError):
        passwords.unseal(other, text)
    with pytest.raises(SealError):
        passwords.unseal(key, text[:-8])
