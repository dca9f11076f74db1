"""Glossary, manual, decisions and the list of others' work tell the truth about the program."""

import re
from pathlib import Path

from deputydesk.cli.commands import COMMANDS
from deputydesk.reports import FORMS
from deputydesk.ui.pages import PAGES

REPO = Path(__file__).resolve().parent.parent
DOCS = REPO / "docs"
MANUAL = REPO / "resources" / "manual"
LINK = re.compile(r"\]\(([^)#]+)\)")


def _text(*parts: str) -> str:
    return REPO.joinpath(*parts).read_text(encoding="utf-8")


def _glossary() -> list[tuple[str, str]]:
    """The words and the identifiers of each row."""
    rows = [line.strip("|").split("|") for line in _text("docs", "GLOSSARY.md").splitlines()]
    return [(row[0].strip(), row[1]) for row in rows if len(row) > 2 and set(row[1]) - set("- ")]


def _numbered(folder: Path) -> dict[int, Path]:
    files = sorted(folder.glob("[0-9]*.md"))
    found = {int(path.name.split("-")[0]): path for path in files}
    assert len(found) == len(files)
    return found


def test_no_word_is_in_the_glossary_twice():
    words = [
        word
        for cell, _ in _glossary()
        if cell != "用语"
        for word in re.split("[、，；]", re.sub("（.*?）", "", cell))
    ]

    assert len(words) > 100
    assert {word for word in words if words.count(word) > 1} == set()


def test_every_identifier_of_the_glossary_is_in_the_program():
    sources = [*(REPO / "deputydesk").rglob("*.py"), *(REPO / "resources" / "presets").iterdir()]
    written = "\n".join(
        f"{path.stem} {path.read_text(encoding='utf-8') if path.is_file() else ''}"
        for path in sources
    )
    known = set(re.findall(r"\w+", written))
    named = {ident for _, cell in _glossary() for ident in re.findall("`([^`]+)`", cell)}

    assert {i for i in named if not set(re.findall(r"\w+", i)) <= known} == set()


def test_decisions_and_chapters_are_numbered_without_gaps():
    for folder in (DOCS / "adr", MANUAL):
        found = _numbered(folder)
        assert list(found) == list(range(1, len(found) + 1))
    for number, path in _numbered(DOCS / "adr").items():
        assert path.read_text(encoding="utf-8").startswith(f"# {number}. ")


def test_the_contents_of_the_manual_list_every_chapter():
    listed = [Path(link).name for link in LINK.findall(_text("docs", "manual", "README.md"))]

    assert listed == [path.name for path in _numbered(MANUAL).values()]


def test_links_lead_somewhere():
    pages = [*REPO.glob("*.md"), *DOCS.rglob("*.md")]
    broken = [
        f"{page.name}: {link}"
        for page in pages
        for link in LINK.findall(page.read_text(encoding="utf-8"))
        if ":" not in link and not (page.parent / link).exists()
    ]

    assert broken == []


def test_the_chapter_on_keys_has_the_key_of_every_page():
    text = _text("resources", "manual", "08-keyboard.md")

    assert [page.title for page in PAGES if f"| {page.title} | {page.key} |" not in text] == []


def test_the_chapter_on_deskctl_has_every_command():
    text = _text("resources", "manual", "09-deskctl.md")

    assert [c.name for c in COMMANDS if f"\ndeskctl {c.name}" not in text] == []


def test_the_chapter_on_printing_has_every_form():
    text = _text("resources", "manual", "06-print.md")

    assert [form.title for form in FORMS.values() if f"| {form.title} |" not in text] == []


def test_the_options_of_deskctl_in_the_manual_exist():
    text = _text("resources", "manual", "09-deskctl.md")
    general = {"-h", "--help", "--office", "--user", "--json"}
    for command in COMMANDS:
        known = general | {name for names, _ in command.arguments for name in names}
        for line in re.findall(rf"(?m)^deskctl {command.name}\b(.*?)(?:　|  |$)", text):
            used = set(re.findall(r"(?<=\s)--?[a-z][a-z-]*", line))
            assert used <= known, f"{command.name}{line}"


def test_every_package_that_is_shipped_is_named_with_its_licence():
    shipped = re.findall(r"(?m)^([a-z0-9-]+)", _text("requirements", "runtime.txt"))
    named = _text("docs", "THIRD-PARTY.md").lower()

    assert [name for name in shipped if name not in named] == []
