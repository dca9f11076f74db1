"""What the reports of deputies say: their words as kept, the figures from the catalogue."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from deputydesk.errors import UserError
from deputydesk.models import WorkReport
from deputydesk.models.choices import Level
from deputydesk.operations import deputies, offices, work_reports
from deputydesk.operations.deputies import DeputyRow
from deputydesk.operations.offices import ProfileRow
from deputydesk.operations.work_reports import SECTIONS, WorkReportRow
from deputydesk.reports.form import AskDeputies, AskPeriod, AskRecord, Form, Group, Job, Offered
from deputydesk.reports.letter_sources import code_of, record_number
from deputydesk.reports.wording import date_text, month_text, period_text
from deputydesk.reports.work_report import Part, WorkReportPaper, write, write_docx

_KIND = "SZ"
_NUMBERS = "一二三四五六七八九十"
_LINES, _FEW_LINES = 5, 2
"""Ruled lines of a part that nothing is written of, and of one with figures."""


@dataclass(frozen=True)
class _Place:
    """Of which congress somebody is a deputy."""

    profile: ProfileRow | None

    def congress(self, level: Level) -> str:
        """五当召镇, 石拐区, or 市."""
        profile = self.profile
        if level == Level.TOWN and profile and profile.organ.own_level == "town":
            return profile.name
        if level == Level.DISTRICT and profile:
            return profile.district or profile.name
        return level.label.partition("（")[0]


def _read(job: Job) -> list[WorkReportPaper]:
    options = job.options
    place = _Place(job.office.ask(offices.profile))
    if options.record_id:
        row, who = job.office.ask(_found, options.record_id)
        said = job.office.ask(work_reports.said, (who.id,), first=row.first_on, last=row.last_on)
        return [_kept(row, who, said[who.id], place, job)]
    if not options.deputy_ids:
        return [_blank()]
    first, last = job.period
    people = [job.office.ask(deputies.one, ident) for ident in options.deputy_ids]
    said = job.office.ask(work_reports.said, tuple(options.deputy_ids), first=first, last=last)
    return [_unwritten(who, said[who.id], place, job) for who in people]


def _found(session: Session, record_id: str) -> tuple[WorkReportRow, DeputyRow]:
    row = next((row for row in work_reports.rows(session) if row.id == record_id), None)
    if row is None:
        raise UserError("找不到这份述职报告，可能已被删除。", hint="请刷新后再试。")
    return row, deputies.one(session, row.mandate_id)


def _kept(
    row: WorkReportRow, who: DeputyRow, said: dict[str, str], place: _Place, job: Job
) -> WorkReportPaper:
    """A report of which the deputy's words are kept."""
    day = row.given_on or row.last_on
    return WorkReportPaper(
        _title(place.congress(who.level)),
        f"{_opening(who, place, row.first_on, row.last_on)}\n{row.opening}".strip(),
        _parts(said, {name: getattr(row, name) for name in SECTIONS}, is_open=False),
        who.name,
        row.given_on,
        _note(job, row.last_on),
        record_number(_KIND, row.id, day),
        code_of(_KIND, row.id, day),
    )


def _unwritten(who: DeputyRow, said: dict[str, str], place: _Place, job: Job) -> WorkReportPaper:
    """A report with the figures only; the words are written by hand or in Word."""
    first, last = job.period
    return WorkReportPaper(
        _title(place.congress(who.level)),
        _opening(who, place, first, last),
        _parts(said, {}, is_open=True),
        who.name,
        None,
        _note(job, last),
        record_number(_KIND, who.id, last),
        code_of(_KIND, who.id, last),
    )


def _blank() -> WorkReportPaper:
    gap = "　　　　　"
    opening = (
        f"我叫{gap}，现任{gap}{gap}，{gap}当选为{gap}人大代表，所在选区为{gap}。"
        "现将一年来履行代表职务的情况报告如下："
    )
    return WorkReportPaper(_title(""), opening, _parts({}, {}, is_open=True))


def _title(congress: str) -> str:
    return f"关于履行{congress}人大代表职务情况的报告"


def _opening(who: DeputyRow, place: _Place, first: date, last: date) -> str:
    job = f"，现任{who.job}" if who.job else ""
    since = f"，{month_text(who.started_on)}当选" if who.started_on else "，是"
    seat = f"{since}{place.congress(who.level)}人大代表"
    district = f"，所在选区为{who.district}" if who.district else ""
    return (
        f"我叫{who.name}{job}{seat}{district}。"
        f"现将{period_text(first, last)}履行代表职务的情况报告如下："
    )


def _parts(said: dict[str, str], words: dict[str, str], *, is_open: bool) -> tuple[Part, ...]:
    """The parts in order; without words there is room to write, less below figures."""
    found: list[Part] = []
    for number, (name, heading) in enumerate(SECTIONS.items()):
        figures, text = said.get(name, ""), words.get(name, "")
        lines = 0
        if not text:
            lines = _LINES if is_open else 0 if figures else _FEW_LINES
        found.append(Part(f"{_NUMBERS[number]}、{heading}", figures, text, lines))
    return tuple(found)


def _note(job: Job, last: date) -> str:
    until = date_text(min(job.today, last))
    return f"数字由{job.head.organ}统计至{until}"


def _reports(session: Session) -> Sequence[Offered]:
    return [
        Offered(row.id, f"{row.deputy}　{row.last_on.year}年", row.level.label)
        for row in work_reports.rows(session)
    ]


FORM = Form(
    "work_report",
    "述职报告",
    Group.DEPUTY,
    "代表写的内容加上登记的数字；没有写的，选代表印出数字、正文手写；都不选，印空白的。",
    _read,
    write,
    (
        AskRecord(WorkReport, _reports, "报告", blank="没有写好的"),
        AskDeputies("代表（没有写好的报告时选）"),
        AskPeriod(),
    ),
    source="《代表法》第58条（向选民报告履职情况）；六个部分按各地公开的代表述职报告，公文格式",
    write_docx=write_docx,
)
