"""A field for a short list of texts: one a line, or parted by 、 or ；."""

import re

from typing_extensions import override

from deputydesk.ui.fields import LongTextField

_PARTS = re.compile(r"[\n、；;]+")


class ListField(LongTextField):
    """Several texts, one a line; its value is a list without empty ones."""

    @override
    def value(self) -> list[str]:  # type: ignore[override]  # a list where others give a text
        """The texts, in the order they were typed."""
        return [part for part in (p.strip() for p in _PARTS.split(super().value())) if part]

    @override
    def set_value(self, value: list[str] | str | None) -> None:
        super().set_value(value if isinstance(value, str) else "\n".join(value or ()))
