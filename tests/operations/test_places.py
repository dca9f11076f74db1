from datetime import date

import pytest

from deputydesk.errors import FieldError, UserError
from deputydesk.models.choices import HomeLevel
from deputydesk.operations import places
from tests import make


def test_homes_show_their_deputies_and_visits_by_month(office):
    village = make.home(office, name="缸房地村人大代表之家", level=HomeLevel.VILLAGE)
    town = make.home(office)
    deputy = make.deputy(office, home_id=town)
    make.visit(office, town, deputy, held_on=date(2026, 3, 5))
    make.visit(office, town, deputy, held_on=date(2026, 3, 6))
    make.visit(office, village, deputy, held_on=date(2025, 3, 6))

    first, second = office.ask(places.homes, 2026)

    assert (first.short_name, first.deputies, first.visits, first.months[2]) == (
        "五当召镇",
        1,
        2,
        2,
    )
    assert (second.id, second.visits) == (village, 0)


def test_a_home_is_changed_and_cannot_be_doubled(office):
    home_id = make.home(office)

    office.do(places.edit_home, home_id=home_id, name="新家", level=HomeLevel.TOWN, address="镇里")

    assert office.ask(places.homes, 2026)[0].address == "镇里"
    assert office.ask(places.homes, 2026)[0].short_name == "新家"
    with pytest.raises(FieldError, match="已经有“新家”了"):
        make.home(office, name="新家")


def test_a_home_entered_by_mistake_is_removed_but_not_one_with_a_history(office):
    mistaken = make.home(office, name="错家")
    visited, used = make.home(office), make.home(office, name="缸房地村人大代表之家")
    deputy = make.deputy(office, home_id=used)
    make.visit(office, visited, deputy)

    office.do(places.remove_homes, ids=(mistaken,))

    assert {h.id for h in office.ask(places.homes, 2026)} == {visited, used}
    for home, sentence in ((visited, "登记过活动，不能删除"), (used, "有代表，不能删除")):
        with pytest.raises(UserError, match=sentence):
            office.do(places.remove_homes, ids=(home,))
    assert office.undo().about == "错家"
