"""Settings say what the copies of printed papers take; old ones go when a person says so."""

from datetime import datetime

import pytest

from deputydesk.exchange import printouts
from deputydesk.operations.printouts import Printed
from deputydesk.ui import messages
from deputydesk.ui.copies_card import CopiesCard
from deputydesk.ui.preferences import Preferences


@pytest.fixture
def card(desk, qtbot):
    office = desk.office
    now = office.clock
    for year in (2018, 2026):
        office.clock = lambda year=year: datetime(year, 6, 1, 9, 0)
        data = b"%PDF-1.4 " + str(year).encode() * 30_000
        printouts.keep(office, data, Printed("转办单", form="opinion_slip"), pages=1)
    office.clock = now
    made = CopiesCard(desk)
    qtbot.addWidget(made)
    made.show()
    made.refresh()
    return made


@pytest.fixture
def asked(monkeypatch):
    """What is asked before it is done; the answer is no until it is changed."""
    heard: list[str] = []
    answer = [False]

    def ask(question, hint, yes, *, parent=None):
        heard.append(f"{question}{hint}{yes}")
        return answer[0]

    monkeypatch.setattr(messages, "confirm", ask)
    return heard, answer


def test_it_says_what_there_is_and_what_may_go(card):
    assert card.said.text() == "现有 2 份，234 KB。2020年及以前的 1 份可以清理，腾出 117 KB。"
    assert card.thin.isEnabled()


def test_nothing_goes_before_it_was_said_what_goes_and_that_it_is_for_good(
    card, asked, desk, qtbot
):
    heard, answer = asked
    card.thin.click()
    [question] = heard
    assert "1 份可以清理，腾出 117 KB" in question
    assert "打印记录本身（何时、何人、印了什么）不删" in question
    assert "现有 2 份" in card.said.text()

    answer[0] = True
    with qtbot.waitSignal(desk.said) as told:
        card.thin.click()

    assert told.args == ["已清理 1 份打印副本，腾出 117 KB；打印记录都还在"]
    assert card.said.text() == "现有 1 份，117 KB。2020年及以前没有可以清理的副本。"
    assert not card.thin.isEnabled()


def test_the_years_are_kept_on_this_pc(card, desk):
    card.years.setCurrentIndex(card.years.findData(10))
    card.years.activated.emit(card.years.currentIndex())

    assert "2015年及以前没有可以清理的副本" in card.said.text()
    assert Preferences.load(desk.folder).copy_years == 10


def test_before_anything_was_printed_there_is_nothing_to_thin(desk, qtbot):
    made = CopiesCard(desk)
    qtbot.addWidget(made)
    made.refresh()

    assert made.said.text() == "还没有副本。"
    assert not made.thin.isEnabled()
