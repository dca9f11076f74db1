"""The newest record of a name, after which the next one of that name can be filled in."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from deputydesk.models import Activity, Training, Visit
from deputydesk.operations import activities, trainings, visits
from deputydesk.operations.activities import ActivityRow
from deputydesk.operations.trainings import TrainingRow
from deputydesk.operations.visits import VisitRow


def visit(session: Session, topic: str) -> VisitRow | None:
    """The last visit about a topic."""
    newest = select(Visit.id).where(Visit.topic == topic)
    newest = newest.order_by(Visit.held_on.desc(), Visit.number.desc(), Visit.id.desc()).limit(1)
    found = session.scalars(newest).all()
    return visits.rows(session, ids=found)[0] if found else None


def activity(session: Session, name: str) -> ActivityRow | None:
    """The last activity of a name."""
    newest = select(Activity.id).where(Activity.name == name)
    found = session.scalars(newest.order_by(*activities.LISTING.order).limit(1)).all()
    return activities.rows(session, ids=found)[0] if found else None


def training(session: Session, topic: str) -> TrainingRow | None:
    """The last training on a topic."""
    newest = select(Training.id).where(Training.topic == topic)
    found = session.scalars(newest.order_by(*trainings.LISTING.order).limit(1)).all()
    return trainings.rows(session, ids=found)[0] if found else None
