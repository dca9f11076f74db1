"""Old copies of printed papers: which may go, what that frees, and letting them go."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from deputydesk.exchange import attachments as files
from deputydesk.office import Office
from deputydesk.operations import print_copies
from deputydesk.operations.print_copies import CopyRow
from deputydesk.paths import content_in
from deputydesk.progress import SILENT, Progress

LASTING = frozenset(
    {
        *("ballot", "ballot_result", "project_ballot", "project_vote_result"),
        *("project_eval_ballot", "score_certificate"),
    }
)
"""Forms whose copies stay for ever: blank ballots, counts, certificates of closed quarters."""
USUAL_YEARS = 5


@dataclass(frozen=True)
class Offer:
    """What can be thinned.

    Args:
        last: the last year whose copies may go.
        copies: those that may go.
        kept: how many as old must stay: papers with a number, ballots, certificates.
        frees: bytes on the disk.
    """

    last: int
    copies: tuple[CopyRow, ...]
    kept: int
    frees: int

    @property
    def sentence(self) -> str:
        """What can go, what that frees, and what stays."""
        stays = f"另有 {self.kept} 份一直保留：有文号的公文、空白票和计票结果、封账证明。"
        if not self.copies:
            return f"{self.last}年及以前没有可以清理的副本。{stays if self.kept else ''}"
        size = files.size_text(self.frees)
        said = f"{self.last}年及以前的 {len(self.copies)} 份可以清理，腾出 {size}。"
        return f"{said}{stays if self.kept else ''}"


def offer(office: Office, years: int) -> Offer:
    """What can be thinned when the copies of so many years before this one are to stay."""
    last = office.clock().year - years - 1
    old = office.ask(print_copies.before, date(last + 1, 1, 1))
    going = tuple(row for row in old if not row.is_numbered and row.form not in LASTING)
    needed = office.ask(print_copies.needed, without={row.id for row in going})
    sizes = {row.digest: row.size for row in going if row.digest not in needed}
    return Offer(last, going, len(old) - len(going), sum(sizes.values()))


def thin(office: Office, offered: Offer, progress: Progress = SILENT) -> Offer:
    """Let them go, here and in the office's own backup folder; returns what went.

    First the lines say that the copies are gone, then the files go: what is cut short leaves a
    file that nobody names, never a name without its file.
    """
    progress.step(0, len(offered.copies), "正在清理打印副本")
    office.do(print_copies.thin, copy_ids=tuple(row.id for row in offered.copies))
    needed = office.ask(print_copies.needed, without=())
    store = files.store_of(office)
    for digest in {row.digest for row in offered.copies} - needed:
        for folder in (store.folder, *store.spares):
            with suppress(OSError):  # not there, or in use: it takes room, and does no harm
                content_in(folder, digest).unlink()
    return offered
