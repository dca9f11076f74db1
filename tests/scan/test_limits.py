"""What is too large or too many is refused before it is unpacked, copied or counted to its end."""

import io
import os
import struct

import pytest
from PIL import Image

from deputydesk.scan import pages
from deputydesk.scan.reasons import Refusal
from deputydesk.scan.source import Source
from tests.scan.paper import a_ballot

MOST = 10_000
"""Pages of a file, as the sentence says to the clerk."""


@pytest.fixture(scope="module")
def paper():
    return a_ballot().blank.resize((1240, 1754))


def refusals(file):
    return [sheet.refusal for sheet in pages.sheets(file)]


def pdf(to, *objects):
    """A PDF of these objects, the first of which is the catalogue."""
    made, places = io.BytesIO(), []
    made.write(b"%PDF-1.4\n")
    for number, content in enumerate(objects, start=1):
        places.append(made.tell())
        made.write(b"%d 0 obj\n%b\nendobj\n" % (number, content))
    table = made.tell()
    made.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    made.write(b"".join(b"%010d 00000 n \n" % place for place in places))
    made.write(b"trailer << /Size %d /Root 1 0 R >>\n" % (len(objects) + 1))
    made.write(b"startxref\n%d\n%%%%EOF\n" % table)
    to.write_bytes(made.getvalue())
    return to


def stream(about, data):
    return b"<< %b /Length %d >>\nstream\n%b\nendstream" % (about, len(data), data)


def showing(to, across, down, data, *, coded=b"", pages=1):
    """A PDF whose pages show one picture, which is said to be so large."""
    first = 5
    shown = b" ".join(b"%d 0 R" % (first + n) for n in range(pages))
    about = (
        b"/Type /XObject /Subtype /Image /ColorSpace /DeviceGray /BitsPerComponent 8"
        b" /Width %d /Height %d %b" % (across, down, coded)
    )
    page = (
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 3 0 R"
        b" /Resources << /XObject << /I 4 0 R >> >> >>"
    )
    return pdf(
        to,
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%b] /Count %d >>" % (shown, pages),
        stream(b"", b"595 0 0 842 0 0 cm /I Do"),
        stream(about, data),
        *[page] * pages,
    )


def empty_pages(to, count):
    """A PDF of so many pages on which nothing is."""
    shown = b" ".join(b"%d 0 R" % (3 + n) for n in range(count))
    return pdf(
        to,
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%b] /Count %d /MediaBox [0 0 595 842] >>" % (shown, count),
        *[b"<< /Type /Page /Parent 2 0 R >>"] * count,
    )


def tiny_pictures(to, count):
    """A TIFF of so many pictures, all of the same eight pixels."""
    tags = [(256, 3, 1, 8), (257, 3, 1, 1), (258, 3, 1, 1), (259, 3, 1, 1), (262, 3, 1, 1)]
    tags += [(273, 4, 1, 8), (278, 3, 1, 1), (279, 4, 1, 1)]
    size = 2 + 12 * len(tags) + 4
    packed = b"".join(struct.pack("<HHII", *tag) for tag in tags)
    made = [b"II*\0", struct.pack("<I", 10), b"\xff\0"]
    for number in range(1, count + 1):
        following = 10 + size * number if number < count else 0
        made += [struct.pack("<H", len(tags)), packed, struct.pack("<I", following)]
    to.write_bytes(b"".join(made))
    return to


@pytest.mark.parametrize("made", [empty_pages, tiny_pictures])
def test_a_file_of_as_many_pages_as_are_allowed_is_read_and_of_one_more_refused(tmp_path, made):
    allowed = made(tmp_path / "allowed", MOST)
    more = made(tmp_path / "more", MOST + 1)

    assert pages.count(allowed) == MOST
    last = list(pages.sheets(allowed, MOST - 1, MOST))
    assert [(sheet.number, sheet.refusal) for sheet in last] == [(MOST - 1, None), (MOST, None)]
    assert refusals(more) == [Refusal.TOO_MANY_PAGES]
    assert f"{MOST}页" in Refusal.TOO_MANY_PAGES.words


def test_a_tiff_of_far_too_many_pages_is_not_counted_to_its_end(tmp_path, monkeypatch):
    monkeypatch.setattr(pages, "MOST_PAGES", 3)
    seen, seek = [], Image.Image.seek
    monkeypatch.setattr(
        "PIL.TiffImagePlugin.TiffImageFile.seek",
        lambda picture, frame: seen.append(frame) or seek(picture, 0),
    )

    assert refusals(tiny_pictures(tmp_path / "scan.tif", 500)) == [Refusal.TOO_MANY_PAGES]
    assert seen == [0, 1, 2, 3]


class Noting(Source):
    """Notes how much PDFium was given."""

    given = 0

    def readinto(self, buffer, /):
        found = super().readinto(buffer)
        Noting.given += found
        return found


def test_a_pdf_that_is_one_huge_picture_is_refused_without_being_copied(tmp_path, monkeypatch):
    huge = showing(tmp_path / "huge.pdf", 2000, 1500, b"\xd0" * 3_000_000, pages=2)
    monkeypatch.setattr(pages, "LARGEST_PAGE", 2_000_000)
    monkeypatch.setattr(pages, "Source", Noting)
    monkeypatch.setattr(Noting, "given", 0)

    assert refusals(huge) == [Refusal.PICTURE_TOO_LARGE] * 2
    assert Noting.given < 100_000


def test_a_picture_file_larger_than_a_page_is_refused_unopened(tmp_path, paper, monkeypatch):
    for name in ("scan.jpg", "scan.png", "scan.bmp", "scan.tif"):
        paper.save(tmp_path / name)
    monkeypatch.setattr(pages, "LARGEST_PAGE", 20_000)

    assert refusals(tmp_path / "scan.tif") == [None]  # of many pages perhaps
    monkeypatch.setattr(Image, "open", None)
    for name in ("scan.jpg", "scan.png", "scan.bmp"):
        assert refusals(tmp_path / name) == [Refusal.PICTURE_TOO_LARGE]


def packed(picture, kind):
    made = io.BytesIO()
    picture.save(made, kind)
    return made.getvalue()


@pytest.mark.parametrize(
    ("kind", "coded"), [("JPEG", b"/Filter /DCTDecode"), ("JPEG2000", b"/Filter /JPXDecode")]
)
def test_a_picture_larger_than_its_pdf_says_is_refused(tmp_path, paper, monkeypatch, kind, coded):
    lying = showing(tmp_path / "lying.pdf", 100, 100, packed(paper, kind), coded=coded)
    monkeypatch.setattr(pages, "PIXELS", 1_000_000)

    assert refusals(lying) == [Refusal.PICTURE_TOO_LARGE]


def test_a_jpeg_in_a_pdf_that_would_fill_the_memory_is_refused(tmp_path, paper):
    data = bytearray(packed(paper, "JPEG"))
    size = data.index(b"\xff\xc0") + 5
    data[size : size + 4] = struct.pack(">HH", 60_000, 60_000)
    bomb = showing(tmp_path / "bomb.pdf", 100, 100, bytes(data), coded=b"/Filter /DCTDecode")

    assert refusals(bomb) == [Refusal.PICTURE_TOO_LARGE]


def test_a_jpeg_in_a_pdf_that_is_damaged_is_refused(tmp_path):
    damaged = showing(tmp_path / "a.pdf", 900, 900, b"no JPEG", coded=b"/Filter /DCTDecode")

    assert refusals(damaged) == [Refusal.PAGE_DAMAGED]


def pull_out(source):
    """From now on the file cannot be read."""
    refusing = os.open(source.name, os.O_WRONLY)
    os.dup2(refusing, source.fileno())
    os.close(refusing)


def pulled(*args):
    source = Source(*args)
    pull_out(source)
    return source


def test_a_stick_pulled_out_while_a_pdf_is_opened_is_said(tmp_path, paper, monkeypatch):
    paper.save(tmp_path / "scan.pdf")
    monkeypatch.setattr(pages, "Source", pulled)

    assert refusals(tmp_path / "scan.pdf") == [Refusal.FILE_GONE]


def test_a_stick_pulled_out_between_two_pages_of_a_pdf_is_said_of_each_that_was_left(
    tmp_path, paper, monkeypatch
):
    paper.save(tmp_path / "scan.pdf", save_all=True, append_images=[paper] * 3)
    opened = []
    monkeypatch.setattr(pages, "Source", lambda *args: opened.append(Source(*args)) or opened[-1])

    found = []
    for sheet in pages.sheets(tmp_path / "scan.pdf", 1, 4):
        found.append((sheet.number, sheet.refusal))
        if sheet.number == 2:
            pull_out(opened[-1])

    gone = Refusal.FILE_GONE
    assert found == [(1, None), (2, None), (3, gone), (4, gone)]


def test_a_pdf_exchanged_for_a_damaged_one_after_it_was_counted_is_refused(tmp_path):
    (tmp_path / "scan.pdf").write_bytes(b"%PDF-1.4 nothing")

    found = list(pages.sheets(tmp_path / "scan.pdf", 3, 4))

    assert [(sheet.number, sheet.refusal) for sheet in found] == [
        (3, Refusal.FILE_DAMAGED),
        (4, Refusal.FILE_DAMAGED),
    ]


@pytest.mark.filterwarnings("ignore")  # Pillow's, of what it cannot make out
def test_a_tiff_that_breaks_off_is_read_as_far_as_it_goes_and_refused_there(tmp_path):
    page = Image.linear_gradient("L").resize((20, 30))
    page.save(tmp_path / "whole.tif", save_all=True, append_images=[page] * 2)
    whole = (tmp_path / "whole.tif").read_bytes()
    told = set()

    for cut in range(10, len(whole)):
        (tmp_path / "cut.tif").write_bytes(whole[:cut])
        told.add(tuple(refusals(tmp_path / "cut.tif")))

    read, broken = None, Refusal.PAGE_DAMAGED
    assert told == {
        (Refusal.FILE_UNKNOWN,),
        (broken,),
        (broken, broken),
        (read, broken),
        (read, broken, broken),
        (read, read, broken),
        (read, read, read),  # only what nobody needs is missing
    }
