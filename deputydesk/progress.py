"""How a long task says how far it is, and learns that the user wants to stop."""

from contextlib import suppress
from typing import Protocol

from deputydesk.errors import Cancelled


class Progress(Protocol):
    """Told by a long task of each step."""

    def step(self, done: int, total: int, what: str = "") -> None:
        """Say that `done` of `total` is done and what comes now.

        Raises:
            Cancelled: the user wants to stop; leave nothing behind.
        """
        ...


class _Silent:
    def step(self, done: int, total: int, what: str = "") -> None:
        pass


SILENT: Progress = _Silent()


class Unstoppable:
    """Tells on how far a task is that must not end half-way: who wants to stop waits for its end.

    Args:
        progress: is told.
    """

    def __init__(self, progress: Progress) -> None:
        self._progress = progress

    def step(self, done: int, total: int, what: str = "") -> None:
        """Say how far it is."""
        with suppress(Cancelled):
            self._progress.step(done, total, what)
