from datetime import date

import pytest

from deputydesk.errors import FieldError
from deputydesk.models.choices import Channel, EndReason, Level, LinkMethod, VisitKind
from deputydesk.operations import deputies, opinions, visits
from tests import make


@pytest.fixture
def office(either_office):
    """Reading and writing are the same where the data is encrypted."""
    return either_office


def test_a_reception_is_registered_with_its_deputies(office):
    home = make.home(office)
    first, second = make.deputy(office, name="王伟"), make.deputy(office, name="高娃")

    visit_id = office.do(
        visits.register,
        held_on=date(2026, 11, 20),
        home_id=home,
        deputy_ids=(first, second),
        received=6,
        topic="医保",
    )

    [row] = office.ask(visits.rows, year=2026)
    assert (row.id, row.number, row.where) == (visit_id, 1, "五当召镇人大代表之家")
    assert (row.deputies, row.received) == (("王伟", "高娃"), 6)
    assert office.ask(visits.rows, year=2025) == []
    assert len(office.ask(visits.rows, mandate_id=second)) == 1
    assert len(office.ask(visits.rows, visit_id=visit_id)) == 1


def test_meeting_voters_needs_a_place_not_a_home(office):
    deputy = make.deputy(office)

    office.do(
        visits.register,
        held_on=date(2026, 11, 20),
        kind=VisitKind.LINK_VOTERS,
        method=LinkMethod.HOUSEHOLD,
        deputy_ids=(deputy,),
        place="缸房地村",
    )

    assert office.ask(visits.rows)[0].where == "缸房地村"


def test_numbers_begin_anew_each_year(office):
    home, deputy = make.home(office), make.deputy(office)
    for day in (date(2025, 12, 30), date(2026, 1, 5), date(2026, 1, 6)):
        make.visit(office, home, deputy, held_on=day)

    assert [(v.held_on.year, v.number) for v in office.ask(visits.rows)] == [
        (2026, 2),
        (2026, 1),
        (2025, 1),
    ]


def test_an_edit_changes_the_visit_and_who_came(office):
    home = make.home(office)
    first, second = make.deputy(office, name="王伟"), make.deputy(office, name="高娃")
    visit_id = make.visit(office, home, first)

    office.do(
        visits.edit,
        visit_id=visit_id,
        held_on=date(2026, 11, 1),
        home_id=home,
        deputy_ids=(second,),
        received=2,
    )

    [row] = office.ask(visits.rows)
    assert (row.held_on, row.deputies, row.received) == (date(2026, 11, 1), ("高娃",), 2)


def test_a_deleted_visit_comes_back_with_its_deputies(office):
    visit_id = make.visit(office, make.home(office), make.deputy(office))

    office.do(visits.delete, visit_id=visit_id)
    assert office.ask(visits.rows) == []

    assert office.undo().title == "删除进家接待"
    assert office.ask(visits.rows)[0].deputies == ("王伟",)


def test_who_has_not_come_is_listed(office):
    home = make.home(office)
    came, missing = make.deputy(office, name="王伟"), make.deputy(office, name="高娃")
    make.visit(office, home, came)

    assert office.ask(visits.unvisited, date(2026, 1, 1), date(2026, 12, 31)) == [missing]


@pytest.mark.parametrize(
    ("changed", "field", "sentence"),
    [
        ({"held_on": date(2026, 11, 24)}, "held_on", "不能晚于今天（2026年11月23日）"),
        ({"deputy_ids": ()}, "deputy_ids", "请填写参加的代表"),
        ({"received": -1}, "received", "不能小于0"),
        ({"home_id": ""}, "home_id", "请选择代表之家"),
    ],
)
def test_a_wrong_field_is_named_and_nothing_is_kept(office, changed, field, sentence):
    good = {
        "held_on": date(2026, 11, 20),
        "home_id": make.home(office),
        "deputy_ids": (make.deputy(office),),
    }

    with pytest.raises(FieldError, match=sentence) as error:
        office.do(visits.register, **(good | changed))

    assert error.value.field == field
    assert office.ask(visits.rows) == []


def test_only_deputies_in_office_can_receive(office):
    home = make.home(office)
    ended, suspended = make.deputy(office, name="王伟"), make.deputy(office, name="高娃")
    new = office.do(deputies.add, name="丁一", level=Level.TOWN, started_on=date(2026, 6, 1))
    office.do(
        deputies.end_mandate,
        mandate_id=ended,
        ended_on=date(2026, 5, 1),
        reason=EndReason.MOVED,
    )
    office.do(deputies.set_suspended, mandate_id=suspended, suspended=True)

    for deputy, day, sentence in (
        (ended, date(2026, 5, 2), "王伟的代表资格已于2026-05-01终止"),
        (suspended, date(2026, 5, 2), "高娃已暂停执行代表职务"),
        (new, date(2026, 5, 2), "丁一于2026-06-01才当选代表"),
    ):
        with pytest.raises(FieldError, match=sentence):
            make.visit(office, home, deputy, held_on=day)
    with pytest.raises(FieldError, match="同一名代表填了两次"):
        office.do(
            visits.register,
            held_on=date(2026, 7, 1),
            home_id=home,
            deputy_ids=(new, new),
        )


def test_a_removal_is_done_again_after_everything_before_it_was_done_again(office):
    visit = make.visit(office, make.home(office), make.deputy(office))
    office.do(opinions.hear, channel=Channel.HOME, matter="路灯", visit_id=visit)
    office.do(visits.delete, visit_id=visit)

    for _ in range(3):
        office.undo()
    for _ in range(3):
        office.redo()

    assert office.ask(visits.rows) == []
    assert office.check() == []


def test_a_visit_moved_to_another_year_takes_a_number_that_is_free_there(office):
    place = make.home(office), make.deputy(office)
    make.visit(office, *place, held_on=date(2025, 12, 30))
    moved = make.visit(office, *place, held_on=date(2026, 1, 5))

    office.do(
        visits.edit,
        visit_id=moved,
        held_on=date(2025, 12, 31),
        home_id=place[0],
        deputy_ids=(place[1],),
    )

    assert sorted(row.number for row in office.ask(visits.rows, year=2025)) == [1, 2]
