"""What is searched of each kind of record: said once, the rest follows from the columns."""

import hashlib
from collections.abc import Mapping
from functools import cache

from sqlalchemy import Date, Integer, Text

from deputydesk import models as m
from deputydesk.journal.values import models
from deputydesk.late import dataclass
from deputydesk.models.base import ChoiceType, JsonType, Record, columns_of

FORM = 1
"""To be counted up when texts are normalised or cut into tokens in another way."""

Kind = type[Record]

KINDS: tuple[Kind, ...] = (
    *(m.Mandate, m.Suggestion, m.Opinion, m.Visit, m.Home, m.Unit, m.Evaluation, m.Activity),
    *(m.EventOpinion, m.Training, m.Service, m.Meeting, m.Project, m.ProjectVote, m.Petition),
    *(m.Oversight, m.OversightVisit, m.Conversion, m.Vacancy, m.LegRound, m.LegOpinion),
    *(m.LegPerson, m.Assembly, m.AssemblyMember, m.RotaShift, m.Station, m.ElectoralDistrict),
    *(m.DeputyGroup, m.Supervisor, m.SupervisorRemark, m.HomeCheck, m.Leave, m.Caution),
    *(m.Honour, m.PointEntry, m.PointObjection, m.Expense, m.Fund, m.Dispatch, m.AnnualReport),
    *(m.Regulation, m.Publicity, m.Practice, m.OnlinePoll, m.PartySupport, m.Printout),
)
"""Kinds that a person finds and opens, in the order in which they are listed."""


@dataclass(frozen=True)
class Part:
    """Records whose texts are found with the record they belong to.

    Args:
        model: the kind of the parts.
        parent: the column that holds the id of what they belong to.
        kind: the column that says of which table that is; empty where it is always the same.
        only: the columns that are searched; empty: all that would be.
    """

    model: Kind
    parent: str
    kind: str = ""
    only: tuple[str, ...] = ()


PARTS: Mapping[Kind, tuple[Part, ...]] = {
    m.Mandate: (Part(m.WorkReport, "mandate_id"),),
    m.Visit: (Part(m.VisitDeputy, "visit_id"), Part(m.Opinion, "visit_id", only=("matter",))),
    m.Suggestion: (
        Part(m.Cosigner, "suggestion_id"),
        Part(m.Assignment, "suggestion_id"),
        Part(m.Reply, "suggestion_id"),
        Part(m.Commitment, "suggestion_id"),
        Part(m.Feedback, "suggestion_id"),
        Part(m.Talk, "suggestion_id"),
        Part(m.Urging, "suggestion_id"),
    ),
    m.Assignment: (Part(m.Extension, "assignment_id"),),
    m.Project: (
        Part(m.Milestone, "project_id"),
        Part(m.ProjectPayment, "project_id"),
        Part(m.ProjectEval, "project_id"),
    ),
    m.ProjectVote: (Part(m.ProjectVoteEntry, "vote_id"),),
    m.Evaluation: (Part(m.EvaluationEntry, "evaluation_id"),),
}
"""What belongs to records of a kind; parts may have parts."""

EVERYWHERE: tuple[Part, ...] = (
    Part(m.Attachment, "owner_id", kind="owner_kind"),
    Part(m.DocumentNumber, "record_id", kind="record_kind"),
)
"""What may belong to a record of any kind."""

EVENTS: tuple[Kind, ...] = (
    *(m.Activity, m.Training, m.Service, m.Meeting, m.Assembly, m.LegRound, m.RotaShift),
)
"""Kinds that deputies attend, or are expected at."""

ATTENDED = Part(m.Attendance, "event_id", kind="event_kind", only=("mandate_id", "role", "note"))

CALLED: Mapping[Kind, tuple[str, ...]] = {
    m.Mandate: ("person_id",),
    m.Person: ("name",),
    m.Voter: ("name", "phone", "address"),
    m.Home: ("name",),
    m.Unit: ("name", "short_name"),
    m.DeputyGroup: ("name",),
    m.ElectoralDistrict: ("name",),
    m.Station: ("name",),
    m.Supervisor: ("name",),
    m.Fund: ("name",),
    m.Suggestion: ("headline",),
    m.Project: ("name",),
    m.Meeting: ("name",),
    m.Activity: ("name",),
    m.Training: ("topic",),
    m.Service: ("campaign",),
    m.Assembly: ("name",),
    m.LegRound: ("name",),
    m.RotaShift: ("topic",),
    m.Oversight: ("suggestion_id",),
}
"""What a record is called where others refer to it: found with them, and renamed with it."""

WHOLE: Mapping[Kind, tuple[str, ...]] = {m.Mandate: ("person_id",)}
"""References of which not the name alone but all that is searched is found with the record."""

NAMES: frozenset[tuple[Kind, str]] = frozenset(
    {
        (m.Person, "name"),
        (m.Voter, "name"),
        (m.Supervisor, "name"),
        (m.AssemblyMember, "name"),
        (m.LegPerson, "name"),
        (m.Home, "name"),
        (m.Unit, "name"),
        (m.Unit, "short_name"),
    }
)
"""Names that are found by their pinyin initials as well."""

POINTERS: Mapping[str, str] = {"event_id": "event_kind", "record_id": "record_kind"}
"""Columns that refer to a record of the table which another column names."""

WITH_OTHERS: frozenset[Kind] = frozenset({m.Person, m.Voter})
"""Kinds that are found with what refers to them: a deputy's seat, a voter's opinion."""

NOT_SEARCHED: frozenset[Kind] = frozenset(
    {
        m.AnswerClass,
        m.DeadlineRule,
        m.ExpenseRate,
        m.GradeScale,
        m.OfficeProfile,
        m.PointQuarter,
        m.PointScheme,
        m.Preset,
        m.ScanBatch,
        m.ScanDecision,
        m.ScanLook,
        m.ScanPage,
        m.ScanReading,
        m.ScanRetention,
        m.ScanRun,
        m.Survey,
        m.Term,
        m.VoterSharing,
    }
)
"""Rules and settings, papers that were read: each has its page, and is chosen there."""

TECHNICAL: frozenset[tuple[Kind, str]] = frozenset(
    {
        (m.Attachment, "media"),
        (m.Attachment, "digest"),
        (m.Attachment, "purpose"),
        (m.DocumentNumber, "form"),
        (m.Printout, "form"),
        (m.Dispatch, "digest"),
        (m.LegRound, "point_ids"),
        (m.Station, "roles"),
    }
)
"""Texts that nobody reads, or that hold what no list shows."""

NUMBERS = ("number", "year")
"""Whole numbers by which records are told apart."""

WRITTEN: Mapping[tuple[Kind, str], str] = {
    (m.Suggestion, "number"): "第{}号",
    (m.Opinion, "number"): "意见{}",
}
"""Numbers that lists write in another way."""


@dataclass(frozen=True)
class Reference:
    """A column that names another record.

    Args:
        column: holds its id.
        target: its kind; None where `kind` says which.
        kind: the column that says of which table it is.
        whole: all that is searched of it is found, not the name alone.
    """

    column: str
    target: Kind | None
    kind: str = ""
    whole: bool = False


@dataclass(frozen=True)
class Searched:
    """What is searched of a kind's records, or of parts of one.

    Args:
        own: columns that are searched as they stand.
        references: columns that name other records.
        parts: what belongs to it.
        day: the column that says how new a record is; empty if there is none.
    """

    own: tuple[str, ...]
    references: tuple[Reference, ...]
    parts: tuple[Part, ...] = ()
    day: str = ""

    @property
    def columns(self) -> tuple[str, ...]:
        """All columns that must be read; a change of one is a change of the text."""
        refers = (name for ref in self.references for name in (ref.column, ref.kind) if name)
        return tuple(dict.fromkeys((*self.own, *refers, *((self.day,) if self.day else ()))))


@cache
def searched(model: Kind) -> Searched:
    """What is searched of a kind."""
    days = [c.key for c in columns_of(model) if isinstance(c.type, Date)]
    own = [c.key for c in columns_of(model) if _is_text(model, c.key)]
    parts = PARTS.get(model, ())
    if model in KINDS:
        parts += (ATTENDED,) if model in EVENTS else ()
        parts += EVERYWHERE
    day = next(iter(days), "")
    return Searched((*own, *days[:1], *_more_days(model)), references(model), parts, day)


@cache
def of_part(part: Part) -> Searched:
    """What is searched of parts: not what they belong to, which is found anyway."""
    whole = searched(part.model)
    wanted = frozenset(part.only) or frozenset(whole.columns)
    return Searched(
        tuple(name for name in whole.own if name in wanted),
        tuple(r for r in whole.references if r.column in wanted - {part.parent}),
        whole.parts,
    )


@cache
def of_name(model: Kind) -> Searched:
    """What a record is called, as something that is searched."""
    names = CALLED.get(model, ())
    refers = {r.column: Reference(r.column, r.target, r.kind) for r in references(model)}
    return Searched(
        tuple(name for name in names if name not in refers),
        tuple(refers[name] for name in names if name in refers),
    )


@cache
def references(model: Kind) -> tuple[Reference, ...]:
    """The columns of a kind that name a record which is called something."""
    found: list[Reference] = []
    names = {column.key for column in columns_of(model)}
    for column in columns_of(model):
        name = column.key
        target = models().get(column.info["refers"])
        if target in CALLED:
            found.append(Reference(name, target, whole=name in WHOLE.get(model, ())))
        elif POINTERS.get(name, "") in names:
            found.append(Reference(name, None, kind=POINTERS[name]))
    return tuple(found)


@cache
def form() -> str:
    """The form of the index that this program makes: another where anything is said otherwise."""
    said = [repr(FORM), *(f"{model.__tablename__} {searched(model)}" for model in KINDS)]
    said += [f"{of_name(model)}" for model in CALLED]
    said += [f"{model.__tablename__}.{name}" for model, name in sorted(NAMES, key=str)]
    said += [f"{model.__tablename__}.{name} {way}" for (model, name), way in WRITTEN.items()]
    return hashlib.sha256("\n".join(said).encode()).hexdigest()


def _is_text(model: Kind, name: str) -> bool:
    """Whether a column is searched as it stands."""
    column = next(c for c in columns_of(model) if c.key == name)
    if column.primary_key or column.info["refers"] or column.info.get("secret"):
        return False
    if (model, name) in TECHNICAL:
        return False
    if isinstance(column.type, Text):
        return not name.endswith(("_kind", "_id"))
    if isinstance(column.type, JsonType):
        return not column.info.get("mapping")
    return isinstance(column.type, ChoiceType) or (
        isinstance(column.type, Integer) and name in NUMBERS
    )


def _more_days(model: Kind) -> tuple[str, ...]:
    return ("to_on",) if model is m.Leave else ()
