"""Forms printed from an office's live records, read back as a person reads them."""

from datetime import date

import pypdfium2
import pytest

from deputydesk.errors import UserError
from deputydesk.models import Dispatch
from deputydesk.models.choices import Channel, Level, OfficeKind, Sex, VisitKind
from deputydesk.office import Right, operation
from deputydesk.operations import (
    cautions,
    deputies,
    dispatches,
    evaluations,
    opinions,
    point_quarters,
    visits,
)
from deputydesk.reports import FORMS, Options
from deputydesk.reports.printing import write
from deputydesk.rules.dispatch_periods import DispatchKind
from deputydesk.rules.quarters import Quarter
from tests import make
from tests.operations.case import Case
from tests.operations.duty_case import YEAR, adopt, scheme
from tests.reports.judge import faults

RARE, LONG = "𬱖𫖮", "嘉木样·洛桑久美·图丹却吉尼玛"


@operation(Right.HANDLE, "改动快照样例")
def meddle(tx, *, dispatch_id):
    tx.session.get(Dispatch, dispatch_id).summary = "改过"


def text(path):
    pdf = pypdfium2.PdfDocument(path)
    pages = [page.get_textpage().get_text_range() for page in pdf]
    pdf.close()
    return "\n".join(pages).replace("\r", "").replace("\u3000", "")


@pytest.mark.parametrize("form", FORMS)
def test_every_form_prints_from_the_demo_office_without_fault(demo_office, tmp_path, form):
    two = tuple(row.id for row in demo_office.ask(deputies.rows)[:2])

    pages = write(demo_office, form, tmp_path / f"{form}.pdf", Options(deputy_ids=two, duplex=True))

    assert pages >= 1
    assert faults(tmp_path / f"{form}.pdf") == []


def test_rare_and_long_names_print_and_copy_exactly(office, tmp_path):
    for name in (RARE, LONG):
        office.do(deputies.add, name=name, level=Level.TOWN, sex=Sex.FEMALE, phone="13804720156")

    pages = write(office, "duty_report", tmp_path / "report.pdf")

    said = text(tmp_path / "report.pdf")
    assert pages == 2 * (pages // 2)
    assert RARE in said
    assert LONG in said
    assert "138****0156" in said
    assert "13804720156" not in said


def test_a_duty_report_holds_the_deputys_year(office, tmp_path):
    home = make.home(office)
    deputy = make.deputy(office, name="王伟", home_id=home)
    make.deputy(office, name="高娃")
    make.visit(office, home, deputy, held_on=date(2026, 3, 5), received=6)
    make.visit(office, home, deputy, held_on=date(2025, 3, 5), received=9)

    write(office, "duty_report", tmp_path / "report.pdf", Options(deputy_ids=(deputy,)))

    said = text(tmp_path / "report.pdf")
    assert "高娃" not in said
    assert "03-05" in said
    assert "接待选民6人次" in said
    assert "9人次" not in said


def test_a_duty_report_holds_every_kind_of_duty_by_parts_and_the_points(duty_office, who, tmp_path):
    adopt(duty_office, scheme("汝州"))
    duty_office.do(point_quarters.close, quarter=Quarter(YEAR, 1))
    duty_office.do(cautions.save, mandate_id=who.li, trigger="积分末位")
    chosen = Options(deputy_ids=(who.li, who.zhao), first=date(YEAR, 1, 1), last=date(YEAR, 12, 31))

    write(
        duty_office,
        "duty_report",
        tmp_path / "report.pdf",
        chosen,
    )

    said = "".join(text(tmp_path / "report.pdf").split())
    parts = ("会议出席", "视察调研", "学习培训", "建议意见", "述职与监督", "接待选民", "为民服务")
    places = [said.index(f"）{part}") for part in parts]
    assert places == sorted(places)
    for entry in (
        "镇人大一次会议",
        "视察水利工程",
        "预算审查，8学时",
        "修通村路，附议",
        "述职测评会",
    ):
        assert entry in said
    assert "请假，3个半天" in said
    assert "住院" not in said
    assert "积分末位" not in said
    assert "2025年第一季度23第2名汝州（自2025年1月1日起）" in said
    assert "2025年第一季度—暂停" in said
    assert faults(tmp_path / "report.pdf") == []


def test_ballots_tell_nothing_about_the_voter(office, tmp_path):
    people = tuple(make.deputy(office, name=name) for name in ("王伟", "高娃"))
    office.do(
        evaluations.prepare, name="测评会", held_on=make.TODAY, deputy_ids=people, place="镇里"
    )

    pages = write(office, "ballot", tmp_path / "ballots.pdf", Options(copies=3))

    pdf = pypdfium2.PdfDocument(tmp_path / "ballots.pdf")
    sheets = {page.get_textpage().get_text_range() for page in pdf}
    pdf.close()
    assert pages == 3
    assert len(sheets) == 1
    assert "按姓名笔画为序" in sheets.pop()


def test_a_reception_form_holds_the_voters_words(office, tmp_path):
    home, deputy = make.home(office), make.deputy(office)
    visit = make.visit(office, home, deputy, held_on=date(2026, 11, 20))
    office.do(
        opinions.hear,
        channel=Channel.HOME,
        matter="卫生室缺药",
        visit_id=visit,
        heard_on=date(2026, 11, 20),
        voter_name="郝平",
    )

    write(office, "reception_form", tmp_path / "form.pdf", Options(record_id=visit))

    said = text(tmp_path / "form.pdf")
    assert "卫生室缺药" in said
    assert "郝平" in said
    assert "2026年11月20日" in said


def test_a_street_prints_its_own_organ(office, tmp_path):
    make.profile(office, kind=OfficeKind.STREET, name="石拐街道")

    write(office, "reception_form", tmp_path / "form.pdf")

    said = text(tmp_path / "form.pdf")
    assert "人大工委" in said
    assert "主席团" not in said


def test_what_cannot_be_printed_is_said(office, tmp_path):
    to = tmp_path / "x.pdf"
    evaluation = office.do(
        evaluations.prepare, name="会", held_on=make.TODAY, deputy_ids=(make.deputy(office),)
    )
    bare = make.empty_office(tmp_path / "bare")

    for where, form, options, sentence in (
        (office, "tea", Options(), "没有“tea”这种表格"),
        (office, "duty_report", Options(deputy_ids=("T1-0",)), "找不到要打印的代表"),
        (office, "reception_form", Options(record_id="T1-0"), "找不到这次接待"),
        (office, "ballot", Options(record_id="T1-0"), "找不到这条“述职测评”记录"),
        (office, "ballot_result", Options(record_id=evaluation), "还没有计票"),
        (bare, "duty_report", Options(), "还没有填写单位信息"),
    ):
        with pytest.raises(UserError, match=sentence):
            write(where, form, to, options)
    bare.close()
    assert not to.exists()


def test_no_evaluation_means_no_ballot(office, tmp_path):
    with pytest.raises(UserError, match="还没有述职测评"):
        write(office, "ballot", tmp_path / "x.pdf")


def test_a_visit_is_named_by_its_place_when_it_has_no_home(office, tmp_path):
    deputy = make.deputy(office)
    office.do(
        visits.register,
        held_on=date(2026, 3, 5),
        kind=VisitKind.LINK_VOTERS,
        deputy_ids=(deputy,),
        place="缸房地村",
        received=2,
    )

    write(office, "duty_report", tmp_path / "report.pdf")

    assert "缸房地村" in text(tmp_path / "report.pdf")


def test_a_dispatch_report_prints_what_was_kept_and_not_what_is_now(office, tmp_path):
    case = Case.handled(office)
    report = office.do(dispatches.make, kind=DispatchKind.MONTH, day=date(2026, 6, 10))
    case.answer(case.main)

    write(office, "dispatch", tmp_path / "report.pdf", Options(record_id=report))

    said = text(tmp_path / "report.pdf")
    for words in (
        "石拐区五当召镇人大代表建议办理月小结",
        "2026年第1期",
        "2026年6月",
        "区交通运输局",
    ):
        assert words in said
    assert "25天" in said
    assert "本月没有变化" in said
    assert "签发（主席）：" in said


def test_no_report_or_one_that_was_meddled_with_is_not_printed(office, tmp_path):
    with pytest.raises(UserError, match="还没有调度报告"):
        write(office, "dispatch", tmp_path / "x.pdf")
    report = office.do(dispatches.make, kind=DispatchKind.MONTH, day=date(2026, 6, 10))
    office.do(meddle, dispatch_id=report)

    with pytest.raises(UserError, match="月小结 2026年第1期的台账快照与校验值不符"):
        write(office, "dispatch", tmp_path / "x.pdf")
    assert not (tmp_path / "x.pdf").exists()
