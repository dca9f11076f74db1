"""待确认: what is doubtful on papers is decided by keys, one row after the other."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QInputDialog

from deputydesk.models.scan import PageState
from deputydesk.operations import scan_books, scan_decisions, scan_pages, sign_in
from deputydesk.rules.scan_plan import BLANK, VOID
from deputydesk.ui.scan_doubts import BOOKED, DONE, NO_PAGES, DoubtsView
from tests.operations import scan_world as world
from tests.operations.scan_world import MOSTLY, NO, UNKNOWN, YES
from tests.ui import hands, papers_back

Key = Qt.Key


@pytest.fixture
def run_id(office):
    return papers_back.run(office)[0]


@pytest.fixture
def view(desk, run_id, qtbot):
    """The view, with the focus at the row."""
    made = DoubtsView(desk)
    qtbot.addWidget(made)
    told = papers_back.Told(desk, run_id, made)
    told.show()
    made.resize(1100, 600)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.asking.setFocus()
    yield made
    del told


def read(office, run_id, view, *pages):
    papers_back.read_in(office, run_id, *(papers_back.page(office, *p, digest=d) for d, p in pages))


def press(view, *keys):
    for key in keys:
        hands.press(view.asking.strip, key)


def answers(office, run_id):
    """What counts of each row, by the digest of its page."""
    return sorted(tuple(row.answer for row in p.rows) for p in office.ask(scan_pages.pages, run_id))


def test_each_key_decides_a_row_and_the_next_is_asked(office, run_id, view):
    pages = [(digest, (f"?{YES}", f"?{MOSTLY}")) for digest in "abc"]
    read(office, run_id, view, *pages)
    assert view.progress.text() == "待确认的还有 6 行，同样原因的还有 5 行"

    press(view, Key.Key_1, Key.Key_3, Key.Key_0, Key.Key_X, Key.Key_Space, Key.Key_4)

    said = [answer for page in answers(office, run_id) for answer in page]
    assert sorted(said) == sorted([YES, NO, BLANK, VOID, YES, UNKNOWN])
    assert view.asking.strip.spoken_value() == DONE
    press(view, Key.Key_1)
    assert sorted(a for page in answers(office, run_id) for a in page) == sorted(said)


def test_a_row_says_whose_it_is_why_it_is_asked_and_what_is_suggested(office, run_id, view):
    read(office, run_id, view, ("a", (YES, f"?{NO}")))

    assert view.asking.who.text() == "于海"
    assert view.asking.why.text() == "方框里有笔迹，但很淡，或者只有一点。"
    assert view.asking.suggestion.text() == "读票建议：不满意，按空格采用"
    assert view.asking.strip.ring == 2
    said = view.asking.strip.spoken_value()
    assert said.startswith("于海，方框里有笔迹，但很淡，或者只有一点。，读票建议：不满意")
    assert [b.text() for b in view.asking.buttons][:2] == ["1  满意", "2  基本满意"]
    view.asking.buttons[-1].click()
    assert answers(office, run_id) == [(YES, VOID)]


def test_two_ticks_are_judged_before_the_suggestion_is_seen(office, run_id, view):
    double = papers_back.page(office, YES, f"?{NO}", doubt="double")
    papers_back.read_in(office, run_id, double)

    assert view.asking.strip.ring is None
    assert view.asking.suggestion.text() == "先由人认定，再显示读票建议"
    press(view, Key.Key_Space)
    assert answers(office, run_id) == [("", YES)] or answers(office, run_id) == [(YES, "")]
    press(view, Key.Key_2, Key.Key_Backspace)

    assert view.asking.row.question.name == "于海"
    assert answers(office, run_id) == [(YES, "")]


def test_backspace_goes_back_and_withdraws_what_was_said(office, run_id, view):
    read(office, run_id, view, ("a", (f"?{YES}", f"?{YES}")))
    press(view, Key.Key_1)
    assert view.asking.who.text() == "于海"

    press(view, Key.Key_Backspace)

    assert view.asking.who.text() == "丁海"
    assert answers(office, run_id) == [("", "")]
    press(view, Key.Key_Backspace)
    press(view, Key.Key_3, Key.Key_1)
    assert answers(office, run_id) == [(NO, YES)]


def test_rows_of_one_reason_come_together(office, run_id, view):
    papers_back.read_in(
        office,
        run_id,
        papers_back.page(office, f"?{YES}", f"?{YES}", doubt="circled"),
        papers_back.page(office, f"?{YES}", YES, doubt="double", digest="b"),
        papers_back.page(office, YES, f"?{YES}", doubt="circled", digest="c"),
    )

    seen = []
    for _ in range(4):
        seen.append((view.asking.why.text(), view.progress.text()[-8:]))
        press(view, Key.Key_1)

    assert [why for why, _ in seen] == ["画的是圈，没有在方框里打勾。"] * 3 + ["选了不止一项。"]
    assert seen[0][1] == "因的还有 2 行"


def test_a_whole_page_is_made_void_with_a_reason(office, run_id, view, monkeypatch):
    read(office, run_id, view, ("a", (f"?{YES}", f"?{NO}")))
    said = iter(["", "写了名字"])
    monkeypatch.setattr(QInputDialog, "exec", lambda _self: 1)
    monkeypatch.setattr(QInputDialog, "textValue", lambda _self: next(said))

    view.void.click()
    assert office.ask(scan_pages.pages, run_id)[0].state is PageState.READ
    view.void.click()

    [page] = office.ask(scan_pages.pages, run_id)
    assert (page.state, page.reason) == (PageState.VOID, "写了名字")
    assert not view.void.isEnabled()
    view.back.click()
    [page] = office.ask(scan_pages.pages, run_id)
    assert (page.state, page.reason) == (PageState.READ, "")
    assert view.asking.who.text() == "丁海"


@pytest.fixture
def named(monkeypatch):
    """Who says to be there, when asked; and what was asked."""
    said, asked = [], []
    monkeypatch.setattr(QInputDialog, "exec", lambda self: asked.append(self.labelText()) or 1)
    monkeypatch.setattr(QInputDialog, "textValue", lambda _self: said.pop(0))
    return said, asked


def test_two_people_decide_without_seeing_each_other(office, run_id, view, named):
    said, asked = named
    read(office, run_id, view, ("a", (f"?{YES}", f"?{NO}")))
    view.two_people.click()
    assert view.who.isVisible()
    assert view.who.currentText() == "计票人：张丽"
    assert "没有启用登录" in view.unsigned.text()
    assert view.unsigned.isVisible()
    press(view, Key.Key_1, Key.Key_3)
    assert view.asking.strip.spoken_value() == DONE

    said.append("李 四")
    choose(view, 1)
    assert asked == ["现在由谁作为监票人认定？请换本人来，写姓名。"]
    assert view.who.currentText() == "监票人：李四"
    assert view.progress.text().startswith("待确认的还有 2 行")
    press(view, Key.Key_1, Key.Key_2)
    choose(view, 2)

    assert view.asking.who.text() == "于海"
    assert view.asking.why.text().startswith("两人认定不一致。")
    assert answers(office, run_id) == [(YES, "")]
    press(view, Key.Key_2)
    assert answers(office, run_id) == [(YES, MOSTLY)]
    assert office.ask(scan_decisions.people, run_id) == {
        1: ("张丽",),
        2: ("李四",),
        3: ("张丽、李四",),
    }


def test_one_person_is_not_both_and_a_name_not_given_changes_nobody(
    office, run_id, view, named, shown_errors
):
    said, _ = named
    read(office, run_id, view, ("a", (f"?{YES}", f"?{NO}")))
    view.two_people.click()
    press(view, Key.Key_1, Key.Key_1)
    said += ["张丽", "", "乌兰", "乌兰"]

    choose(view, 1)
    assert shown_errors == ["计票人和监票人不能是同一个人。请另一人来写自己的姓名。"]
    assert view.who.currentText() == "计票人：张丽"
    choose(view, 1)
    assert view.look == 1
    choose(view, 1)
    press(view, Key.Key_1)
    assert office.ask(scan_decisions.people, run_id)[2] == ("乌兰",)
    choose(view, 0)
    assert shown_errors[1:] == ["计票人和监票人不能是同一个人。请另一人来写自己的姓名。"]


def test_who_looked_before_is_known_when_the_run_is_shown_again(office, desk, run_id, view, named):
    read(office, run_id, view, ("a", (f"?{YES}", f"?{NO}")))
    view.two_people.click()
    named[0].append("乌兰")
    choose(view, 1)
    press(view, Key.Key_1)

    view.show_run(None, ())
    papers_back.Told(desk, run_id, view).show()

    assert [view.who.itemText(n) for n in range(3)] == [
        "计票人：张丽",
        "监票人：乌兰",
        "两人一起（不一致的）",
    ]


def test_where_people_sign_in_nobody_is_asked_for_a_name(office, run_id, view, named):
    read(office, run_id, view, ("a", (f"?{YES}", f"?{NO}")))
    sign_in.turn_on(office, "张丽", "长一些的密码12")
    view.two_people.click()
    assert not view.unsigned.isVisible()
    assert view.who.currentText() == "计票人"

    choose(view, 1)
    press(view, Key.Key_2)

    assert named[1] == []
    assert office.ask(scan_decisions.people, run_id) == {2: ("张丽",)}


def choose(view, place):
    view.who.setCurrentIndex(place)
    view.who.activated.emit(place)


def test_two_people_cannot_be_asked_for_once_somebody_decided(office, run_id, view, shown_errors):
    read(office, run_id, view, ("a", (f"?{YES}", f"?{NO}")))
    press(view, Key.Key_1)

    view.two_people.click()

    assert shown_errors[0].startswith("已经有人认定过票面")
    assert not view.two_people.isChecked()


def test_another_version_of_the_reader_that_disagrees_is_named(office, run_id, view):
    from deputydesk.operations import scan_batches
    from deputydesk.operations.scan_batches import ReadAgain
    from deputydesk.operations.scan_pages import RowRead

    read(office, run_id, view, ("a", (YES, MOSTLY)))
    [page] = office.ask(scan_pages.pages, run_id)
    again = ReadAgain(page.id, (RowRead(YES), RowRead(NO)), page.quality)
    office.do(scan_batches.add_readings, run_id=run_id, reader="2-test", read=(again,))

    assert view.asking.why.text() == "另一版读票程序读作“不满意”。"


def test_a_row_that_is_booked_is_corrected_with_a_reason(office, run_id, view, monkeypatch):
    assert view.asking.strip.spoken_value() == NO_PAGES
    read(office, run_id, view, ("a", (YES, MOSTLY)))
    numbers = {"issued": 1, "returned": 1, "invalid": 0}
    office.do(scan_books.reconcile, run_id=run_id, **numbers)
    world.sampled(office, run_id)
    office.do(scan_books.book, run_id=run_id)
    assert view.asking.strip.spoken_value() == BOOKED
    [page] = office.ask(scan_pages.pages, run_id)
    said = iter(["", "看错了"])
    monkeypatch.setattr(QInputDialog, "exec", lambda _self: 1)
    monkeypatch.setattr(QInputDialog, "textValue", lambda _self: next(said))

    view.reopen((page.id, 1))
    press(view, Key.Key_3)
    assert answers(office, run_id) == [(YES, MOSTLY)]
    press(view, Key.Key_Backspace, Key.Key_3)

    assert answers(office, run_id) == [(YES, NO)]
    assert view.asking.strip.spoken_value() == BOOKED


def test_the_whole_page_is_asked_for_by_its_key(office, run_id, view, qtbot):
    read(office, run_id, view, ("a", (f"?{YES}", NO)))
    [page] = office.ask(scan_pages.pages, run_id)

    with qtbot.waitSignal(view.whole_wanted) as asked:
        press(view, Key.Key_Z)

    assert asked.args == [page.id]


def test_the_row_is_drawn_with_its_ring_and_neighbours_dimmed(office, run_id, view, qtbot):
    read(office, run_id, view, ("a", (f"?{YES}", YES)))
    picture = view.asking.strip.grab().toImage()

    colours = {picture.pixelColor(x, picture.height() // 2).name() for x in range(picture.width())}
    assert "#1d5ba6" in colours  # the ring
    assert "#fafafa" in colours  # the paper of the row
    below = {picture.pixelColor(x, picture.height() * 3 // 4).name() for x in range(200, 900)}
    assert "#fafafa" not in below


def test_a_doubt_of_another_version_of_the_program_is_asked_about_all_the_same(
    office, run_id, view
):
    page = papers_back.page(office, "?yes", MOSTLY, doubt="of_tomorrow")
    papers_back.read_in(office, run_id, page)

    assert view.asking.why.text() == "另一版程序有疑问，这一版说不出是什么，请照票面认定。"
