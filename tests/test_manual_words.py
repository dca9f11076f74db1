"""What the manual puts between quotation marks is what the program says."""

import re
from pathlib import Path

import pytest

REPO = Path(__file__).resolve().parents[1]
CHAPTERS = sorted((REPO / "resources" / "manual").glob("*.md"))
EXAMPLES = {"本级代表", "联系领导", "张三：增加路灯", "现有多少", "确定吗"}
"""Words of other papers, of what a user writes, and what the program does not ask."""
SOURCES = ("deputydesk", "resources/presets", "resources/web")


@pytest.fixture(scope="module")
def written():
    """Everything that the program may say, and the headings of the manual."""
    files = [path for place in SOURCES for path in (REPO / place).rglob("*")]
    texts = [
        path.read_text(encoding="utf-8")
        for path in files
        if path.suffix in {".py", ".json", ".html", ".js"}
    ]
    headings = [
        heading
        for path in CHAPTERS
        for heading in re.findall(r"(?m)^#+ (.*)$", path.read_text(encoding="utf-8"))
    ]
    return "\n".join([*texts, *headings])


@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda path: path.stem)
def test_every_button_and_page_it_names_is_called_so(chapter, written):
    text = chapter.read_text(encoding="utf-8").replace("\n", "")
    quoted = set(re.findall("“([^“”]+)”", text)) - EXAMPLES
    words = {word.strip(" …") for each in quoted for word in re.split(" › |、", each)}
    words = {word for word in words if not re.search("[0-9]", word)}  # sentences of a case

    assert {word for word in words if word not in written} == set()
