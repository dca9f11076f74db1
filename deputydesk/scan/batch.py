"""Reads whole files of pages, in processes of their own, with progress and cancel."""

import os
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from multiprocessing import get_context, parent_process
from pathlib import Path
from threading import Thread

from deputydesk.progress import SILENT, Progress
from deputydesk.scan import keeping, pages
from deputydesk.scan.keeping import Kept
from deputydesk.scan.reader import PageReading, Reader
from deputydesk.scan.reasons import Refusal
from deputydesk.scan.settings import Settings
from deputydesk.scan.template import Template

_AT_ONCE = 8
"""Pages that a process reads before it says so, of a file that is not long."""
_TIMES = 200
"""How often a file is opened at most, for who begins in the middle of a TIFF walks there."""


@dataclass(frozen=True)
class ScannedPage:
    """A page of a file, counted from 1, and its reading."""

    file: Path
    number: int
    reading: PageReading
    kept: Kept | None = None
    """Its pictures, where they were asked for and it has one."""


@dataclass(frozen=True)
class _Part:
    file: Path
    first: int
    last: int
    spool: Path | None


def read_files(
    files: Sequence[Path],
    templates: Sequence[Template],
    *,
    settings: Settings | None = None,
    processes: int = 0,
    spool: Path | None = None,
    progress: Progress = SILENT,
) -> list[ScannedPage]:
    """Read every page of the files, in their order.

    Args:
        files: PDFs and pictures, as scanner or phone made them.
        templates: the pages that may come.
        settings: what the reader decides by.
        processes: how many read at once; 0: here, without another process.
        spool: a folder for the pictures of the pages; none are kept without one.
        progress: told of each part.

    Raises:
        Cancelled: the user stopped it.
    """
    made = Reader(templates, settings, shows=spool is not None)
    found: list[ScannedPage] = []
    parts: list[_Part] = []
    for file in files:
        pages_in = pages.count(file)
        if isinstance(pages_in, Refusal):
            refused = PageReading(pages_in, reader=made.settings.stamp)
            found.append(ScannedPage(file, 1, refused))
            continue
        several = max(_AT_ONCE, -(-pages_in // _TIMES))
        parts += [
            _Part(file, first, min(first + several - 1, pages_in), spool)
            for first in range(1, pages_in + 1, several)
        ]
    total = sum(part.last - part.first + 1 for part in parts)
    many = processes > 1 and len(parts) > 1
    read = _in_processes(parts, made, processes) if many else (_read(made, p) for p in parts)
    done = 0
    progress.step(0, total)
    for part, several in zip(parts, read, strict=True):
        found += several
        done += part.last - part.first + 1
        progress.step(done, total, part.file.name)
    order = {file: place for place, file in enumerate(files)}
    return sorted(found, key=lambda page: (order[page.file], page.number))


def _read(reader: Reader, part: _Part) -> list[ScannedPage]:
    return [
        _scanned(reader, sheet, part) for sheet in pages.sheets(part.file, part.first, part.last)
    ]


def _scanned(reader: Reader, sheet: pages.Sheet, part: _Part) -> ScannedPage:
    if sheet.picture is None:
        refused = PageReading(sheet.refusal, reader=reader.settings.stamp)
        return ScannedPage(part.file, sheet.number, refused)
    read = reader.read(sheet.picture)
    if part.spool is None:
        return ScannedPage(part.file, sheet.number, read)
    kept = keeping.keep(sheet.own, sheet.picture, read.table, part.spool)
    return ScannedPage(part.file, sheet.number, replace(read, table=None), kept)


def _in_processes(
    parts: Sequence[_Part], reader: Reader, processes: int
) -> Iterator[list[ScannedPage]]:
    """Each part's pages, in order; what has not begun is dropped when nobody wants it any more.

    What processes leave unread, that could not be started or were ended, is read here.
    """
    pool = ProcessPoolExecutor(
        min(processes, len(parts)), get_context("spawn"), initializer=_prepare, initargs=(reader,)
    )
    left = deque(parts)
    try:
        waiting: deque[Future[list[ScannedPage]]] = deque(
            pool.submit(_read_there, part) for part in parts
        )
        while waiting:
            read = waiting.popleft().result()
            left.popleft()
            yield read
    except (BrokenProcessPool, OSError):  # a disk that refuses does so here as well, and is told
        for part in left:
            yield _read(reader, part)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


_reader: list[Reader] = []


def _prepare(reader: Reader) -> None:
    Thread(target=_end_with_parent, daemon=True).start()
    _reader[:] = [reader]


def _end_with_parent() -> None:
    """A program that is killed tells nobody; without it a process would wait for work for ever."""
    parent = parent_process()
    assert parent, "only a process that another one started is prepared"
    parent.join()
    os._exit(1)


def _read_there(part: _Part) -> list[ScannedPage]:
    return _read(_reader[0], part)
