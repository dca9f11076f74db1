"""What fields of several pages let the user choose from."""

from deputydesk.operations import deputies, links, places, visits
from deputydesk.ui.choices import Candidate
from deputydesk.ui.desk import Desk


def homes(desk: Desk) -> list[Candidate]:
    """All homes, by level."""
    return [Candidate(home.id, home.name, home.detail) for home in desk.ask(places.home_names)]


def deputies_in_office(desk: Desk) -> list[Candidate]:
    """Everybody who can act as a deputy, once each, with what tells namesakes apart."""
    return [
        Candidate(
            row.id,
            row.name,
            " · ".join(part for part in (row.level.label, row.town, row.job) if part),
        )
        for row in desk.ask(deputies.rows)
        if row.main and not row.suspended
    ]


def districts(desk: Desk) -> list[Candidate]:
    """All electoral districts."""
    return [Candidate(row.id, row.name) for row in desk.ask(places.districts)]


def towns(desk: Desk) -> list[Candidate]:
    """Every town, sumu or street that a deputy belongs to."""
    names = sorted({row.town for row in desk.ask(deputies.rows) if row.town})
    return [Candidate(name, name) for name in names]


def topics(desk: Desk) -> list[Candidate]:
    """What activities were about before, the newest first."""
    return [Candidate(topic, topic) for topic in desk.ask(visits.topics)]


def members(desk: Desk) -> list[Candidate]:
    """Members of the standing committee or presidium who contact deputies."""
    found = desk.ask(links.members, desk.today)
    return [Candidate(row.id, row.id, row.post) for row in found]
