"""What the reader is given of the runs that may come: their pages as they were printed."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from deputydesk.errors import UserError
from deputydesk.exchange import attachments as files
from deputydesk.exchange import scan_papers
from deputydesk.office import Office
from deputydesk.operations import scan_runs
from deputydesk.operations.scan_runs import RunRow

if TYPE_CHECKING:
    from deputydesk.scan.template import Template


@dataclass(frozen=True)
class Known:
    """The pages that can be read, and the runs whose blank paper is gone, so that none can be."""

    templates: "tuple[Template, ...]"
    lost: tuple[str, ...]


def known(office: Office, runs: Iterable[RunRow], spool: Path, *, wanted: bool) -> Known:
    """The pages of runs, from the papers as they were printed.

    Papers that name their record are all alike but for their record: one of each layout is enough.

    Args:
        office: the office.
        runs: those that may come.
        spool: a folder to work in.
        wanted: whether they were chosen: then none may be left out.

    Raises:
        UserError: a blank paper is gone of a run that was chosen, or of all of them.
    """
    made: list[Template] = []
    lost: list[str] = []
    layouts: set[str] = set()
    for run in runs:
        if run.is_named and run.layout in layouts:
            continue
        found = _pages(office, run, spool)
        if found is None:
            lost.append(run.name)
            continue
        layouts.add(run.layout)
        made += found
    if lost and (wanted or not made):
        raise UserError(
            f"“{lost[0]}”的空白票不见了或已损坏，不能读票。",
            hint="请从备份里找回“attachments”文件夹，再试一次。",
        )
    return Known(tuple(made), tuple(lost))


def of_run(office: Office, code: str) -> "tuple[Template, ...]":
    """The pages of a run as it was printed, whatever form it is of.

    Raises:
        UserError: there is no such run, or its blank paper is gone.
    """
    from deputydesk.exchange.sending import working_folder

    run = office.ask(scan_runs.by_code, code)
    if run is None:
        raise UserError(f"没有表号是“{code}”的一批票。", hint="请用 --run 写出票面下方的表号。")
    with working_folder(office) as spool:
        return known(office, [run], spool, wanted=True).templates


def _pages(office: Office, run: RunRow, spool: Path) -> "list[Template] | None":
    """Those of a run's pages that come back; None if its blank paper is gone."""
    from deputydesk.scan import template

    data = files.store_of(office).read(run.blank)
    if data is None:
        return None
    printed = spool / "blank.pdf"
    printed.write_bytes(data)
    pages = range(1, len(run.plan.pages) + 1)
    layouts = {(run.layout, n): scan_papers.layout_of(run.details, n) for n in pages}
    found = template.of_pdf(printed, layouts, limit=_limit(run))
    printed.unlink()
    return [page for page in found if page.code.page <= len(run.plan.pages)]


def _limit(run: RunRow) -> Any:  # Any: of a package that is loaded only now
    from deputydesk.scan.template import Limit

    if not run.plan.capped:
        return None
    options = [option.id for option in run.plan.question(1, 0).options]
    return Limit(options.index(run.plan.capped), run.plan.most)
