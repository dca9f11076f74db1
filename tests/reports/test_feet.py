"""The foot of every paper leads back to its record; that of a ballot leads to nobody."""

import re
from contextlib import suppress
from dataclasses import replace

import pikepdf
import pypdfium2
import pytest
import zxingcpp

from deputydesk.errors import UserError
from deputydesk.reports import FORMS, Options
from deputydesk.reports.form import AskCopies, Setup
from deputydesk.reports.kit import RecordFooter
from deputydesk.reports.page import Page
from deputydesk.reports.printing import write
from deputydesk.rules import qr_codes
from tests.reports.judge import text_of
from tests.reports.samples import DAY, OFFICE

BALLOTS = [
    form
    for form in FORMS.values()
    if form.layouts and any(isinstance(ask, AskCopies) for ask in form.asks)
]
BARE = {"deputy_card", "test_page"}
"""Cards carry the code of their deputy; the printer's test page is no paper of the office."""
OTHERS = [form.id for form in FORMS.values() if form not in BALLOTS and form.id not in BARE]


def codes(path, page=0):
    """What a reader finds on a page."""
    with pypdfium2.PdfDocument(path) as pdf:
        picture = pdf[page].render(scale=3).to_pil().convert("L")
    return {found.text for found in zxingcpp.read_barcodes(picture)}


@pytest.mark.parametrize("form", OTHERS)
def test_the_first_page_of_every_paper_names_its_record_and_carries_it_as_a_code(
    demo_office, form, tmp_path
):
    write(demo_office, form, tmp_path / "form.pdf")

    first = re.sub(r"\s", "", text_of(tmp_path / "form.pdf")[0])
    found = codes(tmp_path / "form.pdf")
    assert any(code.startswith("DD1:") for code in found), found
    assert re.search(r"[编表]号[:：]?[\w\-〔〕]+|[A-Z]{2}-\d{8}-\w{6}", first), first[-80:]


@pytest.mark.parametrize("form", OTHERS)
def test_an_empty_office_prints_papers_that_say_which_form_they_are(office, form, tmp_path):
    with suppress(UserError):  # only what prints has a foot
        write(office, form, tmp_path / "form.pdf")
    if not (tmp_path / "form.pdf").exists():
        pytest.skip("there is nothing to print")

    assert any(code.startswith("DD1:") for code in codes(tmp_path / "form.pdf"))


def test_a_card_carries_the_code_by_which_its_deputy_checks_in(demo_office, tmp_path):
    write(demo_office, "deputy_card", tmp_path / "form.pdf")

    found = codes(tmp_path / "form.pdf")
    assert found
    assert all(qr_codes.looks_scanned(code) for code in found)


@pytest.mark.parametrize("form", BALLOTS, ids=lambda form: form.id)
def test_no_ballot_can_be_told_from_another(demo_office, form, tmp_path):
    write(demo_office, form.id, tmp_path / "one.pdf", Options(copies=1))
    write(demo_office, form.id, tmp_path / "three.pdf", Options(copies=3))

    one, three = text_of(tmp_path / "one.pdf"), text_of(tmp_path / "three.pdf")
    assert three == one * 3
    with pikepdf.open(tmp_path / "three.pdf") as pdf:
        drawn = [page.Contents.read_bytes() for page in pdf.pages]
    assert drawn == drawn[: len(one)] * 3
    (code,) = codes(tmp_path / "one.pdf")
    assert re.fullmatch(rf"DD1:({'|'.join(form.layouts)}):\w+:1/{len(one)}", code)
    assert "编号" not in "".join(one)
    assert "打印" not in "".join(one)


def test_the_foot_holds_the_code_of_the_record_or_of_the_form_and_number(tmp_path):
    head = replace(OFFICE, setup=Setup("reception_form"))
    cases = (
        (RecordFooter(head, DAY, "JD-2026-1", "DD1:JD:1A"), "DD1:JD:1A"),
        (RecordFooter(head, DAY, "JD-2026-1"), "DD1:F:RECEPTION-FORM:JD-2026-1"),
        (RecordFooter(head, DAY, "2026年第1期"), "DD1:F:RECEPTION-FORM:20261008"),
        (RecordFooter(head, DAY), "DD1:F:RECEPTION-FORM:20261008"),
        (RecordFooter(OFFICE, DAY), ""),
    )

    assert [foot._code for foot, _ in cases] == [code for _, code in cases]
    bare = Page()
    RecordFooter(OFFICE, DAY)(bare, 1, 1)
