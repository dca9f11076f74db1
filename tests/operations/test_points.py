"""Points as the office works with them: words, closing, publishing, objections, reminders."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import pytest

from deputydesk.errors import FieldError, UserError
from deputydesk.models import PointEntry, PointQuarter
from deputydesk.models.choices import EndReason, Level
from deputydesk.models.points import PointState
from deputydesk.operations import (
    cautions,
    deputies,
    point_entries,
    point_objections,
    point_quarters,
    point_rows,
    point_schemes,
    points,
    visits,
)
from deputydesk.rules.points import Measure, Period, Scheme
from deputydesk.rules.quarters import Quarter
from tests.make import TODAY
from tests.operations.duty_case import YEAR, add, adopt, receive, scheme, train

Q1, Q2, Q3, Q4 = (Quarter(YEAR, number) for number in range(1, 5))
NOW = Quarter.of(TODAY)


@pytest.fixture
def office(duty_office):
    adopt(duty_office, scheme("汝州"))
    return duty_office


def names(rows):
    return [row.name for row in rows]


def close(office, quarter, **how):
    return office.do(point_quarters.close, quarter=quarter, **how)


def total(office, quarter, name):
    return next(r.total for r in office.ask(points.board, quarter).rows if r.name == name)


# ------------------------------------------------------------------ rules


def test_a_new_version_holds_from_its_day_and_the_old_one_until_then(office):
    adopt(office, scheme("江北", **_own("江北")), name="江北", valid_from=date(YEAR, 7, 1))

    found = [office.ask(point_schemes.current, q) for q in (Quarter(2024, 4), Q1, Q2, Q3)]
    assert [row and row.name for row in found] == [None, "汝州", "汝州", "江北"]
    assert [row.label for row in office.ask(point_schemes.rows)] == [
        "江北（自2025年7月1日起）",
        "汝州（自2025年1月1日起）",
    ]
    assert office.ask(point_schemes.rows)[0].source == "本单位自定"


def test_rules_that_leave_points_open_are_refused(office):
    with pytest.raises(FieldError, match="“出席人代会”还没有填写分值"):
        adopt(office, scheme("江北"), valid_from=date(2026, 1, 1))


def test_rules_do_not_begin_in_a_closed_quarter(office):
    close(office, Q1)

    with pytest.raises(FieldError, match="2025年第一季度已经封账，新规则最早自2025年4月1日起"):
        adopt(office, scheme("汝州"), valid_from=date(YEAR, 3, 31))
    adopt(office, scheme("汝州"), valid_from=date(YEAR, 4, 1))


def test_a_quarter_without_rules_has_an_empty_board(office):
    before = Quarter(2024, 4)

    assert office.ask(points.board, before).rows == ()
    assert office.ask(point_rows.entries, before) == []
    assert office.ask(points.year_board, 2024, TODAY).scheme is None
    with pytest.raises(UserError, match="没有积分规则，不能封账"):
        close(office, before)


def _own(name):
    return {i.id: ("1", "1", None) for i in scheme(name).items if i.first is None}


# ------------------------------------------------------------------ entries


def test_every_number_opens_its_entries(office, who):
    rows = office.ask(point_rows.entries, Q2, deputy_id=who.wang, item_id="reception")

    assert [(r.day.month, r.kind, r.gave_text, r.state_label) for r in rows] == [
        (4, "接待选民", "2", "已计分"),
        (5, "接待选民", "2", "已计分"),
        (6, "接待选民", "0", "已计分"),
    ]
    assert {r.open_table for r in rows} == {"visit"}
    everything = office.ask(point_rows.entries, Q2)
    for row in office.ask(points.board, Q2).rows:
        mine = [e for e in everything if e.deputy_id == row.id]
        assert sum(e.gave for e in mine) == sum(row.items.values())


def test_what_needs_evidence_waits_and_counts_once_verified(office, who):
    [gao, li] = office.ask(point_rows.queue, Q3)
    assert (gao.name, gao.state_label, gao.gave_text) == ("高娃", "待核实", "—")
    assert office.ask(points.board, Q3).pending == 2
    assert total(office, Q3, "高娃") == 3

    office.do(
        point_entries.verify,
        quarter=Q3,
        ids=[gao.id],
        state=PointState.VERIFIED,
        evidence="调解协议书",
    )

    assert total(office, Q3, "高娃") == 8
    assert names(office.ask(point_rows.queue, Q3)) == ["李娜"]
    [kept] = [r for r in office.ask(point_rows.entries, Q3) if r.id == gao.id]
    assert (kept.state_label, kept.evidence) == ("已核实", "调解协议书")
    assert office.undo().text == "核实积分记录（高娃）"
    assert total(office, Q3, "高娃") == 3
    assert li.name == "李娜"


def test_a_refusal_needs_a_reason_and_takes_any_entry_out(office, who):
    [row] = office.ask(point_rows.entries, Q3, deputy_id=who.ding)
    word = {"quarter": Q3, "ids": [row.id], "state": PointState.REFUSED}

    with pytest.raises(FieldError, match="请写明理由"):
        office.do(point_entries.verify, **word)
    office.do(point_entries.verify, note="代他人签到", **word)

    assert total(office, Q3, "丁一") == 0
    office.do(point_entries.verify, quarter=Q3, ids=[row.id], state=PointState.DRAFT)
    assert total(office, Q3, "丁一") == 2
    assert len({e.id for e in office.ask(_words)}) == 1


def _words(session):
    from sqlalchemy import select

    return list(session.scalars(select(PointEntry)))


def test_a_word_on_what_is_gone_is_refused(office):
    with pytest.raises(UserError, match="已经不在本季度"):
        office.do(
            point_entries.verify, quarter=Q3, ids=["visit:gone:gone"], state=PointState.VERIFIED
        )


def test_typed_entries_count_when_verified_and_go_back_when_changed(office, who):
    given = {"mandate_id": who.gao, "item": "other", "earned_on": date(YEAR, 11, 3)}
    entry = office.do(point_entries.save, evidence="抗洪证明", **given)
    assert total(office, Q4, "高娃") == 2
    [row] = office.ask(point_rows.queue, Q4)
    assert (row.is_typed, row.title, row.kind) == (True, "抗洪证明", "其他履职")

    office.do(point_entries.verify, quarter=Q4, ids=[row.id], state=PointState.VERIFIED)
    assert total(office, Q4, "高娃") == 7
    office.do(point_entries.save, record_id=entry, evidence="抗洪证明两份", **given)

    assert total(office, Q4, "高娃") == 2
    assert office.ask(point_rows.queue, Q4)[0].title == "抗洪证明两份"
    office.do(point_entries.remove, ids=[entry])
    assert office.ask(point_rows.queue, Q4) == []


@pytest.mark.parametrize(
    ("changed", "field", "sentence"),
    [
        ({"earned_on": date(2026, 11, 24)}, "earned_on", "不能晚于今天"),
        ({"earned_on": date(2024, 5, 1)}, "earned_on", "2024年第二季度没有积分规则"),
        ({"item": "gone"}, "item", "请选择积分项目"),
        ({"quantity": 0}, "quantity", "次数至少为1"),
        ({"evidence": " "}, "evidence", "请填写依据"),
        ({"mandate_id": ""}, "mandate_id", "请选择代表"),
    ],
)
def test_a_typed_entry_that_cannot_be_is_refused(office, who, changed, field, sentence):
    good = {
        "mandate_id": who.gao,
        "item": "other",
        "earned_on": date(YEAR, 11, 3),
        "evidence": "证明",
    }

    with pytest.raises(FieldError, match=sentence) as error:
        office.do(point_entries.save, **(good | changed))

    assert error.value.field == field


def test_hours_and_people_can_be_what_is_counted(office, who):
    base = scheme("汝州")
    items = tuple(
        replace(i, first=Decimal("0.5"), extra=Decimal("0.5"), cap=None, measure=measure)
        if (measure := {"training": Measure.HOURS, "reception": Measure.PEOPLE}.get(i.id))
        else i
        for i in base.items
    )
    adopt(office, replace(base, items=items), valid_from=date(2026, 1, 1))
    train(office, date(2026, 2, 2), who.gao, hours=6)
    train(office, date(2026, 2, 3), who.gao, hours=0)
    receive(office, who.gao, date(2026, 2, 4))

    row = next(r for r in office.ask(points.board, Quarter(2026, 1)).rows if r.name == "高娃")

    assert row.items == {"training": Decimal("3.5"), "reception": Decimal("1.5")}


def test_duty_by_another_mandate_counts_for_the_person_once(office, who):
    person = office.ask(deputies.one, who.gao).person_id
    other = office.do(deputies.add_mandate, person_id=person, level=Level.DISTRICT)
    train(office, date(YEAR, 11, 5), other)

    board = office.ask(points.board, Q4)

    assert names(board.rows).count("高娃") == 1
    assert total(office, Q4, "高娃") == 3  # reception 2; the year's second training 1
    assert {e.item for e in office.ask(point_rows.entries, Q4, deputy_id=who.gao)} == {
        "接待选民",
        "参加学习培训",
    }


def test_an_item_may_be_for_one_level_only(office, who):
    base = scheme("汝州")
    items = tuple(replace(i, levels=(Level.CITY.value,)) for i in base.items)
    adopt(office, replace(base, items=items), valid_from=date(YEAR, 10, 1))

    assert {r.total for r in office.ask(points.board, Q4).rows} == {0}


# ------------------------------------------------------------------ closing


def test_a_quarter_is_closed_when_nothing_waits_or_the_clerk_decides_so(office):
    with pytest.raises(UserError, match="2025年第三季度还有2条记录待核实，不能封账"):
        close(office, Q3)

    close(office, Q3, leave_unverified=True)

    board = office.ask(points.board, Q3)
    assert board.closed.closed_by == "张丽"
    assert board.rules == "汝州（自2025年1月1日起）"
    assert board.source == "本单位自定"
    assert total(office, Q3, "高娃") == 3
    with pytest.raises(UserError, match="已经封账"):
        close(office, Q3)


def test_a_quarter_that_is_not_over_is_not_closed(office):
    with pytest.raises(UserError, match="2026年第四季度还没有结束"):
        close(office, NOW)


def test_a_closed_quarter_keeps_rows_and_entries_whatever_becomes_of_the_records(office, who):
    close(office, Q2)
    before = office.ask(points.board, Q2)
    entries = office.ask(point_rows.entries, Q2)

    visit = next(e.source_id for e in entries if e.table == "visit" and e.deputy_id == who.gao)
    office.do(visits.delete, visit_id=visit)
    receive(office, who.li, date(YEAR, 6, 20))

    assert office.ask(points.board, Q2).rows == before.rows
    assert office.ask(point_rows.entries, Q2) == entries
    assert [d.sentence for d in office.ask(point_quarters.differences, Q2)] == [
        "高娃：接待选民 封账 4，现在 2",
        "李娜：接待选民 封账 2，现在 4",
    ]
    assert office.ask(point_quarters.differences, Q3) == []


def test_entries_of_a_closed_quarter_take_no_more_words(office, who):
    given = {"mandate_id": who.gao, "item": "other", "earned_on": date(YEAR, 5, 3)}
    entry = office.do(point_entries.save, evidence="证明", **given)
    close(office, Q2, leave_unverified=True)

    for refused in (
        lambda: office.do(point_entries.save, evidence="又一份", **given),
        lambda: office.do(
            point_entries.save,
            record_id=entry,
            evidence="改到以后",
            **(given | {"earned_on": date(YEAR, 11, 1)}),
        ),
        lambda: office.do(point_entries.remove, ids=[entry]),
        lambda: office.do(point_entries.verify, quarter=Q2, ids=[entry], state=PointState.VERIFIED),
    ):
        with pytest.raises(UserError, match="2025年第二季度已经封账，积分不再改动"):
            refused()


def test_differences_name_who_would_come_or_go(office, who):
    close(office, Q2)
    office.do(
        deputies.add_mandate,
        person_id=office.ask(deputies.one, who.gao).person_id,
        level=Level.CITY,
    )
    office.do(deputies.add, name="新代表", level=Level.TOWN, started_on=date(YEAR, 4, 1))

    assert [d.sentence for d in office.ask(point_quarters.differences, Q2)] == [
        "新代表：榜上 封账 无，现在 有"
    ]


def test_a_base_that_changes_with_the_time_in_office_is_a_difference(office, who):
    base = replace(scheme("汝州"), base=Decimal(40))
    adopt(office, base, valid_from=date(YEAR, 4, 1))
    close(office, Q2)
    add_start(office, who.wang, date(YEAR, 5, 1))

    [found] = office.ask(point_quarters.differences, Q2)

    assert found.sentence == "王伟：总分 封账 22，现在 18.7"


def add_start(office, mandate_id, day):
    from deputydesk.models import Mandate
    from deputydesk.office import Right, operation

    @operation(Right.SETUP, "测试")
    def change(tx):
        tx.session.get(Mandate, mandate_id).started_on = day

    office.do(change)


def test_a_board_that_was_meddled_with_is_named(office):
    close(office, Q1)
    record = close(office, Q2)
    assert office.ask(point_quarters.check) == []

    tamper(office, record)

    assert office.ask(point_quarters.check) == [
        "2025年第二季度的积分榜与封账时的校验值不符，可能被改动过。"
    ]


def tamper(office, record_id):
    from deputydesk.office import Right, operation

    @operation(Right.SETUP, "测试")
    def change(tx):
        record = tx.session.get(PointQuarter, record_id)
        rows = [dict(row) for row in record.board["rows"]]
        rows[0]["total"] = "99"
        record.board = {**record.board, "rows": rows}

    office.do(change)


def test_a_quarter_closed_on_two_pcs_is_named_and_the_first_counts(office):
    first = close(office, Q1)
    twin = office.ask(lambda session: dict(session.get(PointQuarter, first).__dict__))
    values = {k: v for k, v in twin.items() if k not in ("id", "_sa_instance_state")}
    add(office, PointQuarter, **(values | {"closed_by": "李明"}))

    assert office.ask(point_quarters.check) == ["2025年第一季度封账了两次，以先封账的为准。"]
    assert office.ask(points.board, Q1).closed.id == first
    assert len(office.ask(points.closed_rows)) == 2


# ------------------------------------------------------------------ after closing


def test_a_board_is_published_and_objected_to_in_time(office, who):
    record = close(office, Q2)
    with pytest.raises(UserError, match="还没有公示，不能提出异议"):
        _object(office, record, who.li)

    office.do(point_quarters.publish, quarter_id=record, published_on=TODAY)

    [row] = office.ask(points.closed_rows)
    assert (row.published_on, row.objections_until) == (TODAY, date(2026, 11, 26))
    with pytest.raises(UserError, match="已于2026年11月23日公示"):
        office.do(point_quarters.publish, quarter_id=record, published_on=TODAY)
    objection = _object(office, record, who.li)
    [raised] = office.ask(point_objections.rows, record)
    assert (raised.name, raised.quarter, raised.decided_on) == ("李娜", Q2, None)
    assert office.ask(point_objections.rows)[0].id == objection


@pytest.mark.parametrize(
    ("days", "field", "sentence"),
    [
        ({"published_on": date(2026, 11, 24)}, "published_on", "不能晚于今天"),
        ({"published_on": date(2026, 11, 22)}, "published_on", "不能早于封账日期"),
        (
            {"published_on": TODAY, "objections_until": date(2026, 11, 22)},
            "objections_until",
            "不能早于公示日期",
        ),
    ],
)
def test_days_of_publication_are_checked(office, days, field, sentence):
    record = close(office, Q2)

    with pytest.raises(FieldError, match=sentence) as error:
        office.do(point_quarters.publish, quarter_id=record, **days)

    assert error.value.field == field


def _object(office, record, mandate, **changed):
    given = {"raised_on": TODAY, "content": "4月7日的接待没有计", **changed}
    return office.do(
        point_objections.raise_objection, quarter_id=record, mandate_id=mandate, **given
    )


@pytest.fixture
def published(office):
    record = close(office, Q2)
    office.do(point_quarters.publish, quarter_id=record, published_on=TODAY)
    return record


def test_objections_that_cannot_be_are_refused(office, who, published):
    new = office.do(deputies.add, name="新代表", level=Level.TOWN, started_on=date(2026, 1, 1))

    for mandate, changed, sentence in (
        (new, {}, "不在2025年第二季度的积分榜上"),
        (who.li, {"raised_on": date(2026, 11, 22)}, "不能早于公示日期"),
        (who.li, {"raised_on": date(2026, 11, 24)}, "不能晚于今天"),
        (who.li, {"content": " "}, "请填写异议内容"),
    ):
        with pytest.raises(FieldError, match=sentence):
            _object(office, published, mandate, **changed)


def test_objections_after_the_last_day_are_refused(office, who):
    record = close(office, Q2)
    office.do(
        point_quarters.publish,
        quarter_id=record,
        published_on=TODAY,
        objections_until=TODAY,
    )
    office.clock = lambda: datetime(2026, 11, 30, 9, 0)

    with pytest.raises(FieldError, match="应当在2026年11月23日以前提出，已经过期"):
        _object(office, record, who.li, raised_on=date(2026, 11, 30))


def test_an_upheld_objection_gives_in_the_open_quarter_and_leaves_the_closed_one(
    office, who, published
):
    before = total(office, Q2, "李娜")
    objection = _object(office, published, who.li)
    decision = {"objection_id": objection, "decided_on": TODAY}

    office.do(point_objections.decide, decision="成立，补记一次", item="reception", **decision)

    assert total(office, Q2, "李娜") == before
    assert total(office, NOW, "李娜") == 4
    [row] = office.ask(point_rows.entries, NOW, deputy_id=who.li)
    assert row.title.startswith("2025年第二季度积分异议成立，补记")
    [decided] = office.ask(point_objections.rows)
    assert (decided.decision, decided.decided_by) == ("成立，补记一次", "张丽")
    with pytest.raises(UserError, match="已于2026年11月23日处理"):
        office.do(point_objections.decide, decision="再看", **decision)


def test_an_objection_may_be_turned_down(office, who, published):
    objection = _object(office, published, who.li)

    office.do(point_objections.decide, objection_id=objection, decision="不成立", decided_on=TODAY)

    assert total(office, NOW, "李娜") == 0


@pytest.mark.parametrize(
    ("changed", "field", "sentence"),
    [
        ({"decision": ""}, "decision", "请填写处理意见"),
        ({"decided_on": date(2026, 11, 22)}, "decided_on", "不能早于提出日期"),
        ({"item": "gone"}, "item", "没有这个项目"),
        ({"item": "reception", "quantity": 0}, "quantity", "次数至少为1"),
    ],
)
def test_decisions_that_cannot_be_are_refused(office, who, published, changed, field, sentence):
    objection = _object(office, published, who.li)
    good = {"objection_id": objection, "decision": "成立", "decided_on": TODAY}

    with pytest.raises(FieldError, match=sentence) as error:
        office.do(point_objections.decide, **(good | changed))

    assert error.value.field == field


def test_what_is_owed_is_not_given_in_a_closed_quarter(office, who, published):
    objection = _object(office, published, who.li)
    office.clock = lambda: datetime(2027, 1, 5, 9, 0)
    close(office, NOW)

    with pytest.raises(FieldError, match="2026年第四季度已经封账，不能补记"):
        office.do(
            point_objections.decide,
            objection_id=objection,
            decision="成立",
            decided_on=date(2026, 12, 30),
            item="reception",
        )


def test_the_tail_is_named_after_closing_ties_together_and_starts_talks(office, who):
    assert office.ask(point_quarters.tail, Q4, last=2) == []
    close(office, Q4)

    found = office.ask(point_quarters.tail, Q4, last=2)
    assert [(r.name, r.rank, r.total) for r in found] == [
        ("李娜", 2, "2"),
        ("高娃", 2, "2"),
        ("王伟", 4, "0"),
    ]
    assert found[2].reason == "2025年第四季度积分0，排名第4（末2名）"
    below = office.ask(point_quarters.tail, Q4, line=Decimal("0.5"))
    assert [r.reason for r in below] == ["2025年第四季度积分0，低于0.5分"]
    assert office.ask(point_quarters.tail, Q4) == []

    started = office.do(cautions.start_many, quarter=Q4, reasons=[(below[0].id, below[0].reason)])

    assert started == 1
    assert [r.is_started for r in office.ask(point_quarters.tail, Q4, last=1)] == [True]


def test_quarters_are_compared(office):
    found = {row.name: row for row in office.ask(points.compare, Q2, Q1)}

    assert found["王伟"].change == -20
    assert (found["丁一"].before, found["丁一"].change) == (None, None)
    backwards = {row.name: row for row in office.ask(points.compare, Q1, Q2)}
    assert (backwards["丁一"].now, backwards["丁一"].change) == (None, None)
    assert points.averages(office.ask(points.board, Q1).rows) == 26


def test_each_deputys_points_of_closed_quarters_are_listed(office, who):
    close(office, Q1)
    close(office, Q2)

    found = office.ask(points.scores)
    assert [(s.quarter, s.place, s.total) for s in found[who.wang]] == [
        (Q1, "1", 32),
        (Q2, "2", 12),
    ]
    assert [s.place for s in found[who.zhao]] == ["暂停", "暂停"]
    only = office.ask(points.scores, first=date(YEAR, 4, 1), last=date(YEAR, 12, 31))
    assert [s.quarter for s in only[who.wang]] == [Q2]
    assert office.ask(points.scores, last=date(2024, 12, 31)) == {}


def test_nobody_on_the_board_has_no_average():
    assert points.averages([]) == 0


def test_a_year_ends_today_and_names_all_its_rules(office):
    adopt(office, scheme("汝州"), name="二版", valid_from=date(2026, 4, 1))

    year = office.ask(points.year_board, 2026, TODAY)

    assert year.label == "2026年"
    assert year.rules == "汝州（自2025年1月1日起）；二版（自2026年4月1日起）"


def test_a_typed_entry_whose_item_is_dropped_gives_nothing(office, who):
    given = {"mandate_id": who.gao, "item": "other", "earned_on": date(YEAR, 11, 3)}
    office.do(point_entries.save, evidence="证明", **given)
    [row] = office.ask(point_rows.queue, Q4)
    office.do(point_entries.verify, quarter=Q4, ids=[row.id], state=PointState.VERIFIED)
    base = scheme("汝州")
    kept = tuple(item for item in base.items if item.id != "other")

    adopt(office, replace(base, items=kept), valid_from=date(YEAR, 10, 1))

    assert total(office, Q4, "高娃") == 2
    assert [r.item for r in office.ask(point_rows.entries, Q4, deputy_id=who.gao)] == ["接待选民"]


def test_an_item_by_the_quarter_begins_anew_each_quarter(office, who):
    base = scheme("汝州")
    items = tuple(replace(i, period=Period.QUARTER) for i in base.items)
    adopt(office, replace(base, items=items, most=Decimal(100)), valid_from=date(YEAR, 4, 1))

    assert [total(office, q, "王伟") for q in (Q2, Q3, Q4)] == [18, 11, 4]
    gave = [e.gave for e in office.ask(point_rows.entries, Q2, deputy_id=who.wang)]
    assert sum(gave) == 18


def test_a_scheme_is_whole(office):
    assert office.ask(point_schemes.rows)[0].scheme == scheme("汝州")
    assert isinstance(office.ask(points.board, Q1).scheme, Scheme)


def test_todays_list_reminds_of_closing_publishing_and_objections(office, who):
    over = NOW.before
    [todo] = office.ask(point_quarters.todos, TODAY)
    assert (todo.tag, todo.text) == ("待封账", "2026年第三季度积分还没有封账")

    record = close(office, over)
    [todo] = office.ask(point_quarters.todos, TODAY)
    assert (todo.tag, todo.id) == ("待公示", record)

    office.do(point_quarters.publish, quarter_id=record, published_on=TODAY)
    assert office.ask(point_quarters.todos, TODAY) == []
    _object(office, record, who.li)
    [todo] = office.ask(point_quarters.todos, TODAY)
    assert (todo.text, todo.id) == ("1条积分异议待处理", record)


def test_who_is_elected_again_within_a_quarter_stands_on_the_board_once(office):
    first = office.do(deputies.add, name="乌兰", level=Level.TOWN, started_on=date(2024, 1, 1))
    receive(office, first, date(YEAR, 4, 10))
    office.do(
        deputies.end_mandate,
        mandate_id=first,
        ended_on=date(YEAR, 5, 31),
        reason=EndReason.RESIGNED,
    )
    person = office.ask(deputies.one, first).person_id
    again = office.do(
        deputies.add_mandate, person_id=person, level=Level.CITY, started_on=date(YEAR, 6, 1)
    )
    receive(office, again, date(YEAR, 6, 10))

    def lines(quarter):
        rows = office.ask(points.board, quarter).rows
        return [(row.id, row.share) for row in rows if row.name == "乌兰"]

    assert lines(Q1) == [(first, 1)]
    assert lines(Q2) == [(again, 1)]
    assert total(office, Q2, "乌兰") == 6
    found = office.ask(point_rows.entries, Q2, deputy_id=again)
    assert [row.mandate_id for row in found] == [first, again]
    year = office.ask(points.year_board, YEAR, TODAY).rows
    assert [(row.id, row.total) for row in year if row.name == "乌兰"] == [(again, 6)]
