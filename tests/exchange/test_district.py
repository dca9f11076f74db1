"""A district over two townships: what it decides goes home, what it gives out holds below."""

from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import text

from deputydesk.errors import UserError
from deputydesk.exchange import receiving, sending
from deputydesk.exchange.attachments import attach, store_of
from deputydesk.journal import history
from deputydesk.models import DeadlineRule, Unit
from deputydesk.models.base import scope_of
from deputydesk.models.choices import Channel, Level, OfficeKind
from deputydesk.operations import (
    assignments,
    attachments,
    conflicts,
    expense_rates,
    figures,
    hand_down,
    offices,
    opinions,
    presets,
    replies,
    reviews,
    suggestions,
    units,
)
from deputydesk.operations.figures import Dimension
from deputydesk.rules.satisfaction import Satisfaction
from tests import make
from tests.exchange import carriers
from tests.journal import samples
from tests.operations.case import Case

DAY = carriers.NOW.date()


@pytest.fixture
def world(tmp_path):
    """A district Z, whose code comes after its townships', and T1 and T2."""
    made = {code: carriers.created(tmp_path / code, code) for code in ("Z", "T1", "T2")}
    make.profile(made["Z"], kind=OfficeKind.DISTRICT, name="示范区")
    for code in ("T1", "T2"):
        make.profile(made[code], name=f"{code}镇")
        carriers.introduce(made[code], made["Z"])
    yield made
    for office in made.values():
        office.close()


@pytest.fixture
def carry(world, tmp_path):
    """Carries a stick from one office to another."""
    stick: Path = tmp_path / "stick"
    stick.mkdir()

    def carried(giver: str, taker: str) -> None:
        receiving.receive(world[taker], sending.send(world[giver], taker, stick).path)

    return carried


def test_the_district_answers_a_townships_suggestion_and_the_answer_goes_home(world, carry):
    town, district = world["T1"], world["Z"]
    case = Case.entered(town)
    carry("T1", "Z")
    unit = make.unit(district, name="区水利局")
    district.do(hand_down.hand_down, kind="unit", ids=(unit,))
    unit = next(row.id for row in district.ask(units.rows) if row.name == "区水利局")

    there = Case(district, case.id, case.lead, unit)
    district.do(reviews.accept, suggestion_id=case.id, reviewed_on=DAY)
    there.give(main_id=unit, assigned_on=DAY)
    district.do(assignments.sign, assignment_id=there.of(unit).id, signed_on=DAY, signed_by="李强")
    there.answer(unit, day=DAY)
    carry("Z", "T1")

    assert [a.unit for a in town.ask(assignments.rows, suggestion_id=case.id)] == ["区水利局"]
    assert [r.answer_class for r in town.ask(replies.rows, suggestion_id=case.id)] == ["A"]
    assert case.row.state == there.row.state
    case.judge(Satisfaction.SATISFIED, sent=DAY, back=DAY)
    carry("T1", "Z")
    assert there.row.state == case.row.state
    assert [office.check() for office in world.values()] == [[], [], []]


def test_the_district_works_by_its_own_rules_and_under_its_own_name(world, carry):
    town, district = world["T1"], world["Z"]
    town.do(presets.set_deadlines, valid_from=date(2026, 1, 1), reply_months=1)
    before = district.ask(presets.deadlines, DAY)

    carry("T1", "Z")

    profile = district.ask(offices.profile)
    assert profile
    assert profile.name == "示范区"
    assert district.ask(presets.deadlines, DAY) == before
    assert town.ask(presets.deadlines, DAY).reply_months == 1
    district.do(offices.set_profile, kind=OfficeKind.DISTRICT, name="示范新区")
    carry("Z", "T1")
    profile = town.ask(offices.profile)
    assert profile
    assert profile.name == "T1镇"


def test_what_the_district_gives_out_holds_in_every_township(world, carry):
    district = world["Z"]
    rule = district.do(presets.set_deadlines, valid_from=date(2026, 1, 1), reply_months=2)
    unit = make.unit(district, name="区水利局")
    lead = make.deputy(district, name="王伟")
    own = district.do(suggestions.enter, headline="修桥", lead_id=lead, submitted_on=DAY)
    district.do(reviews.accept, suggestion_id=own, reviewed_on=DAY)
    Case(district, own, lead, unit).give(main_id=unit, assigned_on=DAY)

    district.do(hand_down.hand_down, kind="deadline_rule", ids=(rule,))
    district.do(hand_down.hand_down, kind="unit", ids=(unit,))

    given = district.ask(units.rows)
    assert [(row.name, scope_of(row.id)) for row in given] == [("区水利局", "common")]
    assert [a.unit for a in district.ask(assignments.rows, suggestion_id=own)] == ["区水利局"]
    for code in ("T1", "T2"):
        carry("Z", code)
        assert world[code].ask(presets.deadlines, DAY).reply_months == 2
        assert [row.name for row in world[code].ask(units.rows)] == ["区水利局"]
    district.do(hand_down.hand_down, kind="unit", ids=(given[0].id,))
    assert [row.id for row in district.ask(units.rows)] == [given[0].id]
    district.undo()
    district.undo()
    assert [scope_of(row.id) for row in district.ask(units.rows)] == ["Z"]


def test_what_the_district_gave_out_is_not_changed_below(world, carry):
    district, town = world["Z"], world["T1"]
    unit = make.unit(district, name="区水利局")
    district.do(hand_down.hand_down, kind="unit", ids=(unit,))
    carry("Z", "T1")
    given = town.ask(units.rows)[0].id

    with pytest.raises(UserError, match="上级下发的"):
        town.do(units.edit, unit_id=given, name="水利局")

    assert [row.name for row in town.ask(units.rows)] == ["区水利局"]
    make.unit(town, name="镇水管站")
    district.do(units.edit, unit_id=given, name="区水务局")
    carry("Z", "T1")
    assert {row.name for row in town.ask(units.rows)} == {"区水务局", "镇水管站"}


def test_numbers_go_on_in_each_office_by_itself(world, carry):
    for _ in range(3):
        world["T1"].do(opinions.hear, channel=Channel.PHONE, matter="路灯")
    carry("T1", "Z")

    own = world["Z"].do(opinions.hear, channel=Channel.PHONE, matter="饮水")

    with world["Z"].data.engine.connect() as connection:
        numbers = dict(connection.execute(text("select id, number from opinion")).all())
    assert numbers[own] == 1
    assert sorted(numbers.values()) == [1, 1, 2, 3]


def test_rates_and_scales_of_townships_leave_the_district_its_own(world, carry):
    rate = {"year": 2026, "level": Level.DISTRICT, "per_head": 100_00}
    world["T1"].do(expense_rates.save, **rate)
    carry("T1", "Z")

    world["Z"].do(expense_rates.save, **rate | {"per_head": 200_00})

    assert [row.per_head for row in world["Z"].ask(expense_rates.rows, 2026, DAY)] == [200_00]


def test_a_conflict_in_a_townships_rule_is_seen_and_settled_above(world, carry, tmp_path):
    town, district = world["T1"], world["Z"]
    rule = town.do(presets.set_deadlines, valid_from=date(2026, 1, 1), reply_months=1)
    seen = town.ask(history.seen, ("deadline_rule", rule))
    for source in ("甲", "乙"):
        town.do_seen(seen, samples.edit, DeadlineRule, rule, source=source)
    carry("T1", "Z")

    (found,) = district.ask(conflicts.rows)

    assert {said.text for said in found.said} == {"甲", "乙"}
    district.do(conflicts.settle, table="deadline_rule", record_id=rule, field="source", value="乙")
    assert district.ask(conflicts.rows) == []


def test_a_pc_that_takes_in_the_first_stick_works_by_its_own_rules_at_once(world, carry, tmp_path):
    second = carriers.second_pc(tmp_path / "z2", world["Z"])
    world["T1"].do(presets.set_deadlines, valid_from=date(2026, 1, 1), reply_months=1)
    carry("T1", "Z")
    before = second.ask(presets.deadlines, DAY)
    stick = tmp_path / "stick"

    receiving.receive(second, sending.send(world["Z"], "Z", stick).path)

    profile = second.ask(offices.profile)
    assert profile
    assert profile.name == "示范区"
    assert second.ask(presets.deadlines, DAY) == before
    second.close()


def test_scans_follow_what_is_given_out(world, carry, tmp_path):
    district = world["Z"]
    unit = make.unit(district, name="区水利局")
    scan = tmp_path / "三定方案.pdf"
    scan.write_bytes(b"%PDF-1.7 " + b"x" * 500)
    attach(district, Unit, unit, [scan])

    district.do(hand_down.hand_down, kind="unit", ids=(unit,))

    given = district.ask(units.rows)[0].id
    assert [row.name for row in district.ask(attachments.rows, "unit", given)] == ["三定方案.pdf"]
    town = world["T1"]
    carry("Z", "T1")
    (row,) = town.ask(attachments.rows, "unit", given)
    assert store_of(town).path(row.digest).read_bytes() == scan.read_bytes()


def test_the_districts_own_work_at_a_townships_visit_stays_its_own(world, carry):
    town, district = world["T1"], world["Z"]
    visit = make.visit(town, make.home(town), make.deputy(town), held_on=DAY)
    carry("T1", "Z")

    own = district.do(opinions.hear, channel=Channel.HOME, matter="饮水", visit_id=visit)

    assert scope_of(own) == "Z"


def test_what_is_not_given_out_is_refused(world, tmp_path):
    district = world["Z"]
    deputy = make.deputy(district)
    for kind, ids, said in (
        ("mandate", (deputy,), "不下发"),
        ("nothing", (), "不下发"),
        ("unit", ("Z-1",), "找不到"),
    ):
        with pytest.raises(UserError, match=said):
            district.do(hand_down.hand_down, kind=kind, ids=ids)
    with (
        closing(carriers.created(tmp_path / "alone", "A")) as alone,
        pytest.raises(UserError, match="没有登记下级"),
    ):
        alone.do(hand_down.hand_down, kind="unit", ids=())


def test_figures_are_told_for_each_township(world, carry):
    for code, count in (("T1", 2), ("T2", 1), ("Z", 1)):
        home, deputy = make.home(world[code]), make.deputy(world[code])
        for _ in range(count):
            make.visit(world[code], home, deputy, held_on=DAY)
    carry("T1", "Z")
    carry("T2", "Z")

    parts = world["Z"].ask(
        figures.compare, "home_activities.total", by=Dimension.OFFICE, empty=True
    )

    assert [(part.name, part.figure.value) for part in parts] == [
        ("T1单位", 2),
        ("T2单位", 1),
        ("示范区", 1),
    ]
    one = world["Z"].ask(figures.rows_of, "home_activities.total", by=Dimension.OFFICE, key="T1")
    assert len(one) == 2


def test_units_of_one_name_in_several_townships_are_one_line(world, carry):
    for code in ("T1", "T2"):
        case = Case.entered(world[code])
        world[code].do(reviews.accept, suggestion_id=case.id, reviewed_on=DAY)
        case.give(main_id=case.main, assigned_on=DAY)
    carry("T1", "Z")
    carry("T2", "Z")
    district, figure = world["Z"], "suggestions.total"

    parts = district.ask(figures.compare, figure, by=Dimension.UNIT, empty=True)
    months = district.ask(figures.matrix, figure, by=Dimension.UNIT, columns=Dimension.MONTH)

    assert (parts[0].name, parts[0].figure.value) == ("区交通运输局", 2)
    assert sorted(part.name for part in parts[1:]) == ["区水务局", "区财政局"]
    assert list(months.values()) == [2]
    of_unit = {"by": Dimension.UNIT, "key": parts[0].key}
    assert len(district.ask(figures.rows_of, figure, **of_unit)) == 2
    assert district.ask(figures.rows_of, figure, by=Dimension.UNIT, key="") == []
