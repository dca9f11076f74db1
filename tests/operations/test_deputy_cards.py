"""What stands on a deputy's card: nothing that the deputy did not agree to."""

from datetime import date

import pytest
from PIL import Image

from deputydesk.errors import UserError
from deputydesk.exchange import attachments
from deputydesk.models import RotaShift
from deputydesk.models.choices import EndReason, Level
from deputydesk.office import Operation, Right
from deputydesk.operations import deputies, deputy_cards, local_rules
from deputydesk.rules import qr_codes
from tests import make


@pytest.fixture
def home(office):
    return make.home(office)


@pytest.fixture
def deputy(office, home):
    return make.deputy(office, name="王伟", home_id=home)


def cards(office, *ids):
    return office.ask(deputy_cards.rows, today=make.TODAY, mandate_ids=ids)


def adopt(office, **rule):
    whole = {"payload": "code", "url": "", "duty_day": "", "motto": ""} | rule
    office.do(local_rules.adopt, kind="deputy_card", name="本镇", valid_from=make.TODAY, rule=whole)


def test_a_card_names_the_deputy_and_its_code_leads_back(office, deputy):
    [card] = cards(office)

    assert (card.name, card.title, card.home) == (
        "王伟",
        "五当召镇人大代表",
        "五当召镇人大代表之家",
    )
    read = qr_codes.parse(card.payload)
    assert (read.office, deputy.endswith(read.mandate)) == ("T1", True)
    assert card.payload == office.ask(deputy_cards.code, deputy)
    assert card.motto == "有事找代表"


def test_phone_and_photo_are_shown_only_by_consent(office, deputy, tmp_path):
    person = office.ask(deputies.one, deputy).person_id
    path = tmp_path / "照片.png"
    Image.new("RGB", (60, 80)).save(path)
    attachments.set_photo(office, person, path)
    assert (cards(office)[0].phone, cards(office)[0].photo) == ("", "")

    make.consent(office, deputy, public_phone="0472-0000000")

    [card] = cards(office)
    assert card.phone == "0472-0000000"
    assert len(card.photo) == 64


def test_a_person_of_several_levels_has_one_card(office, deputy):
    person = office.ask(deputies.one, deputy).person_id
    office.do(deputies.add_mandate, person_id=person, level=Level.DISTRICT)
    gone = make.deputy(office, name="高娃")
    office.do(
        deputies.end_mandate,
        mandate_id=gone,
        ended_on=make.TODAY,
        reason=EndReason.MOVED,
    )
    suspended = make.deputy(office, name="丁一")
    office.do(deputies.set_suspended, mandate_id=suspended, suspended=True)

    [card] = cards(office)

    assert card.title == "区、苏木乡镇人大代表"
    assert [card.name for card in cards(office, suspended)] == ["丁一"]


def test_the_title_names_the_congress(office):
    make.deputy(office, name="高娃", level=Level.DISTRICT)
    make.deputy(office, name="丁一", level=Level.CITY)

    assert {card.name: card.title for card in cards(office)} == {
        "高娃": "石拐区人大代表",
        "丁一": "市人大代表",
    }


def test_the_day_is_the_offices_own_or_the_next_planned_one(office, deputy, home):
    def plan(tx):
        for day in (date(2026, 12, 9), date(2026, 11, 30), date(2026, 11, 1)):
            tx.session.add(RotaShift(planned_on=day, home_id=home, slot="上午"))

    office.do(Operation("plan", "安排", Right.REGISTER, plan))
    assert cards(office)[0].duty_day == "11月30日 上午"

    adopt(office, duty_day="每月15日")
    assert cards(office)[0].duty_day == "每月15日"


def test_the_code_may_be_an_electronic_card_or_an_address(office, deputy):
    adopt(office, payload="vcard")
    card = cards(office)[0].payload
    assert "FN:王伟" in card
    assert qr_codes.parse(card).office == "T1"

    adopt(office, payload="url", url="https://qu.example/d?c={code}")
    assert cards(office)[0].payload.startswith("https://qu.example/d?c=29")

    adopt(office, payload="url", url="https://qu.example/")
    with pytest.raises(UserError, match="没有写"):
        cards(office)
