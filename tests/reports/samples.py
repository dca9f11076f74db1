"""Invented data for printed forms: none, normal, and as bad as it can come."""

import io
from datetime import date, datetime

from PIL import Image

from deputydesk.reports import OfficeHead
from deputydesk.reports.annual_report import AnnexLine, AnnualReportPaper
from deputydesk.reports.ballot import Ballot, Candidate
from deputydesk.reports.ballot_result import BallotResult, Tally
from deputydesk.reports.charts import GradeCount, MonthCount
from deputydesk.reports.deputy_card import DeputyCard
from deputydesk.reports.duty_report import DutyReport, DutyRow, Fact, SuggestionRow, Tile
from deputydesk.reports.official import Block
from deputydesk.reports.reception_form import DeputyPresent, Reception, VoterOpinion
from deputydesk.reports.suggestion_ledger import Ledger, LedgerRate, LedgerRow
from deputydesk.rules import qr_codes

OFFICE = OfficeHead(
    name="五当召镇",
    full_name="石拐区五当召镇",
    organ="五当召镇人大主席团",
    handling_organ="镇人大主席团",
    chair="主席",
)
DAY = date(2026, 10, 8)

LONG_NAME = "嘉木样·洛桑久美·图丹却吉尼玛"
RARE_NAME = "𬱖𫖮"
LONGEST_NAME = "阿布都热合曼·买买提吐尔逊·阿卜杜克热木江·木合塔尔"
NAMES = (
    "马云飞", "王海燕", "乌兰图雅", "田大利", "邓文博", "那顺朝鲁", "苏日娜", "李𬀩", "张䶮",
    RARE_NAME, "赵㛃", "钱𬭎", LONG_NAME, "额尔敦巴雅尔", "贺建国", "高永强", "盖志远", "寇昉",
    "欧阳丽", "何买拉苏",
)  # fmt: skip
SENTENCE = "进“家”接待选民7人（其中《草原法》咨询2人），围绕基层医疗、养老助餐收集意见5条；"
HUGE = (SENTENCE * 250)[:8000]
NASTY = (
    "好。。。。（（（“”“”——……、，；："
    "https://example.invalid/a-very-long-address/without/any/break?in=it&and=more\n"
    "第二行\t制表\u200b零宽\u00a0空格\r\n\r\n𠅤𪚥㎡☑①〔2026〕"
)
SCALES = {
    3: ("称职", "基本称职", "不称职"),
    4: ("满意", "基本满意", "不满意", "不了解"),
    5: ("优秀", "称职", "基本称职", "不称职", "弃权（不了解）"),
}


def photo() -> bytes:
    """A small picture, wider than high."""
    packed = io.BytesIO()
    Image.new("RGB", (90, 60), "#3366AA").save(packed, "PNG")
    return packed.getvalue()


def duty_report(name: str = "乌兰图雅", *, rows: int = 10) -> DutyReport:
    """A usual report."""
    return DutyReport(
        name,
        date(2026, 1, 1),
        date(2026, 9, 30),
        number="LZ-2026-0004",
        code="DD1:LZ:2026:WDZ-0004",
        facts=(
            Fact("姓名", name), Fact("性别", "女"), Fact("民族", "蒙古族"),
            Fact("出生年月", "1984年5月"), Fact("代表层级", "区、镇两级"),
            Fact("工作单位", "五当召镇中心卫生院副院长"),
            Fact("所在代表之家", "五当召镇人大代表之家"), Fact("联系电话", "138****0472"),
        ),
        tiles=(
            Tile("履职积分", "86", "分", "全镇第2名"), Tile("接待选民", "47", "人次", "进“家”9次"),
            Tile("提出建议", "6", "件"), Tile("述职测评满意率", "96.4", "%", "发出112张"),
        ),
        months=tuple(MonthCount(f"{n}月", n % 5, 3) for n in range(1, 10)),
        grades=(GradeCount("满意", 93), GradeCount("基本满意", 15), GradeCount("不满意", 0)),
        duties=tuple(
            DutyRow(date(2026, 1, 1 + n % 28), "接待选民", SENTENCE, "4") for n in range(rows)
        ),
        suggestions=tuple(
            SuggestionRow(str(n), "关于加快旧区供水管网改造的建议", "镇政府、区住建局", "正在办理")
            for n in range(6)
        ),
        self_assessment=SENTENCE * 4,
    )  # fmt: skip


def worst_duty_report() -> DutyReport:
    """Everything too long, too many, too rare."""
    return DutyReport(
        LONGEST_NAME,
        date(2025, 12, 1),
        date(2026, 9, 30),
        number="LZ-2026-" + "0" * 40,
        code="DD1:LZ:2026:WDZ-0004",
        photo=photo(),
        facts=(
            *(Fact(f"{LONG_NAME}第{n}项", SENTENCE) for n in range(13)),
            Fact("姓名", LONGEST_NAME),
        ),
        tiles=tuple(Tile("述职测评满意率合计", "123456.7", "万人次", SENTENCE) for _ in range(5)),
        months=tuple(MonthCount(f"2026年{n}月", 1000 * n, 999) for n in range(1, 25)),
        grades=tuple(GradeCount("基本满意以上的合计", n * 999) for n in range(5)),
        duties=tuple(
            DutyRow(None, "代表小组活动和集体视察", NASTY if n % 9 == 0 else SENTENCE, "-118.5")
            if n != 7
            else DutyRow(None, "其他", HUGE)
            for n in range(200)
        ),
        suggestions=tuple(
            SuggestionRow("石人建〔2026〕123号", HUGE[:900], NASTY, "督办", "基本满意")
            for _ in range(9)
        ),
        self_assessment=f"{HUGE}\n{NASTY}\n{RARE_NAME}",
    )  # fmt: skip


def ballot(options: int = 4, deputies: int = 12) -> Ballot:
    """A usual ballot; more than twenty deputies repeat."""
    return Ballot(
        run="7K3Q9X",
        title="五当召镇第十七届人民代表大会代表述职",
        options=SCALES[options],
        deputies=tuple(
            Candidate(NAMES[n % len(NAMES)], "五当召镇第十一选区（爬榆树嘎查）")
            for n in range(deputies)
        ),
        meeting="2026年第三季度代表进“家”述职测评会",
        place="五当召镇人大代表之家",
        held_on=date(2026, 9, 28),
    )  # fmt: skip


def worst_ballot(options: int) -> Ballot:
    """Long words everywhere."""
    return Ballot(
        run="7K3Q9X",
        title=SENTENCE,
        options=SCALES[options],
        deputies=tuple(Candidate(LONGEST_NAME, SENTENCE) for _ in range(33)),
        meeting=SENTENCE * 2,
        place=NASTY.replace("\n", ""),
        held_on=date(2026, 12, 28),
    )


def ballot_result(options: int = 4, deputies: int = 20) -> BallotResult:
    """The result of a usual evaluation: 157 valid ballots."""
    votes = {3: (150, 5, 1), 4: (100, 40, 10, 6), 5: (100, 40, 10, 4, 2)}[options]
    return BallotResult(
        title="五当召镇第十七届人民代表大会代表述职",
        options=SCALES[options],
        tallies=tuple(
            Tally(NAMES[n % len(NAMES)], votes, 1, SCALES[options][0], "五当召镇中心卫生院")
            for n in range(deputies)
        ),
        issued=160,
        returned=158,
        valid=157,
        invalid=1,
        meeting="2026年第三季度代表进“家”述职测评会",
        place="五当召镇人大代表之家",
        held_on=date(2026, 9, 28),
        host="盖志远",
        scrutineers=f"贺建国、{LONG_NAME}",
        tellers="苏日娜、王海燕",
        rule="满意票达到半数为满意；其余为不满意",
        number="CP-2026-0003",
    )


def reception() -> Reception:
    """A visit at which two voters spoke."""
    return Reception(
        number="JD-2026-0018",
        code="DD1:JD:2026:WDZ-0018",
        home="五当召镇人大代表之家",
        place="五当召镇便民服务中心二楼",
        begins=datetime(2026, 9, 10, 9, 0),
        ends=datetime(2026, 9, 10, 11, 30),
        deputies=(DeputyPresent("乌兰图雅", "区级"), DeputyPresent("张䶮", "镇级")),
        recorder="苏日娜",
        opinions=(
            VoterOpinion(
                "额尔敦达来", "男", "58岁", "爬榆树嘎查二组17号", "138****0472", "路灯坏了三个月。",
                "当场电话核实。", "建议列入本月维修计划。", "请镇政府办理。", "已更换路灯11盏。",
                "9月23日，代表上门告知", "满意",
            ),
            VoterOpinion(words="（匿名）医保异地报销手续太繁。"),
        ),
    )  # fmt: skip


def worst_reception() -> Reception:
    """Long texts in every field."""
    return Reception(
        number="JD-2026-0018" * 4,
        home=SENTENCE,
        place=SENTENCE,
        begins=datetime(2026, 9, 10, 0, 0),
        deputies=tuple(DeputyPresent(LONGEST_NAME, "自治区级") for _ in range(40)),
        recorder=LONGEST_NAME,
        opinions=(
            VoterOpinion(
                LONGEST_NAME, "女", "约五十八岁", NASTY, "0472-8700000转8001", HUGE, NASTY, HUGE,
                SENTENCE * 20, HUGE[:2000], SENTENCE * 2, SENTENCE,
            ),
        ),
    )  # fmt: skip


def ledger(rows: int = 40) -> Ledger:
    """A usual ledger."""
    return Ledger(
        title="石拐区五当召镇第十七届人大二次会议代表建议办理台账",
        rows=tuple(
            LedgerRow(
                str(n + 1), "关于持续改善城乡人居环境的建议（转公益诉讼检察建议）",
                NAMES[n % len(NAMES)], n % 7, "城建环保", "镇政府、区住建局",
                "区水务局" if n % 4 else "", date(2026, 3, 5),
                date(2026, 6, 5), due_is_provisional=n % 9 == 0, talked="1次" if n % 4 else "",
                has_talked=n % 4 > 0,
                answered_on=date(2026, 5, 28) if n % 3 else None, answer_class="B" if n % 3 else "",
                satisfaction="基本满意" if n % 3 else "", rehandled="1次" if n % 2 else "",
                commitment="2027年6月底前完成", status="正在办理",
            )
            for n in range(rows)
        ),
        period="2026年1月1日—9月30日",
        classes=(("A", "已解决或采纳"), ("B", "列入计划逐步解决"), ("C", "留作参考")),
        rates=(LedgerRate("按期答复率", 181, 181, "按期限内答复的件数÷已答复的件数"),),
        number="TZ-2026-01",
    )  # fmt: skip


def worst_ledger() -> Ledger:
    """Two hundred rows, some of them longer than a page."""
    usual = ledger(200).rows
    worst = LedgerRow(
        "石人建〔2026〕123号", HUGE, LONGEST_NAME, 120, "城乡建设和环境资源保护", SENTENCE * 3,
        NASTY, date(2026, 3, 5), date(2026, 6, 5), commitment=SENTENCE * 4,
        status="重新办理中", remark=SENTENCE * 9,
    )  # fmt: skip
    return Ledger(
        title=SENTENCE * 2,
        rows=(*usual[:3], worst, *usual[3:]),
        classes=(("A", SENTENCE * 6),),
        rates=(LedgerRate("满意率", 0, 0),),
    )


def deputy_cards(count: int) -> list[DeputyCard]:
    """Usual cards; every other has a photo."""
    return [
        DeputyCard(
            NAMES[n % len(NAMES)],
            title="石拐区人大代表" if n % 2 else "市、区、苏木乡镇人大代表",
            district=f"第{n + 1}选区",
            home="五当召镇人大代表之家",
            job="五当召镇中心卫生院副院长",
            duty_day="每月15日",
            phone="0472-0000000" if n % 2 else "",
            motto="有事找代表",
            payload=qr_codes.code_of("DEMO", f"DEMO-{n:032x}"),
            photo=photo() if n % 2 else b"",
        )
        for n in range(count)
    ]


def worst_deputy_cards() -> list[DeputyCard]:
    """Long names and words everywhere, and the longest code."""
    code = qr_codes.code_of("abcdefghijkl", "abcdefghijkl-" + "f" * 32)
    card = qr_codes.vcard(
        name=LONGEST_NAME,
        organ="五当召镇人大代表之家",
        title="市、区、苏木乡镇人大代表",
        phone="0472-0000000",
        note="第29选区",
        code=code,
    )
    return [
        DeputyCard(
            name,
            title="自治区、市、区（旗县）、苏木乡镇人大代表",
            district="第二十九选区（吉忽伦图苏木、五当沟街道、白狐沟街道联合选区）",
            home="石拐区吉忽伦图苏木爬榆树嘎查人大代表之家（联络站）",
            job="内蒙古包头市石拐区吉忽伦图苏木爬榆树嘎查党支部书记、村民委员会主任",
            duty_day="每月15日（遇节假日顺延）上午9:00—11:30",
            phone="0472-0000000转8001",
            motto="有事找代表，代表在身边",
            payload=card,
            photo=photo(),
        )
        for name in (LONGEST_NAME, LONG_NAME, RARE_NAME)
    ]


def annual_report() -> AnnualReportPaper:
    """A usual report of the year."""
    text = "代表之家27个，进“家”开展活动143次，接待选民1216人次，意见办结率94.1%（398/423）。"
    blocks = [Block("text", "石拐区人大常委会认真履行代表工作职责。")]
    for title in ("站位有高度", "履职有广度", "监督有力度", "为民有温度", "自身有深度"):
        blocks.append(Block("heading", f"一、{title}"))
        blocks += [Block("subheading", "（一）阵地建到身边"), Block("text", text * 4)]
    return AnnualReportPaper(
        title="石拐区人大常委会2022—2023年代表工作报告",
        blocks=tuple(blocks),
        signer="石拐区人大常委会",
        signed_on=date(2026, 1, 5),
        annex=tuple(
            AnnexLine(f"指标{n}", "94.1%（398/423）", "95%（19/20）", "-0.9个百分点", SENTENCE)
            for n in range(40)
        ),
        periods=("2026年", "2025年"),
    )


def worst_annual_report() -> AnnualReportPaper:
    """Long texts in every field, and a signature that would stand alone."""
    return AnnualReportPaper(
        title=SENTENCE * 2,
        blocks=(
            Block("heading", SENTENCE * 3),
            Block("subheading", SENTENCE * 2),
            Block("text", HUGE),
            *(Block("text", NASTY) for _ in range(9)),
            Block("heading", "最后一行"),
        ),
        signer=LONGEST_NAME,
        signed_on=date(2026, 10, 30),
        annex=(AnnexLine(SENTENCE, HUGE[:300], SENTENCE, SENTENCE, HUGE[:1500]),),
        periods=(SENTENCE, SENTENCE),
    )
