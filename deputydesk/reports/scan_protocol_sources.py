"""What the record of how a run came to its count says, read from the run."""

from collections import Counter
from collections.abc import Iterable, Mapping

from sqlalchemy.orm import Session

from deputydesk.errors import UserError
from deputydesk.models import ScanRun
from deputydesk.models.scan import PageState
from deputydesk.operations import (
    scan_batches,
    scan_books,
    scan_corrections,
    scan_decisions,
    scan_pages,
    scan_runs,
)
from deputydesk.operations.scan_batches import BatchRow
from deputydesk.operations.scan_runs import RunRow
from deputydesk.reports.form import AskRecord, Form, Group, Job, Offered
from deputydesk.reports.scan_protocol import TITLE, Batch, Protocol, Row, write
from deputydesk.rules.scan_looks import FIRST, SECOND

_USUAL = ("满意", "基本满意", "不满意", "弃权")


def _read(job: Job) -> Protocol:
    from deputydesk.reports import FORMS  # which names this form too

    if not job.options.record_id:
        return Protocol(options=_USUAL)
    titles = {form.id: form.title for form in FORMS.values()}
    return job.office.ask(_protocol, job.options.record_id, titles)


def _protocol(session: Session, run_id: str, titles: Mapping[str, str]) -> Protocol:
    run = scan_runs.one(session, run_id)
    if run.returned is None:
        raise UserError(f"“{run.name}”还没有核对票数。", hint="请先在读票的页面上核对票数。")
    standing = scan_books.standing(session, run.id)
    batches = scan_batches.rows(session, run.id)
    return Protocol(
        name=run.name,
        code=run.code,
        form=titles.get(run.form, run.form),
        layout=run.layout,
        blank=run.blank,
        reader="、".join(dict.fromkeys(batch.reader for batch in batches)),
        printed=run.printed,
        printed_on=run.printed_on,
        two_people=run.two_people,
        people=_people(session, run.id),
        issued=run.issued or 0,
        returned=run.returned,
        invalid=run.invalid or 0,
        pages=(standing.read, standing.void, standing.same),
        rows_read=(standing.by_machine, standing.by_people, standing.changed),
        sample=standing.sample[0],
        is_trial=standing.is_trial,
        is_all_reviewed=standing.is_all_reviewed,
        explanation=run.explanation,
        counter=run.counter,
        scrutineer=run.scrutineer,
        booked_on=run.booked_on,
        booked_by=run.booked_by,
        batches=tuple(
            Batch(b.taken_on, b.taken_by, b.files, b.pages, b.kept, b.digest) for b in batches
        ),
        left_out=_not_counting(session, run, batches),
        corrections=tuple(each.text for each in scan_corrections.of_run(session, run.id)),
        options=_options(run),
        rows=_rows(session, run),
    )


def _not_counting(
    session: Session, run: RunRow, batches: Iterable[BatchRow]
) -> tuple[tuple[str, int], ...]:
    """Why pages do not count, and how many; which ones they were is nobody's business."""
    found: Counter[str] = Counter()
    for page in scan_pages.pages(session, run.id):
        if page.state is not PageState.READ:
            found[f"{page.state.label}：{page.reason}"] += 1
    for batch in batches:
        for why, count in batch.refused.items():
            found[f"拒收：{why}"] += count
    return tuple(found.items())


def _people(session: Session, run_id: str) -> tuple[str, ...]:
    """Who decided, each alone: what two said together names both again."""
    by_look = scan_decisions.people(session, run_id)
    names = (name for look in (FIRST, SECOND) for name in by_look.get(look, ()))
    return tuple(dict.fromkeys(names))


def _options(run: RunRow) -> tuple[str, ...]:
    asked = (question for page in run.plan.pages for question in page)
    return tuple(dict.fromkeys(option.label for question in asked for option in question.options))


def _rows(session: Session, run: RunRow) -> tuple[Row, ...]:
    found = scan_books.tallies(session, run.id)
    made: list[Row] = []
    for question in (question for page in run.plan.pages for question in page):
        given = found[question.id]
        by_label = {option.label: given.counts[option.id] for option in question.options}
        votes = tuple(by_label.get(label, 0) for label in _options(run))
        made.append(Row(question.name, votes, given.void))
    return tuple(made)


def _runs(session: Session) -> list[Offered]:
    return [
        Offered(run.id, run.name, f"{run.printed_on:%Y-%m-%d} 表号 {run.code}", run.booked_on)
        for run in scan_runs.rows(session)
    ]


FORM = Form(
    "scan_protocol",
    TITLE,
    Group.EVALUATION,
    "扫描读票以后打印，计票人、监票人、负责人签名，与票一起存档。",
    _read,
    write,
    (AskRecord(ScanRun, _runs, "读票批次", blank="空白表"),),
    source="自拟：发出、收回、有效、无效按公开的测评和票决办法；读数、认定、抽查、拒收和校验值供复核",
)
