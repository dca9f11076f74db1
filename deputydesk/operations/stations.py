"""Stations below the homes; one place may have several roles. `places.stations` lists them."""

from deputydesk.errors import FieldError
from deputydesk.models import Home, Station
from deputydesk.models.choices import StationRole
from deputydesk.office import Right, Tx, operation
from deputydesk.operations.checks import filled, get_for, put
from deputydesk.operations.removal import removal


@operation(Right.SETUP, "登记工作站")
def save(
    tx: Tx,
    *,
    record_id: str = "",
    name: str,
    roles: tuple[StationRole, ...],
    home_id: str = "",
    host: str = "",
) -> str:
    """Register a station, or change one; one place may have several roles."""
    if not roles:
        raise FieldError("roles", "请至少选择一项职能。")
    if home_id:
        get_for(tx.session, Home, "home_id", home_id)
    station = put(
        tx,
        Station,
        record_id,
        name=filled("name", name, "名称"),
        roles=[StationRole.stored(role).value for role in roles],
        home_id=home_id,
        host=host.strip(),
    )
    tx.about = station.name
    return station.id


remove = removal(Station, right=Right.SETUP)
