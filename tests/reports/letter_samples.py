"""Invented letters: usual ones, and as bad as they can come."""

from dataclasses import replace

from deputydesk.models.choices import Adoption, TalkForm
from deputydesk.reports.assign_notice import AssignAnnex
from deputydesk.reports.extension_form import ExtensionPaper
from deputydesk.reports.feedback_form import FeedbackPaper
from deputydesk.reports.letter import Letter, Letterhead
from deputydesk.reports.official import Block, Signature
from deputydesk.reports.reception_notice import Schedule
from deputydesk.reports.slip import Slip, SlipCell
from deputydesk.rules.satisfaction import Satisfaction
from tests.reports.samples import DAY, HUGE, LONG_NAME, LONGEST_NAME, NAMES, NASTY, SENTENCE

HEAD = Letterhead(
    organ="石拐区五当召镇人民代表大会主席团",
    number="五人大函〔2026〕17号",
    mark="类别：A",
    record="DF-20260918-1A2B3C",
    code="DD1:DF:1A2B3C4D5E6F:20260918",
)
LONG_ORGAN = "内蒙古自治区包头市石拐区吉忽伦图苏木人民代表大会主席团民生实事项目监督工作委员会"


def slip() -> Slip:
    """A slip to be cut off."""
    return Slip(
        "签收回执",
        ((SlipCell("承办单位", "区住建局"), SlipCell("签收人员")), (SlipCell("签收日期"),)),
        "请退回。",
    )


def letter(lines: int = 3) -> Letter:
    """A usual letter with so many lines of text."""
    return Letter(
        head=HEAD,
        title="关于镇十七届人大五次会议第17号建议的答复",
        to="王海燕代表",
        blocks=(
            Block("heading", "一、基本情况"),
            Block("subheading", "（一）列入民生实事项目"),
            *(Block("text", "一行文字。") for _ in range(lines)),
        ),
        signed=Signature("石拐区五当召镇人民政府", DAY, "联系人：苏日娜　电话：0472-0000000"),
        copies="五当召镇人大主席团，五当召镇人民政府",
    )


def worst_letters() -> list[Letter]:
    """Everything too long: the organ, the title, 200 names, 8,000 characters, rare characters."""
    names = "、".join(NAMES[n % len(NAMES)] for n in range(200))
    base = letter()
    item = ("第1号", SENTENCE, LONGEST_NAME, "分别办理", SENTENCE, "2026年12月30日")
    cells = (SlipCell("承办单位", LONG_ORGAN), SlipCell("件　　数", SENTENCE))
    long = replace(
        base,
        head=replace(HEAD, organ=LONG_ORGAN, number=f"内包石吉苏人大民监函〔2026〕{'1' * 30}号"),
        title=f"关于{SENTENCE}{LONG_NAME}的答复",
        to=f"{names}代表",
        blocks=(Block("heading", SENTENCE), Block("text", HUGE), Block("text", NASTY)),
        annexes=(SENTENCE, "签收回执"),
        signed=Signature(LONG_ORGAN * 2, DAY, SENTENCE),
        copies=names,
        annex=AssignAnnex((item,) * 40, Slip("回执", (cells,), SENTENCE)),
    )
    red = replace(long, head=replace(long.head, style="red"), copies=SENTENCE, annex=None)
    table = replace(
        red, annex=Schedule(tuple(("12月30日（周三）", "上午", SENTENCE, names) for _ in range(9)))
    )
    return [
        long,
        red,
        table,
        replace(red, head=replace(red.head, is_preprinted=True, moved=(3, -4))),
    ]


def feedback() -> FeedbackPaper:
    """A form that came back."""
    return FeedbackPaper(
        number="ZX-20260918-1A2B3C",
        code="1A2B3C4D5E6F",
        suggestion="镇十七届人大五次会议第17号建议",
        headline="关于加快旧区供水管网改造的建议",
        lead="王海燕",
        cosigners="张䶮、李𬀩",
        main_units="镇人民政府",
        joint_units="区住建局",
        replied_on=DAY,
        answer_class="A类",
        talk_form=TalkForm.VISIT,
        attitude=Satisfaction.SATISFIED,
        result=Satisfaction.MOSTLY,
        adoption=Adoption.PARTLY,
        opinion=SENTENCE,
        note="请于2026年10月30日前退回五当召镇人大主席团。",
    )


def worst_feedback() -> FeedbackPaper:
    """200 signers, and 8,000 characters of opinion."""
    return replace(
        feedback(),
        number="ZX-" + "0" * 40,
        suggestion=SENTENCE,
        headline=SENTENCE * 3,
        lead=LONGEST_NAME,
        cosigners="、".join(NAMES[n % len(NAMES)] for n in range(200)),
        main_units=SENTENCE,
        joint_units=SENTENCE * 2,
        answer_class=SENTENCE,
        opinion=HUGE + NASTY,
        note=SENTENCE * 3,
    )


def extension() -> ExtensionPaper:
    """A wish for more time that was granted."""
    return ExtensionPaper(
        number="YQ-20260918-1A2B3C",
        code="DD1:YQ:1A2B3C4D5E6F:20260918",
        suggestion="镇十七届人大五次会议第17号建议",
        headline="关于加快旧区供水管网改造的建议",
        lead="额尔敦巴雅尔",
        unit="区住建局",
        assigned_on=DAY,
        due_on=DAY,
        asked_on=DAY,
        reason=SENTENCE,
        decision="同意延期。",
        decided_on=DAY,
        new_due_on=DAY,
        told_on=DAY,
    )


def worst_extension() -> ExtensionPaper:
    """Long texts everywhere."""
    return replace(
        extension(),
        number="YQ-" + "0" * 40,
        suggestion=SENTENCE,
        headline=SENTENCE * 3,
        lead=LONGEST_NAME,
        unit=LONG_ORGAN,
        latest=DAY,
        reason=HUGE,
        decision=HUGE + NASTY,
    )


def feedback_sent() -> FeedbackPaper:
    """A form that was sent and waits for its answer."""
    return replace(
        feedback(), talk_form=None, attitude=None, result=None, adoption=None, opinion=""
    )


def worst_feedback_sent() -> FeedbackPaper:
    """The worst form while it waits."""
    return replace(
        worst_feedback(), talk_form=None, attitude=None, result=None, adoption=None, opinion=""
    )
