"""The secret vote on livelihood projects: prepared, counted, ties decided, announced."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import func, select

from deputydesk.errors import FieldError, UserError
from deputydesk.models import Mandate, Meeting, Project, ProjectVote, ProjectVoteEntry
from deputydesk.models.choices import Level
from deputydesk.models.project import ProjectLevel
from deputydesk.office import Right, Tx, operation
from deputydesk.operations import local_rules, project_steps
from deputydesk.operations.checks import filled, get, get_for, not_before, not_future, put
from deputydesk.operations.offices import profile
from deputydesk.operations.project_vote_rows import VoteEntryRow, VoteRow, one
from deputydesk.operations.removal import removal
from deputydesk.rules.project_flow import ProjectState, VoteState
from deputydesk.rules.project_voting import (
    Tie,
    VoteRule,
    check_papers,
    check_row,
    check_ticks,
    check_turnout,
    outcome,
)

KIND = "project_vote"
LEVELS = {ProjectLevel.DISTRICT: Level.DISTRICT, ProjectLevel.TOWN: Level.TOWN}


@dataclass(frozen=True)
class VoteTally:
    """The votes that one candidate got."""

    project_id: str
    yes: int
    no: int
    abstain: int

    @property
    def counts(self) -> Mapping[str, int]:
        """By option."""
        return {"yes": self.yes, "no": self.no, "abstain": self.abstain}


@operation(Right.EVALUATE, "准备民生实事票决")
def save(
    tx: Tx,
    *,
    record_id: str = "",
    level: ProjectLevel,
    year: int,
    name: str,
    held_on: date,
    seats: int,
    project_ids: Sequence[str] = (),
    expected: int = 0,
    meeting_id: str = "",
    host: str = "",
    counter: str = "",
    scrutineer: str = "",
) -> str:
    """Prepare a vote by the rule in force on its day, or change it before it is counted.

    Args:
        tx: the transaction.
        record_id: the vote to change; empty prepares one.
        level: whose congress votes.
        year: for which year projects are chosen.
        name: what the meeting is called.
        held_on: the day.
        seats: how many projects are to be chosen; there must be more candidates.
        project_ids: the candidates; all of the year and level if none are named.
        expected: how many deputies there are; those in office of the level if 0.
        meeting_id: the meeting of the congress.
        host: who presides.
        counter: who counts.
        scrutineer: the chief scrutineer.
    """
    _may_vote(tx)
    rule = _rule(tx, held_on)
    if record_id:
        vote = get(tx.session, ProjectVote, record_id)
        if vote.state != VoteState.PREPARED:
            raise UserError("已经计票的票决不能再改候选项目和应选项数。")
        again = VoteRule.from_dict(vote.rule)
        rule = again if again.is_again else rule
    if meeting_id:
        get_for(tx.session, Meeting, "meeting_id", meeting_id)
    chosen = _candidates(tx, project_ids, level, year, seats)
    made = put(
        tx,
        ProjectVote,
        record_id,
        level=level,
        year=year,
        name=filled("name", name, "会议名称"),
        held_on=held_on,
        seats=seats,
        expected=expected or _deputies(tx, level),
        meeting_id=meeting_id,
        host=host.strip(),
        counter=counter.strip(),
        scrutineer=scrutineer.strip(),
        rule=rule.to_dict(),
    )
    _set_candidates(tx, made.id, chosen)
    tx.about = name.strip()
    return made.id


@operation(Right.EVALUATE, "录入票决计票")
def count(
    tx: Tx,
    *,
    vote_id: str,
    present: int,
    issued: int,
    returned: int,
    valid: int,
    invalid: int,
    tallies: Sequence[VoteTally],
    expected: int = 0,
    counter: str = "",
    scrutineer: str = "",
) -> None:
    """Enter the counted ballots; nothing is kept unless all numbers add up.

    Raises:
        FieldError: people, ballots or a candidate's votes do not agree; says by how much.
        UserError: the result has been announced already.
    """
    vote = get(tx.session, ProjectVote, vote_id)
    if vote.state == VoteState.ANNOUNCED:
        raise UserError(
            "票决结果已经公布，不能再改计票。", hint="确有错误的，先撤销“公布票决结果”。"
        )
    _no_second(tx, vote)
    not_future("held_on", vote.held_on, tx.today, "票决日期")
    rule, whole = VoteRule.from_dict(vote.rule), expected or vote.expected
    problems = check_turnout(expected=whole, present=present, issued=issued, rule=rule)
    problems += check_papers(issued=issued, returned=returned, valid=valid, invalid=invalid)
    if problems:
        raise problems[0]
    given = {tally.project_id: tally for tally in tallies}
    entries = _entries(tx, vote_id)
    for entry in entries:
        _enter(tx, entry, given.pop(entry.project_id, None), valid)
    if given:
        raise FieldError("tallies", "有的项目不在这次票决的候选项目中。")
    wrong = check_ticks([entry.yes for entry in entries], valid=valid, seats=vote.seats)
    if wrong:
        raise FieldError("valid", wrong, hint="请复核有效票和作废票。")
    yes = {entry.project_id: entry.yes for entry in entries}
    found = outcome(yes, seats=vote.seats, expected=whole, present=present, rule=rule)
    for entry in entries:
        entry.rank = found.ranks[entry.project_id]
        entry.elected = entry.project_id in found.chosen
    vote.expected, vote.present, vote.issued, vote.returned = whole, present, issued, returned
    vote.valid, vote.invalid, vote.tie_note = valid, invalid, ""
    vote.counter = counter.strip() or vote.counter
    vote.scrutineer = scrutineer.strip() or vote.scrutineer
    vote.state = VoteState.COUNTED
    tx.about = vote.name


def _enter(tx: Tx, entry: ProjectVoteEntry, tally: VoteTally | None, valid: int) -> None:
    name, field = _name(tx, entry.project_id), f"tally.{entry.project_id}"
    if tally is None:
        raise FieldError(field, f"还没有录入“{name}”的得票。")
    wrong = check_row(tally.counts, valid)
    if wrong:
        raise FieldError(field, f"{name}：{wrong}", hint="请对照计票单改正。")
    entry.yes, entry.no, entry.abstain = tally.yes, tally.no, tally.abstain


def sound(tx: Tx, vote_id: str) -> None:
    """Check the count of a vote as it stands, if there is one yet.

    Raises:
        FieldError: as entering it would.
    """
    vote = tx.session.get(ProjectVote, vote_id)
    if vote is None or not (vote.returned or vote.issued):
        return
    rule, valid = VoteRule.from_dict(vote.rule), vote.valid or 0
    problems = check_turnout(
        expected=vote.expected, present=vote.present or 0, issued=vote.issued or 0, rule=rule
    )
    problems += check_papers(
        issued=vote.issued or 0, returned=vote.returned or 0, valid=valid, invalid=vote.invalid or 0
    )
    if problems:
        raise problems[0]
    entries = _entries(tx, vote_id)
    for entry in entries:
        counts = VoteTally(entry.project_id, entry.yes or 0, entry.no or 0, entry.abstain or 0)
        wrong = check_row(counts.counts, valid)
        if wrong:
            raise FieldError("yes", f"{_name(tx, entry.project_id)}：{wrong}")
    wrong = check_ticks([entry.yes or 0 for entry in entries], valid=valid, seats=vote.seats)
    if wrong:
        raise FieldError("valid", wrong, hint="请复核有效票和作废票。")


@operation(Right.EVALUATE, "再次投票")
def run_off(tx: Tx, *, vote_id: str, held_on: date | None = None, name: str = "") -> str:
    """Prepare the vote held again among those tied at the last place; returns its id."""
    first, level_ones = _tie(tx, vote_id)
    if first.rule.tie != Tie.REVOTE:
        raise UserError(f"按这次的票决办法，同票的项目{first.rule.tie.label}，不再次投票。")
    day = held_on or first.held_on
    not_before("held_on", day, first.held_on, "日期", "前次票决日期")
    vote = ProjectVote(
        level=first.level,
        year=first.year,
        name=name.strip() or f"{first.name}（再次投票）",
        held_on=day,
        seats=first.open_seats,
        expected=first.expected,
        meeting_id=first.meeting_id,
        host=first.host,
        counter=first.counter,
        scrutineer=first.scrutineer,
        rule=replace(first.rule, is_again=True).to_dict(),
        after_id=vote_id,
    )
    tx.session.add(vote)
    _set_candidates(tx, vote.id, [entry.project_id for entry in level_ones])
    tx.about = vote.name
    return vote.id


@operation(Right.EVALUATE, "登记同票处理")
def settle_tie(tx: Tx, *, vote_id: str, project_ids: Sequence[str], tie_note: str) -> None:
    """Say which of those tied were chosen by show of hands, as the rule has it, and how."""
    row, level_ones = _tie(tx, vote_id)
    if row.rule.tie != Tie.SHOW:
        raise UserError(f"按这次的票决办法，同票的项目应当{row.rule.tie.label}。")
    names = "、".join(entry.name for entry in level_ones)
    if len(set(project_ids)) != row.open_seats or not set(project_ids) <= {
        entry.project_id for entry in level_ones
    }:
        raise FieldError("project_ids", f"请从同票的项目（{names}）中选定{row.open_seats}项。")
    get(tx.session, ProjectVote, vote_id).tie_note = filled("tie_note", tie_note, "同票处理")
    for entry in _entries(tx, vote_id):
        entry.elected = entry.elected or entry.project_id in project_ids
    tx.about = row.name


@operation(Right.EVALUATE, "公布票决结果")
def announce(tx: Tx, *, vote_id: str, announced_on: date | None = None) -> None:
    """Announce the result: projects are chosen or lost; those to be voted on again wait."""
    vote = get(tx.session, ProjectVote, vote_id)
    if vote.state != VoteState.COUNTED:
        raise UserError("计票以后才能公布，且只公布一次。", hint="请先录入计票结果。")
    row = one(tx.session, vote_id)
    if row.open_tie and row.rule.tie == Tie.SHOW:
        names = "、".join(entry.name for entry in row.open_tie)
        raise UserError(f"{names}同票，还没有决定。", hint="请先登记同票处理，再公布。")
    day = announced_on or tx.today
    not_future("announced_on", day, tx.today, "公布日期")
    not_before("announced_on", day, vote.held_on, "公布日期", "票决日期")
    is_settled = any(entry.elected for entry in row.tied)
    for entry in row.entries:
        project = get(tx.session, Project, entry.project_id)
        if not vote.after_id or project.votes is None:
            project.votes = entry.counts["yes"]
        if is_settled or entry not in row.tied:
            project_steps.decide(tx, project_id=project.id, is_chosen=entry.elected, day=day)
    vote.state, vote.announced_on = VoteState.ANNOUNCED, day
    tx.about = vote.name


_remove = removal(ProjectVote, (ProjectVoteEntry, ProjectVoteEntry.vote_id), right=Right.EVALUATE)


@operation(Right.EVALUATE, "删除民生实事票决")
def remove(tx: Tx, *, ids: Sequence[str]) -> None:
    """Remove votes prepared by mistake; one that was announced stays."""
    for vote_id in ids:
        vote = get(tx.session, ProjectVote, vote_id)
        if vote.state == VoteState.ANNOUNCED:
            raise UserError(
                f"“{vote.name}”已经公布，不能删除。", hint="确有错误的，先撤销“公布票决结果”。"
            )
        _no_second(tx, vote)
    _remove(tx, ids=ids)


def _no_second(tx: Tx, vote: ProjectVote) -> None:
    """What a later vote stands on stays as it is."""
    if one(tx.session, vote.id).again_id:
        raise UserError(
            f"“{vote.name}”的同票项目已经再次投票。", hint="确有错误的，先删除再次投票。"
        )


def _may_vote(tx: Tx) -> None:
    found = profile(tx.session)
    if found and not found.organ.has_congress:
        raise UserError(
            "街道没有本级人民代表大会，不举行代表票决。",
            hint="项目由街道的议事会议表决，请在“议事会议”里登记，再用“决定实施”登记项目。",
        )


def _rule(tx: Tx, day: date) -> VoteRule:
    found = local_rules.current(tx.session, KIND, day)
    return VoteRule.from_dict(found.rule, name=found.name, source=found.source)


def _candidates(
    tx: Tx, project_ids: Sequence[str], level: ProjectLevel, year: int, seats: int
) -> list[str]:
    query = select(Project).where(
        Project.level == level, Project.year == year, Project.state == ProjectState.CANDIDATE
    )
    found = list(tx.session.scalars(query.order_by(Project.candidate_no, Project.number)))
    known = {project.id for project in found}
    strange = next((each for each in project_ids if each not in known), None)
    if strange is not None:
        name = _name(tx, strange)
        raise FieldError("project_ids", f"“{name}”不是{year}年{level.label}的候选项目。")
    chosen = [p.id for p in found if not project_ids or p.id in project_ids]
    if seats < 1:
        raise FieldError("seats", "应选项数至少是1。")
    if len(chosen) <= seats:
        raise FieldError(
            "seats",
            f"候选项目{len(chosen)}项，应选{seats}项；票决的候选项目应当多于应选项数。",
            hint="请先把初定的项目列为候选，或减少应选项数。",
        )
    return chosen


def _set_candidates(tx: Tx, vote_id: str, project_ids: Sequence[str]) -> None:
    for entry in _entries(tx, vote_id):
        tx.session.delete(entry)
    for position, project_id in enumerate(project_ids, 1):
        tx.session.add(ProjectVoteEntry(vote_id=vote_id, project_id=project_id, position=position))


def _entries(tx: Tx, vote_id: str) -> list[ProjectVoteEntry]:
    return list(
        tx.session.scalars(
            select(ProjectVoteEntry)
            .where(ProjectVoteEntry.vote_id == vote_id)
            .order_by(ProjectVoteEntry.position)
        )
    )


def _tie(tx: Tx, vote_id: str) -> tuple[VoteRow, tuple[VoteEntryRow, ...]]:
    row = one(tx.session, vote_id)
    if not row.open_tie:
        raise UserError("这次票决没有需要处理的末位同票。")
    return row, row.open_tie


def _deputies(tx: Tx, level: ProjectLevel) -> int:
    return (
        tx.session.scalar(
            select(func.count(Mandate.id)).where(
                Mandate.level == LEVELS.get(level),
                Mandate.ended_on.is_(None),
                Mandate.suspended.is_(False),
            )
        )
        or 0
    )


def _name(tx: Tx, project_id: str) -> str:
    project = tx.session.get(Project, project_id)
    return project.name if project else "这个项目"
