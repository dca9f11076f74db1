"""The window: pages in a frame."""

import re
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox

from deputydesk.models import Home, Visit
from deputydesk.models.choices import OfficeKind
from deputydesk.office import User
from deputydesk.operations import assembly_members, places, visits
from deputydesk.operations.places import HomeRow
from deputydesk.ui import pages, style, tasks
from deputydesk.ui.desk import Desk
from deputydesk.ui.dialogs import record_papers
from deputydesk.ui.last_look import LastLook
from deputydesk.ui.main_window import MainWindow
from deputydesk.ui.page import Page
from deputydesk.ui.pages import PAGES, PageSpec
from deputydesk.ui.preferences import Preferences
from deputydesk.ui.restyling import restyle
from deputydesk.ui.table import Column, RowsTable
from deputydesk.ui.tasks import run_task
from tests import make
from tests.ui import hands


class HomesPage(Page):
    """Homes, for the tests of the frame."""

    title = "代表之家"
    shows = frozenset({Home})
    finds = True

    def __init__(self, desk):
        super().__init__(desk)
        self.reads = 0
        self.found = []
        self.opened = []
        self.table = RowsTable((Column[HomeRow]("名称", lambda r: r.name, 0),), name="代表之家")
        self.body.addWidget(self.table)

    def refresh(self):
        self.reads += 1
        self.table.set_rows(self.desk.ask(places.homes, self.desk.today.year))

    def find(self, text):
        self.found.append(text)

    def open_record(self, model, record_id):
        self.opened.append((model, record_id))


class VisitsPage(HomesPage):
    title = "进家登记"
    shows = frozenset({Visit})
    finds = False
    started = 0

    def refresh(self):
        self.reads += 1

    def start_new(self):
        self.started += 1


class FirstPage(Page):
    title = "工作台"

    def __init__(self, desk):
        super().__init__(desk)
        self.told = {}
        self.body.addWidget(QLabel("今天"))

    def refresh(self):
        self.told = {"day": str(self.desk.today)}

    def concerns(self, kinds):
        return True

    def remember(self):
        return self.told

    def recall(self, remembered):
        self.told = remembered


class Spec(PageSpec):
    def make(self, desk):
        return {"today": FirstPage, "visits": VisitsPage, "homes": HomesPage}[self.name](desk)


CTRL = Qt.KeyboardModifier.ControlModifier
SPECS = (
    Spec("today", "", "工作台", "layout-dashboard", "F2"),
    Spec("visits", "", "进家登记", "clipboard-pen", "F3", "登记", ("visit",)),
    Spec("homes", "", "代表之家", "map-pinned", "F5", "登记", ("home",)),
)


@pytest.fixture
def window(qtbot, desk):
    made = MainWindow(desk, SPECS)
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    with qtbot.waitActive(made):
        made.activateWindow()
    return made


def test_it_says_whose_desk_it_is_and_who_works_there(window):
    assert window.organ == "五当召镇人大主席团"
    assert window._status._operator.text() == "操作员 张丽"


def test_keys_open_pages(window, qtbot):
    hands.shortcut(window, Qt.Key.Key_F5)

    assert window.page.title == "代表之家"
    assert [row.name for row in window.page.table.rows.rows()] == []


def test_a_page_is_read_again_when_its_records_changed(window, desk, office):
    window.go("homes")
    before = window.page.reads
    make.home(office, name="新的代表之家")

    assert window.page.reads == before + 1
    assert [row.name for row in window.page.table.rows.rows()] == ["新的代表之家"]


def test_a_page_out_of_sight_is_read_when_it_is_shown(window, office):
    homes = window.go("homes")
    window.go("visits")
    before = homes.reads
    make.home(office)
    meanwhile = homes.reads
    window.go("homes")

    assert meanwhile == before
    assert homes.reads == before + 1


def test_ctrl_p_prints_the_record_in_hand_where_the_page_prints_nothing(window, monkeypatch):
    asked = []
    monkeypatch.setattr(
        record_papers, "print_record", lambda page, desk, *hand: asked.append(hand) or True
    )
    homes = window.go("homes")
    monkeypatch.setattr(homes, "at_hand", lambda: (Home, "T1-1"))

    hands.shortcut(window, Qt.Key.Key_P, CTRL)

    assert asked == [(Home, "T1-1")]
    assert window.page is homes


def test_ctrl_p_without_a_form_for_the_record_opens_the_forms(qtbot, desk, monkeypatch):
    monkeypatch.setattr(record_papers, "print_record", lambda *_: False)
    forms = Spec("printing", "", "报表打印", "printer", "F8", "输出")
    monkeypatch.setattr(forms.__class__, "make", lambda spec, desk: HomesPage(desk))
    window = MainWindow(desk, (Spec("homes", "", "代表之家", "map-pinned", "F5"), forms))
    qtbot.addWidget(window)
    window.show()
    with qtbot.waitActive(window):
        window.activateWindow()
    monkeypatch.setattr(window.page, "at_hand", lambda: (Home, "T1-1"))

    hands.shortcut(window, Qt.Key.Key_P, CTRL)

    assert window._at == "printing"


def test_other_records_do_not_trouble_a_page(window, office):
    homes = window.go("homes")
    before = homes.reads
    make.unit(office)

    assert homes.reads == before


def test_ctrl_n_begins_a_visit_from_any_page(window):
    window.go("homes")
    hands.shortcut(window, Qt.Key.Key_N, CTRL)

    assert window.page.title == "进家登记"
    assert window.page.started == 1


def test_ctrl_n_begins_a_record_of_the_page_and_the_button_always_a_visit(window, monkeypatch):
    begun = []
    monkeypatch.setattr(HomesPage, "starts_new", True)
    monkeypatch.setattr(HomesPage, "start_new", lambda page: begun.append(page.title))
    window.go("homes")
    hands.shortcut(window, Qt.Key.Key_N, CTRL)

    assert (window.page.title, begun) == ("代表之家", ["代表之家"])
    window._top.new.click()
    assert window.page.title == "进家登记"
    assert window.page.started == 1


def test_undo_names_what_it_takes_back_and_takes_it_back(window, desk, office):
    home = make.home(office, name="五当召镇代表之家")
    make.visit(office, home, make.deputy(office))
    named = window._top.undo.toolTip()
    hands.shortcut(window, Qt.Key.Key_Z, CTRL)

    assert named.startswith("撤销：登记进家接待")
    assert named.endswith("（Ctrl+Z）")
    assert desk.ask(visits.rows) == []
    assert window._top.redo.toolTip().startswith("重做：登记进家接待")
    hands.shortcut(window, Qt.Key.Key_Y, CTRL)
    assert len(desk.ask(visits.rows)) == 1


def test_undoing_goes_on_to_the_action_before(window, desk, office):
    make.home(office, name="甲代表之家")
    make.home(office, name="乙代表之家")
    hands.shortcut(window, Qt.Key.Key_Z, CTRL)
    hands.shortcut(window, Qt.Key.Key_Z, CTRL)

    assert desk.ask(places.homes, 2026) == []


def test_where_the_newest_cannot_be_undone_it_is_said_why_and_an_older_one_offered(
    window, desk, office, shown_errors, monkeypatch
):
    make.home(office, name="甲代表之家")
    used = make.home(office, name="乙代表之家")
    office.user = User("李强")
    make.visit(office, used, make.deputy(office))
    office.user = User("张丽")
    hands.shortcut(window, Qt.Key.Key_Z, CTRL)
    left = [home.name for home in desk.ask(places.homes, 2026)]
    monkeypatch.setattr(QMessageBox, "clickedButton", _older)

    hands.shortcut(window, Qt.Key.Key_Z, CTRL)

    assert len(left) == 2
    assert "用到了它" in shown_errors[0]
    assert "也可以撤销更早的一步：新建代表之家（甲代表之家）" in shown_errors[0]
    assert [home.name for home in desk.ask(places.homes, 2026)] == ["乙代表之家"]
    hands.shortcut(window, Qt.Key.Key_Z, CTRL)
    assert "用到了它" in shown_errors[2]
    assert "更早的一步：填写单位信息" in shown_errors[2]


def _older(box):
    """The button of a box that takes an older step back."""
    return next(button for button in box.buttons() if button.text() == "撤销更早的一步")


def test_search_shows_hits_and_opens_one(window, desk, office, qtbot):
    home = make.home(office, name="五当召镇代表之家")
    hands.shortcut(window, Qt.Key.Key_F, CTRL)
    search = window._top.search
    hands.write(search, "五当召")
    qtbot.waitUntil(search.hits.isVisible)
    hands.press(search, Qt.Key.Key_Return)

    assert window.page.title == "代表之家"
    assert window.page.opened == [(Home, home)]
    assert search.text() == ""


def test_search_narrows_the_page_that_can(window, office, qtbot):
    make.home(office, name="五当召镇代表之家")
    window.go("homes")
    search = window._top.search
    hands.write(search, "五当召")
    qtbot.waitUntil(search.hits.isVisible)
    hands.press(search, Qt.Key.Key_PageDown)
    hands.press(search, Qt.Key.Key_Return)
    hands.press(search, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: window.page.found == ["五当召", ""])

    assert not search.hits.isVisible()


def test_search_says_when_there_is_nothing(window, qtbot):
    search = window._top.search
    hands.write(search, "没有这回事")
    qtbot.waitUntil(search.hits.isVisible)
    shown = search.hits.current().name
    hands.press(search, Qt.Key.Key_Return)

    assert shown == "没有找到"
    assert window.page.title == "工作台"


def test_nothing_is_searched_for_while_an_input_method_is_spelling(window, qtbot):
    from PySide6.QtGui import QInputMethodEvent

    search = window._top.search
    search.setFocus()
    wanted = []
    search.wanted.connect(wanted.append)
    QApplication.sendEvent(search, QInputMethodEvent("shui", []))
    qtbot.wait(200)

    assert wanted == []


def test_what_changed_in_a_task_is_told_when_it_has_ended(window, desk, office, qtbot):
    homes = window.go("homes")

    def work(progress):
        make.home(office, name="任务里新建的")
        return threading.current_thread() is threading.main_thread()

    done = []
    run_task(homes, "正在登记", work, done.append)
    qtbot.waitUntil(lambda: bool(done))

    assert done == [False]
    assert [row.name for row in homes.table.rows.rows()] == ["任务里新建的"]


def test_it_stays_while_a_task_runs(window, qtbot):
    go = threading.Event()

    def work(progress):
        while not go.wait(0.002):
            progress.step(0, 1)

    run_task(window.page, "正在打印", work, print)
    stayed = window.close() is False
    go.set()
    qtbot.waitUntil(lambda: not tasks.is_running())

    assert stayed
    assert "还有工作没有完成" in window._status._said.text()


def test_ctrl_wheel_changes_the_text_size_and_keeps_it(window, desk):
    def roll(by):
        event = QWheelEvent(
            QPointF(400, 400), QPointF(400, 400), QPoint(), QPoint(0, by),
            Qt.MouseButton.NoButton, Qt.KeyboardModifier.ControlModifier,
            Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(window, event)

    roll(120)
    larger = style.scale()
    kept = Preferences.load(desk.folder).scale
    for _ in range(3):
        roll(-120)

    assert (larger, kept) == (1.25, 1.25)
    assert style.scale() == 1.0


def test_colours_change_while_it_is_open(window, desk):
    before = window.grab().toImage()
    restyle(desk, theme="dark")
    after = window.grab().toImage()
    restyle(desk, theme="light")

    assert before.pixelColor(700, 700).lightness() > after.pixelColor(700, 700).lightness()
    assert Preferences.load(desk.folder).theme == "light"


def test_before_the_office_has_arrived_it_shows_what_it_showed_last(qtbot, office, tmp_path):
    desk = Desk(tmp_path, make.at(), Preferences())
    window = MainWindow(desk, SPECS, last=LastLook("五当召镇", page={"day": "yesterday"}))
    qtbot.addWidget(window)
    window.show()
    at_first = window.remember()
    window.go("homes")
    waiting = window._waiting.isVisible()
    desk.attach(office)

    assert at_first == {"day": "yesterday"}
    assert waiting
    assert window.page.title == "代表之家"
    assert window.remember() == {"day": "yesterday"}
    window.go("today")
    assert window.remember() == {"day": "2026-11-23"}


def test_the_navigation_names_at_once_what_it_named_last(qtbot, tmp_path):
    named = ("today", "assemblies")
    first = MainWindow(Desk(tmp_path, make.at(), Preferences()))
    again = MainWindow(Desk(tmp_path, make.at(), Preferences()), last=LastLook(named=named))
    qtbot.addWidget(first)
    qtbot.addWidget(again)

    assert set(again.named) - set(first.named) == {"assemblies"}


def test_every_control_has_a_name_and_can_be_reached_by_tab(window, qtbot):
    from PySide6.QtWidgets import QAbstractButton, QLineEdit, QTableView

    reached = set()
    for _ in range(60):
        hands.press(QApplication.focusWidget() or window, Qt.Key.Key_Tab)
        if QApplication.focusWidget() in reached:
            break
        reached.add(QApplication.focusWidget())
    wanted = [
        widget
        for kind in (QAbstractButton, QLineEdit, QTableView)
        for widget in window.findChildren(kind)
        if widget.isVisible()
        and widget.isEnabled()
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]

    assert [w for w in wanted if w not in reached] == []
    assert [w for w in wanted if not (w.accessibleName() or getattr(w, "text", str)())] == []


@pytest.mark.parametrize("spec", PAGES, ids=lambda spec: spec.name)
def test_every_page_of_the_program_opens_on_an_empty_office(qtbot, desk, spec):
    window = MainWindow(desk)
    qtbot.addWidget(window)
    window.resize(1366, 768)
    window.show()

    page = window.go(spec.name)
    page.grab()

    assert page.title == spec.title
    assert (window.width(), window.height()) == (1366, 768)


def test_every_page_of_the_program_is_named_once():
    names = [page.name for page in PAGES]
    keys = [page.key for page in PAGES]

    assert len(set(names)) == len(names)
    assert len(set(keys)) == len(keys)


def test_no_button_of_a_page_takes_the_key_of_a_page():
    """Qt would do neither."""
    taken = re.compile(r"""(?:set_key\(|key=)"([^"]+)\"""")
    used = {
        f"{path.name} {key}"
        for path in Path(pages.__file__).parent.parent.rglob("*.py")
        if path.parent.name != "dialogs"
        for key in taken.findall(path.read_text(encoding="utf-8"))
        if key in {page.key for page in PAGES}
    }

    assert used == set()


STREET = PageSpec(
    "assemblies",
    "AssembliesPage",
    "街道议事",
    "landmark",
    "Ctrl+F5",
    "登记",
    ("assembly", "assembly_member"),
    needed="assemblies",
)


def button_of(window, title):
    return next(b for b in window._nav._group.buttons() if b.accessibleName() == title)


def test_a_page_of_streets_is_named_only_where_there_is_something_to_do(qtbot, desk):
    made = MainWindow(desk, (*SPECS, STREET))
    qtbot.addWidget(made)
    made.show()
    assert button_of(made, "街道议事").isHidden()

    make.profile(desk.office, kind=OfficeKind.STREET, name="民馨街道")
    made._arrive()
    assert not button_of(made, "街道议事").isHidden()
    make.profile(desk.office, kind=OfficeKind.DISTRICT, name="石拐区")
    made._arrive()
    assert button_of(made, "街道议事").isHidden()
    desk.do(assembly_members.save, name="乌兰", street="民馨街道")
    assert not button_of(made, "街道议事").isHidden()


def test_a_page_that_is_not_named_opens_by_its_key_and_by_the_search(qtbot, desk):
    made = MainWindow(desk, (*SPECS, STREET))
    qtbot.addWidget(made)
    made.show()
    with qtbot.waitActive(made):
        made.activateWindow()

    hands.shortcut(made, Qt.Key.Key_F5, CTRL)
    assert made.page.title == "街道议事"
    assert not button_of(made, "街道议事").isHidden()
    made.go("today")
    made._top.search.setFocus()
    made._search("jdys")
    hit = made._top.search.hits.current()
    assert hit is not None
    assert hit.name == "打开“街道议事”页"
    made._open_hit(hit)
    assert made.page.title == "街道议事"
