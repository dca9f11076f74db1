from datetime import date, datetime

import pytest
from sqlalchemy import event

from deputydesk.errors import FieldError, NotAllowed, UserError
from deputydesk.models.choices import EndReason
from deputydesk.models.conversion import ConversionDirection, PublicInterest
from deputydesk.models.oversight import OversightKind
from deputydesk.office import Right, User
from deputydesk.operations import (
    assignments,
    conversions,
    deputies,
    extensions,
    feedbacks,
    oversights,
    reviews,
    suggestion_ledger,
    suggestions,
)
from deputydesk.rules.deadlines import Due
from deputydesk.rules.satisfaction import Satisfaction
from deputydesk.rules.suggestion_flow import SuggestionState as S
from tests import make
from tests.operations.case import Case


def pressed(office, suggestion_id, *, kind=OversightKind.CONGRESS):
    office.do(
        oversights.save,
        suggestion_id=suggestion_id,
        kind=kind,
        congress_leader="王主席",
        started_on=date(2026, 3, 10),
    )


def test_a_draft_is_submitted_and_registered_with_a_number(office):
    lead, second = make.deputy(office, name="赵春梅"), make.deputy(office, name="高娃")
    meeting = make.meeting(office)

    draft = office.do(
        suggestions.create, headline=" 关于修路的建议 ", lead_id=lead, cosigner_ids=(second,)
    )
    [row] = office.ask(suggestions.rows, today=make.TODAY)
    assert (row.headline, row.code, row.state_label) == ("关于修路的建议", "—", "草稿")

    office.do(suggestions.submit, suggestion_id=draft, submitted_on=date(2026, 1, 12))
    number = office.do(
        suggestions.register,
        suggestion_id=draft,
        meeting_id=meeting,
        registered_on=date(2026, 1, 13),
    )

    [row] = office.ask(suggestions.rows, today=make.TODAY)
    assert (number, row.number, row.code) == (1, 1, "第1号")
    assert (row.state, row.year, row.meeting) == (S.REGISTERED, 2026, "镇十届人大1次会议")
    assert (row.lead, row.cosigners) == ("赵春梅", 1)
    assert row.submitted_on == date(2026, 1, 12)


def test_numbers_run_by_meeting_and_by_year_between_meetings(office):
    lead, meeting = make.deputy(office), make.meeting(office)

    def entered(day, meeting_id="", number=None):
        suggestion_id = office.do(
            suggestions.enter,
            headline="建议",
            lead_id=lead,
            submitted_on=day,
            meeting_id=meeting_id,
            number=number,
        )
        [row] = office.ask(suggestions.rows, today=make.TODAY, ids=(suggestion_id,))
        return row.number, row.meeting

    assert entered(date(2026, 2, 1)) == (1, "闭会期间")
    assert entered(date(2026, 2, 2)) == (2, "闭会期间")
    assert entered(date(2025, 12, 2)) == (1, "闭会期间")
    assert entered(date(2026, 1, 11), meeting) == (1, "镇十届人大1次会议")
    assert entered(date(2026, 1, 11), meeting, number=31) == (31, "镇十届人大1次会议")
    assert entered(date(2026, 1, 11), meeting) == (32, "镇十届人大1次会议")


def test_a_number_that_is_taken_or_senseless_is_refused(office):
    case = Case.entered(office)

    for number, sentence in ((1, "第1号已经是《关于打通断头路的建议》"), (0, "从1开始")):
        with pytest.raises(FieldError, match=sentence) as refused:
            office.do(suggestions.enter, headline="建议", lead_id=case.lead, number=number)
        assert refused.value.field == "number"

    assert len(office.ask(suggestions.rows, today=make.TODAY)) == 1


def test_what_is_missing_or_wrong_is_named_at_its_field(office):
    lead, second = make.deputy(office, name="赵春梅"), make.deputy(office, name="高娃")
    good = {"headline": "建议", "lead_id": lead}
    cases = [
        ({"headline": "  "}, "headline", "请填写标题"),
        ({"lead_id": ""}, "lead_id", "请选择代表"),
        ({"cosigner_ids": (lead,)}, "cosigner_ids", "领衔代表不能同时是附议人"),
        ({"cosigner_ids": (second, second)}, "cosigner_ids", "填了两次"),
        ({"cosigner_ids": ("nobody",)}, "cosigner_ids", "请选择代表"),
        ({"meeting_id": "none"}, "meeting_id", "请选择会议"),
        ({"submitted_on": date(2026, 11, 24)}, "submitted_on", "不能晚于今天"),
        (
            {"submitted_on": date(2026, 3, 2), "registered_on": date(2026, 3, 1)},
            "registered_on",
            "不能早于提出日期",
        ),
    ]

    for wrong, field, sentence in cases:
        with pytest.raises(FieldError, match=sentence) as refused:
            office.do(suggestions.enter, **good | wrong)
        assert refused.value.field == field

    assert office.ask(suggestions.rows, today=make.TODAY) == []


def test_whoever_signs_must_be_a_deputy_on_that_day(office):
    lead, gone = make.deputy(office, name="赵春梅"), make.deputy(office, name="高娃")
    office.do(
        deputies.end_mandate,
        mandate_id=gone,
        ended_on=date(2026, 3, 1),
        reason=EndReason.RESIGNED,
    )

    with pytest.raises(FieldError, match="高娃.*终止") as refused:
        office.do(
            suggestions.enter,
            headline="建议",
            lead_id=lead,
            cosigner_ids=(gone,),
            submitted_on=date(2026, 3, 2),
        )
    assert refused.value.field == "cosigner_ids"
    with pytest.raises(FieldError) as refused:
        office.do(suggestions.enter, headline="建议", lead_id=gone, submitted_on=date(2026, 3, 2))
    assert refused.value.field == "lead_id"

    office.do(suggestions.enter, headline="建议", lead_id=gone, submitted_on=date(2026, 3, 1))


def test_fields_are_corrected_and_the_others_stay(office):
    case = Case.entered(office, cosigners=1)

    office.do(
        suggestions.edit,
        suggestion_id=case.id,
        headline="关于打通滨河路的建议",
        wished_unit="交通局",
        wishes_talk=True,
    )

    texts = case.detail.texts
    assert case.row.headline == "关于打通滨河路的建议"
    assert (texts.reason, texts.proposal, texts.wished_unit) == ("出行不便", "打通滨河路", "交通局")
    assert texts.wishes_talk
    assert case.row.cosigners == 1


def test_who_signed_can_be_corrected_until_it_is_reviewed(office):
    case = Case.entered(office, cosigners=2)
    lead = make.deputy(office, name="巴特尔")
    first = case.detail.cosigners[0].mandate_id

    office.do(
        suggestions.edit, suggestion_id=case.id, lead_id=lead, cosigner_ids=(first, case.lead)
    )

    assert case.row.lead == "巴特尔"
    assert {signer.name for signer in case.detail.cosigners} == {"附议0", "赵春梅"}
    office.do(reviews.accept, suggestion_id=case.id)
    for change, field in (
        ({"lead_id": case.lead}, "lead_id"),
        ({"cosigner_ids": ()}, "cosigner_ids"),
    ):
        with pytest.raises(FieldError, match="不能再更换签名的代表") as refused:
            office.do(suggestions.edit, suggestion_id=case.id, **change)
        assert refused.value.field == field


def test_a_draft_may_change_hands_without_a_day(office):
    lead, other = make.deputy(office), make.deputy(office, name="高娃")
    draft = office.do(suggestions.create, headline="建议", lead_id=lead)

    office.do(suggestions.edit, suggestion_id=draft, lead_id=other)

    assert office.ask(suggestions.rows, today=make.TODAY)[0].lead == "高娃"


def test_marks_go_along_with_any_state(office):
    case = Case.entered(office)

    office.do(
        suggestions.flag,
        suggestion_id=case.id,
        public=True,
        confidential=True,
        repeated=True,
    )
    office.do(suggestions.flag, suggestion_id=case.id, public=False)

    row = case.row
    assert (row.public, row.confidential, row.repeated) == (False, True, True)


def test_it_is_withdrawn_before_the_answer(office):
    case = Case.handled(office)

    office.do(
        suggestions.withdraw,
        suggestion_id=case.id,
        note="问题已解决",
        withdrawn_on=date(2026, 4, 1),
    )

    assert (case.row.state, case.row.next_due) == (S.WITHDRAWN, None)
    assert case.story[-1] == "04-01 撤回：问题已解决 赵春梅"
    with pytest.raises(UserError, match="已撤回，不能再修改"):
        office.do(suggestions.edit, suggestion_id=case.id, headline="别的")


def test_a_joint_one_is_withdrawn_only_with_all_who_signed(office):
    case = Case.entered(office, cosigners=1)

    with pytest.raises(FieldError, match="全体联名代表同意") as refused:
        office.do(suggestions.withdraw, suggestion_id=case.id)
    assert refused.value.field == "all_agree"

    office.do(suggestions.withdraw, suggestion_id=case.id, all_agree=True)
    assert case.row.state is S.WITHDRAWN
    assert case.story[-1] == "11-23 撤回（联名代表均同意） 赵春梅"


def test_after_the_answer_it_cannot_be_withdrawn(office):
    case = Case.answered(office)

    with pytest.raises(UserError, match="“已答复”，不能“撤回”"):
        office.do(suggestions.withdraw, suggestion_id=case.id)


def test_a_closed_one_goes_to_the_archive_under_its_own_number(office):
    case = Case.answered(office)
    case.judge(Satisfaction.SATISFIED)

    office.do(
        suggestions.archive,
        suggestion_id=case.id,
        file_no="2026-建-1",
        pages=12,
        archived_on=date(2026, 6, 1),
    )

    assert (case.row.state, case.row.file_no) == (S.ARCHIVED, "2026-建-1")
    assert (case.detail.texts.pages, case.row.archived_on) == (12, date(2026, 6, 1))
    assert case.steps == set()


def test_a_file_number_is_used_once_and_pages_are_counted_from_one(office):
    first = Case.answered(office)
    first.judge(Satisfaction.SATISFIED)
    office.do(suggestions.archive, suggestion_id=first.id, file_no="1")
    second = office.do(
        suggestions.enter, headline="建议", lead_id=first.lead, submitted_on=date(2026, 2, 1)
    )
    office.do(reviews.accept, suggestion_id=second, reviewed_on=date(2026, 2, 2))
    case = Case(office, id=second, lead=first.lead, main=first.main)
    case.give(main_id=first.main)
    case.sign(first.main)
    case.answer(first.main)
    case.judge(Satisfaction.SATISFIED)

    for wrong, field in (
        ({"file_no": "1"}, "file_no"),
        ({"file_no": ""}, "file_no"),
        ({"file_no": "2", "pages": 0}, "pages"),
        ({"file_no": "2", "archived_on": date(2026, 5, 1)}, "archived_on"),
    ):
        with pytest.raises(FieldError) as refused:
            office.do(suggestions.archive, suggestion_id=second, **wrong)
        assert refused.value.field == field

    assert case.row.state is S.CLOSED


def test_it_cannot_be_archived_while_it_is_open(office):
    case = Case.handled(office)

    with pytest.raises(UserError, match="“办理中”，不能“归档”.*现在可以"):
        office.do(suggestions.archive, suggestion_id=case.id, file_no="1")


def test_lists_are_narrowed(office):
    case = Case.handled(office)
    lead, meeting = make.deputy(office, name="高娃"), make.meeting(office)
    other = office.do(
        suggestions.enter,
        headline="关于供水的建议",
        lead_id=lead,
        cosigner_ids=(case.lead,),
        meeting_id=meeting,
        submitted_on=date(2025, 1, 10),
        category="水务",
    )
    pressed(office, other)

    def found(**narrowed):
        rows = office.ask(suggestions.rows, today=make.TODAY, **narrowed)
        return {row.id for row in rows}

    assert found() == {case.id, other}
    assert found(meeting_id="") == {case.id}
    assert found(meeting_id=meeting) == {other}
    assert found(year=2025) == {other}
    assert found(states=(S.HANDLING,)) == {case.id}
    assert found(mandate_id=case.lead) == {case.id, other}
    assert found(mandate_id=lead) == {other}
    assert found(unit_id=case.assist) == {case.id}
    assert found(category="水务") == {other}
    assert found(pressed=True) == {other}
    assert found(ids=()) == set()
    assert office.ask(suggestions.categories) == ["交通", "水务"]


def test_days_left_and_tone_are_those_of_what_is_waited_for(office):
    case = Case.handled(office)

    def seen(day):
        [row] = office.ask(suggestions.rows, today=day)
        return row.next_due, row.days_left, row.tone

    assert seen(date(2026, 6, 3)) == (date(2026, 6, 5), 2, Due.SOON)
    assert seen(date(2026, 6, 5)) == (date(2026, 6, 5), 0, Due.TODAY)
    assert seen(date(2026, 6, 9)) == (date(2026, 6, 5), -4, Due.OVERDUE)

    case.answer(case.main)
    assert seen(date(2026, 5, 21)) == (None, None, None)


def test_the_board_has_a_column_for_each_stage(office):
    handled = Case.handled(office)
    ids = {
        name: office.do(suggestions.enter, headline=name, lead_id=handled.lead)
        for name in ("待交办", "已撤回")
    }
    office.do(suggestions.create, headline="草稿", lead_id=handled.lead)
    office.do(suggestions.withdraw, suggestion_id=ids["已撤回"])

    columns = office.ask(suggestions.board, today=make.TODAY)

    assert [c.column.label for c in columns] == [
        "待交办",
        "办理中",
        "已答复待测评",
        "重新办理",
        "本月办结",
    ]
    assert [len(c.rows) for c in columns] == [2, 1, 0, 0, 0]
    handled.answer(handled.main)
    handled.judge(Satisfaction.SATISFIED)
    [*_, done] = office.ask(suggestions.board, today=date(2026, 5, 30))
    assert [row.headline for row in done.rows] == ["关于打通断头路的建议"]
    [*_, done] = office.ask(suggestions.board, today=make.TODAY)
    assert done.rows == ()


def test_a_card_out_of_sight_is_due_on_the_day_its_row_says(office):
    case = Case.handled(office)
    case.answer(case.main)
    for day in (date(2026, 3, 2), date(2026, 6, 1)):
        made = office.do(suggestions.enter, headline="修桥", lead_id=case.lead, submitted_on=day)
        office.do(reviews.accept, suggestion_id=made, reviewed_on=day)
        office.do(assignments.assign, suggestion_id=made, main_id=case.main, assigned_on=day)
        pressed(office, made, kind=OversightKind.KEY)

    cut = office.ask(suggestions.board, today=make.TODAY, most=1)
    whole = office.ask(suggestions.board, today=make.TODAY)

    assert [len(c.rows) for c in cut] == [0, 1, 1, 0, 0]
    assert [len(c.heads) for c in cut] == [0, 2, 1, 0, 0]
    assert cut[1].rows[0].id == whole[1].rows[0].id
    for column in whole:
        assert sorted((h.due_on, h.is_key) for h in column.heads) == sorted(
            (row.next_due, row.key) for row in column.rows
        )


def test_the_ledger_has_the_columns_that_offices_keep(office):
    case = Case.handled(office)
    pressed(office, case.id, kind=OversightKind.KEY)
    office.do(
        conversions.save,
        direction=ConversionDirection.TO_PROCURATORATE,
        subject="",
        suggestion_id=case.id,
        field=PublicInterest.SAFETY,
        screened_on=date(2026, 3, 10),
    )
    asked = office.do(
        extensions.ask,
        assignment_id=case.of(case.main).id,
        reason="工程量大",
        asked_on=date(2026, 5, 10),
    )
    office.do(
        extensions.grant,
        extension_id=asked,
        new_due_on=date(2026, 8, 5),
        decided_on=date(2026, 5, 12),
    )
    case.answer(case.main, "B")
    case.judge(Satisfaction.DISSATISFIED, opinion="没有时间表")
    case.answer(case.main, "B", date(2026, 6, 20))
    case.judge(Satisfaction.MOSTLY, sent=date(2026, 6, 20), back=date(2026, 6, 25))
    office.do(suggestions.archive, suggestion_id=case.id, file_no="建-1")

    [line] = office.ask(suggestion_ledger.rows, today=make.TODAY, year=2026)

    assert (line.position, line.number, line.lead, line.cosigners) == (1, 1, "赵春梅", 0)
    assert (line.category, line.main, line.assist) == ("交通", "区交通运输局", "区财政局")
    assert (line.assigned_on, line.due_on) == (date(2026, 3, 5), date(2026, 6, 29))
    assert (line.talked, line.replied_on, line.answer_class) == ("否", date(2026, 6, 20), "B")
    assert line.satisfaction == "首轮不满意，工作满意、结果基本满意"
    assert (line.rehandled, line.commitment, line.state) == ("是", "落实中", "已归档")
    assert line.note == "重点督办；王主席领衔督办；转检察建议：已筛选；档号建-1"


def test_the_ledger_withholds_a_name_and_marks_what_is_merged(office):
    case = Case.handled(office)
    other = office.do(
        suggestions.enter, headline="同样的建议", lead_id=case.lead, submitted_on=date(2026, 2, 1)
    )
    office.do(reviews.merge, suggestion_id=other, into_id=case.id)
    office.do(suggestions.flag, suggestion_id=case.id, confidential=True, repeated=True)
    office.do(suggestions.create, headline="草稿", lead_id=case.lead)

    first, second = office.ask(suggestion_ledger.rows, today=make.TODAY)

    assert (first.lead, first.talked, first.note) == ("（保密）", "", "多年重复")
    assert (first.satisfaction, first.commitment) == ("", "")
    assert (second.state, second.note) == ("已并案", "并入第1号")


def test_the_ledger_says_what_the_deputy_thought(office):
    case = Case.answered(office)

    def said():
        return office.ask(suggestion_ledger.rows, today=make.TODAY)[0].satisfaction

    assert said() == ""
    case.judge(Satisfaction.DISSATISFIED, opinion="没有解决")
    assert said() == "工作满意、结果不满意"
    case.answer(case.main, day=date(2026, 6, 20))
    form = office.do(feedbacks.send, suggestion_id=case.id, sent_on=date(2026, 6, 20))
    office.do(feedbacks.remind, feedback_id=form, reminded_on=date(2026, 7, 15))
    office.do(feedbacks.close_unreturned, feedback_id=form, closed_on=date(2026, 7, 16))
    assert said() == "首轮不满意，未反馈"
    for _ in range(3):
        office.undo()
    case.judge(Satisfaction.SATISFIED, sent=date(2026, 6, 20), back=date(2026, 6, 30))
    assert said() == "首轮不满意，满意"


def test_a_list_of_hundreds_takes_a_handful_of_statements(office):
    case = Case.separate(office)
    for _ in range(3):
        office.do(suggestions.enter, headline="建议", lead_id=case.lead)
    statements = []

    def note(*told):
        statements.append(told[2])

    event.listen(office.data.engine, "before_cursor_execute", note)
    found = office.ask(suggestions.rows, today=make.TODAY)
    event.remove(office.data.engine, "before_cursor_execute", note)

    assert len(found) == 4
    assert len(statements) <= 11


def test_a_suggestion_that_is_not_there(office):
    with pytest.raises(UserError, match="找不到这条“代表建议”记录"):
        office.ask(suggestions.detail, suggestion_id="T1-0", today=make.TODAY)


def test_only_who_may_register_or_handle_does(office):
    case = Case.entered(office)
    office.user = User("实习生", frozenset({Right.REGISTER}))

    with pytest.raises(NotAllowed, match="受理建议"):
        office.do(reviews.accept, suggestion_id=case.id)

    office.do(suggestions.edit, suggestion_id=case.id, category="道路")


def test_today_is_the_day_when_none_is_given(office):
    office.clock = make.at(datetime(2026, 7, 1, 8, 0))
    lead = make.deputy(office)

    office.do(suggestions.enter, headline="建议", lead_id=lead)

    [row] = office.ask(suggestions.rows, today=date(2026, 7, 1))
    assert (row.submitted_on, row.registered_on) == (date(2026, 7, 1), date(2026, 7, 1))
