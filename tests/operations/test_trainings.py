from datetime import date

import pytest

from deputydesk.errors import FieldError
from deputydesk.models.activity import TrainingForm, TrainingLevel
from deputydesk.models.attendance import Presence
from deputydesk.operations import check_ins, deputies, trainings
from deputydesk.operations.participants import Attendee
from tests import make


def save(office, **changed):
    good = {
        "topic": "预算审查",
        "form": TrainingForm.CLASSROOM,
        "level": TrainingLevel.TOWN,
        "held_on": date(2026, 11, 2),
        "hours": 8,
    }
    return office.do(trainings.save, **(good | changed))


def test_who_came_has_all_hours_unless_fewer_are_given(office):
    names = ("王伟", "高娃", "丁一")
    whole, part, away = (make.deputy(office, name=name) for name in names)

    made = save(
        office,
        sessions=0,
        attendees=(Attendee(whole), Attendee(part, hours=4), Attendee(away, Presence.LEAVE)),
    )

    [row] = office.ask(trainings.rows, 2026)
    assert (row.id, row.sessions, row.people) == (made, 1, 2)
    assert [(a.name, a.hours) for a in row.attendees] == [("王伟", 8), ("高娃", 4), ("丁一", 0)]
    assert office.ask(trainings.rows, 2025) == []


def test_who_has_not_been_trained_this_year_is_listed(office):
    names = ("王伟", "高娃", "丁一")
    came, away, suspended = (make.deputy(office, name=name) for name in names)
    office.do(deputies.set_suspended, mandate_id=suspended, suspended=True)
    save(office, attendees=(Attendee(came), Attendee(away, Presence.ABSENT)))

    assert office.ask(trainings.untrained, date(2026, 1, 1), make.TODAY) == [away]
    assert set(office.ask(trainings.untrained, date(2025, 1, 1), date(2025, 12, 31))) == {
        came,
        away,
    }


@pytest.mark.parametrize(
    ("changed", "field", "sentence"),
    [
        ({"held_on": date(2026, 11, 24)}, "held_on", "不能晚于今天"),
        ({"ended_on": date(2026, 11, 1)}, "ended_on", "不能早于开始日期"),
        ({"ended_on": date(2026, 12, 1)}, "ended_on", "不能晚于今天"),
        ({"hours": 25}, "hours", "培训共1天，学时不能超过24"),
        ({"hours": 49, "ended_on": date(2026, 11, 3)}, "hours", "共2天，学时不能超过48"),
        ({"hours": -1}, "hours", "不能小于0"),
        ({"sessions": -1}, "sessions", "不能小于0"),
        ({"topic": " "}, "topic", "请填写主题"),
    ],
)
def test_a_wrong_field_is_named(office, changed, field, sentence):
    with pytest.raises(FieldError, match=sentence) as error:
        save(office, **changed)

    assert error.value.field == field
    assert office.ask(trainings.rows) == []


def test_nobody_has_more_hours_than_the_training(office):
    with pytest.raises(FieldError, match="参训学时（9）不能超过培训学时（8）"):
        save(office, attendees=(Attendee(make.deputy(office), hours=9),))


def test_a_training_is_changed_removed_and_brought_back(office):
    made = save(office)
    save(office, record_id=made, people=30)

    office.do(trainings.remove, ids=(made,))
    assert office.ask(trainings.rows) == []

    office.undo()
    assert office.ask(trainings.rows)[0].people == 30


def test_who_signs_in_has_the_hours_of_the_training(office):
    made, deputy = save(office), make.deputy(office)

    office.do(check_ins.sign, event_kind="training", event_id=made, mandate_id=deputy)

    [row] = office.ask(trainings.rows)
    assert (row.people, row.attendees[0].hours) == (1, 8)
    office.do(check_ins.unsign, event_kind="training", event_id=made, mandate_id=deputy)
    assert office.ask(trainings.rows)[0].people == 0
