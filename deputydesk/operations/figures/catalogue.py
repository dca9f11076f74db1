"""All figures, in the order of reports."""

from collections.abc import Mapping

from deputydesk.errors import UserError
from deputydesk.operations.figures import (
    activities,
    casework,
    chronicle,
    deputies,
    handling,
    money,
    opinions,
    overdue,
    oversight,
    places,
    projects,
    suggestions,
    visits,
)
from deputydesk.operations.figures.measures import Measure

CHAPTERS: Mapping[str, tuple[Measure, ...]] = {
    "阵地": places.MEASURES,
    "代表": deputies.PEOPLE,
    "选民意见": opinions.MEASURES,
    "代表建议": suggestions.MEASURES,
    "建议办理": handling.MEASURES,
    "逾期": overdue.MEASURES,
    "督办与检察衔接": oversight.MEASURES,
    "进家和双联系": visits.MEASURES,
    "代表履职": deputies.DUTY,
    "代表活动": activities.ACTIVITIES,
    "代表服务": activities.SERVICES,
    "培训": activities.TRAININGS,
    "民生实事": projects.MEASURES,
    "信访代办": casework.PETITIONS,
    "立法意见": casework.LEGISLATION,
    "议事会议": casework.ASSEMBLIES,
    "经费": money.MEASURES,
    "制度与宣传": chronicle.CHRONICLE,
    "积分": chronicle.POINTS,
}
"""The figures by what they are about."""

CATALOGUE: Mapping[str, Measure] = {
    measure.id: measure for chapter in CHAPTERS.values() for measure in chapter
}
"""Every figure by its id."""


def measure(figure_id: str) -> Measure:
    """The description of a figure.

    Raises:
        UserError: the catalogue has none of this name.
    """
    found = CATALOGUE.get(figure_id)
    if found is None:
        raise UserError(
            f"没有“{figure_id}”这个统计数字。", hint="用 figures 命令可查看全部统计数字的名称。"
        )
    return found
