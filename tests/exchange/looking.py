"""What tests look at after a stick came: what is there, and what was said of it."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.orm import Session

from deputydesk.exchange import receiving
from deputydesk.exchange.bundle_file import Refused
from deputydesk.exchange.receiving import Received
from deputydesk.journal.intake import Outcome
from deputydesk.journal.log import SYNC_CHANGE
from deputydesk.office import Office
from deputydesk.operations import units
from tests.journal import samples


def names(office: Office) -> list[str]:
    return sorted(row.name for row in office.ask(units.rows))


def state(office: Office) -> object:
    """Everything an attack could change."""
    return office.ask(samples.everything), office.ask(logged)


def logged(session: Session) -> list[tuple[Any, ...]]:
    return sorted(tuple(row) for row in session.execute(SYNC_CHANGE.select()))


def outcomes(received: Received) -> list[Outcome]:
    return [one.outcome for one in received.taken]


def refused(office: Office, path: Path, words: str) -> None:
    """Prove that a bundle is refused in these words and changes nothing."""
    before = state(office)
    with pytest.raises(Refused, match=words):
        receiving.receive(office, path)
    assert state(office) == before
    assert office.check() == []
