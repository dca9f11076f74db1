"""Files for the archives keep the rules of PDF/A-2b, and the checker finds those who do not."""

from dataclasses import replace

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from deputydesk.reports import FORMS, Options, duty_report, reception_form
from deputydesk.reports.form import Setup
from deputydesk.reports.printing import write
from tests.reports import samples
from tests.reports.archival import breaches
from tests.reports.judge import faults

HEAD = replace(samples.OFFICE, setup=Setup("duty_report", archival=True))


@pytest.fixture
def good(tmp_path):
    """A report with a picture, a bookmark and rare names, for the archives."""
    report = replace(samples.duty_report(samples.RARE_NAME), photo=samples.photo())
    to = tmp_path / "report.pdf"
    duty_report.write([report], to, office=HEAD, printed_on=samples.DAY)
    return to


@pytest.mark.parametrize("form", FORMS)
def test_every_form_can_be_made_for_the_archives(demo_office, form, tmp_path):
    write(demo_office, form, tmp_path / "form.pdf", Options(archival=True))

    assert breaches(tmp_path / "form.pdf") == []


def test_a_file_for_the_archives_is_as_well_printed_and_the_same_each_time(good, tmp_path):
    assert breaches(good) == []
    assert faults(good, expect=[samples.RARE_NAME]) == []
    before = good.read_bytes()
    report = replace(samples.duty_report(samples.RARE_NAME), photo=samples.photo())
    duty_report.write([report], good, office=HEAD, printed_on=samples.DAY)
    assert good.read_bytes() == before
    with pikepdf.open(good) as file, file.open_metadata() as said:
        assert said.pdfa_status == "2B"


def test_other_files_do_not_say_that_they_are_for_the_archives(tmp_path):
    reception_form.write([], tmp_path / "a.pdf", office=samples.OFFICE, printed_on=samples.DAY)

    assert {fault[:5] for fault in breaches(tmp_path / "a.pdf")} == {"6.6.2", "6.2.3"}


def test_marks_in_the_title_do_not_harm_the_metadata(tmp_path):
    head = replace(HEAD, organ="甲<乙>&丙“人大”")
    reception_form.write([], tmp_path / "a.pdf", office=head, printed_on=samples.DAY)

    assert breaches(tmp_path / "a.pdf") == []


def _script(file):
    file.Root.OpenAction = Dictionary(S=Name.JavaScript, JS="app.alert(1)")


def _unembedded(file):
    font = next(iter(file.pages[0].resources.Font.values()))
    del font.FontDescriptor["/FontFile2"]


def _helvetica(file):
    file.pages[0].resources.Font.F99 = file.make_indirect(
        Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    )


def _see_through(file):
    file.pages[0].resources.ExtGState = Dictionary(
        G=file.make_indirect(Dictionary(Type=Name.ExtGState, ca=0.5))
    )


def _group(file):
    file.pages[0].Group = Dictionary(S=Name.Transparency, CS=Name.DeviceRGB)


def _note(file):
    note = Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=[0, 0, 9, 9], F=2)
    file.pages[0].Annots = Array([file.make_indirect(note)])


def _no_profile(file):
    del file.Root["/OutputIntents"]


def _no_metadata(file):
    del file.Root["/Metadata"]


def _other_title(file):
    file.docinfo["/Title"] = "别的"


def _ink(file):
    page = file.pages[0]
    page.contents_add(b"0 0 0 1 k")


@pytest.mark.parametrize(
    ("damage", "clause"),
    [
        (_script, "6.5"),
        (_unembedded, "6.2.11.4"),
        (_helvetica, "6.2.11.4"),
        (_see_through, "half transparent"),
        (_group, "transparency group"),
        (_note, "6.3.2"),
        (_no_profile, "6.2.3"),
        (_no_metadata, "6.6.2.1"),
        (_other_title, "6.6.3"),
        (_ink, "6.2.4.3"),
    ],
)
def test_the_checker_finds_what_archives_refuse(good, damage, clause):
    with pikepdf.open(good, allow_overwriting_input=True) as file:
        damage(file)
        file.save(good)

    assert any(clause in fault for fault in breaches(good)), breaches(good)


def test_the_checker_finds_encryption_and_bytes_behind_the_end(good, tmp_path):
    with pikepdf.open(good) as file:
        file.save(tmp_path / "locked.pdf", encryption=pikepdf.Encryption(owner="x", user=""))
    good.write_bytes(good.read_bytes() + b"more")

    assert any("6.1.3: encrypted" in fault for fault in breaches(tmp_path / "locked.pdf"))
    assert any("6.1.3" in fault for fault in breaches(good))
