"""A stack of ballots comes in: read, shown, kept; bad files are refused page by page."""

import os

import pytest
from PIL import Image

from deputydesk.errors import Cancelled, UserError
from deputydesk.exchange import attachments as files
from deputydesk.exchange import scan_intake
from deputydesk.operations import (
    attachments,
    scan_batches,
    scan_books,
    scan_decisions,
    scan_pages,
    scan_runs,
)
from deputydesk.rules.scan_plan import BLANK
from deputydesk.scan.reasons import Refusal
from tests.exchange import scanning
from tests.operations import scan_world as world
from tests.operations.scan_world import MOSTLY, NO, YES


@pytest.fixture
def papers(office, tmp_path):
    """Ballots of four deputies."""
    return scanning.papers(office, tmp_path)


def shown(office, papers):
    return office.ask(scan_pages.pages, papers.run.id)


def blank():
    return Image.new("L", (1240, 1754), 250)


def taken(office, *files, **kw):
    return scan_intake.keep(office, scan_intake.read(office, files, processes=1, **kw))


def test_a_stack_is_read_shown_and_kept_and_can_be_booked(office, papers, tmp_path):
    good = scanning.ticked(papers.form, 0, 1, 0, 0)
    doubtful = scanning.ticked(papers.form, 0, 2, 0, 0, twice=0, seed=2)
    stack = scanning.pdf(tmp_path / "stack.pdf", good, blank(), doubtful)

    looked = scan_intake.read(office, [stack], processes=1)

    assert [(page.number, page.refusal, page.doubts) for page in looked.pages] == [
        (1, None, 0),
        (2, Refusal.BLANK_PAGE, 0),
        (3, None, 1),
    ]
    assert {page.run_name for page in looked.pages if page.run_id} == {"述职测评会"}
    assert all(page.thumb and page.thumb.is_file() for page in looked.pages)
    assert shown(office, papers) == []
    [kept] = scan_intake.keep(office, looked)
    assert (kept.kept, kept.known, kept.refused, kept.run_id) == (2, 0, 1, papers.run.id)
    assert not looked.spool.exists()
    [batch] = office.ask(scan_batches.rows, papers.run.id)
    assert (batch.pages, batch.refused, batch.files) == (3, {Refusal.BLANK_PAGE.words: 1}, 1)
    [row] = [row for page in shown(office, papers) for row in page.open_rows]
    office.do(scan_decisions.decide, page_id=row.page_id, row=row.row, answer=BLANK)
    office.do(scan_books.reconcile, run_id=papers.run.id, issued=4, returned=2, invalid=0)
    world.sampled(office, papers.run.id)
    office.do(scan_books.book, run_id=papers.run.id)
    found = office.ask(scan_books.tallies, papers.run.id)
    asked = [question.id for question in papers.run.plan.pages[0]]
    assert [found[key].counts[YES] for key in asked] == [1, 0, 2, 2]
    assert (found[asked[1]].counts[MOSTLY], found[asked[1]].counts[NO]) == (1, 1)
    assert office.check() == []


def test_what_was_read_before_is_known_and_not_kept_twice(office, papers, tmp_path):
    first = scanning.pdf(tmp_path / "a.pdf", scanning.ticked(papers.form, 0, 0, 0, 0))
    taken(office, first)

    looked = scan_intake.read(office, [first], processes=1)

    assert [page.known for page in looked.pages] == [True]
    [kept] = scan_intake.keep(office, looked)
    assert (kept.kept, kept.known) == (0, 1)
    assert len(shown(office, papers)) == 1


def test_of_a_folder_all_scans_are_read_whatever_else_lies_there(office, papers, tmp_path):
    folder = tmp_path / "stick"
    folder.mkdir()
    for number, name in enumerate(("b.png", "a.tif"), start=1):
        scanning.ticked(papers.form, 0, 0, 0, 0, seed=number).save(folder / name)
    (folder / ".hidden.png").write_bytes(b"")
    (folder / "说明.txt").write_text("第一次会议", "utf-8")

    looked = scan_intake.read(office, [folder], processes=1)

    assert [page.file for page in looked.pages] == ["a.tif", "b.png"]
    looked.close()
    assert not looked.spool.exists()


def test_a_page_of_another_run_is_refused_when_only_one_is_read(office, papers, tmp_path):
    other, _ = world.run(office, code="ANDERE")
    stack = scanning.pdf(tmp_path / "a.pdf", scanning.ticked(papers.form, 0, 0, 0, 0))

    with pytest.raises(UserError, match="“述职测评会”的空白票不见了"):
        scan_intake.read(office, [stack], run_ids=[other], processes=1)
    looked = scan_intake.read(office, [stack], run_ids=[papers.run.id], processes=1)

    assert [page.refusal for page in looked.pages] == [None]
    looked.close()


def test_bad_files_beside_a_good_one_are_refused_each_with_its_reason(office, papers, tmp_path):
    good = scanning.pdf(tmp_path / "good.pdf", scanning.ticked(papers.form, 0, 0, 0, 0))
    (tmp_path / "cut.tif").write_bytes(b"II*\x00")
    (tmp_path / "broken.pdf").write_bytes(good.read_bytes()[:200])
    (tmp_path / "black.png").write_bytes(b"")
    Image.new("L", (1240, 1754), 3).save(tmp_path / "black.png")
    names = ["cut.tif", "broken.pdf", "black.png", "gone.jpg", "good.pdf"]

    looked = scan_intake.read(office, [tmp_path / name for name in names], processes=1)

    refused = [page.refusal for page in looked.pages]
    assert refused[2:] == [Refusal.BLACK_PAGE, Refusal.FILE_GONE, None]
    assert all(refusal in {Refusal.FILE_DAMAGED, Refusal.FILE_UNKNOWN} for refusal in refused[:2])
    [kept] = scan_intake.keep(office, looked)
    assert (kept.kept, kept.refused) == (1, 4)


def test_where_no_page_is_a_ballot_nothing_is_kept(office, papers, tmp_path):
    looked = scan_intake.read(office, [scanning.pdf(tmp_path / "a.pdf", blank())], processes=1)

    with pytest.raises(UserError, match="没有读到一张票"):
        scan_intake.keep(office, looked)

    assert not looked.spool.exists()
    assert office.ask(scan_batches.rows, papers.run.id) == []


def test_without_a_run_or_a_file_nothing_is_read(office, papers, tmp_path):
    (tmp_path / "empty").mkdir()
    with pytest.raises(UserError, match="没有可以读的扫描件"):
        scan_intake.read(office, [tmp_path / "empty"])
    with pytest.raises(UserError, match="没有等着读票的批次"):
        scan_intake.read(office, [tmp_path / "a.pdf"], run_ids=["T1-0"])


def test_a_folder_that_is_gone_is_said(office, papers, tmp_path, monkeypatch):
    folder = tmp_path / "stick"
    folder.mkdir()

    def refuse(_self):
        raise OSError(5, "gone")

    monkeypatch.setattr(type(folder), "iterdir", refuse)
    with pytest.raises(UserError, match="“stick”读不出来"):
        scan_intake.read(office, [folder])


class Stop:
    """Cancels as soon as it is told of this many steps."""

    def __init__(self, at):
        self.left = at

    def step(self, done, total, what=""):
        self.left -= 1
        if self.left < 0:
            raise Cancelled


def contents(office):
    return files.store_of(office).digests()


def spools(office):
    return list(office.data.path.parent.glob("exchange-*"))


def test_what_was_read_lies_beside_the_data_and_its_times_tell_nothing(office, papers, tmp_path):
    pages = [scanning.ticked(papers.form, n, 0, 0, 0, seed=n + 1) for n in range(3)]

    looked = scan_intake.read(office, [scanning.pdf(tmp_path / "a.pdf", *pages)], processes=1)

    assert spools(office) == [looked.spool]
    assert len(list(looked.spool.iterdir())) == 9
    assert len({file.stat().st_mtime_ns for file in looked.spool.iterdir()}) == 1
    looked.close()
    assert spools(office) == []


def test_what_a_killed_program_had_read_is_swept_away_with_the_next_reading(
    office, papers, tmp_path
):
    stack = scanning.pdf(tmp_path / "a.pdf", scanning.ticked(papers.form, 0, 0, 0, 0))
    left = scan_intake.read(office, [stack], processes=1)
    os.utime(left.spool, (0, 0))

    looked = scan_intake.read(office, [stack], processes=1)

    assert spools(office) == [looked.spool]
    with pytest.raises(UserError, match="放得太久，已经清除"):
        scan_intake.keep(office, left)
    [kept] = scan_intake.keep(office, looked)
    assert kept.kept == 1


def test_who_cancels_leaves_nothing_behind(office, papers, tmp_path):
    stack = scanning.pdf(
        tmp_path / "a.pdf",
        scanning.ticked(papers.form, 0, 0, 0, 0),
        scanning.ticked(papers.form, 1, 0, 0, 0, seed=2),
    )
    before = contents(office)
    with pytest.raises(Cancelled):
        scan_intake.read(office, [stack], processes=1, progress=Stop(0))
    assert spools(office) == []

    looked = scan_intake.read(office, [stack], processes=1)
    with pytest.raises(Cancelled):
        scan_intake.keep(office, looked, Stop(1))

    assert spools(office) == []
    assert contents(office) == before
    assert office.ask(scan_batches.rows, papers.run.id) == []


class PullOut:
    """The stick is gone as soon as its files are counted."""

    def __init__(self, stick):
        self._stick = stick

    def step(self, done, total, what=""):
        self._stick.unlink(missing_ok=True)


def test_a_stick_that_is_pulled_out_loses_its_pages_and_no_other(office, papers, tmp_path):
    here = scanning.pdf(tmp_path / "here.pdf", scanning.ticked(papers.form, 0, 0, 0, 0))
    lost = scanning.ticked(papers.form, 1, 0, 0, 0, seed=2)
    stick = scanning.pdf(tmp_path / "stick.pdf", lost, lost, lost)

    looked = scan_intake.read(office, [here, stick], processes=1, progress=PullOut(stick))

    assert [(page.file, page.number, page.refusal) for page in looked.pages] == [
        ("here.pdf", 1, None),
        *(("stick.pdf", number, Refusal.FILE_GONE) for number in (1, 2, 3)),
    ]
    assert "U盘可能已被拔出" in Refusal.FILE_GONE.words
    [kept] = scan_intake.keep(office, looked)
    assert (kept.kept, kept.refused) == (1, 3)


def test_a_run_that_was_booked_meanwhile_takes_no_more_pages(office, papers, tmp_path):
    first = scanning.pdf(tmp_path / "a.pdf", scanning.ticked(papers.form, 0, 0, 0, 0))
    later = scanning.pdf(tmp_path / "b.pdf", scanning.ticked(papers.form, 0, 0, 0, 0, seed=2))
    taken(office, first)
    looked = scan_intake.read(office, [later], processes=1)
    office.do(scan_books.reconcile, run_id=papers.run.id, issued=4, returned=1, invalid=0)
    world.sampled(office, papers.run.id)
    office.do(scan_books.book, run_id=papers.run.id)
    before = contents(office)

    with pytest.raises(UserError, match="已经入账"):
        scan_intake.keep(office, looked)

    assert contents(office) == before
    with pytest.raises(UserError, match="没有等着读票的批次"):
        scan_intake.read(office, [later])


def test_pages_of_two_runs_in_one_stack_go_each_to_its_own(office, papers, tmp_path):
    (tmp_path / "other").mkdir()
    other = scanning.papers(office, tmp_path / "other")
    strange = blank()
    stack = scanning.pdf(
        tmp_path / "a.pdf",
        scanning.ticked(papers.form, 0, 0, 0, 0),
        scanning.ticked(other.form, 1, 0, 0, 0, seed=2),
        scanning.ticked(other.form, 1, 1, 0, 0, seed=3),
        strange,
    )

    kept = {each.run_id: each for each in taken(office, stack)}

    assert (kept[papers.run.id].kept, kept[papers.run.id].refused) == (1, 0)
    assert (kept[other.run.id].kept, kept[other.run.id].refused) == (2, 1)


def test_choosing_too_many_is_said_by_the_reader_of_a_vote(office, tmp_path):
    from deputydesk.exchange import scan_papers
    from deputydesk.reports import Options
    from tests.operations import every_duty
    from tests.scan import paper

    for name in ("甲项目", "乙项目", "丙项目"):
        every_duty.candidate(office, name)
    vote = every_duty.vote(office, seats=1)
    run_id = scan_papers.note(office, "project_ballot", Options(record_id=vote), copies=5)
    run = office.ask(scan_runs.one, run_id)
    (tmp_path / "b.pdf").write_bytes(files.store_of(office).read(run.blank))
    form = paper.printed(tmp_path / "b.pdf")
    stack = scanning.pdf(tmp_path / "a.pdf", scanning.ticked(form, 0, 0, 1))

    taken(office, stack)

    [page] = office.ask(scan_pages.pages, run_id)
    assert page.quality["doubts"] == ["more_than_allowed"]
    assert page.paper.answers == ("yes", "yes", "no")


def test_nothing_of_a_secret_run_tells_where_in_the_stack_a_page_lay(office, papers, tmp_path):
    stack = [
        scanning.ticked(papers.form, n % 3, n // 3 % 3, n // 9, 0, seed=n + 1) for n in range(18)
    ]
    names = [tmp_path / f"IMG_{n:03}.jpg" for n in range(18)]
    for picture, name in zip(stack, names, strict=True):
        note = Image.Exif()
        note[0x010F], note[0x0132] = "HUAWEI", "2026:11:28 09:15:00"
        picture.save(name, exif=note, quality=85)

    taken(office, *names)

    pages = shown(office, papers)
    came = [(n % 3, n // 3 % 3, n // 9) for n in range(18)]
    options = [option.id for option in papers.run.plan.question(1, 0).options]
    kept = [tuple(options.index(row.answer) for row in page.rows[:3]) for page in pages]
    assert sorted(kept) == sorted(came)
    assert kept != came
    store = files.store_of(office)
    for purpose in (scan_pages.PICTURE, scan_pages.WHOLE):
        rows = [office.ask(attachments.rows, "scan_page", page.id) for page in pages]
        chosen = [next(row for row in of if row.purpose == purpose) for of in rows]
        assert len({row.name for row in chosen}) == 1
        assert not any(row.taken_on or row.note for row in chosen)
        for row in chosen:
            data = store.path(row.digest).read_bytes()
            assert b"HUAWEI" not in data
            assert b"2026:11:28" not in data
        times = [store.path(row.digest).stat().st_mtime_ns for row in chosen]
        by_time = [kept[i] for i in sorted(range(18), key=times.__getitem__)]
        assert by_time != came
    said = office.data.path.read_bytes()
    assert not any(name.name.encode() in said or name.stem.encode() in said for name in names)


def test_every_order_is_as_likely_as_another():
    places = [[0] * 5 for _ in range(5)]

    for _ in range(5000):
        for place, page in enumerate(scan_batches.shuffled(range(5))):
            places[page][place] += 1

    assert all(850 < often < 1150 for page in places for often in page)


def test_pages_of_a_stack_read_by_two_processes_are_kept_alike(office, papers, tmp_path):
    pages = [scanning.ticked(papers.form, n % 3, 0, 0, 0, seed=n) for n in range(10)]
    stack = scanning.pdf(tmp_path / "a.pdf", *pages)

    looked = scan_intake.read(office, [stack], processes=2)

    [kept] = scan_intake.keep(office, looked)
    assert kept.kept == 10


def test_where_one_of_two_runs_takes_no_more_it_is_said_what_the_other_kept(
    office, papers, tmp_path
):
    (tmp_path / "other").mkdir()
    other = scanning.papers(office, tmp_path / "other")
    taken(office, scanning.pdf(tmp_path / "b.pdf", scanning.ticked(other.form, 0, 0, 0, 0)))
    stack = scanning.pdf(
        tmp_path / "a.pdf",
        scanning.ticked(papers.form, 0, 0, 0, 0),
        scanning.ticked(other.form, 1, 0, 0, 0, seed=2),
    )
    looked = scan_intake.read(office, [stack], processes=1)
    office.do(scan_books.reconcile, run_id=other.run.id, issued=4, returned=1, invalid=0)
    world.sampled(office, other.run.id)
    office.do(scan_books.book, run_id=other.run.id)

    with pytest.raises(UserError, match="已经入账") as refused:
        scan_intake.keep(office, looked)

    assert refused.value.hint.endswith("“述职测评会”1页已经读入。")
    assert len(shown(office, papers)) == 1
