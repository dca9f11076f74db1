"""What a person agreed to have published: photo, phone, and since when."""

from datetime import date

from deputydesk.errors import FieldError
from deputydesk.models import Person
from deputydesk.office import Tx
from deputydesk.operations.checks import not_future


def give(
    tx: Tx,
    person: Person,
    *,
    photo_public: bool,
    phone_public: bool,
    public_phone: str,
    consented_on: date | None,
) -> None:
    """Write down what a person agrees to; without a date there is no consent.

    Raises:
        FieldError: a consent has no day, its day has not come, or there is no phone to publish.
    """
    public_phone = public_phone.strip()
    if phone_public and not public_phone:
        raise FieldError("public_phone", "请填写同意公开的电话，一般为单位电话。")
    if (photo_public or phone_public) and consented_on is None:
        raise FieldError("consented_on", "请填写本人同意公开的日期。")
    if consented_on:
        not_future("consented_on", consented_on, tx.today, "同意日期")
    person.photo_public, person.phone_public = photo_public, phone_public
    person.public_phone, person.consented_on = public_phone, consented_on
