"""Tells what a line of text in a roster is: a total, a note, a caption, or a name.

All texts are squeezed: half width, no spaces.
"""

import re

from deputydesk.exchange.roster_headings import field_of
from deputydesk.exchange.roster_status import status_in
from deputydesk.exchange.roster_values import ETHNIC_GROUPS, NOTHING

_TOTAL = re.compile(
    r"[本各]?[页团组镇乡苏木街道区]*"
    r"(小计|合计|总计|共计|累计|总数|总人数|人数合计|人数)"
    r"([:,(\d].*)?"
    r"|(共|总共|共有|计|其中):?\d+[人名位].*"
    r"|.{0,12}(小计|合计|总计):?\d*[人名位]?"
)
_FIGURE = re.compile(r"[^\d(]{0,12}\d+(\.\d+)?[人名位岁%][,、;()\d.%男女人名岁占其中]*")
_NOTE = re.compile(
    r"(注|备注|说明|附注|附|填表说明|填报说明|表注)(\d*[:.、].*|\d*)"
    r"|(填表|填报|制表|审核|校对)人?"
    r"|(填表|填报|制表|审核|校对|联系|负责|主管|打印|日期|时间|截至|截止|统计|单位|盖章)"
    r".{0,6}:.*"
)
_NUMBERED = re.compile(
    r"[※*△▲★☆].{6,}|\d+[.、)]\D.{6,}|\(\d+\).{6,}|[一二三四五六七八九十]+[、.].{10,}"
)
_SENTENCE = re.compile(r"[。;?!]|.{31,}")
_GROUP = (
    "(代表|代表小|小)?[团组]|镇|乡|苏木|街道|街道办事处|办事处|选区|选举单位|单位|系统|片|片区"
    "|嘎查|村|社区|机关|部门|代表|代表名单|名单|人员"
)
_CAPTION = re.compile(
    r"\(?([一二三四五六七八九十]+|\d+)?[)、.]?"
    rf"(?P<title>[^\d,。;:、的为是等共]{{0,18}}?({_GROUP}))"
    r"[(:]?(共|计)?[\d一二三四五六七八九十]*[人名位]?[):]?"
)
_TOWN_ENDINGS = ("代表团", "街道办事处", "镇", "乡", "苏木", "街道")
_STATISTICS = frozenset({"男", "女", "类别", "项目", "分类", *ETHNIC_GROUPS})
_SEVERAL = re.compile(r"[、,;/]")
_IN_BRACKETS = re.compile(r"[(\[【〔].*?([)\]】〕]|$)")


def is_total(text: str) -> bool:
    """Whether it names a total (小计, 合计：136人)."""
    return bool(_TOTAL.fullmatch(text))


def is_figure(text: str) -> bool:
    """Whether it is a number of people or years (女47人, 45.6岁)."""
    return bool(_FIGURE.fullmatch(text))


def is_note(text: str) -> bool:
    """Whether it begins a note or a signature (注：…, 填表人：…)."""
    return bool(_NOTE.fullmatch(text))


def is_numbered_note(text: str) -> bool:
    """Whether it is a point of a list of notes (2.联系电话如有变动…)."""
    return bool(_NUMBERED.fullmatch(text))


def is_sentence(text: str) -> bool:
    """Whether it is too long or too punctuated for a name; brackets beside a name do not count."""
    return bool(_SENTENCE.search(_IN_BRACKETS.sub("", text)))


def is_news(text: str) -> bool:
    """Whether it tells what became of somebody (李四已调离), without brackets as at a name."""
    return "(" not in text and status_in(text) != NOTHING


def names_several(text: str) -> bool:
    """Whether it names more than one person."""
    return bool(_SEVERAL.search(_IN_BRACKETS.sub("", text).strip("、,;/")))


def no_name(text: str) -> str:
    """Why a text is no name; '' if it may be one."""
    if text.isdecimal():
        return "姓名一栏是数字"
    if text in _STATISTICS or field_of(text):
        return "姓名一栏不是姓名"
    if names_several(text):
        return "一格里写了几个姓名，请每人一行后再导入"
    return ""


def caption(text: str) -> str | None:
    """The title that a caption (一、石拐街道代表团（14人）) gives to the rows below; else None."""
    found = _CAPTION.fullmatch(text)
    return found["title"] if found else None


def caption_status(title: str) -> str | None:
    """The status that a caption gives to all below it (已辞职代表)."""
    return status_in(re.sub(r"(人大)?代表(名单)?|名单|人员", "", title)).value


def caption_town(title: str) -> str | None:
    """The town that a caption names."""
    return title.removesuffix("代表团") if title.endswith(_TOWN_ENDINGS) else None
