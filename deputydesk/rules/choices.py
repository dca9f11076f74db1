"""Fixed sets of values, each with the Chinese name that people see."""

from enum import StrEnum
from typing import Self, cast


class Choice(StrEnum):
    """One of a fixed set of values: `value` is stored, `label` is shown.

    Members are declared as `TOWN = "town", "苏木镇"`.
    """

    _value_: str
    label: str

    def __new__(cls, value: str, label: str) -> Self:
        """Make the member that stores `value` and shows `label`."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member

    def __copy__(self) -> Self:
        """A value is its own copy; Python before 3.11.4 would look a stranger up by its name."""
        return self

    def __deepcopy__(self, _memo: object) -> Self:
        """As `__copy__`."""
        return self

    @classmethod
    def stored(cls, value: str) -> Self:
        """The member for a stored value; one that shows the text itself if it is not known here.

        A colleague with a newer version may have written a value this one has never heard of:
        it is shown and kept, never lost.
        """
        known = cls._value2member_map_.get(value)
        if known is not None:
            return cast("Self", known)
        stranger = str.__new__(cls, value)  # an enum closes its own constructor
        stranger._name_ = stranger._value_ = stranger.label = value
        return stranger

    @classmethod
    def from_label(cls, text: str) -> Self:
        """The member with this Chinese name or this stored value.

        Raises:
            ValueError: no member has it.
        """
        wanted = text.strip()
        for member in cls:
            if wanted in (member.label, member.value):
                return member
        raise ValueError(text)

    @property
    def is_known(self) -> bool:
        """False for a value that this version of the program does not know."""
        return self._value_ in type(self)._value2member_map_
