"""Official letters and their forms: judged from outside, measured, and read back."""

from functools import partial

import pdfplumber
import pikepdf
import pytest

from deputydesk.errors import UserError
from deputydesk.reports import extension_form, feedback_form, letter
from deputydesk.reports.letter import Letter, Letterhead
from deputydesk.reports.official import blocks_of
from tests.reports import letter_samples, samples
from tests.reports.judge import faults, text_of

MM = 72 / 25.4
WRITE = partial(letter.write, title="函")
CASES = {
    "letterhead alone": partial(WRITE, [Letter(Letterhead("石拐区五当召镇人民政府"))]),
    "letter": partial(WRITE, [letter_samples.letter()]),
    "letters": partial(WRITE, [letter_samples.letter(), letter_samples.letter(30)]),
    "worst letter": partial(WRITE, letter_samples.worst_letters()[:1]),
    "worst red letter": partial(WRITE, letter_samples.worst_letters()[1:2]),
    "worst table": partial(WRITE, letter_samples.worst_letters()[2:3]),
    "worst on pre-printed paper": partial(WRITE, letter_samples.worst_letters()[3:]),
    "blank feedback": partial(feedback_form.write, []),
    "feedback": partial(feedback_form.write, [letter_samples.feedback()]),
    "worst feedback": partial(feedback_form.write, [letter_samples.worst_feedback()]),
    "blank extension": partial(extension_form.write, []),
    "extension": partial(extension_form.write, [letter_samples.extension()]),
    "worst extension": partial(extension_form.write, [letter_samples.worst_extension()]),
}


def printed(form, to):
    form(to, office=samples.OFFICE, printed_on=samples.DAY)
    return to


def words(path):
    return "".join("".join(text_of(path)).split()).replace("\ufffe", "")


@pytest.mark.parametrize("name", CASES)
def test_a_paper_is_well_printed_and_the_same_again(name, tmp_path):
    first = printed(CASES[name], tmp_path / "first.pdf")
    again = printed(CASES[name], tmp_path / "again.pdf")

    assert faults(first) == []
    assert first.read_bytes() == again.read_bytes()


@pytest.mark.parametrize("name", ["worst letter", "worst feedback", "worst extension"])
def test_eight_thousand_characters_and_two_hundred_names_come_to_the_last(name, tmp_path):
    said = words(printed(CASES[name], tmp_path / "form.pdf"))

    assert said.count("养") >= samples.HUGE.count("养")
    if name != "worst extension":
        assert said.count("盖志远") >= 10
        assert samples.RARE_NAME in said


def test_a_letter_has_its_rules_where_the_standard_puts_them(tmp_path):
    to = printed(CASES["letter"], tmp_path / "letter.pdf")

    with pdfplumber.open(to) as document:
        page = document.pages[0]
        red = sorted(
            (line for line in page.lines if line["x1"] - line["x0"] > 160 * MM),
            key=lambda line: line["top"],
        )
        organ = [c for c in page.chars if c["text"] in "石拐区" and c["size"] > 25]
        numbers = page.crop((0, 262 * MM, page.width, 278 * MM)).extract_text()
    assert len(red) == 4
    assert [(line["x1"] - line["x0"]) / MM for line in red] == pytest.approx([170] * 4, abs=0.1)
    thick = [line["linewidth"] for line in red]
    assert thick[0] > thick[1]
    assert thick[2] < thick[3]
    assert red[3]["top"] / MM == pytest.approx(277, abs=0.6)
    assert min(c["top"] for c in organ) / MM == pytest.approx(30, abs=2)
    assert numbers.strip() == ""


def test_the_class_stands_at_the_upper_right_and_the_number_below_the_rules(tmp_path):
    with pdfplumber.open(printed(CASES["letter"], tmp_path / "letter.pdf")) as document:
        found = document.pages[0].extract_words()

    mark = next(w for w in found if "类别" in w["text"])
    number = next(w for w in found if "〔2026〕17号" in w["text"])
    assert mark["x0"] > 120 * MM
    assert mark["bottom"] < 30 * MM
    for word in (mark, number):
        assert word["x1"] == pytest.approx((210 - 26) * MM, abs=3)
    assert 45 * MM < number["top"] < 60 * MM


def test_a_red_head_has_the_number_in_the_middle_and_a_line_four_mm_below(tmp_path):
    sheet = letter_samples.letter()
    red = Letter(
        Letterhead("石拐区五当召镇人民代表大会主席团", "五人大〔2026〕3号", "red"),
        sheet.title, sheet.to, sheet.blocks, signed=sheet.signed,
    )  # fmt: skip

    with pdfplumber.open(printed(partial(WRITE, [red]), tmp_path / "red.pdf")) as document:
        page = document.pages[0]
        number = next(w for w in page.extract_words() if "〔2026〕" in w["text"])
        rule = next(line for line in page.lines if line["x1"] - line["x0"] > 150 * MM)

    assert (number["x0"] + number["x1"]) / 2 == pytest.approx((28 + 78) * MM, abs=2)
    assert (rule["x1"] - rule["x0"]) / MM == pytest.approx(156, abs=0.1)
    assert (rule["top"] - number["bottom"]) / MM == pytest.approx(4, abs=1.2)


def test_on_pre_printed_paper_the_head_is_blank_and_the_rest_moves(tmp_path):
    sheet = letter_samples.letter()
    blank = Letterhead(sheet.head.organ, sheet.head.number, is_preprinted=True, moved=(5, 3))
    moved = Letter(blank, sheet.title, sheet.to, sheet.blocks, signed=sheet.signed)
    usual = Letter(
        Letterhead(sheet.head.organ, sheet.head.number, is_preprinted=True),
        sheet.title, sheet.to, sheet.blocks, signed=sheet.signed,
    )  # fmt: skip

    places = []
    for number, one in enumerate((usual, moved)):
        to = printed(partial(WRITE, [one]), tmp_path / f"{number}.pdf")
        with pdfplumber.open(to) as document:
            page = document.pages[0]
            assert page.lines == []
            assert "主席团" not in (page.extract_text() or "")
            places.append(next(w for w in page.extract_words() if "〔2026〕" in w["text"]))

    assert (places[1]["x0"] - places[0]["x0"]) / MM == pytest.approx(5, abs=0.1)
    assert (places[1]["top"] - places[0]["top"]) / MM == pytest.approx(3, abs=0.1)


@pytest.mark.parametrize("count", range(1, 26))
def test_the_signature_has_at_least_two_lines_of_text_with_it(count, tmp_path):
    form = partial(WRITE, [letter_samples.letter(count)])

    last = text_of(printed(form, tmp_path / "letter.pdf"))[-1]

    before = last.partition("石拐区五当召镇人民政府")[0] if "2026年10月8日" in last else ""
    assert before.count("一行文字") >= min(2, count)


def test_the_date_stands_four_characters_from_the_right_and_the_organ_over_it(tmp_path):
    to = printed(CASES["letter"], tmp_path / "letter.pdf")
    with pdfplumber.open(to) as document:
        found = document.pages[-1].extract_words()

    day = next(w for w in found if w["text"] == "2026年10月8日")
    organ = next(w for w in found if w["text"] == "石拐区五当召镇人民政府")
    assert ((210 - 26) * MM - day["x1"]) / (156 * MM / 28) == pytest.approx(4, abs=0.2)
    middle = [(w["x0"] + w["x1"]) / 2 for w in (day, organ)]
    assert middle[0] == pytest.approx(middle[1], abs=1)


def test_several_letters_begin_on_front_sides_each_with_a_bookmark(tmp_path):
    to = printed(CASES["letters"], tmp_path / "letters.pdf")

    pages = text_of(to)
    with pikepdf.open(to) as document, document.open_outline() as outline:
        assert len(outline.root) == 2
    assert [n for n, page in enumerate(pages) if "类别" in page] == [0, 2]


def test_a_typed_text_is_set_by_its_numbers():
    kinds = [b.kind for b in blocks_of("一、基本情况\n（一）现状\n（二）长。\n\n1.第一点。")]

    assert kinds == ["heading", "subheading", "text", "text"]


def test_a_feedback_form_comes_in_two_copies_and_shows_what_was_said(tmp_path):
    pages = [
        "".join(page.split()) for page in text_of(printed(CASES["feedback"], tmp_path / "form.pdf"))
    ]

    assert len(pages) == 2
    assert "第一联由代表填写后退回" in pages[0]
    assert "第二联由代表留存" in pages[1]
    for page in pages:
        assert "√满意" in page
        assert "√基本满意" in page
        assert "√部分采纳" in page
        assert "√上门" in page


@pytest.mark.parametrize("name", ["letter", "feedback", "extension"])
def test_a_character_that_no_font_has_is_refused_before_anything_is_written(name, tmp_path):
    office = samples.OfficeHead("镇", "镇", "镇\U0001f642")

    with pytest.raises(UserError, match="字库中没有"):
        CASES[name](tmp_path / "form.pdf", office=office, printed_on=samples.DAY)

    assert list(tmp_path.iterdir()) == []
