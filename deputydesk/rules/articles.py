"""Articles of a draft law as people write them: 12, 第12条, 第十二条第二款; put in order."""

import re

_DIGITS = "〇一二三四五六七八九"
_UNITS = ((1000, "千"), (100, "百"), (10, "十"))
_MOST = 9999
_NUMBER = r"[0-9０-９]+|[〇零一二两三四五六七八九十百千]+"
_ARTICLE = re.compile(rf"^第?\s*({_NUMBER})\s*条?(.*)$", re.DOTALL)


def chinese_number(number: int) -> str:
    """A whole number from 1 to 9999 as laws write it: 12 is 十二, 103 is 一百零三."""
    assert 1 <= number <= _MOST, "articles are counted from one"
    text, gap = "", False
    for size, name in _UNITS:
        count, number = divmod(number, size)
        if count:
            text += ("〇" if gap and text else "") + _DIGITS[count] + name
            gap = False
        elif text:
            gap = True
    if number:
        text += ("〇" if gap and text else "") + _DIGITS[number]
    text = text.replace("〇", "零")
    return text.removeprefix("一") if text.startswith("一十") else text


def number_of(text: str) -> int | None:
    """The number that digits or Chinese numerals say; None if they say none."""
    if text.isdecimal():
        return int(text)
    total, digit = 0, 0
    units = {name: size for size, name in _UNITS}
    for character in text.replace("零", "〇").replace("两", "二"):
        if character in _DIGITS:
            digit = _DIGITS.index(character)
        elif character in units:
            total += (digit or 1) * units[character]
            digit = 0
        else:
            return None
    return total + digit or None


def tidy(text: str) -> str:
    """An article in the manner of laws: 12 and 第12条 become 第十二条; what is none stays."""
    text = text.strip()
    found = _ARTICLE.match(text)
    number = number_of(found[1]) if found else None
    if found is None or number is None or number > _MOST:
        return text
    return f"第{chinese_number(number)}条{found[2].strip()}"


def order(text: str) -> tuple[int, str]:
    """What articles are sorted by: their number; what is no article comes last."""
    found = _ARTICLE.match(text.strip())
    number = number_of(found[1]) if found else None
    return (number or _MOST + 1, text)
