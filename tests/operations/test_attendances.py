"""Who stands at an event."""

import pytest

from deputydesk.errors import FieldError
from deputydesk.models import Activity
from deputydesk.office import Right, Tx, operation
from deputydesk.operations import attendances
from tests import make


@operation(Right.REGISTER, "登记出席样例")
def stand(tx: Tx, *, people: tuple[str, ...]) -> None:
    attendances.set_people(tx, Activity, "T1-1", people)


def test_a_deputy_stands_at_an_event_once(office):
    deputy = make.deputy(office)

    with pytest.raises(FieldError, match="同一名代表填了两次"):
        office.do(stand, people=(deputy, deputy))

    assert office.ask(attendances.rows, Activity) == {}
