from datetime import date

import pytest

from deputydesk.errors import FieldError
from deputydesk.operations import supervisor_remarks, supervisors
from tests import make


@pytest.fixture
def home(office):
    return make.home(office)


def appoint(office, home, *names, **more):
    return [office.do(supervisors.save, home_id=home, name=name, **more) for name in names]


def sentences(office, day=make.TODAY):
    return [row.sentence for row in office.ask(supervisors.warnings, day)]


def test_two_or_three_supervisors_a_home_are_right_and_others_get_a_sentence(office, home):
    assert sentences(office) == ["五当召镇人大代表之家有0名履职监督员，应为2至3名。"]

    appoint(office, home, "姜永福", "杨永")
    assert sentences(office) == []

    appoint(office, home, "萨仁图雅", "孟根")
    assert sentences(office) == ["五当召镇人大代表之家有4名履职监督员，应为2至3名。"]
    assert len(office.ask(supervisors.rows)) == 4  # never refused


def test_who_was_dismissed_or_is_not_yet_appointed_does_not_count(office, home):
    appoint(office, home, "姜永福", from_on=date(2025, 1, 1), to_on=date(2026, 6, 30))
    appoint(office, home, "杨永", from_on=date(2026, 1, 1))

    assert sentences(office, date(2026, 3, 1)) == []
    assert sentences(office, date(2026, 7, 1)) == [
        "五当召镇人大代表之家有1名履职监督员，应为2至3名。"
    ]
    with pytest.raises(FieldError, match="解聘日期不能早于聘任日期"):
        appoint(office, home, "高娃", from_on=date(2026, 1, 2), to_on=date(2026, 1, 1))


def test_a_supervisor_is_changed_and_removed_with_the_remarks(office, home):
    [one] = appoint(office, home, "姜永福")
    deputy = make.deputy(office)
    office.do(
        supervisor_remarks.save,
        supervisor_id=one,
        mandate_id=deputy,
        made_on=make.TODAY,
        content="经常进家",
    )

    office.do(supervisors.save, record_id=one, home_id=home, name="姜永福", job="退休教师")
    [row] = office.ask(supervisors.rows)
    assert (row.job, row.home, row.remarks) == ("退休教师", "五当召镇人大代表之家", 1)

    office.do(supervisors.remove, ids=(one,))
    assert office.ask(supervisors.rows) == []
    assert office.ask(supervisor_remarks.rows) == []
