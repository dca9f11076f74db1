"""Suggestions, boards, projects and regulations that the public may read."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from deputydesk.models import (
    Assignment,
    Opinion,
    PointQuarter,
    Project,
    Regulation,
    Reply,
    Suggestion,
    Supervisor,
)
from deputydesk.operations import figures, points, presets
from deputydesk.operations.handling import unit_names
from deputydesk.operations.public_rows import (
    BoardLine,
    LineKind,
    PublicAnswer,
    PublicBoard,
    PublicProject,
    PublicRegulation,
    PublicSuggestion,
    Selection,
    Tile,
)
from deputydesk.operations.public_screen import Screen
from deputydesk.operations.suggestion_rows import Lists, SuggestionRow
from deputydesk.rules.points import shown
from deputydesk.rules.project_flow import ProjectState
from deputydesk.rules.suggestion_flow import SuggestionState

_HIDDEN = (
    SuggestionState.DRAFT,
    SuggestionState.SUBMITTED,
    SuggestionState.REGISTERED,
    SuggestionState.RETURNED,
    SuggestionState.REJECTED,
    SuggestionState.MERGED,
    SuggestionState.WITHDRAWN,
)
"""Not taken, not taken yet, or not a matter of its own any more: nothing to publish."""
_UNDECIDED = (
    ProjectState.PROPOSED,
    ProjectState.CANDIDATE,
    ProjectState.DROPPED,
    ProjectState.LOST,
)
_TILES = (
    "homes.total",
    "mandates.total",
    "home_activities.total",
    "reception.voters",
    "opinions.heard",
    "suggestions.total",
)
_HOME_TILES = ("home_activities.total", "reception.voters", "opinions.heard")


def tiles(session: Session, today: date) -> tuple[Tile, ...]:
    """This year's figures of the office, from the catalogue."""
    first = today.replace(month=1, day=1)
    found = figures.figures(session, first=first, last=today, ids=_TILES)
    return tuple(Tile(f.name, str(f.value or 0), f.unit) for f in found)


def home_tiles(session: Session, today: date) -> dict[str, tuple[Tile, ...]]:
    """This year's figures of each home, from the catalogue."""
    first = today.replace(month=1, day=1)
    found: dict[str, tuple[Tile, ...]] = {}
    for name in _HOME_TILES:
        parts = figures.compare(
            session, name, by=figures.Dimension.HOME, first=first, last=today, empty=True
        )
        for part in parts:
            f = part.figure
            tile = Tile(f.name, str(f.value or 0), f.unit)
            found[part.key] = (*found.get(part.key, ()), tile)
    return found


def led(session: Session) -> dict[str, int]:
    """How many suggestions each deputy led that were taken up and may be published."""
    return dict(
        session.execute(
            select(Suggestion.lead_id, func.count())
            .where(
                Suggestion.public,
                Suggestion.confidential.is_(False),
                Suggestion.state.not_in(_HIDDEN),
            )
            .group_by(Suggestion.lead_id)
        ).all()
    )


def suggestions(
    session: Session,
    today: date,
    selection: Selection,
    screen: Screen,
    names: Mapping[str, str],
) -> list[PublicSuggestion]:
    """Suggestions that may be published, the newest first.

    Args:
        session: the session.
        today: the present day.
        selection: from when on, and whether those without a name are published.
        screen: told of what stays out.
        names: deputies whose names may stand there, by each of their mandates.
    """
    since = selection.since or today.replace(year=today.year - 1, month=1, day=1)
    wanted = (Suggestion.submitted_on >= since, Suggestion.state.not_in(_HIDDEN))
    rows = Lists(session, today).rows(*wanted)
    texts = {
        ident: (reason, proposal)
        for ident, reason, proposal in session.execute(
            select(Suggestion.id, Suggestion.reason, Suggestion.proposal).where(*wanted)
        )
    }
    answers = _answers(session, today)
    found: list[PublicSuggestion] = []
    for row in rows:
        if not _may(row, selection, screen):
            continue
        given = answers.get(row.id, ())
        about = f"{row.code} {row.headline}"
        words = (row.headline, *texts[row.id], *(answer.text for answer in given))
        if screen.passes(Suggestion, row.id, about, *words):
            text = "\n".join(filter(None, texts[row.id]))
            found.append(_suggestion(row, text, given, names))
    return found


def _may(row: SuggestionRow, selection: Selection, screen: Screen) -> bool:
    about = f"{row.code} {row.headline}"
    if not row.public:
        screen.note(LineKind.LEFT_OUT, Suggestion, row.id, about, "全文和答复", "没有标明可以公开")
        return False
    if row.confidential and not selection.unsigned:
        screen.note(LineKind.LEFT_OUT, Suggestion, row.id, about, "全文和答复", "代表要求姓名保密")
        return False
    if row.confidential:
        screen.note(LineKind.LEFT_OUT, Suggestion, row.id, about, "代表姓名", "代表要求姓名保密")
    return True


def _suggestion(
    row: SuggestionRow,
    text: str,
    answers: tuple[PublicAnswer, ...],
    names: Mapping[str, str],
) -> PublicSuggestion:
    withheld = row.confidential
    return PublicSuggestion(
        id=row.id,
        code=row.code,
        year=row.year,
        headline=row.headline,
        lead="" if withheld else names.get(row.lead_id, ""),
        # Even the home would tell: a small one has but one or two deputies.
        lead_id="" if withheld else row.lead_id,
        cosigners=row.cosigners,
        meeting=row.meeting,
        submitted_on=row.submitted_on,
        units=row.units,
        state=row.state_label,
        text=text,
        answers=answers,
    )


def _answers(session: Session, today: date) -> dict[str, tuple[PublicAnswer, ...]]:
    meanings = {row.code: row.meaning for row in presets.answer_classes(session, today)}
    units = unit_names(session)
    found: dict[str, tuple[PublicAnswer, ...]] = {}
    rows = session.execute(
        select(Reply, Assignment.unit_id)
        .outerjoin(Assignment, Assignment.id == Reply.assignment_id)
        .order_by(Reply.replied_on, Reply.id)
    )
    for reply, unit_id in rows:
        answer = PublicAnswer(
            unit=units.get(unit_id or "", ""),
            on=reply.replied_on,
            answer_class=reply.answer_class,
            meaning=meanings.get(reply.answer_class, ""),
            text="\n".join(
                filter(None, (reply.body or reply.done, reply.planned, reply.refused_why))
            ),
        )
        found[reply.suggestion_id] = (*found.get(reply.suggestion_id, ()), answer)
    return found


def board(session: Session, screen: Screen, listed: frozenset[str]) -> PublicBoard | None:
    """The score board of the last closed quarter, if it was published; only deputies on pages."""
    closed = session.scalars(
        select(PointQuarter).order_by(PointQuarter.year.desc(), PointQuarter.quarter.desc())
    ).first()
    if closed is None:
        return None
    title = f"{closed.year}年第{closed.quarter}季度"
    if closed.published_on is None:
        screen.note(
            LineKind.LEFT_OUT, PointQuarter, closed.id, title, "积分榜", "封账以后还没有公示"
        )
        return None
    lines = tuple(
        BoardLine(mandate_id=row.id, rank=row.place, name=row.name, points=shown(row.total))
        for row in points.frozen_rows(closed)
        if row.id in listed
    )
    return PublicBoard(title, closed.scheme_name, closed.published_on, lines)


def projects(session: Session, screen: Screen) -> list[PublicProject]:
    """Livelihood projects that were announced, the newest year first."""
    units = unit_names(session)
    found = session.scalars(
        select(Project)
        .where(Project.announced_on.is_not(None), Project.state.not_in(_UNDECIDED))
        .order_by(Project.year.desc(), Project.level, Project.number, Project.id)
    )
    return [
        PublicProject(
            year=p.year,
            level=p.level.label,
            town=p.town,
            name=p.name,
            content=p.content,
            budget=p.budget,
            unit=units.get(p.unit_id, ""),
            state=p.state.label,
            progress=p.progress,
            grade=p.grade,
        )
        for p in found
        if screen.passes(Project, p.id, p.name, p.name, p.content)
    ]


def regulations(session: Session, screen: Screen) -> list[PublicRegulation]:
    """Rules in force that hang on the wall."""
    found = session.scalars(
        select(Regulation)
        .where(Regulation.on_wall, Regulation.ended_on.is_(None))
        .order_by(Regulation.number, Regulation.id)
    )
    return [
        PublicRegulation(r.name, r.document_no, r.revised_on or r.adopted_on, r.content)
        for r in found
        if screen.passes(Regulation, r.id, r.name, r.name, r.content)
    ]


def note_opinions(session: Session, screen: Screen) -> None:
    """Tell the clerk what never goes out: voters, their opinions, supervisors."""
    heard = session.scalar(select(func.count(Opinion.id))) or 0
    if heard:
        screen.note(
            LineKind.NOTE,
            Opinion,
            "",
            "选民意见",
            f"{heard}件次的内容和选民姓名、电话",
            "只公开件次",
        )
    watching = session.scalar(select(func.count(Supervisor.id))) or 0
    if watching:
        screen.note(
            LineKind.NOTE, Supervisor, "", "履职监督员", f"{watching}人的姓名、电话", "不公开"
        )
