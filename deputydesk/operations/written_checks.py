"""What is written past a form meets the checks of the form: the sentences are the same.

A line of a sheet, or an earlier value that is put back, goes through the operation that registers
such a record, with what else belongs to the record (its deputies, its voter) as it is; kinds
written by steps have a check of their own.
"""

import inspect
from collections.abc import Callable, Collection, Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import select

from deputydesk import models as m
from deputydesk.errors import FieldError, UserError
from deputydesk.models.base import JsonType, Record, blank, columns_of, labels
from deputydesk.office import Operation, Tx
from deputydesk.operations import (
    activities,
    assemblies,
    assembly_members,
    attachments,
    attendances,
    by_elections,
    cautions,
    conversions,
    deputies,
    deputy_groups,
    document_numbers,
    electoral_districts,
    evaluations,
    event_opinions,
    expense_rates,
    expenses,
    funds,
    home_checks,
    honours,
    leaves,
    leg_opinions,
    leg_people,
    leg_rounds,
    meeting_attendance,
    milestones,
    online_polls,
    opinions,
    oversights,
    participants,
    party_support,
    petitions,
    places,
    point_entries,
    practices,
    project_evals,
    project_payments,
    project_votes,
    projects,
    publicity,
    regulations,
    rotas,
    scan_retention,
    services,
    stations,
    suggestions,
    supervisor_remarks,
    supervisors,
    surveys,
    trainings,
    units,
    visits,
    voter_sharing,
    work_reports,
    yearly_numbers,
)
from deputydesk.operations.checks import not_future
from deputydesk.operations.participants import Attendee

Values = Mapping[str, Any]  # Any: values of columns
Also = Callable[[Tx, str], Values]
"""What else belongs to a record, as it is: the operation would otherwise take it away."""

STATE = "state"
"""The column that only steps change."""


def _nothing(tx: Tx, record_id: str) -> Values:
    del tx, record_id
    return {}


def _attendees(model: type[Record]) -> Also:
    def listed(tx: Tx, record_id: str) -> Values:
        found = attendances.rows(tx.session, model, [record_id]).get(record_id, [])
        return {
            "attendees": tuple(
                Attendee(a.mandate_id, a.presence, a.role, a.half_days, a.hours, a.note)
                for a in found
            )
        }

    return listed


def _shift_deputies(tx: Tx, record_id: str) -> Values:
    found = attendances.rows(tx.session, m.RotaShift, [record_id]).get(record_id, [])
    return {"deputy_ids": tuple(one.mandate_id for one in found)}


def _members(tx: Tx, record_id: str) -> Values:
    found = select(m.Mandate.id).where(m.Mandate.group_id == record_id)
    return {"member_ids": tuple(tx.session.scalars(found))}


def _petitioner(tx: Tx, record_id: str) -> Values:
    petition = tx.session.get(m.Petition, record_id)
    voter = tx.session.get(m.Voter, petition.voter_id) if petition else None
    if voter is None:
        return {}
    return {
        "voter_name": voter.name,
        "voter_sex": voter.sex,
        "voter_phone": voter.phone,
        "voter_address": voter.address,
    }


@dataclass(frozen=True)
class Through:
    """The operation that registers or changes a kind, and by which parameter it knows a record."""

    operation: Operation[..., Any]
    key: str = "record_id"
    also: Also = _nothing


THROUGH: Mapping[type[Record], Through] = {
    m.Activity: Through(activities.save, also=_attendees(m.Activity)),
    m.Assembly: Through(assemblies.save),
    m.AssemblyMember: Through(assembly_members.save),
    m.Attachment: Through(attachments.edit, "attachment_id"),
    m.Caution: Through(cautions.save),
    m.Conversion: Through(conversions.save),
    m.DeputyGroup: Through(deputy_groups.save, also=_members),
    m.DocumentNumber: Through(document_numbers.save),
    m.ElectoralDistrict: Through(electoral_districts.save),
    m.EventOpinion: Through(event_opinions.save),
    m.Expense: Through(expenses.save),
    m.ExpenseRate: Through(expense_rates.save),
    m.Fund: Through(funds.save),
    m.Home: Through(places.edit_home, "home_id"),
    m.Honour: Through(honours.save),
    m.Leave: Through(leaves.save),
    m.LegOpinion: Through(leg_opinions.save),
    m.LegPerson: Through(leg_people.save),
    m.LegRound: Through(leg_rounds.save),
    m.Meeting: Through(meeting_attendance.save, also=_attendees(m.Meeting)),
    m.Milestone: Through(milestones.save),
    m.OnlinePoll: Through(online_polls.save),
    m.Opinion: Through(opinions.edit, "opinion_id"),
    m.Oversight: Through(oversights.save),
    m.OversightVisit: Through(oversights.save_visit),
    m.PartySupport: Through(party_support.save),
    m.Petition: Through(petitions.save, also=_petitioner),
    m.PointEntry: Through(point_entries.save),
    m.Practice: Through(practices.save),
    m.Project: Through(projects.save),
    m.ProjectEval: Through(project_evals.save),
    m.ProjectPayment: Through(project_payments.save),
    m.Publicity: Through(publicity.save),
    m.Regulation: Through(regulations.save),
    m.RotaShift: Through(rotas.save, also=_shift_deputies),
    m.Service: Through(services.save, also=_attendees(m.Service)),
    m.Station: Through(stations.save),
    m.Suggestion: Through(suggestions.edit, "suggestion_id"),
    m.Supervisor: Through(supervisors.save),
    m.SupervisorRemark: Through(supervisor_remarks.save),
    m.Training: Through(trainings.save, also=_attendees(m.Training)),
    m.Unit: Through(units.edit, "unit_id"),
    m.WorkReport: Through(work_reports.save),
}
"""Kinds that have one operation for all of what a person fills in."""


def _vote(tx: Tx, record: m.ProjectVote) -> None:
    project_votes.sound(tx, record.id)


def _vote_entry(tx: Tx, record: m.ProjectVoteEntry) -> None:
    project_votes.sound(tx, record.vote_id)


def _evaluation(tx: Tx, record: m.Evaluation) -> None:
    evaluations.sound(tx, record.id)


def _evaluation_entry(tx: Tx, record: m.EvaluationEntry) -> None:
    evaluations.sound(tx, record.evaluation_id)


def _vacancy(tx: Tx, record: m.Vacancy) -> None:
    del tx
    by_elections.sound(record)


SOUND: Mapping[type[Record], Callable[[Tx, Any], None]] = {  # Any: a record of the kind
    m.Attendance: participants.sound,
    m.Evaluation: _evaluation,
    m.EvaluationEntry: _evaluation_entry,
    m.HomeCheck: home_checks.sound,
    m.Mandate: deputies.sound,
    m.Person: deputies.sound_person,
    m.ProjectVote: _vote,
    m.ProjectVoteEntry: _vote_entry,
    m.Survey: surveys.sound,
    m.Vacancy: _vacancy,
    m.Visit: visits.sound,
    m.VisitDeputy: visits.sound_deputy,
}
"""Kinds whose records are checked as they stand."""

BY_STEPS: Mapping[type[Record], frozenset[str]] = {
    m.Evaluation: frozenset({"issued", "returned", "valid", "invalid", "scale"}),
    m.EvaluationEntry: frozenset({"counts", "void", "grade"}),
    m.Printout: frozenset(labels(m.Printout)),
    m.ProjectVote: frozenset({"expected", "present", "issued", "returned", "valid", "invalid"}),
    m.ProjectVoteEntry: frozenset({"yes", "no", "abstain", "rank", "elected"}),
    m.RotaShift: frozenset({"planned_on"}),
    m.Survey: frozenset({"questions", "named", "counts", *surveys.NUMBERS}),
}
"""Columns beside the state that a step writes, with what follows from it."""


PAST: Mapping[type[Record], tuple[str, ...]] = {
    m.Assignment: ("assigned_on", "signed_on"),
    m.Commitment: ("settled_on",),
    m.Extension: ("asked_on",),
    m.Feedback: ("sent_on", "returned_on"),
    m.PointObjection: ("raised_on",),
    m.Printout: ("printed_on",),
    m.Reply: ("replied_on",),
    m.Talk: ("held_on",),
    m.Urging: ("urged_on",),
}
"""Days of what has been done, in kinds that only steps write."""

DECIDED: Mapping[type[Record], Operation[..., Any]] = {
    m.VoterSharing: voter_sharing.decide,
    m.ScanRetention: scan_retention.decide,
}
"""Kinds that only who may take the decision may write, whichever way."""

RULES = (m.AnswerClass, m.DeadlineRule, m.GradeScale, m.PointScheme, m.Preset)
"""What was decided stands on them: a change is a new version, with its day."""

EVIDENCE = (m.ScanRun, m.ScanBatch, m.ScanPage, m.ScanReading, m.ScanDecision, m.ScanLook)
"""What came back on paper and what was said of it: written by its own steps alone."""


@contextmanager
def at(model: type[Record], place: str) -> Generator[None]:
    """Say in which line, and in which column if it has one, something cannot be taken."""
    try:
        yield
    except FieldError as error:
        label = labels(model).get(error.field)
        where = f"{place}的“{label}”" if label else place
        message = f"{where}不能这样填：{error.message}"
        raise FieldError(error.field, message, hint=error.hint) from error
    except UserError as error:
        raise UserError(f"{place}不能这样填：{error.message}", hint=error.hint) from error


def refuse_steps(model: type[Record], differing: Collection[str]) -> None:
    """Refuse to change what only a step changes: it knows what follows.

    Raises:
        FieldError: a column is of that kind.
    """
    if differing and issubclass(model, RULES):
        raise UserError(
            f"“{model.title}”已经生效，不能用表格改写。",
            hint="请在程序里从某日起另立一版，过去的办理和积分不变。",
        )
    for name in differing:
        if name == STATE or name in BY_STEPS.get(model, ()):
            raise FieldError(
                name,
                "由办理步骤填写，不能用表格修改。",
                hint=f"请保持这一列原样，在“{model.title}”所在的页面上办理。",
            )


@cache
def entered(model: type[Record]) -> frozenset[str]:
    """The columns that a person fills in, of a kind that has an operation for them; else none."""
    if model not in THROUGH:
        return frozenset()
    asked = set(inspect.signature(THROUGH[model].operation.run).parameters) - {THROUGH[model].key}
    return frozenset(c.key for c in columns_of(model) if c.key in asked)


def add(tx: Tx, model: type[Record], values: Values) -> Record:
    """A new record; what steps write is as the sheet says."""
    through = THROUGH.get(model)
    if through is None:
        record = model(**values)
        tx.session.add(record)
        return record
    given = {name: value for name, value in values.items() if name in entered(model)}
    if "id" in values or through.key != "record_id" or model is m.Meeting:
        known = {name: values[name] for name in ("id", "number") if name in values}
        record = model(**known, **given)
        tx.session.add(record)
        tx.session.flush()
        check(tx, record, given)
    else:
        record_id = through.operation(tx, **_arguments(model, given))
        tx.session.flush()
        record = tx.session.get_one(model, record_id)
    for name, value in values.items():
        if name not in given:
            setattr(record, name, value)
    return record


def check(tx: Tx, record: Record, changed: Values) -> None:
    """Hold a record against the checks of the screen; what a person fills in is changed by them.

    Args:
        tx: the transaction.
        record: the record; the columns that no operation fills in are changed already.
        changed: what the sheet says differently.

    Raises:
        UserError: as the screen would say it.
    """
    model = type(record)
    yearly_numbers.keep_single(tx.session, record)
    for name in PAST.get(model, ()):
        day = getattr(record, name)
        if day:
            not_future(name, day, tx.today, labels(model)[name])
    sound = SOUND.get(model)
    if sound:
        tx.session.flush()
        sound(tx, record)
    through = THROUGH.get(model)
    if through is None or not entered(model).intersection(changed):
        return
    tx.session.flush()
    own = {name: changed.get(name, getattr(record, name)) for name in entered(model)}
    also = through.also(tx, record.id)
    through.operation(tx, **{through.key: record.id}, **_arguments(model, own), **also)


def check_whole(tx: Tx, record: Record) -> None:
    """Hold all of a record against the checks of the screen; what steps wrote stays.

    Raises:
        UserError: as the screen would say it.
    """
    model = type(record)
    yearly_numbers.keep_single(tx.session, record)
    written = {c.key: getattr(record, c.key) for c in columns_of(model) if not c.primary_key}
    check(tx, record, {name: written[name] for name in entered(model)})
    for name in written.keys() - entered(model):
        setattr(record, name, written[name])


def refuse_without_right(tx: Tx, model: type[Record]) -> None:
    """Refuse who may not write records of a kind.

    Raises:
        NotAllowed: the user may not.
        UserError: nobody may, but by the steps that make them.
    """
    if issubclass(model, EVIDENCE):
        raise UserError(
            f"“{model.title}”是读票的凭据，只由读票的步骤写入。", hint="请在读票的页面上办理。"
        )
    if model in DECIDED:
        tx.demand(DECIDED[model])
    through = THROUGH.get(model)
    if through:
        tx.demand(through.operation)


def _arguments(model: type[Record], given: Values) -> dict[str, Any]:
    """Values as the operation takes them; a column that was left out is blank."""
    columns = {column.key: column for column in columns_of(model)}
    said = {name: given.get(name, blank(columns[name])) for name in entered(model)}
    return {
        name: tuple(value) if isinstance(columns[name].type, JsonType) else value
        for name, value in said.items()
    }
