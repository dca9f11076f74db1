from datetime import date

import pytest

from deputydesk.errors import FieldError, UserError
from deputydesk.models.attendance import Presence
from deputydesk.models.choices import EndReason, Level
from deputydesk.operations import deputies, meeting_attendance, terms, todo
from deputydesk.operations.participants import Attendee
from tests import make

DAY = date(2026, 3, 10)


@pytest.fixture
def term(office):
    return office.do(terms.start_term, level=Level.TOWN, number=10)


def save(office, term, **changed):
    good = {"term_id": term, "number": 1, "name": "镇十届人大一次会议", "opened_on": DAY}
    return office.do(meeting_attendance.save, **(good | changed))


def attended(office, number=0):
    row = office.ask(meeting_attendance.rows)[number]
    return {a.name: a.presence.label for a in row.attendees}


def test_a_new_meeting_expects_everybody_of_its_level_in_office_that_day(office, term):
    make.deputy(office, name="王伟")
    make.deputy(office, name="高娃", level=Level.DISTRICT)
    gone = make.deputy(office, name="丁一")
    late = office.do(deputies.add, name="李娜", level=Level.TOWN, started_on=date(2026, 6, 1))
    office.do(
        deputies.end_mandate, mandate_id=gone, ended_on=date(2026, 2, 1), reason=EndReason.MOVED
    )

    save(office, term)

    assert attended(office) == {"王伟": "应到"}
    assert late not in [a.mandate_id for a in office.ask(meeting_attendance.rows)[0].attendees]
    assert office.ask(meeting_attendance.rows, 2025) == []


def test_who_came_was_excused_or_stayed_away_is_marked(office, term):
    first, second = make.deputy(office, name="王伟"), make.deputy(office, name="高娃")
    made = save(office, term)

    save(
        office,
        term,
        record_id=made,
        attendees=(Attendee(first), Attendee(second, Presence.LEAVE, note="住院")),
    )

    [row] = office.ask(meeting_attendance.rows, 2026)
    assert attended(office) == {"王伟": "到会", "高娃": "请假"}
    assert [row.count(p) for p in (Presence.PRESENT, Presence.LEAVE, Presence.ABSENT)] == [1, 1, 0]


def test_the_rest_came_and_who_is_missing_is_added(office, term):
    first = make.deputy(office, name="王伟")
    made = save(office, term, attendees=(Attendee(first, Presence.LEAVE),))
    make.deputy(office, name="高娃")

    assert office.do(meeting_attendance.call, meeting_id=made) == 1
    assert office.do(meeting_attendance.all_present, meeting_id=made) == 1

    assert attended(office) == {"王伟": "请假", "高娃": "到会"}


def test_before_a_meeting_nobody_came(office, term):
    deputy = make.deputy(office)
    made = save(office, term, opened_on=date(2026, 12, 20))

    assert attended(office) == {"王伟": "应到"}
    with pytest.raises(FieldError, match="还没有召开"):
        office.do(meeting_attendance.all_present, meeting_id=made)
    with pytest.raises(FieldError, match="还没有召开"):
        save(
            office,
            term,
            record_id=made,
            opened_on=date(2026, 12, 20),
            attendees=(Attendee(deputy),),
        )


def test_a_meeting_without_a_day_has_nobody_yet(office, term):
    deputy = make.deputy(office)
    made = save(office, term, opened_on=None)

    assert attended(office) == {}
    for step in (meeting_attendance.call, meeting_attendance.all_present):
        with pytest.raises(UserError, match="没有开幕日期"):
            office.do(step, meeting_id=made)
    with pytest.raises(FieldError, match="请填写开幕日期"):
        save(office, term, opened_on=None, attendees=(Attendee(deputy),))


@pytest.mark.parametrize(
    ("changed", "field", "sentence"),
    [
        ({"term_id": ""}, "term_id", "请选择届次"),
        ({"name": " "}, "name", "请填写会议名称"),
        ({"closed_on": date(2026, 3, 9)}, "closed_on", "不能早于开幕日期"),
    ],
)
def test_a_wrong_field_is_named_for_new_and_old(office, term, changed, field, sentence):
    made = save(office, term)

    for record_id in ("", made):
        with pytest.raises(FieldError, match=sentence) as error:
            save(office, term, record_id=record_id, **changed)
        assert error.value.field == field


def test_a_deputy_of_another_level_does_not_belong_to_the_meeting(office, term):
    stranger = make.deputy(office, name="高娃", level=Level.DISTRICT)

    with pytest.raises(FieldError, match="高娃不是苏木乡镇人大代表"):
        save(office, term, attendees=(Attendee(stranger),))


def test_two_meetings_missed_without_leave_are_a_warning_that_names_the_law(office, term):
    names = ("王伟", "高娃", "丁一")
    twice, excused, ended = (make.deputy(office, name=name) for name in names)
    absent = Presence.ABSENT
    save(
        office,
        term,
        attendees=(Attendee(twice, absent), Attendee(excused, absent), Attendee(ended, absent)),
    )
    assert office.ask(meeting_attendance.unexcused) == []

    save(
        office,
        term,
        number=2,
        name="镇十届人大二次会议",
        opened_on=date(2026, 9, 1),
        attendees=(
            Attendee(twice, absent),
            Attendee(excused, Presence.LEAVE),
            Attendee(ended, absent),
        ),
    )
    office.do(
        deputies.end_mandate, mandate_id=ended, ended_on=date(2026, 9, 5), reason=EndReason.ABSENT
    )

    [row] = office.ask(meeting_attendance.unexcused)
    assert (row.mandate_id, row.meetings) == (twice, ("镇十届人大一次会议", "镇十届人大二次会议"))
    [warning] = [t for t in office.ask(todo.todos, make.TODAY) if t.tag == "两次缺席"]
    assert "王伟未经批准2次不出席苏木乡镇人民代表大会会议" in warning.text
    assert "《代表法》第六十二条" in warning.text
    assert (warning.table, warning.id) == ("mandate", twice)
