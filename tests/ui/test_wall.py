"""The wall: it turns by itself, fits every screen, and tells nothing about anybody."""

import re
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from deputydesk.models import Person, Voter
from deputydesk.operations import cockpit, figures
from deputydesk.ui import wall_pages, wall_paint
from deputydesk.ui.desk import Desk
from deputydesk.ui.pages.cockpit import CockpitPage
from deputydesk.ui.preferences import Preferences
from deputydesk.ui.wall import Wall
from tests.ui import hands


@pytest.fixture
def demo_desk(demo_office, tmp_path):
    made = Desk(tmp_path / "data", demo_office.clock, Preferences(operator="张丽"))
    made.attach(demo_office)
    return made


@pytest.fixture
def wall(qtbot, demo_desk):
    board = demo_desk.ask(cockpit.board, span=None, today=demo_desk.today)
    made = Wall(demo_desk, None, board)
    qtbot.addWidget(made)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    made.resize(1366, 768)
    made.show()
    return made


@pytest.fixture
def said(monkeypatch):
    """Every text that is painted on the wall."""
    texts = []
    paint = wall_paint.say

    def listen(painter, place, text, *rest, **more):
        texts.append((text, place))
        paint(painter, place, text, *rest, **more)

    monkeypatch.setattr(wall_paint, "say", listen)
    return texts


def everybody(session):
    """Whatever of voters and deputies must not be seen, as the tables hold it."""
    voters = [[v.name, v.phone, v.address] for v in session.query(Voter)]
    deputies = [[p.name, p.phone, p.id_no, p.birth] for p in session.query(Person)]
    return {text for person in voters + deputies for text in person if text}


def test_nothing_personal_is_on_any_page(wall, said, demo_desk):
    for place in range(len(wall.pages)):
        wall.place = place
        wall.grab()

    private = demo_desk.ask(everybody)
    shown = "\n".join(text for text, _ in said)
    assert len(private) > 700
    assert [text for text in private if text in shown] == []
    assert not re.search(r"\d{7,}", shown)
    assert "143次" in shown


@pytest.mark.parametrize("size", [(1366, 768), (1920, 1080), (3840, 2160), (1024, 768)])
def test_every_page_fits_the_screen(wall, said, size):
    wall.resize(*size)
    for place in range(len(wall.pages)):
        wall.place = place
        picture = wall.grab()

        assert picture.width() == round(size[0] * picture.devicePixelRatio())
    sheet = wall_paint.QRectF(0, 0, wall_paint.WIDE, wall_paint.TALL)
    assert [text for text, place in said if not sheet.contains(place)] == []


def test_the_pages_turn_by_themselves_and_begin_anew(wall):
    titles = [page.title for page in wall.pages]
    seen = []
    for _ in titles:
        seen.append(wall.accessibleDescription())
        wall.timer.timeout.emit()

    assert seen == titles
    assert wall.place == 0


def test_arrows_turn_and_esc_leaves(wall):
    hands.press(wall, Qt.Key.Key_Right)
    assert wall.place == 1
    hands.press(wall, Qt.Key.Key_Left)
    hands.press(wall, Qt.Key.Key_Up)
    assert wall.place == len(wall.pages) - 1
    hands.press(wall, Qt.Key.Key_A)
    assert wall.isVisible()
    hands.press(wall, Qt.Key.Key_Escape)
    assert not wall.isVisible()


def test_a_confidential_figure_in_a_slogan_stays_off_the_wall(demo_desk):
    board = demo_desk.ask(cockpit.board, span=None, today=demo_desk.today)
    secret = demo_desk.ask(figures.figures, ids=("cautions.total",))[0]
    tile = cockpit.Tile("一张网", "", (secret,))
    numbers = demo_desk.ask(figures.figures, ids=wall_pages.wanted())

    made = wall_pages.pages(replace(board, tiles=(tile,)), numbers)

    first = made[0]
    assert isinstance(first, wall_pages.SlogansPage)
    assert first.slogans == (("一张网", "", ()),)


def test_an_empty_office_has_a_wall_too(qtbot, desk):
    page = CockpitPage(desk)
    qtbot.addWidget(page)
    page.show()
    page.read_again()

    page.wall_button.click()

    assert [p.title for p in page.wall.pages] == ["代表履职驾驶舱", "履职总览", "办理质效"]
    page.wall.grab()
    page.wall.close()
