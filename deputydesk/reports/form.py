"""What a printed form is: what is chosen for it, what it reads, and how it is drawn."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

from sqlalchemy.orm import Session

from deputydesk.models.base import Record
from deputydesk.office import Office
from deputydesk.operations.scan_runs import Printed
from deputydesk.progress import Progress
from deputydesk.reports.layout import Layout
from deputydesk.rules.choices import Choice

if TYPE_CHECKING:
    from deputydesk.reports.kit import Document


class Setup(NamedTuple):
    """How a file is made, whatever form it holds.

    Args:
        form: identifier of the form: its foot names it where no record has a number.
        archival: for the archives: PDF/A-2b.
        sheet: `two` puts two pages on each A4 sheet, `tiles` parts pages larger than A4 over
            several A4 sheets at true scale.
        into: a file that is being made already, which the form goes into.
    """

    form: str = ""
    archival: bool = False
    sheet: str = ""
    into: "Document | None" = None


USUAL = Setup()
TWO_UP, TILES = "two", "tiles"
SHEETS = (
    ("", "每页一张"),
    (TWO_UP, "两页并印在一张A4上"),
    (TILES, "大张分块印在A4上，裁切拼接"),
)
"""How pages come onto sheets: value and words."""


@dataclass(frozen=True)
class OfficeHead:
    """Who prints: every organ name on paper comes from here."""

    name: Annotated[str, "单位简称"]
    """五当召镇"""
    full_name: Annotated[str, "单位全称"]
    """石拐区五当召镇"""
    organ: Annotated[str, "印制机关"]
    """五当召镇人大主席团: signs the foot of each page."""
    handling_organ: Annotated[str, "处理机关"] = "人大主席团"
    """人大主席团 or 人大工委: whose opinion a form asks for."""
    chair: Annotated[str, "负责人职务"] = "主席"
    """主席 or 主任: who signs for that organ."""
    setup: Setup = USUAL
    """How its paper is made."""


def tiled(office: OfficeHead) -> OfficeHead:
    """The same office, whose large pages come over several A4 sheets to be glued together."""
    return replace(office, setup=office.setup._replace(sheet=TILES))


class Group(Choice):
    """Forms that stand together in the menu."""

    RECEPTION = "reception", "接待选民"
    SUGGESTION = "suggestion", "建议办理"
    DEPUTY = "deputy", "代表履职"
    EVALUATION = "evaluation", "测评和票决"
    HOME = "home", "代表之家"
    OFFICE = "office", "机关工作"


class Due(Choice):
    """When a form is due: it goes into the pack of each such period."""

    MONTH = "month", "月度"
    QUARTER = "quarter", "季度"
    YEAR = "year", "年度"


MONTHLY = (Due.MONTH, Due.QUARTER)
"""Forms of what happens: each month's go into the pack of its quarter too."""


@dataclass(frozen=True)
class Options:
    """What to print; a form reads only what it asks for.

    Args:
        record_id: the record; the newest, or a blank form, if empty: the form says which.
        deputy_ids: mandates; none means all deputies in office.
        first: first day of the period; the year's first if None.
        last: last day of the period; today if None.
        copies: how many.
        paper: which of the papers that the form offers; its first if empty.
        duplex: each deputy begins on a front side.
        archival: a file for the archives, PDF/A-2b.
        sheet: how pages come onto sheets, of `SHEETS`; each on its own if empty.
        large: the large print of a paper to tick.
    """

    record_id: str = ""
    deputy_ids: tuple[str, ...] = ()
    first: date | None = None
    last: date | None = None
    copies: int = 1
    paper: str = ""
    duplex: bool = False
    archival: bool = False
    sheet: str = ""
    large: bool = False


@dataclass(frozen=True)
class Offered:
    """A record that can be chosen for a form.

    Args:
        id: the record.
        name: what it is called.
        detail: more about it, smaller.
        day: when it counts: it is due in the period that this day lies in.
    """

    id: str
    name: str
    detail: str = ""
    day: date | None = None


@dataclass(frozen=True)
class AskRecord:
    """The form is of one record.

    Args:
        model: its kind; the list is asked anew when one changes.
        records: gives those that can be chosen, the newest first; of many, only the newest.
        label: what it is called on the screen.
        blank: words for choosing none, where that prints something.
        others: further kinds that are among the records.
        none: what a pack says where a period has none.
        one: gives any record by its id, where `records` leaves out old ones.
        between: gives all records of some days, where `records` leaves out old ones.
    """

    model: type[Record]
    records: Callable[[Session], Sequence[Offered]]
    label: str
    blank: str = ""
    others: tuple[type[Record], ...] = ()
    none: str = ""
    one: Callable[[Session, str], Offered | None] | None = None
    between: Callable[[Session, date, date], Sequence[Offered]] | None = None

    def offered(self, session: Session, record_id: str) -> Offered | None:
        """The record with this id, however old; None if the form is not of it."""
        if self.one:
            return self.one(session, record_id)
        return next((each for each in self.records(session) if each.id == record_id), None)

    def of_period(self, session: Session, first: date, last: date) -> list[Offered]:
        """Every record of these days, the earliest first."""
        found = self.between(session, first, last) if self.between else self.records(session)
        dated = [(each.day, each.id, each) for each in found if each.day]
        return [each for day, _, each in sorted(dated, key=_by_day) if first <= day <= last]


def _by_day(dated: tuple[date, str, Offered]) -> tuple[date, str]:
    return dated[:2]


@dataclass(frozen=True)
class AskDeputies:
    """The form is of deputies: all in office unless some are chosen."""

    label: str = "代表（不选为全体）"


@dataclass(frozen=True)
class AskPeriod:
    """The form is of a period."""

    first: str = "从"
    last: str = "到"


@dataclass(frozen=True)
class AskLastDay:
    """The form is of a year up to a day."""

    label: str = "截至"


@dataclass(frozen=True)
class AskCopies:
    """How many copies."""

    label: str = "份数"


@dataclass(frozen=True)
class AskPaper:
    """Which paper or variant: value and words, the usual one first."""

    choices: tuple[tuple[str, str], ...]
    label: str = "纸张"


@dataclass(frozen=True)
class AskLarge:
    """Whether a paper to tick is printed large: fewer rows, larger boxes and words."""

    label: str = "大字版：字大、方框大，给视力不好的人"


@dataclass(frozen=True)
class AskDuplex:
    """Whether each deputy begins on a front side."""

    label: str = "双面打印：每人从正面开始"


Ask = AskRecord | AskDeputies | AskPeriod | AskLastDay | AskCopies | AskPaper | AskLarge | AskDuplex


@dataclass(frozen=True)
class Job:
    """A form about to be printed.

    Args:
        office: whose records are read.
        to: the file.
        options: what was chosen.
        head: who prints.
        today: the present day.
        progress: told of each part.
    """

    office: Office
    to: Path
    options: Options
    head: OfficeHead
    today: date
    progress: Progress

    @property
    def period(self) -> tuple[date, date]:
        """The days asked for: the year up to today unless said otherwise."""
        last = self.options.last or self.today
        return self.options.first or last.replace(month=1, day=1), last


def _nothing(_options: Options) -> dict[str, Any]:  # Any: arguments of the drawing
    return {}


@dataclass(frozen=True)
class Form:
    """A printed form.

    Args:
        id: identifier, for commands and kept settings.
        title: its name in menus.
        group: where it stands in the menu.
        note: what it is for, in a sentence.
        read: reads the records into what the drawing takes.
        write: draws: takes what was read, the file, `office`, `printed_on`, `progress` and
            `extras`; returns the number of pages.
        asks: what is chosen before it is printed.
        extras: further arguments of the drawing, from what was chosen.
        layouts: version → where the boxes stand that people tick; empty for forms that are not
            read back.
        source: where its layout comes from: the article of a law, the standard or the published
            form that it follows, or 自拟 and what its columns were taken from.
        write_docx: writes a Word file for those who work on the text: takes what was read, the
            file, `office`, `printed_on` and `progress`; None for forms that nobody edits.
        due: in which packs it goes: with each record whose `Offered.day` lies in the period, or
            once for the whole period.
        each: for forms that can be written as a file for each person: whose paper it is.
        run: for papers that people tick and that are read back: what is asked, with the records
            that each row is about; None for a paper of which nothing is waited for.
    """

    id: str
    title: str
    group: Group
    note: str
    read: Callable[[Job], Any]  # Any: what `write` takes
    write: Callable[..., int]
    asks: tuple[Ask, ...] = ()
    extras: Callable[[Options], Mapping[str, Any]] = _nothing  # Any: arguments of the drawing
    layouts: Mapping[str, Layout] = field(default_factory=dict[str, Layout])
    source: str = field(kw_only=True)
    write_docx: Callable[..., None] | None = None
    due: tuple[Due, ...] = ()
    each: Callable[[Any], str] | None = None  # Any: one of what `read` gives
    run: Callable[[Job], Printed | None] | None = None

    @property
    def comes_back(self) -> bool:
        """Whether it is read back: then it keeps its size."""
        return bool(self.layouts) or self.run is not None

    def print_docx(self, job: Job) -> None:
        """Write it as a Word file, of the same records; only for forms that have `write_docx`."""
        assert self.write_docx, "caller checks that the form has a Word file"
        self.write_docx(
            self.read(job), job.to, office=job.head, printed_on=job.today, progress=job.progress
        )

    def print(self, job: Job) -> int:
        """Read and draw; returns the number of pages."""
        return self.write(
            self.read(job),
            job.to,
            office=job.head,
            printed_on=job.today,
            progress=job.progress,
            **self.extras(job.options),
        )

    def paper(self, options: Options) -> str:
        """The paper chosen, or the first that is offered."""
        offered = next((ask.choices for ask in self.asks if isinstance(ask, AskPaper)), ())
        return options.paper or (offered[0][0] if offered else "")
