"""deskctl scan book: scans go into the office's run, which is booked when nothing is open."""

import json
from contextlib import closing

import pytest
from PIL import Image

from deputydesk.cli import main
from deputydesk.exchange import attachments, scan_papers
from deputydesk.office import Office
from deputydesk.operations import evaluations, scan_books, scan_runs, surveys
from deputydesk.reports import Options
from tests import make
from tests.exchange import scanning
from tests.operations import scan_world as world
from tests.scan.paper import Sheet, printed, scanned


@pytest.fixture
def stack(empty_file, tmp_path):
    """An office's folder, its run of ballots, and a scan of two of them with a blank page."""
    office = make.copied_office(empty_file, tmp_path / "office")
    make.profile(office)
    papers = scanning.papers(office, tmp_path)
    office.close()
    pages = [scanning.ticked(papers.form, n, 0, 0, 0, seed=n + 1) for n in range(2)]
    blank = pages[0].point(lambda _grey: 250)
    return office.data.path, papers, scanning.pdf(tmp_path / "stack.pdf", *pages, blank)


def deskctl(capsys, *args):
    code = main([str(arg) for arg in args], clock=make.at())
    said = capsys.readouterr()
    return code, said.out, said.err


def opened(path):
    return Office.open(path, clock=make.at(), user=make.CLERK)


def test_scans_are_taken_in_and_booked_once_the_sample_is_done(stack, capsys):
    path, papers, file = stack
    book, run = ("--office", path, "scan", "book"), ("--run", papers.run.code)

    code, said, _ = deskctl(capsys, *book, file, *run, "--issued", 4, "--returned", 2)

    assert code == 0
    assert "读入2页，已有0页，拒收1页。" in said
    assert "stack.pdf 第3页：拒收，这一页是空白的。" in said
    assert "还不能入账：试用期间（读满100张以前）必须人工抽查。" in said
    office = opened(path)
    world.sampled(office, papers.run.id)
    office.close()

    code, said, _ = deskctl(capsys, *book, *run, "--json")

    found = json.loads(said)
    assert (found["booked"], found["problems"], found["refused"]) == (True, [], [])
    office = opened(path)
    assert not office.ask(scan_runs.one, papers.run.id).is_open
    assert office.ask(evaluations.one, papers.evaluation).returned == 2
    office.close()


def test_what_is_not_there_is_said(stack, capsys):
    path, _, file = stack

    _, _, unknown = deskctl(capsys, "--office", path, "scan", "book", file, "--run", "ANDERE")
    _, _, nothing = deskctl(capsys, "scan", "read")

    assert "没有表号是“ANDERE”的一批票。" in unknown
    assert "没有说是哪些文件。" in nothing


def test_a_file_of_which_nothing_is_read_says_why_of_each_page(stack, capsys, tmp_path):
    path, papers, _ = stack
    blank = Image.new("L", (1240, 1754), 250)
    file = scanning.pdf(tmp_path / "blank.pdf", blank, blank)
    book, run = ("--office", path, "scan", "book"), ("--run", papers.run.code)

    code, _, said = deskctl(capsys, *book, file, *run)

    assert code != 0
    assert "blank.pdf 第2页：拒收，这一页是空白的。" in said


def test_numbers_given_here_leave_the_people_entered_in_the_window(stack, capsys):
    path, papers, file = stack
    book, run = ("--office", path, "scan", "book"), ("--run", papers.run.code)
    deskctl(capsys, *book, file, *run)
    office = opened(path)
    office.do(
        scan_books.reconcile,
        run_id=papers.run.id,
        issued=4,
        returned=2,
        invalid=0,
        members=9,
        present=7,
    )
    office.close()

    deskctl(capsys, *book, *run, "--issued", 3, "--returned", 2)

    office = opened(path)
    found = office.ask(scan_runs.one, papers.run.id)
    assert (found.issued, found.members, found.present) == (3, 9, 7)
    office.close()


def test_where_the_boxes_of_a_surveys_run_stand_is_written_and_enough_to_read_it(
    empty_file, tmp_path, capsys
):
    with closing(make.copied_office(empty_file, tmp_path / "office")) as office:
        path = office.data.path
        make.profile(office)
        asked = [
            {"ask": "several", "text": "最盼什么", "options": ["路", "水", "电"], "most": 2},
            {"ask": "grade", "text": "总体怎样", "options": []},
        ]
        made = office.do(surveys.save, headline="问卷", held_on=make.TODAY, questions=asked)
        run_id = scan_papers.note(office, "survey_paper", Options(record_id=made), copies=5)
        run = office.ask(scan_runs.one, run_id)
        blank = attachments.store_of(office).path(run.blank)
        layouts = {(run.layout, 1): scan_papers.layout_of(run.details, 1)}
        sheet = Sheet(printed(blank, layouts=layouts))
    sheet.tick(0, 0)
    sheet.tick(3, 2)
    Image.fromarray(scanned(sheet, dpi=200)).save(tmp_path / "a.png")
    to = tmp_path / "made"

    deskctl(capsys, "--office", path, "scan", "geometry", "--run", run.code, "-o", str(to))

    (page,) = to.iterdir()
    boxes = [len(row["boxes"]) for row in json.loads(page.read_text("utf-8"))["rows"]]
    assert boxes == [1, 1, 1, 4]
    main(["scan", "read", str(tmp_path / "a.png"), "--form", str(page), "--json"])
    (read,) = json.loads(capsys.readouterr().out)
    assert [row["answer"] for row in read["rows"]] == [[0], [], [], [2]]


def test_the_geometry_of_a_run_that_is_not_there_is_not_written(stack, capsys):
    path, _, _ = stack

    code, _, said = deskctl(capsys, "--office", path, "scan", "geometry", "--run", "AAAAAAAA")

    assert code == 1
    assert "没有表号是“AAAAAAAA”的一批票" in said
