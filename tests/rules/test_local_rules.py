import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deputydesk.errors import FieldError
from deputydesk.paths import resource
from deputydesk.rules import local_rules
from deputydesk.rules.local_rules import FieldKind, checked, kind_of, kinds, shipped

EVERY_KIND = [kind.kind for kind in kinds()]


@pytest.mark.parametrize("kind", EVERY_KIND)
def test_every_shipped_version_is_one_that_could_be_adopted_and_says_its_source(kind):
    assert shipped(kind), "a kind has a default"

    for version in shipped(kind):
        assert checked(kind, version.rule) == version.rule
        assert version.name
        assert version.source
        assert version.is_shipped
        assert version.valid_from == local_rules.BEGINNING


@pytest.mark.parametrize("kind", EVERY_KIND)
def test_one_version_of_a_kind_is_the_default_and_stands_first(kind):
    files = [f for f in resource(f"presets/{kind}").glob("*.json") if f.name != "kind.json"]
    said = [json.loads(file.read_text(encoding="utf-8")) for file in files]

    [default] = [version for version in said if version.get("default")]
    assert shipped(kind)[0].name == default["name"]
    assert len({version["name"] for version in said}) == len(said)


def test_kinds_stand_in_the_order_they_say():
    assert kind_of("home_checklist").title == "代表之家“八有”清单"
    assert len(set(EVERY_KIND)) == len(EVERY_KIND)
    assert kinds()[0].fields


@given(st.lists(st.text(min_size=1), min_size=1, max_size=9, unique_by=str.strip))
def test_a_checklist_of_any_names_is_kept_in_order(names):
    names = [name for name in names if name.strip()] or ["有场所"]
    items = [{"name": name} for name in names]

    kept = checked("home_checklist", {"items": items})

    assert [item["name"] for item in kept["items"]] == [name.strip() for name in names]
    assert checked("home_checklist", kept) == kept


@pytest.mark.parametrize(
    ("items", "sentence"),
    [
        ([], "检查项至少要有1项"),
        ([{"name": "有场所"}, {"name": " "}], "第2行：请填写检查项"),
        ([{"name": "有场所"}, {"name": "有场所"}], "检查项里“有场所”写了两次"),
    ],
)
def test_a_checklist_that_cannot_be_is_refused_in_words(items, sentence):
    with pytest.raises(FieldError, match=sentence) as error:
        checked("home_checklist", {"items": items})

    assert error.value.field == "items"


@pytest.fixture
def odd_kind(monkeypatch):
    """A kind with a field of each sort."""
    kind = local_rules.RuleKind(
        "odd",
        "样例",
        "",
        (
            local_rules.RuleField("months", "月数", FieldKind.NUMBER, least=1, most=12),
            local_rules.RuleField("days", "天数", FieldKind.NUMBER),
            local_rules.RuleField("postponed", "顺延", FieldKind.FLAG),
            local_rules.RuleField("steps", "步骤", FieldKind.LINES, most=2),
            local_rules.RuleField("way", "方式", FieldKind.CHOICE, options={"next": "顺延"}),
        ),
    )
    monkeypatch.setattr(local_rules, "kinds", lambda: (kind,))
    return kind


GOOD = {"months": 3, "days": 0, "postponed": True, "steps": ["评议"], "way": "next"}


def test_a_rule_with_a_field_of_each_sort_is_kept(odd_kind):
    assert checked(odd_kind.kind, GOOD | {"steps": [" 评议 ", ""]}) == GOOD


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"months": 13}, "月数不能小于1，也不能大于12"),
        ({"months": None}, "月数不能小于1"),
        ({"days": -1}, "天数不能小于0。"),
        ({"days": "三"}, "天数应当是数字"),
        ({"steps": ["一", "二", "三"]}, "步骤最多2项"),
        ({"way": "never"}, "请选择方式"),
    ],
)
def test_a_field_that_holds_what_it_cannot_is_named(odd_kind, wrong, sentence):
    with pytest.raises(FieldError, match=sentence) as error:
        checked(odd_kind.kind, GOOD | wrong)

    assert [error.value.field] == list(wrong)
