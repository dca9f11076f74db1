"""A district sees of every line whose it is, sorts and filters by it; alone an office does not."""

import pytest

from deputydesk.exchange import receiving, sending
from deputydesk.models.activity import TrainingForm, TrainingLevel
from deputydesk.models.choices import Channel, OfficeKind
from deputydesk.operations import opinions, trainings
from deputydesk.rules.cell_filters import CellFilter
from deputydesk.ui.desk import Desk
from deputydesk.ui.office_column import TITLE
from deputydesk.ui.pages.deputies import DeputiesPage
from deputydesk.ui.pages.homes import HomesPage
from deputydesk.ui.pages.suggestions import SuggestionsPage
from deputydesk.ui.pages.visits import VisitsPage
from deputydesk.ui.preferences import Preferences
from deputydesk.ui.registers.stations import STATIONS
from deputydesk.ui.registers.trainings import TRAININGS
from deputydesk.ui.registers_page import RegistersPage
from tests import make
from tests.exchange import carriers
from tests.ui import hands

DAY = carriers.NOW.date()


def trained(office, topic: str) -> None:
    office.do(
        trainings.save,
        topic=topic,
        form=TrainingForm.CLASSROOM,
        level=TrainingLevel.TOWN,
        held_on=DAY,
        hours=6,
    )


class SamplePage(RegistersPage):
    title = "登记"
    registers = (TRAININGS, STATIONS)


@pytest.fixture
def world(tmp_path):
    """A district that got the sticks of two townships, each with a training and a deputy."""
    made = {code: carriers.created(tmp_path / code, code) for code in ("D", "T1", "T2")}
    make.profile(made["D"], kind=OfficeKind.DISTRICT, name="石拐区")
    (tmp_path / "stick").mkdir()
    for code, name in (("T1", "五当召镇"), ("T2", "吉忽伦图苏木")):
        town = made[code]
        make.profile(town, name=name)
        lead = make.deputy(town, name=f"{name}代表")
        trained(town, f"{name}培训")
        home = make.home(town)
        make.visit(town, home, lead)
        town.do(opinions.hear, channel=Channel.PHONE, matter=f"{name}的路")
        carriers.introduce(town, made["D"])
        receiving.receive(made["D"], sending.send(town, "D", tmp_path / "stick").path)
    trained(made["D"], "区里培训")
    yield made
    for office in made.values():
        office.close()


def shown(office, page_class, qtbot):
    desk = Desk(office.data.path.parent, office.clock, Preferences())
    desk.attach(office)
    page = page_class(desk)
    hands.show_page(page, desk, qtbot)
    return page


def titles(table) -> list[str]:
    return [column.title for column in table.rows.columns]


def cells(table, title: str) -> list[str]:
    column = titles(table).index(title)
    model = table.model()
    return [model.index(n, column).data() for n in range(model.rowCount())]


def test_the_district_sees_whose_each_line_is(world, qtbot):
    page = shown(world["D"], SamplePage, qtbot)

    table = page.view.table
    qtbot.waitUntil(lambda: table.rows.rowCount() == 3)
    assert sorted(cells(table, TITLE)) == sorted(["T1单位", "T2单位", "石拐区"])
    assert titles(table).index(TITLE) == 1


def test_a_long_list_is_sorted_and_filtered_by_it_in_the_database(world, qtbot):
    page = shown(world["D"], SamplePage, qtbot)
    table = page.view.table
    qtbot.waitUntil(lambda: table.rows.rowCount() == 3)
    assert TITLE in table.rows.known_columns

    table.filter((CellFilter(TITLE, "T2单位"),))
    qtbot.waitUntil(lambda: table.rows.rowCount() == 1)
    assert table.rows.get(0).topic == "吉忽伦图苏木培训"
    table.filter((CellFilter(TITLE, "没有的单位"),))
    qtbot.waitUntil(lambda: table.rows.rowCount() == 0)
    table.filter(())
    table.sortByColumn(1, table.horizontalHeader().sortIndicatorOrder().AscendingOrder)
    qtbot.waitUntil(lambda: table.rows.rowCount() == 3)
    assert cells(table, TITLE) == sorted(cells(table, TITLE))


def test_a_short_list_has_it_as_well(world, qtbot):
    page = shown(world["D"], SamplePage, qtbot)

    page.chips.group.button(1).setChecked(True)

    assert titles(page.view.table)[1] == TITLE


@pytest.mark.parametrize("page_class", [DeputiesPage, SuggestionsPage, VisitsPage])
def test_pages_with_lists_of_their_own_show_it(world, qtbot, page_class):
    page = shown(world["D"], page_class, qtbot)

    assert titles(page.table)[1] == TITLE


def test_a_township_alone_has_no_such_column_until_others_stand_below(world, qtbot, tmp_path):
    page = shown(world["T1"], SamplePage, qtbot)
    assert TITLE not in titles(page.view.table)

    below = carriers.created(tmp_path / "X", "X1")
    carriers.enrol(world["T1"], carriers.card(below), carriers.Role.CHILD)
    page.refresh()

    assert TITLE in titles(page.view.table)
    below.close()


def test_an_office_that_was_enrolled_meanwhile_is_called_by_its_name(world, qtbot, tmp_path):
    page = shown(world["D"], SamplePage, qtbot)
    third = carriers.created(tmp_path / "T3", "T3")
    trained(third, "第三处培训")
    carriers.introduce(third, world["D"])
    receiving.receive(world["D"], sending.send(third, "D", tmp_path / "stick").path)

    page.refresh()

    table = page.view.table
    qtbot.waitUntil(lambda: table.rows.rowCount() == 4)
    assert "T3单位" in cells(table, TITLE)
    third.close()


def test_the_lists_of_the_homes_have_it_as_well(world, qtbot):
    page = shown(world["D"], HomesPage, qtbot)

    qtbot.waitUntil(lambda: page.homes.rows.rowCount() == 2)
    assert sorted(cells(page.homes, TITLE)) == sorted(["T1单位", "T2单位"])
    assert TITLE in titles(page.missing)
    assert TITLE in titles(page.stations)
