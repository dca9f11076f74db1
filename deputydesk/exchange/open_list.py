"""明细.xlsx: what goes to an office that works without the program, for anybody to read."""

from collections.abc import Callable, Iterator
from itertools import chain, islice
from pathlib import Path
from typing import Any

from sqlalchemy import Column, Select, select
from sqlalchemy.orm import Session

from deputydesk.exchange import sheets, xlsx
from deputydesk.exchange.xlsx import Cell, Sheet
from deputydesk.journal.caches import chunks
from deputydesk.journal.values import models
from deputydesk.models import Attachment, Voter
from deputydesk.models.base import JsonType, Record, columns_of, scope_of
from deputydesk.progress import SILENT, Progress
from deputydesk.search.spec import NOT_SEARCHED

MOST_LINES = 1_000_000
"""Lines of a sheet: Excel opens no more than 1,048,576."""
READ_AT_ONCE = 1000
SECRET = "confidential"  # noqa: S105 - the name of a column
"""Says of a record that its voter or its deputy asked for confidence."""
PARTS = ("assignment_id", "event_id", "record_id", "suggestion_id")
"""Columns that say what a record belongs to, beside those that must be filled in."""
LEFT_OUT = (
    "没有列入的：选民的姓名、电话、住址，身份证号，要求保密的意见和建议及其办理情况，信访和谈话提醒，本单位的规则和设置。",
    "这个文件没有加密，请妥善保管，用完删除。",
)


def write(
    session: Session,
    goes: Callable[[str], bool],
    about: tuple[str, ...],
    to: Path,
    progress: Progress = SILENT,
) -> None:
    """Write every record that goes to an office as a line, a sheet for each kind.

    Args:
        session: to read with.
        goes: whether records of a scope go to that office.
        about: what is said first: who wrote it, for whom, when.
        to: the file.
        progress: told of the kinds written.
    """
    told = Sheet("说明", ("说明",), [(line,) for line in (*about, *LEFT_OUT)], (100,))
    xlsx.write_all(to, chain([told], _sheets(session, goes, progress)))


def _sheets(session: Session, goes: Callable[[str], bool], progress: Progress) -> Iterator[Sheet]:
    kinds = [model for model in models().values() if _is_listed(model)]
    private = _private(session, kinds)
    for done, model in enumerate(kinds):
        progress.step(done, len(kinds), model.title)
        columns = [column for column in columns_of(model) if _is_shown(column)]
        headings = [column.info["label"] for column in columns]
        lines = _lines(session, model, columns, goes, private)
        number = 1
        while first := next(lines, None):
            title = model.title if number == 1 else f"{model.title}{number}"
            yield Sheet(title, headings, chain([first], islice(lines, MOST_LINES - 1)))
            number += 1


def _is_listed(model: type[Record]) -> bool:
    """Whether records of a kind are anything to a reader, and leave the office at all."""
    return not model.scope_suffix and model not in NOT_SEARCHED and model is not Attachment


def _is_shown(column: Column[Any]) -> bool:
    """Whether everybody may read a column, and can."""
    is_private = column.info.get("secret") or column.info["refers"] == Voter.__tablename__
    is_rule = isinstance(column.type, JsonType) and column.info.get("mapping")
    return not is_private and not is_rule


def _private(session: Session, kinds: list[type[Record]]) -> set[str]:
    """Ids of confidential records and of all that belongs to them: replies, who signed too."""
    told = [(model, {column.key: column for column in columns_of(model)}) for model in kinds]
    fresh = {
        record_id
        for model, columns in told
        if SECRET in columns
        for record_id in session.scalars(select(model.id).where(columns[SECRET].is_(True)))
    }
    found = set(fresh)
    while fresh:
        fresh = {
            record_id
            for model, columns in told
            for column in columns.values()
            if _belongs(column)
            for some in chunks(fresh)
            for record_id in session.scalars(select(model.id).where(column.in_(some)))
        } - found
        found |= fresh
    return found


def _belongs(column: Column[Any]) -> bool:
    """Whether a column says what a record is a part of."""
    return column.key in PARTS or bool(column.info["refers"] and column.info["required"])


def _lines(
    session: Session,
    model: type[Record],
    columns: list[Column[Any]],
    goes: Callable[[str], bool],
    private: set[str],
) -> Iterator[list[Cell]]:
    """The records of a kind; where one only mentions a confidential one, the cell is empty."""
    wanted: Select[*tuple[Any, ...]] = select(*columns).order_by(model.id)
    names = sheets.names_for(session, model)
    for row in session.execute(wanted, execution_options={"yield_per": READ_AT_ONCE}):
        if goes(scope_of(row[0])) and row[0] not in private:
            yield [
                ""
                if column.info["refers"] and value in private
                else sheets.shown(column, value, names)
                for column, value in zip(columns, row, strict=True)
            ]
