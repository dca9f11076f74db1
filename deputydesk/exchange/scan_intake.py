"""Scans that come in: read first, shown, then kept; of a secret run in an order of chance."""

import hashlib
import os
from collections import Counter
from collections.abc import Generator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from deputydesk.database import disk_faults
from deputydesk.errors import UserError
from deputydesk.exchange import attachments as files
from deputydesk.exchange import scan_templates, unfinished
from deputydesk.office import Office, Right, refuse_without
from deputydesk.operations import scan_batches, scan_runs
from deputydesk.operations.attachments import Content
from deputydesk.operations.scan_batches import PageRead, Taken
from deputydesk.operations.scan_pages import RowRead
from deputydesk.operations.scan_runs import RunRow
from deputydesk.paths import content_in
from deputydesk.progress import SILENT, Progress
from deputydesk.rules.scan_plan import BLANK

if TYPE_CHECKING:
    from deputydesk.scan.batch import ScannedPage
    from deputydesk.scan.reader import PageReading
    from deputydesk.scan.reasons import Refusal
    from deputydesk.scan.rows import RowReading
    from deputydesk.scan.template import Template

ENDINGS = frozenset({".pdf", ".jpg", ".jpeg", ".png", ".tif", ".tiff", ".bmp"})
"""Of a folder, the files that are read."""


@dataclass(frozen=True)
class SeenPage:
    """A page as it was read, before anything of it is kept.

    Args:
        file: its name.
        number: which page of it, counted from 1.
        run_id: the run that it is of; empty if it was refused.
        run_name: what that is called.
        form_page: which page of the paper it is.
        refusal: why nothing of it is kept.
        rows: how many rows it has.
        doubts: how many of them will wait for a person, once they are kept.
        known: whether this very scan was read in before, or lies before it in the stack.
        thumb: the page, small; None if it has no picture.
    """

    file: str
    number: int
    run_id: str
    run_name: str
    form_page: int
    refusal: "Refusal | None"
    rows: int
    doubts: int
    known: bool
    thumb: Path | None


@dataclass(frozen=True)
class Kept:
    """What became of the pages of a run."""

    run_id: str
    run_name: str
    batch_id: str
    kept: int
    known: int
    refused: int


@dataclass(frozen=True)
class Looked:
    """Files that were read; `keep` or `close` ends it, for their pictures lie in a spool."""

    pages: tuple[SeenPage, ...]
    scanned: "tuple[ScannedPage, ...]"
    runs: Mapping[str, RunRow]
    """By code, the runs of which there are pages."""
    lost: tuple[str, ...]
    """Runs whose blank paper is gone: their pages could not be read."""
    files: int
    digest: str
    spool: Path
    held: ExitStack
    """What keeps the spool; let go, it is gone, and a killed program's with the next reading."""

    def close(self) -> None:
        """Let the pictures go."""
        self.held.close()


def read(
    office: Office,
    sources: Sequence[Path],
    *,
    run_ids: Sequence[str] = (),
    processes: int = 0,
    progress: Progress = SILENT,
) -> Looked:
    """Read files, and the files of folders; nothing of the office is changed.

    Args:
        office: the office.
        sources: files and folders.
        run_ids: the runs that may come; all that are still to be booked if none are named.
        processes: how many read at once; 0: one less than the machine has cores.
        progress: told of each few pages.

    Raises:
        NotAllowed: the user does not evaluate.
        UserError: no run, no file, or the disk refuses.
        Cancelled: the user stopped it.
    """
    refuse_without(Right.EVALUATE, scan_batches.take_in.title, office.user)
    from deputydesk.exchange.sending import working_folder  # brings seals, which nothing else asks

    runs = _open_runs(office, run_ids)
    found = _files(sources)
    with ExitStack() as held:
        spool = held.enter_context(working_folder(office))
        with disk_faults(spool):
            wanted = scan_templates.known(office, runs.values(), spool, wanted=bool(run_ids))
            scanned = _scanned(found, wanted.templates, runs, spool, processes, progress)
        known = {c: set(office.ask(scan_batches.originals, run.id)) for c, run in runs.items()}
        return Looked(
            pages=tuple(_seen(page, runs, known) for page in scanned),
            scanned=tuple(scanned),
            runs=runs,
            lost=wanted.lost,
            files=len(found),
            digest=_digest(scanned),
            spool=spool,
            held=held.pop_all(),
        )


def _open_runs(office: Office, run_ids: Sequence[str]) -> dict[str, RunRow]:
    """By code, the runs that may come."""
    rows = office.ask(scan_runs.rows)
    runs = {run.code: run for run in rows if run.is_open and (not run_ids or run.id in run_ids)}
    if not runs:
        raise UserError("没有等着读票的批次。", hint="先在“报表打印”里印票；已经入账的不能再读。")
    return runs


def _files(sources: Sequence[Path]) -> list[Path]:
    found: list[Path] = []
    for source in sources:
        try:
            inside = sorted(source.iterdir()) if source.is_dir() else [source]
        except OSError as error:
            raise UserError(
                f"“{source.name}”读不出来。", hint="请检查文件夹还在不在、U盘是否插好。"
            ) from error
        found += inside if inside == [source] else [f for f in inside if _is_scan(f)]
    if not found:
        raise UserError(
            "没有可以读的扫描件。", hint="请选 PDF、JPG、PNG 或 TIFF 文件，或放它们的文件夹。"
        )
    return found


def _is_scan(file: Path) -> bool:
    return file.suffix.lower() in ENDINGS and not file.name.startswith(".")


def _scanned(
    found: Sequence[Path],
    templates: "Sequence[Template]",
    runs: Mapping[str, RunRow],
    spool: Path,
    processes: int,
    progress: Progress,
) -> "list[ScannedPage]":
    from deputydesk.scan.batch import read_files

    many = processes or max(1, (os.cpu_count() or 1) - 1)
    read = read_files(found, templates, processes=many, spool=spool, progress=progress)
    return [_of_run(page, runs) for page in read]


def _of_run(page: "ScannedPage", runs: Mapping[str, RunRow]) -> "ScannedPage":
    """Refused if its code names a record of which no paper is waited for."""
    from deputydesk.scan.reasons import Refusal

    code = page.reading.code
    if page.reading.refusal or (code and code.run in runs):
        return page
    return replace(page, reading=replace(page.reading, refusal=Refusal.OTHER_RUN))


def _seen(
    page: "ScannedPage", runs: Mapping[str, RunRow], known: Mapping[str, set[str]]
) -> SeenPage:
    read = page.reading
    run = runs[read.code.run] if read.code and not read.refusal else None
    rows = _rows(read, run) if run else ()
    is_known = False
    if run and page.kept:
        is_known = page.kept.original in known[run.code]
        known[run.code].add(page.kept.original)
    return SeenPage(
        file=page.file.name,
        number=page.number,
        run_id=run.id if run else "",
        run_name=run.name if run else "",
        form_page=read.code.page if read.code else 0,
        refusal=read.refusal,
        rows=len(rows),
        doubts=_doubtful(read, run, rows) if run else 0,
        known=is_known,
        thumb=page.kept.thumb if page.kept else None,
    )


def _doubtful(read: "PageReading", run: RunRow, rows: Sequence[RowRead]) -> int:
    """How many rows a person will be asked for, those of which too many are ticked among them."""
    assert read.code, "its run is known"
    judged = scan_batches.judged(run.plan, read.code.page, rows) if rows else ()
    return sum(bool(row.doubts) for row in judged)


def _digest(scanned: "Sequence[ScannedPage]") -> str:
    """Over the check values of the pages, in the order of these: it tells nothing of theirs."""
    originals = sorted(page.kept.original for page in scanned if page.kept)
    return hashlib.sha256("".join(originals).encode()).hexdigest()


def keep(office: Office, looked: Looked, progress: Progress = SILENT) -> tuple[Kept, ...]:
    """Keep what was read: of each run all pages, or none. Ends the looking.

    Raises:
        UserError: nothing was read, or so long ago that it was swept away; the run was booked
            meanwhile, or the disk refuses.
        Cancelled: the user stopped it.
    """
    by_run: dict[str, list[ScannedPage]] = {code: [] for code in reversed(tuple(looked.runs))}
    for page in looked.scanned:
        if page.reading.code and not page.reading.refusal:
            by_run[page.reading.code.run].append(page)
    by_run = {code: pages for code, pages in by_run.items() if pages}
    try:
        if not by_run:
            raise UserError("没有读到一张票，什么也没有读入。", hint="请看每一页拒收的原因。")
        if not looked.spool.is_dir():
            raise UserError("读过的票面放得太久，已经清除，什么也没有读入。", hint="请再读一次。")
        refused = _refused(looked, by_run)
        kept: list[Kept] = []
        for code, pages in by_run.items():
            with _said_what_is_kept(kept):
                kept.append(
                    _keep(office, looked, looked.runs[code], pages, refused[code], progress)
                )
        return tuple(kept)
    finally:
        looked.close()


@contextmanager
def _said_what_is_kept(kept: Sequence[Kept]) -> Generator[None]:
    """Of each run all is kept or nothing: where one is refused, say which were kept before it."""
    try:
        yield
    except UserError as error:
        if not kept:
            raise
        said = "、".join(f"“{one.run_name}”{one.kept}页" for one in kept)
        hint = f"{error.hint}{said}已经读入。"
        raise UserError(error.message, hint=hint) from error


def _refused(
    looked: Looked, by_run: "Mapping[str, Sequence[ScannedPage]]"
) -> dict[str, Counter[str]]:
    """How many pages were refused, by run and reason; those of no run are the largest one's."""
    most = max(by_run, key=lambda code: len(by_run[code]))
    found: dict[str, Counter[str]] = {code: Counter() for code in by_run}
    for page in looked.scanned:
        if page.reading.refusal:
            code = page.reading.code.run if page.reading.code else ""
            found[code if code in found else most][page.reading.refusal.words] += 1
    return found


def _keep(
    office: Office,
    looked: Looked,
    run: RunRow,
    pages: "Sequence[ScannedPage]",
    refused: Counter[str],
    progress: Progress,
) -> Kept:
    """The pictures are written in the order in which the pages are kept: it tells of no stack."""
    known = set(office.ask(scan_batches.originals, run.id))
    fresh = {p.kept.original: p for p in pages if p.kept and p.kept.original not in known}
    order = list(fresh.values())
    if run.secret:
        order = scan_batches.shuffled(order)
    store = files.store_of(office)
    with unfinished.awaiting(office, _contents(store, order)), files.all_or_none(store) as taken:
        made: list[PageRead] = []
        for done, page in enumerate(order):
            progress.step(done, len(order), run.name)
            made.append(_page(store, page, run, taken))
        said = Taken(
            files=looked.files,
            digest=looked.digest,
            pages=len(pages) + refused.total(),
            refused=dict(sorted(refused.items())),  # not as they lay in the stack
            reader=pages[0].reading.reader,
            read=tuple(made),
        )
        done = office.do(scan_batches.take_in, run_id=run.id, taken=said)
    return Kept(run.id, run.name, done.batch_id, done.kept, len(pages) - done.kept, refused.total())


def _contents(store: files.Store, pages: "Sequence[ScannedPage]") -> Generator[Path]:
    """Where the pictures of pages will lie."""
    for page in pages:
        assert page.kept, "its pictures were asked for"
        for file in filter(None, (page.kept.table, page.kept.whole)):
            yield content_in(store.folder, hashlib.sha256(file.read_bytes()).hexdigest())


def _page(store: files.Store, page: "ScannedPage", run: RunRow, taken: list[Content]) -> PageRead:
    assert page.kept, "its pictures were asked for"
    assert page.kept.table, "it was read"
    assert page.reading.code, "it was read"
    picture = store.take_bytes("票面.jpg", page.kept.table.read_bytes())
    taken.append(picture)
    whole = store.take_bytes(f"整页{page.kept.whole.suffix}", page.kept.whole.read_bytes())
    taken.append(whole)
    return PageRead(
        number=page.reading.code.page,
        sheet=page.reading.code.sheet,
        rows=_rows(page.reading, run),
        original=page.kept.original,
        picture=picture,
        whole=whole,
        quality=_quality(page.reading),
    )


def _rows(read: "PageReading", run: RunRow) -> tuple[RowRead, ...]:
    """The rows of a page that the run's plan knows."""
    assert read.code, "its run is known"
    number = read.code.page
    questions = run.plan.pages[number - 1] if number <= len(run.plan.pages) else ()
    options = [[option.id for option in question.options] for question in questions]
    return tuple(_row(row, options[row.row]) for row in read.rows if row.row < len(options))


def _row(row: "RowReading", options: Sequence[str]) -> RowRead:
    """What was read, in the words of the run."""
    ticked = [options[option] for option in row.answer]
    said = ticked[0] if len(ticked) == 1 else ""
    doubts = tuple(doubt.value for doubt in row.doubts)
    if doubts:
        return RowRead("", doubts, said, row.ink)
    return RowRead(said if ticked else BLANK, (), said, row.ink)


def _quality(read: "PageReading") -> dict[str, Any]:  # Any: JSON
    assert read.window, "it was read with its picture"
    return {
        "marks": read.marks,
        "matching": read.matching,
        "bilevel": read.bilevel,
        "pen": read.pen,
        "dust": read.dust,
        "doubts": [doubt.value for doubt in read.doubts],
        "window": {"x": read.window.x, "y": read.window.y, "scale": read.window.scale},
    }
