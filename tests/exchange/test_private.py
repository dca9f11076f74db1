"""What stays in the office is in no byte that leaves it, and nobody comes in by a bundle."""

import io
import zipfile
from functools import partial

import pytest
import zstandard
from sqlalchemy import literal, select

from deputydesk.errors import UserError
from deputydesk.exchange import backup, erasing, receiving, sending
from deputydesk.models import Account, Voter
from deputydesk.models.choices import Channel
from deputydesk.office import Office, User
from deputydesk.operations import (
    accounts,
    conflicts,
    opinions,
    partners,
    sign_in,
    voter_sharing,
)
from deputydesk.operations.figures.splits import office_of
from deputydesk.operations.voter_sharing import SharingRow
from deputydesk.security.suite import SUITE
from tests.exchange import carriers

DAY = carriers.NOW.date()
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


def names_at(office) -> set[str]:
    """Voters that an office knows by name."""
    return office.ask(lambda session: set(session.scalars(select(Voter.name))))


def hear(office, name: str) -> str:
    """An opinion of somebody; returns the voter's record."""
    office.do(opinions.hear, channel=Channel.PHONE, matter="水压不足", voter_name=name)
    find = select(Voter.id).where(Voter.name == name)
    return office.ask(lambda session: session.scalars(find).one())


def test_voters_go_up_from_the_day_on_that_the_head_said_so(two, tmp_path):
    township, district = two
    hear(township, "早先的人")
    township.do(voter_sharing.decide, goes_up=True, basis="区人大〔2026〕3号")
    hear(township, NAME)
    township.do(voter_sharing.decide, goes_up=False)
    hear(township, "再后的人")

    sent = sending.send(township, "D", tmp_path)
    told = opened(sent.path, district)
    receiving.receive(district, sent.path)

    assert names_at(district) == {NAME}
    assert {row.voter.name for row in district.ask(opinions.rows, today=DAY, contacts=True)} == {
        "",
        NAME,
    }
    for secret in ("早先的人", "再后的人", "voter_sharing", "区人大〔2026〕3号"):
        assert secret.encode() not in told
    assert district.check() == []


def test_another_person_typed_over_one_who_went_up_stays_home_once_that_is_turned_off(
    two, tmp_path
):
    township, district = two
    township.do(voter_sharing.decide, goes_up=True, basis="区人大〔2026〕3号")
    hear(township, NAME)
    receiving.receive(district, sending.send(township, "D", tmp_path).path)
    township.do(voter_sharing.decide, goes_up=False)
    [opinion] = township.ask(opinions.rows, today=DAY)
    edit = partial(township.do, opinions.edit, opinion_id=opinion.id)
    edit(voter_name=NAME, voter_phone=PHONE)  # of the same person all goes up as before
    edit(voter_name="另一个人", voter_phone="777777")

    sent = sending.send(township, "D", tmp_path)
    told = opened(sent.path, district)
    receiving.receive(district, sent.path)

    assert PHONE.encode() in told
    for secret in ("另一个人", "777777"):
        assert secret.encode() not in told
    assert names_at(district) == {NAME}
    assert names_at(township) == {NAME, "另一个人"}
    assert [office.check() for office in two] == [[], []]


@pytest.mark.parametrize("went", [False, True])
def test_who_asks_for_confidence_later_is_erased_from_all_that_goes_up(two, tmp_path, went):
    township, district = two
    township.do(voter_sharing.decide, goes_up=True, basis="区人大〔2026〕3号")
    hear(township, NAME)
    if went:
        receiving.receive(district, sending.send(township, "D", tmp_path).path)
    [opinion] = township.ask(opinions.rows, today=DAY)
    township.do(opinions.edit, opinion_id=opinion.id, confidential=True)

    sent = sending.send(township, "D", tmp_path)
    told = opened(sent.path, district)
    receiving.receive(district, sent.path)

    assert NAME.encode() not in told
    assert NAME.encode() not in district.data.path.read_bytes()
    assert names_at(township) == {NAME}
    with pytest.raises(UserError, match="彻底删除"):
        township.undo()
    assert [office.check() for office in two] == [[], []]


def test_while_two_pcs_say_different_things_of_it_no_voter_goes_up(two, tmp_path):
    township, district = two
    second = carriers.second_pc(tmp_path / "second", township)
    township.do(voter_sharing.decide, goes_up=True, basis="区人大〔2026〕3号")
    receiving.receive(second, sending.send(township, "T1", tmp_path).path)
    second.do(voter_sharing.decide, goes_up=False)
    for goes_up in (False, True):
        township.do(voter_sharing.decide, goes_up=goes_up, basis="区人大〔2026〕4号")
    receiving.receive(township, sending.send(second, "T1", tmp_path).path)

    hear(township, NAME)

    assert {row.label for row in township.ask(conflicts.rows)} >= {"新登记的选民资料报上级"}
    assert not township.ask(voter_sharing.sharing).goes_up
    assert NAME.encode() not in opened(sending.send(township, "D", tmp_path).path, district)
    second.close()


def test_after_a_backup_was_put_back_voters_stay_home_until_that_is_decided_again(tmp_path):
    township = carriers.created(tmp_path / "t", "T1")
    township.do(voter_sharing.decide, goes_up=True, basis="区人大〔2026〕3号")
    made = backup.back_up(township)
    township.do(voter_sharing.decide, goes_up=False)
    township.close()

    backup.restore(tmp_path / "t" / "office.db", made, clock=carriers.clock(), user=User("T1"))

    again = Office.open(tmp_path / "t" / "office.db", clock=carriers.clock(), user=User("T1"))
    assert again.ask(voter_sharing.sharing) == SharingRow(decided_on=DAY)
    assert again.check() == []
    again.close()


def test_what_has_gone_up_is_erased_above_after_the_setting_was_turned_off(two, tmp_path):
    township, district = two
    township.do(voter_sharing.decide, goes_up=True, basis="区人大〔2026〕3号")
    voter = hear(township, NAME)
    receiving.receive(district, sending.send(township, "D", tmp_path).path)
    assert names_at(district) == {NAME}
    township.do(voter_sharing.decide, goes_up=False)

    report = erasing.erase(township, "voter", voter, tmp_path)
    receiving.receive(district, sending.send(township, "D", tmp_path).path)

    assert report.travels
    assert names_at(district) == set()
    assert NAME.encode() not in district.data.path.read_bytes()
    assert [office.check() for office in two] == [[], []]


def test_what_has_gone_up_is_given_back_to_a_new_pc_and_erased_only_at_home(two, tmp_path):
    township, district = two
    township.do(voter_sharing.decide, goes_up=True, basis="区人大〔2026〕3号")
    voter = hear(township, NAME)
    receiving.receive(district, sending.send(township, "D", tmp_path).path)

    with pytest.raises(UserError, match="别的单位的记录"):
        erasing.erase(district, "voter", voter, tmp_path)
    anew = carriers.second_pc(tmp_path / "anew", township)
    receiving.receive(district, sending.send(anew, "D", tmp_path).path)
    receiving.receive(anew, sending.send(district, "T1", tmp_path).path)
    assert names_at(anew) == {NAME}
    assert anew.check() == []
    anew.close()


def test_the_office_above_cannot_turn_the_setting_on(two, tmp_path):
    township, district = two
    values = {"goes_up": True, "basis": "区里说的"}
    for n, scope in enumerate(("T1.local", "T1")):
        line = carriers.line(1, f"{scope}-1", values, tab="voter_sharing")
        stretch = carriers.stretch(district, f"aaaaaaaaa{n}.{scope}", [line])
        forged = carriers.forged(district, township, tmp_path / f"{n}.ddb", [stretch])
        receiving.receive(township, forged)

    assert not township.ask(voter_sharing.sharing).goes_up


@pytest.mark.parametrize("scope", ["T1", "T1.local", "T1.voters"])
def test_whoever_may_see_a_record_it_is_counted_for_its_office(two, scope):
    of = select(office_of(literal(f"{scope}-0001")))

    assert two[0].ask(lambda session: session.scalar(of)) == "T1"
