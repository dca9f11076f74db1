"""Whole rosters in the mess that clerks make of them: nobody lost or invented, nothing wrong."""

import random
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from deputydesk.exchange.roster import Roster, RosterRecord, read_roster
from tests.exchange.roster_books import STRUCK, id_no, phone

SURNAMES = "王李张刘陈杨赵黄周吴乔菅单仇查区解曾翟覃"
GIVEN = "强伟芳娜敏静丽军杰磊洋勇艳涛明超兰霞平刚桂英玉梅富贵"
RARE = [
    "𬱖𫖮",
    "孙喆",
    "刘璠",
    "欧阳春",
    "额尔敦达来",
    "何买拉苏",
    "其其格",
    "巴·乌力吉",
    "额尔德尼·毕力格",
    "嘉木样·洛桑久美·图丹却吉尼玛",
]
DOTS = "·・•．‧･●∙⋅."


@dataclass(frozen=True)
class Truth:
    """What the clerk knows of a deputy."""

    name: str
    sex: str
    ethnic: str
    birth: str
    phone: str
    id_no: str
    status: str


def invented(rng: random.Random, count: int) -> list[Truth]:
    found: list[Truth] = []
    for number in range(count):
        rare = rng.random() < 0.2
        name = (
            rng.choice(RARE)
            if rare
            else rng.choice(SURNAMES) + "".join(rng.sample(GIVEN, rng.choice((1, 2))))
        )
        day = f"{rng.randint(1950, 1999)}{rng.randint(1, 12):02}{rng.randint(1, 28):02}"
        sex = rng.choice("男女")
        found.append(
            Truth(
                name=name,
                sex=sex,
                ethnic=rng.choice(["汉族", "汉族", "蒙古族", "回族", "满族", "达斡尔族"]),
                birth=f"{day[:4]}-{day[4:6]}",
                phone=phone(number),
                id_no=id_no(day, sex, rng.randint(0, 99)),
                status=rng.choice(["在任"] * 8 + ["辞职", "去世", "调离"]),
            )
        )
    return found


def wide(text: str) -> str:
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)


def messy_name(rng: random.Random, truth: Truth, *, noted: bool) -> str:
    name = truth.name
    if "·" in name:
        name = name.replace("·", rng.choice(DOTS))
    elif len(name) == 2 and rng.random() < 0.6:
        name = (
            name[0] + rng.choice(["  ", "\u3000", "\u3000\u3000", "\u00a0 ", " \u200b "]) + name[1]
        )
    if rng.random() < 0.1:
        name = f" {name}\u200b"
    if noted:
        name += rng.choice(["（{}，{}）", "({}、{})", "（{} {}）"]).format(truth.sex, truth.ethnic)
    return name


def messy_birth(rng: random.Random, truth: Truth, *, typed: bool) -> object:
    year, month = truth.birth.split("-")
    plain = str(int(month))
    texts = [
        truth.birth,
        f"{year}.{month}",
        f"{year}年{plain}月",
        f"{year}/{month}",
        wide(f"{year}.{month}"),
        year + month,
        f"{year[2:]}.{month}",
        f"{year}-{plain}",
        f"{year}年{month}月",
        f"{year}、{plain}" if plain != "1" else f"{year}、{month}",
    ]
    if typed:
        day = int(truth.id_no[12:14])
        texts += [datetime(int(year), int(month), day), float(f"{year}.{month}"), int(year + month)]
        texts += [(datetime(int(year), int(month), day) - datetime(1899, 12, 30)).days]
    return rng.choice(texts)


def messy_phone(rng: random.Random, truth: Truth, *, typed: bool) -> object:
    p = truth.phone
    spaced = f"{p[:3]} {p[3:7]} {p[7:]}"
    texts: list[object] = [
        p,
        spaced,
        spaced.replace(" ", "-"),
        wide(p),
        f"'{p}",
        f"+86{p}",
        f"{p}（手机）",
    ]
    return rng.choice([*texts, int(p), float(p)] if typed else texts)


def messy_id(rng: random.Random, truth: Truth, *, typed: bool) -> object:
    n = truth.id_no
    texts: list[object] = [n, n.lower(), wide(n), f"{n[:6]} {n[6:14]} {n[14:]}", f"'{n}"]
    if typed and n.isdecimal() and rng.random() < 0.15:
        return float(n)
    return rng.choice(texts)


HEADINGS = {
    "serial": ["序号", "编号", "No."],
    "name": ["姓名", "姓 名", "代表姓名", "姓\u3000名"],
    "sex": ["性别", "性 别"],
    "ethnic": ["民族", "族别"],
    "birth": ["出生年月", "出生\n年月", "出生日期"],
    "phone": ["联系电话", "手机号码", "电话", "联系方式"],
    "id_no": ["身份证号码", "身份证号", "公民身份号码"],
    "job": ["职务", "工作单位及职务", "单位及职务"],
    "note": ["备注", "备 注"],
}


class Clerk:
    """Writes one roster."""

    def __init__(self, seed: int, *, typed: bool = True) -> None:
        self.rng = random.Random(seed)
        self.typed = typed
        self.truths = invented(self.rng, self.rng.randint(8, 40))
        fields = [f for f in HEADINGS if f not in {"serial", "name", "note"}]
        self.rng.shuffle(fields)
        self.fields = ["serial", "name", *fields, "note"]
        self.has_id = self.rng.random() < 0.7
        if not self.has_id:
            self.fields.remove("id_no")
        self.headings = [self.rng.choice(HEADINGS[field]) for field in self.fields]
        self.rows: list[list[object]] = []
        self.struck: list[int] = []

    def row(self, number: int, truth: Truth) -> list[object]:
        rng = self.rng
        noted = rng.random() < 0.15
        short = truth.ethnic.removesuffix("族")
        values: dict[str, object] = {
            "serial": number,
            "name": messy_name(rng, truth, noted=noted),
            "sex": None if noted else truth.sex,
            "ethnic": None if noted else rng.choice([truth.ethnic, short]),
            "birth": messy_birth(rng, truth, typed=self.typed),
            "phone": messy_phone(rng, truth, typed=self.typed),
            "id_no": messy_id(rng, truth, typed=self.typed),
            "job": rng.choice(["教师", "五当召镇副镇长", "退休干部", "某村党支部书记、村委会主任"]),
            "note": None
            if truth.status == "在任"
            else f"2023年{rng.randint(1, 9)}月{truth.status}",
        }
        return [values[field] for field in self.fields]

    def write(self) -> None:
        rng = self.rng
        self.rows.append(["某区第十七届人大代表名册"])
        if rng.random() < 0.5:
            self.rows.append(["填报单位：代表工委", None, "2023年3月15日"])
        self.rows.append(list(self.headings))
        for number, truth in enumerate(self.truths, 1):
            if rng.random() < 0.08:
                self.rows.append(
                    rng.choice(
                        [["小计", f"{number}人"], [], list(self.headings), ["某某街道代表团"]]
                    )
                )
            if truth.status != "在任" and rng.random() < 0.5:
                self.struck.append(len(self.rows) + 1)
            self.rows.append(self.row(number, truth))
            if rng.random() < 0.1:
                extra: list[object] = [None] * len(self.fields)
                extra[self.fields.index("job")] = "某协会会长"
                self.rows.append(extra)
            if rng.random() < 0.05:
                self.rows.append(
                    list(self.rows[-1]) if self.rows[-1][1] else self.row(number, truth)
                )
        self.rows.append([f"合计：{len(self.truths)}人"])
        self.rows.append(["注：1.王强同志的信息以公安机关登记为准；"])
        self.rows.append(["2.电话如有变动请及时告知代表工委。"])


def as_xlsx(clerk: Clerk, folder: Path) -> Path:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in clerk.rows:
        sheet.append(row)
    for row in clerk.struck:
        for cell in sheet[row]:
            cell.font = STRUCK
    sheet.merge_cells(start_row=1, end_row=1, start_column=1, end_column=len(clerk.fields))
    old = book.create_sheet("旧名单")
    old.sheet_state = "hidden"
    old.append(["姓名", "性别"])
    old.append(["王旧", "男"])
    book.save(folder / "名册.xlsx")
    return folder / "名册.xlsx"


def as_csv(clerk: Clerk, folder: Path) -> Path:
    lines = [
        ",".join(
            "" if v is None else f'="{v}"' if str(v).isdecimal() else str(v).replace("\n", "")
            for v in row
        )
        for row in clerk.rows
    ]
    path = folder / "名册.csv"
    path.write_bytes("\r\n".join(lines).encode(clerk.rng.choice(["utf-8-sig", "gb18030", "utf-8"])))
    return path


def as_html(clerk: Clerk, folder: Path) -> Path:
    rows = "".join(
        "<tr>" + "".join(f"<td>{'' if value is None else value}" for value in row) + "</tr>"
        for row in clerk.rows
    )
    path = folder / "名册.xls"
    page = f"<html><meta charset=gb2312><body><table border=1>{rows}</table></html>"
    path.write_bytes(page.encode(clerk.rng.choice(["utf-8", "gb18030"])))
    return path


def compare(truths: list[Truth], roster: Roster, *, has_id: bool) -> None:
    """Everybody once; each field right or empty; empty only where the cell was not clear."""
    left: dict[str, list[RosterRecord]] = {}
    for record in roster.records:
        left.setdefault(record.name, []).append(record)
    for truth in truths:
        candidates = left.get(truth.name, [])
        record = next((r for r in candidates if r.phone == truth.phone), None)
        assert record is not None, (truth, candidates, roster.skipped)
        candidates.remove(record)
        assert (record.sex, record.ethnic, record.status) == (truth.sex, truth.ethnic, truth.status)
        assert (record.birth or "")[:7] in {truth.birth, ""}, (truth, record)
        assert record.id_no in {truth.id_no if has_id else None, None}
        if has_id and record.id_no:
            assert record.birth
    assert not any(left.values()), left


@pytest.mark.parametrize("save", [as_xlsx, as_csv, as_html])
@pytest.mark.parametrize("seed", range(12))
def test_a_messy_roster_is_read_without_loss_and_without_error(tmp_path, seed, save):
    clerk = Clerk(seed, typed=save is as_xlsx)
    clerk.write()

    roster = read_roster(save(clerk, tmp_path))

    compare(clerk.truths, roster, has_id=clerk.has_id)
