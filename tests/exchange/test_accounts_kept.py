"""A backup that is put back does not change who signs in, nor what their passwords open."""

from datetime import timedelta

import pytest

from deputydesk.errors import UserError
from deputydesk.exchange import accounts_kept, backup
from deputydesk.office import Office, Right, User
from deputydesk.operations import accounts, partners, pc_secret, sign_in
from tests.exchange import carriers

HEAD = "three-horses"


@pytest.fixture
def office(tmp_path):
    made = carriers.created(tmp_path / "T1", "T1")
    yield made
    made.close()


def put_back(office, saved):
    """The office after a backup was put in the place of its data; nobody has signed in."""
    signing, path = accounts_kept.of(office), office.data.path
    office.close()
    backup.restore(path, saved, clock=office.clock, user=office.user, signing=signing)
    again = Office.open(path, clock=office.clock, user=office.user)
    accounts.lock_if_on(again)
    return again


def signs(office):
    return [key.public.sign for key in office.ask(partners.keys)]


def test_a_backup_from_before_signing_in_does_not_turn_it_off(office):
    saved, before = backup.back_up(office), signs(office)
    sign_in.turn_on(office, "乌兰", HEAD)

    again = put_back(office, saved)

    assert again.user.rights == frozenset({Right.ENTER})
    sign_in.sign_in(again, "乌兰", HEAD)
    assert signs(again) == before
    newest = again.ask(accounts.events)[0]
    assert (newest.user, newest.what, newest.about) == ("乌兰", "恢复备份", saved.name)
    assert again.check() == []
    again.close()


def test_a_password_that_was_changed_since_the_backup_stays_changed(office):
    sign_in.turn_on(office, "乌兰", "an-older-word")
    saved = backup.back_up(office)
    sign_in.change_own(office, "an-older-word", HEAD)

    again = put_back(office, saved)

    with pytest.raises(UserError, match="密码不对"):
        sign_in.sign_in(again, "乌兰", "an-older-word")
    sign_in.sign_in(again, "乌兰", HEAD)
    again.close()


def test_keys_that_an_earlier_secret_sealed_are_those_of_the_present_data(office):
    sign_in.turn_on(office, "乌兰", HEAD)
    saved, before = backup.back_up(office), signs(office)
    sign_in.turn_off(office, HEAD)
    sign_in.turn_on(office, "乌兰", HEAD)

    again = put_back(office, saved)
    sign_in.sign_in(again, "乌兰", HEAD)

    assert signs(again) == before
    again.close()


@pytest.fixture
def fresh(tmp_path):
    """An office where nothing was done yet, on a new PC."""
    made = carriers.empty(tmp_path / "new", "NEW", User("乌兰"), timedelta())
    yield made
    made.close()


def test_keys_of_another_office_that_nothing_opens_any_more_are_let_go(fresh, tmp_path):
    other = carriers.created(tmp_path / "T2", "T2")
    sign_in.turn_on(other, "格日勒", HEAD)
    saved = backup.back_up(other)
    other.close()
    sign_in.turn_on(fresh, "乌兰", HEAD)

    again = put_back(fresh, saved)
    sign_in.sign_in(again, "乌兰", HEAD)

    assert again.code == "T2"
    assert signs(again) == []
    again.close()


def test_keys_of_another_pc_wait_for_it(fresh, tmp_path, monkeypatch):
    other = carriers.created(tmp_path / "T2", "T2")
    saved = backup.back_up(other)
    other.close()
    sign_in.turn_on(fresh, "乌兰", HEAD)
    monkeypatch.setattr(pc_secret, "known", lambda folder: b"another PC's secret of 32 bytes.")

    again = put_back(fresh, saved)
    sign_in.sign_in(again, "乌兰", HEAD)

    assert again.ask(partners.keys_elsewhere)
    again.close()


def test_where_nobody_signs_in_the_backup_says_who_does(office):
    saved = backup.back_up(office)
    assert accounts_kept.of(office) is None

    again = put_back(office, saved)

    assert again.user.rights == frozenset(Right)
    again.close()


def test_nothing_is_carried_over_by_whoever_has_not_signed_in(office):
    sign_in.turn_on(office, "乌兰", HEAD)
    accounts.lock(office)

    with pytest.raises(UserError, match="请先登录"):
        accounts_kept.of(office)
