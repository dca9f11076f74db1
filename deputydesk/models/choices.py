"""The fixed lists that people choose from; the value is stored, the label is shown."""

from deputydesk.rules.choices import Choice


class OfficeKind(Choice):
    """What the office is."""

    TOWN = "town", "镇"
    TOWNSHIP = "township", "乡"
    SUMU = "sumu", "苏木"
    STREET = "street", "街道"
    DISTRICT = "district", "区（旗、县）"


class Level(Choice):
    """Level of the congress that a deputy sits in."""

    TOWN = "town", "苏木乡镇"
    DISTRICT = "district", "区（旗县）"
    CITY = "city", "市"
    REGION = "region", "自治区"


class HomeLevel(Choice):
    """Level of a deputy home."""

    DISTRICT = "district", "区级"
    TOWN = "town", "苏木镇街道级"
    VILLAGE = "village", "嘎查村级"
    ENTERPRISE = "enterprise", "企业"


class StationRole(Choice):
    """What a station is; one place may be several."""

    STATION = "station", "代表工作站"
    RECEPTION = "reception", "代表接待岗"
    STUDIO = "studio", "代表工作室"
    DELIBERATION = "deliberation", "代表协商议事厅"
    LEGISLATION = "legislation", "立法联络站"
    COLLECTION = "collection", "立法信息采集点"
    PROCURATORATE = "procuratorate", "检察工作站"
    COURT = "court", "流动法官工作站"
    POLICE = "police", "警企服务站"


class Sex(Choice):
    """Sex of a person."""

    UNKNOWN = "", ""
    MALE = "male", "男"
    FEMALE = "female", "女"


class VisitKind(Choice):
    """What a duty activity is; the first five are held at a home, the last two are 双联系."""

    RECEPTION = "reception", "接待选民"
    DELIBERATION = "deliberation", "协商议事"
    POLICY = "policy", "政策宣讲"
    STUDY = "study", "学习培训"
    INSPECTION = "inspection", "视察调研"
    REPORTING = "reporting", "述职评议"
    LINK_VOTERS = "link_voters", "代表联系选民"
    LINK_DEPUTIES = "link_deputies", "组成人员联系代表"


class LinkMethod(Choice):
    """How a deputy met voters."""

    NONE = "", ""
    FORUM = "forum", "座谈"
    APPOINTMENT = "appointment", "约见"
    HOUSEHOLD = "household", "入户走访"
    TALK = "talk", "谈心"
    PHONE = "phone", "电话"


class Channel(Choice):
    """The way by which an opinion of a voter came."""

    HOME = "home", "代表进家接待"
    RECEPTION = "reception", "代表接待岗"
    STUDIO = "studio", "代表工作室"
    BREAKFAST = "breakfast", "早餐会"
    LINK = "link", "双联系"
    HOUSEHOLD = "household", "入户走访"
    PHONE = "phone", "电话"
    LETTER = "letter", "来信"


class Route(Choice):
    """Where an opinion goes after it was heard."""

    OPEN = "", ""
    ON_SPOT = "on_spot", "当场答复"
    VILLAGE = "village", "转嘎查村、社区办理"
    UNIT = "unit", "转单位办理"
    SUGGESTION = "suggestion", "转为代表建议"
    REDIRECTED = "redirected", "引导至信访或法律途径"
    REFERENCE = "reference", "留作参考"


class UnitRole(Choice):
    """What part a unit has in handling a suggestion."""

    MAIN = "main", "主办"
    ASSIST = "assist", "协办"
    SEPARATE = "separate", "分别办理"


class HandbackOutcome(Choice):
    """What became of a unit's wish to hand a suggestion back."""

    NONE = "", ""
    ASKED = "asked", "已提出"
    AGREED = "agreed", "同意"
    REFUSED = "refused", "不同意"


class TalkForm(Choice):
    """How a unit talked with the deputy."""

    FORUM = "forum", "座谈"
    VISIT = "visit", "上门"
    PHONE = "phone", "电话"
    OTHER = "other", "其他"
    NONE = "none", "无沟通"


class YesNo(Choice):
    """What somebody answers to a plain question; nothing, if not asked or not known."""

    NONE = "", ""
    YES = "yes", "是"
    NO = "no", "否"


class Adoption(Choice):
    """How far a suggestion was taken up, on the feedback form."""

    NONE = "", ""
    ADOPTED = "adopted", "采纳"
    PARTLY = "partly", "部分采纳"
    LATER = "later", "近期不能落实"
    REFUSED = "refused", "未采纳"


class CommitmentState(Choice):
    """What became of a promise made in an answer."""

    OPEN = "open", "落实中"
    KEPT = "kept", "已落实"
    BROKEN = "broken", "未落实"


class RejectReason(Choice):
    """Why a suggestion is not taken (union of the provincial rules)."""

    NONE = "", ""
    PRIVATE = "private", "涉及本人及其亲属个人问题"
    CASE = "case", "涉及具体司法案件或检举、控告、申诉"
    LETTER = "letter", "代转人民群众来信"
    ACADEMIC = "academic", "属于学术探讨、产品推介"
    EMPTY = "empty", "没有实际内容"
    BIDDING = "bidding", "属于正在招投标的事项"
    POWERS = "powers", "不属于本级职权范围"
    INTEREST = "interest", "与本人有利益冲突"


class EndReason(Choice):
    """Why a mandate ended."""

    NONE = "", ""
    TERM = "term", "任期届满"
    MOVED = "moved", "迁出或调离"
    RESIGNED = "resigned", "辞职"
    ABSENT = "absent", "两次未经批准缺席会议"
    RECALLED = "recalled", "被罢免"
    NATIONALITY = "nationality", "丧失国籍"
    DEPRIVED = "deprived", "剥夺政治权利"
    INCAPABLE = "incapable", "丧失行为能力"
    DIED = "died", "去世"
    OTHER = "other", "其他原因终止"


class EvaluationState(Choice):
    """How far an evaluation is."""

    PREPARED = "prepared", "准备中"
    COUNTED = "counted", "已计票"
    ANNOUNCED = "announced", "已公布"
