"""What can be chosen for a printed form, as fields named as in `Options`."""

from functools import partial

from deputydesk.models.base import Record
from deputydesk.reports.form import (
    SHEETS,
    Ask,
    AskCopies,
    AskDeputies,
    AskDuplex,
    AskLarge,
    AskLastDay,
    AskPaper,
    AskPeriod,
    AskRecord,
)
from deputydesk.reports.form import Form as FormSpec
from deputydesk.ui import lookups
from deputydesk.ui.choices import Candidate
from deputydesk.ui.date_field import DateField
from deputydesk.ui.desk import Desk
from deputydesk.ui.fields import CheckField, ChoiceField, Field, NumberField
from deputydesk.ui.form import Form
from deputydesk.ui.pickers import PickField, PickManyField

TEST_PAGE = "test_page"


def options_form(desk: Desk, spec: FormSpec) -> Form:
    """Everything that a form asks, with what is usual filled in."""
    fields = [field for ask in spec.asks for field in _fields(desk, ask)]
    if spec.id != TEST_PAGE and not spec.comes_back:  # what is read back or measured keeps its size
        fields.append(ChoiceField("sheet", options=SHEETS, label="排版", wide=True))
    form = Form(desk, f"print-{spec.id}", fields)
    today = desk.today
    usual = {"first": today.replace(month=1, day=1), "last": today, "copies": 1}
    form.start(**{field.name: usual[field.name] for field in fields if field.name in usual})
    form.saved()  # what to print is no record: nothing of it is to be offered again
    return form


def asked_of(spec: FormSpec) -> set[type[Record]]:
    """The kinds of record that can be chosen for a form."""
    asks = (ask for ask in spec.asks if isinstance(ask, AskRecord))
    return {model for ask in asks for model in (ask.model, *ask.others)}


def _fields(desk: Desk, ask: Ask) -> tuple[Field, ...]:
    """What to fill in for something that a form asks."""
    match ask:
        case AskRecord():
            made: tuple[Field, ...] = (_record_field(desk, ask),)
        case AskDeputies():
            people = partial(lookups.deputies_in_office, desk)
            made = (PickManyField("deputy_ids", people, label=ask.label),)
        case AskPeriod():
            made = (DateField("first", label=ask.first), DateField("last", label=ask.last))
        case AskLastDay():
            made = (DateField("last", label=ask.label),)
        case AskCopies():
            made = (NumberField("copies", label=ask.label),)
        case AskPaper():
            made = (ChoiceField("paper", options=ask.choices, label=ask.label, wide=True),)
        case AskLarge():
            made = (CheckField("large", label=ask.label, wide=True),)
        case AskDuplex():
            made = (CheckField("duplex", label=ask.label, wide=True),)
    return made


def _record_field(desk: Desk, ask: AskRecord) -> PickField:
    label = f"{ask.label}（不选为{ask.blank}）" if ask.blank else f"{ask.label}（不选为最近一次）"
    return PickField("record_id", partial(_candidates, desk, ask), label=label, wide=True)


def _candidates(desk: Desk, ask: AskRecord) -> list[Candidate]:
    return [Candidate(found.id, found.name, found.detail) for found in desk.ask(ask.records)]
