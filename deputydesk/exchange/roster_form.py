"""Reads forms for one person each: the value stands beside its label (姓名 | 张三)."""

from deputydesk.exchange.grid import Sheet
from deputydesk.exchange.roster_headings import field_of
from deputydesk.exchange.roster_layout import Column, is_form_row
from deputydesk.exchange.roster_rows import Person, Placed
from deputydesk.exchange.roster_types import Source
from deputydesk.exchange.roster_values import is_nothing


def is_form(sheet: Sheet) -> bool:
    """Whether the sheet is a form, or several forms one below the other."""
    return any(is_form_row(sheet, row) for row in range(len(sheet.rows)))


def form_persons(file: str, sheet: Sheet) -> list[Person]:
    """The person of each form of the sheet."""
    persons: list[Person] = []
    for row in range(len(sheet.rows)):
        for index in range(len(sheet.rows[row])):
            field = field_of(sheet.text(row, index))
            if field is None:
                continue
            merge = sheet.merge(row, index)
            value = sheet.cell(row, merge.right + 1 if merge else index + 1)
            if is_nothing(value) or field_of(str(value.value)):
                continue
            if field == "name":
                persons.append(Person(Source(file, sheet.name, row + 1), value, value.struck))
            elif persons:
                heading = sheet.text(row, index)
                persons[-1].put(Column(index, heading, field), field, Placed(heading, value))
    return persons
