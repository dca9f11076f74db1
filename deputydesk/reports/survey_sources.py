"""What the papers of a survey and its result sheet say."""

from collections.abc import Iterator
from dataclasses import asdict, replace

from sqlalchemy.orm import Session

from deputydesk.errors import UserError
from deputydesk.models import Survey
from deputydesk.operations import surveys
from deputydesk.operations.scan_runs import LAYOUTS, Printed
from deputydesk.operations.surveys import SurveyRow
from deputydesk.reports import survey_paper, survey_result
from deputydesk.reports.form import AskCopies, AskLarge, AskRecord, Form, Group, Job, Offered
from deputydesk.reports.survey_paper import Laid, SurveyPaper, laid_out, sizes_of, version_of
from deputydesk.reports.survey_result import SurveyResult
from deputydesk.reports.tick_paper import run_code
from deputydesk.rules.satisfaction import Option
from deputydesk.rules.scan_plan import Plan, Question
from deputydesk.rules.survey import TICKED, Ask

FORM_ID = "survey_paper"


def _offered(session: Session) -> list[Offered]:
    return [
        Offered(row.id, f"{row.held_on:%Y-%m-%d} {row.headline}", row.audience)
        for row in surveys.rows(session)
    ]


def _survey(session: Session, wanted: str) -> SurveyRow:
    if wanted:
        return surveys.one(session, wanted)
    found = surveys.rows(session)
    if not found:
        raise UserError("还没有问卷。", hint="请先在“代表活动”的“问卷”里建一份。")
    return found[0]


def _paper(job: Job) -> SurveyPaper:
    row = job.office.ask(_survey, job.options.record_id)
    made = SurveyPaper(
        run="",
        headline=row.headline,
        asked=row.asked,
        intro=row.intro,
        audience=row.audience,
        held_on=row.held_on,
        named=row.named,
        large=job.options.large,
    )
    return replace(made, run=run_code(row.id, made))


def _run(job: Job) -> Printed:
    row, paper = job.office.ask(_survey, job.options.record_id), _paper(job)
    laid = laid_out(paper.asked, sizes_of(paper))
    return Printed(
        code=paper.run,
        form=FORM_ID,
        record_kind=Survey.__tablename__,
        record_id=row.id,
        name=f"问卷 {row.headline}",
        secret=not row.named,
        layout=version_of(sizes_of(paper)),
        plan=Plan(
            tuple(tuple(_questions(page)) for page in laid),
            caps={each.id: each.most for each in paper.asked if each.most},
        ),
        details={LAYOUTS: [asdict(page.layout) for page in laid]},
    )


def _questions(page: Laid) -> Iterator[Question]:
    """A row each; where several may be ticked, each option is a row of one box."""
    for placed in page.placed:
        asked = placed.asked
        if asked.ask is not Ask.SEVERAL:
            yield Question(asked.id, f"{placed.number}．{asked.text}", asked.options)
            continue
        for option in asked.options:
            name = f"{placed.number}．{asked.text}：{option.label}"
            yield Question(f"{asked.id}.{option.id}", name, (Option(TICKED, "选"),))


def _result(job: Job) -> SurveyResult:
    row = job.office.ask(_survey, job.options.record_id)
    if row.returned is None:
        raise UserError(
            f"“{row.headline}”还没有统计。", hint="请先读票入账，或者在“问卷”里录入统计。"
        )
    return SurveyResult(
        headline=row.headline,
        asked=row.asked,
        counts=row.counts,
        issued=row.issued or 0,
        returned=row.returned,
        valid=row.valid or 0,
        invalid=row.invalid or 0,
        audience=row.audience,
        held_on=row.held_on,
        counter=row.counter,
        scrutineer=row.scrutineer,
        number=f"WJ-{row.held_on.year}-{row.id[-4:].upper()}",
    )


PAPER = Form(
    FORM_ID,
    "问卷",
    Group.EVALUATION,
    "自己出题，最多三十道：单选、多选、评等次；印出、填好、扫描，逐题统计。",
    _paper,
    survey_paper.write,
    (AskRecord(Survey, _offered, "问卷"), AskLarge(), AskCopies()),
    extras=lambda options: {"copies": options.copies},
    run=_run,
    source="自拟：题目由本单位定；方框、行距和填写说明同述职满意度测评票",
)
RESULT = Form(
    "survey_result",
    "问卷统计表",
    Group.EVALUATION,
    "每道题每个选项的人数和比例，统计人、复核人签名。",
    _result,
    survey_result.write,
    (AskRecord(Survey, _offered, "问卷"),),
    source="自拟：发出、收回、有效、无效，逐题列出人数和比例",
)
