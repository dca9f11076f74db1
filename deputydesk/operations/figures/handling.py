"""Figures of how suggestions are handled: answered, in time, talked over, satisfied, kept."""

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import InstrumentedAttribute, aliased

from deputydesk.models import (
    Assignment,
    Commitment,
    Extension,
    Feedback,
    Reply,
    Suggestion,
    Talk,
    Urging,
)
from deputydesk.models.choices import (
    CommitmentState,
    HandbackOutcome,
    TalkForm,
    UnitRole,
)
from deputydesk.operations.figures.measures import (
    Condition,
    Measure,
    Period,
    Source,
    Unit,
    count,
    share,
)
from deputydesk.operations.figures.suggestions import submitted
from deputydesk.rules.satisfaction import Satisfaction

SOLVED = "A"
"""The class of an answer that says the matter is solved, in every list of classes seen."""

_ANSWERING = (UnitRole.MAIN, UnitRole.SEPARATE)


def _of(*where: Condition) -> ColumnElement[bool]:
    """There is such a row for the suggestion."""
    return exists().where(*where).correlate(Suggestion)


_is_assigned = _of(Assignment.suggestion_id == Suggestion.id, Assignment.role.in_(_ANSWERING))
_is_answered = _of(Reply.suggestion_id == Suggestion.id)
_is_late = _of(
    Reply.suggestion_id == Suggestion.id,
    Assignment.id == Reply.assignment_id,
    Reply.replied_on > Assignment.due_on,
)


def _is_due(period: Period) -> Condition | None:
    """Its answer is due by the end of the period."""
    if not period.last:
        return None
    return _of(
        Assignment.suggestion_id == Suggestion.id,
        Assignment.role.in_(_ANSWERING),
        Assignment.due_on <= period.last,
    )


_first_reply = (
    select(func.min(Reply.replied_on))
    .where(Reply.suggestion_id == Suggestion.id)
    .correlate(Suggestion)
    .scalar_subquery()
)
_was_talked_over = _of(
    Talk.suggestion_id == Suggestion.id,
    Talk.form != TalkForm.NONE,
    Talk.held_on <= _first_reply,
)

_other = aliased(Feedback)
_is_returned = _of(Feedback.suggestion_id == Suggestion.id, Feedback.returned_on.is_not(None))


def _said(
    column: InstrumentedAttribute[Satisfaction], *answers: Satisfaction, last: bool = True
) -> ColumnElement[bool]:
    """What the last (or the first) form that came back says."""
    other = _other.round > Feedback.round if last else _other.round < Feedback.round
    superseded = (
        exists()
        .where(_other.suggestion_id == Feedback.suggestion_id, _other.returned_on.is_not(None))
        .where(other)
        .correlate(Feedback)
    )
    return _of(
        Feedback.suggestion_id == Suggestion.id,
        Feedback.returned_on.is_not(None),
        column.in_(answers),
        ~superseded,
    )


_later = aliased(Reply)
_is_solved = _of(
    Reply.suggestion_id == Suggestion.id,
    Reply.answer_class == SOLVED,
    ~exists()
    .where(_later.suggestion_id == Reply.suggestion_id, _later.round > Reply.round)
    .correlate(Reply),
)
_promised = _of(Commitment.suggestion_id == Suggestion.id)
_owes = _of(Commitment.suggestion_id == Suggestion.id, Commitment.state != CommitmentState.KEPT)

_assigned = submitted.only(_is_assigned)
_answered = submitted.only(_is_answered)
_returned = submitted.only(_is_returned)
_promises = Source(
    Commitment,
    Suggestion.submitted_on,
    via=((Suggestion, Suggestion.id == Commitment.suggestion_id),),
)
_given = Source(
    Assignment,
    Assignment.assigned_on,
    (
        Assignment.role.in_(_ANSWERING),
        Assignment.round == Suggestion.round,
        Assignment.handback != HandbackOutcome.AGREED,
    ),
    via=((Suggestion, Suggestion.id == Assignment.suggestion_id),),
)
_due = Source(Suggestion, Suggestion.submitted_on, (_is_assigned,), _is_due)


MEASURES: tuple[Measure, ...] = (
    Measure(
        "suggestions.answered",
        "建议答复",
        Unit.MATTER,
        "已答复件数÷已交办件数",
        (_answered,),
        (_assigned,),
    ),
    share(
        "assignments.closed",
        "承办建议办结",
        Unit.MATTER,
        "已办结÷期内交办的建议，协办、已退办的不计，分别办理的各计一件",
        _given,
        Suggestion.closed_on.is_not(None),
    ),
    share(
        "suggestions.answered_due",
        "到期建议答复",
        Unit.MATTER,
        "已答复件数÷期末已到时限的交办件数，协办不计",
        _due,
        _is_answered,
    ),
    share(
        "suggestions.answered_in_time",
        "按期答复",
        Unit.MATTER,
        "在时限（含批准的延期）内答复的件数÷已答复件数，协办不计",
        _answered,
        ~_is_late,
    ),
    share(
        "suggestions.talked_over",
        "面商",
        Unit.MATTER,
        "答复前至少面商一次的件数÷已答复件数，“无沟通”不算面商",
        _answered,
        _was_talked_over,
    ),
    share(
        "suggestions.satisfied",
        "对办理结果满意",
        Unit.MATTER,
        "满意÷收回的征询意见表，以最后一轮为准，未收回的不计",
        _returned,
        _said(Feedback.result, Satisfaction.SATISFIED),
    ),
    share(
        "suggestions.mostly_satisfied",
        "满意和基本满意",
        Unit.MATTER,
        "（满意+基本满意）÷收回的征询意见表，以最后一轮为准",
        _returned,
        _said(Feedback.result, Satisfaction.SATISFIED, Satisfaction.MOSTLY),
    ),
    share(
        "suggestions.satisfied_first",
        "首轮对办理结果满意",
        Unit.MATTER,
        "满意÷收回的征询意见表，以第一轮为准",
        _returned,
        _said(Feedback.result, Satisfaction.SATISFIED, last=False),
    ),
    share(
        "suggestions.attitude",
        "对办理工作满意",
        Unit.MATTER,
        "对办理工作满意÷收回的征询意见表，以最后一轮为准",
        _returned,
        _said(Feedback.attitude, Satisfaction.SATISFIED),
    ),
    share(
        "suggestions.kept",
        "建议办成",
        Unit.MATTER,
        f"（最后答复为{SOLVED}类的件数+承诺事项全部落实的件数）÷已交办件数，随落实情况变化",
        _assigned,
        _is_solved | (_promised & ~_owes),
    ),
    share(
        "commitments.kept",
        "承诺事项落实",
        Unit.ITEM,
        "已落实的承诺÷期内提出的建议的全部承诺事项",
        _promises,
        Commitment.state == CommitmentState.KEPT,
    ),
    share(
        "suggestions.closed",
        "建议办结",
        Unit.MATTER,
        "已办结件数÷已交办件数",
        _assigned,
        Suggestion.closed_on.is_not(None),
    ),
    count(
        "suggestions.rehandled",
        "重新办理建议",
        Unit.MATTER,
        "期内提出、因不满意重新办理的建议",
        submitted.only(Suggestion.round > 1),
    ),
    count(
        "suggestions.handed_back",
        "退办申请",
        Unit.TIME,
        "期内承办单位提出的退办次数",
        Source(
            Assignment,
            Assignment.handback_on,
            (Assignment.handback != HandbackOutcome.NONE,),
        ),
    ),
    share(
        "extensions.granted",
        "延期批准",
        Unit.TIME,
        "批准的延期÷期内申请的延期",
        Source(Extension, Extension.asked_on),
        Extension.granted,
    ),
    count(
        "urgings.total", "催办", Unit.TIME, "期内催办、督办次数", Source(Urging, Urging.urged_on)
    ),
    count(
        "urgings.letters",
        "督办通知",
        Unit.TIME,
        "期内发出督办通知的次数",
        Source(Urging, Urging.urged_on, (Urging.by_letter,)),
    ),
    count(
        "replies.total",
        "答复件",
        Unit.ENTRY,
        "期内发出的答复，各轮、各单位的分别统计",
        Source(Reply, Reply.replied_on),
    ),
)
"""In the order of reports."""
