"""建议办理台账: which suggestions it lists, and that its rates are of those."""

from datetime import date

import pytest

from deputydesk.errors import UserError
from deputydesk.operations import terms
from tests.reports.live import printed


@pytest.fixture
def meetings(demo_office):
    """Those with suggestions in the demo office, and one without."""
    return demo_office.ask(terms.meetings)


def ledger(office, tmp_path, **options):
    return "".join(printed(office, tmp_path, "suggestion_ledger", **options))


def test_a_ledger_up_to_a_day_lists_what_was_submitted_by_then(demo_office, tmp_path):
    whole = ledger(demo_office, tmp_path, last=date(2023, 12, 31))
    before = ledger(demo_office, tmp_path, last=date(2023, 1, 1))

    assert "2023年1月1日—12月31日提出的建议，办理情况截至2023年12月31日" in whole
    assert "共181件" in whole
    assert "（181/181）" in whole
    assert "2023年1月1日—1月1日提出的建议" in before
    assert "共0件" in before
    assert "181" not in before


def test_a_ledger_of_a_meeting_names_it_and_has_no_rates_of_the_year(
    demo_office, meetings, tmp_path
):
    numbers = set()
    for meeting in meetings:
        said = ledger(demo_office, tmp_path, record_id=meeting.id)
        assert f"{meeting.name}建议" in said
        assert "（181/181）" not in said
        numbers.add(said.split("TZ-")[-1][:15])
    assert len(numbers) == len(meetings) > 1


def test_a_ledger_between_meetings_says_so(demo_office, tmp_path):
    assert "闭会期间建议" in ledger(demo_office, tmp_path, record_id="between")


def test_a_meeting_that_is_gone_is_told(demo_office, tmp_path):
    with pytest.raises(UserError, match="找不到这次会议"):
        ledger(demo_office, tmp_path, record_id="T1-gone")
