"""Reads a roster of deputies as clerks keep it: records, rows left out, and questions."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import pairwise
from pathlib import Path

from deputydesk.errors import UserError
from deputydesk.exchange.grid import Grid, Sheet, shown, squeezed
from deputydesk.exchange.roster_birth import Habit, habit_of
from deputydesk.exchange.roster_clean import Draft, ask_for_the_unmarked, draft_of
from deputydesk.exchange.roster_doubles import without_doubles
from deputydesk.exchange.roster_form import form_persons, is_form
from deputydesk.exchange.roster_layout import Block, blocks_of
from deputydesk.exchange.roster_rows import BlockReader, Person
from deputydesk.exchange.roster_types import (
    FIELDS,
    LEAVE,
    TAKE,
    Choice,
    ColumnFound,
    Inquiry,
    Question,
    Roster,
    RosterRecord,
    SheetColumns,
    Skipped,
    Source,
)
from deputydesk.exchange.workbook import read_grid
from deputydesk.progress import SILENT, Progress

__all__ = [
    "FIELDS",
    "Choice",
    "ColumnFound",
    "Question",
    "Roster",
    "RosterRecord",
    "SheetColumns",
    "Skipped",
    "Source",
    "read_roster",
]

_OLD_LIST = re.compile(r"旧|上届|上一届|往届|历届|作废|历史|原名单|备份|草稿|废")
_OTHER_PEOPLE = re.compile(
    r"工作人员|联络员|候选人|监督员|列席|选民|信息员|志愿者|特邀|缺席|请假|参会|签到"
)
_MOST_NAMES = 5


def read_roster(
    path: Path,
    answers: Mapping[str, str] | None = None,
    mapping: Mapping[tuple[str, int], str] | None = None,
    progress: Progress = SILENT,
) -> Roster:
    """Read a roster from .xlsx, .xls, .csv or HTML.

    Args:
        path: the file.
        answers: what the user answered to questions of an earlier reading, by question id.
        mapping: what columns are, by sheet and column (from 0), over what their headings say;
            '' makes a column mean nothing.
        progress: told of each sheet.

    Raises:
        UserError: the file cannot be read, or has no column of names.
    """
    grid = read_grid(path, progress)
    reader = _RosterReader(grid, answers or {}, mapping or {})
    for done, sheet in enumerate(grid.sheets):
        progress.step(done, len(grid.sheets), sheet.name)
        reader.read(sheet)
    return reader.roster()


class _RosterReader:
    def __init__(
        self, grid: Grid, answers: Mapping[str, str], mapping: Mapping[tuple[str, int], str]
    ) -> None:
        self._file = grid.file
        self._mapping = mapping
        self._inquiry = Inquiry(grid.file, answers)
        self._drafts: list[Draft] = []
        self._skipped: list[Skipped] = []
        self._columns: list[SheetColumns] = []
        self._found = False

    def read(self, sheet: Sheet) -> None:
        """Read a sheet, unless it is none of a roster, or put away."""
        if not sheet.rows:
            return
        given = {
            index: field for (name, index), field in self._mapping.items() if name == sheet.name
        }
        blocks = blocks_of(sheet, given)
        form = not blocks and is_form(sheet)
        if not blocks and not form:
            self._skip_sheet(sheet, "没有“姓名”一列，不是名册")
            return
        self._found = True
        if not self._wanted(sheet, blocks):
            return
        self._columns += [self._described(sheet, block) for block in blocks]
        drafts = self._read_form(sheet) if form else self._read_blocks(sheet, blocks)
        ask_for_the_unmarked(drafts, self._inquiry)
        self._drafts += drafts

    def roster(self) -> Roster:
        """All sheets together, everybody once."""
        if not self._found:
            raise UserError(
                f"文件“{self._file}”里找不到表头：没有一行写着“姓名”。",
                hint="请在名册上方加一行表头（姓名、性别、民族……），保存后再导入，或在预览中指定哪一列是姓名。",
            )
        kept, doubles = without_doubles(self._drafts, self._inquiry)
        return Roster(
            records=tuple(draft.record() for draft in kept),
            skipped=(*self._skipped, *doubles),
            questions=self._inquiry.questions,
            columns=tuple(self._columns),
        )

    def _skip_sheet(self, sheet: Sheet, reason: str) -> None:
        row = next(number for number, cells in enumerate(sheet.rows) if cells)
        self._skipped.append(Skipped(self._source(sheet, row), reason, _row_text(sheet, row)))

    def _source(self, sheet: Sheet, row: int) -> Source:
        return Source(self._file, sheet.name, row + 1)

    def _wanted(self, sheet: Sheet, blocks: list[Block]) -> bool:
        """Whether a sheet that is hidden or called old is to be read: asked, not until then."""
        title = _row_text(sheet, 0) if blocks and blocks[0].header.start > 0 else ""
        if sheet.hidden:
            why = "是隐藏的工作表"
        elif _OLD_LIST.search(sheet.name) or _OLD_LIST.search(title):
            why = "看起来是旧名单"
        elif _OTHER_PEOPLE.search(sheet.name) or _OTHER_PEOPLE.search(title):
            why = "看起来不是代表名册"
        else:
            return True
        answer = self._inquiry.ask(
            self._source(sheet, 0),
            "sheet",
            f"{sheet.name}|{why}",
            f"工作表“{sheet.name}”{why}（{len(sheet.rows)}行），要导入吗？",
            choices=(Choice(LEAVE, "不导入"), Choice(TAKE, "导入")),
        )
        if answer != TAKE:
            self._skip_sheet(sheet, f"{why}，没有导入")
        return answer == TAKE

    def _read_form(self, sheet: Sheet) -> list[Draft]:
        return [
            draft_of(person, Habit(), self._inquiry) for person in form_persons(self._file, sheet)
        ]

    def _read_blocks(self, sheet: Sheet, blocks: list[Block]) -> list[Draft]:
        self._skip_around(sheet, blocks)
        drafts: list[Draft] = []
        for block in blocks:
            reader = BlockReader(self._file, sheet, block, self._inquiry)
            reader.read()
            self._skipped += reader.skipped
            habit = _habit(reader.persons, typed=sheet.typed)
            wanted = self._visible(sheet, reader.persons)
            drafts += [draft_of(person, habit, self._inquiry) for person in wanted]
        return drafts

    def _skip_around(self, sheet: Sheet, blocks: list[Block]) -> None:
        """Mention the rows above the first header, and the headers that come again."""
        headers = sorted({block.header for block in blocks}, key=lambda header: header.start)
        for row in range(headers[0].start):
            if _row_text(sheet, row):
                self._skipped.append(
                    Skipped(self._source(sheet, row), "标题", _row_text(sheet, row))
                )
        for header in headers[1:]:
            self._skipped += [
                Skipped(self._source(sheet, row), "重复的表头", _row_text(sheet, row))
                for row in header
            ]

    def _visible(self, sheet: Sheet, persons: list[Person]) -> list[Person]:
        """The persons without those in hidden rows, unless the user or the list says they belong.

        They belong where a filter hides them, and where the numbering runs through them.
        """
        hidden = [person for person in persons if person.hidden]
        if not hidden:
            return persons
        belong = sheet.filtered or _numbered_through(persons)
        names = "、".join(shown(person.name) for person in hidden[:_MOST_NAMES])
        rows = "、".join(str(person.source.row) for person in hidden[:_MOST_NAMES])
        more = "等" if len(hidden) > _MOST_NAMES else ""
        default = "已按名册的一部分导入" if belong else "没有导入"
        answer = self._inquiry.ask(
            hidden[0].source,
            "row",
            "|".join(shown(person.name) for person in hidden),
            f"有{len(hidden)}行被隐藏（第{rows}行{more}：{names}{more}）。不回答时{default}。要导入吗？",
            choices=(Choice(TAKE, "导入"), Choice(LEAVE, "不导入")),
        )
        if (belong and answer is None) or answer == TAKE:
            return persons
        self._skipped += [Skipped(p.source, "隐藏的行", shown(p.name)) for p in hidden]
        return [person for person in persons if not person.hidden]

    def _described(self, sheet: Sheet, block: Block) -> SheetColumns:
        return SheetColumns(
            sheet.name,
            block.header.start + 1 if block.header else 0,
            tuple(
                ColumnFound(
                    column.index, column.heading, column.field, column.hidden,
                    _sample(sheet, block.rows, column.index),
                )
                for column in sorted(block.columns, key=lambda column: column.index)
            ),
        )  # fmt: skip


def _row_text(sheet: Sheet, row: int) -> str:
    texts = (sheet.text(row, column) for column in range(len(sheet.rows[row])))
    return " ".join(text for text in texts if text)[:200]


def _sample(sheet: Sheet, rows: Iterable[int], column: int) -> str:
    return next((text for row in rows if (text := sheet.text(row, column))), "")


def _habit(persons: Iterable[Person], *, typed: bool) -> Habit:
    cells = (placed.cell for person in persons for placed in person.cells.get("birth", []))
    return habit_of(cells, typed=typed)


def _numbered_through(persons: list[Person]) -> bool:
    """Whether the serial numbers count the hidden rows in, one by one."""
    numbers = [squeezed(shown(person.first("serial"))) for person in persons]
    if not all(number.isdecimal() for number in numbers):
        return False
    steps = Counter(int(second) - int(first) for first, second in pairwise(numbers))
    return set(steps) <= {1}
