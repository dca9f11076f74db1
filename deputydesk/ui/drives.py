"""The drives of this PC, sticks first."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QStorageInfo


@dataclass(frozen=True)
class Drive:
    """A drive, or a folder that stands for one.

    Args:
        path: where its files are.
        name: what it is called.
        is_removable: whether it is a stick or a card.
        free: bytes.
    """

    path: Path
    name: str
    is_removable: bool
    free: int

    @property
    def text(self) -> str:
        """As the list shows it."""
        kind = "U盘" if self.is_removable else "磁盘"
        return f"{kind} {self.name}（{self.path}），剩余 {self.free / 1_000_000_000:.1f} GB"


def drives() -> list[Drive]:
    """Every drive that can be written to, sticks first."""
    found = [
        Drive(Path(one.rootPath()), one.displayName(), is_removable(one), one.bytesAvailable())
        for one in QStorageInfo.mountedVolumes()
        if one.isValid() and one.isReady() and not one.isReadOnly() and _is_for_people(one)
    ]
    return sorted(found, key=_sticks_first)


def holding(found: Sequence[Drive], place: Path) -> Drive | None:
    """The drive on which a folder is; the innermost where one is put into another."""
    inside = [drive for drive in found if place.is_relative_to(drive.path)]
    return max(inside, key=lambda drive: len(drive.path.parts), default=None)


def again(found: Sequence[Drive], place: Path, name: str, root: Path) -> Path:
    """Where a folder of a stick is now, which had this name and was put in at `root`.

    Another letter of the drive is found by the name; where several have it, nothing is guessed.
    """
    now = holding(found, place)
    if now and now.name == name:
        return place
    same = [drive for drive in found if drive.is_removable and drive.name == name]
    if len(same) != 1 or not place.is_relative_to(root):
        return place
    return same[0].path / place.relative_to(root)


def _sticks_first(drive: Drive) -> tuple[bool, str]:
    return (not drive.is_removable, str(drive.path))


if sys.platform == "win32":  # pragma: no cover - the other system's branch
    import ctypes

    _REMOVABLE, _FIXED = 2, 3

    def _kind(one: QStorageInfo) -> int:
        return int(ctypes.windll.kernel32.GetDriveTypeW(one.rootPath().replace("/", "\\")))

    def is_removable(one: QStorageInfo) -> bool:
        """Whether it is a stick or a card."""
        return _kind(one) == _REMOVABLE

    def _is_for_people(one: QStorageInfo) -> bool:
        return _kind(one) in {_REMOVABLE, _FIXED}
else:
    MOUNTED = ("/media/", "/run/media/", "/mnt/")
    """Where sticks are put in; the rest is the system's."""

    def is_removable(one: QStorageInfo) -> bool:
        """Whether it is a stick or a card."""
        return one.rootPath().startswith(MOUNTED)

    def _is_for_people(one: QStorageInfo) -> bool:
        return is_removable(one)
