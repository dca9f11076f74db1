"""How long pictures stay is decided once for the office; of two decisions the longer one holds."""

import pytest

from deputydesk.errors import FieldError
from deputydesk.models import ScanRetention
from deputydesk.office import Right, operation
from deputydesk.operations import scan_retention
from tests import make


def decided(office, months):
    office.do(scan_retention.decide, months=months)
    return office.ask(scan_retention.retention)


def test_a_decision_is_kept_with_its_day_and_may_be_changed(office):
    assert office.ask(scan_retention.retention).months == 0

    assert decided(office, 24).months == 24
    row = decided(office, 0)

    assert (row.months, row.decided_on) == (0, make.TODAY)


@pytest.mark.parametrize("months", [5, 241, -1])
def test_a_term_that_is_too_short_or_too_long_is_refused(office, months):
    with pytest.raises(FieldError, match="6到240个月"):
        decided(office, months)


@operation(Right.MANAGE, "另一台电脑的决定")
def _beside(tx, *, months):
    tx.session.add(ScanRetention(months=months, decided_on=tx.today))


def test_of_two_decisions_that_met_the_one_that_keeps_longer_holds(office):
    decided(office, 12)
    office.do(_beside, months=36)
    assert office.ask(scan_retention.retention).months == 36

    office.do(_beside, months=0)

    assert office.ask(scan_retention.retention).months == 0
    assert decided(office, 24).months == 24
