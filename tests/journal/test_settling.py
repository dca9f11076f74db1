"""A conflict is settled by a person; what must be forgotten is forgotten everywhere."""

from pathlib import Path

import pytest

from deputydesk.errors import UserError
from deputydesk.journal import capture, history, undo
from deputydesk.models import Unit, Visit, Voter
from deputydesk.office import Right, Tx, User, operation
from deputydesk.operations import conflicts
from tests.journal import samples


@operation(Right.HANDLE, "裁定冲突")
def settle(tx: Tx, record_id: str, value: str) -> None:
    record = tx.session.get_one(Unit, record_id)
    record.name = value
    capture.settle(tx.session, record, "name")


@operation(Right.HANDLE, "彻底删除", can_undo=False)
def expunge(tx: Tx, record_id: str) -> None:
    capture.expunge(tx.session, Voter, record_id)


def in_conflict(office):
    """Two people opened the same form and saved different names."""
    record = office.do(samples.add, Unit, name="水务局")
    seen = office.ask(history.seen, ("unit", record))
    office.do_seen(seen, samples.edit, Unit, record, name="水利局")
    office.do_seen(seen, samples.edit, Unit, record, name="水政局")
    return record


@pytest.mark.parametrize("value", ["水利局", "水政局", "农牧和水务局"])
def test_a_conflict_is_settled_by_either_value_or_by_a_third(office, value):
    record = in_conflict(office)

    office.do(settle, record, value)

    assert office.ask(history.conflicts) == []
    assert office.ask(samples.everything)["unit"][record]["name"] == value
    assert office.check() == []


def stands(office) -> dict[str, tuple[str, ...]]:
    """What is said of each field in conflict, the shown value last."""
    return {one.field: tuple(said.value for said in one.said) for one in office.ask(conflicts.rows)}


@pytest.mark.parametrize("value", ["水利局", "水政局", "农牧和水务局"])
def test_settling_can_be_taken_back_and_the_conflict_is_there_again(office, value):
    record = in_conflict(office)
    before = stands(office)
    office.do(settle, record, value)

    office.undo()

    assert before == stands(office) == {"name": ("水利局", "水政局")}
    assert office.ask(samples.everything)["unit"][record]["name"] == "水政局"
    assert office.check() == []


@pytest.mark.parametrize("value", ["水利局", "水政局", "农牧和水务局"])
def test_what_was_opened_again_is_settled_again_by_redo_and_so_on(office, value):
    record = in_conflict(office)
    office.do(settle, record, value)

    for _ in range(2):
        office.undo()
        assert stands(office) == {"name": ("水利局", "水政局")}
        office.redo()
        assert stands(office) == {}
        assert office.ask(samples.everything)["unit"][record]["name"] == value
    assert office.check() == []
    assert office.rebuild() == 1
    assert office.ask(samples.everything)["unit"][record]["name"] == value


def test_an_edit_that_settled_in_passing_is_taken_back_like_a_settlement(office):
    record = in_conflict(office)
    office.do(samples.edit, Unit, record, name="水务中心", phone="3009")

    office.undo()

    assert stands(office) == {"name": ("水利局", "水政局")}
    assert office.ask(samples.everything)["unit"][record]["phone"] == ""
    assert office.check() == []


def test_an_opening_again_is_not_settled_by_redo_when_somebody_settled_since(office):
    record = in_conflict(office)
    office.do(settle, record, "水利局")
    office.undo()
    undone = office.ask(undo.actions)[0]
    office.user = User("李强")
    office.do(settle, record, "水政局")
    office.user = User(undone.user)

    with pytest.raises(UserError, match="又修改过"):
        office.redo()

    assert office.ask(samples.everything)["unit"][record]["name"] == "水政局"


@pytest.mark.parametrize("deleted_before", [False, True])
def test_what_is_expunged_is_in_no_table_no_log_and_no_free_page(office, deleted_before):
    voter = office.do(samples.add, Voter, name="葛某某某", phone="13804720000")
    office.do(samples.edit, Voter, voter, phone="13904729999")
    kept = office.do(samples.add, Voter, name="郝平")
    if deleted_before:
        office.do(samples.remove, Voter, voter)

    office.do(expunge, voter)

    data = Path(office.data.path).read_bytes()
    for secret in ("葛某某某", "13804720000", "13904729999"):
        assert secret.encode() not in data
    assert list(office.ask(samples.everything)["voter"]) == [kept]
    assert office.check() == []


def test_what_is_expunged_does_not_come_back_by_undo(office):
    voter = office.do(samples.add, Voter, name="葛某某某")
    office.do(samples.edit, Voter, voter, phone="13904729999")
    office.do(expunge, voter)

    with pytest.raises(UserError):
        office.undo()

    assert office.ask(samples.everything).get("voter", {}) == {}
    assert office.rebuild() == 0
    assert office.check() == []


def test_a_record_that_others_name_can_be_expunged_and_they_stay(office):
    samples.visit(office)
    voter = office.do(samples.add, Voter, name="葛某某某")

    office.do(expunge, voter)

    assert office.ask(samples.topics) == ["道路"]
    assert Visit.title
