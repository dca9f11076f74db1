"""The yearly report in five parts: written from a template, its figures live until it is final."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from deputydesk.errors import FieldError, UserError
from deputydesk.models import AnnualReport
from deputydesk.models.annual_report import ReportState
from deputydesk.office import Right, Tx, operation
from deputydesk.operations import annual_figures, local_rules
from deputydesk.operations.annual_figures import names, words
from deputydesk.operations.annual_rows import PartText, ReportRow, row_of
from deputydesk.operations.checks import filled, get, in_order
from deputydesk.operations.removal import removal
from deputydesk.rules.periods import Grain, around
from deputydesk.rules.slots import faults, fill, slots_in

KIND = "annual_report"
"""The kind of local rule that holds the template."""
EARLIEST = 1954
"""Year of the first congress; an earlier one is a slip of the hand."""


def rows(session: Session) -> list[ReportRow]:
    """All reports, the newest first."""
    found = session.scalars(
        select(AnnualReport).order_by(AnnualReport.year.desc(), AnnualReport.id.desc())
    )
    return [row_of(report) for report in found]


def one(session: Session, report_id: str) -> ReportRow:
    """One report.

    Raises:
        UserError: there is none with this id.
    """
    return row_of(get(session, AnnualReport, report_id))


def mistakes(session: Session, row: ReportRow) -> list[str]:
    """A sentence for each slot that cannot be filled, with the place where it stands."""
    known, said = names(), words(session, row.first_on, row.last_on)
    places = [("标题", row.name), ("开头", row.opening)]
    for number, part in enumerate(row.parts, 1):
        places.append((f"第{number}部分“{part.title}”", f"{part.title}\n{part.text}"))
    places.append(("结尾", row.closing))
    found = [f"{place}：{fault}" for place, text in places for fault in faults(text, known, said)]
    return found + [f"对比表：没有“{name}”这个数字。" for name in row.annex if name not in known]


@operation(Right.HANDLE, "新建年度报告")
def start(tx: Tx, *, year: int, first_on: date | None = None, last_on: date | None = None) -> str:
    """Begin a report from the template in force; its figures are those of the year so far.

    Args:
        tx: the transaction.
        year: whose report.
        first_on: first day of its figures; the year's first if None.
        last_on: last day of its figures; the year's last if None.
    """
    if not EARLIEST <= year <= tx.today.year + 1:
        raise FieldError("year", f"年度应当在{EARLIEST}至{tx.today.year + 1}之间。")
    whole = around(date(year, 1, 1), Grain.YEAR)
    first, last = first_on or whole.first, last_on or whole.last
    in_order("last_on", first, last)
    template = local_rules.current(tx.session, KIND, tx.today).rule
    said = words(tx.session, first, last)
    report = AnnualReport(
        year=year,
        name="".join(segment.text for segment in fill(template["name"], {}, said)),
        first_on=first,
        last_on=last,
        parts={
            "opening": "\n".join(template["opening"]),
            "parts": [dict(part) for part in template["parts"]],
            "closing": "\n".join(template["closing"]),
            "annex": list(template["annex"]),
        },
    )
    tx.session.add(report)
    tx.about = report.name
    return report.id


@operation(Right.HANDLE, "修改年度报告")
def save(
    tx: Tx,
    *,
    report_id: str,
    name: str,
    first_on: date,
    last_on: date,
    rounded: bool = False,
    opening: str = "",
    parts: Sequence[PartText] = (),
    closing: str = "",
    annex: Sequence[str] = (),
) -> None:
    """Change a draft; slots that cannot be filled are kept and named by `mistakes`."""
    report = _draft(tx, report_id)
    in_order("last_on", first_on, last_on)
    if not parts:
        raise FieldError("parts", "报告至少要有一个部分。")
    report.name = filled("name", name, "标题")
    report.first_on, report.last_on, report.rounded = first_on, last_on, rounded
    report.parts = {
        "opening": opening.strip(),
        "parts": [
            {"title": filled("parts", p.title, "各部分的标题"), "text": p.text.strip()}
            for p in parts
        ],
        "closing": closing.strip(),
        "annex": list(dict.fromkeys(annex)),
    }
    tx.about = report.name


@operation(Right.HANDLE, "年度报告定稿")
def finish(tx: Tx, *, report_id: str) -> None:
    """Freeze the figures: later records never change the report.

    Raises:
        UserError: its period is not over, or a slot cannot be filled.
    """
    report = _draft(tx, report_id)
    row = row_of(report)
    if row.last_on > tx.today:
        raise UserError(
            "统计期间还没有结束，不能定稿。", hint="请等到期末，或把截止日期改到今天以前。"
        )
    wrong = mistakes(tx.session, row)
    if wrong:
        raise UserError(f"还不能定稿。{wrong[0]}", hint="请先改正标红的数字位置。")
    report.figures = _frozen(tx, row)
    report.state, report.finished_on = ReportState.FINAL, tx.today
    tx.about = report.name


def _frozen(tx: Tx, row: ReportRow) -> dict[str, Any]:  # Any: what JSON holds
    wanted = [*slots_in(*row.texts), *row.annex]
    said = annual_figures.read(tx.session, row.first_on, row.last_on, wanted)
    earlier = annual_figures.span_before(row.first_on, row.last_on)
    before = annual_figures.read(tx.session, earlier.first, earlier.last, row.annex)
    return {
        "figures": {name: asdict(value) for name, value in said.items()},
        "before": {name: asdict(value) for name, value in before.items()},
        "words": dict(words(tx.session, row.first_on, row.last_on)),
    }


@operation(Right.HANDLE, "年度报告退回修改")
def reopen(tx: Tx, *, report_id: str) -> None:
    """Let a final report be edited again; its figures are live as before."""
    report = get(tx.session, AnnualReport, report_id)
    if report.state != ReportState.FINAL:
        raise UserError("这份报告还没有定稿。")
    report.state, report.finished_on, report.figures = ReportState.DRAFT, None, {}
    tx.about = report.name


@operation(Right.SETUP, "存为年度报告模板")
def adopt(tx: Tx, *, report_id: str, name: str, source: str = "") -> str:
    """Make a report's text the template of later ones, from today on."""
    row = row_of(get(tx.session, AnnualReport, report_id))
    default = local_rules.current(tx.session, KIND, tx.today).rule
    rule: Mapping[str, Any] = {  # Any: what JSON holds
        "name": default["name"],
        "opening": row.opening.splitlines(),
        "parts": [{"title": part.title, "text": part.text} for part in row.parts],
        "closing": row.closing.splitlines(),
        "annex": list(row.annex),
    }
    return local_rules.adopt(
        tx, kind=KIND, name=name, valid_from=tx.today, rule=rule, source=source
    )


remove = removal(AnnualReport, right=Right.HANDLE)


def _draft(tx: Tx, report_id: str) -> AnnualReport:
    report = get(tx.session, AnnualReport, report_id)
    if report.state == ReportState.FINAL:
        raise UserError(f"“{report.name}”已经定稿，不能改动。", hint="确需改动，请先点“退回修改”。")
    return report
