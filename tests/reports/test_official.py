"""GB/T 9704-2012 measured on the pages as they are printed, in mm and points."""

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pdfplumber
import pytest

from deputydesk.reports import official
from deputydesk.reports.kit import document
from deputydesk.reports.letter import Letter, Letterhead, write
from deputydesk.reports.official import Block, Imprint, Signature
from deputydesk.reports.wording import date_text
from tests.reports.judge import MM, faults
from tests.reports.samples import DAY, OFFICE

SENTENCE = "人民代表大会代表应当同人民群众保持密切联系听取和反映人民群众的意见和要求努力为人民服务"
LEFT, WIDTH, TOP, BOTTOM = 28.0, 156.0, 37.0, 262.0
RED = Letterhead("五当召镇人民代表大会主席团", "五人发〔2026〕3号", style="red")
LETTER = Letterhead("五当召镇人民代表大会主席团", "五人函〔2026〕3号")


def pages(path):
    """Of each page the letters by lines, from top to bottom, and the rules."""
    with pdfplumber.open(path) as file:
        found = []
        for page in file.pages:
            lines = {}
            for char in page.chars:
                if char["text"].strip():
                    lines.setdefault(round(char["matrix"][5], 1), []).append(char)
            ordered = [sorted(lines[y], key=lambda c: c["x0"]) for y in sorted(lines, reverse=True)]
            found.append((ordered, page.lines))
        return found


def text(line):
    return "".join(char["text"] for char in line)


def made(to, blocks, signed=None, *, annex=False):
    with document(to, title="题", subject="题", office=OFFICE, printed_on=DAY) as making:
        flow = official.new_flow()
        official.body(flow, blocks, tail=signed.lines if signed else 0)
        if signed:
            official.signature(flow, signed)
        if annex:
            official.annex_head(flow, "安排表", number=1)
        making.add(flow)
    return pages(to)


def letter(path, head, **more):
    papers = [Letter(head, title="关于某事的通知", **more)]
    write(papers, path, title="x", office=OFFICE, printed_on=DAY)
    assert faults(path) == []
    return pages(path)


def test_a_page_has_22_lines_of_28_characters_at_the_pitch_of_the_standard(tmp_path):
    ((lines, _), *_) = made(tmp_path / "a.pdf", [Block("text", SENTENCE * 30)])

    body = [line for line in lines if line[0]["size"] == pytest.approx(16, abs=0.05)]
    assert len(body) == 22
    assert all(len(line) == 28 for line in body[1:])
    assert len(body[0]) == 26
    steps = [b["matrix"][4] - a["matrix"][4] for line in body[1:] for a, b in pairwise(line)]
    assert max(steps) == pytest.approx(15.79, abs=0.02)
    assert min(steps) == pytest.approx(15.79, abs=0.02)
    leads = [a[0]["matrix"][5] - b[0]["matrix"][5] for a, b in pairwise(body)]
    assert max(leads) == pytest.approx(28.99, abs=0.03)
    assert min(leads) == pytest.approx(28.99, abs=0.03)


def test_the_text_lies_within_156_by_225_mm(tmp_path):
    ((lines, _), *_) = made(tmp_path / "a.pdf", [Block("text", SENTENCE * 30)])

    body = [char for line in lines for char in line if char["size"] > 15]
    assert min(c["matrix"][4] for c in body) / MM == pytest.approx(LEFT, abs=0.1)
    right = max(c["matrix"][4] for c in body) / MM + 16 / MM
    assert right == pytest.approx(LEFT + WIDTH, abs=0.2)
    bases = [297 - c["matrix"][5] / MM for c in body]
    assert min(bases) - 16 * 0.86 / MM >= TOP
    assert max(bases) + 16 * 0.14 / MM <= BOTTOM


def test_page_numbers_stand_outside_one_character_in_and_seven_mm_below(tmp_path):
    found = made(tmp_path / "a.pdf", [Block("text", SENTENCE * 45)])

    for number, (lines, _) in enumerate(found, start=1):
        folio = lines[-1]
        assert text(folio) == f"—{number}—"
        assert folio[0]["size"] == pytest.approx(14, abs=0.05)
        if number % 2:
            assert folio[-1]["x1"] / MM == pytest.approx(LEFT + WIDTH - 14 / MM, abs=0.4)
        else:
            assert folio[0]["x0"] / MM == pytest.approx(LEFT + 14 / MM, abs=0.4)
        middle = 297 - (folio[0]["matrix"][5] + 14 * 0.36) / MM
        assert middle == pytest.approx(BOTTOM + 7, abs=0.6)


@pytest.mark.parametrize("count", range(560, 700, 14))
def test_a_signature_is_never_alone_on_a_page(count, tmp_path):
    signed = Signature("五当召镇人民代表大会主席团", date(2026, 3, 5), "联系人：张丽")

    found = made(tmp_path / "a.pdf", [Block("text", (SENTENCE * 20)[:count])], signed)

    (lines, _) = found[-1]
    at = next(n for n, line in enumerate(lines) if "主席团" in text(line))
    assert at >= 2
    assert text(lines[at + 1]) == "2026年3月5日"


LONG_ORGAN = "内蒙古自治区锡林郭勒盟西乌珠穆沁旗巴彦胡舒苏木人民代表大会主席团"


@pytest.mark.parametrize("count", [60, 70, 82, 100])
def test_a_red_head_of_two_lines_never_stands_alone_above_a_short_text(count, tmp_path):
    letter = Letter(
        Letterhead(LONG_ORGAN, "西人发〔2026〕3号", style="red"),
        title="关于督促办理代表建议第3号的通知",
        to="区水务局",
        blocks=(Block("text", (SENTENCE * 3)[:count]),),
        signed=Signature(LONG_ORGAN, DAY, "联系人：张丽"),
        copies="区人大常委会",
        printed_by=LONG_ORGAN,
    )
    write([letter], tmp_path / "a.pdf", title="通知", office=OFFICE, printed_on=DAY)

    (first, _), (second, _) = pages(tmp_path / "a.pdf")
    on_first = [text(line) for line in first]
    to = on_first.index("区水务局：")
    assert on_first[to + 1].startswith("人民代表大会代表应当")  # the text begins below its head
    signed = next(n for n, line in enumerate(second) if text(line).startswith("内蒙古"))
    assert signed >= 2  # and the signature is not alone either
    assert faults(tmp_path / "a.pdf") == []


def test_with_a_seal_the_date_is_four_from_the_right_and_without_two_after_the_organ(tmp_path):
    sealed = Signature("镇人大主席团", date(2026, 3, 5))
    ((lines, _),) = made(tmp_path / "a.pdf", [Block("text", SENTENCE)], sealed)
    organ, day = (next(x for x in lines if words in text(x)) for words in ("镇人大", "2026年"))
    assert (LEFT + WIDTH) * MM - day[-1]["x1"] == pytest.approx(4 * 15.79, abs=3)
    centres = [(line[0]["x0"] + line[-1]["x1"]) / 2 for line in (organ, day)]
    assert centres[0] == pytest.approx(centres[1], abs=3)

    bare = replace(sealed, organ="五当召镇人民代表大会主席团", is_sealed=False)
    ((lines, _),) = made(tmp_path / "b.pdf", [Block("text", SENTENCE)], bare)
    organ, day = lines[-3], lines[-2]
    assert (LEFT + WIDTH) * MM - organ[-1]["matrix"][4] - 16 == pytest.approx(2 * 15.79, abs=3)
    assert day[0]["matrix"][4] - organ[0]["matrix"][4] == pytest.approx(2 * 15.79, abs=3)

    ((lines, _),) = made(tmp_path / "c.pdf", [Block("text", SENTENCE)], replace(bare, organ="甲会"))
    organ, day = lines[-3], lines[-2]
    assert (LEFT + WIDTH) * MM - day[-1]["x1"] == pytest.approx(2 * 15.79, abs=3)
    assert day[0]["matrix"][4] - organ[0]["matrix"][4] == pytest.approx(2 * 15.79, abs=3)


def test_an_annex_begins_a_page_with_its_number_at_the_left(tmp_path):
    found = made(tmp_path / "a.pdf", [Block("text", SENTENCE)], annex=True)

    first = found[1][0][0]
    assert text(first) == "附件1"
    assert first[0]["x0"] / MM == pytest.approx(LEFT, abs=0.5)
    assert "Sans" in first[0]["fontname"] or "Hei" in first[0]["fontname"]


def test_a_red_head_ends_in_an_imprint_with_three_rules_printer_and_date(tmp_path):
    found = letter(
        tmp_path / "a.pdf", RED, to="镇政府", blocks=(Block("text", SENTENCE),),
        signed=Signature(RED.organ, date(2026, 3, 5)), copies="镇人民政府，镇纪委",
        printed_by="五当召镇人大办公室",
    )  # fmt: skip

    lines, rules = found[-1]
    black = sorted(
        (r for r in rules if r["x1"] - r["x0"] > 155 * MM and r["stroking_color"][0] < 0.5),
        key=lambda r: r["top"],
    )
    assert [round(r["linewidth"] / MM, 2) for r in black] == [0.35, 0.25, 0.35]
    assert black[0]["x0"] / MM == pytest.approx(LEFT, abs=0.1)
    assert black[-1]["top"] / MM == pytest.approx(BOTTOM, abs=0.3)
    printer = next(line for line in lines if "印发" in text(line))
    assert text(printer) == "五当召镇人大办公室2026年3月5日印发"
    assert printer[0]["x0"] / MM == pytest.approx(LEFT + 14 / MM, abs=0.5)
    assert printer[-1]["x1"] / MM == pytest.approx(LEFT + WIDTH - 14 / MM, abs=0.5)
    copies = next(line for line in lines if text(line).startswith("抄送"))
    assert text(copies).endswith("。")


def test_a_letter_has_copies_alone_without_rules_printer_and_date(tmp_path):
    found = letter(tmp_path / "a.pdf", LETTER, to="甲", copies="镇人民政府")

    lines, rules = found[-1]
    assert not [r for r in rules if r["stroking_color"][0] < 0.5]
    assert any(text(line) == "抄送：镇人民政府。" for line in lines)


def test_a_long_list_of_copies_goes_on_over_pages_and_keeps_its_printer(tmp_path):
    found = letter(
        tmp_path / "a.pdf", RED, to="甲", blocks=(Block("text", SENTENCE),),
        copies="，".join(["某某镇人民政府"] * 150), printed_by="五当召镇人大办公室",
        signed=Signature(RED.organ, date(2026, 3, 5)),
    )  # fmt: skip

    assert "印发" in "".join(map(text, found[-1][0]))
    assert "".join(text(x) for lines, _ in found for x in lines).count("某某镇") == 150


def test_a_number_has_hexagonal_brackets_and_a_date_no_zeros():
    assert date_text(date(2026, 3, 5)) == "2026年3月5日"
    assert Imprint().height == 0
    assert "〔" in RED.number
