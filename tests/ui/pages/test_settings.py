"""The settings page: the office, its rules, the look, backups and the data check."""

import sqlite3

import pytest
from PySide6.QtWidgets import QApplication, QMessageBox

from deputydesk.models.choices import OfficeKind
from deputydesk.operations import offices, presets
from deputydesk.ui import messages, style
from deputydesk.ui.form import FormDialog
from deputydesk.ui.pages.settings import SettingsPage
from deputydesk.ui.preferences import Preferences
from tests import make


@pytest.fixture
def page(desk, qtbot):
    made = SettingsPage(desk)
    qtbot.addWidget(made)
    desk.changed.connect(made.refresh)
    made.resize(1190, 690)
    made.show()
    made.read_again()
    yield made
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    style.apply(app, style.LIGHT, 1.0)


def dialog() -> FormDialog:
    found = [w for w in QApplication.topLevelWidgets() if isinstance(w, FormDialog)]
    return next(w for w in found if w.isVisible())


def save():
    dialog().form.save_next.emit()


def test_the_profile_is_shown_and_changed(page, desk):
    assert page.profile.field("name").value() == "五当召镇"
    page.profile.set_values({"name": "吉忽伦图苏木", "kind": OfficeKind.SUMU})

    page._save.click()

    assert desk.ask(offices.profile).organ.short == "吉忽伦图苏木人大主席团"


def test_a_missing_name_is_said_at_its_field(page):
    page.profile.set_values({"name": ""})

    page._save.click()

    assert page.profile.field("name").error() == "请填写单位名称。"


def test_deadlines_are_changed_from_a_day_on(page, desk, qtbot):
    page._change_deadlines.click()
    dialog().form.set_values({"opinion_days": 10, "source": "镇办法第五条"})

    save()

    rule = desk.ask(presets.deadlines, desk.today)
    assert (rule.opinion_days, rule.reply_months, rule.source) == (10, 3, "镇办法第五条")
    qtbot.waitUntil(page._change_deadlines.isVisible)


def test_a_deadline_of_nothing_is_refused_at_its_field(page):
    page._change_deadlines.click()
    dialog().form.set_values({"reply_months": 0})

    save()

    assert dialog().form.field("reply_months").error()
    dialog().reject()


def test_answer_classes_are_changed(page, desk):
    page._change_classes.click()
    dialog().form.set_values({"lines": "A 已解决\n乱写"})
    save()
    assert dialog().form.field("lines").error().startswith("每行先写类别")

    dialog().form.set_values(
        {"lines": "A 已解决\nB 正在解决\nC 留作参考\nD 不可行", "promising": "B，C"}
    )
    save()

    classes = desk.ask(presets.answer_classes, desk.today)
    assert [(c.code, c.promises) for c in classes] == [
        ("A", False),
        ("B", True),
        ("C", True),
        ("D", False),
    ]


def test_text_size_and_colours_are_kept_on_this_pc(page, desk):
    page.sizes.group.button(1).setChecked(True)
    page.themes.group.button(1).setChecked(True)

    assert (style.scale(), style.theme().name) == (1.25, "dark")
    kept = Preferences.load(desk.folder)
    assert (kept.scale, kept.theme) == (1.25, "dark")


def test_a_size_chosen_elsewhere_is_marked(page):
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    style.apply(app, style.LIGHT, 1.5)

    assert page.sizes.chosen() == 2


def test_a_backup_is_made_and_listed(page, qtbot):
    page._back_up.click()

    qtbot.waitUntil(lambda: page.backups.rows.rowCount() == 1)
    assert page.backups.current().row.why.label == "手动"


@pytest.fixture
def told(monkeypatch):
    said = []

    def read(box: QMessageBox) -> int:
        said.append(box.text() + box.informativeText())
        return 0

    monkeypatch.setattr(QMessageBox, "exec", read)
    return said


def test_the_check_says_that_all_is_well(page, qtbot, told):
    page._check.click()

    qtbot.waitUntil(lambda: bool(told))
    assert told == ["数据完好。所有记录都与日志一致。"]


def test_the_check_finds_what_was_changed_behind_the_app(page, desk, qtbot, told):
    make.home(desk.office)
    with sqlite3.connect(desk.office.data.path) as data:
        data.execute("UPDATE home SET name = '别的'")
    data.close()

    page._check.click()

    qtbot.waitUntil(lambda: bool(told))
    assert told[0].startswith("数据与日志不一致。")


def test_an_office_without_a_profile_can_be_described(desk, qtbot, tmp_path):
    desk.attach(make.empty_office(tmp_path / "new"))
    page = SettingsPage(desk)
    qtbot.addWidget(page)
    page.read_again()
    page.profile.set_values({"name": "五当召镇", "district": "石拐区"})

    page._save.click()

    assert desk.ask(offices.profile).name == "五当召镇"
    desk.office.close()


def test_another_operator_takes_over(page, desk, monkeypatch):
    heard = []
    desk.operator_changed.connect(heard.append)
    monkeypatch.setattr(messages, "ask_text", lambda *_, **__: "李娜")

    page._change_operator.click()

    assert (heard, desk.office.user.name, page._operator.text()) == (["李娜"], "李娜", "李娜")
    assert Preferences.load(desk.folder).operator == "李娜"


def test_the_operator_stays_when_nobody_is_named(page, desk, monkeypatch):
    before = desk.office.user
    monkeypatch.setattr(messages, "ask_text", lambda *_, **__: "")

    page._change_operator.click()

    assert desk.office.user == before
