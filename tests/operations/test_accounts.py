"""Signing in: who may do what, wrong passwords, forgotten ones, the keys sealed meanwhile."""

from datetime import timedelta

import pytest

from deputydesk.errors import FieldError, NotAllowed, UserError
from deputydesk.journal.values import models
from deputydesk.office import Office, Right, User
from deputydesk.operations import accounts, conflicts, partners, sign_in, units
from deputydesk.operations.accounts import Role
from deputydesk.rules import paper_keys
from deputydesk.security import paper_key
from tests import make

HEAD, CLERK, OTHER = "three-horses", "horse-and-well", "old-elm-tree2"
PAPER = "0123456789" * 4


@pytest.fixture
def staffed(office):
    """An office with a head, a clerk and one who looks; the head has signed in."""
    sign_in.turn_on(office, "乌兰", HEAD)
    sign_in.add(office, name="张丽", role=Role.CLERK, password=CLERK)
    sign_in.add(office, name="郝平", role=Role.VIEWER, password=OTHER)
    return office


def later(office, **by):
    moment = office.clock() + timedelta(**by)
    office.clock = lambda: moment


def test_an_office_without_accounts_works_as_ever(office):
    assert not office.ask(accounts.is_on)
    assert office.user.rights == frozenset(Right)

    office.do(units.add, name="镇农办")


def test_nobody_works_until_somebody_signs_in(staffed):
    accounts.lock(staffed)

    with pytest.raises(NotAllowed, match="权限"):
        staffed.do(units.add, name="镇农办")

    user = sign_in.sign_in(staffed, " 张丽 ", CLERK)
    assert user.name == "张丽"
    staffed.do(units.add, name="镇农办")


def test_one_who_looks_changes_nothing(staffed):
    sign_in.sign_in(staffed, "郝平", OTHER)

    with pytest.raises(NotAllowed):
        staffed.do(units.add, name="镇农办")
    with pytest.raises(NotAllowed):
        staffed.merge(lambda tx: pytest.fail("nothing is taken in"))
    with pytest.raises(NotAllowed):
        staffed.rebuild()
    assert [row.name for row in staffed.ask(units.rows)] == []


def test_a_clerk_settles_no_conflict_and_makes_no_account(staffed):
    sign_in.sign_in(staffed, "张丽", CLERK)

    with pytest.raises(NotAllowed):
        staffed.do(conflicts.settle, table="unit", record_id="x", field="name", value="")
    with pytest.raises(NotAllowed):
        sign_in.add(staffed, name="巴图", role=Role.HEAD, password=OTHER)


def opened_again(office, user):
    """The same data at another desk, where somebody has worked since before."""
    other = Office(office.data, office.clock, user)
    other.secret = office.secret
    return other


def test_who_never_signed_in_does_nothing_once_another_desk_turned_it_on(office):
    other = opened_again(office, User("李强"))
    unit = other.do(units.add, name="镇农办")
    sign_in.turn_on(office, "乌兰", HEAD)
    head = office.ask(accounts.rows)[0]

    for attempt in (
        lambda: other.do(units.edit, unit_id=unit, name="水务局"),
        lambda: other.do(accounts.turn_off),
        lambda: other.do(accounts.add, name="二", role=Role.HEAD, verifier="", sealed=""),
        lambda: other.do(accounts.set_password, account_id=head.id, verifier="", sealed=""),
        other.undo,
        other.rebuild,
        lambda: other.merge(lambda _tx: pytest.fail("nothing is taken in")),
    ):
        with pytest.raises(NotAllowed, match="账号已停用"):
            attempt()

    with pytest.raises(FieldError, match="密码不对"):
        sign_in.sign_in(other, "乌兰", CLERK)
    sign_in.sign_in(other, "乌兰", HEAD)
    other.do(units.edit, unit_id=unit, name="水务局")


@pytest.mark.parametrize("is_stopped", [True, False])
def test_a_head_who_is_stopped_or_made_a_viewer_at_another_desk_loses_all_rights_at_once(
    staffed, is_stopped
):
    sign_in.add(staffed, name="巴图", role=Role.HEAD, password=OTHER)
    other = opened_again(staffed, User("", frozenset()))
    sign_in.sign_in(other, "巴图", OTHER)
    other.do(units.add, name="镇农办")
    (own,) = [row for row in staffed.ask(accounts.rows) if row.name == "巴图"]
    if is_stopped:
        staffed.do(accounts.set_active, account_id=own.id, is_active=False)
    else:
        staffed.do(accounts.set_role, account_id=own.id, role=Role.VIEWER)

    with pytest.raises(NotAllowed, match="重新登录"):
        other.do(units.add, name="水务局")
    with pytest.raises(NotAllowed, match="账号已停用"):
        sign_in.reset(other, staffed.ask(accounts.rows)[0], "seven-tall-elms")
    with pytest.raises(NotAllowed, match="账号已停用"):
        sign_in.change_own(other, OTHER, "seven-tall-elms")


def test_a_wrong_password_lets_nobody_in_and_says_so_at_its_field(staffed):
    accounts.lock(staffed)

    with pytest.raises(FieldError, match="密码不对") as caught:
        sign_in.sign_in(staffed, "张丽", HEAD)

    assert caught.value.field == "password"
    assert staffed.user.rights == frozenset({Right.ENTER})
    with pytest.raises(FieldError, match="没有“王五”的账号"):
        sign_in.sign_in(staffed, "王五", HEAD)


def test_after_wrong_passwords_the_next_try_waits_and_then_the_right_one_opens(staffed):
    accounts.lock(staffed)
    for _ in range(3):
        with pytest.raises(FieldError, match="密码不对"):
            sign_in.sign_in(staffed, "张丽", HEAD)

    with pytest.raises(FieldError, match="连续错了3次，请等5秒"):
        sign_in.sign_in(staffed, "张丽", CLERK)

    later(staffed, seconds=5)
    sign_in.sign_in(staffed, "张丽", CLERK)
    assert {row.failures for row in staffed.ask(accounts.rows)} == {0}


def test_a_clock_that_was_set_back_begins_the_wait_anew_and_keeps_nobody_out(staffed):
    for _ in range(3):
        with pytest.raises(FieldError, match="密码不对"):
            sign_in.sign_in(staffed, "张丽", HEAD)
    later(staffed, days=-400)

    with pytest.raises(FieldError, match="连续错了3次，请等5秒"):
        sign_in.sign_in(staffed, "张丽", CLERK)
    later(staffed, seconds=5)

    assert sign_in.sign_in(staffed, "张丽", CLERK).name == "张丽"


def test_a_head_gives_a_new_password_to_who_forgot(staffed):
    clerk = next(row for row in staffed.ask(accounts.rows) if row.name == "张丽")

    sign_in.reset(staffed, clerk, OTHER)

    assert sign_in.sign_in(staffed, "张丽", OTHER).name == "张丽"
    with pytest.raises(FieldError, match="密码不对"):
        sign_in.sign_in(staffed, "张丽", CLERK)


def test_one_changes_ones_own_password_with_the_old_one_and_nobody_elses(staffed):
    sign_in.sign_in(staffed, "郝平", OTHER)
    head = staffed.ask(accounts.rows)[0]
    with pytest.raises(FieldError, match="密码不对") as caught:
        sign_in.change_own(staffed, CLERK, "new-and-longer")
    assert caught.value.field == "old"

    sign_in.change_own(staffed, OTHER, "new-and-longer")

    assert sign_in.sign_in(staffed, "郝平", "new-and-longer")
    with pytest.raises(NotAllowed, match="只能修改自己的密码"):
        sign_in.reset(staffed, head, "new-and-longer")


def test_weak_passwords_and_doubled_names_are_refused(staffed):
    with pytest.raises(FieldError, match="至少8位"):
        sign_in.add(staffed, name="巴图", role=Role.CLERK, password="123")
    with pytest.raises(FieldError, match="已经有“张丽”的账号"):
        sign_in.add(staffed, name="张丽", role=Role.CLERK, password=OTHER)
    with pytest.raises(FieldError, match="请填写姓名"):
        sign_in.add(staffed, name=" ", role=Role.CLERK, password=OTHER)
    with pytest.raises(UserError, match="已经启用了登录"):
        sign_in.turn_on(staffed, "巴图", OTHER)
    with pytest.raises(UserError, match="没有这个账号"):
        staffed.do(accounts.set_role, account_id=99, role=Role.HEAD)


def test_a_head_remains(staffed):
    head, clerk, _ = staffed.ask(accounts.rows)
    with pytest.raises(UserError, match="至少要有一位负责人"):
        staffed.do(accounts.set_role, account_id=head.id, role=Role.CLERK)
    with pytest.raises(UserError, match="至少要有一位负责人"):
        staffed.do(accounts.set_active, account_id=head.id, is_active=False)

    staffed.do(accounts.set_role, account_id=clerk.id, role=Role.HEAD)
    staffed.do(accounts.set_active, account_id=head.id, is_active=False)

    with pytest.raises(FieldError, match="没有“乌兰”的账号"):
        sign_in.sign_in(staffed, "乌兰", HEAD)
    assert [row.name for row in staffed.ask(accounts.rows)] == ["张丽", "郝平", "乌兰"]


def test_the_password_of_who_was_stopped_opens_nothing_until_a_new_one_is_set(staffed):
    clerk = staffed.ask(accounts.rows)[1]
    staffed.do(accounts.set_active, account_id=clerk.id, is_active=False)
    staffed.do(accounts.set_active, account_id=clerk.id, is_active=True)

    known = staffed.ask(accounts.lock_of, "张丽")
    assert (known.sealed, known.account.has_password) == ("", False)
    with pytest.raises(FieldError, match="停用时密码已经作废"):
        sign_in.sign_in(staffed, "张丽", CLERK)
    sign_in.reset(staffed, known.account, OTHER)
    sign_in.sign_in(staffed, "张丽", OTHER)


def test_a_head_without_a_password_is_not_the_head_who_remains(staffed):
    head, clerk, _ = staffed.ask(accounts.rows)
    staffed.do(accounts.set_role, account_id=clerk.id, role=Role.HEAD)
    staffed.do(accounts.set_active, account_id=clerk.id, is_active=False)
    staffed.do(accounts.set_active, account_id=clerk.id, is_active=True)

    with pytest.raises(UserError, match="至少要有一位负责人"):
        staffed.do(accounts.set_active, account_id=head.id, is_active=False)


def test_the_paper_lets_the_head_in_who_forgot(staffed):
    sign_in.new_paper(staffed, PAPER)
    accounts.lock(staffed)
    typed = " ".join(paper_keys.groups(PAPER))

    user = sign_in.recover(staffed, typed, "乌兰", OTHER)

    assert user.rights == frozenset(Right)
    assert sign_in.sign_in(staffed, "乌兰", OTHER).name == "乌兰"


def test_a_paper_typed_wrongly_an_old_one_or_for_a_clerk_opens_nothing(staffed):
    typed = " ".join(paper_keys.groups(PAPER))
    with pytest.raises(FieldError, match="打不开"):
        sign_in.recover(staffed, typed, "乌兰", OTHER)
    sign_in.new_paper(staffed, paper_key.new_digits())
    accounts.lock(staffed)

    with pytest.raises(FieldError, match="第1、10组"):
        sign_in.recover(staffed, f"9{typed[1:-1]}", "乌兰", OTHER)
    with pytest.raises(FieldError, match="打不开"):
        sign_in.recover(staffed, typed, "乌兰", OTHER)
    with pytest.raises(FieldError, match="不是负责人"):
        sign_in.recover(staffed, typed, "张丽", OTHER)


def test_the_keys_of_the_office_are_sealed_while_one_signs_in(office):
    office.do(partners.make_keys)
    before = office.ask(partners.keys)
    sign_in.turn_on(office, "乌兰", HEAD)

    assert office.ask(partners.keys) == before
    content = office.data.path.read_bytes()
    assert before[0].secret.sign.encode() not in content
    assert before[0].secret.seal.encode() not in content
    accounts.lock(office)
    with pytest.raises(UserError, match="密钥打不开"):
        office.ask(partners.keys)
    sign_in.sign_in(office, "乌兰", HEAD)
    office.do(partners.make_keys)
    assert office.ask(partners.keys)[1] == before[0]

    with pytest.raises(FieldError, match="密码不对"):
        sign_in.turn_off(office, OTHER)
    later(office, seconds=5)
    sign_in.turn_off(office, HEAD)

    assert office.ask(partners.keys)[1] == before[0]
    assert not office.ask(accounts.is_on)
    assert office.user == User("乌兰")


def test_keys_that_another_pc_sealed_do_not_keep_signing_in_from_being_turned_on_or_off(
    office, monkeypatch, tmp_path
):
    monkeypatch.setenv("DEPUTYDESK_DATA", str(tmp_path / "first"))
    office.do(partners.make_keys)
    before = office.ask(partners.keys)
    monkeypatch.setenv("DEPUTYDESK_DATA", str(tmp_path / "second"))
    office.do(partners.make_keys)
    made = office.ask(partners.keys)
    assert len(made) == 1

    sign_in.turn_on(office, "乌兰", HEAD)
    assert office.ask(partners.keys) == made
    sign_in.turn_off(office, HEAD)

    assert office.ask(partners.keys) == made
    monkeypatch.setenv("DEPUTYDESK_DATA", str(tmp_path / "first"))
    assert office.ask(partners.keys) == before


def test_the_paper_opens_what_is_sealed_for_the_office(office):
    sign_in.turn_on(office, "乌兰", HEAD)
    office.do(partners.make_keys)
    assert office.ask(partners.keys)[0].recovery == ""

    sign_in.new_paper(office, PAPER)
    office.do(partners.make_keys)

    papers = {key.recovery for key in office.ask(partners.keys)}
    assert papers == {paper_key.recipient(PAPER)}


def test_no_password_is_set_past_the_window(office):
    with pytest.raises(UserError, match="还没有密码"):
        office.do(accounts.turn_on, name="乌兰", verifier="", sealed="")
    with pytest.raises(UserError, match="请先登录"):
        sign_in.new_paper(office, PAPER)
    with pytest.raises(FieldError, match="请填写姓名"):
        sign_in.turn_on(office, "", HEAD)
    assert office.secret == b""


def test_what_was_done_to_accounts_is_listed_for_the_head(staffed):
    told = [(event.user, event.what, event.about) for event in staffed.ask(accounts.events)]

    assert told == [
        ("乌兰", "增加账号", "郝平（查看）"),
        ("乌兰", "增加账号", "张丽（经办人）"),
        ("张丽", "增加账号", "乌兰（负责人）"),
    ]


def test_accounts_are_no_records_so_no_list_sheet_search_or_bundle_has_them(staffed):
    assert not {"account", "account_vault", "account_event"} & models().keys()
    content = staffed.data.path.read_bytes()
    for password in (HEAD, CLERK, OTHER):
        assert password.encode() not in content
    assert staffed.check() == []


def test_accounts_outlive_a_rebuild(staffed):
    make.home(staffed)

    staffed.rebuild()

    assert len(staffed.ask(accounts.rows)) == 3
