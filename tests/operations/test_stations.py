import pytest

from deputydesk.errors import FieldError
from deputydesk.models.choices import StationRole
from deputydesk.operations import places, stations
from tests import make

ROLES = (StationRole.RECEPTION, StationRole.LEGISLATION)


def test_a_station_may_have_several_roles(office):
    home_id = make.home(office)

    office.do(stations.save, name="民馨站", roles=ROLES, home_id=home_id, host="社区")

    [station] = office.ask(places.stations)
    assert (station.roles, station.home, station.host) == (ROLES, "五当召镇人大代表之家", "社区")
    with pytest.raises(FieldError, match="至少选择一项职能"):
        office.do(stations.save, name="站", roles=())
    with pytest.raises(FieldError, match="请选择代表之家"):
        office.do(stations.save, name="站", roles=ROLES, home_id="T1-0")


def test_a_station_is_changed_and_removed(office):
    station = office.do(stations.save, name="民馨站", roles=ROLES)

    office.do(
        stations.save, record_id=station, name="民馨工作站", roles=(StationRole.COURT,), host="法院"
    )

    [row] = office.ask(places.stations)
    assert (row.id, row.name, row.roles, row.host) == (
        station,
        "民馨工作站",
        (StationRole.COURT,),
        "法院",
    )
    office.do(stations.remove, ids=(station,))
    assert office.ask(places.stations) == []
