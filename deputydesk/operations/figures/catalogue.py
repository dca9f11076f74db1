"""All figures, in the order of reports; a chapter is imported when one of its figures is wanted."""

from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import Any

from typing_extensions import override

from deputydesk.errors import UserError
from deputydesk.operations.figures.measures import Measure

_KEPT_IN: Mapping[str, tuple[str, str]] = {
    "阵地": ("places", "MEASURES"),
    "代表": ("deputies", "PEOPLE"),
    "选民意见": ("opinions", "MEASURES"),
    "代表建议": ("suggestions", "MEASURES"),
    "建议办理": ("handling", "MEASURES"),
    "逾期": ("overdue", "MEASURES"),
    "督办与检察衔接": ("oversight", "MEASURES"),
    "进家和双联系": ("visits", "MEASURES"),
    "代表履职": ("deputies", "DUTY"),
    "代表活动": ("activities", "ACTIVITIES"),
    "代表服务": ("activities", "SERVICES"),
    "培训": ("activities", "TRAININGS"),
    "民生实事": ("projects", "MEASURES"),
    "信访代办": ("casework", "PETITIONS"),
    "立法意见": ("casework", "LEGISLATION"),
    "议事会议": ("casework", "ASSEMBLIES"),
    "经费": ("money", "MEASURES"),
    "制度与宣传": ("chronicle", "CHRONICLE"),
    "积分": ("chronicle", "POINTS"),
}
"""The module of each chapter, and its name there."""
_FIRST = ("进家和双联系", "选民意见", "建议办理", "逾期", "代表履职")
"""Chapters in which a figure is looked for first: those of the first page."""


class _Chapters(Mapping[str, tuple[Measure, ...]]):
    """The figures by what they are about."""

    @override
    def __getitem__(self, chapter: str) -> tuple[Measure, ...]:
        module, name = _KEPT_IN[chapter]
        kept: Any = import_module(f"{__package__}.{module}")  # Any: a module
        return getattr(kept, name)

    @override
    def __iter__(self) -> Iterator[str]:
        return iter(_KEPT_IN)

    @override
    def __len__(self) -> int:
        return len(_KEPT_IN)


class _Catalogue(Mapping[str, Measure]):
    """Every figure by its id."""

    def __init__(self) -> None:
        self._found: dict[str, Measure] = {}

    @override
    def __getitem__(self, figure_id: str) -> Measure:
        for chapter in (*_FIRST, *CHAPTERS):
            if figure_id in self._found:
                break
            self._found |= {measure.id: measure for measure in CHAPTERS[chapter]}
        return self._found[figure_id]

    @override
    def __iter__(self) -> Iterator[str]:
        return (measure.id for chapter in CHAPTERS.values() for measure in chapter)

    @override
    def __len__(self) -> int:
        return sum(len(chapter) for chapter in CHAPTERS.values())


CHAPTERS: Mapping[str, tuple[Measure, ...]] = _Chapters()
CATALOGUE: Mapping[str, Measure] = _Catalogue()


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
