"""Two pages on a sheet, large pages over several sheets, parts of one file."""

from dataclasses import replace

import pikepdf
import pypdfium2
import pytest

from deputydesk.errors import UserError
from deputydesk.reports import Options
from deputydesk.reports.form import TILES, TWO_UP, Setup
from deputydesk.reports.imposition import OVERLAP
from deputydesk.reports.kit import document
from deputydesk.reports.page import A3_WIDE, A4, A4_WIDE, A5, A5_WIDE, Page
from deputydesk.reports.printing import write
from tests.reports.judge import MM, faults, text_of
from tests.reports.samples import DAY, OFFICE


def made(to, pages, sheet):
    head = replace(OFFICE, setup=Setup(sheet=sheet))
    with document(to, title="题", subject="题", office=head, printed_on=DAY) as making:
        for page in pages:
            making.add_page(page)
    return making.pages


def page(size, text="请假条"):
    drawn = Page(size)
    drawn.text(20, 30, text, "Song", 12)
    drawn.rect(20, 40, 60, 20, stroke="#000000")
    return drawn


def seen(path):
    """Size of each page in mm, and left, top, width of the boxes drawn there."""
    with pikepdf.open(path) as file:
        sizes = [tuple(round(float(v) / MM) for v in p.mediabox[2:]) for p in file.pages]
    with pypdfium2.PdfDocument(path) as file:
        pictures = [p.render(scale=2).to_pil().convert("L") for p in file]
    return sizes, pictures


def test_two_small_pages_stand_on_one_sheet_at_true_scale(tmp_path):
    assert made(tmp_path / "a.pdf", [page(A5, "甲单"), page(A5, "乙单")], TWO_UP) == 1

    sizes, _ = seen(tmp_path / "a.pdf")
    assert sizes == [(297, 210)]
    (text,) = text_of(tmp_path / "a.pdf")
    assert "甲单" in text
    assert "乙单" in text
    assert faults(tmp_path / "a.pdf") == []
    with pypdfium2.PdfDocument(tmp_path / "a.pdf") as file:
        left, bottom, right, top = file[0].get_textpage().get_charbox(0)
    assert right - left == pytest.approx(12, abs=3)
    assert left / MM == pytest.approx(20.5, abs=0.8)
    assert 210 - bottom / MM == pytest.approx(30, abs=1)
    assert top > bottom


def test_a_single_small_page_stands_twice_and_the_last_of_three_once(tmp_path):
    assert made(tmp_path / "one.pdf", [page(A5_WIDE)], TWO_UP) == 1
    assert made(tmp_path / "three.pdf", [page(A5_WIDE)] * 3, TWO_UP) == 2

    assert [text.count("请假条") for text in text_of(tmp_path / "one.pdf")] == [2]
    assert [text.count("请假条") for text in text_of(tmp_path / "three.pdf")] == [2, 1]
    assert seen(tmp_path / "one.pdf")[0] == [(210, 297)]


def test_pages_of_a4_become_smaller_so_that_two_fit(tmp_path):
    made(tmp_path / "a.pdf", [page(A4), page(A4)], TWO_UP)

    with pypdfium2.PdfDocument(tmp_path / "a.pdf") as file:
        boxes = [file[0].get_textpage().get_charbox(n) for n in (0, 1)]
    assert boxes[1][0] - boxes[0][0] == pytest.approx(12 * 0.707, abs=0.1)


def test_a_large_page_is_parted_at_true_scale_with_marks(tmp_path):
    board = Page(A3_WIDE)
    for x in range(20, 420, 40):
        board.text(x, 100, f"{x}", "Song", 12)
        board.text(x, 250, f"{x}", "Song", 12)

    assert made(tmp_path / "a.pdf", [board, page(A4)], TILES) == 5

    sizes, pictures = seen(tmp_path / "a.pdf")
    assert sizes == [(297, 210)] * 4 + [(210, 297)]
    texts = text_of(tmp_path / "a.pdf")
    assert all("共2排2列" in text and f"重叠{OVERLAP:g}毫米" in text for text in texts[:4])
    wide = (420 + OVERLAP) / 2
    left = (297 - wide) / 2
    dark = pictures[0].point(lambda v: 255 if v < 128 else 0)
    marked = dark.crop((0, 0, round((left + 3) * MM * 2), 200)).getbbox()
    assert marked[0] / 2 / MM == pytest.approx(left - 4, abs=0.3)
    inked = dark.crop((round(left * MM * 2), round(30 * MM * 2), 594 * 2, 420 * 2)).getbbox()
    assert inked[0] / 2 / MM == pytest.approx(20, abs=0.6)


def test_neighbouring_tiles_show_the_same_in_their_overlap(tmp_path):
    board = Page(A3_WIDE)
    board.rect(420 / 2 - 4, 60, 8, 8, fill="#000000")
    made(tmp_path / "a.pdf", [board], TILES)

    _, pictures = seen(tmp_path / "a.pdf")
    sizes = []
    for picture in pictures[:2]:  # what stands between the marks
        inner = picture.crop(tuple(round(mm * MM * 2) for mm in (42, 30, 255, 180)))
        left, top, right, bottom = inner.point(lambda v: 255 if v < 90 else 0).getbbox()
        sizes.append((right - left, bottom - top))
    assert sizes[0] == pytest.approx(sizes[1], abs=1)
    assert sizes[0][0] / 2 / MM == pytest.approx(8, abs=0.5)


def test_papers_that_a_machine_reads_are_not_made_smaller(office, tmp_path):
    with pytest.raises(UserError, match="“述职满意度测评票”要由机器识别"):
        write(office, "ballot", tmp_path / "a.pdf", Options(sheet=TWO_UP))


def test_parts_of_a_file_have_bookmarks_below_their_own(tmp_path):
    with document(
        tmp_path / "a.pdf", title="题", subject="题", office=OFFICE, printed_on=DAY
    ) as whole:
        for name in ("甲", "乙"):
            whole.turn_to_front_side()
            head = replace(OFFICE, setup=Setup(into=whole.part(name)))
            with document(
                tmp_path / "x.pdf", title="x", subject="x", office=head, printed_on=DAY
            ) as part:
                part.add_page(page(A4_WIDE, name))
                assert part.pages == 1
        whole.to_front(lambda front: front.add_page(page(A4, "清单")))
        assert whole.pages == 4

    assert not (tmp_path / "x.pdf").exists()
    assert "清单" in text_of(tmp_path / "a.pdf")[0]
    with pikepdf.open(tmp_path / "a.pdf") as file, file.open_outline() as outline:
        assert [entry.title for entry in outline.root] == ["甲", "乙"]
