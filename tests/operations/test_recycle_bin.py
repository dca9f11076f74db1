"""What was deleted is listed, and comes back with its parts, however long ago it was."""

from datetime import timedelta

import pytest

from deputydesk.errors import FieldError, NotAllowed, UserError
from deputydesk.models import Person, Visit
from deputydesk.models.activity import TrainingForm, TrainingLevel
from deputydesk.models.choices import Channel
from deputydesk.office import Office, Right, User
from deputydesk.operations import (
    deputies,
    opinions,
    places,
    receptions,
    recycle_bin,
    trainings,
    visits,
)
from deputydesk.operations.participants import Attendee
from tests import make
from tests.journal import samples

DAY = make.TODAY - timedelta(days=3)


@pytest.fixture
def place(office):
    """A home and a deputy."""
    return make.home(office), make.deputy(office)


@pytest.fixture
def gone(office, place):
    """A reception that was deleted; returns its id."""
    visit = make.visit(office, *place, held_on=DAY, received=4)
    office.do(receptions.remove, visit_ids=(visit,))
    return visit


def listed(office):
    return [(row.kind, row.name, row.action, row.parts) for row in office.ask(recycle_bin.rows)]


def test_an_empty_office_has_an_empty_bin(office):
    assert office.ask(recycle_bin.rows) == []


def test_what_was_deleted_is_listed_as_it_was_called_with_its_parts(office, gone):
    assert listed(office) == [
        (
            "进家登记",
            "2026-11-20 五当召镇人大代表之家",
            "删除进家接待及意见（11月20日 第1号）",
            "参加代表1条",
        )
    ]
    [row] = office.ask(recycle_bin.rows)
    assert (row.user, row.at[:10]) == ("张丽", "2026-11-23")


def test_what_a_deleted_record_said_can_be_read(office, gone):
    said = dict(office.ask(recycle_bin.values, "visit", gone))

    assert said["代表之家"] == "五当召镇人大代表之家"
    assert said["日期"] == "2026年11月20日"
    assert said["接待人次"] == "4"
    assert "备注" not in said


def test_a_record_comes_back_with_its_parts_in_one_step(office, gone):
    assert office.do(recycle_bin.restore, ids=(f"visit:{gone}",)) == 2

    [row] = office.ask(visits.rows, visit_id=gone)
    assert (row.number, row.received, row.deputies) == (1, 4, ("王伟",))
    assert listed(office) == []
    assert office.undo().text == "从回收站恢复（进家登记 2026-11-20）"
    assert office.ask(visits.rows, visit_id=gone) == []
    assert len(listed(office)) == 1
    assert office.check() == []


def test_it_comes_back_after_other_work_and_a_restart(office, gone, tmp_path):
    for number in range(5):
        make.deputy(office, name=f"代表{number}")
    office.close()
    again = Office.open(tmp_path / "office" / "office.db", clock=make.at(), user=make.CLERK)

    again.do(recycle_bin.restore, ids=(f"visit:{gone}",))

    assert again.ask(visits.rows, visit_id=gone)[0].deputies == ("王伟",)
    again.close()


def test_several_come_back_in_one_step(office, place):
    first, second = (make.visit(office, *place, held_on=DAY) for _ in range(2))
    office.do(receptions.remove, visit_ids=(first, second))

    office.do(recycle_bin.restore, ids=(f"visit:{first}", f"visit:{second}"))

    assert {row.id for row in office.ask(visits.rows)} == {first, second}
    assert office.undo().text == "从回收站恢复（2条）"
    assert office.ask(visits.rows) == []


def test_a_number_that_was_given_on_is_given_anew(office, place, gone):
    make.visit(office, *place, held_on=DAY)

    office.do(recycle_bin.restore, ids=(f"visit:{gone}",))

    assert [row.number for row in office.ask(visits.rows)] == [2, 1]
    assert office.ask(visits.rows, visit_id=gone)[0].number == 2


def test_what_was_undone_can_come_back_by_itself(office, place):
    opinion = office.do(opinions.hear, channel=Channel.HOME, matter="路灯", mandate_id=place[1])
    office.undo()
    make.deputy(office, name="李娜")  # now it cannot be done again

    [row] = office.ask(recycle_bin.rows)
    assert (row.kind, row.name) == ("选民意见", "路灯")
    assert row.action.startswith("撤销：登记选民意见")
    office.do(recycle_bin.restore, ids=(row.id,))

    assert office.ask(opinions.rows, today=make.TODAY, ids=(opinion,))[0].matter == "路灯"


def test_what_names_a_deleted_record_comes_back_with_it_only(office, place, gone):
    office.do(places.remove_homes, ids=(place[0],))

    with pytest.raises(FieldError, match="代表之家“五当召镇人大代表之家”，它也被删除了"):
        office.do(recycle_bin.restore, ids=(f"visit:{gone}",))

    office.do(recycle_bin.restore, ids=(f"visit:{gone}", f"home:{place[0]}"))
    assert office.ask(visits.rows, visit_id=gone)[0].home == "五当召镇人大代表之家"


def test_those_who_came_to_a_training_come_back_with_it(office, place):
    values = {
        "topic": "预算审查",
        "held_on": DAY,
        "level": next(iter(TrainingLevel)),
        "form": next(iter(TrainingForm)),
    }
    training = office.do(trainings.save, attendees=(Attendee(place[1]),), **values)
    office.do(trainings.remove, ids=(training,))

    assert listed(office) == [("培训", "预算审查", "删除培训（预算审查）", "出席情况1条")]
    office.do(recycle_bin.restore, ids=(f"training:{training}",))

    assert [a.mandate_id for a in office.ask(trainings.rows)[0].attendees] == [place[1]]


def test_what_is_nothing_by_itself_is_not_listed(office, place):
    other = make.deputy(office, name="李娜")
    visit = make.visit(office, *place, held_on=DAY)
    office.do(visits.edit, visit_id=visit, held_on=DAY, home_id=place[0], deputy_ids=(other,))

    assert listed(office) == []


def test_what_is_not_deleted_does_not_come_back(office, place):
    visit = make.visit(office, *place, held_on=DAY)

    with pytest.raises(UserError, match="没有被删除"):
        office.do(recycle_bin.restore, ids=(f"{Visit.__tablename__}:{visit}",))


def test_what_came_back_can_be_deleted_and_come_back_again(office, gone):
    for _ in range(2):
        office.do(recycle_bin.restore, ids=(f"visit:{gone}",))
        office.do(receptions.remove, visit_ids=(gone,))

    assert len(listed(office)) == 1
    assert office.check() == []


def test_a_deputy_whose_entering_was_undone_comes_back_with_the_person(office):
    mandate = make.deputy(office, name="李娜")
    office.undo()

    ids = tuple(row.id for row in office.ask(recycle_bin.rows))
    assert sorted(row.kind for row in office.ask(recycle_bin.rows)) == ["人员", "代表"]
    office.do(recycle_bin.restore, ids=ids)

    assert office.ask(deputies.one, mandate).name == "李娜"


def test_what_cannot_stand_beside_another_any_more_is_refused(office):
    home = make.home(office, name="青山村人大代表之家")
    office.do(places.remove_homes, ids=(home,))
    make.home(office, name="青山村人大代表之家")

    with pytest.raises(FieldError, match="已经有“青山村人大代表之家”了"):
        office.do(recycle_bin.restore, ids=(f"home:{home}",))


def test_who_may_not_set_a_record_up_may_not_bring_it_back(office):
    home = make.home(office, name="青山村人大代表之家")
    office.do(places.remove_homes, ids=(home,))
    office.user = User("张丽", frozenset({Right.REGISTER}))

    with pytest.raises(NotAllowed):
        office.do(recycle_bin.restore, ids=(f"home:{home}",))


def test_the_number_of_an_identity_card_is_not_shown(office):
    person = office.do(samples.add, Person, name="王伟", id_no="150102199001011234")
    office.do(samples.remove, Person, person)

    said = dict(office.ask(recycle_bin.values, "person", person))

    assert said["姓名"] == "王伟"
    assert "身份证号" not in said
