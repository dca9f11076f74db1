"""Voters' own data, which stay in the office unless its head says so."""

from deputydesk.errors import FieldError
from deputydesk.journal import capture
from deputydesk.models import Voter
from deputydesk.models.base import labels, new_id, office_scope, scope_of
from deputydesk.models.choices import Sex
from deputydesk.office import Tx
from deputydesk.operations import voter_sharing
from deputydesk.rules.names import clean_name
from deputydesk.rules.office_codes import VOTERS

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
    at_home: bool = False,
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
        at_home: it stays in the office, whatever goes up: who asked for that, and who complains.

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
        voter = _new(tx, at_home=at_home)
    elif scope_of(voter.id) == office_scope.get() + VOTERS:
        if at_home:
            voter = _home_again(tx, voter)
        elif _is_another(voter, name) and not voter_sharing.sharing(tx.session).goes_up:
            voter = _at_home(tx, voter)
    for field, value in given.items():
        if value is not None:
            setattr(voter, field, value)
    return voter.id


def _new(tx: Tx, *, at_home: bool) -> Voter:
    """A record that goes to the office above, if the head said so; else one that never does."""
    goes_up = not at_home and voter_sharing.sharing(tx.session).goes_up
    voter = Voter(id=new_id(office_scope.get() + VOTERS)) if goes_up else Voter()
    tx.session.add(voter)
    return voter


def _is_another(voter: Voter, name: str | None) -> bool:
    """Whether another person was typed over this one."""
    return bool(voter.name) and name is not None and clean_name(name) != voter.name


def _at_home(tx: Tx, shared: Voter) -> Voter:
    """A record that stays home, with what another says."""
    voter = Voter(**{name: getattr(shared, name) for name in labels(Voter) if name != "id"})
    tx.session.add(voter)
    return voter


def _home_again(tx: Tx, shared: Voter) -> Voter:
    """The same voter in a record that stays home; the one that goes up is erased for good.

    What is deleted stays in the log, which goes up; what is erased leaves it here and there.
    """
    voter = _at_home(tx, shared)
    capture.expunge(tx.session, Voter, shared.id)
    return voter
