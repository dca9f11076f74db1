"""Blocks of cells from the clipboard."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deputydesk.rules.pasted_tables import cells, is_block, placed

NAMES = ("日期", "培训主题", "形式", "主办单位", "参加人数")


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("3.5\t供水\r\n3.6\t修路\r\n", [["3.5", "供水"], ["3.6", "修路"]]),
        ("3.5\t供水\n3.6\t修路", [["3.5", "供水"], ["3.6", "修路"]]),
        ('a\t"第一行\n第二行"\r\nb\tc\r\n', [["a", "第一行\n第二行"], ["b", "c"]]),
        ('"他说""好""\n然后"\tx', [['他说"好"\n然后', "x"]]),
        ('5"水管\tx', [['5"水管', "x"]]),
        ('"没有关上\tx\ny\tz', [['"没有关上', "x"], ["y", "z"]]),
        ("a\n\t\nb\tc", [["a", ""], ["b", "c"]]),
        ("", []),
        ("\r\n", []),
        ("a\rb", [["a"], ["b"]]),
    ],
)
def test_rows_of_a_block(text, rows):
    assert cells(text) == rows


def test_one_cell_is_no_block():
    assert not is_block("供水")
    assert not is_block("供水\r\n")
    assert not is_block('"两行\n文字"')
    assert is_block("3.5\t供水")
    assert is_block("供水\n修路")


def test_headings_are_known_by_name_also_with_a_unit_or_a_longer_name():
    assert placed(["日　期", "主题", "参加人数（人）", "备注"], NAMES) == {0: 0, 1: 1, 2: 4}


def test_an_exact_heading_comes_before_a_longer_one():
    assert placed(["培训主题词", "培训主题"], ("培训主题", "词")) == {1: 0}


@pytest.mark.parametrize("first", [["3.5", "供水"], ["日期", "供水", "线下", "镇人大"], ["", ""]])
def test_a_row_of_values_is_no_row_of_headings(first):
    assert placed(first, NAMES) is None


texts = st.text(alphabet='ab"\n水，', max_size=6).map(lambda s: s.strip())


def as_excel(rows):
    """As Excel writes a block: quotes where there are line ends, tabs or quotes."""

    def cell(text):
        needs = "\n" in text or '"' in text
        return '"' + text.replace('"', '""') + '"' if needs else text

    return "".join("\t".join(map(cell, row)) + "\r\n" for row in rows)


@given(st.integers(1, 4).flatmap(lambda w: st.lists(st.lists(texts, min_size=w, max_size=w))))
def test_what_was_copied_comes_back(rows):
    assert cells(as_excel(rows)) == [row for row in rows if any(row)]


@given(st.text(alphabet='\t\r\n"a水', max_size=30))
def test_any_text_is_rows_of_one_width(text):
    found = cells(text)

    assert len({len(row) for row in found}) <= 1
    assert all(any(row) for row in found)
