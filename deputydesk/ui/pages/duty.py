"""How deputies keep their duty: leave, attendance, talks about it, commendations."""

from deputydesk.ui.registers.cautions import CAUTIONS
from deputydesk.ui.registers.honours import HONOURS
from deputydesk.ui.registers.leaves import ATTENDANCE_RATES, LEAVES
from deputydesk.ui.registers.work_reports import WORK_REPORTS
from deputydesk.ui.registers_page import RegistersPage


class DutyPage(RegistersPage):
    """Leave, attendance, private talks and commendations."""

    title = "履职管理"
    registers = (LEAVES, ATTENDANCE_RATES, CAUTIONS, HONOURS, WORK_REPORTS)
