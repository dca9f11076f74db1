"""A file from which PDFium reads what it wants, but never more at a time than a page may have."""

from io import FileIO
from pathlib import Path

from typing_extensions import Buffer, override


class Source(FileIO):
    """A file for PDFium, which goes on without a word where it could not read.

    PDFium copies whatever an object of a PDF is said to have, as one piece, before anybody can ask
    how large that is.

    Args:
        file: the file.
        most: bytes that may be asked for at a time.
    """

    def __init__(self, file: Path, most: int) -> None:
        super().__init__(file)
        self._most = most
        self.is_overasked = False
        """Whether more was asked for, and not given."""
        self.fault: OSError | None = None
        """What the disk said."""

    @override
    def readinto(self, buffer: Buffer, /) -> int:
        """Give what is asked for; nothing if that is too much or cannot be read."""
        if memoryview(buffer).nbytes > self._most:
            self.is_overasked = True
            return 0
        try:
            return super().readinto(buffer) or 0
        except OSError as error:
            self.fault = error
            return 0
