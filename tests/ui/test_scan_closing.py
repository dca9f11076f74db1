"""核对入账: what does not close is named with a way to it; then the run is booked."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QMessageBox
from shiboken6 import isValid

from deputydesk.models.scan import PageState, RunState
from deputydesk.operations import evaluations, feedbacks, scan_books, scan_pages, scan_runs
from deputydesk.operations.evaluations import Tally
from deputydesk.rules.scan_plan import BLANK
from deputydesk.ui import messages
from deputydesk.ui.dialogs.scan_pairs import PairsDialog
from deputydesk.ui.dialogs.scan_sample import SampleDialog
from deputydesk.ui.scan_closing import ClosingView
from tests import make
from tests.operations import named_world
from tests.operations import scan_world as world
from tests.operations.scan_world import MOSTLY, NO, YES
from tests.ui import hands, papers_back
from tests.ui.everywhere import settle

Key = Qt.Key


@pytest.fixture
def run_and_evaluation(office):
    return papers_back.run(office)


@pytest.fixture
def run_id(run_and_evaluation):
    return run_and_evaluation[0]


@pytest.fixture
def view(desk, run_id, qtbot):
    made = ClosingView(desk)
    qtbot.addWidget(made)
    told = papers_back.Told(desk, run_id, made)
    told.show()
    made.resize(1150, 620)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    yield made
    del told


def read(office, run_id, view, *pages):
    papers_back.read_in(
        office, run_id, *(papers_back.page(office, *p, digest=d, ink=i) for d, i, p in pages)
    )


def said(view):
    return [problem.said for problem in view.problems.rows.rows()]


def solve(view, place=0):
    view.problems.selectRow(place)
    hands.press(view.problems, Key.Key_Return)
    settle()


def type_numbers(view, **numbers):
    for name, text in numbers.items():
        view.form.field(name).control.clear()
        hands.write(view.form.field(name).control, str(text))
    view.save.click()


TWO = (("a", 9.0, (YES, MOSTLY)), ("b", 4.0, (NO, MOSTLY)))


def test_what_stands_in_the_way_is_listed_and_enter_goes_there(office, run_id, view, qtbot):
    assert said(view) == ["还没有读入扫描件。请先读入。"]
    with qtbot.waitSignal(view.part_wanted) as asked:
        solve(view)
    assert asked.args == [0]

    read(office, run_id, view, ("a", 9.0, (YES, f"?{NO}")))
    assert said(view)[0] == "还有1行待人工确认。"
    with qtbot.waitSignal(view.part_wanted) as asked:
        solve(view)
    assert asked.args == [1]
    solve(view, 1)
    assert view.form.field("issued").control.hasFocus()
    assert not view.book.isEnabled()


def test_numbers_that_do_not_close_are_refused_at_their_field(office, run_id, view, shown_errors):
    read(office, run_id, view, *TWO)
    view.save.click()
    assert view.form.field("issued").control.hasFocus()

    type_numbers(view, issued=5, returned=3, invalid=0)

    assert view.form.field("explanation").control.hasFocus()
    type_numbers(view, explanation="一张没有交")
    assert office.ask(scan_runs.one, run_id).returned == 3
    assert shown_errors == []
    rows = view.result.rows.rows()
    assert rows[0].counts == "满意 1　基本满意 0　不满意 1　不了解 0"
    assert [row.void for row in rows] == [1, 1]


def test_a_sheet_scanned_twice_is_seen_side_by_side_and_counted_once(office, run_id, view):
    same = (YES, MOSTLY)
    read(office, run_id, view, ("a", 9.0, same), ("b", 9.0, same), ("c", 9.0, same))
    solve(view, said(view).index(next(s for s in said(view) if "很像" in s)))
    dialog = papers_back.opened(PairsDialog)
    assert dialog.progress.text() == "第 1 对，共 3 对"
    assert dialog.pictures[0].grab().toImage().pixelColor(5, 200).isValid()

    hands.shortcut(dialog, Key.Key_S)
    hands.shortcut(dialog, Key.Key_N)

    assert not isValid(dialog)
    states = sorted(page.state.value for page in office.ask(scan_pages.pages, run_id))
    assert states == ["read", "read", "same"]
    assert not any("很像" in text for text in said(view))


def test_a_sheet_scanned_twice_is_found_though_a_stain_hides_it(office, run_id, view, monkeypatch):
    told = []
    monkeypatch.setattr(messages, "tell", lambda said, **_: told.append(said))
    read(office, run_id, view, ("a", 9.0, (YES, MOSTLY)))
    view.search.click()
    settle()
    assert told == ["没有还要比较的两页。"]
    read(office, run_id, view, ("b", 4.0, (YES, MOSTLY)), ("c", 2.0, (NO, MOSTLY)))
    type_numbers(view, issued=2, returned=2, invalid=0)
    said_there = view.form.field("returned").error()
    assert said_there.startswith("第1页读到3张，比有效票2张多1张。请点“找重复”并排查看")

    view.search.click()
    settle()
    dialog = papers_back.opened(PairsDialog)
    assert dialog.progress.text() == "第 1 对，共 3 对"
    hands.shortcut(dialog, Key.Key_S)
    dialog.reject()

    view.save.click()
    assert office.ask(scan_runs.one, run_id).returned == 2
    assert [row.state.value for row in office.ask(scan_pages.pages, run_id)].count("same") == 1


def test_the_sample_is_keyed_in_without_the_reading_and_what_differs_is_asked(
    office, run_id, view, qtbot
):
    read(office, run_id, view, *TWO)
    type_numbers(view, issued=2, returned=2, invalid=0)
    assert said(view) == ["试用期间（读满100张以前）必须人工抽查。请先抽取抽查行，再逐行录入。"]
    solve(view)
    dialog = papers_back.opened(SampleDialog)
    truth = {(p.id, r.row): r.answer for p in office.ask(scan_pages.pages, run_id) for r in p.rows}

    keys = {YES: Key.Key_1, MOSTLY: Key.Key_2, NO: Key.Key_3}
    wrong = None
    for number in range(4):
        assert dialog.progress.text() == f"第 {number + 1} 行，共 4 行"
        assert dialog.asking.suggestion.text() == ""
        row = dialog.asking.row
        answer = truth[row.page_id, row.row]
        wrong = wrong or (row.page_id, row.row)
        hands.press(dialog.asking.strip, Key.Key_4 if number == 0 else keys[answer])

    assert dialog.progress.text() == "抽查了 4 行，与读票一致 3 行，不一致 1 行。"
    dialog.reject()
    assert said(view) == ["抽查录入的与读数不一致。请看过票面，认定以哪个为准。"]
    with qtbot.waitSignal(view.row_wanted) as asked:
        solve(view)
    assert asked.args == [wrong]


def test_a_run_is_booked_when_everything_closes(office, run_and_evaluation, view, monkeypatch):
    run_id, evaluation = run_and_evaluation
    read(office, run_id, view, *TWO)
    type_numbers(view, issued=2, returned=2, invalid=0, counter="甲", scrutineer="乙")
    world.sampled(office, run_id)
    assert said(view) == []
    assert "抽查 4／4 行，一致 4 行" in view.state.text()

    view.book.click()
    settle()

    assert office.ask(scan_runs.one, run_id).state is RunState.BOOKED
    assert office.ask(evaluations.one, evaluation).returned == 2
    assert not view.book.isEnabled()
    assert view.focusWidget() is view.problems
    assert "入账" in view.state.text()
    view.print_result.click()
    settle()
    # Qt keeps its windows in no order; the protocol of the booking may still be open.
    assert any("测评结果" in shown.windowTitle() for shown in previews())
    close_all()


def previews():
    shown = [w for w in QApplication.topLevelWidgets() if isinstance(w, QDialog) and w.isVisible()]
    return [w for w in shown if w.windowTitle().startswith("预览")]


def close_all():
    for dialog in previews():
        dialog.reject()


def test_hand_entry_that_differs_is_replaced_only_when_asked(
    office, run_and_evaluation, view, monkeypatch
):
    run_id, evaluation = run_and_evaluation
    read(office, run_id, view, *TWO)
    numbers = {"issued": 2, "returned": 2, "invalid": 0}
    entries = office.ask(evaluations.entries, evaluation)
    tallies = tuple(
        Tally(
            e.mandate_id,
            {o.id: 2 if o.id == YES else 0 for o in entries_options(office, evaluation)},
            0,
        )
        for e in entries
    )
    office.do(
        evaluations.count,
        evaluation_id=evaluation,
        tallies=tallies,
        **numbers,
        valid=2,
        counter="甲",
        scrutineer="乙",
    )
    type_numbers(view, **numbers)
    world.sampled(office, run_id)
    assert "满意 手工2、读票1" in view.result.rows.rows()[0].by_hand

    view.book.click()
    assert office.ask(scan_runs.one, run_id).is_open
    monkeypatch.setattr(QMessageBox, "clickedButton", lambda box: box.buttons()[0])
    view.book.click()
    settle()
    close_all()

    assert not office.ask(scan_runs.one, run_id).is_open


def entries_options(office, evaluation):
    return office.ask(evaluations.one, evaluation).scale.options


def test_a_ballot_on_which_too_much_was_ticked_is_shown_to_be_made_void(office, desk, view, qtbot):
    from deputydesk.rules.satisfaction import Option
    from deputydesk.rules.scan_plan import Plan, Question

    options = (Option(YES, "赞成"), Option(NO, "反对"))
    asked = tuple(Question(name, name, options) for name in ("修路", "打井"))
    base = world.printed(office.ask(scan_runs.one, office.ask(scan_runs.rows)[0].id))
    capped = world.renamed(base, code="CAPPED22", plan=Plan((asked,), capped=YES, most=1))
    run_id = office.do(scan_runs.note, printed=capped, blank=world.content(), copies=2)
    papers_back.read_in(office, run_id, papers_back.page(office, YES, YES, options=2))
    told = papers_back.Told(desk, run_id, view)
    told.show()
    [page] = office.ask(scan_pages.pages, run_id)
    assert page.state is PageState.READ

    with qtbot.waitSignal(view.row_wanted) as wanted:
        solve(view, said(view).index(next(s for s in said(view) if "作废" in s)))

    assert wanted.args == [(page.id, 0)]


def test_without_a_run_nothing_can_be_done(view):
    view.show_run(None, ())

    for part in (view.save, view.sample, view.book, view.print_result, view.print_protocol):
        assert not part.isEnabled()
    assert view.state.text() == ""


def test_of_one_paper_that_names_its_record_what_is_handwritten_is_keyed_in(
    desk, office, qtbot, monkeypatch
):
    run_id, case = named_world.of_feedback(office)
    view = ClosingView(desk)
    qtbot.addWidget(view)
    told = papers_back.Told(desk, run_id, view)
    told.show()
    assert view.result.rows.rows() == []
    world.read_in(office, run_id, world.page("yes", "visit", "dissatisfied", "mostly", BLANK))
    view.resize(1150, 620)
    view.show()
    view.activateWindow()
    qtbot.waitUntil(view.isActiveWindow)
    view.setFocus()
    assert [row.counts for row in view.result.rows.rows()][2:] == ["不满意", "基本满意", "空白"]
    assert said(view)[0].startswith("还没有填写收回日期")
    solve(view)

    hands.write(view.named.field("written").control, "没有解决")
    view.save.click()

    assert [problem.field for problem in view.problems.rows.rows()] == ["sample"]
    assert not view.book.isEnabled()
    world.sampled(office, run_id)
    assert view.book.isEnabled()
    office.do(scan_books.book, run_id=run_id)
    [form] = office.ask(feedbacks.rows, today=make.TODAY, suggestion_id=case.id)
    assert form.opinion == "没有解决"
    assert view.problems.rows.rows() == []

    asked = []
    for why in ("", "漏录"):
        monkeypatch.setattr(messages, "ask_text", lambda *a, why=why, **_: asked.append(a) or why)
        view.named.field("written").set_value("没有解决，请再办")
        assert view.save.text().strip() == "更正手写内容"
        view.save.click()
        [form] = office.ask(feedbacks.rows, today=make.TODAY, suggestion_id=case.id)
        assert form.opinion == ("没有解决，请再办" if why else "没有解决")
    assert "为什么更正" in asked[0][1]
    del told
