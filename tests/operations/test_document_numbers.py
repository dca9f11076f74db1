"""发文字号: without gaps or doubles, the same for every reprint, never lost."""

from dataclasses import replace
from datetime import date

import pytest

from deputydesk.errors import FieldError, UserError
from deputydesk.office import Right, operation
from deputydesk.operations import document_numbers, urgings
from tests import make
from tests.operations.case import Case

DAY = make.TODAY


@operation(Right.HANDLE, "来自别处的文号样例")
def arrive(tx, *, number_id):
    """As if another computer had given the same number."""
    from deputydesk.models import DocumentNumber

    one = tx.session.get(DocumentNumber, number_id)
    tx.session.add(
        DocumentNumber(
            prefix=one.prefix, year=one.year, number=one.number, name="别处", given_on=one.given_on
        )
    )


def issue(office, record_id, *, form="assign_notice", prefix="石人办函", **more):
    return office.do(
        document_numbers.issue,
        form=form,
        record_kind="suggestion",
        record_id=record_id,
        name=f"通知{record_id}",
        prefix=prefix,
        **more,
    )


def test_each_prefix_and_year_has_its_own_series_from_one(office):
    given = [
        issue(office, "a"),
        issue(office, "b"),
        issue(office, "c", prefix="石人办"),
        issue(office, "d", given_on=date(DAY.year - 1, 12, 31)),
    ]

    y = DAY.year
    assert given == [
        f"石人办函〔{y}〕1号",
        f"石人办函〔{y}〕2号",
        f"石人办〔{y}〕1号",
        f"石人办函〔{y - 1}〕1号",
    ]


def test_a_reprint_keeps_the_number_and_another_form_of_the_record_gets_its_own(office):
    first = issue(office, "a")

    again = issue(office, "a")
    other = issue(office, "a", form="reject_notice")

    assert again == first
    assert other != first
    assert len(office.ask(document_numbers.rows, DAY.year)) == 2
    row = office.ask(document_numbers.of_record, "assign_notice", "a")
    assert row is not None
    assert (row.code, row.name, row.organ) == (
        first,
        "通知a",
        "石拐区五当召镇人民代表大会主席团",
    )
    assert office.ask(document_numbers.of_record, "assign_notice", "") is None


def test_a_cancelled_number_stays_and_is_not_given_again(office):
    issue(office, "a")
    (row,) = office.ask(document_numbers.rows)

    office.do(document_numbers.cancel, number_id=row.id, cancel_reason="打印错误")
    second = issue(office, "a")

    assert second == f"石人办函〔{DAY.year}〕2号"
    kept = {r.number: r for r in office.ask(document_numbers.rows)}
    assert not kept[1].is_valid
    assert kept[1].cancel_reason == "打印错误"
    assert kept[2].is_valid
    with pytest.raises(UserError, match="已经作废"):
        office.do(document_numbers.cancel, number_id=row.id, cancel_reason="再次")


def test_a_cancellation_needs_a_reason_and_a_possible_day(office):
    issue(office, "a")
    (row,) = office.ask(document_numbers.rows)

    with pytest.raises(FieldError, match="作废原因"):
        office.do(document_numbers.cancel, number_id=row.id, cancel_reason=" ")
    with pytest.raises(FieldError, match="不能早于发文日期"):
        office.do(
            document_numbers.cancel,
            number_id=row.id,
            cancel_reason="错",
            cancelled_on=date(DAY.year - 1, 1, 1),
        )


def test_a_number_taken_back_is_the_next_one_given(office):
    issue(office, "a")
    office.undo()

    assert issue(office, "b") == f"石人办函〔{DAY.year}〕1号"


def test_a_document_made_elsewhere_takes_the_next_number_and_can_be_corrected(office):
    issue(office, "a")

    made = office.do(
        document_numbers.save, prefix="石人办函", name="关于开会的函", given_on=DAY, organ="镇人大"
    )
    office.do(
        document_numbers.save,
        record_id=made,
        prefix="石人办函",
        name="关于召开会议的函",
        given_on=DAY,
        recipient="各代表小组",
    )

    row = office.ask(document_numbers.rows)[0]
    assert (row.number, row.name, row.organ, row.recipient) == (
        2,
        "关于召开会议的函",
        "镇人大",
        "各代表小组",
    )
    with pytest.raises(FieldError, match="不能再改"):
        office.do(document_numbers.save, record_id=made, prefix="石人发", name="题", given_on=DAY)


def test_a_day_to_come_or_no_prefix_is_refused_and_nothing_is_kept(office):
    with pytest.raises(FieldError, match="发文日期不能晚于今天"):
        issue(office, "a", given_on=date(DAY.year + 1, 1, 1))
    with pytest.raises(FieldError, match="发文机关代字"):
        issue(office, "a", prefix=" ")

    assert office.ask(document_numbers.rows) == []


def test_the_prefixes_offered_begin_with_the_most_used(office):
    issue(office, "a", prefix="石人办函")
    issue(office, "b", prefix="石人发")
    issue(office, "c", prefix="石人发")

    assert office.ask(document_numbers.prefixes) == ["石人发", "石人办函"]


def test_a_number_that_two_computers_gave_is_shown_as_double(office):
    issue(office, "a")
    (row,) = office.ask(document_numbers.rows)

    office.do(arrive, number_id=row.id)

    shown = office.ask(document_numbers.rows, DAY.year)
    assert [r.is_double for r in shown] == [True, True]
    assert replace(shown[0], id="").code == shown[1].code


def urged(office, case, document_no="", day=date(2026, 6, 20)):
    """A notice to the unit that owes an answer."""
    office.clock = make.at(make.NOW)
    return office.do(
        urgings.urge,
        suggestion_id=case.id,
        urged_on=day,
        by_letter=True,
        document_no=document_no,
    )


def number_of(office, case, urging):
    rows = office.ask(urgings.rows, suggestion_id=case.id)
    return next(row.document_no for row in rows if row.id == urging)


def numbered(office, urging):
    return office.do(
        document_numbers.issue,
        form="urging_notice",
        record_kind="urging",
        record_id=urging,
        name="督办通知",
        prefix="石人督",
    )


def test_the_number_of_an_urging_notice_stands_in_its_record_until_it_is_cancelled(office):
    case = Case.handled(office)
    urging = urged(office, case)

    code = numbered(office, urging)
    again = numbered(office, urging)
    with_number = number_of(office, case, urging)
    (row,) = office.ask(document_numbers.rows)
    office.do(document_numbers.cancel, number_id=row.id, cancel_reason="印错")

    assert with_number == code == again
    assert number_of(office, case, urging) == ""
    assert numbered(office, urging) == f"石人督〔{DAY.year}〕2号"


def test_undoing_the_number_takes_it_from_the_urging_too(office):
    case = Case.handled(office)
    urging = urged(office, case)
    numbered(office, urging)

    office.undo()

    assert office.ask(document_numbers.rows) == []
    assert number_of(office, case, urging) == ""


def test_a_notice_that_has_a_number_from_elsewhere_gets_no_second_one(office):
    case = Case.handled(office)
    urging = urged(office, case, document_no="石办督〔2026〕9号")

    with pytest.raises(UserError, match="已经有文号“石办督〔2026〕9号”"):
        numbered(office, urging)

    assert office.ask(document_numbers.rows) == []
    assert number_of(office, case, urging) == "石办督〔2026〕9号"


def test_a_number_typed_at_an_urging_is_not_given_again(office):
    case = Case.handled(office)
    urged(office, case, document_no=f"石人督[{DAY.year}]第01号")
    second = urged(office, case, day=date(2026, 6, 30))

    assert numbered(office, second) == f"石人督〔{DAY.year}〕2号"


def test_a_number_of_a_record_that_is_gone_can_be_cancelled(office):
    code = numbered(office, "gone")

    (row,) = office.ask(document_numbers.rows)
    office.do(document_numbers.cancel, number_id=row.id, cancel_reason="记录已删除")

    assert not next(r for r in office.ask(document_numbers.rows) if r.code == code).is_valid
