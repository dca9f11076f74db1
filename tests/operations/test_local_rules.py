from dataclasses import replace
from datetime import date

import pytest

from deputydesk.errors import FieldError, UserError
from deputydesk.operations import assignments, local_rules, presets, reviews, suggestions
from deputydesk.rules.local_rules import shipped
from deputydesk.rules.satisfaction import SCALES, Scale
from tests import make

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


def shipped_as(kind, name):
    return next(row for row in shipped(kind) if row.name == name)


def take(office, kind, name, valid_from):
    """Adopt a shipped version as it is."""
    row = shipped_as(kind, name)
    return office.do(
        local_rules.adopt,
        kind=kind,
        name=row.name,
        valid_from=valid_from,
        rule=row.rule,
        source=row.source,
    )


def assigned(office, day):
    """A suggestion assigned on a day; gives the day on which the reply is due."""
    suggestion = office.do(
        suggestions.enter,
        headline=f"修路{day}",
        lead_id=make.deputy(office),
        submitted_on=day,
        registered_on=day,
    )
    office.do(reviews.accept, suggestion_id=suggestion, reviewed_on=day)
    unit = make.unit(office, name=f"单位{day}")
    office.do(assignments.assign, suggestion_id=suggestion, main_id=unit, assigned_on=day)
    return suggestion


def due(office, suggestion):
    return office.ask(assignments.rows, suggestion_id=suggestion)[0].due_on


def test_a_provinces_deadlines_hold_from_their_day_and_what_was_assigned_before_keeps_its_due(
    office,
):
    before = assigned(office, date(2026, 3, 5))
    was_due = due(office, before)

    take(office, "deadlines", "重庆市乡镇", date(2026, 4, 1))
    after = assigned(office, date(2026, 4, 7))

    assert was_due == date(2026, 6, 5)
    assert due(office, before) == was_due
    assert due(office, after) == date(2026, 6, 8)  # two months end on a Sunday
    rule = office.ask(presets.deadlines, date(2026, 4, 1))
    assert (rule.reply_months, rule.long_reply_months, rule.rehandle_months) == (2, 4, 2)
    assert "第十六条" in rule.source
    [row] = office.ask(local_rules.history, "deadlines")
    assert (row.name, row.rule["feedback_workdays"]) == ("重庆市乡镇", 20)
    assert office.ask(local_rules.current, "deadlines", date(2026, 3, 31)).name == "全国规定"


def test_a_deadline_set_without_a_name_is_called_by_its_kind(office):
    office.do(presets.set_deadlines, valid_from=date(2026, 1, 1), source="本地条例")

    [row] = office.ask(local_rules.history, "deadlines")
    assert (row.name, row.source) == ("代表建议办理期限", "本地条例")


@pytest.mark.parametrize(
    ("name", "numbers"),
    [
        ("全国规定", (3, 6, 1, 1, 10, 15)),
        ("浙江省", (3, 6, 1, 2, 10, 15)),
        ("山东省", (3, 6, 1, 1, 5, 15)),
        ("河南省", (3, 6, 1, 2, 10, 10)),
        ("重庆市", (3, 6, 2, 1, 10, 20)),
        ("北京市", (3, 6, 2, 1, 10, 15)),
        ("上海市", (3, 6, 1, 1, 7, 15)),
        ("青岛市", (3, 6, 1, 1, 5, 15)),
        ("重庆市乡镇", (2, 4, 2, 1, 10, 20)),
        ("山东省乡镇", (2, 4, 1, 1, 5, 15)),
        ("北京市乡镇", (3, 6, 2, 1, 10, 15)),
    ],
)
def test_every_province_has_its_numbers_and_an_article_or_a_reason_for_each(name, numbers):
    version = shipped_as("deadlines", name)

    said = version.rule
    assert numbers == (
        said["reply_months"],
        said["long_reply_months"],
        said["rehandle_months"],
        said["assist_months"],
        said["handback_workdays"],
        said["feedback_workdays"],
    )
    assert set(version.notes) == set(said)


def test_answer_classes_of_four_letters_hold_from_their_day(office):
    take(office, "answer_classes", "四类（2008年某市）", date(2026, 7, 1))

    assert [c.code for c in office.ask(presets.answer_classes, date(2026, 6, 30))] == [*"ABC"]
    assert [c.code for c in office.ask(presets.answer_classes, date(2026, 7, 1))] == [*"ABCD"]
    [row] = office.ask(local_rules.history, "answer_classes")
    assert row.rule == shipped_as("answer_classes", row.name).rule


def test_classes_set_twice_from_a_day_are_those_set_last(office):
    take(office, "answer_classes", "四类（2008年某市）", date(2026, 7, 1))
    take(office, "answer_classes", "佛坪县（2024年）", date(2026, 7, 1))

    assert [c.code for c in office.ask(presets.answer_classes, date(2026, 7, 1))] == [*"ABC"]
    assert len(office.ask(local_rules.history, "answer_classes")) == 1


def test_the_shipped_scales_are_those_of_the_program_and_another_can_be_adopted(office):
    same = {scale.name: scale for scale in SCALES}
    for row in shipped("grade_scales")[:3]:
        stored = Scale.from_dict({**row.rule, "name": row.name, "source": row.source})
        assert stored == same[row.name]

    take(office, "grade_scales", "满意—基本满意—不满意—弃权", date(2026, 1, 1))

    assert office.ask(presets.scales, date(2026, 6, 1))[0].options[3].label == "弃权"
    assert office.ask(local_rules.current, "grade_scales", date(2026, 6, 1)).name.endswith("弃权")


def test_a_scale_that_contradicts_itself_is_refused(office):
    rule = shipped("grade_scales")[0].rule
    no_rest = {**rule, "rule": rule["rule"][:1]}

    with pytest.raises(FieldError, match="最后一行应占0%") as error:
        office.do(
            local_rules.adopt,
            kind="grade_scales",
            name="甲",
            valid_from=date(2026, 1, 1),
            rule=no_rest,
        )

    assert error.value.field == "rule"


def test_all_kinds_are_listed_with_what_is_in_force(office):
    adopt(office)

    listed = {row.id: row for row in office.ask(local_rules.rows, date(2026, 12, 1))}

    assert (listed[KIND].current.name, listed[KIND].versions) == ("本镇清单", 1)
    assert listed["petition_deadlines"].current.rule["finish_days"] == 60
    assert listed["deadlines"].current.is_shipped


def test_the_shipped_deadlines_are_those_that_hold_without_any_choice(office):
    holding = office.ask(presets.deadlines, date(2026, 6, 1))

    default = shipped("deadlines")[0]
    assert {name: getattr(holding, name) for name in default.rule} == default.rule


@pytest.mark.parametrize("kind", [KIND, "answer_classes", "deadlines", "grade_scales"])
def test_a_version_that_does_not_hold_yet_is_withdrawn(office, kind):
    take(office, kind, shipped(kind)[0].name, date(2027, 1, 1))
    [row] = office.ask(local_rules.history, kind)

    office.do(local_rules.withdraw, kind=kind, rule_id=row.id)

    assert office.ask(local_rules.history, kind) == []
    with pytest.raises(UserError, match="找不到这一版"):
        office.do(local_rules.withdraw, kind=kind, rule_id=row.id)


def test_a_version_in_use_is_not_withdrawn(office):
    held = adopt(office)
    with pytest.raises(UserError, match="自2026年7月1日起已经在用，不能撤下"):
        office.do(local_rules.withdraw, kind=KIND, rule_id=held)


def test_a_number_shows_the_article_it_was_taken_from_until_it_is_changed(office):
    take(office, "deadlines", "重庆市", date(2026, 7, 1))
    [row] = office.ask(local_rules.history, "deadlines")
    assert "第二十七条" in local_rules.notes(row)["rehandle_months"]

    changed = replace(row, rule={**row.rule, "rehandle_months": 1})
    assert "rehandle_months" not in local_rules.notes(changed)
    assert "handback_workdays" in local_rules.notes(changed)
    assert local_rules.notes(replace(row, name="本镇期限")) == {}
