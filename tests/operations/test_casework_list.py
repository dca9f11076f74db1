"""Suggestions and opinions as one long list: order, parts, and what is looked for."""

from datetime import date

import pytest

from deputydesk.models.choices import Channel
from deputydesk.models.oversight import OversightKind
from deputydesk.operations import casework_list, opinions, oversights
from deputydesk.operations.casework_list import CasePart
from tests import make
from tests.operations.case import Case


@pytest.fixture
def records(office):
    """A suggestion with its units, a key one, and two opinions; by what tests call them."""
    case = Case.assigned(office)
    key = case.another()
    office.do(
        oversights.save,
        suggestion_id=key.id,
        kind=OversightKind.KEY,
        congress_leader="王主席",
        started_on=date(2026, 3, 10),
    )
    deputy = make.deputy(office, name="李娜")
    lamp, road = (
        office.do(
            opinions.hear,
            channel=Channel.PHONE,
            matter=matter,
            heard_on=date(2026, 11, day),
            mandate_id=deputy,
        )
        for matter, day in (("路灯不亮", 2), ("修桥的事", 3))
    )
    return {"assigned": case.id, "key": key.id, "lamp": lamp, "road": road}


def found(office, records, *words, part=CasePart.ALL):
    names = {record_id: name for name, record_id in records.items()}
    ids = office.ask(casework_list.ids, part=part, words=words)
    return [names[record_id] for record_id in (*ids.suggestions, *ids.opinions)]


def test_suggestions_stand_before_opinions_and_the_newest_first(office, records):
    assert found(office, records) == ["key", "assigned", "road", "lamp"]


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        (CasePart.SUGGESTIONS, ["key", "assigned"]),
        (CasePart.OPINIONS, ["road", "lamp"]),
        (CasePart.KEY, ["key"]),
    ],
)
def test_a_part_is_seen_alone_and_counted(office, records, part, expected):
    assert found(office, records, part=part) == expected
    counts = office.ask(casework_list.counts)
    assert (counts[part], counts[CasePart.ALL]) == (len(expected), 4)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("修桥",), ["key", "road"]),
        (("断头路",), ["assigned"]),
        (("第1号",), ["assigned"]),
        (("意见1",), ["lamp"]),
        (("第2号",), ["key"]),
        (("2026-11-03",), ["road"]),
        (("1234567890",), []),
        (("赵春梅", "交通运输"), ["assigned"]),
        (("zcm",), ["key", "assigned"]),
        (("qcz",), ["assigned"]),
        (("李娜", "路灯"), ["lamp"]),
        (("水务",), []),
    ],
)
def test_every_word_stands_in_number_headline_deputy_or_unit(office, records, words, expected):
    assert found(office, records, *words) == expected
