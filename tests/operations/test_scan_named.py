"""A paper that names its record goes into it as hand entry would, with that record's own checks."""

from datetime import timedelta

import pytest

from deputydesk.errors import FieldError, UserError
from deputydesk.models.choices import Adoption, TalkForm, YesNo
from deputydesk.models.scan import PageState, RunState
from deputydesk.operations import (
    feedbacks,
    petition_steps,
    petitions,
    record_history,
    scan_books,
    scan_corrections,
    scan_decisions,
    scan_named,
    scan_pages,
    scan_runs,
)
from deputydesk.rules.satisfaction import Satisfaction
from deputydesk.rules.scan_plan import BLANK
from deputydesk.rules.suggestion_flow import SuggestionState
from tests import make
from tests.operations import named_world as named
from tests.operations import scan_world as world

PLEASED = ("yes", "visit", "satisfied", "mostly", "adopted")
UPSET = ("no", "none", "dissatisfied", "none", "refused")


def read(office, run_id, *answers, digest="a", sheet="A2B3C"):
    page = world.page(*answers, digest=digest)
    return world.read_in(office, run_id, world.renamed(page, sheet=sheet))


def problems(office, run_id):
    return [(p.field, p.message) for p in office.ask(scan_books.standing, run_id).problems]


def booked(office, run_id, **written):
    office.do(scan_named.write_down, run_id=run_id, **written)
    world.sampled(office, run_id)
    office.do(scan_books.book, run_id=run_id)
    return office.ask(scan_runs.one, run_id)


def form_of(office, case):
    [form] = office.ask(feedbacks.rows, today=make.TODAY, suggestion_id=case.id)
    return form


def test_a_deputys_paper_closes_the_suggestion_as_hand_entry_does(office):
    run_id, case = named.of_feedback(office)
    read(office, run_id, *PLEASED)

    run = booked(office, run_id, came_on=make.TODAY, written="办得好")

    form = form_of(office, case)
    assert (form.attitude, form.result) == (Satisfaction.SATISFIED, Satisfaction.MOSTLY)
    assert (form.talk_form, form.adoption) == (TalkForm.VISIT, Adoption.ADOPTED)
    assert (form.opinion, form.returned_on) == ("办得好", make.TODAY)
    assert case.row.state is SuggestionState.CLOSED
    assert (run.state, run.issued, run.returned, run.valid) == (RunState.BOOKED, 1, 1, 1)
    assert run.is_named
    assert office.check() == []


def test_a_dissatisfied_deputys_reason_is_keyed_in_before_it_is_booked(office):
    run_id, case = named.of_feedback(office)
    read(office, run_id, *UPSET)
    office.do(scan_named.write_down, run_id=run_id)

    assert problems(office, run_id)[0] == ("written", "选了“不满意”，还没有录入理由。")

    booked(office, run_id, written="没有解决")
    assert form_of(office, case).opinion == "没有解决"
    assert case.row.state is SuggestionState.REHANDLE


def test_rows_left_empty_are_nobodys_opinion(office):
    run_id, case = named.of_feedback(office)
    read(office, run_id, BLANK, BLANK, "satisfied", BLANK, BLANK)

    booked(office, run_id)

    form = form_of(office, case)
    assert (form.attitude, form.result) == (Satisfaction.SATISFIED, Satisfaction.NONE)
    assert (form.talk_form, form.adoption) == (TalkForm.NONE, Adoption.NONE)
    assert form.returned_on == make.TODAY


def test_a_visits_paper_goes_into_the_petition(office):
    run_id, petition = named.of_petition(office)
    read(office, run_id, "yes", "satisfied", "mostly", "unknown")
    office.do(scan_named.write_down, run_id=run_id, came_on=make.TODAY)
    assert problems(office, run_id)[0] == ("written", "还没有录入回访情况。")

    booked(office, run_id, written="已经恢复")

    [row] = [row for row in office.ask(petitions.rows) if row.id == petition]
    assert (row.visited_on, row.visit_note) == (make.TODAY, "已经恢复")
    assert (row.visit_told, row.visit_follow) == (YesNo.YES, YesNo.NONE)
    assert row.visit_words == "已告知处理结果：是，对代办工作满意，对处理结果基本满意"


def test_a_paper_that_was_entered_by_hand_meanwhile_is_not_entered_twice(office):
    run_id, case = named.of_feedback(office)
    read(office, run_id, *PLEASED)
    form = form_of(office, case)
    office.do(
        feedbacks.receive,
        feedback_id=form.id,
        attitude=Satisfaction.MOSTLY,
        result=Satisfaction.MOSTLY,
    )

    with pytest.raises(UserError, match="已于.*收回"):
        booked(office, run_id)

    assert form_of(office, case).attitude is Satisfaction.MOSTLY
    assert office.ask(scan_runs.one, run_id).is_open


def test_the_same_sheet_scanned_again_is_known_by_its_number(office):
    run_id, _ = named.of_feedback(office)
    read(office, run_id, *PLEASED)
    read(office, run_id, *PLEASED, digest="b")

    states = {page.state: page.reason for page in office.ask(scan_pages.pages, run_id)}

    assert states == {PageState.READ: "", PageState.SAME: "张号A2B3C已经读过"}
    booked(office, run_id)


def test_another_sheet_of_the_same_paper_has_to_be_chosen_from(office):
    run_id, _ = named.of_feedback(office)
    read(office, run_id, *PLEASED)
    read(office, run_id, *UPSET, digest="b", sheet="Z2Z3Z")
    office.do(scan_named.write_down, run_id=run_id)

    assert problems(office, run_id)[0] == (
        "pages",
        "同一张表读入了2页，只能有一页算数。",
    )

    for page in office.ask(scan_pages.pages, run_id):
        office.do(
            scan_decisions.set_state, page_id=page.id, state=PageState.VOID, reason="填错重填"
        )
    assert problems(office, run_id)[0] == ("pages", "这张表没有一页算数。")


def test_the_day_of_return_is_asked_and_must_be_possible(office):
    run_id, _ = named.of_feedback(office)
    read(office, run_id, *PLEASED)
    assert problems(office, run_id)[0] == ("came_on", "还没有填写收回日期。")

    for off in (1, -1):
        with pytest.raises(FieldError, match="收回日期不能"):
            office.do(
                scan_named.write_down, run_id=run_id, came_on=make.TODAY + timedelta(days=off)
            )


def test_one_paper_is_not_reconciled_like_a_stack(office):
    run_id, _ = named.of_feedback(office)

    with pytest.raises(UserError, match="不核对票数"):
        office.do(scan_books.reconcile, run_id=run_id, issued=1, returned=1, invalid=0)


def correct(office, run_id, row, answer, reason="看错一格"):
    [page] = office.ask(scan_pages.pages, run_id)
    office.do(scan_books.correct, page_id=page.id, row=row, answer=answer, reason=reason)


def rewrite(office, run_id, written, came_on=make.TODAY, reason="漏录"):
    values = {"written": written, "came_on": came_on, "reason": reason}
    office.do(scan_named.rewrite, run_id=run_id, **values)


def test_a_booked_paper_is_corrected_with_a_reason_and_its_record_follows(office):
    run_id, case = named.of_feedback(office)
    read(office, run_id, *PLEASED)
    booked(office, run_id, written="办得好")

    correct(office, run_id, 3, "satisfied")
    rewrite(office, run_id, "办得好，还要管护")

    form = form_of(office, case)
    assert (form.result, form.opinion) == (Satisfaction.SATISFIED, "办得好，还要管护")
    assert case.row.state is SuggestionState.CLOSED
    assert [each.text for each in office.ask(scan_corrections.of_run, run_id)] == [
        "对办理结果改为“满意”（张丽：看错一格）",
        "手写的内容改为“办得好，还要管护”（张丽：漏录）",
    ]
    story = office.ask(record_history.story, "feedback", form.id)
    corrected = next(c for c in story.changes if c.field == "result" and c.before == "基本满意")
    assert (corrected.user, corrected.after) == ("张丽", "满意")
    assert corrected.action == "更正读票（征询意见表 对办理结果：满意（看错一格））"
    assert office.check() == []


def test_a_corrections_reason_stands_in_the_records_own_history(office):
    run_id, case = named.of_feedback(office)
    read(office, run_id, *PLEASED)
    booked(office, run_id)
    other, petition = named.of_petition(office)
    read(office, other, "yes", "satisfied", "mostly", "unknown")
    booked(office, other, written="已经恢复")

    correct(office, run_id, 3, "satisfied")
    rewrite(office, run_id, "办得好", reason="漏录")
    rewrite(office, other, "已经恢复，无遗留", reason="字认错了")

    told = [(e.on, e.text, e.who) for e in case.detail.events if e.text.startswith("更正")]
    assert told == [
        (make.TODAY, "更正征询意见表：对办理结果改为“满意”（看错一格）", "张丽"),
        (make.TODAY, "更正征询意见表：手写的内容改为“办得好”（漏录）", "张丽"),
    ]
    [newest, *_] = office.ask(record_history.story, "petition", petition).changes
    assert (newest.what, newest.after) == ("回访情况", "已经恢复，无遗留")
    assert newest.action == "更正手写的内容（征询意见表（字认错了））"


def test_a_correction_is_not_undone_but_corrected_again(office):
    run_id, case = named.of_feedback(office)
    read(office, run_id, *PLEASED)
    booked(office, run_id)
    correct(office, run_id, 2, "mostly")
    with pytest.raises(UserError) as refused:
        office.undo()
    assert (
        refused.value.message
        == "“更正读票（征询意见表 对办理工作：基本满意（看错一格））”不能撤销。"
    )
    assert refused.value.hint == "改错了的，再更正一次，写明理由；几次更正都留着。"

    correct(office, run_id, 2, "satisfied", reason="原来没错")

    assert form_of(office, case).attitude is Satisfaction.SATISFIED
    assert len(office.ask(scan_corrections.of_run, run_id)) == 2


def test_a_form_that_turns_out_dissatisfied_sends_the_suggestion_back(office):
    run_id, case = named.of_feedback(office)
    read(office, run_id, *PLEASED)
    booked(office, run_id)
    with pytest.raises(FieldError, match="还没有录入理由"):
        correct(office, run_id, 3, "dissatisfied")

    rewrite(office, run_id, "路还没有通")
    correct(office, run_id, 3, "dissatisfied")

    assert (case.row.state, case.row.closed_on) == (SuggestionState.REHANDLE, None)
    assert case.of(case.main).round == 2


def test_what_is_written_is_not_corrected_before_it_is_booked_nor_without_a_reason(office):
    run_id, _ = named.of_feedback(office)
    read(office, run_id, *PLEASED)
    with pytest.raises(UserError, match="还没有入账"):
        rewrite(office, run_id, "好")
    booked(office, run_id)

    with pytest.raises(FieldError, match="更正理由"):
        rewrite(office, run_id, "好", reason=" ")
    with pytest.raises(FieldError, match="收回日期不能晚于今天"):
        rewrite(office, run_id, "好", came_on=make.TODAY + timedelta(days=1))


def test_a_visit_is_corrected_until_somebody_has_changed_it_by_hand(office):
    run_id, petition = named.of_petition(office)
    read(office, run_id, "yes", "satisfied", "mostly", "unknown")
    booked(office, run_id, written="已经恢复")
    correct(office, run_id, 2, "satisfied")
    [row] = [row for row in office.ask(petitions.rows) if row.id == petition]
    assert row.visit_words == "已告知处理结果：是，对代办工作满意，对处理结果满意"

    office.do(petition_steps.visit, petition_id=petition, visit_note="再次回访")

    for doing in (
        lambda: correct(office, run_id, 2, "mostly"),
        lambda: rewrite(office, run_id, "已经恢复"),
    ):
        with pytest.raises(UserError, match="入账以后有人手工改过"):
            doing()


def test_what_is_written_on_secret_papers_is_not_keyed_in(office):
    run_id, _ = world.run(office)

    with pytest.raises(UserError, match="不记名"):
        office.do(scan_named.write_down, run_id=run_id, written="意见")


def test_alike_sheets_with_numbers_are_not_asked_about(office):
    run_id, _ = world.run(office, secret=False)
    ink = (4.0, 0.1, 0.1, 0.1)
    for digest, sheet in (("a", "A2B3C"), ("b", "Z2Z3Z")):
        page = world.page("satisfied", "satisfied", digest=digest, ink=ink)
        world.read_in(office, run_id, world.renamed(page, sheet=sheet))

    run = office.ask(scan_runs.one, run_id)
    assert scan_pages.same_sheets(run, office.ask(scan_pages.pages, run_id)) == []
