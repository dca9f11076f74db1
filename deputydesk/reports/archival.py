"""What makes a PDF one for the archives: PDF/A-2b (ISO 19005-2).

Fonts are embedded, colours and pictures without transparency anyway; an archival file also says
in its metadata what it is, and which colours it means.
"""

from dataclasses import dataclass
from datetime import date
from xml.sax.saxutils import escape

from deputydesk.paths import resource

_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/">
<pdfaid:part>2</pdfaid:part>
<pdfaid:conformance>B</pdfaid:conformance>
<dc:format>application/pdf</dc:format>
<dc:language><rdf:Bag><rdf:li>zh-CN</rdf:li></rdf:Bag></dc:language>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>
<pdf:Producer>{producer}</pdf:Producer>
<xmp:CreatorTool>{creator}</xmp:CreatorTool>
<xmp:CreateDate>{day}T00:00:00+08:00</xmp:CreateDate>
<xmp:ModifyDate>{day}T00:00:00+08:00</xmp:ModifyDate>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>
"""


@dataclass(frozen=True)
class Described:
    """What a file says of itself, in both of its places alike."""

    title: str
    author: str
    subject: str
    creator: str
    producer: str
    day: date


def metadata(said: Described) -> bytes:
    """The XMP packet."""
    return _XMP.format(
        title=escape(said.title),
        author=escape(said.author),
        subject=escape(said.subject),
        creator=escape(said.creator),
        producer=escape(said.producer),
        day=said.day.isoformat(),
    ).encode()


def colours() -> bytes:
    """The ICC profile of the colours that forms are drawn in: sRGB."""
    return resource("icc/sRGB.icc").read_bytes()
