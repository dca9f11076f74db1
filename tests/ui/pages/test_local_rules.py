"""Local rules on the screen: what holds, by which article, a new version from a shipped one."""

from datetime import date

import pytest

from deputydesk.models import Preset
from deputydesk.operations import local_rules, presets
from deputydesk.rules.local_rules import FieldKind, RuleField, kinds
from deputydesk.ui.form import Form, FormDialog
from deputydesk.ui.pages.local_rules import LocalRulesPage
from deputydesk.ui.rule_rows_field import RowsField
from tests.ui.hands import write

KIND = "home_checklist"
TWO = {"items": [{"name": "有场所", "about": "能开会"}, {"name": "有牌子", "about": ""}]}


@pytest.fixture
def page(desk, office, qtbot):
    made = LocalRulesPage(desk)
    qtbot.addWidget(made)
    desk.changed.connect(made.refresh)
    made.resize(1190, 690)
    made.show()
    made.read_again()
    return made


def dialog(page):
    return next(w for w in page.findChildren(FormDialog) if w.isVisible())


def begin_from(form, name):
    combo = form.field("begin").control
    combo.setCurrentIndex(next(n for n in range(combo.count()) if name in combo.itemText(n)))
    combo.activated.emit(combo.currentIndex())


def shown(page):
    return {row.title: (row.text, row.note) for row in page.lines.rows.rows()}


def test_every_kind_is_listed_with_what_holds_and_each_number_shows_its_article(page):
    assert page.kinds.rows.rowCount() == len(kinds())
    assert page._subtitle.text().endswith("自定 0 种，其余按现成的执行")
    page.kinds.select("deadlines")

    number, article = shown(page)["答复期限（月）"]
    assert (number, "第五十一条" in article) == ("3", True)
    assert shown(page)["遇休息日顺延"][0] == "是"
    assert page._shown.text() == "全国规定（现成）"
    for row in page.kinds.rows.rows():
        page.kinds.select(row.id)
        assert page._name.text() == row.title


def test_a_province_is_chosen_and_holds_from_its_day(page, desk):
    page.kinds.select("deadlines")
    page.start_new()
    form = dialog(page).form
    begin_from(form, "重庆市乡镇")
    assert form.field("rule.reply_months").value() == 2
    form.set_values({"valid_from": date(2026, 12, 1)})
    form.save_next.emit()

    assert desk.ask(presets.deadlines, date(2026, 11, 30)).reply_months == 3
    assert desk.ask(presets.deadlines, date(2026, 12, 1)).reply_months == 2
    assert page.versions.rows.rowCount() == 1
    page.versions.selectRow(0)
    assert page._shown.text() == "重庆市乡镇（自2026年12月1日起）"
    assert "第十六条" in shown(page)["答复期限（月）"][1]


def test_a_version_that_does_not_hold_yet_is_withdrawn(page, desk):
    desk.do(local_rules.adopt, kind=KIND, name="明年清单", valid_from=date(2027, 1, 1), rule=TWO)
    page.kinds.select(KIND)
    assert not page._withdraw.isVisible()
    page._take_back()
    page.versions.selectRow(0)
    assert page._withdraw.isVisible()

    page._withdraw.click()

    assert desk.ask(local_rules.history, KIND) == []
    assert "八有（通行项目）" in page._shown.text()


def test_a_checklist_is_changed_line_by_line(page, desk):
    page.kinds.select(KIND)
    page.kinds.opened.emit(page.kinds.current())
    form = dialog(page).form
    grid = form.field("rule.items").control
    assert len(grid.lines) == 8

    for remover in list(grid._removers[:6]):
        del remover
        grid._removers[0].click()
    grid.add.click()
    write(grid.lines[-1][0], "有手机")
    assert form.is_edited
    form.set_values({"name": "本镇清单"})
    form.save_next.emit()

    rule = desk.ask(local_rules.current, KIND, desk.today).rule
    assert [item["name"] for item in rule["items"]] == ["有工作经费", "有履职台账", "有手机"]
    assert page._subtitle.text().endswith("自定 1 种，其余按现成的执行")
    assert page.kinds.current().current.name == "本镇清单"


def test_what_is_wrong_is_said_at_its_place_and_nothing_is_kept(page, desk):
    page.kinds.select(KIND)
    page.start_new()
    form = dialog(page).form
    form.set_values({"rule.items": []})
    form.save_next.emit()
    assert "至少要有1项" in form.field("rule.items").error()

    form.set_values({"rule.items": TWO["items"], "name": ""})
    form.save_next.emit()
    assert "请填写名称" in form.field("name").error()
    assert desk.ask(local_rules.history, KIND) == []


def test_lists_of_lines_and_choices_are_edited_too(page, desk):
    for kind, field, value in (
        ("list_order", "order", "level"),
        ("oversight_steps", "steps", ["方案", "报告"]),
    ):
        page.kinds.select(kind)
        page.start_new()
        form = dialog(page).form
        form.set_values({f"rule.{field}": value, "name": "自定"})
        form.save_next.emit()
        assert desk.ask(local_rules.current, kind, desk.today).rule[field] == value
        assert shown(page)


def test_an_own_version_is_offered_to_begin_from(page, desk):
    desk.do(local_rules.adopt, kind=KIND, name="本镇清单", valid_from=date(2026, 1, 1), rule=TWO)
    page.kinds.select(KIND)
    page.start_new()
    form = dialog(page).form
    begin_from(form, "2026-01-01 起：本镇清单")

    assert form.field("rule.items").value() == TWO["items"]


def test_a_version_found_elsewhere_is_opened(page, desk):
    made = desk.do(
        local_rules.adopt, kind=KIND, name="本镇清单", valid_from=date(2026, 1, 1), rule=TWO
    )
    page.find("期限")

    page.open_record(Preset, made)

    assert page.kinds.current().id == KIND
    assert page.versions.current().id == made


def test_finding_narrows_the_kinds(page):
    page.find("八有")
    assert [row.id for row in page.kinds.rows.rows()] == [KIND]
    page.find("没有这种规则")
    assert page.kinds.rows.rowCount() == 0
    page.kinds.setCurrentIndex(page.kinds.rows.index(-1, 0))
    page.start_new()
    page._show_version(None)
    page.find("")
    page.setFocus()
    assert page.kinds.hasFocus()


COLUMNS = (
    RuleField("name", "名称", least=1),
    RuleField("share", "比例", FieldKind.NUMBER),
    RuleField("final", "最后", FieldKind.FLAG),
    RuleField("who", "对象", FieldKind.LINES),
    RuleField("way", "方式", FieldKind.CHOICE, options={"all": "全部", "some": "部分"}),
)
ROW = {"name": "甲", "share": 0.5, "final": True, "who": ["乙", "丙"], "way": "some"}


@pytest.fixture
def field(desk, office, qtbot):
    made = RowsField("rows", COLUMNS, label="行")
    form = Form(desk, "sample", (made,))
    qtbot.addWidget(form)
    form.show()
    yield made
    del form


def test_a_row_of_every_sort_of_column_is_read_as_it_was_shown_and_kept_as_a_draft(field):
    field.set_value([ROW, {**ROW, "name": "丁", "share": 3, "final": False}])
    assert field.value() == [ROW, {**ROW, "name": "丁", "share": 3, "final": False}]

    draft = field.raw()
    field.clear()
    assert field.value() == []
    field.set_raw(draft)
    assert field.value()[0] == ROW


def test_edits_of_every_control_are_noticed_and_a_wrong_number_said(field):
    field.set_value([ROW])
    noticed = []
    field.edited.connect(lambda: noticed.append(1))
    line = field.control.lines[0]
    line[2].setChecked(False)
    line[4].activated.emit(0)
    assert len(noticed) == 2

    line[1].setText("三成")
    with pytest.raises(Exception, match="比例应当是数字，不能是“三成”"):
        field.value()
