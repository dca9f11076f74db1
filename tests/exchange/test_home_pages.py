import re
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from sqlalchemy import select

from deputydesk.errors import Cancelled, UserError
from deputydesk.exchange import home_pages
from deputydesk.exchange.attachments import store_of
from deputydesk.models import Mandate, Person, Suggestion, Supervisor, Voter
from deputydesk.operations import suggestions
from deputydesk.operations.public_rows import LineKind, Selection
from tests import chromium, make
from tests.exchange import published

WIDTHS = ((390, 844), (1366, 768), (1920, 1080), (3840, 2160))


@pytest.fixture
def rich_office(demo_office):
    """The demo office with consents, photos, a rota, a board and more."""
    return published.filled(demo_office)


@pytest.fixture
def pages(rich_office, tmp_path):
    """Its pages, written."""
    to = tmp_path / "网页"
    home_pages.write(home_pages.prepare(rich_office), to, weixin=True)
    return to


def private(session):
    """What no page may hold: voters, and numbers that nobody agreed to publish."""
    people = list(session.execute(select(Person.phone, Person.id_no)).all())
    names = set(session.scalars(select(Person.name).join(Mandate, Mandate.person_id == Person.id)))
    voters = session.execute(select(Voter.name, Voter.phone)).all()
    numbers = {n for line in people for n in line if n} | {phone for _, phone in voters if phone}
    return numbers, {name for name, _ in voters if name}, names


def unconsented(session):
    agreed = Person.phone_public & Person.consented_on.is_not(None)
    return set(session.scalars(select(Person.public_phone).where(~agreed))) - {""}


def test_nothing_personal_beyond_consent_stands_in_any_page(rich_office, pages):
    numbers, voters, deputies = rich_office.ask(private)
    hidden = rich_office.ask(unconsented)
    everything = published.written(pages)
    for name in sorted(deputies, key=len, reverse=True):
        everything = everything.replace(name, "")

    assert len(numbers) > 400
    assert len(voters) > 100
    assert hidden
    assert [n for n in numbers | hidden if n in everything] == []
    assert [name for name in voters - deputies if name in everything] == []
    assert re.findall(r"(?<!\d)1[3-9]\d{9}(?!\d)", everything) == []
    watching = rich_office.ask(lambda s: set(s.scalars(select(Supervisor.name))))
    assert [name for name in watching - deputies if name in everything] == []


def test_a_suspended_deputy_is_in_no_page(rich_office, pages):
    suspended = rich_office.ask(
        lambda s: s.scalars(
            select(Person.name)
            .join(Mandate, Mandate.person_id == Person.id)
            .where(Mandate.suspended)
        ).one()
    )
    others = rich_office.ask(
        lambda s: s.scalars(
            select(Person.name)
            .join(Mandate, Mandate.person_id == Person.id)
            .where(Mandate.suspended.is_(False), Person.name.contains(suspended))
        ).all()
    )

    assert others == []
    assert suspended not in published.written(pages)


def test_every_home_and_the_office_has_a_page_of_its_own(rich_office, pages):
    names = sorted(file.name for file in pages.iterdir())

    assert len(names) == 1 + 27 + 27
    index = (pages / "index.html").read_text(encoding="utf-8")
    links = re.findall(r'href="(home-[^"]+)"', index)
    assert set(links) == {name for name in names if name.startswith("home-")}
    assert "0472-0000000" in index


def test_a_page_holds_all_that_it_needs_and_no_script(pages):
    for file in pages.glob("*.html"):
        page = file.read_text(encoding="utf-8")
        outside = re.findall(r'(?:src|href)="(?!data:|#|home-|index\.html)([^"]*)"', page)
        assert outside == []
        assert "<script" not in page
        assert "http" not in page.replace("http-equiv", "")


def test_a_page_for_wechat_has_inline_styles_only(pages):
    for file in pages.glob("weixin-*.html"):
        body = file.read_text(encoding="utf-8").partition("<body>")[2]
        assert re.findall(r"<style|<link|<img|<input|\sclass=|\sid=|position:|<details", body) == []
        assert "style=" in body


def test_photos_are_small_and_only_of_those_who_agreed(rich_office, pages):
    site = home_pages.prepare(rich_office).review.site
    home = next(h for h in site.homes if any(d.photo for d in h.deputies))
    page = (pages / f"home-{home.id[-10:]}.html").read_text(encoding="utf-8")
    photos = re.findall(r'src="data:image/jpeg;base64,([^"]+)"', page)

    assert len(photos) == sum(bool(d.photo) for d in home.deputies)
    import base64

    with Image.open(BytesIO(base64.b64decode(photos[0]))) as picture:
        assert picture.size == (300, 375)
    assert len(photos[0]) < 60_000


def test_a_photo_that_is_gone_or_no_picture_is_left_out_and_told(rich_office):
    store = store_of(rich_office)
    first, second, *_ = store.digests()
    store.path(first).unlink()
    store.path(second).write_bytes(b"no picture")

    prepared = home_pages.prepare(rich_office)

    assert prepared.photos[first] == prepared.photos[second] == ""
    told = [x for x in prepared.review.lines if x.why == "照片文件不见了，或不是图片"]
    assert told
    assert all(x.kind == LineKind.LEFT_OUT for x in told)
    assert 'src=""' not in "".join(
        t for _, t in home_pages._pages(prepared, dark=False, weixin=False)
    )


def test_text_is_shown_as_it_was_typed_and_never_becomes_part_of_the_page(rich_office, tmp_path):
    row = rich_office.ask(suggestions.rows, today=rich_office.clock().date())[0]
    rich_office.do(published.word, suggestion_id=row.id, reason="<script>alert(1)</script>&“引号”")

    home_pages.write(home_pages.prepare(rich_office), tmp_path / "out")

    page = (tmp_path / "out" / "index.html").read_text(encoding="utf-8")
    assert "&lt;script&gt;alert(1)&lt;/script&gt;&amp;“引号”" in page


class Stopper:
    """Presses 取消 at a step."""

    def __init__(self, at: int) -> None:
        self.at = at

    def step(self, done, total, what=""):
        if done == self.at:
            raise Cancelled


def test_a_cancelled_writing_leaves_nothing_and_an_earlier_one_whole(rich_office, tmp_path):
    prepared = home_pages.prepare(rich_office)
    to = tmp_path / "out"
    with pytest.raises(Cancelled):
        home_pages.write(prepared, to, Stopper(5))
    assert not to.exists()

    home_pages.write(prepared, to)
    before = {file.name: file.read_bytes() for file in to.iterdir()}
    with pytest.raises(Cancelled):
        home_pages.write(prepared, to, Stopper(5), dark=True)

    assert {file.name: file.read_bytes() for file in to.iterdir()} == before


def test_preparing_can_be_cancelled(rich_office):
    with pytest.raises(Cancelled):
        home_pages.prepare(rich_office, progress=Stopper(0))


def test_pages_of_homes_no_longer_chosen_go_and_foreign_files_stay(rich_office, tmp_path):
    to = tmp_path / "out"
    whole = home_pages.prepare(rich_office)
    home_pages.write(whole, to, weixin=True)
    (to / "别的.html").write_text("<p>别人的</p>", encoding="utf-8")
    one = whole.review.site.homes[3].id
    chosen = home_pages.prepare(rich_office, Selection(home_ids=(one,)))

    stale = home_pages.stale(chosen, to)
    done = home_pages.write(chosen, to)

    assert len(stale) == 52
    assert set(stale) < set(done.removed)
    assert sorted(file.name for file in to.iterdir()) == sorted(
        [f"home-{one[-10:]}.html", "index.html", "别的.html"]
    )
    assert done.files == ("index.html", f"home-{one[-10:]}.html")
    assert home_pages.stale(chosen, tmp_path / "nowhere") == []


def test_a_folder_that_cannot_be_written_to_is_a_sentence(rich_office, tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("")

    with pytest.raises(UserError, match="不能写入"):
        home_pages.write(home_pages.prepare(rich_office), blocked / "out")


def test_nothing_is_published_before_the_check_was_seen(rich_office):
    prepared = home_pages.prepare(rich_office)

    with pytest.raises(UserError, match="请先看过检查结果再发布"):
        home_pages.check_is_confirmed(prepared, confirmed=False)
    home_pages.check_is_confirmed(prepared, confirmed=True)


def test_an_office_with_a_bare_home_has_pages_too(office, tmp_path):
    make.home(office)

    done = home_pages.write(home_pages.prepare(office), tmp_path / "out", weixin=True)

    assert len(done.files) == 3
    assert "五当召镇人大代表之家" in published.written(tmp_path / "out")


def test_dark_is_a_wish(rich_office, tmp_path):
    prepared = home_pages.prepare(rich_office)
    home_pages.write(prepared, tmp_path / "dark", dark=True)
    home_pages.write(prepared, tmp_path / "light")

    assert 'id="dark" checked' in (tmp_path / "dark" / "index.html").read_text(encoding="utf-8")
    assert 'id="dark" checked' not in (tmp_path / "light" / "index.html").read_text(
        encoding="utf-8"
    )


def _fullest(office) -> Path:
    site = home_pages.prepare(office).review.site
    home = max(site.homes, key=lambda h: len(h.deputies) + 9 * len(h.projects))
    return Path(f"home-{home.id[-10:]}.html")


def test_pages_are_well_on_a_phone_and_on_every_screen(rich_office, pages, tmp_path):
    home = _fullest(rich_office)
    with chromium.browser(tmp_path) as seen:
        for width, height in WIDTHS:
            for page in ("index.html", home, str(home).replace("home-", "weixin-")):
                seen.open(pages / page, width=width, height=height)
                room = seen.run("return document.documentElement.scrollWidth")
                assert room <= width, f"{page} scrolls sideways at {width}"
                assert seen.errors() == []
                size = seen.run(
                    "return Math.min(...[...document.querySelectorAll('p, li, td, summary, a')]"
                    ".filter(e => e.offsetParent && e.innerText.trim())"
                    ".map(e => parseFloat(getComputedStyle(e).fontSize)))"
                )
                assert size >= 12, f"{page} has letters of {size} px at {width}"
                seen.screenshot(tmp_path / f"{width}-{page}.png")
        assert seen.requests() == []


def test_everything_can_be_reached_without_a_script(rich_office, pages, tmp_path):
    with chromium.browser(tmp_path) as seen:
        seen.open(pages / "index.html", width=1366, height=768)
        light = seen.run("return getComputedStyle(document.querySelector('.page')).backgroundColor")
        seen.click("label.switch")
        dark = seen.run("return getComputedStyle(document.querySelector('.page')).backgroundColor")
        assert light != dark
        seen.click("#suggestions summary")
        answer = seen.driver.find_element("css selector", "#suggestions .answer")
        assert answer.is_displayed()
        seen.click("#homes a.card")
        assert "/home-" in seen.driver.current_url
        assert seen.errors() == []


def test_a_suggestion_that_is_not_public_is_in_no_page(rich_office, tmp_path):
    row = rich_office.ask(suggestions.rows, today=rich_office.clock().date())[5]
    rich_office.do(
        published.change,
        model=Suggestion,
        record_id=row.id,
        public=False,
        headline="不能公开的建议",
    )

    home_pages.write(home_pages.prepare(rich_office), tmp_path / "out", weixin=True)

    assert "不能公开的建议" not in published.written(tmp_path / "out")
