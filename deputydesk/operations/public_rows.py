"""What the public pages show, and what a clerk reads before they are written."""

from dataclasses import dataclass, field
from datetime import date

from deputydesk.models.choices import HomeLevel
from deputydesk.rules.choices import Choice


@dataclass(frozen=True)
class Selection:
    """What a clerk chose to publish.

    Args:
        home_ids: homes that get a page; none means all.
        released: ids of records that are published in spite of a warning.
        unsigned: also publish suggestions whose deputy wants the name withheld, without the name.
        since: suggestions from this day on; the first day of last year if None.
    """

    home_ids: tuple[str, ...] = ()
    released: frozenset[str] = frozenset()
    unsigned: bool = False
    since: date | None = None


@dataclass(frozen=True)
class PublicDeputy:
    """A deputy as the public sees one; phone and photo only by dated consent."""

    id: str
    name: str
    level: str
    district: str
    days: int
    suggestions: int
    phone: str = ""
    photo: str = ""
    """Digest of the photo's content."""


@dataclass(frozen=True)
class PublicDay:
    """A day at a home, planned or held."""

    on: date
    kind: str
    topic: str = ""
    slot: str = ""
    deputies: tuple[str, ...] = ()


@dataclass(frozen=True)
class PublicAnswer:
    """A unit's answer to a suggestion."""

    unit: str
    on: date
    answer_class: str
    meaning: str
    text: str


@dataclass(frozen=True)
class PublicSuggestion:
    """A suggestion that may be read by everybody."""

    id: str
    code: str
    year: int
    headline: str
    lead: str
    """Empty where the name is withheld."""
    lead_id: str
    cosigners: int
    meeting: str
    submitted_on: date | None
    units: tuple[str, ...]
    state: str
    text: str
    answers: tuple[PublicAnswer, ...]


@dataclass(frozen=True)
class BoardLine:
    """A deputy's place on the score board."""

    mandate_id: str
    rank: str
    name: str
    points: str


@dataclass(frozen=True)
class PublicBoard:
    """The score board of a closed and published quarter."""

    title: str
    scheme: str
    published_on: date
    lines: tuple[BoardLine, ...]

    def of(self, mandate_ids: frozenset[str]) -> "PublicBoard":
        """The lines of some deputies, with the ranks that they have among all."""
        lines = tuple(line for line in self.lines if line.mandate_id in mandate_ids)
        return PublicBoard(self.title, self.scheme, self.published_on, lines)


@dataclass(frozen=True)
class PublicCheck:
    """An item of the checklist of homes."""

    item: str
    passed: bool


@dataclass(frozen=True)
class PublicStation:
    """A station of a home."""

    name: str
    roles: tuple[str, ...]
    host: str


@dataclass(frozen=True)
class PublicProject:
    """A livelihood project that was announced."""

    year: int
    level: str
    town: str
    name: str
    content: str
    budget: int
    """In 分."""
    unit: str
    state: str
    progress: int
    grade: str


@dataclass(frozen=True)
class PublicRegulation:
    """A rule that hangs on the wall."""

    name: str
    document_no: str
    adopted_on: date | None
    content: str


@dataclass(frozen=True)
class Tile:
    """A number that stands out."""

    label: str
    value: str
    unit: str


@dataclass(frozen=True)
class PublicHome:
    """All that the page of a home shows."""

    id: str
    name: str
    level: HomeLevel
    unit: str
    address: str
    head: str
    opened_on: date | None
    tiles: tuple[Tile, ...] = ()
    deputies: tuple[PublicDeputy, ...] = ()
    planned: tuple[PublicDay, ...] = ()
    held: tuple[PublicDay, ...] = ()
    suggestions: tuple[PublicSuggestion, ...] = ()
    board: PublicBoard | None = None
    checks: tuple[PublicCheck, ...] = ()
    stations: tuple[PublicStation, ...] = ()
    projects: tuple[PublicProject, ...] = ()


@dataclass(frozen=True)
class Site:
    """All that the public pages of an office show."""

    office: str
    organ: str
    address: str
    phone: str
    year: int
    written_on: date
    tiles: tuple[Tile, ...]
    homes: tuple[PublicHome, ...]
    suggestions: tuple[PublicSuggestion, ...]
    board: PublicBoard | None
    projects: tuple[PublicProject, ...]
    regulations: tuple[PublicRegulation, ...]


class LineKind(Choice):
    """What a line of the check says."""

    WARNING = "warning", "待确认"
    LEFT_OUT = "left_out", "不公开"
    NOTE = "note", "提示"
    PUBLISHED = "published", "将公开"


@dataclass(frozen=True)
class CheckLine:
    """A line of the check before publishing: about whom or what, what of it, and why.

    Args:
        id: identifier among the lines.
        kind: what the line says.
        about: the person or record.
        what: what of it is or is not published.
        why: the ground for it.
        table: kind of the record, to open it.
        record_id: the record.
    """

    id: str
    kind: LineKind
    about: str
    what: str
    why: str
    table: str = ""
    record_id: str = ""


@dataclass(frozen=True)
class Review:
    """What would be published, with every line that the clerk must have seen."""

    site: Site
    lines: tuple[CheckLine, ...]
    selection: Selection = field(default_factory=Selection)

    def count(self, kind: LineKind) -> int:
        """How many lines of a kind there are."""
        return sum(line.kind == kind for line in self.lines)
