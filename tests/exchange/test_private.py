"""What stays in the office is in no byte that leaves it, and nobody comes in by a bundle."""

import io
import zipfile

import pytest
import zstandard
from sqlalchemy import select

from deputydesk.exchange import receiving, sending
from deputydesk.models import Account
from deputydesk.models.choices import Channel
from deputydesk.operations import accounts, opinions, partners, sign_in
from deputydesk.security.suite import SUITE
from tests.exchange import carriers

NAME, PHONE, HEAD = "葛某某某", "13804720000", "three-horses"


@pytest.fixture
def two(tmp_path):
    """A township and its district."""
    township = carriers.created(tmp_path / "t", "T1")
    district = carriers.created(tmp_path / "d", "D")
    carriers.introduce(township, district)
    yield township, district
    township.close()
    district.close()


def opened(bundle, office) -> bytes:
    """What a bundle says, to who can open it."""
    key = office.ask(partners.keys)[0].secret.seal
    packed, plain = io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(bundle) as outer:
        SUITE.open(io.BytesIO(outer.read("payload.age")), packed, key)
    packed.seek(0)
    zstandard.ZstdDecompressor().copy_stream(packed, plain)
    return plain.getvalue()


def test_voters_and_accounts_are_in_no_byte_that_goes_to_another_office(two, tmp_path):
    township, district = two
    hear = {"channel": Channel.PHONE, "matter": "水压不足", "voter_name": NAME}
    township.do(opinions.hear, **hear, voter_phone=PHONE)
    sign_in.turn_on(township, "乌兰", HEAD)

    sent = sending.send(township, "D", tmp_path)
    told = opened(sent.path, district)
    receiving.receive(district, sent.path)

    assert "水压不足".encode() in told
    verifier = township.ask(accounts.lock_of, "乌兰").verifier
    for secret in (NAME, PHONE, HEAD, verifier, "argon2id"):
        assert secret.encode() not in told
        assert secret.encode() not in district.data.path.read_bytes()
    assert not district.ask(accounts.is_on)


def test_an_account_that_comes_by_a_bundle_lets_nobody_in(two, tmp_path):
    township, district = two
    line = carriers.line(1, "D-1", {"name": "外人", "role": "head", "verifier": "x"}, tab="account")
    stretch = carriers.stretch(district, "aaaaaaaaaa.common", [line._replace(pk="common-1")])

    receiving.receive(township, carriers.forged(district, township, tmp_path / "a.ddb", [stretch]))

    assert township.ask(lambda session: session.scalars(select(Account)).all()) == []
    assert not township.ask(accounts.is_on)
