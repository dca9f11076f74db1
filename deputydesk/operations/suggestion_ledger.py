"""The ledger of suggestions, in the columns that offices keep it in, for paper and spreadsheet."""

from datetime import date

from sqlalchemy.orm import Session

from deputydesk.late import dataclass
from deputydesk.operations import suggestions
from deputydesk.operations.suggestion_rows import SuggestionRow
from deputydesk.rules.suggestion_flow import SuggestionState

LEDGER = {
    "position": "序号",
    "number": "编号",
    "headline": "标题",
    "lead": "领衔",
    "cosigners": "附议数",
    "category": "类别",
    "main": "主办",
    "assist": "协办",
    "assigned_on": "交办日",
    "due_on": "期限",
    "talked": "面商",
    "replied_on": "答复日",
    "answer_class": "A/B/C",
    "satisfaction": "满意度",
    "rehandled": "重办",
    "commitment": "承诺",
    "state": "状态",
    "note": "备注",
}
"""Headings of the columns, by field, in order."""

WITHHELD = "（保密）"
TALKED = "是"
"""In the column 面商: at least one talk was held."""


@dataclass(frozen=True)
class LedgerRow:
    """A line of the ledger; the name of a deputy who wished it is withheld."""

    position: int
    number: int
    headline: str
    lead: str
    cosigners: int
    category: str
    main: str
    assist: str
    assigned_on: date | None
    due_on: date | None
    talked: str
    replied_on: date | None
    answer_class: str
    satisfaction: str
    rehandled: str
    commitment: str
    state: str
    note: str
    id: str


def rows(
    session: Session,
    *,
    today: date,
    meeting_id: str | None = None,
    year: int | None = None,
    last: date | None = None,
) -> list[LedgerRow]:
    """Registered suggestions as the ledger lists them, by number.

    Args:
        session: where to read.
        today: the day from which days left are counted.
        meeting_id: of this meeting; empty for those between meetings; None for all.
        year: of this year.
        last: submitted by this day.
    """
    found = suggestions.rows(session, today=today, meeting_id=meeting_id, year=year)
    registered = [
        row
        for row in found
        if row.number and not (last and row.submitted_on and row.submitted_on > last)
    ]
    registered.sort(key=lambda row: (row.year, row.meeting_id, row.number))
    return [_line(position, row) for position, row in enumerate(registered, start=1)]


def _line(position: int, row: SuggestionRow) -> LedgerRow:
    return LedgerRow(
        position=position,
        number=row.number,
        headline=row.headline,
        lead=WITHHELD if row.confidential else row.lead,
        cosigners=row.cosigners,
        category=row.category,
        main=row.main_unit,
        assist="、".join(row.assist_units),
        assigned_on=row.assigned_on,
        due_on=row.due_on,
        talked=TALKED if row.talked else ("否" if row.replied_on else ""),
        replied_on=row.replied_on,
        answer_class=row.answer_class,
        satisfaction=_satisfaction(row),
        rehandled="是" if row.rehandled else "",
        commitment=_commitment(row),
        state=row.state_label,
        note=_note(row),
        id=row.id,
    )


def _satisfaction(row: SuggestionRow) -> str:
    """The last form in a word, or attitude and result where they differ; before it, the first."""
    first = "首轮不满意，" if row.rehandled and row.closed_on else ""
    if row.state is SuggestionState.CLOSED_NOREPLY:
        return f"{first}未反馈"
    if row.attitude is None or row.result is None:
        return ""
    if row.attitude is row.result:
        return first + row.result.label
    return f"{first}工作{row.attitude.label}、结果{row.result.label}"


def _commitment(row: SuggestionRow) -> str:
    if row.open_commitments:
        return "落实中"
    if row.broken_commitments:
        return "未落实"
    return "已落实" if row.commitments else ""


def _note(row: SuggestionRow) -> str:
    parts = [
        "重点督办" if row.key else "",
        f"{row.led_by}领衔督办" if row.led_by else "",
        "分别办理" if row.separate else "",
        f"延期，原定{row.first_due_on:%Y-%m-%d}" if row.extended and row.first_due_on else "",
        "期限暂定" if row.provisional else "",
        f"并入第{row.merged_number}号" if row.merged_into else "",
        "多年重复" if row.repeated else "",
        row.conversion,
        f"档号{row.file_no}" if row.file_no else "",
    ]
    return "；".join(part for part in parts if part)
