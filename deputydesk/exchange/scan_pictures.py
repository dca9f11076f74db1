"""Pictures of pages that were read: a row, a page's rows, the whole page; and letting them go."""

import io
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from deputydesk.errors import UserError
from deputydesk.exchange import attachments as files
from deputydesk.exchange import scan_papers
from deputydesk.office import Office
from deputydesk.operations import (
    attachments,
    scan_batches,
    scan_decisions,
    scan_keeping,
)
from deputydesk.operations.scan_keeping import OldRun
from deputydesk.operations.scan_pages import WHOLE, PageShown
from deputydesk.operations.scan_runs import RunRow
from deputydesk.paths import content_in

USUAL_MONTHS = 24
"""How long pictures stay after a run was booked, if nobody says otherwise."""


def picture(office: Office, page: PageShown) -> bytes | None:
    """The rows of a page, laid straight; None if they are gone."""
    return files.store_of(office).read(page.picture) if page.picture else None


def strip(office: Office, run: RunRow, page: PageShown, row: int) -> bytes | None:
    """A row of a page with half of its neighbours, as PNG; None if the picture is gone."""
    from PIL import Image

    data = picture(office, page)
    if data is None:
        return None
    window = page.quality["window"]
    boxes = scan_papers.layout_of(run.details).boxes
    here = [box.y + box.side / 2 for box in boxes if box.row == row]
    beside = [box.y + box.side / 2 for box in boxes if abs(box.row - row) == 1]
    middle = here[0]
    apart = min((abs(y - middle) for y in beside), default=2 * boxes[0].side)
    with Image.open(io.BytesIO(data)) as whole:
        top = round((middle - apart - window["y"]) * window["scale"])
        bottom = round((middle + apart - window["y"]) * window["scale"])
        made = io.BytesIO()
        whole.crop((0, max(0, top), whole.width, min(whole.height, bottom))).save(made, "PNG")
    return made.getvalue()


def whole(office: Office, page_id: str, reason: str) -> bytes:
    """A whole page, on whose margins may be handwriting; who looks and why is kept.

    Raises:
        NotAllowed: the user is not the head of the office.
        UserError: no reason, or the picture is gone.
    """
    office.do(scan_decisions.look_at, page_id=page_id, reason=reason)
    rows = office.ask(attachments.rows, "scan_page", page_id)
    digest = next((row.digest for row in rows if row.purpose == WHOLE), "")
    data = files.store_of(office).read(digest) if digest else None
    if data is None:
        raise UserError("这一页的图像已按保留期限删除，或者不见了。")
    return data


def remove(office: Office, batch_id: str) -> None:
    """Let a batch go again, before it counts, with its pictures.

    Raises:
        UserError: its run is booked.
    """
    digests = office.ask(scan_batches.contents, batch_id)
    office.do(scan_batches.remove, batch_id=batch_id)
    _forget(office, digests)


@dataclass(frozen=True)
class Offer:
    """Pictures whose time is over: of which runs, how many pages, how many bytes."""

    runs: tuple[OldRun, ...]

    @property
    def sentence(self) -> str:
        """What can go, and what stays."""
        if not self.runs:
            return "没有到期的扫描图像。"
        pages = sum(run.pages for run in self.runs)
        size = files.size_text(sum(run.size for run in self.runs))
        return (
            f"{len(self.runs)}批票的{pages}页图像已到期，删除后腾出 {size}；"
            "票数、认定、图像的校验值和读票记录保留。"
        )


def offer(office: Office, months: int = USUAL_MONTHS) -> Offer:
    """The runs that were booked so many months ago and still have pictures."""
    today = office.clock().date()
    years, month = divmod(today.year * 12 + today.month - 1 - months, 12)
    last = date(years, month + 1, min(today.day, 28))
    return Offer(tuple(office.ask(scan_keeping.older, last)))


def thin(office: Office, offered: Offer) -> None:
    """Let the pictures go; first the records say so, then the files go."""
    digests = [digest for run in offered.runs for digest in run.digests]
    office.do(scan_keeping.thin, run_ids=tuple(run.id for run in offered.runs))
    _forget(office, digests)


def _forget(office: Office, digests: Iterable[str]) -> None:
    """Remove contents that no record names any more, here and in the office's own backups."""
    digests = set(digests)
    needed = office.ask(attachments.named, digests)
    store = files.store_of(office)
    for digest in digests - needed:
        for folder in (store.folder, *store.spares):
            with suppress(OSError):  # not there, or in use: it takes room, and does no harm
                content_in(folder, digest).unlink()
