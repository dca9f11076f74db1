"""Invented forms of one record: usual ones, and as bad as they can come."""

from dataclasses import replace

from deputydesk.models.choices import CommitmentState, TalkForm
from deputydesk.reports.face_reply_record import FaceReplyPaper
from deputydesk.reports.legislation_summary import Summary, SummaryRow
from deputydesk.reports.meeting_record import MeetingPaper
from deputydesk.reports.opinion_slip import OpinionPaper
from deputydesk.reports.petition_form import PetitionPaper
from deputydesk.reports.promise_receipt import PromisePaper
from deputydesk.reports.suggestion_paper import SuggestionPaper
from deputydesk.rules.satisfaction import Satisfaction
from tests.reports.letter_samples import LONG_ORGAN
from tests.reports.samples import DAY, HUGE, LONGEST_NAME, NAMES, NASTY, SENTENCE

SIGNERS = tuple(NAMES[n % len(NAMES)] for n in range(200))
EVERYBODY = "、".join(SIGNERS)
ABOUT = "镇十七届人大五次会议第17号建议"
HEADLINE = "关于加快旧区供水管网改造的建议"


def meeting() -> MeetingPaper:
    """A talk that was held."""
    return MeetingPaper(
        number="MS-20260918-1A2B3C",
        code="DD1:MS:1A2B3C4D5E6F:20260918",
        suggestion=ABOUT,
        headline=HEADLINE,
        lead="李𬀩",
        unit="区住建局",
        held_on=DAY,
        form=TalkForm.VISIT,
        people="区住建局副局长贺建国、镇人大专干苏日娜",
        content=SENTENCE * 3,
    )


def worst_meeting() -> MeetingPaper:
    """200 people, and 8,000 characters."""
    return replace(
        meeting(),
        number="MS-" + "0" * 40,
        suggestion=SENTENCE,
        headline=SENTENCE * 3,
        lead=LONGEST_NAME,
        unit=LONG_ORGAN * 2,
        people=EVERYBODY,
        content=HUGE + NASTY,
    )


def face_reply() -> FaceReplyPaper:
    """An answer that was given in person."""
    return FaceReplyPaper(
        number="DM-20260918-1A2B3C",
        code="DD1:DM:1A2B3C4D5E6F:20260918",
        suggestion=ABOUT,
        headline=HEADLINE,
        lead="张䶮",
        unit="区住建局",
        replied_on=DAY,
        signer="贺建国",
        document_no="石住建函〔2026〕17号",
        answer_class="A类",
        answer=SENTENCE * 3,
    )


def worst_face_reply() -> FaceReplyPaper:
    """Long texts everywhere."""
    return replace(
        face_reply(),
        number="DM-" + "0" * 40,
        suggestion=SENTENCE,
        headline=SENTENCE * 3,
        lead=LONGEST_NAME,
        unit=LONG_ORGAN * 2,
        signer=LONGEST_NAME,
        document_no=SENTENCE,
        answer_class=SENTENCE,
        answer=HUGE + NASTY,
    )


def promise() -> PromisePaper:
    """A promise that was kept."""
    return PromisePaper(
        number="CN-20260918-1A2B3C",
        code="DD1:CN:1A2B3C4D5E6F:20260918",
        suggestion=ABOUT,
        headline=HEADLINE,
        lead="马云飞",
        unit="区住建局",
        promised_on=DAY,
        due_on=DAY,
        content="2027年6月底前完成主管更换4.6公里。",
        progress="2026年9月8日：已更换2.8公里。",
        state=CommitmentState.KEPT,
        verdict="经现场查看，已经落实。",
        settled_on=DAY,
        contact="联系人：苏日娜　电话：0472-0000000",
    )


def worst_promise() -> PromisePaper:
    """Long texts everywhere."""
    return replace(
        promise(),
        number="CN-" + "0" * 40,
        suggestion=SENTENCE,
        headline=SENTENCE * 3,
        lead=LONGEST_NAME,
        unit=LONG_ORGAN * 2,
        content=HUGE,
        progress=HUGE + NASTY,
        verdict=HUGE,
        contact=SENTENCE * 3,
    )


def suggestion() -> SuggestionPaper:
    """A suggestion of a deputy with two others."""
    return SuggestionPaper(
        number="JY-20260918-1A2B3C",
        code="DD1:JY:1A2B3C4D5E6F:20260918",
        suggestion="第17号",
        meeting="镇十七届人大五次会议",
        category="城乡建设",
        submitted_on=DAY,
        headline=HEADLINE,
        lead="李𬀩",
        certificate="WDZ-0017",
        district="第三选区（民馨社区）",
        job="五当召镇中心卫生院副院长",
        phone="0472-0000000",
        cosigners=("张䶮", "额尔敦巴雅尔"),
        wished_unit="区住建局",
        wishes_talk=True,
        is_public=True,
        is_confidential=False,
        reason=SENTENCE * 5,
        proposal=f"一、{SENTENCE}\n二、{SENTENCE}\n三、{SENTENCE}",
        review="同意作为代表建议交办。",
        reviewed_on=DAY,
        handling="主办：区住建局（2026年12月8日前）\n协办：区财政局（2026年12月8日前）",
        handled_on=DAY,
    )


def worst_suggestion() -> SuggestionPaper:
    """200 signers, 16,000 characters, long words everywhere."""
    return replace(
        suggestion(),
        number="JY-" + "0" * 40,
        suggestion="第12345678号",
        meeting=SENTENCE,
        category=SENTENCE,
        headline=SENTENCE * 3,
        lead=LONGEST_NAME,
        certificate=SENTENCE,
        district=SENTENCE,
        job=SENTENCE * 2,
        phone=SENTENCE,
        cosigners=(*SIGNERS[1:], LONGEST_NAME),
        wished_unit=SENTENCE * 2,
        reason=HUGE + NASTY,
        proposal=HUGE,
        review=HUGE[:1500],
        handling=SENTENCE * 20,
    )


def opinion() -> OpinionPaper:
    """An opinion that a unit has dealt with."""
    return OpinionPaper(
        number="ZB-20260918-1A2B3C",
        code="DD1:ZB:1A2B3C4D5E6F:20260918",
        opinion="第83号（2026）",
        heard_on=DAY,
        channel="代表进家接待",
        deputy="李𬀩",
        home="五当召镇人大代表之家",
        place="民馨社区",
        category="城建环保",
        hearings=3,
        matter="村道路灯不亮",
        detail=SENTENCE * 3,
        deputy_view="建议列入本月维修计划。",
        unit="区住建局",
        assigned_on=DAY,
        due_on=DAY,
        is_provisional=True,
        outcome="已更换路灯11盏。",
        handled_on=DAY,
        told="2026年10月8日　上门",
        judged=Satisfaction.SATISFIED,
        contact="联系人：苏日娜　电话：0472-0000000",
    )


def worst_opinion() -> OpinionPaper:
    """Long texts everywhere."""
    return replace(
        opinion(),
        number="ZB-" + "0" * 40,
        channel=SENTENCE,
        deputy=LONGEST_NAME,
        home=SENTENCE,
        place=SENTENCE * 2,
        category=SENTENCE,
        matter=SENTENCE * 4,
        detail=HUGE + NASTY,
        deputy_view=HUGE[:1500],
        unit=LONG_ORGAN * 2,
        refused_why=SENTENCE * 9,
        outcome=HUGE,
        told=SENTENCE * 9,
        contact=SENTENCE * 2,
    )


def petition() -> PetitionPaper:
    """A petition that was answered and looked at again."""
    return PetitionPaper(
        number="XF-20260918-1A2B3C",
        code="DD1:XF:1A2B3C4D5E6F:20260918",
        reported_on=DAY,
        name="李𬀩",
        sex="女",
        people=3,
        phone="0472-0000000",
        address="爬榆树嘎查二组17号",
        category="农牧",
        matter="草场补偿款没有发放",
        detail=SENTENCE * 2,
        risk=True,
        risk_note="涉及12户",
        agent="张䶮",
        named_on=DAY,
        promise="陪同到区信访局登记，每月问一次进展。",
        unit="区信访局",
        registered="2026年10月8日　石信〔2026〕17号",
        told_on=DAY,
        due_on=DAY,
        extension="2026年10月8日　情况复杂，延长30日",
        answer="2026年10月8日　补偿款分两批发放。",
        is_accepted=False,
        appeals="2026年10月8日　申请复查\n2026年10月8日　复查意见：维持",
        visit="2026年10月8日　已发放。",
        closed_on=DAY,
    )


def worst_petition() -> PetitionPaper:
    """Long texts everywhere."""
    return replace(
        petition(),
        number="XF-" + "0" * 40,
        name=LONGEST_NAME,
        phone=SENTENCE,
        address=SENTENCE * 2,
        category=SENTENCE,
        matter=SENTENCE * 4,
        detail=HUGE + NASTY,
        risk_note=SENTENCE * 3,
        agent=LONGEST_NAME,
        promise=HUGE[:900],
        unit=LONG_ORGAN * 2,
        registered=SENTENCE,
        extension=SENTENCE * 9,
        answer=HUGE,
        appeals=HUGE,
        visit=HUGE[:900],
    )


def summary(rows: int = 24) -> Summary:
    """A draft law with opinions on its articles."""
    return Summary(
        number="LF-20260918-1A2B3C",
        code="DD1:LF:1A2B3C4D5E6F:20260918",
        name="包头市物业管理条例（草案征求意见稿）",
        tasked_by="石拐区人大常委会",
        received_on=DAY,
        due_on=DAY,
        held="2026年10月8日在五当召镇人大代表之家座谈；立法联络站、信息采集点3个",
        counts="参加46人次，收集意见24条，其中合并2条；未反馈0条，采纳9条，部分采纳3条，未采纳12条",
        rows=tuple(
            SummaryRow(
                article=f"第{n + 1}条第二款" if n % 3 else "总体意见",
                content=SENTENCE,
                reason="便于执行" if n % 2 else "",
                who=f"{NAMES[n % len(NAMES)]}（民馨社区采集点）",
                count=1 + n % 3,
                adoption=("采纳", "部分采纳", "未采纳")[n % 3],
                answer="已在第十七条作出规定。" if n % 3 else "",
                fed_back_on=DAY,
            )
            for n in range(rows)
        ),
    )


def worst_summary() -> Summary:
    """Long words everywhere, some longer than a page."""
    row = SummaryRow(SENTENCE, HUGE + NASTY, HUGE[:900], EVERYBODY, 200, SENTENCE, HUGE[:2000], DAY)
    return replace(
        summary(40),
        number="LF-" + "0" * 40,
        name=SENTENCE * 3,
        tasked_by=SENTENCE,
        held=SENTENCE * 4,
        counts=SENTENCE * 4,
        rows=(*summary(40).rows, row, row),
    )
