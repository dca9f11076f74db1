"""The pocket page in a phone's browser: filled in, handed over by codes and by file, taken in."""

import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from deputydesk.errors import UserError
from deputydesk.exchange import attachments, pocket_intake, pocket_page
from deputydesk.exchange.pocket_intake import Inbox
from deputydesk.operations import attachments as records
from deputydesk.operations import opinions, visits
from deputydesk.operations.pocket_notes import NoteState
from deputydesk.rules import pocket_codes
from tests import make
from tests.chromium import Browser, browser
from tests.disks import somebody_else

PHONE = {"width": 390, "height": 844, "scale": 2}


@pytest.fixture(scope="module")
def chromium(tmp_path_factory) -> Iterator[Browser]:
    with browser(tmp_path_factory.mktemp("browser")) as found:
        yield found


@pytest.fixture
def deputy(office) -> str:
    return make.deputy(office, name="王伟", home_id=make.home(office))


@pytest.fixture
def page(office, deputy, tmp_path) -> Path:
    to = tmp_path / "代表随手记.html"
    pocket_page.write(office, to, deputy)
    return to


@pytest.fixture
def phone(chromium, page) -> Browser:
    """A phone that has opened the page for the first time."""
    forget(chromium)
    open_page(chromium, page)
    chromium.errors()
    chromium.requests()
    return chromium


def forget(phone) -> None:
    """Take away what any page keeps."""
    everything = {"origin": "file:///", "storageTypes": "all"}
    phone.driver.execute_cdp_cmd("Storage.clearDataForOrigin", everything)


def open_page(phone, page, view="list") -> None:
    phone.open(page, **PHONE)
    comes_to(phone, view)


def comes_to(phone, view) -> None:
    """Wait until a view is in sight: what is kept is written before the page goes on."""
    wait(lambda: phone.run(f"return !document.getElementById('{view}').hidden"))


def fill(phone, /, **values):
    for name, value in values.items():
        phone.run(f"document.getElementById('{name}').value = {json.dumps(value)}")


def note_down(phone, matter, /, **values):
    phone.click("#add")
    fill(phone, date="2026-11-20", matter=matter, **values)
    phone.click("#save")
    comes_to(phone, "list")


def text(phone, element):
    return phone.run(f"return document.getElementById('{element}').textContent")


def photographed(phone, folder) -> list[Path]:
    """Show the codes, and take a picture of each, as one does with another phone."""
    phone.click("#handOver")
    phone.click("#asCodes")
    phone.click("#pause")
    total = int(text(phone, "codeNumber").split("共 ")[1].split()[0])
    pictures = []
    for number in range(total):
        pictures.append(folder / f"码{number}.png")
        phone.screenshot(pictures[-1])
        phone.click("#next")
    return pictures


def heard(office):
    return office.ask(opinions.rows, today=make.TODAY, contacts=True)


def test_notes_are_handed_over_by_codes_and_taken_in_once(office, phone, tmp_path):
    note_down(
        phone, "村东头路灯不亮", detail="东头三盏，\n“十月”起就不亮。", voter="郝平", phone="138"
    )
    note_down(phone, "饮水井𬱖泵坏了", detail="渠首到三号桥渗漏。" * 60, channel="household")

    inbox = Inbox("T1")
    for picture in photographed(phone, tmp_path):
        inbox.add_file(picture)

    outcome = pocket_intake.take(office, inbox.whole())
    assert (outcome.added, outcome.unfit) == (2, 0)
    first, second = sorted(heard(office), key=lambda row: row.id)
    assert (first.matter, first.voter.name, first.voter.phone) == ("村东头路灯不亮", "郝平", "138")
    assert first.detail == "东头三盏，\n“十月”起就不亮。"
    assert second.matter == "饮水井𬱖泵坏了"
    assert len(office.ask(visits.rows)) == 2
    again = pocket_intake.take(office, inbox.whole())
    assert (again.added, again.same) == (0, 2)
    assert phone.errors() == []
    assert phone.requests() == []


def test_the_codes_are_those_of_the_reference(phone, tmp_path):
    note_down(phone, "路灯", detail="情况𬱖" * 200)

    pictures = photographed(phone, tmp_path)

    shown = [code for picture in pictures for code in pocket_intake.codes_in(picture)]
    [whole] = pocket_codes.collect(shown).complete()
    assert shown == pocket_codes.encode(whole)
    assert len(shown) > 3


def test_a_note_with_a_photo_is_handed_over_as_a_file(office, phone, tmp_path):
    picture = tmp_path / "现场.jpg"
    Image.effect_noise((3000, 2200), 90).convert("RGB").save(picture, quality=95)
    assert picture.stat().st_size > 1_000_000
    phone.driver.execute_cdp_cmd(
        "Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(tmp_path)}
    )
    phone.click("#add")
    fill(phone, date="2026-11-20", matter="道路塌陷")
    phone.driver.find_element("id", "camera").send_keys(str(picture))
    wait(lambda: phone.run("return !document.getElementById('photo').hidden"))
    phone.click("#save")
    comes_to(phone, "list")

    phone.click("#handOver")
    phone.click("#asFile")

    wait(lambda: list(tmp_path.glob("代表随手记-王伟-*-1条.json")))
    inbox = Inbox("T1")
    inbox.add_file(next(tmp_path.glob("*.json")))
    assert pocket_intake.take(office, inbox.whole()).photos == 1
    [opinion] = heard(office)
    [kept] = office.ask(records.rows, "opinion", opinion.id)
    assert kept.size <= 100 * 1024
    with Image.open(attachments.store_of(office).path(kept.digest)) as small:
        assert small.width > 600


def test_what_is_edited_after_handing_over_is_asked_about(office, phone, tmp_path):
    note_down(phone, "路灯不亮")
    inbox = Inbox("T1")
    for picture in photographed(phone, tmp_path):
        inbox.add_file(picture)
    pocket_intake.take(office, inbox.whole())
    phone.click("#back")
    phone.click("#done")
    comes_to(phone, "list")
    assert "已交" in text(phone, "notes")

    phone.click(".note")
    fill(phone, matter="路灯不亮，线杆也歪了")
    phone.click("#save")
    comes_to(phone, "list")

    assert "交后改过" in text(phone, "notes")
    assert text(phone, "handOver") == "交给人大办公室（1 条没交）"
    later = Inbox("T1")
    for picture in photographed(phone, tmp_path):
        later.add_file(picture)
    [row] = pocket_intake.preview(office, later.whole())
    assert row.state == NoteState.CHANGED
    assert row.about == "反映事项：“路灯不亮” → “路灯不亮，线杆也歪了”"
    pocket_intake.take(office, later.whole())
    assert heard(office)[0].matter == "路灯不亮"
    pocket_intake.take(office, later.whole(), accepted=(row.id,))
    assert heard(office)[0].matter == "路灯不亮，线杆也歪了"


def test_notes_stay_on_the_phone_until_they_are_removed(phone, page):
    note_down(phone, "路灯不亮")

    open_page(phone, page)

    assert "路灯不亮" in text(phone, "notes")
    phone.click(".note")
    phone.click("#remove")
    assert text(phone, "remove") == "再点一次就删除"
    phone.click("#remove")
    comes_to(phone, "list")
    assert text(phone, "notes") == ""

    open_page(phone, page)
    assert text(phone, "notes") == ""


def test_what_is_written_in_one_tab_overwrites_nothing_of_another(phone, page):
    note_down(phone, "路灯不亮")
    first = phone.driver.current_window_handle
    phone.driver.switch_to.new_window("tab")
    try:
        open_page(phone, page)
        note_down(phone, "饮水井坏了")
    finally:
        phone.driver.close()
        phone.driver.switch_to.window(first)
    note_down(phone, "道路塌陷")

    open_page(phone, page)

    noted = text(phone, "notes")
    assert all(matter in noted for matter in ("路灯不亮", "饮水井坏了", "道路塌陷"))


def test_a_browser_that_keeps_nothing_is_told_at_once(phone, page):
    script = {"source": "Object.defineProperty(window, 'indexedDB', {value: undefined})"}
    added = phone.driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", script)
    try:
        open_page(phone, page)
        assert "关掉就没有了" in text(phone, "notice")

        note_down(phone, "路灯不亮")

        assert "路灯不亮" in text(phone, "notes")
    finally:
        phone.driver.execute_cdp_cmd("Page.removeScriptToEvaluateOnNewDocument", added)


def test_what_was_handed_over_can_be_cleared_away(phone):
    note_down(phone, "路灯不亮")
    phone.click("#handOver")
    phone.click("#done")
    comes_to(phone, "list")
    note_down(phone, "饮水")
    phone.click("#handOver")

    phone.click("#clear")
    phone.click("#clear")
    comes_to(phone, "list")

    assert "饮水" in text(phone, "notes")
    assert "路灯" not in text(phone, "notes")


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"matter": " "}, "请写反映事项"),
        ({"matter": "路灯", "date": ""}, "请选择日期"),
        ({"matter": "路灯", "date": "2099-01-01"}, "日期不能晚于今天"),
        ({"matter": "路灯", "home": ""}, "请选择代表之家"),
    ],
)
def test_what_is_missing_is_said_at_its_place(phone, values, sentence):
    phone.click("#add")
    fill(phone, **values)

    phone.click("#save")

    assert sentence in text(phone, "matterError")
    assert phone.run("return !document.getElementById('edit').hidden")


def test_a_file_that_is_no_picture_is_told(phone, tmp_path):
    fake = tmp_path / "假.jpg"
    fake.write_bytes(b"no picture")
    phone.click("#add")

    phone.driver.find_element("id", "camera").send_keys(str(fake))

    wait(lambda: "不是图片" in text(phone, "photoError"))


def test_a_full_phone_says_so_and_keeps_what_it_had(phone):
    note_down(phone, "路灯不亮")
    phone.run("IDBObjectStore.prototype.put = function () { throw new Error('full'); }")
    phone.click("#add")
    fill(phone, date="2026-11-20", matter="饮水井坏了")

    phone.click("#save")

    wait(lambda: "手机存不下了" in text(phone, "photoError"))
    assert phone.run("return document.getElementById('matter').value") == "饮水井坏了"
    phone.click("#back")
    assert "饮水" not in text(phone, "notes")
    assert "路灯不亮" in text(phone, "notes")


def test_a_phone_that_fills_up_while_it_writes_keeps_all_of_a_note_or_nothing(phone, page):
    phone.run("""
        var put = IDBObjectStore.prototype.put, puts = 0;
        IDBObjectStore.prototype.put = function () {
          var asked = put.apply(this, arguments);
          puts += 1;
          if (puts === 3) { this.transaction.abort(); }
          return asked;
        };""")
    phone.click("#add")
    fill(phone, date="2026-11-20", matter="饮水井坏了")

    phone.click("#save")

    wait(lambda: "手机存不下了" in text(phone, "photoError"))
    open_page(phone, page)
    assert text(phone, "notes") == ""


def test_the_codes_turn_by_themselves(phone):
    note_down(phone, "路灯不亮", detail="情况" * 600)
    phone.click("#handOver")
    phone.click("#asCodes")
    for _ in range(3):
        phone.click("#pace")
    assert "每张 2 秒" in text(phone, "pace")

    wait(lambda: text(phone, "codeNumber").startswith("第 2 张"))
    phone.click("#pace")
    assert "手动" in text(phone, "pace")
    phone.click("#before")
    assert text(phone, "codeNumber").startswith("第 1 张")


def test_a_page_for_all_asks_who_it_is_once(office, deputy, chromium, tmp_path):
    make.deputy(office, name="高娃")
    to = tmp_path / "全体.html"
    assert pocket_page.write(office, to) == 2
    forget(chromium)
    open_page(chromium, to, "who")
    assert "高娃" in text(chromium, "whoList")

    chromium.run(
        "var find = document.getElementById('whoFind'); find.value = '王';"
        "find.dispatchEvent(new Event('input'))"
    )
    assert "高娃" not in text(chromium, "whoList")
    chromium.click("#whoList button")

    comes_to(chromium, "list")
    assert "王伟" in text(chromium, "subtitle")
    open_page(chromium, to)
    chromium.click("#change")
    comes_to(chromium, "who")


@pytest.mark.parametrize("view", ["list", "edit", "hand", "codes"])
def test_everything_is_large_enough_for_a_thumb_and_nothing_sticks_out(phone, view):
    note_down(phone, "路灯不亮" * 12, detail="情况" * 900)
    for step in {"edit": ["#add"], "hand": ["#handOver"], "codes": ["#handOver", "#asCodes"]}.get(
        view, []
    ):
        phone.click(step)

    small = phone.run("""
        return Array.from(document.querySelectorAll('button, select, input, textarea, .button'))
          .filter(e => e.offsetParent && !e.classList.contains('hide') && e.type !== 'checkbox')
          .filter(e => e.getBoundingClientRect().height < 48)
          .map(e => e.id || e.textContent)""")
    wide = phone.run("return document.documentElement.scrollWidth")

    assert small == []
    assert wide <= 390


def test_nothing_of_voters_is_in_the_page_and_nothing_may_be_asked_for(office, deputy, tmp_path):
    office.do(
        opinions.hear,
        channel=opinions.Channel.HOME,
        matter="不该带出去的事",
        mandate_id=deputy,
        voter_name="郝平",
        voter_phone="13804720156",
    )
    to = tmp_path / "页.html"

    pocket_page.write(office, to)

    said = to.read_text(encoding="utf-8")
    assert "default-src 'none'" in said
    assert not any(word in said for word in ("郝平", "13804720156", "不该带出去的事"))
    assert "王伟" in said
    assert pocket_page.file_name(office) == "代表随手记-全体代表.html"
    assert pocket_page.file_name(office, deputy) == "代表随手记-王伟.html"


def test_what_cannot_be_written_is_a_sentence(office, tmp_path):
    with pytest.raises(UserError, match="还没有代表"):
        pocket_page.write(office, tmp_path / "页.html")
    make.deputy(office)
    shut = tmp_path / "shut"
    shut.mkdir(mode=0o555)
    with somebody_else(shut), pytest.raises(UserError, match="没有权限写入"):
        pocket_page.write(office, shut / "页.html")
    assert list(tmp_path.glob("*.part")) == []


def wait(done, seconds: float = 20) -> None:
    """Wait until something is so."""
    until = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < until, "it did not come about"
        time.sleep(0.05)
