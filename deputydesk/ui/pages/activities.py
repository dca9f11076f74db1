"""What deputies do outside the homes: activities, services, training, meetings, and money."""

from deputydesk.ui.registers.activities import ACTIVITIES
from deputydesk.ui.registers.event_opinions import EVENT_OPINIONS
from deputydesk.ui.registers.meetings import MEETINGS
from deputydesk.ui.registers.services import SERVICES
from deputydesk.ui.registers.surveys import SURVEYS
from deputydesk.ui.registers.trainings import TRAININGS, UNTRAINED
from deputydesk.ui.registers_page import RegistersPage


class ActivitiesPage(RegistersPage):
    """Activities, what was said there, services, training, meetings and surveys."""

    title = "代表活动"
    papers = ("training_sheet",)
    registers = (ACTIVITIES, EVENT_OPINIONS, SERVICES, TRAININGS, UNTRAINED, MEETINGS, SURVEYS)
