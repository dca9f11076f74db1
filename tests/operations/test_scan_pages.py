"""Pages that were read, what people decide of them, and that a secret ballot stays one."""

import sqlite3
from contextlib import closing

import pytest

from deputydesk.errors import FieldError, UserError
from deputydesk.models.scan import PageState
from deputydesk.office import User
from deputydesk.operations import scan_pages, scan_runs
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


def test_a_decision_goes_before_the_reading_and_the_newest_counts(office):
    run_id, _ = world.run(office)
    world.read_in(office, run_id, world.page(YES, "?no"))
    [page] = shown(office, run_id)

    office.do(scan_pages.decide, page_id=page.id, row=1, answer=MOSTLY)
    office.do(scan_pages.decide, page_id=page.id, row=1, answer=NO)
    office.do(scan_pages.decide, page_id=page.id, row=0, answer=scan_pages.VOID)

    [page] = shown(office, run_id)
    assert page.paper.answers == ("void", NO)
    assert page.open_rows == ()
    assert page.rows[1].read.doubts == ("double",)  # what was read stays as it was
    office.undo()
    assert shown(office, run_id)[0].paper.answers == (YES, NO)


def test_what_cannot_be_answered_is_refused(office):
    run_id, _ = world.run(office)
    world.read_in(office, run_id, world.page(YES, "?no"))
    [page] = shown(office, run_id)

    with pytest.raises(FieldError, match="这一页没有第3行"):
        office.do(scan_pages.decide, page_id=page.id, row=2, answer=YES)
    with pytest.raises(FieldError, match="“于海”没有“很好”这一项"):
        office.do(scan_pages.decide, page_id=page.id, row=1, answer="很好")


def test_of_two_people_each_decides_and_only_what_both_say_counts(office):
    run_id, _ = world.run(office)
    office.do(scan_runs.set_two_people, run_id=run_id, two_people=True)
    world.read_in(office, run_id, world.page(YES, "?no"))
    [page] = shown(office, run_id)

    office.do(scan_pages.decide, page_id=page.id, row=1, answer=NO)
    assert [row.answer for row in shown(office, run_id)[0].rows] == [YES, ""]
    with pytest.raises(FieldError, match="监票人须是另一个人"):
        office.do(scan_pages.decide, page_id=page.id, row=1, answer=NO, second=True)
    office.user = User("乌兰")
    office.do(scan_pages.decide, page_id=page.id, row=1, answer=MOSTLY, second=True)
    assert shown(office, run_id)[0].rows[1].answer == ""
    office.do(scan_pages.decide, page_id=page.id, row=1, answer=NO, second=True)

    assert shown(office, run_id)[0].rows[1].answer == NO


def test_a_whole_page_that_does_not_count_says_why(office):
    run_id, _ = world.run(office)
    world.read_in(office, run_id, world.page(YES, "?no"))
    [page] = shown(office, run_id)

    with pytest.raises(FieldError, match="请填写原因"):
        office.do(scan_pages.set_state, page_id=page.id, state=PageState.VOID)
    office.do(scan_pages.set_state, page_id=page.id, state=PageState.VOID, reason="写了姓名")

    [page] = shown(office, run_id)
    assert (page.paper.is_void, page.reason, page.open_rows) == (True, "写了姓名", ())
    office.do(scan_pages.set_state, page_id=page.id, state=PageState.READ)
    assert len(shown(office, run_id)[0].open_rows) == 1


def test_sheets_with_the_same_ink_are_asked_about(office):
    run_id, _ = world.run(office)
    ink = (4.1, 0.0, 0.1, 0.0)
    world.read_in(
        office,
        run_id,
        world.page(YES, YES, digest="a", ink=ink),
        world.page(YES, YES, digest="b", ink=(4.0, 0.0, 0.2, 0.0)),
        world.page(YES, YES, digest="c", ink=(9.0, 0.0, 0.0, 0.0)),
        world.page(YES, YES, digest="d"),
    )

    [(one, other)] = scan_pages.same_sheets(shown(office, run_id))

    digests = {page.picture[-1] for page in (one, other)}
    assert digests == {"a", "b"}


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
        logged = [body for (body,) in by_log if "scan_page" in body]
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
