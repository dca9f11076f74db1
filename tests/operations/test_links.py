from datetime import date

import pytest

from deputydesk.errors import FieldError
from deputydesk.models.choices import LinkMethod, VisitKind
from deputydesk.operations import links, local_rules, receptions, visits
from tests import make

YEAR = (date(2026, 1, 1), date(2026, 12, 31))


@pytest.fixture
def people(office):
    return tuple(make.deputy(office, name=name) for name in ("王伟", "丁一", "高娃"))


def contact(office, *deputies, member="李主任", method=LinkMethod.PHONE, on=date(2026, 3, 5)):
    return office.do(
        receptions.register,
        held_on=on,
        kind=VisitKind.LINK_DEPUTIES,
        member=member,
        method=method,
        deputy_ids=deputies,
    )


def meet(office, deputy, *, received, method=LinkMethod.HOUSEHOLD):
    office.do(
        visits.register,
        held_on=date(2026, 4, 5),
        kind=VisitKind.LINK_VOTERS,
        method=method,
        deputy_ids=(deputy,),
        received=received,
        place="村里",
    )


def listed(office, *names, asked=2):
    office.do(
        local_rules.adopt,
        kind=links.MEMBERS,
        name="2026年名单",
        valid_from=date(2026, 1, 1),
        rule={"members": [{"name": n, "post": "委员", "asked": asked} for n in names]},
    )


def test_each_member_shows_the_deputies_contacted_and_who_has_not_begun(office, people):
    listed(office, "张主席", "李主任")
    contact(office, people[0])
    contact(office, people[0], people[1], method=LinkMethod.FORUM)

    first, second = office.ask(links.by_member, *YEAR)

    assert (first.id, first.post, first.deputies, first.is_short) == ("张主席", "委员", (), True)
    assert (second.deputies, second.contacts, second.methods) == (
        ("丁一", "王伟"),
        3,
        "电话 1、座谈 1",
    )
    assert not second.is_short


def test_a_member_who_is_on_no_list_counts_as_soon_as_registered(office, people):
    contact(office, people[0], member="王副主席", on=date(2025, 3, 5))

    [row] = office.ask(links.by_member, *YEAR)
    assert (row.id, row.deputies, row.is_short, row.last_on) == ("王副主席", (), True, None)
    assert [m.id for m in office.ask(links.members, make.TODAY)] == ["王副主席"]


def test_each_deputy_shows_by_whom_contacted_and_the_voters_met(office, people):
    contact(office, people[1])
    contact(office, people[1], member="张主席", on=date(2026, 5, 5))
    meet(office, people[0], received=6)
    meet(office, people[0], received=4)

    rows = office.ask(links.by_deputy, *YEAR)

    assert [r.name for r in rows] == ["丁一", "王伟", "高娃"]
    first, second, third = rows
    assert (first.contacted_by, first.contacts, first.last_on) == (
        ("李主任", "张主席"),
        2,
        date(2026, 5, 5),
    )
    assert (second.met, second.voters, second.methods) == (2, 10, "入户走访 2")
    assert (third.contacted_by, third.met, third.last_on) == ((), 0, None)
    assert links.contacted(rows).text == "33.3%（1/3）"
    assert links.meeting_voters(rows).text == "33.3%（1/3）"


def test_methods_are_counted_apart_for_both_directions(office, people):
    contact(office, people[0])
    contact(office, people[0], method=LinkMethod.NONE)
    meet(office, people[0], received=1, method=LinkMethod.PHONE)

    rows = office.ask(links.by_method, *YEAR)

    assert [(r.id, r.to_deputies, r.to_voters) for r in rows] == [("未写明", 1, 0), ("电话", 1, 1)]


def test_who_contacts_the_deputies_must_be_said_and_only_in_that_direction(office, people):
    with pytest.raises(FieldError, match="请填写联系代表的组成人员") as error:
        contact(office, people[0], member=" ")
    assert error.value.field == "member"

    visit = contact(office, people[0])
    assert office.ask(visits.rows)[0].member == "李主任"
    office.do(
        receptions.edit,
        visit_id=visit,
        held_on=date(2026, 3, 5),
        kind=VisitKind.LINK_VOTERS,
        member="李主任",
        deputy_ids=people[:1],
        place="村里",
    )
    assert office.ask(visits.rows)[0].member == ""
