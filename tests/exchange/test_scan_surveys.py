"""A survey of the office's own making: laid out, printed, ticked, scanned, read."""

import pytest
from PIL import Image

from deputydesk.exchange import attachments, scan_cuts, scan_intake, scan_papers, scan_pictures
from deputydesk.operations import scan_pages, scan_runs, surveys
from deputydesk.reports import Options
from deputydesk.reports.printing import write
from deputydesk.rules.scan_plan import BLANK
from deputydesk.scan import pages, template
from tests import make
from tests.exchange import scanning
from tests.scan.paper import DPI, Printed, Sheet, scanned

QUESTIONS = [
    {"ask": "grade", "text": "您对饮水改造工程满意吗？", "options": []},
    {"ask": "one", "text": "到公交站要走多久？", "options": ["十分钟", "半小时", "更久"]},
    {"ask": "several", "text": "最盼解决什么？", "options": ["路", "水", "电", "医", "学", "养老"]},
    {"ask": "grade", "text": "总体评价如何？", "options": ["好", "较好", "一般", "较差", "差"]},
    {"ask": "several", "text": "怎样反映意见？", "options": ["代表之家", "电话", "网上", "没有"]},
    {"ask": "one", "text": "您的年龄？", "options": ["三十以下", "三十到六十", "六十以上"]},
]
FIRST = {0: 0, 1: 3, 2: 0, 4: 0, 8: 5}
"""Row of boxes and option ticked on the first page: two of six, the others are left empty."""
SECOND = {0: 0, 4: 1}


def survey(office, **given):
    return office.do(
        surveys.save, headline="民生问卷", held_on=make.TODAY, questions=QUESTIONS, **given
    )


def printed(office, survey_id, folder, **options):
    """The run of a survey, and its pages as they were printed."""
    chosen = Options(record_id=survey_id, **options)
    run_id = scan_papers.note(office, "survey_paper", chosen, copies=20)
    run = office.ask(scan_runs.one, run_id)
    to = folder / "blank.pdf"
    to.write_bytes(attachments.store_of(office).path(run.blank).read_bytes())
    return run, [_page(to, run, number) for number in range(1, len(run.plan.pages) + 1)]


def _page(pdf, run, number):
    import pypdfium2

    layouts = {
        (run.layout, n): scan_papers.layout_of(run.details, n)
        for n in range(1, len(run.plan.pages) + 1)
    }
    with pypdfium2.PdfDocument(pdf) as document:
        drawn = Image.fromarray(pages.drawn(document[number - 1], DPI / 72))
    return Printed(template.of_pdf(pdf, layouts)[number - 1], drawn)


def ticked(form, chosen, seed=1):
    sheet = Sheet(form)
    for row, option in chosen.items():
        sheet.tick(row, option)
    return Image.fromarray(scanned(sheet, dpi=200, seed=seed))


@pytest.mark.parametrize("large", [False, True])
def test_both_pages_of_a_survey_are_read_each_by_its_own_geometry(office, tmp_path, large):
    run, forms = printed(office, survey(office), tmp_path, large=large)
    assert (run.secret, run.layout) == (True, "WJ-1L" if large else "WJ-1")
    chosen = [{0: 0}, {0: 0}] if large else [FIRST, SECOND]
    stack = scanning.pdf(
        tmp_path / "a.pdf",
        *(ticked(form, c) for form, c in zip(reversed(forms), reversed(chosen), strict=False)),
    )

    looked = scan_intake.read(office, [stack], processes=1)

    assert {page.refusal for page in looked.pages} == {None}
    scan_intake.keep(office, looked)
    shown = office.ask(scan_pages.pages, run.id)
    for page, marks in zip(shown, chosen[-len(shown) :], strict=True):
        read = {row.row: row.read.answer or row.read.suggested for row in page.rows}
        options = [question.options for question in run.plan.pages[page.number - 1]]
        assert {n: options[n][o].id for n, o in marks.items()} == {
            n: answer for n, answer in read.items() if answer not in {BLANK, ""}
        }
        assert scan_cuts.sight(run, page)
        assert scan_pictures.strip(office, run, page, 0)


def test_options_left_empty_where_several_may_be_ticked_are_no_doubt(office, tmp_path):
    run, [first, _] = printed(office, survey(office), tmp_path)
    stack = scanning.pdf(tmp_path / "a.pdf", ticked(first, FIRST))

    scan_intake.keep(office, scan_intake.read(office, [stack], processes=1))

    [page] = office.ask(scan_pages.pages, run.id)
    assert page.open_rows == ()
    assert [row.answer for row in page.rows[2:8]] == ["yes", BLANK, "yes", BLANK, BLANK, BLANK]


def test_of_a_question_with_too_many_ticks_the_rows_are_counted_before_they_are_kept(
    office, tmp_path
):
    capped = [QUESTIONS[0], {**QUESTIONS[2], "most": 2}, QUESTIONS[1]]
    made = office.do(surveys.save, headline="最盼", held_on=make.TODAY, questions=capped)
    run, [form] = printed(office, made, tmp_path)
    sheets = (ticked(form, dict.fromkeys(rows, 0)) for rows in ((0, 1, 2, 3, 7), (0, 4, 5, 7)))
    stack = scanning.pdf(tmp_path / "a.pdf", *sheets)

    looked = scan_intake.read(office, [stack], processes=1)
    assert [(page.rows, page.doubts) for page in looked.pages] == [(8, 3), (8, 0)]
    scan_intake.keep(office, looked)

    waiting = [len(page.open_rows) for page in office.ask(scan_pages.pages, run.id)]
    assert sorted(waiting) == [0, 3]


def test_copies_of_a_secret_survey_are_all_alike_and_numbered_ones_all_differ(office, tmp_path):
    found = {}
    for named in (False, True):
        made, to = survey(office, named=named), tmp_path / f"{named}.pdf"
        write(office, "survey_paper", to, Options(record_id=made, copies=3))
        found[named] = _first_pages(to)

    assert len(found[False]) == len(found[True]) == 3
    assert len(set(found[False])) == 1
    assert len(set(found[True])) == 3


def _first_pages(pdf):
    """The drawing of the first page of each copy."""
    import pikepdf

    with pikepdf.open(pdf) as document:
        return [page.Contents.read_bytes() for page in document.pages[::2]]


def test_a_numbered_survey_is_not_secret_and_its_pages_bear_the_number(office, tmp_path):
    run, [first, _] = printed(office, survey(office, named=True), tmp_path)
    stack = scanning.pdf(tmp_path / "a.pdf", ticked(first, FIRST))

    scan_intake.keep(office, scan_intake.read(office, [stack], processes=1))

    assert not run.secret
    [page] = office.ask(scan_pages.pages, run.id)
    assert len(page.sheet) == 5
