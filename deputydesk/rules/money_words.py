"""Amounts in the capital numerals that vouchers ask for: 壹万贰仟元整.

By the 正确填写票据和结算凭证的基本规定 (annex 1 of 支付结算办法): one 零 for any run of zeros
inside, and for a 0 of 元 before 角; 整 after 元 and after 角, none after 分.
"""

from deputydesk.rules.budgets import FEN, MOST

DIGITS = "零壹贰叁肆伍陆柒捌玖"
_UNITS = ("", "拾", "佰", "仟")
_GROUPS = ("", "万", "亿")
_GROUP = 10_000


def words(fen: int) -> str:
    """An amount in 分 in capital numerals, without 人民币 in front; 负 before one below zero."""
    assert abs(fen) < MOST, "an amount beyond any office"
    if fen < 0:
        return f"负{words(-fen)}"
    yuan, cents = divmod(fen, FEN)
    jiao, rest = divmod(cents, 10)
    whole = f"{_whole(yuan)}元" if yuan or not cents else ""
    if not cents:
        return f"{whole}整"
    is_gap = yuan and (not jiao or yuan % 10 == 0)
    part = (DIGITS[0] if is_gap else "") + (f"{DIGITS[jiao]}角" if jiao else "")
    return f"{whole}{part}{DIGITS[rest]}分" if rest else f"{whole}{part}整"


def _whole(number: int) -> str:
    """A whole number: groups of four digits, a 零 where one or more places in between are empty."""
    if not number:
        return DIGITS[0]
    groups: list[int] = []
    while number:
        number, group = divmod(number, _GROUP)
        groups.append(group)
    text = ""
    for place in reversed(range(len(groups))):
        group = groups[place]
        if not group:
            continue
        is_gap = bool(text) and (group < _GROUP // 10 or not groups[place + 1])
        text += (DIGITS[0] if is_gap else "") + _four(group) + _unit(place)
    return text


def _unit(place: int) -> str:
    """万, 亿, 万亿: the name of a group of four digits."""
    return _GROUPS[place] if place < len(_GROUPS) else f"{_GROUPS[place - 2]}{_GROUPS[2]}"


def _four(number: int) -> str:
    text = ""
    is_gap = False
    for place in reversed(range(4)):
        digit = number // 10**place % 10
        if digit:
            text += (DIGITS[0] if is_gap and text else "") + DIGITS[digit] + _UNITS[place]
        is_gap = not digit
    return text
