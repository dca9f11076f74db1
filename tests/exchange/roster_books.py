"""Rosters as clerks keep them, made for the tests (invented people)."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import openpyxl
import xlwt
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from deputydesk.exchange.roster import Roster, RosterRecord, read_roster

HEAD = ("序号", "姓名", "性别", "民族", "出生年月", "联系电话", "身份证号")
STRUCK = Font(strike=True)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def id_no(birth: str, sex: str = "男", number: int = 11) -> str:
    """An ID number of nowhere (district 150299) whose check digit fits."""
    first = f"150299{birth}{number:02}{1 if sex == '男' else 2}"
    total = sum(int(digit) * weight for digit, weight in zip(first, _WEIGHTS, strict=True))
    return first + "10X98765432"[total % 11]


def phone(number: int) -> str:
    """An invented mobile number."""
    return f"1400000{number:04}"


def xlsx(path: Path, sheets: Mapping[str, Iterable[Sequence[object]]]) -> Path:
    """Save rows as a workbook."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    book.save(path)
    return path


def sheet_of(path: Path, rows: Iterable[Sequence[object]]) -> tuple[openpyxl.Workbook, Worksheet]:
    """A workbook of one sheet, to be changed and saved with `book.save(path)`."""
    xlsx(path, {"代表名册": rows})
    book = openpyxl.load_workbook(path)
    return book, book.worksheets[0]


def xls(path: Path, rows: Iterable[Sequence[object]], *, title: str = "Sheet1") -> Path:
    """Save rows as an .xls of Excel 97."""
    book = xlwt.Workbook()
    sheet = book.add_sheet(title)
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            sheet.write(number, column, value)
    book.save(str(path))
    return path


def read(
    path: Path, rows: Iterable[Sequence[object]], answers: Mapping[str, str] | None = None
) -> Roster:
    """Read rows as a roster saved as .xlsx."""
    return read_roster(xlsx(path / "名册.xlsx", {"代表名册": rows}), answers)


def one(path: Path, heading: str, value: object, *more: tuple[str, object]) -> RosterRecord:
    """The record of a deputy of whom the roster tells the name, and this."""
    columns = (("姓名", "其其格"), (heading, value), *more)
    head, row = zip(*columns, strict=True)
    (record,) = read(path, [head, row]).records
    return record


def names(roster: Roster) -> list[str]:
    """The names of all records."""
    return [record.name for record in roster.records]


def reasons(roster: Roster) -> list[tuple[int, str]]:
    """Row and reason of all that was left out."""
    return [(skipped.source.row, skipped.reason) for skipped in roster.skipped]


def answered(roster: Roster, value: str, topic: str | None = None) -> dict[str, str]:
    """The same answer to every question (about a topic)."""
    return {q.id: value for q in roster.questions if topic in (None, q.field)}
