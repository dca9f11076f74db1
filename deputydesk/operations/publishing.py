"""What the public pages of the office and its homes may show: by consent, and nothing private."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from deputydesk.errors import UserError
from deputydesk.models import (
    Attendance,
    Home,
    HomeCheck,
    RotaShift,
    Station,
    Visit,
    VisitDeputy,
)
from deputydesk.models.choices import HomeLevel, StationRole
from deputydesk.models.home_check import ShiftState
from deputydesk.operations import offices, public_records
from deputydesk.operations.public_people import People
from deputydesk.operations.public_rows import (
    LineKind,
    PublicCheck,
    PublicDay,
    PublicDeputy,
    PublicHome,
    PublicStation,
    PublicSuggestion,
    Review,
    Selection,
    Site,
)
from deputydesk.operations.public_screen import Screen, watch

AHEAD = timedelta(days=120)
"""Planned days further off than this are not announced yet."""
HELD = 12
"""So many of the last days at a home are listed."""


def review(session: Session, today: date, selection: Selection | None = None) -> Review:
    """What would be published, with the check that the clerk confirms.

    Raises:
        UserError: the office has no profile yet, or no home.
    """
    selection = selection or Selection()
    profile = offices.profile(session)
    if profile is None:
        raise UserError("还没有填写单位信息，不能发布。", hint="请先在“设置”里填写单位信息。")
    people = People(session, today)
    screen = Screen(watch(session, people.public_numbers()), selection.released)
    listed = people.deputies(screen)
    gathered = _Gathering(session, today, screen, listed, people.main_of)
    suggestions = public_records.suggestions(session, today, selection, screen, gathered.names)
    board = public_records.board(session, screen, frozenset(gathered.names))
    projects = public_records.projects(session, screen)
    homes = [
        replace(home, suggestions=_of(home.deputies, suggestions, people.main_of))
        for home in gathered.homes(selection.home_ids)
    ]
    if not homes:
        raise UserError("还没有代表之家，没有可以发布的网页。", hint="请先登记代表之家。")
    site = Site(
        office=profile.name,
        organ=profile.organ.short,
        address=profile.address,
        phone=profile.phone,
        year=today.year,
        written_on=today,
        tiles=public_records.tiles(session, today),
        homes=tuple(
            replace(
                home,
                board=board.of(frozenset(d.id for d in home.deputies)) if board else None,
                projects=tuple(p for p in projects if _belongs(p.town, home)),
            )
            for home in homes
        ),
        suggestions=tuple(suggestions),
        board=board,
        projects=tuple(projects),
        regulations=tuple(public_records.regulations(session, screen)),
    )
    public_records.note_opinions(session, screen)
    order = list(LineKind)
    lines = sorted(screen.lines, key=lambda line: order.index(line.kind))
    return Review(site, tuple(lines), selection)


def _of(
    deputies: Sequence[PublicDeputy],
    suggestions: Sequence[PublicSuggestion],
    main_of: Mapping[str, str],
) -> tuple[PublicSuggestion, ...]:
    """The suggestions that the deputies of a home led, in whichever of their seats."""
    mine = {deputy.id for deputy in deputies}
    return tuple(s for s in suggestions if main_of.get(s.lead_id) in mine)


def _belongs(town: str, home: PublicHome) -> bool:
    """Whether a project is carried out where the home is; those of the district are at its home."""
    return town == home.unit if town else home.level == HomeLevel.DISTRICT


class _Gathering:
    """Reads what belongs to each home."""

    def __init__(
        self,
        session: Session,
        today: date,
        screen: Screen,
        deputies: Mapping[str, Sequence[PublicDeputy]],
        main_of: Mapping[str, str],
    ) -> None:
        self._session = session
        self._today = today
        self._screen = screen
        self._deputies = deputies
        self._tiles = public_records.home_tiles(session, today)
        listed = {d.id: d.name for people in deputies.values() for d in people}
        self.names = {seat: listed[main] for seat, main in main_of.items() if main in listed}

    def homes(self, wanted: Sequence[str]) -> list[PublicHome]:
        """The homes that get a page, by level; all if none is named."""
        order = list(HomeLevel)
        found = [h for h in self._session.scalars(select(Home)) if not wanted or h.id in wanted]
        found.sort(key=lambda h: (order.index(h.level) if h.level in order else len(order), h.id))
        return [self._home(home) for home in found]

    def _home(self, home: Home) -> PublicHome:
        own = self._screen.passes(Home, home.id, home.name, home.address, home.head)
        return PublicHome(
            id=home.id,
            name=home.name,
            level=home.level,
            unit=home.unit,
            address=home.address if own else "",
            head=home.head if own else "",
            opened_on=home.opened_on,
            tiles=self._tiles.get(home.id, ()),
            deputies=tuple(self._deputies.get(home.id, ())),
            planned=tuple(self._planned(home)),
            held=tuple(self._held(home)),
            checks=self._checks(home.id),
            stations=tuple(self._stations(home.id)),
        )

    def _planned(self, home: Home) -> list[PublicDay]:
        found = self._session.scalars(
            select(RotaShift)
            .where(
                RotaShift.home_id == home.id,
                RotaShift.state == ShiftState.PLANNED,
                RotaShift.planned_on.between(self._today, self._today + AHEAD),
            )
            .order_by(RotaShift.planned_on, RotaShift.id)
        ).all()
        expected = self._expected([shift.id for shift in found])
        return [
            PublicDay(
                on=shift.planned_on,
                kind="代表接待日",
                topic=self._topic(RotaShift, shift.id, home, shift.planned_on, shift.topic),
                slot=shift.slot,
                deputies=expected.get(shift.id, ()),
            )
            for shift in found
        ]

    def _expected(self, shift_ids: Sequence[str]) -> dict[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = {}
        rows = self._session.execute(
            select(Attendance.event_id, Attendance.mandate_id)
            .where(
                Attendance.event_kind == RotaShift.__tablename__,
                Attendance.event_id.in_(shift_ids),
            )
            .order_by(Attendance.id)
        )
        for shift, mandate in rows:
            if mandate in self.names:
                found[shift] = (*found.get(shift, ()), self.names[mandate])
        return found

    def _held(self, home: Home) -> list[PublicDay]:
        found = self._session.scalars(
            select(Visit)
            .where(Visit.home_id == home.id, Visit.held_on <= self._today)
            .order_by(Visit.held_on.desc(), Visit.number.desc(), Visit.id.desc())
            .limit(HELD)
        ).all()
        came: dict[str, tuple[str, ...]] = {}
        rows = self._session.execute(
            select(VisitDeputy.visit_id, VisitDeputy.mandate_id)
            .where(VisitDeputy.visit_id.in_([visit.id for visit in found]))
            .order_by(VisitDeputy.id)
        )
        for visit, mandate in rows:
            if mandate in self.names:
                came[visit] = (*came.get(visit, ()), self.names[mandate])
        return [
            PublicDay(
                on=visit.held_on,
                kind=visit.kind.label,
                topic=self._topic(Visit, visit.id, home, visit.held_on, visit.topic),
                slot=visit.slot,
                deputies=came.get(visit.id, ()),
            )
            for visit in found
        ]

    def _topic(
        self, model: type[Visit | RotaShift], record_id: str, home: Home, on: date, topic: str
    ) -> str:
        about = f"{home.name} {on.isoformat()}"
        return topic if self._screen.passes(model, record_id, about, topic) else ""

    def _checks(self, home_id: str) -> tuple[PublicCheck, ...]:
        """The newest check of each item, in the order in which items were first checked."""
        found = self._session.scalars(
            select(HomeCheck)
            .where(HomeCheck.home_id == home_id, HomeCheck.checked_on <= self._today)
            .order_by(HomeCheck.checked_on, HomeCheck.id)
        )
        newest = {check.item: check.passed for check in found}
        return tuple(PublicCheck(item, passed) for item, passed in newest.items())

    def _stations(self, home_id: str) -> list[PublicStation]:
        found = self._session.scalars(
            select(Station).where(Station.home_id == home_id).order_by(Station.name)
        )
        return [
            PublicStation(s.name, tuple(StationRole.stored(r).label for r in s.roles), s.host)
            for s in found
            if self._screen.passes(Station, s.id, s.name, s.name, s.host)
        ]
