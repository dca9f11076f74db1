"""Every character a name may have prints, and copies as it was typed."""

import re
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st
from reportlab.pdfbase.ttfonts import TTFontFace

from deputydesk.errors import UserError
from deputydesk.paths import resource
from deputydesk.reports import fonts
from deputydesk.reports.font_face import FontFace
from deputydesk.reports.kit import Flow, RecordFooter, document
from deputydesk.reports.lines import break_lines
from deputydesk.reports.page import Page
from tests.reports import samples
from tests.reports.judge import faults, text_of

TABLE = "".join((Path(__file__).parent / "national_table.txt").read_text("utf-8").split())
FACES = ("BiaoSong", "Song", "Hei", "Kai", "Fang")
FILES = (*FACES, "KaiLight", "Sym")
TEST_NAMES = "𬱖𫖮嘉木样·洛桑久美·图丹却吉尼玛䶮㛃𬀩𬭎寇昉孙喆刘璠贠红卫𠅤𠃌𪚥𰻞"


def write_text(text: str, typeface: fonts.Typeface, to: Path) -> Path:
    with document(
        to, title="字", subject="字", office=samples.OFFICE, printed_on=samples.DAY
    ) as making:
        flow = Flow(RecordFooter(samples.OFFICE, samples.DAY), left=20)
        flow.paragraph(text, typeface, 11, lead=5, indent=0)
        making.add(flow)
    return to


def copied(to: Path) -> str:
    pages = [re.split(r"五当召镇人大主席团　2026", page)[0] for page in text_of(to)]
    return re.sub(r"\s+", "", "".join(pages))


@pytest.mark.parametrize("typeface", FACES)
def test_the_whole_national_table_prints_and_copies_exactly(typeface, tmp_path):
    to = write_text(TABLE, typeface, tmp_path / "table.pdf")

    assert len(TABLE) == 8105
    assert copied(to) == TABLE


@pytest.mark.parametrize("typeface", FACES)
def test_rare_names_and_signs_print_and_copy_exactly(typeface, tmp_path):
    text = TEST_NAMES + "☐☑☒√✓㎡①⑩〔2026〕“”‘’—…·％‰℃№×〇"

    to = write_text(text, typeface, tmp_path / "names.pdf")

    assert copied(to) == text
    assert faults(to) == []


def test_all_hanzi_of_gbk_can_be_printed():
    pairs = (
        bytes((high, low)).decode("gbk", "ignore")
        for high in range(0x81, 0xFF)
        for low in range(0x40, 0xFF)
    )
    hanzi = {char for pair in pairs for char in pair if "\u4e00" <= char <= "\u9fa5"}

    assert len(hanzi) == 20902
    assert fonts.unprintable("".join(hanzi)) == ""


@pytest.mark.parametrize("name", FILES)
def test_no_glyph_of_a_font_file_is_empty_or_the_missing_sign(name):
    with TTFont(resource(f"fonts/{name}.ttf")) as font:
        places, drawings = font["loca"], font.getTableData("glyf")
        number = {glyph: n for n, glyph in enumerate(font.getGlyphOrder())}
        characters: dict[int, str] = font.getBestCmap() or {}
        glyphs = {chr(code): number[glyph] for code, glyph in characters.items()}
    outlines = {char: drawings[places[n] : places[n + 1]] for char, n in glyphs.items()}
    missing_sign = drawings[places[0] : places[1]]

    bad = [char for char, outline in outlines.items() if outline in {b"", missing_sign}]

    assert [char for char in bad if not char.isspace()] == []


@pytest.mark.parametrize("name", FILES)
def test_every_font_file_bears_its_author(name):
    with TTFont(resource(f"fonts/{name}.ttf")) as font:
        assert font["name"].getDebugName(0)


def test_a_name_is_drawn_in_one_typeface():
    assert fonts.for_name("张三", "Fang") == "Fang"
    assert fonts.for_name(samples.RARE_NAME, "Fang") == "Song"
    assert fonts.for_name("李𪚥", "Hei") == "Kai"
    assert fonts.for_name("𪚥☑", "Hei") == "Hei"  # none has both: the chain draws them


def test_what_cannot_be_printed_is_named_once_and_blanks_are_no_trouble():
    assert fonts.unprintable("好\u200b\u00a0\t\r\n\ufe0f") == ""
    assert fonts.unprintable("好\U0001f642坏\U0001f642\u0e01") == "\U0001f642\u0e01"


def test_drawing_a_character_that_was_not_checked_is_refused_too(tmp_path):
    with pytest.raises(UserError, match="U\\+1F642"):
        write_text("好\U0001f642", "Song", tmp_path / "x.pdf")
    with pytest.raises(UserError, match="U\\+0E01"):
        Page().text(10, 10, "\u0e01")
    assert list(tmp_path.iterdir()) == []


texts = st.text(
    st.sampled_from("代表建议，。；：！？（）《》“”、——……Abc 123.5%-/"), min_size=1, max_size=120
)


@given(texts, st.floats(60, 400))
def test_breaking_lines_loses_nothing_and_keeps_to_the_width(text, room):
    lines = break_lines(text, "Song", 10, room)

    assert "".join(line.text for line in lines).replace(" ", "") == text.replace(" ", "")
    for line in lines:
        assert line.width <= room + 5.6 or len(line.text) <= 30
    assert [line.is_last for line in lines] == [False] * (len(lines) - 1) + [True]


@given(st.text(st.sampled_from("代表建议选民"), min_size=2, max_size=60), st.floats(60, 400))
def test_a_closing_mark_never_begins_a_line(text, room):
    sentence = f"{text}，{text}（{text}）。{text}”；{text}《{text}》、{text}。"

    lines = break_lines(sentence, "Song", 10, room)

    for line in lines[1:]:
        assert line.text[0] not in "，。；）》”、"
    for line in lines[:-1]:
        assert line.text[-1] not in "（《"


@pytest.mark.parametrize("face", FILES)
def test_a_font_file_says_what_reportlab_reads_from_all_of_it(face):
    file = resource(f"fonts/{face}.ttf")
    ours, theirs = FontFace(file), TTFontFace(str(file))
    text = [*map(ord, "人大代表Aa1，\u3000 "), *list(theirs.charToGlyph)[-40:]]

    assert ours.charToGlyph == theirs.charToGlyph
    assert [ours.getCharWidth(char) for char in (*theirs.charToGlyph, 0xE000)] == [
        theirs.getCharWidth(char) for char in (*theirs.charToGlyph, 0xE000)
    ]
    assert [ours.hmetrics[n] for n in range(ours.numGlyphs)] == list(theirs.hmetrics)
    assert [ours.glyphPos[n] for n in range(ours.numGlyphs + 1)] == list(theirs.glyphPos)
    assert ours.makeSubset(text) == theirs.makeSubset(text)
