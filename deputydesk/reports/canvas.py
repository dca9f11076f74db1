"""The reportlab canvas that forms are drawn on.

Loading this module loads reportlab: it is imported when something is printed, not before.
"""

from contextvars import ContextVar
from datetime import date
from typing import Any, BinaryIO, cast

from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas
from typing_extensions import override

from deputydesk.reports import archival, fonts

# The published types of reportlab have this one wrong, and what a canvas writes to not at all.
_FIRST_FONT = cast("Any", "Song")
_TOOL = "DeputyDesk"
_PACKED = pdfdoc.PDFZCompress.pdfname

Raw = Any  # reportlab brings no types for what it is writing
_Written: Raw = pdfdoc.PDFFile
_Page: Raw = pdfdoc.PDFPage
_into: ContextVar[BinaryIO | None] = ContextVar("_into", default=None)


class PaperCanvas(Canvas):
    """Names no font but ours, and writes the same bytes for the same data and day."""

    _code: list[str]

    def __init__(self, file: BinaryIO, day: date, *, is_archival: bool = False) -> None:
        fonts.typeface("Song")  # stands in for Helvetica, which would be named in the file
        super().__init__(
            file, pageCompression=1, invariant=1, initialFontName=_FIRST_FONT, lang="zh-CN"
        )
        self._file: Raw = vars(self)["_doc"]
        self._to = file
        self._day = day
        self._is_archival = is_archival
        self._shown: dict[tuple[str, str, float], str] = {}
        self.setDateFormatter(self._dated)
        self.setCreator(_TOOL)
        self.setProducer(_TOOL)
        self.setViewerPreference("DisplayDocTitle", "true")
        self.setViewerPreference("PrintScaling", "None")

    def put(self, drawing: str) -> None:
        """Adds a piece of PDF as it is."""
        self._code.append(drawing)

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
        self.put(f"BT {x:.2f} {y:.2f} Td {spaced}{self._shown[key]}{after} ET")

    def to_front(self, first: int) -> None:
        """Puts the pages from `first` (counted from 0) on before all others."""
        pages: list[Raw] = self._file.Pages.pages
        pages[:] = [*pages[first:], *pages[:first]]

    @override
    def showPage(self) -> None:
        """Ends the page; what stands on it is packed now, reportlab would keep it as it is."""
        super().showPage()
        page: Raw = self._file.Pages.pages[-1]
        packed = pdfdoc.PDFStream(content=pdfdoc.PDFZCompress.encode(page.stream))
        packed.dictionary["Filter"] = pdfdoc.PDFArray([pdfdoc.PDFName(_PACKED)])
        page.Contents, page.stream = packed, None

    @override
    def save(self) -> None:
        if self._is_archival:
            self._add_archival_parts()
        held = _into.set(self._to)
        try:
            super().save()
        finally:
            _into.reset(held)

    def _add_archival_parts(self) -> None:
        info, catalog = self._file.info, self._file.Catalog
        said = archival.Described(
            info.title, info.author, info.subject, _TOOL, info.producer, self._day
        )
        packet = pdfdoc.PDFStream(content=archival.metadata(said), filters=())
        packet.dictionary["Type"] = pdfdoc.PDFName("Metadata")
        packet.dictionary["Subtype"] = pdfdoc.PDFName("XML")
        profile = pdfdoc.PDFStream(content=archival.colours())
        profile.dictionary["N"] = 3
        intent = {
            "Type": pdfdoc.PDFName("OutputIntent"),
            "S": pdfdoc.PDFName("GTS_PDFA1"),
            "OutputConditionIdentifier": pdfdoc.PDFString("sRGB"),
            "Info": pdfdoc.PDFString("sRGB IEC61966-2.1"),
            "DestOutputProfile": self._file.Reference(profile),
        }
        catalog.Metadata = packet
        catalog.OutputIntents = pdfdoc.PDFArray([pdfdoc.PDFDictionary(intent)])
        catalog.__NoDefault__ = [*catalog.__NoDefault__, "OutputIntents"]

    def _dated(self, *_: int) -> str:
        return f"D:{self._day:%Y%m%d}000000+08'00'"


class _Straight(_Written):
    """Puts what is written into its file at once: reportlab holds all of it twice before."""

    def __init__(self, version: tuple[int, int]) -> None:
        super().__init__(version)
        to = _into.get()
        if to is not None:
            to.write(b"".join(self.strings))
            self.strings.clear()
            self.write = to.write


class _LeanPage(_Page):
    """A page that holds its own only: of 45 values most are None, which here the class has."""

    def __init__(self) -> None:
        """Sets nothing."""

    def format(self, document: Raw) -> bytes:
        """The page as it is written, once; what was put together for it goes again."""
        of_reportlab: Raw = super()
        written: bytes = of_reportlab.format(document)
        self.Resources = self.MediaBox = None
        return written


for _name in _Page.__NoDefault__:
    setattr(_LeanPage, _name, None)


def _ends_on_a_line_of_its_own(
    format_stream: Any,  # Any: a method of reportlab
) -> Any:
    """What writes streams, with the line end before `endstream` that reportlab leaves out.

    The archives' standard asks for it (ISO 19005-2, 6.1.7.1); it is not counted as content.
    """

    def write(stream: Raw, document: Raw) -> bytes:
        written: bytes = format_stream(stream, document)
        return written.removesuffix(b"endstream\n") + b"\nendstream\n"

    return write


_streams: Raw = pdfdoc.PDFStream
_streams.format = _ends_on_a_line_of_its_own(pdfdoc.PDFStream.format)
_reportlab: Raw = pdfdoc
_reportlab.PDFFile = _Straight
_reportlab.PDFPage = _LeanPage
