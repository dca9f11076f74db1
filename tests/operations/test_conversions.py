from datetime import date

import pytest

from deputydesk.errors import FieldError, UserError
from deputydesk.models.conversion import ConversionDirection, PublicInterest
from deputydesk.operations import conversion_steps, conversions, suggestions, todo
from deputydesk.rules.conversion_flow import ConversionState as S
from deputydesk.rules.suggestion_flow import SuggestionState
from tests import make
from tests.operations.case import Case

FORTH, BACK = ConversionDirection.TO_PROCURATORATE, ConversionDirection.FROM_PROCURATORATE


def screened(office, case, **given):
    return office.do(
        conversions.save,
        **{
            "direction": FORTH,
            "subject": "",
            "suggestion_id": case.id,
            "field": PublicInterest.RELICS,
            "screened_on": date(2026, 3, 10),
        }
        | given,
    )


def issued(office, case):
    conversion = screened(office, case)
    office.do(conversion_steps.send, conversion_id=conversion, sent_on=date(2026, 3, 12))
    office.do(
        conversion_steps.file,
        conversion_id=conversion,
        filed_on=date(2026, 3, 20),
        filing_no="石检立〔2026〕3号",
    )
    office.do(
        conversion_steps.issue,
        conversion_id=conversion,
        issued_on=date(2026, 11, 10),
        advice_no="石检建〔2026〕5号",
        unit_id=case.main,
    )
    return conversion


def row_of(office):
    [row] = office.ask(conversions.rows)
    return row


def test_a_suggestion_goes_to_the_procuratorate_and_money_comes_back(office):
    case = Case.entered(office)
    conversion = issued(office, case)
    office.do(conversion_steps.copy_back, conversion_id=conversion, copied_on=date(2026, 11, 18))
    office.do(
        conversion_steps.rectify,
        conversion_id=conversion,
        rectified_on=date(2026, 11, 20),
        outcome="追缴土地出让金",
        recovered=43_120_000,
    )
    office.do(conversion_steps.tell, conversion_id=conversion, told_on=date(2026, 11, 21))

    row = row_of(office)
    assert (row.number, row.subject, row.deputy) == (1, "关于打通断头路的建议", "赵春梅")
    assert (row.state, row.recovered, row.unit) == (S.TOLD, 43_120_000, "区交通运输局")
    assert row.suggestion_no == 1
    assert row.is_forth
    assert case.row.conversion == "转检察建议：已告知代表，石检建〔2026〕5号，挽回431,200元"
    assert office.ask(conversions.rows, year=2025) == []
    assert office.ask(conversions.rows, suggestion_id=case.id) == [row]


def test_a_case_that_is_not_opened_needs_the_reason_and_the_deputy_is_told(office):
    case = Case.entered(office)
    conversion = screened(office, case)
    office.do(
        conversion_steps.send, conversion_id=conversion, sent_on=date(2026, 3, 12), office_no="7"
    )
    with pytest.raises(FieldError, match="请填写不予立案理由"):
        office.do(conversion_steps.decline, conversion_id=conversion, not_taken_why=" ")

    office.do(conversion_steps.decline, conversion_id=conversion, not_taken_why="不属于公益领域")

    tags = [t.text for t in office.ask(todo.todos, make.TODAY) if t.table == "conversion"]
    assert tags == ["告知代表：关于打通断头路的建议"]
    office.do(conversion_steps.tell, conversion_id=conversion)
    assert row_of(office).told_on == make.TODAY


def test_the_copy_is_asked_for_ten_days_after_the_recommendation(office):
    case = Case.entered(office)
    issued(office, case)

    [line] = [t for t in office.ask(todo.todos, make.TODAY) if t.table == "conversion"]

    assert line.text == "催收检察建议抄送件：关于打通断头路的建议"
    assert (line.due, line.tag) == (date(2026, 11, 20), "逾期 3 天")
    assert row_of(office).waits_for_copy
    assert office.ask(conversions.rows, today=make.TODAY)[0].is_late


def test_the_copy_may_come_with_the_recommendation_and_not_before_it(office):
    case = Case.entered(office)
    conversion = screened(office, case)
    with pytest.raises(UserError, match="还没有发出检察建议"):
        office.do(conversion_steps.copy_back, conversion_id=conversion)
    office.do(conversion_steps.send, conversion_id=conversion, sent_on=date(2026, 3, 12))
    office.do(
        conversion_steps.file, conversion_id=conversion, filing_no="1号", filed_on=date(2026, 3, 12)
    )

    office.do(
        conversion_steps.issue,
        conversion_id=conversion,
        advice_no="2号",
        issued_on=date(2026, 3, 20),
        copied_on=date(2026, 3, 22),
    )

    assert not row_of(office).waits_for_copy


def test_a_matter_may_go_to_court_before_it_is_put_right(office):
    case = Case.entered(office)
    conversion = issued(office, case)

    office.do(conversion_steps.sue, conversion_id=conversion, sued_on=date(2026, 11, 15))
    assert row_of(office).state is S.LAWSUIT
    office.do(conversion_steps.rectify, conversion_id=conversion, outcome="全部拆除")

    assert (row_of(office).state, row_of(office).outcome) == (S.RECTIFIED, "全部拆除")


def test_a_recommendation_becomes_a_draft_for_a_deputy_who_decides(office):
    deputy = make.deputy(office, name="高娃")
    conversion = office.do(
        conversions.save,
        direction=BACK,
        subject="持续改善城乡人居环境",
        field=PublicInterest.ENVIRONMENT,
        screened_on=date(2026, 4, 1),
        advice_no="石检建〔2026〕1号",
    )

    draft = office.do(
        conversion_steps.propose,
        conversion_id=conversion,
        mandate_id=deputy,
        headline="关于持续改善城乡人居环境的建议",
        proposal="增配垃圾收集点",
    )
    office.do(conversion_steps.tell, conversion_id=conversion, outcome="代表同意提出")

    [suggestion] = office.ask(suggestions.rows, today=make.TODAY)
    assert (suggestion.id, suggestion.state) == (draft, SuggestionState.DRAFT)
    assert suggestion.lead == "高娃"
    assert suggestion.conversion == "由检察建议石检建〔2026〕1号转来"
    row = row_of(office)
    assert (row.deputy, row.state, row.outcome) == ("高娃", S.TOLD, "代表同意提出")
    assert not row.is_forth


def test_a_suggestion_that_was_already_made_is_linked(office):
    case = Case.entered(office)
    conversion = office.do(
        conversions.save,
        direction=BACK,
        subject="人居环境",
        field=PublicInterest.ENVIRONMENT,
        screened_on=date(2026, 1, 5),
        advice_no="1号",
    )

    office.do(conversion_steps.propose, conversion_id=conversion, suggestion_id=case.id)

    row = row_of(office)
    assert (row.suggestion_id, row.suggestion_no, row.deputy) == (case.id, 1, "赵春梅")
    assert case.row.conversion == "由检察建议1号转来"
    assert len(office.ask(suggestions.rows, today=make.TODAY)) == 1


def test_each_direction_has_its_own_steps(office):
    case = Case.entered(office)
    forth = screened(office, case)
    back = office.do(
        conversions.save,
        direction=BACK,
        subject="人居环境",
        field=PublicInterest.ENVIRONMENT,
        screened_on=date(2026, 4, 1),
        advice_no="1号",
    )

    with pytest.raises(UserError, match="方向是“代表建议转检察建议”，不能“转为代表建议”"):
        office.do(conversion_steps.propose, conversion_id=forth, mandate_id=case.lead, headline="x")
    with pytest.raises(UserError, match="方向是“检察建议转代表建议”，不能“移送”"):
        office.do(conversion_steps.send, conversion_id=back)
    with pytest.raises(FieldError, match="请填写检察建议书文号"):
        office.do(
            conversions.save,
            direction=BACK,
            subject="x",
            field=PublicInterest.LAND,
            screened_on=date(2026, 4, 1),
        )


def test_a_suggestion_is_converted_once_and_the_matter_can_be_corrected(office):
    case = Case.entered(office)
    other = case.another()
    conversion = screened(office, case)
    with pytest.raises(FieldError, match="已登记为检察衔接第1号"):
        screened(office, case)

    screened(office, other, record_id=conversion, subject="长城线杆")

    assert (row_of(office).subject, row_of(office).suggestion_id) == ("长城线杆", other.id)
    assert (case.row.conversion, other.row.conversion) == ("", "转检察建议：已筛选")
    office.do(conversion_steps.send, conversion_id=conversion, sent_on=date(2026, 3, 12))
    with pytest.raises(FieldError, match="不能再改方向"):
        screened(office, other, record_id=conversion, direction=BACK, subject="x", advice_no="1")


def test_a_deputy_who_is_not_named_cannot_be_told(office):
    conversion = office.do(
        conversions.save,
        direction=BACK,
        subject="人居环境",
        field=PublicInterest.ENVIRONMENT,
        screened_on=date(2026, 4, 1),
        advice_no="1号",
    )
    deputy = make.deputy(office)
    office.do(
        conversion_steps.propose, conversion_id=conversion, mandate_id=deputy, headline="建议"
    )
    office.do(
        conversions.save,
        record_id=conversion,
        direction=BACK,
        subject="人居环境",
        field=PublicInterest.ENVIRONMENT,
        screened_on=date(2026, 4, 1),
        advice_no="1号",
    )

    with pytest.raises(UserError, match="还没有写明告知哪名代表"):
        office.do(conversion_steps.tell, conversion_id=conversion)


def test_removed_matters_leave_no_mark_and_come_back(office):
    case = Case.entered(office)
    other = case.another()
    ids = (screened(office, case), screened(office, other))

    office.do(conversions.remove, ids=ids)
    assert office.ask(conversions.rows) == []
    assert case.row.conversion == ""

    assert office.undo().about == "2条"
    assert case.row.conversion == "转检察建议：已筛选"


@pytest.mark.parametrize(
    ("wrong", "field", "sentence"),
    [
        ({"screened_on": date(2026, 12, 1)}, "screened_on", "不能晚于今天"),
        ({"suggestion_id": ""}, "suggestion_id", "请选择代表建议"),
    ],
)
def test_a_wrong_field_is_named_and_nothing_is_kept(office, wrong, field, sentence):
    case = Case.entered(office)

    with pytest.raises(FieldError, match=sentence) as error:
        screened(office, case, **wrong)

    assert error.value.field == field
    assert office.ask(conversions.rows) == []
