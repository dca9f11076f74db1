"""Undo and redo of any operation."""

from contextlib import contextmanager

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import event, select

from deputydesk.errors import UserError
from deputydesk.journal import undo
from deputydesk.journal.later import naming
from deputydesk.journal.tables import SyncSelf
from deputydesk.journal.values import models
from deputydesk.models import Opinion, Visit, Voter
from deputydesk.office import Office, Right, Tx, User, operation
from tests.journal import samples
from tests.journal.test_machine import FIELDS, SCOPES, python, values_of


def test_undo_and_redo_walk_back_and_forth(office):
    visit = samples.visit(office, "甲")
    office.do(samples.edit, Visit, visit, topic="乙")
    office.do(samples.remove, Visit, visit)

    seen = [office.undo() and office.ask(samples.topics) for _ in range(3)]
    seen += [office.redo() and office.ask(samples.topics) for _ in range(3)]
    seen += [office.undo() and office.ask(samples.topics) for _ in range(2)]

    assert seen == [["乙"], ["甲"], [], ["甲"], ["乙"], [], ["乙"], ["甲"]]
    assert office.check() == []


def test_undo_names_what_it_takes_back(office):
    @operation(Right.REGISTER, "登记建议")
    def register(tx: Tx) -> None:
        tx.session.add(Visit())
        tx.about = "第3号"

    office.do(register)
    samples.visit(office)

    assert office.ask(undo.undoable, "张丽").text == "登记"
    assert office.undo().text == "登记"
    assert office.undo().text == "登记建议（第3号）"
    assert office.ask(undo.undoable, "张丽") is None
    assert office.ask(undo.redoable, "张丽").text == "登记建议（第3号）"


def test_what_was_done_for_good_says_what_to_do_instead_and_an_older_action_is_offered(office):
    @operation(Right.REGISTER, "入账", instead="请更正，写明理由。")
    def book(tx: Tx) -> None:
        tx.session.add(Visit(topic="已入账"))
        tx.about = "第3批"

    samples.visit(office, "甲")
    samples.visit(office, "乙")
    office.undo()
    office.do(book)

    with pytest.raises(UserError) as refused:
        office.undo()
    assert (refused.value.message, refused.value.hint) == (
        "“入账（第3批）”不能撤销。",
        "请更正，写明理由。",
    )
    assert sorted(office.ask(samples.topics)) == ["已入账", "甲"]
    assert office.ask(undo.redoable, "张丽") is None
    assert office.ask(undo.undoable, "张丽").is_final
    older = office.undoable_instead()
    assert older.text == "登记"
    with pytest.raises(UserError, match="不能撤销"):
        office.undo(office.ask(undo.actions)[0].id)
    office.undo(older.id)
    assert office.ask(samples.topics) == ["已入账"]


def test_with_nothing_done_there_is_nothing_to_undo_or_redo(office):
    with pytest.raises(UserError, match="没有可以撤销"):
        office.undo()
    with pytest.raises(UserError, match="没有可以重做"):
        office.redo()


def test_after_something_new_nothing_can_be_redone(office):
    samples.visit(office, "甲")
    office.undo()
    samples.visit(office, "乙")

    with pytest.raises(UserError, match="没有可以重做"):
        office.redo()
    assert office.ask(undo.redoable, "张丽") is None


def test_an_action_that_changed_nothing_is_not_in_the_way_of_undo(office):
    visit = samples.visit(office, "甲")
    office.do(samples.edit, Visit, visit, topic="甲")

    office.undo()

    assert office.ask(samples.topics) == []


def test_what_others_did_is_not_taken_back(office):
    samples.visit(office, "甲")
    office.user = samples.LI
    samples.visit(office, "乙")
    office.user = samples.ZHANG

    office.undo()

    assert office.ask(samples.topics) == ["乙"]
    with pytest.raises(UserError, match="没有可以撤销"):
        office.undo()


def test_an_older_action_can_be_taken_back_by_name(office):
    samples.visit(office, "甲")
    samples.visit(office, "乙")
    _, first = office.ask(undo.actions)

    office.undo(first.id)

    assert office.ask(samples.topics) == ["乙"]
    assert [(row.kind, row.undone) for row in office.ask(undo.actions)] == [
        ("undo", False),
        ("do", False),
        ("do", True),
    ]


def test_an_action_is_taken_back_once(office):
    samples.visit(office)
    (action,) = office.ask(undo.actions)
    office.undo(action.id)

    with pytest.raises(UserError, match="已经撤销过"):
        office.undo(action.id)


def test_an_undoing_is_taken_back_by_redo_only(office):
    samples.visit(office)
    office.undo()
    undoing, _ = office.ask(undo.actions)

    with pytest.raises(UserError, match="没有可以撤销"):
        office.undo(undoing.id)
    with pytest.raises(UserError, match="没有可以撤销"):
        office.undo(undoing.id + 1)


def test_anothers_action_is_not_taken_back_by_name(office):
    samples.visit(office)
    (action,) = office.ask(undo.actions)
    office.user = samples.LI

    with pytest.raises(UserError, match="张丽做的.*请由张丽撤销"):
        office.undo(action.id)


def test_an_action_is_not_taken_back_under_a_newer_one_of_the_same_field(office):
    visit = samples.visit(office, "甲")
    office.do(samples.edit, Visit, visit, topic="乙")
    office.do(samples.edit, Visit, visit, topic="丙")
    _, edited, added = office.ask(undo.actions)

    for action in (edited, added):
        with pytest.raises(UserError, match="之后又修改过.*请先撤销后面的"):
            office.undo(action.id)
    assert office.ask(samples.topics) == ["丙"]


def test_an_action_is_taken_back_beside_a_newer_one_of_another_field(office):
    visit = samples.visit(office, "甲")
    office.do(samples.edit, Visit, visit, topic="乙")
    office.do(samples.edit, Visit, visit, place="村委会")
    _, edited, _ = office.ask(undo.actions)

    office.undo(edited.id)

    row = office.ask(samples.everything)["visit"][visit]
    assert (row["topic"], row["place"]) == ("甲", "村委会")


def test_a_restored_row_that_was_edited_is_not_deleted_again_by_name(office):
    visit = samples.visit(office, "甲")
    office.do(samples.remove, Visit, visit)
    office.undo()
    office.redo()
    office.undo()
    office.do(samples.edit, Visit, visit, place="村委会")
    added = office.ask(undo.actions)[-1]

    with pytest.raises(UserError, match="之后又修改过"):
        office.undo(added.id)


def test_a_record_that_a_later_one_names_is_not_taken_away(office):
    visit = samples.visit(office)
    office.user = samples.LI
    opinion = office.do(samples.add, Opinion, matter="饮水", visit_id=visit)
    office.user = samples.ZHANG

    with pytest.raises(UserError, match="之后的“选民意见”用到了它"):
        office.undo()

    office.do(samples.edit, Opinion, opinion, visit_id="")
    office.undo()
    office.user = samples.LI
    office.undo()
    office.user = samples.ZHANG
    office.undo()
    assert office.ask(samples.everything) == {}


def test_where_the_newest_action_cannot_be_taken_back_the_next_older_one_that_can_is_named(office):
    kept = samples.visit(office, "甲")
    office.do(samples.edit, Visit, kept, place="村委会")
    used = samples.visit(office, "乙")
    office.user = samples.LI
    office.do(samples.add, Opinion, matter="饮水", visit_id=used)
    office.user = samples.ZHANG
    with pytest.raises(UserError, match="用到了它"):
        office.undo()

    instead = office.undoable_instead()
    office.undo(instead.id)

    assert instead.title == "修改"
    assert office.ask(samples.everything)["visit"][kept]["place"] == ""
    assert office.undoable_instead().title == "登记"


@contextmanager
def asked(office):
    """The statements that are run meanwhile."""
    statements = []

    def note(_connection, _cursor, statement, *_):
        statements.append(statement)

    event.listen(office.data.engine, "before_cursor_execute", note)
    yield statements
    event.remove(office.data.engine, "before_cursor_execute", note)


def test_an_import_of_hundreds_is_passed_over_unread_when_an_older_action_is_looked_for(office):
    kept = samples.visit(office, "甲")
    office.do(samples.edit, Visit, kept, place="村委会")
    new = {f"T1-{n:032x}": (Visit, {"topic": "道路"}) for n in range(undo.LINES_LOOKED_AT + 1)}
    office.do(samples.batch, new, {}, {})
    office.user = samples.LI
    office.do(samples.add, Opinion, matter="饮水", visit_id=next(iter(new)))
    office.user = samples.ZHANG
    with pytest.raises(UserError, match="用到了它"):
        office.undo()

    with asked(office) as statements:
        instead = office.undoable_instead()

    assert instead.title == "修改"
    assert len(statements) < 20  # of each line of the import there were three


def test_what_names_the_records_of_an_action_is_looked_for_once_for_all_of_them(office):
    few = {f"T1-{n:032x}": (Visit, {"topic": "道路"}) for n in range(2)}
    many = {f"T1-{n + 100:032x}": (Visit, {"topic": "水"}) for n in range(40)}

    def told(new):
        office.do(samples.batch, new, {}, {})
        with asked(office) as statements:
            office.undo()
        return sum("body" in one and "pk = " not in one for one in statements)

    assert told(few) == told(many)


def test_only_changes_since_then_are_looked_at_for_what_names_a_record(office):
    named = samples.visit(office, "甲")
    voter = office.do(samples.add, Voter, name="王五")
    before = office.do(samples.add, Opinion, matter="饮水", visit_id=named)
    since = office.ask(lambda session: session.scalar(select(SyncSelf.lam)))
    first = office.do(samples.add, Opinion, matter="道路", visit_id=named)
    office.do(samples.edit, Voter, voter, name="赵六")
    last = office.do(samples.add, Opinion, matter="路灯", visit_id=named)

    found = office.ask(naming, [named, voter], since)

    assert [one.pk for one in found[named]] == [first, last]
    assert before not in [one.pk for one in found[named]]
    assert voter not in found
    assert office.ask(naming, [], 0) == {}


def test_an_action_that_the_user_may_not_take_back_is_not_named_instead(office):
    samples.visit(office, "甲")
    office.user = User("张丽", frozenset({Right.ENTER}))

    assert office.undoable_instead() is None


def test_a_record_goes_with_those_that_the_same_action_made(office):
    @operation(Right.REGISTER, "登记")
    def both(tx: Tx) -> None:
        visit = Visit()
        tx.session.add(visit)
        tx.session.add(Opinion(visit_id=visit.id))

    office.do(both)

    office.undo()

    assert office.ask(samples.everything) == {}


def test_a_record_deleted_and_written_anew_in_one_action_is_a_change(office):
    visit = samples.visit(office, "甲", place="村委会")

    @operation(Right.HANDLE, "换")
    def replace(tx: Tx) -> None:
        tx.session.delete(tx.session.get_one(Visit, visit))
        tx.session.flush()
        tx.session.add(Visit(id=visit, topic="乙"))

    office.do(replace)
    replaced = office.ask(samples.everything)["visit"][visit]
    assert office.check() == []
    office.undo()

    assert (replaced["topic"], replaced["place"]) == ("乙", "")
    row = office.ask(samples.everything)["visit"][visit]
    assert (row["topic"], row["place"]) == ("甲", "村委会")
    assert office.check() == []


Steps = list[tuple[str, dict[str, object], int]]


@st.composite
def steps(draw) -> Steps:
    tables = draw(st.lists(st.sampled_from(sorted(FIELDS)), min_size=1, max_size=6))
    return [(tab, draw(values_of(tab)), draw(st.integers(0, 5))) for tab in tables]


def do_random(office: Office, todo: Steps) -> None:
    """Add, edit or delete, whichever the number says."""
    living: list[tuple[str, str]] = []
    for number, (tab, values, choice) in enumerate(todo):
        there = [row for row in living if row[0] == tab]
        if choice < 3 or not there:
            pk = f"{SCOPES.get(tab, 'T1')}-{number:03}"
            living.append((tab, pk))
            office.do(samples.batch, {pk: (models()[tab], python(tab, values))}, {}, {})
        elif choice < 5:
            row = there[choice % len(there)]
            office.do(samples.edit, models()[tab], row[1], **python(tab, values))
        else:
            living.remove(there[0])
            office.do(samples.remove, models()[tab], there[0][1])


def test_whatever_was_done_is_undone_step_by_step_and_redone(make_office, examples):
    @settings(max_examples=examples)
    @given(todo=steps())
    def walk(todo: Steps) -> None:
        with make_office() as office:
            do_random(office, todo)
            done = office.ask(samples.everything)
            count = len(office.ask(undo.actions))

            for _ in range(count):
                office.undo()
            empty = office.ask(samples.everything)
            for _ in range(count):
                office.redo()

            assert empty == {}
            assert office.ask(samples.everything) == done
            assert office.check() == []

    walk()


def test_a_deletion_is_not_taken_back_past_what_was_registered_since(office):
    visit = samples.visit(office)
    office.do(samples.remove, Visit, visit)
    deletion = office.ask(undo.actions)[0].id
    samples.visit(office, "饮水")

    with pytest.raises(UserError, match="回收站"):
        office.undo(deletion)

    assert office.ask(samples.topics) == ["饮水"]
