"""The reportlab canvas that forms are drawn on.

Loading this module loads reportlab: it is imported when something is printed, not before.
"""

from collections.abc import Iterable
from contextvars import ContextVar
from datetime import date
from io import BytesIO
from typing import Any, BinaryIO, cast
from zlib import compress

from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas
from typing_extensions import override

from deputydesk.reports import archival, fonts
from deputydesk.reports.steps import Inked, Picture, Stamp, Stamped, Step

# The published types of reportlab have this one wrong, and what a canvas writes to not at all.
_FIRST_FONT = cast("Any", "Song")
_TOOL = "DeputyDesk"
_EFFORT = 5  # of packing; the usual 6 takes a quarter longer for one hundredth less
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
        self._stamps: dict[Stamp, str] = {}
        self.setDateFormatter(self._dated)
        self.setCreator(_TOOL)
        self.setProducer(_TOOL)
        self.setViewerPreference("DisplayDocTitle", "true")
        self.setViewerPreference("PrintScaling", "None")

    def play(self, steps: Iterable[Step]) -> None:
        """Draws what a page noted; thrice as fast as `drawString`: hundreds of reports feel it."""
        for step in steps:
            if isinstance(step, str):
                self._code.append(step)
            elif isinstance(step, Picture):
                picture = ImageReader(BytesIO(step.jpeg))
                self.drawImage(picture, step.x, step.y, step.width, step.height)
            else:
                self._code.append(self._told(step))

    def _told(self, step: Inked) -> str:
        """A line or a stamp as PDF."""
        if isinstance(step, str):
            return step
        if isinstance(step, Stamped):
            return f"q 1 0 0 1 {step.right:.2f} {step.up:.2f} cm\n{self._stamp(step.stamp)}\nQ"
        x, y, text, name, size, spacing = step
        glyphs = self._shown.get((text, name, size)) or self._glyphs(text, name, size)
        if spacing:
            return f"BT {x:.2f} {y:.2f} Td {spacing:.3f} Tc {glyphs} 0 Tc ET"
        return f"BT {x:.2f} {y:.2f} Td {glyphs} ET"

    def _glyphs(self, text: str, name: str, size: float) -> str:
        """The letters of a line as the file's fonts have them."""
        font = fonts.typeface(name)
        glyphs = " ".join(
            f"{font.getSubsetInternalName(part, self._file)} {size:g} Tf <{codes.hex()}> Tj"
            for part, codes in font.splitString(text, self._file)
        )
        self._shown[text, name, size] = glyphs
        return glyphs

    def _stamp(self, stamp: Stamp) -> str:
        """What a stamp draws, put together once for the whole file."""
        if stamp not in self._stamps:
            self._stamps[stamp] = "\n".join(map(self._told, stamp.steps))
        return self._stamps[stamp]

    def to_front(self, first: int) -> None:
        """Puts the pages from `first` (counted from 0) on before all others."""
        pages: list[Raw] = self._file.Pages.pages
        pages[:] = [*pages[first:], *pages[:first]]

    @override
    def showPage(self) -> None:
        """Ends the page; what stands on it is packed now, reportlab would keep it as it is."""
        super().showPage()
        page: Raw = self._file.Pages.pages[-1]
        packed = pdfdoc.PDFStream(content=compress(page.stream.encode("ascii"), _EFFORT))
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
