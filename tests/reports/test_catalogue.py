"""docs/FORMS.md tells the truth about the forms: `python3 dev.py forms` writes it anew."""

import re

import pytest
from PIL import Image

from deputydesk.reports import FORMS
from tests.reports.catalogue import PAGE, PICTURES, WIDTH, facts, page, sections

TEXT = PAGE.read_text(encoding="utf-8")
LINKED = re.findall(r"\]\((pictures/[^)]+)\)", TEXT)


def test_every_form_is_in_the_catalogue_and_no_other():
    assert list(sections(TEXT)) == [form.title for form in FORMS.values()]


@pytest.mark.parametrize("form", FORMS)
def test_what_it_says_of_a_form_is_true(form):
    said = sections(TEXT).get(FORMS[form].title, {})

    assert said == {**facts(FORMS[form]), "纸张": said.get("纸张")}
    assert re.fullmatch(r"A[34] [横竖]向|\d+×\d+ 毫米", said["纸张"] or "")


def test_the_page_is_as_the_program_writes_it():
    sizes = {ident: sections(TEXT)[form.title]["纸张"] for ident, form in FORMS.items()}

    assert page(sizes) == TEXT


def test_every_form_has_a_picture_of_it_filled_in_and_no_picture_is_dead_or_left_over():
    there = {f"pictures/forms/{path.name}" for path in PICTURES.iterdir()}

    assert set(LINKED) == there
    assert len(LINKED) == len(set(LINKED))
    assert {f"pictures/forms/{ident}-full.png" for ident in FORMS} <= there


def test_pictures_are_small():
    sizes = [path.stat().st_size for path in PICTURES.iterdir()]

    assert sum(sizes) < 6_000_000
    for path in PICTURES.iterdir():
        with Image.open(path) as image:
            assert image.width == WIDTH <= 480
