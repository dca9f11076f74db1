"""Any kind of record out to .xlsx and in again, by its Chinese labels; text stays text."""

import json
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from sqlalchemy import Column, Date, select
from sqlalchemy.orm import Session

from deputydesk.errors import FieldError, UserError
from deputydesk.exchange import xlsx
from deputydesk.exchange.workbook import read_grid
from deputydesk.journal.values import models
from deputydesk.models.base import ChoiceType, JsonType, Money, Record, columns_of
from deputydesk.office import Office, Right, Tx, operation
from deputydesk.operations import written_checks
from deputydesk.operations.naming import naming
from deputydesk.progress import SILENT, Progress
from deputydesk.rules.choices import Choice

Cell = Any  # a cell's value: text, number, date or nothing
YES, NO = "是", "否"
LONGEST = 32_767
"""Characters of a cell: Excel takes no more, and openpyxl would cut the rest off unsaid."""
UNLISTED = "（内容太长，表格里放不下；导入时原记录不变）"
"""Stands in the cell of what is longer; taken in again it leaves the record as it is."""
_NUMBER = re.compile(r"[0-9A-Za-z]{1,12}(\.[a-z]+)?-[0-9a-f]{32}")
SEAL = "digest"
"""The column of a checksum over what must not change any more."""
LISTED = "、"
"""Between the parts of a list in one cell."""


def kinds() -> dict[str, str]:
    """Chinese titles of the record kinds that go in and out, by identifier."""
    return {name: model.title for name, model in models().items()}


def model_of(kind: str) -> type[Record]:
    """The record kind named by identifier or Chinese title.

    Raises:
        UserError: there is none of this name.
    """
    for name, model in models().items():
        if kind in (name, model.title):
            return model
    raise UserError(f"没有“{kind}”这种记录。", hint=f"可用：{'、'.join(kinds())}。")


def export(office: Office, kind: str, to: Path, progress: Progress = SILENT) -> int:
    """Write all records of a kind to an .xlsx file; returns how many.

    A column that refers to another record shows that record's name.
    """
    model = model_of(kind)
    columns = columns_of(model)
    headings = [column.info["label"] for column in columns]
    lines, names = office.ask(_values, model)
    rows = [[shown(c, v, names) for c, v in zip(columns, line, strict=True)] for line in lines]
    xlsx.write(to, model.title, headings, rows, progress)
    return len(rows)


def listing(office: Office, kind: str) -> list[dict[str, Cell]]:
    """All records of a kind by identifiers; beside an id stands the name it refers to."""
    model = model_of(kind)
    columns = columns_of(model)
    lines, names = office.ask(_values, model)
    listed: list[dict[str, Cell]] = []
    for line in lines:
        row: dict[str, Cell] = {}
        for column, value in zip(columns, line, strict=True):
            row[column.key] = value
            if value and column.info["refers"]:
                row[f"{column.key}.name"] = names[column.info["refers"]].get(value, "")
        listed.append(row)
    return listed


Names = Mapping[str, Mapping[str, str]]
"""For each table that is referred to: the name of a record by its id."""


def _values(session: Session, model: type[Record]) -> tuple[list[tuple[Cell, ...]], Names]:
    found = session.execute(select(*columns_of(model)).order_by(model.id))
    return [tuple(line) for line in found], names_for(session, model)


def names_for(session: Session, model: type[Record]) -> Names:
    """Names of what the columns refer to; doubled names carry the record's number."""
    names: dict[str, dict[str, str]] = {}
    for table in {c.info["refers"] for c in columns_of(model) if c.info["refers"]}:
        found = session.execute(naming(table))
        said = {record_id: name.strip() for record_id, name in found}
        often = Counter(said.values())
        names[table] = {i: n if often[n] == 1 and n else f"{n}〔{i}〕" for i, n in said.items()}
    return names


def shown(column: Column[Any], value: Cell, names: Names) -> Cell:
    """A value as a cell holds it; of a reference, the name."""
    shown = _as_cell(column, value, names)
    return UNLISTED if isinstance(shown, str) and len(shown) > LONGEST else shown


def _as_cell(column: Column[Any], value: Cell, names: Names) -> Cell:
    if value is None or isinstance(value, bool):
        return {None: None, True: YES, False: NO}[value]
    if isinstance(column.type, ChoiceType):
        return value.label
    if isinstance(column.type, JsonType):
        is_list = not column.info.get("mapping")
        return LISTED.join(value) if is_list else json.dumps(value, ensure_ascii=False)
    if isinstance(column.type, Money):
        return value / 100
    if value and column.info["refers"]:
        return names[column.info["refers"]].get(value, value)
    return value


@dataclass(frozen=True)
class SheetOutcome:
    """What taking in a sheet did."""

    added: int
    changed: int
    same: int


def take_in(office: Office, kind: str, source: Path) -> SheetOutcome:
    """Take in the records of an .xlsx file whose headings are the kind's labels.

    A line with the number (记录号) of a record changes that record; one without it is new.

    Raises:
        UserError: file, sheet, row and heading of what cannot be taken; nothing is taken then.
    """
    model = model_of(kind)
    name, headings, lines = _table(source)
    columns = _columns(model, headings, source)
    ids = {
        table: {name: i for i, name in said.items()} | {i: i for i in said}
        for table, said in office.ask(names_for, model).items()
    }
    places = tuple(f"“{source.name}”的工作表“{name}”第{n}行" for n, _ in lines)
    rows = tuple(
        {
            c.key: _taken(c, line[i] if i < len(line) else None, ids, place)
            for i, c in columns.items()
        }
        for place, (_, line) in zip(places, lines, strict=True)
    )
    return office.do(take_in_rows, kind=kind, rows=rows, places=places)


def _table(source: Path) -> tuple[str, list[str], list[tuple[int, list[Cell]]]]:
    """Name and headings of the first sheet, and its lines with their numbers as Excel counts."""
    sheets = read_grid(source).sheets
    lines = [[cell.value for cell in row] for row in sheets[0].rows] if sheets else []
    headings = [str(cell or "").strip() for cell in lines[0]] if lines else []
    if not any(headings):
        raise UserError(f"“{source.name}”里没有内容。", hint="第一行应是标题，以下每行一条记录。")
    filled = [
        (n, line) for n, line in enumerate(lines[1:], 2) if any(c not in (None, "") for c in line)
    ]
    return sheets[0].name, headings, filled


def _columns(model: type[Record], headings: list[str], source: Path) -> Mapping[int, Column[Any]]:
    by_label = {c.info["label"]: c for c in columns_of(model)}
    unknown = [h for h in headings if h and h not in by_label]
    if unknown:
        raise UserError(
            f"“{source.name}”里的标题“{'、'.join(unknown)}”不是“{model.title}”的内容。",
            hint=f"可用的标题：{'、'.join(by_label)}。",
        )
    found = {i: by_label[h] for i, h in enumerate(headings) if h}
    missing = [
        label for label, c in by_label.items() if c.info.get("required") and c not in found.values()
    ]
    if missing:
        raise UserError(f"“{source.name}”缺少“{'、'.join(missing)}”列。", hint="请补上后再导入。")
    return found


def _taken(column: Column[Any], cell: Cell, ids: Names, where: str) -> Cell:
    label = column.info["label"]
    if cell in (None, ""):
        if column.info["required"]:
            raise FieldError(column.key, f"{where}没有填“{label}”。")
        return None
    if cell == UNLISTED:
        return cell
    try:
        return _parsed(column, cell, ids)
    except (ValueError, KeyError) as error:
        raise FieldError(
            column.key, f"{where}的“{label}”不能是“{cell}”。", hint=_hint(column)
        ) from error


def _parsed(column: Column[Any], cell: Cell, ids: Names) -> Cell:
    kind = column.type
    if column.info["refers"]:
        text = str(cell).strip()
        # The number of a record that is gone, or not yet here, stands as it went out.
        return text if _NUMBER.fullmatch(text) else ids[column.info["refers"]][text]
    if isinstance(kind, ChoiceType):
        return kind.choice.from_label(str(cell))
    if isinstance(kind, JsonType):
        return json.loads(str(cell)) if column.info.get("mapping") else _listed(str(cell))
    if isinstance(kind, Date):
        return _day(cell)
    if isinstance(kind, Money):
        return _fen(str(cell))
    read = {bool: _flag, int: int}.get(kind.python_type, str)
    return read(str(cell))


def _listed(text: str) -> list[str]:
    return [part for part in (part.strip() for part in text.split(LISTED)) if part]


def _fen(text: str) -> int:
    try:
        fen = Decimal(text.strip().replace(",", "")) * 100
    except InvalidOperation:
        raise ValueError(text) from None
    if fen != fen.to_integral_value():
        raise ValueError(text)
    return int(fen)


def _flag(text: str) -> bool:
    text = text.strip()
    if text not in (YES, NO):
        raise ValueError(text)
    return text == YES


def _day(cell: Cell) -> date:
    if isinstance(cell, datetime):
        return cell.date()
    return date.fromisoformat(str(cell).strip().replace(".", "-").replace("/", "-"))


def _hint(column: Column[Any]) -> str:
    kind = column.type
    if isinstance(kind, ChoiceType):
        choice: type[Choice] = kind.choice
        return f"可填：{'、'.join(m.label for m in choice if m.label)}。"
    if isinstance(kind, Date):
        return "日期请写成 2026-03-05。"
    if column.info["refers"]:
        return f"请填写已登记的{model_of(column.info['refers']).title}名称。"
    if isinstance(kind, Money | JsonType):
        return "金额以元为单位，最多两位小数；由程序填写的列请保持原样。"
    return "请填“是”或“否”。" if kind.python_type is bool else "请填数字。"


@operation(Right.SETUP, "导入表格")
def take_in_rows(
    tx: Tx, *, kind: str, rows: tuple[dict[str, Cell], ...], places: tuple[str, ...] = ()
) -> SheetOutcome:
    """Add new lines, change the records that lines name by number.

    Args:
        tx: the transaction.
        kind: the kind of record.
        rows: the lines, by column.
        places: file, sheet and row of each line, for sentences.

    Raises:
        NotAllowed: the user may not write records of this kind.
        UserError: a line cannot be taken, as the screen would say it; nothing is taken then.
        NotAllowed: the user may not write such records one by one either.
    """
    model = model_of(kind)
    written_checks.refuse_without_right(tx, model)
    written: list[tuple[str, Record, Mapping[str, Cell]]] = []
    added = 0
    for n, row in enumerate(rows):
        place = places[n] if places else f"第{n + 1}行"
        values = {k: v for k, v in row.items() if v is not None}
        record = tx.session.get(model, values.get("id", ""))
        with written_checks.at(model, place):
            if record is None:
                _refuse_unlisted(model, values)
                added += 1
                written.append((place, written_checks.add(tx, model, values), {}))
                continue
            differing = _differing(model, record, values)
        for name in differing.keys() - written_checks.entered(model):
            setattr(record, name, differing[name])
        if differing:
            written.append((place, record, differing))
    for place, record, differing in written:  # when all lines stand: they may be of one another
        with written_checks.at(model, place):
            written_checks.check(tx, record, differing)
    tx.about = f"{model.title}{len(rows)}行"
    return SheetOutcome(added, len(written) - added, len(rows) - len(written))


def _differing(model: type[Record], record: Record, values: Mapping[str, Cell]) -> dict[str, Cell]:
    """What a line says differently from the record, if it may."""
    differing = {k: v for k, v in values.items() if v != UNLISTED and getattr(record, k) != v}
    _refuse_frozen(model, differing)
    written_checks.refuse_steps(model, differing)
    return differing


def _refuse_unlisted(model: type[Record], values: Mapping[str, Cell]) -> None:
    """Refuse to make a record of which a part was too long for its sheet."""
    for column in columns_of(model):
        if values.get(column.key) == UNLISTED:
            raise FieldError(
                column.key,
                f"有一条“{model.title}”不在本单位，它的“{column.info['label']}”表格里放不下，不能新增。",
                hint="请在原单位打印或导出这条记录。",
            )


def _refuse_frozen(model: type[Record], differing: Mapping[str, Cell]) -> None:
    """Refuse to rewrite what a checksum seals: a closed quarter, a made dispatch, a scan."""
    columns = {column.key: column for column in columns_of(model)}
    if SEAL not in columns:
        return
    for name in differing:
        if name == SEAL or columns[name].info.get("mapping"):
            raise FieldError(
                name,
                f"“{model.title}”的“{columns[name].info['label']}”已经固定，不能用表格修改。",
                hint="请保持这一列原样，或者清空它。",
            )
