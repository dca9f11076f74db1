from datetime import date

import pytest

from deputydesk.errors import FieldError
from deputydesk.models.choices import Level
from deputydesk.operations import terms
from tests import make


def test_a_new_term_of_a_level_ends_the_one_before(office):
    office.do(terms.start_term, level=Level.TOWN, number=9)
    office.do(terms.start_term, level=Level.DISTRICT, number=17)
    office.do(terms.start_term, level=Level.TOWN, number=10, started_on=date(2026, 1, 8))

    current = [(t.level, t.number) for t in office.ask(terms.rows) if t.current]

    assert sorted(current) == [(Level.DISTRICT, 17), (Level.TOWN, 10)]


def test_meetings_are_listed_newest_first(office):
    make.meeting(office, number=1)
    make.meeting(office, number=2, earlier_suggestions=3)

    listed = office.ask(terms.meetings)

    assert [m.name for m in listed] == ["镇十届人大2次会议", "镇十届人大1次会议"]
    assert (listed[0].level, listed[0].earlier_suggestions) == (Level.TOWN, 3)


def test_wrong_terms_and_meetings_are_named_at_the_field(office):
    term_id = office.do(terms.start_term, level=Level.TOWN, number=10)
    early, late = date(2026, 1, 8), date(2026, 1, 9)

    with pytest.raises(FieldError, match="第几届"):
        office.do(terms.start_term, level=Level.TOWN, number=0)
    with pytest.raises(FieldError, match="届满日期不能早于开始日期"):
        office.do(terms.start_term, level=Level.TOWN, number=11, started_on=late, ended_on=early)
    with pytest.raises(FieldError, match="请选择届次"):
        office.do(terms.add_meeting, term_id="", number=1, name="会议")
    with pytest.raises(FieldError, match="闭幕日期不能早于开幕日期"):
        office.do(
            terms.add_meeting, term_id=term_id, number=1, name="会", opened_on=late, closed_on=early
        )
    with pytest.raises(FieldError, match="不能小于0"):
        office.do(terms.add_meeting, term_id=term_id, number=1, name="会", earlier_suggestions=-1)
