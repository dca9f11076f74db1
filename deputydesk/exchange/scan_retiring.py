"""Pictures of pages are let go: with a batch that was a mistake, or when their time is over.

The files are listed before the records say that they are gone: were the power to go, the next
start goes on.
"""

from collections.abc import Generator, Iterable
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from deputydesk.exchange import attachments as files
from deputydesk.exchange import unfinished
from deputydesk.office import Office, Right
from deputydesk.operations import scan_keeping, scan_retention
from deputydesk.operations.scan_keeping import OldRun
from deputydesk.paths import content_in

USUAL_MONTHS = 24
"""How long pictures stay after a run was booked, if nobody says otherwise."""


@dataclass(frozen=True)
class Offer:
    """Pictures whose time is over: of which runs, how many pages, how many bytes."""

    runs: tuple[OldRun, ...]

    @property
    def pages(self) -> int:
        """How many pages they are of."""
        return sum(run.pages for run in self.runs)

    @property
    def sentence(self) -> str:
        """What can go, and what stays."""
        if not self.runs:
            return "没有到期的扫描图像。"
        size = files.size_text(sum(run.size for run in self.runs))
        return (
            f"{len(self.runs)}批票的{self.pages}页图像已到期，删除后腾出 {size}；"
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
    with letting_go(office, (digest for run in offered.runs for digest in run.digests)):
        office.do(scan_keeping.thin, run_ids=tuple(run.id for run in offered.runs))


def retire(office: Office) -> str:
    """Let go what is older than the office keeps, as an opening does; says what went, if anything.

    Only the head may: whoever else opens the office leaves it to the head's next opening.
    """
    if Right.MANAGE not in office.user.rights:
        return ""
    months = office.ask(scan_retention.retention).months
    offered = offer(office, months) if months else Offer(())
    if not offered.runs:
        return ""
    thin(office, offered)
    names = "、".join(f"“{run.name}”" for run in offered.runs)
    return f"按保留期限（{months}个月）删除了{names}的{offered.pages}页扫描图像；票数和记录都还在。"


@contextmanager
def letting_go(office: Office, digests: Iterable[str]) -> Generator[None]:
    """Remove contents that no record names any more, here and in the office's own backups.

    What would not go, held open by another program, goes at the next start.
    """
    places = list(_places(office, set(digests)))
    with unfinished.listing(office) as add:
        add(places)
        yield
    unfinished.remove(office, places)


def _places(office: Office, digests: Iterable[str]) -> Iterable[Path]:
    store = files.store_of(office)
    for digest in filter(None, digests):
        for folder in (store.folder, *store.spares):
            yield content_in(folder, digest)
