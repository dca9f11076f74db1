"""扫描读票: papers come back, from the scanner's file to the booked result, by keys."""

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QDialog, QInputDialog, QMessageBox

from deputydesk.models import ScanRun
from deputydesk.models.scan import RunState
from deputydesk.operations import (
    evaluations,
    scan_batches,
    scan_pages,
    scan_retention,
    scan_runs,
)
from deputydesk.ui.dialogs.scan_pairs import PairsDialog
from deputydesk.ui.dialogs.scan_sample import SampleDialog
from deputydesk.ui.dialogs.scan_whole import WholePage
from deputydesk.ui.key_letters import letters_of
from deputydesk.ui.pages.scan_runs import CLOSING, DOUBTS, GALLERY, READ_IN, ScanRunsPage
from deputydesk.ui.scan_reading_in import NOTHING
from tests.exchange import scanning, test_scan_named
from tests.operations import named_world
from tests.operations import scan_world as world
from tests.operations.scan_world import NO, YES
from tests.ui import hands, papers_back
from tests.ui.everywhere import settle

Key = Qt.Key


@pytest.fixture
def page(desk, qtbot):
    made = ScanRunsPage(desk)
    hands.show_page(made, desk, qtbot)
    return made


@pytest.fixture
def papers(office, tmp_path):
    """Ballots of four deputies, printed."""
    return scanning.papers(office, tmp_path)


@pytest.fixture
def answering(monkeypatch):
    """What the user types when asked for a line."""
    said = []
    monkeypatch.setattr(QInputDialog, "exec", lambda _self: 1)
    monkeypatch.setattr(QInputDialog, "textValue", lambda _self: said.pop(0))
    return said


def blank():
    return Image.new("L", (1240, 1754), 250)


def stack(papers, folder):
    """A scanner's file: two plain sheets, one of them twice, a double tick, an empty page."""
    first = scanning.ticked(papers.form, 0, 1, 0, 0)
    again = scanning.ticked(papers.form, 0, 1, 0, 0, seed=1)
    again.putpixel((3, 3), 0)
    other = scanning.ticked(papers.form, 1, 0, 2, 0, seed=3)
    doubtful = scanning.ticked(papers.form, 0, 2, 0, 0, twice=0, seed=2)
    return scanning.pdf(folder / "stack.pdf", first, blank(), other, doubtful, again)


def strip(page):
    view = page.reading_in
    return [view.strip.data(view.strip.index(n, 0)) for n in range(view.strip.rowCount())]


def test_the_whole_loop_from_the_scanner_to_the_booked_result(
    office, papers, tmp_path, page, shown_errors
):
    page.refresh()
    assert "试用：已读 0／100 张真票" in page._subtitle.text()

    page.reading_in.look_at([stack(papers, tmp_path)])
    settle()
    assert strip(page) == ["已读", "拒收", "已读", "待确认 1 项", "已读"]
    assert page.reading_in.about.text().startswith("stack.pdf 第 2 页：拒收\n\n这一页是空白的。")
    page.activateWindow()  # as a window manager does when that dialog has gone
    hands.shortcut(page, Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert page.reading_in.state.text() == "述职测评会 留下 4 页。接着到“待确认”。"
    assert page.chips.group.button(DOUBTS).text() == "待确认 1"

    page.go(DOUBTS)
    page.doubts.asking.setFocus()
    assert page.doubts.asking.why.text() == "选了不止一项。"
    hands.press(page.doubts.asking.strip, Key.Key_X)

    page.go(GALLERY)
    settle()
    assert page.gallery.model.rowCount() == 15

    page.go(CLOSING)
    solve(page, "很像")
    hands.shortcut(papers_back.opened(PairsDialog), Key.Key_S)
    for name, text in (("issued", "4"), ("returned", "3"), ("invalid", "0")):
        hands.write(page.closing.form.field(name).control, text)
    page.closing.save.click()
    solve(page, "抽查")
    key_in(office, page, papers_back.opened(SampleDialog))
    assert page.closing.problems.rows.rowCount() == 0
    page.closing.book.click()
    settle()
    assert shown_errors == []
    shown = [w.windowTitle() for w in QApplication.topLevelWidgets() if w.isVisible()]
    assert any("预览：读票" in title for title in shown)
    for dialog in [w for w in QApplication.topLevelWidgets() if isinstance(w, QDialog)]:
        dialog.hide()

    [run] = office.ask(scan_runs.rows)
    assert run.state is RunState.BOOKED
    found = office.ask(evaluations.entries, papers.evaluation)
    assert [entry.counts[YES] for entry in found] == [1, 1, 2, 3]
    assert found[0].void == 1
    assert office.check() == []


def solve(page, words):
    rows = page.closing.problems.rows.rows()
    page.closing.problems.selectRow(next(n for n, row in enumerate(rows) if words in row.said))
    hands.press(page.closing.problems, Key.Key_Return)
    settle()


def key_in(office, page, dialog):
    """Key in the sample as it was read."""
    run_id = office.ask(scan_runs.rows)[0].id
    truth = {(p.id, r.row): r for p in office.ask(scan_pages.pages, run_id) for r in p.rows}
    while dialog.asking.row is not None:
        row = truth[dialog.asking.row.page_id, dialog.asking.row.row]
        order = [option.id for option in row.question.options]
        key = Key.Key_X if row.answer == "void" else Key(Key.Key_1 + order.index(row.answer))
        hands.press(dialog.asking.strip, key)
    assert "不一致 0 行" in dialog.progress.text()
    dialog.reject()


def test_what_was_looked_at_can_be_let_go_and_known_pages_are_not_kept_twice(
    office, papers, tmp_path, page
):
    file = scanning.pdf(tmp_path / "a.pdf", scanning.ticked(papers.form, 0, 0, 0, 0))
    page.reading_in.look_at([file])
    settle()
    page.reading_in.drop.click()
    assert strip(page) == []
    assert page.reading_in.state.text() == NOTHING
    page.reading_in.look_at([file])
    settle()
    page.reading_in.keep.click()
    settle()

    page.reading_in.look_at([file])
    settle()

    assert strip(page) == ["读过了"]
    assert not page.reading_in.keep.isEnabled()
    assert "已经读入过，不再计一次" in page.reading_in.about.text()
    assert office.ask(scan_runs.rows)[0].pages == 1
    page.reading_in.drop.click()


def test_a_key_goes_from_one_refused_page_to_the_next(office, papers, tmp_path, page):
    view = page.reading_in
    assert not view.next_refused.isEnabled()
    good = [scanning.ticked(papers.form, n, 1, 0, 0, seed=n + 1) for n in range(2)]
    view.look_at([scanning.pdf(tmp_path / "a.pdf", good[0], blank(), good[1], blank())])
    settle()
    assert view.pages.currentIndex().row() == 1

    seen = []
    for _ in range(3):
        page.activateWindow()
        hands.shortcut(page, Key.Key_J, Qt.KeyboardModifier.ControlModifier)
        seen.append((view.pages.currentIndex().row(), view.about.text()[:14]))

    assert seen == [(n - 1, f"a.pdf 第 {n} 页：拒收") for n in (4, 2, 4)]
    assert view.pages.hasFocus()
    assert [letter for letter, part in letters_of(page).items() if part is view.next_refused]
    view.drop.click()
    assert not view.next_refused.isEnabled()


def test_of_papers_that_name_a_deputy_it_is_said_how_long_the_name_stays(office, tmp_path, page):
    form_id, _ = named_world.feedback(office)
    _, form = test_scan_named.printed(office, "feedback_form", form_id, tmp_path)
    sheet = test_scan_named.ticked(form, 0, 0, 0, 0, 0)
    page.reading_in.look_at([scanning.pdf(tmp_path / "a.pdf", sheet)])
    settle()

    assert page.reading_in.state.text().endswith(scan_retention.NAMES_STAY)
    page.reading_in.keep.click()
    settle()


def test_a_reading_in_can_be_taken_back(office, desk, papers, tmp_path, page, monkeypatch):
    run_id = office.ask(scan_runs.rows)[0].id
    papers_back.read_in(office, run_id, papers_back.page(office, YES, NO, YES, NO))
    page.refresh()
    page.reading_in.batches.selectRow(0)
    page.reading_in.remove.click()
    assert len(office.ask(scan_batches.rows, run_id)) == 1
    monkeypatch.setattr(QMessageBox, "clickedButton", lambda box: box.buttons()[0])

    page.reading_in.remove.click()

    assert office.ask(scan_batches.rows, run_id) == []


def test_files_dropped_on_the_window_are_read(papers, tmp_path, page):
    file = scanning.pdf(tmp_path / "a.pdf", blank())
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    none = Qt.KeyboardModifier.NoModifier
    entering = QDragEnterEvent(QPoint(5, 5), copy, data, left, none)

    QApplication.sendEvent(page.reading_in, entering)
    QApplication.sendEvent(page.reading_in, QDropEvent(QPointF(5, 5), copy, data, left, none))
    settle()

    assert entering.isAccepted()
    assert strip(page) == ["拒收"]
    page.reading_in.drop.click()


def test_the_stick_and_files_are_asked_for(papers, tmp_path, page, monkeypatch, shown_errors):
    page.reading_in.look.click()
    assert "还没有选择U盘" in shown_errors[0]
    scanning.pdf(tmp_path / "scans.pdf", blank())
    page.reading_in.place.set_folder(tmp_path)
    page.reading_in.look.click()
    settle()
    assert "拒收" in strip(page)
    from deputydesk.ui import messages

    monkeypatch.setattr(messages, "ask_files_to_open", lambda *_: [])
    page.reading_in.look_files.click()
    monkeypatch.setattr(messages, "ask_files_to_open", lambda *_: [tmp_path / "scans.pdf"])
    page.reading_in.look_files.click()
    settle()
    assert strip(page) == ["拒收"]
    page.reading_in.drop.click()


def test_a_box_of_the_gallery_is_asked_again(office, desk, page):
    run_id, _ = papers_back.run(office)
    papers_back.read_in(office, run_id, papers_back.page(office, YES, NO))
    page.refresh()
    page.go(GALLERY)
    settle()

    hands.press(page.gallery.list, Key.Key_Return)
    assert page.chips.chosen() == DOUBTS
    hands.press(page.doubts.asking.strip, Key.Key_3)

    [shown] = office.ask(scan_pages.pages, run_id)
    assert NO in {row.said.get(1) for row in shown.rows}


def test_the_part_that_is_chosen_takes_the_keys(office, page, qtbot):
    run_id, _ = papers_back.run(office)
    papers_back.read_in(office, run_id, papers_back.page(office, f"?{YES}", f"?{YES}"))
    page.refresh()
    chips = page.chips.group

    qtbot.mouseClick(chips.button(DOUBTS), Qt.MouseButton.LeftButton)
    assert page.doubts.asking.strip.hasFocus()
    hands.press(chips.button(READ_IN), Key.Key_Space)
    assert page.reading_in.look.hasFocus()
    chips.button(READ_IN).setFocus()
    hands.press(chips.button(READ_IN), Key.Key_Right)
    assert chips.button(DOUBTS).hasFocus()
    for key in (Key.Key_1, Key.Key_3):
        focused = QApplication.focusWidget()
        assert focused
        hands.press(focused, key)

    [shown] = office.ask(scan_pages.pages, run_id)
    assert [row.answer for row in shown.rows] == [YES, NO]
    hands.press(page.doubts.asking.strip, Key.Key_F24)
    page.go(CLOSING)
    assert page.closing.form.field("issued").control.hasFocus()


def test_a_whole_page_of_a_secret_run_is_seen_with_a_reason(office, page, answering, shown_errors):
    run_id, _ = papers_back.run(office)
    papers_back.read_in(office, run_id, papers_back.page(office, f"?{YES}", NO))
    page.refresh()
    page.go(DOUBTS)
    answering += ["", "看不清"]

    page.doubts.whole.click()
    page.doubts.whole.click()

    assert shown_errors == []
    dialog = papers_back.opened(WholePage)
    assert dialog.shown.pixmap().width() > 200
    dialog.reject()


def test_runs_are_chosen_and_opened_by_their_record(office, desk, page):
    run_id, _ = papers_back.run(office)
    first = office.ask(scan_runs.one, run_id)
    again = world.renamed(world.printed(first), code="AGAIN234", name="补测")
    newest = office.do(scan_runs.note, printed=again, blank=world.content(), copies=5)
    page.open_record(ScanRun, newest)
    assert page.at_hand() == (ScanRun, newest)

    page.runs.setCurrentIndex(1)
    page.runs.activated.emit(1)
    assert page.at_hand() == (ScanRun, run_id)
    page.open_record(ScanRun, newest)

    assert page.at_hand() == (ScanRun, newest)
    assert page.runs.currentText().startswith("补测（表号 AGAIN234")


def test_an_office_without_runs_says_how_one_comes_about(page):
    for part in (READ_IN, DOUBTS, GALLERY, CLOSING):
        page.go(part)
    page._choose_run(0)

    assert page.runs.currentText().startswith("还没有印过可以扫描的票")
    assert page.at_hand() is None
    assert not page.runs.isEnabled()
