"""明细.xlsx: what goes to an office that works without the program, for anybody to read."""

from collections.abc import Callable, Iterator
from itertools import chain, islice
from pathlib import Path
from typing import Any

from sqlalchemy import Column, Select, select
from sqlalchemy.orm import Session

from deputydesk.exchange import sheets, xlsx
from deputydesk.exchange.xlsx import Cell, Sheet
from deputydesk.journal.values import models
from deputydesk.models import Attachment, Voter
from deputydesk.models.base import JsonType, Record, columns_of, scope_of
from deputydesk.progress import SILENT, Progress
from deputydesk.search.spec import NOT_SEARCHED

MOST_LINES = 1_000_000
"""Lines of a sheet: Excel opens no more than 1,048,576."""
READ_AT_ONCE = 1000
SECRET = "confidential"  # noqa: S105 - the name of a column
"""Says of a record that its voter asked for confidence."""
LEFT_OUT = (
    "没有列入的：选民的姓名、电话、住址，身份证号，要求保密的意见，信访和谈话提醒，本单位的规则和设置。",
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
    for done, model in enumerate(kinds):
        progress.step(done, len(kinds), model.title)
        columns = [column for column in columns_of(model) if _is_shown(column)]
        headings = [column.info["label"] for column in columns]
        lines = _lines(session, model, columns, goes)
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


def _lines(
    session: Session, model: type[Record], columns: list[Column[Any]], goes: Callable[[str], bool]
) -> Iterator[list[Cell]]:
    wanted: Select[*tuple[Any, ...]] = select(*columns).order_by(model.id)
    told = {column.key: column for column in columns_of(model)}
    if SECRET in told:
        wanted = wanted.where(told[SECRET].is_(False))
    names = sheets.names_for(session, model)
    for row in session.execute(wanted, execution_options={"yield_per": READ_AT_ONCE}):
        if goes(scope_of(row[0])):
            yield [sheets.shown(c, v, names) for c, v in zip(columns, row, strict=True)]
