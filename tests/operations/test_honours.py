from datetime import date

import pytest

from deputydesk.errors import FieldError
from deputydesk.operations import honours
from tests import make

GIVEN = {"name": "优秀人大代表", "given_on": date(2026, 3, 1), "giver": "区人大常委会"}


def test_a_commendation_is_registered_changed_and_removed(office):
    deputy = make.deputy(office)
    honour = office.do(honours.save, mandate_id=deputy, **GIVEN)
    assert office.undo().text == "登记表彰（王伟 优秀人大代表）"
    office.redo()

    office.do(honours.save, record_id=honour, mandate_id=deputy, **(GIVEN | {"giver": "市人大"}))

    [row] = office.ask(honours.rows, 2026)
    assert (row.deputy, row.name, row.giver) == ("王伟", "优秀人大代表", "市人大")
    assert office.ask(honours.rows, 2025) == []
    office.do(honours.remove, ids=[honour])
    assert office.ask(honours.rows) == []


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"mandate_id": ""}, "请选择代表"),
        ({"name": " "}, "请填写表彰名称"),
        ({"giver": ""}, "请填写表彰单位"),
        ({"given_on": date(2027, 1, 1)}, "不能晚于今天"),
    ],
)
def test_a_commendation_that_cannot_be_is_refused(office, changed, sentence):
    good = {"mandate_id": make.deputy(office), **GIVEN}

    with pytest.raises(FieldError, match=sentence):
        office.do(honours.save, **(good | changed))
