"""The steps and the models say the same; each step is proved with data in it."""

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, create_engine, inspect
from sqlalchemy.exc import IntegrityError

from deputydesk.database.upgrading import upgrade
from deputydesk.models import Base, migrations
from deputydesk.models.migrations import HEAD, MIGRATIONS
from tests.journal import samples


def differences(engine: Engine) -> list[Any]:
    """What the models say that the tables do not, and the other way round."""
    with engine.connect() as connection:
        opts = {"compare_type": True, "include_name": migrations.is_described}
        context = MigrationContext.configure(connection, opts=opts)
        return list(compare_metadata(context, Base.metadata))


def test_models_are_what_the_steps_make(tmp_path):
    office = samples.create(tmp_path / "office.db")

    found = differences(office.data.engine)

    office.close()
    assert found == [], "run: python3 dev.py migration NAME"


def test_head_is_the_last_step():
    assert ScriptDirectory(str(MIGRATIONS)).get_heads() == [HEAD]


def test_steps_follow_each_other_by_number():
    names = sorted(path.name for path in MIGRATIONS.glob("versions/*.py"))

    assert [name[:4] for name in names] == [f"{n:04d}" for n in range(1, len(names) + 1)]
    assert names[-1].startswith(HEAD)


def first_tables_hold_a_record(engine: Engine) -> None:
    """A row of the first form is there and its blanks are filled in."""
    with engine.begin() as connection:
        connection.exec_driver_sql("insert into visit (id, topic) values ('T1-1', '道路')")
        row = connection.exec_driver_sql("select topic, held_on, received from visit").one()
    assert tuple(row) == ("道路", "1900-01-01", 0)


def duty_records_come_to_what_is_there(engine: Engine) -> None:
    """What was entered before is kept, and the new columns of old tables are blank."""
    with engine.begin() as connection:
        connection.exec_driver_sql("insert into visit (id, topic) values ('T1-1', '道路')")
        connection.exec_driver_sql("insert into expense (id, amount) values ('T1-2', 766200000000)")
        row = connection.exec_driver_sql("select topic, member from visit").one()
        amount = connection.exec_driver_sql("select amount from expense").scalar_one()
    assert tuple(row) == ("道路", "")
    assert amount == 766_200_000_000


def the_search_has_its_tables(engine: Engine) -> None:
    """Documents and tokens can be written; they are made when the file is opened."""
    with engine.begin() as connection:
        connection.exec_driver_sql("insert into search_doc values (1, 'visit', 'T1-1', '道路')")
        connection.exec_driver_sql("insert into search_fts (rowid, tokens) values (1, '道路 路')")
        query = "select pk from search_fts join search_doc on id = search_fts.rowid"
        found = connection.exec_driver_sql(f"{query} where search_fts match '道路'").scalars()
    assert list(found) == ["T1-1"]


def names_of_accounts_are_their_own(engine: Engine) -> None:
    """Two accounts of one name cannot be, and nobody has one at first."""
    one = "insert into account values (1, '乌兰', 'head', '', '', true, 0, '')"
    with engine.begin() as connection:
        assert connection.exec_driver_sql("select count(*) from account").scalar_one() == 0
        connection.exec_driver_sql(one)
    with pytest.raises(IntegrityError), engine.begin() as connection:
        connection.exec_driver_sql(one.replace("(1", "(2"))


def the_exchange_comes_to_what_is_there(engine: Engine) -> None:
    """Records and their log stay as they are; two offices may name a PC alike."""
    with closing_engine() as older:
        fill_log(older, "0003")
        before = everything_in(older)
        with older.begin() as connection:
            upgrade(connection, "0004")
        after = everything_in(older)
    with engine.begin() as connection:
        for office in ("T1", "T2"):
            connection.exec_driver_sql(
                f"insert into sync_peer values ('{office}', 'pc', '{{}}', '[]', '', '')"
            )
    assert before["sync_change"] == [("pc.T1", 1)]
    assert {name: after[name] for name in before} == before
    assert after.keys() - before.keys() == {
        "sync_former_key",
        "sync_hold",
        "sync_journal",
        "sync_key",
        "sync_office",
        "sync_peer",
    }


def voters_stay_home_at_first(engine: Engine) -> None:
    """Nothing is decided, a decision of which little has arrived shares nothing, nor is listed."""
    with engine.begin() as connection:
        connection.exec_driver_sql("insert into voter_sharing (id) values ('T1.local-1')")
        row = connection.exec_driver_sql("select goes_up, basis from voter_sharing").one()
        connection.exec_driver_sql(
            "insert into sync_office (code, name, role, suite, sign, seal, recovery, old, ts, usr)"
            " values ('D', '', '', '', '', '', '', '[]', '', '')"
        )
        listed = connection.exec_driver_sql("select listed from sync_office").scalar_one()
    assert tuple(row) == (0, "")
    assert not listed


def papers_to_tick_stay_at_home(engine: Engine) -> None:
    """A run of which little is known is open, secret of nothing, and not yet reconciled."""
    with engine.begin() as connection:
        connection.exec_driver_sql("insert into scan_run (id, code) values ('T1.local-1', 'K3Q9')")
        connection.exec_driver_sql("insert into scan_page (id) values ('T1.local-2')")
        run = connection.exec_driver_sql("select state, issued, plan, sample from scan_run").one()
        page = connection.exec_driver_sql("select state, number from scan_page").one()
    assert tuple(run) == ("open", None, "{}", "{}")
    assert tuple(page) == ("read", 0)


def papers_that_name_their_record_come_to_what_is_there(engine: Engine) -> None:
    """A petition of before was asked nothing afterwards; a page of before has no number."""
    with engine.begin() as connection:
        connection.exec_driver_sql(
            "insert into petition (id, matter) values ('T1.local-1', '界线')"
        )
        connection.exec_driver_sql("insert into scan_page (id) values ('T1.local-2')")
        connection.exec_driver_sql("insert into scan_run (id) values ('T1.local-3')")
        asked = connection.exec_driver_sql(
            "select visit_told, visit_attitude, visit_result, visit_follow from petition"
        ).one()
        sheet = connection.exec_driver_sql("select sheet from scan_page").scalar_one()
        run = connection.exec_driver_sql("select came_on, written from scan_run").one()
    assert tuple(asked) == ("", "none", "none", "")
    assert sheet == ""
    assert tuple(run) == (None, "")


def surveys_come_to_what_is_there(engine: Engine) -> None:
    """A survey of which little is known has no result; nobody has decided on pictures."""
    with engine.begin() as connection:
        connection.exec_driver_sql(
            "insert into survey (id, headline) values ('T1.local-1', '问卷')"
        )
        survey = connection.exec_driver_sql("select returned, questions, named from survey").one()
        kept = connection.exec_driver_sql("select count(*) from scan_retention").scalar_one()
    assert tuple(survey) == (None, "{}", 0)
    assert kept == 0


@contextmanager
def closing_engine() -> Generator[Engine]:
    made = create_engine("sqlite://")
    yield made
    made.dispose()


def fill_log(engine: Engine, step: str) -> None:
    """A record and its change, in a file of a version."""
    with engine.begin() as connection:
        upgrade(connection, step)
        connection.exec_driver_sql("insert into sync_self values (1, 'pc', 'T1', 1, 1)")
        connection.exec_driver_sql("insert into visit (id, topic) values ('T1-1', '道路')")
        connection.exec_driver_sql(
            "insert into sync_change values "
            "('pc.T1', 1, 'h', 1, '', '张', 'visit', 'T1-1', 'I', '[]', '[]')"
        )


def everything_in(engine: Engine) -> dict[str, list[tuple[Any, ...]]]:
    """What every table holds, but the number of the step."""
    with engine.connect() as connection:
        names = [name for name in inspect(engine).get_table_names() if "alembic" not in name]
        found = {
            name: [tuple(row) for row in connection.exec_driver_sql(f"select * from {name}")]
            for name in names
        }
    found["sync_change"] = [row[:2] for row in found["sync_change"]]
    return found


DATA_TESTS = {
    "0001": first_tables_hold_a_record,
    "0002": duty_records_come_to_what_is_there,
    "0003": the_search_has_its_tables,
    "0004": the_exchange_comes_to_what_is_there,
    "0005": names_of_accounts_are_their_own,
    "0006": voters_stay_home_at_first,
    "0007": papers_to_tick_stay_at_home,
    "0008": papers_that_name_their_record_come_to_what_is_there,
    "0009": surveys_come_to_what_is_there,
}
"""For each step: puts data of the form before in, or looks at what the step made of it."""


STEPS = sorted(path.name[:4] for path in MIGRATIONS.glob("versions/0*.py"))


@pytest.mark.parametrize("step", STEPS)
def test_every_step_is_proved_with_data(step):
    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        upgrade(connection, step)

    DATA_TESTS[step](engine)

    engine.dispose()


def test_the_folder_of_steps_is_where_the_program_looks():
    assert Path(migrations.__file__).parent == MIGRATIONS
