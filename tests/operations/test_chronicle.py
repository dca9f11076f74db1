"""What the office keeps beside its casework, each register in a few lines."""

from datetime import date

import pytest

from deputydesk.errors import FieldError
from deputydesk.models.chronicle import OutletLevel, PracticeKind, SupportKind
from deputydesk.operations import (
    duty,
    online_polls,
    party_support,
    practices,
    publicity,
    regulations,
)
from deputydesk.rules.duty import DutyKind
from tests import make


def test_a_regulation_is_in_force_until_it_ends_and_may_be_revised(office):
    first = office.do(
        regulations.save, name="代表履职守则", category="履职", adopted_on=date(2022, 3, 1)
    )
    second = office.do(regulations.save, name="双联系制度", adopted_on=date(2022, 5, 1))
    office.do(
        regulations.save,
        record_id=first,
        name="代表履职守则",
        number=1,
        category="履职",
        adopted_on=date(2022, 3, 1),
        revised_on=date(2024, 3, 1),
        ended_on=date(2026, 1, 1),
    )

    other, ended = office.ask(regulations.rows)
    assert (other.id, other.number, ended.number) == (second, 2, 1)
    assert (ended.holds(date(2025, 12, 31)), ended.holds(date(2026, 1, 1))) == (True, False)
    assert not other.holds(date(2022, 4, 30))
    assert office.ask(regulations.categories) == ["履职"]
    assert office.do(regulations.save, name="代表履职守则")


def test_a_regulation_is_entered_once_and_its_days_stand_in_order(office):
    office.do(regulations.save, name="代表履职守则")

    for given, field, sentence in (
        ({"name": "代表履职守则"}, "name", "已经有《代表履职守则》了"),
        ({"name": " "}, "name", "请填写名称"),
        ({"name": "甲", "number": -1}, "number", "不能小于0"),
        (
            {"name": "甲", "adopted_on": date(2022, 3, 1), "revised_on": date(2022, 2, 1)},
            "revised_on",
            "修订日期不能早于通过日期",
        ),
        (
            {"name": "甲", "revised_on": date(2022, 3, 1), "ended_on": date(2022, 2, 1)},
            "ended_on",
            "废止日期不能早于修订日期",
        ),
    ):
        with pytest.raises(FieldError, match=sentence) as error:
            office.do(regulations.save, **given)
        assert error.value.field == field


def test_an_article_is_kept_with_its_outlet(office):
    home = make.home(office)
    made = office.do(
        publicity.save,
        headline="代表之家建在家门口",
        outlet="人民代表报",
        level=OutletLevel.NATION,
        published_on=date(2026, 5, 6),
        author="张丽",
        home_id=home,
    )

    [row] = office.ask(publicity.rows, year=2026)
    assert (row.id, row.outlet, row.home) == (made, "人民代表报", "五当召镇人大代表之家")
    assert row.level in publicity.HIGH
    assert office.ask(publicity.outlets) == ["人民代表报"]
    assert office.ask(publicity.rows, year=2025) == []
    with pytest.raises(FieldError, match="刊发日期不能晚于今天"):
        office.do(
            publicity.save,
            headline="x",
            outlet="y",
            level=OutletLevel.OWN,
            published_on=date(2026, 12, 1),
        )


def test_an_article_by_a_deputy_stands_in_the_deputys_file(office):
    wang = make.deputy(office)

    office.do(
        publicity.save,
        headline="我在家里接待选民",
        outlet="包头日报",
        level=OutletLevel.CITY,
        published_on=date(2026, 5, 6),
        mandate_id=wang,
    )

    [row] = office.ask(publicity.rows)
    assert (row.deputy, row.author) == ("王伟", "王伟")
    [entry] = office.ask(duty.rows, mandate_ids=[wang])
    assert (entry.kind, entry.role) == (DutyKind.PUBLICITY, "撰稿")
    assert "我在家里接待选民" in entry.text


def poll(office, **given):
    return office.do(
        online_polls.save,
        **{
            "name": "最美代表网络评选",
            "from_on": date(2026, 5, 1),
            "to_on": date(2026, 5, 20),
            "hits": 4_480_000,
            "votes": 4_330_000,
            "winners": ("王伟", "高 娃", ""),
        }
        | given,
    )


def test_a_polls_result_is_taken_over(office):
    poll(office)

    [row] = office.ask(online_polls.rows, year=2026)
    assert (row.hits, row.votes, row.winners) == (4_480_000, 4_330_000, ("王伟", "高娃"))
    assert office.ask(online_polls.rows, year=2025) == []


@pytest.mark.parametrize(
    ("wrong", "field", "sentence"),
    [
        ({"votes": 4_480_001}, "votes", "投票数（4480001）不能多于点击量（4480000）"),
        ({"winners": ("王伟", "王伟")}, "winners", "“王伟”写了两次"),
        ({"hits": -1, "votes": 0}, "hits", "点击量不能小于0"),
        ({"to_on": date(2026, 4, 30)}, "to_on", "结束日期不能早于开始日期"),
        ({"name": ""}, "name", "请填写名称"),
    ],
)
def test_a_result_that_cannot_be_is_refused(office, wrong, field, sentence):
    with pytest.raises(FieldError, match=sentence) as error:
        poll(office, **wrong)

    assert error.value.field == field
    assert office.ask(online_polls.rows) == []


def test_a_practice_is_told_with_whoever_did_it(office):
    deputy = make.deputy(office, name="高娃")
    for given in ({"mandate_id": deputy}, {"home_id": make.home(office)}, {"owner": "青山村"}):
        office.do(
            practices.save,
            kind=PracticeKind.METHOD,
            name="“456”工作法",
            noted_on=date(2026, 5, 1),
            content="四联五访六步",
            **given,
        )

    found = office.ask(practices.rows, year=2026)
    assert [row.whose for row in found] == ["青山村", "五当召镇人大代表之家", "高娃"]
    assert office.ask(practices.rows, year=2025) == []
    with pytest.raises(FieldError, match="金额不能小于0"):
        office.do(
            practices.save,
            kind=PracticeKind.DEED,
            name="捐资助学",
            noted_on=date(2026, 5, 1),
            amount=-1,
        )


def test_party_support_is_kept_by_form(office):
    made = office.do(
        party_support.save,
        kind=SupportKind.NOTE,
        held_on=date(2026, 5, 1),
        subject="代表建议办理",
        leader="区委书记",
    )
    office.do(
        party_support.save,
        record_id=made,
        kind=SupportKind.NOTE,
        held_on=date(2026, 5, 1),
        subject="代表建议办理",
        outcome="已落实",
    )

    [row] = office.ask(party_support.rows, year=2026)
    assert (row.kind, row.outcome, row.leader) == (SupportKind.NOTE, "已落实", "")
    assert office.ask(party_support.rows, year=2025) == []
    office.do(party_support.remove, ids=(made,))
    assert office.undo().about == "代表建议办理"
