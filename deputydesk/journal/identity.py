"""Who this copy of the data is; a copy of a copy must be somebody else."""

import secrets

from sqlalchemy import update
from sqlalchemy.orm import Session

from deputydesk.journal.log import SYNC_SELF

BASE32 = "abcdefghijklmnopqrstuvwxyz234567"


def new_device() -> str:
    """A name for a PC that no other has had."""
    return "".join(secrets.choice(BASE32) for _ in range(10))


def renew(session: Session) -> str:
    """Write under a new name from now on; returns it.

    What was written under the old one is one more feed that others may know further than we do.
    Two copies that wrote on under one name would give two changes the same number.
    """
    device = new_device()
    session.execute(update(SYNC_SELF).values(device=device))
    return device
