"""The demo office's consents to publish, what it asked of people, and its two years' report."""

from collections.abc import Mapping
from datetime import date, timedelta

from deputydesk.exchange.demo_cases import Data, day_of
from deputydesk.models import Mandate, Person
from deputydesk.office import Right, Tx, operation
from deputydesk.operations import annual_reports, consents, surveys
from deputydesk.operations.checks import get


@operation(Right.REGISTER, "同意公开")
def enter_consents(tx: Tx, *, data: Data, about: Data, ids: Mapping[str, str]) -> dict[str, str]:
    """Enter what deputies agreed to have published: most their photo, half an office phone."""
    first = day_of(about["elected_on"]) + timedelta(days=30)
    for number, given in enumerate(data["deputies"]):
        if number % 4 == 3:  # these agreed to nothing
            continue
        mandate = get(tx.session, Mandate, ids[given["id"]])
        consents.give(
            tx,
            get(tx.session, Person, mandate.person_id),
            photo_public=True,
            phone_public=number % 2 == 0,
            public_phone=f"0472-0000{number:03}" if number % 2 == 0 else "",
            consented_on=first + timedelta(days=number % 20),
        )
    return {}


@operation(Right.HANDLE, "年度报告")
def enter_report(tx: Tx, *, data: Data, about: Data, ids: Mapping[str, str]) -> dict[str, str]:
    """Begin the report of the two years that the demo holds."""
    del about, ids
    first, last = (date.fromisoformat(day) for day in data["meta"]["period"])
    annual_reports.start(tx, year=last.year, first_on=first, last_on=last)
    return {}


@operation(Right.EVALUATE, "问卷")
def enter_survey(tx: Tx, *, data: Data, about: Data, ids: Mapping[str, str]) -> dict[str, str]:
    """Enter a survey of people's wishes, counted."""
    del data, ids
    given = about["survey"]
    made = surveys.save(
        tx,
        headline=given["headline"],
        held_on=day_of(given["held_on"]),
        questions=given["questions"],
        audience=given["audience"],
        intro=given["intro"],
    )
    tx.session.flush()
    surveys.count(
        tx,
        survey_id=made,
        issued=given["issued"],
        returned=given["returned"],
        invalid=given["invalid"],
        counts=given["counts"],
        counter=given["counter"],
        scrutineer=given["scrutineer"],
    )
    return {}
