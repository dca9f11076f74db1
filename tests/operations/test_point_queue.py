"""What waits for the clerk's word where no rules are set."""

from deputydesk.operations import point_rows
from deputydesk.rules.quarters import Quarter


def test_without_rules_nothing_waits(office):
    assert office.ask(point_rows.queue, Quarter(2026, 1)) == []
