"""From a kept dispatch report to its paper."""

from sqlalchemy.orm import Session

from deputydesk.errors import UserError
from deputydesk.models import Dispatch
from deputydesk.operations import dispatch_snapshot, dispatches
from deputydesk.reports.dispatch import (
    ChangeLine,
    DispatchPaper,
    OverdueLine,
    UnitLine,
    write,
)
from deputydesk.reports.form import MONTHLY, AskRecord, Form, Group, Job, Offered


def paper(session: Session, dispatch_id: str, *, place: str) -> DispatchPaper:
    """The paper of a report; of the newest if none is named.

    Args:
        session: where to read.
        dispatch_id: the report; the newest if empty.
        place: short name of the office, which begins the title.

    Raises:
        UserError: there is no report yet, or somebody changed what it kept.
    """
    if not dispatch_id:
        found = dispatches.rows(session)
        if not found:
            raise UserError("还没有调度报告。", hint="请先在“调度报告”里生成一期。")
        dispatch_id = found[0].id
    row = dispatches.one(session, dispatch_id)
    if not row.is_intact:
        raise UserError(
            f"{row.name}的台账快照与校验值不符，不能打印。", hint="请在“设置”里核对数据。"
        )
    kept = dispatches.kept(session, dispatch_id)
    return DispatchPaper(
        title=f"{place}人大代表建议办理{row.kind.label}",
        issue=f"{row.last_on.year}年第{row.number}期",
        period=row.period.name,
        as_of=kept.as_of,
        word=row.period.word,
        text=row.summary,
        signed_by=row.signed_by,
        signed_on=row.signed_on,
        number=f"DD-{row.kind.value[0].upper()}-{row.last_on.year}-{row.number:02d}",
        check=row.check,
        units=tuple(_unit(line) for line in kept.units),
        total=_unit(kept.total),
        overdue=tuple(
            OverdueLine(_code(o.number), o.headline, o.unit, o.due_on, o.days, o.urged)
            for o in kept.overdue
        ),
        changes=tuple(ChangeLine(_code(c.number), c.headline, c.what) for c in kept.changes),
    )


def _unit(line: dispatch_snapshot.UnitLine) -> UnitLine:
    return UnitLine(line.unit, *(getattr(line, name) for name in dispatch_snapshot.COUNTS))


def _code(number: int) -> str:
    return f"第{number}号" if number else "—"


def _reports(session: Session) -> list[Offered]:
    return [
        Offered(row.id, row.name, row.period.days, row.last_on) for row in dispatches.rows(session)
    ]


def _read(job: Job) -> DispatchPaper:
    return job.office.ask(paper, job.options.record_id, place=job.head.full_name)


FORM = Form(
    "dispatch",
    "周调度、月小结、季报告",
    Group.SUGGESTION,
    "按生成时的台账快照印出，以后怎样办理都不改变它；生成在“调度报告”里。",
    _read,
    write,
    (AskRecord(Dispatch, _reports, "调度报告"),),
    due=MONTHLY,
    source=("自拟：“周调度、月小结、季报告”的做法见石拐区人大的公开报道；近期、逾期按本地规则"),
)
