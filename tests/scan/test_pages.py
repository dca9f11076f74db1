"""The files that come on a stick: what can be read of them, and a sentence for what cannot."""

import io

import numpy as np
import pikepdf
import pypdfium2
import pytest
from PIL import Image

from deputydesk.scan import pages
from deputydesk.scan.reasons import Refusal
from tests.scan.paper import a_ballot

SIZE = (1654, 2339)


@pytest.fixture(scope="module")
def paper():
    return a_ballot().blank.resize(SIZE)


def likeness(picture, paper):
    """How alike two pictures are: 1 is the same."""
    one, two = (
        np.asarray(Image.fromarray(np.asarray(p)).resize((210, 297)), float).ravel()
        for p in (picture, paper)
    )
    return np.corrcoef(one, two)[0, 1]


def read(file):
    return list(pages.sheets(file))


def refusals(file):
    return [sheet.refusal for sheet in read(file)]


SAVED = {
    "scan.png": {},
    "scan.jpg": {"quality": 85},
    "scan.tif": {},
    "scan.bmp": {},
    "SCAN.PNG": {"format": "PNG"},
    "scan.pdf": {"resolution": 200},
}


@pytest.mark.parametrize(("name", "how"), SAVED.items(), ids=SAVED)
@pytest.mark.parametrize("mode", ["L", "RGB"])
def test_what_a_scanner_writes_is_read_as_it_was_scanned(tmp_path, paper, name, how, mode):
    paper.convert(mode).save(tmp_path / name, **how)

    (sheet,) = read(tmp_path / name)

    assert sheet.picture.shape == SIZE[::-1]
    assert sheet.picture.dtype == np.uint8
    assert likeness(sheet.picture, paper) > 0.99


@pytest.mark.parametrize("name", ["scan.tif", "scan.pdf"])
def test_black_and_white_pages_packed_as_faxes_are_read(tmp_path, paper, name):
    how = {"compression": "group4"} if name.endswith("tif") else {"resolution": 200}
    paper.convert("1").save(tmp_path / name, **how)

    (sheet,) = read(tmp_path / name)

    assert sheet.picture.shape == SIZE[::-1]
    assert likeness(sheet.picture, paper) > 0.9


def test_each_page_of_a_tiff_is_a_page(tmp_path, paper):
    turned = paper.rotate(180)
    paper.save(tmp_path / "scan.tif", save_all=True, append_images=[turned, paper])

    found = read(tmp_path / "scan.tif")

    assert [sheet.number for sheet in found] == [1, 2, 3]
    assert likeness(found[1].picture, turned) > 0.99


def test_only_the_pages_asked_for_are_read(tmp_path, paper):
    paper.save(tmp_path / "scan.pdf", save_all=True, append_images=[paper] * 4)

    found = list(pages.sheets(tmp_path / "scan.pdf", 2, 3))

    assert [sheet.number for sheet in found] == [2, 3]
    assert pages.count(tmp_path / "scan.pdf") == 5


def test_a_photo_is_turned_as_the_camera_was_held(tmp_path, paper):
    exif = Image.Exif()
    exif[0x0112] = 6
    paper.rotate(90, expand=True).save(tmp_path / "photo.jpg", exif=exif)

    (sheet,) = read(tmp_path / "photo.jpg")

    assert likeness(sheet.picture, paper) > 0.99


def test_what_is_transparent_is_paper(tmp_path, paper):
    clear = Image.new("RGBA", SIZE, (0, 0, 0, 0))
    clear.paste(paper.convert("RGBA"), mask=Image.fromarray(255 - np.asarray(paper)))
    clear.save(tmp_path / "scan.png")

    (sheet,) = read(tmp_path / "scan.png")

    assert sheet.picture.mean() > 200


def test_greys_of_sixteen_bits_are_read(tmp_path, paper):
    deep = np.asarray(paper).astype(np.uint16) * 257
    Image.fromarray(deep).save(tmp_path / "scan.png")

    (sheet,) = read(tmp_path / "scan.png")

    assert likeness(sheet.picture, paper) > 0.99


def test_a_page_of_several_pictures_is_drawn(tmp_path, paper):
    upper = paper.crop((0, 0, SIZE[0], 1000))
    lower = paper.crop((0, 1000, *SIZE))
    document = pypdfium2.PdfDocument.new()
    page = document.new_page(595, 842)
    for part, bottom in ((upper, 842 * (1 - 1000 / 2339)), (lower, 0)):
        image = pypdfium2.PdfImage.new(document)
        image.set_bitmap(pypdfium2.PdfBitmap.from_pil(part.convert("RGB")))
        image.set_matrix(
            pypdfium2.PdfMatrix().scale(595, 842 * part.height / 2339).translate(0, bottom)
        )
        page.insert_obj(image)
    page.gen_content()
    document.save(tmp_path / "strips.pdf")

    (sheet,) = read(tmp_path / "strips.pdf")

    assert likeness(sheet.picture, paper) > 0.97


def test_a_picture_that_a_pdf_shows_mirrored_is_turned_back(tmp_path, paper):
    document = pypdfium2.PdfDocument.new()
    page = document.new_page(595, 842)
    image = pypdfium2.PdfImage.new(document)
    mirrored = paper.transpose(Image.Transpose.FLIP_TOP_BOTTOM)
    image.set_bitmap(pypdfium2.PdfBitmap.from_pil(mirrored.convert("RGB")))
    image.set_matrix(pypdfium2.PdfMatrix(595, 0, 0, -842, 0, 842))
    page.insert_obj(image)
    page.gen_content()
    document.save(tmp_path / "mirrored.pdf")

    (sheet,) = read(tmp_path / "mirrored.pdf")

    assert likeness(sheet.picture, paper) > 0.97


def test_a_file_that_is_gone_is_said(tmp_path):
    assert refusals(tmp_path / "scan.pdf") == [Refusal.FILE_GONE]


def test_a_stick_pulled_out_between_two_pages_is_said(tmp_path, paper, monkeypatch):
    paper.save(tmp_path / "scan.tif", save_all=True, append_images=[paper] * 2)
    frame = pages._frame
    monkeypatch.setattr(pages, "_frame", lambda p, n: frame(p, n) if n == 1 else pulled_out())

    found = read(tmp_path / "scan.tif")

    gone = Refusal.FILE_GONE
    assert [(page.number, page.refusal) for page in found] == [(1, None), (2, gone), (3, gone)]


def pulled_out(*_args, **_how):
    raise OSError(5, "gone")


def test_a_stick_pulled_out_within_a_page_is_said(tmp_path, paper, monkeypatch):
    paper.save(tmp_path / "scan.png")
    monkeypatch.setattr(pages, "_greys", pulled_out)

    assert refusals(tmp_path / "scan.png") == [Refusal.FILE_GONE]


def test_a_stick_pulled_out_while_a_picture_is_opened_is_said(tmp_path, paper, monkeypatch):
    paper.save(tmp_path / "scan.png")
    monkeypatch.setattr(Image, "open", pulled_out)

    assert refusals(tmp_path / "scan.png") == [Refusal.FILE_GONE]


def test_what_is_no_picture_is_refused(tmp_path):
    (tmp_path / "letter.docx").write_bytes(b"PK\x03\x04 letter")

    assert refusals(tmp_path / "letter.docx") == [Refusal.FILE_UNKNOWN]


@pytest.mark.parametrize("name", ["scan.pdf", "scan.tif", "scan.png", "scan.jpg"])
def test_a_file_that_was_not_copied_whole_is_refused_and_never_half_read(tmp_path, paper, name):
    paper.save(tmp_path / name)
    whole = (tmp_path / name).read_bytes()
    (tmp_path / name).write_bytes(whole[: len(whole) // 3])

    (refusal,) = refusals(tmp_path / name)

    assert refusal in {Refusal.FILE_DAMAGED, Refusal.PAGE_DAMAGED}


def test_a_pdf_with_a_password_is_refused(tmp_path, paper):
    paper.save(tmp_path / "plain.pdf")
    with pikepdf.open(tmp_path / "plain.pdf") as document:
        document.save(tmp_path / "locked.pdf", encryption=pikepdf.Encryption(owner="a", user="b"))

    assert refusals(tmp_path / "locked.pdf") == [Refusal.FILE_LOCKED]


def test_a_pdf_of_no_pages_is_refused(tmp_path, paper):
    paper.save(tmp_path / "plain.pdf")
    with pikepdf.open(tmp_path / "plain.pdf") as document:
        del document.pages[0]
        document.save(tmp_path / "none.pdf")

    assert read(tmp_path / "none.pdf")[0].picture is None


def test_a_damaged_page_is_refused_and_the_next_is_read(tmp_path, paper, monkeypatch):
    paper.save(tmp_path / "scan.pdf", save_all=True, append_images=[paper])
    page, seen = pages._on_page, []

    def first_damaged(number, given):
        seen.append(given)
        if len(seen) == 1:
            raise pypdfium2.PdfiumError("damaged")
        return page(number, given)

    monkeypatch.setattr(pages, "_on_page", first_damaged)

    first, second = read(tmp_path / "scan.pdf")

    assert first.refusal is Refusal.PAGE_DAMAGED
    assert second.picture is not None


def test_a_file_of_too_many_pages_is_refused(tmp_path, monkeypatch, paper):
    monkeypatch.setattr(pages, "MOST_PAGES", 2)
    paper.save(tmp_path / "scan.pdf", save_all=True, append_images=[paper] * 2)

    assert refusals(tmp_path / "scan.pdf") == [Refusal.TOO_MANY_PAGES]


def test_a_file_larger_than_can_be_read_is_refused(tmp_path):
    with (tmp_path / "scan.pdf").open("wb") as file:
        file.write(b"%PDF-1.4")
        file.truncate(pages.LARGEST + 1)

    assert refusals(tmp_path / "scan.pdf") == [Refusal.FILE_TOO_LARGE]


def bomb(folder, kind):
    """A few bytes that unpack into a picture of a thousand million pixels."""
    to = folder / f"bomb.{kind}"
    if kind == "pdf":
        document = pypdfium2.PdfDocument.new()
        document.new_page(20_000, 20_000)
        document.save(to)
        return to
    made = io.BytesIO()
    Image.new("1", (40_000, 25_000)).save(made, "PNG")
    to.write_bytes(made.getvalue())
    return to


@pytest.mark.parametrize("kind", ["pdf", "png"])
def test_a_picture_bomb_is_refused_before_it_is_unpacked(tmp_path, kind):
    assert refusals(bomb(tmp_path, kind)) == [Refusal.PICTURE_TOO_LARGE]


@pytest.mark.parametrize("alone", [True, False])
def test_a_picture_bomb_within_a_pdf_is_refused(tmp_path, paper, monkeypatch, alone):
    monkeypatch.setattr(pages, "PIXELS", 1_000_000)
    document = pypdfium2.PdfDocument.new()
    page = document.new_page(300, 400)
    for _ in range(1 if alone else 2):
        image = pypdfium2.PdfImage.new(document)
        image.set_bitmap(pypdfium2.PdfBitmap.from_pil(paper.convert("RGB")))
        image.set_matrix(pypdfium2.PdfMatrix().scale(300, 400))
        page.insert_obj(image)
    page.gen_content()
    document.save(tmp_path / "bomb.pdf")

    assert refusals(tmp_path / "bomb.pdf") == [Refusal.PICTURE_TOO_LARGE]


def test_a_large_scan_is_refused_and_a_large_photo_is_read_at_half_its_size(
    tmp_path, paper, monkeypatch
):
    monkeypatch.setattr(pages, "PIXELS", 3_000_000)
    monkeypatch.setattr(pages, "_PHOTO", 12_000_000)
    paper.save(tmp_path / "scan.png")
    paper.save(tmp_path / "photo.jpg")

    (photo,) = read(tmp_path / "photo.jpg")

    assert refusals(tmp_path / "scan.png") == [Refusal.PICTURE_TOO_LARGE]
    assert photo.picture.shape == (1170, 827)


def test_a_tiff_that_becomes_a_bomb_on_its_second_page_is_refused_there(
    tmp_path, paper, monkeypatch
):
    paper.save(tmp_path / "scan.tif", save_all=True, append_images=[paper])
    monkeypatch.setattr(pages, "_greys", explode)

    assert refusals(tmp_path / "scan.tif") == [Refusal.PICTURE_TOO_LARGE] * 2


def explode(_picture):
    raise Image.DecompressionBombError


@pytest.mark.parametrize("refusal", list(Refusal))
def test_every_refusal_says_what_is_so_and_what_to_do(refusal):
    assert refusal.words.endswith("。")
    assert refusal.hint.endswith("。")
    assert not any("a" <= letter <= "z" for letter in refusal.words)


@pytest.mark.parametrize(
    ("fault", "reason"),
    [(OSError(5, "input/output error"), Refusal.FILE_GONE), (SyntaxError(), Refusal.FILE_DAMAGED)],
)
def test_a_picture_that_cannot_be_counted_is_gone_or_damaged(
    tmp_path, paper, monkeypatch, fault, reason
):
    def fail(*_args, **_how):
        raise fault

    paper.save(tmp_path / "scan.png")
    monkeypatch.setattr(Image, "open", fail)

    assert refusals(tmp_path / "scan.png") == [reason]
