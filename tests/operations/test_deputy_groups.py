import pytest

from deputydesk.errors import FieldError
from deputydesk.operations import deputy_groups, places
from tests import make


@pytest.fixture
def people(office):
    return tuple(make.deputy(office, name=name) for name in ("王伟", "丁一", "高娃"))


def test_a_group_has_a_leader_a_home_and_members(office, people):
    home = make.home(office)

    office.do(
        deputy_groups.save, name="第一小组", leader_id=people[0], home_id=home, member_ids=people
    )

    [row] = office.ask(deputy_groups.rows)
    assert (row.leader, row.home) == ("王伟", "五当召镇人大代表之家")
    assert (row.members, row.is_small) == (("丁一", "王伟", "高娃"), False)
    assert [g.name for g in office.ask(places.groups)] == ["第一小组"]


def test_a_member_belongs_to_one_group(office, people):
    first = office.do(deputy_groups.save, name="第一小组", member_ids=people)
    second = office.do(deputy_groups.save, name="第二小组", member_ids=people[:1])

    rows = {row.id: row for row in office.ask(deputy_groups.rows)}
    assert rows[second].members == ("王伟",)
    assert rows[first].members == ("丁一", "高娃")
    assert rows[first].is_small

    office.do(deputy_groups.save, record_id=first, name="第一小组", member_ids=people[2:])
    assert {r.id: r.members for r in office.ask(deputy_groups.rows)}[first] == ("高娃",)


def test_the_leader_is_one_of_the_members(office, people):
    with pytest.raises(FieldError, match="组长应当是本组成员"):
        office.do(deputy_groups.save, name="第一小组", leader_id=people[0], member_ids=people[1:])
    with pytest.raises(FieldError, match="请选择代表"):
        office.do(deputy_groups.save, name="第三小组", leader_id="T1-0")


def test_a_removed_group_is_gone_and_comes_back(office, people):
    group = office.do(deputy_groups.save, name="第一小组", member_ids=people)

    office.do(deputy_groups.remove, ids=(group,))
    assert office.ask(deputy_groups.rows) == []

    office.undo()
    assert len(office.ask(deputy_groups.rows)[0].members) == 3
