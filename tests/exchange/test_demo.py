import pytest

from deputydesk.errors import Cancelled, UserError
from deputydesk.exchange import demo, demo_day
from deputydesk.operations import evaluations, figures, search, todo
from tests import make

PUBLISHED = {
    "homes.total": (27, None, None),
    "homes.level.district": (1, None, None),
    "homes.level.town": (7, None, None),
    "homes.level.village": (17, None, None),
    "homes.level.enterprise": (2, None, None),
    "mandates.total": (252, None, None),
    "opinions.heard": (423, None, None),
    "opinions.settled": (398, 398, 423),
    "opinions.received": (206, None, None),
    "suggestions.total": (181, None, None),
    "suggestions.growth": (16, 181, 156),
    "suggestions.answered": (181, 181, 181),
    "suggestions.answered_in_time": (181, 181, 181),
    "suggestions.satisfied": (181, 181, 181),
    "home_activities.total": (143, None, None),
    "reception.voters": (1216, None, None),
    "link.voters": (2450, None, None),
    "coverage.deputies": (252, 252, 252),
}


@pytest.mark.parametrize("ident", PUBLISHED)
def test_the_published_figures_come_out(demo_office, ident):
    found = {f.id: f for f in demo_office.ask(figures.figures)}[ident]

    assert (found.value, found.numerator, found.denominator) == PUBLISHED[ident]


def test_the_settled_rate_keeps_its_numbers(demo_office):
    found = {f.id: f for f in demo_office.ask(figures.figures)}

    assert found["opinions.settled"].text == "94.1%（398/423）"
    assert found["suggestions.growth"].text == "+16%"


def test_the_demo_is_sound_and_has_work_on_its_day(demo_office):
    today = demo_office.clock().date()

    assert demo_office.check() == []
    assert today.isoformat() == "2023-12-31"
    tags = [entry.tag for entry in demo_office.ask(todo.todos, today)]
    assert any(tag.startswith("逾期") for tag in tags)
    assert demo_office.ask(evaluations.rows)[0].deputies == 20
    assert demo_office.ask(search.find, "断头路")


def test_another_office_keeps_todays_date(tmp_path):
    assert demo_day.clock_for(tmp_path, make.at())() == make.NOW


class Stop:
    def step(self, done, total, what=""):
        if done == 2:
            raise Cancelled


def test_a_cancelled_demo_leaves_nothing(tmp_path):
    with pytest.raises(Cancelled), demo.created(tmp_path / "office.db", make.at(), Stop()):
        pass

    assert not (tmp_path / "office.db").exists()
    assert not (tmp_path / demo_day.MARK).exists()


def test_the_demo_never_overwrites_an_office(office):
    with (
        pytest.raises(UserError, match="已经存在"),
        demo.created(office.data.path, make.at()),
    ):
        pass
