"""Secret votes on projects as lists, the counting grid and the report show them."""

from collections.abc import Mapping, Sequence
from dataclasses import field
from datetime import date

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, aliased

from deputydesk.late import dataclass
from deputydesk.models import Meeting, Project, ProjectVote, ProjectVoteEntry, Unit
from deputydesk.models.project import ProjectLevel
from deputydesk.operations.checks import get
from deputydesk.operations.todo_item import Todo
from deputydesk.rules.deadlines import Due
from deputydesk.rules.project_flow import VoteState
from deputydesk.rules.project_voting import Outcome, VoteRule, outcome


@dataclass(frozen=True)
class VoteEntryRow:
    """A candidate project on the ballot with its votes."""

    id: str
    project_id: str
    position: int
    name: str
    content: str
    budget: int
    unit: str
    counts: Mapping[str, int]
    rank: int | None
    elected: bool


@dataclass(frozen=True)
class VoteRow:
    """A vote: its ballots, its rule, what it gave."""

    id: str
    level: ProjectLevel
    year: int
    name: str
    held_on: date
    meeting_id: str
    meeting: str
    seats: int
    expected: int
    present: int
    issued: int | None
    returned: int | None
    valid: int | None
    invalid: int | None
    state: VoteState
    rule: VoteRule
    after_id: str
    after: str
    """The vote of which it decides the tie; empty for a first one."""
    again_id: str
    """The vote held again among its tied; empty if there is none."""
    tie_note: str
    host: str
    counter: str
    scrutineer: str
    announced_on: date | None
    entries: tuple[VoteEntryRow, ...] = field(repr=False)

    @property
    def project_ids(self) -> tuple[str, ...]:
        """The candidates in the order of the ballot."""
        return tuple(entry.project_id for entry in self.entries)

    @property
    def outcome(self) -> Outcome | None:
        """What the count gave; None while it is not counted."""
        if self.state == VoteState.PREPARED:
            return None
        return outcome(
            {entry.project_id: entry.counts["yes"] for entry in self.entries},
            seats=self.seats,
            expected=self.expected,
            present=self.present,
            rule=self.rule,
        )

    @property
    def tied(self) -> tuple[VoteEntryRow, ...]:
        """Candidates level at the last place, however it was decided between them."""
        found = self.outcome
        return tuple(e for e in self.entries if found and e.project_id in found.tied)

    @property
    def open_tie(self) -> tuple[VoteEntryRow, ...]:
        """Those tied while nothing has been decided between them yet."""
        is_settled = self.again_id or any(entry.elected for entry in self.tied)
        return () if is_settled else self.tied

    @property
    def open_seats(self) -> int:
        """How many of those tied can be chosen."""
        return self.outcome.open_seats if self.outcome else 0

    @property
    def chosen(self) -> tuple[VoteEntryRow, ...]:
        """Who is chosen by this vote, the most votes first."""
        ranked = sorted(self.entries, key=lambda entry: (entry.rank or 0, entry.position))
        return tuple(entry for entry in ranked if entry.elected)

    @property
    def stands(self) -> str:
        """How far it is, in words."""
        return "同票待定" if self.open_tie else self.state.label


def rows(session: Session, year: int | None = None) -> list[VoteRow]:
    """Votes, newest first."""
    return _rows(session, [] if year is None else [ProjectVote.year == year])


def one(session: Session, vote_id: str) -> VoteRow:
    """One vote.

    Raises:
        UserError: there is none with this id.
    """
    get(session, ProjectVote, vote_id)
    return _rows(session, [ProjectVote.id == vote_id])[0]


def todos(session: Session, today: date) -> list[Todo]:
    """Votes that were held and not counted, and ties that nobody has decided."""
    waiting = _rows(
        session, [ProjectVote.held_on <= today, ProjectVote.state != VoteState.ANNOUNCED]
    )
    open_ones = [row for row in waiting if row.state == VoteState.PREPARED or row.open_tie]
    return [
        Todo(
            "同票待定" if row.open_tie else "待录入",
            Due.OPEN.value,
            f"民生实事票决：{row.name}",
            ProjectVote.__tablename__,
            row.id,
            None,
        )
        for row in open_ones
    ]


def _rows(session: Session, where: Sequence[ColumnElement[bool]]) -> list[VoteRow]:
    before = aliased(ProjectVote)
    found = session.execute(
        select(ProjectVote, Meeting.name, before.name)
        .outerjoin(Meeting, Meeting.id == ProjectVote.meeting_id)
        .outerjoin(before, before.id == ProjectVote.after_id)
        .where(*where)
        .order_by(ProjectVote.held_on.desc(), ProjectVote.id.desc())
    ).all()
    again = dict(
        session.execute(
            select(ProjectVote.after_id, ProjectVote.id).where(ProjectVote.after_id != "")
        ).all()
    )
    entries = _entries(session, [vote.id for vote, *_ in found])
    return [
        _row(vote, meeting or "", after or "", again.get(vote.id, ""), entries.get(vote.id, []))
        for vote, meeting, after in found
    ]


def _entries(session: Session, vote_ids: Sequence[str]) -> dict[str, list[VoteEntryRow]]:
    found = session.execute(
        select(ProjectVoteEntry, Project, Unit.name)
        .outerjoin(Project, Project.id == ProjectVoteEntry.project_id)
        .outerjoin(Unit, Unit.id == Project.unit_id)
        .where(ProjectVoteEntry.vote_id.in_(vote_ids))
        .order_by(ProjectVoteEntry.position, ProjectVoteEntry.id)
    )
    of_vote: dict[str, list[VoteEntryRow]] = {}
    for entry, project, unit in found:
        row = VoteEntryRow(
            id=entry.id,
            project_id=entry.project_id,
            position=entry.position,
            name=project.name if project else "（项目记录未收到）",
            content=project.content if project else "",
            budget=project.budget if project else 0,
            unit=unit or "",
            counts={"yes": entry.yes, "no": entry.no, "abstain": entry.abstain},
            rank=entry.rank,
            elected=entry.elected,
        )
        of_vote.setdefault(entry.vote_id, []).append(row)
    return of_vote


def _row(
    v: ProjectVote, meeting: str, after: str, again_id: str, entries: Sequence[VoteEntryRow]
) -> VoteRow:
    return VoteRow(
        id=v.id,
        level=v.level,
        year=v.year,
        name=v.name,
        held_on=v.held_on,
        meeting_id=v.meeting_id,
        meeting=meeting,
        seats=v.seats,
        expected=v.expected,
        present=v.present,
        issued=v.issued,
        returned=v.returned,
        valid=v.valid,
        invalid=v.invalid,
        state=v.state,
        rule=VoteRule.from_dict(v.rule),
        after_id=v.after_id,
        after=after,
        again_id=again_id,
        tie_note=v.tie_note,
        host=v.host,
        counter=v.counter,
        scrutineer=v.scrutineer,
        announced_on=v.announced_on,
        entries=tuple(entries),
    )
