"""What a sheet writes meets the same sentences as the screen, and nothing is taken by halves."""

from datetime import date

import openpyxl
import pytest

from deputydesk.errors import FieldError, UserError
from deputydesk.exchange import sheets, xlsx
from deputydesk.journal.values import models
from deputydesk.models.activity import ActivityKind
from deputydesk.models.attendance import Presence
from deputydesk.models.choices import Channel, EndReason, Level
from deputydesk.models.expense import ExpenseKind
from deputydesk.operations import (
    activities,
    deputies,
    deputy_groups,
    document_numbers,
    evaluations,
    expense_rates,
    expenses,
    home_checks,
    opinions,
    petitions,
    presets,
    rotas,
    suggestions,
    trainings,
    units,
    vacancies,
    visits,
    written_checks,
)
from deputydesk.operations.participants import Attendee
from tests import make
from tests.operations.project_case import candidate, counted, vote

YUAN = 100
BY_STEPS_ALONE = {"annual_report", "cosigner", "dispatch", "office_profile", "point_quarter"}
"""Kinds whose records are sealed or have nothing that could be wrong."""


def out(office, folder, kind):
    path = folder / f"{kind}.xlsx"
    sheets.export(office, kind, path)
    return path


def edited(path, heading, value, *, row=2):
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    column = [c.value for c in sheet[1]].index(heading) + 1
    sheet.cell(row, column).value = value
    book.save(path)
    return path


def taken(office, folder, kind, headings, *rows):
    xlsx.write(folder / "in.xlsx", "表", headings, rows)
    return sheets.take_in(office, kind, folder / "in.xlsx")


def refused(office, path, kind, sentence):
    """The sheet is refused with file, sheet, row and sentence, and changes nothing."""
    before = {name: sheets.listing(office, name) for name in models()}
    with pytest.raises(UserError, match=sentence) as caught:
        sheets.take_in(office, kind, path)
    assert {name: sheets.listing(office, name) for name in models()} == before
    assert path.name in caught.value.message
    assert "的工作表“" in caught.value.message
    return caught.value


def test_every_kind_is_checked():
    checked = {*written_checks.THROUGH, *written_checks.SOUND, *written_checks.PAST}
    known = {*checked, *written_checks.RULES, *written_checks.DECIDED, *written_checks.EVIDENCE}

    left = {name for name, model in models().items() if model not in known}

    assert left == BY_STEPS_ALONE | {"term", "voter"}


def test_what_was_read_from_paper_is_not_written_by_a_sheet(office):
    with pytest.raises(UserError, match="“票面裁定”是读票的凭据，只由读票的步骤写入"):
        office.do(sheets.take_in_rows, kind="scan_decision", rows=({"answer": "no"},))


@pytest.fixture
def spent(office):
    """One deputy, 2000 元 for the year, 1500 of it spent in two lines."""
    make.deputy(office)
    office.do(expense_rates.save, year=2026, level=Level.TOWN, per_head=2000 * YUAN, headcount=1)
    for amount in (1000, 500):
        office.do(
            expenses.save,
            spent_on=date(2026, 3, 2),
            kind=ExpenseKind.ACTIVITY,
            content="租车",
            amount=amount * YUAN,
        )
    return office


def test_an_expense_over_the_budget_is_refused(spent, tmp_path):
    path = edited(out(spent, tmp_path, "expense"), "金额（元）", 1501)

    said = refused(
        spent, path, "expense", "第2行的“金额（元）”不能这样填：.*还剩1,500元，.*超出1元"
    )

    assert isinstance(said, FieldError)
    assert said.field == "amount"


def test_lines_that_are_over_the_budget_only_together_are_refused(spent, tmp_path):
    path = edited(out(spent, tmp_path, "expense"), "金额（元）", 1200)

    refused(spent, edited(path, "金额（元）", 900, row=3), "expense", "超出100元")


def test_an_expense_within_the_budget_is_taken_and_numbered(spent, tmp_path):
    headings = ["日期", "类别", "列支层级", "事由", "金额（元）"]
    line = ["2026-05-06", ExpenseKind.ACTIVITY.label, Level.TOWN.label, "印资料", 500]

    assert taken(spent, tmp_path, "expense", headings, line).added == 1
    assert [row.number for row in spent.ask(expenses.rows)] == [3, 2, 1]
    with pytest.raises(FieldError, match="“in.xlsx”的工作表“表”第2行的“金额（元）”.*还剩0元"):
        taken(spent, tmp_path, "expense", headings, [*line[:4], 1])


def test_a_day_at_a_home_on_a_holiday_is_refused(office, tmp_path):
    office.do(rotas.save, planned_on=date(2026, 11, 30), home_id=make.home(office))
    headings = ["日期", "代表之家"]

    with pytest.raises(FieldError, match="第2行的“日期”不能这样填：.*10月1日"):
        taken(office, tmp_path, "rota_shift", headings, ["2026-10-01", "五当召镇人大代表之家"])
    path = edited(out(office, tmp_path, "rota_shift"), "日期", date(2026, 12, 1))
    refused(office, path, "rota_shift", "由办理步骤填写，不能用表格修改")


def test_a_note_on_a_planned_day_keeps_who_is_to_come(office, tmp_path):
    deputy = make.deputy(office)
    office.do(
        rotas.save,
        planned_on=date(2026, 11, 30),
        home_id=make.home(office),
        deputy_ids=(deputy,),
    )

    path = edited(out(office, tmp_path, "rota_shift"), "备注", "带水杯")

    assert sheets.take_in(office, "rota_shift", path).changed == 1
    [row] = office.ask(rotas.rows, make.TODAY)
    assert (row.note, row.deputy_ids) == ("带水杯", (deputy,))


@pytest.fixture
def chosen(office):
    """A vote of three candidates for two places, counted."""
    ids = [candidate(office, name) for name in "甲乙丙"]
    made = vote(office, seats=2)
    counted(office, made, dict(zip(ids, (40, 28, 20), strict=True)))
    return office


@pytest.mark.parametrize("heading", ["发出票数", "有效票数", "实到代表", "状态"])
def test_a_count_is_not_rewritten_by_a_sheet(chosen, tmp_path, heading):
    value = "已公布" if heading == "状态" else 999
    path = edited(out(chosen, tmp_path, "project_vote"), heading, value)

    refused(chosen, path, "project_vote", f"“{heading}”不能这样填：由办理步骤填写")


@pytest.mark.parametrize(
    ("heading", "value", "sentence"),
    [
        ("实到代表", 47, "实到47人，比应到46人多1人"),
        ("发出票数", 47, "发出47张，比实到代表46人多1张"),
        ("收回票数", 99, "收回99张，比发出46张多"),
        ("应选项数", 1, "一定有多选的票没有作废"),
        ("有效票数", 40, "比收回"),
    ],
)
def test_a_vote_from_elsewhere_with_more_votes_than_voters_is_refused(
    chosen, tmp_path, heading, value, sentence
):
    path = out(chosen, tmp_path, "project_vote")
    number = sheets.listing(chosen, "project_vote")[0]["id"]
    entries = out(chosen, tmp_path, "project_vote_entry")
    other = "00000000-" + "0" * 32
    edited(edited(path, "记录号", other), heading, value)
    entries = renamed(entries, number, other)
    sheets.take_in(chosen, "project_vote_entry", entries)

    refused(chosen, path, "project_vote", sentence)


def renamed(path, old, new):
    """Every line made one of another vote, with new numbers of its own."""
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    headings = [c.value for c in sheet[1]]
    for n in range(2, sheet.max_row + 1):
        sheet.cell(n, headings.index("记录号") + 1, f"0000000{n}-" + "0" * 32)
        sheet.cell(n, headings.index("票决") + 1, new)
    book.save(path)
    return path


def test_the_rows_of_a_ballot_agree_with_its_valid_papers(chosen, tmp_path):
    path = out(chosen, tmp_path, "project_vote_entry")
    vote_id = sheets.listing(chosen, "project_vote")[0]["id"]
    renamed(path, "", vote_id)
    edited(path, "赞成", 99)

    refused(chosen, path, "project_vote_entry", "比有效票44多59票")


def test_ticks_at_an_evaluation_agree_with_its_papers(office, tmp_path):
    deputy = make.deputy(office)
    made = office.do(evaluations.prepare, name="测评会", held_on=make.TODAY, deputy_ids=(deputy,))
    path = edited(out(office, tmp_path, "evaluation"), "会议名称", "还没有计票的会")
    assert sheets.take_in(office, "evaluation", path).changed == 1
    office.do(
        evaluations.count,
        evaluation_id=made,
        issued=30,
        returned=30,
        valid=30,
        invalid=0,
        tallies=(evaluations.Tally(deputy, {"yes": 30}),),
    )

    path = edited(out(office, tmp_path, "evaluation"), "有效票数", 29)
    refused(office, path, "evaluation", "由办理步骤填写")
    path = edited(out(office, tmp_path, "evaluation"), "记录号", "00000000-" + "0" * 32)
    assert sheets.take_in(office, "evaluation", path).added == 1
    refused(office, edited(path, "收回票数", 31), "evaluation", "由办理步骤填写")
    edited(path, "记录号", "00000001-" + "0" * 32)
    refused(office, path, "evaluation", "收回31张，比发出30张多1张")
    entries = edited(out(office, tmp_path, "evaluation_entry"), "空白或多选", 2)
    refused(office, entries, "evaluation_entry", "由办理步骤填写")
    edited(entries, "记录号", "00000002-" + "0" * 32)
    refused(office, entries, "evaluation_entry", "王伟：.*比有效票30")


def test_a_visit_and_who_came_are_checked(office, tmp_path):
    home, deputy = make.home(office), make.deputy(office)
    make.visit(office, home, deputy, held_on=date(2026, 3, 5))

    path = edited(out(office, tmp_path, "visit"), "日期", date(2026, 12, 24))
    refused(office, path, "visit", "第2行的“日期”不能这样填：日期不能晚于今天")
    path = edited(out(office, tmp_path, "visit"), "接待人次", -3)
    refused(office, path, "visit", "接待人次不能小于0")
    path = edited(out(office, tmp_path, "visit_deputy"), "记录号", None)
    refused(office, path, "visit_deputy", "同一名代表填了两次")
    gone = make.deputy(office, name="李静")
    office.do(
        deputies.end_mandate, mandate_id=gone, ended_on=date(2026, 1, 5), reason=EndReason.MOVED
    )
    path = edited(out(office, tmp_path, "visit_deputy"), "代表", "李静")
    refused(office, path, "visit_deputy", "李静的代表资格已于2026-01-05终止")
    assert office.ask(visits.rows)[0].deputies == ("王伟",)


def test_who_is_at_an_event_is_checked_and_stays_when_the_event_changes(office, tmp_path):
    deputy = make.deputy(office)
    office.do(
        activities.save,
        kind=ActivityKind.INSPECTION,
        name="视察",
        held_on=date(2026, 3, 5),
        attendees=(Attendee(deputy, Presence.PRESENT, half_days=1),),
    )

    path = edited(out(office, tmp_path, "attendance"), "半天数", 3)
    refused(office, path, "attendance", "王伟的半天数不能超过2")
    path = edited(out(office, tmp_path, "activity"), "地点", "水厂")
    assert sheets.take_in(office, "activity", path).changed == 1
    [row] = office.ask(activities.rows)
    assert (row.place, [a.half_days for a in row.attendees]) == ("水厂", [1])
    path = edited(out(office, tmp_path, "activity"), "结束日期", date(2026, 3, 4))
    refused(office, path, "activity", "不能早于开始日期")


def test_people_and_seats_are_checked(office, tmp_path):
    deputy = make.deputy(office)
    person = office.ask(deputies.one, deputy).person_id
    office.do(deputies.add_mandate, person_id=person, level=Level.CITY)

    path = edited(out(office, tmp_path, "person"), "同意公开照片", "是")
    refused(office, path, "person", "请填写本人同意公开的日期")
    path = edited(out(office, tmp_path, "mandate"), "代表层级", Level.CITY.label)
    refused(office, path, "mandate", "王伟已经是市人大代表")
    path = edited(out(office, tmp_path, "mandate"), "任职日期", date(2026, 3, 4))
    edited(path, "终止日期", date(2026, 3, 1))
    refused(office, path, "mandate", "终止日期不能早于任职日期")
    edited(path, "终止日期", date(2026, 3, 5))
    assert sheets.take_in(office, "mandate", path).changed == 1


def test_members_of_a_group_stay_when_its_name_changes(office, tmp_path):
    deputy = make.deputy(office)
    office.do(deputy_groups.save, name="一组", leader_id=deputy, member_ids=(deputy,))

    sheets.take_in(
        office, "deputy_group", edited(out(office, tmp_path, "deputy_group"), "小组名称", "二组")
    )

    assert [(g.name, g.member_ids) for g in office.ask(deputy_groups.rows)] == [("二组", (deputy,))]


def test_who_petitioned_stays_when_the_matter_changes(office, tmp_path):
    office.do(
        petitions.save, reported_on=date(2026, 3, 5), matter="修路", voter_name="选民甲", people=1
    )

    path = edited(out(office, tmp_path, "petition"), "信访事项", "修桥")
    assert sheets.take_in(office, "petition", path).changed == 1
    [row] = office.ask(petitions.rows)
    assert (row.matter, row.voter_name) == ("修桥", "选民甲")
    refused(office, edited(path, "人数", 9), "petition", "代表为1到5人")
    office.do(petitions.save, reported_on=date(2026, 3, 6), matter="补贴")
    path = edited(out(office, tmp_path, "petition"), "信访事项", "发补贴", row=3)
    assert sheets.take_in(office, "petition", path).changed == 1


def test_a_home_check_needs_evidence(office, tmp_path):
    home = make.home(office)
    item = office.ask(home_checks.states, make.TODAY)[0].items[0].item
    office.do(
        home_checks.check,
        home_id=home,
        checked_on=make.TODAY,
        findings=(home_checks.Finding(item, passed=False),),
    )

    refused(
        office, edited(out(office, tmp_path, "home_check"), "达标", "是"), "home_check", "请写依据"
    )


def test_a_by_election_that_elects_nobody_is_refused(office, tmp_path):
    office.do(
        vacancies.end,
        mandate_id=make.deputy(office),
        ended_on=date(2026, 1, 5),
        reason=EndReason.MOVED,
    )
    path = out(office, tmp_path, "vacancy")
    for heading, value in (
        ("选民数", 100),
        ("发出票数", 60),
        ("收回票数", 60),
        ("有效票数", 60),
        ("当选人", "李静"),
        ("当选得票", 61),
    ):
        edited(path, heading, value)

    refused(office, path, "vacancy", "得票")


def test_lines_with_numbers_of_another_office_are_checked_and_keep_them(spent, tmp_path):
    path = edited(out(spent, tmp_path, "expense"), "记录号", "00000000-" + "0" * 32)
    book = openpyxl.load_workbook(path)
    book.worksheets[0].delete_rows(3)
    book.save(path)

    refused(spent, path, "expense", "超出500元")
    assert sheets.take_in(spent, "expense", edited(path, "金额（元）", 500)).added == 1
    assert "00000000-" + "0" * 32 in {row.id for row in spent.ask(expenses.rows)}


def test_what_a_step_has_done_is_not_of_tomorrow(office, tmp_path):
    headings = ["季度积分", "代表", "提出日期", "异议内容"]
    with pytest.raises(FieldError, match="提出日期不能晚于今天"):
        taken(
            office,
            tmp_path,
            "point_objection",
            headings,
            ["00000000-" + "0" * 32, "00000000-" + "1" * 32, "2027-01-05", "少计"],
        )


def test_steps_of_a_suggestion_are_no_cells(office, tmp_path):
    deputy = make.deputy(office)
    office.do(suggestions.create, headline="修路", reason="坏了", proposal="修好", lead_id=deputy)

    path = edited(out(office, tmp_path, "suggestion"), "状态", "已办结")
    refused(office, path, "suggestion", "由办理步骤填写，不能用表格修改.*请保持这一列原样")
    path = edited(out(office, tmp_path, "suggestion"), "标题", "修桥")
    assert sheets.take_in(office, "suggestion", path).changed == 1


def test_rules_in_force_are_not_rewritten(office, tmp_path):
    office.do(presets.set_deadlines, valid_from=date(2026, 1, 1))

    path = edited(out(office, tmp_path, "deadline_rule"), "依据", "改过")

    refused(office, path, "deadline_rule", "已经生效，不能用表格改写")


def test_a_training_line_cannot_be_of_tomorrow_and_a_unit_needs_a_name(office, tmp_path):
    line = ["预算审查", "线下", "区级代表培训", "2027-01-05"]
    with pytest.raises(FieldError, match="第2行的“日期”不能这样填：日期不能晚于今天"):
        taken(office, tmp_path, "training", ["主题", "形式", "培训层级", "日期"], line)
    with pytest.raises(FieldError, match="请填写单位名称"):
        taken(office, tmp_path, "unit", ["单位名称"], ["区教育局"], [" 　 "])
    assert office.ask(trainings.rows) == []
    assert office.ask(units.rows) == []


def test_the_note_of_a_document_number_is_changed(office, tmp_path):
    made = office.do(document_numbers.save, prefix="五人大函", name="交办函", given_on=make.TODAY)
    path = edited(out(office, tmp_path, "document_number"), "备注", "已送达")

    assert sheets.take_in(office, "document_number", path).changed == 1

    [row] = office.ask(document_numbers.rows)
    assert (row.id, row.note) == (made, "已送达")


def test_an_opinion_moved_to_another_year_gets_a_number_of_that_year(office, tmp_path):
    for day in (date(2025, 6, 6), date(2026, 3, 3)):
        office.do(
            opinions.hear, heard_on=day, matter="路灯不亮", voter_name="甲", channel=Channel.HOME
        )
    old = next(row for row in sheets.listing(office, "opinion") if row["heard_on"].year == 2025)

    rows = len(sheets.listing(office, "opinion"))
    path = out(office, tmp_path, "opinion")
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    heads = [c.value for c in sheet[1]]
    line = next(
        n for n in range(2, rows + 2) if sheet.cell(n, heads.index("记录号") + 1).value == old["id"]
    )
    edited(path, "反映日期", date(2026, 6, 6), row=line)
    sheets.take_in(office, "opinion", path)

    numbers = [row["number"] for row in sheets.listing(office, "opinion")]
    assert sorted(numbers) == [1, 2]
