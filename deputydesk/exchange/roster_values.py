"""Cleans what stands in a roster's cells: sex, ethnic group, party, phone, ID number."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from deputydesk.exchange.grid import Cell, plain, shown, squeezed


@dataclass(frozen=True, slots=True)
class Reading:
    """What a cell says: a value, or a doubt with what it could be, and what else stood there."""

    value: str | None = None
    doubt: str = ""
    candidates: tuple[str, ...] = ()
    rest: str = ""
    hint: str = ""
    """Digits of a birthday that an ID number shows although its end is lost."""


NOTHING = Reading()

_NOTHING_WORDS = frozenset({
    *("无", "暂无", "没有", "不详", "未知", "空", "缺", "略", "无号码", "n/a", "null", "none"),
    *("", "/", "//", "\\", "-", "--", "---", "—", "——", "_", "…", "……", "*", "**", ".", "。", "、"),
    *("?", "??", "0"),
})  # fmt: skip
_ERRORS = frozenset({"#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!"})
_DITTO_MARKS = frozenset("〃″\"'“”〝〞‘’′‚„ʺˮ々〻＂＇")
_DITTO_WORDS = frozenset({"同上", "同前", "上同", "同上行"})
_E_NOTATION = re.compile(r"\d(?:\.\d+)?E\+?\d+", re.IGNORECASE)

_ETHNIC_NAMES = """
汉族 蒙古族 回族 藏族 维吾尔族 苗族 彝族 壮族 布依族 朝鲜族 满族 侗族 瑶族 白族 土家族 哈尼族
哈萨克族 傣族 黎族 傈僳族 佤族 畲族 高山族 拉祜族 水族 东乡族 纳西族 景颇族 柯尔克孜族 土族
达斡尔族 仫佬族 羌族 布朗族 撒拉族 毛南族 仡佬族 锡伯族 阿昌族 普米族 塔吉克族 怒族
乌孜别克族 俄罗斯族 鄂温克族 德昂族 保安族 裕固族 京族 塔塔尔族 独龙族 鄂伦春族 赫哲族
门巴族 珞巴族 基诺族
"""
ETHNIC_GROUPS = tuple(_ETHNIC_NAMES.split())
_ETHNIC = (
    {group: group for group in ETHNIC_GROUPS}
    | {group.removesuffix("族"): group for group in ETHNIC_GROUPS}
    | {"蒙": "蒙古族", "蒙族": "蒙古族", "维": "维吾尔族", "维族": "维吾尔族", "哈": "哈萨克族"}
    | {"哈族": "哈萨克族", "朝": "朝鲜族", "鲜族": "朝鲜族", "达": "达斡尔族", "鄂": "", "汗族": ""}
)
_PARTIES = {
    **dict.fromkeys(
        ("中共", "党员", "中共党员", "共产党", "共产党员", "中国共产党", "中国共产党党员"),
        "中共党员",
    ),
    **dict.fromkeys(("中共预备党员", "预备党员"), "中共预备党员"),
    **dict.fromkeys(("团员", "共青团员"), "共青团员"),
    **dict.fromkeys(("群众", "群"), "群众"),
}
_SEXES = {
    "男": "男",
    "女": "女",
    "男性": "男",
    "女性": "女",
    "m": "男",
    "f": "女",
    "male": "男",
    "female": "女",
}
_BOXED = "□○☐"
_TICKS = "√✓✔☑■●"
_TICKED_BEHIND = re.compile(rf"([男女])[{_TICKS}]")
_TICKED_BEFORE = re.compile(rf"[{_TICKS}]([男女])")
NO = frozenset({"否", "不是", "没有", "不", "×", "✗", "✘", "0", "n", "no"})
YES = frozenset({"是", "√", "✓", "✔", "☑", "■", "●", "1", "y", "yes", "对", "v"})

_ID_LENGTH = 18
_OLD_ID_LENGTH = 15
_ID = re.compile(r"\d{17}[\dX]")
_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID_CHECKS = "10X98765432"
_LOST = "身份证号是按数字保存的，末几位已经丢失"


def is_nothing(cell: Cell) -> bool:
    """Whether the cell is empty or says that there is nothing."""
    return squeezed(shown(cell)).lower() in _NOTHING_WORDS


def is_ditto(cell: Cell) -> bool:
    """Whether the cell says: the same as above."""
    text = "".join(shown(cell).split()).strip("-—–")
    return bool(text) and (text in _DITTO_WORDS or all(mark in _DITTO_MARKS for mark in text))


def unreadable(cell: Cell) -> str:
    """Why nobody can read the cell: an Excel error, a formula without result; '' if one can."""
    text = shown(cell)
    if text.upper() in _ERRORS:
        return f"单元格是错误值 {text}"
    if text.startswith("="):
        return "单元格是公式，文件里没有它的结果（请用 Excel 打开并保存一次）"
    return ""


def read_text(cell: Cell) -> Reading:
    """Free text, its lines joined by a space."""
    return NOTHING if is_nothing(cell) else Reading(shown(cell))


def read_sex(cell: Cell) -> Reading:
    """男 or 女."""
    text = squeezed(shown(cell)).lower()
    before = text[:1] in {*_BOXED, *_TICKS}
    ticked = (_TICKED_BEFORE if before else _TICKED_BEHIND).search(text)
    if ticked:
        return Reading(ticked[1])
    if text in _SEXES:
        return Reading(_SEXES[text])
    return Reading(doubt=f"性别“{shown(cell)}”看不懂", candidates=("男", "女"))


def ethnic_of(text: str) -> str | None:
    """The official name of an ethnic group, from it or from a short form."""
    return _ETHNIC.get(squeezed(text)) or None


def read_ethnic(cell: Cell) -> Reading:
    """One of the 56 groups."""
    found = ethnic_of(shown(cell))
    return Reading(found) if found else Reading(doubt=f"民族“{shown(cell)}”看不懂")


def read_party(cell: Cell) -> Reading:
    """Party or 群众, 中共党员 by one name."""
    text = squeezed(shown(cell))
    return Reading(_PARTIES.get(text, shown(cell)))


def party_of(text: str) -> str | None:
    """The party that a short note means, if it means one."""
    return _PARTIES.get(squeezed(text)) or (
        text if text in {"无党派", "民盟", "民建", "民进", "九三学社"} else None
    )


def check_digit_fits(number: str) -> bool:
    """Whether an 18-digit ID number is one: form, birthday, check digit of GB 11643."""
    if not _ID.fullmatch(number) or not _is_day(number[6:14]):
        return False
    total = sum(int(digit) * weight for digit, weight in zip(number, _ID_WEIGHTS, strict=False))
    return _ID_CHECKS[total % 11] == number[17]


def birth_in_id(number: str) -> str:
    """The birthday in a checked ID number."""
    return f"{number[6:10]}-{number[10:12]}-{number[12:14]}"


def sex_in_id(number: str) -> str:
    """The sex in a checked ID number."""
    return "男" if int(number[16]) % 2 else "女"


def _is_day(digits: str) -> bool:
    try:
        date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return True


def read_id(cell: Cell) -> Reading:
    """An ID number whose check digit fits; one kept as a number has lost its last digits."""
    if isinstance(cell.value, int | float):
        return _lost_id(str(int(cell.value)))
    text = squeezed(shown(cell)).upper().strip("'`‘’\"")
    text = re.sub(r"[-—–_,.·*](?=$|\d|X)|[хХΧ×✕]$", _id_repair, text)
    if _E_NOTATION.fullmatch(squeezed(shown(cell)).upper()):
        return Reading(doubt=_LOST)
    if "*" in text:
        return NOTHING
    return _checked_id(text)


def _id_repair(match: re.Match[str]) -> str:
    """Between digits a mark means nothing, a star hides a digit; a foreign letter X is an X."""
    if match[0] == "*":
        return "*"
    return "X" if match[0] in "хХΧ×✕" else ""


def _lost_id(digits: str) -> Reading:
    if len(digits) < _OLD_ID_LENGTH:
        return Reading(doubt=f"身份证号“{digits}”只有{len(digits)}位")
    hint = digits[6:14] if len(digits) == _ID_LENGTH and _is_day(digits[6:14]) else ""
    return Reading(doubt=_LOST, hint=hint)


def _checked_id(text: str) -> Reading:
    if len(text) == _OLD_ID_LENGTH and text.isdecimal():
        return Reading(doubt=f"身份证号“{text}”是15位，不是现行的18位")
    if len(text) != _ID_LENGTH:
        return Reading(doubt=f"身份证号“{text}”是{len(text)}位，不是18位")
    hint = text[6:14] if text.endswith("000") and _is_day(text[6:14]) else ""
    if not check_digit_fits(text):
        wrong = f"身份证号“{text}”的校验码不对，至少有一位写错"
        return Reading(doubt=_LOST if hint else wrong, hint=hint)
    if text.endswith("000"):
        return Reading(
            doubt=f"身份证号“{text}”末三位是000，可能已经丢失", candidates=(text,), hint=hint
        )
    return Reading(text)


_MOBILE = re.compile(r"1[3-9]\d{9}")
_LANDLINE = re.compile(r"(0\d{2,3})(\d{7,8})")
_COUNTRY = re.compile(r"(?<!\d)(?:\+|00)?86[- ]?(?=1[3-9]\d)")
_NUMBER_ENDS = re.compile(r"[、,，;；/|\\\n]|和|或|及")
_WORDS = re.compile(r"[一-鿿]+")
_PHONE_WORDS = frozenset(
    {"手机", "电话", "联系电话", "办公", "办公电话", "座机", "转", "办", "宅", "或", "和"}
)
_LENGTH_WITHOUT_AREA = (7, 8)
_LENGTH_WITHOUT_ZERO = (10, 11)


def read_phone(cell: Cell) -> Reading:
    """The mobile number, else the landline; further numbers are left over."""
    if isinstance(cell.value, float) and not cell.value.is_integer():
        return Reading(doubt=f"电话“{cell.value}”看不懂")
    text = unicodedata.normalize("NFKC", _lines(cell)).strip("'`‘’\" ")
    if _E_NOTATION.fullmatch(text):
        digits = _exact(text)
        if digits is None:
            return Reading(doubt=f"电话“{text}”是科学计数，末几位已经丢失")
        text = digits
    text = _COUNTRY.sub("", re.sub(r"(?<=\d)\.0+$", "", text))
    found = [number for part in _NUMBER_ENDS.split(text) for number in _numbers(part)]
    known = [number for number in found if _is_phone(number)]
    if not known:
        return _bad_phone(text)
    best = next((number for number in known if _MOBILE.fullmatch(number)), known[0])
    others = [number for number in found if number != best]
    words = [word for word in _WORDS.findall(text) if word not in _PHONE_WORDS]
    return Reading(best, rest="、".join([*others, *words]))


def _lines(cell: Cell) -> str:
    value = cell.value
    return (
        "\n".join(plain(line) for line in value.split("\n"))
        if isinstance(value, str)
        else shown(cell)
    )


def _exact(text: str) -> str | None:
    """The number behind E-notation if all its digits are there."""
    mantissa = len(re.sub(r"\D", "", text.upper().partition("E")[0]))
    number = str(int(Decimal(text)))
    return number if mantissa >= len(number) else None


def _numbers(part: str) -> list[str]:
    """The phone numbers of a part that no comma divides; spaces and hyphens may be inside them."""
    pieces = [re.sub(r"\D", "", piece) for piece in part.split()]
    if len(pieces) > 1 and all(_is_phone(piece) for piece in pieces):
        return [_written(piece) for piece in pieces]
    digits = re.sub(r"\D", "", part)
    if len(digits) == 2 * 11 and _MOBILE.fullmatch(digits[:11]) and _MOBILE.fullmatch(digits[11:]):
        return [digits[:11], digits[11:]]
    extension = re.search(r"转\s*(\d+)\s*$", part)
    if extension:
        return [f"{_written(re.sub(r'[^0-9]', '', part[: extension.start()]))}转{extension[1]}"]
    return [_written(digits)] if digits else []


def _written(digits: str) -> str:
    landline = _LANDLINE.fullmatch(digits)
    return f"{landline[1]}-{landline[2]}" if landline else digits


def _is_phone(number: str) -> bool:
    digits = number.partition("转")[0].replace("-", "")
    return bool(
        _MOBILE.fullmatch(digits)
        or _LANDLINE.fullmatch(digits)
        or (len(digits) in _LENGTH_WITHOUT_AREA and digits[0] not in "01")
    )


def _bad_phone(text: str) -> Reading:
    digits = re.sub(r"\D", "", text)
    if len(digits) in _LENGTH_WITHOUT_ZERO and _LANDLINE.fullmatch(f"0{digits}"):
        return Reading(doubt=f"电话“{text}”像是少了区号前的0", candidates=(_written(f"0{digits}"),))
    if not digits:
        return Reading(doubt=f"电话“{text}”里没有号码", rest=text)
    return Reading(doubt=f"电话“{text}”是{len(digits)}位，不是手机号或座机号")


CLEANERS: dict[str, Callable[[Cell], Reading]] = {
    "sex": read_sex,
    "ethnic": read_ethnic,
    "phone": read_phone,
    "id_no": read_id,
    "party": read_party,
}
