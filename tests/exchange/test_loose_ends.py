"""Two PCs worked apart: the numbers that both gave, and what names a record that is not here."""

import json

import pytest

from deputydesk.errors import UserError
from deputydesk.exchange import erasing, receiving, sending
from deputydesk.models import EventOpinion, Opinion, Printout, Unit, Visit
from deputydesk.models.choices import Channel
from deputydesk.operations import (
    document_numbers,
    double_numbers,
    opinions,
    orphans,
    suggestions,
)
from deputydesk.operations.orphans import Missing
from tests import make
from tests.cli.test_cli import Desk
from tests.exchange import carriers
from tests.journal import samples

DAY = carriers.NOW.date()


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
    (tmp_path / "stick").mkdir()
    return lambda giver, taker, to="T1": receiving.receive(
        taker, sending.send(giver, to, tmp_path / "stick").path
    )


def told(office):
    return [(row.kind, row.number, row.name, row.user) for row in office.ask(double_numbers.rows)]


def hear(office, matter: str) -> str:
    return office.do(opinions.hear, channel=Channel.PHONE, matter=matter)


def test_the_number_that_both_gave_is_listed_and_one_gets_the_next(pair, carry):
    first, second = pair
    hear(first, "路灯")
    hear(second, "水压")
    hear(second, "噪声")
    carry(second, first)
    assert told(first) == [("选民意见", 1, "路灯", "T1"), ("选民意见", 1, "水压", "二")]
    row = first.ask(double_numbers.rows)[1]

    number = first.do(double_numbers.renumber, table=row.table, record_id=row.record_id)

    assert number == 3
    assert told(first) == []
    assert first.undo().text == "改为下一个编号（选民意见 水压，3号）"
    assert len(told(first)) == 2
    first.redo()
    carry(first, second)
    assert told(second) == []
    assert [office.check() for office in pair] == [[], []]


def test_suggestions_are_numbered_by_meeting_or_year_and_those_of_others_by_themselves(
    pair, carry, tmp_path
):
    first, second = pair
    district = carriers.created(tmp_path / "d", "D")
    carriers.introduce(first, district)
    for office, title in ((first, "修桥"), (second, "修路"), (district, "修渠")):
        lead = make.deputy(office)
        office.do(suggestions.enter, headline=title, lead_id=lead, submitted_on=DAY)
    carry(second, first)
    carry(first, district, "D")

    assert [name for _, _, name, _ in told(district)] == ["修桥", "修路"]
    row = district.ask(double_numbers.rows)[0]
    with pytest.raises(UserError, match="别的单位的编号"):
        district.do(double_numbers.renumber, table=row.table, record_id=row.record_id)
    assert first.do(double_numbers.renumber, table=row.table, record_id=row.record_id) == 2
    district.close()


def test_what_is_printed_on_a_document_is_not_given_anew(pair, carry):
    first, second = pair
    for office in pair:
        office.do(document_numbers.save, prefix="五人大", name="通知", given_on=DAY)
    carry(second, first)
    row = first.ask(double_numbers.rows)[0]

    assert row.printed
    with pytest.raises(UserError, match="已经印在文件上"):
        first.do(double_numbers.renumber, table=row.table, record_id=row.record_id)


def test_the_opinions_of_one_event_are_numbered_whoever_adds_to_them(pair, carry):
    first, second = pair
    for number, office in enumerate(pair, 8):
        said = {"event_kind": "activity", "event_id": "T1-7", "number": 1, "content": "增设路灯"}
        office.do(samples.batch, {f"T1-{number}": (EventOpinion, said)}, {}, {})
    carry(second, first)
    row = first.ask(double_numbers.rows)[1]

    assert first.do(double_numbers.renumber, table=row.table, record_id=row.record_id) == 2
    assert told(first) == []


def test_what_stands_once_or_has_no_number_is_refused(pair):
    first, _ = pair
    only = hear(first, "路灯")

    with pytest.raises(UserError, match="没有重复"):
        first.do(double_numbers.renumber, table="opinion", record_id=only)
    for table in ("unit", "nothing"):
        with pytest.raises(UserError, match="没有编号"):
            first.do(double_numbers.renumber, table=table, record_id=only)


def test_a_line_that_nobody_registered_is_listed_all_the_same(pair):
    first, _ = pair
    hear(first, "路灯")
    with first.data.engine.begin() as connection:
        connection.exec_driver_sql(
            "insert into opinion (id, number, heard_on, matter)"
            f" values ('T1-9', 1, '{DAY}', '来路不明')"
        )

    assert told(first)[1] == ("选民意见", 1, "来路不明", "")


def missing(office):
    return [
        (row.kind, row.name, row.label, row.named, row.missing) for row in office.ask(orphans.rows)
    ]


def test_what_has_not_come_yet_is_told_until_it_comes(pair):
    first, _ = pair
    values = {"matter": "路灯", "unit_id": "T1-9"}
    first.do(samples.batch, {"T1-8": (Opinion, values)}, {}, {})

    assert missing(first) == [("选民意见", "路灯", "承办单位", "承办单位", Missing.LATE)]
    first.do(samples.batch, {"T1-9": (Unit, {"name": "水利站"})}, {}, {})
    assert missing(first) == []


def test_what_was_deleted_elsewhere_meanwhile_is_told_by_its_name(pair, carry):
    first, second = pair
    unit = make.unit(first, name="水利站")
    carry(first, second)
    first.do(samples.remove, Unit, unit)
    second.do(samples.batch, {"T1-8": (Opinion, {"matter": "路灯", "unit_id": unit})}, {}, {})

    carry(second, first)

    assert missing(first) == [("选民意见", "路灯", "承办单位", "水利站", Missing.GONE)]
    assert [row.office for row in first.ask(orphans.rows)] == ["T1"]


def test_a_record_of_a_kind_that_stands_beside_is_looked_for_too(pair):
    first, _ = pair
    values = {"event_kind": "visit", "event_id": "T1-7", "content": "增设路灯"}

    first.do(samples.batch, {"T1-8": (EventOpinion, values)}, {}, {})

    assert [(row.kind, row.named) for row in first.ask(orphans.rows)] == [
        (EventOpinion.title, Visit.title)
    ]


def test_what_stays_in_another_office_or_was_erased_or_tells_of_the_past_is_not_missing(
    pair, tmp_path
):
    first, _ = pair
    opinion = first.do(opinions.hear, channel=Channel.PHONE, matter="路灯", voter_name="葛某某某")
    first.do(
        samples.batch,
        {
            "T2-8": (Opinion, {"matter": "水压", "voter_id": "T2.local-9"}),
            "T1-7": (Printout, {"record_kind": "visit", "record_id": "T1-6"}),
        },
        {},
        {},
    )
    assert missing(first) == []
    voter = first.ask(lambda s: s.get_one(Opinion, opinion).voter_id)

    erasing.erase(first, "voter", voter, tmp_path)

    assert missing(first) == []


def test_the_sample_office_has_neither(demo_office):
    assert demo_office.ask(double_numbers.rows) == []
    assert demo_office.ask(orphans.rows) == []


def test_both_are_listed_at_the_command_line(tmp_path, capsys):
    desk = Desk(tmp_path / "o", capsys)
    desk("init", "--kind", "town", "--name", "五当召镇", "--district", "石拐区", "--code", "T1")

    assert desk("doubles").strip() == "没有重号。"
    assert desk("orphans").strip() == "没有缺失。"
    assert json.dumps(desk.json("doubles")) == "[]"
