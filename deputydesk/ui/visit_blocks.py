"""Activities pasted from a sheet: a row each, with one opinion at most."""

from functools import partial

from deputydesk.models import Opinion, Visit, Voter
from deputydesk.models.base import labels
from deputydesk.models.choices import Channel, LinkMethod, VisitKind
from deputydesk.operations import receptions, visit_list
from deputydesk.operations.receptions import Heard
from deputydesk.operations.visits import LINKS
from deputydesk.ui import lookups
from deputydesk.ui.block_target import BlockTarget, Values
from deputydesk.ui.date_field import DateField
from deputydesk.ui.desk import Desk
from deputydesk.ui.fields import ChoiceField, Field, LongTextField, NumberField, TextField
from deputydesk.ui.phone_field import PhoneField
from deputydesk.ui.pickers import PickField, PickManyField

OPINION = ("voter_name", "voter_phone", "matter", "detail")


def target(desk: Desk) -> BlockTarget:
    """How rows become activities with the opinions heard there."""
    return BlockTarget(
        "进家登记",
        Visit,
        partial(_fields, desk),
        receptions.register,
        receptions.edit,
        key="visit_id",
        start=partial(_start, desk),
        complete=_complete,
        only_pasted=frozenset(OPINION),
    )


def _fields(desk: Desk) -> tuple[Field, ...]:
    said, who = labels(Opinion), labels(Voter)
    return (
        DateField("held_on"),
        PickField("home_id", partial(lookups.homes, desk)),
        PickManyField("deputy_ids", partial(lookups.deputies_in_office, desk), label="参加代表"),
        PickField("topic", partial(lookups.topics, desk), free=True),
        NumberField("received"),
        TextField("voter_name", label=who["name"]),
        PhoneField("voter_phone", label=who["phone"]),
        TextField("matter", label=said["matter"]),
        LongTextField("detail", label=said["detail"]),
        ChoiceField("kind", VisitKind),
        TextField("slot"),
        TextField("place"),
        ChoiceField("method", LinkMethod),
        PickField("member", partial(lookups.members, desk), free=True),
        TextField("sign_sheet"),
        TextField("recorder"),
        LongTextField("note", lines=2),
    )


def _start(desk: Desk) -> Values:
    homes = lookups.homes(desk)
    last = desk.ask(visit_list.last_home)
    return {
        "held_on": desk.today,
        "home_id": last or (homes[0].id if len(homes) == 1 else ""),
        "recorder": desk.office.user.name,
    }


def _complete(values: Values) -> Values:
    """Arguments of `receptions.register`: what was heard is one of them."""
    told = {name: str(values.pop(name)) for name in OPINION}
    if any(told.values()):
        channel = Channel.LINK if values["kind"] in LINKS else Channel.HOME
        values["said"] = (
            Heard(
                channel,
                told["matter"],
                told["detail"],
                voter_name=told["voter_name"],
                voter_phone=told["voter_phone"],
            ),
        )
    return values
