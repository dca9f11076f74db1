"""The sample office: in a window of its own that says so, and away again whole."""

import pytest
from PySide6.QtCore import QProcess
from PySide6.QtWidgets import QLabel, QMainWindow

from deputydesk.errors import UserError
from deputydesk.exchange import demo_day
from deputydesk.ui import messages, sample_office, style
from deputydesk.ui.help_card import HelpCard
from deputydesk.ui.sample_office import SampleWindow
from deputydesk.ui.tour import Tour
from tests import make


@pytest.fixture
def started(monkeypatch):
    """What was started, without starting it."""
    found = []
    monkeypatch.setattr(
        QProcess, "startDetached", lambda program, arguments: (found.append(arguments), True)[::-1]
    )
    return found


@pytest.fixture
def confirmed(monkeypatch):
    asked = []
    monkeypatch.setattr(messages, "confirm", lambda *said, **_: asked.append(said) or True)
    return asked


class Frame(QMainWindow):
    """A window that takes the banner."""

    def set_sample(self, banner, title):
        self.setCentralWidget(banner)
        self.setWindowTitle(title)


@pytest.fixture
def frame(qtbot):
    made = Frame()
    qtbot.addWidget(made)
    made.show()
    return made


def _words(widget):
    return " ".join(label.text() for label in widget.findChildren(QLabel))


def test_its_window_says_so_in_title_and_banner(frame, office, tmp_path):
    sample = SampleWindow(frame, office.clock, tmp_path / "office" / "office.db")
    sample.banner.set_day(office.clock().date())

    assert frame.windowTitle() == "示范单位（虚构数据） - 代表履职工作台"
    assert "示范数据" in _words(frame)
    assert "不影响本单位" in _words(frame)
    assert "今天总是2026年11月23日" in _words(frame)


def test_its_colours_are_others(qapp):
    style.set_sample(is_on=True)
    style.apply(qapp, style.LIGHT, 1.0)
    sample = style.theme().accent
    style.set_sample(is_on=False)
    style.apply(qapp, style.LIGHT, 1.0)

    assert sample != style.theme().accent == style.LIGHT.accent


def test_the_way_back_closes_it_and_leaves_the_open_own_window_alone(
    frame, office, tmp_path, started
):
    sample = SampleWindow(frame, office.clock, tmp_path / "office" / "office.db")
    sample.banner.back.click()

    assert not frame.isVisible()
    assert started == []
    assert not sample.is_removed


def test_the_way_back_starts_the_own_office_if_it_is_not_open(frame, office, tmp_path, started):
    office.close()
    own = tmp_path / "office" / "office.db"
    sample = SampleWindow(frame, make.at(), own)
    sample.banner.back.click()

    assert [arguments[-2:] for arguments in started] == [["--data", str(own)]]
    assert sample.banner.back.accessibleName() == "回到本单位"


def test_without_an_own_office_the_way_back_is_to_register_it(frame, tmp_path, started):
    sample = SampleWindow(frame, make.at(), tmp_path / "office.db")
    sample.banner.back.click()

    assert sample.banner.back.accessibleName() == "登记本单位"
    assert len(started) == 1


def test_an_office_on_a_server_is_not_started_again(frame, started):
    SampleWindow(frame, make.at(), None).banner.back.click()

    assert started == []
    assert not frame.isVisible()


def test_taking_it_away_asks_closes_and_removes_the_folder(
    frame, office, tmp_path, started, confirmed
):
    folder = tmp_path / "demo"
    make.empty_office(folder).close()
    demo_day.mark(folder, "2026-11-23")
    sample = SampleWindow(frame, office.clock, tmp_path / "office" / "office.db")
    sample.banner.remove.click()
    is_closed = not frame.isVisible()
    sample.remove(folder)

    assert "本单位的数据不受影响" in confirmed[0][1]
    assert sample.is_removed
    assert is_closed
    assert not folder.exists()


def test_it_stays_if_the_user_would_rather_keep_it(frame, office, monkeypatch, started):
    monkeypatch.setattr(messages, "confirm", lambda *_, **__: False)
    sample = SampleWindow(frame, office.clock, None)
    sample.banner.remove.click()

    assert frame.isVisible()
    assert not sample.is_removed


def test_it_stays_if_its_window_does_not_close(frame, office, confirmed, started, monkeypatch):
    monkeypatch.setattr(frame, "close", lambda: False)
    sample = SampleWindow(frame, office.clock, None)
    sample.banner.remove.click()

    assert not sample.is_removed


def test_a_folder_in_use_is_said(frame, tmp_path, shown_errors):
    folder = tmp_path / "demo"
    opened = make.empty_office(folder)
    demo_day.mark(folder, "2026-11-23")
    SampleWindow(frame, make.at(), None).remove(folder)
    opened.close()

    assert shown_errors[0].startswith("示范单位正开着")
    assert folder.exists()


class TestInSettings:
    @pytest.fixture
    def card(self, qtbot, desk):
        made = HelpCard(desk)
        qtbot.addWidget(made)
        made.refresh()
        made.show()
        return made

    def test_it_opens_in_a_window_of_its_own(self, card, desk, started):
        said = []
        desk.said.connect(said.append)
        card.open_sample.click()

        own = str(desk.office.data.path)
        assert [arguments[-3:] for arguments in started] == [["--demo", "--own", own]]
        assert "另一个窗口" in said[0]

    def test_where_it_cannot_be_started_that_is_said(self, card, monkeypatch, shown_errors):
        monkeypatch.setattr(QProcess, "startDetached", lambda *_: (False, 0))
        with pytest.raises(UserError, match="没有打开成功"):
            sample_office.start_program("--demo")

    def test_it_is_taken_away_from_here_too(self, card, desk, confirmed):
        folder = desk.folder / "demo"
        make.empty_office(folder).close()
        demo_day.mark(folder, "2026-11-23")
        assert not card.remove_sample.isEnabled()
        card.refresh()
        assert card.remove_sample.isEnabled()

        card.remove_sample.click()

        assert not folder.exists()
        assert not card.remove_sample.isEnabled()

    def test_who_would_rather_keep_it_keeps_it(self, card, desk, monkeypatch):
        monkeypatch.setattr(messages, "confirm", lambda *_, **__: False)
        folder = desk.folder / "demo"
        folder.mkdir(parents=True)
        demo_day.mark(folder, "2026-11-23")
        card.refresh()
        card.remove_sample.click()

        assert folder.exists()

    def test_the_sample_office_itself_offers_none(self, qtbot, desk):
        desk.is_sample = True
        card = HelpCard(desk)
        qtbot.addWidget(card)
        card.refresh()
        card.show()

        assert not card.open_sample.isVisible()

    def test_manual_and_tour_are_opened_from_here(self, qtbot, desk):
        from deputydesk.ui.dialogs.manual import Manual
        from deputydesk.ui.main_window import MainWindow

        window = MainWindow(desk)
        qtbot.addWidget(window)
        window.show()
        page = window.go("settings")
        assert page
        [card] = page.findChildren(HelpCard)
        card.tour.click()
        [tour] = window.findChildren(Tour)
        tour.end()
        card.manual.click()
        [manual] = window.findChildren(Manual)
        manual.close()

        assert manual.text.toPlainText().startswith("开始使用")
