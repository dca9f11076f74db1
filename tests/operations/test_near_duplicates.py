"""What may be registered already: the same voter and matter, deputy and day, headline."""

from datetime import timedelta

import pytest

from deputydesk.models import Opinion, Suggestion, Visit
from deputydesk.models.choices import Channel
from deputydesk.operations import near_duplicates, opinions, suggestions
from tests import make


def hear(office, matter="村东头路灯不亮", **more):
    usual = {"voter_name": "郝平", "voter_phone": "13800138000", "heard_on": make.TODAY}
    return office.do(opinions.hear, channel=Channel.HOME, matter=matter, **{**usual, **more})


def suggest(office, deputy, headline):
    return office.do(suggestions.enter, headline=headline, lead_id=deputy, submitted_on=make.TODAY)


def near(office, name="郝平", phone="", matter="路灯不亮", but=()):
    return office.ask(
        near_duplicates.opinion, today=make.TODAY, name=name, phone=phone, matter=matter, but=but
    )


def test_the_same_voter_with_a_like_matter_is_told(office):
    made = hear(office)
    hear(office, "自来水浑浊")

    found = near(office)

    assert (found.model, found.id) == (Opinion, made)
    assert found.sentence == "同一选民2026年11月23日反映过“村东头路灯不亮”（待处理）"


def test_the_phone_alone_is_enough(office):
    made = hear(office)

    assert near(office, name="", phone=" 13800138000").id == made
    assert near(office, name="郝萍", phone="13800138000").id == made


@pytest.mark.parametrize(
    "other",
    [
        {"name": "高娃"},
        {"matter": "自来水浑浊"},
        {"matter": " "},
        {"name": "", "phone": ""},
    ],
)
def test_another_voter_or_matter_is_not_told(office, other):
    hear(office)

    assert near(office, **other) is None


def test_what_was_said_long_ago_or_is_being_changed_is_not_told(office):
    hear(office, heard_on=make.TODAY - timedelta(400))
    assert near(office) is None

    made = hear(office)
    assert near(office, but=(made,)) is None


def test_a_deputy_who_was_there_on_this_day_is_told(office):
    home = make.home(office)
    deputy = make.deputy(office, name="王伟", home_id=home)
    other = make.deputy(office, name="李娜")
    visit = make.visit(office, home, deputy)

    def ask(**values):
        usual = {"held_on": make.TODAY, "home_id": home, "deputy_ids": (other, deputy)}
        return office.ask(near_duplicates.visit, **{**usual, **values})

    found = ask()
    assert (found.model, found.id) == (Visit, visit)
    assert found.sentence == "王伟2026年11月23日在这里的活动已登记（第1号）"
    assert ask(deputy_ids=(other,)) is None
    assert ask(held_on=make.TODAY - timedelta(1)) is None
    assert ask(but=visit) is None


def test_a_suggestion_with_hardly_another_headline_is_told(office):
    deputy = make.deputy(office)
    made = suggest(office, deputy, "关于修缮文化广场的建议")
    suggest(office, deputy, "关于改造供水管网的建议")

    def ask(headline):
        return office.ask(near_duplicates.suggestion, today=make.TODAY, headline=headline)

    found = ask("修缮文化广场的建议")
    assert (found.model, found.id) == (Suggestion, made)
    assert "关于修缮文化广场的建议" in found.sentence
    assert ask("关于养老的建议") is None
    assert ask("") is None
