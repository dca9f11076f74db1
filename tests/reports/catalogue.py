"""docs/FORMS.md: every form with its picture, empty and filled in. `dev.py forms` writes it.

The text comes from the registry of forms; what a form reads, from the modules that read for it.
"""

import sys
import tempfile
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any

import pypdfium2
from PIL import Image

from deputydesk.errors import UserError
from deputydesk.exchange import demo, demo_day
from deputydesk.models import OfficeProfile, Preset, Record
from deputydesk.office import Office
from deputydesk.reports import FORMS, Options
from deputydesk.reports.form import (
    Ask,
    AskCopies,
    AskDeputies,
    AskDuplex,
    AskLarge,
    AskLastDay,
    AskPaper,
    AskPeriod,
    AskRecord,
    Form,
    Group,
)
from deputydesk.reports.printing import write
from tests import make
from tests.reports.judge import MM, text_of

REPO = Path(__file__).resolve().parents[2]
PAGE = REPO / "docs" / "FORMS.md"
PICTURES = REPO / "docs" / "pictures" / "forms"
WIDTH = 400
"""Pixels of a picture."""
COLOURS = 24
TRIED = 12
"""So many of the newest records are printed; the one with the most text is shown."""
SIZES = {(210, 297): "A4 竖向", (297, 210): "A4 横向", (420, 297): "A3 横向", (297, 420): "A3 竖向"}
OPERATIONS = "deputydesk.operations."
OF_ROWS = {OPERATIONS + "suggestions"}
"""What is so widely handed on that it is looked into as well."""
SAID = ("代号", "用处", "依据", "数据", "可选", "读回", "纸张")
KINDS = {"empty": "空白", "full": "演示数据"}
HEAD = """# 表格目录

程序能印的每一张表：叫什么、什么用处、版式出自哪里、数据从哪里来、打印前可以选什么，以及空白的和用演示数据印出的第一页。
图和文字由 `python3 dev.py forms` 从程序生成（`python3 dev.py forms 代号` 只重印一张的图），
`tests/reports/test_catalogue.py` 核对：程序里的表都在这里，图都在，没有多余的图。
“依据”里的“自拟”，是没有找到公开的统一式样，由本程序拟定；各地有统一式样的，请提出来修改。
"""


def facts(form: Form) -> dict[str, str]:
    """What is said of a form, as far as it is known without printing it."""
    asked = "；".join(_asked(ask) for ask in form.asks)
    return {
        "代号": f"`{form.id}`",
        "用处": form.note,
        "依据": form.source,
        "数据": "、".join(_read(form)) or "不读数据",
        "可选": asked or "—",
        "读回": "、".join(f"`{version}`" for version in form.layouts) or "—",
    }


def _asked(ask: Ask) -> str:
    match ask:
        case AskRecord():
            return f"{ask.label}（不选：{ask.blank or '最近一次'}）"
        case AskPaper():
            return f"{ask.label}：{'、'.join(words for _, words in ask.choices)}"
        case AskPeriod():
            return "起止日期"
        case AskDeputies() | AskLastDay() | AskCopies() | AskLarge() | AskDuplex():
            return ask.label


def _read(form: Form) -> list[str]:
    """The kinds of record that a form's own reader names, and the operations it asks."""
    module = sys.modules[getattr(form.read, "func", form.read).__module__]
    found: dict[str, None] = {}
    for model in (kind for ask in form.asks for kind in _models_of(ask)):
        found[model.title] = None
    for part in (module, *_operations(module)):
        for one in vars(part).values():
            is_model = isinstance(one, type) and issubclass(one, Record) and one is not Record
            if is_model and one not in (OfficeProfile, Preset):
                found[one.title] = None
    return list(found)


def _models_of(ask: Ask) -> tuple[type[Record], ...]:
    return (ask.model, *ask.others) if isinstance(ask, AskRecord) else ()


def _operations(module: ModuleType) -> Iterator[ModuleType]:
    """The operations it asks, and those that make the rows of a list which these hand on."""
    for one in vars(module).values():
        if isinstance(one, ModuleType) and one.__name__.startswith(OPERATIONS):
            yield one
            yield from (part for part in _operations(one) if part.__name__ in OF_ROWS)


def page(sizes: dict[str, str]) -> str:
    """The whole text; `sizes` says on what paper each form was printed."""
    parts = [HEAD]
    for group in Group:
        forms = [form for form in FORMS.values() if form.group is group]
        if forms:
            parts.append(f"## {group.label}\n")
        parts += [_section(form, sizes.get(form.id, "")) for form in forms]
    return "\n".join(parts)


def _section(form: Form, size: str) -> str:
    rows = {**facts(form), "纸张": size or "—"}
    pictures = {kind: PICTURES / f"{form.id}-{kind}.png" for kind in KINDS}
    shown = [(KINDS[kind], path) for kind, path in pictures.items() if path.exists()]
    heads = "".join(f" {words} |" for words, _ in shown)
    cells = "".join(
        f" ![{form.title}，{words}]({path.relative_to(PAGE.parent).as_posix()}) |"
        for words, path in shown
    )
    return "\n".join(
        [
            f"### {form.title}\n",
            "| 项目 | 内容 |",
            "|---|---|",
            *(f"| {name} | {said} |" for name, said in rows.items()),
            "",
            *([f"|{heads}", f"|{'---|' * len(shown)}", f"|{cells}", ""] if shown else []),
        ]
    )


def sections(text: str) -> dict[str, dict[str, str]]:
    """The page read back: what it says of each form, by title."""
    found: dict[str, dict[str, str]] = {}
    title = ""
    for line in text.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split(" | ")]
        if line.startswith("### "):
            title = line.removeprefix("### ")
            found[title] = {}
        elif title and line.startswith("| ") and cells[0] in SAID:
            found[title][cells[0]] = cells[1]
    return found


# ------------------------------------------------------------------ pictures


def draw(wanted: Iterable[str]) -> dict[str, str]:
    """Print these forms, keep a picture of the first page of each; returns their paper."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    sizes: dict[str, str] = {}
    with tempfile.TemporaryDirectory() as folder:
        there = Path(folder)
        nothing, full = _offices(there)
        for ident in wanted:
            sys.stdout.write(f"{ident}\n")
            empty, filled = there / "empty.pdf", there / "full.pdf"
            if _printed(nothing, ident, empty, ""):
                _keep(empty, PICTURES / f"{ident}-empty.png")
            else:
                (PICTURES / f"{ident}-empty.png").unlink(missing_ok=True)
            _print_best(full, ident, filled)
            _keep(filled, PICTURES / f"{ident}-full.png")
            sizes[ident] = _size(filled)
        nothing.close()
        full.close()
    return sizes


def _offices(folder: Path) -> tuple[Office, Office]:
    nothing = make.empty_office(folder / "nothing")
    make.profile(nothing)
    made = folder / "demo" / "office.db"
    made.parent.mkdir()
    with demo.created(made, make.at()):
        pass
    full = make.copied_office(made, folder / "full")
    full.clock = demo_day.clock_for(made.parent, make.at())
    return nothing, full


def _printed(office: Office, ident: str, to: Path, record: str) -> bool:
    try:
        write(office, ident, to, Options(record_id=record))
    except UserError:
        return False
    return True


def _print_best(office: Office, ident: str, to: Path) -> None:
    """Print the record that says the most, of the newest few."""
    asks = [ask for ask in FORMS[ident].asks if isinstance(ask, AskRecord)]
    offered = [one.id for ask in asks for one in office.ask(ask.records)[:TRIED]]
    if offered:
        weigh = partial(_weight, office, ident, to)
        write(office, ident, to, Options(record_id=max(offered, key=weigh)))
    else:
        write(office, ident, to)


def _weight(office: Office, ident: str, to: Path, record: str) -> int:
    return len("".join(text_of(to)[:1])) if _printed(office, ident, to, record) else 0


def _keep(pdf: Path, to: Path) -> None:
    document = pypdfium2.PdfDocument(pdf)
    try:
        first = document[0]
        image: Any = first.render(scale=2 * WIDTH / first.get_width()).to_pil()
    finally:
        document.close()
    high = round(WIDTH * image.height / image.width)
    small = image.convert("RGB").resize((WIDTH, high), Image.Resampling.LANCZOS)
    small.quantize(COLOURS, dither=Image.Dither.NONE).save(to, optimize=True)


def _size(pdf: Path) -> str:
    document = pypdfium2.PdfDocument(pdf)
    try:
        wide, high = document[0].get_size()
    finally:
        document.close()
    found = (round(wide / MM), round(high / MM))
    return SIZES.get(found, f"{found[0]}×{found[1]} 毫米")


def main(wanted: list[str]) -> None:
    """Draw the forms named, or all; write the page; take away pictures of forms that are gone."""
    before = sections(PAGE.read_text(encoding="utf-8")) if PAGE.exists() else {}
    sizes = {ident: before.get(form.title, {}).get("纸张", "") for ident, form in FORMS.items()}
    missing = [i for i in FORMS if not (PICTURES / f"{i}-full.png").exists()]
    sizes |= draw(dict.fromkeys([*wanted, *missing]) if wanted else FORMS)
    for picture in PICTURES.glob("*.png"):
        if picture.stem.rpartition("-")[0] not in FORMS:
            picture.unlink()
    PAGE.write_text(page(sizes), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
