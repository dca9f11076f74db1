"""The table of features tells the truth about the program, and leaves nothing out."""

import ast
import re
from dataclasses import dataclass
from fnmatch import fnmatchcase
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import pytest

from deputydesk.operations.figures import CATALOGUE
from deputydesk.reports import FORMS
from deputydesk.rules.choices import Choice
from deputydesk.ui.pages import PAGES
from deputydesk.ui.register import Register

REPO = Path(__file__).resolve().parent.parent
TABLE = REPO / "docs" / "FEATURES.md"
ASKED = (
    *("organ", "term", "meeting", "person", "mandate", "electoral_district", "deputy_group"),
    *("home", "station", "supervisor", "visit", "link_visit", "qr_card"),
    *("opinion", "channel split", "suggestion", "dispatch", "oversight", "conversion"),
    *("inspection_activity", "pre_meeting_forum", "service"),
    *("project", "project_eval", "assembly", "petition", "leg_round", "leg_opinion", "training"),
    *("point_rule", "point_entry", "point_board", "duty_report", "evaluation", "talk"),
    *("duty_file", "regulation", "rota", "analysis", "budget", "expense", "publicity"),
    *("online_poll", "cadre_opinion", "party_support", "model_practice", "cockpit"),
    "annual_report",
)
"""What the published practice names: each is a row."""
CODE = re.compile(r"`([^`]+)`")
TITLES = {page.title: page for page in PAGES}


@dataclass(frozen=True)
class Row:
    """A row of the table."""

    ids: tuple[str, ...]
    name: str
    screens: tuple[str, ...]
    form: str
    figures: str
    tests: tuple[str, ...]


def _row(line: str) -> Row:
    ids, name, screens, form, figures, tests = (cell.strip() for cell in line.strip("|").split("|"))
    return Row(
        tuple(CODE.findall(ids)),
        name,
        tuple(screens.split("；")),
        form,
        figures,
        tuple(CODE.findall(tests)),
    )


ROWS = [
    _row(line) for line in TABLE.read_text(encoding="utf-8").splitlines() if line.startswith("| `")
]
IDS = ["+".join(row.ids) for row in ROWS]


def _texts(module: str) -> set[str]:
    """The texts written in a module."""
    spec = find_spec(module)
    assert spec
    assert spec.origin
    tree = ast.parse(Path(spec.origin).read_text(encoding="utf-8"))
    return {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def _on_page(title: str) -> set[str]:
    """The texts of a page: its own, and those of the window's parts it is made from."""
    page = import_module(f"deputydesk.ui.pages.{TITLES[title].name}")
    values = list(vars(page).values())
    parts = {page.__name__, *(getattr(value, "__module__", "") for value in values)}
    found = {t for part in parts if part.startswith("deputydesk.ui") for t in _texts(part)}
    lists = [*values, getattr(getattr(page, TITLES[title].page), "registers", ())]
    for one in (one for value in lists if isinstance(value, tuple) for one in value):
        if isinstance(one, Choice):
            found.add(one.label)
        elif isinstance(one, Register):
            shown = (*one.filters, *one.actions, *one.moves)
            found |= {one.title, *(part.text for part in shown)}
    return found


def _named(cell: str) -> set[str]:
    """The figures a cell names; `x.*` are all whose ids begin with `x.`."""
    named: set[str] = set()
    for wanted in CODE.findall(cell):
        fits = {ident for ident in CATALOGUE if fnmatchcase(ident, wanted)}
        assert fits, f"no figure is called {wanted}"
        named |= fits
    return named


def test_everything_that_the_published_practice_names_has_a_row():
    listed = [ident for row in ROWS for ident in row.ids]

    assert [ident for ident in ASKED if ident not in listed] == []
    assert len(set(listed)) == len(listed)


@pytest.mark.parametrize("row", ROWS, ids=IDS)
def test_a_row_is_true(row):
    assert row.name
    assert _named(row.figures) or re.fullmatch("—（.+）", row.figures)
    assert row.tests
    assert [path for path in row.tests if not (REPO / "tests" / path).is_file()] == []
    for screen in row.screens:
        page, _, part = screen.partition(" › ")
        assert page in TITLES
        assert not part or part in _on_page(page), screen


@pytest.mark.parametrize("row", ROWS, ids=IDS)
def test_a_row_says_how_it_is_printed_or_why_not(row):
    assert [form for form in CODE.findall(row.form) if form not in FORMS] == []
    assert CODE.search(row.form.split("（")[0]) or re.fullmatch("—（.+）", row.form)


def test_no_page_register_form_or_figure_is_left_out():
    screens = {screen for row in ROWS for screen in row.screens}
    registers = {
        f"{spec.title} › {register.title}"
        for spec in PAGES
        for page in [import_module(f"deputydesk.ui.pages.{spec.name}")]
        for register in getattr(getattr(page, spec.page), "registers", ())
    }
    forms = {form for row in ROWS for form in CODE.findall(row.form)}
    figures = {ident for row in ROWS for ident in _named(row.figures)}

    assert set(TITLES) - {screen.partition(" › ")[0] for screen in screens} == set()
    assert registers - screens == set()
    assert set(FORMS) - forms == set()
    assert set(CATALOGUE) - figures == set()
