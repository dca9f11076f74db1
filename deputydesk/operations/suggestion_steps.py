"""What can be done with a suggestion now: the flow's steps for which there is a record."""

from deputydesk.models.choices import CommitmentState, HandbackOutcome, UnitRole
from deputydesk.operations.assignments import AssignmentRow
from deputydesk.operations.handling import StepRow
from deputydesk.operations.suggestion_contents import Detail
from deputydesk.rules.deadlines import Due
from deputydesk.rules.suggestion_flow import (
    LAST_ROUND,
    SUGGESTION,
    SuggestionState,
    SuggestionStep,
)

_S = SuggestionState
_T = SuggestionStep
Offer = tuple[SuggestionStep, StepRow]


def steps(d: Detail) -> tuple[StepRow, ...]:
    """The operations that would not be refused, in the order of the work."""
    offers = [*_intake(d), *_units(d), *_answers(d), *_end(d)]
    open_ones = [step for move, step in offers if step.ids and SUGGESTION.may(d.row.state, move)]
    return (*open_ones, *(step for step in _aside(d) if step.ids))


def _of_suggestion(d: Detail, operation: str, label: str, *, when: bool = True) -> StepRow:
    return StepRow(operation, label, "suggestion_id", (d.row.id,) if when else ())


def _intake(d: Detail) -> list[Offer]:
    return [
        (_T.SUBMIT, _of_suggestion(d, "suggestions.submit", "提交建议")),
        (_T.REGISTER, _of_suggestion(d, "suggestions.register", "登记建议")),
        (_T.ACCEPT, _of_suggestion(d, "reviews.accept", "受理建议")),
        (_T.SEND_BACK, _of_suggestion(d, "reviews.send_back", "退回修改")),
        (_T.REJECT, _of_suggestion(d, "reviews.reject", "不予受理")),
        (_T.MERGE, _of_suggestion(d, "reviews.merge", "合并办理")),
        (_T.ASSIGN, _of_suggestion(d, "assignments.assign", "交办建议")),
    ]


def _units(d: Detail) -> list[Offer]:
    calm = [a for a in d.at_work if a.handback is not HandbackOutcome.ASKED]
    unsigned = tuple(a.id for a in calm if not a.signed_on)
    movable = [a for a in calm if not _is_done(a)]
    asking = tuple(a.id for a in movable if a.handback is HandbackOutcome.NONE)
    moving = tuple(a.id for a in movable)
    assisting = tuple(
        a.id for a in d.at_work if a.role is UnitRole.ASSIST and not a.assist_given_on
    )
    return [
        (_T.SIGN, _of_units("assignments.sign", "登记签收", unsigned)),
        (_T.HAND_BACK, _of_units("assignments.ask_hand_back", "登记退办申请", asking)),
        (_T.HAND_BACK, _of_units("assignments.reassign", "改交其他单位", moving)),
        (_T.TALK, _of_suggestion(d, "talks.log", "登记面商")),
        (_T.ASSIST, _of_units("replies.assist", "登记协办意见", assisting)),
    ]


def _answers(d: Detail) -> list[Offer]:
    owing = [a for a in d.at_work if a.answers and not a.replied_on]
    pending = tuple(e.id for e in d.extensions if e.pending and e.assignment_id in _ids(owing))
    waited_for = {e.assignment_id for e in d.extensions if e.pending}
    asking = tuple(a.id for a in owing if a.id not in waited_for)
    answering = tuple(a.id for a in owing if d.row.round > 1 or _has_taken_on(a))
    undone = any(not _is_done(a) for a in d.at_work)
    return [
        (_T.EXTEND, _of_units("extensions.ask", "登记延期申请", asking)),
        (_T.EXTEND, StepRow("extensions.grant", "批准延期", "extension_id", pending)),
        (_T.EXTEND, StepRow("extensions.refuse", "不同意延期", "extension_id", pending)),
        (_T.URGE, _of_suggestion(d, "urgings.urge", "催办", when=undone)),
        (_T.ANSWER, _of_units("replies.answer", "登记答复", answering)),
    ]


def _end(d: Detail) -> list[Offer]:
    form = d.form
    waiting = (form.id,) if form and not form.returned_on else ()
    late = waiting if form and form.reminded_on and form.tone is Due.OVERDUE else ()
    unhappy = form is not None and form.dissatisfied and d.row.round >= LAST_ROUND
    return [
        (_T.ASK_FEEDBACK, _of_suggestion(d, "feedbacks.send", "发出征询意见表", when=not form)),
        (_T.CLOSE, StepRow("feedbacks.receive", "登记征询意见表", "feedback_id", waiting)),
        (_T.ASK_FEEDBACK, StepRow("feedbacks.remind", "提醒代表反馈", "feedback_id", waiting)),
        (
            _T.CLOSE_NOREPLY,
            StepRow("feedbacks.close_unreturned", "未反馈办结", "feedback_id", late),
        ),
        (_T.DECIDE, _of_suggestion(d, "feedbacks.decide", "登记协调决定", when=unhappy)),
        (_T.ARCHIVE, _of_suggestion(d, "suggestions.archive", "建议归档")),
        (_T.WITHDRAW, _of_suggestion(d, "suggestions.withdraw", "撤回建议")),
    ]


def _aside(d: Detail) -> list[StepRow]:
    """What does not depend on the state alone."""
    untold = d.row.state in (_S.REJECTED, _S.MERGED) and not d.texts.told_on
    at_units = d.row.state in (_S.ASSIGNED, _S.HANDLING, _S.REASSIGN)
    asked = tuple(a.id for a in d.at_work if at_units and a.handback is HandbackOutcome.ASKED)
    owed = tuple(c.id for c in d.commitments if c.state is CommitmentState.OPEN)
    return [
        _of_suggestion(d, "reviews.tell", "告知代表", when=untold),
        _of_units("assignments.decide_hand_back", "答复退办申请", asked),
        StepRow("commitments.report", "登记承诺进展", "commitment_id", owed),
        StepRow("commitments.settle", "认定承诺落实情况", "commitment_id", owed),
    ]


def _of_units(operation: str, label: str, ids: tuple[str, ...]) -> StepRow:
    return StepRow(operation, label, "assignment_id", ids)


def _ids(given: list[AssignmentRow]) -> set[str]:
    return {a.id for a in given}


def _is_done(a: AssignmentRow) -> bool:
    return bool(a.assist_given_on or a.replied_on)


def _has_taken_on(a: AssignmentRow) -> bool:
    if a.handback is HandbackOutcome.REFUSED:
        return True
    return a.signed_on is not None and a.handback is HandbackOutcome.NONE
