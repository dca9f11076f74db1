from datetime import date

import pytest

from deputydesk.errors import FieldError
from deputydesk.operations import supervisor_remarks, supervisors
from tests import make


@pytest.fixture
def given(office):
    home = make.home(office)
    supervisor = office.do(supervisors.save, home_id=home, name="姜永福", from_on=date(2026, 1, 1))
    return {
        "supervisor_id": supervisor,
        "mandate_id": make.deputy(office),
        "made_on": date(2026, 3, 5),
        "content": "建议多进家",
    }


def test_a_remark_is_kept_and_what_came_of_it(office, given):
    remark = office.do(supervisor_remarks.save, **given)
    [row] = office.ask(supervisor_remarks.rows, year=2026)
    assert (row.supervisor, row.home, row.deputy, row.is_open) == (
        "姜永福",
        "五当召镇人大代表之家",
        "王伟",
        True,
    )

    office.do(supervisor_remarks.save, record_id=remark, **(given | {"handled": "已转告代表"}))

    [row] = office.ask(supervisor_remarks.rows, mandate_id=given["mandate_id"])
    assert (row.handled, row.is_open) == ("已转告代表", False)
    assert office.ask(supervisor_remarks.rows, year=2025) == []


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"content": " "}, "请填写内容"),
        ({"made_on": date(2026, 11, 24)}, "不能晚于今天"),
        ({"made_on": date(2025, 12, 31)}, "不能早于监督员的聘任日期"),
        ({"mandate_id": ""}, "请选择代表"),
        ({"supervisor_id": ""}, "请选择履职监督员"),
    ],
)
def test_a_remark_that_cannot_be_is_refused(office, given, wrong, sentence):
    with pytest.raises(FieldError, match=sentence):
        office.do(supervisor_remarks.save, **(given | wrong))

    assert office.ask(supervisor_remarks.rows) == []
