"""What was printed: where a page's boxes stand, and how it looks before anybody ticked it."""

import base64
import io
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from deputydesk.errors import UserError
from deputydesk.reports.layout import Box, Layout, Mark
from deputydesk.reports.page import Size
from deputydesk.scan.arrays import Grey
from deputydesk.scan.codes import Code, find
from deputydesk.scan.pages import drawn

SCALE = 6
"""Pixels per mm in which pages are compared with what was printed."""
_FINE = 2 * SCALE  # rendered finer, then averaged: as a scanner does
_POINTS = 72 / 25.4


@dataclass(frozen=True)
class Limit:
    """At most so many rows of a page may have this option ticked: choose N of M."""

    option: int
    most: int


@dataclass(frozen=True)
class Template:
    """One page of a run: everything that its reading depends on.

    Args:
        code: what the page's QR code says.
        size: of the page.
        marks: the corner squares.
        qr: the QR code: x, y, side.
        boxes: those printed; a page with fewer rows than its layout has the first ones.
        blank: the page as it was printed, PNG of `SCALE` pixels per mm.
        per_record: the code names a record, not a run: pages of all records are read by this.
        choices: how many boxes of a row may be ticked.
        limit: how often an option may be ticked on the page.
    """

    code: Code
    size: Size
    marks: tuple[Mark, ...]
    qr: tuple[float, float, float]
    boxes: tuple[Box, ...]
    blank: bytes
    per_record: bool = False
    choices: int = 1
    limit: Limit | None = None

    @property
    def rows(self) -> int:
        """How many rows of boxes the page has."""
        return max(box.row for box in self.boxes) + 1

    def reads(self, code: Code) -> bool:
        """Whether pages with this code are read by this template."""
        same = (code.version, code.page) == (self.code.version, self.code.page)
        own = (code.run, code.pages) == (self.code.run, self.code.pages)
        return same and (self.per_record or own)

    def picture(self) -> Grey:
        """The blank page."""
        from PIL import Image

        with Image.open(io.BytesIO(self.blank)) as picture:
            return np.asarray(picture.convert("L"))


Layouts = Mapping[Any, Layout]  # Any: a version, or a version and a page


def of_pdf(
    printed: Path, layouts: Layouts, *, choices: int = 1, limit: Limit | None = None
) -> list[Template]:
    """The templates of a printed form: each page that its layouts know, once.

    Layouts are known by their version; where pages differ, by version and page.

    Raises:
        UserError: the file cannot be read, or none of its pages has boxes.
    """
    import pypdfium2

    found: dict[tuple[str, str, int], Template] = {}
    try:
        with pypdfium2.PdfDocument(printed) as document:
            for number in range(len(document)):
                page = document[number]
                fine = drawn(page, _FINE / _POINTS)
                for code in _codes(fine):
                    layout = _layout(layouts, code)
                    run = "" if layout is not None and layout.per_record else code.run
                    if layout is None or (code.version, run, code.page) in found:
                        continue
                    made = _template(fine, code, layout, choices, limit)
                    found[code.version, run, code.page] = made
    except (OSError, pypdfium2.PdfiumError) as error:
        raise UserError(f"“{printed.name}”读不出来。", hint="请选择印这批表时的 PDF。") from error
    if not found:
        raise UserError(f"“{printed.name}”里没有可以扫描的表。", hint="请选择印这批表时的 PDF。")
    return list(found.values())


def _layout(layouts: Layouts, code: Code) -> Layout | None:
    return layouts.get((code.version, code.page)) or layouts.get(code.version)


def _codes(fine: Grey) -> Iterable[Code]:
    half = np.ascontiguousarray(_halved(fine))
    read = (Code.read(found.text) for found in find(half))
    return [code for code in read if code]


def _halved(fine: Grey) -> Grey:
    height, width = fine.shape[0] // 2 * 2, fine.shape[1] // 2 * 2
    tiles = fine[:height, :width].reshape(height // 2, 2, width // 2, 2)
    return tiles.mean((1, 3)).round().astype(np.uint8)


def _template(
    fine: Grey, code: Code, layout: Layout, choices: int, limit: Limit | None
) -> Template:
    from PIL import Image

    half = _halved(fine)
    rows = [row for row in range(layout.rows) if all(_stands(half, b) for b in layout.row(row))]
    kept = io.BytesIO()
    Image.fromarray(half).save(kept, "PNG", optimize=False)
    return Template(
        code=code,
        size=layout.size,
        marks=layout.marks,
        qr=layout.code,
        boxes=tuple(box for box in layout.boxes if box.row in rows),
        blank=kept.getvalue(),
        per_record=layout.per_record,
        choices=choices,
        limit=limit,
    )


def _stands(half: Grey, box: Box) -> bool:
    """Whether a box was printed: its upper and its left edge are dark."""
    x, y, side = (round(value * SCALE) for value in (box.x, box.y, box.side))
    across = half[max(0, y - 2) : y + 3, x + 3 : x + side - 3]
    down = half[y + 3 : y + side - 3, max(0, x - 2) : x + 3]
    if not (across.size and down.size):
        return False
    return bool(across.min(0).mean() < 160 and down.min(1).mean() < 160)


def as_json(template: Template) -> dict[str, Any]:  # Any: whatever JSON holds
    """The template as JSON, the form that test pages are made from, with what else is needed."""
    code, (x, y, side) = template.code, template.qr
    names = ("tl", "tr", "bl", "br")
    return {
        "form": code.run,
        "version": code.version,
        "page": code.page,
        "pages": code.pages,
        "page_mm": [template.size.width, template.size.height],
        "marks": {
            name: [m.x + m.side / 2, m.y + m.side / 2, m.side]
            for name, m in zip(names, template.marks, strict=True)
        },
        "qr": [{"x": x, "y": y, "size": side}],
        "rows": [
            {
                "row": f"r{row + 1:02d}",
                "boxes": [
                    {"col": b.option, "x": b.x, "y": b.y, "w": b.side, "h": b.side}
                    for b in template.boxes
                    if b.row == row
                ],
            }
            for row in range(template.rows)
        ],
        "per_record": template.per_record,
        "choices": template.choices,
        "limit": [template.limit.option, template.limit.most] if template.limit else None,
        "blank": base64.b64encode(template.blank).decode("ascii"),
    }


def of_json(file: Path) -> Template:
    """A template that was written as JSON.

    Raises:
        UserError: it cannot be read.
    """
    try:
        said = json.loads(file.read_text("utf-8"))
        return _of_json(said)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UserError(
            f"“{file.name}”不是表的版式文件。", hint="请用 deskctl scan geometry 重新生成。"
        ) from error


def _of_json(said: Mapping[str, Any]) -> Template:  # Any: whatever JSON holds
    (code,) = said["qr"]
    limit = said.get("limit")
    return Template(
        code=Code(said["version"], said["form"], said["page"], said["pages"]),
        size=Size(*said["page_mm"]),
        marks=tuple(Mark(x - s / 2, y - s / 2, s) for x, y, s in said["marks"].values()),
        qr=(code["x"], code["y"], code["size"]),
        boxes=tuple(
            Box(number, box["col"], box["x"], box["y"], box["w"])
            for number, row in enumerate(said["rows"])
            for box in row["boxes"]
        ),
        blank=base64.b64decode(said["blank"]),
        per_record=said.get("per_record", False),
        choices=said.get("choices", 1),
        limit=Limit(*limit) if limit else None,
    )
