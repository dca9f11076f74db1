"""A stick with any number of bundles: looked at, and taken in one after the other."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from deputydesk.database import Why
from deputydesk.errors import Cancelled, UserError
from deputydesk.exchange import backup, bundle_file, receiving
from deputydesk.exchange.receiving import Received
from deputydesk.office import Office
from deputydesk.progress import SILENT, Progress

STOPPED = "没有收入：后面的已取消。"


@dataclass(frozen=True)
class Seen:
    """A bundle that was looked at or taken in.

    Args:
        path: the file.
        received: what it brings or brought; None if it was refused.
        refused: the sentence why not.
        is_taken: whether it was taken in, not only looked at.
    """

    path: Path
    received: Received | None
    refused: str = ""
    is_taken: bool = False

    @property
    def id(self) -> str:
        """The file."""
        return str(self.path)


def on_stick(office: Office, folder: Path, progress: Progress = SILENT) -> list[Seen]:
    """Look at every bundle for this office in a folder; nothing is changed.

    Raises:
        UserError: there is none, or the folder cannot be read.
    """
    found = bundles(office, folder)
    if not found:
        raise UserError(
            f"“{folder}”里没有给本单位的交换文件。",
            hint="请检查U盘，或点“选择文件”打开别处的文件。",
        )
    return look(office, found, progress)


def look(office: Office, paths: Sequence[Path], progress: Progress = SILENT) -> list[Seen]:
    """What each bundle would bring after those before it; nothing is changed."""
    return [Seen(*one) for one in receiving.preview_all(office, paths, progress)]


def take(office: Office, paths: Sequence[Path], progress: Progress = SILENT) -> list[Seen]:
    """Take each bundle in, after a backup; one that is refused does not hold up the others.

    Cancelled, the bundles taken so far stay, and the others are told as left.

    Raises:
        UserError: the backup cannot be made; nothing was taken.
    """
    if office.data.path is not None:
        progress.step(0, len(paths), "收入以前先备份")
        backup.back_up(office, why=Why.RECEIVE)
    seen: list[Seen] = []
    for done, path in enumerate(paths):
        try:
            progress.step(done, len(paths), path.name)
            received = receiving.receive(office, path, progress)
            seen.append(Seen(path, received, is_taken=True))
        except Cancelled:
            if not any(one.received for one in seen):
                raise
            return [*seen, *(Seen(left, None, STOPPED) for left in paths[done:])]
        except UserError as refused:
            seen.append(Seen(path, None, str(refused)))
    return seen


def bundles(office: Office, folder: Path) -> list[Path]:
    """Bundles for this office in a folder, in the order in which they were made.

    Raises:
        UserError: the folder cannot be read.
    """
    own = office.code
    with bundle_file.reading(folder):
        found = sorted(folder.glob(f"*{bundle_file.SUFFIX}"))
    ours = [path for path in found if _is_for(path, own)]
    return sorted(ours, key=lambda path: (path.stat().st_mtime, path.name))


def _is_for(path: Path, office: str) -> bool:
    """Whether a bundle says that it is for an office; one that says nothing is shown as well."""
    to = bundle_file.told(path).get("to", office)
    return to == office
