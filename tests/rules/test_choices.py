import copy
import json

import pytest

from deputydesk.rules.choices import Choice


class Kind(Choice):
    TOWN = "town", "苏木镇"
    STREET = "street", "街道"


def test_a_choice_stores_its_value_and_shows_its_label():
    assert Kind.TOWN == "town"
    assert Kind.TOWN.value == "town"
    assert Kind.TOWN.label == "苏木镇"
    assert f"{Kind.TOWN} {str(Kind.TOWN)!r}" == "town 'town'"
    assert json.dumps([Kind.TOWN]) == '["town"]'
    assert [kind.label for kind in Kind] == ["苏木镇", "街道"]


def test_a_stored_value_comes_back_as_the_member():
    assert Kind.stored("town") is Kind.TOWN
    assert Kind("town") is Kind.TOWN
    assert Kind.TOWN.is_known


@pytest.mark.parametrize("value", ["park", "TOWN", ""])
def test_a_value_of_a_newer_version_shows_itself_and_is_kept(value):
    stranger = Kind.stored(value)

    assert (stranger, stranger.value, stranger.label, str(stranger)) == (value,) * 4
    assert isinstance(stranger, Kind)
    assert not stranger.is_known
    assert copy.deepcopy(stranger) == copy.copy(stranger) == stranger
    assert {stranger} == {Kind.stored(value)}
    assert list(Kind) == [Kind.TOWN, Kind.STREET]


@pytest.mark.parametrize("text", ["苏木镇", " 苏木镇\n", "town"])
def test_a_label_or_a_value_in_a_sheet_is_understood(text):
    assert Kind.from_label(text) is Kind.TOWN


def test_another_text_in_a_sheet_is_refused():
    with pytest.raises(ValueError, match="公园"):
        Kind.from_label("公园")
