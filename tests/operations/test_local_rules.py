from datetime import date

import pytest

from deputydesk.errors import FieldError
from deputydesk.operations import local_rules
from deputydesk.rules.local_rules import shipped

KIND = "home_checklist"
FEW = {"items": [{"name": "有场所", "about": ""}, {"name": "有牌子", "about": ""}]}


def adopt(office, *, name="本镇清单", valid_from=date(2026, 7, 1), rule=FEW, source=""):
    return office.do(
        local_rules.adopt, kind=KIND, name=name, valid_from=valid_from, rule=rule, source=source
    )


def test_the_shipped_rule_holds_until_the_office_adopts_its_own(office):
    adopt(office, source="五当召镇〔2026〕3号")

    before = office.ask(local_rules.current, KIND, date(2026, 6, 30))
    after = office.ask(local_rules.current, KIND, date(2026, 7, 1))

    assert before == shipped(KIND)[0]
    assert len(before.rule["items"]) == 8
    assert "请按本单位的规定修改" in before.source
    assert (after.rule, after.name, after.source) == (FEW, "本镇清单", "五当召镇〔2026〕3号")
    assert not after.is_shipped


def test_a_new_version_never_rewrites_an_earlier_one(office):
    first = adopt(office)
    second = adopt(office, name="修改后", valid_from=date(2026, 9, 1))

    assert [row.id for row in office.ask(local_rules.history, KIND)] == [second, first]
    assert office.ask(local_rules.current, KIND, date(2026, 8, 31)).id == first
    assert office.ask(local_rules.current, KIND, date(2026, 9, 1)).id == second


def test_of_two_versions_from_the_same_day_the_later_made_holds(office):
    adopt(office)
    corrected = adopt(office, name="更正")

    assert office.ask(local_rules.current, KIND, date(2026, 7, 1)).id == corrected


def test_a_rule_without_a_source_is_the_offices_own_and_undo_says_what_it_takes_back(office):
    adopt(office)

    assert office.ask(local_rules.history, KIND)[0].source == "本单位自定"
    undone = office.undo()
    assert undone.title == "采用本地规则"
    assert undone.about == "代表之家“八有”清单 本镇清单，自2026年7月1日起"
    assert office.ask(local_rules.history, KIND) == []


@pytest.mark.parametrize(
    ("wrong", "field"), [({"name": " "}, "name"), ({"rule": {"items": []}}, "items")]
)
def test_a_rule_that_says_nothing_is_refused(office, wrong, field):
    with pytest.raises(FieldError) as error:
        adopt(office, **wrong)

    assert error.value.field == field
    assert office.ask(local_rules.history, KIND) == []
