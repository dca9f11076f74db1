"""`check` finds what was done behind the app's back; `rebuild` heals it, if the log is whole."""

import sqlite3
from contextlib import closing

import pytest
from sqlalchemy import select

from deputydesk.errors import UserError
from deputydesk.journal import history
from deputydesk.journal.log import SYNC_CHANGE, Entry, Writer, body_hash, link, lock_myself
from deputydesk.journal.tables import SyncSelf
from deputydesk.models import Opinion, Visit
from deputydesk.office import Office, Right, Tx, operation
from tests.journal import samples


def with_sqlite_tool(office: Office, statement: str, *values: object) -> None:
    """Change the file as someone with a SQLite tool would."""
    assert office.data.path is not None
    with closing(sqlite3.connect(office.data.path)) as tool, tool:
        assert tool.execute(statement, values).rowcount > 0


def faults(office: Office) -> list[tuple[str, str]]:
    return [(fault.where, fault.message) for fault in office.check()]


@pytest.fixture
def visits(office) -> list[str]:
    ids = [samples.visit(office, topic) for topic in ("道路", "饮水", "供暖")]
    office.do(samples.edit, Visit, ids[0], topic="修路")
    return ids


def test_an_untouched_office_is_as_the_log_says(office, visits):
    assert office.check() == []


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("topic", "改了"),
        ("held_on", "2020-01-01"),
        ("received", 99),
        ("held_on", "不是日期"),
        ("held_on", 7),
    ],
)
def test_a_field_changed_behind_the_app_is_found_and_healed(office, visits, column, value):
    with_sqlite_tool(office, f"update visit set {column} = ? where id = ?", value, visits[1])

    found = faults(office)
    office.rebuild()

    label = Visit.__table__.c[column].info["label"]
    assert (f"visit {visits[1]}", f"“进家登记”的“{label}”与日志不符。") in found
    assert {where for where, _ in found} == {f"visit {visits[1]}"}
    assert office.check() == []
    assert office.ask(samples.topics) == ["修路", "饮水", "供暖"]


def test_a_row_removed_behind_the_app_is_found_and_healed(office, visits):
    with_sqlite_tool(office, "delete from visit where id = ?", visits[1])

    assert faults(office) == [(f"visit {visits[1]}", "“进家登记”少了一条记录。")]
    office.rebuild()
    assert office.ask(samples.topics) == ["修路", "饮水", "供暖"]


def test_a_row_added_behind_the_app_is_found_and_healed(office, visits):
    with_sqlite_tool(office, "insert into visit (id, topic) values ('T1-x', '假的')")

    assert faults(office) == [("visit T1-x", "“进家登记”多了一条日志里没有的记录。")]
    office.rebuild()
    assert office.ask(samples.topics) == ["修路", "饮水", "供暖"]


def test_a_row_added_behind_the_app_cannot_be_worked_on(office, visits):
    with_sqlite_tool(office, "insert into visit (id, topic) values ('T1-x', '假的')")

    for work in (samples.edit, samples.remove):
        with pytest.raises(UserError, match="不是在本程序中登记的"):
            office.do(work, Visit, "T1-x", **({"topic": "真的"} if work is samples.edit else {}))

    assert "假的" in office.ask(samples.topics)


def test_a_deleted_row_put_back_behind_the_app_is_found_and_healed(office, visits):
    office.do(samples.remove, Visit, visits[2])
    with_sqlite_tool(office, "insert into visit (id, topic) values (?, '供暖')", visits[2])

    assert faults(office) == [(f"visit {visits[2]}", "“进家登记”多了一条已删除的记录。")]
    office.rebuild()
    assert office.check() == []
    assert office.ask(samples.topics) == ["修路", "饮水"]


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ("update sync_row set heads = '[[],[],{}]' where pk = ?", "visit {}"),
        ("delete from sync_row where pk = ?", "visit {}"),
        ("insert into sync_conflict values ('visit', ?, 'topic', '[]')", "visit {}"),
    ],
)
def test_meddled_heads_and_conflicts_are_found_and_healed(office, visits, change, where):
    with_sqlite_tool(office, change, visits[0])

    assert faults(office) == [(where.format(visits[0]), "这条记录的来历与日志不符。")]
    office.rebuild()
    assert office.check() == []


def test_heads_of_a_row_that_never_was_are_found_and_healed(office, visits):
    with_sqlite_tool(office, "insert into sync_row values ('visit', 'T1-x', '[[],[],{}]')")

    assert faults(office) == [("visit T1-x", "日志里没有这条记录的来历。")]
    office.rebuild()
    assert office.check() == []


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("body", '[{"topic":"改了"},"salt"]'),
        ("body", "不是JSON"),
        ("body", '"不是JSON'),
        ("body", "[]"),
        ("body", '[["topic"],"salt"]'),
        ("body", b"\x00\xff"),
        ("kind", b"\x00\xff"),
        ("base", '[["x:1"]]'),
        ("base", '["x:1"]'),
        ("base", "7"),
        ("usr", "别人"),
        ("ts", "2020-01-01T00:00:00"),
        ("kind", "D"),
        ("pk", "T1-x"),
        ("lam", 0),
        ("lam", "很大"),
        ("lam", 999),
        ("hash", "0"),
        ("seq", 99),
        ("seq", "九"),
    ],
)
def test_an_edited_line_of_the_log_is_found_and_no_source_to_rebuild_from(
    office, visits, column, value
):
    with_sqlite_tool(office, f"update sync_change set {column} = ? where seq = 2", value)
    before = office.ask(samples.everything)

    found = faults(office)

    assert any("日志" in message and ":2" in where for where, message in found)
    with pytest.raises(UserError, match="日志本身被改动过"):
        office.rebuild()
    assert office.ask(samples.everything) == before


def test_a_line_edited_with_its_hash_is_found_by_the_next_line(office, visits):
    """Whoever knows how the hash is made must make all later ones anew, and other offices' too."""
    first, second = office.ask(
        lambda session: (
            session.execute(select(SYNC_CHANGE).order_by(SYNC_CHANGE.c.seq).limit(2))
            .mappings()
            .all()
        )
    )
    edited = dict(second) | {"body": second["body"].replace("饮水", "改了")}
    with_sqlite_tool(
        office,
        "update sync_change set body = ?, hash = ? where seq = 2",
        edited["body"],
        link(first["hash"], edited),
    )

    assert (f"{first['feed']}:3", "日志的这一条被改动过。") in faults(office)


def test_a_line_removed_from_the_middle_is_found(office, visits):
    with_sqlite_tool(office, "delete from sync_change where seq = 2")

    (feed,) = office.ask(lambda session: session.scalars(select(SyncSelf.device)).all())
    assert (f"{feed}.T1:2", "日志缺少第2条。") in faults(office)


def test_lines_removed_from_the_end_are_found(office, visits):
    with_sqlite_tool(office, "delete from sync_change where seq = 4")

    assert any("应有4条，实有3条" in message for _, message in faults(office))


def test_lines_removed_from_the_end_with_their_feed_are_found_by_the_rows(office, visits):
    with_sqlite_tool(office, "delete from sync_change where seq = 4")
    with_sqlite_tool(
        office,
        "update sync_feed set seq = 3, hash = (select hash from sync_change where seq = 3)",
    )

    assert {where for where, _ in faults(office)} == {f"visit {visits[0]}"}


def test_a_removed_feed_is_found(office, visits):
    with_sqlite_tool(office, "delete from sync_feed")

    assert any(message == "日志中有来历不明的记录。" for _, message in faults(office))


def test_a_counter_that_was_set_back_is_found(office, visits):
    with_sqlite_tool(office, "update sync_self set lam = 1")

    assert faults(office) == [("sync_self", "日志的计数被改动过。")]


def test_an_erased_body_without_expunging_is_found(office, visits):
    (body,) = office.ask(
        lambda session: (
            session.connection().exec_driver_sql("select body from sync_change where seq = 2").one()
        )
    )
    with_sqlite_tool(
        office, "update sync_change set body = ? where seq = 2", f'"{body_hash(body)}"'
    )

    assert (f"visit {visits[1]}", "这条记录的日志内容被清除。") in faults(office)


def write_entry(office: Office, entry: Entry) -> None:
    """Write to the log as an import will."""

    @operation(Right.SETUP, "导入")
    def run(tx: Tx) -> None:
        Writer(tx.session, lock_myself(tx.session), tx.now, tx.user.name).append([entry])

    office.do(run)
    office.rebuild()


def test_an_expunged_row_is_gone_and_the_chain_still_holds(office, visits):
    write_entry(office, Entry("visit", visits[1], "X", (), {}))
    (body,) = office.ask(
        lambda session: (
            session.connection().exec_driver_sql("select body from sync_change where seq = 2").one()
        )
    )
    with_sqlite_tool(
        office, "update sync_change set body = ? where seq = 2", f'"{body_hash(body)}"'
    )
    office.rebuild()

    assert office.check() == []
    assert office.ask(samples.topics) == ["修路", "供暖"]
    rows = office.ask(history.of_record, "visit", visits[1])
    assert [(row.kind, row.after) for row in rows] == [("新建", None), ("清除", None)]


def test_fields_and_tables_of_a_newer_version_are_kept_and_are_no_fault(office, visits):
    (device,) = office.ask(lambda session: session.scalars(select(SyncSelf.device)).all())
    write_entry(office, Entry("visit", visits[1], "U", (f"{device}.T1:2",), {"weather": "晴"}))
    write_entry(office, Entry("from_the_future", "T1-f", "I", (), {"a": 1}))

    assert office.check() == []
    assert office.ask(samples.topics) == ["修路", "饮水", "供暖"]


def test_thousands_of_rows_are_compared_in_batches(office):
    rows = {f"T1-{n:05}": (Opinion, {"matter": f"第{n}件"}) for n in range(1201)}
    office.do(samples.batch, rows, {}, {})
    with_sqlite_tool(office, "update opinion set matter = '' where id = 'T1-01200'")
    with_sqlite_tool(office, "update opinion set heard_on = '何日' where id = 'T1-00007'")

    assert {where for where, _ in faults(office)} == {"opinion T1-01200", "opinion T1-00007"}
    assert office.rebuild() == 1201
    assert office.check() == []


def test_rebuild_keeps_a_copy_of_what_was_there(office, visits):
    with_sqlite_tool(office, "update visit set topic = '改了'")

    office.rebuild()

    (copy,) = (office.data.path.parent / "backups").iterdir()
    assert copy.name == "office-20261123-090000-rebuild.db"
    with closing(sqlite3.connect(copy)) as kept:
        assert kept.execute("select distinct topic from visit").fetchall() == [("改了",)]


def test_rebuild_tells_every_view(office, visits):
    told: list[frozenset[type]] = []
    office.on_change(told.append)

    office.rebuild()

    assert Visit in told[0]
    assert Opinion in told[0]
