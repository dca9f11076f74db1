"""How a long task says how far it is, and learns that the user wants to stop."""

from typing import Protocol


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
