"""The digits on paper give an age key that opens what was sealed for it."""

import io

import pyrage
import pytest

from deputydesk.security import paper_key
from deputydesk.security.suite import SUITE, SealError

DIGITS = "0123456789" * 4
KEY = "AGE-SECRET-KEY-1W8NFWTH0Z6TJKSCX766DC4EEGHP24N5RSER96LQ5HSS8XEUH0E9Q4RU2MG"


def test_the_paper_opens_what_was_sealed_for_it_and_no_other_paper_does():
    sealed = paper_key.seal(paper_key.recipient(DIGITS), b"secret")

    assert paper_key.unseal(DIGITS, sealed) == b"secret"
    with pytest.raises(SealError):
        paper_key.unseal(DIGITS[::-1], sealed)


def test_the_same_digits_give_the_same_key_for_ever():
    assert paper_key.identity(DIGITS) == KEY
    assert SUITE.are_keys("00" * 32, paper_key.recipient(DIGITS))


def test_a_bundle_sealed_for_the_paper_opens_with_any_age_program():
    sealed, plain = io.BytesIO(), io.BytesIO()
    SUITE.seal(io.BytesIO(b"bundle"), sealed, [paper_key.recipient(DIGITS)])

    key = pyrage.x25519.Identity.from_str(paper_key.identity(DIGITS))
    pyrage.decrypt_io(io.BytesIO(sealed.getvalue()), plain, [key])

    assert plain.getvalue() == b"bundle"


def test_new_digits_are_forty_and_never_the_same():
    some = {paper_key.new_digits() for _ in range(50)}

    assert len(some) == 50
    assert {len(digits) for digits in some} == {40}
