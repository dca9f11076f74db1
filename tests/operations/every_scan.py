"""Every step of papers that come back, each done once, on papers that are of no record."""

from deputydesk.models.scan import PageState
from deputydesk.operations import (
    scan_batches,
    scan_books,
    scan_decisions,
    scan_keeping,
    scan_named,
    scan_pages,
    scan_retention,
    scan_runs,
    surveys,
)
from deputydesk.operations.scan_batches import ReadAgain
from deputydesk.operations.scan_pages import RowRead
from deputydesk.operations.scan_runs import Printed
from deputydesk.rules.satisfaction import SATISFACTION
from deputydesk.rules.scan_plan import Plan, Question
from tests import make
from tests.operations import scan_world as world
from tests.operations.named_world import of_petition
from tests.operations.scan_world import NO, YES


def all_scans(office):
    """A run printed, read, decided, proved, booked and corrected."""
    asked = Question("q1", "路修得怎样", SATISFACTION.options)
    printed = Printed("U1", "survey", "", "", "问卷", True, "WJ-1", Plan(((asked,),)))
    run_id = office.do(scan_runs.note, printed=printed, blank=world.content(), copies=5)
    office.do(scan_runs.set_two_people, run_id=run_id, two_people=False)
    gone = world.read_in(office, run_id, world.page(YES, digest="c"))
    office.do(scan_batches.remove, batch_id=gone.batch_id)
    world.read_in(office, run_id, world.page(YES), world.page("?no", digest="b"))
    one, other = office.ask(scan_pages.pages, run_id)
    office.do(scan_decisions.keep_apart, page_id=one.id, other_id=other.id)
    office.do(scan_decisions.look_at, page_id=one.id, reason="页边有字")
    office.do(scan_decisions.set_state, page_id=one.id, state=PageState.READ)
    doubtful = one if one.open_rows else other
    office.do(scan_decisions.decide, page_id=doubtful.id, row=0, answer=NO)
    office.do(
        scan_batches.add_readings,
        run_id=run_id,
        reader="2-test",
        read=(ReadAgain(doubtful.id, (RowRead(""),), {}),),
    )
    office.do(scan_books.reconcile, run_id=run_id, issued=5, returned=2, invalid=0)
    world.sampled(office, run_id)
    office.do(scan_books.book, run_id=run_id)
    office.do(scan_books.correct, page_id=one.id, row=0, answer=NO, reason="复核")
    office.do(scan_keeping.thin, run_ids=(run_id,))
    one_paper = world.renamed(printed, code="U2", secret=False, details={scan_runs.NAMED: True})
    named = office.do(scan_runs.note, printed=one_paper, blank=world.content(), copies=1)
    office.do(scan_named.write_down, run_id=named, written="办得好")
    office.do(scan_retention.decide, months=24)
    _surveyed(office)


def visited(office):
    """A paper that names its record, booked for good, and what was keyed in of it corrected."""
    run_id, _ = of_petition(office)
    page = world.page("yes", "satisfied", "mostly", "no")
    world.read_in(office, run_id, world.renamed(page, sheet="A2B3C"))
    office.do(scan_named.write_down, run_id=run_id, came_on=make.TODAY, written="已经恢复")
    world.sampled(office, run_id)
    office.do(scan_books.book, run_id=run_id)
    office.do(
        scan_named.rewrite,
        run_id=run_id,
        came_on=make.TODAY,
        written="已经恢复，无遗留",
        reason="漏录",
    )


def _surveyed(office):
    """A survey counted by hand, one counted from scans, one by mistake."""
    asked = ({"ask": "one", "text": "走多久", "options": ["十分钟", "半小时"]},)
    typed, read, mistaken = (
        office.do(surveys.save, headline=name, held_on=make.TODAY, questions=asked)
        for name in ("手工", "扫描", "误建")
    )
    numbers = {"issued": 3, "returned": 3, "invalid": 0}
    tally = "1. 走多久：十分钟 1、半小时 2、不了解 0"
    office.do(surveys.enter, survey_id=typed, tally=tally, **numbers)
    counts = {"q1": {"a": 1, "b": 2, "none": 0}}
    office.do(surveys.count, survey_id=read, counts=counts, **numbers)
    office.do(surveys.remove, ids=(mistaken,))
