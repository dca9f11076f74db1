"""Why a suggestion may be found not to be handled: the reasons that the local rule lists."""

from datetime import date

from sqlalchemy.orm import Session

from deputydesk.models.choices import RejectReason
from deputydesk.operations import local_rules

REASONS = "reject_reasons"
"""The local rule."""


def choices(session: Session, day: date) -> list[tuple[RejectReason, str]]:
    """The reasons that may be chosen on a day; a reason of the office's own is kept by its name."""
    listed = local_rules.current(session, REASONS, day).rule["reasons"]
    found = [(RejectReason.NONE, "")]
    for one in listed:
        known = RejectReason.stored(one["code"] or one["name"])
        is_same = known.is_known and known.label == one["name"]
        found.append((known if is_same else RejectReason.stored(one["name"]), one["name"]))
    return found
