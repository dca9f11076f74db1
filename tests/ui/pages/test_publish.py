"""The page of the public homes: checked, confirmed, written."""

import pytest
from PySide6.QtGui import QDesktopServices

from deputydesk.models import Mandate, Suggestion
from deputydesk.models.choices import Level
from deputydesk.operations import deputies, places, suggestions
from deputydesk.operations.public_rows import LineKind
from deputydesk.ui import messages, tasks
from deputydesk.ui.pages.publish import BEFORE, CHANGED, KINDS, PublishPage
from tests import make
from tests.exchange.published import change

WARNING, LEFT_OUT, NOTE, PUBLISHED = range(len(KINDS))


@pytest.fixture
def home(office):
    return make.home(office)


@pytest.fixture
def deputy(office, home):
    return make.deputy(office, home_id=home)


@pytest.fixture
def suggestion(office, deputy):
    made = office.do(
        suggestions.enter, headline="修路", lead_id=deputy, public=True, reason="电话13812345678"
    )
    state = suggestions.SuggestionState.HANDLING
    office.do(change, model=Suggestion, record_id=made, state=state)
    return made


@pytest.fixture
def page(desk, suggestion, qtbot):
    made = PublishPage(desk)
    qtbot.addWidget(made)
    desk.changed.connect(made.refresh)
    made.resize(1190, 690)
    made.show()
    made.read_again()
    return made


@pytest.fixture
def confirmed(monkeypatch):
    asked = []
    monkeypatch.setattr(
        messages, "confirm", lambda *words, **_: asked.append(" ".join(words)) or True
    )
    return asked


def wait(qtbot):
    qtbot.waitUntil(lambda: not tasks.is_running())


def checked(page, qtbot):
    page.check.click()
    wait(qtbot)


def lines(page, chip):
    page.chips.group.button(chip).setChecked(True)
    return [(r.about, r.what) for r in page.table.rows.rows()]


def test_nothing_can_be_published_before_it_was_checked_and_has_a_place(page, qtbot, tmp_path):
    assert not page.publish.isEnabled()
    assert page.table._empty == BEFORE

    checked(page, qtbot)
    assert not page.publish.isEnabled()

    page.set_folder(tmp_path / "网页")
    assert page.publish.isEnabled()


def test_the_check_tells_what_goes_out_and_what_does_not(page, qtbot):
    checked(page, qtbot)

    assert page.chips.group.button(WARNING).text() == "待确认 1"
    assert "修路" in lines(page, WARNING)[0][0]
    assert lines(page, PUBLISHED) == [("王伟", "姓名、层级、选区、履职天数")]
    assert page._subtitle.text() == "1 个代表之家，1 名代表，0 件建议"
    page.find("李娜")
    assert lines(page, PUBLISHED) == []


def test_a_record_with_a_warning_is_opened_or_released(page, desk, suggestion, qtbot):
    opened = []
    desk.open_requested.connect(lambda model, record_id: opened.append((model, record_id)))
    checked(page, qtbot)
    page.table.selectRow(0)

    page.look.click()
    assert opened == [(Suggestion, suggestion)]

    page.release.click()
    wait(qtbot)
    assert page.chips.group.button(WARNING).text() == "待确认 0"
    assert "有提醒，仍然公开" in [what for _, what in lines(page, NOTE)]
    assert not page.release.isVisible()


def test_pages_are_written_after_a_question_that_says_what_it_means(
    page, qtbot, tmp_path, confirmed, monkeypatch
):
    seen = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: seen.append(url.toLocalFile()))
    monkeypatch.setattr(messages, "ask_folder", lambda *_: tmp_path / "网页")
    page.form.set_values({"weixin": True})
    checked(page, qtbot)
    page.choose.click()

    page.publish.click()
    wait(qtbot)

    assert "公开1名代表的信息，写成2个网页？" in confirmed[0]
    assert "待确认的1项不写入" in confirmed[0]
    assert "将删除" not in confirmed[0]
    written = sorted(f.name for f in (tmp_path / "网页").iterdir())
    assert [name.partition("-")[0] for name in written] == ["home", "index.html", "weixin"]
    page.open_folder.click()
    page.open_page.click()
    assert [name.rpartition("/")[2] for name in seen] == ["网页", "index.html"]


def test_pages_that_go_are_told_before(page, desk, qtbot, tmp_path, confirmed):
    other = desk.do(places.add_home, name="另一家", level=make.HomeLevel.VILLAGE)
    page.set_folder(tmp_path / "网页")
    checked(page, qtbot)
    page.publish.click()
    wait(qtbot)

    page.form.set_values({"home_ids": (other,)})
    checked(page, qtbot)
    page.publish.click()
    wait(qtbot)

    assert "这次没有选的1个网页将删除" in confirmed[1]
    assert len(list((tmp_path / "网页").iterdir())) == 2


def test_who_says_no_publishes_nothing(page, qtbot, tmp_path, monkeypatch):
    monkeypatch.setattr(messages, "confirm", lambda *_, **__: False)
    page.set_folder(tmp_path / "网页")
    checked(page, qtbot)

    page.publish.click()

    assert not (tmp_path / "网页").exists()


def test_a_change_of_records_or_of_the_choice_asks_for_a_new_check(page, desk, deputy, qtbot):
    page.set_folder(desk.folder)
    checked(page, qtbot)
    desk.do(deputies.edit, mandate_id=deputy, name="王炜", level=Level.TOWN)
    assert page.table._empty == CHANGED
    assert not page.publish.isEnabled()

    checked(page, qtbot)
    page.form.field("dark").control.click()
    assert page.table._empty == BEFORE
    assert not page.publish.isEnabled()


def test_a_line_about_nobody_in_particular_opens_nothing(page, desk, qtbot):
    opened = []
    desk.open_requested.connect(lambda *what: opened.append(what))
    page._open_record()
    page._open_folder()
    page._open_page()
    checked(page, qtbot)
    lines(page, PUBLISHED)
    page.table.selectRow(0)
    page.table.opened.emit(page.table.current())

    assert [model for model, _ in opened] == [Mandate]
    assert KINDS[PUBLISHED] == LineKind.PUBLISHED


def test_no_folder_chosen_is_no_folder(page, monkeypatch):
    monkeypatch.setattr(messages, "ask_folder", lambda *_: None)

    page.choose.click()

    assert not page.open_folder.isEnabled()
