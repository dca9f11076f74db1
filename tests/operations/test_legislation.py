from datetime import date

import pytest

from deputydesk.errors import FieldError, UserError
from deputydesk.models.choices import StationRole
from deputydesk.models.legislation import AdoptionState, LegRole, LegRoundState
from deputydesk.operations import leg_opinions, leg_people, leg_rounds, stations, todo
from tests import make


def station(office, name="民馨立法联络站", role=StationRole.LEGISLATION):
    return office.do(stations.save, name=name, roles=(role,))


def round_(office, **given):
    return office.do(
        leg_rounds.save,
        **{"name": "再生水利用条例（草案）", "received_on": date(2026, 3, 2), "topic": "再生水"}
        | given,
    )


def opinion(office, round_id, content="扩大使用范围", **given):
    return office.do(
        leg_opinions.save,
        **{"round_id": round_id, "content": content, "given_on": date(2026, 3, 10)} | given,
    )


def test_people_and_opinions_are_counted_apart(office):
    point = station(office)
    made = round_(office, held_on=date(2026, 3, 10), people=12, point_ids=(point,))
    opinion(office, made, article="12", station_id=point, speaker="老赵")
    opinion(office, made, article="第十二条")

    [row] = office.ask(leg_rounds.rows, year=2026)
    assert (row.people, row.opinions, row.points) == (12, 2, ("民馨立法联络站",))
    assert office.ask(leg_rounds.rows, year=2025) == []


def test_points_are_the_stations_for_legislation_and_collection(office):
    station(office)
    station(office, "采集点", StationRole.COLLECTION)
    station(office, "接待岗", StationRole.RECEPTION)

    assert {s.name for s in office.ask(leg_rounds.points)} == {"民馨立法联络站", "采集点"}


def test_opinions_are_numbered_within_their_law_and_summed_up_by_article(office):
    made, other = round_(office), round_(office, name="供水条例（草案）")
    first = opinion(office, made, "分质供水", article="第二十条")
    second = opinion(office, made, "分质供应", article="20")
    opinion(office, made, "条例名称太长")
    opinion(office, made, "鼓励使用", article="第三条第一款")
    moved = opinion(office, made, "另一部法的", article="3")
    deputy = make.deputy(office, name="高娃")
    opinion(office, other, "另一部法的", article="3", record_id=moved, mandate_id=deputy)
    office.do(leg_opinions.merge, opinion_id=second, into_id=first)

    found = office.ask(leg_opinions.by_article, round_id=made)
    assert [(a.article, a.count, a.contents) for a in found] == [
        ("第三条第一款", 1, ("鼓励使用",)),
        ("第二十条", 2, ("分质供水",)),
        ("总体意见", 1, ("条例名称太长",)),
    ]
    [elsewhere] = office.ask(leg_opinions.rows, round_id=other)
    assert (elsewhere.number, elsewhere.who, elsewhere.round) == (1, "高娃", "供水条例（草案）")
    assert [o.merged_number for o in office.ask(leg_opinions.rows, round_id=made)] == [0, 1, 0, 0]
    assert len(office.ask(leg_opinions.rows, year=2026)) == 5


def test_a_round_is_reported_answered_and_told(office):
    made = round_(office, due_on=date(2026, 3, 30))
    first, second = opinion(office, made), opinion(office, made)
    office.do(leg_opinions.merge, opinion_id=second, into_id=first)

    office.do(leg_rounds.report, round_id=made, reported_on=date(2026, 3, 25))
    office.do(leg_rounds.feed_back, round_id=made, fed_back_on=date(2026, 6, 1))
    office.do(leg_opinions.decide, opinion_id=first, adoption=AdoptionState.PARTLY)
    office.do(leg_opinions.tell, opinion_id=first, fed_back_on=date(2026, 6, 3))

    [row] = office.ask(leg_rounds.rows)
    assert row.state is LegRoundState.FED_BACK
    assert (row.opinions, row.merged, row.adopted, row.answered, row.told) == (2, 1, 2, 2, 1)
    assert office.ask(leg_opinions.by_article, round_id=made)[0].adopted == 2


def test_steps_out_of_order_are_refused_with_what_to_do(office):
    made = round_(office)
    with pytest.raises(UserError, match="还没有登记一条意见"):
        office.do(leg_rounds.report, round_id=made)
    first, second = opinion(office, made), opinion(office, made)
    with pytest.raises(UserError, match="不能登记反馈"):
        office.do(leg_rounds.feed_back, round_id=made)
    with pytest.raises(UserError, match="还没有登记采纳情况"):
        office.do(leg_opinions.tell, opinion_id=first)
    with pytest.raises(FieldError, match="请选择采纳情况"):
        office.do(leg_opinions.decide, opinion_id=first, adoption=AdoptionState.OPEN)
    with pytest.raises(FieldError, match="请填写未采纳的说明"):
        office.do(leg_opinions.decide, opinion_id=first, adoption=AdoptionState.REFUSED)
    with pytest.raises(FieldError, match="另一条没有合并的意见"):
        office.do(leg_opinions.merge, opinion_id=first, into_id=first)
    office.do(leg_opinions.merge, opinion_id=second, into_id=first)
    third = opinion(office, made)
    with pytest.raises(UserError, match="已有意见并入这一条"):
        office.do(leg_opinions.merge, opinion_id=first, into_id=third)
    office.do(leg_rounds.report, round_id=made)
    with pytest.raises(UserError, match="不能再上报"):
        office.do(leg_rounds.report, round_id=made)


def test_what_is_due_stands_on_todays_list(office):
    round_(office, due_on=date(2026, 11, 20))

    [line] = [t for t in office.ask(todo.todos, make.TODAY) if t.table == "leg_round"]
    assert (line.text, line.tag) == ("上报立法意见：再生水利用条例（草案）", "逾期 3 天")


def test_opinions_and_rounds_are_removed_and_come_back(office):
    made = round_(office)
    first, second = opinion(office, made), opinion(office, made)
    office.do(leg_opinions.merge, opinion_id=second, into_id=first)

    office.do(leg_opinions.remove, ids=(first,))
    assert [o.merged_into for o in office.ask(leg_opinions.rows)] == [""]
    office.do(leg_opinions.remove, ids=(second,))
    office.undo()
    office.do(leg_rounds.remove, ids=(made,))
    assert office.ask(leg_opinions.rows) == office.ask(leg_rounds.rows) == []

    office.undo()
    office.undo()
    office.do(leg_opinions.remove, ids=(first, second))
    assert office.undo().about == "2条"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": " "}, "name"),
        ({"people": -1}, "people"),
        ({"people": 3}, "held_on"),
        ({"due_on": date(2026, 3, 1)}, "due_on"),
        ({"held_on": date(2026, 3, 1)}, "held_on"),
        ({"received_on": date(2026, 12, 1)}, "received_on"),
    ],
)
def test_a_wrong_field_of_a_round_is_named(office, wrong, field):
    with pytest.raises(FieldError) as error:
        round_(office, **wrong)

    assert error.value.field == field
    assert office.ask(leg_rounds.rows) == []


def test_advisers_and_liaisons_serve_for_a_time(office):
    point = station(office)
    office.do(
        leg_people.save,
        role=LegRole.LIAISON,
        name="高 娃",
        station_id=point,
        from_on=date(2026, 1, 1),
        to_on=date(2026, 6, 30),
    )
    office.do(leg_people.save, role=LegRole.ADVISER, name="王伟", job="律师")
    with pytest.raises(FieldError, match="王伟已经是立法顾问"):
        office.do(leg_people.save, role=LegRole.ADVISER, name="王伟")
    with pytest.raises(FieldError, match="解聘日期不能早于聘任日期"):
        office.do(
            leg_people.save,
            role=LegRole.ADVISER,
            name="李娜",
            from_on=date(2026, 3, 1),
            to_on=date(2026, 2, 1),
        )

    adviser, liaison = office.ask(leg_people.rows)
    assert (adviser.name, liaison.name, liaison.station) == ("王伟", "高娃", "民馨立法联络站")
    assert (adviser.serves(make.TODAY), liaison.serves(make.TODAY)) == (True, False)
    assert liaison.serves(date(2026, 6, 30))
