"""What no command tells or does, whoever is signed in: keys, what passwords open, signing in."""

import json
import typing
from datetime import date

import pytest
from cattrs.errors import StructureHandlerNotFoundError
from sqlalchemy import select

from deputydesk.cli import calls
from deputydesk.errors import UserError
from deputydesk.journal.tables import SyncKey
from deputydesk.models.account import Account, AccountVault
from deputydesk.operations import partners, sign_in
from deputydesk.operations.accounts import Role
from deputydesk.rules.choices import Choice
from deputydesk.rules.quarters import Quarter
from tests.cli.test_cli import typed
from tests.cli.test_users import CLERK, HEAD, desk, staffed
from tests.operations.every_stick import all_sticks

__all__ = ["desk", "staffed"]

VIEWER = "see-only-please"
PAPER = "0123456789" * 4
MARKS = ("AGE-SECRET", "sealed:", "here-", "argon2id")


@pytest.fixture
def watched(office):
    """An office with keys of every kind, a paper and accounts; one who only looks is signed in."""
    all_sticks(office)
    office.do(partners.make_keys)
    sign_in.turn_on(office, "乌兰", HEAD)
    sign_in.new_paper(office, PAPER)
    sign_in.add(office, name="郝平", role=Role.VIEWER, password=VIEWER)
    sign_in.sign_in(office, "郝平", VIEWER)
    return office


def hidden(session) -> list[str]:
    """What lies in the data and is nobody's to read: keys, vault, what proves a password."""
    found = [text for key in session.scalars(select(SyncKey)) for text in (key.sign, key.seal)]
    for one in session.scalars(select(Account)):
        found += [one.verifier, one.sealed]
    return [*found, *session.scalars(select(AccountVault.rescue))]


def value_of(kind: object, text: str) -> object:
    if isinstance(kind, type) and issubclass(kind, Choice):
        return next(iter(kind)).value
    if kind == Quarter:
        return [2026, 1]
    plain: dict[object, object] = {str: text, int: 2026, date: "2026-01-01", bool: True}
    return plain.get(kind, [text])


def given(query, text: str) -> str:
    """Arguments for a query, each text the same."""
    hints = typing.get_type_hints(query)
    told: dict[str, object] = {}
    for name, one in calls.parameters(query).items():
        kind = hints[name]
        if one.default is one.empty and name != "today":
            told[name] = value_of(kind, text)
    return json.dumps(told)


def test_no_query_that_can_be_asked_gives_a_key_or_what_a_password_opens(watched):
    asked = watched.ask(hidden)
    keys = watched.ask(partners.keys)
    secrets = [*asked, *(text for key in keys for text in (key.secret.sign, key.secret.seal))]
    secrets += [watched.secret.hex(), repr(watched.secret), *MARKS]
    answered = set()
    for name, query in calls.queries().items():
        for text in ("乌兰", "unit", asked[0]):
            try:
                answer = str(calls.ask(watched, name, given(query, text)))
            except (UserError, LookupError, ValueError, StructureHandlerNotFoundError):
                continue  # there is no such record, or no words can say what it is asked with
            answered.add(name)
            said = answer.replace(text, "")
            assert [one for one in secrets if one in said] == [], name
    assert len(answered) > 200
    assert {"accounts.rows", "partners.rows", "conflicts.rows", "undo.actions"} <= answered


@pytest.mark.parametrize(
    "name",
    [
        *("partners.keys", "joining.pairs", "accounts.lock_of", "accounts.rescue"),
        *("accounts.recovery", "sealed_keys.opened", "sealed_keys.open_all"),
    ],
)
def test_keys_and_what_proves_a_password_are_no_query(staffed, monkeypatch, name):
    typed(monkeypatch, f"{HEAD}\n")

    said = staffed("ask", name, '{"name": "乌兰"}', "--user", "乌兰", status=1)

    assert f"没有“{name}”这个查询" in said
    assert [mark for mark in MARKS if mark in said] == []


def test_who_only_looks_does_not_end_the_wait_after_wrong_passwords_of_the_head(
    staffed, monkeypatch
):
    for _ in range(4):
        typed(monkeypatch, "wrong-pass\n")
        staffed("users", "list", "--user", "乌兰", status=1)
    known = '{"account_id": 1, "is_right": true}'
    typed(monkeypatch, f"{CLERK}\n")

    said = staffed("do", "accounts.note_try", known, "--user", "张丽", status=1)

    assert "没有“accounts.note_try”这个操作" in said
    typed(monkeypatch, f"{HEAD}\n")
    assert "密码连续错了" in staffed("users", "list", "--user", "乌兰", status=1)


def test_signing_in_s_own_operations_are_not_offered():
    offered = {name for name in calls.offered() if name.startswith(("accounts.", "joining."))}

    assert offered == {"accounts.set_active", "accounts.set_role"}
