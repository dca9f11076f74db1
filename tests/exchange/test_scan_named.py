"""征询意见表 and 代办回访表: printed, ticked, scanned, and in their record."""

import re

import pytest
from PIL import Image

from deputydesk.exchange import attachments, scan_intake, scan_papers
from deputydesk.operations import (
    feedbacks,
    petitions,
    scan_books,
    scan_decisions,
    scan_named,
    scan_pages,
    scan_runs,
)
from deputydesk.reports import Options
from deputydesk.rules.satisfaction import Satisfaction
from deputydesk.scan.reasons import Refusal
from tests import make
from tests.exchange import scanning
from tests.operations import named_world as named
from tests.operations import scan_world as world
from tests.scan import paper
from tests.scan.paper import Sheet, scanned


def printed(office, form, record_id, folder, page=0):
    """The run of a paper, and its first page as it was printed."""
    run_id = scan_papers.note(office, form, Options(record_id=record_id), copies=1)
    run = office.ask(scan_runs.one, run_id)
    to = folder / f"{form}.pdf"
    to.write_bytes(attachments.store_of(office).path(run.blank).read_bytes())
    return run, paper.printed(to, page)


def ticked(form, *options, seed=1):
    """Its scan, with an option ticked in each row."""
    sheet = Sheet(form)
    for row, option in enumerate(options):
        if option is not None:
            sheet.tick(row, option)
    return Image.fromarray(scanned(sheet, dpi=200, seed=seed))


def read_in(office, to, *pages):
    looked = scan_intake.read(office, [scanning.pdf(to, *pages)], processes=1)
    seen = looked.pages
    return seen, scan_intake.keep(office, looked)


def booked(office, run, written):
    for page in office.ask(scan_pages.pages, run.id):
        for row in page.open_rows:
            office.do(
                scan_decisions.decide, page_id=page.id, row=row.row, answer=row.read.suggested
            )
    office.do(scan_named.write_down, run_id=run.id, written=written)
    world.sampled(office, run.id)
    office.do(scan_books.book, run_id=run.id)


def test_a_deputys_paper_comes_back_into_the_suggestion(office, tmp_path):
    form_id, case = named.feedback(office)
    run, form = printed(office, "feedback_form", form_id, tmp_path)

    seen, kept = read_in(office, tmp_path / "a.pdf", ticked(form, 0, 1, 0, 2, 1))

    assert [(page.refusal, page.rows, page.run_id) for page in seen] == [(None, 5, run.id)]
    assert kept[0].kept == 1
    [page] = office.ask(scan_pages.pages, run.id)
    assert re.fullmatch("[A-Z2-7]{5}", page.sheet)
    booked(office, run, "还不够")
    [row] = office.ask(feedbacks.rows, today=make.TODAY, suggestion_id=case.id)
    assert (row.attitude, row.result) == (Satisfaction.SATISFIED, Satisfaction.DISSATISFIED)
    assert row.opinion == "还不够"
    assert office.check() == []


def test_papers_of_several_deputies_come_in_one_stack(office, tmp_path):
    first, _ = named.feedback(office)
    run, form = printed(office, "feedback_form", first, tmp_path)
    petition = named.petition(office)
    visit, visit_form = printed(office, "return_visit", petition, tmp_path)

    seen, kept = read_in(
        office,
        tmp_path / "stack.pdf",
        ticked(form, 0, 1, 0, 0, 0),
        ticked(visit_form, 0, 0, 1, 1, seed=2),
    )

    assert [page.run_id for page in seen] == [run.id, visit.id]
    assert {one.run_id: one.kept for one in kept} == {run.id: 1, visit.id: 1}
    booked(office, visit, "已恢复")
    [row] = [row for row in office.ask(petitions.rows) if row.id == petition]
    assert (
        row.visit_words
        == "已告知处理结果：是，对代办工作满意，对处理结果基本满意，还要继续跟踪：否"
    )


def test_the_copy_the_deputy_keeps_and_a_paper_nobody_waits_for_are_refused(office, tmp_path):
    form_id, case = named.feedback(office)
    run, back = printed(office, "feedback_form", form_id, tmp_path)
    _, kept = printed(office, "feedback_form", form_id, tmp_path, page=1)
    other, waits = printed(office, "feedback_form", named.another(office, case), tmp_path)
    answers = (0, 1, 0, 0, 0)
    read_in(office, tmp_path / "b.pdf", ticked(back, *answers))
    booked(office, run, "")
    stack = [ticked(form, *answers, seed=3) for form in (kept, back, waits)]

    looked = scan_intake.read(office, [scanning.pdf(tmp_path / "a.pdf", *stack)], processes=1)

    assert [(page.refusal, page.run_id) for page in looked.pages] == [
        (Refusal.OTHER_RUN, ""),
        (Refusal.OTHER_RUN, ""),
        (None, other.id),
    ]
    looked.close()


@pytest.mark.parametrize("form", ["feedback_form", "return_visit"])
def test_a_blank_paper_is_no_run(office, form):
    assert scan_papers.note(office, form, Options(), copies=3) == ""


def test_a_paper_that_is_back_is_printed_for_the_file_and_waits_for_nothing(office):
    form_id, _ = named.feedback(office)
    office.do(
        feedbacks.receive,
        feedback_id=form_id,
        attitude=Satisfaction.SATISFIED,
        result=Satisfaction.SATISFIED,
    )
    assert scan_papers.note(office, "feedback_form", Options(record_id=form_id), copies=1) == ""
    reported = office.do(petitions.save, reported_on=make.TODAY, matter="供暖", voter_name="郝平")
    assert scan_papers.note(office, "return_visit", Options(record_id=reported), copies=1) == ""


def test_an_old_run_without_its_blank_paper_does_not_stop_the_others(office, tmp_path):
    papers = scanning.papers(office, tmp_path)
    world.run(office, names=("甲",), code="ANDERE")
    stack = scanning.pdf(tmp_path / "a.pdf", scanning.ticked(papers.form, 0, 0, 0, 0))

    looked = scan_intake.read(office, [stack], processes=1)

    assert ([page.refusal for page in looked.pages], looked.lost) == ([None], ("述职测评会",))
    looked.close()
