"""What the wall shows, page by page: numbers, homes and units; nobody's name, ever."""

from collections.abc import Iterable
from dataclasses import dataclass

from deputydesk.operations import figures
from deputydesk.operations.cockpit import Board
from deputydesk.operations.figures import Figure
from deputydesk.ui.cockpit_parts import short

MOST_HOMES = 14
MOST_UNITS = 10
MOST_NUMBERS = 8

GROUPS = (
    (
        "依法监督",
        (
            "activities.kind.report",
            "activities.kind.inspection",
            "activities.kind.law_check",
            "activities.kind.follow_up",
            "activities.kind.research",
            "activities.kind.committee",
            "activities.kind.interview",
            "activities.overseeing.people",
        ),
    ),
    (
        "民生实事",
        (
            "projects.level.district",
            "projects.level.district.invested",
            "projects.level.town",
            "projects.done",
            "project_evals.total",
            "services.total",
            "services.people",
            "projects.collected",
        ),
    ),
    (
        "立法与培训",
        (
            "stations.role.legislation",
            "stations.role.collection",
            "leg_opinions.total",
            "leg_opinions.fed_back",
            "trainings.online",
            "trainings.classroom",
            "trainings.people",
            "coverage.training",
        ),
    ),
    (
        "履职阵地",
        (
            "homes.total",
            "stations.total",
            "mandates.total",
            "supervisors.total",
            "groups.total",
            "coverage.homes",
            "regulations.total",
            "publicity.total",
        ),
    ),
)
"""Pages of numbers beside the office's own slogans and cards."""

RATES = (
    "opinions.settled",
    "suggestions.answered_in_time",
    "suggestions.satisfied",
    "coverage.deputies",
)
"""The rates that are shown as rings."""


@dataclass(frozen=True)
class Number:
    """A big number with its name."""

    name: str
    value: str
    note: str = ""


@dataclass(frozen=True)
class SlogansPage:
    """The slogans, each with its numbers."""

    title: str
    slogans: tuple[tuple[str, str, tuple[Number, ...]], ...]


@dataclass(frozen=True)
class NumbersPage:
    """Big numbers."""

    title: str
    numbers: tuple[Number, ...]


@dataclass(frozen=True)
class RatesPage:
    """Rates as rings: name, percent (None of nothing), counts."""

    title: str
    rates: tuple[tuple[str, float | None, str], ...]


@dataclass(frozen=True)
class TrendPage:
    """One or two lines of numbers, part by part."""

    title: str
    names: tuple[str, ...]
    lines: tuple[tuple[str, tuple[int, ...]], ...]


@dataclass(frozen=True)
class HomesPage:
    """Homes by month."""

    title: str
    months: tuple[str, ...]
    homes: tuple[tuple[str, tuple[int, ...]], ...]


@dataclass(frozen=True)
class UnitsPage:
    """Units: done, working, late."""

    title: str
    units: tuple[tuple[str, int, int, int], ...]


WallPage = SlogansPage | NumbersPage | RatesPage | TrendPage | HomesPage | UnitsPage


def wanted() -> tuple[str, ...]:
    """Every figure that the pages need beside the board; none whose rows are confidential."""
    ids = (*(ident for _, group in GROUPS for ident in group), *RATES)
    assert not any(figures.measure(ident).is_confidential for ident in ids), "walls have no secrets"
    return ids


def pages(board: Board, found: Iterable[Figure]) -> list[WallPage]:
    """The pages in the order in which they turn; one without anything to show is left out."""
    by_id = {figure.id: figure for figure in found}
    made: list[WallPage] = [
        SlogansPage(
            "代表履职驾驶舱",
            tuple(
                (tile.name, tile.about, tuple(map(_number, _public(tile.figures))))
                for tile in board.tiles
            ),
        ),
        NumbersPage(
            "履职总览",
            tuple(map(_number, _public(card.figure for card in board.cards)))[:MOST_NUMBERS],
        ),
        RatesPage(
            "办理质效",
            tuple((f.name, f.percent, _counts(f)) for f in (by_id[i] for i in RATES)),
        ),
    ]
    if any(any(line.values) for line in board.trends):
        lines = tuple((line.name, line.values) for line in board.trends)
        made.append(TrendPage("履职走势", board.names, lines))
    if board.homes:
        homes = tuple((home.name, home.values) for home in reversed(board.homes))
        made.append(HomesPage("代表之家活动", board.month_names, homes[:MOST_HOMES]))
    if board.units:
        units = tuple((u.name, u.done, u.working, u.late) for u in board.units)
        made.append(UnitsPage("承办单位办理情况", units[:MOST_UNITS]))
    for title, ids in GROUPS:
        shown = [by_id[ident] for ident in ids if by_id[ident].value]
        if shown:
            made.append(NumbersPage(title, tuple(map(_number, shown))))
    return made


def _public(found: Iterable[Figure]) -> list[Figure]:
    """A place may put any figure into its own tiles; what is confidential stays away."""
    return [f for f in found if not figures.measure(f.id).is_confidential]


def _number(figure: Figure) -> Number:
    note = _counts(figure) if figure.numerator is not None else ""
    return Number(figure.name, short(figure), note)


def _counts(figure: Figure) -> str:
    return f"{figure.numerator} / {figure.denominator} {figure.unit}"
