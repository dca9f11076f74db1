"""Long registers: their ids in order, what is looked for, their parts and what they come to."""

from datetime import date

import pytest

from deputydesk.models import Training, Visit
from deputydesk.models.activity import ActivityKind, ServiceKind, TrainingForm, TrainingLevel
from deputydesk.models.choices import Level
from deputydesk.models.expense import ExpenseKind
from deputydesk.operations import (
    activities,
    event_opinions,
    expenses,
    leaves,
    listing,
    services,
    trainings,
    visits,
)
from deputydesk.operations.listing import Totals, Wanted
from deputydesk.operations.years import of_days, years
from tests import make

LISTINGS = {
    "activities": activities,
    "event_opinions": event_opinions,
    "services": services,
    "trainings": trainings,
    "expenses": expenses,
    "leaves": leaves,
}


@pytest.fixture
def who(office):
    """One thing of each kind, and what it is called."""
    wang, home = make.deputy(office, name="王伟"), make.home(office)
    forum = office.do(
        activities.save,
        kind=ActivityKind.FORUM,
        name="营商环境恳谈会",
        held_on=date(2026, 11, 2),
        organiser="区人大",
        people=30,
    )
    checked = office.do(
        activities.save,
        kind=ActivityKind.LAW_CHECK,
        name="水法执法检查",
        held_on=date(2025, 6, 1),
        forwarded_on=date(2025, 6, 20),
        report="已查",
        people=8,
    )
    unit = make.unit(office)
    for content, speaker in (("增加路灯", "张三"), ("修路", "张三"), ("种树", "李四")):
        office.do(
            event_opinions.save,
            event_id=forum,
            content=content,
            speaker=speaker,
            unit_id=unit if content == "修路" else "",
        )
    office.do(
        services.save,
        kind=ServiceKind.POLICY,
        campaign="送法进村",
        held_on=date(2026, 3, 4),
        times=2,
        people=40,
        home_id=home,
    )
    office.do(
        trainings.save,
        topic="代表法学习",
        form=TrainingForm.ONLINE,
        level=TrainingLevel.TOWN,
        held_on=date(2026, 4, 5),
        sessions=3,
        people=20,
    )
    office.do(
        expenses.save,
        spent_on=date(2026, 5, 6),
        kind=ExpenseKind.MATERIAL,
        content="印资料",
        amount=1_200,
        level=Level.TOWN,
        mandate_id=wang,
        over_reason="没有标准",
    )
    office.do(
        leaves.save,
        mandate_id=wang,
        from_on=date(2026, 11, 2),
        to_on=date(2026, 11, 2),
        event_id=forum,
        reason="出差",
    )
    return {"forum": forum, "checked": checked}


def found(office, noun, *words, part="", year=None):
    """What the rows that are found say, in their order."""
    module = LISTINGS[noun]
    wanted = Wanted(make.TODAY, year, part, words)
    ids = office.ask(listing.ids, module.LISTING, wanted)
    return office.ask(module.rows, ids=ids)


def test_the_newest_stands_first_of_a_year_or_of_all(office, who):
    names = [row.name for row in found(office, "activities")]
    assert names == ["营商环境恳谈会", "水法执法检查"]
    assert [row.name for row in found(office, "activities", year=2025)] == ["水法执法检查"]
    assert found(office, "activities", year=2024) == []


@pytest.mark.parametrize(
    ("noun", "words", "many"),
    [
        ("activities", ("2026-11",), 1),
        ("activities", ("恳谈", "区人大"), 1),
        ("activities", ("执法检查",), 1),
        ("activities", ("100%",), 0),
        ("event_opinions", ("营商环境",), 3),
        ("event_opinions", ("张三", "修路"), 1),
        ("event_opinions", ("农牧",), 1),
        ("services", ("政策宣讲",), 1),
        ("services", ("五当召",), 1),
        ("services", ("志愿",), 0),
        ("trainings", ("线上", "代表法"), 1),
        ("trainings", ("区级",), 0),
        ("expenses", ("王伟",), 1),
        ("expenses", ("ww", "资料"), 1),
        ("expenses", ("1",), 1),
        ("expenses", ("李娜",), 0),
        ("leaves", ("恳谈会", "出差"), 1),
        ("leaves", ("待审批",), 1),
    ],
)
def test_every_word_stands_somewhere_in_what_the_list_shows(office, who, noun, words, many):
    assert len(found(office, noun, *words)) == many


@pytest.mark.parametrize(
    ("noun", "expected"),
    [
        ("activities", {"": 2, "监督": 1, "小组活动": 0, "待反馈": 1}),
        ("event_opinions", {"": 3, "待反馈": 1, "逾期": 1}),
        ("services", {"": 1, "宣讲": 1, "志愿服务": 0}),
        ("trainings", {"": 1, "线下": 0, "线上": 1}),
        ("expenses", {"": 1, "误工补贴": 0, "专项经费": 0, "无凭证": 1, "有超支说明": 1}),
        ("leaves", {"": 1, "待审批": 1}),
    ],
)
def test_each_part_has_its_number_and_these_rows(office, who, noun, expected):
    module = LISTINGS[noun]

    assert office.ask(listing.counts, module.LISTING, Wanted(make.TODAY)) == expected
    for part in module.LISTING.parts:
        assert len(found(office, noun, part=part)) == expected[part]


def test_the_sum_is_of_what_is_looked_for(office, who):
    def said(noun, *words):
        return office.ask(
            listing.totals, LISTINGS[noun].LISTING, Wanted(make.TODAY, 2026, "", words)
        )

    assert said("activities") == Totals(1, {"people": 30, "opinions": 3})
    assert said("activities", "没有") == Totals(0, {"people": 0, "opinions": 0})
    assert said("event_opinions").sums == {"speakers": 2}
    assert said("services").sums == {"times": 2, "people": 40}
    assert said("trainings").sums == {"sessions": 3, "people": 20}
    assert said("expenses").sums == {"amount": 1_200}


def test_years_are_those_with_records_the_newest_first(office, who):
    assert office.ask(activities.years) == [2026, 2025]
    assert office.ask(years, Training) == [2026]
    assert office.ask(visits.years) == []
    assert office.ask(of_days, Visit.held_on) == []
