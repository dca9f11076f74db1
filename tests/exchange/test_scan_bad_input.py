"""What comes in a stack and is no good page of the run: refused alone, in words for the clerk."""

import io

import pikepdf
import pytest
import segno
from PIL import Image, ImageDraw

from deputydesk.exchange import scan_intake
from deputydesk.operations import scan_batches, scan_pages, scan_runs
from deputydesk.scan import pages
from tests.exchange import scanning
from tests.scan import paper
from tests.scan.paper import Sheet, scanned

OUT = "请拿出，放到它自己的那一批。"
AGAIN = "请把这一页放平、放正，用灰度200 dpi重新扫描。"


@pytest.fixture
def papers(office, tmp_path):
    """Ballots of four deputies."""
    return scanning.papers(office, tmp_path)


def good(papers, tmp_path):
    return scanning.ticked(papers.form, 0, 1, 0, 0)


def upside_down(papers, tmp_path):
    return good(papers, tmp_path).rotate(180)


def of_another_layout(papers, tmp_path):
    """The run's own number on a paper with three columns instead of four."""
    return _ballot(tmp_path, run=papers.run.code, grades=3)


def of_an_older_version(papers, tmp_path):
    """The very paper, but its code names the version of the layout that came before."""
    sheet = Sheet(papers.form)
    sheet.tick_all()
    made = io.BytesIO()
    text = f"DD1:CP4-0:{papers.run.code}:1/1"
    segno.make_qr(text, error="q").save(made, kind="png", scale=10, border=0)
    left, top, side = (round(length * paper.MM) for length in sheet.template.qr)
    sheet.paper.paste(Image.open(made).convert("L").resize((side, side)), (left, top))
    return Image.fromarray(scanned(sheet, dpi=150))


def of_another_run(papers, tmp_path):
    return _ballot(tmp_path, run="ANDERE2B", grades=4)


def _ballot(tmp_path, **kw):
    printed = paper.write_ballot(tmp_path / "other.pdf", deputies=4, **kw)
    return scanning.ticked(paper.printed(printed), 0, 0, 0, 0)


def cut_off(papers, tmp_path):
    whole = good(papers, tmp_path)
    return whole.crop((0, 0, whole.width, round(whole.height * 0.4)))


def black(papers, tmp_path):
    return Image.new("L", (1240, 1754), 3)


def blank(papers, tmp_path):
    return Image.new("L", (1240, 1754), 250)


def text(papers, tmp_path):
    page = Image.new("L", (1240, 1754), 250)
    for y in range(150, 1500, 36):
        ImageDraw.Draw(page).rectangle((130, y, 1050, y + 14), 40)
    return page


def foreign(papers, tmp_path):
    page, made = blank(papers, tmp_path), io.BytesIO()
    segno.make_qr("https://example.cn/a").save(made, kind="png", scale=8)
    page.paste(Image.open(made).convert("L"), (800, 200))
    return page


PAGES = {
    good: "",
    upside_down: "",
    of_another_layout: f"这一页是另一种表，或者另一个版式。{OUT}",
    of_an_older_version: f"这一页是另一种表，或者另一个版式。{OUT}",
    of_another_run: f"这一页不是这一批的。{OUT}",
    cut_off: f"方框有一部分在图像外面。{AGAIN}",
    black: f"这一页是黑的。{AGAIN}",
    blank: "这一页是空白的。如果不是空白页，请翻面重新扫描。",
    text: f"没有找到表上的二维码。不是本系统印的表就不用管；是的话，{AGAIN}",
    foreign: "二维码不是本系统印的表上的。请拿出这一页。",
}


def said(looked):
    return [f"{p.refusal.words}{p.refusal.hint}" if p.refusal else "" for p in looked.pages]


def test_of_a_stack_each_bad_page_is_refused_in_words_and_the_good_ones_are_kept(
    office, papers, tmp_path
):
    stack = scanning.pdf(tmp_path / "a.pdf", *(make(papers, tmp_path) for make in PAGES))

    looked = scan_intake.read(office, [stack], processes=1)

    assert said(looked) == list(PAGES.values())
    assert all(page.thumb and page.thumb.is_file() for page in looked.pages)
    [kept] = scan_intake.keep(office, looked)
    assert (kept.kept, kept.refused) == (2, 8)
    [batch] = office.ask(scan_batches.rows, papers.run.id)
    assert batch.refused["这一页是另一种表，或者另一个版式。"] == 2
    assert {page.answers for page in _read(office, papers)} == {("yes", "mostly", "yes", "yes")}


def _read(office, papers):
    return [page.paper for page in office.ask(scan_pages.pages, papers.run.id)]


def test_the_same_scan_twice_in_a_stack_is_said_before_it_is_kept(office, papers, tmp_path):
    sheet = good(papers, tmp_path)
    for name in ("a.jpg", "b.jpg"):
        sheet.save(tmp_path / name)

    looked = scan_intake.read(office, [tmp_path / "a.jpg", tmp_path / "b.jpg"], processes=1)

    assert [page.known for page in looked.pages] == [False, True]
    [kept] = scan_intake.keep(office, looked)
    assert (kept.kept, kept.known) == (1, 1)


def locked(to, sheet):
    sheet.save(to.with_suffix(".plain"), "PDF")
    with pikepdf.open(to.with_suffix(".plain")) as document:
        document.save(to, encryption=pikepdf.Encryption(owner="a", user="b"))


def bomb(to, sheet):
    Image.new("1", (40_000, 25_000)).save(to, "PNG")


def huge(to, sheet):
    with to.open("wb") as file:
        file.write(b"%PDF-1.4")
        file.truncate(pages.LARGEST + 1)


def letter(to, sheet):
    to.write_bytes(b"PK\x03\x04 letter")


def damaged_pdf(to, sheet):
    to.write_bytes(b"%PDF-1.4 nothing")


def damaged_tiff(to, sheet):
    """The first page is whole, the second breaks off."""
    sheet.save(to, "TIFF", save_all=True, append_images=[sheet])
    data = to.read_bytes()
    to.write_bytes(data[: len(data) * 3 // 4])


WHOLE = "请检查文件，重新复制或者重新扫描。"
PARTS = "请分成几份扫描后再导入。"
FILES = {
    locked: ["文件设了密码，打不开。请用没有密码的文件。"],
    bomb: [f"这一页的图像尺寸太大。{AGAIN}"],
    huge: [f"文件超过2 GB。{PARTS}"],
    letter: ["不是能读的文件。请导入 PDF、JPG、PNG 或 TIFF 文件。"],
    damaged_pdf: [f"文件已损坏，打不开。{WHOLE}"],
    damaged_tiff: ["", f"这一页的图像已损坏。{WHOLE}"],
}


def test_of_files_each_bad_one_is_refused_in_words_and_the_good_ones_are_kept(
    office, papers, tmp_path
):
    files = [tmp_path / make.__name__ for make in FILES]
    for number, (make, file) in enumerate(zip(FILES, files, strict=True)):
        make(file, scanning.ticked(papers.form, 0, 0, 0, 0, seed=number))
    many = scanning.pdf(tmp_path / "good.pdf", good(papers, tmp_path))

    looked = scan_intake.read(office, [*files, many, tmp_path / "gone.pdf"], processes=1)

    gone = "文件读不到了，U盘可能已被拔出。请插好U盘，重新导入这份文件。"
    assert said(looked) == [*(one for told in FILES.values() for one in told), "", gone]
    [kept] = scan_intake.keep(office, looked)
    assert (kept.kept, kept.refused) == (2, 7)


def test_a_stack_of_too_many_pages_is_refused_whole_and_nothing_is_kept(
    office, papers, tmp_path, monkeypatch
):
    monkeypatch.setattr(pages, "MOST_PAGES", 2)
    sheets = [scanning.ticked(papers.form, n, 0, 0, 0, seed=n) for n in range(3)]
    allowed = scanning.pdf(tmp_path / "allowed.pdf", *sheets[:2])
    more = scanning.pdf(tmp_path / "more.pdf", *sheets)

    looked = scan_intake.read(office, [more, allowed], processes=1)

    assert said(looked) == [f"文件超过10000页。{PARTS}", "", ""]
    [kept] = scan_intake.keep(office, looked)
    assert (kept.kept, kept.refused) == (2, 1)
    assert office.ask(scan_runs.one, papers.run.id).is_open
