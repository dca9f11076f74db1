"""Of a secret run that is booked nothing tells where in the stack a sheet lay.

The same sheets are read in twice, in two offices that are alike to the byte, in two orders. Chance
and clocks are the same in both, and the chance that shuffles is an order of the sheets' own: so
whatever is not the same afterwards, to the byte of the data file, has come from the stack.
"""

import json
import os
import random
import secrets
import shutil
import sqlite3
import threading
import time
from contextlib import closing
from dataclasses import dataclass
from itertools import count
from operator import attrgetter
from pathlib import Path

import pytest
from PIL import Image

from deputydesk.exchange import attachments, scan_intake
from deputydesk.models import base
from deputydesk.office import Office
from deputydesk.operations import (
    scan_batches,
    scan_books,
    scan_decisions,
    scan_pages,
    scan_runs,
)
from tests import make
from tests.exchange import scanning, test_scan_surveys
from tests.operations import scan_world as world

SHEETS = 5


@dataclass(frozen=True)
class Stack:
    """The sheets of a run, and other papers among them.

    Args:
        run_id: the run.
        pages: pictures, in an order.
        papers: how many papers of the run there are.
    """

    run_id: str
    pages: list[Image.Image]
    papers: int


def ballots(office, folder):
    papers = scanning.papers(office, folder)
    pages = [
        scanning.ticked(papers.form, n % 3, n // 3, 0, 1, twice=0 if n == 2 else None, seed=n + 1)
        for n in range(SHEETS)
    ]
    return Stack(papers.run.id, pages, SHEETS)


def survey(office, folder):
    run, [first, second] = test_scan_surveys.printed(
        office, test_scan_surveys.survey(office), folder
    )
    pages: list[Image.Image] = []
    for n in range(2):
        marks = test_scan_surveys.FIRST | {0: n}
        pages.append(test_scan_surveys.ticked(first, marks, seed=n + 1))
        pages.append(test_scan_surveys.ticked(second, {4: n}, seed=n + 3))
    return Stack(run.id, pages, 2)


@pytest.fixture(params=[ballots, survey], ids=["ballots", "survey"])
def printed(request, empty_file, tmp_path):
    """The folder of an office whose papers have come back, and the stack."""
    office = make.copied_office(empty_file, tmp_path / "printed")
    make.profile(office)
    stack = request.param(office, tmp_path)
    office.close()
    strange = Image.new("L", (1240, 1754), 250)
    text = strange.copy()
    for line in range(200, 1500, 40):
        text.paste(30, (150, line, 1000, line + 12))
    stack.pages[1:1], stack.pages[3:3] = [strange], [text]
    return tmp_path / "printed", stack


def picture_files(pages, folder):
    """A file for each page, as a telephone names and dates them."""
    files = []
    for number, page in enumerate(pages):
        note = Image.Exif()
        note[0x0132] = f"2026:11:28 09:15:{number:02}"
        files.append(folder / f"IMG_{number:03}.jpg")
        page.save(files[-1], exif=note, quality=85)
        os.utime(files[-1], (1_700_000_000 + number, 1_700_000_000 + number))
    return files


def one_pdf(pages, folder):
    copies = [page.copy() for page in pages]  # Pillow notes at a picture what was saved behind it
    return [scanning.pdf(folder / "scan.pdf", *copies)]


class Chance:
    """What would be chance is the same each time; each file that is kept gets a time of its own."""

    def __init__(self, monkeypatch):
        self._numbers, self._ticks = count(1), count(1)
        monkeypatch.setattr(secrets, "token_hex", self._hex)
        monkeypatch.setattr(secrets, "randbits", self._bits)
        monkeypatch.setattr(secrets, "SystemRandom", lambda: random.Random(7))
        monkeypatch.setattr(base, "_made", threading.local())
        monkeypatch.setattr(time, "time_ns", lambda: 1_764_290_000_000_000_000)
        monkeypatch.setattr(scan_batches, "shuffled", _by_themselves)
        settle = attachments.Store._settle
        monkeypatch.setattr(
            attachments.Store,
            "_settle",
            lambda store, part, to: self._date(settle, store, part, to),
        )

    def _hex(self, size):
        return f"{next(self._numbers):0{2 * size}x}"

    def _bits(self, bits):
        return next(self._numbers) % (1 << bits)

    def _date(self, settle, store, part, digest):
        settle(store, part, digest)
        tick = 1_700_000_000 + next(self._ticks)
        os.utime(store.path(digest), (tick, tick))


def _by_themselves(pages):
    """An order of the pages' own: that any order is as likely is proved elsewhere."""
    return sorted(pages, key=attrgetter("kept.original" if _is_scanned(pages) else "original"))


def _is_scanned(pages):
    return any(hasattr(page, "kept") for page in pages)


def opened(folder):
    return Office.open(folder / "office.db", clock=make.at(), user=make.CLERK)


def kept(folder, files):
    """The stack is read in; the office is closed."""
    office = opened(folder)
    scan_intake.keep(office, scan_intake.read(office, files, processes=1))
    office.close()


def booked(folder, stack):
    """What was read in is decided, sampled, booked; the office is closed."""
    office = opened(folder)
    for page in office.ask(scan_pages.pages, stack.run_id):
        for row in page.open_rows:
            answer = row.read.suggested or "void"
            office.do(scan_decisions.decide, page_id=page.id, row=row.row, answer=answer)
    count = stack.papers
    office.do(scan_books.reconcile, run_id=stack.run_id, issued=count, returned=count, invalid=0)
    world.sampled(office, stack.run_id)
    office.do(scan_books.book, run_id=stack.run_id)
    assert not office.ask(scan_runs.one, stack.run_id).is_open
    office.close()


LOG = ("sync_change", "sync_feed", "sync_row")
"""Records that one step changes go into the log in an order of chance, which nothing can hold."""


def rows_in(folder):
    """By table, all rows in the order in which they lie there; of the log what was changed."""
    with closing(sqlite3.connect(folder / "office.db")) as tool:
        names = tool.execute("select name from sqlite_master where type = 'table'").fetchall()
        tables = {name: tool.execute(f'select * from "{name}"').fetchall() for (name,) in names}
        changed = tool.execute("select tab, pk, kind, body from sync_change").fetchall()
    said = sorted((*which, json.dumps(json.loads(body)[0])) for *which, body in changed)
    return {name: rows for name, rows in tables.items() if name not in LOG} | {"log": said}


def left_in(folder):
    """Every file with its time and its bytes."""
    return {
        file.relative_to(folder).as_posix(): (_time_of(file), file.read_bytes())
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


def _time_of(file: Path) -> int:
    """Of what is kept once and never written again; the data file is written all the time."""
    return file.stat().st_mtime_ns if attachments.FOLDER in file.parts else 0


@pytest.mark.parametrize("scanner", [picture_files, one_pdf])
def test_two_stacks_of_the_same_sheets_leave_the_same_bytes(
    printed, scanner, tmp_path, monkeypatch
):
    original, stack = printed
    read_in, left, rows = [], [], []
    for order, pages in enumerate((stack.pages, stack.pages[::-1])):
        folder, scans = tmp_path / f"office {order}" / "data", tmp_path / f"scans {order}"
        shutil.copytree(original, folder)
        scans.mkdir()
        files = scanner(pages, scans)
        with monkeypatch.context() as patched:
            Chance(patched)
            kept(folder, files)
            read_in.append(left_in(folder))
            booked(folder, stack)
        left.append(left_in(folder) | {"office.db": ""})
        rows.append(rows_in(folder))

    assert differing(*read_in) == []
    assert differing(*rows) == []
    assert differing(*left) == []
    assert len([name for name in left[0] if attachments.FOLDER in name]) > 2 * len(stack.pages) - 4


def differing(one, other):
    """The names under which they have not the same."""
    return sorted(name for name in one | other if one.get(name) != other.get(name))
