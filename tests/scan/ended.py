"""Readers whose processes end otherwise than they should."""

import os
import sys
from multiprocessing import parent_process
from pathlib import Path
from threading import Event

from deputydesk.scan import batch
from deputydesk.scan.reader import Reader
from tests.scan.paper import a_ballot


class Ending(Reader):
    """Ends the process that it reads in, if it is one of its own."""

    def read(self, picture):
        if parent_process():
            os._exit(1)
        return super().read(picture)


class Waiting(Reader):
    """Says that it reads, and never ends; the pipe in `WAITING` closes with its process."""

    def read(self, picture):
        pipe = os.open(os.environ["WAITING"], os.O_WRONLY)
        os.write(pipe, b"x")
        Event().wait()
        return super().read(picture)


if __name__ == "__main__":
    from tests.scan import ended

    batch.Reader = ended.Waiting
    batch.read_files([Path(sys.argv[1])], [a_ballot().template], processes=2)
