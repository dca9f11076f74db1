"""Voters' own data, which stay in the office."""

from deputydesk.errors import FieldError
from deputydesk.models import Voter
from deputydesk.models.choices import Sex
from deputydesk.office import Tx
from deputydesk.rules.names import clean_name

OLDEST = 130


def record(
    tx: Tx,
    voter_id: str,
    *,
    name: str | None,
    sex: Sex | None,
    age: int | None,
    phone: str | None,
    address: str | None,
) -> str:
    """Write down what is known of a voter; returns the record's id, empty if nothing is.

    Args:
        tx: the transaction.
        voter_id: the record to correct; empty for a new one.
        name: as all that follow: None leaves what is there.
        sex: see name.
        age: see name.
        phone: see name.
        address: see name.

    Raises:
        FieldError: an age that nobody has.
    """
    if age is not None and not 0 < age <= OLDEST:
        raise FieldError("voter_age", "请检查选民年龄。", hint="不清楚的可以不填。")
    given = {
        "name": None if name is None else clean_name(name),
        "sex": sex,
        "age": age,
        "phone": None if phone is None else phone.strip(),
        "address": None if address is None else address.strip(),
    }
    voter = tx.session.get(Voter, voter_id) if voter_id else None
    if voter is None:
        if not any(given.values()):
            return ""
        voter = Voter()
        tx.session.add(voter)
    for field, value in given.items():
        if value is not None:
            setattr(voter, field, value)
    return voter.id
