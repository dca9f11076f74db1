"""Of a picture that is kept nothing is kept but the picture."""

import io

import numpy as np
import pytest
from PIL import Image

from deputydesk.scan.keeping import keep, without_notes


def jpeg(seed, **options):
    """A picture with notes of who made it when."""
    note = Image.Exif()
    note[0x010F], note[0x0132] = "HUAWEI", "2026:11:28 09:15:00"
    greys = np.random.default_rng(seed).integers(0, 255, (64, 80), dtype=np.uint8)
    made = io.BytesIO()
    Image.fromarray(greys).save(made, "JPEG", exif=note, comment=b"HUAWEI", **options)
    return made.getvalue()


def seen(data):
    return np.asarray(Image.open(io.BytesIO(data))).tolist()


@pytest.mark.parametrize("options", [{}, {"progressive": True}, {"restart_marker_blocks": 2}])
@pytest.mark.parametrize(
    "behind", [b"", b"\0", b"Image_UTC_Data1764290100000HUAWEI", jpeg(2), b"\xff\xfe\0\x08HUAWEI"]
)
def test_neither_notes_before_a_picture_nor_what_stands_behind_it_are_kept(options, behind):
    whole = jpeg(1, **options)

    kept = without_notes(whole + behind)

    assert seen(kept) == seen(whole)
    assert b"HUAWEI" not in kept
    assert b"2026" not in kept
    assert kept == without_notes(whole)


@pytest.mark.parametrize("filled", [b"\xff", b"\xff\xff\xff", b"\0\0", b"\xff\x01"])
def test_notes_behind_bytes_that_say_nothing_are_found(filled):
    whole = jpeg(1)
    note = whole.index(b"\xff\xe1")

    kept = without_notes(whole[:note] + filled + whole[note:])

    assert kept == without_notes(whole)


@pytest.mark.parametrize("cut", [2, 3, 4, 30, 400, -2, -1])
def test_a_picture_that_breaks_off_keeps_what_it_has(cut):
    whole = without_notes(jpeg(1))

    kept = without_notes(whole[:cut])

    assert kept.startswith(whole[:cut].rstrip(b"\xff"))
    assert kept.endswith(b"\xff\xd9")


def test_neither_names_nor_times_of_what_is_kept_tell_which_page_came_first(tmp_path):
    greys = np.full((64, 80), 200, np.uint8)

    found = [keep(jpeg(n) if n % 2 else None, greys, greys, tmp_path) for n in range(30)]

    for kind in ("whole", "table", "thumb"):
        names = [getattr(kept, kind).name for kept in found]
        assert names not in (sorted(names), sorted(names, reverse=True))
    assert len(list(tmp_path.iterdir())) == 90
    assert len({(f.stat().st_mtime_ns, f.stat().st_atime_ns) for f in tmp_path.iterdir()}) == 1
    notes = b"".join(kept.thumb.read_bytes() + kept.table.read_bytes() for kept in found)
    assert b"Exif" not in notes
