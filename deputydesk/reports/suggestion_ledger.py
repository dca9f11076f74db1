"""建议办理台账: every suggestion of a period on A3 or A4 landscape, in the clerk's own columns."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated

from deputydesk.progress import SILENT, Progress
from deputydesk.reports import fonts
from deputydesk.reports.form import OfficeHead
from deputydesk.reports.kit import Flow, RecordFooter, document
from deputydesk.reports.lines import break_lines
from deputydesk.reports.page import A3_WIDE, A4_WIDE, GREY, MM, RED
from deputydesk.reports.tables import Column, Style, Table
from deputydesk.reports.wording import percent, short_date
from deputydesk.rules.names import spaced

COLUMNS = (
    Column("序号", 9),
    Column("编号", 13, fits=True),
    Column("标题", 61, "left"),
    Column("领衔", 19, fits=True),
    Column("附议数", 11),
    Column("类别", 17),
    Column("主办", 32, "left"),
    Column("协办", 28, "left"),
    Column("交办日", 22),
    Column("期限", 22),
    Column("面商", 11),
    Column("答复日", 22),
    Column("A/B/C", 11),
    Column("满意度", 19),
    Column("重办", 10),
    Column("承诺", 20, "left"),
    Column("状态", 17),
    Column("备注", 24, "left"),
)
_GAP = 3.0  # mm between the table and what its figures mean
_A3_STYLE = Style(size=9.5, lead=4.7, head_size=9.5, head_height=8.4, ruled=True, row=8)
_A4_STYLE = Style(
    size=7.5, lead=3.7, head_size=7.5, head_height=7, ruled=True, row=6.4, padding=0.9, above=1
)


@dataclass(frozen=True)
class LedgerRow:
    """A suggestion as the ledger shows it."""

    number: Annotated[str, "编号"]
    heading: Annotated[str, "标题"]
    leader: Annotated[str, "领衔"] = ""
    cosigners: int = 0
    category: Annotated[str, "类别"] = ""
    main_units: Annotated[str, "主办"] = ""
    joint_units: Annotated[str, "协办"] = ""
    assigned_on: date | None = None
    due: date | None = None
    due_is_provisional: bool = False
    talked: Annotated[str, "面商"] = ""
    """2次, or 未面商."""
    has_talked: bool = False
    answered_on: date | None = None
    answer_class: Annotated[str, "答复类别"] = ""
    satisfaction: Annotated[str, "满意度"] = ""
    rehandled: Annotated[str, "重办"] = ""
    """1次; empty when it was handled once."""
    commitment: Annotated[str, "承诺"] = ""
    status: Annotated[str, "状态"] = ""
    remark: Annotated[str, "备注"] = ""


@dataclass(frozen=True)
class LedgerRate:
    """A rate with both its counts and what it means."""

    name: Annotated[str, "比率名称"]
    numerator: int
    denominator: int
    definition: Annotated[str, "比率口径"] = ""


@dataclass(frozen=True)
class Ledger:
    """The ledger of a period."""

    title: Annotated[str, "标题"]
    """石拐区第十七届人大二次会议代表建议办理台账"""
    rows: Annotated[tuple[LedgerRow, ...], "建议"]
    period: Annotated[str, "期间"] = ""
    classes: Annotated[tuple[tuple[str, str], ...], "答复类别说明"] = ()
    """The legend: (A, 已解决或采纳) …"""
    rates: Annotated[tuple[LedgerRate, ...], "比率"] = ()
    number: Annotated[str, "编号"] = ""


def write(
    ledger: Ledger,
    to: Path,
    *,
    office: OfficeHead,
    printed_on: date,
    progress: Progress = SILENT,
    a3: bool = True,
) -> int:
    """Writes the ledger, on A3 or else on A4; returns the number of pages.

    Raises:
        UserError: a character cannot be printed, or the file cannot be written.
    """
    fonts.check_printable([*fonts.texts_of(ledger), *fonts.texts_of(office)])
    with document(
        to, title=ledger.title, subject="建议办理台账", office=office, printed_on=printed_on
    ) as making:
        making.add(_draw(ledger, office, printed_on, progress, a3=a3))
        return making.pages


def _draw(
    ledger: Ledger, office: OfficeHead, printed_on: date, progress: Progress, *, a3: bool
) -> Flow:
    flow = Flow(
        RecordFooter(office, printed_on, ledger.number),
        size=A3_WIDE if a3 else A4_WIDE,
        left=15,
        top=18,
        bottom=22,
    )
    _head(flow, ledger, 22 if a3 else 18)
    table = Table(flow, COLUMNS, _A3_STYLE if a3 else _A4_STYLE)
    notes, size = _notes(ledger), 9.5 if a3 else 8

    def high(note: str) -> float:
        return len(break_lines(fonts.clean(note), "Song", size, flow.width * MM)) * size / 2

    progress.step(0, 1, ledger.title)
    cells = [_cells(number, row) for number, row in enumerate(ledger.rows, start=1)]
    if cells:
        table.rows([*cells, _sums(ledger.rows)], keep=_GAP + sum(map(high, notes)) + 0.5)
    else:
        table.rows([["", "", "（本期没有代表建议）", *[""] * (len(COLUMNS) - 3)]])
    table.close()
    flow.y += _GAP
    for note in notes:
        flow.paragraph(note, "Song", size, lead=size / 2, indent=0, color=GREY)
    return flow


def _head(flow: Flow, ledger: Ledger, size: float) -> None:
    page, middle = flow.page, flow.size.width / 2
    y = flow.top + size * 0.3
    page.fit(middle, y, ledger.title, flow.width, "BiaoSong", size, align="center")
    y += 7
    if ledger.period:
        page.text(flow.left, y, ledger.period, "Song", 9.5, color=GREY)
    page.text(flow.right, y, f"共{len(ledger.rows)}件", "Song", 9.5, align="right", color=GREY)
    page.line(flow.left, y + 2, flow.right, y + 2, weight=1.2, color=RED)
    flow.y = y + 4


def _cells(number: int, row: LedgerRow) -> list[str]:
    due = short_date(row.due, with_year=True)
    return [
        str(number),
        row.number,
        row.heading,
        spaced(row.leader),
        str(row.cosigners) if row.cosigners else "",
        row.category,
        row.main_units,
        row.joint_units,
        short_date(row.assigned_on, with_year=True),
        f"{due}（暂定）" if row.due_is_provisional else due,
        row.talked,
        short_date(row.answered_on, with_year=True),
        row.answer_class,
        row.satisfaction,
        row.rehandled,
        row.commitment,
        row.status,
        row.remark,
    ]


def _sums(rows: Sequence[LedgerRow]) -> list[str]:
    """The last row: how many suggestions have what each column says."""
    return [
        "",
        "",
        f"合计　{len(rows)}件",
        "",
        str(sum(row.cosigners for row in rows)),
        "",
        "",
        "",
        f"交办\n{sum(row.assigned_on is not None for row in rows)}件",
        "",
        str(sum(row.has_talked for row in rows)),
        f"答复\n{sum(row.answered_on is not None for row in rows)}件",
        _counted(row.answer_class for row in rows),
        _counted(row.satisfaction for row in rows),
        str(sum(bool(row.rehandled) for row in rows)),
        str(sum(bool(row.commitment) for row in rows)),
        _counted(row.status for row in rows),
        "",
    ]


def _counted(said: Iterable[str]) -> str:
    """Each word with how often it was said, the most frequent first."""
    counts = Counter(word for word in said if word)
    return "\n".join(f"{word} {count}" for word, count in counts.most_common())


def _notes(ledger: Ledger) -> list[str]:
    """The legend of the answer classes, and each rate with its counts and what it means."""
    lines: list[str] = []
    if ledger.classes:
        legend = "；".join(f"{letter}——{words}" for letter, words in ledger.classes)
        lines.append(f"答复类别：{legend}。")
    for rate in ledger.rates:
        share = (
            f"{percent(rate.numerator, rate.denominator)}（{rate.numerator}/{rate.denominator}）"
        )
        meaning = f"：{rate.definition}" if rate.definition else ""
        lines.append(f"{rate.name} {share}{meaning}。".replace("。。", "。"))
    return lines
