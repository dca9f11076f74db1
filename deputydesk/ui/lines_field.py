"""A field for sentences, one a line."""

from typing_extensions import override

from deputydesk.ui.fields import LongTextField


class LinesField(LongTextField):
    """Several sentences, one a line; its value is a tuple without empty ones."""

    @override
    def value(self) -> tuple[str, ...]:  # type: ignore[override]  # several where others give one
        """The lines, in the order they were typed."""
        lines = (line.strip() for line in super().value().splitlines())
        return tuple(line for line in lines if line)
