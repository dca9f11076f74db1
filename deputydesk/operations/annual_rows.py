"""A yearly report as it is edited: its text with slots, its period, how far it is."""

from dataclasses import dataclass
from datetime import date

from deputydesk.models import AnnualReport
from deputydesk.models.annual_report import ReportState


@dataclass(frozen=True)
class PartText:
    """A part of the report: its title and its text with slots."""

    title: str
    text: str


@dataclass(frozen=True)
class ReportRow:
    """A report as it is edited."""

    id: str
    year: int
    name: str
    first_on: date
    last_on: date
    rounded: bool
    state: ReportState
    finished_on: date | None
    opening: str
    parts: tuple[PartText, ...]
    closing: str
    annex: tuple[str, ...]

    @property
    def is_final(self) -> bool:
        """Whether its figures are frozen."""
        return self.state == ReportState.FINAL

    @property
    def texts(self) -> tuple[str, ...]:
        """Every text that may hold slots, in the order of the report."""
        parts = (text for part in self.parts for text in (part.title, part.text))
        return (self.name, self.opening, *parts, self.closing)


def row_of(report: AnnualReport) -> ReportRow:
    """The row of a record."""
    said = report.parts
    return ReportRow(
        id=report.id,
        year=report.year,
        name=report.name,
        first_on=report.first_on,
        last_on=report.last_on,
        rounded=report.rounded,
        state=report.state,
        finished_on=report.finished_on,
        opening=said.get("opening", ""),
        parts=tuple(PartText(p["title"], p["text"]) for p in said.get("parts", ())),
        closing=said.get("closing", ""),
        annex=tuple(said.get("annex", ())),
    )
