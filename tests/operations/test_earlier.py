"""The newest record of a name."""

from datetime import date

from deputydesk.models.activity import ActivityKind, TrainingForm, TrainingLevel
from deputydesk.operations import activities, earlier, trainings, visits
from tests import make


def test_the_visit_last_held_on_a_topic_is_found(office):
    home = make.home(office)
    who = make.deputy(office, name="王伟", home_id=home)
    for day, place in ((3, "早"), (9, "新"), (5, "中")):
        office.do(
            visits.register,
            held_on=date(2026, 11, day),
            home_id=home,
            deputy_ids=(who,),
            topic="供水",
            place=place,
        )

    found = office.ask(earlier.visit, "供水")
    assert found
    assert (found.place, found.deputy_ids) == ("新", (who,))
    assert office.ask(earlier.visit, "供") is None


def test_the_last_activity_and_the_last_training_of_a_name_are_found(office):
    for month in (3, 9, 5):
        office.do(
            activities.save,
            kind=next(iter(ActivityKind)),
            name="视察",
            held_on=date(2026, month, 1),
            place=f"{month}月的地方",
        )
        office.do(
            trainings.save,
            topic="履职",
            form=next(iter(TrainingForm)),
            level=next(iter(TrainingLevel)),
            held_on=date(2026, month, 1),
            teacher=f"{month}月的老师",
        )

    activity, training = office.ask(earlier.activity, "视察"), office.ask(earlier.training, "履职")
    assert activity
    assert activity.place == "9月的地方"
    assert training
    assert training.teacher == "9月的老师"
    assert office.ask(earlier.activity, "调研") is None
    assert office.ask(earlier.training, "财经") is None
