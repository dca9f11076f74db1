"""Which field a column heading means, as clerks write headings."""

import re

from deputydesk.exchange.grid import squeezed

_DECORATION = re.compile(r"[*＊★:：.。、_\-—\"'“”]|[(（\[【][^)）\]】]*[)）\]】]")

_SOMEBODY_ELSE = re.compile(
    r"联系人|联络员|配偶|领导|负责人|包联|包保|紧急|推荐|填报|填表|家属|亲属|子女|父|母|户主|监护|介绍人|选民|书记姓名"
    r"|^原|^旧|曾用|变更前|上届|十[一二三四五六七八九]?届.*姓名"
)

_LEADER = re.compile(r"(是否)?(担任|是)?(党政|副?[处科乡局]级)?领导(职务|干部)(是否)?|是否领导")
"""A column of the deputy's own; 领导 alone is somebody who looks after the deputy."""

_PATTERNS: dict[str, tuple[str, ...]] = {
    "serial": (r"总?序号?|编号|号|号码|行号|次序|no|顺序号?",),
    "name": (
        r"(人大|区|县|旗|市|镇|乡|苏木|街道)?(代表|人员|本人)?(姓名|名字)",
        r"(人大)?代表|name|姓名name",
    ),
    "sex": (r"性别|男女|男/女|性别男/?女|sex|gender",),
    "ethnic": (r"民族|族别|族",),
    "birth": (
        r"出生(年月日?|日期|时间|年月日期|年份月份)?|出生年、?月",
        r"生日|生年月日|出生年月时间|公历出生.*",
    ),
    "phone": (
        r"(本人|移动|联系|手机|通讯|常用)?(电话|手机|号码)(号码?|号)?|联系方式|通讯方式",
        r"联系电话手机|手机联系电话|移动电话号码?|电话手机|手机电话|联系手机|phone|tel|mobile",
    ),
    "id_no": (
        r"(居民)?身份证(件)?(号码?|编号)?|公民身份(证)?号码?|身份号码?",
        r"证件号码?|身份证件号码",
    ),
    "status": (r"(代表|任职|履职|目前|现)?(状态|状况)|是否在任|在任情况|在职情况|任职情况",),
    "party": (r"(所属|所在)?党派|政治面[貌目]|面貌|政治面貌党派|党派政治面貌|参加党派",),
    "member": (r"是否(为)?(中共)?党员|党员否|是否中共",),
    "education": (
        r"(最高|全日制|在职)?(学历|文化程度|教育程度|受教育程度|学历学位|学位|文化水平|文化|教育)",
    ),
    "employer": (r"(现|所在)?(工作)?单位(名称|全称)?|工作单位名称|就业单位|所在企业",),
    "job": (
        r"(现任?|工作|担任|行政|单位)?(职务|职业|职位|岗位)|现任工作及职务|工作岗位|职务或职业",
        r"(现?工作)?单位[及和与、/]?(现?任?)?职[务业称位].*|现?工作单位[及和与、/]?.*职务.*",
        r"职务职称|职业职务|身份职业|职业身份",
    ),
    "district": (
        r"(所在|所属|当选|原)?(选区|选举单位)(名称|编?号|号码)?",
        r"选举单位选区|原选举单位|选区选举单位",
    ),
    "level": (r"(代表)?层级|代表级别|代表类别层级|哪级代表|人大代表层级|代表类型",),
    "town": (
        r"(所在|所属)?(乡|镇|街道|苏木|街)(名称)?|(所在|所属)?代表团(名称)?|团别",
        r"(所在|所属)?(苏木)?(乡|镇|乡镇|镇乡|镇街|镇苏木)(街道)?(名称)?",
    ),
    "certificate_no": (r"(人大)?代表证(件)?(编?号码?|编号)?|代表编号|代表号",),
    "note": (
        r"备注|附注|说明|备考|其他说明|终止原因|资格变动(情况)?",
        r"(代表)?(变动|异动|变更|变化)(情况|说明|原因)?",
    ),
}
_HEADINGS = {
    name: re.compile("|".join(patterns), re.IGNORECASE) for name, patterns in _PATTERNS.items()
}
_TICKS = {"男": "male", "女": "female"}


_OUT_OF_DATE = re.compile(r"[(（\[【].*(旧|原|停用|作废|曾用).*[)）\]】]")


def bare(text: str) -> str:
    """A heading without spaces, brackets, stars and colons."""
    return _DECORATION.sub("", squeezed(text))


def field_of(heading: str) -> str | None:
    """The field that a heading means by itself; None if it means none that is known."""
    whole = bare(heading)
    if _LEADER.fullmatch(whole):
        return "leader"
    if not whole or _SOMEBODY_ELSE.search(whole) or _OUT_OF_DATE.search(heading):
        return None
    for name, pattern in _HEADINGS.items():
        if pattern.fullmatch(whole):
            return name
    return None


def field_below(groups: tuple[str, ...], heading: str) -> str | None:
    """The field of a heading below group headings (基本情况 › 性别; 出生 › 年月; 联系人 › 姓名)."""
    parts = [bare(group) for group in groups if bare(group)]
    own = bare(heading)
    if _LEADER.fullmatch(own):
        return "leader"
    if any(_SOMEBODY_ELSE.search(part) for part in (*parts, own)) or _OUT_OF_DATE.search(heading):
        return None
    if own in _TICKS and any(field_of(part) == "sex" for part in parts):
        return _TICKS[own]
    tries = ["".join((*parts[start:], own)) for start in range(len(parts))]
    tries += [own] if own else []
    tries += [] if own else reversed(parts)
    return next((found for text in tries if (found := field_of(text))), None)


def is_mobile(heading: str) -> bool:
    """Whether the heading says that the number is a mobile one."""
    return "手机" in heading or "移动" in heading


def looks_like_heading(text: str) -> bool:
    """Whether the text could stand in a header row: short, and no number."""
    whole = squeezed(text)
    return 0 < len(whole) <= 20 and not re.search(r"\d{3,}", whole)
