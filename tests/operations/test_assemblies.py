from datetime import date

import pytest

from deputydesk.errors import FieldError, UserError
from deputydesk.models.assembly import AssemblyKind
from deputydesk.models.choices import OfficeKind
from deputydesk.operations import assemblies, assembly_members
from tests import make


@pytest.fixture
def street(office):
    make.profile(office, kind=OfficeKind.STREET, name="民馨街道")
    return office


def meeting(office, **changed):
    values = {
        "kind": AssemblyKind.COUNCIL,
        "name": "民主议政会第一次会议",
        "held_on": date(2026, 6, 1),
        "expected": 46,
        "present": 40,
    } | changed
    return office.do(assemblies.save, **values)


def test_a_meeting_is_valid_only_with_more_than_half_present(street):
    meeting(street, topics=["路灯", " "], resolution="同意", votes_for=30, votes_against=6)
    meeting(street, name="人数不足", present=23, held_on=date(2026, 6, 2))

    short, whole = street.ask(assemblies.rows, 2026)

    assert whole.is_valid
    assert (whole.warning, whole.topics) == ("", ("路灯",))
    assert (whole.vote, whole.is_carried) == ("赞成30、反对6、弃权0", True)
    assert whole.street == "民馨街道"
    assert not short.is_valid
    assert short.warning == "到会23人，没有超过应到46人的半数，会议无效"
    assert (short.vote, short.is_carried) == ("", False)
    assert street.ask(assemblies.rows, 2025) == []


def test_the_number_of_members_is_taken_from_those_who_serve_on_the_day(street):
    for name, to_on in (("甲", None), ("乙", date(2026, 5, 31)), ("丙", date(2026, 12, 1))):
        street.do(
            assembly_members.save, name=name, from_on=date(2026, 1, 1), to_on=to_on, group="一组"
        )
    street.do(assembly_members.save, name="丁", from_on=date(2026, 7, 1))

    meeting(street, expected=0, present=2)

    assert street.ask(assemblies.rows)[0].expected == 2


@pytest.mark.parametrize(
    ("changed", "field", "sentence"),
    [
        ({"expected": 0}, "expected", "请填写应到人数，民馨街道还没有登记议事代表"),
        ({"present": 47}, "present", "实到47人，比应到46人多1人"),
        ({"present": -1}, "present", "实到人数不能小于0"),
        ({"votes_for": 30, "votes_abstain": 11}, "votes_for", "共41票，比实到40人多1票"),
        ({"votes_against": -1}, "votes_against", "反对票不能小于0"),
        ({"name": ""}, "name", "请填写会议名称"),
        ({"held_on": date(2026, 11, 24)}, "held_on", "日期不能晚于今天"),
    ],
)
def test_a_wrong_field_is_named_and_nothing_is_kept(street, changed, field, sentence):
    with pytest.raises(FieldError, match=sentence) as error:
        meeting(street, **changed)

    assert error.value.field == field
    assert street.ask(assemblies.rows) == []


def test_a_town_has_a_congress_and_no_assembly(office):
    with pytest.raises(UserError, match="五当召镇有自己的人民代表大会，不设街道议事会议"):
        meeting(office)
    with pytest.raises(UserError, match="不设街道议事会议"):
        office.do(assembly_members.save, name="甲")


def test_a_district_keeps_those_of_its_streets_and_names_the_street(office):
    make.profile(office, kind=OfficeKind.DISTRICT, name="石拐区")

    with pytest.raises(FieldError, match="请填写街道"):
        meeting(office)
    meeting(office, street="民馨街道")

    assert office.ask(assemblies.rows)[0].street == "民馨街道"


def test_an_office_without_a_profile_asks_for_the_street(empty_file, tmp_path):
    office = make.copied_office(empty_file, tmp_path / "new")

    with pytest.raises(FieldError, match="请填写街道"):
        office.do(assembly_members.save, name="甲")
    office.do(assembly_members.save, name="甲", street="民馨街道")

    assert [m.street for m in office.ask(assembly_members.rows)] == ["民馨街道"]
    office.close()


def test_a_member_is_changed_and_removed_and_dates_stand_in_order(street):
    made = street.do(assembly_members.save, name="甲", job="社区书记")
    street.do(assembly_members.save, record_id=made, name="甲", phone="0472")
    with pytest.raises(FieldError, match="离任日期不能早于产生日期"):
        street.do(
            assembly_members.save,
            record_id=made,
            name="甲",
            from_on=date(2026, 2, 1),
            to_on=date(2026, 1, 1),
        )

    [row] = street.ask(assembly_members.rows, street="民馨街道")
    assert (row.phone, row.job) == ("0472", "")
    street.do(assembly_members.remove, ids=(made,))
    assert street.ask(assembly_members.rows) == []


def test_a_removed_meeting_comes_back(street):
    made = meeting(street)

    street.do(assemblies.remove, ids=(made,))
    assert street.ask(assemblies.rows) == []

    street.undo()
    assert len(street.ask(assemblies.rows)) == 1


def test_streets_need_assemblies_and_others_only_where_some_are_kept(office):
    make.profile(office, kind=OfficeKind.STREET, name="民馨街道")
    assert office.ask(assemblies.is_needed)
    make.profile(office, kind=OfficeKind.DISTRICT, name="石拐区")
    assert not office.ask(assemblies.is_needed)

    office.do(assembly_members.save, name="乌兰", street="民馨街道")

    assert office.ask(assemblies.is_needed)
