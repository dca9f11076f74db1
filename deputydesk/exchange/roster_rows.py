"""Tells persons from totals, notes and captions, and puts the lines of one person together."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from deputydesk.exchange.grid import EMPTY, Cell, Sheet, shown, squeezed
from deputydesk.exchange.roster_layout import Block, Column
from deputydesk.exchange.roster_lines import (
    caption,
    caption_status,
    is_figure,
    is_news,
    is_note,
    is_numbered_note,
    is_sentence,
    is_total,
    no_name,
)
from deputydesk.exchange.roster_types import (
    TAKE,
    Choice,
    Inquiry,
    Skipped,
    Source,
)
from deputydesk.exchange.roster_values import is_ditto, is_nothing, unreadable

_DOT_AT_END = re.compile(r"[·・•．‧･●∙⋅.]$")
_CARRIED = frozenset({"town", "district", "level", "serial", "status"})
_MORE = frozenset({"job", "employer", "note", "education", "party", "phone", None})
_NOT_FROM_ABOVE = frozenset({"name", "id_no", "serial", "certificate_no"})
_WIDE = 3
_MANY = 3
"""Columns with a meaning; where a list has as many, a row of nothing but a name is strange."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A cell below its heading."""

    heading: str
    cell: Cell
    ditto_of_nothing: bool = False


@dataclass
class Person:
    """The cells of one person, from one or more rows."""

    source: Source
    name: Cell
    struck: bool
    cells: dict[str, list[Placed]] = field(default_factory=dict[str, list[Placed]])
    others: list[Placed] = field(default_factory=list[Placed])
    section: str = ""
    hidden: bool = False

    def put(self, column: Column, field_name: str | None, placed: Placed) -> None:
        """Add a cell below its field, or among the columns that mean no field."""
        if field_name is None and column.hidden:
            return
        if field_name is None and placed.heading:
            self.others.append(placed)
        else:
            # A word below no heading is a remark.
            self.cells.setdefault(field_name or "note", []).append(placed)

    def first(self, field_name: str) -> Cell:
        """The first cell of a field; empty if there is none."""
        placed = self.cells.get(field_name)
        return placed[0].cell if placed else EMPTY


class BlockReader:
    """Goes down the rows of a block; `persons` and `skipped` are what it found."""

    def __init__(self, file: str, sheet: Sheet, block: Block, inquiry: Inquiry) -> None:
        self.persons: list[Person] = []
        self.skipped: list[Skipped] = []
        self._file, self._sheet, self._block, self._inquiry = file, sheet, block, inquiry
        name = block.column("name")
        assert name is not None, "a block has a column of names"
        self._name = name
        self._columns = sorted(block.columns, key=lambda column: column.index)
        self._above: dict[int, Cell] = {}
        self._section = ""
        self._town: Cell = EMPTY
        self._last_row = -2

    def read(self) -> None:
        """Read all rows of the block."""
        for row in self._block.rows:
            texts = {
                column.index: text
                for column in self._columns
                if (text := self._sheet.text(row, column.index))
            }
            if texts:
                self._row(row, texts)

    def _row(self, row: int, texts: Mapping[int, str]) -> None:
        reason = self._no_person(row, texts)
        if reason is not None:
            if reason:
                self._skip(row, reason, texts)
            self._last_row = -2
            return
        name = self._sheet.cell(row, self._name.index)
        if self._continues(row, texts):
            self._continue(row, texts)
        elif is_nothing(name) or is_ditto(name):
            self._nameless(row, texts)
        else:
            self._person(row, name)

    def _skip(self, row: int, reason: str, texts: Mapping[int, str]) -> None:
        text = " ".join(texts.values())
        self.skipped.append(Skipped(self._source(row), reason, text[:200]))

    def _source(self, row: int) -> Source:
        return Source(self._file, self._sheet.name, row + 1)

    def _no_person(self, row: int, texts: Mapping[int, str]) -> str | None:
        """Why the row is no person; '' for one that needs no mention; None if it may be one."""
        total = self._total(texts)
        if total:
            return total
        if self._is_header_again(texts):
            return "重复的表头"
        if self._is_note(texts):
            return "说明"
        if len(texts) == 1:
            index, text = next(iter(texts.items()))
            return self._alone(row, index, squeezed(text))
        if self._name.index not in texts and set(texts) <= self._indexes(_CARRIED):
            self._remember_town(row)
            return ""
        return None

    def _is_note(self, texts: Mapping[int, str]) -> bool:
        """Whether the row tells something about the list; a name in it is part of a sentence."""
        first = squeezed(next(iter(texts.values())))
        named = texts.get(self._name.index)
        if len(texts) == 1 and caption(first):
            return False
        if is_note(first) or ((len(texts) == 1 or not named) and is_numbered_note(first)):
            return True
        return bool(named and is_sentence(squeezed(named)))

    def _indexes(self, fields: frozenset[str]) -> set[int]:
        return {column.index for column in self._columns if column.field in fields}

    def _is_header_again(self, texts: Mapping[int, str]) -> bool:
        same = [
            column.index
            for column in self._columns
            if column.heading and texts.get(column.index) == column.heading
        ]
        return len(same) > 1 and 2 * len(same) >= len(texts)

    def _total(self, texts: Mapping[int, str]) -> str | None:
        """Which total the row gives, if any; the group above it is complete then."""
        leading = [squeezed(text) for index, text in texts.items() if index <= self._name.index]
        named = squeezed(texts.get(self._name.index, ""))
        if not leading or (len(texts) == 1 and caption(leading[0])):
            return None
        totals = [text for text in leading if is_total(text)]
        if not totals and not (is_figure(named) if named else any(map(is_figure, leading))):
            return None
        self._town = EMPTY
        if not caption_status(self._section):
            self._section = ""
        return "小计" if any("小计" in text for text in totals) else "合计"

    def _alone(self, row: int, index: int, text: str) -> str | None:
        """What a single text in a row is: a caption, a note, or a name whose row is empty."""
        merge = self._sheet.merge(row, index)
        wide = bool(merge and merge.right - merge.left + 1 >= _WIDE)
        if index > self._name.index and not wide:
            return None
        title = caption(text)
        if title:
            self._section, self._town = title, EMPTY
            return "小标题"
        if wide or is_sentence(text) or is_news(text):
            return "说明"
        if index == self._name.index:
            return self._only_a_name(row, text)
        if index in self._indexes(frozenset({"serial"})) and not text.isdecimal():
            return "说明"
        self._remember_town(row)
        return ""

    def _remember_town(self, row: int) -> None:
        column = self._block.column("town")
        if column and not is_nothing(self._sheet.cell(row, column.index)):
            self._town = self._sheet.cell(row, column.index)

    def _only_a_name(self, row: int, text: str) -> str | None:
        known = {column.field for column in self._columns} - {None, "name", "serial"}
        if len(known) < _MANY or self._ends_open(row):
            return None
        source = self._source(row)
        answer = self._inquiry.ask(
            source,
            "name",
            text,
            f"第{row + 1}行只有“{text}”，没有其他内容。是一位代表吗？（不回答就不导入）",
            choices=(Choice(TAKE, "是代表，导入"), Choice("", "不是，不导入")),
        )
        return None if answer == TAKE else "只有姓名，待确认"

    def _ends_open(self, row: int) -> bool:
        """Whether the person above has a name that goes on in this row."""
        return (
            self._last_row == row - 1
            and bool(self.persons)
            and bool(_DOT_AT_END.search(shown(self.persons[-1].name)))
        )

    def _continues(self, row: int, texts: Mapping[int, str]) -> bool:
        """Whether the row goes on with the person above it."""
        if not self.persons:
            return False
        merge = self._sheet.merge(row, self._name.index)
        if merge and merge.top < row:
            return merge.top + 1 == self.persons[-1].source.row
        if self._last_row != row - 1:
            return False
        if self._name.index in texts:
            return self._ends_open(row) and len(texts) == 1
        person = self.persons[-1]
        fields = {column.index: column.below or column.field for column in self._columns}
        if any(fields[i] == "serial" for i in texts):
            return False
        return all(fields[i] in _MORE or fields[i] not in person.cells for i in texts)

    def _continue(self, row: int, texts: Mapping[int, str]) -> None:
        person = self.persons[-1]
        self._last_row = row
        if self._name.index in texts:
            more = self._sheet.cell(row, self._name.index)
            person.name = Cell(shown(person.name) + shown(more), struck=person.name.struck)
        for column in self._columns:
            cell = self._sheet.cell(row, column.index)
            if column.index != self._name.index and not is_nothing(cell):
                person.put(column, column.below or column.field, Placed(column.heading, cell))

    def _nameless(self, row: int, texts: Mapping[int, str]) -> None:
        text = " ".join(texts.values())
        answer = self._inquiry.ask(
            self._source(row),
            "name",
            text,
            f"第{row + 1}行没有姓名：{text[:60]}。这是谁？（不填就不导入）",
            free=True,
        )
        if answer:
            self._person(row, Cell(answer))
        else:
            self._skip(row, "没有姓名", texts)

    def _person(self, row: int, name: Cell) -> None:
        text = shown(name)
        wrong = unreadable(name) or no_name(squeezed(text))
        if wrong:
            self.skipped.append(Skipped(self._source(row), wrong, text))
            return
        person = Person(self._source(row), name, name.struck, section=self._section)
        person.hidden = row in self._sheet.hidden_rows
        for column in self._columns:
            if column.index != self._name.index:
                self._put(person, row, column)
        self._group(person, row)
        person.struck = person.struck or self._mostly_struck(row)
        self.persons.append(person)
        self._last_row = row

    def _mostly_struck(self, row: int) -> bool:
        cells = [self._sheet.cell(row, column.index) for column in self._columns]
        filled = [cell for cell in cells if not is_nothing(cell)]
        return 2 * sum(cell.struck for cell in filled) > len(filled)

    def _put(self, person: Person, row: int, column: Column) -> None:
        cell = self._sheet.cell(row, column.index)
        merge = self._sheet.merge(row, column.index)
        if merge and merge.top < row and column.field not in _NOT_FROM_ABOVE:
            cell = self._sheet.cell(merge.top, merge.left) if merge.left == column.index else EMPTY
        nothing_above = False
        if is_ditto(cell) and column.field not in _NOT_FROM_ABOVE:
            cell = self._above.get(column.index, cell)
            nothing_above = is_ditto(cell)
        self._above[column.index] = cell
        if not is_nothing(cell):
            person.put(column, column.field, Placed(column.heading, cell, nothing_above))

    def _group(self, person: Person, row: int) -> None:
        """Give the person the town that stands only beside the first of its group."""
        column = self._block.column("town")
        if column is None:
            return
        own = person.first("town")
        if not is_nothing(own):
            self._town = own if self._sheet.merge(row, column.index) is None else EMPTY
        elif not is_nothing(self._town) and self._town_is_sparse:
            person.put(column, "town", Placed(column.heading, self._town))

    @cached_property
    def _town_is_sparse(self) -> bool:
        """Whether the column of towns is filled only where a new group begins."""
        town = min(self._indexes(frozenset({"town"})))
        rows = [row for row in self._block.rows if self._sheet.text(row, self._name.index)]
        return 3 * sum(bool(self._sheet.text(row, town)) for row in rows) < len(rows)
