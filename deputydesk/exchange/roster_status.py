"""Reads from remarks whether a deputy is still in office."""

import re

from deputydesk.exchange.grid import plain, squeezed
from deputydesk.exchange.roster_types import IN_OFFICE
from deputydesk.exchange.roster_values import NOTHING, Reading

STATUSES = ("辞职", "罢免", "去世", "调离", "迁出", "终止", "暂停")
"""What a roster may say of a deputy who is not in office (any more)."""

_ENDINGS = (
    ("罢免", re.compile(r"罢免")),
    ("去世", re.compile(r"去世|逝世|病故|病逝|死亡|身故|亡故|已故|离世|殉职|牺牲")),
    ("辞职", re.compile(r"辞职|请辞|辞去")),
    ("调离", re.compile(r"调离|调出|调走|调往|工作调动|调任")),
    ("迁出", re.compile(r"迁出|迁离|迁往|搬离|迁居")),
    ("终止", re.compile(r"终止|资格取消|取消.*资格|撤销.*资格|丧失")),
    ("暂停", re.compile(r"暂停")),
)
_WHEN = re.compile(r"[\d年月日号.\-/，,;；。、()（）:：\s]+")
_SURE = re.compile(
    r"(因.{1,12}?)?(本人|个人|已经?|现|于|被|依法|责令|自动|主动|届中|任期内)*"
    r"(罢免|去世|逝世|病故|病逝|死亡|身故|亡故|已?故|离世|殉职|牺牲|辞职|请辞|提出辞职|辞去.{0,14}代表|调离.{0,8}|调出.{0,8}|调走|调往.{1,10}"
    r"|迁出.{0,10}|迁离.{0,10}|迁往.{1,10}|搬离.{0,8}|资格终止|代表资格(已|自行|自然)?终止|终止|丧失行为能力|丧失国籍|暂停(执行|履行)?)"
    r"(代表|职务|资格|已|被接受|获准|生效|自行终止|终止)*"
)
_IN_OFFICE = re.compile(
    r"(在任|在职|在岗|正常|正常履职|履职|履职中|现任|连任|新任|新当选|当选|是|有效|任职|任职中|√|✓|在)"
)


def read_status(text: str) -> Reading:
    """Status that a status column states."""
    whole = squeezed(text)
    if _IN_OFFICE.fullmatch(whole):
        return Reading(IN_OFFICE)
    noted = status_in(text)
    return (
        noted
        if noted != NOTHING
        else Reading(doubt=f"状态“{text}”看不懂", candidates=_ALL_STATUSES)
    )


_ALL_STATUSES = (IN_OFFICE, *STATUSES)


def status_in(text: str) -> Reading:
    """Status that a remark gives away (2023年3月辞职); a doubt where it may mean another matter."""
    whole = squeezed(text)
    found = [status for status, pattern in _ENDINGS if pattern.search(whole)]
    if not found:
        return NOTHING
    if _SURE.fullmatch(_WHEN.sub("", whole)):
        return Reading(found[0])
    return Reading(doubt=f"从“{plain(text)}”看不准是否还在任", candidates=_ALL_STATUSES)
