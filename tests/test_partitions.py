"""A district on PostgreSQL whose townships have tables of their own, one on a second server."""

import json
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text

from deputydesk import cli
from deputydesk.cli import partitioning
from deputydesk.database import partitions
from deputydesk.database.engines import server_engine
from deputydesk.errors import UserError
from deputydesk.exchange import receiving, sending
from deputydesk.models import Visit
from deputydesk.office import Office, User
from deputydesk.operations import figures, partners
from deputydesk.operations.figures import Dimension
from tests import make
from tests.exchange import carriers
from tests.journal import samples
from tests.test_postgresql import Server

ORDER = "encoding 'UTF8' lc_collate 'C' lc_ctype 'C' template template0"


@pytest.fixture(scope="module")
def servers() -> Iterator[tuple[Server, Server]]:
    """Two clusters that know nothing of each other."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    if not found:
        pytest.skip("PostgreSQL's programs are not installed: NOTHING here was tested")
    started: list[Server] = []
    with (
        tempfile.TemporaryDirectory(prefix="pg-", ignore_cleanup_errors=True) as one,
        tempfile.TemporaryDirectory(prefix="pg-", ignore_cleanup_errors=True) as other,
    ):
        try:
            for folder in (one, other):
                server = Server(found[-1], Path(folder))
                server.make()
                server.start()
                started.append(server)
            yield started[0], started[1]
        finally:
            for server in started:
                server.stop()


@pytest.fixture
def district(servers) -> Iterator[Office]:
    """A district's office on the first server."""
    servers[0].sql(f"create database d {ORDER}")
    servers[1].sql(f"create database more {ORDER}")
    url = servers[0].url("d")
    with closing(Office.create(url, code="D", clock=carriers.clock(), user=User("D"))) as office:
        office.do(partners.make_keys)
        yield office
    for server, name in zip(servers, ("d", "more"), strict=True):
        server.sql(f"drop database {name} with (force)")


@pytest.fixture
def townships(tmp_path, district) -> Iterator[list[Office]]:
    made = [carriers.created(tmp_path / code, code) for code in ("T1", "T2", "T3")]
    for township in made:
        carriers.introduce(township, district)
    yield made
    for township in made:
        township.close()


def carry(giver: Office, taker: Office, stick: Path) -> None:
    stick.mkdir(exist_ok=True)
    receiving.receive(taker, sending.send(giver, taker.code, stick).path)


def counted(office: Office, table: str) -> int:
    with office.data.engine.connect() as connection:
        return connection.scalar(text(f'select count(*) from "{table}"')) or 0


def visits_of(office: Office) -> list[str]:
    return office.ask(samples.topics)


def command(capsys, url: str, *words: str):
    code = cli.main(["--json", "--office", url, "partition", *words])
    told = capsys.readouterr()
    return code, json.loads(told.out) if code == 0 else told.err


def test_sticks_work_where_a_township_has_its_own_tables_and_another_a_server(
    servers, district, townships, tmp_path
):
    stick, elsewhere = tmp_path / "stick", servers[1].url("more")
    for township in townships:
        samples.visit(township, f"{township.code}的路灯")
        carry(township, district, stick)
    engine, keys = district.data.engine, partitioning.keys()

    moved = [
        partitions.split(engine, keys, "T1"),
        partitions.split(engine, keys, "T2", elsewhere),
    ]

    assert moved[0] == moved[1] > 0
    for township in townships:
        samples.visit(township, f"{township.code}的饮水")
        with township.data.engine.connect() as connection:
            first = connection.scalar(text("select min(id) from visit"))
        township.do(samples.edit, Visit, first, topic=f"{township.code}的新路灯")
        carry(township, district, stick)
        carry(district, township, stick)
    wanted = [f"{code}的{what}" for code in ("T1", "T2", "T3") for what in ("新路灯", "饮水")]
    assert sorted(visits_of(district)) == sorted(wanted)
    assert [counted(district, f"visit__{part}") for part in ("T1", "T2", "rest")] == [2, 2, 2]
    engine_there = server_engine(elsewhere)
    with engine_there.connect() as other:
        assert other.scalar(text('select count(*) from "visit__T2"')) == 2
        assert other.scalar(text('select count(*) from "sync_change__T2"')) == 3
    engine_there.dispose()
    assert district.check() == []
    split = district.ask(figures.compare, "home_activities.total", by=Dimension.OFFICE)
    assert {part.key: part.figure.value for part in split} == {"T1": 2, "T2": 2, "T3": 2}
    district.rebuild()
    assert district.check() == []
    assert sorted(visits_of(district)) == sorted(wanted)

    assert partitions.join(engine, keys, "T2") > 0
    assert partitions.join(engine, keys, "T1") > 0

    assert sorted(visits_of(district)) == sorted(wanted)
    assert district.check() == []
    assert [counted(district, "visit__rest")] == [6]


def test_what_belongs_to_one_office_is_read_from_its_part_alone(district, townships, tmp_path):
    carry(townships[0], district, tmp_path / "stick")
    partitions.split(district.data.engine, partitioning.keys(), "T1")

    with district.data.engine.connect() as connection:
        plan = connection.scalars(text("explain select * from visit where id = 'T1-0'")).all()

    assert any("visit__T1" in line for line in plan)
    assert not any("visit__rest" in line for line in plan)


def test_by_command_parts_are_made_listed_and_taken_back(servers, district, townships, capsys):
    url = servers[0].url("d")
    assert command(capsys, url) == (0, [])

    assert command(capsys, url, "T1") == (0, {"T1": 0})
    assert command(capsys, url, "T2", "--server", servers[1].url("more"))[0] == 0

    code, listed = command(capsys, url)
    assert code == 0
    assert ["visit__T1", "here"] in listed
    assert next(where for name, where in listed if name == "visit__T2").startswith("part_")
    assert cli.main(["--office", url, "partition", "T1"]) == 1
    assert "“T1”已经有自己的分区" in capsys.readouterr().err
    assert command(capsys, url, "--back", "T1", "T2") == (0, {"T1": 0, "T2": 0})
    assert command(capsys, url) == (0, [])


def test_an_upgrade_waits_until_nothing_lies_on_another_server(servers, district):
    engine = district.data.engine
    partitions.split(engine, {"visit": "id"}, "T2", servers[1].url("more"))

    with pytest.raises(UserError, match="没有升级"), engine.begin() as connection:
        partitions.refuse_split(connection)

    partitions.join(engine, {"visit": "id"}, "T2")
    with engine.begin() as connection:
        partitions.refuse_split(connection)


def test_what_does_not_fit_is_refused_and_nothing_is_changed(servers, district, tmp_path):
    engine, keys = district.data.engine, partitioning.keys()
    (tmp_path / "file").mkdir()
    with (
        closing(make.empty_office(tmp_path / "file")) as office,
        pytest.raises(UserError, match="PostgreSQL"),
    ):
        partitions.split(office.data.engine, keys, "T1")
    with pytest.raises(UserError, match="不是单位代码"):
        partitions.split(engine, keys, "T1'; drop")
    with pytest.raises(UserError):
        partitions.split(engine, keys, "T1", f"{servers[1].url('nothing')}")

    with engine.connect() as connection:
        assert partitions.parts(connection) == []


def test_a_database_in_another_order_is_refused(servers):
    servers[0].sql(
        "create database sorted encoding 'UTF8' locale_provider icu icu_locale 'zh'"
        " lc_collate 'C' lc_ctype 'C' template template0"
    )
    engine = server_engine(servers[0].url("sorted"))

    with pytest.raises(UserError, match="排序规则"):
        partitions.split(engine, {"visit": "id"}, "T1")

    engine.dispose()
