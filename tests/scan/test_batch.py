"""Files are read page by page, in processes of their own if they are many; it can be cancelled."""

import os
import select
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest
from PIL import Image

from deputydesk.errors import Cancelled
from deputydesk.scan import batch
from deputydesk.scan.batch import read_files
from deputydesk.scan.reasons import Refusal
from installer.build_windows import ENTRY
from tests.scan import ended
from tests.scan.paper import Sheet, a_ballot, scanned

ENVIRONMENT = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2])}


@pytest.fixture(scope="module")
def ticked():
    sheet = Sheet(a_ballot())
    sheet.tick_all(1)
    return Image.fromarray(scanned(sheet, dpi=150))


@pytest.fixture
def stack(tmp_path, ticked):
    """Ten pages, the second and the ninth of them blank paper."""
    blank = Image.new("L", ticked.size, 250)
    pages = [blank if number in {1, 8} else ticked for number in range(10)]
    pages[0].save(tmp_path / "stack.pdf", save_all=True, append_images=pages[1:], resolution=150)
    return tmp_path / "stack.pdf"


class Told:
    """Notes each step; cancels at a number of pages."""

    def __init__(self, stop=None):
        self.steps, self.stop = [], stop

    def step(self, done, total, what=""):
        self.steps.append((done, total))
        if done == self.stop:
            raise Cancelled


@pytest.mark.parametrize("processes", [0, 2])
def test_every_page_of_a_stack_is_read_or_refused_in_its_order(stack, processes):
    told = Told()

    found = read_files([stack], [a_ballot().template], processes=processes, progress=told)

    assert [page.number for page in found] == list(range(1, 11))
    refused = [page.number for page in found if page.reading.refusal]
    assert refused == [2, 9]
    assert found[1].reading.refusal is Refusal.BLANK_PAGE
    assert {row.answer for page in found for row in page.reading.rows} == {(1,)}
    assert told.steps == [(0, 10), (8, 10), (10, 10)]


def test_two_readings_of_the_same_pages_are_the_same(stack):
    first = read_files([stack], [a_ballot().template])
    again = read_files([stack], [a_ballot().template])

    assert first == again


@pytest.mark.parametrize("processes", [0, 2])
def test_reading_can_be_cancelled(stack, processes):
    with pytest.raises(Cancelled):
        read_files([stack], [a_ballot().template], processes=processes, progress=Told(stop=8))


def test_a_file_that_cannot_be_read_is_refused_in_its_place_and_the_others_are_read(
    tmp_path, stack, ticked
):
    ticked.save(tmp_path / "one.png")
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.4 nothing")
    files = [tmp_path / "broken.pdf", tmp_path / "one.png", tmp_path / "gone.tif"]

    found = read_files(files, [a_ballot().template])

    assert [page.reading.refusal for page in found] == [
        Refusal.FILE_DAMAGED, None, Refusal.FILE_GONE,
    ]  # fmt: skip
    assert len({page.reading.reader for page in found}) == 1


def test_a_page_that_is_damaged_alone_is_refused_alone(tmp_path, ticked):
    ticked.save(tmp_path / "scan.png")
    data = (tmp_path / "scan.png").read_bytes()
    (tmp_path / "half.png").write_bytes(data[: len(data) // 2])

    found = read_files([tmp_path / "half.png", tmp_path / "scan.png"], [a_ballot().template])

    assert [page.reading.refusal for page in found] == [Refusal.PAGE_DAMAGED, None]


def test_what_processes_that_were_ended_did_not_read_is_read_here(stack, monkeypatch):
    monkeypatch.setattr(batch, "Reader", ended.Ending)

    found = read_files([stack], [a_ballot().template], processes=2)

    assert [page.number for page in found] == list(range(1, 11))
    assert [page.number for page in found if page.reading.refusal] == [2, 9]


def test_where_no_process_can_be_started_all_is_read_here(stack, monkeypatch):
    def refuse(*_args, **_kw):
        raise OSError(5, "refused")

    monkeypatch.setattr(ProcessPoolExecutor, "submit", refuse)

    found = read_files([stack], [a_ballot().template], processes=2)

    assert [page.number for page in found if page.reading.refusal] == [2, 9]


def next_of(pipe):
    """What comes next through a pipe; nothing once nobody holds its other end."""
    ready, _, _ = select.select([pipe], [], [], 60)
    assert ready, "a process still holds it"
    return os.read(pipe, 1)


def test_processes_end_when_the_program_that_started_them_is_killed(stack, tmp_path):
    os.mkfifo(tmp_path / "pipe")
    pipe = os.open(tmp_path / "pipe", os.O_RDONLY | os.O_NONBLOCK)
    program = subprocess.Popen(
        [sys.executable, "-m", ended.__name__, str(stack)],
        env={**ENVIRONMENT, "WAITING": str(tmp_path / "pipe")},
    )
    os.set_blocking(pipe, True)
    try:
        assert next_of(pipe) + next_of(pipe) == b"xx"
    finally:
        program.kill()
        program.wait()

    assert next_of(pipe) == b""
    os.close(pipe)


def test_the_installed_program_reads_in_processes_of_its_own(stack, tmp_path):
    """There, a process is the program file once more, which must not open another window."""
    program = tmp_path / "DeputyDesk"
    window = (
        "from pathlib import Path; from deputydesk.scan import batch; "
        "from tests.scan.paper import a_ballot; "
        f"sys.executable = {str(program)!r}; "
        "batch._read = None; "  # nothing is read here
        "found = batch.read_files([Path(sys.argv[1])], [a_ballot().template], processes=2); "
        "print(len(found), sum(page.reading.refusal is None for page in found))"
    )
    program.write_text(
        "#!/bin/sh\n"
        f"python={sys.executable}\n"
        'case "$*" in *resource_tracker*) exec $python "$@";; esac\n'  # Windows has none
        f'exec $python -c "{ENTRY.format(window)}" "$@"\n'
    )
    program.chmod(0o755)

    told = subprocess.run(
        [program, stack], env=ENVIRONMENT, capture_output=True, text=True, check=False
    )

    assert (told.stdout, told.stderr) == ("10 8\n", "")


def test_pictures_are_kept_beside_the_readings_where_a_folder_is_given(tmp_path, ticked):
    (tmp_path / "spool").mkdir()
    ticked.save(tmp_path / "scan.jpg")
    ticked.save(tmp_path / "scan.png")
    ticked.save(tmp_path / "scan.pdf")
    ticked.convert("1").save(tmp_path / "fax.pdf")
    files = [tmp_path / name for name in ("scan.jpg", "scan.png", "scan.pdf", "fax.pdf")]

    found = read_files(files, [a_ballot().template], spool=tmp_path / "spool")

    assert [page.kept.whole.suffix for page in found] == [".jpg", ".png", ".jpg", ".png"]
    assert found[0].kept.table.exists()
    assert found[0].reading.table is None


def test_a_long_file_is_not_opened_for_every_few_pages(stack, monkeypatch):
    monkeypatch.setattr(batch, "_AT_ONCE", 2)
    monkeypatch.setattr(batch, "_TIMES", 3)
    told = Told()

    found = read_files([stack], [a_ballot().template], progress=told)

    assert [page.number for page in found] == list(range(1, 11))
    assert told.steps == [(0, 10), (4, 10), (8, 10), (10, 10)]


def test_a_process_reads_what_it_is_given_and_ends_when_the_program_does(
    tmp_path, ticked, monkeypatch
):
    ended_with, watched = [], []

    class Watching:
        def __init__(self, target, daemon):
            watched.append((target, daemon))

        def start(self):
            pass

    class Parent:
        def join(self):
            watched.append("joined")

    monkeypatch.setattr(batch, "Thread", Watching)
    monkeypatch.setattr(batch, "parent_process", Parent)
    monkeypatch.setattr(batch.os, "_exit", ended_with.append)
    ticked.save(tmp_path / "scan.png")

    batch._prepare(batch.Reader([a_ballot().template]))
    (page,) = batch._read_there(batch._Part(tmp_path / "scan.png", 1, 1, None))
    (watch, daemon), *_ = watched
    watch()

    assert page.reading.refusal is None
    assert daemon
    assert watched[-1] == "joined"
    assert ended_with == [1]
