"""What the yearly report prints, read from its record."""

from dataclasses import replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from deputydesk.errors import UserError
from deputydesk.models import AnnualReport
from deputydesk.operations import annual_figures, annual_reports
from deputydesk.operations.annual_figures import FilledReport
from deputydesk.reports.annual_report import AnnexLine, AnnualReportPaper, write, write_docx
from deputydesk.reports.form import AskRecord, Due, Form, Group, Job, Offered
from deputydesk.reports.letter_sources import code_of, record_number
from deputydesk.reports.official import Block
from deputydesk.reports.wording import period_text
from deputydesk.rules.periods import Span

_KIND = "ND"


def paper(session: Session, report_id: str, today: date) -> AnnualReportPaper:
    """A report ready to print; the newest if none is named.

    Raises:
        UserError: there is none, or a slot cannot be filled.
    """
    report_id = report_id or _newest(session)
    made = drawn(annual_figures.printable(session, report_id), today)
    day = made.signed_on
    return replace(
        made, number=record_number(_KIND, report_id, day), code=code_of(_KIND, report_id, day)
    )


def drawn(report: FilledReport, today: date) -> AnnualReportPaper:
    """The report's paragraphs and annex as the paper and the Word file take them."""
    return AnnualReportPaper(
        title=report.title,
        blocks=tuple(Block(p.kind, p.text) for p in report.paragraphs[1:]),
        signer=report.organ,
        signed_on=report.finished_on or today,
        annex=tuple(
            AnnexLine(row.name, row.this, row.last, row.change, row.definition)
            for row in report.annex
        ),
        periods=(_said(report.span), _said(report.span_before)),
    )


def _said(span: Span) -> str:
    return period_text(span.first, span.last)


def _newest(session: Session) -> str:
    found = session.scalars(
        select(AnnualReport.id).order_by(AnnualReport.year.desc(), AnnualReport.id.desc()).limit(1)
    ).first()
    if found is None:
        raise UserError("还没有年度报告。", hint="请先在“年度报告”里新建一份。")
    return found


def _reports(session: Session) -> list[Offered]:
    return [Offered(row.id, row.name, day=row.last_on) for row in annual_reports.rows(session)]


def _read(job: Job) -> AnnualReportPaper:
    return job.office.ask(paper, job.options.record_id, job.today)


FORM = Form(
    "annual_report",
    "年度报告",
    Group.OFFICE,
    "“五个度”年度报告，按公文格式印；在“年度报告”里编写和定稿。",
    _read,
    write,
    (AskRecord(AnnualReport, _reports, "报告"),),
    due=(Due.YEAR,),
    source="GB/T 9704-2012的公文格式；“五个度”的写法见石拐区人大的公开报道",
    write_docx=write_docx,
)
