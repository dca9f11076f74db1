"""The PC's own typefaces on paper: tried when chosen, with ours behind them."""

from typing import Any

import pikepdf
import pytest
from fontTools.subset import Options as Cut
from fontTools.subset import Subsetter
from fontTools.ttLib import TTFont

from deputydesk.cli import main
from deputydesk.errors import UserError
from deputydesk.paths import resource
from deputydesk.reports import fonts, own_fonts
from deputydesk.reports.printing import write
from tests.reports.judge import faults

RARE = "𬱖"


@pytest.fixture(autouse=True)
def ours_again():
    """Each test ends with the bundled typefaces."""
    yield
    fonts.use_own({})


def font(to, text=None, *, rights=0, name="OwnFang"):
    """A font file as a PC may have it."""
    with TTFont(resource("fonts/Kai.ttf")) as file:
        cut = Subsetter(Cut(name_IDs=["*"], notdef_outline=True))
        cut.populate(text=text or own_fonts.usual_characters() + "０123456789（）〔〕，。、：；—")
        cut.subset(file)
        tables: Any = file  # Any: fontTools has no types for its tables
        tables["OS/2"].fsType = rights
        for record in tables["name"].names:
            if record.nameID == 6:
                record.string = name
        file.save(to)
    return to


def names(path):
    with pikepdf.open(path) as file:
        return {
            str(f.BaseFont).partition("+")[2]
            for page in file.pages
            for f in page.resources.Font.values()
        }


def test_a_fit_font_is_used_and_ours_fill_in_what_it_lacks(office, tmp_path):
    folder = office.data.path.parent
    write(office, "reply_letter", tmp_path / "before.pdf")
    write(office, "reject_notice", tmp_path / "ours.pdf")

    assert own_fonts.choose(folder, "Fang", font(tmp_path / "own.ttf")) == "OwnFang"
    write(office, "reject_notice", tmp_path / "own.pdf")

    assert "OwnFang" in names(tmp_path / "own.pdf")
    assert "OwnFang" not in names(tmp_path / "ours.pdf")
    assert faults(tmp_path / "own.pdf") == []
    assert fonts.unprintable(RARE) == ""
    assert fonts.width(RARE, "Fang") > 0
    assert fonts.for_name(f"王{RARE}", "Fang") != "Fang"


def test_a_font_that_is_gone_or_given_back_leaves_ours(office, tmp_path):
    folder = office.data.path.parent
    own = font(tmp_path / "own.ttf")
    own_fonts.choose(folder, "Fang", own)
    own_fonts.choose(folder, "BiaoSong", own)
    assert set(own_fonts.apply(folder)) == {"Fang", "BiaoSong"}

    own_fonts.choose(folder, "BiaoSong", None)
    assert set(own_fonts.apply(folder)) == {"Fang"}
    own.unlink()
    assert own_fonts.apply(folder) == {}
    (folder / own_fonts.FILE).write_text("[")
    assert own_fonts.chosen(folder) == {}
    (folder / own_fonts.FILE).write_text("[]")
    assert own_fonts.chosen(folder) == {}


def test_a_font_that_is_not_fit_is_refused_with_the_reason(tmp_path):
    cases = (
        (tmp_path / "none.ttf", "找不到字体文件"),
        (font(tmp_path / "few.ttf", "人大代表"), "缺少3751个常用字"),
        (font(tmp_path / "locked.ttf", rights=2), "厂商不允许"),
        (tmp_path / "text.ttf", "不是 TrueType 字体，或已损坏|已损坏"),
    )
    (tmp_path / "text.ttf").write_text("no font")
    (tmp_path / "otto.otf").write_bytes(b"OTTO" + bytes(200))

    for file, reason in cases:
        with pytest.raises(UserError, match=reason):
            own_fonts.choose(tmp_path, "Fang", file)
    with pytest.raises(UserError, match="PostScript"):
        own_fonts.check(tmp_path / "otto.otf")
    with pytest.raises(UserError, match="没有“草书”这种字体"):
        own_fonts.choose(tmp_path, "草书", None)
    assert not (tmp_path / own_fonts.FILE).exists()


def test_the_command_shows_and_chooses(tmp_path, capsys):
    own = font(tmp_path / "own.ttf")

    assert main(["fonts", "Fang", str(own), "--office", str(tmp_path)]) == 0
    assert main(["fonts", "--office", str(tmp_path)]) == 0

    said = capsys.readouterr().out
    assert f"Fang　仿宋（正文）　{own}" in said
    assert "BiaoSong　小标宋（标题）　自带" in said
