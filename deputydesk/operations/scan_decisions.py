"""What people decide where the reader has doubts, and which pages count at all."""

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from deputydesk.errors import FieldError, UserError
from deputydesk.models import ScanDecision, ScanLook, ScanPage, ScanRun
from deputydesk.models.scan import PageState
from deputydesk.office import Right, Tx, operation
from deputydesk.operations import accounts, scan_runs
from deputydesk.operations.checks import filled, get
from deputydesk.operations.scan_pages import pair_of
from deputydesk.rules.names import clean_name
from deputydesk.rules.scan_looks import FIRST, SECOND, THIRD
from deputydesk.rules.scan_plan import BLANK, VOID, Plan, Question


@operation(Right.EVALUATE, "认定票面", instead="请在“待确认”里按 Backspace 退回那一行，重新认定。")
def decide(
    tx: Tx,
    *,
    page_id: str,
    row: int,
    answer: str,
    look: int = FIRST,
    reason: str = "",
    by: str = "",
) -> None:
    """Say what a row says; an empty answer withdraws what this look said.

    Of two people the second is another one than the first; once both have decided, only a third
    look changes what they said.

    Args:
        tx: the transaction.
        page_id: the page.
        row: which of its rows.
        answer: what it says.
        look: who looks.
        reason: why.
        by: the name of who decides; only where nobody signs in, else it is who has signed in.

    Raises:
        FieldError: no such answer, nothing to withdraw, the same person twice, or a look whose
            time is not now.
    """
    page = get(tx.session, ScanPage, page_id)
    run = scan_runs.open_run(tx, page.run_id)
    question = answerable(run, page, row, answer)
    who = _who(tx, page_id, row)
    me = _decider(tx, by)
    _in_turn(run, who, look, me)
    if not answer and look not in who:
        raise FieldError("answer", "这一行还没有认定，没有可以撤回的。")
    note_decision(tx, page, row, answer, look=look, reason=reason.strip(), by=me)
    tx.about = f"{run.name} {question.name}"  # not what was said: the other person has to look


def answerable(run: ScanRun, page: ScanPage, row: int, answer: str) -> Question:
    """The question of a row, which can be answered so.

    Raises:
        FieldError: it cannot.
    """
    plan = Plan.from_dict(run.plan)
    if not 0 <= row < len(plan.pages[page.number - 1]):
        raise FieldError("row", f"这一页没有第{row + 1}行。")
    question = plan.question(page.number, row)
    if answer not in {"", BLANK, VOID, *(option.id for option in question.options)}:
        raise FieldError("answer", f"“{question.name}”没有“{answer}”这一项。")
    return question


def note_decision(
    tx: Tx,
    page: ScanPage,
    row: int,
    answer: str,
    *,
    look: int = FIRST,
    reason: str = "",
    by: str = "",
) -> None:
    """Put a decision beside the reading; earlier ones stay."""
    tx.session.add(
        ScanDecision(
            run_id=page.run_id,
            page_id=page.id,
            row=row,
            answer=answer,
            decided_by=by or tx.user.name,
            look=look,
            reason=reason,
        )
    )


def _decider(tx: Tx, by: str) -> str:
    """Who decides: who has signed in, or where nobody signs in, who says to be there."""
    name = clean_name(by)
    if not name or name == tx.user.name:
        return tx.user.name
    if accounts.is_on(tx.session):
        raise UserError("认定记在登录的人名下。", hint=f"请锁定以后由{name}登录。")
    return name


def people(session: Session, run_id: str) -> dict[int, tuple[str, ...]]:
    """By look, who has decided on rows of a run, the newest last."""
    query = (
        select(ScanDecision.look, ScanDecision.decided_by)
        .where(ScanDecision.run_id == run_id, ScanDecision.answer != "")
        .order_by(ScanDecision.id.desc())
    )
    found: dict[int, dict[str, None]] = {}
    for look, name in session.execute(query):
        found.setdefault(look, {}).setdefault(name)
    return {look: tuple(reversed(names)) for look, names in found.items()}


def is_same(one: str, other: str) -> bool:
    """Whether two names are one person's, however they are spaced."""
    return clean_name(one) == clean_name(other)


def _in_turn(run: ScanRun, who: Mapping[int, str], look: int, me: str) -> None:
    if look not in ({FIRST, SECOND, THIRD} if run.two_people else {FIRST}):
        raise FieldError("answer", "这一批票由一人确认。", hint="请先改为两人确认。")
    both = who.keys() >= {FIRST, SECOND}
    if look == THIRD and not both:
        raise FieldError("answer", "两人还没有都认定，不能作第三次认定。")
    if look != THIRD and both:
        hint = "两人不一致或者要改的，请一起看过以后作第三次认定。"
        raise FieldError("answer", "这一行两人都已认定。", hint=hint)
    other = SECOND if look == FIRST else FIRST
    if look != THIRD and is_same(who.get(other, ""), me):
        text = f"这一行由{me}认定过，另一次须由别人认定。"
        raise FieldError("answer", text, hint="请换另一人：登录，或者在“谁在认定”里写姓名。")


def _who(tx: Tx, page_id: str, row: int) -> dict[int, str]:
    """By look, who decided it."""
    found: dict[int, str] = {}
    query = (
        select(ScanDecision)
        .where(ScanDecision.page_id == page_id, ScanDecision.row == row)
        .order_by(ScanDecision.id)
    )
    for each in tx.session.scalars(query):
        found.pop(each.look, None)
        if each.answer:
            found[each.look] = each.decided_by
    return found


@operation(
    Right.EVALUATE,
    "设定整页",
    instead="刚设的“整张无效”，在“待确认”里按 Backspace 退回；别的，撤回那一次读入，重新读入。",
)
def set_state(tx: Tx, *, page_id: str, state: PageState, reason: str = "") -> None:
    """Say that a whole page does not count, and why; or that it does after all."""
    page = get(tx.session, ScanPage, page_id)
    run = scan_runs.open_run(tx, page.run_id)
    page.state = state
    page.reason = "" if state is PageState.READ else filled("reason", reason, "原因")
    tx.about = f"{run.name} {state.label}"


@operation(Right.EVALUATE, "认定不是同一张", instead="点“找重复”再排查一次，最像的两页并排看。")
def keep_apart(tx: Tx, *, page_id: str, other_id: str) -> None:
    """Say that two pages that look alike are two sheets."""
    page, other = (get(tx.session, ScanPage, each) for each in (page_id, other_id))
    run = scan_runs.open_run(tx, page.run_id)
    if other.run_id != page.run_id:
        raise UserError("这两页不是同一批票的。")
    run.apart = {**run.apart, pair_of(page_id, other_id): tx.user.name}


@operation(Right.MANAGE, "查看整页票面", can_undo=False)
def look_at(tx: Tx, *, page_id: str, reason: str) -> None:
    """Note that somebody looks at a whole page, on whose margins may be handwriting, and why."""
    page = get(tx.session, ScanPage, page_id)
    run = get(tx.session, ScanRun, page.run_id)
    why = filled("reason", reason, "理由")
    tx.session.add(ScanLook(run_id=run.id, page_id=page.id, seen_by=tx.user.name, reason=why))
    tx.about = f"{run.name}（{why}）"
