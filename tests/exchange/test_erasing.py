"""What a person wants forgotten is in no byte of the file, of its neighbours or of a bundle."""

import json
import zlib

import pytest
from reportlab.pdfgen.canvas import Canvas
from sqlalchemy import insert

from deputydesk.errors import NotAllowed, UserError
from deputydesk.exchange import attachments, backup, erasing, printouts
from deputydesk.journal import past, undo
from deputydesk.journal.tables import SyncHold
from deputydesk.models import Opinion, ScanRun, Voter
from deputydesk.models.choices import Channel
from deputydesk.office import Right, User, operation
from deputydesk.operations import accounts, opinions, petitions, scan_named, search
from deputydesk.operations import erasing as operations
from deputydesk.operations.printouts import Printed
from deputydesk.reports import Options
from deputydesk.reports.printing import write
from tests import make
from tests.operations import named_world
from tests.operations import scan_world as world

NAME, PHONE, NEW_PHONE = "葛某某某", "13804720000", "13904729999"
SECRETS = (NAME, PHONE, NEW_PHONE)


def bytes_of(office):
    return office.data.path.read_bytes()


def found_in(content: bytes) -> list[str]:
    return [secret for secret in SECRETS if secret.encode() in content]


def heard(office):
    return office.ask(opinions.rows, today=make.TODAY)


def hear(office, **more):
    given = {
        "channel": Channel.PHONE,
        "matter": "水压不足",
        "voter_name": NAME,
        "voter_phone": PHONE,
    }
    return office.do(opinions.hear, **(given | more))


@pytest.fixture
def voter(office):
    """A voter who was heard and whose phone was corrected."""
    make.home(office)
    opinion = hear(office)
    office.do(opinions.edit, opinion_id=opinion, voter_phone=NEW_PHONE)
    return office.ask(operations.voters, NAME)[0].id


def test_a_voter_is_found_by_what_they_were_ever_called(office, voter):
    for text in SECRETS:
        (row,) = office.ask(operations.voters, text)
        assert (row.id, row.name, row.phone, row.heard) == (voter, NAME, NEW_PHONE, 1)
        assert not row.is_deleted

    assert office.ask(operations.voters, "葛") == []


def test_an_erased_voter_is_in_no_byte_of_the_file(office, voter, tmp_path):
    assert found_in(bytes_of(office)) == list(SECRETS)

    erasing.erase(office, "voter", voter, tmp_path)

    assert found_in(bytes_of(office)) == []
    assert office.check() == []
    assert office.ask(operations.voters, NAME) == []
    assert office.ask(search.find, NAME) == []
    assert heard(office)[0].matter == "水压不足"


def test_it_does_not_come_back_by_a_rebuild(office, voter, tmp_path):
    erasing.erase(office, "voter", voter, tmp_path)

    office.rebuild()

    assert found_in(bytes_of(office)) == []
    assert office.check() == []


def test_drafts_and_what_the_window_showed_are_removed_when_they_say_it(office, voter, tmp_path):
    drafts = tmp_path / "drafts"
    drafts.mkdir()
    (drafts / "opinion-new.json").write_text(
        json.dumps({"name": NAME}, ensure_ascii=False), "utf-8"
    )
    (drafts / "visit-new.json").write_text('{"topic": "道路"}', encoding="utf-8")
    (tmp_path / "last.json").write_text(PHONE, encoding="utf-8")

    report = erasing.erase(office, "voter", voter, tmp_path)

    assert [file.name for file in drafts.iterdir()] == ["visit-new.json"]
    assert not (tmp_path / "last.json").exists()
    assert report.files == 2


def test_papers_that_name_them_are_removed_with_their_copies(office, voter, tmp_path):
    opinion = heard(office)[0].id
    other = hear(office, voter_name="郝平", voter_phone="", matter="路灯不亮")
    kept = tmp_path / "paper.pdf"
    ids = []
    for record in (opinion, other):
        options = Options(record_id=record)
        write(office, "opinion_slip", kept, options)
        what = printouts.printed(office, "opinion_slip", options)
        ids.append(printouts.keep(office, kept.read_bytes(), what, pages=1))
    ledger = Canvas(str(kept))
    ledger.drawString(100, 100, f"1 {PHONE} 2")
    ledger.save()
    printouts.keep(office, kept.read_bytes(), Printed("意见台账", "ledger"), pages=1)
    before = len(attachments.store_of(office).digests())

    report = erasing.erase(office, "voter", voter, tmp_path)

    left = office.ask(operations.printed_since, "2000-01-01T00:00:00")
    assert [line for line, _ in left] == [ids[1]]
    assert report.files == before - len(attachments.store_of(office).digests()) == 2
    assert "删除了2个文件" in "".join(report.sentences)
    assert office.check() == []


def test_papers_that_came_back_go_with_who_they_name(office, tmp_path):
    run_id, petition = named_world.of_petition(office)
    store = attachments.store_of(office)
    pictures = [store.take_bytes("1.txt", n.encode()) for n in ("郝平的回访表", "郝平的整页")]
    page = world.renamed(
        world.page("yes", "satisfied", "mostly", "unknown"),
        sheet="A2B3C",
        picture=pictures[0],
        whole=pictures[1],
    )
    world.read_in(office, run_id, page)
    office.do(scan_named.write_down, run_id=run_id, written="郝平说已经恢复")
    [voter] = office.ask(operations.voters, "郝平")
    assert store.read(pictures[0].digest)

    report = erasing.erase(office, "voter", voter.id, tmp_path)

    assert report.files == 2
    assert not {one.digest for one in pictures} & set(store.digests())
    assert office.ask(lambda session: session.query(ScanRun).count()) == 0
    assert "郝平".encode() not in bytes_of(office)
    assert [row.id for row in office.ask(petitions.rows)] == [petition]
    assert office.check() == []


def test_an_attachment_of_what_is_erased_goes_and_one_that_others_name_stays(
    office, voter, tmp_path
):
    first = heard(office)[0].id
    other = hear(office, voter_name="", voter_phone="", matter="路灯不亮")
    scan, shared = tmp_path / "信.txt", tmp_path / "图.txt"
    scan.write_text("来信", encoding="utf-8")
    shared.write_text("地图", encoding="utf-8")
    attachments.attach(office, Opinion, first, [scan, shared])
    attachments.attach(office, Opinion, other, [shared])
    opened = tmp_path / "opened"
    for row in office.ask(attachments.attachments.rows, "opinion", first):
        attachments.copy_to_open(office, row, opened)
    store = attachments.store_of(office)
    backup.back_up(office)

    report = erasing.erase(office, "opinion", first, tmp_path)

    texts = [store.path(digest).read_text(encoding="utf-8") for digest in store.digests()]
    assert texts == ["地图"]
    assert [file.name for file in opened.rglob("*.txt")] == ["图.txt"]
    assert report.files == 1
    assert report.travels
    assert len(report.backups) == 1
    spare = store.spares[0]
    assert len([file for file in spare.rglob("*") if file.is_file()]) == 1


def test_it_says_where_else_it_is_written_and_that_backups_hold_it(office, voter, tmp_path):
    hear(office, matter=f"{NAME}家门前的路灯不亮", voter_name="郝平", voter_phone="")
    backup.back_up(office)

    report = erasing.erase(office, "voter", voter, tmp_path)

    said = "".join(report.sentences)
    assert "恢复不了" in said
    assert f"选民意见“{NAME}家门前的路灯不亮”" in said
    assert "以前的1份备份里还有" in said
    assert "从不离开本单位" in said


def test_what_waits_aside_is_erased_as_well(office, voter, tmp_path):
    line = [
        1,
        1,
        "2026-11-23T09:00:00",
        "二",
        "voter",
        voter,
        "U",
        "[]",
        f'[{{"name":"{NAME}"}},"s"]',
    ]
    other = [*line[:5], "T1.local-1", *line[6:8], '[{"name":"郝平"},"s"]']
    office.do(hold, [line, other])

    erasing.erase(office, "voter", voter, tmp_path)

    kept = b"\n".join(zlib.decompress(one) for one in office.ask(held))
    assert NAME.encode() not in kept
    assert "郝平".encode() in kept


def test_names_in_the_list_of_what_was_done_are_taken_out(office, voter, tmp_path):
    office.do(named_action)
    assert NAME in {a.about for a in office.ask(undo_actions)}

    erasing.erase(office, "voter", voter, tmp_path)

    assert operations.GONE in {a.about for a in office.ask(undo_actions)}


def test_only_a_head_erases_and_only_what_is_the_offices_own(office, voter, tmp_path):
    with pytest.raises(UserError, match="不能彻底删除"):
        erasing.erase(office, "person", voter, tmp_path)
    with pytest.raises(UserError, match="别的单位"):
        erasing.erase(office, "opinion", "T2-1", tmp_path)
    with pytest.raises(UserError, match="没有这条记录"):
        erasing.erase(office, "voter", "T1.local-1", tmp_path)
    office.user = User("张丽", frozenset(Right) - {Right.MANAGE})

    with pytest.raises(NotAllowed):
        erasing.erase(office, "voter", voter, tmp_path)


def test_what_was_erased_is_noted_without_saying_it(office, voter, tmp_path):
    erasing.erase(office, "voter", voter, tmp_path)

    (event,) = office.ask(accounts.events)
    assert (event.what, event.about) == ("彻底删除", "选民1条")
    with pytest.raises(UserError, match="已经彻底删除"):
        erasing.erase(office, "voter", voter, tmp_path)


def test_a_damaged_copy_of_a_paper_stops_nothing():
    assert not erasing._says(b"no pdf", SECRETS)


def undo_actions(session):
    return undo.actions(session)


@operation(Right.REGISTER, "走访")
def named_action(tx):
    tx.session.add(Voter(name="另一位"))
    tx.about = NAME


@operation(Right.REGISTER, "另存")
def hold(tx, lines):
    packed = b"".join(json.dumps(line, ensure_ascii=False).encode() + b"\n" for line in lines)
    values = {"segment": {}, "outcome": "held", "why": "", "office": "T1", "ts": ""}
    tx.session.execute(
        insert(SyncHold).values(feed="x.T1.local", end="", lines=zlib.compress(packed), **values)
    )


def held(session):
    return [row.lines for row in session.query(SyncHold)]


def test_the_moment_of_the_first_line_is_known(office, voter):
    (line, *_) = office.ask(past.lines_of, [("voter", voter)])

    assert line.at == "2026-11-23T09:00:00"
