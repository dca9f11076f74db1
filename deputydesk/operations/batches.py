"""Several records saved in one step, each by its own operation: pasted, or changed together."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from deputydesk.errors import FieldError, UserError
from deputydesk.office import Operation, Right, Tx, operation
from deputydesk.progress import SILENT, Progress

Values = Mapping[str, Any]  # Any: arguments of an operation
Save = Operation[..., Any]  # Any: what it returns is not looked at


@dataclass(frozen=True)
class Fault:
    """Why one of the records cannot be saved."""

    row: int
    """Its place, from 0."""
    field: str
    """The field that is to blame; empty if it is none alone."""
    sentence: str


class Refused(UserError):  # noqa: N818 - what became of it
    """Some of the records cannot be saved, so none was."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        first = faults[0]
        super().__init__(f"第{first.row + 1}条：{first.sentence}", hint="都没有保存。")
        self.faults = faults


@operation(Right.REGISTER, "批量登记")
def register(
    tx: Tx, *, save: Save, rows: tuple[Values, ...], what: str, progress: Progress = SILENT
) -> None:
    """Register records; all of them, or none.

    Args:
        tx: the transaction.
        save: the operation that registers one.
        rows: its arguments for each.
        what: what they are called: 培训.
        progress: told after each.

    Raises:
        Refused: some cannot be saved, with a sentence for each of them.
        NotAllowed: the user may not do this one by one either.
    """
    _save(tx, save, rows, progress)
    tx.about = f"{what} {len(rows)}条"


@operation(Right.REGISTER, "批量修改")
def change(
    tx: Tx, *, save: Save, rows: tuple[Values, ...], what: str, progress: Progress = SILENT
) -> None:
    """Change records that there are; as `register`, `what` names them and what is changed."""
    _save(tx, save, rows, progress)
    tx.about = f"{what} {len(rows)}条"


def _save(tx: Tx, save: Save, rows: tuple[Values, ...], progress: Progress) -> None:
    tx.demand(save)
    faults: list[Fault] = []
    for number, row in enumerate(rows):
        progress.step(number, len(rows))
        try:
            save(tx, **row)
            tx.session.flush()
        except UserError as error:
            field = error.field if isinstance(error, FieldError) else ""
            faults.append(Fault(number, field, str(error)))
            _forget(tx.session)
    if faults:
        raise Refused(tuple(faults))


def _forget(session: Session) -> None:
    """Let no half of a refused record disturb the next; the transaction is undone whole anyway."""
    for record in list(session.new):
        session.expunge(record)
    for record in list(session.dirty):
        session.expire(record)
