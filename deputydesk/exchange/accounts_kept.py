"""Who signs in stays as it is when a backup is put back: else an old backup would open the data."""

from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from deputydesk.errors import UserError
from deputydesk.journal.tables import SyncKey
from deputydesk.late import dataclass, field
from deputydesk.models.account import Account, AccountEvent, AccountVault
from deputydesk.office import Office, Right, Tx, operation, refuse_without
from deputydesk.operations import accounts

_TABLES = (Account.__table__, AccountVault.__table__, AccountEvent.__table__)
_KEY = SyncKey.__table__

Rows = tuple[dict[str, Any], ...]  # Any: as the columns have it


@dataclass(frozen=True)
class AccountsKept:
    """Who signs in at the present data, and the keys that their passwords open.

    Args:
        rows: of each table of accounts.
        keys: the office's own.
        secret: opens them.
    """

    rows: tuple[Rows, ...] = field(repr=False)
    keys: Rows = field(repr=False)
    secret: bytes = field(repr=False)


def of(office: Office) -> AccountsKept | None:
    """What is to be carried over from the present data; None where nobody signs in.

    Raises:
        UserError: one signs in, but nobody has.
    """
    if not office.ask(accounts.is_on):
        return None
    if not office.secret:
        raise UserError("请先登录。")
    *tables, keys = office.ask(_read)
    return AccountsKept(tuple(tables), keys, office.secret)


def carry_over(kept: AccountsKept, restored: Office, source: str) -> None:
    """Let those sign in at a restored file who do at the present data, and nobody else."""
    restored.secret = kept.secret
    restored.do(_take, kept, source)


@operation(Right.ENTER, "保留账号", can_undo=False)
def _take(tx: Tx, kept: AccountsKept, source: str) -> None:
    """By a head of the present data, whom the accounts in the backup need not know."""
    refuse_without(Right.MANAGE, "保留账号", tx.user)
    for table, rows in zip(_TABLES, kept.rows, strict=True):
        _replace(tx.session, table, rows)
    accounts.note_event(tx, "恢复备份", source)
    if kept.keys:  # else nothing was here yet, and the backup may be another office's
        _replace(tx.session, _KEY, kept.keys)
    _seal(tx.session)


def _read(session: Session) -> list[Rows]:
    return [
        tuple(dict(row) for row in session.execute(select(table)).mappings())
        for table in (*_TABLES, _KEY)
    ]


def _replace(session: Session, table: Any, rows: Rows) -> None:  # Any: a table, as mapped
    session.execute(delete(table))
    if rows:
        session.execute(insert(table), list(rows))


def _seal(session: Session) -> None:
    """Seal the keys with the present secret; what an earlier one sealed nothing opens any more."""
    from deputydesk.operations import sealed_keys  # its cryptography costs time, at every start

    for key in session.scalars(select(SyncKey)):
        try:
            sign, seal = (sealed_keys.opened(session, text) for text in (key.sign, key.seal))
        except sealed_keys.SealedElsewhere:  # it opens on its own PC
            continue
        except UserError:
            session.delete(key)
            continue
        key.sign, key.seal = (sealed_keys.closed(session, text) for text in (sign, seal))
