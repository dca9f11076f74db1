"""What counts as duty: the kinds of things that deputies do, and the parts of their files."""

from collections.abc import Mapping
from typing import Final

from deputydesk.rules.choices import Choice


class DutyPart(Choice):
    """The parts of a duty file, in its order; the first is the deputy's own data."""

    MEETING = "meeting", "会议出席"
    INSPECTION = "inspection", "视察调研"
    STUDY = "study", "学习培训"
    GROUP = "group", "小组活动"
    PROPOSAL = "proposal", "建议意见"
    ACCOUNT = "account", "述职与监督"
    HONOUR = "honour", "表彰"
    RECEPTION = "reception", "接待选民"
    LINK = "link", "双联系"
    SPEECH = "speech", "发言"
    SERVICE = "service", "为民服务"
    LEAVE = "leave", "请假缺席"


class DutyKind(Choice):
    """What a deputy did; the word before the dot is the kind of record it comes from."""

    MEETING = "meeting", "出席人代会"
    ASSEMBLY = "assembly", "参加议事会议"
    SIT_IN = "activity.sit_in", "列席会议"
    REPORT = "activity.report", "听取审议专项报告"
    BRIEFING = "activity.briefing", "政情通报"
    PRE_MEETING = "activity.pre_meeting", "会前征求意见"
    CADRE = "activity.cadre", "领导干部以代表身份座谈"
    INSPECTION = "activity.inspection", "集体视察"
    LAW_CHECK = "activity.law_check", "执法检查"
    FOLLOW_UP = "activity.follow_up", "跟踪监督"
    RESEARCH = "activity.research", "专项调研"
    COMMITTEE = "activity.committee", "专委会视察"
    INTERVIEW = "activity.interview", "约见负责人"
    TRIAL = "activity.trial", "旁听庭审"
    HEARING = "activity.hearing", "听证"
    FORUM = "activity.forum", "恳谈"
    LAW_ORDER = "activity.law_order", "点单送法"
    GROUP = "activity.group", "代表小组活动"
    TRAINING = "training", "学习培训"
    RECEPTION = "visit.reception", "接待选民"
    DELIBERATION = "visit.deliberation", "进家协商议事"
    HOME_POLICY = "visit.policy", "进家政策宣讲"
    HOME_STUDY = "visit.study", "进家学习培训"
    HOME_INSPECTION = "visit.inspection", "进家视察调研"
    HOME_REPORTING = "visit.reporting", "进家述职评议"
    LINK_VOTERS = "visit.link_voters", "联系选民"
    LINK_DEPUTIES = "visit.link_deputies", "与组成人员联系"
    OPINION = "opinion", "听取选民意见"
    SUGGESTION = "suggestion", "提出建议"
    LEG_OPINION = "leg_opinion", "提出立法意见"
    CONVERSION = "conversion", "推动检察衔接"
    SPEECH = "speech", "发言"
    PROJECT = "project", "监督民生实事"
    PETITION = "petition", "信访代办"
    POLICY = "service.policy", "政策宣讲"
    VOLUNTEER = "service.volunteer", "志愿服务"
    VISIT_MONTH = "service.visit_month", "走访月"
    BREAKFAST = "service.breakfast", "早餐会"
    COURTS = "service.courts", "法检两长走基层"
    HARMONY = "service.harmony", "化解矛盾"
    AID = "service.aid", "帮扶救助"
    GOOD_DEED = "service.deed", "为民办实事"
    DEED = "practice", "典型事迹"
    PUBLICITY = "publicity", "撰写宣传信息"
    EVALUATION = "evaluation", "述职测评"
    REMARK = "supervisor_remark", "监督员评语"
    HONOUR = "honour", "获得表彰"
    LEAVE = "leave", "请假"
    ABSENCE = "absence", "缺席"
    OTHER = "other", "其他履职"

    @property
    def part(self) -> DutyPart:
        """The part of the duty file in which it stands."""
        return _PART.get(self, DutyPart.SERVICE)


_K, _P = DutyKind, DutyPart

_KINDS: Final[Mapping[DutyPart, tuple[DutyKind, ...]]] = {
    _P.MEETING: (_K.MEETING, _K.ASSEMBLY, _K.SIT_IN, _K.REPORT, _K.BRIEFING, _K.PRE_MEETING),
    _P.INSPECTION: (
        *(_K.INSPECTION, _K.LAW_CHECK, _K.FOLLOW_UP, _K.RESEARCH, _K.COMMITTEE, _K.INTERVIEW),
        *(_K.TRIAL, _K.HEARING, _K.FORUM, _K.HOME_INSPECTION, _K.PROJECT),
    ),
    _P.STUDY: (_K.TRAINING, _K.HOME_STUDY),
    _P.GROUP: (_K.GROUP, _K.DELIBERATION, _K.CADRE),
    _P.PROPOSAL: (_K.SUGGESTION, _K.LEG_OPINION, _K.CONVERSION),
    _P.ACCOUNT: (_K.EVALUATION, _K.HOME_REPORTING, _K.REMARK),
    _P.HONOUR: (_K.HONOUR, _K.DEED, _K.PUBLICITY),
    _P.RECEPTION: (_K.RECEPTION, _K.OPINION),
    _P.LINK: (_K.LINK_VOTERS, _K.LINK_DEPUTIES),
    _P.SPEECH: (_K.SPEECH,),
    _P.SERVICE: (
        *(_K.POLICY, _K.HOME_POLICY, _K.VOLUNTEER, _K.VISIT_MONTH, _K.BREAKFAST, _K.COURTS),
        *(_K.HARMONY, _K.AID, _K.GOOD_DEED, _K.LAW_ORDER, _K.PETITION, _K.OTHER),
    ),
    _P.LEAVE: (_K.LEAVE, _K.ABSENCE),
}
_PART: Final = {kind: part for part, kinds in _KINDS.items() for kind in kinds}

NOT_DONE: Final = frozenset({DutyKind.LEAVE, DutyKind.ABSENCE, DutyKind.REMARK})
"""What stands in the file, but is nothing that the deputy did."""

LEAD, COSIGN = "领衔", "附议"
TOOK_PART = "参加"
