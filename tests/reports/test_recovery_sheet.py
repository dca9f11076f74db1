"""恢复密钥: the paper for the safe says the key, how it is used, and belongs to no catalogue."""

from datetime import date

from deputydesk.reports import FORMS, OfficeHead, recovery_sheet
from deputydesk.rules import paper_keys
from deputydesk.security import paper_key
from tests.reports.judge import faults, text_of

HEAD = OfficeHead("五当召镇", "石拐区五当召镇", "五当召镇人大主席团")
DIGITS = "0123456789" * 4


def test_all_groups_stand_on_one_page_with_the_key_for_other_programs(tmp_path):
    to = tmp_path / "paper.pdf"
    groups = paper_keys.groups(DIGITS)

    pages = recovery_sheet.write(
        groups, paper_key.identity(DIGITS), to, office=HEAD, printed_on=date(2026, 11, 28)
    )

    assert pages == 1
    assert faults(to, expect=["恢复密钥", "石拐区五当召镇", "保险柜"]) == []
    said = text_of(to)[0]
    assert all(group in said for group in groups)
    assert paper_key.identity(DIGITS)[:30] in said


def test_it_is_in_no_menu_because_no_copy_of_it_may_be_kept():
    assert "recovery_sheet" not in FORMS
