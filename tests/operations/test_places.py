from datetime import date

import pytest

from deputydesk.errors import FieldError
from deputydesk.models.choices import HomeLevel, Level, StationRole
from deputydesk.operations import places
from tests import make


def test_homes_show_their_deputies_and_visits_by_month(office):
    village = make.home(office, name="缸房地村人大代表之家", level=HomeLevel.VILLAGE)
    town = make.home(office)
    deputy = make.deputy(office, home_id=town)
    make.visit(office, town, deputy, held_on=date(2026, 3, 5))
    make.visit(office, town, deputy, held_on=date(2026, 3, 6))
    make.visit(office, village, deputy, held_on=date(2025, 3, 6))

    first, second = office.ask(places.homes, 2026)

    assert (first.short_name, first.deputies, first.visits, first.months[2]) == (
        "五当召镇",
        1,
        2,
        2,
    )
    assert (second.id, second.visits) == (village, 0)


def test_a_home_is_changed_and_cannot_be_doubled(office):
    home_id = make.home(office)

    office.do(places.edit_home, home_id=home_id, name="新家", level=HomeLevel.TOWN, address="镇里")

    assert office.ask(places.homes, 2026)[0].address == "镇里"
    assert office.ask(places.homes, 2026)[0].short_name == "新家"
    with pytest.raises(FieldError, match="已经有“新家”了"):
        make.home(office, name="新家")


def test_a_station_may_have_several_roles(office):
    home_id = make.home(office)
    roles = (StationRole.RECEPTION, StationRole.LEGISLATION)

    office.do(places.add_station, name="民馨站", roles=roles, home_id=home_id, host="社区")

    [station] = office.ask(places.stations)
    assert (station.roles, station.home, station.host) == (roles, "五当召镇人大代表之家", "社区")
    with pytest.raises(FieldError, match="至少选择一项职能"):
        office.do(places.add_station, name="站", roles=())
    with pytest.raises(FieldError, match="请选择代表之家"):
        office.do(places.add_station, name="站", roles=roles, home_id="T1-0")


def test_a_district_elects_one_to_three(office):
    office.do(places.add_district, name="第1选区", level=Level.TOWN, seats=3)

    assert [d.name for d in office.ask(places.districts)] == ["第1选区"]
    with pytest.raises(FieldError, match="一名至三名"):
        office.do(places.add_district, name="第2选区", level=Level.TOWN, seats=4)


def test_groups_have_a_leader(office):
    leader = make.deputy(office)

    office.do(places.add_group, name="第一小组", leader_id=leader)
    office.do(places.add_group, name="第二小组")

    assert [g.name for g in office.ask(places.groups)] == ["第一小组", "第二小组"]
    with pytest.raises(FieldError, match="请选择代表"):
        office.do(places.add_group, name="第三小组", leader_id="T1-0")
