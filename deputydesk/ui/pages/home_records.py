"""What belongs to the homes: checklists, supervisors, stations, districts and groups."""

from deputydesk.ui.registers.deputy_groups import DEPUTY_GROUPS
from deputydesk.ui.registers.electoral_districts import ELECTORAL_DISTRICTS
from deputydesk.ui.registers.home_checks import HOME_CHECKS, HOME_STATES
from deputydesk.ui.registers.stations import STATIONS
from deputydesk.ui.registers.supervisor_remarks import SUPERVISOR_REMARKS
from deputydesk.ui.registers.supervisors import SUPERVISORS
from deputydesk.ui.registers_page import RegistersPage


class HomeRecordsPage(RegistersPage):
    """Registers of the homes' checklists, supervisors, stations, districts and groups."""

    title = "家站建设"
    papers = ("supervisor_register",)
    registers = (
        HOME_STATES,
        SUPERVISORS,
        SUPERVISOR_REMARKS,
        STATIONS,
        ELECTORAL_DISTRICTS,
        DEPUTY_GROUPS,
        HOME_CHECKS,
    )
