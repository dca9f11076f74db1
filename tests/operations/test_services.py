from datetime import date

import pytest

from deputydesk.errors import FieldError
from deputydesk.models.activity import ServiceKind
from deputydesk.models.attendance import Presence
from deputydesk.operations import services
from deputydesk.operations.participants import Attendee
from tests import make


def save(office, **changed):
    good = {"kind": ServiceKind.POLICY, "campaign": "政策宣讲", "held_on": date(2026, 11, 2)}
    return office.do(services.save, **(good | changed))


def test_times_and_people_are_two_numbers(office):
    home = make.home(office)

    made = save(office, times=3, people=120, home_id=home, outcome="覆盖三个村")

    [row] = office.ask(services.rows, 2026)
    assert (row.id, row.times, row.people, row.home) == (made, 3, 120, "五当召镇人大代表之家")
    assert office.ask(services.rows, 2025) == []
    assert office.ask(services.campaigns) == ["政策宣讲"]


def test_left_empty_it_was_done_once_by_the_deputies_present(office):
    first, second = make.deputy(office, name="王伟"), make.deputy(office, name="高娃")

    save(office, times=0, attendees=(Attendee(first), Attendee(second, Presence.LEAVE)))

    [row] = office.ask(services.rows)
    assert (row.times, row.people) == (1, 1)
    assert [a.name for a in row.attendees] == ["王伟", "高娃"]


@pytest.mark.parametrize(
    ("changed", "field", "sentence"),
    [
        ({"held_on": date(2026, 11, 24)}, "held_on", "不能晚于今天"),
        ({"campaign": ""}, "campaign", "请填写活动名称"),
        ({"times": -1}, "times", "1到1000之间"),
        ({"times": 1001}, "times", "1到1000之间"),
        ({"people": -1}, "people", "不能小于0"),
        ({"home_id": "gone"}, "home_id", "请选择代表之家"),
    ],
)
def test_a_wrong_field_is_named(office, changed, field, sentence):
    with pytest.raises(FieldError, match=sentence) as error:
        save(office, **changed)

    assert error.value.field == field
    assert office.ask(services.rows) == []


def test_a_service_is_changed_removed_and_brought_back(office):
    made = save(office)
    save(office, record_id=made, people=9)

    office.do(services.remove, ids=(made,))
    assert office.ask(services.rows) == []

    office.undo()
    assert office.ask(services.rows)[0].people == 9
