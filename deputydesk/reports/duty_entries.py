"""What papers on duty say of deputies: their data, and all they did with what it gave.

Deputies are read some at a time while the paper is drawn: a file of all of them needs no more
memory than that of a few.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Annotated, Generic, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from deputydesk.models import Activity, Assembly, DeputyGroup, Mandate, Opinion, Visit
from deputydesk.models.points import PointState
from deputydesk.office import Office
from deputydesk.operations import attachments, deputies, duty, point_rows
from deputydesk.operations.deputies import DeputyRow
from deputydesk.operations.duty import DutyRow
from deputydesk.paths import attachments_folder, content_in
from deputydesk.reports.duty_sources import birth_text, chosen, masked
from deputydesk.reports.form import AskPaper, Job
from deputydesk.reports.wording import month_text
from deputydesk.rules.duty import TOOK_PART, DutyKind, DutyPart
from deputydesk.rules.names import spaced
from deputydesk.rules.points import shown
from deputydesk.rules.quarters import Quarter

FILLED, NAMED, BLANK = "filled", "named", "blank"
FILLING = AskPaper(
    (
        (FILLED, "印已登记的履职，空行手填"),
        (NAMED, "只印代表的基本情况，手工填写"),
        (BLANK, "空白，全部手工填写"),
    ),
    "填写",
)
_PLACED = frozenset(model.__tablename__ for model in (Activity, Assembly, Opinion, Visit))
"""Kinds of record whose detail is a place."""
_BATCH = 16
_T = TypeVar("_T")

Given = Mapping[tuple[str, str, str], tuple[str, str]]
"""By table, record and mandate: the points it gave, and the clerk's word on it."""


@dataclass(frozen=True)
class DeputyData:
    """Who a deputy is, as papers on duty say it; what is empty is filled in by hand."""

    id: str = ""
    name: Annotated[str, "姓名"] = ""
    sex: Annotated[str, "性别"] = ""
    ethnic: Annotated[str, "民族"] = ""
    birth: Annotated[str, "出生年月"] = ""
    party: Annotated[str, "政治面貌"] = ""
    education: Annotated[str, "文化程度"] = ""
    job: Annotated[str, "工作单位及职务"] = ""
    level: Annotated[str, "代表层级"] = ""
    others: Annotated[str, "兼任"] = ""
    term: Annotated[str, "届次"] = ""
    district: Annotated[str, "选区"] = ""
    certificate: Annotated[str, "代表证号"] = ""
    group: Annotated[str, "代表小组"] = ""
    home: Annotated[str, "代表之家"] = ""
    started: Annotated[str, "任职时间"] = ""
    phone: Annotated[str, "联系电话"] = ""
    photo: bytes = field(default=b"", repr=False)


@dataclass(frozen=True)
class Entry:
    """One thing that a deputy did, ready for a table."""

    part: DutyPart
    day: date
    kind: Annotated[str, "履职类别"]
    what: Annotated[str, "主要内容"]
    place: Annotated[str, "地点"] = ""
    time: Annotated[str, "时长"] = ""
    points: Annotated[str, "积分"] = ""
    word: Annotated[str, "审核"] = ""
    role: Annotated[str, "角色"] = ""
    table: str = ""
    id: str = ""
    """The record it comes from."""


class Stream(Generic[_T]):
    """Papers of many deputies, read some at a time as they are wanted.

    Args:
        ids: mandates, in the order of the papers.
        read: reads the papers of some of them.
    """

    def __init__(self, ids: Sequence[str], read: Callable[[Sequence[str]], Sequence[_T]]) -> None:
        self._ids = ids
        self._read = read

    def __len__(self) -> int:
        """How many papers there are."""
        return len(self._ids)

    def __iter__(self) -> Iterator[_T]:
        """The papers one after another."""
        for first in range(0, len(self._ids), _BATCH):
            yield from self._read(self._ids[first : first + _BATCH])


def read_papers(
    job: Job, paper: Callable[[DeputyData, tuple[Entry, ...]], _T], *, photos: bool = False
) -> Stream[_T] | list[_T]:
    """A paper for each deputy wanted, as `FILLING` says; none where a blank one is printed.

    Args:
        job: what is printed.
        paper: makes one of who the deputy is and of what was done, of which it may be told nothing.
        photos: whether it shows their portraits.
    """
    filling = job.options.paper or FILLED
    if filling == BLANK:
        return []
    first, last = job.period
    ids = wanted(job)
    is_filled = filling == FILLED
    points: Given = job.office.ask(given, first, last) if is_filled and ids else {}

    def read(some: Sequence[str]) -> list[_T]:
        done = job.office.ask(entries, some, first=first, last=last, points=points)
        return [
            paper(who, tuple(done[who.id]) if is_filled else ())
            for who in data(job.office, some, photos=photos)
        ]

    return Stream(ids, read)


def wanted(job: Job) -> list[str]:
    """The mandates to print, in their order: those chosen, or all in office.

    Raises:
        UserError: one that was chosen is gone.
    """
    return [row.id for row in job.office.ask(chosen, job.options.deputy_ids)]


def data(office: Office, ids: Sequence[str], *, photos: bool = False) -> list[DeputyData]:
    """Who these deputies are, with their portraits if asked."""
    return [
        _with_photo(office, one, digest) if photos and digest else one
        for one, digest in office.ask(_data, ids)
    ]


def _with_photo(office: Office, one: DeputyData, digest: str) -> DeputyData:
    file = content_in(attachments_folder(office.data.path), digest)
    photo = file.read_bytes() if file.is_file() else b""
    return replace(one, photo=photo)


def _data(session: Session, ids: Sequence[str]) -> list[tuple[DeputyData, str]]:
    everybody = deputies.rows(session, former=True)
    rows = {row.id: row for row in everybody}
    people = {rows[ident].person_id for ident in ids if ident in rows}
    groups: dict[str, str] = dict(
        session.execute(
            select(Mandate.id, DeputyGroup.name).join(
                DeputyGroup, DeputyGroup.id == Mandate.group_id
            )
        ).all()
    )
    portraits = attachments.photos(session, people)
    found: list[tuple[DeputyData, str]] = []
    for row in (rows[ident] for ident in ids if ident in rows):
        others = [
            f"{other.level.label}人大代表"
            for other in everybody
            if other.person_id == row.person_id and other.id != row.id and not other.ended_on
        ]
        portrait = portraits.get(row.person_id)
        one = _one(row, "、".join(others), groups.get(row.id, ""))
        found.append((one, portrait.digest if portrait else ""))
    return found


def _one(row: DeputyRow, others: str, group: str) -> DeputyData:
    return DeputyData(
        id=row.id,
        name=spaced(row.name),
        sex=row.sex.label,
        ethnic=row.ethnic,
        birth=birth_text(row.birth),
        party=row.party,
        education=row.education,
        job=row.job,
        level=f"{row.level.label}人大代表",
        others=others,
        term=row.term,
        district=row.district,
        certificate=row.certificate_no,
        group=group,
        home=row.home,
        started=month_text(row.started_on),
        phone=masked(row.phone),
    )


def given(session: Session, first: date, last: date) -> Given:
    """What each entry of a time gave, by the closed quarters, else as it is now."""
    found: dict[tuple[str, str, str], tuple[str, str]] = {}
    quarter = Quarter.of(first)
    while quarter.first <= last:
        for row in point_rows.entries(session, quarter):
            key = (row.table, row.source_id, row.mandate_id)
            found[key] = (shown(row.gave) if row.counted else "", _word(row.state))
        quarter = quarter.after
    return found


def _word(state: PointState) -> str:
    return "" if state == PointState.DRAFT else state.label


def entries(
    session: Session, ids: Sequence[str], *, first: date, last: date, points: Given
) -> dict[str, list[Entry]]:
    """What each of these deputies did in a time, part by part, the earliest first."""
    order = list(DutyPart)
    done = duty.by_deputy(session, first=first, last=last, mandate_ids=ids)
    return {
        ident: sorted(
            (_entry(row, points) for row in done.get(ident, ())),
            key=lambda entry: (order.index(entry.part), entry.day),
        )
        for ident in ids
    }


def _entry(row: DutyRow, points: Given) -> Entry:
    is_placed = row.table in _PLACED
    gave, word = points.get((row.table, row.id, row.mandate_id), ("", ""))
    return Entry(
        row.part,
        row.day,
        row.kind.label,
        _what(row, detail="" if is_placed else row.detail),
        place=row.detail if is_placed else "",
        time="，".join(
            f"{number}{unit}"
            for number, unit in ((row.half_days, "个半天"), (row.hours, "学时"))
            if number
        ),
        points=gave,
        word=word,
        role=row.role,
        table=row.table,
        id=row.id,
    )


def _what(row: DutyRow, *, detail: str) -> str:
    """What an entry says on paper that others see: no private reason of a leave."""
    role = "" if row.role in ("", TOOK_PART, row.kind.label) else row.role
    said = [] if row.kind == DutyKind.LEAVE else [row.title, detail]
    met = f"{row.people}人次" if row.people and row.table != Opinion.__tablename__ else ""
    first = "，".join(part for part in said if part) or row.kind.label
    return "，".join(part for part in (first, role, met) if part)
