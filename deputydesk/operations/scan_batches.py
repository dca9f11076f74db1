"""Files that were read in one go: their pages are kept, or go again before they count."""

import secrets
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from deputydesk.errors import UserError
from deputydesk.late import dataclass, replace
from deputydesk.models import (
    Attachment,
    ScanBatch,
    ScanDecision,
    ScanLook,
    ScanPage,
    ScanReading,
    ScanRun,
)
from deputydesk.models.scan import PageState
from deputydesk.office import Right, Tx, operation
from deputydesk.operations import attachments, scan_runs
from deputydesk.operations.attachments import Content
from deputydesk.operations.checks import get
from deputydesk.operations.scan_pages import PICTURE, WHOLE, RowRead
from deputydesk.rules.scan_plan import BLANK, Plan

_Page = TypeVar("_Page")
OVER = "more_than_allowed"
"""The reader's own word for it, whose package is loaded only to read."""


@dataclass(frozen=True)
class PageRead:
    """A page that was read.

    Args:
        number: which page of the paper it is.
        rows: what its rows say.
        original: SHA-256 of its bytes as they came.
        picture: its rows, laid straight.
        whole: the page as it was scanned.
        quality: how well it could be seen.
        sheet: the number of the sheet, by chance; empty where papers have none.
    """

    number: int
    rows: tuple[RowRead, ...]
    original: str
    picture: Content
    whole: Content
    quality: Mapping[str, Any]  # Any: JSON
    sheet: str = ""


@dataclass(frozen=True)
class Taken:
    """Files read in one go.

    Args:
        files: how many.
        digest: SHA-256 over the check values of the pages, in the order of these.
        pages: pages in them, refused ones too.
        refused: how many were refused, by reason.
        reader: the reader's version and parameters.
        read: the pages that were read.
    """

    files: int
    digest: str
    pages: int
    refused: Mapping[str, int]
    reader: str
    read: tuple[PageRead, ...]


@dataclass(frozen=True)
class TakenIn:
    """What became of pages: kept, and those whose very bytes were there already."""

    batch_id: str
    kept: int
    known: int


@dataclass(frozen=True)
class BatchRow:
    """A batch as the review lists it."""

    id: str
    taken_on: date
    taken_by: str
    files: int
    digest: str
    pages: int
    kept: int
    refused: Mapping[str, int]
    reader: str


def rows(session: Session, run_id: str) -> list[BatchRow]:
    """The batches of a run, the first in front."""
    kept = select(func.count()).where(ScanPage.batch_id == ScanBatch.id).scalar_subquery()
    found = session.execute(
        select(ScanBatch, kept).where(ScanBatch.run_id == run_id).order_by(ScanBatch.id)
    )
    return [
        BatchRow(
            id=batch.id,
            taken_on=batch.taken_on,
            taken_by=batch.taken_by,
            files=batch.files,
            digest=batch.digest,
            pages=batch.pages,
            kept=count,
            refused=batch.refused,
            reader=batch.reader,
        )
        for batch, count in found
    ]


def shuffled(pages: Sequence[_Page]) -> list[_Page]:
    """The pages in an order that nobody can know."""
    mixed = list(pages)
    secrets.SystemRandom().shuffle(mixed)
    return mixed


@operation(
    Right.EVALUATE, "读入扫描票", instead="读错了的，在“读入”下面选中那一次，点“撤回这一次读入”。"
)
def take_in(tx: Tx, *, run_id: str, taken: Taken) -> TakenIn:
    """Keep pages that were read; of a secret run in an order that nobody can know.

    Raises:
        UserError: the run is booked, a page is not of its plan, or its pages cannot be counted.
    """
    run = scan_runs.open_run(tx, run_id)
    plan = Plan.from_dict(run.plan)
    if plan.needs_whole_papers:
        raise UserError(
            "这种票有两页，多选的要整张作废，而无记名的两页分不清是不是同一张，不能读票计数。",
            hint="请手工计票后录入；或者减少候选项目，使票面只有一页。",
        )
    batch = ScanBatch(
        run_id=run_id,
        taken_on=tx.today,
        taken_by=tx.user.name,
        files=taken.files,
        digest=taken.digest,
        pages=taken.pages,
        refused=dict(taken.refused),
        reader=taken.reader,
    )
    tx.session.add(batch)
    fresh = {page.original: page for page in taken.read}
    for original in originals(tx.session, run_id):
        fresh.pop(original, None)
    pages = list(fresh.values())
    for page in shuffled(pages) if run.secret else pages:
        _keep(tx, run, batch, page, plan)
    tx.about = f"{run.name} {len(pages)}页"
    return TakenIn(batch.id, len(pages), len(taken.read) - len(pages))


def originals(session: Session, run_id: str) -> list[str]:
    """The check values of all pages of a run, as they came."""
    return list(session.scalars(select(ScanPage.original).where(ScanPage.run_id == run_id)))


def _keep(tx: Tx, run: ScanRun, batch: ScanBatch, page: PageRead, plan: Plan) -> None:
    _of_plan(page.number, page.rows, plan)
    is_again = _is_again(tx, run, page)
    made = ScanPage(
        run_id=run.id,
        batch_id=batch.id,
        number=page.number,
        sheet=page.sheet,
        original=page.original,
        state=PageState.SAME if is_again else PageState.READ,
        reason=f"张号{page.sheet}已经读过" if is_again else "",
    )
    tx.session.add(made)
    tx.session.flush()
    _note_reading(tx, made, batch.reader, judged(plan, page.number, page.rows), page.quality)
    for content, purpose in ((page.picture, PICTURE), (page.whole, WHOLE)):
        attachments.add(
            tx,
            owner_kind=ScanPage.__tablename__,
            owner_id=made.id,
            files=(content,),
            purpose=purpose,
            confidential=True,
        )


def _is_again(tx: Tx, run: ScanRun, page: PageRead) -> bool:
    """Whether the sheet was scanned before, as its number says."""
    if not page.sheet:
        return False
    before = select(ScanPage.id).where(
        ScanPage.run_id == run.id,
        ScanPage.number == page.number,
        ScanPage.sheet == page.sheet,
        ScanPage.state == PageState.READ,
    )
    return tx.session.scalars(before.limit(1)).first() is not None


def _of_plan(number: int, read: Sequence[RowRead], plan: Plan) -> None:
    fits = 1 <= number <= len(plan.pages) and len(read) == len(plan.pages[number - 1])
    if not fits:
        raise UserError(
            f"第{number}页的行数与印出去的票不符，没有读入。", hint="请核对是不是这一批票。"
        )


def judged(plan: Plan, number: int, read: Sequence[RowRead]) -> list[RowRead]:
    """A question of which more is ticked than may be, or might be, is a person's to judge.

    The reader judges so of a whole ballot; which rows are one question only the plan knows.
    """
    might = [bool(row.doubts) or row.answer != BLANK for row in read]
    over = plan.over_rows(number, might)
    return [
        replace(row, answer="", doubts=(*row.doubts, OVER)) if n in over and might[n] else row
        for n, row in enumerate(read)
    ]


def _note_reading(
    tx: Tx,
    page: ScanPage,
    reader: str,
    read: Sequence[RowRead],
    quality: Mapping[str, Any],  # Any: JSON
) -> None:
    said = {"quality": dict(quality), "rows": [row.to_dict() for row in read]}
    tx.session.add(ScanReading(run_id=page.run_id, page_id=page.id, reader=reader, said=said))


@dataclass(frozen=True)
class ReadAgain:
    """What another version of the reader says of a page that is kept."""

    page_id: str
    rows: tuple[RowRead, ...]
    quality: Mapping[str, Any]  # Any: JSON


@operation(Right.EVALUATE, "重新读票", can_undo=False)
def add_readings(tx: Tx, *, run_id: str, reader: str, read: tuple[ReadAgain, ...]) -> int:
    """Put what another version of the reader says beside what is there; returns how many pages.

    A page that this version has read already is left as it is.
    """
    run = get(tx.session, ScanRun, run_id)
    plan = Plan.from_dict(run.plan)
    done = set(
        tx.session.scalars(
            select(ScanReading.page_id).where(
                ScanReading.run_id == run_id, ScanReading.reader == reader
            )
        )
    )
    fresh = [each for each in read if each.page_id not in done]
    for each in fresh:
        page = get(tx.session, ScanPage, each.page_id)
        _of_plan(page.number, each.rows, plan)
        _note_reading(tx, page, reader, judged(plan, page.number, each.rows), each.quality)
    tx.about = f"{run.name} {len(fresh)}页"
    return len(fresh)


def contents(session: Session, batch_id: str) -> list[str]:
    """The contents that the pages of a batch name."""
    query = (
        select(Attachment.digest)
        .join(ScanPage, ScanPage.id == Attachment.owner_id)
        .where(ScanPage.batch_id == batch_id)
    )
    return list(session.scalars(query))


@operation(Right.EVALUATE, "撤回读入", instead="撤回的页请从原来的文件重新读入。")
def remove(tx: Tx, *, batch_id: str) -> None:
    """Let a batch go again, with all that was read and decided of its pages; the log keeps it.

    Raises:
        UserError: its run is booked.
    """
    batch = get(tx.session, ScanBatch, batch_id)
    run = scan_runs.open_run(tx, batch.run_id)
    pages = list(tx.session.scalars(select(ScanPage).where(ScanPage.batch_id == batch_id)))
    for page in pages:
        for model, column in (
            (ScanReading, ScanReading.page_id),
            (ScanDecision, ScanDecision.page_id),
            (Attachment, Attachment.owner_id),
        ):
            for row in tx.session.scalars(select(model).where(column == page.id)):
                tx.session.delete(row)
        for look in tx.session.scalars(select(ScanLook).where(ScanLook.page_id == page.id)):
            look.page_id = ""  # that somebody looked, and why, stays with the run
        tx.session.delete(page)
    _forget_sample(run, batch_id, {page.id for page in pages})
    tx.session.delete(batch)
    tx.about = f"{run.name} {len(pages)}页"


def _forget_sample(run: ScanRun, batch_id: str, gone: set[str]) -> None:
    """Leave out of the run's sample the rows of pages that are gone."""
    if not run.sample:
        return
    run.sample = {
        "rows": [each for each in run.sample["rows"] if each[0] not in gone],
        "typed": {
            key: typed
            for key, typed in run.sample["typed"].items()
            if key.rpartition(":")[0] not in gone
        },
        "batches": [each for each in run.sample["batches"] if each != batch_id],
    }
