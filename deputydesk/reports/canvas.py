"""The reportlab canvas that forms are drawn on.

Loading this module loads reportlab: it is imported when something is printed, not before.
"""

from datetime import date
from typing import Any, BinaryIO, cast

from reportlab.pdfgen.canvas import Canvas

from deputydesk.reports import fonts

# The published types of reportlab have this one wrong, and what a canvas writes to not at all.
_FIRST_FONT = cast("Any", "Song")


class PaperCanvas(Canvas):
    """Names no font but ours, and writes the same bytes for the same data and day."""

    def __init__(self, file: BinaryIO, day: date) -> None:
        fonts.typeface("Song")  # stands in for Helvetica, which would be named in the file
        super().__init__(
            file, pageCompression=1, invariant=1, initialFontName=_FIRST_FONT, lang="zh-CN"
        )
        self._file: Any = vars(self)["_doc"]
        self._shown: dict[tuple[str, str, float], str] = {}
        self._day = f"D:{day:%Y%m%d}000000+08'00'"
        self.setDateFormatter(self._dated)
        self.setCreator("DeputyDesk")
        self.setViewerPreference("DisplayDocTitle", "true")
        self.setViewerPreference("PrintScaling", "None")

    def show(
        self, x: float, y: float, text: str, name: str, size: float, spacing: float = 0
    ) -> None:
        """Writes a line; thrice as fast as `drawString`, which hundreds of reports feel."""
        key = (text, name, size)
        if key not in self._shown:
            font = fonts.typeface(name)
            self._shown[key] = " ".join(
                f"{font.getSubsetInternalName(part, self._file)} {size:g} Tf <{codes.hex()}> Tj"
                for part, codes in font.splitString(text, self._file)
            )
        spaced, after = (f"{spacing:.3f} Tc ", " 0 Tc") if spacing else ("", "")
        self.addLiteral(f"BT {x:.2f} {y:.2f} Td {spaced}{self._shown[key]}{after} ET")

    def _dated(self, *_: int) -> str:
        return self._day
