"""A printed form in a window of its own: looked at, looked through, printed, saved, kept."""

import pytest
from PIL import Image
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from sqlalchemy import select

from deputydesk.errors import UserError
from deputydesk.exchange import attachments as files
from deputydesk.exchange.attachments import store_of
from deputydesk.models import Person
from deputydesk.operations import attachments, printouts
from deputydesk.reports import Options
from deputydesk.ui import pdf_panel, print_settings, tasks
from deputydesk.ui.dialogs.preview import PreviewDialog, preview_form, preview_kept
from deputydesk.ui.pdf_pages import PdfPages
from deputydesk.ui.pdf_view import Fit
from deputydesk.ui.print_settings import PrintSettings
from deputydesk.ui.printers import PrinterFacts
from tests import make
from tests.disks import read_only, small_disk
from tests.operations.case import Case
from tests.ui.fake_printers import DOTS, LASER, fake_printers, ink, setups
from tests.ui.hands import press, press_ctrl, shortcut, write

__all__ = ["fake_printers", "small_disk"]

CTRL = Qt.KeyboardModifier.ControlModifier
MM = DOTS / 25.4


def _preview(parent):
    return next((d for d in parent.findChildren(PreviewDialog) if d.isVisible()), None)


@pytest.fixture
def preview(desk, parent, qtbot):
    """Makes a form, waits for its window and returns the panel in it."""

    def made(form_id, **options):
        preview_form(parent, desk, form_id, Options(**options))
        qtbot.waitUntil(lambda: _preview(parent) is not None, timeout=20_000)
        dialog = _preview(parent)
        dialog.activateWindow()
        qtbot.waitUntil(dialog.isActiveWindow)
        return dialog.panel

    return made


@pytest.fixture
def reports(office, preview):
    """The reports of four deputies in one file, with bookmarks."""
    for name in ("代表甲", "代表乙", "代表丙", "代表丁"):
        make.deputy(office, name=name)
    return preview("duty_report")


@pytest.fixture
def setup(fake_printers):
    """Asks how to print, fills in what is given."""

    def asked(panel, **values):
        panel.print_file()
        [dialog] = setups(panel)
        for name, value in values.items():
            dialog.form.field(name).set_value(value)
        return dialog

    return asked


@pytest.fixture
def printed(setup, fake_printers, qtbot):
    """Prints and returns the paper."""

    def done(panel, **values):
        setup(panel, **values).save()
        qtbot.waitUntil(lambda: not tasks.is_running(), timeout=30_000)
        QApplication.processEvents()
        return PdfPages.read(fake_printers.out)

    return done


def lines(office):
    return office.ask(printouts.rows)


# ------------------------------------------------------------------ looking


def test_a_form_is_made_in_a_task_and_shown(office, parent, preview):
    Case.answered(office)

    panel = preview("suggestion_ledger", paper="A4")

    assert _preview(parent).windowTitle().startswith("预览：建议办理台账")
    assert panel.view.page() == 1
    assert panel.print.isEnabled()


def test_nothing_of_a_preview_stays_on_the_disk(desk, preview):
    preview("reception_form")

    assert list((desk.folder / "preview").iterdir()) == []


def test_a_form_that_cannot_be_made_says_why(desk, parent, qtbot, shown_errors):
    preview_form(parent, desk, "ballot_result")
    qtbot.waitUntil(lambda: not tasks.is_running(), timeout=20_000)
    QApplication.processEvents()

    assert "还没有述职测评" in shown_errors[0]
    assert _preview(parent) is None


def test_a_photo_that_is_gone_leaves_its_frame_and_a_damaged_one_is_named(
    office, desk, parent, preview, tmp_path, qtbot, shown_errors
):
    picture = tmp_path / "照片.png"
    Image.new("RGB", (300, 400), "#335577").save(picture)
    make.deputy(office, name="王伟")
    [person] = office.ask(_people)
    files.set_photo(office, person, picture)
    [photo] = office.ask(attachments.photos).values()
    kept = store_of(office).path(photo.digest)

    kept.write_bytes(b"nothing of a picture")
    preview_form(parent, desk, "duty_file")
    qtbot.waitUntil(lambda: bool(shown_errors), timeout=20_000)
    assert "照片文件已损坏" in shown_errors[0]
    assert _preview(parent) is None

    kept.unlink()
    assert len(preview("duty_file")._pages) > 1


def test_one_page_needs_no_small_pictures(preview):
    panel = preview("reception_form")

    assert not panel.side.isVisible()
    panel._sides.click()
    assert panel.side.isVisible()


def test_small_pictures_lead_to_their_pages_and_follow(reports, qtbot):
    pictures = reports.side.pictures
    count = len(reports._pages)
    assert reports.side.isVisible()
    assert pictures.count() == count > 4
    qtbot.waitUntil(lambda: not pictures.item(0).icon().isNull())
    assert pictures.item(count - 1).icon().isNull(), "only what is in sight was drawn"

    pictures.setCurrentRow(2)
    assert reports.view.page() == 3
    reports.view.go_to(2)
    assert pictures.currentRow() == 1
    pictures.scrollToBottom()
    qtbot.waitUntil(lambda: not pictures.item(count - 1).icon().isNull())


def test_bookmarks_lead_to_the_deputies(reports):
    side = reports.side
    side.chips.group.button(1).setChecked(True)
    names = [side.outline.item(n).text() for n in range(side.outline.count())]
    assert len(names) == 4
    assert side.outline.isVisible()

    side.outline.setCurrentRow(3)

    assert names[3].strip()[:3] in reports._pages.text(reports.view.page() - 1).replace("　", "")
    reports.view.go_to(1)
    assert side.outline.currentRow() == 0

    reports.view.go_to(2)
    assert side.outline.currentRow() == 0
    place = side.outline.visualItemRect(side.outline.item(0)).center()
    QTest.mouseClick(side.outline.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert reports.view.page() == 1


def test_the_first_bookmark_is_marked_from_the_beginning(reports):
    assert reports.side.outline.currentRow() == 0


def test_the_bookmarks_keep_their_width_when_letters_grow(reports, qapp):
    reports.side.chips.group.button(1).setChecked(True)
    wide = reports.side.width()

    QApplication.sendEvent(reports.side, QEvent(QEvent.Type.StyleChange))

    assert reports.side.width() == wide


def test_a_file_without_bookmarks_offers_none(preview):
    assert not preview("reception_form").side.chips.isVisible()


def test_zoom_and_paging_by_keyboard(reports):
    view = reports.view
    fitted = view.zoom()

    press(view, Qt.Key.Key_End)
    assert view.page() == len(reports._pages)
    press(view, Qt.Key.Key_Plus)
    assert view.zoom() > fitted
    press_ctrl(view, Qt.Key.Key_Minus)
    press_ctrl(view, Qt.Key.Key_Minus)
    assert view.zoom() < fitted
    press(view, Qt.Key.Key_1)
    assert view.zoom() == 100
    press(view, Qt.Key.Key_2)
    assert view.fit is Fit.PAGE
    assert view._paper(0).height() <= view.viewport().height()
    press(view, Qt.Key.Key_0)
    assert (view.zoom(), view.fit) == (fitted, Fit.WIDTH)
    press(view, Qt.Key.Key_Home)
    assert view.page() == 1
    reports._forward.click()
    assert view.page() == 2
    reports._back.click()
    assert view.page() == 1
    assert not view.grab().isNull()


def test_ctrl_and_the_wheel_zoom_and_the_place_is_kept(reports):
    view = reports.view
    view.go_to(4)
    before = view.zoom()

    QApplication.sendEvent(view.viewport(), _wheel(120, CTRL))
    assert view.zoom() > before
    assert view.page() in (4, 5)
    QApplication.sendEvent(view.viewport(), _wheel(-120, CTRL))
    assert view.zoom() == pytest.approx(before, abs=1)
    at = view.verticalScrollBar().value()
    QApplication.sendEvent(view.viewport(), _wheel(-120))
    assert view.verticalScrollBar().value() > at


def test_a_narrow_window_has_its_buttons_on_two_lines(preview, parent):
    panel = preview("reception_form")
    _preview(parent).resize(700, 600)
    QApplication.processEvents()
    assert panel.print.y() > panel._find.y() + 10

    _preview(parent).resize(1000, 600)
    QApplication.processEvents()
    assert abs(panel.print.y() - panel._find.y()) < 10


def test_a_larger_window_keeps_the_page(reports, parent):
    reports.view.go_to(4)

    _preview(parent).resize(700, 500)
    QApplication.processEvents()

    assert reports.view.page() in (3, 4)


# ------------------------------------------------------------------ finding


def test_words_are_found_marked_and_stepped_through(reports, qtbot):
    press_ctrl(reports.view, Qt.Key.Key_F)
    assert reports.find_bar.edit.hasFocus()

    write(reports.find_bar.edit, "履职报告")
    qtbot.waitUntil(lambda: not reports.find_bar._timer.isActive())

    hits = reports.find_bar.hits
    assert [hit.page for hit in hits] == sorted(hit.page for hit in hits)
    assert len({hit.page for hit in hits}) >= 4
    assert reports.find_bar.said.text() == f"第 1 处，共 {len(hits)} 处"
    plain = reports.view.grab().toImage()
    press(reports.find_bar.edit, Qt.Key.Key_Return)
    assert reports.find_bar.said.text().startswith("第 2 处")
    press(reports.find_bar.edit, Qt.Key.Key_F3)
    assert reports.find_bar.said.text().startswith("第 3 处")
    press(reports.find_bar.edit, Qt.Key.Key_F3, Qt.KeyboardModifier.ShiftModifier)
    reports.find_bar._back.click()
    assert reports.find_bar.said.text().startswith("第 1 处")
    reports.find_bar._back.click()
    assert reports.find_bar.said.text() == f"第 {len(hits)} 处，共 {len(hits)} 处"
    reports.find_bar._forward.click()
    reports.find_bar.close_bar()
    assert reports.view.grab().toImage() != plain
    assert reports.view.hasFocus()
    reports.find_bar.step(1)
    qtbot.waitUntil(lambda: not reports.find_bar._timer.isActive())
    assert reports.find_bar.said.text().startswith("第 1 处")


def test_words_are_found_over_the_end_of_a_line_and_spaced_letters(office, preview, qtbot):
    panel = preview("test_page")
    panel.find_bar.open_bar()

    for words in ("看见的最小的数字", "１００毫米", "dd1:test"):
        panel.find_bar.edit.setText(words)
        qtbot.waitUntil(lambda: not panel.find_bar._timer.isActive())
        assert panel.find_bar.hits, words

    boxes = [box for hit in panel.find_bar.hits for box in hit.boxes]
    assert all(box.width() > 5 and 0 < box.top() < 842 for box in boxes)


def test_what_is_not_there_is_said(reports, qtbot):
    press(reports.view, Qt.Key.Key_F3)
    assert reports.find_bar.isVisible()

    write(reports.find_bar.edit, "没有这个词")
    qtbot.waitUntil(lambda: not reports.find_bar._timer.isActive())

    assert reports.find_bar.said.text() == "没有找到"
    assert not reports.find_bar._forward.isEnabled()
    reports.find_bar.step(1)
    press(reports.find_bar.edit, Qt.Key.Key_Escape)
    assert not reports.find_bar.isVisible()
    assert reports.window().isVisible()


def test_the_search_goes_on_from_the_page_in_sight(reports, qtbot):
    reports.view.go_to(4)
    reports.find_bar.open_bar()

    write(reports.find_bar.edit, "履职")
    qtbot.waitUntil(lambda: not reports.find_bar._timer.isActive())

    at = reports.find_bar._search.at
    assert reports.find_bar.hits[at].page == 4
    assert reports.view.page() in (4, 5), "the words stand in the middle of the window"
    reports.find_bar.close_bar()
    reports.find_bar.open_bar()
    assert reports.find_bar.hits, "the words are looked for again"


def test_after_the_last_page_the_search_begins_anew(reports, qtbot):
    reports.view.go_to(len(reports._pages))
    reports.find_bar.open_bar()

    write(reports.find_bar.edit, "履职")
    qtbot.waitUntil(lambda: not reports.find_bar._timer.isActive())

    assert reports.find_bar._search.at == 0
    assert reports.view.page() == 1


# ------------------------------------------------------------------ printing


def test_pages_are_printed_at_their_true_size_and_only_those_wanted(reports, printed):
    paper = printed(reports, pages="2-3")

    assert len(paper) == 2
    assert paper.size(0).toSize() == reports._pages.size(1).toSize()
    assert ink(paper.image(0, 30)) == pytest.approx(ink(reports._pages.image(1, 30)), abs=4)


def test_a_hundred_millimetres_are_a_hundred_on_paper(preview, printed):
    paper = printed(preview("test_page"))

    image = paper.image(0, DOTS)
    marks = _dark_across(image, 11)
    assert (marks[0], marks[-1]) == pytest.approx((10, 200), abs=0.2)
    square = [x for x in _dark_across(image, 132) if 27 < x < 129]
    assert square[0] == pytest.approx(28, abs=0.2)
    assert square[-1] - square[0] == pytest.approx(100, abs=0.3)
    down = [y / MM for y in range(image.height()) if _is_dark(image, 11 * MM, y)]
    assert (down[0], down[-1]) == pytest.approx((10, 287), abs=0.2)


def test_a_wide_sheet_is_printed_lying_or_shrunk_to_a4(office, preview, printed):
    Case.answered(office)
    panel = preview("suggestion_ledger", paper="A3")

    paper = printed(panel)
    assert paper.size(0).width() == pytest.approx(panel._pages.size(0).width(), abs=1)
    shrunk = printed(panel, scale="a4")
    assert (shrunk.size(0).width(), shrunk.size(0).height()) == pytest.approx((842, 595), abs=1)
    left, top, right, bottom = ink(shrunk.image(0, 72))
    assert left > 12
    assert top > 12
    assert right < 842 - 12
    assert bottom < 595 - 12


def test_paper_is_moved_as_the_test_page_showed(preview, printed, setup):
    panel = preview("test_page")

    image = printed(panel, right=2.5, down=-1).image(0, DOTS)

    marks = _dark_across(image, 10)
    assert (marks[0], marks[-1]) == pytest.approx((12.5, 202.5), abs=0.2)
    assert setup(panel).form.values()["right"] == 2.5


@pytest.mark.parametrize(
    ("typed", "mm"), [("", 0.0), ("１．５", 1.5), ("-0.8", -0.8), ("−2", -2.0), ("3。25", 3.2)]
)
def test_millimetres_are_typed_in_any_habit(typed, mm, preview, setup):
    dialog = setup(preview("reception_form"))

    dialog.form.field("right").control.setText(typed)

    assert dialog.form.field("right").value() == mm


@pytest.mark.parametrize("typed", ["很多", "21", "nan", "-30"])
def test_a_move_that_cannot_be_is_refused(typed, preview, setup):
    dialog = setup(preview("reception_form"))
    dialog.form.field("right").control.setText(typed)

    with pytest.raises(UserError, match="毫米"):
        dialog.form.field("right").value()


def test_what_is_no_larger_than_a4_is_never_enlarged(preview, printed):
    panel = preview("reception_form")

    as_it_is = printed(panel).image(0, 40)

    assert printed(panel, scale="a4").image(0, 40) == as_it_is


def test_copies_are_whole_and_begin_on_a_front_side(preview, printed):
    panel = preview("reception_form")

    assert len(printed(panel, copies=3)) == 3
    both = printed(panel, copies=2, sides="long")

    assert [bool(both.text(n).strip() or _has_ink(both, n)) for n in range(len(both))] == [
        True,
        False,
        True,
        False,
    ]
    assert panel._sent.job.sides == "long"


def test_grey_paper_has_no_colour(preview, printed):
    panel = preview("test_page")
    coloured = printed(panel).image(0, 40)
    grey = printed(panel, is_grey=True).image(0, 40)

    assert _colours(coloured)
    assert not _colours(grey)


def test_how_a_form_was_printed_is_known_next_time(desk, preview, printed, setup):
    panel = preview("reception_form")
    printed(panel, printer=LASER, sides="short", is_grey=True, copies=2)

    again = setup(panel).form.values()

    assert again["sides"] == "short"
    assert again["is_grey"]
    assert (again["copies"], again["pages"]) == (1, "")
    assert print_settings.load(desk.folder, "ballot") == PrintSettings()


def test_each_printer_moves_the_paper_by_its_own_millimetres(
    preview, printed, setup, fake_printers
):
    fake_printers.facts.append(PrinterFacts("财务室"))
    panel = preview("reception_form")
    printed(panel, printer=LASER, right=1.5, down=-0.5)
    dialog = setup(panel)
    printer, right = dialog.form.field("printer"), dialog.form.field("right")
    assert right.value() == 1.5

    printer.set_value("财务室")
    printer.edited.emit()
    other = right.value()
    printer.set_value(LASER)
    printer.edited.emit()

    assert other == 0
    assert (right.value(), dialog.form.field("down").value()) == (1.5, -0.5)


def test_settings_that_are_damaged_or_cannot_be_kept_cost_nothing(desk):
    file = desk.folder / "printing.json"
    desk.folder.mkdir(exist_ok=True)
    for damaged in ("[]", "{", '{"ballot": 3}', '{"ballot": {"sides": 7, "moves": {"x": [1]}}}'):
        file.write_text(damaged, encoding="utf-8")
        assert print_settings.load(desk.folder, "ballot") == PrintSettings()
        assert print_settings.moved(desk.folder, "ballot", LASER) == (0, 0)
    (desk.folder / "printing.json.part").mkdir()
    print_settings.save(desk.folder, "ballot", PrintSettings(sides="long"))
    assert print_settings.load(desk.folder, "ballot") == PrintSettings()


def test_the_printer_in_hand_says_what_it_cannot(preview, setup, fake_printers):
    fake_printers.facts.append(PrinterFacts("黑白", can_colour=False))
    dialog = setup(preview("reception_form"))
    field = dialog.form.field("printer")
    assert "实际大小" in dialog.form._said.text()

    field.set_value("针式")
    field.edited.emit()
    assert dialog.form._said.text() == "这台打印机不能自动双面打印。"
    field.set_value("黑白")
    field.edited.emit()
    assert dialog.form._said.text() == "这台打印机只印黑白。"


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"pages": "7-9"}, "没有第7页，这份文件共1页"),
        ({"copies": 0}, "份数在1和999之间"),
        ({"printer": "针式", "sides": "long"}, "不能自动双面"),
    ],
)
def test_what_cannot_be_printed_is_said_before_anything_is(
    values, sentence, office, preview, setup, fake_printers
):
    dialog = setup(preview("reception_form"), **values)

    with pytest.raises(UserError, match=sentence):
        dialog.save()

    assert dialog.isVisible()
    assert not fake_printers.out.exists()
    assert lines(office) == []


def test_a_printer_that_is_gone_or_stopped_is_said_before_anything_is_printed(
    office, preview, setup, fake_printers
):
    dialog = setup(preview("reception_form"))
    fake_printers.facts[0] = PrinterFacts(LASER, is_stopped=True)

    with pytest.raises(UserError, match=f"“{LASER}”现在不能用"):
        dialog.save()

    assert PrinterFacts(LASER, is_stopped=True).text.endswith("（现在不能用）")
    assert not fake_printers.out.exists()
    assert lines(office) == []


def test_a_pc_without_a_printer_says_so(preview, fake_printers):
    panel = preview("reception_form")
    fake_printers.facts.clear()

    with pytest.raises(UserError, match="没有安装打印机"):
        panel.print_file()


@pytest.mark.qt_log_ignore("cannot open|QPainter", extend=True)
def test_a_printer_that_fails_while_printing_leaves_no_line(
    office, preview, setup, fake_printers, qtbot, shown_errors
):
    panel = preview("reception_form")
    fake_printers.out = fake_printers.out / "没有" / "纸.pdf"

    setup(panel).save()
    qtbot.waitUntil(lambda: bool(shown_errors), timeout=20_000)

    assert "现在不能用" in shown_errors[0]
    assert lines(office) == []


def test_the_test_page_is_one_button_away(parent, preview, setup, qtbot):
    panel = preview("reception_form")

    setup(panel).test.click()

    qtbot.waitUntil(lambda: len(parent.findChildren(PreviewDialog)) > 1, timeout=20_000)
    titles = [d.windowTitle() for d in parent.findChildren(PreviewDialog)]
    assert "预览：打印测试页" in titles
    assert setups(panel) == []


# ------------------------------------------------------------------ keeping


def test_what_was_printed_is_kept_as_it_was(office, desk, preview, printed):
    panel = preview("reception_form")
    said = []
    desk.said.connect(said.append)

    printed(panel, copies=2)

    [line] = lines(office)
    assert (line.name, line.went_to, line.copies) == ("人大代表接待选民登记表", LASER, 2)
    assert line.printed_by == office.user.name
    assert store_of(office).path(line.digest).read_bytes() == panel._pages.data
    assert said[-1] == f"已送往打印机“{LASER}”：人大代表接待选民登记表，1 页，2 份"


def test_the_same_paper_is_shown_again_though_the_records_have_changed(
    office, desk, parent, preview, printed
):
    panel = preview("test_page")
    printed(panel)
    data = panel._pages.data
    _preview(parent).close()
    [line] = lines(office)

    preview_kept(parent, desk, line)

    again = _preview(parent).panel
    assert again._pages.data == data
    assert not again.others.isVisible(), "another format would be of the records as they are now"
    printed(again)
    assert [row.digest for row in lines(office)] == [line.digest] * 2


def test_the_preview_is_saved_where_the_user_wants(office, preview, tmp_path, monkeypatch):
    panel = preview("reception_form")
    monkeypatch.setattr(pdf_panel, "ask_file_to_save", lambda *_: tmp_path / "登记表")

    panel.save.click()

    assert (tmp_path / "登记表.pdf").read_bytes() == panel._pages.data
    assert list(tmp_path.glob("*.part")) == []
    assert not panel._folder.isHidden()
    [line] = lines(office)
    assert line.is_file
    assert line.went_to == "文件"


def test_a_paper_is_saved_for_the_archives(office, preview, tmp_path, monkeypatch, qtbot):
    panel = preview("reception_form")
    monkeypatch.setattr(pdf_panel, "ask_file_to_save", lambda *_: tmp_path / "归档")

    panel.others.archival.trigger()
    qtbot.waitUntil(lambda: bool(lines(office)), timeout=20_000)

    data = (tmp_path / "归档.pdf").read_bytes()
    assert b"pdfaid:part" in data
    [line] = lines(office)
    assert store_of(office).path(line.digest).read_bytes() == data
    assert not panel.others.word.isVisible(), "nobody writes on in a form to fill in by hand"


def test_where_all_is_saved_for_the_archives_the_usual_way_of_saving_does_it(
    desk, office, preview, tmp_path, monkeypatch, qtbot
):
    desk.preferences.archival = True
    panel = preview("reception_form")
    monkeypatch.setattr(pdf_panel, "ask_file_to_save", lambda *_: tmp_path / "登记表")

    panel.save.click()
    qtbot.waitUntil(lambda: bool(lines(office)), timeout=20_000)

    data = (tmp_path / "登记表.pdf").read_bytes()
    assert b"pdfaid:part" in data
    assert store_of(office).path(lines(office)[0].digest).read_bytes() == data
    assert b"pdfaid:part" not in panel._pages.data, "what is printed stays as it was"


def test_where_all_is_saved_for_the_archives_so_is_a_file_for_each(
    desk, reports, tmp_path, monkeypatch, qtbot
):
    desk.preferences.archival = True
    monkeypatch.setattr(pdf_panel, "ask_folder", lambda *_: tmp_path)

    reports.others.each.trigger()
    qtbot.waitUntil(lambda: reports._saved is not None, timeout=30_000)

    files = list((tmp_path / "代表履职报告").iterdir())
    assert len(files) == 4
    assert all(b"pdfaid:part" in file.read_bytes() for file in files)


def test_a_letter_is_saved_for_word_and_no_copy_is_kept(
    office, preview, tmp_path, monkeypatch, qtbot
):
    reply = Case.answered(office).detail.replies[0].id
    panel = preview("reply_letter", record_id=reply)
    monkeypatch.setattr(pdf_panel, "ask_file_to_save", lambda *_: tmp_path / "答复函.docx")

    assert panel.others.word.isVisible()
    panel.others.word.trigger()
    qtbot.waitUntil(lambda: panel._saved is not None, timeout=20_000)

    assert (tmp_path / "答复函.docx").read_bytes().startswith(b"PK")
    assert lines(office) == []


def test_each_deputy_has_a_file(reports, tmp_path, monkeypatch, qtbot):
    monkeypatch.setattr(pdf_panel, "ask_folder", lambda *_: tmp_path)
    assert reports.others.each.isVisible()

    reports.others.each.trigger()
    qtbot.waitUntil(lambda: reports._saved is not None, timeout=30_000)

    assert {file.stem for file in (tmp_path / "代表履职报告").iterdir()} == {
        "代表甲",
        "代表乙",
        "代表丙",
        "代表丁",
    }


def test_other_formats_that_are_not_wanted_are_not_written(office, preview, monkeypatch):
    reply = Case.answered(office).detail.replies[0].id
    panel = preview("reply_letter", record_id=reply)
    monkeypatch.setattr(pdf_panel, "ask_file_to_save", lambda *_: None)

    monkeypatch.setattr(pdf_panel, "ask_folder", lambda *_: None)

    panel.others.archival.trigger()
    panel.others.word.trigger()
    panel.others.each.trigger()

    assert not tasks.is_running()


def test_nobody_is_told_of_a_file_that_was_not_saved(office, preview, monkeypatch):
    panel = preview("reception_form")
    monkeypatch.setattr(pdf_panel, "ask_file_to_save", lambda *_: None)

    panel.save.click()

    assert lines(office) == []


def test_a_full_disk_and_a_read_only_one_are_said_and_leave_nothing(
    office, preview, small_disk, monkeypatch, shown_errors
):
    panel = preview("reception_form")
    monkeypatch.setattr(pdf_panel, "ask_file_to_save", lambda *_: small_disk / "表.pdf")
    filler = small_disk / "voll"
    filler.write_bytes(b"x" * (3 << 20))

    panel.save.click()
    assert "表.pdf" in shown_errors[-1]
    filler.unlink()
    with read_only(small_disk):
        panel.save.click()

    assert len(shown_errors) == 2
    assert "表.pdf" in shown_errors[-1]
    assert list(small_disk.iterdir()) == []
    assert lines(office) == []


def test_a_copy_that_cannot_be_kept_is_said_after_the_paper_came_out(
    office, preview, printed, monkeypatch, shown_errors
):
    panel = preview("reception_form")

    def full(*_args, **_more):
        raise UserError("磁盘已满。", hint="请清理磁盘。")

    monkeypatch.setattr(pdf_panel.printouts, "keep", full)

    assert len(printed(panel)) == 1

    assert "已经送往打印机，但没有留下副本：磁盘已满。" in shown_errors[0]
    assert lines(office) == []


def test_keys_print_and_save_from_anywhere_in_the_window(
    preview, setup, fake_printers, tmp_path, monkeypatch
):
    panel = preview("reception_form")
    monkeypatch.setattr(pdf_panel, "ask_file_to_save", lambda *_: tmp_path / "a.pdf")

    shortcut(panel, Qt.Key.Key_S, CTRL)
    assert (tmp_path / "a.pdf").exists()
    shortcut(panel, Qt.Key.Key_P, CTRL)
    assert len(setups(panel)) == 1


def _people(session):
    return list(session.scalars(select(Person.id)))


def _wheel(by, modifier=Qt.KeyboardModifier.NoModifier):
    return QWheelEvent(
        QPointF(50, 50),
        QPointF(50, 50),
        QPoint(),
        QPoint(0, by),
        Qt.MouseButton.NoButton,
        modifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )


def _is_dark(image, x, y):
    return image.pixelColor(round(x), round(y)).lightness() < 90


def _dark_across(image, at):
    """Where ink lies on the line so many mm down, in mm from the left edge."""
    return [x / MM for x in range(image.width()) if _is_dark(image, x, at * MM)]


def _has_ink(pages, number):
    image = pages.image(number, 20)
    return any(
        image.pixelColor(x, y).lightness() < 200
        for x in range(image.width())
        for y in range(image.height())
    )


def _colours(image):
    return any(
        image.pixelColor(x, y).saturation() > 60 and image.pixelColor(x, y).lightness() < 200
        for x in range(image.width())
        for y in range(image.height())
    )
