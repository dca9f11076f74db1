"""Files that were read in one go: pages are kept once, in no order that tells of a stack."""

import sqlite3
from contextlib import closing

import pytest

from deputydesk.errors import UserError
from deputydesk.operations import (
    attachments,
    scan_batches,
    scan_books,
    scan_decisions,
    scan_pages,
    scan_runs,
    scan_samples,
)
from deputydesk.operations.scan_batches import ReadAgain
from deputydesk.operations.scan_pages import PICTURE, WHOLE, RowRead
from deputydesk.rules.satisfaction import SATISFACTION
from deputydesk.rules.scan_plan import Plan, Question
from tests.operations import scan_world as world
from tests.operations.scan_world import MOSTLY, NO, YES


def shown(office, run_id):
    return office.ask(scan_pages.pages, run_id)


def test_pages_are_kept_with_what_was_read_and_a_picture_only_once(office):
    run_id, _ = world.run(office)

    first = world.read_in(office, run_id, world.page(YES, "?no"), world.page(NO, NO, digest="b"))
    again = world.read_in(office, run_id, world.page(YES, YES), world.page(NO, NO, digest="c"))

    assert (first.kept, first.known) == (2, 0)
    assert (again.kept, again.known) == (1, 1)
    pages = shown(office, run_id)
    assert [page.quality for page in pages] == [{"dpi": 200}] * 3
    doubtful = [row for page in pages for row in page.open_rows]
    assert [(row.question.name, row.read.suggested) for row in doubtful] == [("于海", NO)]
    assert office.ask(scan_runs.one, run_id).pages == 3


def test_a_page_of_another_paper_is_refused_whole(office):
    run_id, _ = world.run(office)

    for wrong in (world.page(YES), world.page(YES, YES, number=2), world.page(YES, YES, number=0)):
        with pytest.raises(UserError, match="行数与印出去的票不符"):
            world.read_in(office, run_id, world.page(NO, NO, digest="b"), wrong)

    assert shown(office, run_id) == []


def test_nothing_in_the_file_tells_where_in_the_stack_a_secret_ballot_lay(office):
    """The pages come in as they lay in the scanner, and are kept in an order of chance."""
    run_id, _ = world.run(office)
    stack = [world.page(YES, YES, digest=f"{n:02x}") for n in range(40)]

    world.read_in(office, run_id, *stack)

    with closing(sqlite3.connect(office.data.path)) as tool:
        by_row = tool.execute("select digest from attachment where purpose = 'scan' order by rowid")
        kept = [digest[-2:] for (digest,) in by_row]
        by_log = tool.execute(
            "select body from sync_change where tab = 'attachment' order by feed, seq"
        )
        logged = [body for (body,) in by_log if '"scan"' in body]
        times = tool.execute("select distinct ts from sync_change where tab = 'scan_page'")
        assert len(list(times)) == 1
    came = [f"{n:02x}" for n in range(40)]
    assert sorted(kept) == came
    assert kept != came
    in_log = [next(d for d in came if d.rjust(64, "0") in body) for body in logged]
    assert in_log == kept
    assert [page.picture[-2:] for page in shown(office, run_id)] == kept


def test_pages_of_a_named_form_stay_in_their_order(office):
    run_id, _ = world.run(office, secret=False)

    world.read_in(office, run_id, *[world.page(YES, YES, digest=f"{n:02x}") for n in range(9)])

    assert [page.picture[-1] for page in shown(office, run_id)] == list("012345678")


def test_the_same_page_twice_in_one_batch_is_kept_once(office):
    run_id, _ = world.run(office)

    taken = world.read_in(office, run_id, world.page(YES, YES), world.page(YES, YES))

    assert (taken.kept, taken.known) == (1, 1)
    [page] = shown(office, run_id)
    kept = office.ask(attachments.rows, "scan_page", page.id)
    assert [(row.purpose, row.confidential) for row in kept] == [(PICTURE, True), (WHOLE, True)]


def test_a_batch_says_what_it_was_and_goes_again_with_all_that_was_said_of_it(office):
    run_id, _ = world.run(office)
    world.read_in(office, run_id, *world.stack(1, first=9))
    office.do(scan_samples.draw, run_id=run_id)
    made = office.do(
        scan_batches.take_in,
        run_id=run_id,
        taken=world.taken(world.page(YES, "?no", digest="b"), refused=2),
    )
    office.do(scan_samples.draw, run_id=run_id)
    page = next(page for page in shown(office, run_id) if page.open_rows)
    office.do(scan_decisions.decide, page_id=page.id, row=1, answer=NO)
    office.do(scan_decisions.look_at, page_id=page.id, reason="页边有字")
    office.do(scan_samples.enter, run_id=run_id, page_id=page.id, row=0, answer=YES)
    [_, batch] = office.ask(scan_batches.rows, run_id)
    assert (batch.id, batch.kept, batch.pages) == (made.batch_id, 1, 3)
    assert (batch.refused, batch.files, batch.reader) == ({"blank_page": 2}, 1, "1-test")
    digests = office.ask(scan_batches.contents, batch.id)
    assert sorted(digests) == sorted([page.picture, "b".rjust(64, "f")])

    office.do(scan_batches.remove, batch_id=batch.id)

    assert page.id not in {left.id for left in shown(office, run_id)}
    assert office.ask(scan_batches.contents, batch.id) == []
    with closing(sqlite3.connect(office.data.path)) as tool:
        looked = tool.execute("select run_id, page_id, seen_by, reason from scan_look").fetchall()
        assert looked == [(run_id, "", "张丽", "页边有字")]
        for table in ("scan_reading", "scan_decision"):
            found = tool.execute(f"select count(*) from {table} where page_id = ?", (page.id,))
            assert found.fetchone() == (0,)
    run = office.ask(scan_runs.one, run_id)
    assert len(run.sample["rows"]) == 2
    assert (len(run.sample["batches"]), run.sample["typed"]) == (1, {})
    assert office.check() == []


def test_of_a_booked_run_no_batch_goes(office):
    run_id, _ = world.run(office)
    world.read_in(office, run_id, *world.stack(1))
    office.do(scan_books.reconcile, run_id=run_id, issued=1, returned=1, invalid=0)
    world.sampled(office, run_id)
    office.do(scan_books.book, run_id=run_id)
    [batch] = office.ask(scan_batches.rows, run_id)

    with pytest.raises(UserError, match="已经入账，不能再改"):
        office.do(scan_batches.remove, batch_id=batch.id)


def test_ballots_of_two_pages_that_are_void_as_a_whole_are_counted_by_hand(office):
    asked = [Question(f"q{n}", f"项目{n}", SATISFACTION.options) for n in range(2)]
    run_id, _ = world.run(office)
    printed = world.printed(office.ask(scan_runs.one, run_id))
    vote = world.renamed(printed, code="V2", plan=Plan(((asked[0],), (asked[1],)), YES, 1))
    run_id = office.do(scan_runs.note, printed=vote, blank=world.content(), copies=5)

    with pytest.raises(UserError, match="两页分不清是不是同一张，不能读票计数") as refused:
        world.read_in(office, run_id, world.page(YES))

    assert refused.value.hint.startswith("请手工计票后录入")


def again(page, *answers, reader="2-test", **kw):
    rows = tuple(RowRead(answer, **kw) for answer in answers)
    return {"reader": reader, "read": (ReadAgain(page.id, rows, {"dpi": 300}),)}


def test_a_newer_reader_is_put_beside_and_where_it_differs_a_person_decides(office):
    run_id, _ = world.run(office)
    world.read_in(office, run_id, world.page(YES, NO))
    [page] = shown(office, run_id)

    assert office.do(scan_batches.add_readings, run_id=run_id, **again(page, YES, MOSTLY)) == 1
    assert office.do(scan_batches.add_readings, run_id=run_id, **again(page, NO, NO)) == 0

    [page] = shown(office, run_id)
    assert page.readers == ("1-test", "2-test")
    assert page.quality == {"dpi": 200}
    assert [(row.read.answer, row.others, row.answer) for row in page.rows] == [
        (YES, (), YES),
        (NO, (MOSTLY,), ""),
    ]
    [row] = office.ask(scan_pages.differences, run_id)
    assert row.question.name == "于海"
    office.do(scan_decisions.decide, page_id=page.id, row=1, answer=NO)
    assert shown(office, run_id)[0].paper.answers == (YES, NO)
    with pytest.raises(UserError, match="行数与印出去的票不符"):
        office.do(scan_batches.add_readings, run_id=run_id, **again(page, YES, reader="3-test"))


def test_a_newer_reader_changes_nothing_that_is_booked(office):
    run_id, _ = world.run(office)
    world.read_in(office, run_id, *world.stack(1))
    office.do(scan_books.reconcile, run_id=run_id, issued=1, returned=1, invalid=0)
    world.sampled(office, run_id)
    office.do(scan_books.book, run_id=run_id)
    [page] = shown(office, run_id)

    office.do(scan_batches.add_readings, run_id=run_id, **again(page, NO, MOSTLY))

    assert shown(office, run_id)[0].paper.answers == (YES, MOSTLY)
    assert len(office.ask(scan_pages.differences, run_id)) == 1
