"""The printed cards: what a phone or a scanner reads from them."""

from dataclasses import replace
from itertools import chain

import pypdfium2
import pytest
import zxingcpp
from PIL import Image

from deputydesk.errors import UserError
from deputydesk.exchange import attachments
from deputydesk.operations import deputies, deputy_cards
from deputydesk.reports import Options, deputy_card
from deputydesk.reports.printing import write
from tests import make
from tests.reports import samples
from tests.reports.judge import faults, text_of

SCALE = 2


def read_back(path, *, last: int = 0) -> list[list[str]]:
    """The QR codes of each page, as a scanner reads them from the paper."""
    document = pypdfium2.PdfDocument(path)
    found = []
    for number in range(len(document))[-last:]:
        picture = document[number].render(scale=SCALE).to_pil()
        codes = zxingcpp.read_barcodes(picture)
        found.append(sorted(code.text for code in codes))
    document.close()
    return found


def print_cards(cards, to, **how):
    deputy_card.write(cards, to, office=samples.OFFICE, printed_on=samples.DAY, **how)
    return to


@pytest.mark.parametrize("a6", [False, True])
def test_every_printed_code_is_read_back(tmp_path, a6):
    cards = samples.deputy_cards(9)

    pages = read_back(print_cards(cards, tmp_path / "cards.pdf", a6=a6))

    assert sorted(chain(*pages)) == sorted(card.payload for card in cards)
    assert len(pages) == (9 if a6 else 2)


@pytest.mark.parametrize("a6", [False, True])
def test_an_electronic_card_is_read_back_too(tmp_path, a6):
    cards = samples.worst_deputy_cards()

    pages = read_back(print_cards(cards, tmp_path / "cards.pdf", a6=a6))

    codes = list(chain(*pages))
    assert len(codes) == 3
    assert any("FN:" + samples.LONGEST_NAME in code for code in codes)


def test_a_damaged_photo_names_the_deputy(tmp_path):
    card = replace(samples.deputy_cards(1)[0], photo=b"no picture")

    with pytest.raises(UserError, match="马云飞的照片文件已损坏"):
        print_cards([card], tmp_path / "cards.pdf")

    assert list(tmp_path.iterdir()) == []


def test_a_character_that_no_font_has_names_the_card(tmp_path):
    card = replace(samples.deputy_cards(1)[0], motto="好\U0001f642")

    with pytest.raises(UserError, match="“马云飞的代表卡·卡上的一句话”"):
        print_cards([card], tmp_path / "cards.pdf")


def test_cards_are_printed_from_the_office(office, tmp_path):
    home = make.home(office)
    first = make.deputy(office, name="王伟", home_id=home)
    make.deputy(office, name="高娃", home_id=home)
    path = tmp_path / "照片.jpg"
    Image.new("RGB", (600, 800), "#884422").save(path)
    attachments.set_photo(office, office.ask(deputies.one, first).person_id, path)
    make.consent(office, first, public_phone="0472-1234567")

    whole, one = tmp_path / "全体.pdf", tmp_path / "一张.pdf"
    assert write(office, "deputy_card", whole) == 1
    assert write(office, "deputy_card", one, Options(deputy_ids=(first,), paper="A6")) == 1

    assert faults(whole, expect=["王　伟", "高　娃", "五当召镇人大代表", "0472-1234567"]) == []
    assert len(read_back(whole)[0]) == 2
    assert read_back(one) == [[office.ask(deputy_cards.code, first)]]
    assert "高" not in text_of(one)[0]
    document = pypdfium2.PdfDocument(one)
    red, green, blue = document[0].render(scale=1).to_pil().getpixel((60, 120))
    assert red > green > blue, "the portrait, not the paper"
    document.close()


def test_all_252_cards_of_the_demo_are_printed_and_read_back(demo_office, tmp_path):
    to = tmp_path / "cards.pdf"

    pages = write(demo_office, "deputy_card", to)

    found = read_back(to, last=3)
    assert pages == 32
    assert [len(set(page)) for page in found] == [8, 8, 4]
