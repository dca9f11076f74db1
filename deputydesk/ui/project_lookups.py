"""What fields about livelihood projects let the user choose from."""

from deputydesk.models.project import ProjectLevel
from deputydesk.operations import assembly_members, projects, terms, units
from deputydesk.rules.project_flow import DECIDED
from deputydesk.ui.choices import Candidate
from deputydesk.ui.desk import Desk


def responsible_units(desk: Desk) -> list[Candidate]:
    """Units that may carry a project out."""
    return [Candidate(u.id, u.name, u.short_name) for u in desk.ask(units.rows)]


def decided(desk: Desk) -> list[Candidate]:
    """Projects that are to be carried out, the newest year first."""
    return [
        Candidate(p.id, p.name, f"{p.year}年 {p.level.label}")
        for p in desk.ask(projects.rows, states=DECIDED)
    ]


def candidates(desk: Desk) -> list[Candidate]:
    """Projects that may stand on a ballot, and those that stood on one."""
    return [
        Candidate(p.id, p.name, f"{p.year}年 {p.level.label} {p.state.label}")
        for p in desk.ask(projects.rows)
        if p.candidate_no is not None
    ]


def opinions(desk: Desk) -> list[Candidate]:
    """The newest opinions of voters."""
    return [
        Candidate(opinion_id, matter, f"{heard_on}")
        for opinion_id, matter, heard_on in desk.ask(projects.opinions_to_choose)
    ]


def meetings(desk: Desk) -> list[Candidate]:
    """Meetings of the congresses."""
    return [Candidate(m.id, m.name, m.level.label) for m in desk.ask(terms.meetings)]


def streets(desk: Desk) -> list[Candidate]:
    """Streets that have members of an assembly."""
    names = sorted({m.street for m in desk.ask(assembly_members.rows)})
    return [Candidate(name, name) for name in names]


def own_level(desk: Desk) -> ProjectLevel:
    """The level on which the office's own congress decides."""
    return desk.ask(projects.own_level)
