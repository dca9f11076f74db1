"""Activities with the opinions heard there, in one step."""

import pytest

from deputydesk.errors import FieldError
from deputydesk.models.choices import Channel
from deputydesk.operations import opinions, receptions, visits
from deputydesk.operations.receptions import Heard
from tests import make

ROAD = Heard(Channel.HOME, "村道路灯不亮", detail="东头三盏灯不亮", voter_name="郝平")
WATER = Heard(Channel.RECEPTION, "自来水浑浊", voter_phone="13804720156")


@pytest.fixture
def home(office):
    return make.home(office)


@pytest.fixture
def deputy(office, home):
    return make.deputy(office, home_id=home)


def register(office, home, deputy, *said):
    return office.do(
        receptions.register, held_on=make.TODAY, home_id=home, deputy_ids=(deputy,), said=said
    )


def test_a_reception_is_registered_with_all_opinions_and_undone_as_one(office, home, deputy):
    visit_id = register(office, home, deputy, ROAD, WATER)

    row = office.ask(visits.rows)[0]
    assert (row.id, row.opinions, row.matters) == (visit_id, 2, ("村道路灯不亮", "自来水浑浊"))
    heard = office.ask(opinions.rows, today=make.TODAY, visit_id=visit_id, contacts=True)
    assert {(o.deputy_id, o.home_id) for o in heard} == {(deputy, home)}
    assert {o.voter_name for o in heard} == {"郝平", ""}

    assert office.undo().title == "登记进家接待及意见"

    assert office.ask(visits.rows) == []
    assert office.ask(opinions.rows, today=make.TODAY) == []


def test_a_wrong_opinion_is_named_and_nothing_is_kept(office, home, deputy):
    with pytest.raises(FieldError, match="意见2：请填写反映事项") as caught:
        register(office, home, deputy, ROAD, Heard(Channel.HOME, " "))

    assert caught.value.field == "said"
    assert office.ask(visits.rows) == []


def test_opinions_of_several_deputies_belong_to_the_one_who_listened(office, home, deputy):
    other = make.deputy(office, name="李娜")

    visit_id = office.do(
        receptions.register,
        held_on=make.TODAY,
        home_id=home,
        deputy_ids=(deputy, other),
        said=(Heard(Channel.HOME, "路灯", mandate_id=other), Heard(Channel.HOME, "水")),
    )

    assert [one.mandate_id for one in office.ask(receptions.heard, visit_id)] == [other, ""]


def test_editing_corrects_what_was_heard_and_adds_to_it(office, home, deputy):
    visit_id = register(office, home, deputy, ROAD)
    before = office.ask(receptions.heard, visit_id)

    corrected = Heard(
        Channel.HOUSEHOLD, "村道路灯全部不亮", voter_name="郝萍", opinion_id=before[0].opinion_id
    )
    office.do(
        receptions.edit,
        visit_id=visit_id,
        held_on=make.TODAY,
        home_id=home,
        deputy_ids=(deputy,),
        received=3,
        said=(corrected, WATER),
    )

    first, second = office.ask(receptions.heard, visit_id)
    assert (first.matter, first.channel, first.voter_name) == (
        "村道路灯全部不亮",
        Channel.HOUSEHOLD,
        "郝萍",
    )
    assert second.matter == "自来水浑浊"
    assert office.ask(visits.rows)[0].received == 3


def test_several_are_removed_at_once_and_come_back_at_once(office, home, deputy):
    made = (register(office, home, deputy, ROAD), register(office, home, deputy))

    office.do(receptions.remove, visit_ids=made)

    assert office.ask(visits.rows) == []
    assert [o.matter for o in office.ask(opinions.rows, today=make.TODAY)] == ["村道路灯不亮"]
    assert office.undo().text == "删除进家接待及意见（2条）"
    assert {row.id for row in office.ask(visits.rows)} == set(made)


def test_years_and_topics_come_newest_first(office, home, deputy):
    for year, topic in ((2024, "接待日"), (2026, "政策宣讲"), (2026, "")):
        office.do(
            receptions.register,
            held_on=make.TODAY.replace(year=year),
            home_id=home,
            deputy_ids=(deputy,),
            topic=topic,
        )

    assert office.ask(visits.years) == [2026, 2024]
    assert office.ask(visits.topics) == ["政策宣讲", "接待日"]
