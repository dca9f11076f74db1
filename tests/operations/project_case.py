"""Livelihood projects for tests: proposed, shortlisted, voted on."""

from collections.abc import Mapping
from datetime import date

from deputydesk.models.project import ProjectLevel
from deputydesk.office import Office
from deputydesk.operations import project_steps, project_votes, projects
from deputydesk.operations.project_votes import VoteTally

YEAR = 2026
PROPOSED = date(2026, 1, 5)
VOTED = date(2026, 2, 10)
WAN = 1_000_000


def project(office: Office, name: str = "旧区供水管网改造", *, budget: int = 250 * WAN) -> str:
    """A proposed project; returns its id."""
    return office.do(
        projects.save,
        level=ProjectLevel.TOWN,
        year=YEAR,
        name=name,
        proposed_on=PROPOSED,
        budget=budget,
    )


def candidate(office: Office, name: str = "旧区供水管网改造", *, budget: int = 250 * WAN) -> str:
    """A project on the list of candidates."""
    made = project(office, name, budget=budget)
    office.do(
        project_steps.shortlist,
        project_id=made,
        screening="普惠、可行，财力可承受",
        screened_on=date(2026, 1, 20),
    )
    return made


def chosen(office: Office, name: str = "旧区供水管网改造", *, budget: int = 250 * WAN) -> str:
    """A project that is to be carried out."""
    made = project(office, name, budget=budget)
    office.do(project_steps.adopt, project_id=made, decision="镇党政会议定", chosen_on=VOTED)
    return made


def building(office: Office, name: str = "旧区供水管网改造", *, budget: int = 250 * WAN) -> str:
    """A project under way since March."""
    made = chosen(office, name, budget=budget)
    office.do(project_steps.start, project_id=made, started_on=date(2026, 3, 1))
    return made


def vote(office: Office, *, seats: int, expected: int = 46, held_on: date = VOTED) -> str:
    """A vote on all candidates; returns its id."""
    return office.do(
        project_votes.save,
        level=ProjectLevel.TOWN,
        year=YEAR,
        name="镇十届人大一次会议",
        held_on=held_on,
        seats=seats,
        expected=expected,
    )


def tallies(votes: Mapping[str, int], valid: int) -> tuple[VoteTally, ...]:
    """Votes for each project; of the rest half are against."""
    return tuple(
        VoteTally(project_id, yes, (valid - yes) // 2, valid - yes - (valid - yes) // 2)
        for project_id, yes in votes.items()
    )


def counted(
    office: Office,
    vote_id: str,
    votes: Mapping[str, int],
    *,
    present: int = 46,
    valid: int = 44,
    invalid: int = 2,
) -> None:
    """Enter a count in which everybody present handed in a ballot."""
    office.do(
        project_votes.count,
        vote_id=vote_id,
        present=present,
        issued=present,
        returned=valid + invalid,
        valid=valid,
        invalid=invalid,
        tallies=tallies(votes, valid),
    )
