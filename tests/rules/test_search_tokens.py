import sqlite3

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from deputydesk.rules import search_tokens

RARE = "𬱖𫖮"
TEXTS = st.lists(
    st.text(st.sampled_from(f"水管网 12ab-〔〕%_\"'*·.，{RARE}"), max_size=12)
    | st.text(max_size=12),
    max_size=4,
)


@pytest.fixture(scope="module")
def index():
    """FTS5 as the data file has it."""
    opened = sqlite3.connect(":memory:")
    opened.execute(
        "create virtual table fts using fts5(tokens, tokenize='ascii', content='', prefix='1')"
    )
    yield opened
    opened.close()


def found(index: sqlite3.Connection, text: str, query: str) -> bool:
    """Whether the index finds a text by a query."""
    index.execute("insert into fts(fts) values ('delete-all')")
    index.execute("insert into fts(rowid, tokens) values (1, ?)", [search_tokens.tokens(text)])
    expression = search_tokens.expression(search_tokens.words(query))
    return bool(index.execute("select 1 from fts where fts match ?", [expression]).fetchall())


@given(fields=TEXTS, query=st.text(min_size=1, max_size=3), at=st.integers(0, 40))
@example(fields=["2026-03-05"], query="2026-03", at=0)
@example(fields=["人大〔2026〕3号"], query="〔2026〕3号", at=0)
@example(fields=[f"{RARE}来访"], query=RARE[1], at=0)
@example(fields=["水管", "网络"], query="管网", at=0)
@example(fields=["说“好”"], query='"好"', at=0)
def test_the_index_finds_what_stands_in_the_text_and_nothing_else(index, fields, query, at):
    text = search_tokens.document(fields)
    for asked in (query, text[at : at + 6]):
        words = search_tokens.words(asked)
        if words:
            assert found(index, text, asked) == all(word in text for word in words)


@given(fields=TEXTS, query=st.text(min_size=1, max_size=6))
def test_a_word_that_stands_in_a_text_has_all_its_grams_there(fields, query):
    text = search_tokens.document(fields)
    for word in (*search_tokens.words(query), *text.split()):
        needed = set(search_tokens.needed(word))

        assert word not in text or needed <= set(search_tokens.grams(text))
        assert len(word) > len("水管") or (needed <= set(search_tokens.grams(text))) == (
            word in text
        )


def test_fields_stand_apart_once_each_and_empty_ones_fall_away():
    assert search_tokens.document(["水 管", "", "·", "Ａ1", "a1"]) == "水 管\na1"


def test_pairs_overlap_and_the_last_character_stands_alone():
    assert search_tokens.tokens("水管网 3-5") == "水管 管网 网 3－ －5 5"
    assert search_tokens.expression(["水管网", "网"]) == '"水管 管网" AND "网" *'
