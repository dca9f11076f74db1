"""What a report's slots say: figures of its period, live or as they were frozen, and words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from deputydesk.errors import UserError
from deputydesk.models import AnnualReport
from deputydesk.models.annual_report import ReportState
from deputydesk.operations import figures, offices
from deputydesk.operations.annual_rows import ReportRow, row_of
from deputydesk.operations.checks import get
from deputydesk.operations.figures import CATALOGUE, Figure
from deputydesk.rules.deadlines import chinese
from deputydesk.rules.periods import Span, before, year_before
from deputydesk.rules.rates import NOTHING, growth_text
from deputydesk.rules.slots import Segment, SlotValue, fill, slots_in

_YEAR = 366  # days: a longer period is compared with the one just before it


@dataclass(frozen=True)
class Paragraph:
    """A paragraph with its figures filled in; a title of a part says which part it is."""

    kind: str
    """title, text, heading or subheading."""
    segments: tuple[Segment, ...]

    @property
    def text(self) -> str:
        """The paragraph as it is read."""
        return "".join(segment.text for segment in self.segments)


@dataclass(frozen=True)
class AnnexRow:
    """A line of the comparison: this period against the one before."""

    id: str
    name: str
    this: str
    last: str
    change: str
    definition: str


@dataclass(frozen=True)
class FilledReport:
    """A report as it is printed."""

    id: str
    year: int
    first_on: date
    last_on: date
    organ: str
    is_final: bool
    finished_on: date | None
    paragraphs: tuple[Paragraph, ...]
    annex: tuple[AnnexRow, ...]
    span: Span
    span_before: Span

    @property
    def title(self) -> str:
        """The report's title."""
        return self.paragraphs[0].text


def names() -> dict[str, str]:
    """Every figure of the catalogue and what it is called."""
    return {name: measure.name for name, measure in CATALOGUE.items()}


def words(session: Session, first: date, last: date) -> dict[str, str]:
    """What the slots for words say: the office, its organ, the year, the period."""
    profile = offices.profile(session)
    year = f"{last.year}年" if first.year == last.year else f"{first.year}—{last.year}年"
    return {
        "单位": profile.name if profile else "",
        "机关": profile.organ.short if profile else "",
        "年度": year,
        "期间": f"{chinese(first)}至{chinese(last)}",
    }


def span_before(first: date, last: date) -> Span:
    """What a period is compared with: the same days a year earlier, or the time just before."""
    this = Span(first, last)
    return year_before(this) if (last - first).days < _YEAR else before(this)


def read(session: Session, first: date, last: date, wanted: Iterable[str]) -> dict[str, SlotValue]:
    """Figures of a period by their id; those that the catalogue does not know are left out."""
    known = [name for name in dict.fromkeys(wanted) if name in CATALOGUE]
    found = figures.figures(session, first=first, last=last, ids=known)
    return {figure.id: _value(figure) for figure in found}


def _value(f: Figure) -> SlotValue:
    return SlotValue(
        f.id, f.name, f.unit, f.value, f.numerator, f.denominator, f.definition, f.is_money
    )


def filled(session: Session, report_id: str) -> FilledReport:
    """A report with its figures: live while it is a draft, frozen when it is final.

    Raises:
        UserError: there is none with this id.
    """
    report = get(session, AnnualReport, report_id)
    row = row_of(report)
    earlier = span_before(row.first_on, row.last_on)
    if row.is_final:
        values, then, spoken = _frozen(report.figures)
    else:
        wanted = [*slots_in(*row.texts), *row.annex]
        values = read(session, row.first_on, row.last_on, wanted)
        then = read(session, earlier.first, earlier.last, row.annex)
        spoken = words(session, row.first_on, row.last_on)
    return FilledReport(
        id=row.id,
        year=row.year,
        first_on=row.first_on,
        last_on=row.last_on,
        organ=spoken.get("机关", ""),
        is_final=row.is_final,
        finished_on=row.finished_on,
        paragraphs=paragraphs(row, values, spoken),
        annex=compared(row.annex, values, then),
        span=Span(row.first_on, row.last_on),
        span_before=earlier,
    )


def paragraphs(
    row: ReportRow, values: Mapping[str, SlotValue], spoken: Mapping[str, str]
) -> tuple[Paragraph, ...]:
    """The paragraphs of a report with these figures and words in their slots."""
    return tuple(
        Paragraph(kind, tuple(fill(text, values, spoken, rounded=row.rounded)))
        for kind, text in _texts(row)
    )


def compared(
    annex: Iterable[str], this: Mapping[str, SlotValue], last: Mapping[str, SlotValue]
) -> tuple[AnnexRow, ...]:
    """The lines of the comparison; figures that there are not are left out."""
    return tuple(_compared(this[name], last.get(name)) for name in annex if name in this)


def printable(session: Session, report_id: str) -> FilledReport:
    """A report whose slots are all filled.

    Raises:
        UserError: a slot cannot be filled; names it.
    """
    found = filled(session, report_id)
    wrong = [s.text for p in found.paragraphs for s in p.segments if s.is_wrong]
    if wrong:
        raise UserError(
            f"报告里的数字位置“{wrong[0]}”填不出数字，没有生成文件。",
            hint="请在编辑页里改正标红的地方。",
        )
    return found


def value_of(session: Session, report_id: str, name: str) -> SlotValue | None:
    """A figure as the report says it: frozen if it is final, else live; None if there is none."""
    report = get(session, AnnualReport, report_id)
    if report.state == ReportState.FINAL:
        return _frozen(report.figures)[0].get(name)
    return read(session, report.first_on, report.last_on, [name]).get(name)


def _texts(row: ReportRow) -> list[tuple[str, str]]:
    """Every paragraph with its kind, in the order of the report."""
    found = [("title", row.name), *_lines(row.opening)]
    for number, part in enumerate(row.parts, 1):
        found.append(("heading", f"{_numeral(number)}、{part.title}"))
        found += _lines(part.text)
    return [*found, *_lines(row.closing)]


def _lines(text: str) -> list[tuple[str, str]]:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return [("subheading" if _is_subheading(line) else "text", line) for line in lines]


def _is_subheading(line: str) -> bool:
    """（一）and a few words: a heading of its own, not the beginning of a sentence."""
    is_numbered = (
        line.startswith("（") and line[1:].partition("）")[0].strip("一二三四五六七八九十") == ""
    )
    return is_numbered and "。" not in line[:-1]


def _numeral(number: int) -> str:
    digits = "一二三四五六七八九"
    tens, ones = divmod(number, 10)
    front = "" if not tens else "十" if tens == 1 else f"{digits[tens - 1]}十"
    return front + (digits[ones - 1] if ones else "")


def _frozen(
    kept: Mapping[str, Any],  # Any: what JSON holds
) -> tuple[dict[str, SlotValue], dict[str, SlotValue], dict[str, str]]:
    return (
        {name: SlotValue(**value) for name, value in kept.get("figures", {}).items()},
        {name: SlotValue(**value) for name, value in kept.get("before", {}).items()},
        dict(kept.get("words", {})),
    )


def _compared(this: SlotValue, last: SlotValue | None) -> AnnexRow:
    return AnnexRow(
        id=this.id,
        name=this.name,
        this=this.text(),
        last=last.text() if last else NOTHING,
        change=_change(this, last),
        definition=this.definition,
    )


def _change(this: SlotValue, last: SlotValue | None) -> str:
    if last is None or this.is_growth:
        return NOTHING
    if not this.is_rate:
        return growth_text(this.value or 0, last.value or 0)
    if not this.denominator or not last.denominator:
        return NOTHING
    points = 100 * (
        (this.numerator or 0) / this.denominator - (last.numerator or 0) / last.denominator
    )
    shown = f"{points:+.1f}".removesuffix(".0")
    return "持平" if shown in {"+0", "-0"} else f"{shown}个百分点"
