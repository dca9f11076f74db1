"""牌匾 of homes and stations: the name as large as it goes, on A4, A3, or 60 × 40 cm in tiles."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated

from sqlalchemy import select
from sqlalchemy.orm import Session

from deputydesk.errors import UserError
from deputydesk.models import Home, Station
from deputydesk.operations import places
from deputydesk.progress import SILENT, Progress
from deputydesk.reports import fonts
from deputydesk.reports.form import (
    AskPaper,
    AskRecord,
    Form,
    Group,
    Job,
    Offered,
    OfficeHead,
    Options,
    tiled,
)
from deputydesk.reports.kit import Flow, RecordFooter, document
from deputydesk.reports.letter_sources import code_of, record_number
from deputydesk.reports.official import balanced
from deputydesk.reports.page import A3_WIDE, A4_WIDE, MM, RED, Page, Size, text_width

TITLE = "代表之家牌匾"
_CODE = "PB"
_A3, _A4, _LARGE = "a3", "a4", "large-tiles"
_SIZES = {_A3: A3_WIDE, _A4: A4_WIDE, _LARGE: Size(600, 400)}
_MOST = 5
"""Lines that a name is parted into at most."""


@dataclass(frozen=True)
class Plate:
    """What stands on a plate."""

    name: Annotated[str, "名称"]
    organ: Annotated[str, "机关"] = ""
    number: Annotated[str, "编号"] = ""
    code: str = ""


def write(
    plates: Iterable[Plate],
    to: Path,
    *,
    office: OfficeHead,
    printed_on: date,
    progress: Progress = SILENT,
    paper: str = _A3,
) -> int:
    """Writes a plate for each place; returns the number of sheets.

    Raises:
        UserError: a character cannot be printed, or the file cannot be written.
    """
    plates = list(plates)
    fonts.check_printable([*fonts.texts_of(plates, TITLE), *fonts.texts_of(office)])
    maker = tiled(office) if paper == _LARGE else office
    with document(to, title=TITLE, subject=TITLE, office=maker, printed_on=printed_on) as making:
        for done, plate in enumerate(plates):
            progress.step(done, len(plates), plate.name)
            making.add(_draw(plate, office, printed_on, _SIZES[paper]), bookmark=plate.name)
        return making.pages


def _draw(plate: Plate, office: OfficeHead, printed_on: date, size: Size) -> Flow:
    flow = Flow(RecordFooter(office, printed_on, plate.number, plate.code), size=size, left=15)
    page, scale = flow.page, size.width / A3_WIDE.width
    edge, bottom = 14.0, size.height - 24.0
    for inset, weight in ((0.0, 6.0), (4.0, 1.4)):
        gap = inset * scale
        page.rect(
            edge + gap, edge + gap, size.width - 2 * (edge + gap), bottom - edge - 2 * gap,
            stroke=RED, weight=weight * scale,
        )  # fmt: skip
    foot = 26.0 * scale if plate.organ else 0.0
    box = (edge + 18 * scale, edge + 14 * scale, size.width - 2 * (edge + 18 * scale))
    _name(page, plate.name, box, bottom - foot - 14 * scale)
    if plate.organ:
        y = bottom - 15 * scale
        page.fit(
            size.width / 2, y, plate.organ, box[2], "Hei", 26 * scale, align="center", color=RED
        )
    return flow


def _name(page: Page, name: str, box: tuple[float, float, float], bottom: float) -> None:
    """The name in the middle of the place, on as many lines as make it largest."""
    left, top, room = box
    size, lines = _largest(fonts.clean(name).replace("\n", " "), room, bottom - top)
    lead = size * 1.3 / MM
    y = (top + bottom) / 2 - lead * len(lines) / 2 + lead / 2 + size * 0.38 / MM
    for line in lines:
        page.text(left + room / 2, y, line, "BiaoSong", size, align="center", color=RED)
        y += lead


def _largest(name: str, room: float, high: float) -> tuple[float, Sequence[str]]:
    ems = max(1.0, fonts.width(name, "BiaoSong") / 1000)
    best: tuple[float, Sequence[str]] = (0.0, [name])
    for count in range(1, _MOST + 1):
        lines = balanced(name, ems / count + 0.01)
        widest = max(text_width(line, "BiaoSong", 1) for line in lines)
        size = min(room / widest, high * MM / 1.3 / len(lines))
        best = max(best, (size, lines), key=lambda pair: pair[0])
    return best


def _read(job: Job) -> list[Plate]:
    return job.office.ask(_plates, job)


def _plates(session: Session, job: Job) -> list[Plate]:
    """The plate of the place chosen, of all homes, or one in the office's own name.

    Raises:
        UserError: there is no such place.
    """
    chosen = job.options.record_id
    if chosen:
        found = session.get(Home, chosen) or session.get(Station, chosen)
        if found is None:
            raise UserError("找不到这个代表之家或工作站，可能已被删除。", hint="请刷新后再试。")
        return [_plate(found.id, found.name, job)]
    homes = places.home_names(session)
    if not homes:
        return [Plate(f"{job.head.name}人大代表之家", job.head.organ)]
    return [_plate(home.id, home.name, job) for home in homes]


def _plate(record_id: str, name: str, job: Job) -> Plate:
    return Plate(
        name,
        job.head.organ,
        number=record_number(_CODE, record_id, job.today),
        code=code_of(_CODE, record_id, job.today),
    )


def _offered(session: Session) -> list[Offered]:
    homes = [Offered(row.id, row.name, row.detail) for row in places.home_names(session)]
    stations = session.execute(select(Station.id, Station.name).order_by(Station.name))
    return homes + [Offered(ident, name, "工作站") for ident, name in stations]


def _extras(options: Options) -> dict[str, str]:
    return {"paper": FORM.paper(options)}


FORM = Form(
    "home_plate",
    TITLE,
    Group.HOME,
    "代表之家、工作站的牌匾，名称尽量大；可印 A3、A4，或按 60×40 厘米分块拼接，也可作制牌的样张。",
    _read,
    write,
    (
        AskRecord(Home, _offered, "代表之家、工作站", blank="全部代表之家", others=(Station,)),
        AskPaper(
            (
                (_A3, "A3 横向"),
                (_A4, "A4 横向"),
                (_LARGE, "60×40 厘米，分块印在 A4 上拼接"),
            )
        ),
    ),
    extras=_extras,
    source="自拟：“有规范标识”（门口挂牌）是各地代表之家的通行要求，没有统一的公开式样",
)
