"""Whom an office may enrol, stop and send to; what is no question any more."""

import sqlite3
from contextlib import closing

import pytest

from deputydesk.errors import UserError
from deputydesk.exchange import cards, sending
from deputydesk.journal import history
from deputydesk.models import Unit
from deputydesk.operations import conflicts, partners
from deputydesk.operations.partners import Role
from tests import make
from tests.exchange import carriers
from tests.journal import samples


@pytest.fixture
def others(tmp_path):
    made = [carriers.created(tmp_path / code, code) for code in ("D", "E")]
    yield made
    for office in made:
        office.close()


def test_its_own_card_a_second_office_above_and_an_unknown_one_are_refused(
    office, others, tmp_path
):
    office.do(partners.make_keys)
    with pytest.raises(UserError, match="自己的名片"):
        cards.enrol(office, carriers.card(office), Role.CHILD)
    cards.enrol(office, carriers.card(others[0]), Role.PARENT)
    with pytest.raises(UserError, match="已经登记了上级"):
        cards.enrol(office, carriers.card(others[1]), Role.PARENT)
    with pytest.raises(UserError, match="没有登记这个单位"):
        office.do(partners.remove, code="E")
    with pytest.raises(UserError, match="没有登记单位"):
        sending.send(office, "E", tmp_path)

    assert [row.code for row in office.ask(partners.rows)] == ["D"]


def test_a_question_about_a_record_that_was_deleted_is_none(office):
    unit = make.unit(office, name="镇畜牧站")
    seen = office.ask(history.seen, ("unit", unit))
    for name in ("镇畜牧兽医站", "镇农畜站"):
        office.do_seen(seen, samples.edit, Unit, unit, name=name)
    assert office.ask(conflicts.rows)

    office.do(samples.remove, Unit, unit)

    assert office.ask(conflicts.rows) == []


def test_a_question_about_a_kind_of_record_this_version_has_no_more_is_passed_over(office):
    unit = make.unit(office, name="镇畜牧站")
    seen = office.ask(history.seen, ("unit", unit))
    for name in ("镇畜牧兽医站", "镇农畜站"):
        office.do_seen(seen, samples.edit, Unit, unit, name=name)
    with closing(sqlite3.connect(office.data.path)) as tool, tool:
        tool.execute(
            "insert into sync_conflict select 'given_up', pk, field, alts from sync_conflict"
        )

    assert [row.table for row in office.ask(conflicts.rows)] == ["unit"]
