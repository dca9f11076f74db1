"""Undo and redo beside what another PC wrote at the same time: nothing of it is lost unseen."""

import pytest

from deputydesk.errors import UserError
from deputydesk.exchange import receiving, sending
from deputydesk.journal import capture, history, undo
from deputydesk.models import Unit
from deputydesk.office import Right, Tx, operation
from deputydesk.operations import conflicts, recycle_bin
from tests.exchange import carriers
from tests.journal import samples

WAYS = pytest.mark.parametrize(("here", "there"), [(1, 1), (1, 3), (3, 1)])
"""Edits on each PC: their counters are the same, or one of them is ahead."""


@operation(Right.HANDLE, "彻底删除", can_undo=False)
def expunge(tx: Tx, record_id: str) -> None:
    capture.expunge(tx.session, Unit, record_id)


@pytest.fixture
def pair(tmp_path):
    """Two PCs of one office."""
    first = carriers.created(tmp_path / "a", "T1")
    second = carriers.second_pc(tmp_path / "b", first)
    yield first, second
    first.close()
    second.close()


@pytest.fixture
def carry(tmp_path):
    stick = tmp_path / "stick"
    stick.mkdir()
    return lambda giver, taker: (
        receiving.receive(taker, sending.send(giver, "T1", stick).path).conflicts
    )


@pytest.fixture
def unit(pair, carry):
    """A record that both have."""
    first, second = pair
    record = first.do(samples.add, Unit, name="水务局", phone="3001")
    carry(first, second)
    return record


def ahead(office, count: int) -> None:
    """So many changes of something else."""
    for _ in range(count - 1):
        office.do(samples.add, Unit, name="旁的")


def shown(office, record):
    row = office.ask(samples.everything).get("unit", {}).get(record)
    return row and (row["name"], row["phone"])


@WAYS
def test_an_edit_is_not_taken_back_over_the_other_pc_s_edit(pair, carry, unit, here, there):
    first, second = pair
    ahead(first, there)
    ahead(second, here)
    first.do(samples.edit, Unit, unit, name="水利局")
    second.do(samples.edit, Unit, unit, name="水政局")
    assert carry(first, second) == 1

    with pytest.raises(UserError, match="“修改”的同一内容，另一台电脑上也修改过.*不一致的内容"):
        second.undo()

    assert carry(second, first) == 1
    for office in pair:
        assert {key[:2] for key in office.ask(history.conflicts)} == {("unit", unit)}
        assert office.check() == []
    assert shown(first, unit) == shown(second, unit)


@WAYS
def test_an_undoing_is_not_done_again_over_the_other_pc_s_edit(pair, carry, unit, here, there):
    first, second = pair
    second.do(samples.edit, Unit, unit, name="水政局")
    edited = second.ask(undo.actions)[0].id
    carry(second, first)
    ahead(first, there)
    ahead(second, here)
    first.do(samples.edit, Unit, unit, name="水利局")
    second.undo(edited)
    carry(first, second)

    with pytest.raises(UserError, match="另一台电脑上也修改过"):
        second.redo()

    assert carry(second, first) == 1
    assert second.check() == []


@WAYS
def test_an_edit_is_taken_back_beside_the_other_pc_s_edit_of_another_field(
    pair, carry, unit, here, there
):
    first, second = pair
    ahead(first, there)
    ahead(second, here)
    first.do(samples.edit, Unit, unit, phone="3002")
    second.do(samples.edit, Unit, unit, name="水政局")
    carry(first, second)

    second.undo()

    assert shown(second, unit) == ("水务局", "3002")
    carry(second, first)
    assert shown(first, unit) == ("水务局", "3002")
    assert second.check() == []


@WAYS
@pytest.mark.parametrize("work", [samples.edit, samples.remove])
def test_what_the_other_pc_erased_does_not_come_back(pair, carry, unit, here, there, work):
    first, second = pair
    ahead(first, there)
    ahead(second, here)
    second.do(work, Unit, unit, **({"name": "水政局"} if work is samples.edit else {}))
    first.do(expunge, unit)
    carry(first, second)

    with pytest.raises(UserError, match="彻底删除了，不能撤销"):
        second.undo()

    assert shown(second, unit) is None
    assert second.check() == []


def test_an_erased_record_is_not_written_anew(pair, unit):
    first, _ = pair
    first.do(expunge, unit)

    with pytest.raises(UserError, match="“承办单位”记录已经彻底删除"):
        first.do(samples.batch, {unit: (Unit, {"name": "水政局"})}, {}, {})

    assert shown(first, unit) is None
    assert first.check() == []


@WAYS
def test_a_deletion_beside_an_edit_leaves_the_record_where_it_is(pair, carry, unit, here, there):
    first, second = pair
    ahead(first, there)
    ahead(second, here)
    first.do(samples.edit, Unit, unit, name="水利局")
    second.do(samples.remove, Unit, unit)
    carry(first, second)

    with pytest.raises(UserError, match="另一台电脑上也修改过"):
        second.undo()

    assert shown(second, unit) == ("水利局", "3001")
    assert second.check() == []


@WAYS
def test_what_both_deleted_comes_back_from_the_bin_only(pair, carry, unit, here, there):
    first, second = pair
    ahead(first, there)
    ahead(second, here)
    first.do(samples.remove, Unit, unit)
    second.do(samples.remove, Unit, unit)
    carry(first, second)

    with pytest.raises(UserError, match="另一台电脑上也修改过"):
        second.undo()

    assert shown(second, unit) is None
    second.do(recycle_bin.restore, ids=[f"unit:{unit}"])
    assert shown(second, unit) == ("水务局", "3001")


@WAYS
def test_taking_back_an_edit_beside_a_deletion_does_not_take_the_record_away(
    pair, carry, unit, here, there
):
    first, second = pair
    ahead(first, there)
    ahead(second, here)
    first.do(samples.remove, Unit, unit)
    second.do(samples.edit, Unit, unit, name="水政局")
    carry(first, second)

    second.undo()

    assert shown(second, unit) == ("水务局", "3001")
    carry(second, first)
    assert shown(first, unit) == ("水务局", "3001")
    assert [office.check() for office in pair] == [[], []]


def test_what_the_other_pc_had_written_before_is_no_hindrance(pair, carry, unit):
    first, second = pair
    first.do(samples.edit, Unit, unit, name="水利局")
    carry(first, second)
    second.do(samples.edit, Unit, unit, name="水政局")

    second.undo()
    assert shown(second, unit) == ("水利局", "3001")
    second.redo()
    assert shown(second, unit) == ("水政局", "3001")


def test_a_settlement_taken_back_opens_the_conflict_on_both_pcs_with_who_wrote_what(
    pair, carry, unit
):
    first, second = pair
    first.do(samples.edit, Unit, unit, name="水利局")
    second.do(samples.edit, Unit, unit, name="水政局")
    assert carry(first, second) == 1
    (found,) = second.ask(conflicts.rows)
    wanted = {(said.value, said.user) for said in found.said}
    second.do(conflicts.settle, table="unit", record_id=unit, field="name", value="水利局")
    carry(second, first)
    assert first.ask(conflicts.rows) == []

    second.undo()
    carry(second, first)

    assert wanted == {("水利局", "T1"), ("水政局", "二")}
    for office in pair:
        (again,) = office.ask(conflicts.rows)
        assert {(said.value, said.user) for said in again.said} == wanted
        assert again.said[-1].value == found.said[-1].value
        assert office.check() == []
    first.do(conflicts.settle, table="unit", record_id=unit, field="name", value="水政局")
    carry(first, second)
    assert [shown(office, unit)[0] for office in pair] == ["水政局", "水政局"]
    assert [office.ask(conflicts.rows) for office in pair] == [[], []]
    with pytest.raises(UserError, match="又修改过"):
        second.redo()
