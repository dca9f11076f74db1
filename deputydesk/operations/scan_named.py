"""Papers that name their record, one each: what was ticked and written goes into that record.

It is entered by the operation that hand entry uses; what people wrote beside the boxes is keyed in
from the page, for the reader reads ticks only.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from deputydesk.errors import FieldError, UserError
from deputydesk.late import dataclass
from deputydesk.models import Feedback, Petition, ScanRun
from deputydesk.models.choices import Adoption, TalkForm, YesNo
from deputydesk.models.scan import PageState
from deputydesk.office import Right, Tx, operation
from deputydesk.operations import feedbacks, petition_steps, scan_runs
from deputydesk.operations.checks import not_future
from deputydesk.operations.scan_pages import PageShown
from deputydesk.operations.scan_runs import NAMED, RunRow
from deputydesk.rules.satisfaction import Satisfaction

ONE = 1
"""Sheets of such a paper."""
Answers = Mapping[str, str]
"""By question, the option that was ticked; a row left blank or void is left out."""


def refuse_named(run: ScanRun, text: str, hint: str) -> None:
    """Refuse what is done with many papers that are alike.

    Raises:
        UserError: the run is one paper that names its record.
    """
    if run.details.get(NAMED):
        raise UserError(text, hint=hint)


@operation(Right.EVALUATE, "录入表上手写的内容", can_undo=False)
def write_down(tx: Tx, *, run_id: str, came_on: date | None = None, written: str = "") -> None:
    """Key in what is written by hand on a paper that names its record, and when it came back.

    Raises:
        FieldError: the day has not come, or is before the paper was printed.
        UserError: it is booked, or papers of its kind name no record.
    """
    run = scan_runs.open_run(tx, run_id)
    if not run.details.get(NAMED):
        raise UserError("这一批票不记名，票上手写的内容不录入。")
    day = came_on or tx.today
    not_future("came_on", day, tx.today, "收回日期")
    if day < run.printed_on:
        raise FieldError("came_on", f"收回日期不能早于印制日期（{run.printed_on:%Y-%m-%d}）。")
    run.came_on, run.written = day, written.strip()


def answers(shown: Sequence[PageShown]) -> Answers:
    """What the paper says: its one page that counts."""
    counting = next((page for page in shown if page.state is PageState.READ), None)
    rows = counting.rows if counting else ()
    return {
        row.question.id: row.answer
        for row in rows
        if row.answer in {option.id for option in row.question.options}
    }


def problems(run: RunRow, shown: Sequence[PageShown]) -> list[FieldError]:
    """What stands in the way of booking such a paper, beside its doubtful rows."""
    counting = sum(page.state is PageState.READ for page in shown)
    if not counting:
        text = "这张表没有一页算数。"
        return [FieldError("pages", text, hint="请恢复作废的一页，或者重新扫描。")]
    if counting > ONE:
        text = f"同一张表读入了{counting}页，只能有一页算数。"
        return [FieldError("pages", text, hint="请把别的页设为“重复扫描”或“整张无效”。")]
    if run.came_on is None:
        return [FieldError("came_on", "还没有填写收回日期。", hint="请照表填写，然后保存。")]
    missing = _KINDS[run.record_kind].missing(answers(shown))
    if missing and not run.written:
        return [FieldError("written", missing, hint="请看整页，照手写的内容录入。")]
    return []


def put(tx: Tx, run: RunRow, shown: Sequence[PageShown]) -> None:
    """Enter what the paper says into its record, with that record's own checks."""
    _KINDS[run.record_kind].put(tx, run, answers(shown))


def _put_feedback(tx: Tx, run: RunRow, said: Answers) -> None:
    tx.demand(feedbacks.receive)
    feedbacks.receive(
        tx,
        feedback_id=run.record_id,
        attitude=Satisfaction(said.get("attitude", Satisfaction.NONE.value)),
        result=Satisfaction(said.get("result", Satisfaction.NONE.value)),
        returned_on=run.came_on,
        talk_form=TalkForm(said.get("talk_form", TalkForm.NONE.value)),
        adoption=Adoption(said.get("adoption", Adoption.NONE.value)),
        opinion=run.written,
    )


def _no_reason(said: Answers) -> str:
    judged = (said.get("attitude"), said.get("result"))
    return "选了“不满意”，还没有录入理由。" if Satisfaction.DISSATISFIED.value in judged else ""


def _put_visit(tx: Tx, run: RunRow, said: Answers) -> None:
    tx.demand(petition_steps.visit)
    petition_steps.visit(
        tx,
        petition_id=run.record_id,
        visited_on=run.came_on,
        visit_note=run.written,
        visit_told=_plain(said, "visit_told"),
        visit_attitude=Satisfaction(said.get("visit_attitude", Satisfaction.NONE.value)),
        visit_result=Satisfaction(said.get("visit_result", Satisfaction.NONE.value)),
        visit_follow=_plain(said, "visit_follow"),
    )


def _plain(said: Answers, question: str) -> YesNo:
    """Yes or no; nothing where the box for who cannot say was ticked."""
    answer = said.get(question, "")
    return YesNo(answer) if answer in {YesNo.YES.value, YesNo.NO.value} else YesNo.NONE


def _no_note(_said: Answers) -> str:
    return "还没有录入回访情况。"


@dataclass(frozen=True)
class _Kind:
    """A kind of record that such papers are of: how it takes one, what must be written on it."""

    put: Callable[[Tx, RunRow, Answers], None]
    missing: Callable[[Answers], str]


_KINDS: Mapping[str, _Kind] = {
    Feedback.__tablename__: _Kind(_put_feedback, _no_reason),
    Petition.__tablename__: _Kind(_put_visit, _no_note),
}
