"""Every form there is, of an office with nothing, of the demo office and of the worst one."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from deputydesk.errors import UserError
from deputydesk.exchange import demo_day
from deputydesk.office import Office
from deputydesk.operations import deputies
from deputydesk.reports import FORMS, Options
from deputydesk.reports.form import AskDeputies, AskPaper, AskRecord, Form
from deputydesk.reports.printing import write
from tests import make
from tests.reports import hostile
from tests.reports.judge import faults, text_of
from tests.reports.tiles import tile_faults

FEW = 2
"""So many deputies stand for all of them: each has the same pages."""

TOO_MUCH = {("reply_letter", "each")}
"""200 letters of 8,000 characters each say nothing that one of them does not say."""


TILES = "-tiles"
"""Papers whose pages are cut into tiles: judged whole, and held against the whole."""
TILED = [
    (form.id, value)
    for form in FORMS.values()
    for ask in form.asks
    if isinstance(ask, AskPaper)
    for value, _ in ask.choices
    if value.endswith(TILES) and value.removesuffix(TILES) in dict(ask.choices)
]


@dataclass(frozen=True)
class Printed:
    """An office to print from, and the records that were made the worst."""

    office: Office
    worst: frozenset[str] = frozenset()


@pytest.fixture(scope="module")
def demo(demo_file, tmp_path_factory) -> Iterator[Printed]:
    """The demo office, opened once for all forms: printing changes nothing."""
    office = _opened(demo_file, tmp_path_factory.mktemp("demo"))
    yield Printed(office)
    office.close()


@pytest.fixture(scope="module")
def worst(demo_file, tmp_path_factory) -> Iterator[Printed]:
    """The worst office, made once."""
    folder = tmp_path_factory.mktemp("worst")
    shutil.copyfile(demo_file, folder / "spoilt.db")
    spoilt = hostile.make(folder / "spoilt.db")
    office = _opened(demo_file, folder / "office", spoilt.file)
    yield Printed(office, frozenset(spoilt.worst.values()))
    office.close()


def _opened(demo_file: Path, folder: Path, file: Path | None = None) -> Office:
    office = make.copied_office(file or demo_file, folder)
    office.clock = demo_day.clock_for(demo_file.parent, make.at())
    return office


def choices(form: Form, there: Printed) -> Iterator[Options]:
    """What can be chosen for it: a bad record, the newest, or nothing, on each paper."""
    has_record = any(isinstance(ask, AskRecord) for ask in form.asks)
    records: list[str] = []
    papers = [""]
    for ask in form.asks:
        if isinstance(ask, AskRecord):
            offered = [one.id for one in there.office.ask(ask.records)]
            bad = sorted(there.worst.intersection(offered))[:1]
            records = bad or offered[:1]
        elif isinstance(ask, AskPaper) and (records or not has_record):
            papers = [
                value
                for value, _ in ask.choices
                if (form.id, value) not in TOO_MUCH and not value.endswith(TILES)
            ]
    people = _people(there) if any(isinstance(a, AskDeputies) for a in form.asks) else ()
    for record in records or [""]:
        for paper in papers:
            yield Options(record_id=record, paper=paper, deputy_ids=people)


def _people(there: Printed) -> tuple[str, ...]:
    """The deputy on whom most hangs, or a few with the longest names."""
    rows = sorted(there.office.ask(deputies.rows), key=lambda row: len(row.name), reverse=True)
    bad = [row.id for row in rows if row.id in there.worst]
    return tuple(bad or [row.id for row in rows[:FEW]])


def well_printed(form: str, there: Printed, to: Path) -> int:
    """How many pages came; none has a fault."""
    pages = 0
    for options in choices(FORMS[form], there):
        pages += write(there.office, form, to, options)
        found = faults(to)
        assert found == [], f"{options}: {found[:5]}"
    return pages


@pytest.mark.parametrize("form", FORMS)
def test_an_office_with_nothing_prints_a_blank_form_or_says_what_is_missing(form, office, tmp_path):
    to = tmp_path / "form.pdf"

    try:
        write(office, form, to)
    except UserError as error:
        said = (error.message, error.hint)
    else:
        said = ()

    assert [words for words in said if not words.endswith("。")] == []
    assert to.exists() is not bool(said)
    assert said or faults(to) == []


@pytest.mark.parametrize("form", FORMS)
def test_the_demo_office_prints_it_without_a_fault(form, demo, tmp_path):
    assert well_printed(form, demo, tmp_path / "form.pdf") > 0


@pytest.mark.parametrize("form", FORMS)
def test_the_worst_office_prints_it_without_a_fault(form, worst, tmp_path):
    assert well_printed(form, worst, tmp_path / "form.pdf") > 0


@pytest.mark.parametrize(("form", "paper"), TILED)
def test_sheets_glued_together_are_the_large_page(form, paper, worst, tmp_path):
    whole, tiles = tmp_path / "whole.pdf", tmp_path / "tiles.pdf"
    options = next(choices(FORMS[form], worst))

    write(worst.office, form, whole, replace(options, paper=paper.removesuffix(TILES)))
    sheets = write(worst.office, form, tiles, replace(options, paper=paper))

    assert sheets > len(text_of(whole))
    assert tile_faults(whole, tiles) == []


def test_the_worst_office_is_bad_enough(worst, tmp_path):
    to = tmp_path / "form.pdf"
    [ask] = [ask for ask in FORMS["reception_form"].asks if isinstance(ask, AskRecord)]
    [visit] = {one.id for one in worst.office.ask(ask.records)} & worst.worst

    write(worst.office, "reception_form", to, Options(record_id=visit))
    heard = "".join(text_of(to))
    write(worst.office, "sign_in", to, Options(record_id=visit))
    signed = "".join(text_of(to))

    assert heard.count("养") >= hostile.HUGE.count("养")
    assert hostile.RARE_NAME in signed
    assert signed.count(hostile.LONGEST_NAME[:6]) > hostile.PEOPLE / len(hostile.PERSONS) - 2
