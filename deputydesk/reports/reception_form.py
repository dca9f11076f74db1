"""人大代表接待选民登记表: a voter's words and what became of them, filled in or blank."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

from deputydesk.progress import SILENT, Progress
from deputydesk.reports import fonts
from deputydesk.reports.form import OfficeHead
from deputydesk.reports.kit import Flow, RecordFooter, document
from deputydesk.reports.sheet import Cell, Sheet
from deputydesk.reports.wording import time_text

_TITLE = "人大代表接待选民登记表"
_DAY = "　　　　年　　月　　日"


@dataclass(frozen=True)
class DeputyPresent:
    """A deputy who received voters."""

    name: Annotated[str, "代表姓名"]
    level: Annotated[str, "代表层级"] = ""


@dataclass(frozen=True)
class VoterOpinion:
    """What one voter said; every field may be empty, to be written by hand."""

    voter: Annotated[str, "选民姓名"] = ""
    sex: Annotated[str, "性别"] = ""
    age: Annotated[str, "年龄"] = ""
    address: Annotated[str, "住址"] = ""
    phone: Annotated[str, "电话"] = ""
    words: Annotated[str, "反映问题"] = ""
    answer: Annotated[str, "当场答复"] = ""
    deputy_view: Annotated[str, "代表意见"] = ""
    handling: Annotated[str, "处理意见"] = ""
    result: Annotated[str, "承办单位及结果"] = ""
    feedback: Annotated[str, "反馈时间方式"] = ""
    rating: Annotated[str, "选民评价"] = ""


@dataclass(frozen=True)
class Reception:
    """A visit at which voters were received; without opinions it prints one sheet to fill in."""

    number: Annotated[str, "编号"] = ""
    code: Annotated[str, "二维码"] = ""
    """What the QR code holds to find this record again; capitals, digits, -:/ only."""
    home: Annotated[str, "代表之家"] = ""
    place: Annotated[str, "接待地点"] = ""
    begins: datetime | None = None
    """Midnight when only the day is known."""
    ends: datetime | None = None
    deputies: Annotated[tuple[DeputyPresent, ...], "接待代表"] = ()
    recorder: Annotated[str, "记录人"] = ""
    opinions: Annotated[tuple[VoterOpinion, ...], "选民意见"] = ()


def write(
    receptions: Iterable[Reception],
    to: Path,
    *,
    office: OfficeHead,
    printed_on: date,
    progress: Progress = SILENT,
) -> int:
    """Writes a sheet for each opinion, or a blank one for nothing; returns the number of pages.

    Raises:
        UserError: a character cannot be printed, or the file cannot be written.
    """
    receptions = list(receptions) or [Reception()]
    fonts.check_printable([*fonts.texts_of(receptions, "接待登记"), *fonts.texts_of(office)])
    with document(
        to, title=_TITLE, subject="接待选民登记表", office=office, printed_on=printed_on
    ) as making:
        for done, reception in enumerate(receptions):
            progress.step(done, len(receptions), reception.home)
            opinions = reception.opinions or (VoterOpinion(),)
            for number, opinion in enumerate(opinions, start=1):
                flow = _draw(reception, opinion, (number, len(opinions)), office, printed_on)
                making.add(flow, bookmark=_bookmark(reception, opinion))
        return making.pages


def _bookmark(reception: Reception, opinion: VoterOpinion) -> str:
    words = [reception.number, reception.home, opinion.voter]
    return " ".join(word for word in words if word) or _TITLE


def _draw(
    reception: Reception,
    opinion: VoterOpinion,
    place: tuple[int, int],
    office: OfficeHead,
    printed_on: date,
) -> Flow:
    flow = Flow(RecordFooter(office, printed_on, reception.number, reception.code))
    page = flow.page
    page.text(105, 28, _TITLE, "BiaoSong", 22, align="center")
    flow.y = 39
    page.fit(flow.left, flow.y, office.full_name, 80, "Song", 10.5)
    number = f"编号：{reception.number or '　　　　　　　　'}"
    if place[1] > 1:
        number += f"（第{place[0]}件，共{place[1]}件）"
    page.text(flow.right, flow.y, number, "Song", 10.5, align="right")
    flow.y += 3
    sheet = Sheet(flow)
    _reception(sheet, reception)
    _voter(sheet, opinion)
    _matter(sheet, opinion, office)
    sheet.cells(
        (
            Cell("选民签名", "", 1.25),
            Cell("代表签名", "", 1.1),
            Cell("记录人", reception.recorder, 0.95, is_name=True),
        ),
        height=12,
    )
    note = "填表说明：反映问题按选民原话记录；涉法涉诉事项请引导至法定渠道。"
    sheet.close(note=note)
    return flow


def _reception(sheet: Sheet, reception: Reception) -> None:
    deputies = "、".join(
        f"{deputy.name}（{deputy.level}）" if deputy.level else deputy.name
        for deputy in reception.deputies
    )
    sheet.cells((Cell("代表之家", reception.home), Cell("接待地点", reception.place)))
    sheet.cells((Cell("接待时间", time_text(reception.begins, reception.ends)),))
    sheet.cells((Cell("接待代表\n（层级）", deputies),), height=12)


def _voter(sheet: Sheet, opinion: VoterOpinion) -> None:
    sheet.cells(
        (
            Cell("选民姓名", opinion.voter, 1.3, is_name=True),
            Cell("性别", opinion.sex, 0.55),
            Cell("年龄", opinion.age, 0.6),
            Cell("电话", opinion.phone, 1.05),
        )
    )
    sheet.cells((Cell("住　　址", opinion.address),))


def _matter(sheet: Sheet, opinion: VoterOpinion, office: OfficeHead) -> None:
    organ = f"{office.handling_organ}\n处理意见"
    sheet.block("反映问题\n（原话）", opinion.words, height=52)
    sheet.block("当场答复", opinion.answer, height=24)
    sheet.block("代表意见", opinion.deputy_view, height=26)
    sign = f"{office.chair}（签名）：　　　　　　　{_DAY}"
    sheet.block(organ, opinion.handling, height=28, sign=sign)
    sheet.block("承办单位\n及结果", opinion.result, height=26)
    sheet.cells((Cell("反馈时间\n及方式", opinion.feedback, 1.2), Cell("选民评价", opinion.rating)))
