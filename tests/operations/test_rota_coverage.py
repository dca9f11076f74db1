from datetime import date

from deputydesk.models.choices import HomeLevel, Level, VisitKind
from deputydesk.operations import rota_coverage, rota_visits, rotas, visits
from tests import make

YEAR = (date(2026, 1, 1), date(2026, 12, 31))


def came(office, first=YEAR[0], last=YEAR[1]):
    return office.ask(rota_coverage.deputies_came, first, last, make.TODAY)


def test_who_has_not_come_stands_first_with_what_is_planned_for_them(office):
    home = make.home(office)
    active = make.deputy(office, name="王伟", home_id=home)
    missing = make.deputy(office, name="高娃", level=Level.DISTRICT)
    make.visit(office, home, active, held_on=date(2026, 3, 5))
    make.visit(office, home, active, held_on=date(2026, 9, 5))
    office.do(rotas.save, planned_on=date(2026, 11, 30), home_id=home, deputy_ids=(missing, active))

    first, second = came(office)

    assert (first.name, first.came, first.planned, first.is_missing) == ("高娃", 0, 1, True)
    assert (first.next_on, first.last_on) == (date(2026, 11, 30), None)
    assert (second.name, second.came, second.last_on) == ("王伟", 2, date(2026, 9, 5))
    assert rota_coverage.share([first, second]).text == "50%（1/2）"
    parts = rota_coverage.shares([first, second], lambda row: row.level.label)
    assert [(p.id, p.came.text) for p in parts] == [
        ("区（旗县）", "0%（0/1）"),
        ("苏木乡镇", "100%（1/1）"),
    ]


def test_meeting_voters_elsewhere_is_not_coming_to_a_home(office):
    deputy = make.deputy(office)
    office.do(
        visits.register,
        held_on=date(2026, 3, 5),
        kind=VisitKind.LINK_VOTERS,
        deputy_ids=(deputy,),
        place="村里",
    )

    assert came(office)[0].is_missing


def test_a_quarter_ends_today(office):
    home, deputy = make.home(office), make.deputy(office)
    make.visit(office, home, deputy, held_on=date(2026, 9, 30))

    first, last = rota_coverage.quarter_of(make.TODAY)

    assert (first, last) == (date(2026, 10, 1), make.TODAY)
    assert came(office, first, last)[0].is_missing


def test_what_became_of_each_homes_days_is_counted(office):
    town, deputy = make.home(office), make.deputy(office)
    village = make.home(office, name="缸房地村人大代表之家", level=HomeLevel.VILLAGE)
    days = (date(2026, 11, 18), date(2026, 11, 19), date(2026, 11, 30), date(2026, 12, 1))
    held, _, _, off = [
        office.do(rotas.save, planned_on=day, home_id=town, deputy_ids=(deputy,)) for day in days
    ]
    office.do(rotas.save, planned_on=date(2026, 11, 20), home_id=village)
    office.do(rota_visits.hold, shift_id=held, deputy_ids=(deputy,))
    office.do(rotas.cancel, shift_id=off, moved_why="会议")

    first, second = office.ask(rota_coverage.homes_done, *YEAR, make.TODAY)

    assert (first.home, first.planned, first.held, first.missed, first.ahead, first.cancelled) == (
        "五当召镇人大代表之家",
        3,
        1,
        1,
        1,
        1,
    )
    assert (second.level, second.missed) == (HomeLevel.VILLAGE, 1)
