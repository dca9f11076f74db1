"""What the competent organ does with a petition, and by when (信访工作条例 二十三、三十四至三十六).

Terms are calendar days of the rule in force when they begin; the sentence that says why a day is
the last one names the article.
"""

from datetime import date

from deputydesk.errors import FieldError, UserError
from deputydesk.models import Petition, Unit
from deputydesk.models.choices import YesNo
from deputydesk.office import Right, Tx, operation
from deputydesk.operations import local_rules, presets
from deputydesk.operations.checks import filled, get_for
from deputydesk.operations.handling import step_day
from deputydesk.operations.petitions import DEADLINES, moved
from deputydesk.rules.deadlines import Deadline, chinese, days_after
from deputydesk.rules.petition_flow import PetitionStep
from deputydesk.rules.satisfaction import Satisfaction

_TOLD, _DONE, _REVIEW, _RECHECK = (
    f"《信访工作条例》第{number}条" for number in ("二十三", "三十四", "三十五", "三十六")
)


@operation(Right.HANDLE, "登记信访机关受件")
def register(
    tx: Tx,
    *,
    petition_id: str,
    unit_id: str,
    registered_no: str = "",
    registered_on: date | None = None,
) -> None:
    """Record that the competent organ has registered it; two terms begin."""
    petition = moved(tx, petition_id, PetitionStep.REGISTER)
    get_for(tx.session, Unit, "unit_id", unit_id)
    day = step_day(
        tx, "registered_on", registered_on, "登记日期", ("确定代办人日期", petition.named_on)
    )
    petition.unit_id, petition.registered_on = unit_id, day
    petition.registered_no = registered_no.strip()
    told = _days(tx, day, "told_days")
    petition.told_due_on = told.due
    _set_due(petition, _days(tx, day, "finish_days"))
    petition.due_why = f"告知受理：{told.why}，{_TOLD}。{petition.due_why}"


@operation(Right.HANDLE, "登记信访告知受理")
def tell(tx: Tx, *, petition_id: str, told_on: date | None = None) -> None:
    """Record that the organ told the petitioner it takes the matter on; its term runs from here."""
    petition = moved(tx, petition_id, PetitionStep.TELL)
    day = step_day(tx, "told_on", told_on, "告知受理日期", ("登记日期", petition.registered_on))
    petition.told_on = day
    _set_due(petition, _days(tx, day, "finish_days"))


@operation(Right.HANDLE, "延长信访办理期限")
def extend(
    tx: Tx, *, petition_id: str, extension_why: str, days: int = 30, extended_on: date | None = None
) -> None:
    """Give the organ more time, once, with the reason that the petitioner is told."""
    petition = moved(tx, petition_id, PetitionStep.EXTEND)
    if petition.extended_on:
        raise UserError(f"已于{chinese(petition.extended_on)}延长过一次，不能再次延长（{_DONE}）。")
    day = step_day(tx, "extended_on", extended_on, "延期日期", ("告知受理日期", petition.told_on))
    most = _rule(tx, _start(petition), "extend_days")
    if not 1 <= days <= most:
        raise FieldError("days", f"延长期限不超过{most}日（{_DONE}）。")
    if petition.due_on and day > petition.due_on:
        raise FieldError(
            "extended_on", f"应当在办理期限（{chinese(petition.due_on)}）以内批准延长。"
        )
    petition.extended_on = day
    petition.extension_why = filled("extension_why", extension_why, "延期理由")
    begins = _start(petition)
    whole = _rule(tx, begins, "finish_days") + days
    first = petition.first_due_on
    _set_due(petition, _counted(tx, begins, whole), more=f"，含批准延长{days}日")
    petition.first_due_on = first


@operation(Right.HANDLE, "登记信访处理意见")
def answer(
    tx: Tx,
    *,
    petition_id: str,
    answer: str,
    accepted: bool = False,
    answered_on: date | None = None,
) -> None:
    """Record what the organ decided, and whether the petitioner accepts it."""
    petition = moved(tx, petition_id, PetitionStep.ANSWER)
    petition.answered_on = step_day(
        tx, "answered_on", answered_on, "答复日期",
        ("登记日期", petition.registered_on), ("告知受理日期", petition.told_on),
    )  # fmt: skip
    petition.answer, petition.accepted = filled("answer", answer, "处理意见"), accepted


@operation(Right.HANDLE, "登记申请复查")
def review(
    tx: Tx, *, petition_id: str, reviewed_on: date | None = None, late_accepted: bool = False
) -> None:
    """Record that the petitioner asks the next higher organ to review the decision."""
    petition = moved(tx, petition_id, PetitionStep.REVIEW)
    day = step_day(
        tx, "reviewed_on", reviewed_on, "申请复查日期", ("答复日期", petition.answered_on)
    )
    assert petition.answered_on, "an answered petition has its day"
    _check_in_time(
        tx, "reviewed_on", day, petition.answered_on, _REVIEW, late_accepted=late_accepted
    )
    until = _days(tx, day, "review_days")
    petition.reviewed_on, petition.review_due_on = day, until.due
    petition.accepted, petition.due_why = False, f"复查：{until.why}，{_REVIEW}"


@operation(Right.HANDLE, "登记复查意见")
def review_result(
    tx: Tx,
    *,
    petition_id: str,
    review_result: str,
    accepted: bool = False,
    review_answered_on: date | None = None,
) -> None:
    """Record what the review found, and whether the petitioner accepts it."""
    petition = moved(tx, petition_id, PetitionStep.REVIEW_RESULT)
    petition.review_answered_on = step_day(
        tx, "review_answered_on", review_answered_on, "复查意见日期",
        ("申请复查日期", petition.reviewed_on),
    )  # fmt: skip
    petition.review_result = filled("review_result", review_result, "复查意见")
    petition.accepted = accepted


@operation(Right.HANDLE, "登记申请复核")
def recheck(
    tx: Tx, *, petition_id: str, rechecked_on: date | None = None, late_accepted: bool = False
) -> None:
    """Record that the petitioner asks for the last re-examination."""
    petition = moved(tx, petition_id, PetitionStep.RECHECK)
    day = step_day(
        tx,
        "rechecked_on",
        rechecked_on,
        "申请复核日期",
        ("复查意见日期", petition.review_answered_on),
    )
    assert petition.review_answered_on, "a reviewed petition has its day"
    _check_in_time(
        tx, "rechecked_on", day, petition.review_answered_on, _RECHECK, late_accepted=late_accepted
    )
    until = _days(tx, day, "recheck_days")
    petition.rechecked_on, petition.recheck_due_on = day, until.due
    petition.accepted, petition.due_why = False, f"复核：{until.why}，{_RECHECK}"


@operation(Right.HANDLE, "登记复核意见")
def recheck_result(
    tx: Tx, *, petition_id: str, recheck_result: str, closed_on: date | None = None
) -> None:
    """Record what the re-examination found; the petition ends with it."""
    petition = moved(tx, petition_id, PetitionStep.RECHECK_RESULT)
    petition.recheck_result = filled("recheck_result", recheck_result, "复核意见")
    petition.closed_on = step_day(
        tx, "closed_on", closed_on, "终结日期", ("申请复核日期", petition.rechecked_on)
    )


@operation(Right.HANDLE, "信访代办办结")
def close(tx: Tx, *, petition_id: str, closed_on: date | None = None) -> None:
    """Close a petition whose petitioner accepts what was decided, or asked for no more."""
    petition = moved(tx, petition_id, PetitionStep.CLOSE)
    petition.closed_on = step_day(
        tx, "closed_on", closed_on, "办结日期",
        ("答复日期", petition.answered_on), ("复查意见日期", petition.review_answered_on),
    )  # fmt: skip
    petition.accepted = True


@operation(Right.HANDLE, "登记信访回访")
def visit(
    tx: Tx,
    *,
    petition_id: str,
    visit_note: str,
    visited_on: date | None = None,
    visit_told: YesNo = YesNo.NONE,
    visit_attitude: Satisfaction = Satisfaction.NONE,
    visit_result: Satisfaction = Satisfaction.NONE,
    visit_follow: YesNo = YesNo.NONE,
) -> None:
    """Record that somebody went to see the petitioner afterwards, and what was answered.

    Args:
        tx: the transaction.
        petition_id: the petition.
        visit_note: what the visit found.
        visited_on: the day; today unless given.
        visit_told: whether the petitioner was told what came of it.
        visit_attitude: what the petitioner says of the deputy's work.
        visit_result: what the petitioner says of the result.
        visit_follow: whether the matter should be followed further.
    """
    petition = moved(tx, petition_id, PetitionStep.VISIT)
    petition.visited_on = step_day(
        tx, "visited_on", visited_on, "回访日期", ("办结日期", petition.closed_on)
    )
    petition.visit_note = filled("visit_note", visit_note, "回访情况")
    petition.visit_told, petition.visit_follow = visit_told, visit_follow
    petition.visit_attitude, petition.visit_result = visit_attitude, visit_result


def _start(petition: Petition) -> date:
    """The day from which the organ's term runs."""
    assert petition.told_on, "more time is given after the petitioner was told"
    return petition.told_on


def _set_due(petition: Petition, until: Deadline, more: str = "") -> None:
    petition.due_on = petition.first_due_on = until.due
    petition.due_why = f"办结：{until.why}{more}，{_DONE}"


def _check_in_time(
    tx: Tx, field: str, day: date, answered_on: date, law: str, *, late_accepted: bool
) -> None:
    last = _days(tx, answered_on, "ask_days").due
    if day > last and not late_accepted:
        raise FieldError(
            field,
            f"应当在{chinese(last)}以前申请，已经逾期（{law}）。",
            hint="受理机关已经受理的，请勾选“机关已受理”。",
        )


def _rule(tx: Tx, day: date, name: str) -> int:
    return int(local_rules.current(tx.session, DEADLINES, day).rule[name])


def _days(tx: Tx, start: date, name: str) -> Deadline:
    return _counted(tx, start, _rule(tx, start, name))


def _counted(tx: Tx, start: date, days: int) -> Deadline:
    move = presets.deadlines(tx.session, start).postponed
    return days_after(start, days, presets.calendar(), move=move)
