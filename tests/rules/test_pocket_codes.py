"""The series of QR codes by which a phone hands its notes over."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deputydesk.errors import UserError
from deputydesk.rules import pocket_codes
from deputydesk.rules.pocket_codes import Collector, collect, decode, encode


@given(st.binary(max_size=2000), st.integers(1, 400), st.randoms())
def test_a_series_read_in_any_order_and_twice_is_what_was_written(data, piece, order):
    codes = encode(data, piece) if len(data) <= piece * pocket_codes.MOST else encode(data)
    heap = [*codes, *codes]
    order.shuffle(heap)

    assert all(code.isdecimal() for code in codes)
    assert collect(heap).complete() == [data]


@given(st.binary(min_size=700, max_size=3000), st.data())
def test_what_is_missing_is_named(data, chosen):
    codes = encode(data)
    lost = chosen.draw(st.integers(0, len(codes) - 1))

    collector = collect(codes[:lost] + codes[lost + 1 :])

    assert collector.complete() == []
    assert collector.gaps() == [f"共 {len(codes)} 张，还缺第 {lost + 1} 张。"]


@given(st.binary(min_size=1, max_size=300), st.data())
def test_a_wrong_digit_is_told(data, chosen):
    [code] = encode(data)
    place = chosen.draw(st.integers(4, len(code) - 1))
    wrong = str((int(code[place]) + chosen.draw(st.integers(1, 9))) % 10)

    with pytest.raises(UserError, match="扫到的数字有错"):
        decode(code[:place] + wrong + code[place + 1 :])


def test_two_phones_may_be_scanned_at_once():
    first, second = encode("甲".encode() * 300), encode("乙".encode() * 300)
    heap = first + second
    random.Random(5).shuffle(heap)

    assert sorted(collect(heap).complete()) == sorted(["甲".encode() * 300, "乙".encode() * 300])


def right(body: str) -> str:
    return body + pocket_codes._check(body)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("6901234567892", "不是代表随手记的二维码"),
        (encode(b"abc")[0].replace("2801", "2802", 1), "更新版本的代表随手记"),
        (right("2801" + "1" * 10 + "003" + "004" + "12345678"), "序号不对"),
        (right("2801" + "1" * 10 + "003" + "001" + "999"), "内容有错"),
        (right("2801" + "1" * 10 + "003" + "001" + "1234567"), "内容有错"),
        (encode(b"abc" * 50)[0][:60], "没有扫完整"),
    ],
)
def test_what_is_no_such_code_is_a_sentence(text, sentence):
    with pytest.raises(UserError, match=sentence):
        decode(text)


def test_codes_that_do_not_fit_together_are_refused():
    first = encode(b"x" * 400)
    body = f"2801{first[0][4:14]}005001{first[0][20:-4]}"
    collector = Collector()
    collector.add(first[0])

    with pytest.raises(UserError, match="对不上"):
        collector.add(right(body))


def test_pieces_that_do_not_make_the_promised_whole_are_refused():
    body = f"{encode(b'abcdef')[0][:20]}{'1' * 15}"
    collector = collect([right(body), "something else"])

    with pytest.raises(UserError, match="拼不起来"):
        collector.complete()


def test_too_much_for_codes_is_a_sentence():
    with pytest.raises(UserError, match="二维码放不下"):
        encode(b"x" * 1001, 1)
