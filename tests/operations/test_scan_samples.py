"""The sample: keyed in unseen, it must agree, or people decide every row."""

import pytest

from deputydesk.errors import FieldError, UserError
from deputydesk.operations import scan_books, scan_decisions, scan_pages, scan_runs, scan_samples
from deputydesk.operations.scan_runs import Printed
from deputydesk.rules.satisfaction import SATISFACTION
from deputydesk.rules.scan_plan import BLANK, Plan, Question
from tests.operations import scan_world as world
from tests.operations.scan_world import MOSTLY, NO, YES


def shown(office, run_id):
    return office.ask(scan_pages.pages, run_id)


def standing(office, run_id):
    return office.ask(scan_books.standing, run_id)


def said(office, run_id):
    return [problem.message for problem in standing(office, run_id).problems]


def read(office, *pages):
    """A run of these pages, reconciled, its sample drawn."""
    count = len(pages)
    run_id, _ = world.run(office, copies=count)
    world.read_in(office, run_id, *pages)
    office.do(scan_books.reconcile, run_id=run_id, issued=count, returned=count, invalid=0)
    office.do(scan_samples.draw, run_id=run_id)
    return run_id


def enter(office, run_id, row, answer):
    key = {"run_id": run_id, "page_id": row.page_id, "row": row.row}
    office.do(scan_samples.enter, **key, answer=answer)


def test_a_sample_is_fifty_rows_and_other_answers_than_the_first_go_first(office):
    few = [world.page(NO, YES, digest=f"{n:x}a") for n in range(30)]
    run_id = read(office, *few, *[world.page(YES, YES, digest=f"{n:x}b") for n in range(40)])

    rows = office.ask(scan_samples.left, run_id)

    assert len(rows) == 50
    assert sum(row.answer == NO for row in rows) == 30


def test_a_tenth_at_least_is_of_the_first_answer(office):
    run_id = read(office, *[world.page(NO, YES, digest=f"{n:x}") for n in range(60)])

    rows = office.ask(scan_samples.left, run_id)

    assert [sum(row.answer == answer for row in rows) for answer in (NO, YES)] == [40, 10]


def test_rows_that_a_person_decides_anyway_are_asked_last(office):
    run_id = read(office, *[world.page(NO, "?no", digest=f"{n:x}") for n in range(45)])

    rows = office.ask(scan_samples.left, run_id)

    assert sum(bool(row.read.doubts) for row in rows) == 5


def test_a_sample_that_agrees_lets_the_run_be_booked(office):
    run_id = read(office, *world.stack(2))
    assert said(office, run_id) == ["还没有做完人工抽查。"]

    for row in office.ask(scan_samples.left, run_id):
        enter(office, run_id, row, row.answer)

    assert said(office, run_id) == []
    assert standing(office, run_id).sample == (4, 4)


def test_who_keyed_in_wrongly_says_so_and_the_sample_agrees(office):
    run_id = read(office, *world.stack(1))
    one, other = office.ask(scan_samples.left, run_id)
    enter(office, run_id, one, NO)
    enter(office, run_id, other, other.answer)
    assert said(office, run_id) == ["抽查录入的与读数不一致。"]
    run = office.ask(scan_runs.one, run_id)
    ask = scan_samples.disagreements
    [found] = office.ask(lambda session: ask(session, run, scan_pages.pages(session, run_id)))
    assert (found.row.page_id, found.typed) == (one.page_id, NO)

    office.do(scan_decisions.decide, page_id=one.page_id, row=one.row, answer=one.answer)

    assert said(office, run_id) == []
    assert not standing(office, run_id).is_all_reviewed


def test_a_decision_that_was_withdrawn_settles_nothing(office):
    run_id = read(office, *world.stack(1))
    one, other = office.ask(scan_samples.left, run_id)
    enter(office, run_id, one, NO)
    enter(office, run_id, other, other.answer)
    row = {"page_id": one.page_id, "row": one.row}
    with pytest.raises(FieldError, match="没有可以撤回的"):
        office.do(scan_decisions.decide, **row, answer="")

    office.do(scan_decisions.decide, **row, answer=one.answer)
    office.do(scan_decisions.decide, **row, answer="")

    assert said(office, run_id) == ["抽查录入的与读数不一致。"]


def test_a_decision_from_before_the_sample_does_not_settle_it(office):
    run_id = read(office, *world.stack(1))
    one, other = office.ask(scan_samples.left, run_id)
    row = {"page_id": one.page_id, "row": one.row}
    office.do(scan_decisions.decide, **row, answer=one.answer)
    enter(office, run_id, one, NO)
    enter(office, run_id, other, other.answer)

    office.do(scan_decisions.decide, **row, answer="")

    assert said(office, run_id) == ["抽查录入的与读数不一致。"]


def test_a_row_that_was_read_wrongly_has_people_decide_all(office):
    run_id = read(office, *world.stack(1))
    one, other = office.ask(scan_samples.left, run_id)
    enter(office, run_id, one, NO)
    enter(office, run_id, other, other.answer)

    office.do(scan_decisions.decide, page_id=one.page_id, row=one.row, answer=NO)

    assert said(office, run_id) == ["还有1行待人工确认。"]
    assert standing(office, run_id).is_all_reviewed
    office.do(scan_decisions.decide, page_id=other.page_id, row=other.row, answer=other.answer)
    assert said(office, run_id) == []
    found = standing(office, run_id)
    assert (found.by_machine, found.by_people, found.changed) == (0, 2, 1)


def test_a_row_of_which_the_reader_said_nothing_is_decided_but_not_changed(office):
    run_id = read(office, world.page("?", f"?{YES}"))
    [page] = office.ask(scan_pages.pages, run_id)

    for row, answer in enumerate((BLANK, NO)):
        office.do(scan_decisions.decide, page_id=page.id, row=row, answer=answer)

    found = standing(office, run_id)
    assert (found.by_people, found.changed) == (2, 1)


def test_a_row_is_keyed_in_once_and_only_if_it_was_drawn(office):
    run_id = read(office, *world.stack(1))
    [row, _] = office.ask(scan_samples.left, run_id)
    enter(office, run_id, row, row.answer)

    with pytest.raises(UserError, match="已经录入过"):
        enter(office, run_id, row, NO)
    with pytest.raises(UserError, match="不在抽查的行里"):
        office.do(scan_samples.enter, run_id=run_id, page_id=row.page_id, row=7, answer=NO)


def test_a_sample_is_not_drawn_again_but_later_pages_get_one_of_their_own(office):
    run_id = read(office, *world.stack(1))
    with pytest.raises(UserError, match="没有还要抽查的票面"):
        office.do(scan_samples.draw, run_id=run_id)
    for row in office.ask(scan_samples.left, run_id):
        enter(office, run_id, row, row.answer)
    world.read_in(office, run_id, world.page(MOSTLY, NO, digest="99"))
    assert "抽查以后又读入了新的页，请补抽。" in said(office, run_id)

    assert office.do(scan_samples.draw, run_id=run_id) == 4

    assert len(office.ask(scan_samples.left, run_id)) == 2


def test_after_a_hundred_sheets_a_run_may_be_booked_without_a_sample(office):
    first = read(office, *world.stack(100))
    for row in office.ask(scan_samples.left, first):
        enter(office, first, row, row.answer)
    assert not office.ask(scan_samples.trial).is_over
    office.do(scan_books.book, run_id=first)
    assert office.ask(scan_samples.trial).sheets == 100

    later, _ = world.run(office, code="ZWEI")
    world.read_in(office, later, *world.stack(1))
    office.do(scan_books.reconcile, run_id=later, issued=1, returned=1, invalid=0)

    assert said(office, later) == []


def test_pages_of_one_paper_are_one_sheet_of_the_trial(office):
    asked = [Question(name, name, SATISFACTION.options) for name in "甲乙"]
    printed = Printed(
        "U1", "survey", "", "", "问卷", True, "WJ-1", Plan(tuple((q,) for q in asked))
    )
    run_id = office.do(scan_runs.note, printed=printed, blank=world.content(), copies=5)
    pages = [world.page(YES, digest=f"{n}", number=n) for n in (1, 2)]
    world.read_in(office, run_id, *pages)
    office.do(scan_books.reconcile, run_id=run_id, issued=1, returned=1, invalid=0)
    world.sampled(office, run_id)

    office.do(scan_books.book, run_id=run_id)

    assert office.ask(scan_samples.trial).sheets == 1
