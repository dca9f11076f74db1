"""The wall of deputies: by home or group, by consent, with empty frames."""

import pikepdf
import pytest

from deputydesk.errors import UserError
from deputydesk.exchange import attachments
from deputydesk.models.choices import HomeLevel
from deputydesk.operations import deputies, deputy_groups
from deputydesk.reports import FORMS, Options, deputy_wall
from deputydesk.reports.deputy_wall import Wall, WallCard, Walls
from deputydesk.reports.form import AskRecord
from deputydesk.reports.printing import write
from deputydesk.rules import qr_codes
from tests import make
from tests.reports import samples
from tests.reports.judge import faults, text_of
from tests.reports.live import printed

PAPERS = ("home-a3", "home-a4", "group-a3", "group-a4")


def cards(count, **values):
    """Cards of usual deputies."""
    return tuple(
        WallCard(samples.NAMES[n % len(samples.NAMES)], "石拐区人大代表", "第1选区", **values)
        for n in range(count)
    )


def on_wall(walls, to, **values):
    deputy_wall.write(walls, to, office=samples.OFFICE, printed_on=samples.DAY, **values)
    assert faults(to) == []
    return ["".join(page.split()) for page in text_of(to)]


@pytest.mark.parametrize(("a3", "each"), [(True, 15), (False, 6)])
def test_a_wall_goes_on_and_every_home_begins_a_page(tmp_path, a3, each):
    walls = Walls(
        (Wall("甲家", cards(each + 1)), Wall("乙家", cards(each)), Wall("丙家", cards(1)))
    )

    pages = on_wall(walls, tmp_path / "wall.pdf", a3=a3)

    assert ["（续）" in page for page in pages] == [False, True, False, False]
    assert f"共{each + 1}名按姓名笔画为序" in pages[0]
    with pikepdf.open(tmp_path / "wall.pdf") as document, document.open_outline() as outline:
        assert [mark.title for mark in outline.root] == ["甲家", "乙家", "丙家"]


@pytest.mark.parametrize("a3", [True, False])
def test_the_worst_wall_is_well_printed(tmp_path, a3):
    picture = tmp_path / "photo.png"
    picture.write_bytes(samples.photo())
    code = qr_codes.vcard(
        name=samples.LONGEST_NAME, organ=samples.SENTENCE, title="代表", phone="0472-0000000",
        note="第29选区", code=qr_codes.code_of("abcdefghijkl", "abcdefghijkl-" + "f" * 32),
    )  # fmt: skip
    s = samples.SENTENCE
    long = tuple(
        WallCard(name, s, s, s, s, samples.LONG_NAME, code, picture)
        for name in (samples.LONGEST_NAME, samples.RARE_NAME) * 8
    )

    said = "".join(
        on_wall(Walls((Wall(samples.SENTENCE, long),), samples.SENTENCE), tmp_path / "w.pdf", a3=a3)
    )

    assert said.count(samples.RARE_NAME[0]) == 8


def test_a_wall_of_nobody_has_empty_frames_to_fill_in(tmp_path):
    [said] = on_wall(Walls(()), tmp_path / "wall.pdf")

    assert said.count("照片") == 15
    assert "共" not in said.partition("第1页")[0]


def test_a_damaged_photo_is_told_with_the_name(tmp_path):
    picture = tmp_path / "photo.png"
    picture.write_bytes(b"no picture")
    wall = Wall("甲家", (WallCard("王伟", photo=picture),))

    with pytest.raises(UserError, match="王伟的照片文件已损坏"):
        on_wall(Walls((wall,)), tmp_path / "wall.pdf")


@pytest.fixture
def peopled(office):
    """Two homes and a group; one deputy agreed to photo and phone."""
    homes = [
        make.home(office),
        make.home(office, name="白草沟村人大代表之家", level=HomeLevel.VILLAGE),
    ]
    ids = [
        make.deputy(office, name="王伟", home_id=homes[0]),
        make.deputy(office, name="高娃", home_id=homes[1]),
        make.deputy(office, name="李娜"),
        make.deputy(office, name="丁一", home_id=homes[0]),
    ]
    office.do(
        deputy_groups.save, name="第一代表小组", leader_id=ids[0], member_ids=(ids[0], ids[1])
    )
    make.consent(office, ids[0], public_phone="0472-1111111")
    office.do(deputies.set_suspended, mandate_id=ids[3], suspended=True)
    return office, homes, ids


def test_deputies_hang_in_their_homes_and_the_suspended_nowhere(peopled, tmp_path):
    office, _, _ = peopled

    pages = printed(office, tmp_path, "deputy_wall")

    assert ["五当召镇人大代表之家" in p for p in pages] == [True, False, False]
    assert "王伟" in pages[0]
    assert "高娃" in pages[1]
    assert "未编入代表之家" in pages[2]
    assert "李娜" in pages[2]
    assert "丁一" not in "".join(pages)
    assert "监督电话：0472-0000000" in pages[0]


def test_one_home_or_one_deputy_hangs_alone(peopled, tmp_path):
    office, homes, ids = peopled

    [home] = printed(office, tmp_path, "deputy_wall", record_id=homes[1], paper="home-a4")
    [deputy] = printed(office, tmp_path, "deputy_wall", deputy_ids=(ids[2],))

    assert "高娃" in home
    assert "王伟" not in home
    assert "李娜" in deputy


def test_groups_have_walls_of_their_own(peopled, tmp_path):
    office, _, _ = peopled

    pages = printed(office, tmp_path, "deputy_wall", paper="group-a4")

    assert "第一代表小组" in pages[0]
    assert "王伟" in pages[0]
    assert "未编入代表小组" in pages[-1]


def test_an_a4_printer_gets_the_wall_in_tiles(peopled, tmp_path):
    office, homes, _ = peopled
    chosen = Options(record_id=homes[0], paper="home-a3-tiles")

    assert write(office, "deputy_wall", tmp_path / "wall.pdf", chosen) == 4


def test_photo_and_phone_hang_only_by_consent(peopled, tmp_path):
    office, _, ids = peopled
    picture = tmp_path / "portrait.png"
    picture.write_bytes(samples.photo())
    for ident in ids[:2]:
        person = office.ask(deputies.one, ident).person_id
        attachments.set_photo(office, person, picture)

    said = "".join(printed(office, tmp_path, "deputy_wall"))

    assert "0472-1111111" in said
    assert said.count("照片") == 2
    with pikepdf.open(tmp_path / "deputy_wall.pdf") as document:
        assert [len(page.get_images()) for page in document.pages] == [1, 0, 0]


def test_a_home_that_is_gone_is_told(office, tmp_path):
    with pytest.raises(UserError, match="找不到这个代表之家"):
        write(office, "deputy_wall", tmp_path / "form.pdf", Options(record_id="T1-gone"))


def test_the_homes_are_offered(peopled):
    office, homes, _ = peopled
    ask = FORMS["deputy_wall"].asks[0]
    assert isinstance(ask, AskRecord)

    assert {one.id for one in office.ask(ask.records)} == set(homes)
