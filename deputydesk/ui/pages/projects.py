"""Livelihood projects: the board of a year, votes, milestones, payments, evaluations."""

from deputydesk.ui.registers.milestones import MILESTONES
from deputydesk.ui.registers.project_evals import PROJECT_EVALS
from deputydesk.ui.registers.project_payments import PROJECT_PAYMENTS
from deputydesk.ui.registers.project_votes import PROJECT_VOTES
from deputydesk.ui.registers.projects import PROJECTS
from deputydesk.ui.registers_page import RegistersPage


class ProjectsPage(RegistersPage):
    """Projects with money and progress, and everything that is entered about them."""

    title = "民生实事"
    registers = (PROJECTS, PROJECT_VOTES, MILESTONES, PROJECT_PAYMENTS, PROJECT_EVALS)
