"""Forms of one record: what must grow takes room from boxes to write in, and nobody signs alone."""

from dataclasses import replace
from datetime import date

import pytest

from deputydesk.reports import link_card, reception_form
from deputydesk.reports.link_card import LinkCard
from deputydesk.reports.reception_form import DeputyPresent, Reception, VoterOpinion
from tests.reports import samples
from tests.reports.judge import faults, text_of

OFFICE = samples.OFFICE
DAY = date(2026, 9, 18)
NOTE = "填表说明"
LINE = "反映问题涉及的情况已经查明，承办单位正在按计划办理，月底以前答复。"


def printed(reception, to) -> list[str]:
    reception_form.write([reception], to, office=OFFICE, printed_on=DAY)
    assert faults(to) == []
    return text_of(to)


@pytest.mark.parametrize("deputies", [1, 9, 20])
def test_a_long_list_of_deputies_leaves_the_form_on_one_page(deputies, tmp_path):
    people = tuple(DeputyPresent("阿拉坦其其格") for _ in range(deputies))

    [page] = printed(Reception(deputies=people), tmp_path / "form.pdf")

    assert page.count("阿拉坦其其格") == deputies
    assert "选民签名" in page
    assert NOTE in page


@pytest.mark.parametrize("lines", range(20, 42, 3))
def test_who_signs_and_the_note_stand_below_what_they_sign(lines, tmp_path):
    opinion = VoterOpinion(words=LINE * 12, result=f"{LINE}\n" * lines)

    pages = printed(Reception(opinions=(opinion,)), tmp_path / "form.pdf")

    assert "承办单位" in pages[-1]
    assert "选民签名" in pages[-1]
    assert NOTE in pages[-1]
    assert "".join("".join(pages).split()).count("已经查明") == lines + 12


def test_a_card_of_a_contact_keeps_its_signature(tmp_path):
    to = tmp_path / "card.pdf"
    card = LinkCard(deputies="、".join(["阿拉坦其其格"] * 8), topic=LINE * 2, place="巴彦胡舒")

    link_card.write([card], to, office=OFFICE, printed_on=DAY)
    few = text_of(to)
    link_card.write([replace(card, heard=LINE * 30)], to, office=OFFICE, printed_on=DAY)
    many = text_of(to)

    assert len(few) == 1
    assert "被联系人" in few[0]
    assert "反馈情况" in many[-1]
    assert "被联系人" in many[-1]
