"""The door to the data: operations change it, queries read it, nothing else does either."""

import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from deputydesk.errors import NotAllowed, UserError
from deputydesk.journal import history, undo
from deputydesk.models import Opinion, Visit, Voter
from deputydesk.office import Office, Operation, Right, Tx, User, operation, rights_of
from tests.journal import samples
from tests.journal.samples import visit


@pytest.fixture
def office(empty_file, tmp_path) -> Iterator[Office]:
    path = Path(shutil.copy(empty_file, tmp_path / "office.db"))
    with samples.opened(path) as opened:
        yield opened


def test_an_operation_changes_the_office_and_is_in_its_history(office):
    visit(office, "道路")

    assert office.ask(samples.topics) == ["道路"]
    (action,) = office.ask(undo.actions)
    assert (action.title, action.user, action.at) == ("登记", "张丽", "2026-11-23T09:00:00")


def test_an_operation_is_named_after_its_module_and_knows_title_and_right():
    assert isinstance(samples.add, Operation)
    assert (samples.add.name, samples.add.title) == ("samples.add", "登记")
    assert samples.add.right is Right.REGISTER


def test_an_operation_runs_as_a_part_of_another_and_is_undone_with_it(office):
    @operation(Right.REGISTER, "登记接待")
    def whole(tx: Tx) -> str:
        tx.about = f"{tx.today:%d}日"
        samples.add(tx, Opinion, matter="饮水")
        return samples.add(tx, Visit, topic="道路")

    made = office.do(whole)

    assert office.ask(lambda session: session.get_one(Visit, made).topic) == "道路"
    assert office.undo().text == "登记接待（23日）"
    assert office.ask(samples.everything) == {}


def test_an_operation_that_fails_leaves_nothing(office):
    @operation(Right.REGISTER, "登记")
    def half(tx: Tx) -> None:
        samples.add(tx, Visit, topic="道路")
        tx.session.flush()
        raise UserError("不行。")

    with pytest.raises(UserError, match="不行"):
        office.do(half)

    assert office.ask(samples.everything) == {}
    assert office.ask(undo.actions) == []
    assert office.check() == []


def test_without_the_right_nothing_is_done(office):
    office.user = User("王芳", frozenset({Right.HANDLE}))

    with pytest.raises(NotAllowed, match="王芳.*没有.*登记.*的权限"):
        visit(office)

    assert office.ask(samples.topics) == []


def test_who_lost_the_right_does_not_undo_or_redo_what_was_done(office):
    visit(office)
    may, may_not = office.user, User(office.user.name, frozenset({Right.HANDLE}))

    office.user = may_not
    with pytest.raises(NotAllowed, match="没有“撤销：.*”的权限"):
        office.undo()
    assert len(office.ask(samples.topics)) == 1

    office.user = may
    office.undo()
    office.user = may_not
    with pytest.raises(NotAllowed, match="没有“重做：.*”的权限"):
        office.redo()
    assert office.ask(samples.topics) == []
    assert office.check() == []


def test_what_one_operation_did_through_another_asks_for_both_rights(office):
    @operation(Right.HANDLE, "办理")
    def handle(tx: Tx) -> None:
        samples.add(tx, Visit, topic="道路")

    @operation(Right.REGISTER, "批量")
    def often(tx: Tx) -> None:
        tx.demand(handle)
        tx.demand(handle)
        handle(tx)

    office.do(often)
    office.user = User(office.user.name, frozenset({Right.REGISTER}))

    with pytest.raises(NotAllowed, match="撤销：批量"):
        office.undo()


def test_an_action_of_a_program_of_other_days_is_undone_by_who_may_set_up():
    assert rights_of("nothing.of_this_version") == {Right.SETUP}


def test_the_right_of_a_module_that_was_not_needed_yet_is_looked_up():
    code = (
        "from deputydesk.office import Right, rights_of\n"
        "assert rights_of('dispatches.make') == {Right.HANDLE}\n"
        "assert rights_of('activity.remove gone.away') == {Right.REGISTER, Right.SETUP}\n"
    )

    subprocess.run([sys.executable, "-c", code], check=True)


def test_a_new_records_id_carries_the_offices_code_and_a_voters_stays_local(office):
    visit_id = visit(office)
    voter_id = office.do(samples.add, Voter, name="赵六")

    assert visit_id.startswith("T1-")
    assert voter_id.startswith("T1.local-")
    assert office.code == "T1"


def test_no_two_records_get_one_id(office):
    @operation(Right.REGISTER, "登记")
    def many(tx: Tx) -> list[str]:
        return [samples.add(tx, Visit, topic=str(n)) for n in range(50)]

    ids = office.do(many)

    assert len(set(ids)) == 50


def test_views_are_told_which_kinds_changed_after_the_commit(office):
    told: list[tuple[frozenset[type], int]] = []
    office.on_change(lambda kinds: told.append((kinds, len(office.ask(samples.topics)))))

    visit(office)
    office.undo()
    office.redo()

    assert told == [({Visit}, 1), ({Visit}, 0), ({Visit}, 1)]


def test_views_are_not_told_of_what_changed_nothing(office):
    told: list[frozenset[type]] = []
    visit_id = visit(office, "道路")
    office.on_change(told.append)

    office.do(samples.edit, Visit, visit_id, topic="道路")
    office.do(samples.batch, {}, {}, {})
    with pytest.raises(UserError):
        office.do(samples.edit, Visit, "T1-x")

    assert told == []


def test_a_record_added_and_deleted_in_one_operation_was_never_there(office):
    @operation(Right.REGISTER, "登记")
    def both(tx: Tx) -> None:
        record = Visit(topic="道路")
        tx.session.add(record)
        tx.session.flush()
        tx.session.delete(record)

    office.do(both)

    assert office.ask(undo.actions) == []
    assert office.check() == []


def test_a_record_restored_and_deleted_again_in_one_operation_stays_deleted(office):
    visit_id = visit(office)
    office.do(samples.remove, Visit, visit_id)

    @operation(Right.REGISTER, "登记")
    def both(tx: Tx) -> None:
        record = Visit(id=visit_id)
        tx.session.add(record)
        tx.session.flush()
        tx.session.delete(record)

    office.do(both)

    assert len(office.ask(undo.actions)) == 2
    assert office.check() == []


def test_several_flushes_are_one_change(office):
    visit_id = visit(office, "甲")

    @operation(Right.HANDLE, "修改")
    def to_and_fro(tx: Tx) -> None:
        record = tx.session.get_one(Visit, visit_id)
        for topic in ("乙", "丙", "甲"):
            record.topic = topic
            tx.session.flush()
        record.place = "村委会"

    office.do(to_and_fro)

    assert office.check() == []
    assert office.undo().title == "修改"
    assert office.ask(samples.everything)["visit"][visit_id]["place"] == ""


def test_fields_handed_back_unchanged_are_no_change(office):
    visit_id = visit(office, "甲")

    office.do(samples.edit, Visit, visit_id, topic="甲", place="村委会", received=0)

    changed = [row.field for row in office.ask(history.of_record, "visit", visit_id)]
    assert changed == ["held_on", "topic", "place"]


def test_a_value_set_without_being_read_is_recorded(office):
    opinion = office.do(samples.add, Opinion, due_on=samples.NOW.date())

    @operation(Right.HANDLE, "修改")
    def forget(tx: Tx) -> None:
        record = tx.session.get_one(Opinion, opinion)
        tx.session.expire(record)
        record.due_on = None

    office.do(forget)

    assert office.ask(samples.everything)["opinion"][opinion]["due_on"] is None
    assert office.check() == []


BULK = {
    "update": update(Visit).values(topic="改了"),
    "delete": delete(Visit),
    "insert": insert(Visit).values(id="T1-x"),
}


@pytest.mark.parametrize("kind", sorted(BULK))
def test_a_bulk_change_is_refused(office, kind):
    visit(office, "道路")

    @operation(Right.HANDLE, "批量")
    def bulk(tx: Tx) -> None:
        tx.session.execute(BULK[kind])

    with pytest.raises(TypeError, match="bypasses the journal"):
        office.do(bulk)
    with pytest.raises(TypeError, match="bypasses the journal"):
        office.ask(lambda session: session.execute(BULK[kind]))
    assert office.ask(samples.topics) == ["道路"]


def test_a_savepoint_is_refused(office):
    @operation(Right.HANDLE, "部分")
    def partly(tx: Tx) -> None:
        with tx.session.begin_nested():
            pass

    with pytest.raises(TypeError, match="no savepoints"):
        office.do(partly)


def test_a_query_that_changes_a_record_is_refused(office):
    visit_id = visit(office, "道路")

    def change(session: Session) -> None:
        session.get_one(Visit, visit_id).topic = "改了"

    def change_and_flush(session: Session) -> None:
        change(session)
        session.flush()

    def remove(session: Session) -> None:
        session.delete(session.get_one(Visit, visit_id))

    for query in (change, change_and_flush, remove):
        with pytest.raises(TypeError, match="use an operation"):
            office.ask(query)
    assert office.ask(samples.topics) == ["道路"]


def test_a_query_sees_one_moment_whatever_is_written_meanwhile(office):
    visit(office, "道路")
    started, written = threading.Event(), threading.Event()

    def slow(session: Session) -> tuple[int, int]:
        first = len(session.scalars(select(Visit.id)).all())
        started.set()
        written.wait(0.3)  # SQLite lets the writer wait for us, PostgreSQL does not
        return first, len(session.scalars(select(Visit.id)).all())

    with ThreadPoolExecutor(1) as other:
        asked = other.submit(office.ask, slow)
        started.wait(10)
        visit(office, "饮水")
        written.set()

    assert asked.result() == (1, 1)
    assert len(office.ask(samples.topics)) == 2


def write_from_two(first: Office, second: Office, each: int) -> None:
    """Two write at once: records of their own, and one record of both."""
    shared = visit(first, "0")

    def work(office: Office, name: str) -> None:
        for number in range(each):
            visit(office, f"{name}{number}")
            office.do(
                samples.edit, Visit, shared, **{"topic" if name == "a" else "place": str(number)}
            )

    with ThreadPoolExecutor(2) as threads:
        for done in [threads.submit(work, first, "a"), threads.submit(work, second, "b")]:
            done.result()


def assert_both_kept_all(office: Office, each: int) -> None:
    rows = office.ask(samples.everything)["visit"].values()
    last = str(each - 1)
    assert {row["topic"] for row in rows} == {
        *(f"{name}{n}" for name in "ab" for n in range(each)),
        last,
    }
    assert [row["place"] for row in rows if row["topic"] == last] == [last]
    assert office.check() == []


def test_two_threads_that_write_at_once_lose_nothing(office):
    write_from_two(office, office, 15)

    assert_both_kept_all(office, 15)
