"""单位: whose record a line is, where records of several offices stand together."""

from dataclasses import replace

from sqlalchemy import case, false, or_

from deputydesk.models.base import Record, scope_of
from deputydesk.office import Office
from deputydesk.operations import offices
from deputydesk.operations.figures.splits import office_of
from deputydesk.operations.listing import Condition, Listing
from deputydesk.operations.shown import Shown
from deputydesk.ui.columns import Column, Row
from deputydesk.ui.desk import Desk
from deputydesk.ui.register import Paged, Register

TITLE = "单位"
WIDTH = 112


class _Names:
    """What offices are called; one that was enrolled meanwhile is asked for when it is met."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self.known = office.ask(offices.names)

    def of(self, record_id: str) -> str:
        """What the office is called whose record this is."""
        code = scope_of(record_id).partition(".")[0]
        if code not in self.known:
            self.known = {code: code} | self.known | self._office.ask(offices.names)
        return self.known[code]


def with_office(desk: Desk, columns: tuple[Column[Row], ...]) -> tuple[Column[Row], ...]:
    """The columns of a list, with whose record it is behind the first; alone, none is needed."""
    if not shows_offices(desk):
        return columns
    return _with(_Names(desk.office), columns)


def of_register(desk: Desk, register: Register[Row]) -> Register[Row]:
    """A register with such a column, by which a long list is sorted and filtered too."""
    if not shows_offices(desk):
        return register
    names = _Names(desk.office)
    rows = register.paged
    return replace(
        register,
        columns=_with(names, register.columns),
        rows=register.rows if rows is None else _listed(names, rows),
    )


def shows_offices(desk: Desk) -> bool:
    """Whether records of several offices stand together here."""
    return desk.is_ready and desk.office.has_others_below


def _with(names: _Names, columns: tuple[Column[Row], ...]) -> tuple[Column[Row], ...]:
    return (*columns[:1], Column(TITLE, lambda row: names.of(row.id), WIDTH), *columns[1:])


def _listed(names: _Names, paged: Paged[Row]) -> Paged[Row]:
    listing: Listing = paged.listing
    shown = Shown(
        case(names.known, value=office_of(listing.model.id), else_=office_of(listing.model.id)),
        lambda said: _says(names, listing.model, said),
    )
    return replace(paged, listing=replace(listing, columns={**listing.columns, TITLE: shown}))


def _says(names: _Names, model: type[Record], said: str) -> Condition:
    """The condition under which a record is of the offices called so."""
    codes = [code for code, name in names.known.items() if name == said]
    return or_(false(), *(office_of(model.id) == code for code in codes))
