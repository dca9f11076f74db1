"""What every record must be, so that it can travel and be shown."""

from datetime import date

import pytest
from sqlalchemy import PrimaryKeyConstraint

from deputydesk.journal.values import blanks, decode, encode, models, table_of
from deputydesk.models import (
    Caution,
    Opinion,
    Petition,
    Printout,
    Record,
    ScanBatch,
    ScanDecision,
    ScanLook,
    ScanPage,
    ScanReading,
    ScanRetention,
    ScanRun,
    Survey,
    Voter,
    VoterSharing,
    labels,
)
from deputydesk.models.base import ChoiceType, blank, new_id, office_scope, scope_of
from deputydesk.models.choices import Channel, Route
from deputydesk.rules.choices import Choice

RECORDS = sorted(models().values(), key=lambda model: model.__name__)
ALL = pytest.mark.parametrize("model", RECORDS, ids=lambda model: model.__name__)


def is_chinese(text: str) -> bool:
    return any("\u4e00" <= character <= "\u9fff" for character in text)


@ALL
def test_every_record_and_every_column_has_a_chinese_name(model: type[Record]):
    names = labels(model)

    assert is_chinese(model.title)
    assert [column for column, name in names.items() if not is_chinese(name)] == []
    assert len(set(names.values())) == len(names), "two columns of one table look the same"


@ALL
def test_a_record_may_come_before_its_parent_and_with_any_number(model: type[Record]):
    table = table_of(model)

    assert {type(constraint) for constraint in table.constraints} == {PrimaryKeyConstraint}
    assert table.primary_key.columns.keys() == ["id"]
    assert [index.name for index in table.indexes if index.unique] == []
    assert list(table.foreign_keys) == []


@ALL
def test_what_a_column_holds_when_nobody_filled_it_in_is_known_to_the_database(model):
    table = table_of(model)

    assert [
        column.name
        for column in table.columns
        if not column.nullable and not column.primary_key and column.server_default is None
    ] == []


@ALL
def test_a_blank_record_goes_through_the_log_and_back(model: type[Record]):
    scope = office_scope.set("T1")
    record = model()
    office_scope.reset(scope)

    for column in table_of(model).columns:
        if not column.primary_key:
            value = getattr(record, column.key)
            assert decode(column, encode(value)) == value == blank(column)
            assert blanks(model)[column.key] == encode(value)


def test_titles_of_records_differ():
    titles = [model.title for model in RECORDS]

    assert len(set(titles)) == len(titles)


def test_an_id_carries_its_scope_and_no_two_are_alike():
    ids = {new_id("T1.local") for _ in range(1000)}

    assert len(ids) == 1000
    assert {scope_of(some) for some in ids} == {"T1.local"}
    assert all(len(some) == len("T1.local-") + 32 for some in ids)


def test_a_uuid_says_it_is_version_seven():
    hexadecimal = new_id("T1").partition("-")[2]

    assert hexadecimal[12] == "7"
    assert hexadecimal[16] in "89ab"


def test_voters_petitioners_private_talks_and_copies_of_paper_stay_home():
    kept = [model for model in RECORDS if model.scope_suffix]

    of_scans = [ScanBatch, ScanDecision, ScanLook, ScanPage, ScanReading, ScanRetention, ScanRun]
    assert kept == [Caution, Petition, Printout, *of_scans, Survey, Voter, VoterSharing]
    assert {model.scope_suffix for model in kept} == {".local"}


def test_values_are_json_in_the_log():
    column = table_of(Opinion).columns

    assert encode(Channel.HOME) == "home"
    assert encode(date(2026, 11, 23)) == "2026-11-23"
    assert decode(column["heard_on"], "2026-11-23") == date(2026, 11, 23)
    assert decode(column["route"], "from_the_future").label == "from_the_future"
    assert decode(column["due_on"], None) is None
    assert decode(column["route"], "unit") is Route.UNIT


def test_every_choice_has_a_chinese_label_or_is_the_blank_one():
    choices: list[type[Choice]] = [
        column.type.choice
        for model in RECORDS
        for column in table_of(model).columns
        if isinstance(column.type, ChoiceType)
    ]

    members: list[Choice] = [member for choice in choices for member in choice]
    assert [m for m in members if not (is_chinese(m.label) or m.value == "")] == []
