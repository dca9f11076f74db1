"""The power goes while scans are read in: no picture of a ballot is left that no record names."""

import os
import signal
import time

import pytest

from deputydesk.exchange import attachments, erasing, leftovers, scan_intake
from deputydesk.office import Office
from deputydesk.operations import scan_pages
from deputydesk.paths import WORKING
from tests import make
from tests.exchange import scanning

pytestmark = pytest.mark.skipif(
    not hasattr(os, "fork"), reason="this system cannot fork: kill -9 was NOT tested"
)


@pytest.fixture
def papers(office, tmp_path):
    return scanning.papers(office, tmp_path)


def killed(path, file, at):
    """A program that reads this file in is killed at a step: its spool and pictures lie there."""
    child = os.fork()
    if child == 0:
        try:
            _read_in(path, file, at)
        finally:
            os._exit(1)
    told = path.parent / "reached"
    until = time.monotonic() + 60
    while not told.exists() and time.monotonic() < until:
        time.sleep(0.02)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    assert told.exists(), "it came to that step"
    told.unlink()


def _read_in(path, file, at):
    def stop(*_given, **_more):
        (path.parent / "reached").touch()
        time.sleep(120)

    office = Office.open(path, clock=make.at(), user=make.CLERK)
    looked = scan_intake.read(office, [file], processes=1)
    if at == "seen":
        stop()
    office.do = stop
    scan_intake.keep(office, looked)


@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
@pytest.mark.parametrize("at", ["seen", "kept"])
def test_a_kill_in_mid_import_leaves_no_picture(office, papers, tmp_path, at):
    page = scanning.ticked(papers.form, 0, 0, 0, 0)
    file = scanning.pdf(tmp_path / "stack.pdf", page)
    before = set(attachments.store_of(office).digests())
    path = office.data.path
    office.close()

    killed(path, file, at)

    (path.parent / "attachments" / "0a1b2c3d.part").write_bytes(b"half a picture")
    lying = {f.name for f in (path.parent / "attachments").rglob("*") if f.is_file()}
    assert len(lying - before) == (3 if at == "kept" else 1)
    again = Office.open(path, clock=make.at(), user=make.CLERK)
    leftovers.sweep(again)
    erasing.finish(again)
    assert set(attachments.store_of(again).digests()) == before
    assert not list((path.parent / "attachments").glob("*.part"))
    assert not list(path.parent.glob(f"{WORKING}*"))
    assert again.ask(scan_pages.pages, papers.run.id) == []
    scan_intake.keep(again, scan_intake.read(again, [file], processes=1))
    assert len(set(attachments.store_of(again).digests()) - before) == 2
    assert erasing.finish(again) is None
    again.close()
