"""What a new office does first, and what of it is done: read from what was registered."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from deputydesk.models import Home, Mandate, OfficeProfile, Printout, Visit


def done(session: Session) -> frozenset[str]:
    """Which of profile, roster, home, visit and print are done."""
    kinds = {"roster": Mandate, "home": Home, "visit": Visit, "print": Printout}
    found = {name for name, kind in kinds.items() if session.scalar(select(kind.id).limit(1))}
    profile = session.scalar(select(OfficeProfile).limit(1))
    if profile and (profile.phone or profile.head or profile.clerk):
        found.add("profile")
    return frozenset(found)
