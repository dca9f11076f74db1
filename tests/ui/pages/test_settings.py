"""The settings page: the office, its rules, the look, the paper, backups and the data check."""

import sqlite3

import pytest
from PySide6.QtWidgets import QApplication, QMessageBox

from deputydesk.models.choices import OfficeKind
from deputydesk.operations import offices, presets
from deputydesk.reports import fonts, own_fonts
from deputydesk.reports.printing import fonts_folder, write
from deputydesk.ui import messages, paper_settings, room, style, tasks
from deputydesk.ui.form import FormDialog
from deputydesk.ui.pages.settings import SettingsPage
from deputydesk.ui.preferences import Preferences
from deputydesk.ui.restyling import restyle
from tests import make
from tests.reports.test_own_fonts import font, names


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
    page.rules.change_deadlines.click()
    dialog().form.set_values({"opinion_days": 10, "source": "镇办法第五条"})

    save()

    rule = desk.ask(presets.deadlines, desk.today)
    assert (rule.opinion_days, rule.reply_months, rule.source) == (10, 3, "镇办法第五条")
    qtbot.waitUntil(page.rules.change_deadlines.isVisible)


def test_a_deadline_of_nothing_is_refused_at_its_field(page):
    page.rules.change_deadlines.click()
    dialog().form.set_values({"reply_months": 0})

    save()

    assert dialog().form.field("reply_months").error()
    dialog().reject()


def test_answer_classes_are_changed(page, desk):
    page.rules.change_classes.click()
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
    page.themes.group.button(2).setChecked(True)

    assert (style.scale(), style.theme().name) == (1.25, "dark")
    kept = Preferences.load(desk.folder)
    assert (kept.scale, kept.theme) == (1.25, "dark")


def test_a_size_chosen_elsewhere_is_marked(page, desk):
    restyle(desk, scale=1.5)

    assert page.sizes.chosen() == 2


def test_a_size_that_the_screen_has_no_room_for_is_kept_and_told(page, desk, monkeypatch, qtbot):
    monkeypatch.setattr(room, "LEAST", page.screen().availableSize() / 1.1)

    with qtbot.waitSignal(desk.said) as told:
        page.sizes.group.button(2).setChecked(True)

    assert told.args == ["这块屏幕放不下这么大的字，已按屏幕缩小"]
    assert page.sizes.chosen() == 2
    assert style.scale() == pytest.approx(1.1, abs=0.01)
    assert Preferences.load(desk.folder).scale == 1.5


def test_a_backup_is_made_and_listed(page, qtbot):
    page.backups.back_up.click()

    qtbot.waitUntil(lambda: page.backups.table.rows.rowCount() == 1)
    assert page.backups.table.current().row.why.label == "手动"


@pytest.fixture
def told(monkeypatch):
    said = []

    def read(box: QMessageBox) -> int:
        said.append(box.text() + box.informativeText())
        return 0

    monkeypatch.setattr(QMessageBox, "exec", read)
    return said


def test_the_check_says_that_all_is_well(page, qtbot, told):
    page.backups.check.click()

    qtbot.waitUntil(lambda: bool(told))
    assert told == ["数据完好。所有记录都与日志一致。"]


def test_the_check_finds_what_was_changed_behind_the_app(page, desk, qtbot, told):
    make.home(desk.office)
    with sqlite3.connect(desk.office.data.path) as data:
        data.execute("UPDATE home SET name = '别的'")
    data.close()

    page.backups.check.click()

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

    page.accounts.change_operator.click()

    assert (heard, desk.office.user.name, page.accounts.operator.text()) == (
        ["李娜"],
        "李娜",
        "李娜",
    )
    assert Preferences.load(desk.folder).operator == "李娜"


def test_the_operator_stays_when_nobody_is_named(page, desk, monkeypatch):
    before = desk.office.user
    monkeypatch.setattr(messages, "ask_text", lambda *_, **__: "")

    page.accounts.change_operator.click()

    assert desk.office.user == before


# ------------------------------------------------------------------ on paper


@pytest.fixture
def offered(monkeypatch):
    """The file that is chosen when one is asked for, or none."""
    answer = []
    monkeypatch.setattr(
        paper_settings, "ask_file_to_open", lambda *_: answer[-1] if answer else None
    )
    yield answer
    fonts.use_own({})


def seen(row) -> str:
    """What is in use, without the places where a long name may be broken."""
    return row.used.text().replace("\u200b", "")


def choose(page, qtbot, role):
    page.paper.faces[role].choose.click()
    qtbot.waitUntil(lambda: not tasks.is_running(), timeout=20_000)
    QApplication.processEvents()


def test_our_own_typefaces_are_in_use_at_first(page):
    shown = {role: row for role, row in page.paper.faces.items() if row.used.isVisible()}

    assert list(shown) == ["Fang", "BiaoSong"]
    assert {seen(row) for row in shown.values()} == {"程序自带"}
    assert not any(row.give_back.isVisible() for row in shown.values())


def test_the_pcs_own_fangsong_is_chosen_printed_with_and_given_back(
    page, desk, qtbot, tmp_path, offered
):
    said = []
    desk.said.connect(said.append)
    offered.append(font(tmp_path / "simfang.ttf"))
    row = page.paper.faces["Fang"]

    choose(page, qtbot, "Fang")

    assert said == ["仿宋（正文）改用“simfang.ttf”"]
    assert seen(row) == "simfang.ttf"
    assert row.used.toolTip() == str(tmp_path / "simfang.ttf")
    assert seen(page.paper.faces["BiaoSong"]) == "程序自带"
    write(desk.office, "reject_notice", tmp_path / "own.pdf")
    assert "OwnFang" in names(tmp_path / "own.pdf")

    row.give_back.click()

    assert said[-1] == "仿宋（正文）恢复为程序自带的字体"
    assert (seen(row), row.give_back.isVisible()) == ("程序自带", False)
    write(desk.office, "reject_notice", tmp_path / "ours.pdf")
    assert "OwnFang" not in names(tmp_path / "ours.pdf")


def test_the_fangsong_and_biaosong_that_windows_has_are_offered(
    page, desk, qtbot, tmp_path, monkeypatch
):
    windows, own = tmp_path / "Windows", tmp_path / "Local"
    (windows / "Fonts").mkdir(parents=True)
    (own / "Microsoft/Windows/Fonts").mkdir(parents=True)
    font(windows / "Fonts" / "SIMFANG.TTF")
    font(own / "Microsoft/Windows/Fonts" / "方正小标宋简体.ttf")
    (windows / "Fonts" / "simfang.fon").touch()
    monkeypatch.setenv("WINDIR", str(windows))
    monkeypatch.setenv("LOCALAPPDATA", str(own))
    said = []
    desk.said.connect(said.append)

    page.paper.refresh()

    fang, title = page.paper.faces["Fang"], page.paper.faces["BiaoSong"]
    assert seen(fang) == "程序自带；本机有“SIMFANG.TTF”"
    assert seen(title) == "程序自带；本机有“方正小标宋简体.ttf”"
    fang.take.click()
    qtbot.waitUntil(lambda: not tasks.is_running(), timeout=20_000)
    QApplication.processEvents()
    assert said == ["仿宋（正文）改用“SIMFANG.TTF”"]
    assert (seen(fang), fang.take.isVisible(), title.take.isVisible()) == (
        "SIMFANG.TTF",
        False,
        True,
    )
    fonts.use_own({})


def test_a_typeface_that_is_unfit_is_refused_with_the_reason(
    page, qtbot, tmp_path, offered, shown_errors
):
    offered.append(font(tmp_path / "locked.ttf", rights=2))
    choose(page, qtbot, "BiaoSong")
    offered.append(tmp_path / "乱.ttf")
    offered[-1].write_bytes(b"\0\1\0\0")
    choose(page, qtbot, "BiaoSong")

    assert "“locked.ttf”不能用来打印：厂商不允许把它放进文件。" in shown_errors[0]
    assert "“乱.ttf”" in shown_errors[1]
    assert seen(page.paper.faces["BiaoSong"]) == "程序自带"


def test_no_typeface_is_changed_when_none_is_chosen(page, desk, qtbot, offered):
    choose(page, qtbot, "Fang")

    assert own_fonts.chosen(fonts_folder(desk.office)) == {}


def test_a_typeface_whose_file_is_gone_is_named_and_one_of_another_kind_can_be_given_back(
    page, desk, tmp_path, offered
):
    kept, file = fonts_folder(desk.office), font(tmp_path / "simfang.ttf")
    own_fonts.choose(kept, "Fang", file)
    own_fonts.choose(kept, "Kai", file)
    file.unlink()

    page.refresh()

    row = page.paper.faces["Kai"]
    assert seen(page.paper.faces["Fang"]) == "simfang.ttf 找不到了，现用自带的"
    assert row.used.isVisible()
    row.give_back.click()
    assert not row.used.isVisible()


def test_that_all_is_saved_for_the_archives_is_kept_on_this_pc(page, desk):
    assert not page.paper.archival.isChecked()

    page.paper.archival.click()

    assert Preferences.load(desk.folder).archival
    page.refresh()
    assert page.paper.archival.isChecked()
    page.paper.archival.click()
    assert not Preferences.load(desk.folder).archival


def test_a_long_file_name_goes_on_in_a_second_line_and_leaves_the_buttons_in_sight(
    page, desk, qtbot, tmp_path, offered
):
    name = f"{'FZFangSong-Z02S_Official_' * 4}GBK.ttf"
    own_fonts.choose(fonts_folder(desk.office), "Fang", font(tmp_path / name))

    page.refresh()

    row = page.paper.faces["Fang"]
    assert seen(row) == row.used.accessibleName() == name
    two_lines = 2 * row.used.fontMetrics().height()
    qtbot.waitUntil(lambda: row.used.height() >= two_lines)
    for part in (row.choose, row.give_back, row.used):
        assert not part.visibleRegion().isEmpty()
        assert part.visibleRegion().boundingRect().width() == part.width()
