"""Old copies of printed papers may go; what was printed stays, and what must be kept is kept."""

from datetime import datetime

import pytest

from deputydesk.errors import NotAllowed
from deputydesk.exchange import attachments, checking, printouts, thinning
from deputydesk.exchange.attachments import store_of
from deputydesk.journal import history, undo
from deputydesk.office import User
from deputydesk.operations import attachments as attached
from deputydesk.operations import document_numbers, print_copies, urgings
from deputydesk.operations import printouts as register
from deputydesk.operations.printouts import Printed
from deputydesk.reports import FORMS
from tests import make
from tests.operations.case import Case

SLIP = Printed("转办单", form="opinion_slip")


def printed_in(office, year, what=SLIP, text="x", **more):
    """Print a paper in a year; returns its line in the register."""
    now, office.clock = office.clock, lambda: datetime(year, 6, 1, 9, 0)
    try:
        data = b"%PDF-1.4 " + text.encode() * 3000
        return printouts.keep(office, data, what, pages=1, printer="打印机", **more)
    finally:
        office.clock = now


def line(office, line_id):
    return next(row for row in office.ask(register.rows) if row.id == line_id)


def test_what_is_older_than_the_years_may_go_and_the_sentence_says_how_much(office):
    for year, text in ((2019, "a"), (2020, "b"), (2021, "c")):
        printed_in(office, year, text=text)

    offered = thinning.offer(office, 5)

    assert (offered.last, len(offered.copies), offered.frees) == (2020, 2, 6018)
    assert offered.sentence == "2020年及以前的 2 份可以清理，腾出 6 KB。"
    assert thinning.offer(office, 10).sentence == "2015年及以前没有可以清理的副本。"


def test_the_copy_goes_and_the_line_stays(office):
    old, new = printed_in(office, 2019, text="a"), printed_in(office, 2026, text="b")
    kept = line(office, new).digest

    went = thinning.thin(office, thinning.offer(office, 5))

    assert len(went.copies) == 1
    assert store_of(office).digests() == [kept]
    gone = line(office, old)
    assert (gone.name, gone.went_to, gone.pages, gone.digest) == ("转办单", "打印机", 1, "")
    assert office.ask(print_copies.total) == (1, 3009)
    assert checking.faults(office) == []
    assert thinning.offer(office, 5).copies == ()


def test_the_backup_folder_beside_the_data_is_thinned_too(office):
    printed_in(office, 2019)
    store = store_of(office)
    attachments.back_up(store, office.data.path.parent / "backups")
    assert any(folder.is_dir() for folder in store.spares)

    thinning.thin(office, thinning.offer(office, 5))

    assert [file for folder in store.spares for file in folder.glob("??/*")] == []


@pytest.mark.parametrize("form", sorted(thinning.LASTING))
def test_ballots_counts_and_certificates_stay(office, form):
    printed_in(office, 2001, Printed(FORMS[form].title, form=form))

    offered = thinning.offer(office, 1)

    assert (offered.copies, offered.kept) == ((), 1)
    assert offered.sentence.endswith(
        "另有 1 份一直保留：有文号的公文、空白票和计票结果、封账证明。"
    )


def test_a_paper_with_a_number_of_ours_or_from_elsewhere_stays(office):
    case = Case.assigned(office)
    given = Printed("交办函", "assign_notice", "assignment", case.of(case.main).id)
    number = {"form": "assign_notice", "record_kind": "assignment", "record_id": given.record_id}
    office.do(document_numbers.issue, name="交办函", prefix="石人办", **number)
    urged = office.do(
        urgings.urge,
        suggestion_id=case.id,
        unit_id=case.main,
        by_letter=True,
        document_no="石人办〔2026〕9号",
    )
    printed_in(office, 2019, given, "a")
    printed_in(office, 2019, Printed("督办通知", "urging_notice", "urging", urged), "b")
    printed_in(office, 2019, Printed("督办通知", "urging_notice", "urging", "none"), "c")

    offered = thinning.offer(office, 5)

    assert (len(offered.copies), offered.kept) == (1, 2)
    assert offered.sentence.startswith("2020年及以前的 1 份可以清理")


def test_a_content_that_another_paper_still_needs_stays_and_frees_nothing(office):
    printed_in(office, 2019)
    new = printed_in(office, 2026)

    offered = thinning.offer(office, 5)
    thinning.thin(office, offered)

    assert (len(offered.copies), offered.frees) == (1, 0)
    assert printouts.read(office, line(office, new)).startswith(b"%PDF")


def test_it_is_for_those_who_set_up_and_is_not_undone(office):
    printed_in(office, 2019)
    offered = thinning.offer(office, 5)
    office.user = User("李强", frozenset())
    with pytest.raises(NotAllowed):
        thinning.thin(office, offered)
    assert len(store_of(office).digests()) == 1

    office.user = User("张丽")
    before = office.ask(undo.undoable, "张丽")
    thinning.thin(office, offered)
    assert office.ask(undo.undoable, "张丽") == before


def test_the_log_still_knows_the_check_value_of_what_went(office):
    old = printed_in(office, 2019)
    digest = line(office, old).digest
    thinning.thin(office, thinning.offer(office, 5))

    [copy] = office.ask(attached.rows, "printout", old)
    assert copy.note == f"{make.TODAY:%Y-%m-%d} 按保留年限清理，原有3009字节"
    told = office.ask(history.of_record, "attachment", copy.id)
    assert digest in [change.before for change in told if change.field == "digest"]
