"""A checker of files for the archives: the rules of ISO 19005-2 (PDF/A-2b), clause by clause.

It knows nothing of how the file was made. What cannot stand in our files at all (signatures,
layers, films) is checked too: it is forbidden, so it must not be there.
"""

import io
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pikepdf
from fontTools.ttLib import TTFont

_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_PDFAID = "{http://www.aiim.org/pdfa/ns/id/}"
_XMP = "{http://ns.adobe.com/xap/1.0/}"
_PDF = "{http://ns.adobe.com/pdf/1.3/}"
_FORBIDDEN_ACTIONS = {
    "/Launch", "/Sound", "/Movie", "/ResetForm", "/ImportData", "/Hide", "/SetOCGState",
    "/Rendition", "/Trans", "/GoTo3DView", "/JavaScript",
}  # fmt: skip
_FORBIDDEN_ANNOTATIONS = {"/3D", "/Sound", "/Screen", "/Movie"}
_FILTERS = {
    "/FlateDecode", "/DCTDecode", "/CCITTFaxDecode", "/JBIG2Decode", "/ASCIIHexDecode",
    "/ASCII85Decode", "/RunLengthDecode",
}  # fmt: skip
_OPERATORS = set(
    "b B b* B* BDC BI BMC BT BX c cm CS cs d d0 d1 Do DP EI EMC ET EX f F f* G g gs h i ID j J K k"  # noqa: SIM905 - a list would be four times as long
    " l M m MP n q Q re RG rg ri s S SC sc SCN scn sh T* Tc Td TD Tf Tj TJ TL Tm Tr Ts Tw Tz v w"
    " W W* y ' \"".split()
)
_MARKER = re.compile(rb"\n\d+ 0 obj\n")

Pdf = Any  # pikepdf's objects hold anything


def breaches(path: Path) -> list[str]:
    """Every rule that this file breaks, with its clause; nothing if it is fit for the archives."""
    raw = path.read_bytes()
    with pikepdf.open(path) as file:
        found = [*_bytes(raw), *_trailer(file), *_objects(file, raw), *_catalog(file)]
        found += [*_metadata(file), *_colours(file), *_fonts(file), *_pages(file)]
        found += [f"qpdf: {problem}" for problem in file.check_pdf_syntax()]
    return found


def _bytes(raw: bytes) -> Iterator[str]:
    head, comment = raw.split(b"\n", 2)[:2]
    if not re.fullmatch(rb"%PDF-1\.[0-7]", head):
        yield "6.1.2: the header is not %PDF-1.n"
    if not (comment.startswith(b"%") and all(byte > 127 for byte in comment[1:5])):
        yield "6.1.2: no comment of four bytes above 127 after the header"
    if not re.search(rb"%%EOF\r?\n?\Z", raw):
        yield "6.1.3: something stands behind the last end of file"
    if raw.count(b"startxref") != 1:
        yield "6.1.3: more than one version in the file"
    for match in re.finditer(rb"endstream", raw):
        if raw[match.start() - 1 : match.start()] not in (b"\n", b"\r"):
            yield "6.1.7.1: endstream without a line end before it"
            break
    if (
        re.search(rb"[^\n]stream\r?[^\r\n]", raw.replace(b"endstream", b""))
        and b"\nstream" not in raw
    ):
        yield "6.1.7.1: stream without a line end after it"


def _trailer(file: Pdf) -> Iterator[str]:
    identity = file.trailer.get("/ID")
    if identity is None or len(identity) != 2 or not all(len(bytes(part)) for part in identity):
        yield "6.1.3: no file identifier"
    if "/Encrypt" in file.trailer:
        yield "6.1.3: encrypted"


def _objects(file: Pdf, raw: bytes) -> Iterator[str]:
    if not _MARKER.search(raw):
        yield "6.1.9: objects do not begin on lines of their own"
    for thing in file.objects:
        if isinstance(thing, pikepdf.Stream):
            yield from _stream(thing, raw)
        yield from _limits(thing)
        if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
            yield from _dictionary(thing)


def _stream(thing: Pdf, raw: bytes) -> Iterator[str]:
    told = int(thing.Length)
    packed = thing.read_raw_bytes()
    at = raw.find(packed)
    if len(packed) != told or (
        at >= 0 and not raw[at + told :].startswith((b"\nends", b"\r\nends"))
    ):
        yield f"6.1.7.1: a stream of {told} bytes is not as long as it says"
    if any(key in thing for key in ("/F", "/FFilter", "/FDecodeParms")):
        yield "6.1.7.1: a stream lies outside the file"
    filters = thing.get("/Filter", [])
    for name in [filters] if isinstance(filters, pikepdf.Name) else filters:
        if str(name) not in _FILTERS:
            yield f"6.1.7.2: filter {name}"
    yield from _drawn(thing, str(thing.get("/Subtype", "")))


def _drawn(thing: Pdf, kind: str) -> Iterator[str]:
    """Pictures and forms."""
    if kind == "/PS":
        yield "6.2.9: a PostScript object"
    if kind == "/Image" and ("/SMask" in thing or "/SMaskInData" in thing):
        yield "brief: a picture with transparency"
    if kind == "/Image" and thing.get("/Interpolate", False):
        yield "6.2.8: an interpolated picture"
    refused = {"/Image": ("/Alternates", "/OPI"), "/Form": ("/OPI", "/PS", "/Ref")}
    for key in refused.get(kind, ()):
        if key in thing:
            yield f"6.2.8: {kind} with {key}"


def _limits(thing: Pdf) -> Iterator[str]:
    if isinstance(thing, pikepdf.String) and len(bytes(thing)) > 32767:
        yield "6.1.13: a string too long"
    if isinstance(thing, pikepdf.Name) and len(str(thing)) > 128:
        yield "6.1.13: a name too long"
    if isinstance(thing, int) and abs(thing) > 2**31 - 1:
        yield "6.1.13: a number too large"


def _dictionary(thing: Pdf) -> Iterator[str]:
    kind, group = str(thing.get("/Type", "")), thing.get("/Group")
    if group is not None and str(group.get("/S", "")) == "/Transparency":
        yield "brief: a transparency group"
    if kind == "/ExtGState" or {"/ca", "/CA", "/BM", "/SMask"} & set(thing.keys()):
        if kind != "/XObject" and any(
            float(thing.get(key, 1)) != 1 for key in ("/ca", "/CA") if key in thing
        ):
            yield "brief: something half transparent"
        if str(thing.get("/BM", "/Normal")) not in ("/Normal", "/Compatible"):
            yield "brief: a blend mode"
        if "/TR" in thing or str(thing.get("/TR2", "/Default")) != "/Default":
            yield "6.2.5: a transfer function"
    if str(thing.get("/S", "")) in _FORBIDDEN_ACTIONS and kind in ("", "/Action"):
        yield f"6.5.1: action {thing.S}"
    if "/AA" in thing:
        yield "6.5.2: additional actions"
    if str(thing.get("/Subtype", "")) in _FORBIDDEN_ANNOTATIONS and kind == "/Annot":
        yield f"6.3.1: annotation {thing.Subtype}"


def _catalog(file: Pdf) -> Iterator[str]:
    root = file.Root
    for key in ("/AA", "/OCProperties", "/Requirements", "/NeedsRendering", "/Perms"):
        if key in root:
            yield f"6.x: catalog with {key}"
    if "/OpenAction" in root and isinstance(root.OpenAction, pikepdf.Dictionary):
        yield "6.5: something happens when the file is opened"
    names = root.get("/Names", {})
    for key in ("/JavaScript", "/EmbeddedFiles", "/AlternatePresentations"):
        if key in names:
            yield f"6.8: names with {key}"
    if "/AcroForm" in root and "/XFA" in root.AcroForm:
        yield "6.4.2: an XFA form"


def _metadata(file: Pdf) -> Iterator[str]:
    stream = file.Root.get("/Metadata")
    if stream is None:
        yield "6.6.2.1: no metadata"
        return
    if str(stream.get("/Type")) != "/Metadata" or str(stream.get("/Subtype")) != "/XML":
        yield "6.6.2.1: the metadata do not say what they are"
    packet = stream.read_bytes()
    head = re.match(rb"<\?xpacket ([^?]*)\?>", packet)
    if head is None or b"bytes=" in head[1] or b"encoding=" in head[1]:
        yield "6.6.2.1: the packet's head"
    tree = ET.fromstring(packet.decode("utf-8-sig").split("?>", 1)[1].rsplit("<?", 1)[0])
    said = {e.tag: "".join(e.itertext()).strip() for e in tree.iter() if e.tag != f"{_RDF}RDF"}
    if (said.get(f"{_PDFAID}part"), said.get(f"{_PDFAID}conformance")) != ("2", "B"):
        yield "6.6.4: does not say that it is PDF/A-2b"
    info = file.docinfo
    pairs = (
        (f"{_DC}title", "/Title"), (f"{_DC}creator", "/Author"), (f"{_DC}description", "/Subject"),
        (f"{_PDF}Producer", "/Producer"), (f"{_XMP}CreatorTool", "/Creator"),
    )  # fmt: skip
    for tag, key in pairs:
        if said.get(tag) != str(info.get(key, "")):
            yield f"6.6.3: {key} is {info.get(key)} there and {said.get(tag)} here"
    for tag, key in ((f"{_XMP}CreateDate", "/CreationDate"), (f"{_XMP}ModifyDate", "/ModDate")):
        digits = re.sub(r"\D", "", str(info.get(key, "")))
        if re.sub(r"\D", "", said.get(tag, "")) != digits:
            yield f"6.6.3: {key} differs"


def _colours(file: Pdf) -> Iterator[str]:
    intents = [i for i in file.Root.get("/OutputIntents", []) if str(i.get("/S")) == "/GTS_PDFA1"]
    if len(intents) != 1:
        yield "6.2.3: not one output intent"
        return
    (intent,) = intents
    if not str(intent.get("/OutputConditionIdentifier", "")):
        yield "6.2.3: the output condition has no name"
    profile = intent.get("/DestOutputProfile")
    data = profile.read_bytes() if profile is not None else b""
    if int.from_bytes(data[:4]) != len(data) or data[36:40] != b"acsp":
        yield "6.2.3: the profile is damaged"
    elif data[12:16] not in (b"prtr", b"mntr") or data[16:20] != b"RGB " or int(profile.N) != 3:
        yield "6.2.3: the profile is none of colours on a screen or printer"
    elif data[8] > 4:
        yield "6.2.3: the profile is of a later kind"


def _fonts(file: Pdf) -> Iterator[str]:
    shown: dict[Any, set[int]] = defaultdict(set)
    fonts: dict[Any, Pdf] = {}
    for page in file.pages:
        current: Any = None
        for step in pikepdf.parse_content_stream(page):
            if str(step.operator) == "Tf":
                current = page.resources.Font[str(step.operands[0])]
                fonts[current.objgen] = current
            elif str(step.operator) == "Tj":
                shown[current.objgen].update(bytes(step.operands[0]))
    for key, font in fonts.items():
        for fault in _font(font, shown[key]):
            yield f"{font.BaseFont}: {fault}"
    for thing in file.objects:
        is_font = isinstance(thing, pikepdf.Dictionary) and str(thing.get("/Type", "")) == "/Font"
        if is_font and "/FontDescriptor" not in thing:
            yield f"6.2.11.4: {thing.get('/BaseFont')} is named and not embedded"


def _font(font: Pdf, codes: set[int]) -> Iterator[str]:
    descriptor = font.FontDescriptor
    if str(font.Subtype) != "/TrueType" or "/FontFile2" not in descriptor:
        yield "6.2.11.4: not embedded"
        return
    is_symbolic = bool(int(descriptor.Flags) & 4)
    if is_symbolic and "/Encoding" in font:
        yield "6.2.11.6: a symbolic font with an encoding"
    if not is_symbolic and str(font.get("/Encoding", "")) not in (
        "/WinAnsiEncoding", "/MacRomanEncoding",
    ):  # fmt: skip
        yield "6.2.11.6: a font of letters without an encoding"
    if "/ToUnicode" not in font:
        yield "6.2.11.7: cannot be read as text"
    with TTFont(io.BytesIO(descriptor.FontFile2.read_bytes())) as program:
        tables = program["cmap"].tables
        if (
            is_symbolic
            and len(tables) != 1
            and not any((t.platformID, t.platEncID) == (3, 0) for t in tables)
        ):
            yield "6.2.11.6: more than one way from codes to glyphs"
        yield from _glyphs(font, program, tables[0].cmap, codes)


def _glyphs(font: Pdf, program: Pdf, cmap: Any, codes: set[int]) -> Iterator[str]:
    first, widths = int(font.FirstChar), list(font.Widths)
    em, metrics = program["head"].unitsPerEm, program["hmtx"]
    for code in sorted(codes):
        glyph = cmap.get(code, ".notdef")
        if glyph == ".notdef":
            yield f"6.2.11.8: code {code} shows no glyph"
        elif abs(float(widths[code - first]) - metrics[glyph][0] * 1000 / em) > 1:
            yield f"6.2.11.5: code {code} is as wide here and otherwise there"


def _pages(file: Pdf) -> Iterator[str]:
    for number, page in enumerate(file.pages, start=1):
        if "/PresSteps" in page.obj:
            yield f"6.10: page {number} is a film"
        for note in page.obj.get("/Annots", []):
            if not int(note.get("/F", 0)) & 4:
                yield f"6.3.2: page {number} has an annotation that is not printed"
        depth = deepest = 0
        for step in pikepdf.parse_content_stream(page):
            operator = str(step.operator)
            depth += {"q": 1, "Q": -1}.get(operator, 0)
            deepest = max(deepest, depth)
            if operator not in _OPERATORS:
                yield f"6.2.2: page {number} uses {operator}"
            elif operator in ("K", "k"):
                yield f"6.2.4.3: page {number} is in printers' colours"
            elif operator == "ri":
                yield f"6.2.6: page {number} chooses how colours are meant"
        if deepest > 28:
            yield f"6.1.13: page {number} nests too deep"
