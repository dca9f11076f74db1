"""Random work in an office, against an oracle of plain dicts."""

from contextlib import AbstractContextManager, closing
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import select
from sqlalchemy.orm import Session
from typing_extensions import override

from deputydesk.errors import UserError
from deputydesk.journal import history
from deputydesk.journal.caches import SYNC_CONFLICT, SYNC_ROW, RowKey
from deputydesk.journal.fold import Heads
from deputydesk.journal.values import blanks, decode, models, table_of
from deputydesk.models import Record
from deputydesk.office import Office
from tests.journal import samples
from tests.journal.register import Oracle, Row, Seen

WORDS = st.sampled_from(["", "道路", "饮水", "𬱖𫖮"])
DAYS = st.sampled_from(["1900-01-01", "2026-11-20", "2026-11-23"])
COUNTS = st.integers(0, 3)
FIELDS: dict[str, dict[str, st.SearchStrategy[Any]]] = {
    "visit": {
        "topic": WORDS,
        "held_on": DAYS,
        "received": COUNTS,
        "method": st.sampled_from(["", "phone", "来自新版本"]),
    },
    "opinion": {"matter": WORDS, "due_on": st.none() | DAYS, "confidential": st.booleans()},
    "voter": {"name": WORDS, "age": st.none() | COUNTS},
    "evaluation_entry": {"counts": st.dictionaries(st.sampled_from("ab"), COUNTS)},
}
SCOPES = {"voter": "T1.local"}
TABLES = st.sampled_from(sorted(FIELDS))


def values_of(tab: str) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({}, optional=FIELDS[tab])


def python(tab: str, values: dict[str, Any]) -> dict[str, Any]:
    columns = table_of(models()[tab]).columns
    return {name: decode(columns[name], value) for name, value in values.items()}


def caches(session: Session) -> tuple[Any, ...]:
    """All caches of the log: records, heads and conflicts."""
    kept = [session.execute(select(table)).all() for table in (SYNC_ROW, SYNC_CONFLICT)]
    return (samples.everything(session), *map(sorted, kept))


class Machine(RuleBasedStateMachine):
    def fresh_office(self) -> AbstractContextManager[Office]:
        raise NotImplementedError

    @initialize()
    def open_office(self) -> None:
        self.opened = self.fresh_office()
        self.office = self.opened.__enter__()
        self.oracle = Oracle({name: dict(blanks(model)) for name, model in models().items()})
        self.forms: list[tuple[Row, dict[RowKey, Heads], Seen, dict[str, Any]]] = []
        self.count = 0

    @rule(data=st.data(), tabs=st.lists(TABLES, max_size=3))
    def batch(self, data, tabs) -> None:
        new: dict[str, tuple[type[Record], dict[str, Any]]] = {}
        edits: dict[str, tuple[type[Record], dict[str, Any]]] = {}
        gone: dict[str, type[Record]] = {}
        self.oracle.begin("do", self.office.user.name)
        living = self.oracle.living()
        for tab in tabs:
            self.count += 1
            pk = f"{SCOPES.get(tab, 'T1')}-{self.count:04}"
            values = data.draw(values_of(tab))
            new[pk] = (models()[tab], python(tab, values))
            self.oracle.insert((tab, pk), values)
        chosen = (
            data.draw(st.lists(st.sampled_from(living), unique=True, max_size=4)) if living else []
        )
        for tab, pk in chosen:
            if data.draw(st.booleans()):
                gone[pk] = models()[tab]
                self.oracle.delete((tab, pk))
            else:
                values = data.draw(values_of(tab))
                edits[pk] = (models()[tab], python(tab, values))
                self.oracle.edit((tab, pk), values)
        self.oracle.end()
        self.office.do(samples.batch, new, edits, gone)

    @precondition(lambda self: self.oracle.living())
    @rule(data=st.data())
    def open_form(self, data) -> None:
        row = data.draw(st.sampled_from(self.oracle.living()))
        kept = self.oracle.rows[row]
        self.forms.append((row, self.office.ask(history.seen, row), kept.seen(), kept.values))

    @precondition(lambda self: self.forms)
    @rule(data=st.data())
    def save_form(self, data) -> None:
        """The form hands back all its fields, most of them untouched."""
        row, heads, seen, shown = data.draw(st.sampled_from(self.forms))
        values = {name: shown[name] for name in FIELDS[row[0]]} | data.draw(values_of(row[0]))
        model = models()[row[0]]
        if not self.oracle.rows[row].alive:
            with pytest.raises(UserError, match="没有了"):
                self.office.do_seen(heads, samples.edit, model, row[1])
            return
        self.oracle.begin("do", self.office.user.name)
        self.oracle.edit(row, values, seen)
        self.oracle.end()
        self.office.do_seen(heads, samples.edit, model, row[1], **python(row[0], values))

    @precondition(lambda self: self.forms)
    @rule(data=st.data())
    def delete_in_form(self, data) -> None:
        row, heads, seen, _ = data.draw(st.sampled_from(self.forms))
        if self.oracle.rows[row].alive:
            self.oracle.begin("do", self.office.user.name)
            self.oracle.delete(row, seen)
            self.oracle.end()
            self.office.do_seen(heads, samples.remove, models()[row[0]], row[1])

    @rule(kind=st.sampled_from(["undo", "undo", "redo"]))
    def reverse(self, kind) -> None:
        user = self.office.user.name
        action = self.oracle.newest(kind, user)
        run = self.office.undo if kind == "undo" else self.office.redo
        if action is None or self.oracle.refuses(action):
            with pytest.raises(UserError):
                run()
        else:
            self.oracle.reverse(action, "undo" if action.kind != "undo" else "redo", user)
            run()

    @rule(user=st.sampled_from([samples.ZHANG, samples.LI]))
    def change_user(self, user) -> None:
        self.office.user = user

    @rule()
    def rebuild(self) -> None:
        before = self.office.ask(caches)

        living = self.office.rebuild()

        assert living == len(self.oracle.living())
        assert self.office.ask(caches) == before

    @invariant()
    def tables_are_what_the_oracle_says(self) -> None:
        assert self.office.ask(samples.everything) == self.oracle.tables()
        assert set(self.office.ask(history.conflicts)) == self.oracle.conflicts()

    def teardown(self) -> None:
        with closing(self.office):
            before = self.office.ask(caches)

            assert self.office.check() == []
            self.office.rebuild()
            assert self.office.ask(caches) == before


def test_random_work_leaves_what_the_oracle_says(make_office, examples):
    class Here(Machine):
        @override
        def fresh_office(self) -> AbstractContextManager[Office]:
            return make_office()

    run_state_machine_as_test(
        Here, settings=settings(max_examples=examples, stateful_step_count=25)
    )
