"""三评一问: from a step that was taken to the next one's papers, and to those that come back."""

import pytest

from deputydesk.models import ScanRun
from deputydesk.operations import project_evals
from deputydesk.ui.registers.project_evals import PROJECT_EVALS
from deputydesk.ui.registers_page import RegistersPage
from tests import make
from tests.operations import every_duty


class EvalsPage(RegistersPage):
    title = "民生实事"
    registers = (PROJECT_EVALS,)


@pytest.fixture
def project(office):
    made = every_duty.chosen(office, "旧区供水")
    step = office.ask(project_evals.steps, make.TODAY)[0].name
    votes = {"members": 9, "present": 9, "satisfied": 8, "mostly": 1, "dissatisfied": 0}
    office.do(project_evals.save, project_id=made, step=step, held_on=make.TODAY, **votes)
    return made


@pytest.fixture
def page(desk, project, qtbot):
    made = EvalsPage(desk)
    qtbot.addWidget(made)
    made.resize(1190, 690)
    made.show()
    qtbot.waitExposed(made)
    made.read_again()
    return made


def click(page, text):
    [row] = page.view.table.rows.rows()
    page.view.table.select(row.id)
    next(b for action, b in page.view.moves.action_buttons if action.text == text).click()


def test_the_papers_of_the_next_step_are_previewed(page, project, monkeypatch):
    asked = []
    monkeypatch.setattr(
        "deputydesk.ui.registers.project_evals.preview_form",
        lambda *given: asked.append((given[2], given[3].record_id)),
    )

    click(page, "下一环节测评票")

    assert asked == [("project_eval_ballot", project)]


def test_papers_that_were_never_printed_are_said_not_to_be(page, shown_errors):
    click(page, "收回扫描")

    assert "还没有打印过这一次的票" in shown_errors[0]
    assert ScanRun.title == "读票批次"
