"""履职报告: what a deputy did in a period, for one deputy or for all in one file."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import count, groupby
from pathlib import Path
from typing import Annotated

from deputydesk.progress import SILENT, Progress
from deputydesk.reports import charts, fonts
from deputydesk.reports.charts import GradeCount, MonthCount
from deputydesk.reports.form import OfficeHead
from deputydesk.reports.kit import Flow, RecordFooter, document, photo
from deputydesk.reports.page import (
    GREY,
    HAIR,
    INK,
    PALE,
    RED,
    Page,
    fitting_size,
    stamp_of,
    text_width,
)
from deputydesk.reports.steps import Stamp
from deputydesk.reports.tables import Column, Table
from deputydesk.reports.wording import period_text, short_date

_DUTIES = (
    Column("序号", 12),
    Column("日期", 18),
    Column("履职类别", 28),
    Column("主要内容", 108, "left"),
)
_SCORED_DUTIES = (
    *_DUTIES[:3],
    Column("主要内容", 94, "left"),
    Column("积分", 14),
)
_SUGGESTIONS = (
    Column("编号", 18),
    Column("建议标题", 72, "left"),
    Column("承办单位", 36),
    Column("办理状态", 20),
    Column("满意度", 20),
)
_SCORES = (
    Column("季度", 38),
    Column("积分", 22),
    Column("名次", 30),
    Column("积分规则", 76, "left"),
)
_NUMBERS = "一二三四五六七八九十"
_PHOTO = (30.0, 37.5)
_SIGNATURE = 30.0


@dataclass(frozen=True)
class Fact:
    """A line of the card: 所在代表之家 — 五当召镇人大代表之家."""

    label: Annotated[str, "栏目名称"]
    value: Annotated[str, "栏目内容"]


@dataclass(frozen=True)
class Tile:
    """A figure that stands out: 接待选民 47 人次, 进“家”9次."""

    label: Annotated[str, "指标名称"]
    value: Annotated[str, "指标数值"]
    unit: Annotated[str, "指标单位"] = ""
    note: Annotated[str, "指标说明"] = ""


@dataclass(frozen=True)
class DutyRow:
    """One thing that the deputy did."""

    day: date | None
    kind: Annotated[str, "履职类别"]
    what: Annotated[str, "主要内容"]
    points: Annotated[str, "积分"] = ""
    part: Annotated[str, "部分"] = ""
    """The part of the duty file in which it stands; rows of a part stand together."""


@dataclass(frozen=True)
class ScoreRow:
    """Points of one quarter, as they were closed."""

    quarter: Annotated[str, "季度"]
    points: Annotated[str, "积分"]
    rank: Annotated[str, "名次"]
    rules: Annotated[str, "积分规则"]


@dataclass(frozen=True)
class SuggestionRow:
    """One suggestion that the deputy led or signed."""

    number: Annotated[str, "建议编号"]
    heading: Annotated[str, "建议标题"]
    unit: Annotated[str, "承办单位"]
    status: Annotated[str, "办理状态"]
    satisfaction: Annotated[str, "满意度"] = "—"


@dataclass(frozen=True)
class DutyReport:
    """All that the report of one deputy says, ready to print."""

    name: Annotated[str, "代表姓名"]
    start: date
    end: date
    number: Annotated[str, "编号"] = ""
    """The record number in the foot, as LZ-2026-0004."""
    code: Annotated[str, "二维码"] = ""
    """What the QR code holds to find this record again; capitals, digits, -:/ only."""
    facts: Annotated[tuple[Fact, ...], "基本情况"] = ()
    photo: bytes | None = None
    tiles: Annotated[tuple[Tile, ...], "主要指标"] = ()
    months: Annotated[tuple[MonthCount, ...], "各月履职次数"] = ()
    grades: Annotated[tuple[GradeCount, ...], "测评结果"] = ()
    """Valid ballots by grade; empty when no evaluation was held."""
    duties: Annotated[tuple[DutyRow, ...], "履职情况"] = ()
    suggestions: Annotated[tuple[SuggestionRow, ...], "建议情况"] = ()
    scores: Annotated[tuple[ScoreRow, ...], "季度积分"] = ()
    self_assessment: Annotated[str, "代表自评"] = ""


def write(
    reports: Iterable[DutyReport],
    to: Path,
    *,
    office: OfficeHead,
    printed_on: date,
    progress: Progress = SILENT,
    duplex: bool = False,
) -> int:
    """Writes one file of all these reports, a bookmark each; returns the number of pages.

    duplex: every deputy begins on a front side.

    Raises:
        UserError: a character cannot be printed, or the file cannot be written.
    """
    reports = list(reports)
    fonts.check_printable(
        text for report in reports for text in fonts.texts_of(report, f"{report.name}的履职报告")
    )
    fonts.check_printable(fonts.texts_of(office))
    one = reports[0].name if len(reports) == 1 else ""
    title = f"{one}履职报告" if one else f"{office.name}人大代表履职报告"
    with document(
        to, title=title, subject="代表履职报告", office=office, printed_on=printed_on
    ) as making:
        for done, report in enumerate(reports):
            progress.step(done, len(reports), report.name)
            flow = _draw(report, office, printed_on)
            making.add(flow, bookmark=report.name, odd=duplex)
        if not reports:
            making.add(_none(office, printed_on))
        return making.pages


def _none(office: OfficeHead, printed_on: date) -> Flow:
    """A page that says there is nothing to report."""
    flow = Flow(RecordFooter(office, printed_on), left=22)
    flow.page.text(105, 27, "人大代表履职报告", "BiaoSong", 26, align="center")
    flow.page.text(105, 60, "所选范围内没有代表。", "Song", 12, align="center", color=GREY)
    return flow


def _draw(report: DutyReport, office: OfficeHead, printed_on: date) -> Flow:
    flow = Flow(RecordFooter(office, printed_on, report.number, report.code))
    _head(flow, report)
    _card(flow, report)
    _tiles(flow, report.tiles)
    flow.section("一、履职情况", keep=60)
    _charts(flow, report)
    _duties(flow, report.duties)
    _suggestions(flow, report.suggestions)
    _scores(flow, report.scores)
    _self_assessment(flow, report.self_assessment, "四" if report.scores else "三")
    _signature(flow, office)
    return flow


def _head(flow: Flow, report: DutyReport) -> None:
    page = flow.page
    page.text(105, 27, "人大代表履职报告", "BiaoSong", 26, align="center")
    period = f"（{period_text(report.start, report.end)}）"
    page.text(105, 34.5, period, "Song", 11, align="center", color=GREY)
    page.line(flow.left, 39, flow.right, 39, weight=1.4, color=RED)
    page.line(flow.left, 40.1, flow.right, 40.1, weight=0.4, color=RED)
    flow.y = 46


def _card(flow: Flow, report: DutyReport) -> None:
    """The deputy's facts in two columns, the photo beside them."""
    page, top = flow.page, flow.y
    page.stamp(_card_labels(tuple(fact.label for fact in report.facts), flow.width), flow.left, top)
    for (x, y, wide), fact in zip(_card_places(flow.width), report.facts, strict=False):
        label = _label_width(fact.label, wide)
        box = (flow.left + x + label, top + y, wide - label, 7)
        if fact.label == "姓名":
            page.name_box(box, fact.value, "Song", 10.5, align="left")
        else:
            page.fit_box(box, fact.value, "Song", 10.5, align="left")
    left = flow.right - _PHOTO[0]
    if report.photo is not None:
        page.picture(left, top, *_PHOTO, photo(report.photo, *_PHOTO))
        page.rect(left, top, *_PHOTO, stroke=HAIR, weight=0.6)
    else:
        page.rect(left, top, *_PHOTO, fill=PALE, stroke=HAIR, weight=0.6)
        page.text(left + 15, top + 18, "照片", "Song", 10, align="center", color=GREY)
        page.text(left + 15, top + 23, "二寸", "Song", 8.5, align="center", color=GREY)
    rows = (len(report.facts) + 1) // 2
    flow.y = top + max(rows * 7.4, _PHOTO[1]) + 6.5


def _card_places(wide: float) -> Iterator[tuple[float, float, float]]:
    """Where the facts of a card begin and how wide each is."""
    half = (wide - _PHOTO[0] - 10) / 2
    for number in count():
        yield number % 2 * (half + 4), number // 2 * 7.4, half


@lru_cache(maxsize=32)
def _card_labels(labels: tuple[str, ...], wide: float) -> Stamp:
    """What the cards of all deputies have alike: the labels, and a rule below each fact."""

    def draw(page: Page) -> None:
        for (x, y, half), label in zip(_card_places(wide), labels, strict=False):
            page.line(x, y + 7, x + half, y + 7, weight=0.3, color=HAIR)
            if len(label) <= 4:
                page.spread(x, y + 5, label, 15.5, "Hei", 10, color=GREY)
            else:
                box = (x, y, _label_width(label, half) - 2, 7)
                page.fit_box(box, label, "Hei", 10, align="left", color=GREY)

    return stamp_of(draw)


fonts.MEASURED.append(_card_labels.cache_clear)


def _label_width(label: str, wide: float) -> float:
    return 20.0 if len(label) <= 4 else min(wide / 2, text_width(label, "Hei", 10) + 3)


def _tiles(flow: Flow, tiles: tuple[Tile, ...]) -> None:
    if not tiles:
        return
    page, y, gap = flow.page, flow.y, 4.0
    wide = (flow.width - gap * (len(tiles) - 1)) / len(tiles)
    for number, tile in enumerate(tiles):
        x = flow.left + number * (wide + gap)
        page.rect(x, y, wide, 22, fill=PALE, stroke=HAIR, radius=1.2)
        page.fit(x + 4, y + 6.3, tile.label, wide - 7, "Hei", 9.5, color=GREY)
        room = wide - 8 - text_width(tile.unit, "Song", 10)
        size = fitting_size(tile.value, "BiaoSong", 23, room, 8)
        used = page.text(x + 4, y + 15.5, tile.value, "BiaoSong", size, color=RED)
        page.text(x + 5 + used, y + 15.5, tile.unit, "Song", 10)
        page.fit_box(
            (x + 4, y + 16.7, wide - 7, 4.5), tile.note, "Song", 8.5, align="left", color=GREY
        )
    flow.y = y + 22 + 6.6


def _charts(flow: Flow, report: DutyReport) -> None:
    """Activities by month; beside them the evaluation, if one was held."""
    page, y = flow.page, flow.y + 1
    wide = 100.0 if report.grades else flow.width
    high = 35.0
    page.text(flow.left, y + 0.6, "各月履职次数", "Hei", 9.5)
    charts.month_legend(page, flow.left + 34, y + 0.5)
    charts.month_columns(page, flow.left + 7, y + 6, wide - 14, high, report.months)
    if report.grades:
        x = flow.left + wide
        votes = sum(grade.votes for grade in report.grades)
        page.text(x, y + 0.6, f"述职满意度测评（{votes}张有效票）", "Hei", 9.5)
        charts.grade_bars(page, x, y + 8, flow.right - x, high, report.grades)
    flow.y = y + 6 + high + 10


def _duties(flow: Flow, rows: tuple[DutyRow, ...]) -> None:
    """What the deputy did, part by part; the column of points only where points are given."""
    scored = any(row.points for row in rows)
    parts = [(part, list(members)) for part, members in groupby(rows, key=_part)]
    for place, (part, members) in enumerate(parts):
        if part:
            number = _NUMBERS[place] if place < len(_NUMBERS) else str(place + 1)
            flow.need(28)
            title = f"（{number}）{part}　{len(members)}项"
            flow.page.text(flow.left, flow.y + 3.6, title, "Kai", 11)
            flow.y += 6
        table = Table(flow, _SCORED_DUTIES if scored else _DUTIES)
        table.rows(
            (str(number), short_date(row.day), row.kind, row.what, row.points)[: 5 if scored else 4]
            for number, row in enumerate(members, start=1)
        )
        table.close()
        flow.y += 5 if place < len(parts) - 1 else 9
    if not rows:
        table = Table(flow, _DUTIES)
        table.rows([("", "", "", "（本期没有履职记录）")])
        table.close()
        flow.y += 9


def _part(row: DutyRow) -> str:
    return row.part


def _scores(flow: Flow, rows: tuple[ScoreRow, ...]) -> None:
    """Points by quarter, where quarters were closed."""
    if not rows:
        return
    flow.section("三、季度积分", keep=10 + 7.6 * min(len(rows), 4))
    table = Table(flow, _SCORES)
    table.rows((row.quarter, row.points, row.rank, row.rules) for row in rows)
    table.close()
    flow.y += 9


def _suggestions(flow: Flow, rows: tuple[SuggestionRow, ...]) -> None:
    flow.section("二、提出建议及办理情况", keep=20)
    table = Table(flow, _SUGGESTIONS)
    table.rows((row.number, row.heading, row.unit, row.status, row.satisfaction) for row in rows)
    if not rows:
        table.rows([("", "（本期没有提出建议）", "", "", "")])
    table.close()
    flow.y += 9


def _self_assessment(flow: Flow, text: str, number: str) -> None:
    """The deputy's own words; its last lines stay with the signature."""
    flow.section(f"{number}、代表自评", keep=26 + _SIGNATURE)
    if text.strip():
        flow.paragraph(text, "Kai", 11, keep=_SIGNATURE + 5)
    else:
        for _ in range(3):
            flow.y += 7.5
            flow.page.line(flow.left, flow.y, flow.right, flow.y, weight=0.3, color=HAIR)
    flow.y += 5


def _signature(flow: Flow, office: OfficeHead) -> None:
    """Where the deputy signs and the organ seals."""
    page, y = flow.page, flow.y
    middle = flow.left + flow.width * 0.44
    page.rect(flow.left, y, flow.width, _SIGNATURE, stroke=HAIR, weight=0.6)
    page.line(middle, y, middle, y + _SIGNATURE, weight=0.4, color=HAIR)
    page.text(flow.left + 4, y + 7, "代表签名：", "Hei", 10)
    page.text(flow.left + 22, y + 25, "年　　　月　　　日", "Song", 10)
    room = flow.right - middle - 8
    page.fit(middle + 4, y + 7, f"{office.handling_organ}审核意见：", room, "Hei", 10)
    page.text(flow.right - 6, y + 18.5, "（盖章）", "Song", 9, align="right", color=GREY)
    page.text(flow.right - 6, y + 25, "年　　月　　日", "Song", 10, align="right", color=INK)
    flow.y += _SIGNATURE
