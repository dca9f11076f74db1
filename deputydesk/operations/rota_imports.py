"""A plan pasted from a table: date, home, names; every row that cannot be taken says why."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from deputydesk.errors import FieldError, UserError
from deputydesk.models import Home
from deputydesk.office import Right, Tx, operation
from deputydesk.operations import deputies, rotas
from deputydesk.operations.presets import calendar
from deputydesk.rules.names import search_text
from deputydesk.rules.rota import RestDay, refusal
from deputydesk.rules.typed_dates import parse

_PARTS = 3
_CELLS = re.compile(r"\t|\s*[|｜]\s*|\s{2,}")
_COMMAS = re.compile(r"[,，]")
_NAMES = re.compile(r"[、,，;；/\s]+")
_HEADING = ("日期", "时间")
_CALLED = ("人大代表之家", "代表之家", "之家")


@dataclass(frozen=True)
class ImportRow:
    """A row that was pasted, as it was understood; `error` says what is wrong with it."""

    id: str
    number: int
    planned_on: date | None
    home_id: str
    home: str
    deputy_ids: tuple[str, ...]
    names: str
    error: str


@dataclass(frozen=True)
class ImportReport:
    """What became of a pasted plan."""

    entered: int
    refused: tuple[ImportRow, ...]

    @property
    def text(self) -> str:
        """In one sentence."""
        said = f"登记{self.entered}天"
        return said + (f"，{len(self.refused)}行没有登记" if self.refused else "") + "。"


def read(session: Session, text: str, today: date) -> list[ImportRow]:
    """The rows of a pasted plan, as they are understood; nothing is kept.

    Columns are apart by tabs, as Excel pastes them, by | or by two spaces; or by commas, with
    names apart by 、. A date without its year is the nearest to come.
    """
    homes = _homes(session)
    people = _people(session)
    rest_day = RestDay(rotas.duty(session, today)["rest_day"])
    found: list[ImportRow] = []
    for number, line in enumerate(text.splitlines(), 1):
        cells = _cells(line)
        if cells and not cells[0].startswith(_HEADING):
            row = _understood(number, cells, homes, people, today)
            if row.planned_on and not row.error:
                row = replace(row, error=refusal(row.planned_on, calendar(), rest_day))
            found.append(row)
    return found


@operation(Right.REGISTER, "导入进家安排")
def enter(tx: Tx, *, text: str) -> ImportReport:
    """Enter the rows of a pasted plan that can be taken.

    Raises:
        UserError: there is nothing in it.
    """
    rows = read(tx.session, text, tx.today)
    if not rows:
        raise UserError("没有可以登记的行。", hint="每行写：日期、代表之家、代表姓名。")
    refused: list[ImportRow] = []
    for row in rows:
        error = row.error or _save(tx, row)
        if error:
            refused.append(replace(row, error=error))
    tx.about = f"{len(rows) - len(refused)}天"
    return ImportReport(len(rows) - len(refused), tuple(refused))


def _save(tx: Tx, row: ImportRow) -> str:
    """Enter one; gives what is wrong with it, if anything is."""
    assert row.planned_on, "a row without an error has its day"
    try:
        rotas.save(tx, planned_on=row.planned_on, home_id=row.home_id, deputy_ids=row.deputy_ids)
    except FieldError as error:
        return error.message
    tx.session.flush()
    return ""


def _cells(line: str) -> list[str]:
    cells = [cell.strip() for cell in _CELLS.split(line.strip())]
    if len(cells) < _PARTS:
        cells = [cell.strip() for cell in _COMMAS.split(line.strip(), maxsplit=_PARTS - 1)]
    return cells if any(cells) else []


def _understood(
    number: int,
    cells: Sequence[str],
    homes: Mapping[str, Sequence[tuple[str, str]]],
    people: Mapping[str, Sequence[str]],
    today: date,
) -> ImportRow:
    day, home, deputy_ids, errors = None, ("", ""), (), list[str]()
    if len(cells) < _PARTS:
        errors.append("缺少一列，应当有日期、代表之家、代表姓名")
    else:
        try:
            day = parse(cells[0], today, ahead=True)
        except ValueError as error:
            errors.append(str(error).rstrip("。"))
        named = homes.get(_short(cells[1]), ())
        if len(named) == 1:
            home = named[0]
        else:
            errors.append(f"没有“{cells[1]}”这个家" if not named else f"“{cells[1]}”不止一家")
        deputy_ids, wrong = _named(cells[2], people)
        errors += wrong
    shown = cells[2] if len(cells) >= _PARTS else ""
    said = "；".join(errors) + "。" if errors else ""
    return ImportRow(str(number), number, day, *home, deputy_ids, shown, said)


def _named(text: str, people: Mapping[str, Sequence[str]]) -> tuple[tuple[str, ...], list[str]]:
    found: list[str] = []
    errors: list[str] = []
    for name in filter(None, _NAMES.split(text)):
        same = people.get(search_text(name), ())
        if len(same) == 1:
            found.append(same[0])
        elif same:
            errors.append(f"有{len(same)}名代表叫“{name}”，请登记后在表中选择")
        else:
            errors.append(f"没有在任代表叫“{name}”")
    if not found and not errors:
        errors.append("没有写代表姓名")
    return tuple(found), errors


def _homes(session: Session) -> dict[str, list[tuple[str, str]]]:
    found: dict[str, list[tuple[str, str]]] = {}
    for home_id, name in session.execute(select(Home.id, Home.name).order_by(Home.id)):
        found.setdefault(_short(name), []).append((home_id, name))
    return found


def _short(name: str) -> str:
    short = search_text(name).replace(" ", "")
    for ending in _CALLED:
        short = short.removesuffix(ending)
    return short


def _people(session: Session) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for row in deputies.rows(session):
        if row.main:
            found.setdefault(search_text(row.name), []).append(row.id)
    return found
