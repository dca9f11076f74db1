"""What people decide: beside the reading, each look by somebody else, no page without a reason."""

import random
from itertools import combinations

import pytest

from deputydesk.errors import FieldError, NotAllowed, UserError
from deputydesk.models import ScanLook
from deputydesk.models.scan import PageState
from deputydesk.office import Right, User
from deputydesk.operations import scan_decisions, scan_pages, scan_runs, sign_in
from deputydesk.rules.scan_looks import FIRST, SECOND, THIRD
from deputydesk.rules.scan_plan import VOID
from tests.operations import scan_world as world
from tests.operations.scan_world import MOSTLY, NO, YES


def shown(office, run_id):
    return office.ask(scan_pages.pages, run_id)


def decide(office, page, answer, row=1, **kw):
    office.do(scan_decisions.decide, page_id=page.id, row=row, answer=answer, **kw)


@pytest.fixture
def page(office):
    """A page with a doubtful second row."""
    run_id, _ = world.run(office)
    world.read_in(office, run_id, world.page(YES, "?no"))
    [page] = shown(office, run_id)
    return page


@pytest.fixture
def of_two(office):
    """The same, of a run that two people decide."""
    run_id, _ = world.run(office)
    office.do(scan_runs.set_two_people, run_id=run_id, two_people=True)
    world.read_in(office, run_id, world.page(YES, "?no"))
    [page] = shown(office, run_id)
    return page


def now(office):
    [run] = office.ask(scan_runs.rows)
    return shown(office, run.id)[0]


def test_a_decision_goes_before_the_reading_and_the_newest_counts(office, page):
    assert page.rows[1].suggestion == ""  # of a double tick, not before somebody has looked
    decide(office, page, MOSTLY)
    decide(office, page, NO)
    decide(office, page, VOID, row=0)

    found = now(office)
    assert found.paper.answers == (VOID, NO)
    assert found.open_rows == ()
    assert found.rows[1].read.doubts == ("double",)  # what was read stays as it was
    assert found.rows[1].suggestion == NO


def test_a_decision_is_withdrawn_by_none_and_never_by_undoing(office, page):
    decide(office, page, NO)
    with pytest.raises(UserError):
        office.undo()

    decide(office, page, "")

    assert len(now(office).open_rows) == 1


def test_what_cannot_be_answered_is_refused(office, page):
    with pytest.raises(FieldError, match="这一页没有第3行"):
        decide(office, page, YES, row=2)
    with pytest.raises(FieldError, match="“于海”没有“很好”这一项"):
        decide(office, page, "很好")
    with pytest.raises(FieldError, match="这一批票由一人确认"):
        decide(office, page, YES, look=SECOND)


def test_two_people_do_not_see_each_other_and_only_what_both_say_counts(office, of_two):
    decide(office, of_two, NO)
    row = now(office).rows[1]
    assert (row.answer, row.said, row.decided, row.suggestion) == ("", {}, {1}, "")
    with pytest.raises(FieldError, match="另一次须由别人认定"):
        decide(office, of_two, NO, look=SECOND)

    office.user = User("乌兰")
    decide(office, of_two, NO, look=SECOND)

    row = now(office).rows[1]
    assert (row.answer, row.said, row.differs) == (NO, {1: NO, 2: NO}, False)


def test_where_nobody_signs_in_who_decides_says_so_and_cannot_be_both(office, of_two):
    decide(office, of_two, NO)
    with pytest.raises(FieldError, match="这一行由张丽认定过，另一次须由别人认定"):
        decide(office, of_two, NO, look=SECOND, by="张 丽")

    decide(office, of_two, NO, look=SECOND, by=" 乌兰 ")

    [run] = office.ask(scan_runs.rows)
    assert now(office).rows[1].answer == NO
    assert office.ask(scan_decisions.people, run.id) == {1: ("张丽",), 2: ("乌兰",)}


def test_where_people_sign_in_nobody_decides_under_anothers_name(office, of_two):
    sign_in.turn_on(office, "张丽", "长一些的密码12")
    decide(office, of_two, NO, by="张丽")

    with pytest.raises(UserError, match="认定记在登录的人名下"):
        decide(office, of_two, NO, look=SECOND, by="乌兰")

    assert now(office).rows[1].decided == {FIRST}


def test_two_people_who_differ_look_a_third_time_together(office, of_two):
    with pytest.raises(FieldError, match="两人还没有都认定"):
        decide(office, of_two, NO, look=THIRD)
    decide(office, of_two, NO)
    office.user = User("乌兰")
    decide(office, of_two, MOSTLY, look=SECOND)
    row = now(office).rows[1]
    assert (row.answer, row.said, row.differs) == ("", {1: NO, 2: MOSTLY}, True)
    with pytest.raises(FieldError, match="两人都已认定"):
        decide(office, of_two, NO, look=SECOND)

    decide(office, of_two, MOSTLY, look=THIRD, reason="一起看过")

    row = now(office).rows[1]
    assert (row.answer, row.differs) == (MOSTLY, False)


def test_the_second_person_may_come_first_and_withdraw(office, of_two):
    decide(office, of_two, NO, look=SECOND)
    decide(office, of_two, "", look=SECOND)
    decide(office, of_two, NO)

    assert now(office).rows[1].decided == {1}


def test_once_somebody_has_decided_one_person_does_not_become_two(office, page):
    decide(office, page, NO)
    [run] = office.ask(scan_runs.rows)

    with pytest.raises(UserError, match="已经有人认定过票面"):
        office.do(scan_runs.set_two_people, run_id=run.id, two_people=True)


def test_a_whole_page_that_does_not_count_says_why(office, page):
    with pytest.raises(FieldError, match="请填写原因"):
        office.do(scan_decisions.set_state, page_id=page.id, state=PageState.VOID)
    office.do(scan_decisions.set_state, page_id=page.id, state=PageState.VOID, reason="写了姓名")

    found = now(office)
    assert (found.paper.is_void, found.reason, found.open_rows) == (True, "写了姓名", ())
    office.do(scan_decisions.set_state, page_id=page.id, state=PageState.READ)
    assert len(now(office).open_rows) == 1


def alike(office):
    run_id, _ = world.run(office)
    ink = (4.1, 0.0, 0.1, 0.0)
    world.read_in(
        office,
        run_id,
        world.page(YES, YES, digest="a", ink=ink),
        world.page(YES, YES, digest="b", ink=(4.0, 0.0, 0.2, 0.0)),
        world.page(YES, YES, digest="c", ink=(9.0, 0.0, 0.0, 0.0)),
        world.page(YES, YES, digest="d", ink=(0.0, 4.1, 0.1, 0.0)),
        world.page(YES, YES, digest="e"),
    )
    return run_id


def pairs(office, run_id):
    run = office.ask(scan_runs.one, run_id)
    return scan_pages.same_sheets(run, shown(office, run_id))


def test_sheets_with_the_same_ink_are_asked_about_until_somebody_says_they_are_two(office):
    run_id = alike(office)

    [(one, other)] = pairs(office, run_id)

    assert {page.picture[-1] for page in (one, other)} == {"a", "b"}
    office.do(scan_decisions.keep_apart, page_id=other.id, other_id=one.id)
    assert pairs(office, run_id) == []


def test_of_many_sheets_those_within_a_tenth_of_their_ink_are_asked_about_and_no_others(office):
    run_id, _ = world.run(office, copies=100)
    chance = random.Random(5)
    inks: dict[str, tuple[float, ...]] = {}
    for n in range(60):
        ink = [0.0] * 4
        ink[chance.choice((0, 0, 0, 1))] = chance.uniform(6, 9)
        ink[3] = chance.choice((0.0, chance.uniform(0, 1)))
        inks[f"{n:x}".rjust(64, "0")] = tuple(ink)
    read = (world.page(YES, YES, digest=each.lstrip("0") or "0", ink=i) for each, i in inks.items())
    world.read_in(office, run_id, *read)

    asked = {frozenset((one.picture, other.picture)) for one, other in pairs(office, run_id)}

    def apart(one, other):
        both = list(zip(inks[one], inks[other], strict=True))
        return sum(abs(a - b) for a, b in both) / sum(max(a, b) for a, b in both)

    meant = {frozenset(pair) for pair in combinations(inks, 2) if apart(*pair) <= 0.1}
    assert asked == meant
    assert 100 < len(meant) < 1000


def test_of_pages_that_are_not_so_alike_the_likeliest_to_be_one_sheet_come_first(office):
    run_id, _ = world.run(office)
    clean, stained = (4.1, 0.0, 0.1, 0.0), (4.1, 0.0, 0.1, 5.0)
    world.read_in(
        office,
        run_id,
        world.page(YES, YES, digest="a", ink=clean),
        world.page(YES, YES, digest="b", ink=stained),
        world.page(YES, YES, digest="c", ink=(9.5, 0.0, 0.0, 0.0)),
        world.page(YES, NO, digest="d", ink=clean),
        world.page(YES, YES, digest="e"),
    )
    run = office.ask(scan_runs.one, run_id)
    assert {p.picture[-1] for pair in pairs(office, run_id) for p in pair} == {"a", "d"}

    found = scan_pages.likeliest(run, shown(office, run_id))

    names = ["".join(sorted(page.picture[-1] for page in pair)) for pair in found]
    assert names[:3] == ["ab", "ac", "bc"]
    assert len(names) == 6
    one, other = found[0]
    office.do(scan_decisions.keep_apart, page_id=other.id, other_id=one.id)
    left = scan_pages.likeliest(office.ask(scan_runs.one, run_id), shown(office, run_id))
    assert len(left) == 5


def test_a_sheet_scanned_twice_counts_once(office):
    run_id = alike(office)
    [(one, _)] = pairs(office, run_id)

    office.do(scan_decisions.set_state, page_id=one.id, state=PageState.SAME, reason="同一张")

    assert pairs(office, run_id) == []
    assert office.ask(scan_runs.one, run_id).pages == 4


def test_pages_of_two_runs_are_never_one_sheet(office, page):
    other_run, _ = world.run(office, code="ZWEI")
    world.read_in(office, other_run, world.page(YES, YES, digest="9"))
    [other] = shown(office, other_run)

    with pytest.raises(UserError, match="不是同一批票的"):
        office.do(scan_decisions.keep_apart, page_id=page.id, other_id=other.id)


def test_only_the_head_looks_at_a_whole_page_and_says_why(office, page):
    office.user = User("小李", frozenset(Right) - {Right.MANAGE})
    with pytest.raises(NotAllowed):
        office.do(scan_decisions.look_at, page_id=page.id, reason="页边有字")
    office.user = User("乌兰")
    with pytest.raises(FieldError, match="请填写理由"):
        office.do(scan_decisions.look_at, page_id=page.id, reason="")

    office.do(scan_decisions.look_at, page_id=page.id, reason="页边有字")

    looks = office.ask(lambda session: [(x.seen_by, x.reason) for x in session.query(ScanLook)])
    assert looks == [("乌兰", "页边有字")]
