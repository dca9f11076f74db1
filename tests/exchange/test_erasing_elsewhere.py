"""What one PC erased for good is on no other PC of the office after the next stick either."""

import json
from functools import partial
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from deputydesk.errors import UserError
from deputydesk.exchange import (
    attachments,
    backup,
    cut_off,
    erasing,
    printouts,
    receiving,
    sending,
    unfinished,
)
from deputydesk.journal import undo
from deputydesk.models import Opinion, Voter
from deputydesk.models.choices import Channel
from deputydesk.office import Right, User, operation
from deputydesk.operations import erasing as operations
from deputydesk.operations import opinions
from deputydesk.operations.accounts import RIGHTS, Role
from deputydesk.operations.printouts import Printed
from deputydesk.security import veil
from tests import make
from tests.exchange import carriers

NAME, PHONE, MATTER = "葛某某某", "13804720000", "水压秘密"
SECRETS = (NAME, PHONE, MATTER)


def said_in(office, *secrets):
    """The files beside the data that say one of these."""
    files = [file for file in office.data.path.parent.rglob("*") if file.is_file()]
    told = [file for file in files if any(one.encode() in file.read_bytes() for one in secrets)]
    return {file.relative_to(office.data.path.parent).parts[0] for file in told}


def give(sender, receiver, stick):
    return receiving.receive(receiver, sending.send(sender, receiver.code, stick).path)


@pytest.fixture
def first(offices):
    """The PC of a township that heard somebody, who left a letter."""
    make.home(offices[0])
    return offices[0]


@pytest.fixture
def opinion(first, tmp_path):
    number = first.do(
        opinions.hear, channel=Channel.PHONE, matter=MATTER, voter_name=NAME, voter_phone=PHONE
    )
    letter = tmp_path / f"{MATTER}.txt"
    letter.write_text(f"来信人{NAME}", encoding="utf-8")
    attachments.attach(first, Opinion, number, [letter])
    return number


@pytest.fixture
def second(first, opinion, stick, tmp_path):
    """Another PC of the township, which has all of it, where a clerk works."""
    office = carriers.second_pc(tmp_path / "T1b", first)
    give(first, office, stick)
    office.user = User("二", RIGHTS[Role.CLERK])
    yield office
    office.close()


def keep_around(office, opinion):
    """What a PC holds beside its data: a letter that is open, drafts, what was shown last."""
    folder = office.data.path.parent
    for row in office.ask(attachments.attachments.rows, "opinion", opinion):
        attachments.copy_to_open(office, row, folder / "opened")
    (folder / "drafts").mkdir()
    drafts = {f"opinion-{opinion}": "新写的话", "visit-new": f"去看{NAME}", "other-new": "道路"}
    for name, text in drafts.items():
        told = json.dumps({"at": "", "values": {"text": text}}, ensure_ascii=False)
        (folder / "drafts" / f"{name}.json").write_text(told, encoding="utf-8")
    for name in erasing.REMEMBERED:
        (folder / name).write_text(MATTER, encoding="utf-8")


def print_ledger(office, folder):
    paper = folder / "ledger.pdf"
    ledger = Canvas(str(paper))
    ledger.drawString(100, 100, f"1 {PHONE} 2")
    ledger.save()
    printouts.keep(office, paper.read_bytes(), Printed("意见台账", "ledger"), pages=1)


def erase_all(office, opinion):
    (voter,) = office.ask(operations.voters, NAME)
    folder = office.data.path.parent
    erasing.erase(office, "opinion", opinion, folder)
    erasing.erase(office, "voter", voter.id, folder)


def test_no_file_of_the_other_pc_says_it_after_the_next_stick(
    first, second, opinion, stick, tmp_path
):
    keep_around(second, opinion)
    print_ledger(second, tmp_path)
    store = attachments.store_of(second)
    assert said_in(second, *SECRETS) >= {"office.db", "attachments", "opened", "drafts"}
    assert len(store.digests()) == 2

    erase_all(first, opinion)
    give(first, second, stick)

    assert said_in(second, *SECRETS) == set()
    assert store.digests() == []
    drafts = [file.name for file in (second.data.path.parent / "drafts").iterdir()]
    assert drafts == ["other-new.json"]
    assert second.ask(operations.printed_since, "2000-01-01") == []
    assert attachments.faults(second) == []
    assert second.check() == []


def test_nothing_of_it_comes_back_to_the_pc_that_erased_it(first, second, opinion, stick, tmp_path):
    print_ledger(second, tmp_path)
    erase_all(first, opinion)
    give(first, second, stick)

    give(second, first, stick)

    assert said_in(first, *SECRETS) == set()
    assert attachments.store_of(first).digests() == []
    assert first.check() == []


def test_the_office_above_keeps_no_letter_of_what_was_erased_below(offices, first, opinion, stick):
    above = offices[2]
    give(first, above, stick)
    assert len(attachments.store_of(above).digests()) == 1

    erase_all(first, opinion)
    give(first, above, stick)

    assert said_in(above, *SECRETS) == set()
    assert attachments.store_of(above).digests() == []


def test_a_letter_that_another_record_holds_stays(first, second, opinion, stick, tmp_path):
    other = second.do(opinions.hear, channel=Channel.PHONE, matter="路灯不亮")
    attachments.attach(second, Opinion, other, [tmp_path / f"{MATTER}.txt"])

    erase_all(first, opinion)
    give(first, second, stick)

    assert len(attachments.store_of(second).digests()) == 1


def test_a_look_at_the_stick_removes_nothing(first, second, opinion, stick):
    erase_all(first, opinion)

    receiving.preview(second, sending.send(first, "T1", stick).path)

    assert "attachments" in said_in(second, *SECRETS)


def test_a_file_that_cannot_be_removed_is_named_and_all_else_goes(
    first, second, opinion, stick, monkeypatch
):
    keep_around(second, opinion)
    unlink = Path.unlink

    def held(file, **more):
        if file.parent.parent.name == "attachments":
            raise PermissionError(13, "held by another program", str(file))
        unlink(file, **more)

    erase_all(first, opinion)
    path = sending.send(first, "T1", stick).path
    with monkeypatch.context() as open_elsewhere:
        open_elsewhere.setattr(Path, "unlink", held)
        with pytest.raises(UserError, match="但要彻底删除的内容没有删净") as told:
            receiving.receive(second, path)

    assert all(str(file) in str(told.value) for file in unfinished.rest(second))
    assert said_in(second, *SECRETS) == {"attachments"}
    assert unfinished.finish(second) == ()
    assert said_in(second, *SECRETS) == set()
    assert second.check() == []


def test_what_was_done_is_not_called_after_what_was_erased(first, opinion):
    other = first.do(opinions.hear, channel=Channel.PHONE, matter="路灯不亮")
    first.do(rename, opinion, f"{MATTER}二")
    first.undo()
    first.do(rename, other, "路灯")

    erasing.erase(first, "opinion", opinion, first.data.path.parent)

    assert said_in(first, MATTER) == set()
    abouts = [action.about for action in first.ask(undo.actions)]
    assert abouts[0] == "路灯"
    assert abouts.count(operations.GONE) >= 3
    assert first.check() == []


def test_what_was_done_on_the_other_pc_is_not_called_after_it_either(first, second, opinion, stick):
    second.do(rename, opinion, f"{MATTER}二")
    second.do(name_after_a_voter)
    erase_all(first, opinion)

    give(first, second, stick)

    assert {action.about for action in second.ask(undo.actions)} == {operations.GONE}


def test_a_draft_of_what_is_erased_goes_though_it_says_something_else(first, opinion):
    keep_around(first, opinion)
    erasing.erase(first, "opinion", opinion, first.data.path.parent)

    left = {file.name for file in (first.data.path.parent / "drafts").iterdir()}
    assert left == {"visit-new.json", "other-new.json"}


def test_backups_of_before_still_hold_it(first, second, opinion, stick):
    backup.back_up(second)
    erase_all(first, opinion)

    give(first, second, stick)

    assert said_in(second, NAME) == {"backups"}


def die(*_args):
    raise SystemExit


def test_a_kill_as_soon_as_the_stick_is_taken_in_leaves_no_file(
    first, second, opinion, stick, monkeypatch
):
    keep_around(second, opinion)
    erase_all(first, opinion)
    path = sending.send(first, "T1", stick).path
    with monkeypatch.context() as killed:
        killed.setattr(erasing, "sweep", die)
        with pytest.raises(SystemExit):
            receiving.receive(second, path)
    assert said_in(second, *SECRETS) >= {"attachments", "opened", "drafts"}

    assert unfinished.finish(second) == ()

    assert not said_in(second, *SECRETS) & {"attachments", "opened", "drafts"}
    assert attachments.store_of(second).digests() == []


def test_a_stick_that_the_disk_refuses_lists_nothing(first, second, opinion, stick, monkeypatch):
    keep_around(second, opinion)
    erase_all(first, opinion)
    path = sending.send(first, "T1", stick).path
    take_in = receiving._take_in

    def refuse(*args, **more):
        take_in(*args, **more)
        assert unfinished.rest(second) != ()
        raise UserError("磁盘已满。")

    with monkeypatch.context() as full:
        full.setattr(receiving, "_take_in", refuse)
        with pytest.raises(UserError, match="磁盘已满"):
            receiving.receive(second, path)

    assert unfinished.finish(second) is None
    assert said_in(second, *SECRETS) >= {"attachments", "opened", "drafts"}
    assert attachments.faults(second) == []


@pytest.mark.parametrize("where", ["here", "elsewhere"])
def test_a_kill_as_soon_as_the_printed_copies_are_erased_leaves_none_of_them(
    first, second, opinion, stick, tmp_path, monkeypatch, where
):
    office = first if where == "here" else second
    print_ledger(office, tmp_path)
    remove, done = erasing._remove, list[bool]()

    def die_later(*args):
        if done:
            raise SystemExit
        done.append(True)
        return remove(*args)

    (voter,) = first.ask(operations.voters, NAME)
    folder = first.data.path.parent
    erasing.erase(first, "opinion", opinion, folder)
    give(first, second, stick)
    erase = partial(erasing.erase, first, "voter", voter.id, folder)
    if where == "elsewhere":
        erase()
        erase = partial(receiving.receive, second, sending.send(first, "T1", stick).path)
    with monkeypatch.context() as killed:
        killed.setattr(erasing, "_remove", die_later)
        with pytest.raises(SystemExit):
            erase()
    assert len(attachments.store_of(office).digests()) == 1

    assert unfinished.finish(office) == ()

    assert attachments.store_of(office).digests() == []


@operation(Right.REGISTER, "改说法")
def rename(tx, opinion, matter):
    tx.session.get(Opinion, opinion).matter = matter
    tx.about = matter


@operation(Right.REGISTER, "走访")
def name_after_a_voter(tx):
    tx.session.add(Voter(name="另一位"))
    tx.about = NAME


@pytest.mark.parametrize(
    "at", [(where, step) for where in ("here", "elsewhere") for step in ("_printed", "_tidy")]
)
def test_a_kill_before_the_last_page_is_tidied_is_gone_on_with_at_the_next_start(
    first, second, opinion, stick, tmp_path, monkeypatch, at
):
    where, step = at
    office = first if where == "here" else second
    print_ledger(office, tmp_path)
    (voter,) = first.ask(operations.voters, NAME)
    folder = first.data.path.parent
    erasing.erase(first, "opinion", opinion, folder)
    give(first, second, stick)
    erase = partial(erasing.erase, first, "voter", voter.id, folder)
    if where == "elsewhere":
        erase()
        erase = partial(receiving.receive, second, sending.send(first, "T1", stick).path)
    with monkeypatch.context() as killed:
        killed.setattr(erasing, step, die)
        with pytest.raises(SystemExit):
            erase()
    assert said_in(office, NAME) >= {veil.ERASING}

    assert erasing.finish(office) == ()

    assert said_in(office, *SECRETS) == set()
    assert attachments.store_of(office).digests() == []
    assert erasing.finish(office) is None
    assert office.check() == []


def test_what_the_database_did_not_keep_is_not_gone_on_with(first, opinion, monkeypatch, tmp_path):
    print_ledger(first, tmp_path)
    (voter,) = first.ask(operations.voters, NAME)
    with cut_off.noting(first) as note:
        note(operations.Erased((NAME,), (), "", (), (voter.id,)))

    erasing.finish(first)

    assert len(attachments.store_of(first).digests()) == 2
    assert cut_off.noted(first) == []


def test_who_may_only_look_leaves_it_to_who_may_write(first, opinion):
    erased = operations.Erased((NAME,), (), "", (), ("T1-1",))
    with cut_off.noting(first) as note:
        note(erased)
    first.user = User("郝平", frozenset({Right.ENTER}))

    assert erasing.finish(first) is None
    assert cut_off.noted(first) == [erased]


@pytest.mark.parametrize("told", ["", "[1]", '[{"words": []}]'])
def test_a_broken_note_stops_nothing(first, told):
    (first.data.path.parent / veil.ERASING).write_text(told, encoding="utf-8")

    assert erasing.finish(first) is None


def test_an_erasing_that_is_refused_leaves_the_note_as_it_was(first, opinion):
    before = operations.Erased((NAME,), (), "", (), ("T1-1",))
    with cut_off.noting(first) as note:
        note(before)

    def refused() -> None:
        with cut_off.noting(first) as add:
            add(operations.Erased(("别人",), (), "", (), ("T1-2",)))
            assert len(cut_off.noted(first)) == 2
            raise UserError("磁盘已满。")

    with pytest.raises(UserError):
        refused()
    assert cut_off.noted(first) == [before]
