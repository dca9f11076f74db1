"""Ballots of the demo office that came back from a scanner, for the pictures of the manual."""

import tempfile
from pathlib import Path

from PIL import Image

from deputydesk.exchange import scan_intake, scan_papers
from deputydesk.operations import deputies, evaluations, scan_books, scan_runs
from deputydesk.reports import Options
from deputydesk.ui.page import Page
from tests.exchange import scanning
from tests.scan.paper import Printed, Sheet, scanned

SHEETS, ON_BALLOT = 6, 8
CIRCLED = {1: (2, 1), 4: (5, 0)}
"""By sheet, a row in which an option is circled instead of ticked: a person is asked."""


def read_in(page: Page) -> None:
    """Ballots printed, ticked, scanned and read in, which are still to be decided and counted."""
    desk = page.desk
    people = tuple(row.id for row in desk.ask(deputies.rows)[:ON_BALLOT])
    made = desk.do(
        evaluations.prepare, name="2026年代表述职测评会", held_on=desk.today, deputy_ids=people
    )
    run_id = scan_papers.note(desk.office, "ballot", Options(record_id=made), copies=SHEETS)
    with tempfile.TemporaryDirectory() as folder:
        run = desk.ask(scan_runs.one, run_id)
        form = scanning.printed(desk.office, run, Path(folder))
        stack = scanning.pdf(Path(folder) / "a.pdf", *(_sheet(form, n) for n in range(SHEETS)))
        scan_intake.keep(desk.office, scan_intake.read(desk.office, [stack], processes=1))
    desk.do(
        scan_books.reconcile,
        run_id=run_id,
        issued=SHEETS,
        returned=SHEETS,
        invalid=0,
        counter="张丽",
        scrutineer="乌兰",
    )


def _sheet(form: Printed, number: int) -> Image.Image:
    sheet = Sheet(form)
    for row in range(form.template.rows):
        option = (0, 0, 0, 1, 0, 2, 0)[(3 * number + row) % 7]
        circled_row, circled = CIRCLED.get(number, (-1, 0))
        if row == circled_row:
            sheet.ring(row, circled, radius=4.4, at=(1.4, -0.8))
        else:
            sheet.tick(row, option, at=(0.1 * number, 0.07 * row))
    return Image.fromarray(scanned(sheet, dpi=150, noise=0, seed=number + 1))
