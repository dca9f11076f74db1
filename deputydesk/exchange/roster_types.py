"""What the roster reader hands over: records, what it left out, what it has to ask."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field

FIELDS: Mapping[str, str] = {
    "name": "姓名",
    "sex": "性别",
    "ethnic": "民族",
    "birth": "出生年月",
    "phone": "联系电话",
    "id_no": "身份证号",
    "status": "状态",
    "party": "政治面貌",
    "education": "文化程度",
    "employer": "工作单位",
    "job": "职务",
    "district": "选区",
    "level": "代表层级",
    "town": "乡镇（街道）",
    "certificate_no": "代表证号",
    "leader": "领导职务",
    "note": "备注",
    "serial": "序号",
    "male": "性别：男（打勾）",
    "female": "性别：女（打勾）",
    "member": "是否党员",
}
"""What a column can hold, with the title that people choose from."""

LEAVE = ""
"""The answer that leaves a field empty, a row out."""
TAKE = "take"
TWO_PEOPLE = "two"

IN_OFFICE = "在任"


@dataclass(frozen=True, slots=True)
class Source:
    """Where something stands: file, sheet, row as Excel counts them."""

    file: str
    sheet: str
    row: int

    def __str__(self) -> str:
        return f"{self.file}，工作表“{self.sheet}”第{self.row}行"


@dataclass(frozen=True, slots=True)
class RosterRecord:
    """One deputy as the file states him; None is what it does not say, or not clearly."""

    name: str
    sex: str | None
    ethnic: str | None
    birth: str | None
    """'YYYY-MM' or 'YYYY-MM-DD'."""
    phone: str | None
    id_no: str | None
    status: str | None
    """在任, 辞职 …; None while it is asked whether the struck-out row still counts."""
    party: str | None
    education: str | None
    job: str | None
    district: str | None
    level: str | None
    town: str | None
    certificate_no: str | None
    note: str | None
    source: Source
    leader: bool | None = None


@dataclass(frozen=True, slots=True)
class Skipped:
    """A row that was not taken, and why."""

    source: Source
    reason: str
    text: str


@dataclass(frozen=True, slots=True)
class Choice:
    """A possible answer: what is stored and what people read."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Question:
    """Something only a person can decide; until then the field is empty, the row left out."""

    id: str
    source: Source
    field: str
    """A key of `FIELDS`, or 'row' or 'sheet'."""
    text: str
    choices: tuple[Choice, ...]
    free: bool = False
    """Another value may be typed in."""


@dataclass(frozen=True, slots=True)
class ColumnFound:
    """A column of a sheet and what the reader takes it for."""

    index: int
    """Counted from 0."""
    heading: str
    field: str | None
    hidden: bool
    sample: str


@dataclass(frozen=True, slots=True)
class SheetColumns:
    """The columns found below one header of a sheet, for preview and correction."""

    sheet: str
    header_row: int
    """As Excel counts; 0 where the columns were given by a person."""
    columns: tuple[ColumnFound, ...]


@dataclass(frozen=True, slots=True)
class Roster:
    """A roster file as read."""

    records: tuple[RosterRecord, ...]
    skipped: tuple[Skipped, ...]
    questions: tuple[Question, ...]
    columns: tuple[SheetColumns, ...]


@dataclass
class Inquiry:
    """Collects questions, and knows the answers that were given already."""

    file: str
    answers: Mapping[str, str] = field(default_factory=dict[str, str])
    _open: dict[str, Question] = field(default_factory=dict[str, Question])

    @property
    def questions(self) -> tuple[Question, ...]:
        """The questions without an answer, in the order in which they came up."""
        return tuple(self._open.values())

    def ask(
        self,
        source: Source,
        topic: str,
        about: str,
        text: str,
        *,
        choices: tuple[Choice, ...] = (),
        free: bool = False,
    ) -> str | None:
        """Ask once; returns the answer if it is known already.

        An answer is kept with the row and with what stands there (`about`), so that it is not
        applied to something else when the file has changed in the meantime.
        """
        mark = hashlib.sha256(about.encode()).hexdigest()[:8]
        question = Question(
            id=f"{source.sheet}!{source.row}:{topic}:{mark}",
            source=source,
            field=topic,
            text=text,
            choices=(*choices, Choice(LEAVE, "留空")) if not _has_leave(choices) else choices,
            free=free,
        )
        answer = self.answers.get(question.id)
        if answer is not None and (free or answer in {choice.value for choice in question.choices}):
            return answer
        self._open.setdefault(question.id, question)
        return None


def _has_leave(choices: tuple[Choice, ...]) -> bool:
    return any(choice.value == LEAVE for choice in choices)
