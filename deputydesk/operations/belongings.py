"""What belongs to a record alone, and is read, deleted and brought back with it."""

from collections.abc import Mapping

from sqlalchemy.orm import InstrumentedAttribute

from deputydesk import models as m
from deputydesk.models.base import Record
from deputydesk.operations.events import EVENTS

Part = tuple[type[Record], InstrumentedAttribute[str]]
"""A kind of record, and the column by which its records belong to one of another kind."""

_OWN: Mapping[type[Record], tuple[Part, ...]] = {
    m.Assignment: ((m.Extension, m.Extension.assignment_id),),
    m.Evaluation: ((m.EvaluationEntry, m.EvaluationEntry.evaluation_id),),
    m.LegRound: ((m.LegOpinion, m.LegOpinion.round_id),),
    m.Oversight: ((m.OversightVisit, m.OversightVisit.oversight_id),),
    m.PointQuarter: ((m.PointObjection, m.PointObjection.quarter_id),),
    m.Project: (
        (m.Milestone, m.Milestone.project_id),
        (m.ProjectPayment, m.ProjectPayment.project_id),
        (m.ProjectEval, m.ProjectEval.project_id),
    ),
    m.ProjectVote: ((m.ProjectVoteEntry, m.ProjectVoteEntry.vote_id),),
    m.Suggestion: (
        (m.Cosigner, m.Cosigner.suggestion_id),
        (m.Assignment, m.Assignment.suggestion_id),
        (m.Talk, m.Talk.suggestion_id),
        (m.Urging, m.Urging.suggestion_id),
        (m.Reply, m.Reply.suggestion_id),
        (m.Feedback, m.Feedback.suggestion_id),
        (m.Commitment, m.Commitment.suggestion_id),
    ),
    m.Supervisor: ((m.SupervisorRemark, m.SupervisorRemark.supervisor_id),),
    m.Visit: ((m.VisitDeputy, m.VisitDeputy.visit_id), (m.Opinion, m.Opinion.visit_id)),
}
_AT_EVENTS: tuple[Part, ...] = (
    (m.Attendance, m.Attendance.event_id),
    (m.EventOpinion, m.EventOpinion.event_id),
)
_FILES: tuple[Part, ...] = ((m.Attachment, m.Attachment.owner_id),)

ABOUT: Mapping[type[Record], str] = {
    m.Mandate: "person_id",
    m.Opinion: "voter_id",
    m.Petition: "voter_id",
}
"""Kinds of which a part of what people see stands in another record: who the deputy is."""

INNER: frozenset[type[Record]] = frozenset(
    {
        m.Attendance,
        m.Cosigner,
        m.EvaluationEntry,
        m.ProjectVoteEntry,
        m.VisitDeputy,
        m.Voter,
    }
)
"""Kinds that are nothing by themselves: people see them as lines of another record."""


def parts_of(model: type[Record]) -> tuple[Part, ...]:
    """The kinds whose records belong to one of this kind."""
    at_event = _AT_EVENTS if model in EVENTS else ()
    return (*_OWN.get(model, ()), *at_event, *_FILES)
