from datetime import date, datetime

import pytest

from deputydesk.errors import FieldError, UserError
from deputydesk.models import Dispatch
from deputydesk.models.oversight import OversightKind
from deputydesk.office import Right, operation
from deputydesk.operations import (
    assignments,
    commitments,
    dispatches,
    extensions,
    oversights,
    reviews,
    suggestions,
    urgings,
)
from deputydesk.operations.dispatch_snapshot import Snapshot, UnitLine, summary_of
from deputydesk.rules.dispatch_periods import DispatchKind as K
from deputydesk.rules.satisfaction import Satisfaction
from tests import make
from tests.operations.case import Case

MARCH = date(2026, 3, 10)


def ledger(office, day, kind=K.MONTH, today=make.TODAY):
    return office.ask(dispatches.preview, kind=kind, day=day, today=today)


@operation(Right.HANDLE, "改动快照")
def tamper(tx, *, dispatch_id):
    report = tx.session.get(Dispatch, dispatch_id)
    report.snapshot = {**report.snapshot, "open": []}


def test_the_ledger_is_seen_as_it_stood_at_the_end_of_each_month(office):
    case = Case.handled(office)  # registered in January, assigned 5 March, due 5 June
    case.answer(case.main)  # 20 May
    case.judge(Satisfaction.SATISFIED)  # 28 May, which closes it

    january, march = ledger(office, date(2026, 1, 20)), ledger(office, MARCH)
    april, may = ledger(office, date(2026, 4, 3)), ledger(office, date(2026, 5, 3))

    assert [(line.state, line.units) for line in january.open] == [("待交办", "")]
    assert january.units == ()
    assert march.units == (UnitLine("区交通运输局", assigned=1, not_due=1),)
    assert [(line.state, line.due_on) for line in march.open] == [("办理中", date(2026, 6, 5))]
    assert april.changes == ()
    assert may.open == ()
    assert may.units == (UnitLine("区交通运输局", assigned=1, answered=1, satisfied=1),)
    [change] = may.changes
    assert change.what == "5月20日区交通运输局答复（A类）；5月28日代表反馈：满意；办结"


def test_soon_and_overdue_are_counted_and_listed(office):
    case = Case.handled(office)
    office.do(urgings.urge, suggestion_id=case.id, unit_id=case.main, urged_on=date(2026, 5, 25))

    may, june = ledger(office, date(2026, 5, 31)), ledger(office, date(2026, 6, 30))

    assert may.units[0].soon == 1
    assert may.overdue == ()
    assert june.units[0].overdue == 1
    [late] = june.overdue
    assert (late.number, late.unit, late.due_on, late.days, late.urged) == (
        1,
        "区交通运输局",
        date(2026, 6, 5),
        25,
        1,
    )
    assert "5月25日催办区交通运输局" in may.changes[0].what
    assert "区交通运输局有逾期未答复的建议" in summary_of(june)


def test_more_time_counts_from_the_day_it_was_granted(office):
    case = Case.handled(office)
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

    assert ledger(office, date(2026, 4, 3)).open[0].due_on == date(2026, 6, 5)
    may = ledger(office, date(2026, 5, 3))
    assert may.open[0].due_on == date(2026, 8, 5)
    assert may.changes[0].what == "5月12日区交通运输局延期至8月5日"


def test_handing_back_handling_again_and_promises_are_told(office):
    case = Case.handled(office)
    office.do(
        assignments.reassign,
        assignment_id=case.of(case.main).id,
        unit_id=case.other,
        reason="职责调整",
        assigned_on=date(2026, 3, 20),
    )
    office.do(
        assignments.sign,
        assignment_id=case.of(case.other).id,
        signed_on=date(2026, 3, 21),
    )
    case.answer(case.other, "B")
    case.judge(Satisfaction.DISSATISFIED, opinion="没有解决")
    case.answer(case.other, "B", date(2026, 6, 10))
    [promise] = office.ask(commitments.rows, today=make.TODAY)
    office.do(commitments.settle, commitment_id=promise.id, kept=True, settled_on=date(2026, 6, 20))

    march, may, june = (ledger(office, date(2026, m, 5)) for m in (3, 5, 6))

    assert march.changes[0].what == (
        "3月5日交区交通运输局办理；3月20日区交通运输局退办；交区水务局办理"
    )
    assert may.open[0].state == "重新办理"
    assert may.units == (UnitLine("区水务局", assigned=1, not_due=1),)
    assert june.open[0].state == "已答复"
    assert june.open[0].due_on is None
    assert "6月20日区水务局承诺已落实" in june.changes[0].what
    assert june.happened["kept"] == 1


def test_withdrawn_and_rejected_suggestions_are_not_open(office):
    case = Case.assigned(office)
    rejected = case.another()
    office.do(
        reviews.reject,
        suggestion_id=rejected.id,
        reason=reviews.RejectReason.EMPTY,
        reviewed_on=date(2026, 3, 2),
    )
    office.do(
        suggestions.withdraw, suggestion_id=case.id, withdrawn_on=date(2026, 3, 20), note="撤"
    )

    march = ledger(office, MARCH)

    assert (march.open, march.units) == ((), ())
    assert "3月20日撤回" in march.changes[0].what
    assert len(ledger(office, date(2026, 2, 3)).open) == 2


def test_a_name_that_is_withheld_stays_so_and_marks_are_shown(office):
    case = Case.handled(office)
    office.do(suggestions.flag, suggestion_id=case.id, confidential=True)
    office.do(
        oversights.save,
        suggestion_id=case.id,
        kind=OversightKind.KEY,
        congress_leader="王主席",
        started_on=MARCH,
    )

    [line] = ledger(office, MARCH).open

    assert (line.lead, line.mark) == ("（保密）", "重点督办，王主席督办")


def test_a_report_never_changes_whatever_happens_later(office):
    case = Case.handled(office)
    report = office.do(dispatches.make, kind=K.MONTH, day=MARCH)
    before = office.ask(dispatches.kept, report)

    case.answer(case.main)
    case.judge(Satisfaction.SATISFIED)
    office.do(suggestions.edit, suggestion_id=case.id, headline="改了标题")

    row = office.ask(dispatches.one, report)
    assert office.ask(dispatches.kept, report) == before
    assert before.open[0].headline == "关于打通断头路的建议"
    assert (row.assigned, row.answered, row.overdue, row.open) == (1, 0, 0, 1)
    assert row.is_intact
    assert Snapshot.from_dict(before.to_dict()) == before


def test_a_report_that_was_meddled_with_is_noticed(office):
    Case.handled(office)
    report = office.do(dispatches.make, kind=K.MONTH, day=MARCH)

    office.do(tamper, dispatch_id=report)

    assert not office.ask(dispatches.one, report).is_intact


def test_numbers_run_on_without_gaps_in_each_kind_and_year(office):
    for kind, day in (
        (K.WEEK, date(2025, 12, 20)),
        (K.WEEK, date(2026, 3, 3)),
        (K.WEEK, date(2026, 3, 10)),
        (K.MONTH, MARCH),
        (K.QUARTER, MARCH),
        (K.WEEK, date(2026, 3, 24)),
    ):
        office.do(dispatches.make, kind=kind, day=day)

    assert [row.name for row in office.ask(dispatches.rows, year=2026)] == [
        "季报告 2026年第1期",
        "月小结 2026年第1期",
        "周调度 2026年第3期",
        "周调度 2026年第2期",
        "周调度 2026年第1期",
    ]
    assert office.ask(dispatches.rows)[-1].period.days == "12月15日—12月21日"


def test_a_period_is_reported_once_and_not_before_it_begins(office):
    office.do(dispatches.make, kind=K.WEEK, day=date(2026, 3, 3))

    with pytest.raises(UserError, match="2026年3月2日—3月8日的周调度已经生成"):
        office.do(dispatches.make, kind=K.WEEK, day=date(2026, 3, 8))
    with pytest.raises(FieldError, match="2026年12月还没有开始"):
        office.do(dispatches.make, kind=K.MONTH, day=date(2026, 12, 1))


def test_a_period_that_is_not_over_is_seen_up_to_today(office):
    Case.handled(office)

    now = ledger(office, make.TODAY, K.WEEK)

    assert (now.last, now.as_of) == (date(2026, 11, 29), make.TODAY)
    assert now.overdue[0].days == 171


def test_the_text_may_be_the_clerks_own_and_is_signed_once(office):
    report = office.do(dispatches.make, kind=K.MONTH, day=MARCH, summary="本月平稳。")
    office.do(dispatches.sign, dispatch_id=report, signed_by="苏和")

    row = office.ask(dispatches.one, report)
    assert (row.summary, row.signed_by, row.signed_on) == ("本月平稳。", "苏和", make.TODAY)
    assert row.is_intact
    with pytest.raises(UserError, match="苏和已于2026年11月23日签发"):
        office.do(dispatches.sign, dispatch_id=report, signed_by="别人")
    signed = office.do(dispatches.make, kind=K.WEEK, day=MARCH, signed_by=" 苏和 ")
    assert office.ask(dispatches.one, signed).signed_on == make.TODAY
    with pytest.raises(UserError, match="找不到这条“调度报告”记录"):
        office.ask(dispatches.one, "T1-0")


def test_the_usual_text_says_what_happened_and_how_the_units_stand(office):
    assert summary_of(ledger(office, MARCH)) == "本月没有新的办理情况。"
    case = Case.dissatisfied(office)

    text = summary_of(ledger(office, date(2026, 5, 2)))
    first = summary_of(ledger(office, MARCH, K.QUARTER))

    assert text.startswith("本月交办1件，答复1件，收回征询意见表1件。截至2026年5月31日，")
    assert first.startswith("本季度登记1件，交办1件。")
    case.answer(case.main, day=date(2026, 6, 2))
    case.judge(Satisfaction.DISSATISFIED, opinion="x", sent=date(2026, 6, 2), back=date(2026, 6, 5))
    assert "对1件次的办理结果不满意" in summary_of(ledger(office, date(2026, 6, 2)))


def test_what_was_over_before_the_year_began_is_not_counted(office):
    office.clock = make.at(datetime(2027, 2, 1, 9, 0))
    case = Case.answered(office)
    case.judge(Satisfaction.SATISFIED)

    assert ledger(office, date(2027, 1, 5), today=date(2027, 2, 1)).units == ()
    assert len(ledger(office, date(2026, 12, 5), today=date(2027, 2, 1)).units) == 1
