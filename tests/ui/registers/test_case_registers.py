"""Conversions, petitions, oversight, legislation, vacancies and the chronicle on the screen."""

from datetime import date

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from deputydesk.models import Petition, Suggestion
from deputydesk.models.choices import EndReason, StationRole
from deputydesk.models.conversion import ConversionDirection, PublicInterest
from deputydesk.models.legislation import AdoptionState, LegRole
from deputydesk.models.oversight import OversightKind
from deputydesk.operations import (
    conversions,
    deputies,
    leg_opinions,
    leg_people,
    leg_rounds,
    online_polls,
    oversights,
    petitions,
    stations,
    suggestions,
    vacancies,
)
from deputydesk.rules.petition_flow import PetitionState
from deputydesk.rules.vacancy_flow import VacancyState
from deputydesk.ui import case_lookups
from deputydesk.ui.form import FormDialog
from deputydesk.ui.registers import (
    chronicle,
    legislation,
)
from deputydesk.ui.registers import (
    oversights as oversight_registers,
)
from deputydesk.ui.registers.article_summary import ArticleSummary
from deputydesk.ui.registers.conversions import CONVERSIONS
from deputydesk.ui.registers.petitions import PETITIONS
from deputydesk.ui.registers.vacancies import SEATS, VACANCIES
from deputydesk.ui.registers_page import RegistersPage
from tests import make
from tests.operations.case import Case

DAY = date(2026, 11, 2)


class CasesPage(RegistersPage):
    title = "专项工作"
    registers = (
        CONVERSIONS,
        PETITIONS,
        oversight_registers.OVERSIGHTS,
        oversight_registers.OVERSIGHT_VISITS,
        legislation.LEG_ROUNDS,
        legislation.LEG_OPINIONS,
        legislation.LEG_PEOPLE,
        VACANCIES,
        SEATS,
        chronicle.REGULATIONS,
        chronicle.PUBLICITY,
        chronicle.ONLINE_POLLS,
        chronicle.PRACTICES,
        chronicle.PARTY_SUPPORT,
    )


TITLES = [register.title for register in CasesPage.registers]


@pytest.fixture
def page(desk, qtbot):
    made = CasesPage(desk)
    qtbot.addWidget(made)
    desk.changed.connect(made.refresh)
    made.resize(1366, 690)
    made.show()
    qtbot.waitExposed(made)
    made.read_again()
    return made


@pytest.fixture
def turn(page):
    """Goes to a register and to its first row."""

    def turned(title):
        page.chips.group.button(TITLES.index(title)).setChecked(True)
        page.view.table.selectRow(0)
        return page.view

    return turned


def dialog() -> FormDialog:
    found = [w for w in QApplication.topLevelWidgets() if isinstance(w, FormDialog)]
    return next(w for w in found if w.isVisible())


def moves(view):
    return [m.text for m, made in view.moves.move_buttons if not made.isHidden()]


def take(view, text, **values):
    """Takes a step as the user does: its button, the dialog, its fields."""
    button = next(b for m, b in view.moves.move_buttons if m.text == text)
    assert not button.isHidden(), moves(view)
    button.click()
    if values:
        opened = dialog()
        opened.form.set_values(values)
        opened.save()
        assert not opened.isVisible(), [f.error() for f in opened.form.fields if f.error()]


def enter(view, **values):
    view.start_new()
    view.form.set_values(values)
    view.form.save_next.emit()
    assert [f.error() for f in view.form.fields if f.error()] == []


@pytest.mark.parametrize("title", TITLES)
def test_every_register_opens_on_an_empty_office_and_on_the_demo(page, turn, title):
    view = turn(title)

    assert view.table.rows.rowCount() == 0
    assert view.register.empty


def test_a_conversion_goes_its_way_by_buttons(page, turn, desk, office):
    case = Case.entered(office)
    view = turn("检察衔接")
    enter(view, suggestion_id=case.id, field=PublicInterest.LAND, screened_on=DAY)
    view.table.selectRow(0)
    assert moves(view) == ["移送"]

    take(view, "移送", sent_on=DAY)
    assert moves(view) == ["不予立案", "立案"]
    take(view, "立案", filed_on=DAY, filing_no="1号")
    take(view, "发出检察建议", issued_on=DAY, advice_no="2号", unit_id=case.main)
    assert view.table.rows.rows()[0].is_late
    assert moves(view) == ["收到抄送件", "起诉", "整改到位"]
    take(view, "收到抄送件", copied_on=DAY)
    take(view, "起诉", sued_on=DAY)
    take(view, "整改到位", rectified_on=DAY, recovered=43_000_000, outcome="已追缴")
    take(view, "告知代表", told_on=DAY, outcome="")

    assert page._subtitle.text() == "共 1 件，挽回 430,000元"
    opened = []
    desk.open_requested.connect(lambda model, record_id: opened.append((model, record_id)))
    next(b for a, b in view.moves.action_buttons if a.text == "打开建议").click()
    assert opened == [(Suggestion, case.id)]


def test_a_case_that_is_not_opened_and_a_recommendation_that_comes_back(turn, office):
    case = Case.entered(office)
    view = turn("检察衔接")
    enter(view, suggestion_id=case.id, field=PublicInterest.LAND, screened_on=DAY)
    view.table.selectRow(0)
    take(view, "移送", sent_on=DAY)
    take(view, "不予立案", not_taken_why="不属于公益领域")
    enter(
        view,
        direction=ConversionDirection.FROM_PROCURATORATE,
        subject="人居环境",
        field=PublicInterest.ENVIRONMENT,
        screened_on=DAY,
        advice_no="3号",
        issued_on=DAY,
    )
    back = next(r for r in view.table.rows.rows() if not r.is_forth)
    view.table.select(back.id)
    assert moves(view) == ["转为代表建议"]

    take(view, "转为代表建议", mandate_id=case.lead)

    assert "关于人居环境的建议" in [
        row.headline for row in office.ask(suggestions.rows, today=make.TODAY)
    ]
    assert office.ask(conversions.rows)[0].suggestion_id


def test_a_petition_is_carried_to_its_end_and_the_list_never_names_the_petitioner(
    page, turn, office
):
    agent, unit = make.deputy(office, name="高娃"), make.unit(office, name="区信访局")
    view = turn("信访代办")
    enter(view, reported_on=date(2026, 3, 2), matter="宅基地界线", voter_name="郝平安")
    view.table.selectRow(0)
    shown = [column.text(view.table.rows.row(0)) for column in PETITIONS.columns]
    assert "郝某" in shown
    assert not any("郝平安" in text for text in shown)

    take(view, "确定代办代表", agent_id=agent, named_on=date(2026, 3, 3), promise="陪同")
    take(view, "机关登记", unit_id=unit, registered_on=date(2026, 3, 5))
    assert view.table.rows.row(0).is_late
    take(view, "告知受理", told_on=date(2026, 3, 6))
    take(view, "延长期限", days=30, extension_why="测绘", extended_on=date(2026, 4, 1))
    assert "延长期限" not in moves(view)
    take(view, "答复", answer="维持", answered_on=date(2026, 5, 6))
    take(view, "申请复查", reviewed_on=date(2026, 5, 20))
    take(view, "复查意见", review_result="维持", review_answered_on=date(2026, 6, 1))
    take(view, "申请复核", rechecked_on=date(2026, 6, 15))
    take(view, "复核意见", recheck_result="终结", closed_on=date(2026, 7, 10))
    take(view, "回访", visit_note="平稳", visited_on=date(2026, 8, 1))

    assert view.table.rows.row(0).state is PetitionState.ENDED
    assert page._subtitle.text() == "共 1 件，办结 1 件"
    assert moves(view) == []


def test_a_petition_that_is_accepted_is_closed_and_opened_by_its_todo(page, turn, office, desk):
    petition = office.do(petitions.save, reported_on=date(2025, 3, 2), matter="拖欠工资")

    page.open_record(Petition, petition)

    assert page.view.table.current().matter == "拖欠工资"


def test_oversight_with_visits_and_result(page, turn, office):
    case = Case.handled(office)
    view = turn("领衔督办")
    enter(
        view,
        suggestion_id=case.id,
        kind=OversightKind.CONGRESS,
        congress_leader="王主席",
        started_on=DAY,
        due_on=date(2026, 11, 20),
        steps=("一个督办方案",),
    )
    view.table.selectRow(0)
    take(view, "登记督办活动", held_on=DAY, content="查看工地")
    take(view, "办结", ended_on=date(2026, 11, 23), result="路已通")
    assert page._subtitle.text() == "1 件建议，1 项督办，办结 1 项"
    take(view, "重新督办")
    assert view.table.rows.row(0).is_late

    visits = turn("督办活动")
    [visit] = visits.table.rows.rows()
    enter(visits, oversight_id=visit.oversight_id, held_on=DAY, content="座谈")

    assert len(office.ask(oversights.visits)) == 2


def test_a_draft_law_with_opinions_by_article(page, turn, office, desk, qtbot):
    point = office.do(stations.save, name="民馨联络站", roles=(StationRole.LEGISLATION,))
    view = turn("立法征集")
    enter(view, name="供水条例", received_on=DAY, held_on=DAY, people=7, point_ids=(point,))
    opinions = turn("立法意见")
    round_id = office.ask(leg_rounds.rows)[0].id
    for text in ("停水要提前告知", "停水须告知"):
        enter(opinions, round_id=round_id, article="12", content=text, given_on=DAY)
    first, second = opinions.table.rows.rows()
    opinions.table.select(second.id)
    take(opinions, "合并", into_id=first.id)
    opinions.table.select(first.id)
    take(opinions, "采纳情况", adoption=AdoptionState.ADOPTED)
    take(opinions, "反馈提出人", fed_back_on=DAY)
    view = turn("立法征集")
    take(view, "上报意见", reported_on=DAY)
    take(view, "收到反馈", fed_back_on=DAY)
    next(b for a, b in view.moves.action_buttons if a.text == "分条汇总").click()

    [summary] = page.window().findChildren(ArticleSummary)
    qtbot.waitUntil(summary.isVisible)
    shown = "\n".join(part.text() for part in summary.findChildren(QLabel))
    assert "第十二条　2条" in shown
    assert "参加 7 人次，收集意见 2 条，其中合并 1 条；采纳 2 条，反馈 1 条" in shown
    summary.close()
    assert page._subtitle.text() == "1 部，参加 7 人次，收集意见 2 条，反馈 1 条"
    assert len(office.ask(leg_opinions.rows)) == 2


def test_helpers_of_legislation_are_counted_by_role(page, turn, office):
    office.do(leg_people.save, role=LegRole.ADVISER, name="王伟", from_on=DAY)
    view = turn("立法联络员和顾问")
    enter(view, role=LegRole.LIAISON, name="高娃", from_on=DAY)

    assert page._subtitle.text() == "立法顾问 1 名，立法联络员 1 名"


def test_a_seat_is_vacated_and_filled_by_buttons(page, turn, office):
    mandate = make.deputy(office, name="王伟")
    view = turn("缺额补选")
    enter(view, mandate_id=mandate, arose_on=date(2026, 3, 2), end_reason=EndReason.MOVED)
    view.table.selectRow(0)
    take(view, "资格审查", reviewed_on=DAY)
    take(view, "大会确认", confirmed_on=DAY)
    take(view, "公告终止", announced_on=DAY, announcement_no="1号")
    take(view, "组织补选", candidates=["高娃"], voters=900)
    take(
        view,
        "登记补选结果",
        election_on=DAY,
        issued=700,
        returned=690,
        valid=680,
        winner_votes=600,
    )
    take(view, "当选资格审查", examined_on=DAY)
    take(view, "公告当选", elected_announced_on=DAY, elected_announcement_no="2号")

    assert view.table.rows.row(0).state is VacancyState.FILLED
    assert [row.name for row in office.ask(deputies.rows)] == ["高娃"]
    assert page._subtitle.text() == "出缺 1 名，已补齐 1 名"


def test_a_deputy_of_another_level_can_be_chosen_as_the_winner(turn, office):
    mandate = make.deputy(office, name="王伟")
    vacancy = office.do(vacancies.save, mandate_id=mandate, arose_on=DAY, end_reason=EndReason.DIED)
    view = turn("缺额补选")
    view.table.select(vacancy)

    assert view.form.field("mandate_id").control.text() == "王伟"


def test_the_chronicle_is_typed_in_and_summed_up(page, turn, office):
    enter(turn("制度"), name="代表履职守则", category="履职")
    assert page._subtitle.text() == "现行 1 项"
    enter(turn("宣传信息"), headline="家门口的代表之家", outlet="人民代表报", published_on=DAY)
    assert page._subtitle.text() == "共 1 篇，其中国家级、自治区级 1 篇"
    enter(turn("网络评选"), name="最美代表", to_on=DAY, hits=4_480_000, winners=["王伟", "高娃"])
    assert office.ask(online_polls.rows)[0].winners == ("王伟", "高娃")
    enter(turn("典型做法"), name="“456”工作法", noted_on=DAY)
    enter(turn("党委支持"), subject="研究人大工作", held_on=DAY)
    assert page._subtitle.text() == "专题研究 1 次"


def test_votes_over_hits_are_refused_at_the_field(turn, office):
    view = turn("网络评选")
    view.start_new()
    view.form.set_values({"name": "最美代表", "to_on": DAY, "hits": 100, "votes": 101})

    view.form.save_next.emit()

    assert view.form.field("votes").error().startswith("投票数（101）不能多于点击量（100）。")


def test_fields_offer_what_was_used_before(page, turn, desk, office):
    enter(turn("制度"), name="代表履职守则", category="履职")
    enter(turn("宣传信息"), headline="家门口的代表之家", outlet="人民代表报", published_on=DAY)
    make.deputy(office, name="高娃")

    assert [c.name for c in case_lookups.regulation_categories(desk)] == ["履职"]
    assert [c.name for c in case_lookups.outlets(desk)] == ["人民代表报"]
    assert [c.name for c in case_lookups.sitting_people(desk, "高娃")] == ["高娃"]
    assert case_lookups.sitting_people(desk, "别人") == []


@pytest.mark.parametrize(
    ("title", "button", "form"),
    [
        ("信访代办", "登记表", "petition_form"),
        ("立法征集", "汇总表", "legislation_summary"),
    ],
)
def test_a_form_is_previewed_from_its_row(page, office, turn, monkeypatch, title, button, form):
    asked = []
    monkeypatch.setattr(
        "deputydesk.ui.dialogs.preview.preview_form",
        lambda *given: asked.append((given[2], given[3].record_id)),
    )
    made = {
        "信访代办": office.do(petitions.save, reported_on=DAY, matter="草场补偿款没有发放"),
        "立法征集": office.do(leg_rounds.save, name="物业管理条例（草案）", received_on=DAY),
    }
    page.read_again()

    view = turn(title)
    next(b for a, b in view.moves.action_buttons if a.text == button).click()

    assert asked == [(form, made[title])]
