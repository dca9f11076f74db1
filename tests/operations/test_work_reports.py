"""Deputies' reports to their voters: words kept, figures drawn from what is registered."""

from datetime import date

import pytest

from deputydesk.errors import FieldError
from deputydesk.models import WorkReport
from deputydesk.office import Right, operation
from deputydesk.operations import work_reports
from tests import make
from tests.operations.duty_case import YEAR

DAYS = {"first_on": date(YEAR, 1, 1), "last_on": date(YEAR, 12, 31)}


@operation(Right.SETUP, "测试：来源未到")
def _lose(tx, *, report) -> None:
    tx.session.get(WorkReport, report).mandate_id = "T1-nobody"


def test_a_report_is_kept_changed_and_removed(office):
    wang = make.deputy(office)

    report = office.do(work_reports.save, mandate_id=wang, study=" 学法。\n", **DAYS)
    [row] = office.ask(work_reports.rows, YEAR)
    assert (row.deputy, row.study, row.written, row.given_on) == ("王伟", "学法。", 1, None)

    given = date(2026, 1, 20)
    office.do(
        work_reports.save,
        record_id=report,
        mandate_id=wang,
        plans="多走访。",
        given_on=given,
        **DAYS,
    )
    [row] = office.ask(work_reports.rows)
    assert (row.study, row.plans, row.given_on) == ("", "多走访。", given)

    office.do(work_reports.remove, ids=(report,))
    assert office.ask(work_reports.rows) == []


def test_reports_of_another_year_are_not_listed(office):
    office.do(work_reports.save, mandate_id=make.deputy(office), **DAYS)

    assert office.ask(work_reports.rows, YEAR + 1) == []


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("mandate_id", {"mandate_id": ""}),
        ("last_on", {"last_on": date(YEAR - 1, 1, 1)}),
        ("given_on", {"given_on": date(2027, 1, 1)}),
    ],
)
def test_what_cannot_be_is_refused(office, field, values):
    wang = make.deputy(office)

    with pytest.raises(FieldError) as caught:
        office.do(work_reports.save, **{"mandate_id": wang, **DAYS, **values})

    assert caught.value.field == field
    assert office.ask(work_reports.rows) == []


def test_there_is_one_report_of_a_deputy_and_time(office):
    wang = make.deputy(office)
    office.do(work_reports.save, mandate_id=wang, **DAYS)

    with pytest.raises(FieldError, match="王伟这一期间的述职报告已经登记过"):
        office.do(work_reports.save, mandate_id=wang, **DAYS)

    office.do(work_reports.save, mandate_id=make.deputy(office, name="李娜"), **DAYS)
    assert len(office.ask(work_reports.rows)) == 2


def test_a_report_whose_deputy_has_not_arrived_can_be_removed(office):
    wang = make.deputy(office)
    report = office.do(work_reports.save, mandate_id=wang, **DAYS)
    office.do(_lose, report=report)

    office.do(work_reports.remove, ids=(report,))

    assert office.ask(work_reports.rows) == []


def test_the_figures_are_those_of_the_deputy_and_the_time(duty_office, who):
    first, last = DAYS.values()

    said = duty_office.ask(work_reports.said, (who.wang, who.zhao), first=first, last=last)

    assert "出席人民代表大会会议1次（应到1次）" in said[who.wang]["meetings"]
    assert "领衔提出代表建议1件" in said[who.wang]["voters"]
    assert "参加代表活动1次" in said[who.wang]["activities"]
    assert "参加线下培训" in said[who.wang]["study"]
    assert "study" not in said[who.zhao]
    assert all(
        "0" not in text.replace("10", "").replace("20", "") for text in said[who.zhao].values()
    )
    earlier = duty_office.ask(
        work_reports.said, (who.wang,), first=date(2020, 1, 1), last=date(2020, 12, 31)
    )
    assert earlier == {who.wang: {}}
