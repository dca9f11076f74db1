"""Letters and forms of suggestions and reception days, printed from live records and read back."""

from datetime import date, timedelta

import pytest

from deputydesk.errors import UserError
from deputydesk.models.choices import OfficeKind, RejectReason, TalkForm
from deputydesk.operations import (
    commitments,
    document_numbers,
    extensions,
    feedbacks,
    local_rules,
    offices,
    presets,
    reviews,
    rotas,
    suggestions,
    talks,
    urgings,
)
from deputydesk.reports import FORMS, Options
from deputydesk.reports.form import AskRecord
from deputydesk.reports.printing import write
from tests import make
from tests.operations.case import Case
from tests.reports import samples
from tests.reports.judge import faults, text_of

LETTERS = (
    "assign_notice",
    "urging_notice",
    "extension_form",
    "reply_letter",
    "feedback_form",
    "reject_notice",
    "reception_notice",
    "meeting_record",
    "face_reply_record",
    "promise_receipt",
)


def printed(office, tmp_path, form, record_id="", **options):
    """The text of each page, without blanks; the paper has no fault."""
    to = tmp_path / f"{form}.pdf"
    write(office, form, to, Options(record_id=record_id, **options))
    assert faults(to) == []
    return ["".join(page.split()).replace("\ufffe", "") for page in text_of(to)]


def detail(case):
    return case.office.ask(suggestions.detail, suggestion_id=case.id, today=make.TODAY)


@pytest.mark.parametrize("form", LETTERS)
def test_an_office_without_records_prints_a_blank_form(office, tmp_path, form):
    pages = printed(office, tmp_path, form)

    assert any("五当召镇" in page for page in pages)


@pytest.mark.parametrize("form", LETTERS)
def test_a_street_signs_as_working_committee_and_never_as_presidium(office, tmp_path, form):
    make.profile(office, kind=OfficeKind.STREET, name="大发街道")

    said = "".join(printed(office, tmp_path, form))

    assert "主席" not in said
    assert "大发街道" in said


def test_an_assignment_letter_names_the_units_part_the_day_and_the_slip(office, tmp_path):
    case = Case.assigned(office)

    pages = printed(office, tmp_path, "assign_notice", case.id)

    said = "".join(pages)
    assert said.count("签收回执退回五当召镇人大主席团") == 2
    assert "区交通运输局：" in said
    assert "《关于打通断头路的建议》" in said
    assert "请于2026年6月5日前书面答复代表" in said
    assert "将协办意见书面送主办单位" in said
    assert "主办：区交通运输局" in said
    assert "协办：区财政局" in said
    assert said.count("送达") == 0
    assert sum("签收日期" in page for page in pages) == 2


def test_all_that_no_unit_has_signed_for_goes_out_with_one_letter_a_unit(office, tmp_path):
    first = Case.assigned(office)
    second = first.another()
    office.do(reviews.accept, suggestion_id=second.id, reviewed_on=date(2026, 3, 2))
    second.give(main_id=second.main)

    said = "".join(printed(office, tmp_path, "assign_notice"))

    assert "现将人大代表建议2件（见附件）交由你单位办理" in said
    first.sign(first.main)
    again = "".join(printed(office, tmp_path, "assign_notice"))
    assert "现将人大代表建议2件" not in again


def test_one_units_letter_is_printed_alone(office, tmp_path):
    case = Case.assigned(office)
    assist = next(a for a in detail(case).assignments if a.unit == "区财政局")

    said = "".join(printed(office, tmp_path, "assign_notice", assist.id))

    assert "区财政局：" in said
    assert "区交通运输局：" not in said


def test_a_letter_bears_the_number_it_was_given_on_every_reprint(office, tmp_path):
    case = Case.assigned(office)
    main = next(a for a in detail(case).assignments if a.unit == "区交通运输局")
    assert "〔" not in "".join(printed(office, tmp_path, "assign_notice", main.id))

    office.do(
        document_numbers.issue,
        form="assign_notice",
        record_kind="assignment",
        record_id=main.id,
        name="交办函",
        prefix="五人大函",
    )

    for _ in range(2):
        said = "".join(printed(office, tmp_path, "assign_notice", main.id))
        assert said.count(f"五人大函〔{make.TODAY.year}〕1号") == 2  # the letter and its slip


def test_an_answer_goes_to_all_signers_or_to_each(office, tmp_path):
    case = Case.entered(office, cosigners=2)
    office.do(reviews.accept, suggestion_id=case.id, reviewed_on=date(2026, 3, 2))
    case.give(main_id=case.main)
    case.sign(case.main)
    case.answer(case.main)
    reply = detail(case).replies[0]

    together = "".join(printed(office, tmp_path, "reply_letter", reply.id))
    each = "".join(printed(office, tmp_path, "reply_letter", reply.id, paper="each"))

    assert f"类别：{reply.answer_class}" in together
    assert "赵春梅等3名代表：" in together
    assert "你们联名提出的《关于打通断头路的建议》收悉" in together
    assert "抄送：五当召镇人大主席团，五当召镇人民政府。" in together
    for name in ("赵春梅", "附议0", "附议1"):
        assert f"{name}代表：" in each
    assert "您领衔提出的" in each
    assert each.count("您参加联名提出的") == 2


def test_a_second_answer_says_that_it_is_one(office, tmp_path):
    case = Case.dissatisfied(office)
    case.answer(case.main, day=date(2026, 6, 10))
    reply = detail(case).replies[-1]

    said = "".join(printed(office, tmp_path, "reply_letter", reply.id))

    assert "的再次答复" in said
    assert "现再次答复如下" in said


def test_an_urging_says_how_late_the_answer_is_and_what_is_asked(office, tmp_path):
    case = Case.handled(office)
    office.clock = make.at(make.NOW.replace(year=2026, month=7, day=20))
    urging = office.do(
        urgings.urge,
        suggestion_id=case.id,
        urged_on=date(2026, 7, 1),
        by_letter=True,
        document_no="石人督〔2026〕9号",
        content="请说明原因。",
    )

    said = "".join(printed(office, tmp_path, "urging_notice", urging))

    days = (date(2026, 7, 1) - detail(case).at_work[0].due_on).days
    assert f"已超过期限{days}天，仍未书面答复代表" in said
    assert "石人督〔2026〕9号" in said
    assert "请说明原因" in said
    assert "请你单位抓紧办理，于2026年7月8日前书面答复代表" in said
    assert "抄送：五当召镇人民政府。" in said


def test_a_wish_for_more_time_prints_with_its_decision(office, tmp_path):
    case = Case.handled(office)
    office.clock = make.at(make.NOW.replace(year=2026, month=5, day=20))
    main = next(a for a in detail(case).assignments if a.unit == "区交通运输局")
    wish = office.do(extensions.ask, assignment_id=main.id, reason="跨年度工程")

    asked = "".join(printed(office, tmp_path, "extension_form", wish))
    office.do(extensions.grant, extension_id=wish, new_due_on=date(2026, 8, 5), note="抓紧")
    granted = "".join(printed(office, tmp_path, "extension_form", wish))

    assert "跨年度工程" in asked
    assert "最迟2026年9月" in asked
    assert "同意延期。抓紧" in granted
    assert "2026年8月5日" in granted


def test_a_feedback_form_names_the_answer_and_the_day_it_is_due(office, tmp_path):
    case = Case.answered(office)
    office.clock = make.at(make.NOW.replace(year=2026, month=5, day=21))
    sent = office.do(feedbacks.send, suggestion_id=case.id)

    pages = printed(office, tmp_path, "feedback_form", sent)

    assert len(pages) == 2
    assert all("区交通运输局" in page and page.count("√") == 1 for page in pages)
    assert "前退回五当召镇人大主席团" in pages[0]


@pytest.mark.parametrize("is_rejected", [True, False])
def test_a_deputy_is_told_why_a_suggestion_is_not_handled(office, tmp_path, is_rejected):
    case = Case.entered(office, cosigners=1)
    if is_rejected:
        office.do(
            reviews.reject, suggestion_id=case.id, reason=RejectReason.PRIVATE, note="请另行反映。"
        )
    else:
        office.do(reviews.send_back, suggestion_id=case.id, note="请写明路段。")

    said = "".join(printed(office, tmp_path, "reject_notice", case.id))

    assert "赵春梅等2名代表" in said
    assert ("涉及本人及其亲属个人问题" in said) is is_rejected
    assert ("请写明路段" in said) is not is_rejected
    assert "送达回执" in said


def test_a_blank_notice_of_refusal_is_one_sheet_with_its_slip(office, tmp_path):
    [said] = printed(office, tmp_path, "reject_notice")

    assert "代表建议不予受理告知单" in said
    assert "送达回执告知事项" in said


def test_the_slip_of_an_office_with_a_long_name_stands_with_signature_and_text(office, tmp_path):
    office.do(
        offices.set_profile,
        kind=OfficeKind.SUMU,
        name="巴彦胡舒苏木",
        district="内蒙古自治区锡林郭勒盟西乌珠穆沁旗",
        phone="0472-8700000",
        clerk="张丽",
    )

    first, second = printed(office, tmp_path, "reject_notice")

    assert "送达回执" not in first
    before, slip = second.split("送达回执")
    assert "巴彦胡舒苏木人民代表大会主席团" in before
    assert "8.与本人有利益冲突" in before
    assert "联系人：张丽电话：0472-8700000" in slip


def test_a_reception_day_is_announced_with_its_deputies_and_scope(office, tmp_path):
    home, deputy = make.home(office), make.deputy(office, name="王伟")
    day = make.TODAY + timedelta(days=5)
    while not presets.calendar().is_workday(day):
        day += timedelta(days=1)
    shift = office.do(rotas.save, planned_on=day, home_id=home, deputy_ids=(deputy,), slot="上午")
    rule = office.ask(local_rules.current, "reception_notice", make.TODAY).rule

    one = "".join(printed(office, tmp_path, "reception_notice", shift))
    ahead = "".join(printed(office, tmp_path, "reception_notice"))

    for said in (one, ahead):
        assert "人大代表接待选民日公告" in said
        assert f"{day.month}月{day.day}日" in said
        assert "王伟" in said
        assert rule["scope"][0] in said
        assert rule["refused"][0] in said


def test_a_typed_day_without_a_plan_leaves_room_to_write(office, tmp_path):
    day = make.TODAY + timedelta(days=9)

    said = "".join(printed(office, tmp_path, "reception_notice", last=day))

    assert f"时间：{day.year}年{day.month}月{day.day}日" in said
    assert "接待代表：" in said


def test_a_talk_is_recorded_for_both_to_sign(office, tmp_path):
    case = Case.handled(office)
    office.do(
        talks.log,
        suggestion_id=case.id,
        form=TalkForm.FORUM,
        held_on=date(2026, 4, 2),
        people="李强、赵春梅",
        content="同意列入计划。",
    )
    talk = detail(case).talks[0]

    held = "".join(printed(office, tmp_path, "meeting_record", talk.id))
    to_write = "".join(printed(office, tmp_path, "meeting_record", case.id))

    for said in (held, to_write):
        assert "关于打通断头路的建议" in said
        assert "区交通运输局" in said
        assert "代表签名" in said
    assert "2026年4月2日" in held
    assert "☑座谈" in held
    assert "李强、赵春梅" in held
    assert "同意列入计划。" in held
    assert "☑" not in to_write


def test_an_answer_given_in_person_is_recorded_with_its_parts(office, tmp_path):
    case = Case.handled(office)
    case.answer(case.main, "B")
    reply = detail(case).replies[0]

    given = "".join(printed(office, tmp_path, "face_reply_record", reply.id))
    to_write = "".join(printed(office, tmp_path, "face_reply_record", case.id))

    assert "计划落实（2027年6月30日前）：明年建成" in given
    assert "B类" in given
    assert "赵春梅" in to_write
    assert "B类" not in to_write


def test_a_promise_is_reported_back_and_judged(office, tmp_path):
    case = Case.handled(office)
    case.answer(case.main, "B")
    promise = detail(case).commitments[0]

    sent = "".join(printed(office, tmp_path, "promise_receipt", promise.id))
    office.do(commitments.settle, commitment_id=promise.id, kept=True, note="已通车")
    kept = "".join(printed(office, tmp_path, "promise_receipt", promise.id))

    assert "明年建成" in sent
    assert "请承办单位于2027年6月30日前填写落实情况" in sent
    assert "☑" not in sent
    assert "☑已落实" in kept
    assert "已通车" in kept


@pytest.mark.parametrize("form", ["meeting_record", "face_reply_record", "promise_receipt"])
def test_every_such_record_of_the_demo_is_offered_and_well_printed(demo_office, tmp_path, form):
    ask = next(a for a in FORMS[form].asks if isinstance(a, AskRecord))
    found = demo_office.ask(ask.records)

    said = "".join(printed(demo_office, tmp_path, form, found[0].id))

    assert found[0].name.partition("　")[2][:8] in said


def test_preprinted_paper_with_nothing_to_print_on_it_is_told(office, tmp_path):
    to = tmp_path / "form.pdf"

    with pytest.raises(UserError, match="红头纸上没有要印的内容"):
        write(office, "urging_notice", to, Options(paper="preprinted"))

    assert not to.exists()


@pytest.mark.parametrize("name", [samples.LONGEST_NAME, samples.RARE_NAME, "李\U0002c64a"])
def test_the_longest_urging_and_the_longest_wish_come_to_the_last_character(office, tmp_path, name):
    case = Case.entered(office)
    office.do(
        suggestions.edit,
        suggestion_id=case.id,
        headline=samples.SENTENCE * 3,
        lead_id=make.deputy(office, name=name),
    )
    office.do(reviews.accept, suggestion_id=case.id, reviewed_on=date(2026, 3, 2))
    case.give(main_id=case.main)
    case.sign(case.main)
    urging = office.do(
        urgings.urge,
        suggestion_id=case.id,
        urged_on=date(2026, 7, 1),
        by_letter=True,
        content=samples.HUGE,
    )
    office.clock = make.at(make.NOW.replace(year=2026, month=5, day=20))
    wish = office.do(extensions.ask, assignment_id=case.of(case.main).id, reason=samples.HUGE)

    urged = "".join(printed(office, tmp_path, "urging_notice", urging))
    wished = "".join(printed(office, tmp_path, "extension_form", wish))

    for said in (urged, wished):
        assert said.count("养") >= samples.HUGE.count("养")
        assert name in said


def test_a_street_hands_a_suggestion_on(office, tmp_path):
    case = Case.assigned(office)
    make.profile(office, kind=OfficeKind.STREET, name="大发街道")

    said = "".join(printed(office, tmp_path, "assign_notice", case.id))

    assert "关于转办" in said
    assert "经研究，转由你单位主办" in said
    assert "附件：转办建议目录和签收回执" in said
    assert "交办" not in said
