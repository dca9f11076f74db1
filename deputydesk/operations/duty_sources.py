"""How duty is drawn from each kind of record: one description a kind, and nothing else to do."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import (
    ColumnElement,
    SQLColumnExpression,
    String,
    and_,
    case,
    cast,
    func,
    literal,
    or_,
    select,
    type_coerce,
)

from deputydesk.late import dataclass
from deputydesk.models import (
    Activity,
    Assembly,
    Attendance,
    Conversion,
    Cosigner,
    Evaluation,
    EvaluationEntry,
    EventOpinion,
    Home,
    Honour,
    Leave,
    LegOpinion,
    LegRound,
    Mandate,
    Meeting,
    Opinion,
    Petition,
    PointEntry,
    Practice,
    Project,
    ProjectEval,
    Publicity,
    RotaShift,
    Service,
    Suggestion,
    SupervisorRemark,
    Training,
    Visit,
    VisitDeputy,
)
from deputydesk.models.attendance import Approval, Presence
from deputydesk.models.base import Record
from deputydesk.models.choices import EvaluationState
from deputydesk.models.points import TYPED, PointState
from deputydesk.rules.duty import COSIGN, LEAD, TOOK_PART, DutyKind

Expr = SQLColumnExpression[Any]  # Any: a column or an expression of the type that its place says
Join = tuple[type[Record], ColumnElement[bool]]

NOTHING = literal("", String)
NONE = literal(0)
AWAY = frozenset({DutyKind.LEAVE.value, DutyKind.ABSENCE.value})
"""Kinds of duty that are told of those who did not come."""


@dataclass(frozen=True)
class Source:
    """How entries are drawn from one kind of record.

    Args:
        record: the kind; an entry is one of its records for one deputy.
        kind: what kind of duty it is, or where that stands.
        mandate: whose duty.
        day: when.
        title: what it says first; read only where people read it, as `detail`.
        detail: what it says more.
        role: what part the deputy had.
        people: how many people were met.
        hours: for how many hours.
        half_days: for how many half days.
        joins: kinds of record that it needs.
        looks: kinds that only `title` and `detail` need, where they are there.
        where: which of the records.
        opens: the kind and the id of what is opened, if it is another than the record.
        kinds: the values that `kind` may have, where it is not one kind.
        present: the same of those who came alone, where `kind` also tells who stayed away.
    """

    record: type[Record]
    kind: DutyKind | Expr
    mandate: Expr
    day: Expr
    title: Expr
    detail: Expr = NOTHING
    role: Expr | str = TOOK_PART
    people: Expr = NONE
    hours: Expr = NONE
    half_days: Expr = NONE
    joins: Sequence[Join] = ()
    looks: Sequence[Join] = ()
    where: Sequence[ColumnElement[bool]] = ()
    opens: tuple[type[Record] | Expr, Expr] | None = None
    kinds: frozenset[str] = frozenset()
    present: "Source | None" = None

    def of(self, wanted: frozenset[str]) -> "Source":
        """The same for some kinds of duty: who stayed away is not asked for if nobody wants it."""
        return self.present if self.present and not wanted & AWAY else self

    @property
    def every_kind(self) -> frozenset[str]:
        """The kinds that entries may be of."""
        return self.kinds or frozenset({str(self.kind)})

    def gives(self, wanted: frozenset[str]) -> bool:
        """Whether entries of one of these kinds may come from here."""
        return bool(wanted & self.every_kind)


def _of(prefix: str, column: Expr) -> Expr:
    """The kind of duty by the record's own kind."""
    return literal(f"{prefix}.", String) + type_coerce(column, String)


def _starting(prefix: str) -> frozenset[str]:
    return frozenset(k.value for k in DutyKind if k.value.startswith(f"{prefix}."))


_excused = (
    select(Leave.id)
    .where(
        Leave.event_id == Attendance.event_id,
        Leave.mandate_id == Attendance.mandate_id,
        Leave.approval == Approval.APPROVED,
    )
    .exists()
)


def _event(
    record: type[Record],
    kind: DutyKind | Expr | None,
    day: Expr,
    title: Expr,
    detail: Expr = NOTHING,
    **more: Any,  # Any: further arguments of a Source
) -> Source:
    """A kind of event whose deputies stand in the attendance; those away are told as such.

    Who was excused by an approved leave is told by the leave. Without a kind, coming counts for
    nothing here: another record tells of it.
    """
    presence = Attendance.presence
    mine = Attendance.event_kind == record.__tablename__
    away = or_(presence == Presence.ABSENT, and_(presence == Presence.LEAVE, ~_excused))
    shown = literal(kind.value, String) if isinstance(kind, DutyKind) else kind
    coming = {kind.value} if isinstance(kind, DutyKind) else _starting(record.__tablename__)
    both = Source(
        record,
        case(
            (presence == Presence.ABSENT, literal(DutyKind.ABSENCE.value, String)),
            (presence == Presence.LEAVE, literal(DutyKind.LEAVE.value, String)),
            else_=NOTHING if shown is None else shown,
        ),
        Attendance.mandate_id,
        day,
        title,
        detail,
        role=case((Attendance.role == "", literal(TOOK_PART, String)), else_=Attendance.role),
        half_days=Attendance.half_days,
        joins=((Attendance, and_(Attendance.event_id == record.id, mine)),),
        where=(away if kind is None else or_(presence == Presence.PRESENT, away),),
        kinds=AWAY.union(coming),
        **more,
    )
    if kind is None:
        return both
    came = replace(both, kind=kind, where=(presence == Presence.PRESENT,), kinds=frozenset(coming))
    return replace(both, present=came)


_in_office = and_(
    or_(Mandate.started_on.is_(None), Mandate.started_on <= Project.started_on),
    or_(Mandate.ended_on.is_(None), Mandate.ended_on >= Project.started_on),
)

SOURCES: tuple[Source, ...] = (
    _event(Meeting, DutyKind.MEETING, Meeting.opened_on, Meeting.name),
    _event(Assembly, DutyKind.ASSEMBLY, Assembly.held_on, Assembly.name, Assembly.place),
    _event(
        *(Activity, _of("activity", Activity.kind)),
        *(Activity.held_on, Activity.name, Activity.place),
    ),
    _event(
        *(Service, _of("service", Service.kind)),
        *(Service.held_on, Service.campaign, Service.outcome),
        people=Service.people,
    ),
    _event(
        *(Training, DutyKind.TRAINING, Training.held_on, Training.topic, Training.organiser),
        hours=case((Attendance.hours > 0, Attendance.hours), else_=Training.hours),
    ),
    _event(
        *(ProjectEval, DutyKind.PROJECT, ProjectEval.held_on, Project.name, ProjectEval.step),
        looks=((Project, Project.id == ProjectEval.project_id),),
        opens=(Project, ProjectEval.project_id),
    ),
    _event(RotaShift, None, RotaShift.planned_on, RotaShift.topic),
    Source(
        Visit,
        _of("visit", Visit.kind),
        VisitDeputy.mandate_id,
        Visit.held_on,
        Visit.topic,
        func.coalesce(Home.name, Visit.place),
        people=Visit.received,
        joins=((VisitDeputy, VisitDeputy.visit_id == Visit.id),),
        looks=((Home, Home.id == Visit.home_id),),
        kinds=_starting("visit"),
    ),
    Source(
        Opinion,
        DutyKind.OPINION,
        Opinion.mandate_id,
        Opinion.heard_on,
        case((Opinion.confidential, literal("（选民要求保密）", String)), else_=Opinion.matter),
        func.coalesce(Home.name, NOTHING),
        people=literal(1),
        looks=((Home, Home.id == Opinion.home_id),),
    ),
    Source(
        Suggestion,
        DutyKind.SUGGESTION,
        Suggestion.lead_id,
        Suggestion.submitted_on,
        Suggestion.headline,
        Suggestion.category,
        role=LEAD,
        where=(Suggestion.withdrawn_on.is_(None),),
    ),
    Source(
        Suggestion,
        DutyKind.SUGGESTION,
        Cosigner.mandate_id,
        Suggestion.submitted_on,
        Suggestion.headline,
        Suggestion.category,
        role=COSIGN,
        joins=((Cosigner, Cosigner.suggestion_id == Suggestion.id),),
        where=(Suggestion.withdrawn_on.is_(None),),
    ),
    Source(
        EventOpinion,
        DutyKind.SPEECH,
        EventOpinion.mandate_id,
        EventOpinion.given_on,
        EventOpinion.content,
        role="发言",
        opens=(EventOpinion.event_kind, EventOpinion.event_id),
    ),
    Source(
        LegOpinion,
        DutyKind.LEG_OPINION,
        LegOpinion.mandate_id,
        LegOpinion.given_on,
        LegOpinion.content,
        func.coalesce(LegRound.name, NOTHING),
        role="提出",
        looks=((LegRound, LegRound.id == LegOpinion.round_id),),
        opens=(LegRound, LegOpinion.round_id),
    ),
    Source(
        Conversion,
        DutyKind.CONVERSION,
        Conversion.mandate_id,
        Conversion.screened_on,
        Conversion.subject,
        role="提出",
    ),
    Source(  # the petitioner's matter is no part of a file that others see
        Petition,
        DutyKind.PETITION,
        Petition.agent_id,
        Petition.named_on,
        literal("代办信访事项第", String) + cast(Petition.number, String) + literal("号", String),
        role="代办",
    ),
    Source(
        Project,
        DutyKind.PROJECT,
        Mandate.id,
        Project.started_on,
        Project.name,
        literal("监督小组", String),
        role="监督",
        joins=((Mandate, and_(Mandate.group_id == Project.group_id, _in_office)),),
        where=(Project.group_id != "",),
    ),
    Source(
        Evaluation,
        DutyKind.EVALUATION,
        EvaluationEntry.mandate_id,
        Evaluation.held_on,
        Evaluation.name,
        EvaluationEntry.grade,
        role="述职",
        joins=((EvaluationEntry, EvaluationEntry.evaluation_id == Evaluation.id),),
        where=(Evaluation.state != EvaluationState.PREPARED,),
    ),
    Source(
        SupervisorRemark,
        DutyKind.REMARK,
        SupervisorRemark.mandate_id,
        SupervisorRemark.made_on,
        SupervisorRemark.content,
        SupervisorRemark.handled,
        role="",
    ),
    Source(
        Practice,
        DutyKind.DEED,
        Practice.mandate_id,
        Practice.noted_on,
        Practice.name,
        Practice.summary,
        role="",
    ),
    Source(
        Publicity,
        DutyKind.PUBLICITY,
        Publicity.mandate_id,
        Publicity.published_on,
        Publicity.headline,
        Publicity.outlet,
        role="撰稿",
    ),
    Source(
        Honour,
        DutyKind.HONOUR,
        Honour.mandate_id,
        Honour.given_on,
        Honour.name,
        Honour.giver,
        role="",
    ),
    Source(
        Leave,
        DutyKind.LEAVE,
        Leave.mandate_id,
        Leave.from_on,
        Leave.reason,
        role="",
        half_days=Leave.half_days,
        where=(Leave.approval == Approval.APPROVED,),
    ),
    Source(
        PointEntry,
        DutyKind.OTHER,
        PointEntry.mandate_id,
        PointEntry.earned_on,
        PointEntry.evidence,
        PointEntry.note,
        role=PointEntry.role,
        where=(PointEntry.source_kind.in_(TYPED), PointEntry.state == PointState.VERIFIED),
    ),
)
