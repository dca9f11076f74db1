"""装袋: all forms that are due in a month, quarter or year, with a list of them as the first page.

Which forms are due is declared by them (`Form.due`); what there is none of stands in the list with
the reason.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from deputydesk.errors import UserError
from deputydesk.office import Office
from deputydesk.progress import SILENT, Progress
from deputydesk.reports import FORMS, fonts
from deputydesk.reports.folders import Files, filling
from deputydesk.reports.form import (
    AskLastDay,
    AskPeriod,
    AskRecord,
    Due,
    Form,
    Job,
    OfficeHead,
    Options,
    Setup,
)
from deputydesk.reports.kit import Document, document
from deputydesk.reports.pack_list import Line, draw
from deputydesk.reports.printing import job_of
from deputydesk.rules.quarters import Quarter

LIST = "装袋清单"
_ID = "pack"


@dataclass(frozen=True)
class Period:
    """The days that a pack is of."""

    kind: Due
    first: date
    last: date

    @classmethod
    def of(cls, kind: Due, day: date) -> "Period":
        """The month, quarter or year that a day lies in."""
        if kind is Due.YEAR:
            return cls(kind, day.replace(month=1, day=1), day.replace(month=12, day=31))
        if kind is Due.QUARTER:
            quarter = Quarter.of(day)
            return cls(kind, quarter.first, quarter.last)
        after = (day.replace(day=28) + (date(2000, 1, 5) - date(2000, 1, 1))).replace(day=1)
        return cls(kind, day.replace(day=1), date.fromordinal(after.toordinal() - 1))

    @property
    def label(self) -> str:
        """2026年第三季度, 2026年9月, 2026年."""
        if self.kind is Due.QUARTER:
            return Quarter.of(self.first).label
        return f"{self.first.year}年" + (f"{self.first.month}月" if self.kind is Due.MONTH else "")


@dataclass(frozen=True)
class Pack:
    """What was printed: the list's lines, and how many pages with the list."""

    lines: tuple[Line, ...]
    pages: int


@dataclass(frozen=True)
class _Item:
    """A form of one record, or of the whole period."""

    form: Form
    options: Options
    name: str


def due(office: Office, period: Period) -> list[tuple[Form, list[Options]]]:
    """The forms due in a period, each with what it is printed of; with nothing if there is none."""
    return [
        (form, [item.options for item in _items(office, form, period)])
        for form in FORMS.values()
        if period.kind in form.due
    ]


def write(
    office: Office,
    period: Period,
    to: Path,
    *,
    archival: bool = False,
    duplex: bool = True,
    progress: Progress = SILENT,
) -> Pack:
    """Print the pack into one PDF with bookmarks, the list first.

    Raises:
        UserError: the office has not said who it is, or the file cannot be written.
        Cancelled: the user stopped it; no file is left.
    """
    head, today = _head(office, archival=archival), office.clock().date()
    title = f"{head.organ}{period.label}材料"
    lines: list[Line] = []
    with document(to, title=title, subject=LIST, office=head, printed_on=today) as whole:
        whole.promise(LIST)
        for form, items, within in _work(office, period, progress):
            if duplex and items:
                whole.turn_to_front_side()
            starts = whole.pages + 1
            part = whole.part(form.title) if items else whole
            line = _print(office, form, items, part, within, duplex=duplex)
            if not line.pages:
                whole.forget_part()
            lines.append(replace(line, starts=starts if line.pages else 0))

        def add_list(front: Document) -> None:
            count = len(draw(lines, period.label, head, today).pages)
            odd = duplex and count % 2
            lines[:] = [line.moved(count + bool(odd)) for line in lines]
            front.add(draw(lines, period.label, head, today))
            if odd:
                front.add_blank()

        whole.to_front(add_list)
        return Pack(tuple(lines), whole.pages)


def write_folder(
    office: Office,
    period: Period,
    folder: Path,
    *,
    archival: bool = False,
    progress: Progress = SILENT,
) -> Pack:
    """Print the pack into a folder: a file for each form, and the list.

    Raises:
        UserError: as for `write`; the folder is as it was.
        Cancelled: the user stopped it; likewise.
    """
    head = _head(office, archival=archival)
    today = office.clock().date()
    files, lines, pages = Files(), list[Line](), 0
    with filling(folder) as place:
        for number, (form, items, within) in enumerate(_work(office, period, progress), start=1):
            if not items:
                lines.append(_print(office, form, items, None, within))
                continue
            name = files.name(f"{number:02d} {form.title}")
            with document(
                place / name, title=form.title, subject=period.label, office=head, printed_on=today
            ) as whole:
                line = _print(office, form, items, whole, within)
            if not line.pages:
                (place / name).unlink()
            lines.append(replace(line, file=name if line.pages else ""))
            pages += line.pages
        name = files.name(f"00 {LIST}")
        with document(
            place / name, title=LIST, subject=period.label, office=head, printed_on=today
        ) as whole:
            whole.add(draw(lines, period.label, head, today), bookmark=LIST)
            pages += whole.pages
    return Pack(tuple(lines), pages)


def _head(office: Office, *, archival: bool) -> OfficeHead:
    job = job_of(office, next(iter(FORMS)), Path(), Options())
    return replace(job.head, setup=Setup(_ID, archival))


def _work(
    office: Office, period: Period, progress: Progress
) -> Iterator[tuple[Form, list[_Item], Progress]]:
    """Each form that is due, what it is printed of, and how far that brings the whole."""
    forms = [form for form in FORMS.values() if period.kind in form.due]
    for done, form in enumerate(forms):
        progress.step(done, len(forms), form.title)
        items = _items(office, form, period)
        yield form, items, _Within(progress, done, len(forms), form.title)


def _items(office: Office, form: Form, period: Period) -> list[_Item]:
    ask = _record_asked(form)
    today = office.clock().date()
    until = min(period.last, today) if period.first <= today else period.last
    if ask is None:
        return [_Item(form, Options(first=period.first, last=until), "")]
    return [
        _Item(form, Options(one.id, first=period.first, last=until), one.name)
        for one in office.ask(ask.of_period, period.first, period.last)
    ]


def _record_asked(form: Form) -> AskRecord | None:
    """The record that a form is of; None for a form of a period."""
    if any(isinstance(ask, AskPeriod | AskLastDay) for ask in form.asks):
        return None
    return next((ask for ask in form.asks if isinstance(ask, AskRecord)), None)


def _print(
    office: Office,
    form: Form,
    items: Sequence[_Item],
    into: Document | None,
    progress: Progress,
    *,
    duplex: bool = False,
) -> Line:
    """Print a form of all its records into a file that is being made; gives its line."""
    if not items or into is None:
        ask = _record_asked(form)
        none = (ask.none or f"本期没有{ask.label}") if ask else "本期没有内容"
        return Line(form.title, 0, 0, none)
    before, printed, refused = into.pages, 0, list[str]()
    for done, item in enumerate(items):
        progress.step(done, len(items), item.name)
        if duplex and done:
            into.turn_to_front_side()
        job = job_of(office, form.id, Path(), item.options, progress)
        at = into.pages
        try:
            form.print(_within(job, into))
            printed += 1
        except UserError as error:
            if into.pages > at:
                raise  # part of it stands in the file
            refused.append(f"{item.name}：{error}" if item.name else str(error))
    return Line(form.title, printed, into.pages - before, _printable("；".join(refused)))


def _printable(text: str) -> str:
    """A reason that names a character no font has is itself to be printed."""
    for char in fonts.unprintable(text):
        text = text.replace(char, "□")
    return text


def _within(job: Job, into: Document) -> Job:
    setup = job.head.setup._replace(into=into)
    return replace(job, head=replace(job.head, setup=setup))


@dataclass(frozen=True)
class _Within:
    """The progress of one form within the whole."""

    whole: Progress
    done: int
    total: int
    title: str

    def step(self, done: int, total: int, what: str = "") -> None:
        """Says how far the form is; the whole stands still until it is done."""
        del done, total
        self.whole.step(self.done, self.total, f"{self.title}　{what}" if what else self.title)
