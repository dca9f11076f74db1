"""A run is booked only when everything adds up; afterwards it is corrected, never rewritten."""

import pytest

from deputydesk.errors import FieldError, UserError
from deputydesk.models.scan import PageState, RunState
from deputydesk.operations import (
    deputies,
    evaluations,
    project_evals,
    project_vote_rows,
    scan_batches,
    scan_books,
    scan_corrections,
    scan_decisions,
    scan_pages,
    scan_runs,
    scan_samples,
)
from deputydesk.operations.evaluations import Tally
from deputydesk.operations.scan_runs import Printed
from deputydesk.reports import project_eval_ballot
from deputydesk.rules.project_voting import OPTIONS
from deputydesk.rules.satisfaction import SATISFACTION
from deputydesk.rules.scan_plan import BLANK, Plan, Question
from tests import make
from tests.operations import every_duty
from tests.operations import scan_world as world
from tests.operations.scan_world import MOSTLY, NO, YES


def problems(office, run_id):
    return [problem.message for problem in office.ask(scan_books.standing, run_id).problems]


def reconciled(office, run_id, returned, **kw):
    given = {"issued": 10, "returned": returned, "invalid": 0} | kw
    office.do(scan_books.reconcile, run_id=run_id, **given)


def booked(office, run_id, returned, **kw):
    reconciled(office, run_id, returned, **kw)
    world.sampled(office, run_id)
    office.do(scan_books.book, run_id=run_id)


def test_a_run_is_booked_into_its_evaluation(office):
    run_id, evaluation = world.run(office)
    world.read_in(office, run_id, *world.stack(3), world.page(NO, "?yes", digest="x"))
    doubtful = next(page for page in office.ask(scan_pages.pages, run_id) if page.open_rows)
    office.do(scan_decisions.decide, page_id=doubtful.id, row=1, answer=BLANK)

    booked(office, run_id, 4, counter="甲", scrutineer="乙")

    [row] = office.ask(evaluations.rows)
    assert (row.issued, row.returned, row.valid, row.invalid) == (10, 4, 4, 0)
    assert (row.counter, row.scrutineer) == ("甲", "乙")
    one, other = office.ask(evaluations.entries, evaluation)
    assert (one.counts[YES], one.counts[NO], one.void) == (3, 1, 0)
    assert (other.counts[MOSTLY], other.void) == (3, 1)
    standing = office.ask(scan_books.standing, run_id)
    assert (standing.read, standing.by_machine, standing.by_people) == (4, 7, 1)
    assert (standing.sample, standing.disagreed) == ((8, 8), 0)
    assert office.ask(scan_runs.one, run_id).state is RunState.BOOKED
    assert office.check() == []


def test_nothing_is_booked_before_all_is_done(office):
    run_id, evaluation = world.run(office)
    assert problems(office, run_id) == ["还没有读入扫描件。"]
    with pytest.raises(UserError, match="没有还要抽查的票面"):
        office.do(scan_samples.draw, run_id=run_id)
    world.read_in(office, run_id, world.page(YES, "?no"))
    assert problems(office, run_id) == [
        "还有1行待人工确认。",
        "还没有填写发出、收回和无效票数。",
        "试用期间（读满100张以前）必须人工抽查。",
    ]

    with pytest.raises(FieldError, match="待人工确认"):
        office.do(scan_books.book, run_id=run_id)

    assert office.ask(evaluations.one, evaluation).returned is None


def test_numbers_that_do_not_agree_are_refused_and_later_pages_are_noticed(office):
    run_id, _ = world.run(office)
    world.read_in(office, run_id, *world.stack(3))
    with pytest.raises(FieldError, match="第1页读到3张，比有效票4张少1张"):
        reconciled(office, run_id, 4)

    reconciled(office, run_id, 3)
    world.sampled(office, run_id)
    assert problems(office, run_id) == []
    world.read_in(office, run_id, *world.stack(1, first=9))

    assert problems(office, run_id) == [
        "第1页读到4张，比有效票3张多1张。",
        "抽查以后又读入了新的页，请补抽。",
    ]


def test_more_papers_given_out_than_printed_must_be_explained(office):
    run_id, _ = world.run(office, copies=2)
    world.read_in(office, run_id, *world.stack(2))
    with pytest.raises(FieldError, match="发出5张，而印出的只有2张"):
        reconciled(office, run_id, 2, issued=5)

    reconciled(office, run_id, 2, issued=5, explanation="当场复印3张")

    assert office.ask(scan_runs.one, run_id).issued == 5


def test_a_booked_run_is_only_corrected_with_a_reason(office):
    run_id, evaluation = world.run(office)
    world.read_in(office, run_id, *world.stack(2))
    page = office.ask(scan_pages.pages, run_id)[0]
    with pytest.raises(UserError, match="还没有入账，请直接改认定"):
        office.do(scan_books.correct, page_id=page.id, row=0, answer=NO, reason="看错")
    booked(office, run_id, 2)

    with pytest.raises(UserError, match="已经入账，不能再改"):
        office.do(scan_decisions.decide, page_id=page.id, row=0, answer=NO)
    printed = world.printed(office.ask(scan_runs.one, run_id))
    with pytest.raises(UserError, match="已经入账，不能再印"):
        office.do(scan_runs.note, printed=printed, blank=world.content(), copies=1)
    with pytest.raises(FieldError, match="请填写更正理由"):
        office.do(scan_books.correct, page_id=page.id, row=0, answer=NO, reason=" ")
    office.do(scan_books.correct, page_id=page.id, row=0, answer=NO, reason="复核时发现看错")

    one = office.ask(evaluations.entries, evaluation)[0]
    assert (one.counts[YES], one.counts[NO]) == (1, 1)
    name = office.ask(scan_runs.one, run_id).plan.question(1, 0).name
    [said] = office.ask(scan_corrections.of_run, run_id)
    assert said.text == f"{name}改为“不满意”（{office.user.name}：复核时发现看错）"
    office.do(evaluations.announce, evaluation_id=evaluation)
    with pytest.raises(UserError, match="已经公布"):
        office.do(scan_books.correct, page_id=page.id, row=0, answer=YES, reason="又看错")


def test_with_two_people_a_correction_counts_for_both(office):
    run_id, evaluation = world.run(office)
    office.do(scan_runs.set_two_people, run_id=run_id, two_people=True)
    world.read_in(office, run_id, *world.stack(1))
    booked(office, run_id, 1)
    [page] = office.ask(scan_pages.pages, run_id)

    office.do(scan_books.correct, page_id=page.id, row=0, answer=NO, reason="复核")

    assert office.ask(evaluations.entries, evaluation)[0].counts[NO] == 1


def test_a_ballot_with_too_many_ticks_must_be_set_void_before_a_vote_is_booked(office):
    ids = [every_duty.candidate(office, name) for name in "甲乙丙"]
    vote = office.ask(project_vote_rows.one, every_duty.vote(office, seats=2))
    assert [entry.project_id for entry in vote.entries] == ids
    asked = tuple(Question(key, name, OPTIONS) for key, name in zip(ids, "甲乙丙", strict=True))
    new = Printed(
        *("V1", "project_ballot", "project_vote", vote.id, vote.name, True, "PJ3-1"),
        Plan((asked,), "yes", 2),
    )
    run_id = office.do(scan_runs.note, printed=new, blank=world.content(), copies=46)
    good = [world.page("yes", "yes", BLANK, digest=f"{n:x}") for n in range(40)]
    world.read_in(office, run_id, *good, world.page("yes", "yes", "yes", digest="ff"))
    reconciled(office, run_id, 41, issued=46, members=46, present=46)
    world.sampled(office, run_id)
    assert problems(office, run_id) == ["有1张选的多于应选数，应当整张作废。"]

    over = next(p for p in office.ask(scan_pages.pages, run_id) if p.picture.endswith("ff"))
    office.do(scan_decisions.set_state, page_id=over.id, state=PageState.VOID, reason="多选")
    reconciled(office, run_id, 41, invalid=1, issued=46, members=46, present=46)
    office.do(scan_books.book, run_id=run_id)

    counted = office.ask(project_vote_rows.one, vote.id)
    assert [entry.counts for entry in counted.entries] == [
        {"yes": 40, "no": 0, "abstain": 0},
        {"yes": 40, "no": 0, "abstain": 0},
        {"yes": 0, "no": 0, "abstain": 40},
    ]
    assert (counted.present, counted.invalid) == (46, 1)
    assert [entry.elected for entry in counted.entries] == [True, True, False]
    assert office.ask(scan_books.compared, run_id) == []
    page = next(p for p in office.ask(scan_pages.pages, run_id) if p.id != over.id)
    with pytest.raises(FieldError, match="这一张就多选了"):
        office.do(scan_books.correct, page_id=page.id, row=2, answer="yes", reason="复核")


def test_projects_are_judged_by_what_was_ticked_and_booked_once(office):
    project = every_duty.chosen(office, "旧区供水")
    step = office.ask(project_evals.steps, make.TODAY)[0].name
    new = Printed(
        *("E1", "project_eval_ballot", "project", project, "满意度测评", True, "PM4-1"),
        Plan(((Question(project, "旧区供水", project_eval_ballot.OPTIONS),),)),
        {"held_on": make.TODAY.isoformat(), "step": step},
    )
    run_id = office.do(scan_runs.note, printed=new, blank=world.content(), copies=5)
    read = [world.page(answer, digest=answer) for answer in ("satisfied", "mostly")]
    world.read_in(office, run_id, *read)
    booked(office, run_id, 2, issued=5, members=6, present=5)
    [page, _] = office.ask(scan_pages.pages, run_id)

    office.do(scan_books.correct, page_id=page.id, row=0, answer="dissatisfied", reason="复核")

    assert office.ask(scan_books.compared, run_id) == []
    [row] = office.ask(project_evals.rows)
    assert (row.members, row.present, row.step, row.held_on) == (6, 5, step, make.TODAY)
    assert (row.satisfied + row.mostly, row.dissatisfied) == (1, 1)


def test_ballots_in_large_print_are_counted_with_the_others_of_their_evaluation(office):
    small, evaluation = world.run(office)
    printed = world.printed(office.ask(scan_runs.one, small))
    large = world.renamed(printed, code="LARGE", layout="CP5-1")
    large_id = office.do(scan_runs.note, printed=large, blank=world.content(), copies=5)
    world.read_in(office, small, *world.stack(3))
    world.read_in(office, large_id, *world.stack(2, of=(NO, NO), first=9))
    booked(office, small, 3, issued=4)

    booked(office, large_id, 2, issued=2)

    row = office.ask(evaluations.one, evaluation)
    assert (row.issued, row.returned, row.valid) == (6, 5, 5)
    one = office.ask(evaluations.entries, evaluation)[0]
    assert (one.counts[YES], one.counts[NO]) == (3, 2)
    assert office.ask(scan_books.compared, small) == []


def by_hand(office, run_id, evaluation, counts):
    """The same ballots, counted by people."""
    run = office.ask(scan_runs.one, run_id)
    tallies = tuple(Tally(q.id, counts) for page in run.plan.pages for q in page)
    numbers = {"issued": 10, "returned": 2, "valid": 2, "invalid": 0}
    office.do(evaluations.count, evaluation_id=evaluation, tallies=tallies, **numbers)


def test_what_was_counted_by_hand_is_compared_before_it_is_replaced(office):
    run_id, evaluation = world.run(office)
    world.read_in(office, run_id, *world.stack(2))
    assert office.ask(scan_books.compared, run_id) == []
    by_hand(office, run_id, evaluation, {YES: 2, MOSTLY: 0, NO: 0})
    reconciled(office, run_id, 2)
    world.sampled(office, run_id)

    off = office.ask(scan_books.compared, run_id)

    assert [(d.name, d.option, d.by_hand, d.by_scan) for d in off] == [
        ("于海", "满意", 2, 0),
        ("于海", "基本满意", 0, 2),
    ]
    said = "有2处不同：于海“满意”手工2、读票0。"
    with pytest.raises(FieldError, match=said):
        office.do(scan_books.book, run_id=run_id)
    office.do(scan_books.book, run_id=run_id, replaces_hand=True)
    assert office.ask(evaluations.entries, evaluation)[1].counts[MOSTLY] == 2


def test_what_was_entered_by_hand_after_the_booking_is_not_overwritten_by_a_correction(office):
    run_id, evaluation = world.run(office)
    world.read_in(office, run_id, *world.stack(2))
    booked(office, run_id, 2)
    by_hand(office, run_id, evaluation, {YES: 0, MOSTLY: 2, NO: 0})
    [page, _] = office.ask(scan_pages.pages, run_id)
    change = {"page_id": page.id, "row": 0, "answer": NO, "reason": "复核"}

    with pytest.raises(FieldError, match="有2处不同：丁海“满意”手工0、读票2"):
        office.do(scan_books.correct, **change)

    one = office.ask(evaluations.entries, evaluation)[0]
    assert (one.counts[MOSTLY], one.counts[NO]) == (2, 0)
    assert office.ask(scan_corrections.of_run, run_id) == ()


def test_a_run_that_is_of_no_record_is_its_own_result(office):
    printed = Printed(
        *("U1", "survey", "", "", "问卷", True, "WJ-1"),
        Plan(((Question("q1", "路修得怎样", SATISFACTION.options),),)),
    )
    run_id = office.do(scan_runs.note, printed=printed, blank=world.content(), copies=5)
    world.read_in(office, run_id, world.page(YES), world.page(NO, digest="b"))

    booked(office, run_id, 2, issued=5)

    found = office.ask(scan_books.tallies, run_id)["q1"]
    assert (found.counts[YES], found.counts[NO], found.void) == (1, 1, 0)
    assert office.ask(scan_books.compared, run_id) == []


def test_two_scans_of_one_sheet_stand_in_the_way(office):
    run_id, _ = world.run(office)
    ink = (4.0, 0.0, 0.1, 0.0)
    world.read_in(office, run_id, *(world.page(YES, YES, digest=d, ink=ink) for d in "ab"))
    reconciled(office, run_id, 2)
    world.sampled(office, run_id)

    assert problems(office, run_id) == ["有1对票面很像，可能是同一张扫描了两次。"]


def test_what_was_booked_is_not_taken_back_nor_what_was_done_before_in_its_place(office):
    before = make.deputy(office, name="高敏")
    run_id, evaluation = world.run(office)
    world.read_in(office, run_id, *world.stack(2))
    office.do(scan_books.reconcile, run_id=run_id, issued=2, returned=2, invalid=0)
    world.sampled(office, run_id)
    office.do(scan_books.book, run_id=run_id)

    with pytest.raises(UserError) as refused:
        office.undo()

    assert refused.value.message == "“读票入账（述职测评会）”不能撤销。"
    assert "更正，写明理由" in refused.value.hint
    assert office.ask(evaluations.one, evaluation).returned == 2
    assert before in {row.id for row in office.ask(deputies.rows)}


def test_each_step_of_papers_says_what_to_do_instead_of_undoing_it(office):
    run_id, _ = world.run(office)
    read = world.read_in(office, run_id, *world.stack(2))
    one, other = office.ask(scan_pages.pages, run_id)
    page = {"page_id": one.id}
    steps = (
        (None, {}, "撤回这一次读入"),
        (scan_runs.set_two_people, {"run_id": run_id, "two_people": True}, "再点一次“两人确认”"),
        (scan_decisions.decide, {**page, "row": 0, "answer": YES}, "按 Backspace 退回"),
        (scan_decisions.keep_apart, {**page, "other_id": other.id}, "点“找重复”"),
        (scan_decisions.set_state, {**page, "state": PageState.VOID, "reason": "破"}, "Backspace"),
        (scan_samples.draw, {"run_id": run_id}, "请照票面录入"),
        (scan_batches.remove, {"batch_id": read.batch_id}, "重新读入"),
    )

    for step, given, instead in steps:
        if step:
            office.do(step, **given)
        with pytest.raises(UserError) as refused:
            office.undo()
        assert refused.value.message.endswith("不能撤销。")
        assert instead in refused.value.hint
