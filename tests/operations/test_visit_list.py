"""The register of activities as a long list."""

from datetime import date

import pytest

from deputydesk.models.choices import Channel, LinkMethod, VisitKind
from deputydesk.operations import opinions, visit_list, visits
from deputydesk.operations.visit_list import VisitPart
from tests import make


@pytest.fixture
def held(office):
    """Three activities: at a home this month, at it last year, and a link this year."""
    home = make.home(office)
    wang, ba = make.deputy(office), make.deputy(office, name="巴特尔·乌云")
    now = office.do(
        visits.register, held_on=date(2026, 11, 5), home_id=home, deputy_ids=(wang,), received=3
    )
    old = office.do(
        visits.register, held_on=date(2025, 5, 6), home_id=home, deputy_ids=(ba,), topic="低保100%"
    )
    link = office.do(
        visits.register,
        held_on=date(2026, 3, 1),
        kind=VisitKind.LINK_VOTERS,
        method=LinkMethod.HOUSEHOLD,
        deputy_ids=(ba,),
        place="青山村",
        received=2,
    )
    office.do(opinions.hear, channel=Channel.HOME, matter="路灯不亮", visit_id=now, mandate_id=wang)
    return {"now": now, "old": old, "link": link}


def found(office, held, *words, year=None, part=VisitPart.ALL):
    names = {record_id: name for name, record_id in held.items()}
    ids = office.ask(visit_list.ids, year=year, today=make.TODAY, part=part, words=words)
    return [names[record_id] for record_id in ids]


def test_the_newest_stands_first_of_a_year_or_of_all(office, held):
    assert found(office, held) == ["now", "link", "old"]
    assert found(office, held, year=2026) == ["now", "link"]


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        (VisitPart.MONTH, ["now"]),
        (VisitPart.HOME, ["now", "old"]),
        (VisitPart.LINK, ["link"]),
    ],
)
def test_a_part_is_seen_alone(office, held, part, expected):
    assert found(office, held, part=part) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("路灯",), ["now"]),
        (("五当召",), ["now", "old"]),
        (("五当召", "100%"), ["old"]),
        (("bt",), ["link", "old"]),
        (("巴特尔乌云",), ["link", "old"]),
        (("青山",), ["link"]),
        (("接待选民", "王伟"), ["now"]),
        (("不存在",), []),
        (("2025-05",), ["old"]),
        (("1", "接待选民"), ["now", "old"]),
    ],
)
def test_every_word_stands_somewhere_in_what_the_register_shows(office, held, words, expected):
    assert found(office, held, *words) == expected


def test_parts_voters_and_opinions_are_counted(office, held):
    counts = office.ask(visit_list.counts, year=2026, today=make.TODAY)

    assert counts.parts == {
        VisitPart.ALL: 2,
        VisitPart.MONTH: 1,
        VisitPart.HOME: 1,
        VisitPart.LINK: 1,
    }
    assert [figure.text for figure in counts.figures] == ["3人次", "2人次", "1件次"]  # never 5


def test_the_home_of_the_last_activity_is_proposed(office, held):
    home = office.ask(visits.rows, visit_id=held["now"])[0].home_id

    assert office.ask(visit_list.last_home) == home


def test_before_the_first_activity_no_home_is_proposed(office):
    assert office.ask(visit_list.last_home) == ""
    counts = office.ask(visit_list.counts, year=None, today=make.TODAY)
    assert [figure.value for figure in counts.figures] == [0, 0, 0]


def test_rows_come_for_the_ids_asked(office, held):
    rows = office.ask(visits.rows, ids=[held["old"], held["now"]])

    assert [row.id for row in rows] == [held["now"], held["old"]]
    assert rows[0].matters == ("路灯不亮",)
