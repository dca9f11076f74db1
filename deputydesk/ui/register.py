"""A register: one kind of record as a list with a form beside it, described once."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Generic, TypeVar

from PySide6.QtWidgets import QWidget
from sqlalchemy.orm import Session

from deputydesk.models.base import Record
from deputydesk.office import Operation
from deputydesk.operations.listing import Listing, Totals
from deputydesk.ui.desk import Desk
from deputydesk.ui.earlier import AsBefore
from deputydesk.ui.fields import Field
from deputydesk.ui.table import Column, HasId

Row = TypeVar("Row", bound=HasId)


def _always(_row: object) -> bool:
    return True


def _nothing(*_of: object) -> dict[str, Any]:  # Any: values of fields
    return {}


def _count(rows: Sequence[object]) -> str:
    return f"共 {len(rows)} 条" if rows else ""


@dataclass(frozen=True)
class Move(Generic[Row]):
    """A step in the life of a record, offered as a button while it can be taken.

    Args:
        text: words of the button: 立案.
        do: the operation.
        parameter: which of its arguments takes the record's id.
        fields: what is asked in a dialog; without any, the step is done at once.
        when: whether it can be taken for a row as it is.
        model: the kind whose columns name the fields; the register's own if not given.
        start: values that the dialog begins with.
    """

    text: str
    do: Operation[..., Any]  # Any: whatever the operation returns
    parameter: str
    fields: Callable[[Desk, Row], tuple[Field, ...]] | None = None
    when: Callable[[Row], bool] = _always
    model: type[Record] | None = None
    start: Callable[[Desk, Row], Mapping[str, Any]] = _nothing  # Any: values of the fields


@dataclass(frozen=True)
class Action(Generic[Row]):
    """Something else that can be done with a row: print it, open what it belongs to.

    Args:
        text: words of the button.
        icon: its sign.
        run: does it; takes the view, the desk and the row.
        when: whether it makes sense for a row.
    """

    text: str
    icon: str
    run: Callable[[QWidget, Desk, Row], None]
    when: Callable[[Row], bool] = _always


@dataclass(frozen=True)
class Filter(Generic[Row]):
    """A part of the list that people often want to see alone.

    Args:
        text: words of the chip: 逾期.
        holds: whether a row belongs to it on a day.
    """

    text: str
    holds: Callable[[Row, date], bool]


@dataclass(frozen=True)
class Paged(Generic[Row]):
    """How a register of thousands of records a year is read: ids first, rows when in sight.

    Args:
        listing: which records there are, and what is counted of them; its parts are the chips.
        read: reads the rows of some records, in the order of the list.
        summary: what is said of the records in sight beside the page's title.
    """

    listing: Listing
    read: Callable[[Session, Sequence[str]], Sequence[Row]]
    summary: Callable[[Totals], str]


def count_text(totals: Totals) -> str:
    """How many records there are, where nothing else is to be said."""
    return f"共 {totals.count} 条"


@dataclass(frozen=True)
class Register(Generic[Row]):
    """How a kind of record is listed, filled in and worked on.

    Args:
        model: the kind of record.
        title: what the register is called: 培训.
        rows: asks for the rows of a year (None: all years), the newest first; or how a long
            register is read page by page, which then has filters and summary of its own.
        columns: what the list shows; what stands in them is searched.
        fields: the fields of the form, named as the arguments of `save`; a row fills each from
            its attribute of that name. Without fields there is only the list.
        save: registers a record, or changes the one that `record_id` names; returns the id.
        remove: takes `ids` and removes these records; can be undone.
        years: whether the list is by year.
        keep: fields that stay for the next record of a batch.
        start: first values of a new record.
        moves: steps of its life.
        actions: what else can be done with a row.
        filters: parts of the list, each a chip with its count.
        summary: what is said of the rows beside the page's title.
        empty: what is said when there are none: what to do first.
        shows: further kinds of record whose change has the list read again.
        hint: a sentence below the form, such as a rule to keep in mind.
        files: whether scans and photos can be laid to a record; not where a row is none, but a
            deputy who is missing or a sum.
        earlier: how a new record is filled in as the last one of its name was.
    """

    model: type[Record]
    title: str
    rows: Callable[[Desk, int | None], Sequence[Row]] | Paged[Row]
    columns: tuple[Column[Row], ...]
    fields: Callable[[Desk], tuple[Field, ...]] | None = None
    save: Operation[..., str] | None = None
    remove: Operation[..., None] | None = None
    years: bool = True
    keep: tuple[str, ...] = ()
    start: Callable[[Desk], Mapping[str, Any]] = _nothing  # Any: values of the fields
    moves: tuple[Move[Row], ...] = ()
    actions: tuple[Action[Row], ...] = ()
    filters: tuple[Filter[Row], ...] = ()
    summary: Callable[[Sequence[Row]], str] = _count
    empty: str = ""
    shows: frozenset[type[Record]] = field(default_factory=frozenset[type[Record]])
    hint: str = ""
    files: bool = True
    earlier: AsBefore | None = None

    @property
    def paged(self) -> Paged[Row] | None:
        """How it is read page by page, if it is."""
        return self.rows if isinstance(self.rows, Paged) else None  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]  # of Row

    @property
    def parts(self) -> tuple[str, ...]:
        """Words of the chips that show a part of the list."""
        if self.paged:
            return tuple(self.paged.listing.parts)
        return tuple(part.text for part in self.filters)
