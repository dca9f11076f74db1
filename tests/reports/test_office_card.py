"""The sheet that goes to the other office by another way than the card."""

from pathlib import Path

from deputydesk.exchange import cards
from deputydesk.operations import partners
from deputydesk.reports.printing import write
from tests.reports.judge import text_of


def printed(office, tmp_path: Path) -> str:
    to = tmp_path / "form.pdf"
    assert write(office, "office_card", to) == 1
    return "".join(text_of(to))


def test_the_numbers_of_the_card_stand_on_the_sheet_in_their_order(office, tmp_path):
    office.do(partners.make_keys)

    said = printed(office, tmp_path)

    places = [said.index(group) for group in cards.own(office).fingerprint.split()]
    assert places == sorted(places)
    assert "五当召镇人大主席团" in said
    assert "T1.ddcard" in said


def test_an_office_without_a_card_prints_a_blank_sheet(office, tmp_path):
    assert "单位代码.ddcard" in printed(office, tmp_path)
