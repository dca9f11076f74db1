"""Pictures of ballots: a row to look at, the whole page for the head alone, and their time."""

import io

import numpy as np
import pytest
from PIL import Image

from deputydesk.errors import NotAllowed, UserError
from deputydesk.exchange import (
    attachments,
    erasing,
    receiving,
    scan_cuts,
    scan_intake,
    scan_pictures,
    scan_retiring,
    sending,
    unfinished,
)
from deputydesk.models.choices import OfficeKind
from deputydesk.models.scan import RunState
from deputydesk.office import Right, User
from deputydesk.operations import (
    offices,
    scan_batches,
    scan_books,
    scan_keeping,
    scan_pages,
    scan_runs,
)
from tests.exchange import carriers, scanning
from tests.exchange.test_private import opened
from tests.operations import scan_world as world


def papers_in(office, folder):
    """A run with one page read."""
    folder.mkdir(exist_ok=True)
    papers = scanning.papers(office, folder)
    stack = scanning.pdf(folder / "a.pdf", scanning.ticked(papers.form, 0, 1, 2, 0))
    [kept] = scan_intake.keep(office, scan_intake.read(office, [stack], processes=1))
    return papers, kept


def page_of(office, papers):
    [page] = office.ask(scan_pages.pages, papers.run.id)
    return page


def booked(office, papers):
    office.do(scan_books.reconcile, run_id=papers.run.id, issued=1, returned=1, invalid=0)
    world.sampled(office, papers.run.id)
    office.do(scan_books.book, run_id=papers.run.id)


def picture(data):
    return Image.open(io.BytesIO(data)).convert("L")


def test_the_picture_shows_the_rows_and_nothing_above_or_below(office, tmp_path):
    papers, _ = papers_in(office, tmp_path / "p")
    page = page_of(office, papers)

    rows = picture(scan_pictures.picture(office, page))
    strip = picture(scan_pictures.strip(office, papers.run, page, 1))

    assert rows.height < 100 * page.quality["window"]["scale"]
    assert strip.width == rows.width
    assert 0 < strip.height < rows.height
    assert np.asarray(strip).min() < 100  # the tick


def test_only_the_head_sees_the_margins(office, tmp_path):
    papers, _ = papers_in(office, tmp_path / "p")
    page = page_of(office, papers)
    whole = scan_pictures.whole(office, page.id, "页边有字")
    assert picture(whole).height > picture(scan_pictures.picture(office, page)).height

    office.user = User("小李", frozenset(Right) - {Right.MANAGE})

    with pytest.raises(NotAllowed):
        scan_pictures.whole(office, page.id, "页边有字")


def test_a_batch_goes_again_with_its_pictures(office, tmp_path):
    papers, kept = papers_in(office, tmp_path / "p")
    before = set(attachments.store_of(office).digests())
    digests = office.ask(scan_batches.contents, kept.batch_id)

    scan_pictures.remove(office, kept.batch_id)

    assert before - set(attachments.store_of(office).digests()) == set(digests)
    assert office.ask(scan_pages.pages, papers.run.id) == []


def test_pictures_go_when_their_time_is_over_and_all_that_counts_stays(office, tmp_path):
    papers, _ = papers_in(office, tmp_path / "p")
    page = page_of(office, papers)
    booked(office, papers)
    assert scan_retiring.offer(office).sentence == "没有到期的扫描图像。"
    assert office.ask(scan_keeping.older, office.clock().date())[0].pages == 1

    offered = scan_retiring.offer(office, 0)
    assert "1批票的1页图像已到期" in offered.sentence
    scan_retiring.thin(office, offered)

    after = page_of(office, papers)
    assert (after.picture, after.original) == ("", page.original)
    assert after.paper == page.paper
    assert scan_pictures.picture(office, after) is None
    assert scan_pictures.strip(office, papers.run, after, 0) is None
    with pytest.raises(UserError, match="已按保留期限删除"):
        scan_pictures.whole(office, page.id, "复核")
    run = office.ask(scan_runs.one, papers.run.id)
    assert (run.thinned_on, run.state) == (office.clock().date(), RunState.BOOKED)
    assert scan_retiring.offer(office, 0).runs == ()
    assert attachments.faults(office) == []


def test_pictures_of_a_run_that_is_not_booked_stay(office, tmp_path):
    papers, _ = papers_in(office, tmp_path / "p")

    assert scan_retiring.offer(office, 0).runs == ()
    with pytest.raises(UserError, match="还没有入账，图像不能删除"):
        office.do(scan_keeping.thin, run_ids=(papers.run.id,))


def test_of_a_booked_run_only_the_result_goes_to_another_office(tmp_path):
    township = carriers.created(tmp_path / "t", "T1")
    district = carriers.created(tmp_path / "d", "D")
    carriers.introduce(township, district)
    township.do(offices.set_profile, kind=OfficeKind.TOWN, name="五当召镇", district="石拐区")
    papers, _ = papers_in(township, tmp_path / "p")
    page = page_of(township, papers)
    booked(township, papers)

    sent = sending.send(township, "D", tmp_path)
    told = opened(sent.path, district)
    receiving.receive(district, sent.path)

    assert papers.evaluation.encode() in told
    for secret in ("scan_", papers.run.code, page.id, page.original, page.picture):
        assert secret.encode() not in told
    assert district.ask(scan_runs.rows) == []
    for office in (township, district):
        office.close()


def test_pictures_of_a_batch_that_goes_are_removed_by_the_next_start_after_a_kill(
    office, tmp_path, monkeypatch
):
    papers, kept = papers_in(office, tmp_path / "p")
    digests = office.ask(scan_batches.contents, kept.batch_id)
    store = attachments.store_of(office)

    def killed(*_args):
        raise KeyboardInterrupt

    monkeypatch.setattr(unfinished, "remove", killed)
    with pytest.raises(KeyboardInterrupt):
        scan_pictures.remove(office, kept.batch_id)
    assert office.ask(scan_pages.pages, papers.run.id) == []
    assert all(store.path(digest).is_file() for digest in digests)
    monkeypatch.undo()

    erasing.finish(office)

    assert not any(store.path(digest).exists() for digest in digests)


def test_pictures_stay_when_their_batch_may_not_go(office, tmp_path):
    papers, kept = papers_in(office, tmp_path / "p")
    booked(office, papers)

    with pytest.raises(UserError, match="已经入账"):
        scan_pictures.remove(office, kept.batch_id)

    erasing.finish(office)
    assert scan_pictures.picture(office, page_of(office, papers))


def test_who_does_not_evaluate_sees_no_picture_and_reads_nothing(office, tmp_path):
    papers, _ = papers_in(office, tmp_path / "p")
    page = page_of(office, papers)
    sight = scan_cuts.sight(papers.run, page)
    office.user = User("旁观", frozenset(Right) - {Right.EVALUATE})

    assert sight
    for seen in (
        lambda: scan_pictures.picture(office, page),
        lambda: scan_pictures.strip(office, papers.run, page, 0),
        lambda: scan_cuts.cuts(office, []),
        lambda: scan_intake.read(office, [tmp_path / "p"], processes=1),
    ):
        with pytest.raises(NotAllowed):
            seen()


def test_a_whole_page_that_is_not_secret_is_seen_by_whoever_evaluates(office):
    run_id, _ = world.run(office, secret=False)
    world.read_in(office, run_id, world.page("satisfied", "satisfied"))
    [page] = office.ask(scan_pages.pages, run_id)
    office.user = User("干事", frozenset(Right) - {Right.MANAGE})

    with pytest.raises(UserError, match="不见了"):
        scan_pictures.whole(office, page.id, "")

    office.user = User("旁观", frozenset())
    with pytest.raises(NotAllowed):
        scan_pictures.whole(office, page.id, "")
