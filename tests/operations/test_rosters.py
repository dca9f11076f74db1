import pytest

from deputydesk.errors import FieldError
from deputydesk.models.choices import Level
from deputydesk.operations import deputies, places, rosters, terms
from deputydesk.operations.rosters import Entry, Outcome

FULL = Entry(
    name="王伟",
    sex="男",
    ethnic="汉族",
    birth="1978-05",
    id_no="150299197805126695",
    phone="14000000001",
    district="第1选区",
    certificate_no="001",
)


def take(office, *entries, level=Level.TOWN, town="五当召镇"):
    return office.do(rosters.take_in, entries=entries, level=level, town=town)


def test_a_second_import_changes_nothing(office):
    office.do(terms.start_term, level=Level.TOWN, number=10)
    namesake = Entry(name="王伟", phone="14000000002")

    first = take(office, FULL, namesake)
    second = take(office, FULL, namesake)

    assert first == Outcome(added=2, changed=0, same=0)
    assert second == Outcome(added=0, changed=0, same=2)
    assert len(office.ask(deputies.rows)) == 2
    row = next(d for d in office.ask(deputies.rows) if d.phone == "14000000001")
    assert (row.term, row.district, row.town) == ("第10届", "第1选区", "五当召镇")
    assert [d.name for d in office.ask(places.districts)] == ["第1选区"]


def test_a_later_roster_completes_and_corrects(office):
    take(office, Entry(name="王伟", birth="1978-05"))

    outcome = take(
        office,
        Entry(name="王 伟", sex="男", birth="1978-05-12", phone="14000000009", certificate_no="7"),
    )

    assert outcome == Outcome(added=0, changed=1, same=0)
    [row] = office.ask(deputies.rows)
    assert (row.sex.label, row.birth, row.phone, row.certificate_no) == (
        "男",
        "1978-05-12",
        "14000000009",
        "7",
    )
    assert take(office, Entry(name="王伟", birth="1978-05")) == Outcome(0, 0, 1)


def test_the_same_name_with_another_birth_is_another_person(office):
    take(office, Entry(name="王伟", birth="1978-05"))

    assert take(office, Entry(name="王伟", birth="1990-01")) == Outcome(1, 0, 0)


def test_levels_and_ends_are_read_from_the_roster(office):
    take(
        office,
        Entry(name="甲", level="区级"),
        Entry(name="乙", level="镇"),
        Entry(name="丙", status="已辞职"),
        Entry(name="丁", level="某级"),
        Entry(name="戊", status="暂停执行职务"),
        Entry(name="己"),
    )
    assert take(office, Entry(name="己", status="暂停")) == Outcome(0, 1, 0)
    take(office, Entry(name="甲", level="区级", status="调离"))

    former = {d.name: (d.level, d.status) for d in office.ask(deputies.rows, former=True)}
    assert former == {
        "甲": (Level.DISTRICT, "迁出或调离"),
        "乙": (Level.TOWN, "在任"),
        "丙": (Level.TOWN, "辞职"),
        "丁": (Level.TOWN, "在任"),
        "戊": (Level.TOWN, "暂停"),
        "己": (Level.TOWN, "暂停"),
    }


def test_a_line_without_a_name_stops_the_import_whole(office):
    with pytest.raises(FieldError, match="没有姓名"):
        take(office, FULL, Entry(name=" "))

    assert office.ask(deputies.rows) == []
