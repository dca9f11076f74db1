"""Settings say how long pictures of papers stay; what is over goes at the next start."""

import pytest
from PySide6.QtWidgets import QLabel

from deputydesk.models.scan import RunState
from deputydesk.office import Right, User
from deputydesk.operations import scan_books, scan_retention, scan_runs
from deputydesk.ui import messages, removals
from deputydesk.ui.retention_card import RetentionCard
from tests import make
from tests.operations import scan_world as world
from tests.ui import papers_back


@pytest.fixture
def run_id(office):
    """A run that was booked years ago, with its pictures."""
    made, _ = papers_back.run(office)
    papers_back.read_in(office, made, papers_back.page(office, world.YES, world.MOSTLY))
    office.do(scan_books.reconcile, run_id=made, issued=1, returned=1, invalid=0)
    world.sampled(office, made)
    office.do(scan_books.book, run_id=made)
    office.clock = make.at(make.NOW.replace(year=make.NOW.year + 3))
    return made


@pytest.fixture
def card(desk, run_id, qtbot):
    made = RetentionCard(desk)
    qtbot.addWidget(made)
    made.refresh()
    return made


def choose(card, months):
    card.term.setCurrentIndex(card.term.findData(months))
    card.term.activated.emit(card.term.currentIndex())


def thinned(office, run_id):
    run = office.ask(scan_runs.one, run_id)
    assert run.state is RunState.BOOKED
    return run.thinned_on is not None


def test_nothing_goes_by_itself_until_somebody_decides(card, desk, office, run_id):
    assert card.said.text().startswith("还没有决定。1批票的1页图像已到期")
    assert card.term.currentText() == "不自动删除"

    removals.finish(desk)

    assert not thinned(office, run_id)


def test_what_is_over_goes_at_the_next_start_and_that_is_said(card, desk, office, run_id, qtbot):
    choose(card, 24)
    assert office.ask(scan_retention.retention).months == 24

    with qtbot.waitSignal(desk.said) as told:
        removals.finish(desk)

    assert told.args == ["按保留期限（24个月）删除了“述职测评会”的1页扫描图像；票数和记录都还在。"]
    assert thinned(office, run_id)
    card.refresh()
    assert card.said.text().endswith("没有到期的扫描图像。")
    assert not card.thin.isEnabled()


def test_a_longer_term_keeps_it(card, desk, office, run_id):
    choose(card, 60)

    removals.finish(desk)

    assert not thinned(office, run_id)


def test_what_is_over_goes_at_once_when_a_person_says_so(card, office, run_id, monkeypatch):
    heard, answer = [], [False]

    def ask(question, hint, yes, *, parent=None):
        heard.append(f"{question}{hint}{yes}")
        return answer[0]

    monkeypatch.setattr(messages, "confirm", ask)
    card.thin.click()
    assert "1页图像已到期" in heard[0]
    assert not thinned(office, run_id)

    answer[0] = True
    card.thin.click()

    assert thinned(office, run_id)


def test_only_the_head_decides_and_only_the_heads_opening_removes(card, desk, office, run_id):
    choose(card, 24)
    office.user = User("乌兰", frozenset(Right) - {Right.MANAGE})
    card.refresh()
    assert not card.term.isEnabled()
    assert not card.thin.isEnabled()

    removals.finish(desk)

    assert not thinned(office, run_id)


def test_it_says_that_names_on_feedback_forms_stay_as_long(card):
    texts = [part.text() for part in card.findChildren(QLabel)]

    assert scan_retention.NAMES_STAY in texts
