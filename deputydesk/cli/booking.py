"""deskctl scan book: takes scans of a run into the office, and books it when nothing is open."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from deputydesk.errors import UserError
from deputydesk.exchange import scan_intake
from deputydesk.exchange.scan_intake import Kept, SeenPage
from deputydesk.office import Office
from deputydesk.operations import scan_books, scan_runs
from deputydesk.operations.scan_books import Standing
from deputydesk.operations.scan_runs import RunRow

if TYPE_CHECKING:
    from deputydesk.cli.commands import Context


def book(ctx: "Context") -> None:
    """Take files in, enter the numbers if they are given, book if nothing stands in the way.

    What a person has to decide or to key in is done in the window; then this is called again,
    without files.
    """
    with ctx.office() as office:
        run = office.ask(scan_runs.by_code, ctx.args.wanted)
        if run is None:
            raise UserError(
                f"没有表号是“{ctx.args.wanted}”的一批票。", hint="请用 --run 写出票面下方的表号。"
            )
        seen, kept = _take_in(ctx, office, run)
        _reconcile(ctx, office, run)
        standing = office.ask(scan_books.standing, run.id)
        if run.is_open and not standing.problems:
            office.do(scan_books.book, run_id=run.id)
        _say(ctx, office.ask(scan_runs.one, run.id), seen, kept, standing)


def _take_in(
    ctx: "Context", office: Office, run: RunRow
) -> tuple[tuple[SeenPage, ...], tuple[Kept, ...]]:
    if not ctx.args.files:
        return (), ()
    looked = scan_intake.read(
        office,
        [Path(file) for file in ctx.args.files],
        run_ids=[run.id],
        processes=ctx.args.processes,
    )
    if all(page.refusal for page in looked.pages):
        looked.close()
        lines = "".join(f"\n{line}" for line in _refusals(looked.pages))
        raise UserError(f"没有读到一张票，什么也没有读入。{lines}", hint="请看每一页拒收的原因。")
    return looked.pages, scan_intake.keep(office, looked)


def _refusals(seen: tuple[SeenPage, ...]) -> list[str]:
    """Each page that was refused, why, and what to do."""
    return [
        f"{page.file} 第{page.number}页：拒收，{page.refusal.words}{page.refusal.hint}"
        for page in seen
        if page.refusal
    ]


def _reconcile(ctx: "Context", office: Office, run: RunRow) -> None:
    given = ctx.args
    if given.issued is None or given.returned is None:
        return
    office.do(
        scan_books.reconcile,
        run_id=run.id,
        issued=given.issued,
        returned=given.returned,
        invalid=given.invalid,
        members=run.members,
        present=run.present,
        explanation=given.explanation,
        counter=given.counter,
        scrutineer=given.scrutineer,
    )


def _say(
    ctx: "Context",
    run: RunRow,
    seen: tuple[SeenPage, ...],
    kept: tuple[Kept, ...],
    standing: Standing,
) -> None:
    refused = [page for page in seen if page.refusal]
    data: dict[str, Any] = {  # Any: whatever JSON holds
        "run": run.code,
        "name": run.name,
        "booked": not run.is_open,
        "kept": sum(each.kept for each in kept),
        "known": sum(each.known for each in kept),
        "refused": [
            {"file": page.file, "page": page.number, "reason": page.refusal}
            for page in seen
            if page.refusal
        ],
        "doubts": standing.doubts,
        "problems": [problem.message for problem in standing.problems],
    }
    lines = [
        f"“{run.name}”：读入{data['kept']}页，已有{data['known']}页，拒收{len(refused)}页。",
        *_refusals(seen),
        *(f"还不能入账：{problem.message}{problem.hint or ''}" for problem in standing.problems),
        *(["已入账。"] if not run.is_open else []),
    ]
    ctx.out.show(data, *lines)
