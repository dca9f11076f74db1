"""Papers of homes, trainings and money, printed from live records and read back."""

from datetime import date, timedelta

import pytest

from deputydesk.errors import UserError
from deputydesk.models import Meeting, RotaShift, Training, Visit
from deputydesk.models.activity import TrainingForm, TrainingLevel
from deputydesk.models.assembly import AssemblyKind
from deputydesk.models.attendance import Presence
from deputydesk.models.choices import (
    Channel,
    Level,
    LinkMethod,
    OfficeKind,
    StationRole,
    VisitKind,
)
from deputydesk.models.expense import ExpenseKind
from deputydesk.operations import (
    assemblies,
    assembly_members,
    check_ins,
    expense_rates,
    expenses,
    funds,
    leaves,
    local_rules,
    receptions,
    regulations,
    rotas,
    stations,
    supervisor_remarks,
    supervisors,
    trainings,
)
from deputydesk.operations.participants import Attendee
from deputydesk.reports import FORMS, Options
from deputydesk.reports.form import AskRecord
from deputydesk.reports.printing import write
from tests import make
from tests.reports import samples
from tests.reports.judge import faults, text_of

OF_A_RECORD = (
    "sign_in",
    "expense_slip",
    "leave_slip",
    "link_card",
    "training_sheet",
    "supervisor_register",
    "rota_table",
    "home_plate",
    "home_wall",
)
NAMES = (*OF_A_RECORD, "expense_ledger")


def printed(office, tmp_path, form, record_id="", **options):
    """The text of each page, without blanks; the paper has no fault."""
    to = tmp_path / f"{form}.pdf"
    write(office, form, to, Options(record_id=record_id, **options))
    assert faults(to) == []
    return ["".join(page.split()).replace("\ufffe", "") for page in text_of(to)]


def offered(office, form):
    [ask] = [ask for ask in FORMS[form].asks if isinstance(ask, AskRecord)]
    return office.ask(ask.records)


@pytest.mark.parametrize("form", NAMES)
def test_an_office_without_records_prints_a_blank_form(office, tmp_path, form):
    assert "五当召镇" in printed(office, tmp_path, form)[0]


@pytest.mark.parametrize("form", NAMES)
def test_a_street_signs_as_working_committee_and_never_as_presidium(office, tmp_path, form):
    make.profile(office, kind=OfficeKind.STREET, name="大发街道")

    said = "".join(printed(office, tmp_path, form))

    assert "主席" not in said
    assert "大发街道" in said


@pytest.mark.parametrize("form", OF_A_RECORD)
def test_a_record_that_is_gone_is_told(office, tmp_path, form):
    with pytest.raises(UserError, match="找不到"):
        write(office, form, tmp_path / "form.pdf", Options(record_id="T1-gone"))


# ------------------------------------------------------------------ 签到表


def training(office, *people, **values):
    return office.do(
        trainings.save,
        topic="预算审查",
        form=TrainingForm.CLASSROOM,
        level=TrainingLevel.TOWN,
        held_on=make.TODAY,
        attendees=tuple(Attendee(one) for one in people),
        **values,
    )


def test_names_stand_in_the_official_order_with_room_to_sign(office, tmp_path):
    people = [make.deputy(office, name=name) for name in ("赵㛃", "马云飞", "丁福")]
    make.consent(office, people[1], public_phone="0472-1234567")
    record = training(office, *people, place="镇政府三楼", hours=4)

    [said] = printed(office, tmp_path, "sign_in", record)

    assert said.index("丁福") < said.index("马云飞") < said.index("赵㛃")
    assert "代表培训签到表" in said
    assert "活动名称预算审查" in said
    assert "2026年11月23日" in said
    assert "镇政府三楼" in said
    assert "应到3人" in said
    assert "按姓名笔画为序" in said
    assert said.count("0472-1234567") == 1
    assert f"编号：QD-20261123-{record[-6:].upper()}" in said


def test_a_list_in_another_order_says_so(office, tmp_path):
    people = [make.deputy(office, name=name) for name in ("赵㛃", "马云飞")]
    record = training(office, *people)
    office.do(
        local_rules.adopt,
        kind="list_order",
        name="按代表证号",
        valid_from=date(2026, 1, 1),
        rule={"order": "certificate"},
    )

    assert "名单按代表证号排列" in printed(office, tmp_path, "sign_in", record)[0]


def test_who_signed_by_code_has_the_time_and_who_is_excused_is_marked(office, tmp_path):
    came, away = make.deputy(office, name="王伟"), make.deputy(office, name="李强")
    record = training(office)
    kind = Training.__tablename__
    office.do(check_ins.expect, event_kind=kind, event_id=record, mandate_ids=(came, away))
    office.do(check_ins.sign, event_kind=kind, event_id=record, mandate_id=came)
    office.do(check_ins.excuse, event_kind=kind, event_id=record, mandate_id=away)

    [said] = printed(office, tmp_path, "sign_in", record)

    assert "09:00" in said
    assert "请假" in said.split("李强")[1].split("王伟")[0]
    assert "应到2人实到1人请假1人" in said


def test_a_visit_names_its_home_and_a_planned_day_its_time(office, tmp_path):
    home, deputy = make.home(office), make.deputy(office)
    visit = make.visit(office, home, deputy)
    shift = office.do(
        rotas.save,
        planned_on=date(2026, 11, 25),
        home_id=home,
        deputy_ids=(deputy,),
        slot="上午9:00",
    )

    visited = printed(office, tmp_path, "sign_in", visit)[0]
    planned = printed(office, tmp_path, "sign_in", shift)[0]

    assert "代表进家签到表" in visited
    assert "五当召镇人大代表之家" in visited
    assert "2026年11月25日上午9:00" in planned
    assert "五当召镇人大代表之家" in planned
    assert {one.id for one in offered(office, "sign_in")} == {visit, shift}


def test_a_meeting_to_which_nobody_was_called_lists_all_of_its_level(office, tmp_path):
    for surname in "王李张刘陈杨赵黄周吴":
        for name in "伟强敏静磊军洋勇艳杰":
            make.deputy(office, name=surname + name)
    meeting = make.meeting(office)

    pages = printed(office, tmp_path, "sign_in", meeting)
    dense = printed(office, tmp_path, "sign_in", meeting, paper="dense")

    assert "应到100人" in pages[0]
    assert len(dense) < len(pages)
    for sheet in (pages, dense):
        said = "".join(sheet)
        assert all("签名时间" in page for page in sheet)
        assert all(surname + "伟" in said for surname in "王李张刘陈杨赵黄周吴")


def test_an_assembly_of_a_street_lists_its_members(office, tmp_path):
    make.profile(office, kind=OfficeKind.STREET, name="大发街道")
    office.do(assembly_members.save, name="周敏", group="第一组", job="居民")
    record = office.do(
        assemblies.save,
        kind=AssemblyKind.COUNCIL,
        name="第三次议事会",
        held_on=make.TODAY,
        expected=1,
        present=1,
    )

    [said] = printed(office, tmp_path, "sign_in", record)

    assert "议事会议签到表" in said
    assert "周敏第一组居民" in said


def test_the_sheet_is_offered_for_every_kind_of_event():
    [ask] = [ask for ask in FORMS["sign_in"].asks if isinstance(ask, AskRecord)]

    assert {Visit, RotaShift, Meeting, Training} < {ask.model, *ask.others}


# ------------------------------------------------------------------ 经费


@pytest.fixture
def spent(office):
    """A rate of 2000 元 for one deputy, a rented car in May, a subsidy in November."""
    deputy = make.deputy(office, name="王伟")
    office.do(expense_rates.save, year=2026, level=Level.TOWN, per_head=200_000)
    car = office.do(
        expenses.save,
        spent_on=date(2026, 5, 6),
        kind=ExpenseKind.TRAVEL,
        content="租车视察",
        amount=120_030,
        payee="区运输公司",
        voucher_no="记-05-019",
        approved_by="李主席",
        handler="张丽",
    )
    office.do(
        expenses.save,
        spent_on=date(2026, 11, 2),
        kind=ExpenseKind.SUBSIDY,
        content="误工补贴",
        mandate_id=deputy,
        half_days=2,
        amount=10_000,
    )
    return car


def test_a_slip_says_the_amount_in_figures_and_in_capital_numerals(office, tmp_path, spent):
    [said] = printed(office, tmp_path, "expense_slip", spent)

    assert "人民币壹仟贰佰元零叁角整" in said
    assert "1,200.30元" in said
    assert "☑交通住宿" in said
    assert "2026年第1号" in said
    assert "2026年苏木乡镇代表经费" in said
    assert "（已审批：李主席）" in said
    assert "主席（签名）：" in said
    assert f"KZ-20260506-{spent[-6:].upper()}" in said
    assert [one.name for one in offered(office, "expense_slip")][-1] == "2026年第1号　租车视察"


def test_a_ledger_says_what_there_is_what_was_spent_and_what_is_left(office, tmp_path, spent):
    said = "".join(printed(office, tmp_path, "expense_ledger"))

    assert "苏木乡镇代表经费2,000.0012,000.001,300.30699.7065%" in said
    assert "共2笔合计1,300.30元（人民币壹仟叁佰元零叁角整）" in said
    assert "租车视察" in said
    assert "王伟苏木乡镇12100.00" in said


def test_a_ledger_up_to_a_day_counts_nothing_later(office, tmp_path, spent):
    said = "".join(printed(office, tmp_path, "expense_ledger", last=date(2026, 6, 30)))

    assert "2026年1月1日—6月30日" in said
    assert "苏木乡镇代表经费2,000.0012,000.001,200.30799.7060%" in said
    assert "（没有发放误工补贴）" in said


def test_a_fund_of_an_earlier_year_stands_in_the_ledger_of_the_year_it_is_spent(office, tmp_path):
    fund = office.do(funds.save, year=2025, name="建家经费", amount=500_000)
    for year in (2025, 2026):
        office.do(
            expenses.save,
            spent_on=date(year, 3, 1),
            kind=ExpenseKind.HOME,
            content="展板",
            fund_id=fund,
            amount=100_000,
        )

    then = "".join(printed(office, tmp_path, "expense_ledger", last=date(2025, 12, 31)))
    now = "".join(printed(office, tmp_path, "expense_ledger"))

    assert "建家经费5,000.001,000.004,000.00" in then
    assert "建家经费5,000.002,000.003,000.00" in now


def test_funds_of_the_same_name_are_told_apart_and_only_what_was_over_by_then_counts(
    office, tmp_path
):
    for year in (2025, 2026):
        fund = office.do(funds.save, year=year, name="建家经费", amount=500_000)
        for month, over in ((3, ""), (9, "临时增加")):
            office.do(
                expenses.save,
                spent_on=date(2026, month, 1),
                kind=ExpenseKind.HOME,
                content="展板",
                fund_id=fund,
                amount=100_000,
                over_reason=over,
            )
    record = next(row.id for row in office.ask(expenses.rows) if row.fund_id != fund)

    then = "".join(printed(office, tmp_path, "expense_ledger", last=date(2026, 6, 30)))
    slip = "".join(printed(office, tmp_path, "expense_slip", record_id=record))

    assert then.count("建家经费5,000.001,000.004,000.0020%") == 2
    assert "4,000.0020%1" not in then
    assert "2025年建家经费" in slip


# ------------------------------------------------------------------ 请假条


def test_a_leave_says_from_what_why_and_what_was_decided(office, tmp_path):
    deputy = make.deputy(office, name="王伟")
    meeting = make.meeting(office, number=12)
    record = office.do(
        leaves.save,
        mandate_id=deputy,
        from_on=date(2026, 12, 10),
        to_on=date(2026, 12, 11),
        event_id=meeting,
        half_days=3,
        reason="住院治疗",
    )

    asked = "".join(printed(office, tmp_path, "leave_slip", record))
    office.do(leaves.approve, leave_id=record, approved_by="李主席")
    decided = "".join(printed(office, tmp_path, "leave_slip", record))

    assert "王伟" in asked
    assert "☑人民代表大会会议" in asked
    assert "镇十届人大12次会议" in asked
    assert "自2026年12月10日至2026年12月11日，共3个半天" in asked
    assert "住院治疗" in asked
    assert "同意请假。" not in asked
    assert "同意请假。（审批人：李主席）" in decided
    assert "2026年11月23日" in decided


@pytest.mark.parametrize("is_event", [True, False])
def test_a_leave_of_a_day_counts_days(office, tmp_path, is_event):
    deputy = make.deputy(office)
    record = office.do(
        leaves.save,
        mandate_id=deputy,
        from_on=make.TODAY,
        to_on=make.TODAY,
        event_id=training(office) if is_event else "",
        reason="外出",
    )

    said = "".join(printed(office, tmp_path, "leave_slip", record))

    assert "2026年11月23日，共1天" in said
    assert ("☑代表活动、培训" in said) is is_event
    assert ("☑其他" in said) is not is_event


# ------------------------------------------------------------------ 双联系记录卡


def test_a_card_tells_one_contact_with_what_was_heard(office, tmp_path):
    deputy = make.deputy(office, name="王伟")
    heard = tuple(
        receptions.Heard(Channel.LINK, matter) for matter in ("路灯不亮", "垃圾清运不及时")
    )
    office.do(
        receptions.register,
        kind=VisitKind.LINK_VOTERS,
        held_on=make.TODAY,
        method=LinkMethod.HOUSEHOLD,
        place="爬榆树嘎查",
        deputy_ids=(deputy,),
        received=2,
        topic="走访选民",
        said=heard,
    )
    [contact] = [one.id for one in offered(office, "link_card")]

    [said] = printed(office, tmp_path, "link_card", contact)

    assert "☑代表联系选民" in said
    assert "☑入户走访" in said
    assert "爬榆树嘎查" in said
    assert "2人次" in said
    assert "1.路灯不亮2.垃圾清运不及时" in said
    assert "1.待办理" in said


def test_a_blank_card_is_of_one_page(office, tmp_path):
    assert len(printed(office, tmp_path, "link_card")) == 1


# ------------------------------------------------------------------ 培训学时表


def test_one_training_says_who_attended_and_how_many_hours(office, tmp_path):
    came, left, away = (make.deputy(office, name=name) for name in ("王伟", "李强", "赵磊"))
    record = office.do(
        trainings.save,
        topic="预算审查",
        form=TrainingForm.CLASSROOM,
        level=TrainingLevel.TOWN,
        held_on=make.TODAY,
        hours=4,
        teacher="周教授",
        attendees=(
            Attendee(came),
            Attendee(left, hours=2),
            Attendee(away, presence=Presence.LEAVE),
        ),
    )

    [said] = printed(office, tmp_path, "training_sheet", record)

    assert "预算审查培训学时表" in said
    assert "应参加3人到会2人共6学时" in said
    assert "王伟苏木乡镇到会4" in said
    assert "李强苏木乡镇到会2" in said
    assert "赵磊苏木乡镇请假" in said
    assert "授课人：周教授" in said


def test_a_years_trainings_add_up_by_deputy_and_name_the_untrained(office, tmp_path):
    came = make.deputy(office, name="王伟")
    make.deputy(office, name="李强")
    for day, form, hours in (
        (date(2026, 3, 1), TrainingForm.CLASSROOM, 8),
        (date(2026, 5, 1), TrainingForm.ONLINE, 2),
        (date(2025, 5, 1), TrainingForm.ONLINE, 50),
    ):
        office.do(
            trainings.save,
            topic=f"{day:%m}月培训",
            form=form,
            level=TrainingLevel.TOWN,
            held_on=day,
            ended_on=day + timedelta(days=2),
            hours=hours,
            attendees=(Attendee(came),),
        )

    said = "".join(printed(office, tmp_path, "training_sheet"))

    assert "2026年1月1日—11月23日" in said
    assert "共2次，2期（次）" in said
    assert "参训代表1人，2人次，共10学时；未参训1人" in said
    assert "王伟苏木乡镇82102" in said
    assert "李强苏木乡镇未参训" in said
    assert said.index("03月培训") < said.index("05月培训")


# ------------------------------------------------------------------ 监督员


def test_supervisors_stand_by_home_with_what_they_said(office, tmp_path):
    home, other = make.home(office), make.home(office, name="爬榆树嘎查人大代表之家")
    one = office.do(
        supervisors.save, home_id=home, name="高芳", job="退休教师", from_on=date(2022, 1, 20)
    )
    office.do(
        supervisors.save,
        home_id=other,
        name="陈勇",
        from_on=date(2020, 1, 1),
        to_on=date(2021, 1, 1),
    )
    office.do(
        supervisor_remarks.save,
        supervisor_id=one,
        mandate_id=make.deputy(office, name="王伟"),
        made_on=make.TODAY,
        content="按时进家",
    )

    whole = "".join(printed(office, tmp_path, "supervisor_register"))
    alone = "".join(printed(office, tmp_path, "supervisor_register", other))

    assert "在聘1名，1家" in whole
    assert "高芳退休教师2022-01-201" in whole
    assert "高芳王伟按时进家" in whole
    assert "爬榆树嘎查人大代表之家有0名履职监督员" in whole
    assert "高芳" not in alone
    assert "陈勇2020-01-012021-01-01" in alone


# ------------------------------------------------------------------ 轮值表


def test_a_rota_on_the_wall_keeps_the_offices_own_notes_to_itself(office, tmp_path):
    home, deputy = make.home(office), make.deputy(office, name="王伟")
    days = [date(2026, 11, 25), date(2026, 12, 2)]
    shifts = [
        office.do(rotas.save, planned_on=day, home_id=home, deputy_ids=(deputy,), slot="上午")
        for day in days
    ]
    office.do(rotas.cancel, shift_id=shifts[1], moved_why="区里开会")

    wall = "".join(printed(office, tmp_path, "rota_table"))
    own = "".join(printed(office, tmp_path, "rota_table", paper="own"))
    quarter = "".join(
        printed(
            office, tmp_path, "rota_table", home, first=date(2026, 7, 1), last=date(2026, 9, 30)
        )
    )

    assert "2026-11-25周三上午五当召镇人大代表之家王伟" in wall
    assert "共1天，1家，代表1名" in wall
    assert "2026年1月1日—12月31日" in wall
    assert "区里开会" not in wall
    assert "已取消区里开会" in own
    assert "（这一期间没有安排）" in quarter
    assert "五当召镇人大代表之家代表进家轮值表" in quarter


# ------------------------------------------------------------------ 牌匾和上墙


def test_a_plate_bears_the_name_and_the_organ_as_large_as_the_paper(office, tmp_path):
    home, station = (
        make.home(office),
        office.do(stations.save, name="五当召景区代表工作站", roles=(StationRole.STATION,)),
    )

    for paper in ("a3", "a4"):
        [said] = printed(office, tmp_path, "home_plate", home, paper=paper)
        assert "五当召镇人大代表之家五当召镇人大主席团" in said
    assert "五当召景区代表工作站" in printed(office, tmp_path, "home_plate", station)[0]
    assert {one.id for one in offered(office, "home_plate")} == {home, station}
    assert len(printed(office, tmp_path, "home_plate")) == 1


def test_a_large_plate_comes_in_tiles(office, tmp_path):
    make.home(office)
    to = tmp_path / "form.pdf"

    pages = write(office, "home_plate", to, Options(paper="large-tiles"))

    assert pages > 4
    assert all("，共" in page and "按原尺寸打印" in page for page in text_of(to))


@pytest.fixture
def walled(office):
    """A home with a deputy, a supervisor, a day to come and a rule for the wall."""
    home = make.home(office)
    deputy = make.deputy(office, name="王伟", home_id=home)
    make.consent(office, deputy, public_phone="0472-1234567")
    office.do(supervisors.save, home_id=home, name="高芳", job="退休教师")
    office.do(rotas.save, planned_on=date(2026, 11, 25), home_id=home, deputy_ids=(deputy,))
    office.do(
        regulations.save,
        name="接待选民制度",
        content="第一条 按时接待。",
        document_no="五人大发〔2026〕1号",
        adopted_on=date(2026, 1, 5),
        on_wall=True,
    )
    office.do(regulations.save, name="档案制度", content="第一条 按年归档。")
    office.do(regulations.save, name="没有正文的制度", on_wall=True)
    return home


@pytest.mark.parametrize("paper", ["a3", "a4"])
def test_a_wall_holds_the_rules_for_it_and_the_records_of_the_home(office, tmp_path, walled, paper):
    pages = printed(office, tmp_path, "home_wall", walled, paper=paper)

    titles = ["接待选民制度", "代表信息", "代表接待日安排", "代表联系选民", "接待选民流程"]
    assert [page.index(title) >= 0 for page, title in zip(pages, titles, strict=False)]
    said = "".join(pages)
    assert "第一条按时接待。" in said
    assert "五人大发〔2026〕1号2026年1月5日通过" in said
    assert "档案制度" not in said
    assert "没有正文的制度" not in said
    assert "王伟苏木乡镇0472-1234567" in said
    assert "11月25日（周三）王伟" in said
    assert "转单位办理" in said
    assert "有固定场所" in said
    assert "高芳退休教师" in said
    assert all("五当召镇人大代表之家" in page for page in pages)


def test_a_long_rule_goes_on_over_sheets_that_say_so(office, tmp_path):
    make.home(office)
    office.do(regulations.save, name="履职守则", content=samples.HUGE, on_wall=True)

    pages = printed(office, tmp_path, "home_wall", paper="a4")

    assert sum("履职守则（续）" in page for page in pages) > 5
    assert "".join(pages).count("养") >= samples.HUGE.count("养")
