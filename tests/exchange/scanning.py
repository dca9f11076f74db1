"""Ballots of an office, ticked and scanned."""

from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from deputydesk.exchange import attachments, scan_papers
from deputydesk.operations import scan_runs
from deputydesk.operations.scan_runs import RunRow
from deputydesk.reports import Options
from tests.operations import scan_world as world
from tests.scan import paper
from tests.scan.paper import Sheet, scanned

NAMES = ("丁海", "于海", "王建国", "李志强")


@dataclass(frozen=True)
class Papers:
    """A run of ballots, printed."""

    run: RunRow
    evaluation: str
    form: paper.Printed


def papers(office, folder: Path) -> Papers:
    """An evaluation's ballots, printed."""
    evaluation, _ = world.evaluation(office, NAMES)
    run_id = scan_papers.note(office, "ballot", Options(record_id=evaluation), copies=20)
    run = office.ask(scan_runs.one, run_id)
    return Papers(run, evaluation, printed(office, run, folder))


def printed(office, run: RunRow, folder: Path) -> paper.Printed:
    """The first page of a run's blank paper, as it was printed."""
    to = folder / "blank.pdf"
    to.write_bytes(attachments.store_of(office).path(run.blank).read_bytes())
    return paper.printed(to)


def ticked(form: paper.Printed, *options: int, twice: int | None = None, seed: int = 1):
    """A sheet with an option ticked in each row, and its scan."""
    sheet = Sheet(form)
    for row, option in enumerate(options):
        sheet.tick(row, option, at=(0.1 * (seed % 7), 0.07 * (seed % 11)))
    if twice is not None:
        sheet.tick(twice, 3)
    return Image.fromarray(scanned(sheet, dpi=150, seed=seed))


def pdf(to: Path, *pages: Image.Image) -> Path:
    """A scanner's file of these pages."""
    pages[0].save(to, save_all=True, append_images=pages[1:], resolution=150)
    return to
