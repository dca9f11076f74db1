"""The number on a deputy's card, and what else may be scanned."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deputydesk.errors import UserError
from deputydesk.rules import qr_codes
from deputydesk.rules.qr_codes import CardCode, code_of, parse

MANDATE = "DEMO-01a21ed257b671029a0891ed887c514d"
offices = st.text("0123456789abcxyzABCXYZ", min_size=1, max_size=12)
mandates = st.integers(0, 2**128 - 1).map(lambda n: f"T1-{n:032x}")


@given(offices, mandates, st.sampled_from(["", "https://qu.example/d?c=", "UID:", "　"]))
def test_every_card_is_read_back_wherever_its_number_stands(office, mandate, before):
    code = code_of(office, mandate)

    assert (len(code), code.isdecimal()) == (qr_codes.LENGTH, True)
    assert parse(f"{before}{code}\n") == CardCode(office, mandate.removeprefix("T1-"))


@given(mandates, st.integers(4, qr_codes.LENGTH - 1), st.integers(1, 9))
def test_a_wrong_digit_is_never_taken_for_another_deputy(mandate, place, more):
    code = code_of("T1", mandate)
    wrong = code[:place] + str((int(code[place]) + more) % 10) + code[place + 1 :]

    with pytest.raises(UserError, match="扫到的数字有错"):
        parse(wrong)


def test_digits_that_an_input_method_made_wide_are_read():
    wide = code_of("T1", MANDATE).translate(str.maketrans("0123456789", "０１２３４５６７８９"))

    assert parse(wide).office == "T1"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("6901234567892", "这不是代表卡的二维码"),
        ("https://example.invalid/", "这不是代表卡的二维码"),
        (code_of("T1", MANDATE)[:40], "没有扫完整"),
        (code_of("T1", MANDATE) + "7", "没有扫完整"),
        (code_of("T1", MANDATE).replace("2901", "2902", 1), "更新版本的程序"),
    ],
)
def test_what_is_no_card_is_a_sentence(text, sentence):
    with pytest.raises(UserError, match=sentence):
        parse(text)


def test_a_number_that_no_office_has_is_read_and_known_as_foreign():
    code = code_of("T1", MANDATE)
    body = f"{code[:4]}{63 * 64:022d}{code[26:-4]}"

    assert parse(body + qr_codes._check(body)).office == "00?"


def test_an_electronic_card_holds_the_number_and_phones_read_it():
    code = code_of("T1", MANDATE)
    card = qr_codes.vcard(
        name="巴特尔·达来",
        organ="石拐区五当召镇",
        title="区人大代表",
        phone="0472-0000000",
        note="第3选区；联系日：每月15日",
        code=code,
    )

    lines = card.split("\r\n")
    assert "TEL;TYPE=WORK:0472-0000000" in lines
    assert parse(card).office == "T1"
    assert [line for line in lines if not qr_codes.is_card_line(line)] == [f"UID:{code}"]
    bare = qr_codes.vcard(name="王;伟", organ="", title="", phone="", note="", code=code)
    assert "FN:王\\;伟" in bare
    assert "TEL" not in bare


def test_typed_names_are_told_from_scans():
    assert not qr_codes.looks_scanned("wangwei")
    assert not qr_codes.looks_scanned("王伟2")
    assert qr_codes.looks_scanned(code_of("T1", MANDATE)[:30])
    assert qr_codes.looks_scanned("https://example.invalid/")
