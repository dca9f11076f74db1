"""What a printed form is, and the words that the office puts on its paper."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Annotated

from deputydesk.reports.layout import Layout


@dataclass(frozen=True)
class OfficeHead:
    """Who prints: every organ name on paper comes from here."""

    name: Annotated[str, "单位简称"]
    """五当召镇"""
    full_name: Annotated[str, "单位全称"]
    """石拐区五当召镇"""
    organ: Annotated[str, "印制机关"]
    """五当召镇人大主席团: signs the foot of each page."""
    handling_organ: Annotated[str, "处理机关"] = "人大主席团"
    """人大主席团 or 人大工委: whose opinion a form asks for."""
    chair: Annotated[str, "负责人职务"] = "主席"
    """主席 or 主任: who signs for that organ."""


@dataclass(frozen=True)
class Form:
    """A printed form: its name in menus, its drawing, the boxes that people tick on it."""

    id: str
    title: str
    write: Callable[..., int]
    """Writes the PDF and returns the number of pages; see the form's own module."""
    layouts: Mapping[str, Layout] = field(default_factory=dict[str, Layout])
    """Layout version → where its boxes stand; empty for forms that are not read back."""
