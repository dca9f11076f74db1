"""Papers that name their record, one each: what was ticked and written goes into that record.

It is entered by the operation that hand entry uses; what people wrote beside the boxes is keyed in
from the page, for the reader reads ticks only.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from deputydesk.errors import FieldError, UserError
from deputydesk.late import dataclass
from deputydesk.models import Feedback, Petition, ScanPage, ScanRun
from deputydesk.models.choices import Adoption, TalkForm, YesNo
from deputydesk.models.scan import PageState, RunState
from deputydesk.office import Operation, Right, Tx, operation
from deputydesk.operations import (
    feedback_corrections,
    feedbacks,
    petition_steps,
    scan_decisions,
    scan_pages,
    scan_runs,
)
from deputydesk.operations.checks import filled, get, not_future
from deputydesk.operations.scan_corrections import WRITTEN
from deputydesk.operations.scan_pages import PageShown
from deputydesk.operations.scan_runs import NAMED, RunRow
from deputydesk.rules.satisfaction import Satisfaction
from deputydesk.rules.scan_looks import CORRECTION

ONE = 1
"""Sheets of such a paper."""
Said = Mapping[str, Any]  # Any: values of columns
Answers = Mapping[str, str]
"""By question, the option that was ticked; a row left blank or void is left out."""


def refuse_named(run: ScanRun, text: str, hint: str) -> None:
    """Refuse what is done with many papers that are alike.

    Raises:
        UserError: the run is one paper that names its record.
    """
    if run.details.get(NAMED):
        raise UserError(text, hint=hint)


@operation(Right.EVALUATE, "录入表上手写的内容", instead="请改好内容，再按 Ctrl+Enter 保存。")
def write_down(tx: Tx, *, run_id: str, came_on: date | None = None, written: str = "") -> None:
    """Key in what is written by hand on a paper that names its record, and when it came back.

    Raises:
        FieldError: the day has not come, or is before the paper was printed.
        UserError: it is booked, or papers of its kind name no record.
    """
    run = scan_runs.open_run(tx, run_id)
    if not run.details.get(NAMED):
        raise UserError("这一批票不记名，票上手写的内容不录入。")
    _write(tx, run, came_on or tx.today, written)


def _write(tx: Tx, run: ScanRun, day: date, written: str) -> None:
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
    kind = _KINDS[run.record_kind]
    tx.demand(kind.enter)
    kind.enter(tx, **{kind.parameter: run.record_id}, **kind.said(run, answers(shown)))


def put_right(tx: Tx, run: RunRow, shown: Sequence[PageShown], reason: str) -> None:
    """Enter what the paper says since it was corrected, with that record's own checks.

    Raises:
        FieldError: no reason, or what must be written is missing.
        UserError: the record went on by what was booked.
    """
    kind = _KINDS[run.record_kind]
    missing = kind.missing(answers(shown))
    if missing and not run.written:
        raise FieldError("written", missing, hint="请先更正手写的内容。")
    tx.demand(kind.correct)
    why = {"reason": reason} if kind.takes_reason else {}
    kind.correct(tx, **{kind.parameter: run.record_id}, **kind.said(run, answers(shown)), **why)


def refuse_changed(session: Session, run: RunRow, shown: Sequence[PageShown]) -> None:
    """Refuse to correct a record that says something else than the paper that was booked.

    Raises:
        UserError: somebody has changed it by hand since.
    """
    kind = _KINDS[run.record_kind]
    record = get(session, kind.model, run.record_id)
    said = kind.said(run, answers(shown))
    if any(getattr(record, name) != value for name, value in said.items()):
        raise UserError(
            "入账以后有人手工改过这条记录。", hint="请先查明，改回与表上一致的，再更正。"
        )


@operation(
    Right.EVALUATE, "更正手写的内容", instead="改错了的，再更正一次，写明理由；几次更正都留着。"
)
def rewrite(tx: Tx, *, run_id: str, came_on: date, written: str, reason: str) -> None:
    """Correct after the booking what was keyed in by hand, with the reason; the record follows.

    Raises:
        FieldError: no reason, or the day cannot be.
        UserError: it is not booked, or its record has changed or gone on since.
    """
    run = get(tx.session, ScanRun, run_id)
    if run.state is not RunState.BOOKED or not run.details.get(NAMED):
        raise UserError("这张表还没有入账，请直接改。")
    why = filled("reason", reason, "更正理由")
    shown = scan_pages.pages(tx.session, run_id)
    refuse_changed(tx.session, scan_runs.one(tx.session, run_id), shown)
    _write(tx, run, came_on, written)
    counting = next(page for page in shown if page.state is PageState.READ)
    page = get(tx.session, ScanPage, counting.id)
    scan_decisions.note_decision(tx, page, WRITTEN, run.written, look=CORRECTION, reason=why)
    tx.session.flush()
    put_right(tx, scan_runs.one(tx.session, run_id), shown, why)
    tx.about = f"{run.name}（{why}）"


def _of_feedback(run: RunRow, said: Answers) -> Said:
    return {
        "attitude": Satisfaction(said.get("attitude", Satisfaction.NONE.value)),
        "result": Satisfaction(said.get("result", Satisfaction.NONE.value)),
        "returned_on": run.came_on,
        "talk_form": TalkForm(said.get("talk_form", TalkForm.NONE.value)),
        "adoption": Adoption(said.get("adoption", Adoption.NONE.value)),
        "opinion": run.written,
    }


def _no_reason(said: Answers) -> str:
    judged = (said.get("attitude"), said.get("result"))
    return "选了“不满意”，还没有录入理由。" if Satisfaction.DISSATISFIED.value in judged else ""


def _of_visit(run: RunRow, said: Answers) -> Said:
    return {
        "visited_on": run.came_on,
        "visit_note": run.written,
        "visit_told": _plain(said, "visit_told"),
        "visit_attitude": Satisfaction(said.get("visit_attitude", Satisfaction.NONE.value)),
        "visit_result": Satisfaction(said.get("visit_result", Satisfaction.NONE.value)),
        "visit_follow": _plain(said, "visit_follow"),
    }


def _plain(said: Answers, question: str) -> YesNo:
    """Yes or no; nothing where the box for who cannot say was ticked."""
    answer = said.get(question, "")
    return YesNo(answer) if answer in {YesNo.YES.value, YesNo.NO.value} else YesNo.NONE


def _no_note(_said: Answers) -> str:
    return "还没有录入回访情况。"


@dataclass(frozen=True)
class _Kind:
    """A kind of record that such papers are of.

    Args:
        model: the kind.
        parameter: which argument of its operations takes its id.
        said: what a paper says, by column of the record.
        missing: what must be written on it and is not.
        enter: takes what a paper says.
        correct: takes what it says since it was corrected.
        takes_reason: whether that asks why.
    """

    model: type[Feedback] | type[Petition]
    parameter: str
    said: Callable[[RunRow, Answers], Said]
    missing: Callable[[Answers], str]
    enter: Operation[..., None]
    correct: Operation[..., None]
    takes_reason: bool


_KINDS: Mapping[str, _Kind] = {
    Feedback.__tablename__: _Kind(
        Feedback,
        "feedback_id",
        _of_feedback,
        _no_reason,
        feedbacks.receive,
        feedback_corrections.correct,
        takes_reason=True,
    ),
    Petition.__tablename__: _Kind(
        Petition,
        "petition_id",
        _of_visit,
        _no_note,
        petition_steps.visit,
        petition_steps.visit,
        takes_reason=False,
    ),
}
