"""What was frozen is held against what it was frozen as."""

from datetime import date

from sqlalchemy import text

from deputydesk.exchange import checking
from deputydesk.operations import dispatches, point_quarters
from deputydesk.rules.dispatch_periods import DispatchKind
from deputydesk.rules.quarters import Quarter
from tests import make
from tests.operations.duty_case import adopt, scheme


def meddle(office, statement):
    with office.data.engine.begin() as connection:
        connection.execute(text(statement))


def test_an_office_that_is_well_has_no_faults(office):
    make.deputy(office)

    assert checking.faults(office) == []


def test_a_closed_quarter_and_a_made_dispatch_that_were_meddled_with_are_named(office):
    make.deputy(office)
    adopt(office, scheme("汝州"))
    office.do(point_quarters.close, quarter=Quarter(2026, 1))
    office.do(dispatches.make, kind=DispatchKind.WEEK, day=date(2026, 11, 22))
    meddle(office, "update point_quarter set digest = 'x'")
    meddle(office, "update dispatch set digest = 'x'")

    said = " ".join(fault.message for fault in checking.faults(office, deep=False))

    assert "2026年第一季度的积分榜与封账时的校验值不符" in said
    assert "台账快照与校验值不符，可能被改动过" in said
